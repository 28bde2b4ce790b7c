//! A case as JSON, by the names that its facts have outside the policy.

use apportion::checked::{Constant, Fact, Type};
use apportion::policy::Policy;
use apportion_core::case::{Case, State};
use apportion_core::program::FactId;
use apportion_core::value::Value as EngineValue;
use serde_json::{Map, Value};

use crate::comparison::engine_value;
use crate::random_cases::Facts;

/// How the values of a case are written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Spelling {
    /// `"£1,600.00"`, `"3 May 2017"`, `"yes"`; what is not stated is left out.
    People,
    /// Whole pence, `"2017-05-03"`, `true`; what has no default and is not stated is `null`.
    Programs,
}

/// The greatest whole number that no reader of JSON changes.
const GREATEST_WHOLE: u64 = 1 << 53;

/// A case as JSON.
pub(super) fn spelled(policy: &Policy, facts: &Facts, spelling: Spelling) -> Value {
    let mut object = Map::new();
    for (fact, constant) in
        policy.facts().iter().zip(&facts.of_case).filter(|(fact, _)| !fact.is_text)
    {
        let as_programs_do = match (constant, spelling) {
            (Some(constant), Spelling::Programs) => by_program(fact, *constant),
            (None, Spelling::Programs) if fact.default.is_none() => {
                Some((fact.outside.clone(), Value::Null))
            }
            _ => None,
        };
        let as_people_do = || {
            let text = policy.show_fact(fact, engine_value((*constant)?));
            Some((fact.outside.clone(), Value::String(text)))
        };
        object.extend(as_programs_do.or_else(as_people_do));
    }
    Value::Object(object)
}

/// A name and a value as programs write them, where they differ from people.
fn by_program(fact: &Fact, constant: Constant) -> Option<(String, Value)> {
    let name = fact.outside.clone();
    match (constant, &fact.kind) {
        (Constant::YesNo(truth), _) => Some((name, Value::Bool(truth))),
        (Constant::Date(day), _) => {
            let (year, month, day) = (day.year(), day.month(), day.day());
            Some((name, Value::String(format!("{year:04}-{month:02}-{day:02}"))))
        }
        (Constant::Number(number), Type::Number(of))
            if of.denominator == 1 && number.unsigned_abs() < GREATEST_WHOLE =>
        {
            let name = if of.unit.is_money() { name + "_pence" } else { name };
            Some((name, Value::from(number)))
        }
        _ => None,
    }
}

/// The facts of a case as it was read, for the reference.
pub(super) fn facts(policy: &Policy, case: &Case) -> Facts {
    let ids = (0..).map(FactId).take(policy.facts().len());
    let of_case = ids.map(|fact| match case.get(fact) {
        State::Known(EngineValue::YesNo(truth)) => Some(Constant::YesNo(truth)),
        State::Known(EngineValue::Word(word)) => Some(Constant::Word(word)),
        State::Known(EngineValue::Date(day)) => Some(Constant::Date(day)),
        State::Known(EngineValue::Amount(value)) => Some(Constant::Number(value)),
        State::NotStated | State::NotKnown => None,
    });
    Facts { of_case: of_case.collect(), ..Facts::default() }
}
