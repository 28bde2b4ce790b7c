//! Every code has a fixture, or a test here where a fixture would be too large.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use apportion::checked::Type;
use apportion::policy::Policy;
use apportion::reading::read_type;

use super::codes_of;
use super::hostile;

/// Codes whose text is made by a test: too large to be kept, or reached from code only.
pub(crate) const GENERATED: [&str; 10] = [
    "text-too-large",
    "text-too-dense",
    "more-mistakes",
    "too-many-clauses",
    "too-many-conditions",
    "too-many-rates",
    "too-many-rows",
    "too-many-tools",
    "empty-value",
    "other-policy",
];

/// A program that does not fit its own checks is a mistake of Apportion, and no policy is
/// known that makes one.
pub(crate) const NEVER: &str = "program-unsound";

/// The codes that stand in a file or folder of the source: texts of small words joined by dashes.
pub(crate) fn codes_below(source: &str) -> BTreeSet<String> {
    let mut paths = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(source)];
    let mut codes = BTreeSet::new();
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            paths.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            codes.extend(codes_in(&fs::read_to_string(path).unwrap()));
        }
    }
    codes
}

fn codes_in(text: &str) -> BTreeSet<String> {
    let lines = text.lines().map(str::trim_start).filter(|line| !line.starts_with("//"));
    let quoted = lines.flat_map(|line| line.split('"').skip(1).step_by(2));
    quoted.filter(|text| is_code(text)).map(str::to_owned).collect()
}

fn is_code(text: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    text.contains('-') && text.split('-').all(is_word)
}

#[test]
fn codes_are_found_in_source() {
    let text = "/// \"not-this\"\nlet code = \"no-row\"; format!(\"a {b} - c\", \"yes\");";
    assert_eq!(codes_in(text), BTreeSet::from(["no-row".to_owned()]));
}

#[test]
fn every_code_has_a_fixture_and_every_fixture_a_code() {
    let mut shown =
        codes_of(&["lex", "names", "parse", "check", "prove", "unused", "note", "case"]);
    shown.extend(GENERATED.map(str::to_owned));
    shown.insert(NEVER.to_owned());
    let codes = codes_below("../dsl/src");
    let without: Vec<&String> = codes.difference(&shown).collect();
    assert!(without.is_empty(), "without a fixture: {without:?}");
    let unknown: Vec<&String> = shown.difference(&codes).collect();
    assert!(unknown.is_empty(), "fixtures of no code: {unknown:?}");
}

#[test]
fn an_empty_value_is_none() {
    assert_eq!(read_type(&Type::YesNo, &[], "  ").unwrap_err().code(), "empty-value");
}

#[test]
fn a_case_of_another_policy_is_refused() {
    let one = Policy::parse(&hostile::policy("  late   yes or no\n", "")).unwrap();
    let other = Policy::parse(&hostile::policy("  early   yes or no\n", "")).unwrap();
    let case = one.case([("late", "yes")]).unwrap();
    assert_eq!(other.decide(&case).unwrap_err().code(), "other-policy");
}
