//! Ages in completed years, days counted on, and the days between two.

use super::{Amounts, Bytes, Dates, Ranges, SlotMissing, entries};
use crate::program::{AmountSlot, ByteSlot, DateSlot, Program, RefusalId, Run};
use crate::range::{ByteSet, Span};
use crate::shift::day_number;
use crate::working_days::{WorkingDays, working_days_on};

/// How far a packed date is shifted to leave its year.
const YEAR: u32 = 9;

/// Completed years from a birth to a day, and a refusal where the birth is after the day.
pub(super) fn age(
    ranges: &mut Ranges,
    birth: DateSlot,
    on: DateSlot,
    out: ByteSlot,
    when: ByteSlot,
    refusal: RefusalId,
) -> Result<(), SlotMissing> {
    let (birth, on) = (ranges.date(birth)?, ranges.date(on)?);
    let years = |birth: i32, on: i32| (on.wrapping_sub(birth) >> YEAR).clamp(0, 255) as u8;
    let youngest = years(birth.range.greatest, on.range.least);
    let oldest = years(birth.range.least, on.range.greatest);
    let causes = birth.causes | on.causes;
    let can_be_after = birth.range.greatest > on.range.least;
    let can_be_before = birth.range.least <= on.range.greatest;
    let is_born = [(0u8, can_be_after), (1, can_be_before)].into_iter();
    let is_born = is_born.filter(|(_, can_be)| *can_be).map(|(truth, _)| truth);
    let is_born = Bytes::of(is_born.collect(), causes);
    ranges.put_byte(out, Bytes::of(ByteSet::between(youngest, oldest), causes))?;
    let when = ranges.byte(when)?;
    ranges.refuse(when, is_born, refusal);
    Ok(())
}

/// What is made of a date by something that never goes back.
pub(super) fn each(
    ranges: &mut Ranges,
    date: DateSlot,
    out: DateSlot,
    make: impl Fn(i32) -> i32,
) -> Result<(), SlotMissing> {
    let date = ranges.date(date)?;
    ranges.put_date(out, Dates::of(date.range.map(make), date.causes))
}

/// The day so many working days on.
pub(super) fn working_days(
    program: &Program,
    ranges: &mut Ranges,
    date: DateSlot,
    days: WorkingDays,
    holidays: Run,
    out: DateSlot,
) -> Result<(), SlotMissing> {
    let date = ranges.date(date)?;
    let Span { least, greatest } = date.range;
    let mut ends = [0; 2];
    working_days_on(&[least, greatest], days, entries(&program.holidays, holidays)?, &mut ends);
    let [least, greatest] = ends;
    ranges.put_date(out, Dates::of(Span::of(least, greatest), date.causes))
}

/// The later or the earlier of two dates.
pub(super) fn pairwise(
    ranges: &mut Ranges,
    a: DateSlot,
    b: DateSlot,
    out: DateSlot,
    make: impl Fn(i32, i32) -> i32,
) -> Result<(), SlotMissing> {
    let (a, b) = (ranges.date(a)?, ranges.date(b)?);
    let range = Span {
        least: make(a.range.least, b.range.least),
        greatest: make(a.range.greatest, b.range.greatest),
    };
    ranges.put_date(out, Dates::of(range, a.causes | b.causes))
}

/// How many days lie between two, and `more`; never below 0.
pub(super) fn days_between(
    ranges: &mut Ranges,
    from: DateSlot,
    to: DateSlot,
    more: i32,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    let (from, to) = (ranges.date(from)?, ranges.date(to)?);
    let days = |from: i32, to: i32| {
        let between = day_number(to).wrapping_sub(day_number(from));
        i64::from(between.wrapping_add(more).max(0))
    };
    let range = Span {
        least: days(from.range.greatest, to.range.least),
        greatest: days(from.range.least, to.range.greatest),
    };
    ranges.put_amount(out, Amounts::of(range, from.causes | to.causes))
}
