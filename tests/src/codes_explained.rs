//! Every code has a page, whose example gets that code, and is clean once it is mended.
//!
//! The example is a fixture of the code: the page shows of it only the lines that change.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use apportion::bundle::Bundle;
use apportion::codes::{Page, near, pages};
use apportion::diagnostic::Diagnostic;
use apportion::policy::{Policy, is_clean};
use apportion::render;
use apportion_exchange::case::from_ron;

use crate::bundles::bundle_of;
use crate::mistakes::codes::{GENERATED, NEVER, codes_below};
use crate::mistakes::policies::today;
use crate::mistakes::{code_of, fixtures};

/// A mistake in a line that nobody can read, so no page shows it.
const UNREADABLE: &str = "not-text";

/// The codes of the bindings: mostly of files that hold neither a policy nor a case.
fn codes_of_files() -> BTreeSet<String> {
    let mut codes = codes_below("../bindings/exchange/src");
    for file in ["failure", "format", "test"] {
        codes.extend(codes_below(&format!("../bindings/cli/src/{file}.rs")));
    }
    codes
}

/// Lines of a policy or case that are mistaken, and what to write instead.
struct Change<'t> {
    before: Vec<&'t str>,
    after: Vec<&'t str>,
}

impl<'t> Change<'t> {
    /// The changes that the example of a page shows.
    fn all_of(page: &Page) -> Vec<Change<'static>> {
        let mut changes = Vec::new();
        let mut lines = page.text.lines();
        while lines.any(|line| line == "```diff") {
            let (mut before, mut after) = (Vec::new(), Vec::new());
            for line in lines.by_ref().take_while(|line| *line != "```") {
                let (mark, rest) = line.split_at_checked(1).unwrap_or((" ", ""));
                match mark {
                    "-" => before.push(rest),
                    "+" => after.push(rest),
                    " " => [&mut before, &mut after].into_iter().for_each(|of| of.push(rest)),
                    _ => panic!("{}: {line}", page.code),
                }
            }
            changes.push(Change { before, after });
        }
        changes
    }

    /// The text with the change made, where it holds these lines, and once.
    fn made(&self, text: &str) -> Option<String> {
        let lines: Vec<&str> = text.lines().collect();
        let of = self.before.len();
        let mut places =
            (0..=lines.len().checked_sub(of)?).filter(|at| lines[*at..at + of] == self.before);
        let (at, None) = (places.next()?, places.next()) else { return None };
        let changed = [&lines[..at], &self.after[..], &lines[at + of..]].concat();
        Some(changed.join("\n") + "\n")
    }
}

/// What is found in a policy, and in some case of it. Most examples have more facts than they use.
fn all_found(bundle: &Bundle, code: &str) -> Vec<Diagnostic> {
    match Policy::from_bundle(bundle) {
        Ok(policy) => {
            let unused = policy.unused().iter().filter(|it| it.code == code).cloned().collect();
            [policy.diagnostics().to_vec(), unused, policy.prove(), policy.notes(today())].concat()
        }
        Err(mistakes) => mistakes.diagnostics,
    }
}

/// Whether a fixture holds the lines of an example; then what is wrong with it once it is mended.
fn mended(page: &Page, change: &Change<'_>, fixture: &Path) -> Result<bool, String> {
    let own = fs::read_to_string(fixture).unwrap();
    let case = fs::read_to_string(fixture.with_extension("ron")).ok();
    let (policy, made) = (change.made(&own), case.as_deref().and_then(|case| change.made(case)));
    if policy.is_none() && made.is_none() {
        return Ok(false);
    }
    let bundle = bundle_of(fixture, &policy.unwrap_or(own));
    let found = all_found(&bundle, page.code);
    let wrong = |what: &str| Err(format!("{} in {}: {what}", page.code, fixture.display()));
    // Of a case that is mended the policy stays as it was, and may be one that refuses cases.
    let is_clean = made.is_some() || is_clean(&found);
    if !is_clean || found.iter().any(|it| it.code == page.code) {
        return wrong(&render::all(&bundle.source(), &found));
    }
    let Some(case) = made.or(case) else { return Ok(true) };
    let policy = Policy::from_bundle(&bundle).unwrap();
    match from_ron(&policy, &case).map(|case| policy.decide(&case)) {
        Ok(Ok(_)) => Ok(true),
        Ok(Err(refused)) => wrong(&refused.to_string()),
        Err(mistake) => wrong(&mistake.to_string()),
    }
}

#[test]
fn every_example_is_clean_once_it_is_mended() {
    let stages = ["lex", "names", "parse", "check", "prove", "unused", "note", "case"];
    let all: Vec<PathBuf> = stages.iter().flat_map(|stage| fixtures(stage)).collect();
    let (codes, files) = (codes_below("../dsl/src"), codes_of_files());
    let (mut examples, mut wrong) = (0, Vec::new());
    for page in pages() {
        let changes = Change::all_of(&page);
        let has_fixture = !GENERATED.contains(&page.code) && page.code != NEVER;
        // A code that is known of policies too has an example of one.
        let is_of_files = files.contains(page.code) && !codes.contains(page.code);
        let is_shown = has_fixture && !is_of_files && page.code != UNREADABLE;
        assert_eq!(is_shown, !changes.is_empty(), "{} and its example", page.code);
        for change in &changes {
            let own = all.iter().filter(|path| code_of(path) == page.code);
            let own: Vec<_> = own.map(|path| mended(&page, change, path)).collect();
            if !own.iter().any(|it| *it != Ok(false)) {
                wrong.push(format!("no fixture of {} has the lines of its example", page.code));
            }
            wrong.extend(own.into_iter().filter_map(Result::err));
            examples += 1;
        }
    }
    assert!(wrong.is_empty(), "{} of {examples}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(examples > 250, "{examples}");
}

#[test]
fn every_code_has_one_page_and_every_page_a_code() {
    let mut codes = codes_below("../dsl/src");
    codes.extend(codes_of_files());
    let explained: Vec<&str> = pages().map(|page| page.code).collect();
    let once: BTreeSet<String> = explained.iter().map(|code| (*code).to_owned()).collect();
    assert_eq!(once.len(), explained.len(), "a code has two pages");
    let without: Vec<&String> = codes.difference(&once).collect();
    assert!(without.is_empty(), "without a page: {without:?}");
    let unknown: Vec<&String> = once.difference(&codes).collect();
    assert!(unknown.is_empty(), "pages of no code: {unknown:?}");
}

/// Whoever types a code wrong by a letter is told the right one, or another that is as near.
#[test]
fn a_code_wrong_by_a_letter_is_near_one() {
    for page in pages() {
        let wrong = page.code.replacen('e', "u", 1);
        assert!(near(&wrong).is_some(), "{wrong}");
    }
}
