//! The bank holidays of England and Wales, from the rules: the Banking and Financial Dealings
//! Act 1971, the common-law holidays of Good Friday and Christmas Day, and what was proclaimed
//! for single years.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use apportion_core::date::Date;

use super::day::{day_after, day_before, days_since_1900, steps};

/// Whether a day is a bank holiday; of the years from 2015 to 2028.
pub(super) fn is_bank_holiday(day: Date) -> bool {
    static DAYS: OnceLock<BTreeSet<Date>> = OnceLock::new();
    DAYS.get_or_init(|| (2015..=2028).flat_map(bank_holidays).collect()).contains(&day)
}

/// The bank holidays of a year.
pub(crate) fn bank_holidays(year: i32) -> Vec<Date> {
    let easter = easter_sunday(year);
    let mut days = vec![
        on_a_weekday(date(year, 1, 1)),
        moved(easter, -2),
        moved(easter, 1),
        match year {
            2020 => date(year, 5, 8),
            _ => first_monday(date(year, 5, 1)),
        },
        match year {
            2022 => date(year, 6, 2),
            _ => first_monday(date(year, 5, 25)),
        },
        first_monday(date(year, 8, 25)),
    ];
    days.extend(christmas_and_boxing_day(year));
    match year {
        2022 => days.extend([date(year, 6, 3), date(year, 9, 19)]),
        2023 => days.push(date(year, 5, 8)),
        _ => {}
    }
    days.sort_unstable();
    days
}

/// Christmas Day and Boxing Day, or the next two weekdays in their stead.
fn christmas_and_boxing_day(year: i32) -> [Date; 2] {
    let (christmas, boxing) = (date(year, 12, 25), date(year, 12, 26));
    match weekday(christmas) {
        // Boxing Day is on Saturday: Monday in its stead.
        4 => [christmas, moved(christmas, 3)],
        // Both are at the weekend: Monday and Tuesday.
        5 => [moved(christmas, 2), moved(christmas, 3)],
        // Christmas Day is on Sunday: Boxing Day stands, and Tuesday is the substitute.
        6 => [boxing, moved(christmas, 2)],
        _ => [christmas, boxing],
    }
}

/// Easter Sunday of the Gregorian calendar, after the anonymous rule in *Nature*, 1876.
fn easter_sunday(year: i32) -> Date {
    let (golden, century, of_century) = (year % 19, year / 100, year % 100);
    let (leap_centuries, rest) = (century / 4, century % 4);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - leap_centuries - correction + 15) % 30;
    let sunday = (32 + 2 * rest + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * sunday) / 451;
    let days = epact + sunday - 7 * late + 114;
    let (month, day) = (days / 31, days % 31 + 1);
    date(year, u8::try_from(month).unwrap_or(0), u8::try_from(day).unwrap_or(0))
}

/// A day, or the Monday after it where it is at a weekend.
fn on_a_weekday(day: Date) -> Date {
    if weekday(day) < 5 { day } else { first_monday(day) }
}

/// The first Monday on or after a day.
fn first_monday(day: Date) -> Date {
    moved(day, (7 - weekday(day)) % 7)
}

/// The day of the week, Monday first; 1 January 1900 was a Monday.
pub(super) fn weekday(day: Date) -> i64 {
    days_since_1900(day) % 7
}

fn moved(day: Date, days: i64) -> Date {
    let step = if days < 0 { day_before } else { day_after };
    steps(day, u32::try_from(days.abs()).unwrap_or(0), step).unwrap_or(day)
}

fn date(year: i32, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap_or(Date::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_is_when_it_was() {
        let found =
            [1961, 2000, 2015, 2024, 2025, 2038].map(|year| easter_sunday(year).to_string());
        let was = [
            "2 April 1961",
            "23 April 2000",
            "5 April 2015",
            "31 March 2024",
            "20 April 2025",
            "25 April 2038",
        ];
        assert_eq!(found, was);
    }
}
