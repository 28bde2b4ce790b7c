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
fn columns_that_something_else_parts_are_one_mistake() {
    let cases = csv(&[three_highs_but(&[])]);
    let one = |cases: &str, code, words| {
        let ran = run_with(cases, &["run", POLICY, "-"]);
        assert_eq!(ran.errors.matches("error[").count(), 1, "{}", ran.errors);
        refuses(cases, code, words);
    };
    one(&cases.replace(',', ";"), "other-separator", "the columns are parted by `;`");
    one(&cases.replace(',', "\t"), "other-separator", "the columns are parted by tabs");
    one(&["sep=,\n", &cases].concat(), "separator-line", "`sep=`, is for Excel alone");
    one(&["sep=;\n", &cases.replace(',', ";")].concat(), "separator-line", "take it out");
    let title = ["Packages of June,,\n\n", &cases].concat();
    one(&title, "no-names", "the names of the columns stand in line 3:");
    // A case may stand where the names should, and it is private: one cell of it as well.
    let first = cases.lines().nth(1).unwrap();
    for nowhere in ["Packages of June,,\na,b,c\n", first] {
        one(nowhere, "no-names", "the first line names no fact of the policy, and");
        assert!(!run_with(nowhere, &["run", POLICY, "-"]).errors.contains("June"));
    }
    one(&["\u{feff}", &cases.replace(',', ";")].concat(), "other-separator", "by `;`");
}

#[test]
fn a_file_that_is_no_text_is_one_mistake() {
    let cases = csv(&[three_highs_but(&[])]);
    let wide: Vec<u8> = cases.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let not_text = |cases: &[u8], words: &str| {
        let ran = run_with(cases, &["run", POLICY, "-"]);
        let told = format!(
            "error[not-text]: the file is not UTF-8 text but {words}; save the file in Excel as `CSV UTF-8 (Comma delimited)`\n --> -:1\n"
        );
        assert_eq!((ran.code, ran.errors), (1, told));
    };
    not_text(&[&[0xff, 0xfe][..], &wide].concat(), "text in UTF-16");
    not_text(&wide, "text in UTF-16");
    not_text(b"PK\x03\x04\x14\0\x06\0", "a document of Word or Excel, or an archive");
    not_text(b"caf\xe9,care cost\n", "text in another encoding");
    not_text(&[0x89, b'P', b'N', b'G', b'\r', 0, 1], "something else, such as a picture");
}

#[test]
fn of_very_many_columns_the_first_are_told() {
    let many: String = (0..5_000).map(|number| format!("unheard of {number},")).collect();
    let ran = run_with([many.as_str(), "breathing\n"].concat(), &["run", POLICY, "-"]);
    assert_eq!(ran.errors.matches("error[undeclared-column]").count(), 100);
    assert!(ran.errors.contains("error[more-mistakes]: there are 4900 mistakes more"));
    assert!(ran.errors.contains("error[missing-column]: no column gives 14 of the facts"));
    let many: String = (0..120_000).map(|number| format!("c{number},")).collect();
    let told = "there are 120001 columns, and a caseload has at most 16384";
    refuses(&[&many, "breathing\n"].concat(), "too-many-columns", told);
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
