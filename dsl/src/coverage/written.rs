//! An example as one writes it in a policy.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Tried;
use crate::naming::listed;
use crate::policy::Policy;
use crate::record::{Record, RecordedFact};

/// How wide a line is at most, where its parts allow.
const WIDTH: usize = 100;

impl Policy {
    /// A decided case as an example of this name, which expects all that comes of it.
    pub(super) fn written(&self, name: &str, tried: &Tried) -> String {
        let record = self.record(&tried.case, &tried.decision);
        let mut text = format!("\"{name}\"\n");
        let mut given = self.given(&record);
        for (list, _) in self.lists().iter().zip(0..) {
            if !record.items.iter().any(|item| item.item.outside == list.outside) {
                given.push(format!("no {}", list.plural));
            }
        }
        write_lines(&mut text, "given", &given);
        for item in &record.items {
            let facts: Vec<String> = item.facts.iter().filter_map(RecordedFact::shown).collect();
            let item = format!("{} \"{}\": ", item.item.singular, item.item);
            write_lines(&mut text, "with", &[item + &facts.join(", ")]);
        }
        write_lines(&mut text, "expect", &expected(&record));
        text
    }

    /// The facts of the case: of a family those that are not as most are, and then the others.
    fn given(&self, record: &Record) -> Vec<String> {
        let stated: BTreeMap<&str, &str> = record
            .facts
            .iter()
            .filter_map(|fact| Some((fact.outside.as_str(), fact.value.as_deref()?)))
            .collect();
        let (mut given, mut told) = (Vec::new(), BTreeSet::new());
        for fact in self.facts() {
            let Some(value) = stated.get(fact.outside.as_str()) else { continue };
            let family = fact.family.and_then(|id| {
                let family = self.checked().families.get(id.0 as usize)?;
                Some((id, family, self.most_common(&family.members, &stated)?))
            });
            let Some((id, family, common)) = family else {
                given.push(format!("{} {value}", fact.name));
                continue;
            };
            if told.insert(id) {
                let others = family.members.iter().filter_map(|it| self.facts().get(it.index()));
                for other in others {
                    match stated.get(other.outside.as_str()) {
                        Some(value) if *value != common => {
                            given.push(format!("{} {value}", other.name));
                        }
                        _ => {}
                    }
                }
                given.push(format!("other {} {common}", family.plural));
            }
        }
        given
    }

    /// The value that most members of a family have, where all have one.
    fn most_common<'s>(
        &self,
        members: &[apportion_core::program::FactId],
        stated: &BTreeMap<&str, &'s str>,
    ) -> Option<&'s str> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for member in members {
            let fact = self.facts().get(member.index())?;
            *counts.entry(stated.get(fact.outside.as_str())?).or_default() += 1;
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(value, _)| value)
    }
}

/// What comes of a case, as an example expects it.
fn expected(record: &Record) -> Vec<String> {
    if !record.is_covered {
        return Vec::from([format!("not covered{}", by(&record.not_covered_by))]);
    }
    let mut expected = Vec::new();
    for conclusion in &record.conclusions {
        let not = if conclusion.is_drawn { "" } else { "not " };
        expected.push(format!("{not}{}{}", conclusion.name, by(&conclusion.by)));
    }
    for value in &record.values {
        expected.extend(value.value.as_ref().map(|is| format!("{} {is}", value.name)));
    }
    for payment in record.payments.iter().filter(|payment| payment.is_final) {
        expected.push(format!("{} {}{}", payment.party, payment.amount, payment.unit));
    }
    let awaited: BTreeSet<&str> = record.awaiting.iter().map(|it| it.panel.as_str()).collect();
    expected.extend(awaited.into_iter().map(|panel| format!("awaits {panel}")));
    let referring: BTreeSet<&str> =
        record.referrals.iter().map(|referral| referral.clause.as_str()).collect();
    expected.extend(referring.into_iter().map(|clause| format!("referred by {clause}")));
    expected
}

fn by(clauses: &[String]) -> String {
    if clauses.is_empty() { String::new() } else { format!(" by {}", listed(clauses)) }
}

/// `  given   a, b,` and what does not fit below.
fn write_lines(text: &mut String, word: &str, parts: &[String]) {
    if parts.is_empty() {
        return;
    }
    let mut line = format!("  {word:<8}");
    let indent = line.len();
    for (index, part) in parts.iter().enumerate() {
        let part = if index + 1 < parts.len() { format!("{part},") } else { part.to_string() };
        if line.len() > indent && line.chars().count() + part.chars().count() >= WIDTH {
            text.push_str(line.trim_end());
            text.push('\n');
            line = " ".repeat(indent);
        }
        if line.len() > indent {
            line.push(' ');
        }
        line.push_str(&part);
    }
    text.push_str(&line);
    text.push('\n');
}
