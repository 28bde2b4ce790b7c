//! `run`: cases of which not everything is known.

use apportion_exchange::csv::summary::SCHEMA;

use super::documents::valid;
use super::lists::PLAN;
use super::{Folder, POLICY, cell, csv, read, run, run_with, three_highs_but};
use crate::examples;
use crate::golden::golden;

mod completed;

/// Two reports outstanding, as in the example of the policy; with fast track, whatever they say
/// makes no difference.
fn two_reports(fast_track: &'static str) -> Vec<(&'static str, &'static str)> {
    three_highs_but(&[
        ("fast_track", fast_track),
        ("seizures", "not known"),
        ("psychological_and_emotional_needs", ""),
    ])
}

fn caseload() -> String {
    csv(&[three_highs_but(&[("fast_track", "no")]), two_reports(""), two_reports("yes")])
}

#[test]
fn a_case_is_decided_where_what_is_not_known_makes_no_difference() {
    let ran = run_with(caseload(), &["run", POLICY, "-"]);
    assert_eq!((ran.code, ran.output.lines().count()), (1, 1 + 2));
    let decided = ["eligible", "total_points", "pays_icb", "pays_education", "clauses"];
    // The points are open, so the cell is empty; 4.2 gives all to the ICB whatever they are.
    let clauses = "1.1; 2.1; 2.2; 3.1; 3.2; 4.2; 5.1; 5.2; 6.1; 7.1; 7.2";
    assert_eq!(
        decided.map(|column| cell(&ran.output, 1, column)),
        ["yes", "", "917.42", "0.00", clauses]
    );
    let reason =
        "line 3: not settled: needs seizures, then perhaps psychological and emotional needs\n";
    assert!(ran.errors.contains(reason), "{}", ran.errors);
    assert!(ran.errors.contains("with `--allow-unknown`\n"), "{}", ran.errors);
}

#[test]
fn a_case_that_is_not_settled_has_its_ranges_and_needs() {
    let ran = run_with(caseload(), &["run", POLICY, "-", "--allow-unknown"]);
    assert_eq!((ran.code, ran.output.lines().count()), (0, 1 + 3));
    let columns = [
        "covered",
        "eligible",
        "total_points",
        "care_cost",
        "pays_icb",
        "pays_icb_from",
        "pays_icb_to",
        "pays_education_from",
        "pays_education_to",
        "needs",
        "ranges",
    ];
    let row = |row| columns.map(|column| cell(&ran.output, row, column));
    let known = ["yes", "yes", "22", "917.42", "305.81", "305.81", "305.81", "305.80", "305.80"];
    assert_eq!(row(0)[..9], known);
    assert_eq!(row(0)[9..], ["", ""]);
    // From a third at 22 points to a half at 40: 305.806... and 458.71.
    let open = ["yes", "yes", "", "917.42", "", "305.81", "458.71", "183.48", "305.80"];
    assert_eq!(row(1)[..9], open);
    assert_eq!(row(1)[9..], ["seizures; psychological_and_emotional_needs", "exact"]);
    let fast = ["yes", "yes", "", "917.42", "917.42", "917.42", "917.42", "0.00", "0.00"];
    assert_eq!(row(2)[..9], fast);
    assert_eq!(row(2)[9..], ["", ""]);
}

#[test]
fn a_number_that_is_calculated_with_gives_a_range_of_at_most() {
    let cases = csv(&[three_highs_but(&[("day_care", "not known")])]);
    let ran = run_with(cases, &["run", POLICY, "-", "--allow-unknown"]);
    // None to 168 hours at 25.61 with two nights at 183.40: 366.80 to 4,669.28, in thirds.
    let ends = ["pays_icb_from", "pays_icb_to", "needs", "ranges"];
    let ends = ends.map(|column| cell(&ran.output, 0, column));
    assert!(["122.26", "122.27"].contains(&ends[0].as_str()), "{ends:?}");
    assert_eq!(ends[1..], ["1556.43", "day_care", "at most"]);
}

#[test]
fn what_the_policy_may_not_cover_may_pay_nothing() {
    let open = |name, value| three_highs_but(&[("fast_track", "no"), (name, value)]);
    let outside = three_highs_but(&[
        ("fast_track", ""),
        ("registered_with_a_gp_in_northshire", "no"),
        ("seizures", "not known"),
    ]);
    let cases = csv(&[
        open("registered_with_a_gp_in_northshire", "not known"),
        outside,
        open("date_of_birth", ""),
    ]);
    let ran = run_with(&cases, &["run", POLICY, "-", "--allow-unknown"]);
    let row = |row| {
        let columns = ["covered", "eligible", "pays_icb_from", "pays_icb_to", "needs"];
        columns.map(|column| cell(&ran.output, row, column))
    };
    let registered = "registered_with_a_gp_in_northshire";
    assert_eq!(row(0), ["", "", "0.00", "305.81", registered]);
    assert_eq!(row(1), ["no", "", "", "", ""]);
    assert_eq!(row(2), ["", "", "0.00", "305.81", "date_of_birth"]);
    let ran = run_with(&cases, &["run", POLICY, "-"]);
    assert_eq!(ran.output.lines().count(), 1 + 1);
    assert!(ran.errors.contains(&format!("line 2, column `{registered}`: not settled: needs")));
}

#[test]
fn the_summary_counts_what_is_not_settled() {
    let folder = Folder::new();
    let out = folder.path("out.csv");
    let cases = folder.write("cases.csv", caseload());
    let arguments = ["run", POLICY, &cases, "-o", &out, "--format", "json"];
    let rejecting = valid(SCHEMA, &run(&arguments).output);
    let allowing = valid(SCHEMA, &run(&[&arguments[..], &["--allow-unknown"]].concat()).output);
    let counts = ["cases", "accepted", "rejected", "settled", "not_settled"];
    assert_eq!(counts.map(|name| rejecting[name].as_u64().unwrap()), [3, 2, 1, 1, 1]);
    assert_eq!(counts.map(|name| allowing[name].as_u64().unwrap()), [3, 3, 0, 1, 1]);
    // 305.81 and 917.42 are settled; the third pays 305.81 to 458.71.
    let pounds = |summary: &serde_json::Value| {
        ["from", "to", "pounds"].map(|it| summary["payments"][0][it].as_str().unwrap().to_string())
    };
    assert_eq!(pounds(&rejecting), ["1223.23"; 3]);
    assert_eq!(pounds(&allowing), ["1529.04", "1681.94", "1223.23"]);
    assert_eq!(allowing["conclusions"][0]["cases"], 3);
    let text = run(&["run", POLICY, &cases, "--allow-unknown"]).errors;
    let line = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_whitespace().last().unwrap_or_default().to_string()
    };
    assert_eq!(line("settled though not all is known"), "1");
    assert_eq!(line("not settled"), "1");
    assert_eq!(line("the ICB pays a week, at least"), "£1,529.04");
    assert_eq!(line("the ICB pays a week, at most"), "£1,681.94");
}

#[test]
fn a_column_of_a_name_that_is_added_is_refused() {
    let cases = csv(&[three_highs_but(&[("pays_icb_from", "1"), ("needs", "x")])]);
    let ran = run_with(&cases, &["run", POLICY, "-", "--carry-rest"]);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    let ran = run_with(&cases, &["run", POLICY, "-", "--carry-rest", "--allow-unknown"]);
    assert_eq!(ran.code, 1);
    for name in ["pays_icb_from", "needs"] {
        assert!(ran.errors.contains(&format!("`{name}`")), "{}", ran.errors);
    }
}

const PANEL: &str = "\
policy    Panel
about     a child
between
  the ICB        NHS Northshire ICB
  the council    Northshire Council
panels
  the joint panel   Northshire joint funding panel
version   1, in force from 1 April 2025

facts
  outcome      one of agreed, refused, decided by the joint panel
  nursing      yes or no
  care cost    money a week, £1.00 to £900.00

1    Who pays
1.1  When outcome is agreed and nursing: the ICB 100%.
1.2  When outcome is refused or not nursing: the council 100%.
1.3  Split care cost in the shares of section 1.
1.4  Care cost must be at least £2.00.
";

#[test]
fn what_only_a_panel_can_supply_is_told_apart() {
    let folder = Folder::new();
    let policy = folder.write("panel.policy", PANEL);
    let cases = "\
outcome,nursing,care_cost
,yes,100.00
,,100.00
,no,100.00
,,1.00
agreed,yes,
";
    let ran = run_with(cases, &["run", &policy, "-"]);
    assert_eq!(cell(&ran.output, 0, "pays_council"), "100.00");
    assert_eq!(ran.output.lines().count(), 1 + 1);
    for reason in [
        "line 2, column `outcome`: not settled: the joint panel has yet to decide outcome\n",
        "line 3: not settled: needs nursing; the joint panel has yet to decide outcome\n",
        "line 6, column `care_cost`: not settled: needs care cost\n",
    ] {
        assert!(ran.errors.contains(reason), "{reason} in {}", ran.errors);
    }
    // Whoever pays, it is refused.
    assert!(ran.errors.contains("line 5: "), "{}", ran.errors);
    assert!(!ran.errors.contains("line 5: not settled"), "{}", ran.errors);
}

#[test]
fn a_fact_of_an_item_can_be_unknown() {
    let folder = Folder::new();
    let plan = folder.write("plan.policy", PLAN);
    let cases = "case_reference,fast_track\nR1,no\nR2,not known\nR3,not known\n";
    let cases = folder.write("cases.csv", cases);
    let services = "\
case_reference,price,stream
R1,640.00,health
R1,120.00,not known
R3,1500,health
R3,400,health
";
    let services = format!("services={}", folder.write("services.csv", services));
    let [items, no] = ["items.csv", "no.csv"].map(|name| folder.path(name));
    let [items_out, items_no] = [&items, &no].map(|path| format!("services={path}"));
    let arguments = [
        ["run", &plan, &cases, "--items", &services],
        ["--items-out", &items_out, "--items-rejects", &items_no, "--allow-unknown"],
    ]
    .concat();
    let ran = run(&arguments);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    let columns =
        ["total_price", "pays_icb_from", "pays_icb_to", "pays_icb", "referred_to", "needs"];
    let row = |row| columns.map(|column| cell(&ran.output, row, column));
    // Of 652.80 and 122.40 the ICB pays all, or a quarter of the second.
    assert_eq!(row(0), ["775.20", "683.40", "775.20", "", "", "stream of service 2"]);
    assert_eq!(row(1), ["0.00", "0.00", "0.00", "0.00", "", ""]);
    // A quarter of 1,530.00 and 408.00, or all up to the limit.
    let referred = "the joint panel";
    assert_eq!(row(2), ["1938.00", "484.50", "1600.00", "", referred, "fast_track"]);
    let decided = read(&items);
    assert_eq!(decided.lines().count(), 1 + 4);
    let columns =
        ["nursing", "weekly_price", "pays_icb", "pays_icb_from", "pays_icb_to", "clauses", "needs"];
    let row = |row| columns.map(|column| cell(&decided, row, column));
    let always = "1.3; 3.1; 3.2; 3.6";
    let by = "1.1; 1.3; 2.1; 3.1; 3.2; 3.6";
    assert_eq!(row(0), ["yes", "652.80", "652.80", "652.80", "652.80", by, ""]);
    assert_eq!(row(1), ["", "122.40", "", "30.60", "122.40", always, "stream of service 2"]);
    // The limit of 3.5 is about the case.
    let by = "1.3; 3.1; 3.2; 3.4; 3.6";
    assert_eq!(row(2), ["", "1530.00", "", "382.50", "1530.00", by, "fast_track"]);
    assert_eq!(row(3), ["", "408.00", "", "102.00", "408.00", always, "fast_track"]);

    let ran = run(&arguments[..arguments.len() - 1]);
    assert_eq!((ran.code, ran.output.lines().count()), (1, 1 + 1));
    assert!(ran.errors.contains("line 2: not settled: needs stream of service 2\n"));
    assert_eq!(read(&items).lines().count(), 1);
    assert_eq!(read(&no).lines().count(), 1 + 4);
}

/// The caseload of the example, and what its page shows of it.
#[test]
fn the_outstanding_reports_of_the_example_come_out_as_kept() {
    let folder = examples::folder().join("continuing_care");
    let cases = folder.join("reports_outstanding.csv");
    let arguments = ["run", POLICY, cases.to_str().unwrap(), "--carry", "case_reference"];
    let ran = run(&[&arguments[..], &["--allow-unknown"]].concat());
    golden(&folder.join("reports_outstanding_decided.csv"), &ran.output);
    let page = read(folder.join("README.md"));
    assert!(page.contains(ran.errors.trim_end()), "{}", ran.errors);
    let rejecting = run(&arguments).errors;
    let rejected: String = rejecting.lines().take(4).map(|line| format!("{line}\n")).collect();
    assert!(page.contains(&rejected), "{rejected}");
}
