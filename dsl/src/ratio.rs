//! Exact fractions: `None` means that one would not fit.

use core::cmp::Ordering;
use core::fmt;

use apportion_core::rounding::Rounding;

/// A fraction in lowest terms, over a denominator above 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ratio {
    numerator: i128,
    denominator: i128,
}

fn common_divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        // Divisions of 64 bits take a fraction of the time.
        if let (Ok(a), Ok(b)) = (u64::try_from(a), u64::try_from(b)) {
            return common_divisor_of_words(a, b).into();
        }
        (a, b) = (b, a % b);
    }
    i128::try_from(a).unwrap_or(1).max(1)
}

fn common_divisor_of_words(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

impl Ratio {
    pub(crate) const ZERO: Ratio = Ratio { numerator: 0, denominator: 1 };

    pub(crate) fn whole(number: i128) -> Ratio {
        Ratio { numerator: number, denominator: 1 }
    }

    pub(crate) fn new(numerator: i128, denominator: i128) -> Option<Ratio> {
        if denominator == 1 {
            return Some(Ratio::whole(numerator));
        }
        let (numerator, denominator) = match common_divisor(numerator, denominator) {
            1 => (numerator, denominator),
            divisor => (numerator / divisor, denominator / divisor),
        };
        match denominator.cmp(&0) {
            Ordering::Less => Some(Ratio {
                numerator: numerator.checked_neg()?,
                denominator: denominator.checked_neg()?,
            }),
            Ordering::Equal => None,
            Ordering::Greater => Some(Ratio { numerator, denominator }),
        }
    }

    pub(crate) fn plus(self, other: Ratio) -> Option<Ratio> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Ratio::new(left.checked_add(right)?, self.denominator.checked_mul(other.denominator)?)
    }

    pub(crate) fn minus(self, other: Ratio) -> Option<Ratio> {
        self.plus(Ratio { numerator: other.numerator.checked_neg()?, ..other })
    }

    pub(crate) fn times(self, other: Ratio) -> Option<Ratio> {
        let first = Ratio::new(self.numerator, other.denominator)?;
        let second = Ratio::new(other.numerator, self.denominator)?;
        let numerator = first.numerator.checked_mul(second.numerator)?;
        Ratio::new(numerator, first.denominator.checked_mul(second.denominator)?)
    }

    /// `None` also where the other is 0.
    pub(crate) fn over(self, other: Ratio) -> Option<Ratio> {
        self.times(Ratio::new(other.denominator, other.numerator)?)
    }

    pub(crate) fn is_whole(self) -> bool {
        self.denominator == 1
    }

    /// Its numerator and denominator, where they fit.
    pub(crate) fn parts(self) -> Option<(i64, i64)> {
        Some((i64::try_from(self.numerator).ok()?, i64::try_from(self.denominator).ok()?))
    }

    /// Rounded to a whole number of steps.
    pub(crate) fn to_step(self, step: Ratio, rounding: Rounding) -> Option<Ratio> {
        let steps = self.over(step)?;
        Ratio::whole(rounding.divide(steps.numerator, steps.denominator)).times(step)
    }

    /// The greatest whole number of parts of this size that is not above it.
    pub(crate) fn floor_over(self, denominator: i64) -> Option<i64> {
        let parts = self.numerator.checked_mul(denominator.into())?;
        i64::try_from(parts.div_euclid(self.denominator)).ok()
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Ratio) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Ratio) -> Ordering {
        if self.denominator == other.denominator {
            return self.numerator.cmp(&other.numerator);
        }
        let products = (
            self.numerator.checked_mul(other.denominator),
            other.numerator.checked_mul(self.denominator),
        );
        if let (Some(left), Some(right)) = products {
            return left.cmp(&right);
        }
        // Too large to multiply: compare the whole parts, then what is left of 1.
        let whole = |it: &Ratio| it.numerator.div_euclid(it.denominator);
        let rest = |it: &Ratio| it.numerator.rem_euclid(it.denominator);
        whole(self).cmp(&whole(other)).then_with(|| match (rest(self), rest(other)) {
            (0, 0) => Ordering::Equal,
            (0, _) => Ordering::Less,
            (_, 0) => Ordering::Greater,
            (left, right) => {
                let inverse = |denominator, numerator| Ratio {
                    numerator: denominator,
                    denominator: numerator,
                };
                inverse(other.denominator, right).cmp(&inverse(self.denominator, left))
            }
        })
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}
