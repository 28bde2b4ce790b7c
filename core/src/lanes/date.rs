//! Ages in completed years, days counted on, and the days between two.

use core::iter::zip;

use super::{Banks, SlotMissing, entries, fill_pairwise, lend, refusal, slot};
use crate::program::{AmountSlot, ByteSlot, DateSlot, Program, RefusalId, Run};
use crate::shift::day_number;
use crate::working_days::{WorkingDays, working_days_on};

/// How far a packed date is shifted to leave its year.
const YEAR: u32 = 9;

/// Completed years from a birth to a day, and a refusal where the birth is after the day.
pub(super) fn age<const N: usize>(
    banks: &mut Banks<N>,
    birth: DateSlot,
    day: DateSlot,
    out: ByteSlot,
    when: ByteSlot,
    refusal: RefusalId,
) -> Result<(), SlotMissing> {
    let birth = slot(&banks.dates, birth)?;
    let day = slot(&banks.dates, day)?;
    let (bytes, out) = lend(&mut banks.bytes, out)?;
    let when = slot(bytes, when)?;
    let mut refused = [0; N];
    for (refused, (when, (birth, day))) in zip(&mut refused, zip(when, zip(birth, day))) {
        *refused = when & u8::from(birth > day);
    }
    complete_years(birth, day, out);
    refusal::refuse(&mut banks.refusals, &banks.here, &refused, refusal);
    Ok(())
}

/// The difference of packed dates borrows from the years where the birthday of the year
/// is still to come.
#[inline]
fn complete_years<const N: usize>(birth: &[i32; N], day: &[i32; N], out: &mut [u8; N]) {
    for (age, (birth, day)) in zip(out, zip(birth, day)) {
        let years = day.wrapping_sub(*birth) >> YEAR;
        *age = years.clamp(0, i32::from(u8::MAX)) as u8;
    }
}

/// What is made of each date.
pub(super) fn each<const N: usize>(
    banks: &mut Banks<N>,
    date: DateSlot,
    out: DateSlot,
    make: impl Fn(i32) -> i32,
) -> Result<(), SlotMissing> {
    let (dates, out) = lend(&mut banks.dates, out)?;
    for (out, date) in zip(out, slot(dates, date)?) {
        *out = make(*date);
    }
    Ok(())
}

/// The day so many working days from each date.
pub(super) fn working_days<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    date: DateSlot,
    days: WorkingDays,
    holidays: Run,
    out: DateSlot,
) -> Result<(), SlotMissing> {
    let (dates, out) = lend(&mut banks.dates, out)?;
    working_days_on(slot(dates, date)?, days, entries(&program.holidays, holidays)?, out);
    Ok(())
}

/// What two dates make together.
pub(super) fn pairwise<const N: usize>(
    banks: &mut Banks<N>,
    a: DateSlot,
    b: DateSlot,
    out: DateSlot,
    make: impl Fn(i32, i32) -> i32,
) -> Result<(), SlotMissing> {
    let (dates, out) = lend(&mut banks.dates, out)?;
    fill_pairwise(slot(dates, a)?, slot(dates, b)?, out, make);
    Ok(())
}

/// How many days lie between two, and `more`; never below 0.
pub(super) fn days_between<const N: usize>(
    banks: &mut Banks<N>,
    from: DateSlot,
    to: DateSlot,
    more: i32,
    out: AmountSlot,
) -> Result<(), SlotMissing> {
    let (from, to) = (slot(&banks.dates, from)?, slot(&banks.dates, to)?);
    let (_, out) = lend(&mut banks.amounts, out)?;
    for (out, (from, to)) in zip(out, zip(from, to)) {
        let between = day_number(*to).wrapping_sub(day_number(*from));
        *out = i64::from(between.wrapping_add(more).max(0));
    }
    Ok(())
}
