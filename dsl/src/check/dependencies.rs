//! What depends on what: the order in which sentences are checked and compiled.
//!
//! The walk is over names as written, before anything has a type, and keeps its own stack:
//! a chain of two thousand definitions is no deeper than one of two.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::program::ClauseId;

use super::Checker;
use super::mistake::{ClauseMistake, MOST_AT_ONCE};
use crate::checked::ProvisionId;
use crate::syntax::{Body, Reference, Sentence};

/// One sentence, or one side of `...; otherwise ...`.
#[derive(Clone, Debug)]
pub(super) struct Site<'a> {
    pub(super) clause: ClauseId,
    /// Where its block begins in the text.
    pub(super) block_start: u32,
    pub(super) sentence: &'a Sentence,
    pub(super) body: &'a Body,
    /// Whether it is what the sentence says otherwise.
    pub(super) is_otherwise: bool,
}

/// How far a site is in the walk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    Done,
}

/// The most clauses of a circle that is shown though another of its clauses was.
const MOST_IN_A_KNOWN_CIRCLE: usize = 50;

impl Checker<'_> {
    /// All sites, each after all it depends on. Circles are reported, and cut.
    pub(super) fn order_of_sites(&mut self) -> Vec<usize> {
        let needs = self.needs_of_sites();
        let mut marks = alloc::vec![Mark::New; self.sites.len()];
        let mut order = Vec::with_capacity(self.sites.len());
        let is_cover = |site: &Site<'_>| matches!(site.body, Body::Cover { .. });
        let covers =
            (0..self.sites.len()).filter(|site| self.sites.get(*site).is_some_and(is_cover));
        let starts: Vec<usize> = covers.chain(0..self.sites.len()).collect();
        for start in starts {
            self.walk(start, &needs, &mut marks, &mut order);
        }
        order
    }

    fn walk(
        &mut self,
        start: usize,
        needs: &[Vec<usize>],
        marks: &mut [Mark],
        order: &mut Vec<usize>,
    ) {
        if marks.get(start) != Some(&Mark::New) {
            return;
        }
        set(marks, start, Mark::Open);
        let mut stack: Vec<(usize, usize)> = Vec::from([(start, 0)]);
        while let Some((site, next)) = stack.last_mut() {
            let site = *site;
            let need = needs.get(site).and_then(|needs| needs.get(*next)).copied();
            *next += 1;
            match need {
                None => {
                    set(marks, site, Mark::Done);
                    order.push(site);
                    stack.pop();
                }
                Some(need) => match marks.get(need) {
                    Some(Mark::New) => {
                        set(marks, need, Mark::Open);
                        stack.push((need, 0));
                    }
                    Some(Mark::Open) => {
                        let back = stack.iter().rev().position(|(site, _)| *site == need);
                        let from = stack.len() - 1 - back.unwrap_or(0);
                        let path = stack.iter().skip(from).map(|(site, _)| *site);
                        self.note_circle(&path.collect::<Vec<_>>());
                    }
                    _ => {}
                },
            }
        }
    }

    /// Reports a circle, unless it is long and its last clause stands in one reported before.
    fn note_circle(&mut self, path: &[usize]) {
        let last = path.last().and_then(|site| self.sites.get(*site));
        let is_known = last.is_some_and(|site| self.circular.contains(&site.clause));
        let sites = path.iter().filter_map(|site| self.sites.get(*site));
        self.circular.extend(sites.clone().map(|site| site.clause));
        if is_known && path.len() > MOST_IN_A_KNOWN_CIRCLE {
            return;
        }
        // What could not be read may give a value whose words are then taken for names.
        let reads = self.reads();
        let mut is_sure = true;
        sites
            .clone()
            .for_each(|site| reads.of(site, &mut |name| is_sure &= !self.names.is_lost(name)));
        if !is_sure {
            return;
        }
        let place = |site: &Site<'_>| site.sentence.span.after(site.block_start);
        let clauses = sites.map(|site| (self.clause_number(site.clause), place(site))).collect();
        self.clause = None;
        self.report(ClauseMistake::Circle { clauses });
    }

    /// The sites that each site needs.
    fn needs_of_sites(&self) -> Vec<Vec<usize>> {
        let mut gives: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut by_clause: BTreeMap<ClauseId, Vec<usize>> = BTreeMap::new();
        let mut switches: BTreeMap<ClauseId, Vec<usize>> = BTreeMap::new();
        let mut despite: BTreeMap<ClauseId, Vec<usize>> = BTreeMap::new();
        for (index, site) in self.sites.iter().enumerate() {
            given_names(site.body, &mut |name| gives.entry(name).or_default().push(index));
            by_clause.entry(site.clause).or_default().push(index);
            if let Body::Switch { clause } = site.body {
                for clause in self.referenced(site.block_start, clause) {
                    switches.entry(clause).or_default().push(index);
                }
            }
            let places = site.sentence.despite.iter();
            for clause in places.flat_map(|place| self.referenced(site.block_start, place)) {
                if !self.are_wordings(clause, site.clause) {
                    despite.entry(clause).or_default().push(index);
                }
            }
        }
        let sites = self.sites.iter().enumerate();
        let reads = self.reads();
        sites
            .map(|(index, site)| {
                let mut needs = Vec::new();
                reads.of(site, &mut |name| {
                    needs.extend(gives.get(name).into_iter().flatten().copied());
                });
                // What a clause says of itself is said of its other sentences.
                let switches = switches.get(&site.clause).into_iter().flatten();
                needs.extend(switches.filter(|switch| **switch != index));
                let kind = kind_of(site.body);
                // Where a row counts is asked where the row is overridden.
                let rows = site.sentence.despite.iter().filter(|place| place.row.is_some());
                let tables = rows.flat_map(|place| self.referenced(site.block_start, place));
                let tables = tables.filter_map(|clause| by_clause.get(&clause)).flatten();
                let tables = tables.filter_map(|site| self.sites.get(*site));
                for table in tables.filter(|site| matches!(site.body, Body::Table { .. })) {
                    reads.of(table, &mut |name| {
                        let given = gives.get(name).into_iter().flatten();
                        // Overriding what the table asks is another mistake.
                        needs.extend(given.filter(|given| **given != index));
                    });
                }
                let rivals = despite.get(&site.clause).into_iter().flatten().copied();
                needs.extend(rivals.filter(|rival| {
                    self.sites.get(*rival).is_some_and(|rival| kind_of(rival.body) == kind)
                }));
                if let Body::Split { shares, .. } = site.body {
                    for clause in self.referenced(site.block_start, shares) {
                        let sites = by_clause.get(&clause).into_iter().flatten().copied();
                        needs.extend(
                            sites.filter(|it| self.sites.get(*it).is_some_and(gives_shares)),
                        );
                    }
                }
                needs.sort_unstable();
                needs.dedup();
                needs
            })
            .collect()
    }

    /// The clauses that a reference in the block that begins here means; none where there is no
    /// such clause.
    pub(super) fn referenced(&self, start: u32, reference: &Reference) -> Vec<ClauseId> {
        let number = self.number_from(start, reference);
        if !reference.is_section {
            return self.clauses.get(&number).cloned().unwrap_or_default();
        }
        let Some(section) = self.sections.get(&number).copied() else {
            return Vec::new();
        };
        // They stand together; one more than may be named tells that there are too many.
        let first = self.policy.clauses.partition_point(|clause| clause.section < section);
        let clauses = self.policy.clauses.iter().enumerate().skip(first);
        let inside = clauses.take_while(|(_, clause)| clause.section == section);
        let ids = inside.map(|(index, _)| ClauseId(super::id(index)));
        ids.take(MOST_AT_ONCE + 1).collect()
    }

    /// The sites of a clause, which stand together.
    pub(super) fn sites_of(&self, clause: ClauseId) -> impl Iterator<Item = &Site<'_>> {
        let first = self.sites.partition_point(|site| site.clause < clause);
        self.sites.iter().skip(first).take_while(move |site| site.clause == clause)
    }

    /// Whether two are one clause, or wordings of one.
    pub(super) fn are_wordings(&self, one: ClauseId, other: ClauseId) -> bool {
        let number = |id: ClauseId| self.policy.clauses.get(id.index()).map(|it| &it.number);
        number(one) == number(other)
    }

    /// The number of a clause.
    pub(super) fn clause_number(&self, clause: ClauseId) -> String {
        let clause = self.policy.clauses.get(clause.index());
        clause.map(|clause| clause.number.clone()).unwrap_or_default()
    }
}

/// Keeps what a site is marked as.
fn set(marks: &mut [Mark], site: usize, mark: Mark) {
    if let Some(place) = marks.get_mut(site) {
        *place = mark;
    }
}

/// Whether a site gives shares.
pub(super) fn gives_shares(site: &Site<'_>) -> bool {
    match site.body {
        Body::Shares(_) | Body::Ratio { .. } | Body::AsDecided { .. } => true,
        Body::Table { names, .. } => names.is_empty(),
        _ => false,
    }
}

/// What a body is about, so far as `Despite` cares.
fn kind_of(body: &Body) -> u8 {
    match body {
        Body::Cover { .. } => 0,
        Body::Conclude { .. } => 1,
        Body::Shares(_) | Body::Ratio { .. } | Body::AsDecided { .. } => 3,
        Body::Table { names, .. } if names.is_empty() => 3,
        Body::Define { .. } | Body::Table { .. } | Body::Slices { .. } | Body::Rates { .. } => 2,
        Body::Split { .. }
        | Body::Proportion { .. }
        | Body::Pay { .. }
        | Body::PayInTurn { .. } => 4,
        Body::Limit { .. } => 5,
        Body::Floor { .. } => 9,
        Body::Require { .. } => 10,
        Body::Refer { .. } => 6,
        Body::Switch { .. } => 7,
        Body::Promise(_) => 8,
    }
}

/// The names that a body gives.
pub(super) fn given_names<'a>(body: &'a Body, visit: &mut dyn FnMut(&'a str)) {
    match body {
        Body::Conclude { conclusion, .. } => visit(&conclusion.key),
        Body::Define { name, .. } | Body::Slices { name, .. } | Body::Rates { name, .. } => {
            visit(&name.key);
        }
        Body::Table { names, .. } => names.iter().for_each(|name| visit(&name.key)),
        _ => {}
    }
}

/// The provisions that came of sites, in the order of the sites.
pub(super) fn provisions_in_order(order: &[usize], made: &[Vec<ProvisionId>]) -> Vec<ProvisionId> {
    order.iter().filter_map(|site| made.get(*site)).flatten().copied().collect()
}
