//! A value is read only where some clause gives it.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use apportion_core::program::{Refusal, Test, ValueId};

use super::Compiler;
use crate::checked::{Body, Condition, Expression, ExpressionKind, Provision, Share, ShareRow};
use crate::syntax::Hit;

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
        if let Body::Shares(rows, hit) = &provision.body {
            self.require_given_in_shares(rows, *hit, applying);
        }
    }

    /// The shares of a row are worked out where the row applies, split or not.
    fn require_given_in_shares(&mut self, rows: &[ShareRow], hit: Hit, applying: &[Test]) {
        if rows.iter().all(|row| named_shares(row).next().is_none()) {
            return;
        }
        let mut above: Vec<Vec<Test>> = Vec::new();
        for row in rows {
            let own = self.conditions(&row.when);
            let named: Vec<&Expression> = named_shares(row).collect();
            if !named.is_empty() {
                let mut reads = [applying, &own[..]].concat();
                if (hit == Hit::First || row.is_otherwise) && !above.is_empty() {
                    let any = self.any(above.clone());
                    reads.push(Test::is_false(any));
                }
                self.require_given_in_row(named, &reads);
            }
            above.push(own);
        }
    }

    /// What a row gives is worked out where the row applies.
    pub(super) fn require_given_in_row<'e>(
        &mut self,
        answers: impl IntoIterator<Item = &'e Expression>,
        applying: &[Test],
    ) {
        let mut values = BTreeSet::new();
        answers.into_iter().for_each(|answer| expression_values(answer, &mut values));
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

/// The shares of a row that are worked out.
fn named_shares(row: &ShareRow) -> impl Iterator<Item = &Expression> {
    row.shares.iter().filter_map(|share| match share {
        Share::Of(share) if !matches!(share.kind, ExpressionKind::Constant(_)) => Some(share),
        _ => None,
    })
}

fn body_values(body: &Body, values: &mut BTreeSet<ValueId>) {
    match body {
        Body::Define { expression, .. } => expression_values(expression, values),
        Body::Table(table) => {
            for row in &table.rows {
                row.when.iter().for_each(|condition| condition_values(condition, values));
            }
        }
        Body::Shares(rows, _) => {
            for row in rows {
                row.when.iter().for_each(|condition| condition_values(condition, values));
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
