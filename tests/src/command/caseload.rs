//! `run`: what stands in the decisions.

use super::{Folder, POLICY, cell, csv, read, run, run_with, three_highs_but};

/// Runs a caseload that nothing is wrong with, from standard input to standard output.
#[track_caller]
fn decisions(cases: impl AsRef<[u8]>) -> String {
    let ran = run_with(cases, &["run", POLICY, "-"]);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    ran.output
}

/// The examples of the language reference, as one caseload.
fn examples() -> Vec<Vec<(&'static str, &'static str)>> {
    let all = [("fast_track", ""), ("panel_decision", "")];
    let changes: [&[(&str, &str)]; 8] = [
        &[],
        &[("decision_date", "2025-05-12")],
        &[
            ("breathing", "severe"),
            ("eating_and_drinking", "low"),
            ("mobility", "low"),
            ("day_care", "20.5"),
            ("waking_nights", "0"),
        ],
        &[
            ("breathing", "priority"),
            ("seizures", "severe"),
            ("drug_therapies", "high"),
            ("day_care", "84"),
            ("waking_nights", "7"),
        ],
        &[
            ("breathing", "priority"),
            ("drug_therapies", "priority"),
            ("challenging_behaviour", "priority"),
        ],
        &[("fast_track", "yes")],
        &[("panel_decision", "refused")],
        &[("date_of_birth", "2008-05-12")],
    ];
    changes.iter().map(|changes| three_highs_but(&[&all[..], changes].concat())).collect()
}

#[test]
fn the_examples_of_the_reference_come_out_in_their_order() {
    let decided = decisions(csv(&examples()));
    let expected = [
        ["yes", "yes", "22", "917.42", "305.81", "305.81", "305.80", ""],
        ["yes", "yes", "22", "879.45", "293.15", "293.15", "293.15", ""],
        ["yes", "yes", "18", "525.01", "131.25", "393.76", "0.00", ""],
        ["yes", "yes", "54", "3435.04", "1600.00", "1148.03", "687.01", "the joint panel"],
        ["yes", "yes", "76", "917.42", "642.20", "183.48", "91.74", ""],
        ["yes", "yes", "22", "917.42", "917.42", "0.00", "0.00", ""],
        ["yes", "no", "22", "917.42", "0.00", "917.42", "0.00", ""],
        ["no", "", "", "", "", "", "", ""],
    ];
    let columns = [
        "covered",
        "eligible",
        "total_points",
        "care_cost",
        "pays_icb",
        "pays_social_care",
        "pays_education",
        "referred_to",
    ];
    for (row, expected) in expected.iter().enumerate() {
        let got = columns.map(|column| cell(&decided, row, column));
        assert_eq!(got, *expected, "row {row}");
    }
    assert_eq!(
        cell(&decided, 3, "clauses"),
        "1.1; 2.1; 3.1; 3.2; 4.1; 5.1; 5.2; 6.1; 7.1; 7.2; 7.3"
    );
    assert_eq!(cell(&decided, 7, "clauses"), "");
}

#[test]
fn the_columns_given_come_first_and_as_they_are() {
    let cases = csv(&examples());
    let decided = decisions(&cases);
    for (given, decided) in cases.lines().zip(decided.lines()) {
        assert!(decided.starts_with(&format!("{given},")), "{decided}");
    }
    assert_eq!(decided.lines().count(), 1 + 8);
}

#[test]
fn spellings_of_spreadsheets_are_read() {
    let plain = three_highs_but(&[("cost_of_the_school_placement", "1234.50")]);
    let spelt = three_highs_but(&[
        ("cost_of_the_school_placement", "\"£1,234.50\""),
        ("date_of_birth", "03/05/2017"),
        ("decision_date", "\"12/05/2026\""),
        ("registered_with_a_gp_in_northshire", "TRUE"),
        ("breathing", "High"),
        ("seizures", "\"no  additional needs\""),
    ]);
    let [plain, spelt] = [plain, spelt].map(|case| csv(&[case]));
    let windows = format!("\u{feff}{}", spelt.replace('\n', "\r\n"));
    let titled = spelt.replace("date_of_birth", "Date of birth").replace("day_care", "DAY CARE");
    let with_empty_lines = spelt.replace('\n', "\n\n");
    for spelling in [&spelt, &windows, &titled, &with_empty_lines] {
        let decided = decisions(spelling);
        assert_eq!(cell(&decided, 0, "pays_education"), "1540.30", "305.80 + 1,234.50");
        assert_eq!(decided.lines().count(), 2);
        for column in ["eligible", "pays_icb", "clauses"] {
            assert_eq!(cell(&decided, 0, column), cell(&decisions(&plain), 0, column));
        }
    }
    let yes = |word: &'static str| {
        csv(&[three_highs_but(&[("registered_with_a_gp_in_northshire", word)])])
    };
    for (word, covered) in
        [("1", "yes"), ("yes", "yes"), ("0", "no"), ("false", "no"), ("No", "no")]
    {
        assert_eq!(cell(&decisions(yes(word)), 0, "covered"), covered);
    }
}

#[test]
fn pence_are_read_under_a_name_that_ends_so() {
    let case = three_highs_but(&[("cost_of_the_school_placement_pence", "123450")]);
    assert_eq!(cell(&decisions(csv(&[case])), 0, "pays_education"), "1540.30");
}

#[test]
fn a_caseload_longer_than_a_block_keeps_its_order() {
    // Row by row one more quarter of an hour, at £25.61 an hour, over several blocks.
    let header = csv(&[three_highs_but(&[("waking_nights", "0")])]);
    let (names, row) = header.trim_end().split_once('\n').unwrap();
    let rows: Vec<String> = (0..600)
        .map(|quarters| row.replace("21.5", &format!("{}.{:02}", quarters / 4, quarters % 4 * 25)))
        .collect();
    let decided = decisions(format!("{names}\n{}\n", rows.join("\n")));
    let mut reader = csv::Reader::from_reader(decided.as_bytes());
    let place = reader.headers().unwrap().iter().position(|name| name == "care_cost").unwrap();
    let costs = reader.records().map(|row| row.unwrap()[place].to_string());
    let expected = (0..600).map(|quarters| {
        // 2561 pence over 4, halves up.
        let pence = (quarters * 2561 * 2 + 4) / 8;
        format!("{}.{:02}", pence / 100, pence % 100)
    });
    assert!(costs.eq(expected));
}

#[test]
fn a_panel_is_listed_once() {
    let folder = Folder::new();
    let clause = "\n7.4  The case is referred to the joint panel when fast track.\n\n8    ";
    let policy = folder.write("p.policy", read(POLICY).replacen("\n8    ", clause, 1));
    let over = [("day_care", "84"), ("waking_nights", "7")];
    let fast = [("fast_track", "yes"), over[0], over[1]];
    let slow = [("fast_track", "no"), over[0], over[1]];
    let within = [("fast_track", "no")];
    let cases = [&fast[..], &slow, &within].map(three_highs_but);
    let ran = run_with(csv(&cases), &["run", &policy, "-"]);
    let referred = |row| cell(&ran.output, row, "referred_to");
    // A third of £3,435.04 is within the limit, all of it is not.
    assert_eq!([0, 1, 2].map(referred), ["the joint panel", "", ""]);
    assert!(cell(&ran.output, 0, "clauses").ends_with("7.3; 7.4"), "{}", ran.output);
}

#[test]
fn each_unit_has_its_own_columns() {
    let folder = Folder::new();
    let fact = "facts\n  equipment                              money\n";
    let clause = "\n7.4  Education pays equipment.\n\n8    ";
    let policy = read(POLICY).replacen("facts\n", fact, 1).replacen("\n8    ", clause, 1);
    // What is paid once is no part of the weekly cost that the promise is about.
    let policy = policy.lines().filter(|line| !line.starts_with("8.1")).collect::<Vec<_>>();
    let policy = folder.write("p.policy", policy.join("\n"));
    let case = three_highs_but(&[("equipment", "£250")]);
    let ran = run_with(csv(&[case]), &["run", &policy, "-"]);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    assert_eq!(cell(&ran.output, 0, "pays_icb_a_week"), "305.81");
    assert_eq!(cell(&ran.output, 0, "pays_education_a_week"), "305.80");
    assert_eq!(cell(&ran.output, 0, "pays_education"), "250.00");
    assert!(ran.errors.contains("education pays a week"), "{}", ran.errors);
}

#[test]
fn the_summary_adds_up_every_row() {
    let ran = run_with(csv(&examples()), &["run", POLICY, "-"]);
    let line = |name: &str| {
        let line = ran.errors.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.split_whitespace().last()).unwrap_or_default()
    };
    assert_eq!(line("cases"), "8");
    assert_eq!(line("accepted"), "8");
    assert_eq!(line("rejected"), "0");
    assert_eq!(line("not covered"), "1");
    assert_eq!(line("eligible"), "6");
    // 305.81 + 293.15 + 131.25 + 1,600.00 + 642.20 + 917.42
    assert_eq!(line("the ICB pays"), "£3,889.83");
    // 305.80 + 293.15 + 687.01 + 91.74
    assert_eq!(line("education pays"), "£1,377.70");
}

#[test]
fn decisions_take_their_place_when_they_are_whole() {
    let folder = Folder::new();
    let cases = folder.write("cases.csv", csv(&examples()));
    let (out, rejects) = (folder.write("out.csv", "before"), folder.path("rejects.csv"));
    let ran = run(&["run", POLICY, &cases, "-o", &out, "--rejects", &rejects]);
    assert_eq!((ran.code, ran.output.as_str()), (0, ""));
    assert_eq!(read(&out), decisions(csv(&examples())));
    assert!(read(&rejects).starts_with("line,column,reason,date_of_birth,"));
    assert_eq!(folder.names(), ["cases.csv", "out.csv", "rejects.csv"]);
}

#[test]
fn a_run_that_fails_leaves_what_was_there() {
    let folder = Folder::new();
    // A quote left open: more than a row may have follows it.
    let open = csv(&examples()) + "\"" + &"x,".repeat(1 << 20);
    let cases = folder.write("cases.csv", open);
    let out = folder.write("out.csv", "before");
    let ran = run(&["run", POLICY, &cases, "-o", &out, "--rejects", &folder.path("rejects.csv")]);
    assert_eq!(ran.code, 2);
    assert!(ran.errors.contains("is not closed within 1 MiB"), "{}", ran.errors);
    assert_eq!(read(&out), "before");
    assert_eq!(folder.names(), ["cases.csv", "out.csv"]);
}

/// The first of the two commands of the front page, as it stands there.
#[test]
fn the_command_of_the_front_page_decides_its_caseload() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let page = read(format!("{root}/README.md"));
    let command = page.split("```sh\n").nth(1).unwrap().split_once("```").unwrap().0;
    let command = command.replace("\\\n", " ");
    let command = command.strip_prefix("cargo run --release -p apportion-cli -- ").unwrap();
    let folder = Folder::new();
    let decided = folder.path("decided.csv");
    let arguments = command.split_whitespace().map(|word| match word {
        "decided.csv" => decided.clone(),
        path if path.starts_with("examples/") => format!("{root}/{path}"),
        other => other.to_string(),
    });
    let arguments: Vec<String> = arguments.collect();
    let ran = run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(ran.code, 0, "{}", ran.errors);
    assert_eq!(read(&decided).lines().count(), 1 + 500);
}

/// The second is what every change has to pass.
#[test]
fn the_other_command_of_the_front_page_is_what_every_change_has_to_pass() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let page = read(format!("{root}/README.md"));
    let command = page.split("```sh\n").nth(2).unwrap().split_once("```").unwrap().0;
    assert_eq!(read(format!("{root}/.ci/run")).lines().last(), command.lines().last());
    assert!(std::path::Path::new(&format!("{root}/{}", command.trim())).is_file());
}
