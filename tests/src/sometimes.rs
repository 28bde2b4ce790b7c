//! Facts that apply to some cases only: where clauses may use them, and what a case says of
//! them in every format.

use apportion::engine::block::{Block, Outcome};
use apportion::engine::program::{Fact, Refusal};
use apportion::policy::Policy;
use apportion_exchange::case::{from_json, from_ron};

const HEADER: &str = "\
policy    Facts that do not apply to every case
about     a child
between
  the ICB        NHS Northshire ICB
  the council    Northshire Council
version   1, in force from 1 April 2025

facts
  placement        one of home, day school, residential
  fee              money a week, only when placement is either day school or residential
  visits           whole number, 0 to 7, only when placement is not home
  has carer        yes or no
  age of carer     whole number, 0 to 120, only when has carer
  allowance        money a week, only when has carer and age of carer is at least 65
  surcharge        money a week, only when placement is residential or has carer
  cost             money a week
";

/// The codes with which a policy of these clauses is refused.
fn codes(clauses: &str) -> Vec<&'static str> {
    match Policy::parse(&format!("{HEADER}\n1    Who pays\n{clauses}\n")) {
        Ok(_) => Vec::new(),
        Err(mistakes) => mistakes.diagnostics.iter().map(|it| it.code).collect(),
    }
}

#[track_caller]
fn may_use(clauses: &str) {
    assert_eq!(codes(clauses), [""; 0], "{clauses}");
}

#[track_caller]
fn may_not_use(clauses: &str) {
    assert_eq!(codes(clauses), ["may-not-apply"], "{clauses}");
}

#[test]
fn a_clause_uses_a_fact_where_it_says_that_it_applies() {
    may_use("1.1  When placement is day school, the council pays fee.");
    may_use("1.1  When placement is not home, the council pays fee.");
    may_use("1.1  When placement is home, the ICB pays cost; otherwise the council pays fee.");
    may_use("1.1  When cost is over £5.00 and placement is residential, the council pays fee.");
    may_use("1.1  When age of carer is over 70 and has carer, the council pays allowance.");
    may_use("1.1  When placement is residential, the council pays surcharge.");
    may_not_use("1.1  The council pays fee.");
    may_not_use("1.1  When placement is day school or cost is over £5.00, the council pays fee.");
    may_not_use(
        "1.1  When placement is day school, the ICB pays fee; otherwise the council pays fee.",
    );
    may_not_use("1.1  When has carer and age of carer is at least 64, the council pays allowance.");
    may_not_use("1.1  When placement is day school, the council pays surcharge.");
}

#[test]
fn a_test_uses_a_fact_where_those_beside_it_say_that_it_applies() {
    may_use("1.1  A child is late when fee is over £5.00 and placement is not home.");
    may_use("1.1  A child is late when placement is home or fee is over £5.00.");
    may_use("1.1  A child is late when not has carer or age of carer is under 18.");
    may_use(
        "1.1  A child is late when all of these are true:
       - any of these is true:
           - placement is day school
           - placement is residential and cost is over £5.00
       - visits is over 2",
    );
    may_not_use("1.1  A child is late when fee is over £5.00.");
    may_not_use("1.1  A child is late when placement is not home or fee is over £5.00.");
    may_not_use(
        "1.1  A child is late when at least 1 of these are true:
       - placement is home
       - visits is over 2",
    );
    may_not_use(
        "1.1  A child is late when all of these are true:
       - any of these is true:
           - placement is day school
           - cost is over £5.00
       - visits is over 2",
    );
}

#[test]
fn what_a_case_is_covered_by_is_known_to_the_clauses_that_ask_only_then() {
    may_use(
        "1.1  This policy covers a child when placement is not home.
1.2  The council pays fee.",
    );
    // Who is covered is asked first, and asks whether the child is late.
    may_not_use(
        "1.1  This policy covers a child when placement is not home and the child is late.
1.2  A child is late when fee is over £5.00.",
    );
}

#[test]
fn a_row_uses_a_fact_where_its_other_cells_say_that_it_applies() {
    let table = |cell: &str| {
        format!(
            "1.1  Band: first row that applies.
     | placement  | visits | band |
     | day school | over 3 |    1 |
     | {cell}     |      7 |    2 |
     | any        | any    |    3 |"
        )
    };
    may_use(&table("not home"));
    may_not_use(&table("any"));
    may_use(&table("any").replacen("Band:", "When placement is not home, band:", 1));
}

/// A policy of facts that do not all apply to every case.
pub(crate) fn text() -> String {
    format!("{HEADER}\n1    Who pays\n{POLICY}")
}

const POLICY: &str = "\
1.1  When placement is not home, the council pays fee.
1.2  The ICB pays cost.
";

fn policy() -> Policy {
    Policy::parse(&text()).unwrap()
}

/// What comes of a case in RON and in JSON, which say the same.
#[track_caller]
fn check(ron: &str, json: &str, expected: Result<&str, &str>) {
    let policy = policy();
    for case in [from_ron(&policy, ron).unwrap(), from_json(&policy, json).unwrap()] {
        let came = policy.decide(&case).map_err(|refused| refused.code());
        let pays = came.map(|decision| policy.pays(&decision, "the council").unwrap().to_string());
        assert_eq!(pays.as_deref(), expected.as_ref().copied(), "{ron}");
    }
}

#[test]
fn a_case_states_a_fact_where_it_applies_and_nowhere_else() {
    let beside = "has_carer: no, cost: 5.00";
    let ron = |facts: &str| format!("({facts}, {beside})");
    let json = |facts: &str| format!("{{{facts}, \"has_carer\": false, \"cost\": 5.00}}");
    check(
        &ron("placement: day_school, fee: 7.50, visits: 2"),
        &json(r#""placement": "day school", "fee": 7.50, "visits": 2"#),
        Ok("£7.50"),
    );
    check(&ron("placement: home"), &json(r#""placement": "home""#), Ok("£0.00"));
    check(
        &ron("placement: home, fee: \"not known\""),
        &json(r#""placement": "home", "fee": null"#),
        Ok("£0.00"),
    );
    check(
        &ron("placement: home, fee: 7.50"),
        &json(r#""placement": "home", "fee": 7.50"#),
        Err("does-not-apply"),
    );
    check(
        &ron("placement: day_school, visits: 2"),
        &json(r#""placement": "day school", "visits": 2"#),
        Err("not-known"),
    );
    check(
        &ron("placement: day_school, fee: \"not known\", visits: 2"),
        &json(r#""placement": "day school", "fee": null, "visits": 2"#),
        Err("not-known"),
    );
}

#[test]
fn what_does_not_apply_is_not_among_the_facts_of_a_decision() {
    let policy = policy();
    let case =
        policy.case([("placement", "home"), ("has carer", "no"), ("cost", "£5.00")]).unwrap();
    let decision = policy.decide(&case).unwrap();
    let record = policy.record(&case, &decision);
    let names: Vec<&str> = record.facts.iter().map(|fact| fact.name.as_str()).collect();
    assert_eq!(names, ["placement", "has carer", "cost"]);
    assert_eq!(decision.applies(policy.fact("fee").unwrap()), Some(false));
    assert_eq!(decision.applies(policy.fact("cost").unwrap()), Some(true));
}

#[test]
fn a_block_is_told_what_each_case_says() {
    let policy = policy();
    let fact = |name: &str| policy.fact(name).unwrap();
    let mut block = Block::new(policy.program());
    // Lane 0 states a fee where there is none, lane 1 leaves it out, lane 2 needs it.
    block.bytes_mut(fact("placement")).unwrap()[2] = 1;
    block.said_mut(fact("fee")).unwrap()[0] = Fact::A_VALUE;
    assert!(block.said_mut(fact("cost")).is_none());
    policy.program().decide_block(&mut block, 3).unwrap();
    let refused = |refusal| Some(Outcome::Refused { refusal, item: None });
    assert_eq!(block.outcome(0), refused(Refusal::DoesNotApply { fact: fact("fee") }));
    assert_eq!(block.outcome(1), Some(Outcome::Decided));
    assert_eq!(block.outcome(2), refused(Refusal::NotStated { fact: fact("fee") }));
}
