//! The pairs of a case in JSON.

use apportion::policy::NOT_KNOWN;
use serde::Deserializer;
use serde_json::value::RawValue;

use super::pairs::Entries;
use crate::mistake::CaseTextMistake;

pub(super) fn pairs(text: &str) -> Result<Vec<(String, String)>, CaseTextMistake> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let entries = deserializer
        .deserialize_map(Entries::<&RawValue>::new())
        .and_then(|entries| deserializer.end().map(|()| entries))
        .map_err(|error| mistake(&error))?;
    entries.into_iter().map(|(name, raw)| pair(name, raw.get())).collect()
}

/// A name with its value as the text of a fact.
fn pair(name: String, raw: &str) -> Result<(String, String), CaseTextMistake> {
    let text = match raw.as_bytes().first() {
        Some(b'{' | b'[') => return Err(CaseTextMistake::Nested { name }),
        Some(b'"') => serde_json::from_str(raw).map_err(|error| mistake(&error))?,
        _ if raw == "null" => NOT_KNOWN.to_string(),
        _ => raw.to_string(),
    };
    Ok((name, text))
}

fn mistake(error: &serde_json::Error) -> CaseTextMistake {
    // What `serde_json` says of a value of the wrong kind repeats the value.
    if error.is_data() {
        return CaseTextMistake::NotFacts { example: r#"{"care_cost": 1600.50}"# };
    }
    let (line, column) = (error.line(), error.column());
    let place = format!(" at line {line} column {column}");
    let problem = error.to_string().replace(&place, "");
    // `serde_json` counts what it has read of a line, which at its beginning is nothing.
    let column = column.max(1);
    CaseTextMistake::Syntax { format: "JSON", problem, line, column }
}
