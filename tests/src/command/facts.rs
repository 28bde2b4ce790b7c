//! `facts`: what a case may carry, for people, as columns, and for programs.

use apportion::policy::Policy;
use apportion_exchange::facts::SCHEMA;
use serde_json::Value;

use super::documents::valid;
use super::{Folder, POLICY, read, run, run_with};

const NURSING: &str = "\
policy   Nursing at home
about    a child
between
  the ICB   NHS Northshire ICB
version  1, in force from 1 April 2025, until 31 March 2027
dated by decision date

levels of need
  none < some < much

facts
  case reference   text
  decision date    a date
  review date      a date, from 1 May 2025 to 1 May 2030
  fast track       yes or no, no unless stated, ask \"Is this child on the fast track?\"
  setting          one of home, day school
  night care       hours a week, in quarters, 0 to 1,000, 2.5 unless stated
  visits           whole number, 0 to 7
  care cost        money a week, £1,000.00 unless stated
  uplift           percent, 0% to 12.5%

needs, each a level of need, up to
  breathing        much, never some
  drug therapies   some

1    Who pays
1.1  In every case: the ICB 100%.
1.2  Split care cost in the shares of section 1.
";

#[test]
fn facts_are_listed_with_all_that_a_case_needs() {
    let folder = Folder::new();
    let ran = run(&["facts", &folder.write("nursing.policy", NURSING)]);
    assert_eq!((ran.code, ran.errors.as_str()), (0, ""));
    assert_eq!(
        ran.output,
        "\
fact              outside the policy  what it may be                             unless stated  question
case reference    case_reference      text, carried through                                     Case reference?
decision date     decision_date       a date from 1 April 2025 to 31 March 2027                 Decision date?
review date       review_date         a date from 1 May 2025 to 1 May 2030                      Review date?
fast track        fast_track          yes or no                                  no             Is this child on the fast track?
setting           setting             one of home, day school                                   Setting?
night care        night_care          hours a week, 0 to 1,000 in steps of 0.25  2.5            Night care, in hours a week?
visits            visits              a number, 0 to 7                                          Visits?
care cost         care_cost           £ a week, £0.00 to £10,000,000.00          £1,000.00      Care cost, in £ a week?
uplift            uplift              a percent, 0% to 12.5% in steps of 0.01%                  Uplift?
needs
  breathing       breathing           none < much                                               Breathing?
  drug therapies  drug_therapies      none < some                                               Drug therapies?
"
    );
}

/// The columns are those of a caseload that `run` decides as soon as there are rows.
#[test]
fn the_columns_make_a_caseload() {
    let folder = Folder::new();
    let policy = folder.write("nursing.policy", NURSING);
    let empty = run(&["facts", &policy, "--format", "csv"]);
    assert_eq!((empty.code, empty.errors.as_str(), empty.output.lines().count()), (0, "", 1));
    let none = run_with(&empty.output, &["run", &policy, "-"]);
    assert_eq!((none.code, none.output.lines().count()), (0, 1), "{}", none.errors);

    let row = "R 7,2025-05-12,2026-05-01,,home,,3,,10%,much,none\n";
    let one = run_with(empty.output + row, &["run", &policy, "-"]);
    assert_eq!((one.code, one.output.lines().count()), (0, 2), "{}", one.errors);
}

#[test]
fn facts_for_programs_have_the_shape_of_their_schema() {
    let ran = run(&["facts", POLICY, "--format", "json"]);
    let facts = valid(SCHEMA, &ran.output);
    let fact = |key: &str| {
        let facts = facts["facts"].as_array().unwrap();
        facts.iter().find(|fact| fact["key"] == key).unwrap().clone()
    };
    assert_eq!(fact("breathing")["family"], "domains");
    assert_eq!(fact("breathing")["type"], "level");
    assert_eq!(fact("continence")["words"].as_array().unwrap().len(), 4);
    assert_eq!(fact("panel_decision")["type"], "choice");
    assert_eq!(fact("panel_decision")["default"], "open");
    assert_eq!(fact("day_care")["step"], "0.25");
    assert_eq!(fact("day_care")["unit"], "hours a week");
    assert_eq!(fact("cost_of_the_school_placement")["greatest"], "10000000.00");
    assert_eq!(fact("decision_date")["least"], "2025-04-01");
}

/// Bounds, steps, words and defaults can be written into a case just as they stand.
#[test]
fn what_is_said_of_a_fact_is_a_value_of_it() {
    let folder = Folder::new();
    let nursing = folder.write("nursing.policy", NURSING);
    for path in [POLICY, &nursing] {
        let policy = Policy::parse(&read(path)).unwrap();
        let facts = valid(SCHEMA, &run(&["facts", path, "--format", "json"]).output);
        let mut stated = 0;
        for fact in facts["facts"].as_array().unwrap() {
            let single = ["least", "greatest", "default"].map(|field| &fact[field]);
            let words = fact["words"].as_array().unwrap();
            for text in single.into_iter().chain(words).filter_map(Value::as_str) {
                let case = policy.case([(fact["key"].as_str().unwrap(), text)]);
                assert!(case.is_ok(), "{fact}: {text}: {case:?}");
                stated += 1;
            }
        }
        assert!(stated > 15, "{stated}");
    }
}

#[test]
fn a_policy_with_mistakes_lists_no_facts() {
    let folder = Folder::new();
    let path = folder.write("broken.policy", NURSING.replace("the ICB 100%", "the ICB 90%"));
    let ran = run(&["facts", &path]);
    assert_eq!((ran.code, ran.output.as_str()), (1, ""));
    assert!(ran.errors.starts_with("error["), "{}", ran.errors);
}
