//! What can still come of a case as a document: what is settled, what lies between which ends,
//! and what is needed.
//!
//! The shape is written down in `schema/needs.schema.json`; amounts are texts, as in a decision.

use apportion::foreseen::{
    CanBe, Foreseen, ForeseenConclusion, ForeseenItem, ForeseenPayment, ForeseenReferral,
    ForeseenValue, Missing, Need,
};
use apportion::record::RecordedFact;
use apportion::refusal::Refused;
use serde::Serialize;

use crate::decision::{ItemPlace, all, pounds};
use crate::document::{DocumentError, json};

/// The JSON Schema of what can still come of a case.
pub const SCHEMA: &str = include_str!("../schema/needs.schema.json");

/// Writes what can still come of a case as JSON, over several lines.
///
/// # Errors
///
/// Returns what `serde_json` could not write; this gives it no cause.
pub fn to_json(foreseen: &Foreseen) -> Result<String, DocumentError> {
    json(&Needs::of(foreseen))
}

/// What can still come of a case, as its document.
#[derive(Serialize)]
pub(crate) struct Needs<'a> {
    policy: &'a str,
    version: u32,
    fingerprint: &'a str,
    settled: bool,
    missing: Vec<Lacking<'a>>,
    defaults: Vec<Defaulted<'a>>,
    may_be_decided: bool,
    may_be_outside: bool,
    not_covered_by: &'a [String],
    may_be_refused: Vec<Refusal>,
    conclusions: Vec<Conclusion<'a>>,
    values: Vec<Value<'a>>,
    payments: Vec<Payment<'a>>,
    items: Vec<Item<'a>>,
    payments_need: Vec<Needed<'a>>,
    referrals: Vec<Referral<'a>>,
    needs: Vec<Needed<'a>>,
}

impl<'a> Needs<'a> {
    pub(crate) fn of(foreseen: &'a Foreseen) -> Needs<'a> {
        Needs {
            policy: &foreseen.policy,
            version: foreseen.version,
            fingerprint: &foreseen.fingerprint,
            settled: foreseen.is_settled(),
            missing: all(&foreseen.missing),
            defaults: all(&foreseen.defaults),
            may_be_decided: foreseen.can_be_decided,
            may_be_outside: foreseen.may_be_outside,
            not_covered_by: &foreseen.not_covered_by,
            may_be_refused: all(&foreseen.may_be_refused),
            conclusions: conclusions(foreseen, &foreseen.conclusions),
            values: values(foreseen, &foreseen.values),
            payments: all(&foreseen.payments),
            items: foreseen.items.iter().map(|it| Item::of(foreseen, it)).collect(),
            payments_need: needs(foreseen, &foreseen.payments_need),
            referrals: all(&foreseen.referrals),
            needs: needs(foreseen, &foreseen.needs),
        }
    }
}

#[derive(Serialize)]
struct Lacking<'a> {
    name: &'a str,
    key: &'a str,
    item: Option<ItemPlace<'a>>,
    question: &'a str,
    panel: Option<&'a str>,
}

#[derive(Serialize)]
struct Defaulted<'a> {
    name: &'a str,
    key: &'a str,
    value: &'a str,
}

#[derive(Serialize)]
struct Refusal {
    code: &'static str,
    message: String,
}

#[derive(Serialize)]
struct Conclusion<'a> {
    name: &'a str,
    key: &'a str,
    holds: Option<bool>,
    by: &'a [String],
    needs: Vec<Needed<'a>>,
}

#[derive(Serialize)]
struct Value<'a> {
    name: &'a str,
    key: &'a str,
    unit: &'a str,
    words: Option<&'a [String]>,
    from: Option<&'a str>,
    to: Option<&'a str>,
    always_given: bool,
    settled: bool,
    at_most: bool,
    needs: Vec<Needed<'a>>,
}

#[derive(Serialize)]
struct Payment<'a> {
    party: &'a str,
    key: &'a str,
    unit: &'a str,
    from: String,
    to: String,
    settled: bool,
    at_most: bool,
    awaits: &'a [String],
}

#[derive(Serialize)]
struct Item<'a> {
    item: ItemPlace<'a>,
    conclusions: Vec<Conclusion<'a>>,
    values: Vec<Value<'a>>,
    payments: Vec<Payment<'a>>,
    payments_need: Vec<Needed<'a>>,
}

#[derive(Serialize)]
struct Referral<'a> {
    clause: &'a str,
    panel: &'a str,
    settled: bool,
}

#[derive(Serialize)]
struct Needed<'a> {
    key: &'a str,
    item: Option<ItemPlace<'a>>,
    settling: u32,
    of: u32,
    certain: bool,
}

fn conclusions<'a>(
    foreseen: &'a Foreseen,
    conclusions: &'a [ForeseenConclusion],
) -> Vec<Conclusion<'a>> {
    conclusions.iter().map(|it| Conclusion::of(foreseen, it)).collect()
}

fn values<'a>(foreseen: &'a Foreseen, values: &'a [ForeseenValue]) -> Vec<Value<'a>> {
    values.iter().map(|it| Value::of(foreseen, it)).collect()
}

fn needs<'a>(foreseen: &'a Foreseen, needs: &'a [Need]) -> Vec<Needed<'a>> {
    let needed = needs.iter().filter_map(|need| Some((need, foreseen.missing.get(need.missing)?)));
    let needed = needed.map(|(need, missing)| Needed {
        key: &missing.outside,
        item: missing.item.as_ref().map(ItemPlace::from),
        settling: need.settling,
        of: need.of,
        certain: need.is_certain,
    });
    needed.collect()
}

impl<'a> From<&'a Missing> for Lacking<'a> {
    fn from(missing: &'a Missing) -> Self {
        Lacking {
            name: &missing.name,
            key: &missing.outside,
            item: missing.item.as_ref().map(ItemPlace::from),
            question: &missing.question,
            panel: missing.panel.as_deref(),
        }
    }
}

impl<'a> From<&'a RecordedFact> for Defaulted<'a> {
    fn from(fact: &'a RecordedFact) -> Self {
        let value = fact.value.as_deref().unwrap_or_default();
        Defaulted { name: &fact.name, key: &fact.outside, value }
    }
}

impl From<&Refused> for Refusal {
    fn from(refused: &Refused) -> Self {
        Refusal { code: refused.code(), message: refused.to_string() }
    }
}

impl<'a> Conclusion<'a> {
    fn of(foreseen: &'a Foreseen, it: &'a ForeseenConclusion) -> Self {
        Conclusion {
            name: &it.name,
            key: &it.outside,
            holds: it.is_drawn,
            by: &it.by,
            needs: needs(foreseen, &it.needs),
        }
    }
}

impl<'a> Item<'a> {
    fn of(foreseen: &'a Foreseen, it: &'a ForeseenItem) -> Self {
        Item {
            item: ItemPlace::from(&it.item),
            conclusions: conclusions(foreseen, &it.conclusions),
            values: values(foreseen, &it.values),
            payments: all(&it.payments),
            payments_need: needs(foreseen, &it.payments_need),
        }
    }
}

impl<'a> Value<'a> {
    fn of(foreseen: &'a Foreseen, it: &'a ForeseenValue) -> Self {
        let (words, from, to) = match &it.can_be {
            CanBe::Nothing | CanBe::Open => (None, None, None),
            CanBe::Words(words) => (Some(words.as_slice()), None, None),
            CanBe::Between(from, to) => (None, Some(from.as_str()), Some(to.as_str())),
        };
        Value {
            name: &it.name,
            key: &it.outside,
            unit: it.unit.trim(),
            words,
            from,
            to,
            always_given: it.is_always_given,
            settled: it.is_settled,
            at_most: !it.is_exact,
            needs: needs(foreseen, &it.needs),
        }
    }
}

impl<'a> From<&'a ForeseenPayment> for Payment<'a> {
    fn from(it: &'a ForeseenPayment) -> Self {
        Payment {
            party: &it.party,
            key: &it.outside,
            unit: it.unit.trim(),
            from: pounds(it.least),
            to: pounds(it.greatest),
            settled: it.is_settled,
            at_most: !it.is_exact,
            awaits: &it.awaits,
        }
    }
}

impl<'a> From<&'a ForeseenReferral> for Referral<'a> {
    fn from(it: &'a ForeseenReferral) -> Self {
        Referral { clause: &it.clause, panel: &it.panel, settled: it.is_settled }
    }
}
