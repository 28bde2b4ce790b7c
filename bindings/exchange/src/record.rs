//! The record of a case: all that is needed to decide it again years later and to see that the same
//! comes of it.
//!
//! A record is the same bytes on every machine. Its fields come in one order, facts in the order in
//! which the policy declares them, whatever the order of the case's file; every value is a text as
//! people write it in that policy (`21.5`, `£917.42`, `12 May 2026`); lines end in `\n`. `sha256` is
//! the SHA-256 of the policy's text: byte order mark dropped, line ends as `\n`; of a policy that uses
//! others, of all the texts, as [`fingerprint`](apportion::policy::fingerprint) says. The shape is
//! written down in `schema/record.schema.json`.

use apportion::engine::case::{Case, State};
use apportion::engine::program::{FactId, Item, ListId};
use apportion::policy::{Policy, Refused};
use apportion::syntax::EDITION;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::decision::Decision;
use crate::document::{DocumentError, json, ron};
use crate::needs::Needs;

/// The JSON Schema of a record.
pub const SCHEMA: &str = include_str!("../schema/record.schema.json");

/// The shape of records that this version writes.
const SHAPE: u32 = 1;

/// Decides a case and writes the record of it as JSON.
///
/// What is not known, or refused, is recorded as well: what can still come of the case and what is
/// needed, or why it is refused.
///
/// # Errors
///
/// Returns what `serde_json` could not write; a record gives it no cause.
///
/// ```
/// # let policy = apportion::policy::Policy::parse("\
/// # policy   Half each
/// # about    a child
/// # between
/// #   the ICB       NHS Northshire ICB
/// #   the council   Northshire Council
/// # version  1, in force from 1 April 2025
/// #
/// # facts
/// #   care cost   money a week
/// #
/// # 1    Who pays
/// # 1.1  In every case: the ICB 50%, the council 50%.
/// # 1.2  Split care cost in the shares of 1.1.
/// # ").unwrap();
/// let case = policy.case([("care cost", "£1,000.01")]).unwrap();
/// let record = apportion_exchange::record::to_json(&policy, &case).unwrap();
/// assert!(apportion_exchange::verify::verify(&policy, &record).unwrap().is_empty());
/// let edited = record.replace("500.01", "400.01");
/// assert!(!apportion_exchange::verify::verify(&policy, &edited).unwrap().is_empty());
/// ```
pub fn to_json(policy: &Policy, case: &Case) -> Result<String, DocumentError> {
    with(policy, case, &[], |record| json(record))
}

/// The same without some facts, which the record names. It cannot be verified.
///
/// # Errors
///
/// As [`to_json`].
pub fn to_json_withholding(
    policy: &Policy,
    case: &Case,
    withheld: &[FactId],
) -> Result<String, DocumentError> {
    with(policy, case, withheld, |record| json(record))
}

/// The same as RON.
///
/// # Errors
///
/// Returns what `ron` could not write; a record gives it no cause.
pub fn to_ron(policy: &Policy, case: &Case) -> Result<String, DocumentError> {
    with(policy, case, &[], |record| ron(record))
}

/// The same as RON without some facts, which the record names.
///
/// # Errors
///
/// As [`to_ron`].
pub fn to_ron_withholding(
    policy: &Policy,
    case: &Case,
    withheld: &[FactId],
) -> Result<String, DocumentError> {
    with(policy, case, withheld, |record| ron(record))
}

/// The record as values, to compare.
pub(crate) fn to_value(policy: &Policy, case: &Case) -> Result<Value, DocumentError> {
    with(policy, case, &[], |record| Ok(serde_json::to_value(record)?))
}

#[derive(Serialize)]
struct Record<'a> {
    record: u32,
    engine: &'a str,
    language: u32,
    policy: PolicyOf<'a>,
    case: Map<String, Value>,
    panels: Vec<PanelFact<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    withheld: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<Decision<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    needs: Option<Needs<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<RefusedAs>,
}

#[derive(Serialize)]
struct PolicyOf<'a> {
    title: &'a str,
    version: u32,
    in_force_from: String,
    sha256: String,
}

/// A stated fact that a panel supplies.
#[derive(Serialize)]
struct PanelFact<'a> {
    key: &'a str,
    panel: &'a str,
}

#[derive(Serialize)]
struct RefusedAs {
    code: &'static str,
    message: String,
}

/// Decides a case and hands its record on.
fn with<T>(
    policy: &Policy,
    case: &Case,
    withheld: &[FactId],
    write: impl FnOnce(&Record<'_>) -> Result<T, DocumentError>,
) -> Result<T, DocumentError> {
    let checked = policy.checked();
    let withheld = &policy.withheld_together(withheld);
    let mut record = Record {
        record: SHAPE,
        engine: env!("CARGO_PKG_VERSION"),
        language: EDITION,
        policy: PolicyOf {
            title: &checked.title,
            version: checked.version.number,
            in_force_from: checked.version.from.to_string(),
            sha256: policy.program().fingerprint().to_string(),
        },
        case: stated(policy, case, withheld),
        panels: panels(policy, case),
        withheld: withheld
            .iter()
            .filter_map(|fact| Some(policy.facts().get(fact.index())?.outside.as_str()))
            .collect(),
        decision: None,
        needs: None,
        refused: None,
    };
    let refused = match policy.decide(case) {
        Ok(decision) => {
            let of = policy.record_withholding(case, &decision, withheld);
            record.decision = Some(Decision::from(&of));
            return write(&record);
        }
        Err(refused) => refused,
    };
    let is_open = !policy.open(case).is_empty();
    let foreseen = if is_open { policy.foresee_withholding(case, withheld) } else { Err(refused) };
    match foreseen {
        Ok(foreseen) => {
            record.needs = Some(Needs::of(&foreseen));
            write(&record)
        }
        Err(refused) => {
            record.refused = Some(RefusedAs::of(&refused));
            write(&record)
        }
    }
}

impl RefusedAs {
    fn of(refused: &Refused) -> RefusedAs {
        RefusedAs { code: refused.code(), message: refused.to_string() }
    }
}

/// What the case states, as a case of JSON: what is not known is `null`.
pub(crate) fn stated(policy: &Policy, case: &Case, withheld: &[FactId]) -> Map<String, Value> {
    let mut pairs = facts(policy, case, None, withheld);
    for (list, id) in policy.lists().iter().zip((0..).map(ListId)) {
        if let Some(count) = case.items(id) {
            let items = (0..count).map(|index| Item { list: id, index });
            let items = items.map(|item| Value::Object(facts(policy, case, Some(item), withheld)));
            pairs.insert(list.outside.clone(), Value::Array(items.collect()));
        }
    }
    pairs
}

/// The facts of the case, or of one item.
fn facts(
    policy: &Policy,
    case: &Case,
    item: Option<Item>,
    withheld: &[FactId],
) -> Map<String, Value> {
    let own = policy.facts().iter().zip((0..).map(FactId));
    let own =
        own.filter(|(fact, id)| fact.list == item.map(|item| item.list) && !withheld.contains(id));
    let pairs = own.filter_map(|(fact, id)| {
        let state = match item {
            Some(item) => case.item(item, id),
            None => case.get(id),
        };
        let value = match state {
            State::NotStated => return None,
            State::NotKnown => Value::Null,
            State::Known(value) => Value::String(policy.show_fact(fact, value)),
        };
        Some((fact.outside.clone(), value))
    });
    pairs.collect()
}

fn panels<'a>(policy: &'a Policy, case: &Case) -> Vec<PanelFact<'a>> {
    let facts = policy.facts().iter().zip((0..).map(FactId));
    let stated = facts.filter(|(_, id)| matches!(case.get(*id), State::Known(_)));
    let supplied = stated.filter_map(|(fact, _)| {
        let panel = fact.decided_by.or(fact.panel_share.map(|share| share.panel))?;
        let panel = &policy.checked().panels.get(panel.index())?.name;
        Some(PanelFact { key: &fact.outside, panel })
    });
    supplied.collect()
}
