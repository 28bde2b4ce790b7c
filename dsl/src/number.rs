//! Numbers with a known denominator: how exact arithmetic stays in 64 bits.
//!
//! Every numeric expression has a unit, a denominator and bounds. At run time its value is
//! a plain integer over that denominator (money counts pence), so thirds are exact, and the
//! bounds show that nothing can overflow. Arithmetic here is on those types; `None` means
//! that a value would not fit.

use crate::unit::Unit;

/// The type of a number: what it counts, over which denominator, between which bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// What it counts.
    pub unit: Unit,
    /// What its integers are over; at least 1. Money counts pence.
    pub denominator: i64,
    /// The least integer.
    pub least: i64,
    /// The greatest integer.
    pub greatest: i64,
}

/// The greatest common divisor.
#[must_use]
pub fn common_divisor(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i64::try_from(a).unwrap_or(i64::MAX)
}

/// A fraction in lowest terms with a denominator above 0.
#[must_use]
pub fn reduced(numerator: i64, denominator: i64) -> (i64, i64) {
    let divisor = common_divisor(numerator, denominator).max(1);
    (numerator / divisor, denominator / divisor)
}

/// The least common multiple, if it fits.
#[must_use]
pub fn common_multiple(a: i64, b: i64) -> Option<i64> {
    (a / common_divisor(a, b).max(1)).checked_mul(b)
}

impl Number {
    /// A constant: `numerator` over `denominator`, in lowest terms.
    #[must_use]
    pub fn constant(unit: Unit, numerator: i64, denominator: i64) -> (Number, i64) {
        let (numerator, denominator) = reduced(numerator, denominator.max(1));
        (Number { unit, denominator, least: numerator, greatest: numerator }, numerator)
    }

    /// The larger of the bounds, without its sign.
    #[must_use]
    pub fn largest(&self) -> i128 {
        i128::from(self.least).abs().max(i128::from(self.greatest).abs())
    }

    /// How often the denominator goes into another, which must be a multiple of it.
    #[must_use]
    pub fn factor_to(&self, denominator: i64) -> i64 {
        denominator / self.denominator.max(1)
    }

    /// The same numbers over a multiple of the denominator.
    #[must_use]
    pub fn over(&self, denominator: i64) -> Option<Number> {
        let factor = self.factor_to(denominator);
        Some(Number {
            unit: self.unit.clone(),
            denominator,
            least: self.least.checked_mul(factor)?,
            greatest: self.greatest.checked_mul(factor)?,
        })
    }

    fn both_over_one(&self, other: &Number) -> Option<(Number, Number)> {
        let denominator = common_multiple(self.denominator, other.denominator)?;
        Some((self.over(denominator)?, other.over(denominator)?))
    }

    /// The type of a sum of numbers of one unit.
    #[must_use]
    pub fn plus(&self, other: &Number) -> Option<Number> {
        let (a, b) = self.both_over_one(other)?;
        let least = a.least.checked_add(b.least)?;
        Some(Number { least, greatest: a.greatest.checked_add(b.greatest)?, ..a })
    }

    /// The type of a difference of numbers of one unit.
    #[must_use]
    pub fn minus(&self, other: &Number) -> Option<Number> {
        let (a, b) = self.both_over_one(other)?;
        let least = a.least.checked_sub(b.greatest)?;
        Some(Number { least, greatest: a.greatest.checked_sub(b.least)?, ..a })
    }

    /// The type of a product.
    #[must_use]
    pub fn times(&self, other: &Number) -> Option<Number> {
        let (least, greatest) =
            corners(self, other).ok().and_then(|c| Some((*c.iter().min()?, *c.iter().max()?)))?;
        Some(Number {
            unit: self.unit.times(&other.unit),
            denominator: self.denominator.checked_mul(other.denominator)?,
            least,
            greatest,
        })
    }

    /// The smallest type that holds the numbers of both, which have one unit.
    #[must_use]
    pub fn or(&self, other: &Number) -> Option<Number> {
        let (a, b) = self.both_over_one(other)?;
        Some(Number { least: a.least.min(b.least), greatest: a.greatest.max(b.greatest), ..a })
    }

    /// The type of the greater, or lesser, of numbers of one unit.
    #[must_use]
    pub fn extreme(&self, other: &Number, is_greatest: bool) -> Option<Number> {
        let (a, b) = self.both_over_one(other)?;
        let pick = |x: i64, y: i64| if is_greatest { x.max(y) } else { x.min(y) };
        Some(Number { least: pick(a.least, b.least), greatest: pick(a.greatest, b.greatest), ..a })
    }

    /// The type that holds the numbers of this one, and 0.
    #[must_use]
    pub fn or_nothing(&self) -> Number {
        Number { least: self.least.min(0), greatest: self.greatest.max(0), ..self.clone() }
    }

    /// Whether only one number is of this type.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.least == self.greatest
    }
}

/// The four products of the bounds.
fn corners(a: &Number, b: &Number) -> Result<[i64; 4], ()> {
    let product = |x: i64, y: i64| x.checked_mul(y).ok_or(());
    Ok([
        product(a.least, b.least)?,
        product(a.least, b.greatest)?,
        product(a.greatest, b.least)?,
        product(a.greatest, b.greatest)?,
    ])
}
