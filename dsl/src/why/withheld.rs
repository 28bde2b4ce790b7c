//! Facts that are left out of what others are shown.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::case::Case;
use apportion_core::decision::Decision;
use apportion_core::program::{FactId, Item, PanelId};
use apportion_core::value::Value;

use super::decided::Decided;
use super::page::{Block, Page};
use crate::checked::{Body, Condition, ExpressionKind, FamilyId, Provision, Share, ShareRow};
use crate::naming::{listed, missed_review};
use crate::policy::Policy;
use crate::record::Record;
use crate::walk::{self, Part};

/// What stands in the place of a value that is withheld.
pub(crate) const WITHHELD: &str = "withheld";

impl Policy {
    /// The record of a decision without some facts: their values are none, and what else would tell
    /// one that is an amount or a day is left out, but for what is paid.
    #[must_use]
    pub fn record_withholding(
        &self,
        case: &Case,
        decision: &Decision,
        withheld: &[FactId],
    ) -> Record {
        let mut record = self.record(case, decision);
        let withheld = self.withheld_together(withheld);
        let of = Decided::new(self, case, decision).withholding(&withheld);
        of.withhold_in_record(&mut record);
        record
    }

    /// How the amounts and days that are withheld read. What else comes to the same would tell
    /// them.
    pub(crate) fn withheld_texts(&self, case: &Case, withheld: &[FactId]) -> Vec<String> {
        let mut texts = BTreeSet::new();
        for id in withheld {
            let Some(fact) = self.facts().get(id.index()) else { continue };
            let values: Vec<Value> = match fact.list {
                None => case.value_or_default(*id).into_iter().collect(),
                Some(list) => {
                    let items = 0..case.items(list).unwrap_or(0);
                    let items = items.map(|index| Item { list, index });
                    items.filter_map(|item| case.item_value_or_default(item, *id)).collect()
                }
            };
            for value in values {
                let text = self.show_fact(fact, value);
                let tells = matches!(value, Value::Date(_)) || text.starts_with(['£', '-']);
                // What the policy says itself tells nothing of the case.
                if tells && !self.source().text().contains(&text) {
                    texts.insert(text);
                }
            }
        }
        texts.into_iter().collect()
    }

    /// These facts, with those that the others of them would tell: of the shares that a panel decides
    /// each is what the others leave, so where one is withheld, all are.
    #[must_use]
    pub fn withheld_together(&self, withheld: &[FactId]) -> Vec<FactId> {
        let panel = |fact: FactId| self.facts().get(fact.index())?.panel_share.map(|it| it.panel);
        let panels: BTreeSet<PanelId> = withheld.iter().filter_map(|fact| panel(*fact)).collect();
        let all = (0..).map(FactId).take(self.facts().len());
        let others = all.filter(|fact| panel(*fact).is_some_and(|it| panels.contains(&it)));
        let others = others.filter(|fact| !withheld.contains(fact));
        withheld.iter().copied().chain(others).collect()
    }
}

impl Decided<'_> {
    /// Whether a fact is withheld.
    pub(crate) fn is_withheld(&self, fact: FactId) -> bool {
        self.withheld.contains(&fact)
    }

    /// The facts that are withheld and that a test asks for by itself.
    pub(crate) fn withheld_in_test(&self, test: &Condition) -> Vec<String> {
        if self.withheld.is_empty() {
            return Vec::new();
        }
        let mut found = BTreeSet::new();
        walk::condition(test, &mut |part| self.note(part, &mut found));
        self.names(found)
    }

    /// The facts that are withheld and from which a provision is worked out.
    pub(crate) fn withheld_in(&self, provision: &Provision) -> Vec<String> {
        if self.withheld.is_empty() {
            return Vec::new();
        }
        let mut found = BTreeSet::new();
        walk::condition(&provision.when, &mut |part| self.note(part, &mut found));
        walk::body(provision, &mut |part| self.note(part, &mut found));
        if let Body::Table(table) = &provision.body {
            table.each.into_iter().for_each(|family| self.note_members(family, &mut found));
        }
        self.names(found)
    }

    fn note(&self, part: Part<'_>, found: &mut BTreeSet<FactId>) {
        match part {
            Part::Condition(Condition::Members { family, .. }) => self.note_members(*family, found),
            Part::Condition(_) => {}
            Part::Expression(expression) => match &expression.kind {
                ExpressionKind::Fact(fact) => found.extend([*fact]),
                ExpressionKind::Age { birth, on } => found.extend([*birth, *on]),
                ExpressionKind::Sum { of: None, family }
                | ExpressionKind::Highest { of: None, family }
                | ExpressionKind::Lowest { of: None, family } => self.note_members(*family, found),
                _ => {}
            },
        }
    }

    fn note_members(&self, family: FamilyId, found: &mut BTreeSet<FactId>) {
        let family = self.policy.checked().families.get(family.0 as usize);
        found.extend(family.into_iter().flat_map(|family| family.members.iter().copied()));
    }

    fn names(&self, found: BTreeSet<FactId>) -> Vec<String> {
        let withheld = found.into_iter().filter(|fact| self.is_withheld(*fact));
        withheld.map(|fact| self.fact_name(fact)).collect()
    }

    /// What is said of a review that was missed, where the day that shows it is withheld.
    fn withheld_review(&self) -> Option<String> {
        let dated_by = self.policy.checked().dated_by.filter(|fact| self.is_withheld(*fact));
        let by = dated_by.and_then(|_| self.policy.missed_review(self.whole))?;
        Some(missed_review(&by.to_string()))
    }

    /// Leaves out of a page what would tell a withheld amount or day.
    pub(crate) fn withhold_in_page(&self, page: &mut Page) {
        if let Some(review) = self.withheld_review() {
            page.below.retain(|line| *line != review);
        }
        let texts = self.policy.withheld_texts(self.case, self.withheld);
        if texts.is_empty() {
            return;
        }
        page.below.iter_mut().for_each(|line| leave_out(line, &texts));
        for block in page.sections.iter_mut().flat_map(|section| &mut section.blocks) {
            match block {
                Block::Sentences(lines) => lines.iter_mut().for_each(|it| leave_out(it, &texts)),
                Block::Clause { says, steps, .. } => {
                    says.iter_mut().chain(steps).for_each(|line| leave_out(line, &texts));
                }
                Block::Rows(rows) => {
                    rows.iter_mut().for_each(|(_, text)| leave_out(text, &texts));
                }
                // What is paid is what the page is for.
                Block::Amounts(_) => {}
            }
        }
    }

    /// Leaves withheld facts out of a record, and what would tell one that is an amount or a day.
    pub(crate) fn withhold_in_record(&self, record: &mut Record) {
        let names: Vec<String> = self.withheld.iter().map(|fact| self.fact_name(*fact)).collect();
        let of_items = record.items.iter_mut().flat_map(|item| &mut item.facts);
        for fact in record.facts.iter_mut().chain(of_items) {
            if names.contains(&fact.name) {
                fact.value = None;
                fact.is_default = false;
            }
        }
        if self.withheld_review().is_some() {
            record.missed_review = None;
        }
        self.withhold_in_clauses(record);
        let texts = self.policy.withheld_texts(self.case, self.withheld);
        let of_items = record.items.iter_mut().flat_map(|item| &mut item.values);
        let of_clauses = record.clauses.iter_mut().flat_map(|clause| &mut clause.values);
        let values = record.values.iter_mut().chain(of_items).chain(of_clauses);
        values.filter_map(|it| it.value.as_mut()).for_each(|text| leave_out(text, &texts));
        let says = record.clauses.iter_mut().flat_map(|clause| &mut clause.says);
        says.for_each(|text| leave_out(text, &texts));
    }
}

impl Decided<'_> {
    /// Leaves out of what clauses say what they give each member of a family, where one of them is
    /// withheld, and shares that are withheld.
    pub(crate) fn withhold_in_clauses(&self, record: &mut Record) {
        if self.withheld.is_empty() {
            return;
        }
        for provision in &self.policy.checked().provisions {
            let number = self.policy.number_of(provision.clause);
            let says = match (self.for_each(&provision.body), &provision.body) {
                (Some(what), _) => {
                    let names = self.withheld_in(provision);
                    (!names.is_empty()).then(|| format!("{what}: {}", worked_out_from(&names)))
                }
                (None, Body::Shares(rows, _)) => {
                    let names = self.withheld_shares(rows);
                    (!names.is_empty()).then(|| worked_out_from(&names))
                }
                (None, _) => None,
            };
            let Some(says) = says else { continue };
            let said = record.clauses.iter_mut().find(|clause| clause.number == number);
            if let Some(said) = said.filter(|said| !said.says.is_empty()) {
                said.says = Vec::from([says]);
            }
            for decided in record.decided.iter_mut().filter(|decided| decided.clause == number) {
                if let Some((as_decided, _)) = decided.says.split_once(": ") {
                    decided.says = format!("{as_decided}: {WITHHELD}");
                }
            }
        }
    }

    /// The facts that are withheld and from which shares are worked out.
    fn withheld_shares(&self, rows: &[ShareRow]) -> Vec<String> {
        let mut found = BTreeSet::new();
        for share in rows.iter().flat_map(|row| &row.shares) {
            if let Share::Of(share) = share {
                walk::expression(share, &mut |part| self.note(part, &mut found));
            }
        }
        self.names(found)
    }
}

/// Replaces texts where they stand by themselves, not within a longer number.
pub(crate) fn leave_out(line: &mut String, texts: &[String]) {
    for text in texts {
        let mut rest = line.as_str();
        let mut kept = String::new();
        while let Some((before, after)) = rest.split_once(text.as_str()) {
            let is_longer = before.ends_with(|it: char| it.is_ascii_digit())
                || after.starts_with(|it: char| it.is_ascii_digit());
            kept.push_str(before);
            kept.push_str(if is_longer { text } else { WITHHELD });
            rest = after;
        }
        kept.push_str(rest);
        *line = kept;
    }
}

/// `worked out from seizures, which is withheld`
pub(crate) fn worked_out_from(names: &[String]) -> String {
    let is = if names.len() == 1 { "is" } else { "are" };
    format!("worked out from {}, which {is} {WITHHELD}", listed(names))
}

/// `seizures: withheld`
pub(crate) fn asked_of(names: &[String]) -> String {
    listed(names).to_string() + ": " + WITHHELD
}
