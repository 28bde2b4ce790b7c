//! What may be otherwise in a case that differs in one fact alone.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use apportion_core::program::{ClauseId, ConclusionId, FactId, ListId, ValueId};

use super::Prover;
use crate::checked::{
    Body, Condition, Expression, ExpressionKind, FamilyId, Policy, Provision, ProvisionId, Type,
};
use crate::ratio::Ratio;
use crate::walk::{self, Part};

/// What hangs on one fact.
pub(super) struct Moving<'a> {
    policy: &'a Policy,
    pub(super) fact: FactId,
    /// The fact, and those that apply or not because of it.
    facts: BTreeSet<FactId>,
    values: BTreeSet<ValueId>,
    conclusions: BTreeSet<ConclusionId>,
    /// The provisions that may apply in one case and not in the other.
    provisions: BTreeSet<ProvisionId>,
}

impl<'a> Moving<'a> {
    pub(super) fn with(prover: &Prover<'a>, fact: FactId) -> Moving<'a> {
        let mut moving = Moving {
            policy: prover.policy,
            fact,
            facts: BTreeSet::from([fact]),
            values: BTreeSet::new(),
            conclusions: BTreeSet::new(),
            provisions: BTreeSet::new(),
        };
        loop {
            let before = moving.count();
            moving.grow(prover);
            if moving.count() == before {
                return moving;
            }
        }
    }

    fn count(&self) -> usize {
        let facts_and_values = self.facts.len() + self.values.len();
        facts_and_values + self.conclusions.len() + self.provisions.len()
    }

    /// Adds what hangs on what is known to.
    fn grow(&mut self, prover: &Prover<'a>) {
        let policy = self.policy;
        for (fact, id) in policy.facts.iter().zip((0..).map(FactId)) {
            let only_when = fact.only_when.as_deref();
            if only_when.is_some_and(|it| self.condition(&it.condition)) {
                self.facts.insert(id);
            }
        }
        for (provision, id) in policy.provisions.iter().zip((0..).map(ProvisionId)) {
            let rivals = prover.rivals.get(id.0 as usize);
            if self.condition(&provision.in_force)
                || self.condition(&provision.when)
                || rivals.is_some_and(|rivals| rivals.iter().any(|it| self.may_apply_in_one(*it)))
            {
                self.provisions.insert(id);
            }
            if self.may_apply_in_one(id) || self.says_another(provision) {
                self.values.extend(provision.body.values());
            }
        }
        for (conclusion, id) in policy.conclusions.iter().zip((0..).map(ConclusionId)) {
            if conclusion.provisions.iter().any(|it| self.may_apply_in_one(*it)) {
                self.conclusions.insert(id);
            }
        }
    }

    /// By how much a number is lower at least where it is lower.
    pub(super) fn step(&self) -> Ratio {
        let fact = self.policy.facts.get(self.fact.index());
        let step = fact.and_then(|fact| match &fact.kind {
            Type::Number(number) => Ratio::new(fact.step.max(1).into(), number.denominator.into()),
            _ => None,
        });
        step.unwrap_or(Ratio::ZERO)
    }

    /// Whether a provision may apply in one case and not in the other.
    pub(super) fn may_apply_in_one(&self, id: ProvisionId) -> bool {
        self.provisions.contains(&id)
    }

    /// Whether what a provision says where it applies may be another thing.
    pub(super) fn says_another(&self, provision: &Provision) -> bool {
        let mut moves = false;
        walk::body(provision, &mut |part| moves = moves || self.part(part));
        let dated_by = self.policy.dated_by;
        moves
            || (matches!(provision.body, Body::Rates { .. })
                && dated_by.is_some_and(|fact| self.facts.contains(&fact)))
    }

    /// Whether the shares that some clauses give may be others.
    pub(super) fn shares(&self, clauses: &[ClauseId]) -> bool {
        let mut provisions = self.policy.provisions.iter().zip((0..).map(ProvisionId));
        provisions.any(|(it, id)| {
            matches!(it.body, Body::Shares(..))
                && clauses.contains(&it.clause)
                && (self.may_apply_in_one(id) || self.says_another(it))
        })
    }

    pub(super) fn condition(&self, condition: &Condition) -> bool {
        let mut moves = false;
        walk::condition(condition, &mut |part| moves = moves || self.part(part));
        moves
    }

    pub(super) fn expression(&self, expression: &Expression) -> bool {
        let mut moves = false;
        walk::expression(expression, &mut |part| moves = moves || self.part(part));
        moves
    }

    fn part(&self, part: Part<'_>) -> bool {
        let expression = match part {
            Part::Condition(Condition::Members { family, .. }) => return self.family(*family),
            Part::Condition(_) => return false,
            Part::Expression(expression) => expression,
        };
        match &expression.kind {
            ExpressionKind::Fact(fact) => self.facts.contains(fact),
            ExpressionKind::Value(value) | ExpressionKind::Rate { rate: value, .. } => {
                self.values.contains(value)
            }
            ExpressionKind::Conclusion(conclusion) => self.conclusions.contains(conclusion),
            ExpressionKind::Age { birth, on } => {
                self.facts.contains(birth) || self.facts.contains(on)
            }
            ExpressionKind::Member => self.facts.iter().any(|fact| {
                self.policy.facts.get(fact.index()).is_some_and(|fact| fact.family.is_some())
            }),
            ExpressionKind::Sum { of, family }
            | ExpressionKind::Highest { of, family }
            | ExpressionKind::Lowest { of, family } => {
                self.family(*family) || of.is_some_and(|value| self.values.contains(&value))
            }
            _ => false,
        }
    }

    fn family(&self, family: FamilyId) -> bool {
        let family = self.policy.families.get(family.0 as usize);
        family.is_some_and(|it| it.members.iter().any(|member| self.facts.contains(member)))
    }
}

/// The facts of the case on which something hangs, and whether facts of items do as well.
pub(super) fn read_by<'a>(prover: &Prover<'a>, it: &Expression) -> (Vec<FactId>, bool) {
    let policy = prover.policy;
    let facts = policy.facts.iter().zip((0..).map(FactId)).filter(|(fact, _)| !fact.is_text);
    let read = facts.filter(|(_, id)| Moving::with(prover, *id).expression(it));
    let read: Vec<(FactId, Option<ListId>)> = read.map(|(fact, id)| (id, fact.list)).collect();
    let of_case = read.iter().filter(|(_, list)| list.is_none()).map(|(id, _)| *id).collect();
    (of_case, read.iter().any(|(_, list)| list.is_some()))
}
