//! Bands between edges, and comparisons of two values.

use super::{Amounts, Bytes, Causes, Ranges, SlotMissing, entries};
use crate::program::{AmountSlot, ByteSlot, DateSlot, Program, Run};
use crate::range::{ByteSet, Span};

/// How many edges are at or below the date.
pub(super) fn date_band(
    program: &Program,
    ranges: &mut Ranges,
    date: DateSlot,
    edges: Run,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let date = ranges.date(date)?;
    let edges = entries(&program.dates, edges)?.iter().map(|edge| edge.packed());
    ranges.put_byte(out, band(date.range, date.causes, edges))
}

/// How many edges are at or below the amount.
pub(super) fn amount_band(
    program: &Program,
    ranges: &mut Ranges,
    amount: AmountSlot,
    edges: Run,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let amount = ranges.amount(amount)?;
    let edges = entries(&program.amounts, edges)?.iter().copied();
    ranges.put_byte(out, band(amount.range, amount.causes, edges))
}

fn band<T: Copy + Ord>(range: Span<T>, causes: Causes, edges: impl Iterator<Item = T>) -> Bytes {
    let (mut least, mut greatest) = (0u8, 0u8);
    for edge in edges {
        least = least.saturating_add(u8::from(range.least >= edge));
        greatest = greatest.saturating_add(u8::from(range.greatest >= edge));
    }
    Bytes::of(ByteSet::between(least, greatest), causes)
}

/// 0 where the first date is before the second, 1 where they are the same, 2 where after.
pub(super) fn dates(
    ranges: &mut Ranges,
    a: DateSlot,
    b: DateSlot,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let (a, b) = (ranges.date(a)?, ranges.date(b)?);
    ranges.put_byte(out, order(a.range, b.range, a.causes | b.causes))
}

/// 0 where the first byte is below the second, 1 where they are the same, 2 where above.
pub(super) fn bytes(
    ranges: &mut Ranges,
    a: ByteSlot,
    b: ByteSlot,
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let (a, b) = (ranges.byte(a)?, ranges.byte(b)?);
    let orders = a.range.iter().flat_map(|a| b.range.iter().map(move |b| order_of(a, b)));
    ranges.put_byte(out, Bytes::of(orders.collect(), a.causes | b.causes))
}

/// 0, 1 or 2, each amount taken so many times.
pub(super) fn amounts(
    ranges: &mut Ranges,
    a: AmountSlot,
    b: AmountSlot,
    [times_a, times_b]: [i64; 2],
    out: ByteSlot,
) -> Result<(), SlotMissing> {
    let (a, b) = (ranges.amount(a)?, ranges.amount(b)?);
    let times =
        |held: Amounts, times: i64| held.range.map(|amount| i128::from(amount) * i128::from(times));
    let causes = a.causes | b.causes;
    ranges.put_byte(out, order(times(a, times_a), times(b, times_b), causes))
}

fn order<T: Copy + Ord>(a: Span<T>, b: Span<T>, causes: Causes) -> Bytes {
    let can_be = [
        a.least < b.greatest,
        a.least <= b.greatest && b.least <= a.greatest,
        a.greatest > b.least,
    ];
    let orders = (0u8..).zip(can_be).filter(|(_, can_be)| *can_be).map(|(order, _)| order);
    Bytes::of(orders.collect(), causes)
}

fn order_of<T: Ord>(a: T, b: T) -> u8 {
    u8::from(a >= b) + u8::from(a > b)
}
