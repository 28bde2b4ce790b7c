//! Who pays in which unit, and what is paid for one item of a list.

use apportion::engine::decision::Decision;
use apportion::engine::money::Money;
use apportion::engine::program::{Item, ListId, PartyId, UnitId};
use apportion::policy::Policy;

/// The name outside the policy's file of what a party pays in a unit: `icb`, or `icb_a_week` where
/// the policy pays in several units.
#[must_use]
pub fn key(policy: &Policy, party: PartyId, unit: UnitId) -> String {
    let party = policy.checked().parties.get(party.index());
    in_unit(policy, party.map(|party| party.outside.clone()).unwrap_or_default(), unit)
}

/// The name of an amount with its unit, where a policy pays in several.
pub(crate) fn in_unit(policy: &Policy, name: String, unit: UnitId) -> String {
    let units = &policy.checked().units;
    let unit = units.get(unit.index()).map(|unit| unit.outside()).unwrap_or_default();
    if units.len() > 1 && !unit.is_empty() { format!("{name}_{unit}") } else { name }
}

/// What each party that may pay for an item pays for it, by [`key`]: before limits that are about
/// the case, and without what awaits a panel.
#[must_use]
pub fn of_item(policy: &Policy, decision: &Decision, item: Item) -> Vec<(String, Money)> {
    let payers = payers(policy, item.list).into_iter();
    let paid = payers.map(|(party, unit)| {
        let pence = paid(policy, decision, item, (party, unit));
        (key(policy, party, unit), Money::from_pence(pence))
    });
    paid.collect()
}

/// Who pays for an item of a list in which unit, by unit and then by party.
pub(crate) fn payers(policy: &Policy, list: ListId) -> Vec<(PartyId, UnitId)> {
    let lines = policy.program().answers().lines.iter();
    let own = lines.filter(|line| line.list == Some(list));
    let mut payers: Vec<_> = own.map(|line| (line.unit, line.party)).collect();
    payers.sort_unstable();
    payers.dedup();
    payers.into_iter().map(|(unit, party)| (party, unit)).collect()
}

/// The pence that a party pays for an item.
pub(crate) fn paid(policy: &Policy, decision: &Decision, item: Item, by: (PartyId, UnitId)) -> i64 {
    let lines = policy.program().answers().lines.iter();
    let own = lines.filter(|line| line.list == Some(item.list) && (line.party, line.unit) == by);
    let made = own.filter(|line| decision.item_byte(item, line.made).unwrap_or(0) != 0);
    let pence = made.map(|line| {
        let pence = decision.item_amount(item, line.pence).unwrap_or_default();
        if line.is_taken { pence.wrapping_neg() } else { pence }
    });
    // What all clauses pay together fits, as the checker has shown.
    pence.fold(0, i64::wrapping_add)
}
