//! The day so many days, months or working days from another.
//!
//! Every computation is over the packed form and branches on nothing, so that the lanes run
//! it as it stands; here it is offered for one day as well.

use crate::date::{Date, is_leap_year, pack, packed_or_outside};

/// Where a month ends that lacks the day: `1 month after 31 January`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MissingDay {
    /// On the last day of that month: 28 February.
    Last,
    /// On the first day of the next: 1 March.
    Next,
}

impl Date {
    /// The day so many days later, earlier where the number is below 0; `None` where there
    /// is no such day.
    ///
    /// ```
    /// use apportion_core::date::Date;
    ///
    /// let received = Date::new(2023, 3, 1).unwrap();
    /// assert_eq!(received.plus_days(28), Date::new(2023, 3, 29));
    /// assert_eq!(received.plus_days(-1), Date::new(2023, 2, 28));
    /// assert_eq!(Date::MAX.plus_days(1), None);
    /// ```
    #[must_use]
    pub fn plus_days(self, days: i32) -> Option<Date> {
        Date::from_packed(days_on(self.packed(), days))
    }

    /// The same day so many months later, earlier where the number is below 0; `None` where
    /// that is no year that a date can have.
    ///
    /// ```
    /// use apportion_core::{date::Date, shift::MissingDay};
    ///
    /// let end_of_january = Date::new(2023, 1, 31).unwrap();
    /// let after = |missing| end_of_january.plus_months(1, missing);
    /// assert_eq!(after(MissingDay::Last), Date::new(2023, 2, 28));
    /// assert_eq!(after(MissingDay::Next), Date::new(2023, 3, 1));
    /// ```
    #[must_use]
    pub fn plus_months(self, months: i32, missing: MissingDay) -> Option<Date> {
        Date::from_packed(months_on(self.packed(), months, missing))
    }
}

/// A packed date so many days on. What is no date gives a day that is none of this case's.
#[inline]
pub(crate) fn days_on(packed: i32, days: i32) -> i32 {
    packed_or_outside(day_number(packed).saturating_add(days))
}

/// The number of a packed date; of the nearest day there is, where it is none.
#[inline]
pub(crate) fn day_number(packed: i32) -> i32 {
    Date::nearest(packed).day_number()
}

/// A month so many after the first of year 0, as one before it, is in no year that a date can have.
const NO_MONTH: i32 = 120_000;

/// A packed date so many months on.
#[inline]
pub(crate) fn months_on(packed: i32, months: i32, missing: MissingDay) -> i32 {
    let date = Date::nearest(packed);
    let day = i32::from(date.day());
    let since_year_0 = (date.year() * 12 + i32::from(date.month()) - 1).saturating_add(months);
    let since_year_0 = since_year_0.clamp(0, NO_MONTH);
    let (year, month) = (since_year_0 / 12, since_year_0 % 12 + 1);
    let length = length_of_month(year, month);
    let is_missing = i32::from(day > length);
    match missing {
        MissingDay::Last => pack(year, month, day.min(length)),
        // December lacks no day, so the next month is one of the same year.
        MissingDay::Next => pack(year, month + is_missing, day * (1 - is_missing) + is_missing),
    }
}

/// The days of a month, 1 to 12.
#[inline]
fn length_of_month(year: i32, month: i32) -> i32 {
    // Months of 31 days are odd up to July and even from August on.
    let regular = 30 | (month ^ (month >> 3));
    regular - i32::from(month == 2) * (2 - i32::from(is_leap_year(year)))
}
