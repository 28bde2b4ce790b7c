//! The rows of tables as boxes: what each of some facts has to be for them to apply.
//!
//! A row whose box lies beside a space applies to none of its cases. That is seen by comparing whole
//! numbers, and its tests need not be asked.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use apportion_core::program::FactId;

use super::possible::Words;
use super::space::{Domain, Space};
use crate::checked::{
    Body, Comparison, Condition, Constant, Expression, ExpressionKind, Policy, Quantity, Type,
};

/// The tests of a row, and whether it is the `otherwise` row.
pub(super) type Tests<'a> = (&'a [Condition], bool);

/// The tests of each row of a table, or of shares.
pub(super) fn tests_of(body: &Body) -> Vec<Tests<'_>> {
    match body {
        Body::Table(table) => {
            table.rows.iter().map(|row| (row.when.as_slice(), row.is_otherwise)).collect()
        }
        Body::Shares(rows, _) => {
            rows.iter().map(|row| (row.when.as_slice(), row.is_otherwise)).collect()
        }
        _ => Vec::new(),
    }
}

/// What one fact has to be.
#[derive(Clone, Copy, Debug)]
enum Side {
    /// From a least to a greatest, in parts of its unit or as day numbers.
    Between(FactId, i64, i64),
    Words(FactId, Words),
}

/// The boxes of the rows of one table, or of shares.
#[derive(Clone, Debug)]
pub(super) struct Boxes {
    rows: Vec<RowBox>,
    /// The facts on which all that a table gives hangs, where it hangs on nothing else.
    facts: Option<Vec<FactId>>,
}

/// What is known of the facts of a row; nothing, where it has no sides.
#[derive(Clone, Debug, Default)]
struct RowBox {
    sides: Vec<Side>,
    /// Whether there is a test that is no side: it may refuse a case that the row does not apply to.
    has_other_tests: bool,
}

/// The boxes of all tables of a policy, by where they are.
pub(super) type AllBoxes = BTreeMap<*const Body, Boxes>;

/// The boxes of all tables of a policy.
pub(super) fn boxes(policy: &Policy) -> AllBoxes {
    let mut all = AllBoxes::new();
    for provision in &policy.provisions {
        let rows = tests_of(&provision.body).into_iter().map(|(when, _)| {
            let mut row = RowBox::default();
            when.iter().for_each(|test| row.add(policy, test));
            row
        });
        let rows: Vec<_> = rows.collect();
        if rows.iter().any(|row| !row.sides.is_empty()) {
            let facts = facts_of(policy, &provision.body, &rows);
            all.insert(core::ptr::from_ref(&provision.body), Boxes { rows, facts });
        }
    }
    all
}

/// The facts that a table tests, where its tests are sides and its answers constants.
fn facts_of(policy: &Policy, body: &Body, rows: &[RowBox]) -> Option<Vec<FactId>> {
    let Body::Table(table) = body else { return None };
    let is_constant = |it: &Expression| matches!(it.kind, ExpressionKind::Constant(_));
    let mut answers = table.rows.iter().flat_map(|row| &row.answers);
    if !answers.all(is_constant) || rows.iter().any(|row| row.has_other_tests) {
        return None;
    }
    let facts: BTreeSet<FactId> = rows.iter().flat_map(|row| &row.sides).map(Side::fact).collect();
    let applies =
        |fact: &FactId| policy.facts.get(fact.index()).is_some_and(|fact| fact.only_when.is_none());
    facts.iter().all(applies).then(|| facts.into_iter().collect())
}

impl Side {
    fn fact(&self) -> FactId {
        match self {
            Side::Between(fact, ..) | Side::Words(fact, _) => *fact,
        }
    }
}

impl Boxes {
    /// What the facts are on which all that the table gives hangs; none where that is not all.
    pub(super) fn read(&self, space: &Space<'_>) -> Option<Vec<Domain>> {
        let facts = self.facts.as_ref()?.iter();
        facts.map(|fact| space.facts.get(fact.index()).copied()).collect()
    }

    /// Whether a row applies to no case of a space.
    pub(super) fn is_beside(&self, row: usize, space: &Space<'_>) -> bool {
        let Some(row) = self.rows.get(row) else { return false };
        // Of one case every test is asked.
        if row.has_other_tests && space.has_one_of_each {
            return false;
        }
        row.sides.iter().any(|side| match *side {
            Side::Between(fact, low, high) => match space.facts.get(fact.index()) {
                Some(Domain::Numbers { least, greatest, .. }) => *least > high || *greatest < low,
                Some(Domain::Days(first, last)) => {
                    i64::from(*first) > high || i64::from(*last) < low
                }
                _ => false,
            },
            Side::Words(fact, words) => match space.facts.get(fact.index()) {
                Some(Domain::Words(own)) => own.and(words).is_empty(),
                _ => false,
            },
        })
    }
}

impl RowBox {
    fn add(&mut self, policy: &Policy, test: &Condition) {
        let side = match test {
            Condition::Always => return,
            Condition::Of(Quantity::All, parts) => {
                return parts.iter().for_each(|part| self.add(policy, part));
            }
            Condition::Compare(left, comparison, right) => side(policy, left, *comparison, right),
            Condition::Word(value, words) => fact_alone(policy, value)
                .map(|fact| Side::Words(fact, words.iter().copied().collect())),
            _ => None,
        };
        match side {
            Some(side) => self.sides.push(side),
            None => self.has_other_tests = true,
        }
    }
}

fn side(
    policy: &Policy,
    left: &Expression,
    comparison: Comparison,
    right: &Expression,
) -> Option<Side> {
    let fact = fact_alone(policy, left)?;
    let ExpressionKind::Constant(edge) = right.kind else { return None };
    let kind = &policy.facts.get(fact.index())?.kind;
    let edge = match (kind, &left.of, edge, &right.of) {
        (Type::Number(of), Type::Number(within), Constant::Number(edge), Type::Number(at)) => {
            // A clause that is for some numbers only would refuse the others.
            let is_plain = of.denominator == within.denominator
                && of.denominator == at.denominator
                && within.least <= of.least
                && of.greatest <= within.greatest;
            Some(edge).filter(|_| is_plain)?
        }
        (
            Type::Date { first, last },
            Type::Date { first: from, last: until },
            Constant::Date(day),
            _,
        ) => Some(day).filter(|_| from <= first && last <= until)?.day_number().into(),
        _ => return None,
    };
    let (low, high) = match comparison {
        Comparison::Exactly => (edge, edge),
        Comparison::AtLeast => (edge, i64::MAX),
        Comparison::Over => (edge.checked_add(1)?, i64::MAX),
        Comparison::AtMost => (i64::MIN, edge),
        Comparison::Under => (i64::MIN, edge.checked_sub(1)?),
    };
    Some(Side::Between(fact, low, high))
}

/// A fact that is no member of a family: those may be taken together.
fn fact_alone(policy: &Policy, value: &Expression) -> Option<FactId> {
    let ExpressionKind::Fact(fact) = value.kind else { return None };
    let declared = policy.facts.get(fact.index())?;
    declared.family.is_none().then_some(fact)
}
