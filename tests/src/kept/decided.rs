//! What comes of a case that is given as JSON, as every way into the engine tells it.

use core::fmt;
use std::collections::BTreeSet;

use apportion::policy::Policy;
use apportion::record::{Record, RecordedValue};
use apportion_exchange::case::from_json;
use apportion_exchange::decision::to_json;
use serde_json::Value;

/// What comes of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The text that `apportion decide --format json` prints; also where the policy does not
    /// cover the case.
    Decided(String),
    /// There is no decision.
    Refused { code: String, message: String },
}

impl Outcome {
    pub(super) fn is_refused(&self) -> bool {
        matches!(self, Outcome::Refused { .. })
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Decided(text) => f.write_str(text),
            Outcome::Refused { code, message } => write!(f, "error[{code}]: {message}"),
        }
    }
}

/// Decides a case.
pub(super) fn decide(policy: &Policy, case: &Value) -> Outcome {
    match record(policy, case) {
        Ok(record) => Outcome::Decided(to_json(&record).unwrap()),
        Err(refused) => refused,
    }
}

fn record(policy: &Policy, case: &Value) -> Result<Record, Outcome> {
    let text = case.to_string();
    let case = from_json(policy, &text).unwrap_or_else(|mistake| panic!("{mistake}\n{text}"));
    let decision = policy.decide(&case).map_err(|refused| {
        let (code, message) = (refused.code().to_owned(), refused.to_string());
        Outcome::Refused { code, message }
    })?;
    Ok(policy.record(&case, &decision))
}

/// What a decision says, piece by piece, but for its amounts: two decisions that say the same
/// went the same way through the policy.
pub(super) fn said(policy: &Policy, case: &Value) -> BTreeSet<String> {
    let record = match record(policy, case) {
        Ok(record) => record,
        Err(refused) => return BTreeSet::from([refused.to_string()]),
    };
    let mut said = BTreeSet::from([format!("not covered by {:?}", record.not_covered_by)]);
    said.extend(record.facts.iter().map(|it| format!("{} default {}", it.name, it.is_default)));
    let conclusions = record.conclusions.iter();
    said.extend(conclusions.map(|it| format!("{} is {} by {:?}", it.name, it.is_drawn, it.by)));
    let given = |it: &RecordedValue| (it.name.clone(), it.value.is_some(), it.words.clone());
    said.extend(record.values.iter().map(|it| format!("{:?} given", given(it))));
    for of in &record.items {
        let drawn = of.conclusions.iter();
        said.extend(
            drawn.map(|it| format!("an item's {} is {} by {:?}", it.name, it.is_drawn, it.by)),
        );
        said.extend(of.values.iter().map(|it| format!("an item's {:?} given", given(it))));
    }
    said.extend(
        record
            .payments
            .iter()
            .map(|it| format!("{} pays{} {}", it.party, it.unit, it.amount.pence().signum())),
    );
    said.extend(
        record.lines.iter().map(|it| {
            format!("{} makes {} pay {}", it.clause, it.party, it.amount.pence().signum())
        }),
    );
    said.extend(record.awaiting.iter().map(|it| format!("{} awaits {}", it.clause, it.panel)));
    said.extend(record.referrals.iter().map(|it| format!("{} refers to {}", it.clause, it.panel)));
    for clause in &record.clauses {
        said.insert(format!("{} applies", clause.number));
        let rows = clause.says.iter().filter_map(|says| says.split_once(':'));
        said.extend(rows.map(|(row, _)| format!("{} {row}", clause.number)));
    }
    said
}
