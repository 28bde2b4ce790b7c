//! A case from what programs give most: facts under names that were met before, with values that are
//! exact as they are.
//!
//! Everything else, all mistakes among it, is left to [`facts`](crate::facts), which makes the same
//! case of what is read here.

use apportion::checked::{Fact, Type};
use apportion::engine::case::{Case, State};
use apportion::engine::date::Date;
use apportion::engine::value::Value;
use apportion::policy::Policy;
use apportion_exchange::field::Field;
use apportion_exchange::scale::Scale;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDate, PyDict, PyInt, PyString};

use crate::numbers::decimal_class;

/// The most names that are remembered, and words of each.
const MOST: usize = 256;

/// What Python counts 1 January 1970 as.
const EPOCH: i32 = 719_163;

/// The names of facts as cases spell them, and what was read under each. They are looked up as Python
/// does it, which has their hashes already.
#[derive(Debug)]
pub(crate) struct Known {
    /// The place of each name among all.
    places: Py<PyDict>,
    names: Vec<Name>,
}

#[derive(Debug)]
struct Name {
    field: Field,
    /// The place of the value of each word, as it was spelt.
    places: Py<PyDict>,
    values: Vec<Value>,
}

impl Known {
    pub(crate) fn new(py: Python<'_>) -> Known {
        Known { places: PyDict::new(py).unbind(), names: Vec::new() }
    }

    /// The case of some facts; none where anything about them is out of the ordinary.
    pub(crate) fn case(&mut self, policy: &Policy, facts: &[&Bound<'_, PyDict>]) -> Option<Case> {
        let mut case = policy.new_case();
        let mut stated = vec![false; policy.facts().len()];
        for facts in facts {
            for (name, value) in facts.iter() {
                let name = self.name(policy, name.cast_exact::<PyString>().ok()?)?;
                let is_stated = stated.get_mut(name.field.fact.index())?;
                if core::mem::replace(is_stated, true) {
                    return None;
                }
                name.state(policy, &mut case, &value)?;
            }
        }
        Some(case)
    }

    fn name(&mut self, policy: &Policy, name: &Bound<'_, PyString>) -> Option<&mut Name> {
        let places = self.places.bind(name.py());
        let place = match places.get_item(name).ok()? {
            Some(place) => place.extract().ok()?,
            None => {
                let text = name.to_str().ok()?;
                // A fact may have the name of one item.
                let is_list = policy.list(text).is_some() && policy.fact(text).is_none();
                let place = self.names.len();
                if is_list || place == MOST {
                    return None;
                }
                let field = Field::find(policy, text).ok()?;
                let words = PyDict::new(name.py()).unbind();
                places.set_item(name, place).ok()?;
                self.names.push(Name { field, places: words, values: Vec::new() });
                place
            }
        };
        self.names.get_mut::<usize>(place)
    }
}

impl Name {
    fn state(&mut self, policy: &Policy, case: &mut Case, value: &Bound<'_, PyAny>) -> Option<()> {
        let id = self.field.fact;
        let fact = policy.facts().get(id.index())?;
        if let Ok(text) = value.cast_exact::<PyString>() {
            return self.state_text(policy, case, fact, text);
        }
        if fact.is_text {
            return None;
        }
        if value.is_none() {
            return case.set_not_known(id).ok();
        }
        let value = match &fact.kind {
            Type::YesNo => Value::YesNo(value.cast_exact::<PyBool>().ok()?.is_true()),
            Type::Date { first, last } => {
                let day = day(value)?;
                Value::Date(Some(day).filter(|day| first <= day && day <= last)?)
            }
            Type::Number(_) => {
                let (whole, places) = digits(value)?;
                Value::Amount(Scale::new(fact, self.field, places)?.number(whole)?)
            }
            _ => return None,
        };
        case.set(id, value).ok()
    }

    fn state_text(
        &mut self,
        policy: &Policy,
        case: &mut Case,
        fact: &Fact,
        text: &Bound<'_, PyString>,
    ) -> Option<()> {
        let id = self.field.fact;
        let is_word = matches!(fact.kind, Type::YesNo | Type::Words { .. });
        let places = self.places.bind(text.py());
        let known = if is_word { places.get_item(text).ok()? } else { None };
        if let Some(place) = known {
            let value = *self.values.get(place.extract::<usize>().ok()?)?;
            return case.set(id, value).ok();
        }
        self.field.state(policy, case, None, text.to_str().ok()?).ok()?;
        if let (State::Known(value), true) = (case.get(id), is_word && self.values.len() < MOST) {
            places.set_item(text, self.values.len()).ok()?;
            self.values.push(value);
        }
        Some(())
    }
}

/// A day of the calendar, without a time of day.
fn day(value: &Bound<'_, PyAny>) -> Option<Date> {
    let day = value.cast_exact::<PyDate>().ok()?;
    let ordinal = day.call_method0(pyo3::intern!(value.py(), "toordinal")).ok()?;
    Date::from_day_number(ordinal.extract::<i32>().ok()?.checked_sub(EPOCH)?)
}

/// A number by its digits, as a whole number over a power of ten.
fn digits(value: &Bound<'_, PyAny>) -> Option<(i128, i8)> {
    if value.is_exact_instance_of::<PyInt>() {
        return Some((value.extract::<i64>().ok()?.into(), 0));
    }
    if !value.get_type().is(decimal_class(value.py()).ok()?) {
        return None;
    }
    let text = value.str().ok()?;
    let text = text.to_str().ok()?;
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (mut whole, mut places) = (0_i128, None);
    for byte in digits.bytes() {
        match (byte, &mut places) {
            (b'0'..=b'9', places) => {
                whole = whole.checked_mul(10)?.checked_add(i128::from(byte - b'0'))?;
                *places = places.map(|places: i8| places.saturating_add(1));
            }
            (b'.', places @ None) => *places = Some(0),
            // `NaN`, `1E+3`
            _ => return None,
        }
    }
    Some((sign * whole, places.unwrap_or(0)))
}
