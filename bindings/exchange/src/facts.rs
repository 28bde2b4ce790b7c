//! The facts that a case of a policy may carry, as a document.
//!
//! Bounds, steps and defaults are texts that a case may carry as they stand. The shape is
//! written down in `schema/facts.schema.json`.

use apportion::checked::{Fact, List, Type};
use apportion::engine::case::{Case, State};
use apportion::engine::date::Date;
use apportion::engine::program::FactId;
use apportion::engine::value::Value;
use apportion::policy::Policy;
use apportion::reading::show;
use serde::Serialize;

use crate::document::{DocumentError, json};
use crate::pounds::plain;

/// The JSON Schema of a list of facts.
pub const SCHEMA: &str = include_str!("../schema/facts.schema.json");

/// The value of a fact of the case or of an item where nothing states one. A share that a panel
/// decides has none: where no share is stated, the panel has not decided.
#[must_use]
pub fn default_of(policy: &Policy, fact: FactId) -> Option<Value> {
    policy.facts().get(fact.index()).filter(|fact| fact.panel_share.is_none())?;
    policy.program().facts().get(fact.index())?.default
}

/// Whether every case must state a fact.
#[must_use]
pub fn is_needed(fact: &Fact) -> bool {
    !fact.is_text && fact.default.is_none() && fact.only_when.is_none()
}

/// The facts that every case must state and this one does not, as the policy writes them, without
/// those of items and those that a panel decides.
#[must_use]
pub fn not_known<'p>(policy: &'p Policy, case: &Case) -> Vec<&'p str> {
    let facts = policy.facts().iter().zip((0..).map(FactId));
    let needed = facts.filter(|(fact, _)| fact.list.is_none() && is_needed(fact));
    let not_known = needed.filter(|(fact, id)| {
        policy.decides(fact).is_none() && !matches!(case.get(*id), State::Known(_))
    });
    not_known.map(|(fact, _)| fact.told_as()).collect()
}

/// Writes the facts that a case and its items may carry as JSON, in the order declared.
///
/// # Errors
///
/// Returns what `serde_json` could not write; facts give it no cause.
pub fn to_json(policy: &Policy) -> Result<String, DocumentError> {
    let ids = (0..).map(FactId);
    json(&Facts {
        policy: &policy.checked().title,
        version: policy.checked().version.number,
        lists: policy.lists().iter().map(ListEntry::from).collect(),
        facts: policy
            .facts()
            .iter()
            .zip(ids)
            .map(|(fact, id)| Entry::new(policy, fact, id))
            .collect(),
    })
}

#[derive(Serialize)]
struct Facts<'a> {
    policy: &'a str,
    version: u32,
    lists: Vec<ListEntry<'a>>,
    facts: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct ListEntry<'a> {
    name: &'a str,
    key: &'a str,
    item: &'a str,
    most: u32,
}

impl<'a> From<&'a List> for ListEntry<'a> {
    fn from(list: &'a List) -> Self {
        ListEntry { name: &list.plural, key: &list.outside, item: &list.singular, most: list.most }
    }
}

#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    key: &'a str,
    family: Option<&'a str>,
    list: Option<&'a str>,
    r#type: &'static str,
    words: Vec<&'a str>,
    least: Option<String>,
    greatest: Option<String>,
    step: Option<String>,
    unit: String,
    default: Option<String>,
    only_when: Option<&'a str>,
    decided_by: Option<&'a str>,
    question: String,
}

impl<'a> Entry<'a> {
    fn new(policy: &'a Policy, fact: &'a Fact, id: FactId) -> Self {
        let default = default_of(policy, id);
        let list = fact.list.and_then(|list| policy.lists().get(list.index()));
        let family = fact.family.and_then(|id| policy.checked().families.get(id.0 as usize));
        let [least, greatest] = ends(&fact.kind);
        let number = match &fact.kind {
            Type::Number(number) => Some(number),
            _ => None,
        };
        Entry {
            name: &fact.name,
            key: &fact.outside,
            family: family.map(|family| family.plural.as_str()),
            list: list.map(|list| list.outside.as_str()),
            r#type: type_name(policy, fact),
            words: policy.words_of(fact),
            least,
            greatest,
            step: number.map(|number| plain(&show(number, fact.step))),
            unit: number.map(|it| it.unit.after_amount().trim().to_string()).unwrap_or_default(),
            default: default.map(|value| stated(policy, fact, value)),
            only_when: fact.only_when.as_ref().map(|only_when| only_when.words.as_str()),
            decided_by: policy.decides(fact),
            question: policy.question(fact),
        }
    }
}

fn type_name(policy: &Policy, fact: &Fact) -> &'static str {
    let is_ordered = |list: u32| {
        policy.checked().word_lists.get(list as usize).is_some_and(|list| list.is_ordered)
    };
    match &fact.kind {
        _ if fact.is_text => "text",
        Type::YesNo => "yes or no",
        Type::Words { list, .. } if is_ordered(list.0) => "level",
        Type::Words { .. } | Type::Listed { .. } | Type::Broken => "choice",
        Type::Date { .. } => "date",
        Type::Number(number) if number.unit.is_money() => "money",
        Type::Number(number) if number.unit.is_percent() => "percent",
        Type::Number(_) => "number",
    }
}

/// The least and the greatest value of a type that has such.
fn ends(kind: &Type) -> [Option<String>; 2] {
    match kind {
        Type::Date { first, last } => [*first, *last].map(|day| Some(iso(day))),
        Type::Number(number) => {
            [number.least, number.greatest].map(|end| Some(plain(&show(number, end))))
        }
        _ => [None, None],
    }
}

/// A value as a case may state it.
fn stated(policy: &Policy, fact: &Fact, value: Value) -> String {
    match value {
        Value::Date(day) => iso(day),
        Value::Amount(_) => plain(&policy.show_fact(fact, value)),
        Value::YesNo(_) | Value::Word(_) => policy.show_fact(fact, value),
    }
}

/// `2026-05-12`
fn iso(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}
