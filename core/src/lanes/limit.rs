//! Limits on what a party pays.

use core::iter::zip;

use super::{Banks, SlotMissing, lend, lend_from, slot, wide_mask};
use crate::program::{AmountSlot, ByteSlot};

/// Moves what a party pays above a limit to another.
pub(super) fn limit<const N: usize>(
    banks: &mut Banks<N>,
    payer: AmountSlot,
    other: AmountSlot,
    most: AmountSlot,
    when: Option<ByteSlot>,
    out: AmountSlot,
    moved: ByteSlot,
) -> Result<(), SlotMissing> {
    let (bytes, moved) = lend(&mut banks.bytes, moved)?;
    let (amounts, rest) = lend_from(&mut banks.amounts, out)?;
    let [excess, payer_then, other_then, ..] = rest else { return Err(SlotMissing) };
    let (payer, other, most) = (slot(amounts, payer)?, slot(amounts, other)?, slot(amounts, most)?);
    fill_excess(payer, most, excess);
    if let Some(when) = when {
        keep_where(slot(bytes, when)?, excess);
    }
    move_excess(payer, other, excess, payer_then, other_then, moved);
    Ok(())
}

/// How far the payer is above the limit, or 0.
#[inline]
fn fill_excess<const N: usize>(payer: &[i64; N], most: &[i64; N], excess: &mut [i64; N]) {
    for (excess, (payer, most)) in zip(excess, zip(payer, most)) {
        let above = payer.wrapping_sub(*most);
        // The sign, spread over all bits, clears what is below the limit.
        *excess = above & !(above >> 63);
    }
}

/// Clears the excess where the limit does not hold.
#[inline]
fn keep_where<const N: usize>(when: &[u8; N], excess: &mut [i64; N]) {
    for (excess, truth) in zip(excess, when) {
        *excess &= wide_mask(*truth);
    }
}

/// What both pay once the excess has moved, and whether anything did.
#[inline]
fn move_excess<const N: usize>(
    payer: &[i64; N],
    other: &[i64; N],
    excess: &[i64; N],
    payer_then: &mut [i64; N],
    other_then: &mut [i64; N],
    moved: &mut [u8; N],
) {
    let then = zip(payer_then, other_then);
    for ((payer_then, other_then), ((payer, other), excess)) in
        zip(then, zip(zip(payer, other), excess))
    {
        *payer_then = payer.wrapping_sub(*excess);
        *other_then = other.wrapping_add(*excess);
    }
    for (moved, excess) in zip(moved, excess) {
        // The excess is never below 0, so its opposite has a sign where it is not 0.
        *moved = (excess.wrapping_neg() as u64 >> 63) as u8;
    }
}
