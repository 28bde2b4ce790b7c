//! The language reference: its policies are clean, their examples pass, its refusals are what
//! the checker says.
//!
//! A block marked `policy` is a whole policy. One marked `clauses` or `refused` is read below the
//! header of the last policy above it on its page, or else of the first page's; a block marked
//! `message` is what is said of the one before it, line by line, without places. One marked `tool`
//! and the name of a file is a whole policy, which those below it on its page may use. One marked `needs`
//! and the name of an example is what is needed for its case.

use std::fs;
use std::path::{Path, PathBuf};

use apportion::bundle::Bundle;
use apportion::example::OutcomeKind;
use apportion::format::format_bundle;
use apportion::policy::{Policy, is_clean};
use apportion::render;

use crate::examples::files;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../dsl/reference")
}

/// A fenced block of a page.
struct Fenced {
    mark: String,
    text: String,
    /// Where it stands, for whoever has to find it.
    place: String,
}

fn fenced(path: &Path) -> Vec<Fenced> {
    let page = fs::read_to_string(path).unwrap();
    let mut blocks: Vec<Fenced> = Vec::new();
    let mut is_inside = false;
    for (number, line) in (1..).zip(page.lines()) {
        match line.strip_prefix("```") {
            Some(mark) if !is_inside => {
                let place = format!("{}:{number}", path.display());
                blocks.push(Fenced { mark: mark.to_string(), text: String::new(), place });
                is_inside = true;
            }
            Some(_) => is_inside = false,
            None if is_inside => blocks.last_mut().unwrap().text += &format!("{line}\n"),
            None => {}
        }
    }
    blocks
}

/// The blocks of every page, each with the policy it stands in.
fn blocks() -> Vec<(Fenced, Bundle)> {
    let first = fenced(&folder().join("README.md"));
    let first = first.iter().find(|block| block.mark == "policy").unwrap().text.clone();
    let mut all = Vec::new();
    for page in files(&folder(), &["md"]) {
        let mut header = header(&first);
        let mut bundle = Bundle::default();
        for block in fenced(&page) {
            let policy = match block.mark.strip_prefix("tool ") {
                Some(file) => {
                    bundle.add(file, &block.text);
                    block.text.clone()
                }
                None if block.mark == "policy" => {
                    header = self::header(&block.text);
                    block.text.clone()
                }
                None => below(&header, &block.text),
            };
            all.push((block, bundle.with_text(&policy)));
        }
    }
    all
}

impl Fenced {
    /// Whether it is a policy, or clauses of one, that can be used.
    fn is_sound(&self) -> bool {
        ["policy", "clauses"].contains(&self.mark.as_str()) || self.mark.starts_with("tool ")
    }
}

/// A policy up to its first section.
fn header(policy: &str) -> String {
    let is_section = |line: &&str| line.starts_with(|first: char| first.is_ascii_digit());
    let lines = policy.lines().take_while(|line| !is_section(line));
    lines.map(|line| format!("{line}\n")).collect()
}

/// Clauses below a header, in a section of their own where they have none.
fn below(header: &str, clauses: &str) -> String {
    let first = clauses.split(' ').next().unwrap_or_default();
    let section = if first.contains('.') { "1    On this page\n" } else { "" };
    format!("{header}{section}{clauses}")
}

#[test]
fn every_policy_is_clean_and_its_examples_pass() {
    let (mut policies, mut examples) = (0, 0);
    for (block, bundle) in blocks() {
        if !block.is_sound() {
            continue;
        }
        let policy = Policy::from_bundle(&bundle)
            .unwrap_or_else(|mistakes| panic!("{}\n{mistakes}\n{}", block.place, block.text));
        let found = policy.diagnostics();
        assert!(is_clean(found), "{}\n{}", block.place, render::all(policy.source(), found));
        for outcome in policy.run_examples() {
            assert_eq!(outcome.kind, OutcomeKind::Passed, "{} {}", block.place, outcome.name);
            examples += 1;
        }
        policies += 1;
    }
    assert!(policies >= 76 && examples >= 120, "{policies} with {examples} examples");
}

#[test]
fn every_policy_is_in_the_one_layout() {
    for (block, bundle) in blocks() {
        if block.is_sound() {
            let formatted = format_bundle(&bundle).unwrap();
            assert!(
                formatted == bundle.source().own_text(),
                "{}: `apportion format` writes\n{formatted}",
                block.place
            );
        }
    }
}

#[test]
fn every_refusal_says_what_the_page_says() {
    let mut refused: Option<(String, String)> = None;
    let mut messages = 0;
    for (block, bundle) in blocks() {
        match (block.mark.as_str(), refused.take()) {
            ("refused", None) => {
                let mistakes = Policy::from_bundle(&bundle).map(|_| ());
                let mistakes = mistakes.expect_err(&block.place);
                refused = Some((block.place, mistakes.to_string()));
            }
            ("message", Some((place, said))) => {
                let lines: Vec<&str> = said.lines().collect();
                let missing = block.text.lines().find(|line| !lines.contains(line));
                assert_eq!(missing, None, "{place} is told\n{said}");
                assert_eq!(said.matches("error[").count(), 1, "{place} is told\n{said}");
                messages += 1;
            }
            (mark, refused) => {
                assert!(refused.is_none(), "a refusal without its message before {}", block.place);
                assert_ne!(mark, "message", "{} is about nothing", block.place);
            }
        }
    }
    assert!(messages >= 10, "{messages}");
}

/// A block marked `needs` and the name of an example of the policy above it is what `apportion needs`
/// says of that example's case.
#[test]
fn every_case_needs_what_the_page_says() {
    let mut shown = 0;
    for page in files(&folder(), &["md"]) {
        let mut policy = None;
        for block in fenced(&page) {
            if block.mark == "policy" {
                policy = Policy::parse(&block.text).ok();
            }
            let Some(name) = block.mark.strip_prefix("needs ") else { continue };
            let policy = policy.as_ref().unwrap();
            let examples = &policy.checked().examples;
            let example = examples.iter().find(|example| example.name == name).unwrap();
            let needs = policy.foresee(&policy.example_case(example)).unwrap().to_string();
            assert!(needs.ends_with(&block.text), "{} is shown\n{needs}", block.place);
            shown += 1;
        }
    }
    assert!(shown > 0);
}

/// Every page is a module of the crate and linked from the first.
#[test]
fn every_page_is_found() {
    let source = fs::read_to_string(folder().join("../src/reference.rs")).unwrap();
    let first = fs::read_to_string(folder().join("README.md")).unwrap();
    // What the codes of messages mean is asked of the command, and read nowhere else.
    let is_of_codes =
        |page: &PathBuf| page.parent().is_some_and(|folder| folder.ends_with("codes"));
    for page in files(&folder(), &["md"]).into_iter().filter(|page| !is_of_codes(page)) {
        let name = page.file_name().unwrap().to_str().unwrap();
        assert!(source.contains(&format!("../reference/{name}")), "{name} is no module");
        let link = format!("]: {name}");
        assert!(name == "README.md" || first.contains(&link), "{name} is not linked");
    }
}
