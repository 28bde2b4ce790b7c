//! From the syntax tree to the checked policy: names to ids, types, units, bounds, shares.
//!
//! What can be said to the author is said here, so that compiling cannot fail. A sentence
//! with a mistake becomes a broken provision, and nothing else is reported because of it.

mod beside;
mod clause;
mod conclusions;
mod condition;
mod dated_names;
mod day;
pub(crate) use condition::holds as condition_holds;
mod declare;
mod dependencies;
mod example;
mod example_items;
mod expression;
mod list;
mod listed;
mod meaning;
mod mistake;
mod narrow;
mod panel;
mod payment;
mod references;
mod quotient;
mod reads;
mod rates;
mod shares;
mod weight;
mod table;
mod answers;
mod applies;
mod guard;
mod slices;
mod types;
mod unclear;
mod unused;
mod tools;
mod wordings;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::program::{ClauseId, ConclusionId, PanelId, ValueId};

use crate::checked::{self, FamilyId, ListId, ProvisionId, WordListId};
use crate::diagnostic::{Diagnostic, Findings, MOST_KEPT};
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
    /// What was found, in the order of the text; the first where it is very much.
    pub diagnostics: Vec<Diagnostic>,
    /// The provisions that may mean something else once what is wrong with them is mended, where all
    /// others mean what they say; none where nothing is known of the others.
    pub unclear: Option<BTreeSet<ProvisionId>>,
    /// Warnings of what is declared and named by no clause, where there are no errors.
    pub unused: Vec<Diagnostic>,
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
    checker.declare_panel_shares();
    checker.collect_clauses();
    checker.collect_listed();
    checker.check_only_when();
    checker.check_panel_shares();
    let order = checker.order_of_sites();
    checker.find_near_conclusions();
    let order = checker.check_sites(&order);
    checker.check_guards(&order);
    checker.keep_tools_as_they_are();
    checker.check_totals();
    checker.check_units_of_limits();
    checker.check_examples();
    checker.report_near_conclusions();
    // A clause that could not be read may be the one that names it.
    let is_read = !parsed.diagnostics.iter().any(Diagnostic::is_error);
    if is_read && !checker.findings.has_error() {
        checker.check_days();
    }
    let is_sound = is_read && !checker.findings.has_error();
    let unused = if is_sound { checker.unused() } else { Vec::new() };
    let unclear = checker.unclear(&parsed.diagnostics);
    // Where very much could not be read, what the rest means tells nobody anything.
    let findings = match parsed.diagnostics.len() > MOST_KEPT && !is_read {
        true => Findings::default(),
        false => checker.findings,
    };
    let diagnostics = Findings::joined([findings]);
    Checked { policy: checker.policy, order, diagnostics, unclear, unused }
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
    /// Sections by their number: the place of each.
    sections: BTreeMap<String, u32>,
    /// Clauses by their number, each wording of one; a broken one is here too, so that naming it
    /// is no mistake.
    clauses: BTreeMap<String, Vec<ClauseId>>,
    /// The clauses open to local agreement, and those that could not be read.
    open: BTreeSet<ClauseId>,
    findings: Findings,
    /// The undeclared names that have been reported here.
    told: BTreeSet<String>,
    /// Whether a line `dated by` stands in the policy, also one with a mistake.
    has_dated_by: bool,
    /// The fact that a line `dated by` names, and where.
    dated_by: Option<(String, Span)>,
    /// Whether rates without it have been reported.
    has_told_dated_by: bool,
    /// Whether the version could be read.
    has_version: bool,
    /// The conclusions that are probably slips of another.
    near_conclusions: BTreeMap<ConclusionId, conclusions::Slip>,
    /// The sources and panels that some clause names.
    used: Vec<String>,
    /// Where the block at hand begins in the text.
    block_start: u32,
    /// The clauses that stand in a circle.
    circular: BTreeSet<ClauseId>,
    /// The clause at hand.
    clause: Option<ClauseId>,
    /// The day by which rates are picked in the expression at hand, where it says one.
    rates_on: Option<rates::RatesOn>,
    /// The family whose members a table at hand is used for.
    member_of: Option<FamilyId>,
    /// For each panel that decides shares, the first of its facts, one for each party.
    panel_shares: BTreeMap<PanelId, u32>,
    /// The words of each value that tables list; none where they could not be read.
    listed: BTreeMap<ValueId, Option<WordListId>>,
    /// The list whose items the sentence at hand is about, each by itself.
    item_of: Option<ListId>,
    /// What the condition of the clause at hand compares, with the bounds that it leaves.
    narrower: Vec<checked::Expression>,
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
            sections: BTreeMap::new(),
            clauses: BTreeMap::new(),
            findings: Findings::default(),
            told: BTreeSet::new(),
            near_conclusions: BTreeMap::new(),
            open: BTreeSet::new(),
            has_dated_by: false,
            dated_by: None,
            has_version: false,
            has_told_dated_by: false,
            used: Vec::new(),
            block_start: 0,
            circular: BTreeSet::new(),
            clause: None,
            rates_on: None,
            member_of: None,
            panel_shares: BTreeMap::new(),
            listed: BTreeMap::new(),
            item_of: None,
            narrower: Vec::new(),
        }
    }

    /// A span of the block at hand as a span of the whole text.
    fn place(&self, span: Span) -> Span {
        span.after(self.block_start)
    }

    /// Reports a mistake in the clause at hand.
    #[cold]
    #[inline(never)]
    fn report(&mut self, mistake: impl Into<Diagnostic>) {
        self.keep(mistake.into());
    }

    #[cold]
    fn keep(&mut self, diagnostic: Diagnostic) {
        let number = self.clause.and_then(|id| self.policy.clauses.get(id.index()));
        let diagnostic = match number {
            Some(clause) => diagnostic.in_clause(clause.number.clone()),
            None => diagnostic,
        };
        self.findings.add(diagnostic);
    }
}

/// An index as an id. A list never grows past `u32`: a policy has at most 1 MiB of text.
fn id(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
