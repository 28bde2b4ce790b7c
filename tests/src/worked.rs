//! Policies whose examples were worked out by hand: what each expects is what comes.
//!
//! The engine and the reference read one checked policy, so where a sentence is given the
//! wrong meaning both are wrong together. What a sentence means is therefore shown here, in
//! `tests/worked`: small policies, a subject each, with cases worked out on paper.

mod reference;

use std::fs;
use std::path::{Path, PathBuf};

use apportion::example::OutcomeKind;

use crate::bundles::policy;

/// The policies in `tests/worked`, and those of the examples.
fn policies() -> Vec<PathBuf> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let stories = fs::read_dir(top.join("examples")).unwrap().map(|entry| entry.unwrap().path());
    let folders = stories.filter(|path| path.is_dir()).chain([top.join("tests/worked")]);
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap());
    let files = files.map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|end| end == "policy")).collect()
}

/// What of a policy's examples came otherwise than expected.
fn astray(path: &Path) -> Vec<String> {
    let outcomes = policy(path).run_examples();
    let passed = outcomes.iter().filter(|outcome| outcome.kind == OutcomeKind::Passed).count();
    assert!(passed > 0, "{} has no examples", path.display());
    let failed = outcomes.iter().filter(|outcome| outcome.kind != OutcomeKind::Passed);
    failed.map(|outcome| format!("{}: {outcome:#?}", path.display())).collect()
}

#[test]
fn what_was_worked_out_by_hand_comes() {
    let policies = policies();
    assert!(policies.len() > 3, "{policies:?}");
    let astray: Vec<String> = policies.iter().flat_map(|path| astray(path)).collect();
    assert!(astray.is_empty(), "{}", astray.join("\n"));
}
