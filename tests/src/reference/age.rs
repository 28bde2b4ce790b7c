//! Ages, counted to the birthday.

use apportion_core::date::Date;

/// The greatest age that is told from greater ones: a stated bound of the engine.
const GREATEST_AGE: i64 = 255;

/// *8 Dates*: completed years from a birth to a day; none where the birth is after the day.
/// Someone born on 29 February comes of age on 1 March in a common year.
pub(super) fn age(birth: Date, on: Date) -> Option<i64> {
    if birth > on {
        return None;
    }
    let is_leap = on.year() % 4 == 0 && (on.year() % 100 != 0 || on.year() % 400 == 0);
    let birthday = match (birth.month(), birth.day()) {
        (2, 29) if !is_leap => (3, 1),
        birthday => birthday,
    };
    let years = i64::from(on.year()) - i64::from(birth.year());
    let is_before_birthday = (on.month(), on.day()) < birthday;
    Some((years - i64::from(is_before_birthday)).min(GREATEST_AGE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn years(birth: (i32, u8, u8), on: (i32, u8, u8)) -> Option<i64> {
        let date = |(year, month, day)| Date::new(year, month, day).unwrap();
        age(date(birth), date(on))
    }

    #[test]
    fn counts_to_the_birthday() {
        assert_eq!(years((2008, 5, 12), (2026, 5, 11)), Some(17));
        assert_eq!(years((2008, 5, 12), (2026, 5, 12)), Some(18));
        assert_eq!(years((2008, 2, 29), (2026, 2, 28)), Some(17));
        assert_eq!(years((2008, 2, 29), (2026, 3, 1)), Some(18));
        assert_eq!(years((2008, 2, 29), (2028, 2, 29)), Some(20));
        assert_eq!(years((2026, 5, 12), (2026, 5, 12)), Some(0));
        assert_eq!(years((2026, 5, 13), (2026, 5, 12)), None);
    }
}
