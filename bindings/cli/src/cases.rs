//! `apportion decide`, `apportion needs` and `apportion explain`: one case.

use std::path::Path;

use apportion::engine::case::Case;
use apportion::policy::{Policy, Refused};
use apportion::record::Record;
use apportion_exchange::case::{from_json, from_ron};
use apportion_exchange::decision::{to_json, to_ron};
use apportion_exchange::facts::not_known;
use apportion_exchange::{explanation, needs};

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

pub(crate) fn needs(
    policy: &Path,
    case: &Path,
    format: TextOrJson,
    streams: &mut Streams<'_>,
) -> Result<Ended, Failure> {
    let foreseen = of_case(policy, case, streams, |policy, case| policy.foresee(case))?;
    let Some(foreseen) = foreseen else { return Ok(Ended::Found) };
    let text = match format {
        TextOrJson::Text => ended(&foreseen.to_string()),
        TextOrJson::Json => needs::to_json(&foreseen)?,
    };
    streams.output.write_all(text.as_bytes())?;
    Ok(Ended::Done)
}

/// A text with one end of line at its end.
pub(crate) fn ended(text: &str) -> String {
    text.trim_end().to_string() + "\n"
}

/// The decision of a case; none where policy or case are refused, and it is then said why.
fn record(
    policy: &Path,
    case: &Path,
    streams: &mut Streams<'_>,
) -> Result<Option<Record>, Failure> {
    of_case(policy, case, streams, |policy, case| {
        policy.decide(case).map(|decision| policy.record(case, &decision))
    })
}

/// What is made of a case; none where policy or case are refused, and it is then said why.
pub(crate) fn of_case<T>(
    policy: &Path,
    path: &Path,
    streams: &mut Streams<'_>,
    make: impl FnOnce(&Policy, &Case) -> Result<T, Refused>,
) -> Result<Option<T>, Failure> {
    let Some(policy) = policies::load(policy, streams)? else { return Ok(None) };
    let text = files::case(path, streams.input)?;
    let read = if is_json(path, &text) { from_json } else { from_ron };
    let case = match read(&policy, &text) {
        Ok(case) => case,
        Err(mistakes) => {
            for mistake in mistakes.each() {
                streams.refuse(path, mistake.code(), mistake.to_string())?;
            }
            return Ok(None);
        }
    };
    match make(&policy, &case) {
        Ok(made) => Ok(Some(made)),
        Err(refused) => {
            let message = refused.to_string() + &also_not_known(&policy, &case, &refused);
            streams.refuse(path, refused.code(), message)?;
            Ok(None)
        }
    }
}

/// What else a case lacks that is refused because one fact is not known.
fn also_not_known(policy: &Policy, case: &Case, refused: &Refused) -> String {
    let Refused::NotKnown { fact, item: None, .. } = refused else { return String::new() };
    let others = not_known(policy, case).into_iter().filter(|other| other != fact);
    let others: Vec<String> = others.map(|other| format!("`{other}`")).collect();
    match &others[..] {
        [] => String::new(),
        others => format!("; not known either: {}", others.join(", ")),
    }
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
