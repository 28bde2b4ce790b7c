//! Bands between edges, and comparisons of two values of a case.

use core::iter::zip;

use super::{Banks, SlotMissing, entries, lend, slot};
use crate::program::{AmountSlot, ByteSlot, DateSlot, Program, Run};

/// How many edges are at or below the date.
pub(super) fn date_band<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    date: DateSlot,
    edges: Run,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let dates = slot(&banks.dates, date)?;
    let (_, out) = lend(&mut banks.bytes, out)?;
    let mut counts = [0; N];
    for edge in entries(&program.dates, edges)? {
        count_reached(dates, edge.packed(), &mut counts);
    }
    *out = counts;
    Ok(())
}

/// How many edges are at or below the amount.
pub(super) fn amount_band<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    amount: AmountSlot,
    edges: Run,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let amounts = slot(&banks.amounts, amount)?;
    let (_, out) = lend(&mut banks.bytes, out)?;
    let mut counts = [0; N];
    for edge in entries(&program.amounts, edges)? {
        count_reached(amounts, *edge, &mut counts);
    }
    *out = counts;
    Ok(())
}

/// Adds 1 where the edge is at or below the value.
#[inline]
fn count_reached<T: Copy + PartialOrd, const N: usize>(
    values: &[T; N],
    edge: T,
    counts: &mut [u8; N],
) {
    for (count, value) in zip(counts, values) {
        *count = count.wrapping_add(u8::from(*value >= edge));
    }
}

/// 0 where the first date is before the second, 1 where they are the same, 2 where after.
pub(super) fn dates<const N: usize>(
    banks: &mut Banks<N>,
    a: DateSlot,
    b: DateSlot,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let (_, out) = lend(&mut banks.bytes, out)?;
    compare(slot(&banks.dates, a)?, slot(&banks.dates, b)?, out);
    Ok(())
}

/// 0 where the first byte is below the second, 1 where they are the same, 2 where above.
pub(super) fn bytes<const N: usize>(
    banks: &mut Banks<N>,
    a: ByteSlot,
    b: ByteSlot,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let (bytes, out) = lend(&mut banks.bytes, out)?;
    compare(slot(bytes, a)?, slot(bytes, b)?, out);
    Ok(())
}

/// 0, 1 or 2: one for each of "not below" and "above".
#[inline]
fn compare<T: Copy + PartialOrd, const N: usize>(a: &[T; N], b: &[T; N], out: &mut [u8; N]) {
    for (order, (a, b)) in zip(out, zip(a, b)) {
        *order = u8::from(*a >= *b) + u8::from(*a > *b);
    }
}
