//! Values of a policy as values of Python.

use apportion::checked::{Fact, Type};
use apportion::engine::date::Date;
use apportion::engine::decision::{Answer, Decision};
use apportion::engine::program::ValueId;
use apportion::engine::value::Value;
use apportion::policy::Policy;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDate, PyTuple};

use crate::numbers;

/// The value of a fact.
pub(crate) fn of_fact<'py>(
    py: Python<'py>,
    policy: &Policy,
    fact: &Fact,
    value: Value,
) -> PyResult<Bound<'py, PyAny>> {
    match (value, &fact.kind) {
        (Value::YesNo(truth), _) => Ok(truth_of(py, truth)),
        (Value::Date(day), _) => date(py, day),
        (Value::Amount(steps), Type::Number(number)) => numbers::number(py, number, steps),
        (value, _) => Ok(policy.show_fact(fact, value).into_pyobject(py)?.into_any()),
    }
}

/// A value that a clause gives; none where no clause gives it in this case.
pub(crate) fn of_value<'py>(
    py: Python<'py>,
    policy: &Policy,
    decision: &Decision,
    id: ValueId,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let (Some(value), Some(answer)) = (policy.checked().values.get(id.index()), decision.value(id))
    else {
        return Ok(None);
    };
    if let Some(words) = policy.listed(decision, id) {
        return Ok(Some(PyTuple::new(py, words)?.into_any()));
    }
    Ok(Some(match (answer, &value.kind) {
        (Answer::Date(day), _) => date(py, day)?,
        (Answer::Byte(byte), Type::YesNo) => truth_of(py, byte != 0),
        (_, Type::Number(number)) => match policy.number(decision, id) {
            Some(value) => numbers::number(py, number, value)?,
            None => return Ok(None),
        },
        _ => policy.show_value(decision, id).into_pyobject(py)?.into_any(),
    }))
}

fn date(py: Python<'_>, day: Date) -> PyResult<Bound<'_, PyAny>> {
    Ok(PyDate::new(py, day.year(), day.month(), day.day())?.into_any())
}

fn truth_of(py: Python<'_>, truth: bool) -> Bound<'_, PyAny> {
    PyBool::new(py, truth).to_owned().into_any()
}
