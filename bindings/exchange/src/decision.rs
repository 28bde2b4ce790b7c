//! A decision as a document: JSON or RON, the same fields in the same order.
//!
//! Amounts are decimal texts in pounds, never numbers: readers of JSON make those floating
//! point. The shape is written down in `schema/decision.schema.json`.

use apportion::engine::money::Money;
use apportion::record::{
    self, CostLine, ItemName, Record, RecordedAwaiting, RecordedClause, RecordedConclusion,
    RecordedFact, RecordedItem, RecordedReferral, RecordedValue,
};
use serde::Serialize;

use crate::document::{DocumentError, json, ron};
use crate::pounds::plain;

/// The JSON Schema of a decision.
pub const SCHEMA: &str = include_str!("../schema/decision.schema.json");

/// Writes a decision as JSON, over several lines.
///
/// # Errors
///
/// Returns what `serde_json` could not write; a record gives it no cause.
pub fn to_json(record: &Record) -> Result<String, DocumentError> {
    json(&Decision::from(record))
}

/// Writes a decision as RON, over several lines.
///
/// # Errors
///
/// Returns what `ron` could not write; a record gives it no cause.
pub fn to_ron(record: &Record) -> Result<String, DocumentError> {
    ron(&Decision::from(record))
}

/// A decision as its document.
#[derive(Serialize)]
pub(crate) struct Decision<'a> {
    policy: &'a str,
    version: u32,
    fingerprint: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    missed_review: Option<&'a str>,
    covered: bool,
    not_covered_by: &'a [String],
    facts: Vec<Fact<'a>>,
    conclusions: Vec<Conclusion<'a>>,
    values: Vec<Value<'a>>,
    items: Vec<Item<'a>>,
    payments: Vec<Payment<'a>>,
    lines: Vec<Line<'a>>,
    awaiting: Vec<Awaiting<'a>>,
    waiting: &'a [String],
    referrals: Vec<Referral<'a>>,
    clauses: Vec<Clause<'a>>,
}

#[derive(Serialize)]
struct Fact<'a> {
    name: &'a str,
    key: &'a str,
    value: Option<&'a str>,
    default: bool,
}

#[derive(Serialize)]
struct Conclusion<'a> {
    name: &'a str,
    key: &'a str,
    holds: bool,
    by: &'a [String],
}

#[derive(Serialize)]
pub(crate) struct Value<'a> {
    name: &'a str,
    key: &'a str,
    value: Option<&'a str>,
    pounds: Option<String>,
    unit: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a [String]>,
}

#[derive(Serialize)]
struct Item<'a> {
    list: &'a str,
    number: u32,
    facts: Vec<Fact<'a>>,
    conclusions: Vec<Conclusion<'a>>,
    values: Vec<Value<'a>>,
}

/// Which item something is about.
#[derive(Serialize)]
pub(crate) struct ItemPlace<'a> {
    list: &'a str,
    number: u32,
}

#[derive(Serialize)]
struct Payment<'a> {
    party: &'a str,
    name: &'a str,
    key: &'a str,
    pounds: String,
    unit: &'a str,
    r#final: bool,
}

#[derive(Serialize)]
pub(crate) struct Awaiting<'a> {
    clause: &'a str,
    by: &'a str,
    panel: &'a str,
    pounds: String,
    unit: &'a str,
}

#[derive(Serialize)]
struct Line<'a> {
    clause: &'a str,
    party: &'a str,
    key: &'a str,
    pounds: String,
    unit: &'a str,
    item: Option<ItemPlace<'a>>,
    citations: &'a [String],
}

#[derive(Serialize)]
struct Referral<'a> {
    clause: &'a str,
    panel: &'a str,
}

#[derive(Serialize)]
struct Clause<'a> {
    number: &'a str,
    says: &'a [String],
    citations: &'a [String],
}

/// Each entry of a record as its entry of the document.
pub(crate) fn all<'a, T, D: From<&'a T>>(entries: &'a [T]) -> Vec<D> {
    entries.iter().map(D::from).collect()
}

impl<'a> From<&'a Record> for Decision<'a> {
    fn from(record: &'a Record) -> Self {
        Decision {
            policy: &record.policy,
            version: record.version,
            fingerprint: &record.fingerprint,
            missed_review: record.missed_review.as_deref(),
            covered: record.is_covered,
            not_covered_by: &record.not_covered_by,
            facts: all(&record.facts),
            conclusions: all(&record.conclusions),
            values: all(&record.values),
            items: all(&record.items),
            payments: all(&record.payments),
            lines: all(&record.lines),
            awaiting: all(&record.awaiting),
            waiting: &record.waiting,
            referrals: all(&record.referrals),
            clauses: all(&record.clauses),
        }
    }
}

impl<'a> From<&'a RecordedFact> for Fact<'a> {
    fn from(fact: &'a RecordedFact) -> Self {
        let value = fact.value.as_deref();
        Fact { name: &fact.name, key: &fact.outside, value, default: fact.is_default }
    }
}

impl<'a> From<&'a RecordedConclusion> for Conclusion<'a> {
    fn from(it: &'a RecordedConclusion) -> Self {
        Conclusion { name: &it.name, key: &it.outside, holds: it.is_drawn, by: &it.by }
    }
}

impl<'a> From<&'a RecordedValue> for Value<'a> {
    fn from(value: &'a RecordedValue) -> Self {
        let text = value.value.as_deref();
        let has_pounds = text.is_some_and(|text| text.trim_start_matches('-').starts_with('£'));
        Value {
            name: &value.name,
            key: &value.outside,
            value: text,
            pounds: text.filter(|_| has_pounds).map(plain),
            unit: value.unit.trim(),
            words: value.words.as_deref(),
        }
    }
}

impl<'a> From<&'a record::Payment> for Payment<'a> {
    fn from(it: &'a record::Payment) -> Self {
        Payment {
            party: &it.party,
            name: &it.text,
            key: &it.outside,
            pounds: pounds(it.amount),
            unit: it.unit.trim(),
            r#final: it.is_final,
        }
    }
}

impl<'a> From<&'a RecordedAwaiting> for Awaiting<'a> {
    fn from(it: &'a RecordedAwaiting) -> Self {
        Awaiting {
            clause: &it.clause,
            by: &it.by,
            panel: &it.panel,
            pounds: pounds(it.amount),
            unit: it.unit.trim(),
        }
    }
}

impl<'a> From<&'a RecordedItem> for Item<'a> {
    fn from(it: &'a RecordedItem) -> Self {
        Item {
            list: &it.item.outside,
            number: it.item.number,
            facts: all(&it.facts),
            conclusions: all(&it.conclusions),
            values: all(&it.values),
        }
    }
}

impl<'a> From<&'a ItemName> for ItemPlace<'a> {
    fn from(item: &'a ItemName) -> Self {
        ItemPlace { list: &item.outside, number: item.number }
    }
}

impl<'a> From<&'a CostLine> for Line<'a> {
    fn from(line: &'a CostLine) -> Self {
        Line {
            clause: &line.clause,
            party: &line.party,
            key: &line.outside,
            pounds: pounds(line.amount),
            unit: line.unit.trim(),
            item: line.item.as_ref().map(ItemPlace::from),
            citations: &line.citations,
        }
    }
}

impl<'a> From<&'a RecordedReferral> for Referral<'a> {
    fn from(it: &'a RecordedReferral) -> Self {
        Referral { clause: &it.clause, panel: &it.panel }
    }
}

impl<'a> From<&'a RecordedClause> for Clause<'a> {
    fn from(it: &'a RecordedClause) -> Self {
        Clause { number: &it.number, says: &it.says, citations: &it.citations }
    }
}

pub(crate) fn pounds(amount: Money) -> String {
    crate::pounds::decimal(amount.pence().into())
}
