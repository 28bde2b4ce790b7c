//! Tallies: what the items of a list say to the case. Each item is a step of its own, so a
//! tally begins before the first item, and every item that counts adds to it.

use core::iter::zip;

use super::{Banks, Here, SlotMissing, lend, slot, slot_mut, wide_mask};
use crate::program::{AmountSlot, ByteSlot, DateSlot, Operation};

/// Begins a tally, as if there were no items. Other operations have nothing to begin.
pub(super) fn start<const N: usize>(
    banks: &mut Banks<N>,
    operation: &Operation,
) -> Result<(), SlotMissing> {
    match *operation {
        Operation::SumItems { out, .. } | Operation::CountItems { out, .. } => {
            *slot_mut(&mut banks.amounts, out)? = [0; N];
        }
        Operation::ExtremeByte { start, out, any, .. } => {
            *slot_mut(&mut banks.bytes, out)? = [start; N];
            *slot_mut(&mut banks.bytes, any)? = [0; N];
        }
        Operation::ExtremeDate { start, out, any, .. } => {
            *slot_mut(&mut banks.dates, out)? = [start.packed(); N];
            *slot_mut(&mut banks.bytes, any)? = [0; N];
        }
        Operation::ExtremeAmount { start, out, any, .. } => {
            *slot_mut(&mut banks.amounts, out)? = [start; N];
            *slot_mut(&mut banks.bytes, any)? = [0; N];
        }
        _ => {}
    }
    Ok(())
}

/// Adds the amount where the item counts.
pub(super) fn sum<const N: usize>(
    banks: &mut Banks<N>,
    when: ByteSlot,
    amount: AmountSlot,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    let counts = counted(&banks.here, slot(&banks.bytes, when)?);
    let (amounts, sums) = lend(&mut banks.amounts, out)?;
    for (sum, (counts, amount)) in zip(sums, zip(counts, slot(amounts, amount)?)) {
        *sum = sum.wrapping_add(amount & wide_mask(counts));
    }
    Ok(())
}

/// Adds one where the item counts.
pub(super) fn count<const N: usize>(
    banks: &mut Banks<N>,
    when: ByteSlot,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    let counts = counted(&banks.here, slot(&banks.bytes, when)?);
    for (sum, counts) in zip(slot_mut(&mut banks.amounts, out)?, counts) {
        *sum = sum.wrapping_add(i64::from(counts));
    }
    Ok(())
}

/// Takes the byte where the item counts and no better one stands.
pub(super) fn extreme_byte<const N: usize>(
    banks: &mut Banks<N>,
    when: ByteSlot,
    byte: ByteSlot,
    is_greatest: bool,
    out: ByteSlot,
    any: ByteSlot,
) -> Result<(), SlotMissing> {
    let counts = counted(&banks.here, slot(&banks.bytes, when)?);
    let earlier = *slot(&banks.bytes, any)?;
    let (bytes, best) = lend(&mut banks.bytes, out)?;
    take_better(slot(bytes, byte)?, &counts, &earlier, is_greatest, best);
    note_any(&mut banks.bytes, any, &counts)
}

/// Takes the date where the item counts and no better one stands.
pub(super) fn extreme_date<const N: usize>(
    banks: &mut Banks<N>,
    when: ByteSlot,
    date: DateSlot,
    is_greatest: bool,
    out: DateSlot,
    any: ByteSlot,
) -> Result<(), SlotMissing> {
    let counts = counted(&banks.here, slot(&banks.bytes, when)?);
    let (dates, best) = lend(&mut banks.dates, out)?;
    take_better(slot(dates, date)?, &counts, slot(&banks.bytes, any)?, is_greatest, best);
    note_any(&mut banks.bytes, any, &counts)
}

/// Takes the amount where the item counts and no better one stands.
pub(super) fn extreme_amount<const N: usize>(
    banks: &mut Banks<N>,
    when: ByteSlot,
    amount: AmountSlot,
    is_greatest: bool,
    out: AmountSlot,
    any: ByteSlot,
) -> Result<(), SlotMissing> {
    let counts = counted(&banks.here, slot(&banks.bytes, when)?);
    let (amounts, best) = lend(&mut banks.amounts, out)?;
    take_better(slot(amounts, amount)?, &counts, slot(&banks.bytes, any)?, is_greatest, best);
    note_any(&mut banks.bytes, any, &counts)
}

/// Whether the item counts, as 1 or 0: where it is there and the truth holds.
#[inline]
fn counted<const N: usize>(here: &Here<N>, when: &[u8; N]) -> [u8; N] {
    let mut counts = *when;
    for (counts, live) in zip(&mut counts, &here.live) {
        *counts &= live;
    }
    counts
}

/// Where an item counts, takes its value if it is the first or better than the best so far.
#[inline]
fn take_better<T: Copy + PartialOrd, const N: usize>(
    values: &[T; N],
    counts: &[u8; N],
    earlier: &[u8; N],
    is_greatest: bool,
    best: &mut [T; N],
) {
    let asked = zip(counts, earlier);
    for (best, (value, (counts, earlier))) in zip(best, zip(values, asked)) {
        let is_better = if is_greatest { *value > *best } else { *value < *best };
        let is_taken = (*counts != 0) & ((*earlier == 0) | is_better);
        *best = if is_taken { *value } else { *best };
    }
}

/// Notes that some item has counted.
fn note_any<const N: usize>(
    bytes: &mut [[u8; N]],
    any: ByteSlot,
    counts: &[u8; N],
) -> Result<(), SlotMissing> {
    for (any, counts) in zip(slot_mut(bytes, any)?, counts) {
        *any |= counts;
    }
    Ok(())
}
