//! The engine and the reference agree: on the policies of the examples, and on small
//! policies that are each about one construct.

mod constructs;
mod days;
mod found;
mod narrowed;
mod payments;
mod readers;
mod refusals;

use apportion::policy::Policy;

use crate::comparison::{Tally, compare};
use crate::random_cases::{CaseMaker, Facts, cases};
use crate::rivals::random::Random;
use proptest::prelude::*;

/// How many cases of a policy of an example are compared.
const CASES_OF_AN_EXAMPLE: usize = 5_000;
/// How many cases of a small policy are compared.
const CASES_OF_A_CONSTRUCT: usize = 512;

/// Compares so many cases of a policy, and prints how many.
fn compare_by_chance(name: &str, text: &str, cases: usize) -> Tally {
    let policy = Policy::parse(text).unwrap_or_else(|mistakes| panic!("{name}: {mistakes}"));
    let maker = CaseMaker::new(policy.checked());
    let mut random = Random::new(0x5eed);
    let cases: Vec<Facts> = (0..cases).map(|_| maker.random(&mut random)).collect();
    match compare(&policy, &cases) {
        Ok(tally) => {
            println!("{name}: {tally:?}");
            tally
        }
        Err(difference) => panic!("{name}: {difference}"),
    }
}

/// A policy of two parties and two panels that is dated by `day`, and has these facts, in
/// lines of their own, and clauses.
fn policy(facts: &str, clauses: &str) -> String {
    let facts: Vec<String> = facts.lines().map(|line| format!("  {}\n", line.trim())).collect();
    let dated = format!("{clauses}{}", facts.concat());
    let panels = match dated.contains("the panel") {
        true => "panels\n  the panel   Northshire joint funding panel\n",
        false => "",
    };
    format!(
        "policy    Small\n\
         about     a child\n\
         between\n  \
           the ICB        NHS Northshire ICB\n  \
           social care    Northshire Council, children's social care\n  \
           education      Northshire Council, education service\n\
         {panels}\
         version   1, in force from 1 April 2025\n\
         dated by  day\n\
         levels of need\n  none < low < high < severe\n\
         facts\n  day   a date, from 1 April 2025 to 31 December 2030\n{}\n\
         1    Clauses\n{clauses}",
        facts.concat(),
    )
}

/// Compares cases of a small policy of which some are decided and none is refused (but for
/// those that leave out a fact).
fn always_decides(name: &str, text: &str) {
    let tally = compare_by_chance(name, text, CASES_OF_A_CONSTRUCT);
    assert!(tally.decided > CASES_OF_A_CONSTRUCT / 4, "{tally:?}");
    assert!(tally.refused < CASES_OF_A_CONSTRUCT / 8, "{tally:?}");
}

/// Compares cases of a small policy of which some are decided and some are refused.
fn sometimes_refuses(name: &str, text: &str) {
    let tally = compare_by_chance(name, text, CASES_OF_A_CONSTRUCT);
    assert!(tally.decided > CASES_OF_A_CONSTRUCT / 20, "{tally:?}");
    assert!(tally.refused > CASES_OF_A_CONSTRUCT / 20, "{tally:?}");
}

const CONTINUING_CARE: &str = include_str!("../../examples/continuing_care/continuing_care.policy");
const WEEKLY_PACKAGE: &str = include_str!("../../examples/weekly_package/weekly_package.policy");

#[test]
fn continuing_care_agrees() {
    let tally = compare_by_chance("continuing care", CONTINUING_CARE, CASES_OF_AN_EXAMPLE);
    assert!(tally.decided > CASES_OF_AN_EXAMPLE / 10, "{tally:?}");
    assert!(tally.not_covered > CASES_OF_AN_EXAMPLE / 10, "{tally:?}");
}

#[test]
fn the_weekly_package_agrees() {
    let tally = compare_by_chance("weekly package", WEEKLY_PACKAGE, CASES_OF_AN_EXAMPLE);
    assert!(tally.decided > CASES_OF_AN_EXAMPLE / 2, "{tally:?}");
    assert!(tally.refused > 0, "{tally:?}");
}

#[test]
fn any_case_of_continuing_care_agrees() {
    let policy = Policy::parse(CONTINUING_CARE).unwrap();
    proptest!(|(facts in cases(policy.checked()))| {
        if let Err(difference) = compare(&policy, &[facts]) {
            prop_assert!(false, "{}", difference);
        }
    });
}
