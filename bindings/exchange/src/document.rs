//! Anything serde can write, as JSON or RON for people and programs to read.

use serde::Serialize;
use thiserror::Error;

/// What a document could not be written for.
#[derive(Debug, Error)]
pub enum DocumentError {
    /// As JSON.
    #[error("the document cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// As RON.
    #[error("the document cannot be written as RON: {0}")]
    Ron(#[from] ron::Error),
}

/// JSON over several lines, with an end of line at the end.
pub(crate) fn json(document: &impl Serialize) -> Result<String, DocumentError> {
    Ok(serde_json::to_string_pretty(document)? + "\n")
}

/// RON over several lines, with an end of line at the end.
pub(crate) fn ron(document: &impl Serialize) -> Result<String, DocumentError> {
    let pretty = ron::ser::PrettyConfig::new().new_line("\n");
    Ok(ron::ser::to_string_pretty(document, pretty)? + "\n")
}
