//! The pairs of a case in JSON.

use apportion::policy::NOT_KNOWN;
use serde::Deserializer;
use serde_json::value::RawValue;

use super::given::{Given, ItemGiven};
use super::pairs::Entries;
use crate::mistake::CaseTextMistake;

/// A case, to be shown in messages.
pub(super) const CASE: &str = r#"{"care_cost": 1600.50}"#;

/// An item, to be shown in messages.
pub(super) const ITEM: &str = r#"{"price": 640.00}"#;

pub(super) fn pairs(text: &str) -> Result<Vec<(String, Given)>, CaseTextMistake> {
    let entries = entries(text).map_err(|error| mistake(&error))?;
    entries.into_iter().map(|(name, raw)| Ok((name, given(raw.get())?))).collect()
}

/// The entries of an object, their values as written.
fn entries(text: &str) -> Result<Vec<(String, &RawValue)>, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let entries = deserializer.deserialize_map(Entries::<&RawValue>::new())?;
    deserializer.end()?;
    Ok(entries)
}

fn given(raw: &str) -> Result<Given, CaseTextMistake> {
    if !raw.starts_with('[') {
        return single(raw);
    }
    let items: Vec<&RawValue> = serde_json::from_str(raw).map_err(|error| mistake(&error))?;
    Ok(Given::Items(
        items.into_iter().map(|item| self::item(item.get())).collect::<Result<_, _>>()?,
    ))
}

/// An item, whose facts have one value each.
fn item(raw: &str) -> Result<ItemGiven, CaseTextMistake> {
    if !raw.starts_with('{') {
        return Ok(None);
    }
    let entries = entries(raw).map_err(|error| mistake(&error))?;
    entries
        .into_iter()
        .map(|(name, raw)| Ok((name, single(raw.get())?)))
        .collect::<Result<_, _>>()
        .map(Some)
}

/// One value as the text of a fact.
fn single(raw: &str) -> Result<Given, CaseTextMistake> {
    Ok(match raw.as_bytes().first() {
        Some(b'{' | b'[') => Given::Nested,
        Some(b'"') => Given::Text(serde_json::from_str(raw).map_err(|error| mistake(&error))?),
        _ if raw == "null" => Given::Text(NOT_KNOWN.to_string()),
        _ => Given::Text(raw.to_string()),
    })
}

fn mistake(error: &serde_json::Error) -> CaseTextMistake {
    // What `serde_json` says of a value of the wrong kind repeats the value.
    if error.is_data() {
        return CaseTextMistake::NotFacts { example: CASE };
    }
    let (line, column) = (error.line(), error.column());
    let place = format!(" at line {line} column {column}");
    let problem = error.to_string().replace(&place, "");
    // `serde_json` counts what it has read of a line, which at its beginning is nothing.
    let column = column.max(1);
    CaseTextMistake::Syntax { format: "JSON", problem, line, column }
}
