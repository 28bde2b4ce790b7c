//! What is noted of a policy in which nothing is refused, held against all of its cases.

use apportion::checked::{Constant, ExpressionKind, ProvisionId};
use apportion::prove::{Effort, notes};
use apportion_core::program::ConclusionId;

use super::{Looked, Tally};
use crate::reference::{Datum, Facts, Outcome};

/// Looks whether amounts are noted that nobody pays in some case, and defaults that turn a conclusion, and no
/// others.
pub(super) fn are_so(looked: &Looked<'_>, tally: &mut Tally) -> Result<(), String> {
    // Of a case that is refused it is not known what would be paid.
    if looked.has_refused_cases() {
        return Ok(());
    }
    let noted = notes(looked.policy, Effort::default(), looked.policy.version.from);
    let is_noted = |code: &str, name: &str| {
        let name = format!("`{name}`");
        noted.iter().any(|it| it.code == code && it.message.contains(&name))
    };
    for (name, is_so) in unpaid(looked) {
        let is_told = is_noted("paid-in-some", &name);
        tally.noted += usize::from(is_told);
        if is_told != is_so {
            return Err(format!("paid-in-some: {is_told}, of {name}"));
        }
    }
    for (place, fact) in looked.policy.facts.iter().enumerate() {
        let is_told = is_noted("decided-by-default", &fact.name);
        tally.noted += usize::from(is_told);
        if is_told != turns(looked, place) {
            return Err(format!("decided-by-default: {is_told}, of {}", fact.name));
        }
    }
    Ok(())
}

/// The amounts that clauses pay, and whether there is a case in which nobody pays one of them.
fn unpaid(looked: &Looked<'_>) -> Vec<(String, bool)> {
    let policy = looked.policy;
    let mut all: Vec<(&ExpressionKind, Vec<ProvisionId>)> = Vec::new();
    for (provision, id) in policy.provisions.iter().zip((0..).map(ProvisionId)) {
        let Some(amount) = provision.body.amount() else { continue };
        if matches!(amount.kind, ExpressionKind::Fact(_) | ExpressionKind::Value(_)) {
            match all.iter_mut().find(|(kind, _)| **kind == amount.kind) {
                Some((_, ids)) => ids.push(id),
                None => all.push((&amount.kind, vec![id])),
            }
        }
    }
    let unpaid = all.into_iter().map(|(kind, ids)| {
        let is_paid = |outcome: &Outcome| {
            let clauses = ids.iter().map(|id| looked.provision(*id).clause);
            clauses.into_iter().any(|clause| outcome.clauses[clause.index()].applies)
        };
        let name = match kind {
            ExpressionKind::Fact(fact) => policy.facts[fact.index()].name.as_str(),
            ExpressionKind::Value(value) => policy.values[value.index()].name.as_str(),
            _ => "",
        };
        let mut decided = looked.decided_cases();
        let is_unpaid = decided.any(|(facts, it)| is_something(kind, facts, it) && !is_paid(it));
        (name.to_string(), is_unpaid)
    });
    unpaid.collect()
}

/// Whether an amount is above nothing in a case.
fn is_something(kind: &ExpressionKind, facts: &Facts, outcome: &Outcome) -> bool {
    match kind {
        ExpressionKind::Fact(fact) => {
            matches!(facts.of_case[fact.index()], Some(Constant::Number(1..)))
        }
        ExpressionKind::Value(value) => {
            let given = outcome.values[value.index()].as_ref();
            given.is_some_and(|it| matches!(it, Datum::Number(it) if *it.numer() > 0.into()))
        }
        _ => false,
    }
}

/// Whether some conclusion is another where a fact is its default, and all else is the same.
fn turns(looked: &Looked<'_>, place: usize) -> bool {
    let Some(default) = looked.policy.facts[place].default else { return false };
    let is_default = |facts: &Facts| facts.of_case[place] == Some(default);
    let but_for = |facts: &Facts| {
        let all = facts.of_case.iter().enumerate();
        all.filter(|(it, _)| *it != place).map(|(_, value)| *value).collect::<Vec<_>>()
    };
    let conclusions = (0..).map(ConclusionId).take(looked.policy.conclusions.len());
    let conclusions: Vec<ConclusionId> = conclusions.collect();
    let decided: Vec<_> = looked.decided_cases().collect();
    decided.iter().filter(|(facts, _)| is_default(facts)).any(|(facts, outcome)| {
        let rest = but_for(facts);
        let mut beside = decided.iter().filter(|(other, _)| !is_default(other));
        beside.any(|(other, it)| {
            but_for(other) == rest
                && conclusions
                    .iter()
                    .any(|id| it.conclusions[id.index()] != outcome.conclusions[id.index()])
        })
    })
}
