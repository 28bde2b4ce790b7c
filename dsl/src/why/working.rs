//! The working, for finance: every clause that applies, with each step and figure.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::case::Case;
use apportion_core::decision::Decision;
use apportion_core::program::{ClauseId, FactId};

use super::decided::Decided;
use super::page::{Block, Page};
use super::reason::clause_block;
use super::told::Told;
use crate::naming::capital;
use crate::policy::Policy;
use crate::record::Record;

impl Policy {
    /// The working of a decision: what each clause made of the case and by which steps, with
    /// every figure exact until the clause that rounds; then who pays, line by line.
    ///
    /// Empty but for its title where case or decision belong to another policy.
    ///
    /// ```
    /// use apportion::policy::Policy;
    ///
    /// let policy = Policy::parse("\
    /// policy   Day care
    /// about    a child
    /// between
    ///   the ICB       NHS Northshire ICB
    ///   the council   Northshire Council
    /// version  1, in force from 1 April 2025
    ///
    /// facts
    ///   day care        hours a week, in quarters, 0 to 168
    ///   day care rate   money an hour
    ///
    /// 1    Who pays
    /// 1.1  Care cost = day care x day care rate, to the nearest penny, halves up.
    /// 1.2  The council pays care cost.
    /// ").unwrap();
    /// let case = policy.case([("day care", "21.5"), ("day care rate", "£25.61")]).unwrap();
    /// let working = policy.working(&case, &policy.decide(&case).unwrap()).to_string();
    /// assert!(working.contains("day care x day care rate: 21.5 hours x £25.61 = £550.615\n"));
    /// assert!(working.contains("to the nearest penny, halves up: £550.615 becomes £550.62\n"));
    /// ```
    #[must_use]
    pub fn working(&self, case: &Case, decision: &Decision) -> Page {
        self.working_withholding(case, decision, &[])
    }

    /// The working without some facts, as [`Policy::letter_withholding`].
    #[must_use]
    pub fn working_withholding(
        &self,
        case: &Case,
        decision: &Decision,
        withheld: &[FactId],
    ) -> Page {
        let mut page = self.page("Working", decision);
        if !self.is_about(case, decision) {
            return page;
        }
        let mut record = self.record(case, decision);
        let withheld = self.withheld_together(withheld);
        let of = Decided::new(self, case, decision).withholding(&withheld).for_finance();
        of.withhold_in_clauses(&mut record);
        page.add("Facts", facts(&of));
        page.add("Clauses", clauses(&of, &record));
        page.add("Who pays", payments(&record));
        of.withhold_in_page(&mut page);
        page
    }
}

fn facts(of: &Decided<'_>) -> Vec<Block> {
    let rows = |told: Vec<Told>| {
        let rows = told.into_iter().map(|fact| {
            let from = if fact.is_default { ", not stated" } else { "" };
            (fact.name, fact.value + from)
        });
        Block::Rows(rows.collect())
    };
    let mut blocks = Vec::from([rows(of.told())]);
    for (item, decision) in of.policy.decided_items(of.decision) {
        let name = capital(&of.policy.item_name(item).to_string());
        blocks.push(Block::Sentences(Vec::from([name])));
        blocks.push(rows(of.of_item(item, &decision).told()));
    }
    blocks.retain(|block| !matches!(block, Block::Rows(rows) if rows.is_empty()));
    blocks
}

fn clauses(of: &Decided<'_>, record: &Record) -> Vec<Block> {
    if !record.is_covered {
        return of.reasons_for_no_cover();
    }
    let mut said = record.clauses.iter().peekable();
    let mut blocks = Vec::new();
    for (id, clause) in (0..).map(ClauseId).zip(&of.policy.checked().clauses) {
        let (says, mut steps) = (of.said_by(clause, &mut said), of.worked(id));
        steps.retain(|step| !says.contains(step));
        if !says.is_empty() || !steps.is_empty() {
            blocks.push(clause_block(clause, says, steps));
        }
    }
    blocks
}

fn payments(record: &Record) -> Vec<Block> {
    let mut rows: Vec<(String, String)> = Vec::new();
    for line in &record.lines {
        let item = line.item.as_ref().map(|item| format!(", {item}")).unwrap_or_default();
        let name = format!("{}, by {}{item}", line.party, line.clause);
        rows.push((name, format!("{}{}", line.amount, line.unit)));
    }
    let mut blocks = Vec::new();
    if !rows.is_empty() {
        blocks.push(Block::Amounts(rows));
    }
    let totals = record.payments.iter();
    let totals: Vec<(String, String)> = totals
        .map(|payment| {
            let so_far = if payment.is_final { "in all" } else { "so far" };
            (format!("{} {so_far}", payment.party), format!("{}{}", payment.amount, payment.unit))
        })
        .collect();
    if !totals.is_empty() {
        blocks.push(Block::Amounts(totals));
    }
    blocks
}
