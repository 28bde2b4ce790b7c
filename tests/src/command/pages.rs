//! `apportion letter`, `working`, `why-not` and `changes`.

use super::documents::valid;
use super::{Folder, POLICY, run, run_with};

fn case(name: &str) -> String {
    format!("{}/../examples/continuing_care/cases/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_letter_is_text_or_a_page_to_print() {
    let case = case("three_highs.ron");
    let text = run(&["letter", POLICY, &case]);
    assert_eq!(text.code, 0, "{}", text.errors);
    assert!(
        text.output.contains("\n  NHS Northshire ICB                          £305.81 a week\n")
    );
    assert!(text.output.contains("We were not told of fast track, and took it as no."));
    let html = run(&["letter", POLICY, &case, "--format", "html"]);
    assert_eq!(html.code, 0, "{}", html.errors);
    assert!(html.output.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\">"));
    assert!(html.output.contains("<td>£305.81 a week</td>"));
    assert!(!html.output.contains("<script") && !html.output.contains("http"));
}

#[test]
fn a_working_has_each_step() {
    let working = run(&["working", POLICY, &case("three_highs.ron")]);
    assert_eq!(working.code, 0, "{}", working.errors);
    let step = "\n          day care x day care rate: 21.5 hours x £25.61 = £550.615\n";
    assert!(working.output.contains(step), "{}", working.output);
}

#[test]
fn why_not_is_asked_of_what_is_not_drawn_or_of_one_conclusion() {
    let refused = case("refused_by_the_panel.json");
    let all = run(&["why-not", POLICY, &refused]);
    assert_eq!(all.code, 0, "{}", all.errors);
    assert!(
        all.output.contains("        It does not apply, because 2.4 does.\n"),
        "{}",
        all.output
    );
    assert!(
        all.output.contains("  2.1 would apply if panel decision were open.\n"),
        "{}",
        all.output
    );
    let one = run(&["why-not", POLICY, &refused, "--conclusion", "eligible"]);
    assert_eq!(one.output, all.output);
    let drawn = run(&["why-not", POLICY, &case("three_highs.ron"), "--conclusion", "eligible"]);
    assert!(drawn.output.contains("Why the child is eligible\n"), "{}", drawn.output);
    let none = run(&["why-not", POLICY, &refused, "--conclusion", "elligible"]);
    assert_eq!(none.code, 2);
    let says = "the policy draws no conclusion `elligible`; it draws eligible\n";
    assert!(none.errors.ends_with(says), "{}", none.errors);
}

#[test]
fn why_not_and_changes_of_a_case_that_is_not_covered_are_about_the_cover() {
    let case = case("eighteen_today.ron");
    let why_not = run(&["why-not", POLICY, &case]);
    assert!(why_not.output.contains("  This policy does not cover the child.\n"));
    let changes = run(&["changes", POLICY, &case]);
    assert_eq!((why_not.code, changes.code), (0, 0));
    let row = "  Date of birth 13 May 2008  this policy covers the child\n";
    assert!(changes.output.contains(row), "{}", changes.output);
}

#[test]
fn where_something_is_not_known_there_is_no_letter_yet() {
    let letter = run(&["letter", POLICY, &case("two_reports_outstanding.ron")]);
    assert_eq!((letter.code, letter.output.as_str()), (1, ""));
    assert!(letter.errors.contains("`psychological and emotional needs` is not known"));
}

/// A policy counts until it ends, and says so where it was to be reviewed before.
#[test]
fn a_decision_tells_that_the_policy_was_to_be_reviewed() {
    let folder = Folder::new();
    let policy = folder.write(
        "reviewed.policy",
        "policy   Reviewed\nabout    a child\nbetween\n  the ICB   NHS Northshire ICB\n\
         version  1, in force from 1 April 2026, review by 31 December 2026\ndated by  decision date\n\n\
         facts\n  decision date   a date\n  fee             money a week\n\n1    Pay\n1.1  The ICB pays fee.\n",
    );
    let said = "This version was to be reviewed by 31 December 2026.";
    for (day, is_due) in [("2026-12-31", false), ("2027-01-01", true)] {
        let case = format!("(decision_date: \"{day}\", fee: 5)");
        for command in ["decide", "letter", "working"] {
            let ran = run_with(case.as_str(), &[command, &policy, "-"]);
            assert_eq!((ran.code, ran.output.contains(said)), (0, is_due), "{}", ran.output);
        }
        let ran = run_with(case.as_str(), &["decide", &policy, "-", "--format", "json"]);
        let decided = valid(apportion_exchange::decision::SCHEMA, &ran.output);
        assert_eq!(decided.get("missed_review").is_some(), is_due);
    }
}
