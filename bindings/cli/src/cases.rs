//! `apportion decide` and `apportion explain`: one case.

use std::path::Path;

use apportion::engine::case::Case;
use apportion::policy::Policy;
use apportion::record::Record;
use apportion_exchange::case::{from_json, from_ron};
use apportion_exchange::decision::{to_json, to_ron};
use apportion_exchange::explanation;

use crate::arguments::{DecisionFormat, TextOrJson};
use crate::failure::{Ended, Failure};
use crate::files;
use crate::policies;
use crate::terminal::Streams;

pub(crate) fn decide(
    policy: &Path,
    case: &Path,
    format: DecisionFormat,
    streams: &mut Streams<'_>,
) -> Result<Ended, Failure> {
    let Some(record) = record(policy, case, streams)? else { return Ok(Ended::Found) };
    let text = match format {
        DecisionFormat::Text => ended(&record.to_string()),
        DecisionFormat::Json => to_json(&record)?,
        DecisionFormat::Ron => to_ron(&record)?,
    };
    streams.output.write_all(text.as_bytes())?;
    Ok(Ended::Done)
}

pub(crate) fn explain(
    policy: &Path,
    case: &Path,
    format: TextOrJson,
    streams: &mut Streams<'_>,
) -> Result<Ended, Failure> {
    let Some(record) = record(policy, case, streams)? else { return Ok(Ended::Found) };
    let text = match format {
        TextOrJson::Json => explanation::to_json(&record)?,
        TextOrJson::Text if record.is_covered => ended(&record.explanation()),
        // Where the policy does not cover the case, the reason for that is all there is.
        TextOrJson::Text => ended(&record.to_string()),
    };
    streams.output.write_all(text.as_bytes())?;
    Ok(Ended::Done)
}

/// A text with one end of line at its end.
fn ended(text: &str) -> String {
    text.trim_end().to_string() + "\n"
}

/// The decision of a case; none where policy or case are refused, and it is then said why.
fn record(
    policy: &Path,
    case: &Path,
    streams: &mut Streams<'_>,
) -> Result<Option<Record>, Failure> {
    let Some(policy) = policies::load(policy, streams)? else { return Ok(None) };
    let text = files::case(case, streams.input)?;
    let file = case.display();
    match decided(&policy, case, &text) {
        Ok(record) => Ok(Some(record)),
        Err((code, message)) => {
            streams.find(&format!("error[{code}]: {message}\n --> {file}\n"))?;
            Ok(None)
        }
    }
}

/// The decision, or the code and the words of why there is none.
fn decided(policy: &Policy, path: &Path, text: &str) -> Result<Record, (&'static str, String)> {
    let case = case(policy, path, text)?;
    let decision = policy.decide(&case).map_err(|refused| (refused.code(), refused.to_string()))?;
    Ok(policy.record(&case, &decision))
}

fn case(policy: &Policy, path: &Path, text: &str) -> Result<Case, (&'static str, String)> {
    let read = if is_json(path, text) { from_json } else { from_ron };
    read(policy, text).map_err(|mistake| (mistake.code(), mistake.to_string()))
}

/// Whether a case is JSON rather than RON: by its ending, else by its first character.
fn is_json(path: &Path, text: &str) -> bool {
    let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
    match ending.as_ref().and_then(|ending| ending.to_str()) {
        Some("json") => true,
        Some("ron") => false,
        _ => text.trim_start_matches('\u{feff}').trim_start().starts_with('{'),
    }
}
