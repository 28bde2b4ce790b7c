//! What was found in policies, as JSON: the fields of each diagnostic, not its drawing.
//!
//! The shape is written down in `schema/diagnostics.schema.json`.

use apportion::diagnostic::{Diagnostic, Label, Severity, ShownCase, Stated};
use apportion::source::{Source, Span};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::document::{DocumentError, json, ron};
use crate::refusal::Reason;

/// The JSON Schema of a list of diagnostics.
pub const SCHEMA: &str = include_str!("../schema/diagnostics.schema.json");

/// What was found in one policy.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// Its text, with those it uses.
    pub source: &'a Source,
    /// What was found in them.
    pub diagnostics: &'a [Diagnostic],
}

/// Writes what was found in some policies as one JSON array.
///
/// # Errors
///
/// Returns what `serde_json` could not write; diagnostics give it no cause.
pub fn to_json(found: &[Found<'_>]) -> Result<String, DocumentError> {
    to_json_with_unread(found, &[])
}

/// Writes what was found in some policies, and behind it why others could not be read.
///
/// # Errors
///
/// As [`to_json`].
pub fn to_json_with_unread(
    found: &[Found<'_>],
    unread: &[Reason],
) -> Result<String, DocumentError> {
    let mut entries: Vec<Entry<'_>> = found
        .iter()
        .flat_map(|found| found.diagnostics.iter().map(|diagnostic| Entry::new(*found, diagnostic)))
        .collect();
    entries.extend(unread.iter().map(Entry::unread));
    json(&entries)
}

/// Writes a case that shows something as the file of a case in RON, which is decided once the policy is
/// mended.
///
/// # Errors
///
/// Returns what `ron` could not write; a case gives it no cause.
pub fn case_to_ron(case: &ShownCase) -> Result<String, DocumentError> {
    ron(&stated(case))
}

/// A case that shows something, as a case of JSON.
fn stated(case: &ShownCase) -> Map<String, Value> {
    let mut pairs = facts(&case.facts);
    pairs.extend(case.lists.iter().map(|(list, items)| {
        let items = items.iter().map(|item| Value::Object(facts(item)));
        (list.clone(), Value::Array(items.collect()))
    }));
    pairs
}

fn facts(stated: &Stated) -> Map<String, Value> {
    let pairs = stated.iter().map(|(name, text)| (name.clone(), Value::String(text.clone())));
    pairs.collect()
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Place,
    clause: Option<&'a str>,
    notes: &'a [String],
    help: Option<&'a str>,
    labels: Vec<Mark<'a>>,
    cases: Vec<Map<String, Value>>,
}

#[derive(Serialize)]
struct Mark<'a> {
    #[serde(flatten)]
    place: Place,
    text: &'a str,
    primary: bool,
}

/// A stretch of a file as people count: from 1, columns in characters; the end is the first
/// character after it.
#[derive(Serialize)]
struct Place {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

impl<'a> Entry<'a> {
    fn new(found: Found<'a>, diagnostic: &'a Diagnostic) -> Self {
        Entry {
            code: diagnostic.code,
            severity: diagnostic.severity.word(),
            message: &diagnostic.message,
            place: Place::new(found.source, diagnostic.span()),
            clause: diagnostic.clause.as_deref(),
            notes: &diagnostic.notes,
            help: diagnostic.help.as_deref(),
            labels: diagnostic.labels.iter().map(|label| Mark::new(found.source, label)).collect(),
            cases: diagnostic.cases.iter().map(stated).collect(),
        }
    }

    fn unread(reason: &'a Reason) -> Self {
        let (file, line) = (reason.file.clone().unwrap_or_default(), reason.line.unwrap_or(1));
        let place = Place { file, line, column: 1, end_line: line, end_column: 1 };
        Entry {
            code: reason.code.unwrap_or("file-unreadable"),
            severity: Severity::Error.word(),
            message: &reason.message,
            place,
            clause: None,
            notes: &[],
            help: reason.help.as_deref(),
            labels: Vec::new(),
            cases: Vec::new(),
        }
    }
}

impl<'a> Mark<'a> {
    fn new(source: &Source, label: &'a Label) -> Self {
        let place = Place::new(source, label.span);
        Mark { place, text: &label.text, primary: label.is_primary }
    }
}

impl Place {
    fn new(source: &Source, span: Span) -> Self {
        let (start, end) = (source.place(span.start), source.place(span.end));
        Place {
            file: start.file,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}
