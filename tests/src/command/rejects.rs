//! `run`: rows without a decision.

use super::{Folder, POLICY, cell, csv, read, run, run_with, three_highs_but};

/// A caseload with rows that are no cases among rows that are.
fn mixed() -> String {
    let good = three_highs_but(&[("fast_track", "")]);
    let but = |name, value| three_highs_but(&[("fast_track", ""), (name, value)]);
    csv(&[
        good.clone(),
        but("breathing", "secretly bad"),
        good.clone(),
        but("continence", "severe"),
        but("date_of_birth", "2017-02-30"),
        but("day_care", ""),
        but("date_of_birth", "2026-05-13"),
        but("fast_track", "not known"),
        good,
    ])
}

#[test]
fn every_row_is_decided_or_rejected() {
    let folder = Folder::new();
    let cases = folder.write("cases.csv", mixed() + "too,short\n");
    let (out, rejects) = (folder.path("out.csv"), folder.path("rejects.csv"));
    let ran = run(&["run", POLICY, &cases, "-o", &out, "--rejects", &rejects]);
    assert_eq!(ran.code, 1);
    let (decided, rejected) = (read(&out), read(&rejects));
    assert_eq!(decided.lines().count(), 1 + 3);
    let lines = |row| cell(&rejected, row, "line");
    assert_eq!([0, 1, 2, 3, 4, 5].map(lines), ["3", "5", "6", "7", "8", "9"]);
    let columns = |row| cell(&rejected, row, "column");
    assert_eq!(
        [0, 1, 2, 3, 4, 5].map(columns),
        ["breathing", "continence", "date_of_birth", "day_care", "", "fast_track"]
    );
    // The rows are there as they were, cell by cell.
    assert_eq!(cell(&rejected, 0, "breathing"), "secretly bad");
    assert!(rejected.lines().last().unwrap().ends_with("too,short"), "{rejected}");
    assert!(rejected.contains("the row has 2 cells, and there are 16 columns"));
}

#[test]
fn no_two_columns_of_the_rejects_have_one_name() {
    let bad = three_highs_but(&[("breathing", "bad")]);
    let caseload = csv(&[[&[("Reason", "late"), ("rejected_line", "7")][..], &bad].concat()]);
    let folder = Folder::new();
    let rejects = folder.path("rejects.csv");
    let ran = run_with(&caseload, &["run", POLICY, "-", "--carry-rest", "--rejects", &rejects]);
    assert_eq!(ran.code, 1, "{}", ran.errors);
    let rejected = read(&rejects);
    let names: Vec<&str> = rejected.lines().next().unwrap().split(',').take(5).collect();
    let own = "rejected_rejected_";
    let expected = [&format!("{own}line"), &format!("{own}column"), &format!("{own}reason")];
    assert_eq!(names[..3], expected);
    assert_eq!(names[3..], ["Reason", "rejected_line"]);
}

#[test]
fn a_row_is_in_the_line_of_its_first_cell() {
    let caseload = csv(&[three_highs_but(&[("mobility", "MOBILITY")])]);
    let (names, row) = caseload.split_once('\n').unwrap();
    let row = |mobility| row.replace("MOBILITY", mobility);
    // The names in line 2, rows in 3 and in 6 to 8, for a cell has a blank line, then in 9 and 12.
    let (many, worse, last) = (row("\"high,\n\nor not\""), row("worse"), row("worst"));
    let cases = format!("\n{names}\n{}\n\n{many}{worse}\n\n{last}", row("bad"));
    let folder = Folder::new();
    for line_end in ["\n", "\r\n", "\r"] {
        let rejects = folder.path("rejects.csv");
        let cases = cases.replace('\n', line_end);
        let ran = run_with(&cases, &["run", POLICY, "-", "--rejects", &rejects]);
        assert_eq!(ran.code, 1, "{}", ran.errors);
        let lines = |row| cell(&read(&rejects), row, "line");
        assert_eq!([0, 1, 2, 3].map(lines), ["3", "6", "9", "12"], "{line_end:?}");
    }
}

#[test]
fn a_row_that_a_quote_goes_on_through_says_where_it_opens() {
    let caseload = csv(&vec![three_highs_but(&[("mobility", "high")]); 3]);
    let lines: Vec<&str> = caseload.lines().collect();
    let opened = lines[1].replacen(",high,", ",\"high,", 1);
    // It is never closed: all that follows is one row.
    let cases = [lines[0], lines[1], &opened, lines[2], lines[3]].join("\n");
    let ran = run_with(&cases, &["run", POLICY, "-"]);
    let told = "line 3: the row has 6 cells, and there are 15 columns: a quote that opens in line 3 is not closed\n";
    assert!(ran.errors.starts_with(told), "{}", ran.errors);
    // Another quote closes it, a line too late.
    let closed = lines[2].replacen(",low,", ",low\",", 1);
    let cases = [lines[0], &opened, &closed, lines[3]].join("\r\n");
    let ran = run_with(&cases, &["run", POLICY, "-"]);
    assert!(
        ran.errors.contains("columns: see whether a quote that opens in line 2 should close there"),
        "{}",
        ran.errors
    );
    // In a cell that does not begin with it, a quote opens nothing.
    let inch = csv(&[three_highs_but(&[("mobility", "5\" high")])]) + "too,short\n";
    let ran = run_with(inch, &["run", POLICY, "-"]);
    let told = "line 3: the row has 2 cells, and there are 15 columns\n";
    assert!(ran.errors.contains(told), "{}", ran.errors);
}

/// The only fact has a default, so a case may be blank.
const HOURS: &str = "\
policy   Hours
about    a child
between
  the ICB   NHS ICB
version  1, in force from 1 April 2025

facts
  care cost   money, £10.00 unless stated

1    Who pays
1.1  The ICB pays care cost.
";

#[test]
fn in_one_column_a_blank_line_above_a_row_is_a_case() {
    let folder = Folder::new();
    let policy = folder.write("hours.policy", HOURS);
    for line_end in ["\n", "\r\n", "\r"] {
        let (out, rejects) = (folder.path("out.csv"), folder.path("rejects.csv"));
        let cases = "\ncare cost\n\n5\n\n\nmuch\n7\n\n".replace('\n', line_end);
        let ran = run_with(cases, &["run", &policy, "-", "-o", &out, "--rejects", &rejects]);
        assert_eq!(ran.code, 1, "{}", ran.errors);
        // Three blank ones, and 5 and 7; the blank line at the end is none.
        let pays: Vec<String> = (0..5).map(|row| cell(&read(&out), row, "pays_icb")).collect();
        assert_eq!(pays, ["10.00", "5.00", "10.00", "10.00", "7.00"], "{line_end:?}");
        assert_eq!(read(&out).trim_end().lines().count(), 1 + 5);
        assert_eq!(cell(&read(&rejects), 0, "line"), "7");
    }
}

#[test]
fn no_reason_repeats_a_value() {
    let ran = run_with(mixed(), &["run", POLICY, "-"]);
    assert_eq!(ran.code, 1);
    for value in ["secret", "2017-02-30", "2026-05-13", "severe\n"] {
        assert!(!ran.errors.contains(value), "{}", ran.errors);
    }
    assert!(ran.errors.contains("line 3, column `breathing`: `breathing` must be one of"));
    assert!(
        ran.errors.contains(
            "line 6, column `date_of_birth`: `date of birth` is a date that does not exist"
        )
    );
    assert!(ran.errors.contains("line 7, column `day_care`: not settled: needs day care\n"));
    assert!(ran.errors.contains("line 8: `date of birth` is after `decision date`"));
}

#[test]
fn a_value_is_shown_where_that_is_asked_for() {
    let esc = three_highs_but(&[("fast_track", ""), ("breathing", "\u{1b}[2J")]);
    let ran = run_with(
        mixed() + csv(&[esc]).lines().nth(1).unwrap() + "\n",
        &["run", POLICY, "-", "--show-values"],
    );
    let line = |start: &str| {
        let line = ran.errors.lines().find(|line| line.starts_with(start));
        line.unwrap_or_else(|| panic!("{start}\n{}", ran.errors))
    };
    assert!(line("line 3, column `breathing`: ").ends_with("; found \"secretly bad\""));
    assert!(line("line 6, column `date_of_birth`: ").ends_with("; found \"2017-02-30\""));
    // Of an empty cell, or where no one cell is at fault, there is nothing to show.
    assert!(line("line 7, column `day_care`: ").ends_with("needs day care"));
    assert!(!line("line 8: ").contains("found"));
    assert!(line("line 11, column `breathing`: ").ends_with("; found \"\\u{1b}[2J\""));
}

#[test]
fn at_most_twenty_rejects_are_named_without_a_file() {
    let cases = vec![three_highs_but(&[("breathing", "bad")]); 150];
    let ran = run_with(csv(&cases), &["run", POLICY, "-"]);
    assert_eq!(ran.errors.matches("line ").count(), 20);
    assert!(ran.errors.contains("and 130 rows more"), "{}", ran.errors);
    assert_eq!(ran.output.lines().count(), 1, "the names of the columns alone");
}

#[test]
fn a_row_that_is_no_text_is_rejected_as_it_is() {
    let folder = Folder::new();
    let mut cases = csv(&[three_highs_but(&[]), three_highs_but(&[])]).into_bytes();
    let place = cases.windows(4).rposition(|bytes| bytes == b"high").unwrap();
    cases[place] = 0xe9;
    let cases = folder.write("cases.csv", cases);
    let rejects = folder.path("rejects.csv");
    let ran = run(&["run", POLICY, &cases, "--rejects", &rejects]);
    assert_eq!((ran.code, ran.output.lines().count()), (1, 2));
    let rejected = std::fs::read(&rejects).unwrap();
    assert!(rejected.windows(4).any(|bytes| bytes == b"\xe9igh"));
    assert!(
        String::from_utf8_lossy(&rejected).contains(
            "\n3,mobility,the cell is not UTF-8 text; save the file in Excel as `CSV UTF-8"
        )
    );
}

#[test]
fn each_bad_cell_has_its_reason() {
    let reasons = [
        ("cost_of_the_school_placement", "£1.005", "whole pence"),
        ("cost_of_the_school_placement", "-5", "must be from £0.00"),
        ("cost_of_the_school_placement", "five pounds", "must be an amount of money in pounds"),
        ("day_care", "21.3", "must be in steps of 0.25"),
        ("waking_nights", "8", "must be from 0 to 7"),
        ("registered_with_a_gp_in_northshire", "maybe", "must be yes or no"),
        ("decision_date", "2025-03-31", "in force"),
        ("decision_date", "05/13/2026", "must be a date"),
        ("date_of_birth", "03/05/1817", "must be from 1 January 1900 to 31 December 2199"),
        ("date_of_birth", "29 February 2204", "must be from 1 January 1900 to"),
        ("day_care", "21.12345678901", "must be in steps of 0.25"),
        ("day_care", "1234567890123456", "must be from 0 to 168"),
    ];
    for (column, value, reason) in reasons {
        let ran = run_with(csv(&[three_highs_but(&[(column, value)])]), &["run", POLICY, "-"]);
        assert_eq!(ran.code, 1, "{column} {value}");
        assert!(ran.errors.contains(&format!("line 2, column `{column}`: ")), "{}", ran.errors);
        assert!(ran.errors.contains(reason), "{reason} in {}", ran.errors);
    }
}
