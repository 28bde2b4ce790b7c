//! A value is read only where some clause gives it, and days are counted only forwards.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use apportion_core::program::{Refusal, Test, ValueId};

use super::Compiler;
use crate::checked::{
    Body, Condition, Expression, ExpressionKind, ListId, OverItems, Provision, Share, ShareRow,
};
use crate::syntax::Hit;

/// What must be so for something to be worked out.
#[derive(Default)]
pub(super) struct Reads<'e> {
    /// These values are given.
    values: BTreeSet<ValueId>,
    /// The first of these days is not after the second.
    days: Vec<(&'e Expression, &'e Expression)>,
    /// What is taken of the items of a list together.
    over: Vec<&'e OverItems>,
    /// What is asked of every item of a list.
    asked: Vec<(ListId, &'e Condition)>,
}

impl Compiler<'_> {
    /// The condition of a provision is asked in every covered case in which its wording is in
    /// force.
    pub(super) fn require_given_in_condition(&mut self, provision: &Provision, in_force: &[Test]) {
        let mut reads = Reads::default();
        reads.condition(&provision.when);
        self.require_reads(&reads, in_force);
    }

    /// The body of a provision is worked out where the provision applies.
    pub(super) fn require_given_in_body(&mut self, provision: &Provision, applying: &[Test]) {
        let mut reads = Reads::default();
        reads.body(&provision.body);
        self.require_reads(&reads, applying);
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
        let mut reads = Reads::default();
        answers.into_iter().for_each(|answer| reads.expression(answer));
        self.require_reads(&reads, applying);
    }

    fn require_reads(&mut self, reads: &Reads<'_>, when: &[Test]) {
        for value in &reads.values {
            let given = self.given.get(value.index()).copied().unwrap_or(self.always());
            let missing = [when, &[Test::is_false(given)]].concat();
            if given != self.always() && !self.definitions.is_impossible(&missing) {
                self.require(when, Test::is_true(given), Refusal::NoValue { value: *value });
            }
        }
        for (from, to) in &reads.days {
            self.require_forwards(from, to, when);
        }
        self.require_reads_of_items(reads, when);
    }

    /// What is read of all items together.
    pub(super) fn require_reads_of_items(&mut self, reads: &Reads<'_>, when: &[Test]) {
        for over in &reads.over {
            self.require_of_items(over, when);
        }
        for (list, what) in &reads.asked {
            self.require_asked_of_items(*list, what, when);
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

impl<'e> Reads<'e> {
    pub(super) fn values(&self) -> impl Iterator<Item = ValueId> {
        self.values.iter().copied()
    }

    pub(super) fn days(&self) -> &[(&'e Expression, &'e Expression)] {
        &self.days
    }

    /// What is asked of the items of lists.
    pub(super) fn asked_of_items(&self) -> impl Iterator<Item = &'e Condition> {
        let filters = self.over.iter().map(|over| &over.filter);
        filters.chain(self.asked.iter().map(|(_, what)| *what))
    }

    /// Whether nothing needs to be so.
    pub(super) fn is_empty(&self) -> bool {
        let Reads { values, days, over, asked } = self;
        values.is_empty() && days.is_empty() && over.is_empty() && asked.is_empty()
    }

    pub(super) fn body(&mut self, body: &'e Body) {
        match body {
            Body::Define { expression, .. } => self.expression(expression),
            Body::Slices(slices) => self.expression(&slices.of),
            Body::Table(table) => {
                table.rows.iter().flat_map(|row| &row.when).for_each(|it| self.condition(it));
            }
            Body::Shares(rows, _) => {
                rows.iter().flat_map(|row| &row.when).for_each(|it| self.condition(it));
            }
            Body::Split { amount, .. } | Body::Pay { amount, .. } => self.expression(amount),
            Body::Proportion { amount, weights, .. } => {
                self.expression(amount);
                weights.iter().flatten().for_each(|weight| self.expression(weight));
            }
            Body::PayInTurn { amount, tiers, .. } => {
                self.expression(amount);
                tiers.iter().for_each(|(_, most)| self.expression(most));
            }
            Body::Limit { most, .. } => self.expression(most),
            Body::Floor { least, .. } => self.expression(least),
            Body::Require { must, .. } => self.condition(must),
            Body::Cover
            | Body::Promise(_)
            | Body::Conclude { .. }
            | Body::Rates { .. }
            | Body::Refer { .. }
            | Body::Switch { .. }
            | Body::Broken => {}
        }
    }

    pub(super) fn condition(&mut self, condition: &'e Condition) {
        match condition {
            Condition::Of(_, parts) => parts.iter().for_each(|part| self.condition(part)),
            Condition::Not(part) => self.condition(part),
            Condition::Truth(value) | Condition::Word(value, _) => self.expression(value),
            Condition::Compare(a, _, b) => {
                self.expression(a);
                self.expression(b);
            }
            Condition::Items { list, what, .. } => self.asked.push((*list, what)),
            Condition::Always | Condition::Members { .. } | Condition::Broken => {}
        }
    }

    pub(super) fn expression(&mut self, expression: &'e Expression) {
        match &expression.kind {
            ExpressionKind::Value(value) => {
                self.values.insert(*value);
            }
            ExpressionKind::Add(a, b)
            | ExpressionKind::Subtract(a, b)
            | ExpressionKind::Multiply(a, b)
            | ExpressionKind::Divide(a, b)
            | ExpressionKind::Greater(a, b)
            | ExpressionKind::Lesser(a, b) => {
                self.expression(a);
                self.expression(b);
            }
            ExpressionKind::Rate { rate, on } => {
                self.values.insert(*rate);
                self.expression(on);
            }
            ExpressionKind::Between { from, to, .. } => {
                self.expression(from);
                self.expression(to);
                self.days.push((from, to));
            }
            ExpressionKind::Sum { of, .. }
            | ExpressionKind::Highest { of, .. }
            | ExpressionKind::Lowest { of, .. } => self.values.extend(of),
            ExpressionKind::Items(over) => self.over.push(over),
            ExpressionKind::Round { value, .. } => self.expression(value),
            ExpressionKind::Distance { from, .. } => self.expression(from),
            ExpressionKind::Constant(_)
            | ExpressionKind::Fact(_)
            | ExpressionKind::Conclusion(_)
            | ExpressionKind::Member
            | ExpressionKind::MemberName
            | ExpressionKind::Age { .. }
            | ExpressionKind::Broken => {}
        }
    }
}
