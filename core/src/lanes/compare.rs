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

/// 0 where the first amount, so many times, is below the second, so many times; 1 where they
/// are the same, 2 where above.
pub(super) fn amounts<const N: usize>(
    banks: &mut Banks<N>,
    a: AmountSlot,
    b: AmountSlot,
    times: [i64; 2],
    is_wide: bool,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let (_, out) = lend(&mut banks.bytes, out)?;
    let (a, b) = (slot(&banks.amounts, a)?, slot(&banks.amounts, b)?);
    if is_wide {
        compare_by(a, b, times, |amount, times| i128::from(amount) * i128::from(times), out);
    } else {
        compare_by(a, b, times, i64::wrapping_mul, out);
    }
    Ok(())
}

/// 0, 1 or 2, of what is made of each amount and how often it is taken.
#[inline]
fn compare_by<T: Copy + PartialOrd, const N: usize>(
    a: &[i64; N],
    b: &[i64; N],
    [times_a, times_b]: [i64; 2],
    make: impl Fn(i64, i64) -> T,
    out: &mut [u8; N],
) {
    for (order, (a, b)) in zip(out, zip(a, b)) {
        *order = order_of(make(*a, times_a), make(*b, times_b));
    }
}

/// 0, 1 or 2, value by value.
#[inline]
fn compare<T: Copy + PartialOrd, const N: usize>(a: &[T; N], b: &[T; N], out: &mut [u8; N]) {
    for (order, (a, b)) in zip(out, zip(a, b)) {
        *order = order_of(*a, *b);
    }
}

/// One for each of "not below" and "above".
#[inline]
fn order_of<T: PartialOrd>(a: T, b: T) -> u8 {
    u8::from(a >= b) + u8::from(a > b)
}
