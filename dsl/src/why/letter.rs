//! The letter to a family: what was decided and why, who pays what, and what it rests on.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::case::Case;
use apportion_core::decision::{Answer, Decision};
use apportion_core::money::Money;
use apportion_core::program::{ClauseId, FactId, ValueId};

use super::decided::Decided;
use super::page::{Block, Page, Section};
use super::reason::clause_block;
use super::told::Told;
use super::worked::sentence;
use crate::checked::{Body, Type};
use crate::naming::{self, capital, listed};
use crate::policy::Policy;
use crate::record::{Record, RecordedConclusion, RecordedItem};

impl Policy {
    /// The letter about a decision, for the person it is about and their family.
    ///
    /// It says what was decided and by which clauses, what each party pays and how that was
    /// worked out, and on which facts it rests: those that were given, and those for which the
    /// policy says what to take. No sentence is one of code.
    ///
    /// Empty but for its title where case or decision belong to another policy.
    ///
    /// ```
    /// use apportion::policy::Policy;
    ///
    /// let policy = Policy::parse("\
    /// policy   Half each
    /// about    a child
    /// between
    ///   the ICB       NHS Northshire ICB
    ///   the council   Northshire Council
    /// version  1, in force from 1 April 2025
    ///
    /// facts
    ///   care cost   money a week
    ///
    /// 1    Who pays
    /// 1.1  In every case: the ICB 50%, the council 50%.
    /// 1.2  Split care cost in the shares of 1.1.
    /// ").unwrap();
    /// let case = policy.case([("care cost", "£1,000.01")]).unwrap();
    /// let letter = policy.letter(&case, &policy.decide(&case).unwrap());
    /// assert!(letter.to_string().contains("£500.01 a week"));
    /// assert!(letter.html().starts_with("<!DOCTYPE html>"));
    /// ```
    #[must_use]
    pub fn letter(&self, case: &Case, decision: &Decision) -> Page {
        self.letter_withholding(case, decision, &[])
    }

    /// The letter without some facts: neither their values nor what was found of them, nor a step
    /// that begins with them. Where something else comes to the same amount or day, that is left
    /// out as well; what is paid is not.
    #[must_use]
    pub fn letter_withholding(
        &self,
        case: &Case,
        decision: &Decision,
        withheld: &[FactId],
    ) -> Page {
        let mut page = self.page("Decision letter", decision);
        if !self.is_about(case, decision) {
            return page;
        }
        let mut record = self.record(case, decision);
        let withheld = self.withheld_together(withheld);
        let of = Decided::new(self, case, decision).withholding(&withheld);
        of.withhold_in_clauses(&mut record);
        let writer = Writer { of, record: &record };
        page.below.extend(writer.day());
        page.add("The decision", writer.decision());
        page.add("Why", writer.reasons());
        page.add("Who pays", writer.payments());
        page.add("How this was worked out", writer.amounts());
        page.add("What we relied on", writer.facts());
        page.add("What we were not told", writer.defaults());
        page.add("The documents named in this letter", writer.sources(&page));
        writer.of.withhold_in_page(&mut page);
        page
    }

    /// A page about a case under this policy.
    pub(super) fn page(&self, kind: &str, decision: &Decision) -> Page {
        let version = &self.checked().version;
        let in_force = format!("Version {}, in force from {}.", version.number, version.from);
        let missed_review = self.missed_review(decision);
        let missed_review = missed_review.map(|by| naming::missed_review(&by.to_string()));
        Page {
            kind: String::from(kind),
            title: self.checked().title.clone(),
            below: [in_force].into_iter().chain(missed_review).collect(),
            sections: Vec::new(),
        }
    }
}

impl Page {
    /// Adds a section, if there is anything in it.
    pub(super) fn add(&mut self, heading: &str, blocks: Vec<Block>) {
        if !blocks.is_empty() {
            self.sections.push(Section { heading: String::from(heading), blocks });
        }
    }
}

struct Writer<'a> {
    of: Decided<'a>,
    record: &'a Record,
}

impl Writer<'_> {
    fn day(&self) -> Option<String> {
        let dated_by = self.of.policy.checked().dated_by?;
        let fact = self.of.policy.facts().get(dated_by.index())?;
        let day = self.of.shown(&fact.kind, self.of.fact(dated_by)?);
        Some(format!("{}: {day}.", capital(&fact.name)))
    }

    fn decision(&self) -> Vec<Block> {
        let policy = self.of.policy;
        let subject = &policy.checked().subject;
        if !self.record.is_covered {
            return one(Vec::from([format!("This policy does not cover the {subject}.")]));
        }
        let mut sentences = Vec::new();
        for conclusion in &self.record.conclusions {
            sentences.push(format!("The {subject} is {}.", concluded(conclusion)));
        }
        for referral in &self.record.referrals {
            let panels = policy.checked().panels.iter();
            let mut named = panels.filter(|panel| panel.name == referral.panel);
            let panel = named.next().map_or(&referral.panel, |panel| &panel.text);
            sentences.push(format!("The case is referred to {panel}, by {}.", referral.clause));
        }
        for awaiting in &self.record.awaiting {
            sentences.push(sentence(&format!(
                "{} has not yet decided who pays {}{}",
                awaiting.panel, awaiting.amount, awaiting.unit
            )));
        }
        if !self.record.waiting.is_empty() {
            let wait = if self.record.waiting.len() == 1 { "waits" } else { "wait" };
            sentences.push(format!("Until then {} {wait}.", listed(&self.record.waiting)));
        }
        let mut blocks = one(sentences);
        for rows in [self.items(), self.days()] {
            if !rows.is_empty() {
                blocks.push(Block::Rows(rows));
            }
        }
        blocks
    }

    /// What is concluded of each item: `not educational, health provision`.
    fn items(&self) -> Vec<(String, String)> {
        let items = self.record.items.iter().filter(|item| !item.conclusions.is_empty());
        let of_item = |item: &RecordedItem| {
            let conclusions = item.conclusions.iter().map(concluded);
            (capital(&item.item.to_string()), conclusions.collect::<Vec<_>>().join(", "))
        };
        items.map(of_item).collect()
    }

    /// The days that the policy works out.
    fn days(&self) -> Vec<(String, String)> {
        let values = (0..).map(ValueId).zip(&self.of.policy.checked().values);
        let days = values.filter(|(_, value)| {
            matches!(value.kind, Type::Date { .. }) && value.list.is_none() && value.each.is_none()
        });
        let given = days.filter_map(|(id, value)| match self.of.decision.value(id)? {
            Answer::Date(day) => Some((capital(&value.name), day.to_string())),
            _ => None,
        });
        given.collect()
    }

    fn reasons(&self) -> Vec<Block> {
        let policy = self.of.policy;
        if !self.record.is_covered {
            return self.of.reasons_for_no_cover();
        }
        let subject = format!("the {}", policy.checked().subject);
        let mut blocks = self.of.why_concluded(None, &subject);
        for (item, decision) in policy.decided_items(self.of.decision) {
            let of_item = self.of.of_item(item, &decision);
            let name = policy.item_name(item).to_string();
            blocks.extend(of_item.why_concluded(Some(item.list), &name));
        }
        blocks.extend(self.referrals());
        blocks
    }

    /// Why the case is referred, where a clause says nothing else.
    fn referrals(&self) -> Vec<Block> {
        let checked = self.of.policy.checked();
        let mut blocks = Vec::new();
        for (clause, panel) in self.of.decision.referrals() {
            let is_referral = |body: &Body| matches!(body, Body::Refer { .. });
            let provisions = checked.clauses.get(clause.index()).map(|clause| &clause.provisions);
            let mut bodies = provisions.into_iter().flatten().filter_map(|id| {
                checked.provisions.get(id.0 as usize).map(|provision| &provision.body)
            });
            let panel = checked.panels.get(panel.index()).map(|panel| panel.name.as_str());
            if bodies.any(is_referral) {
                let about = format!("Why the case is referred to {}:", panel.unwrap_or_default());
                blocks.extend(one(Vec::from([about])));
                blocks.extend(self.of.reason(clause, is_referral));
            }
        }
        blocks
    }

    fn payments(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut units: Vec<&str> = Vec::new();
        for payment in &self.record.payments {
            if !units.contains(&payment.unit.as_str()) {
                units.push(&payment.unit);
            }
        }
        for unit in units {
            let payments = self.record.payments.iter().filter(|payment| payment.unit == unit);
            let mut rows = Vec::new();
            let mut sum = Some(Money::ZERO);
            for payment in payments.clone() {
                sum = sum.and_then(|sum| sum.checked_add(payment.amount));
                let so_far = if payment.is_final { "" } else { " so far" };
                rows.push((payment.text.clone(), format!("{}{unit}{so_far}", payment.amount)));
            }
            let is_final = payments.clone().all(|payment| payment.is_final);
            let so_far = if is_final { "" } else { " so far" };
            let together = String::from("Together");
            rows.extend(sum.map(|sum| (together, format!("{sum}{unit}{so_far}"))));
            blocks.push(Block::Amounts(rows));
        }
        blocks
    }

    /// The clauses that make somebody pay, and those that give what they build on.
    fn amounts(&self) -> Vec<Block> {
        if !self.record.is_covered {
            return Vec::new();
        }
        let checked = self.of.policy.checked();
        let mut blocks = Vec::new();
        let mut said = self.record.clauses.iter().peekable();
        for (id, clause) in (0..).map(ClauseId).zip(&checked.clauses) {
            let says = self.of.said_by(clause, &mut said);
            let provisions = clause.provisions.iter();
            let mut bodies = provisions
                .filter_map(|id| checked.provisions.get(id.0 as usize))
                .map(|provision| &provision.body);
            if !bodies.clone().any(counts) {
                continue;
            }
            // What each party's part is, is told step by step.
            let is_split =
                bodies.all(|body| matches!(body, Body::Split { .. } | Body::Proportion { .. }));
            let says = says.iter().filter(|_| !is_split);
            let says: Vec<String> = says.map(|says| sentence(&says.replace(" = ", ": "))).collect();
            let steps = self.of.worked(id);
            let mut steps: Vec<String> = steps.iter().map(|step| sentence(step)).collect();
            steps.retain(|step| !says.contains(step));
            if !says.is_empty() || !steps.is_empty() {
                blocks.push(clause_block(clause, says, steps));
            }
        }
        blocks
    }

    /// What was stated of the case, and of each item.
    fn facts(&self) -> Vec<Block> {
        let rows = |told: Vec<Told>| -> Vec<(String, String)> {
            let stated = told.into_iter().filter(|fact| !fact.is_default);
            stated.map(|fact| (capital(&fact.name), fact.value)).collect()
        };
        let mut blocks = Vec::new();
        let of_case = rows(self.of.told());
        if !of_case.is_empty() {
            blocks.push(Block::Rows(of_case));
        }
        for (item, decision) in self.of.policy.decided_items(self.of.decision) {
            let of_item = rows(self.of.of_item(item, &decision).told());
            if !of_item.is_empty() {
                let name = self.of.policy.item_name(item).to_string();
                blocks.extend(one(Vec::from([capital(&name) + ":"])));
                blocks.push(Block::Rows(of_item));
            }
        }
        blocks
    }

    fn defaults(&self) -> Vec<Block> {
        let sentences = |of: &str, told: Vec<Told>| -> Vec<String> {
            let defaults = told.into_iter().filter(|fact| fact.is_default);
            let sentence = |Told { name, value, .. }| {
                format!("We were not told of {name}{of}, and took it as {value}.")
            };
            defaults.map(sentence).collect()
        };
        let mut told = sentences("", self.of.told());
        for (item, decision) in self.of.policy.decided_items(self.of.decision) {
            let of = format!(" of {}", self.of.policy.item_name(item));
            told.extend(sentences(&of, self.of.of_item(item, &decision).told()));
        }
        one(told)
    }

    /// The documents that the clauses in the letter cite.
    fn sources(&self, page: &Page) -> Vec<Block> {
        let blocks = page.sections.iter().flat_map(|section| &section.blocks);
        let cited: Vec<&str> = blocks
            .flat_map(|block| match block {
                Block::Clause { citations, .. } => citations.as_slice(),
                _ => &[],
            })
            .map(String::as_str)
            .collect();
        let sources = self.of.policy.checked().sources.iter();
        let named = sources.filter(|source| {
            cited.iter().any(|cited| cited.split_whitespace().any(|word| word == source.name))
        });
        let rows: Vec<(String, String)> =
            named.map(|source| (source.name.clone(), source.text.clone())).collect();
        if rows.is_empty() { Vec::new() } else { Vec::from([Block::Rows(rows)]) }
    }
}

/// Whether what a clause says is part of how amounts came about. What each member of a family
/// gives is told where it is added up.
fn counts(body: &Body) -> bool {
    match body {
        Body::Cover | Body::Conclude { .. } | Body::Refer { .. } | Body::Switch { .. } => false,
        Body::Table(table) => table.each.is_none(),
        _ => true,
    }
}

/// `eligible`, or `not eligible`.
fn concluded(conclusion: &RecordedConclusion) -> String {
    let not = if conclusion.is_drawn { "" } else { "not " };
    format!("{not}{}", conclusion.name)
}

/// Sentences as one block, if there are any.
pub(super) fn one(sentences: Vec<String>) -> Vec<Block> {
    if sentences.is_empty() { Vec::new() } else { Vec::from([Block::Sentences(sentences)]) }
}
