//! Facts that do not apply to every case.

use apportion::checked::{Condition, Constant, Expression, ExpressionKind, Policy};
use apportion_core::program::{ClauseId, FactId};

use super::case::Known;
use super::{Asked, Interpreter, Place, Refusal, number};

/// Leaves out of a case what does not apply to it.
pub fn leave_out(policy: &Policy, facts: &mut [Option<Constant>]) {
    let stated = facts.iter().zip(&policy.facts).zip((0..).map(FactId));
    let known = stated.filter_map(|((stated, fact), id)| Some((id, stated.or(fact.default)?)));
    let lists = policy.lists.iter().map(|_| Vec::new()).collect();
    let known = Known { of_case: known.collect(), lists };
    let mut interpreter = Interpreter::new(policy, known);
    for (place, fact) in facts.iter_mut().enumerate() {
        if let Ok(false) = interpreter.fact_applies(FactId(number(place))) {
            *fact = None;
        }
    }
}

impl Interpreter<'_> {
    /// *4 Facts, Does not apply*: where the condition of `only when` fails, the fact does not
    /// apply: a case need not state it, and may not. Where it holds, the fact is needed.
    pub(super) fn leave_out_what_does_not_apply(&mut self, stated: &[Option<Constant>]) {
        for (place, fact) in self.policy.facts.iter().enumerate() {
            if fact.only_when.is_none() {
                continue;
            }
            let id = FactId(number(place));
            match self.fact_applies(id) {
                Ok(true) if !self.facts.of_case.contains_key(&id) => {
                    self.refusals.insert((Refusal::NotKnown { fact: id }, None));
                }
                Ok(false) if stated.get(place).copied().flatten().is_some() => {
                    self.refusals.insert((Refusal::DoesNotApply { fact: id }, None));
                }
                _ => {}
            }
        }
        for id in (0..self.policy.facts.len()).map(|place| FactId(number(place))) {
            if let Ok(false) = self.fact_applies(id) {
                self.facts.of_case.remove(&id);
            }
        }
    }

    /// Whether a fact applies. What it depends on may itself not apply, and the checker sees to
    /// it that there is no circle.
    fn fact_applies(&mut self, fact: FactId) -> Asked<bool> {
        let declared = self.policy.facts.get(fact.index());
        match declared.and_then(|declared| declared.only_when.as_ref()) {
            Some(only_when) => {
                let place = Place::new(ClauseId(0), None);
                self.condition(&only_when.condition, place)
            }
            None => Ok(true),
        }
    }

    /// Whether a test is of a fact that does not apply.
    pub(super) fn is_of_what_does_not_apply(&mut self, test: &Condition) -> bool {
        match test {
            Condition::Truth(value) | Condition::Word(value, _) => {
                self.reads_what_does_not_apply([value])
            }
            Condition::Compare(left, _, right) => self.reads_what_does_not_apply([left, right]),
            _ => false,
        }
    }

    /// Whether any of these reads a fact that does not apply.
    pub(super) fn reads_what_does_not_apply<'e>(
        &mut self,
        expressions: impl IntoIterator<Item = &'e Expression>,
    ) -> bool {
        let mut facts = Vec::new();
        expressions.into_iter().for_each(|expression| facts_read(expression, &mut facts));
        facts.into_iter().any(|fact| matches!(self.fact_applies(fact), Ok(false)))
    }
}

/// The facts that an expression reads by their names.
pub(super) fn facts_read(expression: &Expression, facts: &mut Vec<FactId>) {
    match &expression.kind {
        ExpressionKind::Fact(fact) => facts.push(*fact),
        ExpressionKind::Age { birth, on } => facts.extend([*birth, *on]),
        ExpressionKind::Add(a, b)
        | ExpressionKind::Subtract(a, b)
        | ExpressionKind::Multiply(a, b)
        | ExpressionKind::Divide(a, b)
        | ExpressionKind::Greater(a, b)
        | ExpressionKind::Lesser(a, b)
        | ExpressionKind::Between { from: a, to: b, .. } => {
            facts_read(a, facts);
            facts_read(b, facts);
        }
        ExpressionKind::Distance { from: value, .. }
        | ExpressionKind::Rate { on: value, .. }
        | ExpressionKind::Round { value, .. } => facts_read(value, facts),
        _ => {}
    }
}
