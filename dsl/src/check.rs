//! From the syntax tree to the checked policy: names to ids, types, units, bounds, shares.
//!
//! What can be said to the author is said here, so that compiling cannot fail. A sentence
//! with a mistake becomes a broken provision, and nothing else is reported because of it.

mod clause;
mod condition;
pub(crate) use condition::holds as condition_holds;
mod declare;
mod dependencies;
mod example;
mod expression;
mod meaning;
mod mistake;
mod payment;
mod shares;
mod table;
mod types;

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::program::ClauseId;

use crate::checked::{self, FamilyId, ProvisionId, WordListId};
use crate::diagnostic::Diagnostic;
use crate::names::Names;
use crate::parse::Parsed;
use crate::source::Span;
use crate::syntax;

use dependencies::Site;
use meaning::Meaning;

/// A policy as far as it means something, and every mistake found in it.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// The policy; usable only where no diagnostic is an error.
    pub policy: checked::Policy,
    /// The provisions in an order in which each comes after all it depends on.
    pub order: Vec<ProvisionId>,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks a policy.
///
/// ```
/// let text = "policy  Empty\nabout  a child\nversion  1, in force from 1 April 2025\n";
/// let parsed = apportion::parse::parse(text);
/// let checked = apportion::check::check(text, &parsed);
/// assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
/// assert_eq!(checked.policy.title, "Empty");
/// ```
#[must_use]
pub fn check(text: &str, parsed: &Parsed) -> Checked {
    let mut checker = Checker::new(text, parsed);
    checker.declare();
    checker.collect_clauses();
    let order = checker.order_of_sites();
    let order = checker.check_sites(&order);
    checker.check_examples();
    // A clause that could not be read may be the one that names it.
    let found = [&parsed.diagnostics, &checker.diagnostics];
    if !found.into_iter().flatten().any(Diagnostic::is_error) {
        checker.note_unused();
    }
    Checked { policy: checker.policy, order, diagnostics: checker.diagnostics }
}

/// What is known while a policy is checked.
struct Checker<'a> {
    text: &'a str,
    syntax: &'a syntax::Policy,
    names: &'a Names,
    /// The policy as far as it is checked.
    policy: checked::Policy,
    /// What each name means.
    meanings: BTreeMap<String, Meaning>,
    /// The ladders of levels, by what they are of.
    ladders: BTreeMap<String, WordListId>,
    /// Every sentence, and each side of `; otherwise`.
    sites: Vec<Site<'a>>,
    /// Clauses by their number; a broken one is here too, so that naming it is no mistake.
    clauses: BTreeMap<String, ClauseId>,
    diagnostics: Vec<Diagnostic>,
    /// The sources and panels that some clause names.
    used: Vec<String>,
    /// Where the block at hand begins in the text.
    block_start: u32,
    /// The clauses that stand in a circle.
    circular: Vec<ClauseId>,
    /// The clause at hand.
    clause: Option<ClauseId>,
    /// The family whose members a table at hand is used for.
    member_of: Option<FamilyId>,
}

impl<'a> Checker<'a> {
    fn new(text: &'a str, parsed: &'a Parsed) -> Checker<'a> {
        Checker {
            text,
            syntax: &parsed.policy,
            names: &parsed.names,
            policy: checked::Policy::default(),
            meanings: BTreeMap::new(),
            ladders: BTreeMap::new(),
            sites: Vec::new(),
            clauses: BTreeMap::new(),
            diagnostics: Vec::new(),
            used: Vec::new(),
            block_start: 0,
            circular: Vec::new(),
            clause: None,
            member_of: None,
        }
    }

    /// A span of the block at hand as a span of the whole text.
    fn place(&self, span: Span) -> Span {
        span.after(self.block_start)
    }

    /// Reports a mistake in the clause at hand.
    fn report(&mut self, mistake: impl Into<Diagnostic>) {
        let diagnostic: Diagnostic = mistake.into();
        let number = self.clause.and_then(|id| self.policy.clauses.get(id.index()));
        let diagnostic = match number {
            Some(clause) => diagnostic.in_clause(clause.number.clone()),
            None => diagnostic,
        };
        self.diagnostics.push(diagnostic);
    }
}

/// An index as an id. A list never grows past `u32`: a policy has at most 1 MiB of text.
fn id(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
