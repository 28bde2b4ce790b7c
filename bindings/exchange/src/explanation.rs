//! An explanation as a document: which clauses made a decision, and what each did.
//!
//! The shape is written down in `schema/explanation.schema.json`; amounts are texts, as in a
//! decision.

use apportion::record::{CostLine, Record, RecordedClause};
use serde::Serialize;

use crate::decision::{Awaiting, ItemPlace, Value, all, pounds};
use crate::document::{DocumentError, json};

/// The JSON Schema of an explanation.
pub const SCHEMA: &str = include_str!("../schema/explanation.schema.json");

/// Writes the clauses that made a decision as JSON, in their order.
///
/// # Errors
///
/// Returns what `serde_json` could not write; a record gives it no cause.
pub fn to_json(record: &Record) -> Result<String, DocumentError> {
    json(&Explanation {
        policy: &record.policy,
        version: record.version,
        fingerprint: &record.fingerprint,
        covered: record.is_covered,
        not_covered_by: &record.not_covered_by,
        clauses: record.clauses.iter().map(|clause| Clause::of(record, clause)).collect(),
    })
}

#[derive(Serialize)]
struct Explanation<'a> {
    policy: &'a str,
    version: u32,
    fingerprint: &'a str,
    covered: bool,
    not_covered_by: &'a [String],
    clauses: Vec<Clause<'a>>,
}

#[derive(Serialize)]
struct Clause<'a> {
    number: &'a str,
    says: &'a [String],
    gives: Vec<Value<'a>>,
    pays: Vec<Pays<'a>>,
    awaits: Vec<Awaiting<'a>>,
    refers_to: Vec<&'a str>,
    citations: &'a [String],
}

#[derive(Serialize)]
struct Pays<'a> {
    party: &'a str,
    key: &'a str,
    pounds: String,
    unit: &'a str,
    item: Option<ItemPlace<'a>>,
}

impl<'a> From<&'a CostLine> for Pays<'a> {
    fn from(line: &'a CostLine) -> Self {
        Pays {
            party: &line.party,
            key: &line.outside,
            pounds: pounds(line.amount),
            unit: line.unit.trim(),
            item: line.item.as_ref().map(ItemPlace::from),
        }
    }
}

impl<'a> Clause<'a> {
    fn of(record: &'a Record, clause: &'a RecordedClause) -> Self {
        let lines = record.lines.iter().filter(|line| line.clause == clause.number);
        let awaiting = record.awaiting.iter().filter(|it| it.clause == clause.number);
        let referrals = record.referrals.iter().filter(|it| it.clause == clause.number);
        Clause {
            number: &clause.number,
            says: &clause.says,
            gives: all(&clause.values),
            pays: lines.map(Pays::from).collect(),
            awaits: awaiting.map(Awaiting::from).collect(),
            refers_to: referrals.map(|referral| referral.panel.as_str()).collect(),
            citations: &clause.citations,
        }
    }
}
