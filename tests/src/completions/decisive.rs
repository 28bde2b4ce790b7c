//! What is said of a decision as a whole: whether it is settled, and which clauses apply.

use std::collections::BTreeSet;

use apportion::policy::Policy;
use apportion_core::decision::Decision;
use apportion_core::outlook::{Outlook, Prospect, Question};
use apportion_core::program::{ClauseId, Item};

use super::Came;

/// The clauses that apply in all completions that were decided; none yet where none was.
#[derive(Default)]
pub(super) struct Applying(Option<BTreeSet<ClauseId>>);

impl Applying {
    /// Takes away what does not apply in one more decision.
    pub(super) fn note(&mut self, policy: &Policy, decision: &Decision, item: Option<Item>) {
        let clauses = policy.checked().clauses.iter();
        let slots = (0..).map(ClauseId).zip(&policy.program().answers().clauses).zip(clauses);
        let of_case = slots
            .filter(|(_, clause)| item.is_none_or(|item| !policy.is_about_each(clause, item.list)));
        let of_case = of_case.filter(|((_, slot), _)| decision.byte(**slot) == Some(1));
        let mut applying: BTreeSet<ClauseId> = of_case.map(|((clause, _), _)| clause).collect();
        applying.extend(item.into_iter().flat_map(|item| policy.clauses_of_item(decision, item)));
        let shared = self.0.get_or_insert_with(|| applying.clone());
        shared.retain(|clause| applying.contains(clause));
    }

    /// Whether a clause is among them.
    pub(super) fn has(&self, clause: ClauseId) -> bool {
        self.0.as_ref().is_none_or(|shared| shared.contains(&clause))
    }
}

/// That the decision is settled where all completions come to the same but for values.
pub(super) fn hold_settled(
    outlook: &Outlook,
    possible: &[&Came],
    is_whole: bool,
) -> Result<(), String> {
    let is_value = |prospect: &Prospect| matches!(prospect.question, Question::Value(_));
    let are_values = outlook.prospects().iter().all(is_value);
    let decisive = |came: &&Came| match came {
        Came::Decided(answers) => {
            let answers = outlook.prospects().iter().zip(answers);
            let answers = answers.filter(|(prospect, _)| are_values || !is_value(prospect));
            Came::Decided(answers.map(|(_, answer)| *answer).collect())
        }
        other => (*other).clone(),
    };
    let different: BTreeSet<Came> = possible.iter().map(decisive).collect();
    match (outlook.is_settled(), different.len()) {
        (true, 2..) => Err(format!("it is not settled: {different:?}")),
        (false, 0..=1) if is_whole => Err(format!("it is settled: {different:?}")),
        _ => Ok(()),
    }
}
