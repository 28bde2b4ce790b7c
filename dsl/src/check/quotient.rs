//! Quotients: rounded where they are made, and small enough to be worked out exactly.

use crate::checked::{Expression, ExpressionKind};
use crate::number::Number;
use crate::unit::Unit;

/// Whether an expression is a quotient, or a product of one: it must be rounded at once.
pub(super) fn has_quotient(value: &Expression) -> bool {
    match &value.kind {
        ExpressionKind::Divide(..) => true,
        ExpressionKind::Multiply(left, right) => has_quotient(left) || has_quotient(right),
        _ => false,
    }
}

/// A fraction with a denominator above 0.
type Fraction = (i128, i128);

/// The bounds of a product of quotients.
pub(super) fn quotient_bounds(value: &Expression) -> Option<(Fraction, Fraction)> {
    match &value.kind {
        ExpressionKind::Multiply(left, right) => {
            corners(quotient_bounds(left)?, quotient_bounds(right)?)
        }
        ExpressionKind::Divide(left, right) => {
            let (least, greatest) = quotient_bounds(right)?;
            let inverse = |(numerator, denominator): Fraction| {
                let sign = numerator.signum();
                (denominator * sign, numerator * sign)
            };
            corners(quotient_bounds(left)?, (inverse(greatest), inverse(least)))
        }
        _ => {
            let number = value.number()?;
            let denominator = i128::from(number.denominator);
            Some(((number.least.into(), denominator), (number.greatest.into(), denominator)))
        }
    }
}

/// The least and greatest product of two intervals.
fn corners(a: (Fraction, Fraction), b: (Fraction, Fraction)) -> Option<(Fraction, Fraction)> {
    let product = |x: Fraction, y: Fraction| Some((x.0.checked_mul(y.0)?, x.1.checked_mul(y.1)?));
    let all = [product(a.0, b.0)?, product(a.0, b.1)?, product(a.1, b.0)?, product(a.1, b.1)?];
    let (mut least, mut greatest) = (all[0], all[0]);
    for corner in all {
        if corner.0.checked_mul(least.1)? < least.0.checked_mul(corner.1)? {
            least = corner;
        }
        if corner.0.checked_mul(greatest.1)? > greatest.0.checked_mul(corner.1)? {
            greatest = corner;
        }
    }
    Some((least, greatest))
}

/// The type of a number rounded to whole steps: a step further at each end at most.
pub(super) fn rounded_bounds(
    (least, greatest): (Fraction, Fraction),
    unit: Unit,
    (step, parts): (i64, i64),
) -> Option<Number> {
    let steps = |(numerator, denominator): Fraction| {
        let dividend = numerator.checked_mul(i128::from(parts))?;
        Some((dividend, denominator.checked_mul(i128::from(step))?))
    };
    let (low, high) = (steps(least)?, steps(greatest)?);
    let down = low.0.div_euclid(low.1);
    let up = -(-high.0).div_euclid(high.1);
    let over = |count: i128| i64::try_from(count.checked_mul(step.into())?).ok();
    Some(Number { unit, denominator: parts, least: over(down)?, greatest: over(up)? })
}

/// More bits than this a dividend or divisor may not need, so that 128 are enough.
const MOST_BITS: u32 = 120;

/// A product of quotients taken apart: the greatest that its factors and divisors can be.
struct Size {
    /// All factors that vary but the last, which are multiplied beforehand.
    leading: i128,
    last_factor: i128,
    divisors: u32,
    dividend: i128,
    divisor: i128,
    /// What is known beforehand: constants, steps and denominators above and below the line.
    numerator: i128,
    denominator: i128,
}

/// Whether a product of quotients can be rounded in one step: one divisor that varies, and
/// all sides small enough.
pub(super) fn fits_one_step(value: &Expression, (step, parts): (i64, i64)) -> bool {
    let (above, below) = (i128::from(parts), i128::from(step));
    let mut size = Size {
        leading: 1,
        last_factor: 1,
        divisors: 0,
        dividend: above,
        divisor: below,
        numerator: above,
        denominator: below,
    };
    let is_small = |side: i128| side.unsigned_abs().leading_zeros() >= 128 - MOST_BITS;
    size.add(value, false).is_some()
        && i64::try_from(size.leading).is_ok()
        && size.divisors <= 1
        && is_small(size.dividend)
        && is_small(size.divisor)
        && i64::try_from(size.numerator).is_ok()
        && i64::try_from(size.denominator).is_ok()
}

impl Size {
    fn add(&mut self, value: &Expression, is_divisor: bool) -> Option<()> {
        match &value.kind {
            ExpressionKind::Multiply(a, b) if !is_divisor => {
                self.add(a, false)?;
                self.add(b, false)
            }
            // A divisor has no quotient in it.
            ExpressionKind::Divide(a, b) => {
                self.add(a, false)?;
                self.add(b, true)
            }
            _ => {
                let number = value.number()?;
                let greatest =
                    i128::from(number.least.unsigned_abs().max(number.greatest.unsigned_abs()));
                let greatest = greatest.max(1);
                let denominator = i128::from(number.denominator);
                let (up, down) =
                    if is_divisor { (denominator, greatest) } else { (greatest, denominator) };
                self.dividend = self.dividend.checked_mul(up)?;
                self.divisor = self.divisor.checked_mul(down)?;
                if is_divisor {
                    self.divisors += 1;
                    self.numerator = self.numerator.checked_mul(denominator)?;
                } else {
                    self.denominator = self.denominator.checked_mul(denominator)?;
                    match literal_above_zero(value) {
                        true => self.numerator = self.numerator.checked_mul(greatest)?,
                        false => {
                            self.leading = self.leading.checked_mul(self.last_factor)?;
                            self.last_factor = greatest;
                        }
                    }
                }
                Some(())
            }
        }
    }
}

/// Whether an expression is made of literals alone, and above 0.
fn literal_above_zero(value: &Expression) -> bool {
    fn is_literal(value: &Expression) -> bool {
        match &value.kind {
            ExpressionKind::Constant(_) => true,
            ExpressionKind::Add(a, b) | ExpressionKind::Subtract(a, b) => {
                is_literal(a) && is_literal(b)
            }
            _ => false,
        }
    }
    is_literal(value) && value.number().is_some_and(|number| number.least > 0)
}
