//! Why a conclusion was drawn or not: the clauses, in their order.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use apportion_core::decision::Decision;
use apportion_core::program::{ClauseId, ConclusionId, Test};

use crate::checked::{
    Body, Condition, ExpressionKind, Policy, Provision, ProvisionId, Quantity, ToolId,
};
use crate::compile::{Compiled, ConditionTrace, ProvisionSlots};

/// What is needed to say why.
pub(crate) struct Reasons<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) compiled: &'a Compiled,
    pub(crate) decision: &'a Decision,
}

impl Reasons<'_> {
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

    fn holds(&self, id: ProvisionId) -> bool {
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
            for (other, challenger) in self.provisions() {
                let is_switch = matches!(&challenger.body, Body::Switch { clauses } if clauses.contains(&provision.clause));
                let overrides = challenger.despite.contains(&provision.clause);
                if (is_switch || overrides) && self.applies(other) {
                    clauses.insert(challenger.clause);
                }
            }
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
                let in_the_way = InTheWay::of(*quantity, &answers, wanted);
                for ((part, trace), answer) in parts.iter().zip(&trace.parts).zip(answers) {
                    if in_the_way.is(answer) {
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

/// Which parts would have to be otherwise for a condition to be what is wanted.
struct InTheWay {
    /// Those that do not hold, as one more would help.
    failing: bool,
    /// Those that hold, as one fewer would help.
    holding: bool,
}

impl InTheWay {
    fn of(quantity: Quantity, answers: &[bool], wanted: bool) -> InTheWay {
        let count = answers.iter().filter(|answer| **answer).count();
        let helps = |mut counts: core::ops::RangeInclusive<usize>| {
            counts.any(|other| is_so_many(quantity, other, answers.len()) == wanted)
        };
        InTheWay {
            failing: helps(count + 1..=answers.len()),
            holding: count > 0 && helps(0..=count - 1),
        }
    }

    fn is(&self, answer: bool) -> bool {
        if answer { self.holding } else { self.failing }
    }
}

/// Whether so many of several are as many as asked for.
fn is_so_many(quantity: Quantity, number: usize, of: usize) -> bool {
    match quantity {
        Quantity::All => number == of,
        Quantity::Any => number > 0,
        Quantity::None => number == 0,
        Quantity::AtLeast(least) => number >= least as usize,
        Quantity::AtMost(most) => number <= most as usize,
        Quantity::Exactly(exactly) => number == exactly as usize,
    }
}
