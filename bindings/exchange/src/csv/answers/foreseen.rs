//! What can come of a case of which not everything is known, in the columns that are added to its
//! row. What is not settled is left empty, but for the ends of what each party may pay.

use apportion::engine::outlook::{Outcomes, Outlook, Question};
use apportion::foreseen::Missing;
use apportion::policy::Policy;

use super::{Answer, Kind, answers, write_pounds};
use crate::csv::settled::{awaited, is_exact, may_pay, pays, referred_to, truth, value};

/// The columns that decisions add to cases of which not everything need be known: also what is
/// needed, and between which ends payments lie.
pub(in crate::csv) fn with_ranges(policy: &Policy) -> Vec<Answer> {
    let end = |it: &Answer, end: &str, kind| Answer { name: format!("{}_{end}", it.name), kind };
    let mut with_ranges = Vec::new();
    let mut has_ranges = false;
    for answer in answers(policy, None) {
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

impl Answer {
    /// Writes the cell of a case, of which this can come and these facts are needed.
    pub(in crate::csv) fn write_foreseen(
        &self,
        policy: &Policy,
        outlook: &Outlook,
        needs: &[Missing],
        cell: &mut Vec<u8>,
    ) {
        match &self.kind {
            Kind::Covered => cell.extend_from_slice(covered(outlook).as_bytes()),
            Kind::Conclusion(id) => match truth(outlook, Question::Conclusion(*id)) {
                Some(true) => cell.extend_from_slice(b"yes"),
                Some(false) => cell.extend_from_slice(b"no"),
                None => {}
            },
            Kind::Words(id, _)
            | Kind::Date(id)
            | Kind::Pence(id)
            | Kind::Listed(id, _)
            | Kind::Number(id, _) => {
                let given = value(outlook, *id);
                given.into_iter().for_each(|given| self.kind.write_given(given, cell));
            }
            Kind::Pays(party, unit) => {
                let pence = pays(policy, outlook, (*party, *unit));
                pence.into_iter().for_each(|pence| write_pounds(pence, cell));
            }
            Kind::PaysFrom(party, unit) => {
                let ends = may_pay(policy, outlook, (*party, *unit));
                ends.into_iter().for_each(|ends| write_pounds(ends.least, cell));
            }
            Kind::PaysTo(party, unit) => {
                let ends = may_pay(policy, outlook, (*party, *unit));
                ends.into_iter().for_each(|ends| write_pounds(ends.greatest, cell));
            }
            Kind::Awaits(panel, unit) => {
                let pence = awaited(policy, outlook, (*panel, *unit));
                pence.into_iter().for_each(|pence| write_pounds(pence, cell));
            }
            Kind::ReferredTo => {
                let panels = referred_to(policy, outlook).unwrap_or_default().into_iter();
                let panels = panels.filter_map(|id| policy.checked().panels.get(id.index()));
                write_joined(panels.map(|panel| panel.name.as_str()), cell);
            }
            Kind::Clauses => {
                let clauses = outlook.applying().iter();
                let clauses = clauses.filter_map(|id| policy.checked().clauses.get(id.index()));
                write_joined(clauses.map(|clause| clause.number.as_str()), cell);
            }
            Kind::Needs => write_joined(needs.iter().map(heading), cell),
            Kind::Ranges if needs.is_empty() => {}
            Kind::Ranges => {
                cell.extend_from_slice(if is_exact(outlook) { b"exact" } else { b"at most" });
            }
        }
    }
}

/// Whether the policy covers the case; nothing where that is not settled.
fn covered(outlook: &Outlook) -> &'static str {
    match outlook.outcomes() {
        Outcomes { decided: true, outside: false, refused } if refused.is_empty() => "yes",
        Outcomes { decided: false, outside: true, refused } if refused.is_empty() => "no",
        _ => "",
    }
}

/// Something that is missing by the name that its column has.
fn heading(missing: &Missing) -> String {
    match &missing.item {
        Some(item) => format!("{} of {item}", missing.outside),
        None => missing.outside.clone(),
    }
}

fn write_joined<T: AsRef<str>>(texts: impl Iterator<Item = T>, cell: &mut Vec<u8>) {
    for (place, text) in texts.enumerate() {
        if place > 0 {
            cell.extend_from_slice(b"; ");
        }
        cell.extend_from_slice(text.as_ref().as_bytes());
    }
}
