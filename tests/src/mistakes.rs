//! Every message, kept in a file beside the policy that triggers it.
//!
//! `tests/mistakes` has a folder for each stage that finds mistakes. A file is called after
//! its code, with more words after a point where a code has several: `no_share.policy` is
//! `no-share`, `unknown_name.hyphen.policy` is `unknown-name`. A mistake in a case has the
//! case beside the policy, as RON.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) mod codes;
mod edges;
mod hostile;
pub(crate) mod policies;
mod slips;
mod wording;
mod words;

/// The folder of the fixtures of a stage.
fn folder(stage: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/mistakes").join(stage)
}

/// The policies of a stage, by name.
pub(crate) fn fixtures(stage: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder(stage)).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut policies: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|end| end == "policy")).collect();
    policies.sort();
    assert!(!policies.is_empty(), "{stage} has no fixtures");
    policies
}

/// The code that a fixture is called after.
pub(crate) fn code_of(path: &Path) -> String {
    let name = path.file_name().unwrap().to_str().unwrap();
    name.split('.').next().unwrap().replace('_', "-")
}

/// The codes of all fixtures of some stages.
fn codes_of(stages: &[&str]) -> BTreeSet<String> {
    stages.iter().flat_map(|stage| fixtures(stage)).map(|path| code_of(&path)).collect()
}
