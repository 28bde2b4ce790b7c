//! The same of what is not known: what can still come of a case is told alike, but for the order
//! in which to ask.

use apportion::foreseen::{
    CanBe, Foreseen, ForeseenConclusion, ForeseenItem, ForeseenPayment, ForeseenValue, Need,
};
use apportion::policy::{NOT_KNOWN, Policy};

use super::{Stated, case};
use crate::generator::choices::Choices;

/// The case with up to three of its facts not known.
pub(super) fn with_open(stated: &Stated, choices: &mut dyn Choices) -> Stated {
    let (mut facts, lists) = stated.clone();
    for _ in 0..=choices.below(3) {
        let place = choices.below(facts.len().max(1));
        if let Some((_, text)) = facts.get_mut(place) {
            *text = NOT_KNOWN.to_owned();
        }
    }
    (facts, lists)
}

/// All that can come of a case, in names and texts, sorted; nothing where it is not told exactly,
/// for then which facts are taken for ranges follows the order in which they are declared.
pub(super) fn foreseen(
    policy: &Policy,
    stated: &Stated,
    number: impl Fn(&str) -> String,
) -> Option<Vec<String>> {
    let case = case(policy, stated).ok()?;
    let Ok(foreseen) = policy.foresee(&case) else {
        return Some(vec![String::from("refused")]);
    };
    let mut lines = Vec::new();
    let numbered = |numbers: &[String]| {
        let mut numbers: Vec<String> = numbers.iter().map(|it| number(it)).collect();
        numbers.sort();
        numbers.join(", ")
    };
    lines.push(format!(
        "decided {}, outside {} by {}",
        foreseen.can_be_decided,
        foreseen.may_be_outside,
        numbered(&foreseen.not_covered_by)
    ));
    // Which of several refusals a completion meets first is left open.
    lines.push(format!("refused {}", !foreseen.may_be_refused.is_empty()));
    let Foreseen { conclusions, values, payments, .. } = &foreseen;
    lines.extend(answers(&foreseen, conclusions, values, payments, numbered)?);
    for it in &foreseen.items {
        let ForeseenItem { conclusions, values, payments, .. } = it;
        let own = answers(&foreseen, conclusions, values, payments, numbered)?;
        let needs = needs(&foreseen, &it.payments_need)?;
        let own = own.into_iter().chain([format!("payments: {needs}")]);
        lines.extend(own.map(|line| format!("{}: {line}", it.item)));
    }
    for it in &foreseen.referrals {
        lines.push(format!("{} by {}: {}", it.panel, number(&it.clause), it.is_settled));
    }
    lines.push(format!("payments: {}", needs(&foreseen, &foreseen.payments_need)?));
    lines.push(format!("all: {}", needs(&foreseen, &foreseen.needs)?));
    lines.sort();
    Some(lines)
}

/// What is said of the case, or of an item; nothing where it is not exact.
fn answers(
    foreseen: &Foreseen,
    conclusions: &[ForeseenConclusion],
    values: &[ForeseenValue],
    payments: &[ForeseenPayment],
    numbered: impl Fn(&[String]) -> String,
) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    for it in conclusions {
        let (by, needs) = (numbered(&it.by), needs(foreseen, &it.needs)?);
        lines.push(format!("{}: {:?} by {by}, {needs}", it.name, it.is_drawn));
    }
    for it in values {
        let needs = needs(foreseen, &it.needs)?;
        let given = if it.is_always_given { "" } else { "if given, " };
        let can_be = match it.is_exact.then_some(&it.can_be)? {
            // In the order in which they are declared.
            CanBe::Words(words) => {
                let mut words = words.clone();
                words.sort();
                words.join(" or ")
            }
            other => other.to_string(),
        };
        lines.push(format!("{}: {given}{can_be}, {needs}", it.name));
    }
    for it in payments {
        let range = it.is_exact.then_some((it.least, it.greatest))?;
        lines.push(format!("{} pays {} to {}{}", it.party, range.0, range.1, it.unit));
    }
    Some(lines)
}

/// What is needed, by name and how much it settles; nothing where one only may be.
fn needs(foreseen: &Foreseen, needs: &[Need]) -> Option<String> {
    let named = needs.iter().map(|need| {
        let missing = foreseen.missing.get(need.missing)?;
        let settles = need.is_certain.then_some((need.settling, need.of))?;
        Some(format!("{} {settles:?}", missing.name))
    });
    let mut named = named.collect::<Option<Vec<String>>>()?;
    named.sort();
    Some(format!("needs {named:?}"))
}
