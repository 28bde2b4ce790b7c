//! What was worked out by hand comes of the reference as well.

use std::collections::BTreeSet;

use apportion::checked::{Constant, Example, ExpectKind, Type};
use apportion::policy::Policy;
use apportion_core::program::{ClauseId, PanelId, PartyId, UnitId};
use num_bigint::BigInt;
use num_rational::BigRational;

use super::policies;
use crate::bundles::policy;
use crate::comparison::words_of_bits;
use crate::reference::{Datum, Facts, Item, Outcome, Refusal, Refusals, decide};

/// A policy, and what comes of an example of it.
struct Came<'p> {
    policy: &'p Policy,
    outcome: Result<Outcome, Refusals>,
}

impl Came<'_> {
    /// Whether this is what comes; none where it is about unknown evidence.
    fn is(&self, expected: &ExpectKind, item: Option<Item>) -> Option<bool> {
        let outcome = match (expected, &self.outcome) {
            (ExpectKind::Unknown(_), _) => return None,
            (ExpectKind::Refused { by }, Err(refusals)) => return Some(self.refuse(by, refusals)),
            (ExpectKind::Awaits { panel }, Err(refusals)) => {
                return Some(self.needs_panel(*panel, refusals));
            }
            (_, Err(_)) => return Some(false),
            (_, Ok(outcome)) => outcome,
        };
        let of_item = item.map(|item| &outcome.items[&item]);
        Some(match expected {
            ExpectKind::Conclusion { conclusion, is_drawn, by } => {
                let (found, reasons) = match of_item {
                    Some(of) => (Some(of.conclusions[conclusion]), &of.reasons[conclusion]),
                    None => (outcome.conclusions[conclusion.index()], &outcome.reasons[conclusion]),
                };
                found == Some(*is_drawn) && are_among(by, reasons)
            }
            ExpectKind::NotCovered { by } => {
                !outcome.is_covered && are_among(by, &outcome.reasons_not_covered)
            }
            ExpectKind::Value { value, is } => {
                let found = match of_item {
                    Some(of) => &of.values[value],
                    None => &outcome.values[value.index()],
                };
                let declared = &self.policy.checked().values[value.index()];
                *found == Some(datum(*is, &declared.kind))
            }
            ExpectKind::Pays { party, unit, pence } => {
                let is_final = outcome.awaiting.iter().all(|awaiting| awaiting.unit != *unit);
                (item.is_some() || is_final)
                    && paid(outcome, *party, *unit, item) == BigInt::from(*pence)
            }
            ExpectKind::OfItem { list, index, kind } => {
                return self.is(kind, Some(Item { list: *list, index: *index }));
            }
            ExpectKind::Referred { by } => {
                let referring = outcome.referrals.iter().map(|(clause, _)| *clause).collect();
                !outcome.referrals.is_empty() && are_among(by, &referring)
            }
            ExpectKind::Awaits { panel } => outcome.awaiting.iter().any(|it| it.panel == *panel),
            ExpectKind::Refused { .. } | ExpectKind::Unknown(_) => false,
        })
    }

    /// Whether the case is refused for want of a fact that a panel decides.
    fn needs_panel(&self, panel: PanelId, refusals: &Refusals) -> bool {
        refusals.iter().any(|(refusal, _)| match refusal {
            Refusal::NotKnown { fact } => {
                self.policy.checked().facts[fact.index()].decided_by == Some(panel)
            }
            _ => false,
        })
    }

    /// Whether the case is refused, by these clauses if any are named. Not every refusal has a
    /// clause; those are told by the engine's own tests.
    fn refuse(&self, by: &[ClauseId], refusals: &Refusals) -> bool {
        by.is_empty()
            || refusals.iter().any(|(refusal, _)| {
                by.iter().any(|clause| format!("{refusal:?}").contains(&format!("{clause:?}")))
            })
    }
}

fn are_among(by: &[ClauseId], reasons: &BTreeSet<ClauseId>) -> bool {
    by.iter().all(|clause| reasons.contains(clause))
}

/// What a party pays: in all, or for one item.
fn paid(outcome: &Outcome, party: PartyId, unit: UnitId, item: Option<Item>) -> BigInt {
    let lines = outcome.lines.iter().filter(|line| line.party == party && line.unit == unit);
    lines.filter(|line| item.is_none() || line.item == item).map(|line| &line.pence).sum()
}

fn datum(constant: Constant, kind: &Type) -> Datum {
    match (constant, kind) {
        (Constant::YesNo(truth), _) => Datum::YesNo(truth),
        (Constant::Word(word), _) => Datum::Word(word),
        (Constant::Date(day), _) => Datum::Date(day),
        (Constant::Number(number), Type::Number(of)) => {
            Datum::Number(BigRational::new(number.into(), of.denominator.into()))
        }
        (Constant::Listed(words), _) => Datum::Listed(words_of_bits(words)),
        (Constant::Number(number), _) => panic!("{number} of {kind:?}"),
    }
}

/// What of an example comes otherwise; how many expectations were looked at.
fn astray(policy: &Policy, example: &Example) -> (Vec<String>, usize) {
    let Some(facts) = Facts::of_example(policy.checked(), example) else {
        return (Vec::new(), 0);
    };
    let came = Came { policy, outcome: decide(policy.checked(), &facts) };
    let answers = example.expect.iter().filter_map(|it| Some((it, came.is(&it.kind, None)?)));
    let answers: Vec<_> = answers.collect();
    let wrong = answers.iter().filter(|(_, is)| !is).map(|(expected, _)| {
        format!("\"{}\": {:?}\n{:#?}", example.name, expected.kind, came.outcome)
    });
    (wrong.collect(), answers.len())
}

#[test]
fn what_was_worked_out_by_hand_comes_of_the_reference() {
    let mut looked_at = 0;
    for path in policies() {
        let policy = policy(&path);
        for example in &policy.checked().examples {
            let (wrong, count) = astray(&policy, example);
            assert!(wrong.is_empty(), "{}\n{}", path.display(), wrong.join("\n"));
            looked_at += count;
        }
    }
    assert!(looked_at > 100, "{looked_at}");
}
