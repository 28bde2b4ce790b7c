//! What is so in every case that fits the declarations of a policy: that tables have a row for
//! each, that clauses never clash, that promises are kept. Where it is not, a case shows it.
//!
//! Every question is one question: is there a case in which this is so? The answer is a case, or
//! that there is none, or that it was not settled in a number of steps that is the same on every
//! machine. No answer is ever more than was proved.

mod reads;
mod days;
mod possible;
mod linear;
mod space;
mod boxes;
mod evaluate;
mod family;
mod search;
mod ledger;
mod payments;
mod direction;
mod moving;
mod rise;
mod pairs;
mod witness;
mod questions;
pub(crate) mod reached;

use alloc::collections::BTreeSet;
use alloc::rc::Rc;
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};

use apportion_core::date::Date;
use apportion_core::program::{FactId, ListId, Refusal};

use crate::checked::{Body, ExpressionKind, List, Policy, ProvisionId};
use crate::diagnostic::{Diagnostic, Severity};

use crate::walk::{self, Part};
use boxes::{AllBoxes, boxes};
use days::{DaysCounted, days_counted};
use evaluate::AllLookedUp;
use family::Joint;
use moving::Moving;
use pairs::{Beside, Pair, QuestionOfTwo, search_pairs};
use search::{Answer, Question, Wanted, search};
use space::{Domain, Space};

/// The most lists that are taken to have no item, in every way there is.
const MOST_WITHOUT: usize = 8;

/// How long is looked, in steps: the same on every machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// The most steps of one question.
    pub of_a_question: u32,
    /// The most steps of all questions.
    pub in_all: u32,
}

impl Default for Effort {
    fn default() -> Self {
        Effort { of_a_question: 200_000, in_all: 1_000_000 }
    }
}

/// Looks for cases in which a policy goes wrong. The policy has no mistake that
/// [`check`](crate::check) finds.
///
/// ```
/// let text = "\
/// policy   Fees
/// about    a child
/// version  1, in force from 1 April 2025
///
/// facts
///   places   whole number, 0 to 9
///
/// 1    Fees
/// 1.1  Fee: exactly one row applies.
///      | places    | fee    |
///      | 0 to 4    | £10.00 |
///      | 6 or more | £20.00 |
/// ";
/// let parsed = apportion::parse::parse(text);
/// let checked = apportion::check::check(text, &parsed);
/// let found = apportion::prove::prove(&checked.policy, Default::default());
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].diagnostic.code, "no-row-for-some");
/// assert_eq!(found[0].diagnostic.notes, ["such as a case in which places is 5"]);
/// ```
#[must_use]
pub fn prove(policy: &Policy, effort: Effort) -> Vec<Finding> {
    questions::ask(&Prover::new(policy, effort))
}

/// How many steps [`prove`] takes for all its questions: the same on every machine.
#[must_use]
pub fn steps(policy: &Policy, effort: Effort) -> u32 {
    let prover = Prover::new(policy, effort);
    questions::ask(&prover);
    effort.in_all.saturating_sub(prover.steps.get())
}

/// The code of what was not settled.
pub(crate) const NOT_PROVED: &str = "not-proved";

/// Looks for cases in which a policy goes wrong whatever some of its provisions mean, which are to be
/// mended. What the parties pay is not looked at, and what is not settled is not told.
///
/// [`Checked::unclear`](crate::check::Checked::unclear) says which provisions these are.
#[must_use]
pub fn prove_in_part(
    policy: &Policy,
    unclear: &BTreeSet<ProvisionId>,
    effort: Effort,
) -> Vec<Finding> {
    let unclear = reads::with_all_that_reads(policy, unclear);
    let prover = Prover { unclear, is_in_part: true, ..Prover::new(policy, effort) };
    let mut found = questions::ask(&prover);
    found.retain(|Finding { diagnostic, .. }| {
        diagnostic.severity != Severity::Note && diagnostic.code != NOT_PROVED
    });
    found
}

/// What is worth knowing of a policy on a day, though nothing goes wrong: defaults that alone decide
/// something, amounts that nobody pays in some cases, numbers of no use, a review that is due.
///
/// What is not settled is not told.
#[must_use]
pub fn notes(policy: &Policy, effort: Effort, on: Date) -> Vec<Diagnostic> {
    let found = questions::worth_knowing(&Prover::new(policy, effort), on);
    found.into_iter().map(|finding| finding.diagnostic).collect()
}

/// Something that goes wrong in some case, or that was not settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What to tell the author, with the cases that show it.
    pub diagnostic: Diagnostic,
    /// Why such a case is refused when it is met; none where it is decided all the same.
    pub refusal: Option<Refusal>,
}

/// A policy of which something is asked.
struct Prover<'a> {
    policy: &'a Policy,
    /// The provisions that keep each from applying where they apply.
    rivals: Vec<Vec<ProvisionId>>,
    /// The provisions of which it is not known what they mean.
    unclear: BTreeSet<ProvisionId>,
    /// Whether the policy is one in which something is to be mended.
    is_in_part: bool,
    /// What says which cases are decided: what is covered, and requirements.
    deciding: Vec<ProvisionId>,
    /// The lists of which an item may be refused for what its clauses require or count.
    refusing: Vec<ListId>,
    /// Every fact as it is declared.
    domains: Rc<[Domain]>,
    /// The ages asked, as birth and day.
    ages: Vec<(FactId, FactId)>,
    /// The clauses that count days, with what counts them where they apply.
    days: Vec<DaysCounted<'a>>,
    /// The rows of its tables.
    boxes: AllBoxes,
    /// What they give, as far as it was worked out.
    looked_up: RefCell<AllLookedUp<'a>>,
    effort: Effort,
    /// How many steps are left.
    steps: Cell<u32>,
}

impl<'a> Prover<'a> {
    fn new(policy: &'a Policy, effort: Effort) -> Prover<'a> {
        let mut domains: Vec<Domain> = policy.facts.iter().map(Domain::of).collect();
        let dated_by = policy.dated_by.and_then(|fact| domains.get_mut(fact.index()));
        if let Some(Domain::Days(first, last)) = dated_by {
            let version = &policy.version;
            *first = (*first).max(version.from.day_number());
            *last = version.until.map_or(*last, |until| (*last).min(until.day_number()));
        }
        let mut ages = Vec::new();
        walk::policy(policy, &mut |part| {
            let Part::Expression(expression) = part else { return };
            match expression.kind {
                ExpressionKind::Age { birth, on } if !ages.contains(&(birth, on)) => {
                    ages.push((birth, on));
                }
                _ => {}
            }
        });
        let days = days_counted(policy);
        Prover {
            policy,
            refusing: refusing(policy, &ages, &days),
            rivals: rivals(policy),
            unclear: BTreeSet::new(),
            is_in_part: false,
            deciding: deciding(policy),
            domains: domains.into(),
            ages,
            days,
            boxes: boxes(policy),
            looked_up: RefCell::default(),
            effort,
            steps: Cell::new(effort.in_all),
        }
    }

    /// Which lists have no item, in every way that matters: a case is decided without items where
    /// any item would be refused. Every list has some first, and none has any last: whatever goes
    /// wrong with items is none of such a case.
    fn without_items(&self) -> Vec<Rc<[ListId]>> {
        let mut ways = Vec::from([Rc::default()]);
        for list in self.refusing.iter().take(MOST_WITHOUT) {
            let more = ways.iter().map(|way: &Rc<[ListId]>| way.iter().copied().chain([*list]));
            let more: Vec<Rc<[ListId]>> = more.map(Iterator::collect).collect();
            ways.extend(more);
        }
        let all = (0..).map(ListId).take(self.policy.lists.len()).collect();
        if !ways.contains(&all) {
            ways.push(all);
        }
        ways
    }

    /// Whether those are all the ways.
    fn has_all_ways(&self) -> bool {
        self.first_not_left_out().is_none()
    }

    /// The first list beyond those of which all ways are tried.
    fn first_not_left_out(&self) -> Option<&'a List> {
        let list = self.refusing.get(MOST_WITHOUT)?;
        self.policy.lists.get(list.index())
    }

    /// All cases, member by member.
    fn plain(&self) -> Space<'a> {
        Space {
            facts: Rc::clone(&self.domains),
            families: Vec::new(),
            assumed: Vec::new(),
            tests: Vec::new(),
            choices: Vec::new(),
            ruled_out: None,
            has_one_of_each: false,
            without: Rc::default(),
        }
    }

    /// All cases, with these families taken together.
    fn all(&self, joints: &[Joint]) -> Space<'a> {
        Space { families: joints.iter().map(Joint::all).collect(), ..self.plain() }
    }

    /// Works in so many steps at most, of those that are left in all.
    fn within<T>(&self, most: u32, work: impl FnOnce(&mut u32) -> T) -> T {
        let given = most.min(self.steps.get());
        let mut left = given;
        let done = work(&mut left);
        // One question may ask another.
        self.steps.set(self.steps.get().saturating_sub(given - left));
        done
    }

    /// Is there a case of a space in which this is so?
    fn ask_in(
        &self,
        joints: &[Joint],
        space: (Space<'a>, Wanted),
        most: u32,
        question: Question<'_, 'a>,
    ) -> Answer<'a> {
        self.within(most, |steps| search(self, joints, space, question, steps))
    }

    /// Are there two cases beside each other of which this is so?
    fn ask_of_pairs(
        &self,
        joints: &[Joint],
        moving: &Moving<'a>,
        start: (Pair<'a>, Wanted),
        most: u32,
        question: QuestionOfTwo<'_, 'a>,
    ) -> Beside<'a> {
        self.within(most, |steps| search_pairs(self, joints, moving, start, question, steps))
    }
}

fn deciding(policy: &Policy) -> Vec<ProvisionId> {
    let provisions = (0..).map(ProvisionId).zip(&policy.provisions);
    let deciding = provisions
        .filter(|(_, provision)| matches!(provision.body, Body::Cover | Body::Require { .. }));
    deciding.map(|(id, _)| id).collect()
}

/// The lists of which an item may refuse a case, whatever else it has.
fn refusing(policy: &Policy, ages: &[(FactId, FactId)], days: &[DaysCounted<'_>]) -> Vec<ListId> {
    let of_fact = |fact: FactId| policy.facts.get(fact.index())?.list;
    let of_provision = |id: ProvisionId| policy.provisions.get(id.0 as usize)?.list;
    let required = policy.provisions.iter().filter(|it| matches!(it.body, Body::Require { .. }));
    let required = required.filter_map(|provision| provision.list);
    let ages = ages.iter().flat_map(|(birth, on)| [of_fact(*birth), of_fact(*on)]).flatten();
    let counted = days.iter().flat_map(|it| it.asked.iter().chain(&it.worked_out));
    let days = days.iter().filter_map(|days| of_provision(days.id));
    let days = days.chain(counted.filter_map(|days| days.list));
    let lists: BTreeSet<ListId> = required.chain(ages).chain(days).collect();
    lists.into_iter().collect()
}

/// For each provision, those that switch its clause off or are written `Despite` it.
fn rivals(policy: &Policy) -> Vec<Vec<ProvisionId>> {
    let mut rivals = alloc::vec![Vec::new(); policy.provisions.len()];
    for (rival, id) in policy.provisions.iter().zip((0..).map(ProvisionId)) {
        let (clauses, is_switch) = match &rival.body {
            Body::Switch { clauses } => (clauses, true),
            _ => (&rival.despite, false),
        };
        if clauses.is_empty() {
            continue;
        }
        for (own, rivals) in policy.provisions.iter().zip(&mut rivals) {
            let is_meant = clauses.contains(&own.clause);
            let may_override = is_switch
                || rival.body == Body::Broken
                || own.body == Body::Broken
                || rival.body.is_about_the_same(&own.body);
            if is_meant && may_override {
                rivals.push(id);
            }
        }
    }
    rivals
}
