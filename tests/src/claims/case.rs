//! Any text as a case of the example policy.

use std::sync::LazyLock;

use apportion::checked::{Constant, Fact, Type};
use apportion::engine::case::{Case, State};
use apportion::engine::program::FactId;
use apportion::engine::value::Value;
use apportion::policy::{CaseMistake, NOT_KNOWN, Policy};
use apportion_exchange::case::{from_json, from_ron};
use apportion_exchange::field::Field;
use apportion_exchange::mistake::{CaseTextMistake, FieldMistake};
use serde_json::Value as Json;

use super::Came;
use crate::comparison::compare;
use crate::random_cases::Facts;

pub(super) static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let text = include_str!("../../../examples/continuing_care/continuing_care.policy");
    Policy::parse(text).unwrap()
});

/// What is read as a case has values within the bounds of their facts, is read again from
/// the same facts in RON and in JSON, and is decided as the reference decides it. What is
/// refused names a place in the text, or a fact of the policy, or a name that is none.
pub fn case_ron(bytes: &[u8]) -> Came {
    let text = String::from_utf8_lossy(bytes);
    holds(&text, from_ron(&POLICY, &text))
}

/// As [`case_ron`]; and whatever stands in the text as a string, a truth, `null` or a whole
/// number is read as `serde_json` reads it by itself.
pub fn case_json(bytes: &[u8]) -> Came {
    let text = String::from_utf8_lossy(bytes);
    let read = from_json(&POLICY, &text);
    if let (Ok(case), Ok(Json::Object(entries))) = (&read, serde_json::from_str(&text)) {
        for (name, value) in &entries {
            let value = match value {
                Json::String(text) => text.clone(),
                Json::Number(number) if !number.is_f64() => number.to_string(),
                Json::Bool(truth) => truth.to_string(),
                Json::Null => NOT_KNOWN.to_owned(),
                _ => continue,
            };
            let field = Field::find(&POLICY, name).unwrap();
            let mut alone = POLICY.new_case();
            field.state(&POLICY, &mut alone, None, &value).unwrap();
            assert_eq!(alone.get(field.fact), case.get(field.fact), "{name}");
        }
    }
    holds(&text, read)
}

fn holds(text: &str, read: Result<Case, CaseTextMistake>) -> Came {
    match read {
        Ok(case) => {
            is_read_again(&case);
            is_decided_as_the_reference_does(&case);
            Came::Read
        }
        Err(mistake) => {
            has_a_place(text, &mistake);
            Came::Refused
        }
    }
}

/// The facts that a case states, with their texts.
fn stated(case: &Case) -> Vec<(&'static Fact, String)> {
    let facts = POLICY.facts().iter().zip((0..).map(FactId));
    let stated = facts.filter_map(|(fact, id)| match case.get(id) {
        State::NotStated => None,
        State::NotKnown => Some((fact, NOT_KNOWN.to_owned())),
        State::Known(value) => {
            assert!(is_value_of(fact, value), "{value:?} of {fact:?}");
            Some((fact, POLICY.show_fact(fact, value)))
        }
    });
    stated.collect()
}

fn is_value_of(fact: &Fact, value: Value) -> bool {
    match (value, &fact.kind) {
        (Value::YesNo(_), Type::YesNo) => true,
        (Value::Word(word), Type::Words { count, .. }) => word < *count,
        (Value::Date(day), Type::Date { first, last }) => *first <= day && day <= *last,
        (Value::Amount(amount), Type::Number(number)) => {
            number.least <= amount && amount <= number.greatest && amount % fact.step == 0
        }
        _ => false,
    }
}

fn is_read_again(case: &Case) {
    let stated = stated(case);
    let by_name = stated.iter().map(|(fact, text)| (fact.name.clone(), text.clone().into()));
    let json = Json::Object(by_name.collect()).to_string();
    let entries = stated.iter().map(|(fact, text)| format!("{:?}: {text:?}", fact.outside));
    let ron = format!("{{{}}}", entries.collect::<Vec<_>>().join(", "));
    for again in [from_json(&POLICY, &json), from_ron(&POLICY, &ron)] {
        let again = again.unwrap_or_else(|mistake| panic!("{mistake} in {json}"));
        for (_, id) in POLICY.facts().iter().zip((0..).map(FactId)) {
            assert_eq!(again.get(id), case.get(id), "{json}");
        }
    }
}

/// Compares the case, unless it says of a fact that it is not known.
fn is_decided_as_the_reference_does(case: &Case) {
    let ids = (0..).map(FactId).take(POLICY.facts().len());
    let of_case: Option<Vec<_>> = ids.map(|id| constant(case.get(id))).collect();
    if let Some(of_case) = of_case
        && let facts = (Facts { of_case, ..Facts::default() })
        && let Err(difference) = compare(&POLICY, &[facts])
    {
        panic!("{difference}");
    }
}

/// What is stated, for the reference; none where it is said not to be known.
fn constant(state: State) -> Option<Option<Constant>> {
    Some(match state {
        State::NotKnown => return None,
        State::NotStated => None,
        State::Known(Value::YesNo(truth)) => Some(Constant::YesNo(truth)),
        State::Known(Value::Word(word)) => Some(Constant::Word(word)),
        State::Known(Value::Date(day)) => Some(Constant::Date(day)),
        State::Known(Value::Amount(amount)) => Some(Constant::Number(amount)),
    })
}

fn has_a_place(text: &str, mistake: &CaseTextMistake) {
    assert!(!mistake.code().is_empty() && !mistake.to_string().is_empty());
    let is_declared = |name: &str| POLICY.facts().iter().any(|fact| fact.name == name);
    match mistake {
        CaseTextMistake::Syntax { line, column, .. } => {
            assert!(is_place(text, *line, *column), "{mistake:?} in {text:?}");
        }
        // The whole text is none.
        CaseTextMistake::NotFacts { .. } => {}
        CaseTextMistake::Several(mistakes) => {
            assert!(mistakes.len() > 1, "{mistakes:?}");
            mistakes.iter().for_each(|mistake| has_a_place(text, mistake));
        }
        CaseTextMistake::Nested { name } => {
            assert!(text.len() >= name.len(), "{mistake:?}");
        }
        CaseTextMistake::Item { mistake, .. } => has_a_place(text, mistake),
        CaseTextMistake::NotAList { .. }
        | CaseTextMistake::ItemNotFacts { .. }
        | CaseTextMistake::Field(FieldMistake::Case(
            CaseMistake::NoSuchList { .. }
            | CaseMistake::ElsewhereStated { .. }
            | CaseMistake::TooManyItems { .. },
        )) => panic!("the policy has no lists: {mistake:?}"),
        CaseTextMistake::Field(FieldMistake::Case(CaseMistake::NoSuchFact { name, near })) => {
            assert!(Field::find(&POLICY, name).is_err(), "{mistake:?}");
            assert!(near.as_deref().is_none_or(is_declared), "{mistake:?}");
        }
        CaseTextMistake::Field(
            FieldMistake::Case(
                CaseMistake::StatedTwice { fact } | CaseMistake::NoValue { fact, .. },
            )
            | FieldMistake::NotPence { fact },
        ) => assert!(is_declared(fact), "{mistake:?}"),
    }
}

/// Whether there is such a line, and the column stands in it or just after it.
fn is_place(text: &str, line: usize, column: usize) -> bool {
    let lines = text.split('\n').nth(line.wrapping_sub(1));
    lines.is_some_and(|line| (1..=line.len() + 1).contains(&column))
}
