//! Tallies: what the items of a list say to the case.

use super::{Amounts, Bytes, Causes, Dates, Held, Ranges, SlotMissing, family, fitting};
use crate::program::{AmountSlot, ByteSlot, DateSlot, Operation};
use crate::range::{ByteSet, Span};

/// Begins a tally, as if there were no items. Sums and counts begin at 0, as every slot does, and
/// other operations have nothing to begin.
pub(super) fn start(ranges: &mut Ranges, operation: &Operation) -> Result<(), SlotMissing> {
    match *operation {
        Operation::ExtremeByte { start, out, .. } => ranges.put_byte(out, Bytes::one(start)),
        Operation::ExtremeDate { start, out, .. } => {
            ranges.put_date(out, Dates::one(start.packed()))
        }
        Operation::ExtremeAmount { start, out, .. } => ranges.put_amount(out, Amounts::one(start)),
        _ => Ok(()),
    }
}

/// Whether the item counts, as 0 and 1: where it is there and the truth holds.
fn counted(ranges: &Ranges, when: ByteSlot) -> Result<Bytes, SlotMissing> {
    Ok(family::joined(ranges.byte(when)?, ranges.live, |when, live| when & live & 1))
}

/// Adds the amount where the item counts.
pub(super) fn sum(
    ranges: &mut Ranges,
    when: ByteSlot,
    amount: AmountSlot,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    let (counts, amount) = (counted(ranges, when)?, ranges.amount(amount)?);
    add(ranges, counts, amount, out)
}

/// Adds one where the item counts.
pub(super) fn count(
    ranges: &mut Ranges,
    when: ByteSlot,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    let counts = counted(ranges, when)?;
    add(ranges, counts, Amounts::one(1), out)
}

fn add(
    ranges: &mut Ranges,
    counts: Bytes,
    amount: Amounts,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    let sum = ranges.amount(out)?;
    let adds = match counts.range.only() {
        Some(0) => return Ok(()),
        Some(_) => amount,
        None => Held { causes: amount.causes | counts.causes, ..amount.or(Amounts::one(0)) },
    };
    let end = |a: i64, b: i64| i128::from(a) + i128::from(b);
    let range = fitting(
        end(sum.range.least, adds.range.least),
        end(sum.range.greatest, adds.range.greatest),
    );
    ranges.put_amount(out, Amounts::of(range, sum.causes | adds.causes))
}

/// Takes the byte where the item counts and no better one stands.
pub(super) fn extreme_byte(
    ranges: &mut Ranges,
    when: ByteSlot,
    byte: ByteSlot,
    is_greatest: bool,
    out: ByteSlot,
    any: ByteSlot,
) -> Result<(), SlotMissing> {
    let (counts, byte) = (counted(ranges, when)?, ranges.byte(byte)?);
    let (best, earlier) = (ranges.byte(out)?, ranges.byte(any)?);
    let better = match is_greatest {
        true => family::joined(best, byte, u8::max),
        false => family::joined(best, byte, u8::min),
    };
    let (range, causes) = cases(counts, earlier, best, byte, better, ByteSet::or);
    ranges.put_byte(out, Bytes::of(range, causes))?;
    note_any(ranges, any, counts)
}

/// Takes the date where the item counts and no better one stands.
pub(super) fn extreme_date(
    ranges: &mut Ranges,
    when: ByteSlot,
    date: DateSlot,
    is_greatest: bool,
    out: DateSlot,
    any: ByteSlot,
) -> Result<(), SlotMissing> {
    let (counts, date) = (counted(ranges, when)?, ranges.date(date)?);
    let (best, earlier) = (ranges.date(out)?, ranges.byte(any)?);
    let better = better(best, date, is_greatest);
    let (range, causes) = cases(counts, earlier, best, date, better, Span::or);
    ranges.put_date(out, Dates::of(range, causes))?;
    note_any(ranges, any, counts)
}

/// Takes the amount where the item counts and no better one stands.
pub(super) fn extreme_amount(
    ranges: &mut Ranges,
    when: ByteSlot,
    amount: AmountSlot,
    is_greatest: bool,
    out: AmountSlot,
    any: ByteSlot,
) -> Result<(), SlotMissing> {
    let (counts, amount) = (counted(ranges, when)?, ranges.amount(amount)?);
    let (best, earlier) = (ranges.amount(out)?, ranges.byte(any)?);
    let better = better(best, amount, is_greatest);
    let (range, causes) = cases(counts, earlier, best, amount, better, Span::or);
    ranges.put_amount(out, Amounts::of(range, causes))?;
    note_any(ranges, any, counts)
}

/// The greater or the lesser of two.
fn better<T: Copy + Ord>(a: Held<Span<T>>, b: Held<Span<T>>, is_greatest: bool) -> Held<Span<T>> {
    let end = |a: T, b: T| if is_greatest { a.max(b) } else { a.min(b) };
    let range = Span {
        least: end(a.range.least, b.range.least),
        greatest: end(a.range.greatest, b.range.greatest),
    };
    Held { range, causes: a.causes | b.causes }
}

/// What stands after an item, in all cases: the best so far where it does not count, its own
/// value where it is the first, or else the better of both.
fn cases<R: Copy>(
    counts: Bytes,
    earlier: Bytes,
    best: Held<R>,
    own: Held<R>,
    better: Held<R>,
    or: impl Fn(R, R) -> R,
) -> (R, Causes) {
    let (can_count, can_miss) = counts.truth();
    let (can_follow, can_be_first) = earlier.truth();
    let options = [
        can_miss.then_some(best),
        (can_count && can_be_first).then_some(own),
        (can_count && can_follow).then_some(better),
    ];
    let causes = counts.causes | if can_count { earlier.causes } else { 0 };
    let all = options.into_iter().flatten().reduce(|all, one| Held {
        range: or(all.range, one.range),
        causes: all.causes | one.causes,
    });
    all.map_or((best.range, best.causes), |all| (all.range, all.causes | causes))
}

/// Notes that some item has counted.
fn note_any(ranges: &mut Ranges, any: ByteSlot, counts: Bytes) -> Result<(), SlotMissing> {
    let noted = family::joined(ranges.byte(any)?, counts, |any, counts| any | counts);
    ranges.put_byte(any, noted)
}
