//! Days counted on from a day, against jiff.

use apportion_core::date::Date;
use apportion_core::shift::MissingDay;
use jiff::{Span, civil};
use proptest::prelude::*;

use super::{every_day, of_jiff, with_jiff};

/// The same day so many months on, else the last or the next: with jiff's own months, which
/// end on the last day.
fn months_with_jiff(from: civil::Date, months: i32, missing: MissingDay) -> Option<civil::Date> {
    let landed = from.checked_add(Span::new().months(months)).ok()?;
    match missing {
        MissingDay::Next if landed.day() < from.day() => landed.tomorrow().ok(),
        _ => Some(landed),
    }
}

fn within(day: Option<civil::Date>) -> Option<Date> {
    day.filter(|day| (1900..=2199).contains(&day.year())).map(of_jiff)
}

#[test]
fn every_day_lands_where_jiff_has_it() {
    for day in every_day() {
        let date = of_jiff(day);
        for days in [-366, -31, -1, 0, 1, 28, 365] {
            let lands = day.checked_add(Span::new().days(days)).ok();
            assert_eq!(date.plus_days(days), within(lands), "{date}, {days} days");
        }
        for months in [-120, -13, -1, 0, 1, 2, 6, 11, 12, 48] {
            for missing in [MissingDay::Last, MissingDay::Next] {
                let lands = months_with_jiff(day, months, missing);
                let found = date.plus_months(months, missing);
                assert_eq!(found, within(lands), "{date}, {months} months, {missing:?}");
            }
        }
    }
}

#[test]
fn no_distance_is_too_great_to_be_told() {
    for far in [i32::MIN, i32::MIN + 1, -200_000, 200_000, i32::MAX] {
        for date in [Date::MIN, Date::MAX] {
            assert_eq!(date.plus_days(far), None);
            assert_eq!(date.plus_months(far, MissingDay::Last), None);
            assert_eq!(date.plus_months(far, MissingDay::Next), None);
        }
    }
    assert_eq!(Date::MIN.plus_days(-1), None);
    assert_eq!(Date::MAX.plus_days(1), None);
    assert_eq!(Date::MAX.plus_months(1, MissingDay::Next), None);
}

proptest! {
    #[test]
    fn days_and_months_land_where_jiff_has_them(
        from in 0_i32..109_573, days in -110_000_i32..110_000, months in -4_000_i32..4_000,
    ) {
        let date = Date::from_day_number(Date::MIN.day_number() + from).unwrap();
        let day = with_jiff(date);
        let lands = day.checked_add(Span::new().days(days)).ok();
        prop_assert_eq!(date.plus_days(days), within(lands));
        for missing in [MissingDay::Last, MissingDay::Next] {
            let lands = months_with_jiff(day, months, missing);
            prop_assert_eq!(date.plus_months(months, missing), within(lands));
        }
    }
}
