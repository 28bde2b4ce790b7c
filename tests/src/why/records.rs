//! A record decides again to the same, byte for byte, and what was changed in it is named.

use apportion::policy::Policy;
use apportion_core::case::Case;
use apportion_exchange::record::{SCHEMA, to_json, to_ron};
use apportion_exchange::verify::{VerifyMistake, verify};
use serde_json::Value;

use crate::parallel::look_at_each;
use crate::rivals::random::Random;

use super::random::look_at_cases;

/// How many policies are looked at, unless the environment says otherwise.
const POLICIES: u64 = 60;
/// How many cases of each.
const CASES: usize = 4;

/// What came of the policies.
#[derive(Debug, Default)]
struct Tally {
    decided: usize,
    open: usize,
    refused: usize,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.decided += other.decided;
        self.open += other.open;
        self.refused += other.refused;
    }
}

#[test]
fn a_record_of_any_case_decides_again_to_the_same() {
    let tally = look_at_each("APPORTION_PAGES", POLICIES, look, Tally::add);
    println!("{tally:?}");
    assert!(tally.decided > 40 && tally.open > 20 && tally.refused > 10, "{tally:?}");
}

fn look(seed: u64) -> Result<Tally, String> {
    let mut random = Random::new(seed);
    look_at_cases(seed, CASES, |policy, mut case, tally: &mut Tally| {
        if random.is_in(50) {
            leave_one_open(policy, &mut case, &mut random);
        }
        match comes_out(policy, &case)? {
            "decision" => tally.decided += 1,
            "needs" => tally.open += 1,
            _ => tally.refused += 1,
        }
        Ok(())
    })
}

/// Some fact of the case is then not known.
fn leave_one_open(policy: &Policy, case: &mut Case, random: &mut Random) {
    let facts: Vec<usize> = (0..policy.facts().len())
        .filter(|place| {
            let fact = &policy.facts()[*place];
            fact.list.is_none() && !fact.is_text && fact.panel_share.is_none()
        })
        .collect();
    if let Some(place) = facts.get(random.below(facts.len() as u64) as usize) {
        let id = policy.fact(&policy.facts()[*place].outside).unwrap();
        policy.state(case, id, "not known").unwrap();
    }
}

/// Which outcome the record of a case has; or what does not come out of it.
fn comes_out(policy: &Policy, case: &Case) -> Result<&'static str, String> {
    let record = to_json(policy, case).unwrap();
    for written in [&record, &to_ron(policy, case).unwrap()] {
        let differences = verify(policy, written).map_err(|mistake| mistake.to_string())?;
        if let Some(difference) = differences.first() {
            return Err(format!("{difference}\n{written}"));
        }
    }
    let value: Value = serde_json::from_str(&record).unwrap();
    let stated = value["case"].to_string();
    let again = apportion_exchange::case::from_json(policy, &stated).unwrap();
    if to_json(policy, &again).unwrap() != record {
        return Err(format!("the case as recorded is another:\n{record}"));
    }
    every_change_is_named(policy, &value)?;
    let kinds = ["decision", "needs", "refused"];
    Ok(kinds.into_iter().find(|kind| value.get(*kind).is_some()).unwrap())
}

/// Changes each text of the record, but those of the case, one at a time (a few of them).
fn every_change_is_named(policy: &Policy, record: &Value) -> Result<(), String> {
    let mut places = Vec::new();
    texts("", record, &mut places);
    let some = places.iter().filter(|place| !place.starts_with("/case")).step_by(7);
    for place in some {
        let mut edited = record.clone();
        *edited.pointer_mut(place).unwrap() = Value::String(String::from("something else"));
        let differences = verify(policy, &edited.to_string()).map_err(|it| it.to_string())?;
        if differences.len() != 1 {
            return Err(format!("{place} was edited, and found: {differences:?}"));
        }
    }
    Ok(())
}

fn texts(place: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(place.to_owned()),
        Value::Array(values) => {
            let values = values.iter().enumerate();
            values.for_each(|(index, value)| texts(&format!("{place}/{index}"), value, found));
        }
        Value::Object(values) => {
            values.iter().for_each(|(key, value)| texts(&format!("{place}/{key}"), value, found));
        }
        _ => {}
    }
}

const POLICY: &str = "\
policy    Half each
about     a child
between
  the ICB       NHS Northshire ICB
  the council   Northshire Council
panels
  the panel     Northshire joint funding panel
version   2, in force from 1 April 2025

facts
  care cost    money a week, £0.00 to £5,000.00
  agreed       yes or no, no unless stated, decided by the panel

visits, each with
  price   money

1    Who pays
1.1  When agreed: the ICB 50%, the council 50%.
1.2  When not agreed: the council 100%.
1.3  Split care cost in the shares of section 1.
";

fn case(policy: &Policy, facts: &[(&str, &str)]) -> Case {
    let mut case = policy.case(facts.iter().copied()).unwrap();
    policy.add_item(&mut case, "visit", [("price", "£12.50")]).unwrap();
    case
}

#[test]
fn a_record_has_the_shape_of_its_schema_and_says_where_facts_are_from() {
    let policy = Policy::parse(POLICY).unwrap();
    let decided = case(&policy, &[("care cost", "£100.01"), ("agreed", "yes")]);
    let record = crate::command::documents::valid(SCHEMA, &to_json(&policy, &decided).unwrap());
    assert_eq!(record["case"]["care_cost"], "£100.01");
    assert_eq!(record["case"]["visits"][0]["price"], "£12.50");
    assert_eq!(record["panels"][0]["key"], "agreed");
    assert_eq!(record["panels"][0]["panel"], "the panel");
    assert_eq!(record["decision"]["payments"][0]["pounds"], "50.01");
    assert_eq!(record["policy"]["sha256"], policy.program().fingerprint().to_string());
    let open = case(&policy, &[("care cost", "not known")]);
    let record = crate::command::documents::valid(SCHEMA, &to_json(&policy, &open).unwrap());
    assert_eq!(record["case"]["care_cost"], Value::Null);
    assert_eq!(record["needs"]["needs"][0]["key"], "care_cost");
}

/// The bytes, whatever the order in which the facts were stated.
#[test]
fn the_same_case_gives_the_same_record() {
    let policy = Policy::parse(POLICY).unwrap();
    let one = case(&policy, &[("care cost", "£100.01"), ("agreed", "yes")]);
    let two = case(&policy, &[("agreed", "yes"), ("care cost", "100.01")]);
    assert_eq!(to_json(&policy, &one).unwrap(), to_json(&policy, &two).unwrap());
    assert!(!to_json(&policy, &one).unwrap().contains('\r'));
}

#[test]
fn what_another_policy_makes_of_a_record_is_named() {
    let policy = Policy::parse(POLICY).unwrap();
    let record = to_json(&policy, &case(&policy, &[("care cost", "£100.01")])).unwrap();
    let text = POLICY.replace("version   2", "version   3").replace(
        "1.2  When not agreed: the council 100%.",
        "1.2  When not agreed: the ICB 1%, the council 99%.",
    );
    let other = Policy::parse(&text).unwrap();
    let differences = verify(&other, &record).unwrap();
    let told: Vec<String> = differences.iter().map(ToString::to_string).collect();
    let has = |text: &str| told.iter().any(|told| told == text);
    assert!(has("policy, version: recorded as 2, comes out as 3"), "{told:#?}");
    assert!(told.iter().any(|told| told.starts_with("policy, sha256: recorded as `")), "{told:#?}");
    let icb = "decision, payments, the ICB, pounds: recorded as `0.00`, comes out as `1.00`";
    assert!(has(icb), "{told:#?}");
    assert!(differences.iter().all(|it| !it.is_of_engine()));
}

#[test]
fn another_version_of_apportion_alone_is_no_fault() {
    let policy = Policy::parse(POLICY).unwrap();
    let record = to_json(&policy, &case(&policy, &[("care cost", "£100.01")])).unwrap();
    let engine = format!("\"engine\": \"{}\"", env!("CARGO_PKG_VERSION"));
    let older = record.replace(&engine, "\"engine\": \"0.0.9\"");
    let differences = verify(&policy, &older).unwrap();
    assert_eq!(differences.len(), 1);
    assert!(differences[0].is_of_engine(), "{differences:?}");
}

#[test]
fn what_is_no_record_is_said_to_be_none() {
    let policy = Policy::parse(POLICY).unwrap();
    let codes = [
        ("", "no-record"),
        ("\n", "no-record"),
        ("{", "record-syntax"),
        ("(", "record-syntax"),
        ("[]", "no-record"),
        ("{}", "no-record"),
        ("{\"case\": []}", "no-record"),
        ("{\"case\": {\"care_cost\": \"£1.00\"}, \"case\": {}}", "record-syntax"),
        ("{\"case\": {\"care_cost\": \"£1.00\", \"care_cost\": \"£2.00\"}}", "record-syntax"),
        ("(case: {}, case: {})", "record-syntax"),
        ("{\"case\": {\"care_cost\": 1.5}}", "record-syntax"),
        ("{\"case\": {\"no such fact\": 1}}", "no-such-fact"),
        ("{\"case\": {}, \"withheld\": [\"care_cost\"]}", "record-withholds"),
    ];
    for (text, code) in codes {
        let mistake = verify(&policy, text).unwrap_err();
        assert_eq!(mistake.code(), code, "{text}: {mistake}");
    }
    let large = " ".repeat(apportion_exchange::verify::MOST_BYTES + 1);
    assert!(matches!(verify(&policy, &large), Err(VerifyMistake::TooLarge)));
    // Nesting without end overflows nothing.
    let deep = format!("{{\"case\": {}", "[".repeat(100_000));
    assert_eq!(verify(&policy, &deep).unwrap_err().code(), "record-syntax");
    let deep = format!("(case: {}", "[".repeat(100_000));
    assert_eq!(verify(&policy, &deep).unwrap_err().code(), "record-syntax");
}
