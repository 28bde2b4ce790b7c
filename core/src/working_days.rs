//! The day so many working days from another: weekdays that are no holidays.
//!
//! Which days are holidays is told from outside. Weekdays, Monday to Friday, are numbered one
//! after the other through all weeks; the day sought is so many numbers on, and one further
//! for each holiday that is met on the way, in their order. No step branches on a day.

use alloc::vec::Vec;
use core::iter::zip;

use crate::date::{Date, packed_or_outside};
use crate::shift::day_number;

/// So many working days after or before a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkingDays {
    /// How many; at least 1.
    pub count: u16,
    /// Before the day, or else after it.
    pub is_before: bool,
    /// Whether the day itself counts, where it is a working day.
    pub counts_day: bool,
}

/// Holidays that fall on weekdays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holidays {
    /// Their numbers among the weekdays, rising.
    pub(crate) weekdays: Vec<i32>,
}

impl Holidays {
    /// The holidays among these days; those at weekends make no difference.
    #[must_use]
    pub fn new(days: impl IntoIterator<Item = Date>) -> Holidays {
        let numbers = days.into_iter().map(Date::day_number);
        let on_weekdays =
            numbers.filter(|number| weekdays_until(*number) > weekdays_until(number - 1));
        let mut weekdays: Vec<i32> = on_weekdays.map(weekdays_until).collect();
        weekdays.sort_unstable();
        weekdays.dedup();
        Holidays { weekdays }
    }
}

impl Date {
    /// The day so many working days from this one; `None` where there is no such day.
    ///
    /// ```
    /// use apportion_core::date::Date;
    /// use apportion_core::working_days::{Holidays, WorkingDays};
    ///
    /// let (good_friday, easter_monday) = (Date::new(2024, 3, 29), Date::new(2024, 4, 1));
    /// let holidays = Holidays::new([good_friday.unwrap(), easter_monday.unwrap()]);
    /// let two = WorkingDays { count: 2, is_before: false, counts_day: false };
    /// let thursday = Date::new(2024, 3, 28).unwrap();
    /// assert_eq!(thursday.plus_working_days(two, &holidays), Date::new(2024, 4, 3));
    /// ```
    #[must_use]
    pub fn plus_working_days(self, days: WorkingDays, holidays: &Holidays) -> Option<Date> {
        let mut lands = [0];
        working_days_on(&[self.packed()], days, &holidays.weekdays, &mut lands);
        let [packed] = lands;
        Date::from_packed(packed)
    }
}

/// Packed dates so many working days on; the holidays are numbers of weekdays, rising.
#[inline]
pub(crate) fn working_days_on<const N: usize>(
    dates: &[i32; N],
    days: WorkingDays,
    holidays: &[i32],
    out: &mut [i32; N],
) {
    let count = i32::from(days.count);
    // Counted is what comes after `starts`, or before it.
    let starts = dates.map(|date| {
        let (day, counts) = (day_number(date), i32::from(days.counts_day));
        match days.is_before {
            false => weekdays_until(day - counts),
            true => weekdays_until(day - 1 + counts) + 1,
        }
    });
    if days.is_before {
        *out = starts.map(|start| start - count);
        for holiday in holidays.iter().rev() {
            for (lands, start) in zip(&mut *out, &starts) {
                *lands -= i32::from((holiday < start) & (*holiday >= *lands));
            }
        }
    } else {
        *out = starts.map(|start| start + count);
        for holiday in holidays {
            for (lands, start) in zip(&mut *out, &starts) {
                *lands += i32::from((holiday > start) & (*holiday <= *lands));
            }
        }
    }
    for lands in out {
        *lands = packed_or_outside(day_of_weekday(*lands));
    }
}

/// Monday 25 December 1899, as a number of days from 1 January 1970.
const FIRST_MONDAY: i32 = -25_574;

/// How many weekdays there are from the first Monday to a day, both counted.
#[inline]
fn weekdays_until(number: i32) -> i32 {
    let days = number - FIRST_MONDAY;
    days / 7 * 5 + (days % 7 + 1).min(5)
}

/// The number of the day that is so many weekdays from the first Monday on, both counted.
#[inline]
fn day_of_weekday(weekday: i32) -> i32 {
    let before = weekday.max(1) - 1;
    FIRST_MONDAY + before / 5 * 7 + before % 5
}
