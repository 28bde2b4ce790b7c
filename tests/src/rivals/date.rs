//! Calendar days packed into an `i32`, and as days since 1970.

/// A calendar day as `year << 9 | month << 5 | day`: a later day is a greater number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub i32);

impl Date {
    /// The day of a year, month (1 to 12) and day of the month.
    #[must_use]
    pub const fn new(year: i32, month: i32, day: i32) -> Self {
        Date(year << 9 | month << 5 | day)
    }

    /// Completed years from this birth to a later day: where month and day come before
    /// those of the birth, the subtraction borrows one from the year.
    #[inline]
    #[must_use]
    pub fn age_on(self, on: Date) -> i32 {
        (on.0 - self.0) >> 9
    }

    /// The day so many days after 1 January 1970, from 1 March of the year 0 on. Nothing
    /// branches, so a loop over many days becomes vector code. After Neri and Schneider,
    /// *Euclidean affine functions and their application to calendar algorithms*, 2022.
    #[inline]
    #[must_use]
    pub fn from_day_number(number: i32) -> Self {
        let quarters = 4 * (number + DAYS_BEFORE_1970) as u32 + 3;
        let century = quarters / 146_097;
        let years = u64::from((quarters % 146_097) | 3) * 2_939_745;
        let day_of_year = years as u32 / 2_939_745 / 4;
        let months = 2_141 * day_of_year + 197_913;
        // These years begin in March: January and February are months 13 and 14.
        let is_new_year = u32::from(day_of_year >= 306);
        let year = 100 * century + (years >> 32) as u32 + is_new_year;
        let month = (months >> 16) - 12 * is_new_year;
        let day = (months & 0xffff) / 2_141 + 1;
        Date((year << 9 | month << 5 | day) as i32)
    }

    /// Days since 1 January 1970, as in Arrow's `Date32`.
    #[must_use]
    pub fn day_number(self) -> i32 {
        let (month, day) = (self.0 >> 5 & 15, self.0 & 31);
        // A year that begins in March has its leap day last.
        let (year, month) = ((self.0 >> 9) - i32::from(month < 3), (month + 9) % 12);
        let leap_days = year / 4 - year / 100 + year / 400;
        365 * year + leap_days + (153 * month + 2) / 5 + day - 1 - DAYS_BEFORE_1970
    }
}

/// Days from 1 March of the year 0 to 1 January 1970.
const DAYS_BEFORE_1970: i32 = 719_468;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        let counted = [((1970, 1, 1), 0), ((1969, 12, 31), -1), ((2000, 2, 29), 11_016)];
        for ((year, month, day), number) in counted {
            assert_eq!(Date::new(year, month, day).day_number(), number);
        }
    }

    #[test]
    fn every_day_from_1900_to_2199_is_packed_and_counted() {
        let mut number = Date::new(1900, 1, 1).day_number();
        for year in 1900..2200 {
            for month in 1..=12 {
                for day in 1..=i32::from(apportion_core::date::days_in_month(year, month as u8)) {
                    let date = Date::new(year, month, day);
                    assert_eq!(Date::from_day_number(number), date);
                    assert_eq!(date.day_number(), number);
                    number += 1;
                }
            }
        }
    }
}
