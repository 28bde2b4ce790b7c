//! What the examples of policies reach, as JSON.
//!
//! The shape is written down in `schema/coverage.schema.json`.

use apportion::coverage::{Coverage, Point, PointKind, Standing};
use apportion::source::Source;
use serde::Serialize;

use crate::document::{DocumentError, json};

/// The JSON Schema of what examples reach.
pub const SCHEMA: &str = include_str!("../schema/coverage.schema.json");

/// What the examples of one policy reach.
#[derive(Clone, Copy, Debug)]
pub struct Covered<'a> {
    /// The name of the policy's file.
    pub file: &'a str,
    /// The policy's texts.
    pub source: &'a Source,
    /// What they reach.
    pub coverage: &'a Coverage,
}

/// Writes what the examples of some policies reach as one JSON array.
///
/// # Errors
///
/// Returns what `serde_json` could not write; coverage gives it no cause.
pub fn to_json(all: &[Covered<'_>]) -> Result<String, DocumentError> {
    json(&all.iter().map(Entry::new).collect::<Vec<_>>())
}

/// A kind of thing to reach, in one word.
#[must_use]
pub fn kind(kind: PointKind) -> &'static str {
    match kind {
        PointKind::Clause => "clause",
        PointKind::Row => "row",
        PointKind::Edge => "edge",
        PointKind::Exception => "exception",
        PointKind::DatedValue => "dated_value",
    }
}

#[derive(Serialize)]
struct Entry<'a> {
    file: &'a str,
    points: Vec<Reached<'a>>,
    missing: Vec<Missing<'a>>,
}

#[derive(Serialize)]
struct Reached<'a> {
    kind: &'static str,
    clause: &'a str,
    what: &'a str,
    line: usize,
    shown_by: &'a [String],
    missing: Option<&'a str>,
}

#[derive(Serialize)]
struct Missing<'a> {
    name: &'a str,
    text: &'a str,
}

impl<'a> Entry<'a> {
    fn new(of: &Covered<'a>) -> Self {
        let missing = of.coverage.missing.iter();
        let points = of.coverage.points.iter();
        Entry {
            file: of.file,
            points: points.map(|point| Reached::new(of, point)).collect(),
            missing: missing.map(|it| Missing { name: &it.name, text: &it.text }).collect(),
        }
    }
}

impl<'a> Reached<'a> {
    fn new(of: &Covered<'a>, point: &'a Point) -> Self {
        let (shown_by, missing) = match &point.standing {
            Standing::Shown(by) => (by.as_slice(), None),
            Standing::Missing(place) => (&[][..], of.coverage.missing.get(*place)),
            Standing::NotSettled => (&[][..], None),
        };
        Reached {
            kind: kind(point.kind),
            clause: &point.clause,
            what: &point.what,
            line: of.source.place(point.span.start).line,
            shown_by,
            missing: missing.map(|missing| missing.name.as_str()),
        }
    }
}
