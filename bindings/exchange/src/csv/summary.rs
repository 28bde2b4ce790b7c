//! What came of a caseload as a whole.

use apportion::checked::List;
use apportion::engine::block::{Block, LANES};
use apportion::engine::outlook::{Outlook, Question};
use apportion::engine::program::{ConclusionId, ListId, PanelId, PartyId, UnitId};
use apportion::engine::range::Span;
use apportion::policy::Policy;
use serde::Serialize;

use super::answers::{awaits, pays};
use super::fate::Fate;
use super::settled;
use crate::document::{DocumentError, json};
use crate::pounds::decimal;

mod text;

/// The JSON Schema of a summary.
pub const SCHEMA: &str = include_str!("../../schema/summary.schema.json");

/// What came of a caseload as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The rows read.
    pub cases: u64,
    /// Those with a decision.
    pub accepted: u64,
    /// Those without.
    pub rejected: u64,
    /// Those accepted that the policy does not cover.
    pub not_covered: u64,
    /// Those accepted of which not everything is known, and all that counts is settled.
    pub settled: u64,
    /// Those that are not settled by what is known: accepted where that is allowed, else rejected.
    pub not_settled: u64,
    /// The items read, list by list.
    pub lists: Vec<Listed>,
    /// How many cases are what each conclusion says.
    pub conclusions: Vec<Concluded>,
    /// What each party pays over all cases, by unit and then by party; cases in which something
    /// in the unit awaits a panel, or may, are left out, as their payments may still change.
    pub payments: Vec<PaidInAll>,
    /// What awaits each panel over all cases, by unit.
    pub awaiting: Vec<AwaitedInAll>,
    #[serde(skip)]
    has_cover: bool,
}

/// The items of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// The list, in the plural.
    pub name: String,
    /// Its name outside the policy's file.
    pub key: String,
    /// The rows read.
    pub items: u64,
    /// Those whose case has a decision.
    pub accepted: u64,
    /// Those whose case has none, or that belong to no case.
    pub rejected: u64,
}

/// How many cases are what a conclusion says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Concluded {
    /// Its name.
    pub name: String,
    /// Its name outside the policy's file.
    pub key: String,
    /// How many cases.
    pub cases: u64,
    /// Of how many more it is not settled.
    pub not_settled: u64,
    #[serde(skip)]
    id: ConclusionId,
}

/// What a party pays over all cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PaidInAll {
    /// The party, by the name clauses use.
    pub party: String,
    /// Its name outside the policy's file.
    pub key: String,
    /// How much at least, in pence. That is nothing of a case that the policy may not cover, or
    /// refuse.
    #[serde(serialize_with = "in_pounds")]
    pub from: i128,
    /// How much at most.
    #[serde(serialize_with = "in_pounds")]
    pub to: i128,
    /// How much in the cases in which it is settled.
    #[serde(rename = "pounds", serialize_with = "in_pounds")]
    pub pence: i128,
    /// What it is for: `a week`; empty where it is just an amount.
    pub unit: String,
    #[serde(skip)]
    id: (PartyId, UnitId),
}

impl From<&List> for Listed {
    fn from(list: &List) -> Self {
        let (name, key) = (list.plural.clone(), list.outside.clone());
        Listed { name, key, items: 0, accepted: 0, rejected: 0 }
    }
}

impl Listed {
    pub(super) fn of(policy: &Policy, list: ListId) -> Listed {
        policy.lists().get(list.index()).map(Listed::from).unwrap_or_default()
    }

    pub(super) fn count(&mut self, is_accepted: bool) {
        self.items += 1;
        self.accepted += u64::from(is_accepted);
        self.rejected += u64::from(!is_accepted);
    }

    pub(super) fn add(&mut self, others: &Listed) {
        self.items += others.items;
        self.accepted += others.accepted;
        self.rejected += others.rejected;
    }
}

/// What awaits a panel over all cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AwaitedInAll {
    /// The panel, by the name clauses use.
    pub panel: String,
    /// Its name outside the policy's file.
    pub key: String,
    /// In how many cases something awaits it.
    pub cases: u64,
    /// How much, in pence.
    #[serde(rename = "pounds", serialize_with = "in_pounds")]
    pub pence: i128,
    /// What it is for: `a week`; empty where it is just an amount.
    pub unit: String,
    #[serde(skip)]
    id: (PanelId, UnitId),
}

impl Summary {
    /// Whether a row of any file has no decision.
    #[must_use]
    pub fn has_rejects(&self) -> bool {
        self.rejected > 0 || self.lists.iter().any(|list| list.rejected > 0)
    }

    /// Of no case yet.
    #[must_use]
    pub fn new(policy: &Policy) -> Self {
        let checked = policy.checked();
        let conclusions = checked.conclusions.iter().zip((0..).map(ConclusionId));
        let conclusions = conclusions.filter(|(conclusion, _)| conclusion.list.is_none());
        let conclusions = conclusions.map(|(it, id)| Concluded {
            name: it.name.clone(),
            key: it.outside.clone(),
            cases: 0,
            not_settled: 0,
            id,
        });
        let payments = pays(policy).into_iter().filter_map(|(party, unit)| {
            let paying = checked.parties.get(party.index())?;
            Some(PaidInAll {
                party: paying.name.clone(),
                key: paying.outside.clone(),
                from: 0,
                to: 0,
                pence: 0,
                unit: checked.units.get(unit.index())?.after_amount().trim().to_string(),
                id: (party, unit),
            })
        });
        let awaiting = awaits(policy).into_iter().filter_map(|(panel, unit)| {
            let deciding = checked.panels.get(panel.index())?;
            Some(AwaitedInAll {
                panel: deciding.name.clone(),
                key: deciding.outside.clone(),
                cases: 0,
                pence: 0,
                unit: checked.units.get(unit.index())?.after_amount().trim().to_string(),
                id: (panel, unit),
            })
        });
        Summary {
            awaiting: awaiting.collect(),
            cases: 0,
            accepted: 0,
            rejected: 0,
            not_covered: 0,
            settled: 0,
            not_settled: 0,
            lists: policy.lists().iter().map(Listed::from).collect(),
            conclusions: conclusions.collect(),
            payments: payments.collect(),
            has_cover: policy.program().answers().cover.is_some(),
        }
    }

    /// Writes the summary as JSON; the shape is written down in
    /// `schema/summary.schema.json`.
    ///
    /// # Errors
    ///
    /// Returns what `serde_json` could not write; a summary gives it no cause.
    pub fn to_json(&self) -> Result<String, DocumentError> {
        json(self)
    }

    /// Counts a row.
    pub(super) fn count<R>(&mut self, fate: &Fate<R>) {
        let is_rejected = fate.reject().is_some();
        self.cases += 1;
        self.accepted += u64::from(!is_rejected);
        self.rejected += u64::from(is_rejected);
        self.not_covered += u64::from(matches!(fate, Fate::NotCovered));
        self.not_settled += u64::from(matches!(fate, Fate::NotSettled(_)));
    }

    /// Counts what can come of a case of which not everything is known.
    pub(super) fn foresee(&mut self, policy: &Policy, outlook: &Outlook) {
        self.settled += u64::from(outlook.is_settled());
        self.not_settled += u64::from(!outlook.is_settled());
        self.not_covered += u64::from(outlook.is_settled() && !outlook.outcomes().decided);
        for concluded in &mut self.conclusions {
            let question = Question::Conclusion(concluded.id);
            concluded.cases += u64::from(settled::truth(outlook, question) == Some(true));
            let prospect = outlook.prospect(question);
            concluded.not_settled += u64::from(prospect.is_some_and(|it| !it.is_settled));
        }
        for paid in &mut self.payments {
            let Some(Span { least, greatest }) = settled::may_pay(policy, outlook, paid.id) else {
                continue;
            };
            paid.from += i128::from(least);
            paid.to += i128::from(greatest);
            paid.pence += settled::pays(policy, outlook, paid.id).map_or(0, i128::from);
        }
        for awaited in &mut self.awaiting {
            if let Some(pence) = settled::awaited(policy, outlook, awaited.id) {
                awaited.cases += 1;
                awaited.pence += i128::from(pence);
            }
        }
    }

    /// Counts the lanes of a decided block that the policy covers.
    pub(super) fn add(&mut self, block: &Block, covered: &[bool; LANES]) {
        for concluded in &mut self.conclusions {
            if let Some(column) = block.conclusion(concluded.id) {
                let drawn = covered.iter().zip(column).filter(|(is, byte)| **is && **byte != 0);
                concluded.cases += drawn.count() as u64;
            }
        }
        for paid in &mut self.payments {
            if let Some(column) = block.pays(paid.id.0, paid.id.1) {
                let is_final = final_lanes(block, paid.id.1, covered);
                let pence = is_final.iter().zip(column).filter(|(is, _)| **is);
                let pence = pence.map(|(_, pence)| i128::from(*pence)).sum::<i128>();
                paid.from += pence;
                paid.to += pence;
                paid.pence += pence;
            }
        }
        for awaited in &mut self.awaiting {
            let mut cases = [false; LANES];
            let own = block.awaiting().filter(|(it, ..)| (it.panel, it.unit) == awaited.id);
            for (_, made, pence) in own {
                for ((case, is_covered), (made, pence)) in
                    cases.iter_mut().zip(covered).zip(made.iter().zip(pence))
                {
                    if *is_covered && *made != 0 {
                        *case = true;
                        awaited.pence += i128::from(*pence);
                    }
                }
            }
            awaited.cases += cases.iter().filter(|case| **case).count() as u64;
        }
    }
}

/// The covered lanes in which nothing in a unit awaits a panel.
fn final_lanes(block: &Block, unit: UnitId, covered: &[bool; LANES]) -> [bool; LANES] {
    let mut lanes = *covered;
    for (_, made, _) in block.awaiting().filter(|(awaited, ..)| awaited.unit == unit) {
        lanes.iter_mut().zip(made).for_each(|(lane, made)| *lane &= *made == 0);
    }
    lanes
}

fn in_pounds<S: serde::Serializer>(pence: &i128, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&decimal(*pence))
}
