//! The pairs of a case in RON.

use ron::error::{Error, SpannedError};
use ron::value::RawValue;
use serde::Deserializer;

use super::pairs::Entries;
use crate::mistake::CaseTextMistake;

pub(super) fn pairs(text: &str) -> Result<Vec<(String, String)>, CaseTextMistake> {
    let mut deserializer = ron::Deserializer::from_str(text).map_err(|error| mistake(&error))?;
    let entries = deserializer
        .deserialize_any(Entries::<&RawValue>::new())
        .and_then(|entries| deserializer.end().map(|()| entries))
        .map_err(|error| mistake(&deserializer.span_error(error)))?;
    entries.into_iter().map(|(name, raw)| pair(name, raw)).collect()
}

/// A name with its value as the text of a fact.
fn pair(name: String, raw: &RawValue) -> Result<(String, String), CaseTextMistake> {
    let raw = raw.trim().get_ron();
    let is_string = raw.ends_with(['"', '#']);
    let text = if is_string {
        ron::from_str(raw).map_err(|_| CaseTextMistake::Nested { name: name.clone() })?
    } else if raw.contains(['(', '[', '{', '\'']) {
        return Err(CaseTextMistake::Nested { name });
    } else if raw.starts_with(char::is_alphabetic) {
        raw.replace('_', " ")
    } else {
        raw.to_string()
    };
    Ok((name, text))
}

fn mistake(error: &SpannedError) -> CaseTextMistake {
    let (line, column) = (error.span.start.line, error.span.start.col);
    let problem = match &error.code {
        Error::InvalidValueForType { .. } | Error::ExpectedMap => {
            return CaseTextMistake::NotFacts { example: r#"(care_cost: "£1,600.50")"# };
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
