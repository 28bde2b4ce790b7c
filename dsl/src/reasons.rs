//! Why a conclusion was drawn or not: the clauses, in their order.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use apportion_core::decision::Decision;
use apportion_core::program::{ClauseId, ConclusionId, Test};

use crate::checked::{
    Body, Condition, ExpressionKind, Policy, Provision, ProvisionId, Quantity, ToolId,
};
use crate::compile::{Compiled, ConditionTrace, ProvisionSlots};
use crate::walk::{self, Part};

/// What is needed to say why.
#[derive(Clone, Copy)]
pub(crate) struct Reasons<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) compiled: &'a Compiled,
    pub(crate) decision: &'a Decision,
}

impl Reasons<'_> {
    /// The clauses that are asked for why a conclusion is or is not drawn, in any case: those for and
    /// against it, what overrides these or switches them off, and the same of the conclusions that
    /// they rest on.
    pub(crate) fn consulted(policy: &Policy, conclusion: ConclusionId) -> BTreeSet<ClauseId> {
        let mut clauses = BTreeSet::new();
        let (mut asked, mut next) = (BTreeSet::from([conclusion]), Vec::from([conclusion]));
        while let Some(id) = next.pop() {
            let own = policy.conclusions.get(id.index()).map(|it| it.provisions.as_slice());
            let own = own.unwrap_or_default().iter();
            for provision in own.filter_map(|id| policy.provisions.get(id.0 as usize)) {
                clauses.insert(provision.clause);
                let in_the_way = policy.provisions.iter().filter(|it| match &it.body {
                    Body::Switch { clauses } => clauses.contains(&provision.clause),
                    _ => it.despite.contains(&provision.clause),
                });
                clauses.extend(in_the_way.map(|it| it.clause));
                walk::condition(&provision.when, &mut |part| match part {
                    Part::Expression(it) => match it.kind {
                        ExpressionKind::Conclusion(other) if asked.insert(other) => {
                            next.push(other);
                        }
                        _ => {}
                    },
                    Part::Condition(_) => {}
                });
            }
        }
        clauses
    }

    /// The clauses for which a conclusion is what it is.
    ///
    /// For yes: the clauses that apply. For no: the clauses against it that apply; failing
    /// those, each clause for it where a test in it failed, the reasons of a conclusion that
    /// failed in it, and what switched it off where it held.
    pub(crate) fn of(&self, conclusion: ConclusionId) -> Vec<ClauseId> {
        let mut clauses = BTreeSet::new();
        let mut asked = BTreeSet::new();
        self.add(conclusion, &mut clauses, &mut asked);
        clauses.into_iter().collect()
    }

    /// The clauses for which the policy does not cover the case.
    pub(crate) fn of_no_cover(&self) -> Vec<ClauseId> {
        let mut clauses = BTreeSet::new();
        let mut asked = BTreeSet::new();
        let tool = |provision: &Provision| self.policy.tool_of(provision.clause);
        let covers = || self.provisions().filter(|(_, provision)| provision.body == Body::Cover);
        // What another text says of its own cover does not matter.
        let covering: BTreeSet<Option<ToolId>> =
            covers().filter(|(id, _)| self.applies(*id)).map(|(_, it)| tool(it)).collect();
        for (id, provision) in covers().filter(|(_, it)| !covering.contains(&tool(it))) {
            self.add_failed(id, provision, &mut clauses, &mut asked);
        }
        clauses.into_iter().collect()
    }

    fn provisions(&self) -> impl Iterator<Item = (ProvisionId, &Provision)> {
        (0..).map(ProvisionId).zip(&self.policy.provisions)
    }

    /// Whether a provision applies.
    pub(crate) fn applies(&self, id: ProvisionId) -> bool {
        self.slots(id).is_some_and(|slots| self.pass(&slots.applying))
    }

    fn is_in_force(&self, id: ProvisionId) -> bool {
        self.slots(id).is_some_and(|slots| self.pass(&slots.in_force))
    }

    /// Whether a provision's condition is true.
    pub(crate) fn holds(&self, id: ProvisionId) -> bool {
        self.slots(id).is_some_and(|slots| self.pass(&slots.when.tests))
    }

    fn slots(&self, id: ProvisionId) -> Option<&ProvisionSlots> {
        self.compiled.provisions.get(id.0 as usize)
    }

    fn add(
        &self,
        conclusion: ConclusionId,
        clauses: &mut BTreeSet<ClauseId>,
        asked: &mut BTreeSet<ConclusionId>,
    ) {
        if !asked.insert(conclusion) {
            return;
        }
        let Some(of) = self.policy.conclusions.get(conclusion.index()) else { return };
        // Read from the clauses: a case that is not covered has no conclusions to show, though
        // its cover may rest on some.
        let applying = |wanted: bool| {
            let ids = of.provisions.iter().filter(|id| self.applies(**id));
            let provisions = ids.filter_map(|id| self.policy.provisions.get(id.0 as usize));
            provisions.filter(move |provision| {
                matches!(provision.body, Body::Conclude { is_for, .. } if is_for == wanted)
            })
        };
        let is_drawn = applying(false).next().is_none();
        let because: Vec<ClauseId> = applying(is_drawn).map(|it| it.clause).collect();
        if !because.is_empty() {
            clauses.extend(because);
            return;
        }
        for id in &of.provisions {
            let Some(provision) = self.policy.provisions.get(id.0 as usize) else { continue };
            if matches!(provision.body, Body::Conclude { is_for: true, .. }) {
                self.add_failed(*id, provision, clauses, asked);
            }
        }
    }

    /// Why a provision does not apply.
    fn add_failed(
        &self,
        id: ProvisionId,
        provision: &Provision,
        clauses: &mut BTreeSet<ClauseId>,
        asked: &mut BTreeSet<ConclusionId>,
    ) {
        // Another wording says why.
        if !self.is_in_force(id) {
            return;
        }
        if self.holds(id) {
            clauses.extend(self.in_the_way(provision));
            return;
        }
        let Some(slots) = self.slots(id) else { return };
        let mut own = false;
        let mut conclusions = Vec::new();
        self.failed(&provision.when, &slots.when, true, &mut own, &mut conclusions);
        if own {
            clauses.insert(provision.clause);
        }
        for conclusion in conclusions {
            self.add(conclusion, clauses, asked);
        }
    }

    /// The clauses that keep a provision from applying though it holds: they switch it off, or
    /// apply despite it.
    pub(crate) fn in_the_way(&self, provision: &Provision) -> Vec<ClauseId> {
        let mut clauses = Vec::new();
        for (other, challenger) in self.provisions() {
            let is_switch = matches!(&challenger.body, Body::Switch { clauses } if clauses.contains(&provision.clause));
            let overrides = challenger.despite.contains(&provision.clause);
            if (is_switch || overrides) && self.applies(other) {
                clauses.push(challenger.clause);
            }
        }
        clauses
    }

    /// Walks to the tests that kept a condition from being `wanted`.
    fn failed(
        &self,
        condition: &Condition,
        trace: &ConditionTrace,
        wanted: bool,
        own: &mut bool,
        conclusions: &mut Vec<ConclusionId>,
    ) {
        if self.pass(&trace.tests) == wanted {
            return;
        }
        match condition {
            Condition::Of(quantity, parts) => {
                let answers: Vec<bool> =
                    trace.parts.iter().map(|part| self.pass(&part.tests)).collect();
                let count = answers.iter().filter(|answer| **answer).count();
                let matters = Matters::of(*quantity, count, answers.len());
                for ((part, trace), answer) in parts.iter().zip(&trace.parts).zip(answers) {
                    if matters.is(answer) {
                        self.failed(part, trace, !answer, own, conclusions);
                    }
                }
            }
            Condition::Not(part) => {
                if let Some(trace) = trace.parts.first() {
                    self.failed(part, trace, !wanted, own, conclusions);
                }
            }
            Condition::Truth(value) => match value.kind {
                ExpressionKind::Conclusion(conclusion) => conclusions.push(conclusion),
                _ => *own = true,
            },
            _ => *own = true,
        }
    }

    fn pass(&self, tests: &[Test]) -> bool {
        tests.iter().all(|test| {
            let byte = self.decision.byte(test.slot).unwrap_or(0);
            byte.wrapping_sub(test.low) <= test.width
        })
    }
}

/// Which of several parts it hangs on whether as many of them hold as asked for: those of which
/// one more, or one fewer, could make a difference.
pub(crate) struct Matters {
    /// Those that do not hold.
    failing: bool,
    /// Those that hold.
    holding: bool,
}

impl Matters {
    /// Where so many of several hold.
    pub(crate) fn of(quantity: Quantity, count: usize, of: usize) -> Matters {
        let is_met = quantity.is_met(count, of);
        let differs = |mut counts: core::ops::RangeInclusive<usize>| {
            counts.any(|other| quantity.is_met(other, of) != is_met)
        };
        Matters { failing: differs(count + 1..=of), holding: count > 0 && differs(0..=count - 1) }
    }

    /// Whether it hangs on a part that holds, or on one that does not.
    pub(crate) fn is(&self, holds: bool) -> bool {
        if holds { self.holding } else { self.failing }
    }
}
