//! A row of a caseload and the same case in a file come to the same.

use proptest::prelude::*;
use serde_json::Value;

use super::{POLICY, THREE_HIGHS, cell, csv, json, run_with};

/// Texts for the facts of the example policy: most of them values, some of them not.
fn texts() -> impl Strategy<Value = Vec<&'static str>> {
    let level = || {
        prop_oneof![
            8 => prop::sample::select(vec!["no additional needs", "low", "Moderate", "high"]),
            2 => prop::sample::select(vec!["severe", "priority"]),
            1 => prop::sample::select(vec!["", "dreadful", "not known"]),
        ]
    };
    let first = [
        vec!["2017-05-03", "3 May 2017", "03/05/2017", "2008-05-12", "2008-05-13", "2017-02-29"],
        vec!["2026-05-12", "12/05/2026", "2025-04-01", "2025-03-31", "2016-01-01"],
        vec!["yes", "TRUE", "1", "no", "0", "y"],
        vec!["21.5", "0", "168", "168.25", "84.75", "21.3", "-1"],
        vec!["0", "2", "7", "8", "1.5"],
    ];
    let first = first.map(|texts| prop::sample::select(texts).boxed()).to_vec();
    let domains = (first.len()..THREE_HIGHS.len()).map(|_| level().boxed());
    first.into_iter().chain(domains).collect::<Vec<_>>()
}

/// The answers of a decision in JSON, as the columns of a caseload have them.
fn answers(document: &str) -> [String; 5] {
    let decision: Value = serde_json::from_str(document).unwrap();
    let is_covered = decision["covered"].as_bool().unwrap();
    let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_string();
    if !is_covered {
        return [yes_no(false), String::new(), String::new(), String::new(), String::new()];
    }
    let eligible = yes_no(decision["conclusions"][0]["holds"].as_bool().unwrap());
    let pays = |party: usize| decision["payments"][party]["pounds"].as_str().unwrap().to_string();
    [yes_no(true), eligible, pays(0), pays(1), pays(2)]
}

/// What the same columns have where whatever is not known makes no difference; none where it makes
/// one.
fn settled(document: &str) -> Option<[String; 5]> {
    let foreseen: Value = serde_json::from_str(document).unwrap();
    foreseen["settled"].as_bool().unwrap().then(|| {
        if !foreseen["may_be_decided"].as_bool().unwrap() {
            return ["no", "", "", "", ""].map(String::from);
        }
        let is_eligible = foreseen["conclusions"][0]["holds"].as_bool().unwrap();
        let eligible = if is_eligible { "yes" } else { "no" };
        let pays = |party: usize| foreseen["payments"][party]["to"].as_str().unwrap().to_string();
        ["yes".to_string(), eligible.to_string(), pays(0), pays(1), pays(2)]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_row_and_a_case_come_to_the_same(rows in prop::collection::vec(texts(), 1..8)) {
        let cases: Vec<Vec<(&str, &str)>> = rows
            .iter()
            .map(|texts| THREE_HIGHS.iter().zip(texts).map(|(fact, text)| (fact.0, *text)).collect())
            .collect();
        let ran = run_with(csv(&cases), &["run", POLICY, "-"]);
        let mut row = 0;
        for (index, case) in cases.iter().enumerate() {
            let alone = run_with(json(case), &["decide", POLICY, "-", "--format", "json"]);
            let is_open = alone.errors.contains("error[not-known]");
            let alone = match is_open {
                true => run_with(json(case), &["needs", POLICY, "-", "--format", "json"]),
                false => alone,
            };
            let expected = match (alone.code, is_open) {
                (0, false) => Some(answers(&alone.output)),
                (0, true) => settled(&alone.output),
                _ => None,
            };
            let is_rejected = ran.errors.contains(&format!("line {}", index + 2));
            prop_assert_eq!(expected.is_none(), is_rejected, "{}", ran.errors);
            if let Some(expected) = expected {
                let columns =
                    ["covered", "eligible", "pays_icb", "pays_social_care", "pays_education"];
                let got = columns.map(|column| cell(&ran.output, row, column));
                prop_assert_eq!(got, expected);
                row += 1;
            }
        }
        prop_assert_eq!(ran.output.lines().count(), 1 + row);
    }
}
