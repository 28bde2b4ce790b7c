//! What is written is read back as it was: cases as an example, in RON, JSON and CSV, and
//! decisions in JSON and RON. Over policies that nobody thought of.

use std::collections::BTreeMap;

use apportion::engine::case::{Case, State};
use apportion::engine::date::Date;
use apportion::engine::decision::Decision;
use apportion::engine::outlook::Outlook;
use apportion::engine::program::{FactId, Item, ListId};
use apportion::policy::Policy;
use apportion_exchange::case::{from_json, from_ron};
use apportion_exchange::csv::caseload::Caseload;
use apportion_exchange::csv::columns::Carry;
use apportion_exchange::csv::rejects::RejectRows;
use apportion_exchange::decision::{to_json, to_ron};

use crate::comparison::{engine_case, named_items, stated, stated_in_example, stated_items};
use crate::generator::choices::Seeded;
use crate::generator::model::{Example, Model};
use crate::generator::{generate, print};
use crate::random_cases::{CaseMaker, Facts};
use crate::rivals::random::Random;

/// How many policies are looked at.
const POLICIES: u64 = 60;
/// How many cases of each are written and read.
const CASES: usize = 8;

/// A generated policy with cases of it.
struct Made {
    model: Model,
    policy: Policy,
    cases: Vec<Facts>,
}

fn made() -> impl Iterator<Item = Made> {
    (0..POLICIES).map(|seed| {
        let model = generate(&mut Seeded::new(seed));
        let policy = Policy::parse(&print(&model).0).unwrap();
        let maker = CaseMaker::new(policy.checked());
        let mut random = Random::new(seed);
        let cases = (0..CASES).map(|_| maker.random(&mut random)).collect();
        Made { model, policy, cases }
    })
}

/// Those whose cases are a row of one file each.
fn without_lists() -> impl Iterator<Item = Made> {
    made().filter(|made| made.policy.checked().lists.is_empty())
}

/// What a case says of each fact, and of each item of each list that it states.
fn states(policy: &Policy, case: &Case) -> (Vec<State>, Vec<Option<Vec<State>>>) {
    let of_case = (0..).map(FactId).take(policy.facts().len()).map(|fact| case.get(fact));
    let lists = policy.checked().lists.iter().zip((0..).map(ListId)).map(|(written, list)| {
        let items = (0..case.items(list)?).map(|index| Item { list, index });
        let facts = |item| written.facts.iter().map(move |fact| case.item(item, *fact));
        Some(items.flat_map(facts).collect())
    });
    (of_case.collect(), lists.collect())
}

#[test]
fn a_case_as_an_example_is_read_back() {
    let mut read_back = 0;
    for Made { mut model, policy, cases } in made() {
        let example = |(place, facts): (usize, &Facts)| {
            let given = stated_in_example(&policy, facts);
            let items = stated_items(&policy, facts);
            Example { name: format!("Case {place}"), given, items, ..Example::default() }
        };
        model.examples = cases.iter().enumerate().map(example).collect();
        let (text, _) = print(&model);
        let read = Policy::parse(&text).unwrap_or_else(|mistakes| panic!("{mistakes}\n{text}"));
        for (example, facts) in read.checked().examples.iter().zip(&cases) {
            let given = Facts::of_example(read.checked(), example).unwrap();
            assert_eq!(&given, facts, "{}\n{text}", example.name);
            read_back += 1;
        }
    }
    assert_eq!(read_back, usize::try_from(POLICIES).unwrap() * CASES);
}

#[test]
fn a_case_in_ron_and_in_json_is_read_back() {
    let mut read_back = 0;
    let outside = |name: &str| name.replace(' ', "_");
    for Made { policy, cases, .. } in made() {
        for facts in &cases {
            let written = states(&policy, &engine_case(&policy, facts).unwrap());
            for document in
                [document(&policy, facts, str::to_owned), document(&policy, facts, outside)]
            {
                let (json, ron) =
                    (serde_json::to_string(&document).unwrap(), ron::to_string(&document).unwrap());
                for case in [from_json(&policy, &json), from_ron(&policy, &ron)] {
                    let case = case.unwrap_or_else(|mistake| panic!("{mistake}\n{json}\n{ron}"));
                    assert_eq!(states(&policy, &case), written, "{json}\n{ron}");
                    read_back += 1;
                }
            }
        }
    }
    assert_eq!(read_back, usize::try_from(POLICIES).unwrap() * CASES * 4);
}

/// A case as a document of its facts and of the items of each list, by their names so written.
fn document(
    policy: &Policy,
    facts: &Facts,
    written: impl Fn(&str) -> String,
) -> serde_json::Map<String, serde_json::Value> {
    let pairs = |pairs: Vec<(String, String)>| -> serde_json::Map<_, _> {
        pairs.into_iter().map(|(name, text)| (written(&name), text.into())).collect()
    };
    let mut document = pairs(stated(policy, facts));
    for (list, items) in named_items(policy, facts) {
        let items: Vec<serde_json::Value> = items.into_iter().map(|it| pairs(it).into()).collect();
        document.insert(written(&list), items.into());
    }
    document
}

/// The facts that a case states, by their names outside the file, with their texts.
fn stated_outside(policy: &Policy, facts: &Facts) -> Vec<(String, String)> {
    let outside = |name: &str| {
        let fact = policy.facts().iter().find(|fact| fact.told_as() == name).unwrap();
        fact.outside.clone()
    };
    stated(policy, facts).into_iter().map(|(name, text)| (outside(&name), text)).collect()
}

/// The facts that a row of a caseload was read as are not shown; what it decides is.
#[test]
fn a_case_in_a_row_is_decided_as_in_a_file() {
    let mut accepted = 0;
    for Made { policy, cases, .. } in without_lists() {
        let names: Vec<&str> = policy.facts().iter().map(|fact| fact.outside.as_str()).collect();
        let mut caseload = csv::Writer::from_writer(Vec::new());
        caseload.write_record(&names).unwrap();
        for facts in &cases {
            let texts: BTreeMap<String, String> =
                stated_outside(&policy, facts).into_iter().collect();
            let cells = names.iter().map(|name| texts.get(*name).map_or("", String::as_str));
            caseload.write_record(cells).unwrap();
        }
        let caseload = caseload.into_inner().unwrap();
        let (mut output, mut rejected) = (Vec::new(), Vec::new());
        let opened = Caseload::open(&policy, caseload.as_slice(), &Carry::Nothing).unwrap();
        let mut rejects = RejectRows::new(&mut rejected, opened.columns()).unwrap();
        let summary = opened.decide(&mut output, &mut rejects).unwrap();
        rejects.finish().unwrap();

        let mut rows = csv::Reader::from_reader(output.as_slice());
        let columns = rows.headers().unwrap().clone();
        let mut rows = rows.records();
        for facts in &cases {
            let case = engine_case(&policy, facts).unwrap();
            let mut decision = Decision::new(policy.program());
            if policy.program().decide(&case, &mut decision).is_ok() {
                let row = rows.next().unwrap().unwrap();
                same_row(&policy, &case, &decision, &columns, &row);
                accepted += 1;
            } else if is_settled(&policy, &case) {
                rows.next().unwrap().unwrap();
            }
        }
        assert!(rows.next().is_none());
        assert_eq!(summary.accepted + summary.rejected, u64::try_from(CASES).unwrap());
    }
    let policies = without_lists().count();
    assert!(policies > usize::try_from(POLICIES).unwrap() / 4, "{policies}");
    assert!(accepted > policies * CASES / 2, "{accepted}");
}

/// Whether what is not known of a case makes no difference.
fn is_settled(policy: &Policy, case: &Case) -> bool {
    let mut outlook = Outlook::new(policy.program());
    let foreseen = policy.foresee_into(case, &policy.open(case), &mut outlook);
    foreseen.is_ok() && outlook.is_settled()
}

/// That a row says what the decision of its case says.
fn same_row(
    policy: &Policy,
    case: &Case,
    decision: &Decision,
    columns: &csv::StringRecord,
    row: &csv::StringRecord,
) {
    let cell = |name: &str| row.get(columns.iter().position(|it| it == name).unwrap()).unwrap();
    let record = policy.record(case, decision);
    let yes_no = |yes: bool| if yes { "yes" } else { "no" };
    if columns.iter().any(|name| name == "covered") {
        assert_eq!(cell("covered"), yes_no(record.is_covered));
    }
    if !record.is_covered {
        return;
    }
    for it in &record.conclusions {
        assert_eq!(cell(&it.outside), yes_no(it.is_drawn), "{}", it.name);
    }
    for it in &record.values {
        let value = it.value.as_deref().unwrap_or_default().replace(['£', ','], "");
        // Spreadsheets sort days that are written year first.
        let value = Date::parse(&value)
            .map_or(value, |day| format!("{}-{:02}-{:02}", day.year(), day.month(), day.day()));
        assert_eq!(cell(&it.outside), value, "{}", it.name);
    }
    for it in &record.payments {
        let unit = if it.unit_outside.is_empty() { "" } else { &format!("_{}", it.unit_outside) };
        let pounds = it.amount.to_string().replace(['£', ','], "");
        let pounds = if it.is_final { pounds } else { String::new() };
        assert_eq!(cell(&format!("pays_{}{unit}", it.outside)), pounds, "{}", it.party);
    }
    let awaiting: i64 = record.awaiting.iter().map(|it| it.amount.pence()).sum();
    let columns = columns.iter().zip(row).filter(|(name, _)| name.starts_with("awaits_"));
    let cells = columns.map(|(_, cell)| cell.replace('.', "").parse::<i64>().unwrap_or_default());
    assert_eq!(cells.sum::<i64>(), awaiting, "{:?}", record.awaiting);
}

#[test]
fn a_decision_in_json_and_in_ron_is_the_same_data() {
    for Made { policy, cases, .. } in made() {
        for facts in &cases {
            let case = engine_case(&policy, facts).unwrap();
            let Ok(decision) = policy.decide(&case) else { continue };
            let record = policy.record(&case, &decision);
            let (json, ron) = (to_json(&record).unwrap(), to_ron(&record).unwrap());
            let from_json: serde_json::Value = serde_json::from_str(&json).unwrap();
            let from_ron: serde_json::Value = ron::from_str(&ron).unwrap();
            assert_eq!(from_json, from_ron, "{json}\n{ron}");
            assert_eq!(from_json["lines"].as_array().unwrap().len(), record.lines.len());
            assert_eq!(from_json["awaiting"].as_array().unwrap().len(), record.awaiting.len());
            for (read, payment) in
                from_json["payments"].as_array().unwrap().iter().zip(&record.payments)
            {
                assert_eq!(read["key"], payment.outside);
                let pounds = payment.amount.to_string().replace(['£', ','], "");
                assert_eq!(read["pounds"], pounds);
                assert_eq!(read["final"], payment.is_final);
            }
        }
    }
}
