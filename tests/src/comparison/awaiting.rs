//! What awaits a panel, held against the reference; and that what a decision shows before the
//! panel has decided still stands when it has.

use apportion::checked::Constant;
use apportion::policy::Policy;
use apportion_core::block::Block;
use apportion_core::decision::{self, CostLine, Decision};
use apportion_core::program::{PanelId, UnitId};

use crate::random_cases::Facts;
use crate::reference::{Awaiting, Outcome};

use super::{Mismatch, Same, engine_case, same};

/// What awaits a panel, what waits with it, and that no payment is told as final that is not.
pub(super) fn same_awaiting(outcome: &Outcome, decision: &Decision) -> Same {
    let awaiting = decision.awaiting().map(|it| {
        let decision::Awaiting { clause, by, panel, unit, amount } = it;
        Awaiting { clause, by, panel, unit, pence: amount.pence().into() }
    });
    same_amounts(outcome, awaiting.collect())?;
    same("the limits that wait", &outcome.waiting, &decision.waiting().collect())?;
    for (party, unit) in outcome.totals.keys() {
        let is_final = outcome.awaiting.iter().all(|awaiting| awaiting.unit != *unit);
        same("whether a payment is final", &is_final, &decision.pays(*party, *unit).is_some())?;
    }
    Ok(())
}

/// What awaits a panel, by the columns of a block.
pub(super) fn same_awaiting_in_lane(outcome: &Outcome, block: &Block, lane: usize) -> Same {
    let made = block.awaiting().filter(|(_, made, _)| made.get(lane).is_some_and(|it| *it != 0));
    let awaiting = made.filter_map(|(it, _, pence)| {
        let pence = (*pence.get(lane)?).into();
        Some(Awaiting { clause: it.clause, by: it.by, panel: it.panel, unit: it.unit, pence })
    });
    same_amounts(outcome, awaiting.collect())
}

fn same_amounts(outcome: &Outcome, mut engine: Vec<Awaiting>) -> Same {
    let mut awaiting = outcome.awaiting.clone();
    awaiting.sort();
    engine.sort();
    same("what awaits a panel", &awaiting, &engine)
}

/// Whatever the panels decide, the cost lines that a decision shows before stand, and what is
/// put up in each unit is the same; unless the case is then refused.
pub(super) fn stands_when_decided(
    policy: &Policy,
    facts: &Facts,
    before: &Decision,
) -> Result<(), Mismatch> {
    let panels: Vec<PanelId> = before.awaiting().map(|awaiting| awaiting.panel).collect();
    if panels.is_empty() {
        return Ok(());
    }
    for all in 0..policy.checked().parties.len() {
        let mut facts = facts.clone();
        for (fact, stated) in policy.facts().iter().zip(&mut facts.of_case) {
            if let Some(share) = fact.panel_share.filter(|share| panels.contains(&share.panel)) {
                let whole = if share.party.index() == all { 10_000 } else { 0 };
                *stated = Some(Constant::Number(whole));
            }
        }
        let mut after = Decision::new(policy.program());
        if policy.program().decide(&engine_case(policy, &facts)?, &mut after).is_err() {
            continue;
        }
        same("what still awaits a panel", &0, &after.awaiting().count())?;
        let lines: Vec<CostLine> = after.lines().collect();
        let gone: Vec<CostLine> = before.lines().filter(|line| !lines.contains(line)).collect();
        same("the lines that stand no more", &Vec::new(), &gone)?;
        for unit in (0..policy.checked().units.len()).filter_map(|it| u32::try_from(it).ok()) {
            let unit = UnitId(unit);
            same("what was put up", &put_up(before, unit), &put_up(&after, unit))?;
        }
    }
    Ok(())
}

/// What is paid in a unit, and what awaits panels in it.
fn put_up(decision: &Decision, unit: UnitId) -> i64 {
    let paid = decision.totals().filter(|total| total.1 == unit).map(|total| total.2);
    let awaiting = decision.awaiting().filter(|it| it.unit == unit).map(|it| it.amount);
    paid.chain(awaiting).map(|money| money.pence()).sum()
}
