//! `run` and `facts`: facts that do not apply to every case.

use super::{Folder, run, run_with};
use crate::sometimes::text;

#[test]
fn a_caseload_leaves_a_cell_empty_where_the_fact_does_not_apply() {
    let folder = Folder::new();
    let policy = folder.write("sometimes.policy", text());
    let cases = "\
placement,fee,visits,has_carer,cost
day school,7.50,2,no,5.00
home,,,no,5.00
home, ,not known,no,5.00
residential,,2,no,5.00
home,7.50,,no,5.00
day school,1.00,3,no,5.00
";
    let ran = run_with(cases, &["run", &policy, "-"]);
    let decided = "\
placement,fee,visits,has_carer,cost,pays_icb,pays_council,clauses
day school,7.50,2,no,5.00,5.00,7.50,1.1; 1.2
home,,,no,5.00,5.00,0.00,1.2
home, ,not known,no,5.00,5.00,0.00,1.2
day school,1.00,3,no,5.00,5.00,1.00,1.1; 1.2
";
    assert_eq!(ran.output, decided);
    assert!(ran.errors.contains("column `fee`: not settled: needs fee\n"), "{}", ran.errors);
    assert!(ran.errors.contains("`fee` applies only when"), "{}", ran.errors);
}

#[test]
fn the_facts_of_a_policy_say_when_they_apply() {
    let folder = Folder::new();
    let policy = folder.write("sometimes.policy", text());
    let text = run(&["facts", &policy]).output;
    assert!(text.contains("a number, 0 to 120, only when has carer"), "{text}");
    let json = run(&["facts", "--format", "json", &policy]).output;
    assert!(json.contains(r#""only_when": "has carer""#), "{json}");
    assert!(json.contains(r#""only_when": null"#), "{json}");
}
