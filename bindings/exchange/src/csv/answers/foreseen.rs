//! What can come of a case of which not everything is known, in the columns that are added to its
//! row. What is not settled is left empty, but for the ends of what each party may pay.

use apportion::checked::Clause;
use apportion::engine::decision::Answer as Given;
use apportion::engine::outlook::{Outcomes, Outlook, Question};
use apportion::engine::program::ListId;
use apportion::foreseen::Missing;
use apportion::policy::Policy;

use super::{Answer, Kind, answers, write_pounds};
use crate::csv::settled::{awaited, is_exact, may_pay, pays, referred_to, truth, value};

/// The columns that decisions add to cases of which not everything need be known, or to the items
/// of a list of theirs: also what is needed, and between which ends payments lie.
fn with_ranges(policy: &Policy, list: Option<ListId>) -> Vec<Answer> {
    let end = |it: &Answer, end: &str, kind| Answer { name: format!("{}_{end}", it.name), kind };
    let mut with_ranges = Vec::new();
    let mut has_ranges = false;
    for answer in answers(policy, list) {
        let ends = match answer.kind {
            Kind::Pays(party, unit) => Some([
                end(&answer, "from", Kind::PaysFrom(party, unit)),
                end(&answer, "to", Kind::PaysTo(party, unit)),
            ]),
            _ => None,
        };
        has_ranges |= ends.is_some();
        with_ranges.push(answer);
        with_ranges.extend(ends.into_iter().flatten());
    }
    with_ranges.push(Answer { name: "needs".to_string(), kind: Kind::Needs });
    if has_ranges {
        with_ranges.push(Answer { name: "ranges".to_string(), kind: Kind::Ranges });
    }
    with_ranges
}

/// The columns that decisions add to cases, or to the items of a list; of which not everything need
/// be known, where that is allowed.
pub(crate) fn added(policy: &Policy, list: Option<ListId>, allows_unknown: bool) -> Vec<Answer> {
    if allows_unknown { with_ranges(policy, list) } else { answers(policy, list) }
}

/// What can be said of a case in one column; nothing where it is not settled.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    Nothing,
    Truth(bool),
    Given(Given),
    Pence(i64),
    Text(String),
}

impl Answer {
    /// What is said of a case, or of an item of this list in it, of which this can come and these
    /// facts are needed.
    pub(in crate::csv) fn foreseen(
        &self,
        policy: &Policy,
        list: Option<ListId>,
        outlook: &Outlook,
        needs: &[Missing],
    ) -> Cell {
        let truth_of = |truth: Option<bool>| truth.map_or(Cell::Nothing, Cell::Truth);
        let pence_of = |pence: Option<i64>| pence.map_or(Cell::Nothing, Cell::Pence);
        match &self.kind {
            Kind::Covered => truth_of(covered(outlook)),
            Kind::Conclusion(id) => truth_of(truth(outlook, Question::Conclusion(*id))),
            Kind::Words(id, _)
            | Kind::Date(id)
            | Kind::Pence(id)
            | Kind::Listed(id, _)
            | Kind::Number(id, _) => value(outlook, *id).map_or(Cell::Nothing, Cell::Given),
            Kind::Pays(party, unit) => pence_of(pays(policy, outlook, (*party, *unit))),
            Kind::PaysFrom(party, unit) => {
                pence_of(may_pay(policy, outlook, (*party, *unit)).map(|ends| ends.least))
            }
            Kind::PaysTo(party, unit) => {
                pence_of(may_pay(policy, outlook, (*party, *unit)).map(|ends| ends.greatest))
            }
            Kind::Awaits(panel, unit) => pence_of(awaited(policy, outlook, (*panel, *unit))),
            Kind::ReferredTo => {
                let panels = referred_to(policy, outlook).unwrap_or_default().into_iter();
                let panels = panels.filter_map(|id| policy.checked().panels.get(id.index()));
                joined(panels.map(|panel| panel.name.clone()))
            }
            Kind::Clauses => {
                let clauses = outlook.applying().iter();
                let clauses = clauses.filter_map(|id| policy.checked().clauses.get(id.index()));
                let is_about =
                    |clause: &&Clause| list.is_none_or(|list| policy.is_about_each(clause, list));
                joined(clauses.filter(is_about).map(|clause| clause.number.clone()))
            }
            Kind::Needs => joined(needs.iter().map(heading)),
            Kind::Ranges if needs.is_empty() => Cell::Nothing,
            Kind::Ranges if is_exact(outlook) => Cell::Text("exact".to_string()),
            Kind::Ranges => Cell::Text("at most".to_string()),
        }
    }

    /// Writes what is said of a case.
    pub(crate) fn write_foreseen(&self, cell: &Cell, text: &mut Vec<u8>) {
        match cell {
            Cell::Nothing => {}
            Cell::Truth(truth) => text.extend_from_slice(if *truth { b"yes" } else { b"no" }),
            Cell::Given(given) => self.kind.write_given(*given, text),
            Cell::Pence(pence) => write_pounds(*pence, text),
            Cell::Text(said) => text.extend_from_slice(said.as_bytes()),
        }
    }
}

/// Whether the policy covers the case; none where that is not settled.
fn covered(outlook: &Outlook) -> Option<bool> {
    match outlook.outcomes() {
        Outcomes { decided: true, outside: false, refused } if refused.is_empty() => Some(true),
        Outcomes { decided: false, outside: true, refused } if refused.is_empty() => Some(false),
        _ => None,
    }
}

/// Something that is missing by the name that its column has.
fn heading(missing: &Missing) -> String {
    match &missing.item {
        Some(item) => format!("{} of {item}", missing.outside),
        None => missing.outside.clone(),
    }
}

fn joined(texts: impl Iterator<Item = String>) -> Cell {
    match texts.collect::<Vec<_>>().join("; ") {
        none if none.is_empty() => Cell::Nothing,
        texts => Cell::Text(texts),
    }
}
