//! Ten thousand cases with their decisions, kept in `tests/kept`: every way into the engine
//! gives the same bytes. The README there says how they are written down and chosen.

mod chosen;
mod decided;
mod file;
mod spelled;

use std::path::{Path, PathBuf};

use apportion::policy::Policy;
use apportion_exchange::case::from_json;
use serde_json::Value;

use crate::comparison::compare;
use decided::{Outcome, decide};
use spelled::facts;

/// How many cases are kept.
const CASES: usize = 10_000;

/// A policy with the cases of it that are kept, as JSON.
struct KeptPolicy {
    /// Where it is from.
    from: String,
    text: String,
    cases: Vec<Value>,
    /// What comes of each case.
    outcomes: Vec<Outcome>,
}

impl KeptPolicy {
    fn policy(&self) -> Policy {
        let KeptPolicy { from, text, .. } = self;
        Policy::parse(text).unwrap_or_else(|mistakes| panic!("{from}\n{mistakes}"))
    }

    /// Takes what comes of the cases now, once the reference agrees on them.
    fn judge(&mut self) {
        let policy = self.policy();
        let read = self.cases.iter().map(|case| from_json(&policy, &case.to_string()).unwrap());
        // Read again and not remembered: a slip in writing a case down keeps nothing false.
        let read: Vec<_> = read.map(|case| facts(&policy, &case)).collect();
        if let Err(difference) = compare(&policy, &read) {
            panic!("{}\n{difference}", self.from);
        }
        self.outcomes = self.cases.iter().map(|case| decide(&policy, case)).collect();
    }

    /// The cases of which something else comes now.
    fn different(&self) -> Vec<String> {
        let policy = self.policy();
        let cases = self.cases.iter().zip(&self.outcomes);
        let now = cases.map(|(case, kept)| (case, kept, decide(&policy, case)));
        let different = now.filter(|(_, kept, now)| now != *kept);
        different
            .map(|(case, kept, now)| format!("{}\n{case}\nkept: {kept}\nnow:  {now}", self.from))
            .collect()
    }
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("kept/cases.jsonl.gz")
}

fn different(policies: &[KeptPolicy]) -> Vec<String> {
    policies.iter().flat_map(KeptPolicy::different).collect()
}

/// Writes the file again with the cases that it has; where there is none, with chosen ones.
fn bless() {
    let mut policies = if path().exists() { file::read(&path()) } else { chosen::chosen() };
    if policies.iter().any(|it| it.outcomes.is_empty()) || !different(&policies).is_empty() {
        policies.iter_mut().for_each(KeptPolicy::judge);
        file::write(&path(), &policies);
    }
}

#[test]
fn every_kept_case_comes_out_as_kept() {
    if std::env::var_os("BLESS").is_some() {
        bless();
    }
    let policies = file::read(&path());
    let different = different(&policies);
    if let Some(first) = different.first() {
        panic!("{} of {CASES} come out otherwise; BLESS=1 accepts that\n{first}", different.len());
    }
    let outcomes = || policies.iter().flat_map(|policy| &policy.outcomes);
    assert_eq!(outcomes().count(), CASES);
    let refused = outcomes().filter(|it| it.is_refused()).count();
    assert!((CASES / 20..CASES / 2).contains(&refused), "{refused}");
}
