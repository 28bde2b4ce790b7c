//! What Python gives of a case, as the texts that facts are read from.

use apportion::checked::Type;
use apportion::engine::case::Case;
use apportion::policy::{NOT_KNOWN, Policy};
use apportion_exchange::case::given::{Given, ItemGiven};
use apportion_exchange::case::{from_given, from_json, from_ron};
use apportion_exchange::field::Field;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyDate, PyDateAccess, PyDateTime, PyDict, PyFloat, PyList, PyMapping, PyString, PyTuple,
};

use crate::errors::CaseError;
use crate::numbers::decimal_class;

/// An item, to be shown in messages.
const ITEM: &str = r#"{"price": Decimal("640.00")}"#;

/// Why Python gives no case: an exception of ours, or one that Python raised itself.
#[derive(Debug)]
pub(crate) enum NoCase {
    Ours(CaseError),
    Raised(PyErr),
}

impl From<CaseError> for NoCase {
    fn from(error: CaseError) -> NoCase {
        NoCase::Ours(error)
    }
}

impl From<PyErr> for NoCase {
    fn from(error: PyErr) -> NoCase {
        NoCase::Raised(error)
    }
}

/// A case from a text in RON or JSON, told apart by its first character.
pub(crate) fn case_from_text(policy: &Policy, text: &str) -> Result<Case, CaseError> {
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    let read = if begins.starts_with(['{', '[']) { from_json } else { from_ron };
    read(policy, text).map_err(CaseError::from)
}

/// A case from facts by their names; a list is a sequence of items, each facts by their names.
pub(crate) fn case_from_facts(
    policy: &Policy,
    facts: &[Bound<'_, PyDict>],
) -> Result<Case, NoCase> {
    let mut pairs = Vec::new();
    for facts in facts {
        for (name, value) in facts.iter() {
            let name = name_of(&name)?;
            let given = given(policy, &name, &value)?;
            pairs.push((name, given));
        }
    }
    from_given(policy, pairs, ITEM).map_err(|mistake| CaseError::from(mistake).into())
}

fn name_of(name: &Bound<'_, PyAny>) -> Result<String, NoCase> {
    let text = name
        .cast::<PyString>()
        .map_err(|_| CaseError::of_case("name-not-text", "the name of a fact must be a text"))?;
    Ok(text.to_str()?.to_string())
}

/// What stands under one name.
fn given(policy: &Policy, name: &str, value: &Bound<'_, PyAny>) -> Result<Given, NoCase> {
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        let list = policy.list(name).filter(|_| policy.fact(name).is_none());
        let singular = list.and_then(|list| policy.lists().get(list.index()));
        let singular = singular.map_or("item", |list| list.singular.as_str());
        let mut items = Vec::new();
        for (number, value) in (1..).zip(value.try_iter()?) {
            let item = item(policy, &value?).map_err(|mistake| match mistake {
                NoCase::Ours(mistake) => mistake.in_item(format!("{singular} {number}")).into(),
                raised => raised,
            })?;
            items.push(item);
        }
        return Ok(Given::Items(items));
    }
    single(policy, name, value)
}

/// An item, whose facts have one value each; none where it is no facts.
fn item(policy: &Policy, value: &Bound<'_, PyAny>) -> Result<ItemGiven, NoCase> {
    let Ok(facts) = value.cast::<PyMapping>() else { return Ok(None) };
    let mut pairs = Vec::new();
    for entry in facts.items()?.iter() {
        let (name, value) = entry.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
        let name = name_of(&name)?;
        let given = single(policy, &name, &value)?;
        pairs.push((name, given));
    }
    Ok(Some(pairs))
}

/// One value as the text that its fact is read from. Whatever has several texts, or none that is
/// exact, is refused; no message repeats it.
fn single(policy: &Policy, name: &str, value: &Bound<'_, PyAny>) -> Result<Given, NoCase> {
    let refused = |code, why: &str| Err(refused(policy, name, code, why));
    let text = if let Ok(text) = value.cast::<PyString>() {
        text.to_str()?.to_string()
    } else if value.is_none() {
        NOT_KNOWN.to_string()
    } else if let Ok(truth) = value.cast::<PyBool>() {
        if truth.is_true() { "yes" } else { "no" }.to_string()
    } else if value.is_instance(decimal_class(value.py())?)? {
        match decimal(value)? {
            Ok(text) => text,
            Err((code, why)) => return refused(code, why),
        }
    } else if value.is_instance_of::<PyDateTime>() {
        let why = "has a time of day, and a fact is a day alone; write its `.date()`";
        return refused("time-of-day", why);
    } else if let Ok(day) = value.cast::<PyDate>() {
        format!("{:04}-{:02}-{:02}", day.get_year(), day.get_month(), day.get_day())
    } else if value.is_instance_of::<PyFloat>() {
        return Err(float(policy, name, value)?);
    } else if is_nested(value) {
        return Ok(Given::Nested);
    } else if value.hasattr("__index__")? {
        // A whole number, of Python or of another library such as numpy.
        match value.extract::<i64>() {
            Ok(whole) => whole.to_string(),
            Err(_) => return refused("out-of-bounds", FAR_OUT),
        }
    } else {
        let kind = value.get_type().name()?;
        let why = format!("is a {kind}; write a text, Decimal, int, date, bool or None");
        return refused("no-such-type", &why);
    };
    Ok(Given::Text(text))
}

fn is_nested(value: &Bound<'_, PyAny>) -> bool {
    value.cast::<PyMapping>().is_ok()
        || value.is_instance_of::<PyList>()
        || value.is_instance_of::<PyTuple>()
}

/// What is said of a number with more digits than any fact has.
const FAR_OUT: &str = "is far out of bounds";

/// A decimal number by its digits, whatever its exponent, or the code and reason for which it is
/// none. Noughts at the end of its places say nothing, as of `600.0000`.
fn decimal(value: &Bound<'_, PyAny>) -> PyResult<Result<String, (&'static str, &'static str)>> {
    if !value.call_method0("is_finite")?.is_truthy()? {
        let why = "is no finite number; where it is not known, write None";
        return Ok(Err(("not-finite", why)));
    }
    // Beyond this its text could fill the memory.
    let exponent: i64 = value.call_method0("adjusted")?.extract()?;
    if exponent.abs() > 40 {
        return Ok(Err(("out-of-bounds", FAR_OUT)));
    }
    let text: String = value.call_method1("__format__", ("f",))?.extract()?;
    let plain = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => &text,
    };
    Ok(Ok(plain.to_string()))
}

/// Why a float is no value.
fn float(policy: &Policy, name: &str, value: &Bound<'_, PyAny>) -> PyResult<NoCase> {
    if value.ne(value)? {
        return Ok(refused(
            policy,
            name,
            "not-finite",
            "is NaN, which says nothing; where it is not known, write None",
        ));
    }
    let field = Field::find(policy, name).ok();
    let fact = field.and_then(|field| policy.facts().get(field.fact.index()));
    let instead = match (field, fact.map(|fact| &fact.kind)) {
        (Some(field), _) if field.is_in_pence => "write whole pence, such as 60000",
        (_, Some(Type::Number(number))) if number.unit.is_money() => {
            r#"write pounds as Decimal("600.00") or "£600.00""#
        }
        (_, Some(Type::Number(number))) if number.unit.is_percent() => r#"write "25%""#,
        (_, Some(Type::Number(number))) if number.denominator == 1 => "write an int, such as 22",
        (_, Some(Type::Number(_))) => r#"write Decimal("21.5") or "21.5""#,
        _ => "write a text",
    };
    Ok(refused(policy, name, "float", &format!("is a float, which is not exact; {instead}")))
}

fn refused(policy: &Policy, name: &str, code: &'static str, why: &str) -> NoCase {
    let field = Field::find(policy, name).ok();
    let shown = field.map_or(name, |field| field.name(policy));
    NoCase::Ours(CaseError::of_fact(code, format!("`{shown}` {why}"), shown))
}
