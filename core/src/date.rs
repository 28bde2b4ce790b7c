//! Calendar days.

use core::fmt;

/// A calendar day from 1 January 1900 to 31 December 2199.
///
/// It is packed as `year << 9 | month << 5 | day`, so that a later day is a greater number
/// and completed years are a subtraction and a shift.
///
/// ```
/// use apportion_core::date::Date;
///
/// let birth = Date::new(2017, 5, 3).unwrap();
/// let decision = Date::parse("12 May 2026").unwrap();
/// assert!(birth < decision);
/// assert_eq!(birth.age_on(decision), Some(9));
/// assert_eq!(birth.to_string(), "3 May 2017");
/// assert_eq!(Date::new(2026, 2, 29), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    packed: i32,
}

const FIRST_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 2199;

/// Days from 1 March of the year 0 to 1 January 1970.
const EPOCH: i32 = 719_468;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Date {
    /// The first day there is: 1 January 1900.
    pub const MIN: Date = Date { packed: pack(FIRST_YEAR, 1, 1) };
    /// The last day there is: 31 December 2199.
    pub const MAX: Date = Date { packed: pack(LAST_YEAR, 12, 31) };

    /// A day, or `None` where there is no such day.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Date> {
        let exists = (FIRST_YEAR..=LAST_YEAR).contains(&year)
            && (1..=days_in_month(year, month)).contains(&day);
        exists.then_some(Date { packed: pack(year, month as i32, day as i32) })
    }

    /// The year.
    #[inline]
    #[must_use]
    pub fn year(self) -> i32 {
        self.packed >> 9
    }

    /// The month, 1 to 12.
    #[inline]
    #[must_use]
    pub fn month(self) -> u8 {
        (self.packed >> 5 & 15) as u8
    }

    /// The day of the month, 1 to 31.
    #[inline]
    #[must_use]
    pub fn day(self) -> u8 {
        (self.packed & 31) as u8
    }

    /// The day as `year << 9 | month << 5 | day`.
    #[inline]
    #[must_use]
    pub fn packed(self) -> i32 {
        self.packed
    }

    /// The day that is packed so, or `None` where there is no such day.
    #[must_use]
    pub fn from_packed(packed: i32) -> Option<Date> {
        let claimed = Date { packed };
        Date::new(claimed.year(), claimed.month(), claimed.day())
    }

    /// The day that is packed so; where there is none, one that is between the first and the
    /// last that there are and can be reckoned with.
    #[inline]
    pub(crate) fn nearest(packed: i32) -> Date {
        Date { packed: packed.clamp(Date::MIN.packed, Date::MAX.packed) }
    }

    /// Days since 1 January 1970, as in Arrow's `Date32`; earlier days are below 0.
    ///
    /// ```
    /// use apportion_core::date::Date;
    ///
    /// assert_eq!(Date::new(1970, 1, 1).unwrap().day_number(), 0);
    /// assert_eq!(Date::new(1969, 12, 31).unwrap().day_number(), -1);
    /// ```
    #[inline]
    #[must_use]
    pub fn day_number(self) -> i32 {
        // A year that begins in March has its leap day last, and its months a regular
        // length: January and February are months 13 and 14 of the year before.
        let is_before_march = i32::from(self.month() < 3);
        let year = self.year() - is_before_march;
        let month = i32::from(self.month()) + 12 * is_before_march;
        let century = year / 100;
        let days_before_year = 1461 * year / 4 - century + century / 4;
        let days_before_month = (979 * month - 2919) / 32;
        days_before_year + days_before_month + i32::from(self.day()) - 1 - EPOCH
    }

    /// The day so many days after 1 January 1970, or `None` where it is out of range.
    ///
    /// ```
    /// use apportion_core::date::Date;
    ///
    /// assert_eq!(Date::from_day_number(0), Date::new(1970, 1, 1));
    /// assert_eq!(Date::from_day_number(i32::MAX), None);
    /// ```
    #[inline]
    #[must_use]
    pub fn from_day_number(number: i32) -> Option<Date> {
        let is_in_range = (Date::MIN.day_number()..=Date::MAX.day_number()).contains(&number);
        is_in_range.then(|| Date { packed: packed_from_day_number(number) })
    }

    /// Completed years from this birth to a day, or `None` where the birth is after it.
    ///
    /// A year is complete on the birthday; someone born on 29 February completes it on
    /// 1 March in a common year.
    ///
    /// ```
    /// use apportion_core::date::Date;
    ///
    /// let birth = Date::new(2008, 2, 29).unwrap();
    /// assert_eq!(birth.age_on(Date::new(2026, 2, 28).unwrap()), Some(17));
    /// assert_eq!(birth.age_on(Date::new(2026, 3, 1).unwrap()), Some(18));
    /// assert_eq!(birth.age_on(Date::new(2008, 2, 28).unwrap()), None);
    /// ```
    #[inline]
    #[must_use]
    pub fn age_on(self, on: Date) -> Option<u16> {
        // Where month and day come before those of the birth, the subtraction borrows one
        // from the year.
        u16::try_from((on.packed - self.packed) >> 9).ok()
    }

    /// Reads `3 May 2017`, `2017-05-03` or `03/05/2017` (day first), or `None`.
    ///
    /// Day and month have one or two digits, those of the second form two, and a year
    /// four; months are written in full, in capitals or not.
    ///
    /// ```
    /// use apportion_core::date::Date;
    ///
    /// let date = Date::new(2017, 5, 3);
    /// assert_eq!(Date::parse("3 may 2017"), date);
    /// assert_eq!(Date::parse("2017-05-03"), date);
    /// assert_eq!(Date::parse("03/05/2017"), date);
    /// assert_eq!(Date::parse("31 June 2017"), None);
    /// assert_eq!(Date::parse("3 Sep 2017"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Date> {
        if let Some([day, month, year]) = three_fields(text, ' ') {
            return Date::new(digits(year, 4, 4)?, month_named(month)?, small(day, 1)?);
        }
        if let Some([day, month, year]) = three_fields(text, '/') {
            return Date::new(digits(year, 4, 4)?, small(month, 1)?, small(day, 1)?);
        }
        let [year, month, day] = three_fields(text, '-')?;
        Date::new(digits(year, 4, 4)?, small(month, 2)?, small(day, 2)?)
    }
}

/// Whether the year has a 29 February.
#[must_use]
pub fn is_leap_year(year: i32) -> bool {
    (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
}

/// How many days the month has; 0 where there is no such month.
#[must_use]
pub fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap_year(year) => 29,
        2 => 28,
        _ => 0,
    }
}

pub(crate) const fn pack(year: i32, month: i32, day: i32) -> i32 {
    year << 9 | month << 5 | day
}

/// The packed day; for a number out of range, the day before the first or after the last,
/// which no declaration of a date holds.
#[inline]
pub(crate) fn packed_or_outside(number: i32) -> i32 {
    let (first, last) = (Date::MIN.day_number(), Date::MAX.day_number());
    packed_from_day_number(number.clamp(first - 1, last + 1))
}

/// The packed day; the number must be that of a day in range, or of one beside it.
///
/// After Neri and Schneider, *Euclidean affine functions and their application to calendar
/// algorithms*, 2022: every division is by a constant, and nothing branches.
#[inline]
fn packed_from_day_number(number: i32) -> i32 {
    let quarters = 4 * (number + EPOCH) as u32 + 3;
    let century = quarters / 146_097;
    let quarters_in_century = (quarters % 146_097) | 3;
    // The upper half is the year of the century, the lower how far it has gone.
    let years = u64::from(quarters_in_century) * 2_939_745;
    let year = 100 * century + (years >> 32) as u32;
    let day_of_year = years as u32 / 2_939_745 / 4;
    let months = 2_141 * day_of_year + 197_913;
    let (month, day) = (months >> 16, (months & 0xffff) / 2_141 + 1);
    // The years counted here begin in March, so January and February are months 13 and 14.
    let is_new_year = u32::from(day_of_year >= 306);
    pack((year + is_new_year) as i32, (month - 12 * is_new_year) as i32, day as i32)
}

/// The fields, where there are exactly three.
fn three_fields(text: &str, separator: char) -> Option<[&str; 3]> {
    let mut fields = text.split(separator);
    let three = [fields.next()?, fields.next()?, fields.next()?];
    fields.next().is_none().then_some(three)
}

/// A number written with so many digits and nothing else.
fn digits(text: &str, least: usize, most: usize) -> Option<i32> {
    let is_written_so =
        (least..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_written_so { text.parse().ok() } else { None }
}

/// A day or month of at most two digits.
fn small(text: &str, least: usize) -> Option<u8> {
    u8::try_from(digits(text, least, 2)?).ok()
}

fn month_named(text: &str) -> Option<u8> {
    (1..).zip(MONTHS).find(|(_, name)| name.eq_ignore_ascii_case(text)).map(|(month, _)| month)
}

/// Writes `3 May 2017`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month = MONTHS.get(usize::from(self.month()).wrapping_sub(1)).unwrap_or(&"");
        write!(f, "{} {month} {}", self.day(), self.year())
    }
}

/// Writes `2017-05-03`.
#[cfg(feature = "serde")]
impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (year, month, day) = (self.year(), self.month(), self.day());
        serializer.collect_str(&format_args!("{year:04}-{month:02}-{day:02}"))
    }
}

/// Reads whatever [`Date::parse`] does.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let text = alloc::borrow::Cow::<str>::deserialize(deserializer)?;
        Date::parse(&text).ok_or_else(|| serde::de::Error::custom("no such date"))
    }
}
