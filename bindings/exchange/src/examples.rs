//! What came of the examples of policies, as JSON.
//!
//! The shape is written down in `schema/examples.schema.json`.

use apportion::example::{Difference, ExampleOutcome, OutcomeKind};
use apportion::policy::Policy;
use serde::Serialize;

use crate::document::{DocumentError, json};

/// The JSON Schema of what came of examples.
pub const SCHEMA: &str = include_str!("../schema/examples.schema.json");

/// The examples of one policy, run.
#[derive(Clone, Debug)]
pub struct Ran {
    /// The name of the policy's file.
    pub file: String,
    outcomes: Vec<(usize, ExampleOutcome)>,
    /// Why none was run.
    not_run: Option<String>,
}

impl Ran {
    /// Runs the examples of a policy.
    #[must_use]
    pub fn new(file: &str, policy: &Policy) -> Self {
        let line = |outcome: &ExampleOutcome| policy.source().place(outcome.span.start).line;
        let outcomes = policy.run_examples().into_iter();
        let outcomes = outcomes.map(|outcome| (line(&outcome), outcome)).collect();
        Ran { file: file.to_string(), outcomes, not_run: None }
    }

    /// A policy whose examples were not run, and why.
    #[must_use]
    pub fn not_run(file: &str, reason: String) -> Self {
        Ran { file: file.to_string(), outcomes: Vec::new(), not_run: Some(reason) }
    }

    /// What came of each, with the line its name stands in.
    pub fn outcomes(&self) -> &[(usize, ExampleOutcome)] {
        &self.outcomes
    }
}

/// Writes what came of the examples of some policies as one JSON array.
///
/// # Errors
///
/// Returns what `serde_json` could not write; examples give it no cause.
pub fn to_json(all: &[Ran]) -> Result<String, DocumentError> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for ran in all {
        let outcomes = ran.outcomes.iter();
        entries.extend(outcomes.map(|(line, outcome)| Entry::new(&ran.file, *line, outcome)));
        entries.extend(ran.not_run.as_deref().map(|reason| Entry::not_run(&ran.file, reason)));
    }
    json(&entries)
}

#[derive(Serialize)]
struct Entry<'a> {
    name: Option<&'a str>,
    file: &'a str,
    line: usize,
    outcome: &'static str,
    reason: Option<&'a str>,
    differences: Vec<Differs<'a>>,
}

#[derive(Serialize)]
struct Differs<'a> {
    what: &'a str,
    expected: &'a str,
    got: &'a str,
    pence: Option<i64>,
}

impl<'a> Entry<'a> {
    fn new(file: &'a str, line: usize, example: &'a ExampleOutcome) -> Self {
        let (outcome, differences) = match &example.kind {
            OutcomeKind::Passed => ("passed", &[][..]),
            OutcomeKind::Failed(differences) => ("failed", &differences[..]),
        };
        let differences = differences.iter().map(Differs::from).collect();
        Entry { name: Some(&example.name), file, line, outcome, reason: None, differences }
    }

    fn not_run(file: &'a str, reason: &'a str) -> Self {
        let (outcome, reason) = ("not run", Some(reason));
        Entry { name: None, file, line: 1, outcome, reason, differences: Vec::new() }
    }
}

impl<'a> From<&'a Difference> for Differs<'a> {
    fn from(it: &'a Difference) -> Self {
        Differs { what: &it.what, expected: &it.expected, got: &it.got, pence: it.pence }
    }
}
