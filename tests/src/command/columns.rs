//! `run`: which columns a caseload may have, settled before its first case.

use super::{Folder, POLICY, cell, csv, run, run_with, three_highs_but};

/// A caseload of one case with one column more.
fn with_column(name: &'static str, value: &'static str) -> String {
    csv(&[[three_highs_but(&[]), vec![(name, value)]].concat()])
}

/// Expects a caseload to be refused before its first case, with these words.
#[track_caller]
fn refuses(cases: &str, code: &str, words: &str) {
    let folder = Folder::new();
    let cases = folder.write("cases.csv", cases);
    let ran = run(&["run", POLICY, &cases, "-o", &folder.path("out.csv")]);
    assert_eq!((ran.code, ran.output.as_str()), (1, ""));
    assert!(ran.errors.contains(&format!("error[{code}]")), "{}", ran.errors);
    assert!(ran.errors.contains(words), "{}", ran.errors);
    assert_eq!(folder.names(), ["cases.csv"], "nothing is written");
}

#[test]
fn a_column_must_be_declared() {
    refuses(&with_column("fast_trak", "no"), "undeclared-column", "did you mean `fast track`?");
    refuses(&with_column("name", "Ann"), "undeclared-column", "`name`");
    refuses(&with_column("", ""), "column-without-name", "column 16");
}

#[test]
fn a_column_stands_once() {
    refuses(&with_column("Date of birth", "2017-05-03"), "column-twice", "`Date of birth`");
    let pence = with_column("cost_of_the_school_placement", "1");
    let pence = pence.replace("\n2017", ",cost_of_the_school_placement_pence\n2017");
    refuses(&pence, "column-twice", "`cost_of_the_school_placement_pence`");
}

#[test]
fn a_column_of_the_decisions_must_not_be_there_already() {
    refuses(&with_column("pays_icb", "1"), "answer-column-exists", "`pays_icb`");
}

#[test]
fn a_fact_without_a_default_needs_a_column() {
    let cases =
        csv(&[three_highs_but(&[])]).replace("breathing,", "").replace(",high,high,", ",high,");
    refuses(&cases, "missing-column", "no column gives `breathing`");
    refuses(
        &cases,
        "missing-column",
        "\n  `breathing` must be one of no additional needs, low, moderate, high, severe, priority\n",
    );
}

#[test]
fn several_missing_columns_stand_one_to_a_line() {
    let ran = run_with("date_of_birth,breathing\n", &["run", POLICY, "-"]);
    assert_eq!(ran.code, 1);
    let lines: Vec<&str> = ran.errors.lines().collect();
    assert_eq!(
        lines[0],
        "error[missing-column]: no column gives 13 of the facts, and the policy has no default \
         for them"
    );
    assert_eq!(lines[1], " --> -:1");
    for line in [
        "  `decision date` must be a date, such as 12 May 2026, 2026-05-12 or 12/05/2026",
        "  `registered with a GP in Northshire` must be yes or no",
    ] {
        assert!(lines.contains(&line), "{line} in {}", ran.errors);
    }
    assert_eq!(lines.iter().filter(|line| line.starts_with("  `")).count(), 13);
}

#[test]
fn a_caseload_has_a_line_of_names() {
    refuses("", "no-header", "names of the columns");
}

#[test]
fn every_column_mistake_is_found_in_one_run() {
    let cases = with_column("fast_trak", "no").replace("seizures", "seizure");
    let ran = run_with(cases, &["run", POLICY, "-"]);
    // Two that are not declared, and the fact that one of them should have given.
    assert_eq!(ran.errors.matches("error[").count(), 3, "{}", ran.errors);
}

#[test]
fn what_is_carried_reaches_the_decisions() {
    let cases = with_column("Case reference", "\"A, 1\"").replace(",day_care", ",team,day_care");
    let cases = cases.replace(",21.5", ",North,21.5");
    for carry in [&["--carry", "case reference, Team"][..], &["--carry-rest"]] {
        let ran = run_with(&cases, &[&["run", POLICY, "-"], carry].concat());
        assert_eq!(ran.code, 0, "{}", ran.errors);
        assert_eq!(cell(&ran.output, 0, "Case reference"), "A, 1");
        assert_eq!(cell(&ran.output, 0, "team"), "North");
        assert_eq!(cell(&ran.output, 0, "pays_icb"), "305.81");
    }
    let ran = run_with(&cases, &["run", POLICY, "-", "--carry", "team"]);
    assert_eq!(ran.code, 1);
    assert!(ran.errors.contains("`Case reference`") && !ran.errors.contains("`team`"));
    let ran = run_with(&cases, &["run", POLICY, "-", "--carry", "team,case reference,age"]);
    assert!(ran.errors.contains("no column `age` to carry"), "{}", ran.errors);
}

#[test]
fn a_fact_that_is_text_is_carried() {
    let folder = Folder::new();
    let policy = super::read(POLICY)
        .replace("\ndomains,", "  case reference                         text\n\ndomains,");
    let policy = folder.write("with_text.policy", policy);
    let ran = run_with(with_column("case_reference", "A1"), &["run", &policy, "-"]);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    assert_eq!(cell(&ran.output, 0, "case_reference"), "A1");
}
