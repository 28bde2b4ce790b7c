//! A program run over many cases at once, of which each slot says what it can be in any of them.
//!
//! Where the lanes have one value a slot and lane, here a slot has a set of bytes, or the ends
//! between which its date or amount lies. What stands in a slot in any of the cases is within
//! its range; a range may be wider than what occurs, never narrower. With each range goes which
//! of the things that differ from case to case it may hang on: a slot that hangs on none of
//! them is the same in all cases.

use alloc::vec;
use alloc::vec::Vec;

use crate::lanes::SlotMissing;
use crate::program::{
    AmountSlot, ByteSlot, DateSlot, ListId, Operation, Program, RefusalId, Run, Test,
};
use crate::range::{ByteSet, Span};
use crate::shift;

mod compare;
mod date;
mod family;
mod items;
mod pick;
mod split;
mod sum;
mod table;
mod tally;

pub(crate) use items::Row;

/// Which of the things that differ from case to case a range may hang on, a bit for each.
pub(crate) type Causes = u64;

/// A range, and what it may hang on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Held<R> {
    pub(crate) range: R,
    pub(crate) causes: Causes,
}

/// What a byte, a date, an amount can be.
pub(crate) type Bytes = Held<ByteSet>;
pub(crate) type Dates = Held<Span<i32>>;
pub(crate) type Amounts = Held<Span<i64>>;

impl Bytes {
    pub(crate) fn one(byte: u8) -> Bytes {
        Held { range: ByteSet::one(byte), causes: 0 }
    }

    /// Hangs on nothing where it is but one byte.
    pub(crate) fn of(range: ByteSet, causes: Causes) -> Bytes {
        Held { range, causes: if range.only().is_some() { 0 } else { causes } }
    }

    /// Whether a truth can hold, and whether it can fail.
    fn truth(self) -> (bool, bool) {
        (self.range.has(1), self.range != ByteSet::one(1))
    }
}

impl<T: Copy + Ord> Held<Span<T>> {
    pub(crate) fn one(value: T) -> Self {
        Held { range: Span::one(value), causes: 0 }
    }

    /// Hangs on nothing where it is but one value.
    pub(crate) fn of(range: Span<T>, causes: Causes) -> Self {
        Held { range, causes: if range.only().is_some() { 0 } else { causes } }
    }

    fn or(self, other: Self) -> Self {
        Held { range: self.range.or(other.range), causes: self.causes | other.causes }
    }
}

/// Every amount.
const ANY_AMOUNT: Span<i64> = Span { least: i64::MIN, greatest: i64::MAX };

/// An amount that was worked out in 128 bits; any, where an end does not fit.
fn fitting(least: i128, greatest: i128) -> Span<i64> {
    match (i64::try_from(least), i64::try_from(greatest)) {
        (Ok(least), Ok(greatest)) => Span { least, greatest },
        _ => ANY_AMOUNT,
    }
}

/// What is refused: in some of the cases, or in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) refusal: RefusalId,
    pub(crate) is_certain: bool,
    pub(crate) causes: Causes,
}

/// The slots of a program, each with what it can be.
#[derive(Clone, Debug)]
pub(crate) struct Ranges {
    pub(crate) bytes: Vec<Bytes>,
    pub(crate) dates: Vec<Dates>,
    pub(crate) amounts: Vec<Amounts>,
    /// The items of each list, row by row.
    pub(crate) items: Vec<Vec<Row>>,
    pub(crate) refused: Vec<Refused>,
    /// Whether the item at hand is there; the case always is.
    live: Bytes,
}

impl Ranges {
    /// Ranges of the size that the program asks for, with its constants in their slots.
    pub(crate) fn new(program: &Program) -> Ranges {
        let sizes = program.bank_sizes();
        let mut ranges = Ranges {
            bytes: vec![Bytes::one(0); sizes.bytes as usize],
            dates: vec![Dates::one(0); sizes.dates as usize],
            amounts: vec![Amounts::one(0); sizes.amounts as usize],
            items: vec![Vec::new(); program.lists.len()],
            refused: Vec::new(),
            live: Bytes::one(1),
        };
        for (slot, byte) in &program.byte_constants {
            let _ = ranges.put_byte(*slot, Bytes::one(*byte));
        }
        for (slot, date) in &program.date_constants {
            let _ = ranges.put_date(*slot, Dates::one(date.packed()));
        }
        for (slot, amount) in &program.amount_constants {
            let _ = ranges.put_amount(*slot, Amounts::one(*amount));
        }
        ranges
    }

    pub(crate) fn byte(&self, slot: ByteSlot) -> Result<Bytes, SlotMissing> {
        self.bytes.get(slot.index()).copied().ok_or(SlotMissing)
    }

    pub(crate) fn date(&self, slot: DateSlot) -> Result<Dates, SlotMissing> {
        self.dates.get(slot.index()).copied().ok_or(SlotMissing)
    }

    pub(crate) fn amount(&self, slot: AmountSlot) -> Result<Amounts, SlotMissing> {
        self.amounts.get(slot.index()).copied().ok_or(SlotMissing)
    }

    pub(crate) fn put_byte(&mut self, slot: ByteSlot, held: Bytes) -> Result<(), SlotMissing> {
        *self.bytes.get_mut(slot.index()).ok_or(SlotMissing)? = held;
        Ok(())
    }

    pub(crate) fn put_date(&mut self, slot: DateSlot, held: Dates) -> Result<(), SlotMissing> {
        *self.dates.get_mut(slot.index()).ok_or(SlotMissing)? = held;
        Ok(())
    }

    pub(crate) fn put_amount(
        &mut self,
        slot: AmountSlot,
        held: Amounts,
    ) -> Result<(), SlotMissing> {
        *self.amounts.get_mut(slot.index()).ok_or(SlotMissing)? = held;
        Ok(())
    }

    /// Notes that cases are refused where a truth holds and something does not pass, if any can be.
    fn refuse(&mut self, when: Bytes, passes: Bytes, refusal: RefusalId) {
        let ((can_be, _), (can_pass, can_fail)) = (when.truth(), passes.truth());
        let (can_live, may_lack) = self.live.truth();
        if can_be && can_fail && can_live {
            let is_certain = when.range == ByteSet::one(1) && !can_pass && !may_lack;
            let causes = when.causes | passes.causes | self.live.causes;
            self.refused.push(Refused { refusal, is_certain, causes });
        }
    }

    /// Whether a byte passes a test, as 0 and 1.
    fn passes(&self, test: Test) -> Result<Bytes, SlotMissing> {
        let Held { range, causes } = self.byte(test.slot)?;
        let passes = range.iter().map(|byte| u8::from(test.passes(byte)));
        Ok(Bytes::of(passes.collect(), causes))
    }
}

/// The entries of a run in one of the program's tables.
fn entries<T>(table: &[T], run: Run) -> Result<&[T], SlotMissing> {
    table.get(run.range()).ok_or(SlotMissing)
}

/// Runs all passes of the program over the ranges of its facts.
///
/// # Errors
///
/// Returns [`SlotMissing`] where the ranges were not made for this program.
pub(crate) fn run(program: &Program, ranges: &mut Ranges) -> Result<(), SlotMissing> {
    ranges.refused.clear();
    for pass in &program.passes {
        let operations = entries(&program.operations, pass.operations)?;
        match pass.list {
            None => run_operations(program, ranges, operations)?,
            Some(list) => each_item(program, ranges, list, operations)?,
        }
    }
    Ok(())
}

fn run_operations(
    program: &Program,
    ranges: &mut Ranges,
    operations: &[Operation],
) -> Result<(), SlotMissing> {
    operations.iter().try_for_each(|operation| step(program, ranges, operation))
}

/// Runs operations once for each item of a list.
fn each_item(
    program: &Program,
    ranges: &mut Ranges,
    id: ListId,
    operations: &[Operation],
) -> Result<(), SlotMissing> {
    let list = program.lists.get(id.index()).ok_or(SlotMissing)?;
    operations.iter().try_for_each(|operation| tally::start(ranges, operation))?;
    let count = ranges.items.get(id.index()).ok_or(SlotMissing)?.len();
    for index in 0..count {
        ranges.take_row(list, id, index)?;
        run_operations(program, ranges, operations)?;
        ranges.keep_row(list, id, index)?;
    }
    ranges.live = Bytes::one(1);
    Ok(())
}

/// Runs one operation.
#[rustfmt::skip] // One line an arm, so that the whole set can be read at a glance.
fn step(program: &Program, ranges: &mut Ranges, operation: &Operation) -> Result<(), SlotMissing> {
    use Operation as Op;
    match *operation {
        Op::Condition { rows, out } => table::condition(program, ranges, rows, out),
        Op::Count { rows, out } => table::count(program, ranges, rows, out),
        Op::Choose { rows, otherwise, out } => table::choose(program, ranges, rows, otherwise, out),
        Op::DateBand { date, edges, out } => compare::date_band(program, ranges, date, edges, out),
        Op::AmountBand { amount, edges, out } => compare::amount_band(program, ranges, amount, edges, out),
        Op::CompareDates { a, b, out } => compare::dates(ranges, a, b, out),
        Op::CompareBytes { a, b, out } => compare::bytes(ranges, a, b, out),
        Op::CompareAmounts { a, b, times, out, .. } => compare::amounts(ranges, a, b, times, out),
        Op::Age { birth, on, out, when, refusal } => date::age(ranges, birth, on, out, when, refusal),
        Op::FamilyTotals { totals } => family::totals(program, ranges, totals),
        Op::Highest { slots, out } => family::highest(program, ranges, slots, out),
        Op::Lowest { slots, out } => family::lowest(program, ranges, slots, out),
        Op::PickByte { choice, options, out } => pick::byte(program, ranges, choice, options, out),
        Op::PickAmount { choice, options, out } => pick::amount(program, ranges, choice, options, out),
        Op::PickDate { choice, options, out } => pick::date(program, ranges, choice, options, out),
        Op::PlusDays { date, days, out } => date::each(ranges, date, out, |date| shift::days_on(date, days)),
        Op::PlusMonths { date, months, missing, out } => date::each(ranges, date, out, |date| shift::months_on(date, months, missing)),
        Op::PlusWorkingDays { date, days, holidays, out } => date::working_days(program, ranges, date, days, holidays, out),
        Op::LaterDate { a, b, out } => date::pairwise(ranges, a, b, out, i32::max),
        Op::EarlierDate { a, b, out } => date::pairwise(ranges, a, b, out, i32::min),
        Op::DaysBetween { from, to, more, out } => date::days_between(ranges, from, to, more, out),
        Op::Lookup { slot, table, out } => pick::lookup(program, ranges, slot, table, out),
        Op::Linear { terms, constant, out } => sum::linear(program, ranges, terms, constant, out),
        Op::Multiply { a, b, out } => sum::multiply(ranges, a, b, out),
        Op::Greater { a, b, out } => sum::pairwise(ranges, a, b, out, i64::max),
        Op::Lesser { a, b, out } => sum::pairwise(ranges, a, b, out, i64::min),
        Op::Round { amount, numerator, divider, times, rounding, out } => sum::round(ranges, amount, numerator, divider, times, rounding, out),
        Op::Divide { a, b, numerator, by, divisor, times, rounding, out } => sum::divide(ranges, [a, b], numerator, by, divisor, times, rounding, out),
        Op::SplitByTable { amount, choice, shares, whole, divider, spare, out, parties } => split::by_table(program, ranges, amount, choice, shares, whole, divider, spare, out, parties),
        Op::Split { amount, shares, whole, divider, spare, out } => split::computed(program, ranges, amount, shares, whole, divider, spare, out),
        Op::SplitInProportion { amount, weights, spare, out } => split::in_proportion(program, ranges, amount, weights, spare, out),
        Op::Limit { payer, other, most, when, out, moved } => sum::limit(ranges, payer, other, most, when, out, moved),
        Op::SumItems { when, amount, out } => tally::sum(ranges, when, amount, out),
        Op::CountItems { when, out } => tally::count(ranges, when, out),
        Op::ExtremeByte { when, byte, is_greatest, out, any, .. } => tally::extreme_byte(ranges, when, byte, is_greatest, out, any),
        Op::ExtremeDate { when, date, is_greatest, out, any, .. } => tally::extreme_date(ranges, when, date, is_greatest, out, any),
        Op::ExtremeAmount { when, amount, is_greatest, out, any, .. } => tally::extreme_amount(ranges, when, amount, is_greatest, out, any),
        Op::Require { when, test, refusal } => {
            let (when, passes) = (ranges.byte(when)?, ranges.passes(test)?);
            ranges.refuse(when, passes, refusal);
            Ok(())
        }
    }
}
