//! What can still come of a case, told in tuples of plain values.

use apportion::foreseen::{
    CanBe, Foreseen, ForeseenConclusion, ForeseenItem, ForeseenPayment, ForeseenValue, Need,
};
use pyo3::prelude::*;

use crate::decision::place;
use crate::numbers::money;

/// Something to ask for: its name outside the file, the one it has in the policy, the item it is a
/// fact of, the question to put, the panel that alone can supply it, how many of its values settle
/// the answer, of how many, and whether the answer does hang on it.
type Asked = (String, String, Option<(String, u32)>, String, Option<String>, u32, u32, bool);

/// Something not known: the first five of what is asked.
type Missing = (String, String, Option<(String, u32)>, String, Option<String>);

/// A conclusion: its name outside the file, the one it has in the policy, whether it holds, the
/// clauses for which, and what it needs.
type Conclusion = (String, String, Option<bool>, Vec<String>, Vec<Asked>);

/// A value: its name outside the file, the one it has in the policy, its unit, the words it can
/// be, its ends as people write them, whether it is always given, settled and exact, and what it
/// needs.
type Value = (
    String,
    String,
    String,
    Option<Vec<String>>,
    Option<(String, String)>,
    (bool, bool, bool),
    Vec<Asked>,
);

/// A payment: key, party, unit, least, greatest, whether it is settled and exact, and the panels
/// it awaits.
type Payment<'py> =
    (String, String, String, Bound<'py, PyAny>, Bound<'py, PyAny>, (bool, bool), Vec<String>);

/// An item: its list, its number, conclusions, values, payments, and what to ask for of payments.
type Item<'py> = (String, u32, Vec<Conclusion>, Vec<Value>, Vec<Payment<'py>>, Vec<Asked>);

/// All of it: text, whether it is settled, can be decided and may be outside, the clauses for
/// which it is outside, what it may be refused for by code and message, what is missing,
/// conclusions, values, payments, items, referrals, and what to ask for of payments and of the
/// rest.
type Told<'py> = (
    (String, bool, bool, bool),
    Vec<String>,
    Vec<(&'static str, String)>,
    Vec<Missing>,
    Vec<Conclusion>,
    Vec<Value>,
    Vec<Payment<'py>>,
    Vec<Item<'py>>,
    Vec<(String, String, bool)>,
    Vec<Asked>,
    Vec<Asked>,
);

pub(crate) fn told<'py>(py: Python<'py>, foreseen: &Foreseen) -> PyResult<Told<'py>> {
    let text = foreseen.to_string().trim_end().to_string();
    let refused = foreseen.may_be_refused.iter().map(|it| (it.code(), it.to_string()));
    let referrals = foreseen.referrals.iter();
    Ok((
        (text, foreseen.is_settled(), foreseen.can_be_decided, foreseen.may_be_outside),
        foreseen.not_covered_by.clone(),
        refused.collect(),
        foreseen.missing.iter().map(missing).collect(),
        conclusions(foreseen, &foreseen.conclusions),
        values(foreseen, &foreseen.values),
        payments(py, &foreseen.payments)?,
        foreseen.items.iter().map(|it| item(py, foreseen, it)).collect::<PyResult<_>>()?,
        referrals.map(|it| (it.clause.clone(), it.panel.clone(), it.is_settled)).collect(),
        asked(foreseen, &foreseen.payments_need),
        asked(foreseen, &foreseen.needs),
    ))
}

fn item<'py>(py: Python<'py>, foreseen: &Foreseen, it: &ForeseenItem) -> PyResult<Item<'py>> {
    Ok((
        it.item.outside.clone(),
        it.item.number,
        conclusions(foreseen, &it.conclusions),
        values(foreseen, &it.values),
        payments(py, &it.payments)?,
        asked(foreseen, &it.payments_need),
    ))
}

fn missing(it: &apportion::foreseen::Missing) -> Missing {
    let (key, name) = (it.outside.clone(), it.name.clone());
    (key, name, place(it.item.as_ref()), it.question.clone(), it.panel.clone())
}

fn asked(foreseen: &Foreseen, needs: &[Need]) -> Vec<Asked> {
    let asked = needs.iter().filter_map(|need| {
        let (key, name, item, question, panel) = missing(foreseen.missing.get(need.missing)?);
        let Need { settling, of, is_certain, .. } = *need;
        Some((key, name, item, question, panel, settling, of, is_certain))
    });
    asked.collect()
}

fn conclusions(foreseen: &Foreseen, all: &[ForeseenConclusion]) -> Vec<Conclusion> {
    let conclusions = all.iter().map(|it| {
        let needs = asked(foreseen, &it.needs);
        (it.outside.clone(), it.name.clone(), it.is_drawn, it.by.clone(), needs)
    });
    conclusions.collect()
}

fn values(foreseen: &Foreseen, all: &[ForeseenValue]) -> Vec<Value> {
    let values = all.iter().map(|it| {
        let (words, ends) = match &it.can_be {
            CanBe::Nothing | CanBe::Open => (None, None),
            CanBe::Words(words) => (Some(words.clone()), None),
            CanBe::Between(least, greatest) => (None, Some((least.clone(), greatest.clone()))),
        };
        let is = (it.is_always_given, it.is_settled, it.is_exact);
        let (key, name, unit) = (it.outside.clone(), it.name.clone(), it.unit.trim().to_string());
        (key, name, unit, words, ends, is, asked(foreseen, &it.needs))
    });
    values.collect()
}

fn payments<'py>(py: Python<'py>, all: &[ForeseenPayment]) -> PyResult<Vec<Payment<'py>>> {
    let payments = all.iter().map(|it| {
        let key = match it.unit_outside.is_empty() {
            true => it.outside.clone(),
            false => format!("{}_{}", it.outside, it.unit_outside),
        };
        let (least, greatest) = (money(py, it.least)?, money(py, it.greatest)?);
        let (party, unit) = (it.party.clone(), it.unit.trim().to_string());
        let is = (it.is_settled, it.is_exact);
        Ok((key, party, unit, least, greatest, is, it.awaits.clone()))
    });
    payments.collect()
}
