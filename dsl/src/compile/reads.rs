//! A value is read only where some clause gives it.

use alloc::collections::BTreeSet;

use apportion_core::program::{Refusal, Test, ValueId};

use super::Compiler;
use crate::checked::{Body, Condition, Expression, ExpressionKind, Provision, Share};

impl Compiler<'_> {
    /// The condition of a provision is asked in every covered case.
    pub(super) fn require_given_in_condition(&mut self, provision: &Provision) {
        let mut values = BTreeSet::new();
        condition_values(&provision.when, &mut values);
        self.require_given(&values, &[]);
    }

    /// The body of a provision is worked out where the provision applies.
    pub(super) fn require_given_in_body(&mut self, provision: &Provision, applying: &[Test]) {
        let mut values = BTreeSet::new();
        body_values(&provision.body, &mut values);
        self.require_given(&values, applying);
    }

    fn require_given(&mut self, values: &BTreeSet<ValueId>, when: &[Test]) {
        for value in values {
            let given = self.given.get(value.index()).copied().unwrap_or(self.always());
            let missing = [when, &[Test::is_false(given)]].concat();
            if given != self.always() && !self.definitions.is_impossible(&missing) {
                self.require(when, Test::is_true(given), Refusal::NoValue { value: *value });
            }
        }
    }
}

fn body_values(body: &Body, values: &mut BTreeSet<ValueId>) {
    match body {
        Body::Define { expression, .. } => expression_values(expression, values),
        Body::Table(table) => {
            for row in &table.rows {
                row.when.iter().for_each(|condition| condition_values(condition, values));
                row.answers.iter().for_each(|answer| expression_values(answer, values));
            }
        }
        Body::Shares(rows, _) => {
            for row in rows {
                row.when.iter().for_each(|condition| condition_values(condition, values));
                for share in &row.shares {
                    if let Share::Of(share) = share {
                        expression_values(share, values);
                    }
                }
            }
        }
        Body::Split { amount, .. } | Body::Pay { amount, .. } => expression_values(amount, values),
        Body::Limit { most, .. } => expression_values(most, values),
        Body::Cover
        | Body::Promise(_)
        | Body::Conclude { .. }
        | Body::Rates { .. }
        | Body::Refer { .. }
        | Body::Switch { .. }
        | Body::Broken => {}
    }
}

fn condition_values(condition: &Condition, values: &mut BTreeSet<ValueId>) {
    match condition {
        Condition::Of(_, parts) => parts.iter().for_each(|part| condition_values(part, values)),
        Condition::Not(part) => condition_values(part, values),
        Condition::Truth(value) | Condition::Word(value, _) => expression_values(value, values),
        Condition::Compare(a, _, b) => {
            expression_values(a, values);
            expression_values(b, values);
        }
        Condition::Always | Condition::Members { .. } | Condition::Broken => {}
    }
}

fn expression_values(expression: &Expression, values: &mut BTreeSet<ValueId>) {
    match &expression.kind {
        ExpressionKind::Value(value) => {
            values.insert(*value);
        }
        ExpressionKind::Add(a, b)
        | ExpressionKind::Subtract(a, b)
        | ExpressionKind::Multiply(a, b)
        | ExpressionKind::Divide(a, b)
        | ExpressionKind::Greater(a, b)
        | ExpressionKind::Lesser(a, b) => {
            expression_values(a, values);
            expression_values(b, values);
        }
        ExpressionKind::Sum { of, .. }
        | ExpressionKind::Highest { of, .. }
        | ExpressionKind::Lowest { of, .. } => values.extend(of),
        ExpressionKind::Round { value, .. } => expression_values(value, values),
        ExpressionKind::Constant(_)
        | ExpressionKind::Fact(_)
        | ExpressionKind::Conclusion(_)
        | ExpressionKind::Member
        | ExpressionKind::MemberName
        | ExpressionKind::Age { .. }
        | ExpressionKind::Broken => {}
    }
}
