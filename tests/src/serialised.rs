//! The small values as serde writes and reads them: always as text.

use core::fmt::Debug;

use apportion_core::date::Date;
use apportion_core::money::Money;
use apportion_core::share::Share;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Holds that a value is written as this text, and read from it.
#[track_caller]
fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T, text: &str) {
    let json = format!("\"{text}\"");
    assert_eq!(serde_json::to_string(&value).unwrap(), json);
    assert_eq!(serde_json::from_str::<T>(&json).unwrap(), value);
}

#[test]
fn money_is_pounds_in_digits() {
    for (pence, text) in [
        (1_600_00, "1600.00"),
        (12_34, "12.34"),
        (7, "0.07"),
        (0, "0.00"),
        (-7, "-0.07"),
        (-12_34, "-12.34"),
    ] {
        check(Money::from_pence(pence), text);
    }
}

#[test]
fn a_share_is_a_percentage_or_a_fraction() {
    for (numerator, denominator, text) in [(1, 4, "25%"), (1, 3, "1/3"), (937, 1_000, "93.7%")] {
        check(Share::new(numerator, denominator).unwrap(), text);
    }
}

#[test]
fn a_day_is_year_month_and_day() {
    check(Date::new(2017, 5, 3).unwrap(), "2017-05-03");
}

#[test]
fn texts_are_read_as_in_cases_and_nothing_else_is() {
    assert_eq!(serde_json::from_str::<Money>("\"£1,600\"").unwrap(), Money::from_pence(1_600_00));
    assert_eq!(serde_json::from_str::<Date>("\"3 May 2017\"").ok(), Date::new(2017, 5, 3));
    let money = serde_json::from_str::<Money>("\"1.005\"").unwrap_err().to_string();
    assert!(money.contains("at most two places"), "{money}");
    let share = serde_json::from_str::<Share>("\"25\"").unwrap_err().to_string();
    assert!(share.contains("not a share"), "{share}");
    let date = serde_json::from_str::<Date>("\"31 June 2017\"").unwrap_err().to_string();
    assert!(date.contains("no such date"), "{date}");
    // A number may have gone through binary fractions, so it is no amount.
    assert!(serde_json::from_str::<Money>("1600.10").is_err());
}
