//! How far a day is from another.

use apportion_core::date::Date;
use apportion_core::shift::MissingDay;
use apportion_core::working_days::{Holidays, WorkingDays};

use crate::calendar::{bank_holidays, known_days};
pub use crate::syntax::Period;

/// How far a day is from another: `28 days after`, the day itself not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Distance {
    /// How many; at least 1.
    pub count: u32,
    /// Of what.
    pub period: Period,
    /// Before the day, or else after it.
    pub is_before: bool,
    /// Whether the day itself is counted: then it is the first of the days, and weeks, months
    /// or years that begin with it end a day sooner.
    pub counts_day: bool,
    /// Where a month ends that lacks the day; none where none can.
    pub missing: Option<MissingDay>,
}

impl Distance {
    /// The day so far from another; `None` where there is no such day, or where it is not
    /// known which of the days between are working days.
    ///
    /// ```
    /// use apportion::distance::{Distance, Period};
    /// use apportion::engine::date::Date;
    ///
    /// let served = Date::new(2024, 4, 24).unwrap();
    /// let fifteen_days = Distance {
    ///     count: 15,
    ///     period: Period::Days,
    ///     is_before: false,
    ///     counts_day: true,
    ///     missing: None,
    /// };
    /// assert_eq!(fifteen_days.from(served), Date::new(2024, 5, 8));
    /// ```
    #[must_use]
    pub fn from(&self, day: Date) -> Option<Date> {
        let Some(working_days) = self.working_days() else {
            return day.plus_months(self.months(), self.missing_day())?.plus_days(self.days());
        };
        let (first, last) = known_days()?;
        let holidays = Holidays::new(bank_holidays(first, last));
        let lands = day.plus_working_days(working_days, &holidays)?;
        let is_known = |day: &Date| (first..=last).contains(day);
        Some(lands).filter(|lands| is_known(lands) && is_known(&day))
    }

    /// How many working days the engine counts on, where it counts working days.
    #[must_use]
    pub fn working_days(&self) -> Option<WorkingDays> {
        let count = u16::try_from(self.count).unwrap_or(u16::MAX);
        let (is_before, counts_day) = (self.is_before, self.counts_day);
        let days = WorkingDays { count, is_before, counts_day };
        (self.period == Period::WorkingDays).then_some(days)
    }

    /// How many months the engine counts on, below 0 where it counts back.
    #[must_use]
    pub fn months(&self) -> i32 {
        match self.period {
            Period::Months => self.signed(1),
            Period::Years => self.signed(12),
            Period::Days | Period::WorkingDays | Period::Weeks => 0,
        }
    }

    /// How many days it counts on after the months.
    #[must_use]
    pub fn days(&self) -> i32 {
        let sooner = match (self.counts_day, self.is_before) {
            (false, _) => 0,
            (true, false) => -1,
            (true, true) => 1,
        };
        match self.period {
            Period::Days => self.signed(1).saturating_add(sooner),
            Period::Weeks => self.signed(7).saturating_add(sooner),
            Period::Months | Period::Years => sooner,
            Period::WorkingDays => 0,
        }
    }

    /// Where a month ends that lacks the day, which matters only where one can.
    #[must_use]
    pub fn missing_day(&self) -> MissingDay {
        self.missing.unwrap_or(MissingDay::Last)
    }

    fn signed(&self, times: i32) -> i32 {
        let count = i32::try_from(self.count).unwrap_or(i32::MAX).saturating_mul(times);
        if self.is_before { -count } else { count }
    }
}
