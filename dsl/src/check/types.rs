//! Types that must agree: units, bare literals, common denominators.

use alloc::string::ToString;

use super::Checker;
use super::mistake::NumberMistake;
use crate::checked::{Constant, Expression, ExpressionKind, Type};
use crate::number::{Number, common_divisor};
use crate::source::Span;
use crate::unit::Unit;

impl Expression {
    /// An expression whose mistake has been reported.
    pub(super) fn broken(span: Span) -> Expression {
        Expression { kind: ExpressionKind::Broken, of: Type::Broken, span }
    }

    /// Whether its mistake has been reported.
    pub(super) fn is_broken(&self) -> bool {
        self.of == Type::Broken
    }

    /// The type of its number.
    pub(super) fn number(&self) -> Option<&Number> {
        match &self.of {
            Type::Number(number) => Some(number),
            _ => None,
        }
    }

    /// A constant number: its numerator.
    pub(super) fn constant(&self) -> Option<i64> {
        match self.kind {
            ExpressionKind::Constant(Constant::Number(value)) => Some(value),
            _ => None,
        }
    }

    /// Whether it is a literal without a unit of its own: `20`, `£480.00`.
    fn is_bare(&self) -> bool {
        let unit = self.number().map(|number| &number.unit);
        let is_without = unit.is_some_and(|unit| unit.is_plain() || *unit == Unit::money(None));
        is_without && self.constant().is_some()
    }

    /// Takes the unit of what it stands beside, where it is a bare literal that can.
    pub(super) fn take_unit(&mut self, unit: &Unit) {
        if !self.is_bare() {
            return;
        }
        if let Type::Number(number) = &mut self.of {
            let is_pounds = number.unit.is_money() && unit.is_money();
            let is_count = number.unit.is_plain() && !unit.is_money() && !unit.is_percent();
            if is_pounds || is_count {
                number.unit = unit.clone();
            }
        }
    }
}

impl Type {
    /// How a message speaks of a type.
    pub(super) fn noun(&self) -> alloc::string::String {
        match self {
            Type::YesNo => "yes or no".into(),
            Type::Words { .. } => "one of a list of words".into(),
            Type::Date { .. } => "a date".into(),
            Type::Number(number) => alloc::format!("{}", number.unit),
            Type::Listed { .. } => "a list of words".into(),
            Type::Broken => "something with a mistake".into(),
        }
    }
}

impl Checker<'_> {
    /// Makes two things comparable: one kind, one unit; a bare literal takes the other's.
    ///
    /// Returns whether they are; if not, that has been reported, unless one is broken.
    pub(super) fn agree(&mut self, left: &mut Expression, right: &mut Expression) -> bool {
        if left.is_broken() || right.is_broken() {
            return false;
        }
        if let Some(number) = right.number() {
            left.take_unit(&number.unit.clone());
        }
        if let Some(number) = left.number() {
            right.take_unit(&number.unit.clone());
        }
        if self.are_alike(&left.of, &right.of) {
            return true;
        }
        let mistake = match (&left.of, &right.of) {
            (Type::Number(a), Type::Number(b)) => NumberMistake::UnitsDisagree {
                left: left.span,
                left_unit: a.unit.clone(),
                right: right.span,
                right_unit: b.unit.clone(),
            },
            (a, b) => NumberMistake::KindsDisagree {
                left: left.span,
                left_kind: a.noun(),
                right: right.span,
                right_kind: b.noun(),
            },
        };
        self.report(mistake);
        false
    }

    /// Whether things of two types can be compared.
    fn are_alike(&self, left: &Type, right: &Type) -> bool {
        match (left, right) {
            (Type::YesNo, Type::YesNo) | (Type::Date { .. }, Type::Date { .. }) => true,
            (Type::Words { list: a, .. }, Type::Words { list: b, .. })
            | (Type::Listed { list: a, .. }, Type::Listed { list: b, .. }) => a == b,
            (Type::Number(a), Type::Number(b)) => a.unit == b.unit,
            _ => false,
        }
    }

    /// The type that holds what both types hold; both are alike.
    pub(super) fn either(&mut self, left: &Type, right: &Type, span: Span) -> Type {
        match (left, right) {
            (Type::Number(a), Type::Number(b)) => {
                self.fitting(a.or(b), digits_together(a, b), span)
            }
            (Type::Words { list, count: a }, Type::Words { count: b, .. }) => {
                Type::Words { list: *list, count: (*a).max(*b) }
            }
            (Type::Date { first: a, last: b }, Type::Date { first: c, last: d }) => {
                Type::Date { first: (*a).min(*c), last: (*b).max(*d) }
            }
            (Type::YesNo, Type::YesNo) => Type::YesNo,
            (Type::Listed { .. }, Type::Listed { .. }) => left.clone(),
            _ => Type::Broken,
        }
    }

    /// The type of a number, or the report that it does not fit; the digits are how many it
    /// needs at the most, where that is known.
    pub(super) fn fitting(
        &mut self,
        number: Option<Number>,
        digits: Option<usize>,
        span: Span,
    ) -> Type {
        match number {
            Some(number) => Type::Number(number),
            None => {
                self.report(NumberMistake::TooLarge { digits, span });
                Type::Broken
            }
        }
    }
}

/// How many digits the exact product of two numbers needs at the most.
pub(super) fn digits_of_product(a: &Number, b: &Number) -> Option<usize> {
    Some(a.largest().checked_mul(b.largest())?.to_string().len())
}

/// How many digits two numbers over one denominator need at the most.
pub(super) fn digits_together(a: &Number, b: &Number) -> Option<usize> {
    let (over_a, over_b) = (i128::from(a.denominator), i128::from(b.denominator));
    let divisor = i128::from(common_divisor(a.denominator, b.denominator)).max(1);
    let scaled = |largest: i128, by: i128| largest.checked_mul(by / divisor);
    let sum = scaled(a.largest(), over_b)?.checked_add(scaled(b.largest(), over_a)?)?;
    Some(sum.to_string().len())
}
