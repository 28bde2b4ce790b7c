//! What a clause found of a case, as one of the reasons for what was decided.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::program::{ClauseId, ConclusionId, ListId};

use super::decided::Decided;
use super::page::Block;
use super::worked::sentence;
use crate::checked::{Body, Clause, Provision, ProvisionId};
use crate::naming::listed;

impl Decided<'_> {
    /// The clauses for which the policy does not cover the case.
    pub(crate) fn reasons_for_no_cover(&self) -> Vec<Block> {
        let clauses = self.policy.reasons_for_no_cover(self.decision);
        let is_cover = |body: &Body| matches!(body, Body::Cover);
        clauses.iter().filter_map(|clause| self.reason(*clause, is_cover)).collect()
    }

    /// Why each thing is concluded of the case, or of the item at hand, or is not.
    pub(crate) fn why_concluded(&self, list: Option<ListId>, subject: &str) -> Vec<Block> {
        let conclusions = (0..).map(ConclusionId).zip(&self.policy.checked().conclusions);
        let mut blocks = Vec::new();
        for (id, conclusion) in conclusions.filter(|(_, it)| it.list == list) {
            let is_about = |body: &Body| matches!(body, Body::Conclude { conclusion, .. } if *conclusion == id);
            let clauses = self.policy.reasons(self.decision, id);
            let found = clauses.iter().filter_map(|clause| self.reason(*clause, is_about));
            let found: Vec<Block> = found.collect();
            if !found.is_empty() {
                let not = if self.decision.concludes(id) == Some(true) { "" } else { "not " };
                let about = format!("Why {subject} is {not}{}:", conclusion.name);
                blocks.push(Block::Sentences(Vec::from([about])));
                blocks.extend(found);
            }
        }
        blocks
    }

    /// What a clause found of the case, where it is about something; or else, where it keeps
    /// another clause from applying, all that it found.
    pub(crate) fn reason(
        &self,
        clause: ClauseId,
        is_about: impl Fn(&Body) -> bool,
    ) -> Option<Block> {
        let policy = self.policy.checked();
        let declared = policy.clauses.get(clause.index())?;
        let provisions = declared.provisions.iter();
        let own: Vec<(ProvisionId, &Provision)> = provisions
            .filter_map(|id| Some((*id, policy.provisions.get(id.0 as usize)?)))
            .collect();
        let about: Vec<_> = own.iter().filter(|(_, it)| is_about(&it.body)).collect();
        let telling = if about.is_empty() { own.iter().collect() } else { about };
        let mut says: Vec<String> =
            telling.iter().flat_map(|(id, provision)| self.found_by(*id, provision)).collect();
        if says.is_empty() {
            says.push(String::from("In every case."));
        }
        says.extend(telling.iter().filter_map(|(id, provision)| self.despite(*id, provision)));
        Some(clause_block(declared, says, Vec::new()))
    }

    /// The tests of a provision, with what was found, a sentence each.
    fn found_by(&self, id: ProvisionId, provision: &Provision) -> Vec<String> {
        let is_against = matches!(provision.body, Body::Conclude { is_for: false, .. });
        if is_against && !self.says(id) {
            return Vec::new();
        }
        let grounds = self.grounds(&provision.when);
        grounds.iter().map(|ground| sentence(&ground.line())).collect()
    }

    /// The clauses that hold too, but which this one overrides.
    fn despite(&self, id: ProvisionId, provision: &Provision) -> Option<String> {
        let policy = self.policy.checked();
        let holds = |clause: &&ClauseId| {
            let clause = policy.clauses.get(clause.index());
            let mut ids = clause.map_or(&[][..], |clause| &clause.provisions).iter();
            ids.any(|id| {
                policy.provisions.get(id.0 as usize).is_some_and(|it| self.holds(&it.when))
            })
        };
        let overridden = provision.despite.iter().filter(holds).copied();
        let overridden: Vec<ClauseId> = overridden.collect();
        let mut numbers = self.policy.numbers(&overridden);
        numbers.dedup();
        (self.says(id) && !numbers.is_empty())
            .then(|| format!("This applies despite {}.", listed(&numbers)))
    }
}

/// A clause with what it says.
pub(super) fn clause_block(clause: &Clause, says: Vec<String>, steps: Vec<String>) -> Block {
    Block::Clause {
        number: clause.number.clone(),
        citations: clause.citations.clone(),
        says,
        steps,
    }
}
