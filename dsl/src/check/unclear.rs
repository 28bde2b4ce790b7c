//! What is still known of a policy in which something is wrong: which of its sentences may mean
//! something else once they are mended, where all the others mean what they say.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use apportion_core::program::ClauseId;

use super::Checker;
use super::dependencies::Site;
use crate::checked::{AtRow, Body, Condition, Provision, ProvisionId};
use crate::diagnostic::Diagnostic;
use crate::naming;
use crate::nearest::nearest;
use crate::source::Span;
use crate::syntax::{self, Item};

/// The only mistake in what is read after which it is known which sentences there are.
const UNKNOWN_NAME: &str = "unknown-name";

/// What is wrong with the shares of a row, or a citation: all else there means what it says.
const OF_NOTHING_ELSE: [&str; 6] = [
    "shares-exceed-whole",
    "shares-fall-short",
    "rest-twice",
    "named-shares-need-a-rest",
    "shares-too-fine",
    "no-such-source",
];

/// Mistakes after which a clause may be about anything: it names another than was meant.
const OF_ANYTHING: [&str; 3] =
    ["despite-another-matter", "conclusion-near-another", "covered-concluded"];

/// The words by which a clause bears on others that it does not name, or on all of them.
const OF_OTHERS: [&str; 4] = ["despite", "covers", "must", "apply"];

impl Checker<'_> {
    /// The sentences that may mean something else once they are mended; none where, because of them,
    /// nothing is known of the others.
    ///
    /// A clause that could not be read becomes a sentence of which nothing is known.
    pub(super) fn unclear(&mut self, read: &[Diagnostic]) -> Option<BTreeSet<ProvisionId>> {
        let mut clauses = BTreeSet::new();
        for error in read.iter().filter(|error| error.is_error()) {
            if error.code != UNKNOWN_NAME {
                return None;
            }
            clauses.extend(self.clauses_with(error)?);
        }
        for error in self.findings.errors()? {
            if OF_ANYTHING.contains(&error.code) {
                return None;
            }
            if !OF_NOTHING_ELSE.contains(&error.code) {
                clauses.extend(self.clauses_with(error)?);
            }
        }
        let mut unclear = BTreeSet::new();
        let provisions = self.policy.provisions.iter().zip((0..).map(ProvisionId));
        let mut sites = self.sites.iter();
        let mut site = None;
        for (provision, id) in provisions {
            // What is said beside a row is of the sentence before it.
            if provision.at_row != Some(AtRow::Another) {
                site = sites.next();
            }
            let site = site?;
            if provision.body != Body::Broken && !clauses.contains(&site.clause) {
                continue;
            }
            if self.may_be_about_anything(site) {
                return None;
            }
            unclear.insert(id);
        }
        let broken = self.syntax.blocks.iter();
        let broken = broken.filter(|it| matches!(it.item, Item::Broken { number: Some(_) }));
        let broken: Vec<Span> = broken.map(|block| block.span).collect();
        for span in broken {
            unclear.insert(self.not_read(span)?);
        }
        Some(unclear)
    }

    /// The clauses in which a mistake is told; of one in an example there is none. Nothing where it
    /// stands elsewhere.
    fn clauses_with(&self, error: &Diagnostic) -> Option<Vec<ClauseId>> {
        let mut blocks = self.syntax.blocks.iter();
        let examples = blocks.find(|block| block.item == Item::Examples);
        let examples = examples.map(|block| block.span.start);
        let mut found = Vec::new();
        for label in &error.labels {
            let is_within = |of: &Span| of.start <= label.span.start && label.span.end <= of.end;
            let clause = self.policy.clauses.iter().position(|clause| is_within(&clause.span));
            match clause {
                Some(place) => found.push(ClauseId(super::id(place))),
                None if examples.is_some_and(|start| start <= label.span.start) => {}
                None => return None,
            }
        }
        Some(found)
    }

    /// Whether a sentence with a mistake bears on what is asked of all others: it says which cases are
    /// decided, switches a clause off, or may override one that it does not name.
    fn may_be_about_anything(&self, site: &Site<'_>) -> bool {
        let is_of_all = matches!(
            site.body,
            syntax::Body::Cover { .. } | syntax::Body::Require { .. } | syntax::Body::Switch { .. }
        );
        let names_none = |place: &syntax::Reference| {
            place.row.is_some() || self.referenced(site.block_start, place).is_empty()
        };
        is_of_all || site.sentence.despite.iter().any(names_none)
    }

    /// A sentence of which nothing is known, for a clause that could not be read: it may give whatever
    /// it names. None where it may be about anything.
    fn not_read(&mut self, span: Span) -> Option<ProvisionId> {
        let text = naming::word_key(span.of(self.text));
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        let is_of_others = |word: &str| nearest(word, OF_OTHERS.into_iter()).is_some();
        if words.any(|word| word != "most" && is_of_others(word)) {
            return None;
        }
        let clause = self.policy.clauses.iter().position(|clause| clause.span == span)?;
        let id = ProvisionId(super::id(self.policy.provisions.len()));
        let is_named = |name: &str| text.contains(&naming::key(name));
        for conclusion in &mut self.policy.conclusions {
            if is_named(&conclusion.name) {
                conclusion.provisions.push(id);
            }
        }
        for value in &mut self.policy.values {
            if is_named(&value.name) {
                value.provisions.push(id);
            }
        }
        self.policy.clauses.get_mut(clause)?.provisions.push(id);
        self.policy.provisions.push(Provision {
            clause: ClauseId(super::id(clause)),
            list: None,
            in_force: Condition::Always,
            when: Condition::Always,
            despite: Vec::new(),
            at_row: None,
            body: Body::Broken,
            span,
        });
        Some(id)
    }
}
