//! Exact numbers of other programs as numbers of a fact.

use apportion::checked::{Fact, Type};

use crate::field::Field;

/// From a whole number over a power of ten to the number of a fact: a factor and a divisor, and what
/// the fact allows.
///
/// ```
/// # let policy = apportion::policy::Policy::parse("\
/// # policy   Half each
/// # about    a child
/// # between
/// #   the ICB       NHS Northshire ICB
/// #   the council   Northshire Council
/// # version  1, in force from 1 April 2025
/// #
/// # facts
/// #   care cost   money a week
/// #
/// # 1    Who pays
/// # 1.1  In every case: the ICB 50%, the council 50%.
/// # 1.2  Split care cost in the shares of 1.1.
/// # ").unwrap();
/// use apportion_exchange::field::Field;
/// use apportion_exchange::scale::Scale;
///
/// let field = Field::find(&policy, "care cost").unwrap();
/// let fact = &policy.facts()[field.fact.index()];
/// // £917.420, and £917.425, which is no whole number of pence.
/// let pounds = Scale::new(fact, field, 3).unwrap();
/// assert_eq!([pounds.number(917_420), pounds.number(917_425)], [Some(917_42), None]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// What a number of 64 bits becomes by itself, where nothing is divided.
    whole: Option<i64>,
    factor: i128,
    divisor: i128,
    least: i64,
    greatest: i64,
    step: i64,
}

impl Scale {
    /// How numbers with so many places become those of a fact; below nought they are tens, hundreds
    /// and so on. None where they do not, as for a percent, which has its sign.
    #[must_use]
    pub fn new(fact: &Fact, field: Field, places: i8) -> Option<Scale> {
        let Type::Number(number) = &fact.kind else { return None };
        if number.unit.is_percent() || (field.is_in_pence && places != 0) {
            return None;
        }
        let is_pounds = number.unit.is_money() && !field.is_in_pence;
        let hundred = if is_pounds { 100 } else { 1 };
        let ten = 10_i128.checked_pow(places.unsigned_abs().into())?;
        let (more, divisor) = if places < 0 { (ten, 1) } else { (1, ten) };
        let factor = i128::from(number.denominator).checked_mul(hundred)?.checked_mul(more)?;
        let common = common_divisor(factor, divisor);
        let (factor, divisor) = (factor.checked_div(common)?, divisor.checked_div(common)?);
        let whole = i64::try_from(factor).ok().filter(|_| divisor == 1);
        let (least, greatest) = (number.least, number.greatest);
        Some(Scale { whole, factor, divisor, least, greatest, step: fact.step.max(1) })
    }

    /// The number of the fact, where it is exact and the fact allows it.
    #[must_use]
    pub fn number(&self, whole: i128) -> Option<i64> {
        let number = match (self.whole, i64::try_from(whole)) {
            (Some(factor), Ok(whole)) => whole.checked_mul(factor)?,
            _ => {
                let scaled = whole.checked_mul(self.factor)?;
                if scaled.checked_rem(self.divisor)? != 0 {
                    return None;
                }
                i64::try_from(scaled.checked_div(self.divisor)?).ok()?
            }
        };
        let is_within = self.least <= number && number <= self.greatest;
        let is_on_step = self.step == 1 || number.checked_rem(self.step) == Some(0);
        (is_within && is_on_step).then_some(number)
    }
}

fn common_divisor(one: i128, other: i128) -> i128 {
    let (mut one, mut other) = (one, other);
    while let Some(rest) = one.checked_rem(other) {
        (one, other) = (other, rest);
    }
    one
}
