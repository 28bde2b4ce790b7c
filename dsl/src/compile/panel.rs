//! Shares that a panel decides: what a case carries of them, and what waits until it does.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use apportion_core::program::{
    AmountSlot, Awaited, ByteSlot, ClauseId, Fact, FactId, Operation, PanelId, Referral, Refusal,
    Test, UnitId,
};

use super::Compiler;
use crate::checked::{Body, Policy, ProvisionId, Type};

/// What a case carries of the shares that panels decide.
#[derive(Clone, Debug, Default)]
pub(super) struct Panels {
    /// The shares that a case carries; 0 where it carries none.
    shares: BTreeMap<FactId, AmountSlot>,
    /// A truth for each panel: the case carries its shares.
    decided: BTreeMap<PanelId, ByteSlot>,
}

/// Where the amount of a split awaits a panel.
pub(super) struct AwaitedShares {
    pub(super) by: ClauseId,
    pub(super) panel: PanelId,
    pub(super) made: ByteSlot,
}

impl Compiler<'_> {
    /// Lowers what a case carries of the shares that panels decide: none, or one whole.
    pub(super) fn panel_shares(&mut self) {
        let policy = self.policy;
        for panel in (0..policy.panels.len()).filter_map(|it| u32::try_from(it).ok()).map(PanelId) {
            let facts = share_facts(policy, panel);
            if facts.is_empty() {
                continue;
            }
            let mut stated = Vec::with_capacity(facts.len());
            let mut shares = Vec::with_capacity(facts.len());
            for fact in &facts {
                let said = self.program.may_be_left_out(*fact);
                let (Some(said), Some(share)) = (said, self.program.fact_amount(*fact)) else {
                    continue;
                };
                self.definitions.domain(said, u16::from(Fact::NOT_KNOWN) + 1);
                let is_stated = Vec::from([Test { slot: said, low: Fact::A_VALUE, width: 0 }]);
                let when = self.truth(&is_stated);
                // A share that the case does not carry is none of its facts, and no default.
                self.program.answers.facts.push((*fact, when));
                let share = self.only_where(share, when);
                self.panels.shares.insert(*fact, share);
                stated.push(is_stated);
                shares.push(share);
            }
            let decided = self.any(stated);
            self.panels.decided.insert(panel, decided);
            let sum = self.total(shares);
            let is_whole = self.is_whole(sum, policy, panel);
            let refusal = Refusal::PanelSharesNotWhole { panel };
            self.require(&[Test::is_true(decided)], is_whole, refusal);
        }
    }

    /// The test that shares make one whole.
    fn is_whole(&mut self, sum: AmountSlot, policy: &Policy, panel: PanelId) -> Test {
        let fact = share_facts(policy, panel).first().and_then(|it| policy.facts.get(it.index()));
        let whole = match fact.map(|fact| &fact.kind) {
            Some(Type::Number(number)) => number.denominator,
            _ => 1,
        };
        let edges = self.program.amount_table([whole, whole.saturating_add(1)]);
        let slot = self.program.byte();
        self.program.push(Operation::AmountBand { amount: sum, edges, out: slot });
        self.definitions.domain(slot, 3);
        Test { slot, low: 1, width: 0 }
    }

    /// The share that a case carries of what a panel decides; 0 where it carries none.
    pub(super) fn carried_share(&self, fact: FactId) -> Option<AmountSlot> {
        self.panels.shares.get(&fact).copied()
    }

    /// The test that a panel has not decided.
    pub(super) fn is_undecided(&self, panel: PanelId) -> Test {
        let decided = self.panels.decided.get(&panel).copied();
        Test::is_false(decided.unwrap_or(self.definitions.no()))
    }

    /// Notes that the amount of a split may await panels, to which the case is then referred.
    pub(super) fn await_panels(
        &mut self,
        (clause, unit): (ClauseId, UnitId),
        pence: AmountSlot,
        awaited: &[AwaitedShares],
    ) {
        let awaiting = awaited.iter().map(|AwaitedShares { by, panel, made }| Awaited {
            clause,
            by: *by,
            panel: *panel,
            unit,
            pence,
            made: *made,
        });
        self.program.answers.awaiting.extend(awaiting);
    }

    /// Refers a case to the panels that amounts await, by the clauses with the shares.
    pub(super) fn refer_to_panels(&mut self) {
        let mut referred: BTreeMap<(ClauseId, PanelId), Vec<Vec<Test>>> = BTreeMap::new();
        for awaited in &self.program.answers.awaiting {
            let rows = referred.entry((awaited.by, awaited.panel)).or_default();
            rows.push(Vec::from([Test::is_true(awaited.made)]));
        }
        for ((clause, panel), rows) in referred {
            let made = self.any(rows);
            self.program.answers.referrals.push(Referral { clause, panel, made });
        }
    }

    /// Refuses a case that carries a panel's shares where no clause leaves them to it.
    pub(super) fn refuse_shares_not_asked(&mut self) {
        let policy = self.policy;
        for (panel, decided) in self.panels.decided.clone() {
            let provisions = policy.provisions.iter().zip((0..).map(ProvisionId));
            let asking = provisions.filter(|(provision, _)| match &provision.body {
                Body::Shares(rows, _) => rows.iter().any(|row| row.panel == Some(panel)),
                _ => false,
            });
            let rows = asking.map(|(_, id)| self.applying(id)).collect();
            let asked = self.any(rows);
            let refusal = Refusal::PanelSharesNotAsked { panel };
            self.require(&[Test::is_true(decided)], Test::is_true(asked), refusal);
        }
    }

    /// A truth: something in a unit awaits a panel. None where nothing in it ever does.
    pub(super) fn awaits_in(&mut self, unit: UnitId) -> Option<ByteSlot> {
        let awaiting = self.program.answers.awaiting.iter().filter(|it| it.unit == unit);
        let rows: Vec<_> = awaiting.map(|it| Vec::from([Test::is_true(it.made)])).collect();
        (!rows.is_empty()).then(|| self.any(rows))
    }
}

/// The facts by which a case carries the shares that a panel decides.
fn share_facts(policy: &Policy, panel: PanelId) -> Vec<FactId> {
    let facts = policy.facts.iter().zip((0..).map(FactId));
    let shares = facts.filter(|(fact, _)| fact.panel_share.is_some_and(|it| it.panel == panel));
    shares.map(|(_, id)| id).collect()
}
