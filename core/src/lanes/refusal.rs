//! Refusals of cases that fit their declarations all the same.

use core::iter::zip;

use super::{Banks, Here, SlotMissing, slot};
use crate::program::{ByteSlot, Item, RefusalId, Test};

/// The refusals that the lanes met: for each the lowest, and of one refusal that of the first
/// item. A refusal is a single number, above all the refusal and below it the item, so the
/// lesser of two is the one that stands.
#[derive(Clone, Debug)]
pub(super) struct Refusals<const N: usize> {
    met: [u64; N],
}

/// The number of no refusal.
const NONE: u64 = u64::MAX;

impl<const N: usize> Refusals<N> {
    pub(super) fn none() -> Self {
        Refusals { met: [NONE; N] }
    }

    /// Whether one of the first lanes met any.
    pub(super) fn has_any(&self, lanes: usize) -> bool {
        let met = self.met.get(..lanes).unwrap_or(&self.met);
        met.iter().fold(NONE, |all, number| all & number) != NONE
    }

    /// The one that stands in a lane, and the item that met it.
    pub(super) fn of_lane(&self, lane: usize) -> Option<(RefusalId, Option<Item>)> {
        let number = *self.met.get(lane)?;
        let refusal = RefusalId((number >> u32::BITS) as u32);
        (number != NONE).then(|| (refusal, Item::of_number(number as u32)))
    }
}

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
    refuse(&mut banks.refusals, &banks.here, &refused, refusal);
    Ok(())
}

/// Refuses the lanes where the byte is 1 and the item is there.
///
/// Most blocks have nothing to refuse, so that is found out first.
#[inline]
pub(super) fn refuse<const N: usize>(
    refusals: &mut Refusals<N>,
    here: &Here<N>,
    refused: &[u8; N],
    refusal: RefusalId,
) {
    if refused.iter().fold(0, |any, refused| any | refused) == 0 {
        return;
    }
    let number = (u64::from(refusal.0) << u32::BITS) | u64::from(Item::number(here.item));
    for (standing, (refused, live)) in zip(&mut refusals.met, zip(refused, &here.live)) {
        let none_unless_refused = u64::from(refused & live).wrapping_sub(1);
        *standing = (number | none_unless_refused).min(*standing);
    }
}
