//! From a decision to its record.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::case::{Case, State};
use apportion_core::decision::Decision;
use apportion_core::program::{
    ClauseId, ConclusionId, FactId, Item, ListId, Test, UnitId, ValueId,
};

use crate::checked::{Body, Clause, ProvisionId};
use crate::outcomes;
use crate::policy::Policy;
use crate::reasons::Reasons;
use crate::record::{
    CostLine, ItemName, Payment, Record, RecordedAwaiting, RecordedConclusion, RecordedFact,
    RecordedItem, RecordedReferral, RecordedValue,
};

impl Policy {
    /// The decision on its own, in names, texts and amounts.
    ///
    /// Empty but for the policy's name where case or decision belong to another policy.
    #[must_use]
    pub fn record(&self, case: &Case, decision: &Decision) -> Record {
        let checked = self.checked();
        let is_own = self.is_about(case, decision);
        let reasons = Reasons { policy: checked, compiled: self.compiled(), decision };
        let mut record = Record {
            policy: checked.title.clone(),
            version: checked.version.number,
            fingerprint: self.program().fingerprint().to_string(),
            missed_review: None,
            is_covered: is_own && decision.is_covered(),
            not_covered_by: Vec::new(),
            facts: Vec::new(),
            conclusions: Vec::new(),
            values: Vec::new(),
            payments: Vec::new(),
            items: Vec::new(),
            lines: Vec::new(),
            awaiting: Vec::new(),
            waiting: Vec::new(),
            decided: Vec::new(),
            referrals: Vec::new(),
            clauses: Vec::new(),
        };
        if !is_own {
            return record;
        }
        record.missed_review = self.missed_review(decision).map(|by| by.to_string());
        record.facts = self.recorded_facts(case, None, decision);
        if !record.is_covered {
            record.not_covered_by = self.numbers(&reasons.of_no_cover());
            return record;
        }
        record.conclusions = self.recorded_conclusions(&reasons, None);
        record.values = self.recorded_values(decision, None);
        record.payments = self.recorded_payments(decision);
        let items = self.decided_items(decision);
        record.items = items.iter().map(|(item, of)| self.recorded_item(case, *item, of)).collect();
        record.lines = self.recorded_lines(decision);
        record.awaiting = self.recorded_awaiting(decision, None);
        record.waiting = self.numbers(&decision.waiting().collect::<Vec<_>>());
        record.referrals = decision
            .referrals()
            .map(|(clause, panel)| RecordedReferral {
                clause: self.clause_number(clause),
                panel: checked
                    .panels
                    .get(panel.index())
                    .map(|p| p.name.clone())
                    .unwrap_or_default(),
            })
            .collect();
        record.decided = outcomes::decided_shares(self, &reasons, &record);
        record.clauses = outcomes::clauses(self, &reasons, &items, &record);
        record
    }

    /// Whether a case and its decision were made for this policy.
    pub(crate) fn is_about(&self, case: &Case, decision: &Decision) -> bool {
        let fingerprints = [case.fingerprint(), decision.fingerprint()];
        fingerprints.iter().all(|fingerprint| *fingerprint == self.program().fingerprint())
    }

    /// The clauses for which a conclusion is drawn or not, in their order.
    #[must_use]
    pub fn reasons(&self, decision: &Decision, conclusion: ConclusionId) -> Vec<ClauseId> {
        let (policy, compiled) = (self.checked(), self.compiled());
        Reasons { policy, compiled, decision }.of(conclusion)
    }

    /// The clauses for which the policy does not cover the case, in their order.
    #[must_use]
    pub fn reasons_for_no_cover(&self, decision: &Decision) -> Vec<ClauseId> {
        let (policy, compiled) = (self.checked(), self.compiled());
        Reasons { policy, compiled, decision }.of_no_cover()
    }

    /// The row, from 0, that a table takes its answers from. `None` where the clause does not
    /// apply, no split takes the shares of the table, it is used for each member, or two of its
    /// rows give the same and nobody need know which did.
    #[must_use]
    pub fn row(&self, decision: &Decision, table: ProvisionId) -> Option<usize> {
        let (policy, compiled) = (self.checked(), self.compiled());
        let reasons = Reasons { policy, compiled, decision };
        if !decision.is_covered() || !reasons.applies(table) {
            return None;
        }
        let row = compiled.provisions.get(table.0 as usize)?.row.as_ref()?;
        let byte = decision.byte(row.slot)?;
        row.codes.iter().position(|code| *code == byte)
    }

    /// Whether a clause speaks of each item of a list.
    #[must_use]
    pub fn is_about_each(&self, clause: &Clause, list: ListId) -> bool {
        let provisions = clause.provisions.iter();
        let mut provisions =
            provisions.filter_map(|id| self.checked().provisions.get(id.0 as usize));
        provisions.any(|provision| provision.list == Some(list))
    }

    /// The clauses that speak of each item of a list and apply to this one, in their order.
    pub fn clauses_of_item(
        &self,
        decision: &Decision,
        item: Item,
    ) -> impl Iterator<Item = ClauseId> {
        let passes = move |test: &Test| {
            let byte = decision.item_byte(item, test.slot).unwrap_or(0);
            byte.wrapping_sub(test.low) <= test.width
        };
        let applies = move |id: &ProvisionId| {
            let provision = self.checked().provisions.get(id.0 as usize);
            let slots = self.compiled().provisions.get(id.0 as usize);
            provision.is_some_and(|provision| provision.list == Some(item.list))
                && slots.is_some_and(|slots| slots.applying.iter().all(passes))
        };
        let clauses = self.checked().clauses.iter().zip((0..).map(ClauseId));
        let applying = clauses.filter(move |(clause, _)| clause.provisions.iter().any(applies));
        applying.map(|(_, id)| id)
    }

    /// Each item of each list, with the decision about it.
    pub(crate) fn decided_items(&self, decision: &Decision) -> Vec<(Item, Decision)> {
        let lists = (0..).map(ListId).take(self.lists().len());
        let items = lists.flat_map(|list| {
            (0..decision.items(list).unwrap_or(0)).map(move |index| Item { list, index })
        });
        items.filter_map(|item| Some((item, decision.of_item(item)?))).collect()
    }

    fn recorded_item(&self, case: &Case, item: Item, decision: &Decision) -> RecordedItem {
        let reasons = Reasons { policy: self.checked(), compiled: self.compiled(), decision };
        RecordedItem {
            item: self.item_name(item),
            facts: self.recorded_facts(case, Some(item), decision),
            conclusions: self.recorded_conclusions(&reasons, Some(item.list)),
            values: self.recorded_values(decision, Some(item.list)),
        }
    }

    pub(crate) fn item_name(&self, item: Item) -> ItemName {
        let list = self.lists().get(item.list.index());
        ItemName {
            singular: list.map(|list| list.singular.clone()).unwrap_or_default(),
            outside: list.map(|list| list.outside.clone()).unwrap_or_default(),
            number: item.index + 1,
        }
    }

    /// The facts of the case that apply, or those of one item.
    fn recorded_facts(
        &self,
        case: &Case,
        item: Option<Item>,
        decision: &Decision,
    ) -> Vec<RecordedFact> {
        let list = item.map(|item| item.list);
        let facts = self.facts().iter().zip((0..).map(FactId));
        let applying = facts.filter(|(fact, id)| {
            !fact.is_text && fact.list == list && decision.applies(*id) != Some(false)
        });
        let mut recorded = Vec::with_capacity(self.facts().len());
        recorded.extend(applying.map(|(fact, id)| {
            let (state, value) = match item {
                Some(item) => (case.item(item, id), case.item_value_or_default(item, id)),
                None => (case.get(id), case.value_or_default(id)),
            };
            RecordedFact {
                name: fact.name.clone(),
                outside: fact.outside.clone(),
                value: value.map(|value| self.show_fact(fact, value)),
                is_default: state == State::NotStated && value.is_some(),
            }
        }));
        recorded
    }

    /// What is concluded of the case, or of the item that the decision is about.
    fn recorded_conclusions(
        &self,
        reasons: &Reasons<'_>,
        list: Option<ListId>,
    ) -> Vec<RecordedConclusion> {
        let conclusions = self.checked().conclusions.iter().zip((0..).map(ConclusionId));
        conclusions
            .filter(|(conclusion, _)| conclusion.list == list)
            .map(|(conclusion, id)| RecordedConclusion {
                name: conclusion.name.clone(),
                outside: conclusion.outside.clone(),
                is_drawn: reasons.decision.concludes(id).unwrap_or(false),
                by: self.numbers(&reasons.of(id)),
            })
            .collect()
    }

    /// The values of the case, or of the item that the decision is about.
    fn recorded_values(&self, decision: &Decision, list: Option<ListId>) -> Vec<RecordedValue> {
        let values = self.checked().values.iter().zip((0..).map(ValueId));
        let values = values.filter(|(value, _)| !value.is_rate && value.list == list);
        let mut recorded = Vec::with_capacity(self.checked().values.len());
        recorded.extend(values.filter_map(|(_, id)| self.recorded_value(decision, id)));
        recorded
    }

    /// A value, unless each member of a family has its own.
    pub(crate) fn recorded_value(&self, decision: &Decision, id: ValueId) -> Option<RecordedValue> {
        let value = self.checked().values.get(id.index())?;
        if value.each.is_some() {
            return None;
        }
        Some(RecordedValue {
            name: value.name.clone(),
            outside: value.outside.clone(),
            value: self.show_value(decision, id),
            unit: value.kind.after_amount(),
            words: self
                .listed(decision, id)
                .map(|words| words.into_iter().map(String::from).collect()),
        })
    }

    fn recorded_payments(&self, decision: &Decision) -> Vec<Payment> {
        let checked = self.checked();
        let has_several = checked.units.len() > 1;
        decision
            .totals()
            .filter_map(|(party, unit, amount)| {
                let is_final = decision.is_final(unit);
                let text = self.party_text(decision, party).unwrap_or_default();
                let party = checked.parties.get(party.index())?;
                let unit = checked.units.get(unit.index())?;
                Some(Payment {
                    is_final,
                    party: party.name.clone(),
                    text: String::from(text),
                    is_dated: !party.dated.is_empty(),
                    outside: party.outside.clone(),
                    unit: unit.after_amount(),
                    unit_outside: if has_several { unit.outside() } else { String::new() },
                    amount,
                })
            })
            .collect()
    }

    /// What awaits a panel: in one unit, or in all.
    pub(crate) fn recorded_awaiting(
        &self,
        decision: &Decision,
        unit: Option<UnitId>,
    ) -> Vec<RecordedAwaiting> {
        let checked = self.checked();
        let awaiting = decision.awaiting().filter(|it| unit.is_none_or(|unit| it.unit == unit));
        awaiting
            .filter_map(|it| {
                Some(RecordedAwaiting {
                    clause: self.clause_number(it.clause),
                    by: self.clause_number(it.by),
                    panel: checked.panels.get(it.panel.index())?.name.clone(),
                    amount: it.amount,
                    unit: checked.units.get(it.unit.index())?.after_amount(),
                })
            })
            .collect()
    }

    fn recorded_lines(&self, decision: &Decision) -> Vec<CostLine> {
        let checked = self.checked();
        decision
            .lines()
            .filter_map(|line| {
                let clause = checked.clauses.get(line.clause.index())?;
                let party = checked.parties.get(line.party.index())?;
                Some(CostLine {
                    clause: clause.number.clone(),
                    party: party.name.clone(),
                    outside: party.outside.clone(),
                    amount: line.amount,
                    unit: checked.units.get(line.unit.index())?.after_amount(),
                    item: line.item.map(|item| self.item_name(item)),
                    citations: clause.citations.clone(),
                })
            })
            .collect()
    }

    /// The clauses that make the decision: those that apply and decide, give, pay or refer.
    #[must_use]
    pub fn deciding_clauses(&self, decision: &Decision) -> Vec<ClauseId> {
        let clauses = self.checked().clauses.iter().zip((0..).map(ClauseId));
        let decides = |clause: &crate::checked::Clause| {
            let provisions = clause.provisions.iter();
            let mut bodies =
                provisions.filter_map(|id| self.checked().provisions.get(id.0 as usize));
            bodies.any(|provision| !matches!(provision.body, Body::Promise(_)))
        };
        let applies = |id: ClauseId| decision.clause(id) == Some(true);
        clauses.filter(|(clause, id)| decides(clause) && applies(*id)).map(|(_, id)| id).collect()
    }
}
