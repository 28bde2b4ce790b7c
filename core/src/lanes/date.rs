//! Ages in completed years.

use core::iter::zip;

use super::{Banks, SlotMissing, lend, refusal, slot};
use crate::program::{ByteSlot, DateSlot, RefusalId};

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
    refusal::refuse(&mut banks.refusals, &refused, refusal);
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
