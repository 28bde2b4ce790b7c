//! Days, counted one by one.

use apportion::checked::{Counting, Distance, Elapsed, Expression, ExpressionKind};
use apportion::distance::Period;
use apportion_core::date::Date;
use apportion_core::program::DayOf;
use apportion_core::shift::MissingDay;

use super::age::age;
use super::bank_holidays::{is_bank_holiday, weekday};
use super::rounding::whole;
use super::{Asked, Datum, Interpreter, Place, Refusal};

impl Interpreter<'_> {
    /// *5 Clauses, date*: the day so far from another.
    pub(super) fn distance(
        &mut self,
        from: &Expression,
        distance: Distance,
        place: Place,
    ) -> Asked<Datum> {
        let from = self.day(from, place)?;
        match day_at(from, distance) {
            Some(day) => Ok(Datum::Date(day)),
            None => self.broken(),
        }
    }

    /// *5 Clauses, Expressions*: `days from A to B`, and `age from A on B` where one of them is no
    /// fact. Time is counted forwards: where A is after B the case is refused, as it is where
    /// something needed is not given.
    pub(super) fn between(
        &mut self,
        (from, to): (&Expression, &Expression),
        elapsed: Elapsed,
        place: Place,
    ) -> Asked<Datum> {
        let (first, last) = (self.day(from, place), self.day(to, place));
        let (first, last) = (first?, last?);
        if first > last {
            let (from, to) = (day_of(from), day_of(to));
            let clause = place.clause;
            return self.refuse(Refusal::DaysBackwards { clause, from, to }, place.said_of());
        }
        let between = days_since_1900(last) - days_since_1900(first);
        let passed = match elapsed {
            Elapsed::Days(Counting::Both) => between + 1,
            Elapsed::Days(Counting::First | Counting::Last) => between,
            Elapsed::Days(Counting::Neither) => (between - 1).max(0),
            Elapsed::Years => match age(first, last) {
                Some(years) => years,
                None => return self.broken(),
            },
        };
        Ok(Datum::Number(whole(passed)))
    }

    pub(super) fn day(&mut self, day: &Expression, place: Place) -> Asked<Date> {
        match self.expression(day, place)? {
            Datum::Date(day) => Ok(day),
            _ => self.broken(),
        }
    }
}

/// How people speak of a day.
fn day_of(day: &Expression) -> DayOf {
    match day.kind {
        ExpressionKind::Fact(fact) => DayOf::Fact(fact),
        ExpressionKind::Value(value) => DayOf::Value(value),
        _ => DayOf::Unnamed,
    }
}

/// The day so far from another. Where the day itself is counted, it is the first of the days,
/// and weeks, months and years that begin with it end a day sooner.
fn day_at(from: Date, distance: Distance) -> Option<Date> {
    let step = if distance.is_before { day_before } else { day_after };
    let back = if distance.is_before { day_after } else { day_before };
    let count = distance.count;
    if distance.period == Period::WorkingDays {
        return working_days(from, distance, step);
    }
    // Where the day itself is the first of them, there is one step less to go.
    let counted = u32::from(distance.counts_day);
    let lands = match distance.period {
        Period::Days => return steps(from, count.checked_sub(counted)?, step),
        Period::Weeks => return steps(from, (7 * count).checked_sub(counted)?, step),
        Period::Months => same_day(from, count, distance),
        Period::Years => same_day(from, 12 * count, distance),
        Period::WorkingDays => None,
    }?;
    if distance.counts_day { back(lands) } else { Some(lands) }
}

/// The last of so many working days, one after the other; the first may be the day itself.
fn working_days(from: Date, distance: Distance, step: fn(Date) -> Option<Date>) -> Option<Date> {
    let mut day = if distance.counts_day { from } else { step(from)? };
    let mut left = distance.count;
    loop {
        left -= u32::from(is_working_day(day));
        if left == 0 {
            return Some(day);
        }
        day = step(day)?;
    }
}

/// *8 Dates*: a weekday that is no bank holiday of England and Wales.
fn is_working_day(day: Date) -> bool {
    weekday(day) < 5 && !is_bank_holiday(day)
}

pub(super) fn steps(from: Date, count: u32, step: fn(Date) -> Option<Date>) -> Option<Date> {
    (0..count).try_fold(from, |day, _| step(day))
}

/// The same day of another month; where that month lacks it, the last of the month or the
/// first of the next.
fn same_day(from: Date, months: u32, distance: Distance) -> Option<Date> {
    let (mut year, mut month) = (from.year(), from.month());
    for _ in 0..months {
        (year, month) = match (distance.is_before, month) {
            (true, 1) => (year - 1, 12),
            (true, month) => (year, month - 1),
            (false, 12) => (year + 1, 1),
            (false, month) => (year, month + 1),
        };
    }
    Date::new(year, month, from.day()).or_else(|| {
        let last = (28..=31).rev().find_map(|day| Date::new(year, month, day))?;
        match distance.missing? {
            MissingDay::Last => Some(last),
            MissingDay::Next => day_after(last),
        }
    })
}

/// Whole years, then whole months, then days.
pub(super) fn days_since_1900(day: Date) -> i64 {
    let length_of_year = |year| if Date::new(year, 2, 29).is_some() { 366 } else { 365 };
    let years: i64 = (1900..day.year()).map(length_of_year).sum();
    let length_of_month =
        |month| (28..=31).rfind(|last| Date::new(day.year(), month, *last).is_some());
    let months: i64 = (1..day.month()).filter_map(length_of_month).map(i64::from).sum();
    years + months + i64::from(day.day()) - 1
}

/// The next day: the next of the month, else the first of the next month, else of the next
/// year.
pub(super) fn day_after(day: Date) -> Option<Date> {
    let (year, month, day) = (day.year(), day.month(), day.day());
    let next = Date::new(year, month, day + 1).or_else(|| Date::new(year, month + 1, 1));
    next.or_else(|| Date::new(year + 1, 1, 1))
}

/// The day before.
pub(super) fn day_before(day: Date) -> Option<Date> {
    let (year, month, day) = (day.year(), day.month(), day.day());
    let last_of = |year, month| (28..=31).rev().find_map(|day| Date::new(year, month, day));
    let before = Date::new(year, month, day - 1).or_else(|| last_of(year, month - 1));
    before.or_else(|| Date::new(year - 1, 12, 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lands(from: &str, distance: Distance) -> String {
        day_at(Date::parse(from).unwrap(), distance).unwrap().to_string()
    }

    fn after(count: u32, period: Period) -> Distance {
        Distance { count, period, is_before: false, counts_day: false, missing: None }
    }

    #[test]
    fn counts_on_and_back() {
        let days = after(28, Period::Days);
        assert_eq!(lands("1 March 2023", days), "29 March 2023");
        assert_eq!(lands("1 March 2023", Distance { counts_day: true, ..days }), "28 March 2023");
        let before = Distance { is_before: true, ..days };
        assert_eq!(lands("1 March 2024", before), "2 February 2024");
        assert_eq!(
            lands("1 March 2024", Distance { counts_day: true, ..before }),
            "3 February 2024"
        );
        assert_eq!(lands("2 January 2024", after(6, Period::Weeks)), "13 February 2024");
        let month = after(1, Period::Months);
        let last = Distance { missing: Some(MissingDay::Last), ..month };
        assert_eq!(lands("20 August 2024", month), "20 September 2024");
        assert_eq!(lands("31 January 2024", last), "29 February 2024");
        let working = Distance { counts_day: true, ..after(3, Period::WorkingDays) };
        // Good Friday is 29 March, Easter Monday 1 April.
        assert_eq!(lands("28 March 2024", working), "3 April 2024");
        assert_eq!(lands("29 March 2024", working), "4 April 2024");
        let next = Distance { missing: Some(MissingDay::Next), ..month };
        assert_eq!(lands("31 January 2023", next), "1 March 2023");
        assert_eq!(
            lands("29 February 2024", Distance { period: Period::Years, ..next }),
            "1 March 2025"
        );
    }
}
