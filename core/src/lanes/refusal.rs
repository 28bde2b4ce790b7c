//! Refusals of cases that fit their declarations all the same.

use core::iter::zip;

use super::{Banks, SlotMissing, slot};
use crate::program::{ByteSlot, RefusalId, Test};

/// Refuses the lanes whose byte does not pass, where the requirement counts.
pub(super) fn require<const N: usize>(
    banks: &mut Banks<N>,
    when: ByteSlot,
    test: Test,
    refusal: RefusalId,
) -> Result<(), SlotMissing> {
    let when = slot(&banks.bytes, when)?;
    let tested = slot(&banks.bytes, test.slot)?;
    let mut refused = [0; N];
    for (refused, (when, byte)) in zip(&mut refused, zip(when, tested)) {
        *refused = when & u8::from(byte.wrapping_sub(test.low) > test.width);
    }
    refuse(&mut banks.refusals, &refused, refusal);
    Ok(())
}

/// Refuses the lanes where the byte is not 0, unless an earlier refusal stands.
///
/// Most blocks have nothing to refuse, so that is found out first.
#[inline]
pub(super) fn refuse<const N: usize>(
    refusals: &mut [u32; N],
    refused: &[u8; N],
    refusal: RefusalId,
) {
    if refused.iter().fold(0, |any, refused| any | refused) == 0 {
        return;
    }
    let number = refusal.0.wrapping_add(1);
    for (standing, refused) in zip(refusals, refused) {
        let is_first = (*refused != 0) & (*standing == 0);
        *standing |= number & 0u32.wrapping_sub(u32::from(is_first));
    }
}
