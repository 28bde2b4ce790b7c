//! A case from its text: the same pairs of name and value, whatever the format.

pub mod given;
mod pairs;
mod json;
mod ron;
mod assemble;

use apportion::engine::case::Case;
use apportion::policy::Policy;

use crate::mistake::CaseTextMistake;
use assemble::assemble;
use given::Given;

/// Reads a case from JSON: an object of facts, by the names that the policy writes or in
/// snake case.
///
/// Numbers are read by their digits and amounts are pounds; `null` is `not known`. A list stands
/// under its name in the plural or singular as an array of objects, one an item, of the facts that each
/// item has; an empty array says that there are none.
///
/// # Errors
///
/// Returns every mistake in the order of the text, of very many the first: no JSON, a value that holds
/// others, a fact that is not declared, is stated twice or belongs elsewhere, a text that is no value of its
/// fact, or more items than there may be.
///
/// ```
/// # let policy = apportion::policy::Policy::parse("\
/// # policy   Half each
/// # about    a child
/// # between
/// #   the ICB       NHS Northshire ICB
/// #   the council   Northshire Council
/// # version  1, in force from 1 April 2025
/// #
/// # facts
/// #   care cost   money a week
/// #
/// # 1    Who pays
/// # 1.1  In every case: the ICB 50%, the council 50%.
/// # 1.2  Split care cost in the shares of 1.1.
/// # ").unwrap();
/// use apportion_exchange::case::from_json;
///
/// let pounds = from_json(&policy, r#"{"care_cost": 1600.50}"#).unwrap();
/// let pence = from_json(&policy, r#"{"care_cost_pence": 160050}"#).unwrap();
/// let care_cost = policy.fact("care cost").unwrap();
/// assert_eq!(pounds.get(care_cost), pence.get(care_cost));
///
/// let mistake = from_json(&policy, r#"{"care_cost": 1.005}"#).unwrap_err();
/// assert_eq!(mistake.code(), "part-of-a-penny");
/// ```
pub fn from_json(policy: &Policy, text: &str) -> Result<Case, CaseTextMistake> {
    assemble(policy, json::pairs(without_mark(text))?, json::ITEM)
}

/// Reads a case from RON: `(care_cost: "£1,600.00", breathing: high)`, or a map with
/// names in quotes.
///
/// A word that stands without quotes has `_` for its spaces: `no_additional_needs`. A list is
/// `services: [(price: "£640.00"), (price: "£120.00")]`.
///
/// # Errors
///
/// As [`from_json`], but for RON.
pub fn from_ron(policy: &Policy, text: &str) -> Result<Case, CaseTextMistake> {
    assemble(policy, ron::pairs(without_mark(text))?, ron::ITEM)
}

/// Puts a case together from names and what is given under each, for formats of other languages.
///
/// `item` is an item as the format writes one, to be shown in messages.
///
/// # Errors
///
/// As [`from_json`], but that it is no JSON.
pub fn from_given(
    policy: &Policy,
    pairs: Vec<(String, Given)>,
    item: &'static str,
) -> Result<Case, CaseTextMistake> {
    assemble(policy, pairs, item)
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}
