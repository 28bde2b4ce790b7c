//! Limits on what a party pays.

use core::iter::zip;

use super::{Banks, SlotMissing, lend, lend_from, on_amount, slot};
use crate::program::{AmountSlot, ByteSlot};

/// Moves what a party pays above a limit to another.
pub(super) fn limit<const N: usize>(
    banks: &mut Banks<N>,
    payer: AmountSlot,
    other: AmountSlot,
    most: AmountSlot,
    when: ByteSlot,
    out: AmountSlot,
    moved: ByteSlot,
) -> Result<(), SlotMissing> {
    let (bytes, moved) = lend(&mut banks.bytes, moved)?;
    let (amounts, rest) = lend_from(&mut banks.amounts, out)?;
    let [excess, payer_then, other_then, ..] = rest else { return Err(SlotMissing) };
    let payer = slot(amounts, payer)?;
    excess_above(payer, slot(amounts, most)?, slot(bytes, when)?, excess);
    combine(payer, excess, payer_then, i64::wrapping_sub);
    combine(slot(amounts, other)?, excess, other_then, i64::wrapping_add);
    for (moved, excess) in zip(moved, &*excess) {
        *moved = u8::from(*excess != 0);
    }
    Ok(())
}

/// How far the payer is above the limit where it holds; else 0.
#[inline]
fn excess_above<const N: usize>(
    payer: &[i64; N],
    most: &[i64; N],
    when: &[u8; N],
    excess: &mut [i64; N],
) {
    for (excess, (when, (payer, most))) in zip(excess, zip(when, zip(payer, most))) {
        let above = payer.wrapping_sub(*most);
        // The sign, spread over all bits, clears what is below the limit.
        *excess = above & !(above >> 63) & on_amount(*when != 0);
    }
}

/// What a party pays once the excess has moved.
#[inline]
fn combine<const N: usize>(
    party: &[i64; N],
    excess: &[i64; N],
    then: &mut [i64; N],
    with: impl Fn(i64, i64) -> i64,
) {
    for (then, (party, excess)) in zip(then, zip(party, excess)) {
        *then = with(*party, *excess);
    }
}
