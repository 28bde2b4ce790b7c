//! From a decision to its record.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::case::{Case, State};
use apportion_core::decision::Decision;
use apportion_core::program::{ClauseId, ConclusionId, FactId, ValueId};

use crate::checked::{Body, ProvisionId, Type};
use crate::policy::Policy;
use crate::reasons::Reasons;
use crate::record::{
    CostLine, Payment, Record, RecordedConclusion, RecordedFact, RecordedReferral, RecordedValue,
};
use crate::working;

impl Policy {
    /// The decision on its own, in names, texts and amounts.
    ///
    /// Empty but for the policy's name where case or decision belong to another policy.
    #[must_use]
    pub fn record(&self, case: &Case, decision: &Decision) -> Record {
        let checked = self.checked();
        let is_own = [case.fingerprint(), decision.fingerprint()]
            .iter()
            .all(|fingerprint| *fingerprint == self.program().fingerprint());
        let reasons = Reasons { policy: checked, compiled: self.compiled(), decision };
        let mut record = Record {
            policy: checked.title.clone(),
            version: checked.version.number,
            fingerprint: self.program().fingerprint().to_string(),
            is_covered: is_own && decision.is_covered(),
            not_covered_by: Vec::new(),
            facts: Vec::new(),
            conclusions: Vec::new(),
            values: Vec::new(),
            payments: Vec::new(),
            lines: Vec::new(),
            referrals: Vec::new(),
            clauses: Vec::new(),
        };
        if !is_own {
            return record;
        }
        record.facts = self.recorded_facts(case, decision);
        if !record.is_covered {
            record.not_covered_by = self.numbers(&reasons.of_no_cover());
            return record;
        }
        record.conclusions = self.recorded_conclusions(&reasons);
        record.values = self.recorded_values(decision);
        record.payments = self.recorded_payments(decision);
        record.lines = self.recorded_lines(decision);
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
        record.clauses = working::clauses(self, &reasons, &record);
        record
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

    fn recorded_facts(&self, case: &Case, decision: &Decision) -> Vec<RecordedFact> {
        let facts = self.facts().iter().zip((0..).map(FactId));
        facts
            .filter(|(fact, id)| !fact.is_text && decision.applies(*id) != Some(false))
            .map(|(fact, id)| {
                let value = case.value_or_default(id);
                RecordedFact {
                    name: fact.name.clone(),
                    outside: fact.outside.clone(),
                    value: value.map(|value| self.show_fact(fact, value)),
                    is_default: case.get(id) == State::NotStated && value.is_some(),
                }
            })
            .collect()
    }

    fn recorded_conclusions(&self, reasons: &Reasons<'_>) -> Vec<RecordedConclusion> {
        let conclusions = self.checked().conclusions.iter().zip((0..).map(ConclusionId));
        conclusions
            .map(|(conclusion, id)| RecordedConclusion {
                name: conclusion.name.clone(),
                outside: conclusion.outside.clone(),
                is_drawn: reasons.decision.concludes(id).unwrap_or(false),
                by: self.numbers(&reasons.of(id)),
            })
            .collect()
    }

    fn recorded_values(&self, decision: &Decision) -> Vec<RecordedValue> {
        let values = self.checked().values.iter().zip((0..).map(ValueId));
        let values = values.filter(|(value, _)| !value.is_rate);
        values.filter_map(|(_, id)| self.recorded_value(decision, id)).collect()
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
            unit: match &value.kind {
                Type::Number(number) => number.unit.after_amount(),
                _ => String::new(),
            },
        })
    }

    fn recorded_payments(&self, decision: &Decision) -> Vec<Payment> {
        let checked = self.checked();
        let has_several = checked.units.len() > 1;
        decision
            .totals()
            .filter_map(|(party, unit, amount)| {
                let party = checked.parties.get(party.index())?;
                let unit = checked.units.get(unit.index())?;
                Some(Payment {
                    party: party.name.clone(),
                    outside: party.outside.clone(),
                    unit: unit.after_amount(),
                    unit_outside: if has_several { unit.outside() } else { String::new() },
                    amount,
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
