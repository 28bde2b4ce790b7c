//! Shares: exact ratios of a whole.

use core::cmp::Ordering;
use core::fmt;

/// An exact ratio of a whole, 0 or more, in lowest terms.
///
/// ```
/// use apportion_core::share::Share;
///
/// let third = Share::new(1, 3).unwrap();
/// let percent = Share::parse("33.33%").unwrap();
/// assert!(percent < third);
/// assert_eq!(third.to_string(), "1/3");
/// assert_eq!(percent.to_string(), "33.33%");
/// assert_eq!(Share::new(2, 8), Share::parse("25%"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Share {
    numerator: i64,
    denominator: i64,
}

impl Share {
    /// Nothing.
    pub const ZERO: Share = Share { numerator: 0, denominator: 1 };
    /// All of it.
    pub const WHOLE: Share = Share { numerator: 1, denominator: 1 };

    /// The ratio, or `None` where the numerator is below 0 or the denominator not above 0.
    #[must_use]
    pub fn new(numerator: i64, denominator: i64) -> Option<Share> {
        Share::reduced(i128::from(numerator), i128::from(denominator))
    }

    /// The ratio in lowest terms, where it is one and fits.
    fn reduced(numerator: i128, denominator: i128) -> Option<Share> {
        if numerator < 0 || denominator <= 0 {
            return None;
        }
        let divisor = greatest_common_divisor(numerator, denominator);
        Some(Share {
            numerator: i64::try_from(numerator / divisor).ok()?,
            denominator: i64::try_from(denominator / divisor).ok()?,
        })
    }

    /// What stands above the line, in lowest terms.
    #[inline]
    #[must_use]
    pub fn numerator(self) -> i64 {
        self.numerator
    }

    /// What stands below the line, in lowest terms; above 0.
    #[inline]
    #[must_use]
    pub fn denominator(self) -> i64 {
        self.denominator
    }

    /// The sum, or `None` where it does not fit.
    #[must_use]
    pub fn checked_add(self, other: Share) -> Option<Share> {
        let (left, right, denominator) = self.beside(other);
        Share::reduced(left + right, denominator)
    }

    /// The difference, or `None` where it is below 0 or does not fit.
    #[must_use]
    pub fn checked_sub(self, other: Share) -> Option<Share> {
        let (left, right, denominator) = self.beside(other);
        Share::reduced(left - right, denominator)
    }

    /// Both numerators over one denominator. Products of two numbers below 2^63 are below
    /// 2^126, so neither they nor their sum overflow.
    fn beside(self, other: Share) -> (i128, i128, i128) {
        let (numerator, denominator) = (i128::from(self.numerator), i128::from(self.denominator));
        let (others, its) = (i128::from(other.numerator), i128::from(other.denominator));
        (numerator * its, others * denominator, denominator * its)
    }

    /// Reads `25%`, `33.33%` or `1/3`, exactly; `None` where the text is written otherwise,
    /// divides by 0 or does not fit.
    ///
    /// ```
    /// use apportion_core::share::Share;
    ///
    /// assert_eq!(Share::parse("93.7%"), Share::new(937, 1_000));
    /// assert_eq!(Share::parse("2/6"), Share::new(1, 3));
    /// assert_eq!(Share::parse("1/0"), None);
    /// assert_eq!(Share::parse("25"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Share> {
        if let Some(percent) = text.strip_suffix('%') {
            return Share::parse_percent(percent);
        }
        let (numerator, denominator) = text.split_once('/')?;
        Share::new(whole_number(numerator)?, whole_number(denominator)?)
    }

    /// Reads `33.33` of `33.33%`.
    fn parse_percent(text: &str) -> Option<Share> {
        let Some((whole, places)) = text.split_once('.') else {
            return Share::new(whole_number(text)?, 100);
        };
        let denominator = 10_i128.checked_pow(u32::try_from(places.len()).ok()?)?;
        let numerator = i128::from(whole_number(whole)?)
            .checked_mul(denominator)?
            .checked_add(i128::from(whole_number(places)?))?;
        Share::reduced(numerator, denominator.checked_mul(100)?)
    }
}

/// A number written in digits and nothing else.
fn whole_number(text: &str) -> Option<i64> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits { text.parse().ok() } else { None }
}

/// The greatest number that divides both; the second is above 0.
pub(crate) fn greatest_common_divisor(first: i128, second: i128) -> i128 {
    let (mut greater, mut lesser) = (second, first);
    while lesser != 0 {
        (greater, lesser) = (lesser, greater % lesser);
    }
    greater
}

impl PartialOrd for Share {
    fn partial_cmp(&self, other: &Share) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Compares the ratios exactly.
impl Ord for Share {
    fn cmp(&self, other: &Share) -> Ordering {
        let (left, right, _) = self.beside(*other);
        left.cmp(&right)
    }
}

/// Writes a percentage that has at most two places, `25%` or `33.33%`, as one; any other
/// ratio as a fraction, `1/3`.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ten_thousandths = i128::from(self.numerator) * 10_000;
        let denominator = i128::from(self.denominator);
        if ten_thousandths % denominator != 0 {
            return write!(f, "{}/{denominator}", self.numerator);
        }
        let hundredths = ten_thousandths / denominator;
        match (hundredths / 100, hundredths % 100) {
            (percent, 0) => write!(f, "{percent}%"),
            (percent, places) if places % 10 == 0 => write!(f, "{percent}.{}%", places / 10),
            (percent, places) => write!(f, "{percent}.{places:02}%"),
        }
    }
}

/// Writes the share as it is displayed, which reads back exactly.
#[cfg(feature = "serde")]
impl serde::Serialize for Share {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Reads whatever [`Share::parse`] does.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Share {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Share, D::Error> {
        let text = alloc::borrow::Cow::<str>::deserialize(deserializer)?;
        Share::parse(&text)
            .ok_or_else(|| serde::de::Error::custom("not a share, such as 25% or 1/3"))
    }
}
