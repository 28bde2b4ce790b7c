//! Why something was refused before there was an answer, as JSON.
//!
//! The shape is written down in `schema/refusal.schema.json`.

use apportion::diagnostic::Diagnostic;
use apportion::source::Source;
use serde::Serialize;

use crate::document::{DocumentError, json};

/// The JSON Schema of a refusal.
pub const SCHEMA: &str = include_str!("../schema/refusal.schema.json");

/// One thing that stands in the way of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// A stable name for it, which has a page; none where the system or the use of a command is at fault.
    pub code: Option<&'static str>,
    /// What is wrong.
    pub message: String,
    /// The file it stands in.
    pub file: Option<String>,
    /// Its line, from 1.
    pub line: Option<usize>,
    /// Its column, in characters from 1.
    pub column: Option<usize>,
    /// The number of the clause it stands in.
    pub clause: Option<String>,
    /// One thing to do.
    pub help: Option<String>,
}

impl Reason {
    /// What was found in a policy.
    #[must_use]
    pub fn of_policy(source: &Source, diagnostic: &Diagnostic) -> Self {
        let place = source.place(diagnostic.span().start);
        Reason {
            code: Some(diagnostic.code),
            message: diagnostic.message.clone(),
            file: Some(place.file),
            line: Some(place.line),
            column: Some(place.column),
            clause: diagnostic.clause.clone(),
            help: diagnostic.help.clone(),
        }
    }
}

/// Writes all that stands in the way of an answer.
///
/// # Errors
///
/// Returns what `serde_json` could not write; reasons give it no cause.
pub fn to_json(reasons: &[Reason]) -> Result<String, DocumentError> {
    json(&Refusal { refused: reasons })
}

#[derive(Serialize)]
struct Refusal<'a> {
    refused: &'a [Reason],
}
