//! Reasons: the clauses for which a conclusion is drawn or not.

use std::collections::{BTreeMap, BTreeSet};

use apportion::checked::{Body, Condition, ExpressionKind, ProvisionId, Quantity};
use apportion_core::program::{ClauseId, ConclusionId};

use super::condition::is_so_many;
use super::{Interpreter, Place, number};

/// Reasons as they are found.
#[derive(Default)]
struct Found {
    clauses: BTreeSet<ClauseId>,
    /// The conclusions asked about, so that none is asked twice.
    asked: BTreeSet<ConclusionId>,
}

/// What failed in one condition.
#[derive(Default)]
struct Failures {
    has_test: bool,
    conclusions: BTreeSet<ConclusionId>,
}

impl Interpreter<'_> {
    /// *9 What applies, Reasons*, of every conclusion. Called where nothing was refused.
    pub(super) fn all_reasons(&mut self) -> BTreeMap<ConclusionId, BTreeSet<ClauseId>> {
        let ids = (0..self.policy.conclusions.len()).map(|place| ConclusionId(number(place)));
        let reasons = ids.map(|id| {
            let mut found = Found::default();
            self.add_reasons(id, &mut found);
            (id, found.clauses)
        });
        reasons.collect()
    }

    /// *9 What applies, Reasons*, of `not covered`: as of a conclusion that is not drawn, for each
    /// text that does not cover the case.
    pub(super) fn reasons_not_covered(&mut self) -> BTreeSet<ClauseId> {
        let mut found = Found::default();
        for covers in self.covers_by_text() {
            if !covers.iter().any(|id| self.applies(*id).unwrap_or(false)) {
                covers.iter().for_each(|id| self.add_why_not(*id, &mut found));
            }
        }
        found.clauses
    }

    /// For yes: the clauses that apply. For no: the clauses against it that apply; failing
    /// those, why each clause for it does not apply.
    fn add_reasons(&mut self, id: ConclusionId, found: &mut Found) {
        if !found.asked.insert(id) {
            return;
        }
        let is_drawn = self.conclusion(id).unwrap_or(false);
        let side = |wanted: bool| {
            move |body: &Body| *body == Body::Conclude { conclusion: id, is_for: wanted }
        };
        let (mut alternatives, mut any_applies) = (Vec::new(), false);
        for (provision_id, provision) in self.provisions() {
            if side(is_drawn)(&provision.body) && self.applies(provision_id).unwrap_or(false) {
                found.clauses.insert(provision.clause);
                any_applies = true;
            }
            if side(true)(&provision.body) {
                alternatives.push(provision_id);
            }
        }
        if is_drawn || any_applies {
            return;
        }
        for alternative in alternatives {
            self.add_why_not(alternative, found);
        }
    }

    /// Its own number where a test in it failed; for a conclusion that failed in it, that
    /// conclusion's reasons; where it held but was switched off, the clause that did so.
    fn add_why_not(&mut self, id: ProvisionId, found: &mut Found) {
        // Another wording says why.
        if !self.is_in_force(id).unwrap_or(false) {
            return;
        }
        if self.holds(id).unwrap_or(false) {
            found.clauses.extend(self.silenced_by(id).unwrap_or_default());
            return;
        }
        let Ok(provision) = self.provision(id) else { return };
        let place = Place { clause: provision.clause, member: None };
        let mut failures = Failures::default();
        self.find_failures(&provision.when, true, place, &mut failures);
        if failures.has_test {
            found.clauses.insert(provision.clause);
        }
        for conclusion in failures.conclusions {
            self.add_reasons(conclusion, found);
        }
    }

    /// The tests and conclusions that keep a condition from being what is wanted.
    fn find_failures(
        &mut self,
        condition: &Condition,
        wanted: bool,
        place: Place,
        failures: &mut Failures,
    ) {
        if self.condition(condition, place).is_ok_and(|is| is == wanted) {
            return;
        }
        match condition {
            Condition::Of(quantity, parts) => {
                for (part, wanted) in self.parts_in_the_way(*quantity, parts, wanted, place) {
                    self.find_failures(part, wanted, place, failures);
                }
            }
            Condition::Not(part) => self.find_failures(part, !wanted, place, failures),
            Condition::Truth(value) => match value.kind {
                ExpressionKind::Conclusion(conclusion) => {
                    failures.conclusions.insert(conclusion);
                }
                _ => failures.has_test = true,
            },
            _ => failures.has_test = true,
        }
    }

    /// The parts that would have to be otherwise, and what they would have to be: where one
    /// more or one fewer that is true would help, those that are not, or are.
    fn parts_in_the_way<'c>(
        &mut self,
        quantity: Quantity,
        parts: &'c [Condition],
        wanted: bool,
        place: Place,
    ) -> Vec<(&'c Condition, bool)> {
        let answers: Vec<bool> =
            parts.iter().map(|part| self.condition(part, place).unwrap_or(false)).collect();
        let count = answers.iter().filter(|answer| **answer).count();
        let helps = |counts: core::ops::Range<usize>| {
            counts.into_iter().any(|other| is_so_many(quantity, other, parts.len()) == wanted)
        };
        let (more, fewer) = (helps(count + 1..parts.len() + 1), helps(0..count));
        let in_the_way = |answer: bool| if answer { fewer } else { more };
        let both = parts.iter().zip(answers);
        both.filter(|(_, answer)| in_the_way(*answer)).map(|(part, it)| (part, !it)).collect()
    }
}
