//! The pairs of a case in RON.

use apportion::policy::NOT_KNOWN;
use ron::error::{Error, SpannedError, SpannedResult};
use ron::value::RawValue;
use serde::Deserializer;

use super::given::{Given, ItemGiven};
use super::pairs::Entries;
use crate::mistake::CaseTextMistake;

/// A case, to be shown in messages.
pub(super) const CASE: &str = r#"(care_cost: "£1,600.50")"#;

/// An item, to be shown in messages.
pub(super) const ITEM: &str = r#"(price: "£640.00")"#;

/// What stands where there is no value.
const NONE: &str = "None";

pub(super) fn pairs(text: &str) -> Result<Vec<(String, Given)>, CaseTextMistake> {
    if is_empty(text) {
        return Ok(Vec::new());
    }
    let entries = entries(text).map_err(|error| mistake(&error))?;
    Ok(entries.into_iter().map(|(name, raw)| (name, given(raw))).collect())
}

/// The entries of a struct or a map, their values as written.
fn entries(text: &str) -> SpannedResult<Vec<(String, &RawValue)>> {
    let mut deserializer = ron::Deserializer::from_str(text)?;
    deserializer
        .deserialize_any(Entries::<&RawValue>::new())
        .and_then(|entries| deserializer.end().map(|()| entries))
        .map_err(|error| deserializer.span_error(error))
}

fn given(raw: &RawValue) -> Given {
    let raw = raw.trim();
    match raw.get_ron().starts_with('[').then(|| ron::from_str::<Vec<&RawValue>>(raw.get_ron())) {
        None => single(raw),
        Some(Ok(items)) => Given::Items(items.into_iter().map(item).collect()),
        Some(Err(_)) => Given::Nested,
    }
}

/// Whether nothing is stated: `ron` takes `()` for a value without a name, as it does a word.
fn is_empty(text: &str) -> bool {
    text.trim().strip_prefix('(').is_some_and(|rest| rest.trim_start() == ")")
}

/// An item, whose facts have one value each.
fn item(raw: &RawValue) -> ItemGiven {
    let raw = raw.trim().get_ron();
    if is_empty(raw) {
        return Some(Vec::new());
    }
    let entries = entries(raw).ok()?;
    Some(entries.into_iter().map(|(name, raw)| (name, single(raw))).collect())
}

/// One value as the text of a fact.
fn single(raw: &RawValue) -> Given {
    let raw = raw.trim().get_ron();
    if raw.ends_with(['"', '#']) {
        ron::from_str(raw).map_or(Given::Nested, Given::Text)
    } else if raw.contains(['(', '[', '{', '\'']) {
        Given::Nested
    } else if raw == NONE {
        Given::Text(NOT_KNOWN.to_string())
    } else if raw.starts_with(char::is_alphabetic) {
        Given::Text(raw.replace('_', " "))
    } else {
        Given::Text(raw.to_string())
    }
}

fn mistake(error: &SpannedError) -> CaseTextMistake {
    let (line, column) = (error.span.start.line, error.span.start.col);
    let problem = match &error.code {
        Error::InvalidValueForType { .. } | Error::ExpectedMap => {
            return CaseTextMistake::NotFacts { example: CASE };
        }
        Error::ExpectedComma => "a comma is missing, or quotes around a text",
        Error::ExpectedMapColon => "a colon is missing after a name",
        Error::ExpectedMapEnd | Error::ExpectedStructLikeEnd | Error::Eof => "the end is missing",
        Error::ExpectedIdentifier | Error::ExpectedString => "a name is missing",
        Error::ExpectedStringEnd => "the closing quotes are missing",
        Error::UnclosedBlockComment => "the end of a comment is missing",
        Error::TrailingCharacters => "something follows the end of the case",
        Error::ExceededRecursionLimit => "it is nested too deep",
        // Other messages of `ron` may repeat what is written, and so a value.
        _ => "it breaks off here",
    };
    CaseTextMistake::Syntax { format: "RON", problem: problem.to_string(), line, column }
}
