//! What came of a caseload as a whole.

use core::fmt;

use apportion::checked::List;
use apportion::engine::block::{Block, LANES};
use apportion::engine::program::{ConclusionId, ListId, PanelId, PartyId, UnitId};
use apportion::policy::Policy;
use serde::Serialize;

use super::answers::{awaits, pays};
use crate::document::{DocumentError, json};
use crate::pounds::decimal;

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
    /// The items read, list by list.
    pub lists: Vec<Listed>,
    /// How many cases are what each conclusion says.
    pub conclusions: Vec<Concluded>,
    /// What each party pays over all cases, by unit and then by party; cases in which something
    /// in the unit awaits a panel are left out, as their payments may still change.
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
    /// How much, in pence.
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
            id,
        });
        let payments = pays(policy).into_iter().filter_map(|(party, unit)| {
            let paying = checked.parties.get(party.index())?;
            Some(PaidInAll {
                party: paying.name.clone(),
                key: paying.outside.clone(),
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
                paid.pence += pence.map(|(_, pence)| i128::from(*pence)).sum::<i128>();
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

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows = vec![
            ("cases".to_string(), grouped(self.cases)),
            ("accepted".to_string(), grouped(self.accepted)),
            ("rejected".to_string(), grouped(self.rejected)),
        ];
        if self.has_cover {
            rows.push(("not covered".to_string(), grouped(self.not_covered)));
        }
        for list in &self.lists {
            rows.push((list.name.clone(), grouped(list.items)));
            rows.push((format!("{} rejected", list.name), grouped(list.rejected)));
        }
        rows.extend(self.conclusions.iter().map(|it| (it.name.clone(), grouped(it.cases))));
        rows.extend(self.payments.iter().map(|paid| {
            let amount = decimal(paid.pence);
            let (pounds, pence) = amount.split_once('.').unwrap_or((&amount, "00"));
            let name = format!("{} pays {}", paid.party, paid.unit);
            (name.trim_end().to_string(), with_currency(pounds, pence))
        }));
        for awaited in &self.awaiting {
            let amount = decimal(awaited.pence);
            let (pounds, pence) = amount.split_once('.').unwrap_or((&amount, "00"));
            let name = format!("awaits {} {}", awaited.panel, awaited.unit);
            rows.push((format!("cases that await {}", awaited.panel), grouped(awaited.cases)));
            rows.push((name.trim_end().to_string(), with_currency(pounds, pence)));
        }
        let width = |texts: &mut dyn Iterator<Item = &String>| {
            texts.map(|text| text.chars().count()).max().unwrap_or(0)
        };
        let names = width(&mut rows.iter().map(|(name, _)| name));
        let texts = width(&mut rows.iter().map(|(_, text)| text));
        rows.iter().try_for_each(|(name, text)| writeln!(f, "{name:names$}  {text:>texts$}"))
    }
}

fn with_currency(pounds: &str, pence: &str) -> String {
    match pounds.strip_prefix('-') {
        Some(pounds) => format!("-£{}.{pence}", grouped(pounds)),
        None => format!("£{}.{pence}", grouped(pounds)),
    }
}

/// Digits with a comma before every three.
fn grouped(number: impl ToString) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
