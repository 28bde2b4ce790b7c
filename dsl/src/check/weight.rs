//! Weights: what an amount is split in proportion to.

use alloc::vec::Vec;

use super::Checker;
use super::mistake::PaymentMistake;
use crate::checked::{Comparison, Condition, Expression, ExpressionKind};
use crate::source::Span;
use crate::syntax::{self, Quantity};

impl Checker<'_> {
    /// Weights of one unit, never below 0, and never all 0 where the condition holds.
    pub(super) fn weights(
        &mut self,
        written: &[syntax::Expression],
        when: &Condition,
    ) -> Option<Vec<Expression>> {
        let mut weights = Vec::with_capacity(written.len());
        for written in written {
            let weight = self.expression(written);
            let mut weight = self.without_quotient(weight);
            if weight.is_broken() {
                return None;
            }
            let Some(number) = weight.number() else {
                let (span, found) = (weight.span, weight.of.noun());
                self.report(PaymentMistake::WeightNoNumber { span, found });
                return None;
            };
            if number.least < 0 {
                let span = weight.span;
                self.report(PaymentMistake::WeightBelowZero { span });
                return None;
            }
            let agrees = match weights.first_mut() {
                Some(first) => self.agree(first, &mut weight),
                None => true,
            };
            if !agrees {
                return None;
            }
            weights.push(weight);
        }
        let span = weights.first()?.span.to(weights.last()?.span);
        let numbers = || weights.iter().filter_map(Expression::number);
        let sum = numbers().skip(1).try_fold(numbers().next()?.clone(), |sum, it| sum.plus(it));
        let Some(sum) = sum else {
            self.report(PaymentMistake::WeightsTooLarge { span });
            return None;
        };
        if sum.least <= 0 {
            self.report_zero_weights(&weights, span, when)?;
        }
        Some(weights)
    }

    fn report_zero_weights(
        &mut self,
        weights: &[Expression],
        span: Span,
        when: &Condition,
    ) -> Option<()> {
        if is_sum_above_zero(when, weights) {
            return Some(());
        }
        let words: Vec<&str> = weights.iter().map(|weight| weight.span.of(self.text)).collect();
        let weight = words.join(" + ");
        self.report(PaymentMistake::WeightsCanBeZero { span, weight });
        None
    }
}

/// Whether a condition shows that the sum of numbers is above 0.
fn is_sum_above_zero(when: &Condition, numbers: &[Expression]) -> bool {
    shows(when, &|value| {
        let mut terms = Vec::new();
        terms_of(value, &mut terms);
        let is_among = |term: &&Expression| numbers.iter().any(|number| number.kind == term.kind);
        terms.iter().all(is_among)
    })
}

/// The terms of a sum.
fn terms_of<'e>(value: &'e Expression, terms: &mut Vec<&'e Expression>) {
    match &value.kind {
        ExpressionKind::Add(left, right) => {
            terms_of(left, terms);
            terms_of(right, terms);
        }
        _ => terms.push(value),
    }
}

/// Whether a condition compares such a value so that it is above 0.
fn shows(when: &Condition, is_such: &dyn Fn(&Expression) -> bool) -> bool {
    match when {
        Condition::Of(Quantity::All, parts) => parts.iter().any(|part| shows(part, is_such)),
        Condition::Compare(value, comparison, with) if is_such(value) => {
            let Some(number) = with.number().filter(|number| number.is_constant()) else {
                return false;
            };
            match comparison {
                Comparison::Over => number.least >= 0,
                Comparison::AtLeast | Comparison::Exactly => number.least > 0,
                Comparison::Under | Comparison::AtMost => false,
            }
        }
        _ => false,
    }
}
