//! The smallest changes to the evidence that would turn an answer, as a document: each with a case
//! that can be decided as it stands.
//!
//! The shape is written down in `schema/changes.schema.json`.

use apportion::engine::case::Case;
use apportion::engine::decision::Decision;
use apportion::policy::Policy;
use apportion::why::{Asked, Change, ChangedFact, Changes, LeftOut};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::decision::{ItemPlace, all};
use crate::document::{DocumentError, json};
use crate::record::stated;

/// The JSON Schema of what would turn answers.
pub const SCHEMA: &str = include_str!("../schema/changes.schema.json");

/// Looks for what would turn some answers about a case, within so many steps each, and writes it as
/// JSON, over several lines.
///
/// # Errors
///
/// Returns what `serde_json` could not write; this gives it no cause.
///
/// ```
/// # let policy = apportion::policy::Policy::parse("\
/// # policy   Places
/// # about    a child
/// # version  1, in force from 1 April 2025
/// #
/// # facts
/// #   places   whole number, 0 to 9
/// #
/// # 1    Places
/// # 1.1  A child is urgent when places are at least 3.
/// # ").unwrap();
/// use apportion::why::{Asked, MOST_STEPS};
/// use apportion_exchange::changes::to_json;
///
/// let case = policy.case([("places", "1")]).unwrap();
/// let decision = policy.decide(&case).unwrap();
/// let urgent = Asked::Conclusion(policy.conclusion("urgent").unwrap());
/// let document = to_json(&policy, &case, &decision, &[urgent], MOST_STEPS).unwrap();
/// assert!(document.contains(r#""to": "3""#));
/// ```
pub fn to_json(
    policy: &Policy,
    case: &Case,
    decision: &Decision,
    asked: &[Asked],
    most_steps: usize,
) -> Result<String, DocumentError> {
    let found: Vec<(Asked, Changes)> = asked
        .iter()
        .map(|asked| (*asked, policy.changes(case, decision, *asked, most_steps)))
        .collect();
    let checked = policy.checked();
    json(&Document {
        policy: &checked.title,
        version: checked.version.number,
        fingerprint: policy.program().fingerprint().to_string(),
        asked: found
            .iter()
            .map(|(asked, changes)| Answer::of(policy, decision, *asked, changes))
            .collect(),
    })
}

#[derive(Serialize)]
struct Document<'a> {
    policy: &'a str,
    version: u32,
    fingerprint: String,
    asked: Vec<Answer<'a>>,
}

/// What would turn one answer.
#[derive(Serialize)]
struct Answer<'a> {
    name: &'a str,
    key: &'a str,
    holds: bool,
    complete: bool,
    changes: Vec<Turning<'a>>,
}

#[derive(Serialize)]
struct Turning<'a> {
    facts: Vec<Changed<'a>>,
    left_out: Vec<Without<'a>>,
    by: &'a [String],
    case: Map<String, Value>,
}

#[derive(Serialize)]
struct Without<'a> {
    name: &'a str,
    key: &'a str,
}

impl<'a> From<&'a LeftOut> for Without<'a> {
    fn from(fact: &'a LeftOut) -> Self {
        Without { name: &fact.name, key: &fact.outside }
    }
}

#[derive(Serialize)]
struct Changed<'a> {
    name: &'a str,
    key: &'a str,
    item: Option<ItemPlace<'a>>,
    from: Option<&'a str>,
    to: &'a str,
}

impl<'a> Answer<'a> {
    fn of(
        policy: &'a Policy,
        decision: &Decision,
        asked: Asked,
        changes: &'a Changes,
    ) -> Answer<'a> {
        let (name, key, holds) = match asked {
            Asked::Cover => ("covered", "covered", decision.is_covered()),
            Asked::Conclusion(id) => {
                let conclusion = policy.checked().conclusions.get(id.index());
                let names = conclusion.map(|it| (it.name.as_str(), it.outside.as_str()));
                let (name, key) = names.unwrap_or_default();
                (name, key, decision.concludes(id).unwrap_or(false))
            }
        };
        let turning = |change: &'a Change| Turning {
            facts: all(&change.facts),
            left_out: all(&change.left_out),
            by: &change.by,
            case: stated(policy, &change.case, &[]),
        };
        let complete = changes.is_complete;
        Answer { name, key, holds, complete, changes: changes.found.iter().map(turning).collect() }
    }
}

impl<'a> From<&'a ChangedFact> for Changed<'a> {
    fn from(fact: &'a ChangedFact) -> Self {
        Changed {
            name: &fact.name,
            key: &fact.outside,
            item: fact.item.as_ref().map(ItemPlace::from),
            from: fact.from.as_deref(),
            to: &fact.to,
        }
    }
}
