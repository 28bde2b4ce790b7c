//! `run`, `decide` and `facts`: what awaits a panel.

use super::{Folder, run, run_with};
use crate::panels::text;

#[test]
fn a_caseload_has_a_column_for_what_awaits_a_panel() {
    let folder = Folder::new();
    let policy = folder.write("panels.policy", text());
    let cases = "\
complex,care_cost,school_cost,joint_panel_icb,joint_panel_social_care
no,100.00,10.00,,
yes,100.00,10.00,,
yes,100.00,10.00,60%,40%
yes,100.00,10.00,60%,30%
yes,100.00,10.00,not known,
no,100.00,10.00,60%,40%
";
    let ran = run_with(cases, &["run", &policy, "-"]);
    let decided = "\
complex,care_cost,school_cost,joint_panel_icb,joint_panel_social_care,pays_icb,pays_social_care,\
pays_education,awaits_joint_panel,referred_to,clauses
no,100.00,10.00,,,50.00,50.00,10.00,,,1.1; 1.3; 1.4
yes,100.00,10.00,,,,,,100.00,the joint panel,1.2; 1.3; 1.4
yes,100.00,10.00,60%,40%,60.00,40.00,10.00,,,1.2; 1.3; 1.4
yes,100.00,10.00,not known,,,,,100.00,the joint panel,1.2; 1.3; 1.4
";
    assert_eq!(ran.output, decided);
    assert!(ran.errors.contains("do not make one whole"), "{}", ran.errors);
    assert!(ran.errors.contains("no clause leaves the shares to the joint panel"));
    let words: Vec<Vec<&str>> =
        ran.errors.lines().map(|line| line.split_whitespace().collect()).collect();
    assert!(words.contains(&vec!["the", "ICB", "pays", "a", "week", "£110.00"]));
    assert!(words.contains(&vec!["awaits", "the", "joint", "panel", "a", "week", "£200.00"]));
}

#[test]
fn a_decision_lists_what_awaits_a_panel() {
    let folder = Folder::new();
    let policy = folder.write("panels.policy", text());
    let case = r#"{"complex": true, "care_cost": 400, "school_cost": 80}"#;
    let text = run_with(case, &["decide", &policy, "-"]).output;
    for line in [
        "Pays a week so far:",
        "£400.00 a week awaits the joint panel, by 1.3 and 1.2.",
        "Until then 1.5, 1.6 and 1.7 wait.",
        "Referred to the joint panel, by 1.2.",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    let json = run_with(case, &["decide", "--format", "json", &policy, "-"]).output;
    assert!(json.contains(r#""final": false"#) && json.contains(r#""by": "1.2""#), "{json}");
}

#[test]
fn the_facts_of_a_policy_say_what_a_panel_decides() {
    let folder = Folder::new();
    let policy = folder.write("panels.policy", text());
    let facts = run(&["facts", &policy]).output;
    let line = facts.lines().find(|line| line.contains("joint_panel_icb")).unwrap();
    assert!(line.starts_with("the ICB, as the joint panel decides"), "{line}");
    assert!(line.contains(", decided by the joint panel"), "{line}");
    let json = run(&["facts", "--format", "json", &policy]).output;
    assert!(json.contains(r#""decided_by": "the joint panel""#), "{json}");
}
