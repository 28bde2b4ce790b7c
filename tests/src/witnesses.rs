//! The cases that show what goes wrong are cases of their policies, and go wrong as is said.

use apportion::policy::Policy;
use apportion_exchange::case::{from_json, from_ron};
use apportion_exchange::diagnostics::{Found, case_to_ron, to_json};
use apportion_exchange::record::to_json as record;
use serde_json::Value;

use crate::bundles::bundle;
use crate::mistakes::{code_of, fixtures};

/// What is said where no case could show it: it is so of all of them, or was not settled.
const WITHOUT: [&str; 5] = [
    "never-applies",
    "exception-of-nothing",
    "row-never-applies",
    "rate-never-applies",
    "not-proved",
];

/// What is said of cases that are decided all the same.
const DECIDED: [&str; 1] = ["promise-broken"];

/// The code of the refusal that a case meets of which so much is said.
fn refused_as(code: &str) -> &str {
    match code {
        "conclusions-clash" => "clauses-contradict",
        "no-row-for-some" => "no-row",
        "rows-overlap" | "rows-disagree" => "several-rows",
        "no-shares-for-some" => "no-shares",
        "shares-clash" => "several-shares",
        "no-value-for-some" => "no-value",
        "values-clash" => "several-values",
        "paid-twice-in-some" => "paid-twice",
        "limit-broken-in-some" => "limit-broken",
        "floor-takes-too-much-in-some" => "floor-takes-too-much",
        other => panic!("{other}"),
    }
}

#[test]
fn every_case_that_is_shown_goes_wrong_as_is_said() {
    for path in fixtures("prove") {
        let bundle = bundle(&path);
        let policy = Policy::from_bundle(&bundle).unwrap();
        let (code, diagnostics) = (code_of(&path), policy.prove());
        let json =
            to_json(&[Found { source: &bundle.source(), diagnostics: &diagnostics }]).unwrap();
        let json: Value = serde_json::from_str(&json).unwrap();
        let written = json[0]["cases"].as_array().unwrap();
        let cases = &diagnostics[0].cases;
        assert_eq!(cases.len(), written.len());
        assert_eq!(cases.is_empty(), WITHOUT.contains(&code.as_str()), "{}", path.display());
        for (shown, json) in cases.iter().zip(written) {
            let case = from_ron(&policy, &case_to_ron(shown).unwrap()).unwrap();
            let same = from_json(&policy, &json.to_string()).unwrap();
            assert_eq!(record(&policy, &case).unwrap(), record(&policy, &same).unwrap());
            match policy.decide(&case) {
                Ok(_) => assert!(DECIDED.contains(&code.as_str()), "{}", path.display()),
                Err(refused) => assert_eq!(refused.code(), refused_as(&code), "{}", path.display()),
            }
        }
    }
}

/// What applies to some cases only, and the items of a list, are stated as they are.
#[test]
fn a_case_that_is_shown_states_what_applies_to_it() {
    let policy = Policy::parse(
        "\
policy   Plans
about    a child
between
  the ICB       NHS Northshire ICB
  the council   Northshire Council
version  1, in force from 1 April 2025

facts
  attends school   yes or no
  school fee       money a week, only when attends school

services, each with
  price        money a week
  nursing      yes or no

1    Who pays
1.1  For each service, when nursing: the ICB 100%.
1.2  For each service, when not nursing and attends school: the council 100%.
1.3  For each service, split price in the shares of section 1.
",
    )
    .unwrap();
    let found = policy.prove();
    assert_eq!(found[0].code, "no-shares-for-some");
    let stated: Vec<&str> = found[0].cases[0].facts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(stated, ["attends_school"]);
    let case = from_ron(&policy, &case_to_ron(&found[0].cases[0]).unwrap()).unwrap();
    assert_eq!(policy.decide(&case).unwrap_err().code(), "no-shares");
}

/// On the shares of the other parties nothing hangs: the first of them has the rest.
#[test]
fn a_case_that_hangs_on_what_a_panel_decides_states_the_whole_of_it() {
    let policy = Policy::parse(
        "\
policy   Shares of a panel
about    a child
between
  the ICB       NHS Northshire ICB
  education     Northshire Council, education service
  social care   Northshire Council, children's social care
panels
  the panel     Northshire joint panel
version  1, in force from 1 April 2025

facts
  care cost   money a week, £100.00 to £1,000.00

1    Who pays
1.1  In every case: as the panel decides.
1.2  Split care cost in the shares of section 1.

2    Promises
2.1  Education never pays more than £1.00 a week.
",
    )
    .unwrap();
    let [broken] = policy.prove().try_into().unwrap();
    assert_eq!(broken.notes, ["such as a case in which the panel decides education 25%"]);
    let stated = |name: &str, value: &str| (String::from(name), String::from(value));
    assert_eq!(
        broken.cases[0].facts,
        [
            stated("care_cost", "£100.00"),
            stated("panel_icb", "75%"),
            stated("panel_education", "25%"),
        ]
    );
    let case = from_ron(&policy, &case_to_ron(&broken.cases[0]).unwrap()).unwrap();
    let record: Value = serde_json::from_str(&record(&policy, &case).unwrap()).unwrap();
    let paid: Vec<_> =
        record["decision"]["payments"].as_array().unwrap().iter().map(|it| &it["pounds"]).collect();
    assert_eq!(paid, ["75.00", "25.00", "0.00"]);
}
