//! The calendar of working days against the rules that make it, and working days counted by
//! it against counting day by day with jiff.

use core::iter;
use core::ops::RangeInclusive;

use apportion::calendar::{bank_holidays, known_days};
use apportion::distance::{Distance, Period};
use apportion_core::date::Date;
use apportion_core::working_days::{Holidays, WorkingDays};
use jiff::civil::{self, Weekday};

use crate::reference::bank_holidays as rules;

#[test]
fn bank_holidays_are_those_that_the_rules_make() {
    let (first, last) = known_days().unwrap();
    assert_eq!((first.year(), last.year()), (2015, 2028));
    for year in first.year()..=last.year() {
        let (from, to) = (Date::new(year, 1, 1).unwrap(), Date::new(year, 12, 31).unwrap());
        assert_eq!(bank_holidays(from, to), rules::bank_holidays(year), "{year}");
    }
    assert_eq!(bank_holidays(first, last).len(), 14 * 8 + 2 + 1);
}

/// Every day of the years, as jiff counts them.
fn every_day(years: RangeInclusive<i16>) -> impl Iterator<Item = civil::Date> {
    let (first, last) = (civil::date(*years.start(), 1, 1), civil::date(*years.end(), 12, 31));
    iter::successors(Some(first), move |day| (*day < last).then(|| day.tomorrow().unwrap()))
}

fn of_jiff(day: civil::Date) -> Date {
    Date::new(i32::from(day.year()), day.month() as u8, day.day() as u8).unwrap()
}

/// Every day from 2020 to 2024, the years with holidays for once, and so many working days
/// after and before it.
#[test]
fn working_days_are_weekdays_without_bank_holidays() {
    let (first, last) = known_days().unwrap();
    let holidays = bank_holidays(first, last);
    let calendar = Holidays::new(holidays.iter().copied());
    let is_working = |day: civil::Date| {
        let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        !is_weekend && !holidays.contains(&of_jiff(day))
    };
    for from in every_day(2020..=2024) {
        for is_before in [false, true] {
            for counts_day in [false, true] {
                let mut day = from;
                let mut count = u16::from(counts_day && is_working(day));
                for _ in 0..40 {
                    if count > 0 && is_working(day) {
                        let days = WorkingDays { count, is_before, counts_day };
                        let found = of_jiff(from).plus_working_days(days, &calendar);
                        assert_eq!(found, Some(of_jiff(day)), "{from} {days:?}");
                    }
                    day = if is_before { day.yesterday() } else { day.tomorrow() }.unwrap();
                    count += u16::from(is_working(day));
                }
            }
        }
    }
}

#[test]
fn nothing_is_said_of_days_beyond_the_calendar() {
    let twenty = Distance {
        count: 20,
        period: Period::WorkingDays,
        is_before: false,
        counts_day: false,
        missing: None,
    };
    let from = |text: &str| twenty.from(Date::parse(text).unwrap()).map(|day| day.to_string());
    assert_eq!(from("31 December 2014"), None);
    assert_eq!(from("1 January 2015").as_deref(), Some("29 January 2015"));
    // 2028 ends on a Friday for banks: 29 December.
    assert_eq!(from("29 November 2028").as_deref(), Some("29 December 2028"));
    assert_eq!(from("1 December 2028"), None);
}
