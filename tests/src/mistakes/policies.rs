//! Mistakes in policies: each fixture yields its own code, once, and the message it keeps.

use apportion::bundle::Bundle;
use apportion::diagnostic::Diagnostic;
use apportion::engine::date::Date;
use apportion::policy::Policy;
use apportion::render;

use super::{code_of, fixtures};
use crate::bundles::bundle;
use crate::golden::golden;

/// What is found in a policy, whether or not it can be used.
pub(super) fn found(text: &str) -> Vec<Diagnostic> {
    found_in(&Bundle::from(text))
}

/// What is found in a policy with the texts it uses.
fn found_in(bundle: &Bundle) -> Vec<Diagnostic> {
    match Policy::from_bundle(bundle) {
        Ok(policy) => policy.diagnostics().to_vec(),
        Err(mistakes) => mistakes.diagnostics,
    }
}

#[track_caller]
fn check(stage: &str) {
    for path in fixtures(stage) {
        let file = path.file_name().unwrap().to_str().unwrap();
        let bundle = bundle(&path);
        let found = found_in(&bundle);
        let drawn = render::all(&bundle.source(), &found);
        let codes: Vec<&str> = found.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes, [code_of(&path)], "{file}:\n{drawn}");
        golden(&path.with_extension("txt"), &drawn);
    }
}

#[test]
fn text_that_is_no_token() {
    check("lex");
}

#[test]
fn names_that_cannot_be() {
    check("names");
}

#[test]
fn sentences_that_cannot_be_read() {
    check("parse");
}

#[test]
fn policies_that_mean_nothing() {
    check("check");
}

#[track_caller]
fn check_sound(stage: &str, found: impl Fn(&Policy) -> Vec<Diagnostic>) {
    for path in fixtures(stage) {
        let file = path.file_name().unwrap().to_str().unwrap();
        let bundle = bundle(&path);
        let policy = Policy::from_bundle(&bundle).unwrap_or_else(|found| panic!("{file}: {found}"));
        let found = found(&policy);
        let drawn = render::all(&bundle.source(), &found);
        let codes: Vec<&str> = found.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes, [code_of(&path)], "{file}:\n{drawn}");
        golden(&path.with_extension("txt"), &drawn);
    }
}

/// What goes wrong in some case of a policy that can be used.
#[test]
fn policies_that_go_wrong_in_some_case() {
    check_sound("prove", Policy::prove);
}

/// What is declared, and named by no clause.
#[test]
fn policies_in_which_something_is_never_named() {
    check_sound("unused", |policy| {
        assert_eq!(policy.prove(), []);
        policy.unused().to_vec()
    });
}

/// The day on which notes are looked for.
pub(crate) fn today() -> Date {
    Date::new(2026, 4, 1).unwrap()
}

/// What is worth knowing of a policy in which nothing goes wrong.
#[test]
fn policies_of_which_something_is_worth_knowing() {
    check_sound("note", |policy| {
        assert_eq!(policy.prove(), []);
        policy.notes(today())
    });
}
