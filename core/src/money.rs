//! Money: a whole number of pence.

use core::fmt;

/// An amount of money in whole pence, above or below zero.
///
/// ```
/// use apportion_core::money::Money;
///
/// let limit = Money::parse("£1,600").unwrap();
/// assert_eq!(limit.pence(), 1_600_00);
/// assert_eq!(limit.to_string(), "£1,600.00");
/// assert_eq!(Money::from_pence(-5_00).to_string(), "-£5.00");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    pence: i64,
}

/// A text that is no amount of money. The message does not repeat the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// Not written as an amount: `five`, `£-5.00`, `1.`.
    NotAnAmount,
    /// A comma that does not stand before exactly three digits: `1,60`.
    CommaMisplaced,
    /// More than two places after the point, so perhaps part of a penny: `£1.005`.
    TooManyPlaces,
    /// More pence than fit 64 bits.
    TooLarge,
}

impl Money {
    /// £0.00.
    pub const ZERO: Money = Money { pence: 0 };

    /// So many pence.
    #[inline]
    #[must_use]
    pub const fn from_pence(pence: i64) -> Money {
        Money { pence }
    }

    /// How many pence it is.
    #[inline]
    #[must_use]
    pub const fn pence(self) -> i64 {
        self.pence
    }

    /// The sum, or `None` where it does not fit.
    #[must_use]
    pub fn checked_add(self, other: Money) -> Option<Money> {
        self.pence.checked_add(other.pence).map(Money::from_pence)
    }

    /// The difference, or `None` where it does not fit.
    #[must_use]
    pub fn checked_sub(self, other: Money) -> Option<Money> {
        self.pence.checked_sub(other.pence).map(Money::from_pence)
    }

    /// The same amount the other way, or `None` where it does not fit.
    #[must_use]
    pub fn checked_neg(self) -> Option<Money> {
        self.pence.checked_neg().map(Money::from_pence)
    }

    /// Reads pounds: `£1,600`, `1600`, `1,600.00`, `-£5.00`.
    ///
    /// # Errors
    ///
    /// Returns [`MoneyError`] where the text is written otherwise, where a comma does not
    /// stand before exactly three digits, where there are more than two places after the
    /// point, even noughts, or where the amount does not fit.
    ///
    /// ```
    /// use apportion_core::money::{Money, MoneyError};
    ///
    /// assert_eq!(Money::parse("1600.5"), Ok(Money::from_pence(1_600_50)));
    /// assert_eq!(Money::parse("£1.005"), Err(MoneyError::TooManyPlaces));
    /// assert_eq!(Money::parse("1,60"), Err(MoneyError::CommaMisplaced));
    /// ```
    pub fn parse(text: &str) -> Result<Money, MoneyError> {
        let (is_negative, text) = after_prefix(text, '-');
        let (_, text) = after_prefix(text, '£');
        let (pounds, places) = match text.split_once('.') {
            Some((pounds, places)) => (pounds, Some(places)),
            None => (text, None),
        };
        let pounds = pounds_in(pounds)?;
        let pence = pence_in(places)?;
        let magnitude = pounds
            .checked_mul(100)
            .and_then(|pounds| pounds.checked_add(pence))
            .ok_or(MoneyError::TooLarge)?;
        let signed = if is_negative {
            0_i64.checked_sub_unsigned(magnitude)
        } else {
            0_i64.checked_add_unsigned(magnitude)
        };
        signed.map(Money::from_pence).ok_or(MoneyError::TooLarge)
    }
}

/// Whether the text begins so, and what follows.
fn after_prefix(text: &str, prefix: char) -> (bool, &str) {
    text.strip_prefix(prefix).map_or((false, text), |rest| (true, rest))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number that the digits of a text make; other characters are passed over.
fn number_in(text: &str) -> Option<u64> {
    text.chars()
        .filter_map(|character| character.to_digit(10))
        .try_fold(0_u64, |number, digit| number.checked_mul(10)?.checked_add(u64::from(digit)))
}

/// Whole pounds, with thousands commas or without.
fn pounds_in(text: &str) -> Result<u64, MoneyError> {
    let mut groups = text.split(',');
    if !groups.all(is_digits) {
        return Err(MoneyError::NotAnAmount);
    }
    if let Some((first, others)) = text.split_once(',') {
        let is_grouped = first.len() <= 3 && others.split(',').all(|group| group.len() == 3);
        is_grouped.then_some(()).ok_or(MoneyError::CommaMisplaced)?;
    }
    number_in(text).ok_or(MoneyError::TooLarge)
}

/// The pence that the places after the point make.
fn pence_in(places: Option<&str>) -> Result<u64, MoneyError> {
    let Some(places) = places else { return Ok(0) };
    if !is_digits(places) {
        return Err(MoneyError::NotAnAmount);
    }
    let tenths_or_pence = number_in(places);
    match (places.len(), tenths_or_pence) {
        (1, Some(tenths)) => Ok(tenths * 10),
        (2, Some(pence)) => Ok(pence),
        _ => Err(MoneyError::TooManyPlaces),
    }
}

/// Writes `£1,600.00` or `-£5.00`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.pence.unsigned_abs();
        let (pounds, pence) = (magnitude / 100, magnitude % 100);
        f.write_str(if self.pence < 0 { "-£" } else { "£" })?;
        write_thousands(f, pounds)?;
        write!(f, ".{pence:02}")
    }
}

/// Writes a number with a comma before every three digits.
fn write_thousands(f: &mut fmt::Formatter<'_>, number: u64) -> fmt::Result {
    if number < 1_000 {
        return write!(f, "{number}");
    }
    write_thousands(f, number / 1_000)?;
    write!(f, ",{:03}", number % 1_000)
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            MoneyError::NotAnAmount => "this is not an amount of money, such as £1,600.00",
            MoneyError::CommaMisplaced => "a comma may stand only before exactly three digits",
            MoneyError::TooManyPlaces => {
                "an amount of money has at most two places after the point"
            }
            MoneyError::TooLarge => "this amount of money is too large",
        })
    }
}

impl core::error::Error for MoneyError {}

/// Writes pounds as digits: `"1600.00"`.
#[cfg(feature = "serde")]
impl serde::Serialize for Money {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sign = if self.pence < 0 { "-" } else { "" };
        let magnitude = self.pence.unsigned_abs();
        serializer.collect_str(&format_args!("{sign}{}.{:02}", magnitude / 100, magnitude % 100))
    }
}

/// Reads whatever [`Money::parse`] does, as text and never as a number.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Money {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
        let text = alloc::borrow::Cow::<str>::deserialize(deserializer)?;
        Money::parse(&text).map_err(serde::de::Error::custom)
    }
}
