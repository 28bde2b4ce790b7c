//! What the condition of a clause shows of the numbers and days in it.
//!
//! Where a clause applies its condition holds, so what the condition compares lies within
//! narrower bounds there: `When hours are at least 1` allows a division by hours. What the
//! condition says of several things together is not kept, and neither is what does not leave
//! one stretch.

use alloc::vec::Vec;

use super::Checker;
use crate::checked::{Comparison, Condition, Expression, ExpressionKind, Quantity, Type};
use crate::days::Days;
use crate::number::Number;

impl Checker<'_> {
    /// The expression within the bounds that the condition of the clause at hand leaves it.
    pub(super) fn narrowed(&self, mut expression: Expression) -> Expression {
        let narrower = self.narrower.iter().rfind(|known| known.kind == expression.kind);
        if let Some(narrower) = narrower {
            expression.of.clone_from(&narrower.of);
        }
        expression
    }
}

/// The things that a condition compares, each with the type that is left where it holds.
pub(super) fn narrowed_by(condition: &Condition) -> Vec<Expression> {
    let mut narrower = Vec::new();
    narrow(condition, true, &mut narrower);
    narrower
}

fn narrow(condition: &Condition, holds: bool, narrower: &mut Vec<Expression>) {
    match (condition, holds) {
        (Condition::Of(Quantity::All, parts), true) => {
            parts.iter().for_each(|part| narrow(part, true, narrower));
        }
        (Condition::Of(Quantity::Any, parts), false)
        | (Condition::Of(Quantity::None, parts), true) => {
            parts.iter().for_each(|part| narrow(part, false, narrower));
        }
        (Condition::Not(part), _) => narrow(part, !holds, narrower),
        (Condition::Compare(left, comparison, right), _) => {
            if let Some(comparison) = Bound::of(*comparison, holds) {
                keep(left, comparison, right, narrower);
                keep(right, comparison.flipped(), left, narrower);
            }
        }
        _ => {}
    }
}

/// Keeps what a comparison leaves of one side, unless that is nothing or a constant.
fn keep(value: &Expression, bound: Bound, with: &Expression, narrower: &mut Vec<Expression>) {
    if matches!(value.kind, ExpressionKind::Constant(_)) {
        return;
    }
    let known = narrower.iter().position(|known| known.kind == value.kind);
    let so_far = known.and_then(|known| narrower.get(known)).unwrap_or(value);
    let Some(of) = bound.leaves(&so_far.of, &with.of) else { return };
    match known.and_then(|known| narrower.get_mut(known)) {
        Some(known) => known.of = of,
        None => narrower.push(Expression { of, ..value.clone() }),
    }
}

/// What a comparison that holds, or does not, says of its left side.
#[derive(Clone, Copy)]
enum Bound {
    Under,
    AtMost,
    Exactly,
    Not,
    AtLeast,
    Over,
}

impl Bound {
    fn of(comparison: Comparison, holds: bool) -> Option<Bound> {
        Some(match (comparison, holds) {
            (Comparison::Under, true) | (Comparison::AtLeast, false) => Bound::Under,
            (Comparison::AtMost, true) | (Comparison::Over, false) => Bound::AtMost,
            (Comparison::Exactly, true) => Bound::Exactly,
            (Comparison::Exactly, false) => Bound::Not,
            (Comparison::AtLeast, true) | (Comparison::Under, false) => Bound::AtLeast,
            (Comparison::Over, true) | (Comparison::AtMost, false) => Bound::Over,
        })
    }

    /// The same, said of the right side.
    fn flipped(self) -> Bound {
        match self {
            Bound::Under => Bound::Over,
            Bound::AtMost => Bound::AtLeast,
            Bound::AtLeast => Bound::AtMost,
            Bound::Over => Bound::Under,
            same => same,
        }
    }

    /// What is left of a type; none where it is nothing, or is not known.
    fn leaves(self, of: &Type, with: &Type) -> Option<Type> {
        match (of, with) {
            (Type::Number(of), Type::Number(with)) => {
                let (least, greatest) = over(with, of.denominator)?;
                let ends = self.ends((of.least.into(), of.greatest.into()), least, greatest)?;
                let (least, greatest) = (i64::try_from(ends.0).ok()?, i64::try_from(ends.1).ok()?);
                Some(Type::Number(Number { least, greatest, ..of.clone() }))
            }
            (Type::Date { first, last }, Type::Date { first: least, last: greatest }) => {
                let day = |day: &apportion_core::date::Date| i128::from(day.day_number());
                let whole = |day| Ends { floor: day, ceiling: day };
                let ends = (day(first), day(last));
                let ends = self.ends(ends, whole(day(least)), whole(day(greatest)))?;
                let later = |by: i128| first.plus_days(i32::try_from(by - day(first)).ok()?);
                let days = Days { first: later(ends.0)?, last: later(ends.1)? };
                Some(Type::Date { first: days.first, last: days.last })
            }
            _ => None,
        }
    }

    /// The first and last that are left, given between what the other side lies.
    fn ends(self, own: (i128, i128), least: Ends, greatest: Ends) -> Option<(i128, i128)> {
        let (mut first, mut last) = own;
        let is_one = least == greatest && least.floor == least.ceiling;
        match self {
            Bound::Under => last = last.min(greatest.ceiling - 1),
            Bound::AtMost => last = last.min(greatest.floor),
            Bound::Exactly => (first, last) = (first.max(least.ceiling), last.min(greatest.floor)),
            Bound::Not if is_one && first == least.floor => first += 1,
            Bound::Not if is_one && last == least.floor => last -= 1,
            Bound::Not => {}
            Bound::AtLeast => first = first.max(least.ceiling),
            Bound::Over => first = first.max(least.floor + 1),
        }
        (first <= last).then_some((first, last))
    }
}

/// The whole numbers just below and just above a bound.
#[derive(Clone, Copy, PartialEq)]
struct Ends {
    floor: i128,
    ceiling: i128,
}

/// The bounds of a number in whole parts over another denominator.
fn over(number: &Number, denominator: i64) -> Option<(Ends, Ends)> {
    let own = i128::from(number.denominator);
    let ends = |bound: i64| {
        let scaled = i128::from(bound).checked_mul(denominator.into())?;
        let floor = scaled.div_euclid(own);
        Some(Ends { floor, ceiling: floor + i128::from(scaled.rem_euclid(own) != 0) })
    };
    Some((ends(number.least)?, ends(number.greatest)?))
}
