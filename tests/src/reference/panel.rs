//! Shares that a panel decides.

use apportion::checked::{Body, Constant, Policy, Provision};
use apportion_core::program::PanelId;

use super::rounding::whole;
use super::{Asked, Facts, Fraction, Interpreter, Refusal, all, decide, number};

/// Leaves out of a case what a panel decides of shares that no clause leaves to it.
pub fn leave_out_shares(policy: &Policy, facts: &mut Facts) {
    let mut stated = policy.facts.iter().zip(&facts.of_case);
    if stated.all(|(fact, stated)| fact.panel_share.is_none() || stated.is_none()) {
        return;
    }
    let Err(refusals) = decide(policy, facts) else { return };
    for (refusal, _) in refusals {
        let Refusal::PanelSharesNotAsked { panel } = refusal else { continue };
        for (fact, stated) in policy.facts.iter().zip(&mut facts.of_case) {
            if fact.panel_share.is_some_and(|share| share.panel == panel) {
                *stated = None;
            }
        }
    }
}

impl Interpreter<'_> {
    /// *7 Money between parties*: the case may carry the panel's shares, a percent per party
    /// making one whole; a party that the panel does not name has none.
    pub(super) fn shares_of_panels(&mut self, stated: &[Option<Constant>]) {
        for place in 0..self.policy.panels.len() {
            let panel = PanelId(number(place));
            let facts = self.policy.facts.iter().zip(stated);
            let own =
                facts.filter(|(fact, _)| fact.panel_share.is_some_and(|it| it.panel == panel));
            let carried: Vec<Fraction> = own
                .filter_map(|(_, constant)| match constant {
                    Some(Constant::Number(share)) => Some(whole(*share) / whole(10_000)),
                    _ => None,
                })
                .collect();
            if carried.is_empty() {
                continue;
            }
            self.decided.insert(panel);
            if carried.iter().sum::<Fraction>() != whole(1) {
                self.refusals.insert((Refusal::PanelSharesNotWhole { panel }, None));
            }
        }
    }

    /// A case carries a panel's shares only where a clause leaves them to it.
    pub(super) fn panels_are_asked(&mut self) -> Asked<()> {
        for panel in self.decided.clone() {
            let mut answers = Vec::new();
            for (id, provision) in self.provisions() {
                if panel_of(provision) == Some(panel) {
                    answers.push(self.applies(id, None));
                }
            }
            if !all(answers)?.contains(&true) {
                return self.refuse(Refusal::PanelSharesNotAsked { panel }, None);
            }
        }
        Ok(())
    }

    /// The panel whose decision a clause with shares still waits for.
    pub(super) fn undecided(&self, provision: &Provision) -> Option<PanelId> {
        panel_of(provision).filter(|panel| !self.decided.contains(panel))
    }
}

/// The panel to which a clause leaves the shares.
fn panel_of(provision: &Provision) -> Option<PanelId> {
    match &provision.body {
        Body::Shares(rows, _) => rows.iter().find_map(|row| row.panel),
        _ => None,
    }
}
