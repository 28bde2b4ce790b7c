//! Facts that do not apply to every case: asked for where they apply, and refused elsewhere.

use alloc::vec::Vec;

use apportion_core::program::{Fact, FactId, Refusal, Test};

use super::Compiler;
use crate::checked::{Expression, ExpressionKind};

impl Compiler<'_> {
    /// Lowers where facts apply, and what a case must and must not say of them there. First
    /// what it must: of a fact that is not known, nothing follows for another.
    pub(super) fn facts_that_apply(&mut self) {
        let policy = self.policy;
        let mut left_out = Vec::new();
        for (fact, id) in policy.facts.iter().zip((0..).map(FactId)) {
            let Some(only_when) = &fact.only_when else { continue };
            let Some(said) = self.program.may_be_left_out(id) else { continue };
            self.definitions.domain(said, u16::from(Fact::NOT_KNOWN) + 1);
            let tests = self.tests(&only_when.condition);
            let applies = self.truth(&tests);
            self.program.answers.facts.push((id, applies));
            let says_a_value = Test { slot: said, low: Fact::A_VALUE, width: 0 };
            let is_known = match fact.default {
                Some(_) => Test { slot: said, low: Fact::NOTHING, width: Fact::A_VALUE },
                None => says_a_value,
            };
            self.require(&[Test::is_true(applies)], is_known, Refusal::NotStated { fact: id });
            left_out.extend(says_a_value.opposite().map(|is_left_out| (id, applies, is_left_out)));
        }
        for (id, applies, is_left_out) in left_out {
            let elsewhere = [Test::is_false(applies)];
            self.require(&elsewhere, is_left_out, Refusal::DoesNotApply { fact: id });
        }
    }

    /// The tests that pass where a fact applies.
    pub(super) fn fact_applies(&self, fact: FactId) -> Vec<Test> {
        let facts = self.program.answers.facts.iter();
        let applies = facts.filter(|(declared, _)| *declared == fact);
        applies.map(|(_, applies)| Test::is_true(*applies)).collect()
    }

    /// The tests that pass where the fact applies that a day is, if it is one.
    pub(super) fn day_applies(&self, day: &Expression) -> Vec<Test> {
        match &day.kind {
            ExpressionKind::Fact(fact) => self.fact_applies(*fact),
            ExpressionKind::Distance { from, .. } => self.day_applies(from),
            ExpressionKind::Greater(a, b) | ExpressionKind::Lesser(a, b) => {
                [self.day_applies(a), self.day_applies(b)].concat()
            }
            _ => Vec::new(),
        }
    }
}
