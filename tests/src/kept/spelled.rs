//! A case as JSON, by the names that its facts have outside the policy.

use apportion::checked::{Constant, Fact, Type};
use apportion::policy::Policy;
use apportion_core::case::{Case, State};
use apportion_core::program::{FactId, Item, ListId};
use apportion_core::value::Value as EngineValue;
use serde_json::{Map, Value};

use crate::comparison::engine_value;
use crate::random_cases::{Facts, ItemFacts};

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
    let of_case = policy.facts().iter().zip(&facts.of_case);
    let of_case = of_case.filter(|(fact, _)| fact.list.is_none());
    let mut object = stated(policy, of_case, spelling);
    for (list, items) in policy.lists().iter().zip(&facts.lists) {
        let Some(items) = items else { continue };
        let of_item = |item: &ItemFacts| {
            let own = list.facts.iter().zip(item);
            let own = own.map(|(fact, stated)| (&policy.facts()[fact.index()], stated));
            Value::Object(stated(policy, own, spelling))
        };
        object.insert(list.outside.clone(), items.iter().map(of_item).collect());
    }
    Value::Object(object)
}

/// What is stated of the case or of an item, by the outside names of its facts.
fn stated<'a>(
    policy: &Policy,
    facts: impl Iterator<Item = (&'a Fact, &'a Option<Constant>)>,
    spelling: Spelling,
) -> Map<String, Value> {
    let mut object = Map::new();
    for (fact, constant) in facts.filter(|(fact, _)| !fact.is_text) {
        // Shares that a panel has not decided, and what does not apply, are left out.
        let may_be_null =
            fact.default.is_none() && fact.panel_share.is_none() && fact.only_when.is_none();
        let as_programs_do = match (constant, spelling) {
            (Some(constant), Spelling::Programs) => by_program(fact, *constant),
            (None, Spelling::Programs) if may_be_null => Some((fact.outside.clone(), Value::Null)),
            _ => None,
        };
        let as_people_do = || {
            let text = policy.show_fact(fact, engine_value((*constant)?));
            Some((fact.outside.clone(), Value::String(text)))
        };
        object.extend(as_programs_do.or_else(as_people_do));
    }
    object
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
    let of_case = ids.map(|fact| constant(case.get(fact))).collect();
    let lists = policy.lists().iter().zip((0..).map(ListId));
    let lists = lists.map(|(declared, list)| {
        let items = (0..case.items(list)?).map(|index| Item { list, index });
        let of_item = |item: Item| {
            declared.facts.iter().map(|fact| constant(case.item(item, *fact))).collect()
        };
        Some(items.map(of_item).collect())
    });
    Facts { of_case, lists: lists.collect() }
}

fn constant(state: State) -> Option<Constant> {
    match state {
        State::Known(EngineValue::YesNo(truth)) => Some(Constant::YesNo(truth)),
        State::Known(EngineValue::Word(word)) => Some(Constant::Word(word)),
        State::Known(EngineValue::Date(day)) => Some(Constant::Date(day)),
        State::Known(EngineValue::Amount(value)) => Some(Constant::Number(value)),
        State::NotStated | State::NotKnown => None,
    }
}
