//! The constants that each number or date is compared with.
//!
//! One band a number serves all its comparisons: each constant is an edge, and every
//! comparison is an interval of the band.

use alloc::collections::{BTreeMap, BTreeSet};

use apportion_core::program::{FactId, ValueId};

use super::reads::Reads;
use crate::checked::{
    Body, Comparison, Condition, Constant, Expression, ExpressionKind, Policy, Type,
};

/// A number or date that has a name, or is an age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Thing {
    Fact(FactId),
    Value(ValueId),
}

/// What each thing is compared with: the least integers of the next stretches.
#[derive(Clone, Debug, Default)]
pub(super) struct Edges {
    edges: BTreeMap<Thing, BTreeSet<i64>>,
}

impl Edges {
    /// Collects the edges of a policy.
    pub(super) fn of(policy: &Policy) -> Edges {
        let mut edges = Edges::default();
        let only_when = policy.facts.iter().filter_map(|fact| fact.only_when.as_ref());
        only_when.for_each(|only_when| edges.condition(&only_when.condition));
        for provision in &policy.provisions {
            edges.condition(&provision.in_force);
            edges.condition(&provision.when);
            match &provision.body {
                Body::Table(table) => {
                    table.rows.iter().flat_map(|row| &row.when).for_each(|it| edges.condition(it));
                }
                Body::Require { must, .. } => edges.condition(must),
                Body::Shares(rows, _) => {
                    rows.iter().flat_map(|row| &row.when).for_each(|it| edges.condition(it));
                }
                _ => {}
            }
            let mut reads = Reads::default();
            reads.condition(&provision.when);
            reads.body(&provision.body);
            edges.items(&reads);
        }
        edges
    }

    /// What is asked of the items of lists, wherever they are taken together.
    fn items(&mut self, reads: &Reads<'_>) {
        for asked in reads.asked_of_items() {
            self.condition(asked);
            let mut inner = Reads::default();
            inner.condition(asked);
            self.items(&inner);
        }
    }

    /// The edges of a thing, rising, if a band can hold them all.
    pub(super) fn get(&self, thing: Thing) -> Option<&BTreeSet<i64>> {
        self.edges.get(&thing).filter(|edges| edges.len() <= 255)
    }

    fn condition(&mut self, condition: &Condition) {
        match condition {
            Condition::Of(_, parts) => parts.iter().for_each(|part| self.condition(part)),
            Condition::Not(part) => self.condition(part),
            Condition::Compare(value, comparison, with) => self.compare(value, *comparison, with),
            _ => {}
        }
    }

    fn compare(&mut self, value: &Expression, comparison: Comparison, with: &Expression) {
        if matches!(value.kind, ExpressionKind::Constant(_)) {
            // The constant stands first: it is the other that is compared with it.
            if !matches!(with.kind, ExpressionKind::Constant(_)) {
                self.compare(with, comparison.flipped(), value);
            }
            return;
        }
        let Some(thing) = thing(value) else { return };
        let Some((low, high)) = interval(value, comparison, with) else { return };
        let edges = self.edges.entry(thing).or_default();
        edges.extend(low);
        edges.extend(high);
    }
}

/// The thing an expression is, if it has a name.
pub(super) fn thing(value: &Expression) -> Option<Thing> {
    match value.kind {
        ExpressionKind::Fact(fact) => Some(Thing::Fact(fact)),
        ExpressionKind::Value(value) => Some(Thing::Value(value)),
        _ => None,
    }
}

/// The integers of the value that pass a comparison with a constant: from the first on, and
/// before the second. `None` where it is no comparison with a constant.
pub(super) fn interval(
    value: &Expression,
    comparison: Comparison,
    with: &Expression,
) -> Option<(Option<i64>, Option<i64>)> {
    let ExpressionKind::Constant(constant) = with.kind else { return None };
    let (at, after) = match (constant, &value.of, &with.of) {
        (Constant::Date(day), _, _) => {
            let day = i64::from(day.packed());
            (day, day + 1)
        }
        (Constant::Number(constant), Type::Number(value), Type::Number(with)) => {
            let scaled = i128::from(constant) * i128::from(value.denominator);
            let denominator = i128::from(with.denominator);
            let floor = scaled.div_euclid(denominator);
            let is_whole = scaled.rem_euclid(denominator) == 0;
            let at = if is_whole { floor } else { floor + 1 };
            (clamped(at), clamped(floor + 1))
        }
        _ => return None,
    };
    Some(match comparison {
        Comparison::Under => (None, Some(at)),
        Comparison::AtMost => (None, Some(after)),
        Comparison::Exactly => (Some(at), Some(after)),
        Comparison::AtLeast => (Some(at), None),
        Comparison::Over => (Some(after), None),
    })
}

fn clamped(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}
