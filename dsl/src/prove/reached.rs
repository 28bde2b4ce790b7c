//! Cases that reach something of a policy: a clause, a row, an edge.

use alloc::rc::Rc;
use alloc::vec::Vec;

use apportion_core::program::{FactId, ListId};

use super::evaluate::Evaluation;
use super::possible::{Possible, Tri};
use super::questions::Asking;
use super::search::Answer;
use super::space::{Domain, Space};
use super::{Effort, Prover};
use crate::checked::{Body, Comparison, Constant, Expression, Policy, Provision, ProvisionId};
use crate::ratio::Ratio;

/// What a case can reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Reach<'a> {
    /// A provision applies.
    Applies(ProvisionId),
    /// A row of a table, or of shares, is the one that applies, or one of them.
    Row(ProvisionId, usize),
    /// Something lies in a slice, by its place.
    Slice(ProvisionId, usize),
    /// What the condition of a provision, or a row of it, tests is just this.
    At(ProvisionId, Option<usize>, &'a Expression, Edge),
    /// A provision overrides one that holds.
    Overrides(ProvisionId, ProvisionId),
    /// A provision applies though another could override it.
    NotOverridden(ProvisionId, ProvisionId),
    /// The day that dates the case lies between these day numbers.
    Dated(ProvisionId, i32, i32),
}

/// The last value on one side of an edge, or the first on the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Edge {
    /// A number.
    Number(Ratio),
    /// A day, by its number.
    Day(i32),
}

/// Whether something is reached by some case.
#[derive(Clone, Debug)]
pub(crate) enum Reached {
    /// By this one.
    By(ReachedBy),
    /// By none.
    Never,
    /// It was not settled.
    Unsettled,
}

/// A case that reaches something.
#[derive(Clone, Debug)]
pub(crate) struct ReachedBy {
    /// The value of each fact in the order declared; none where it does not apply.
    pub(crate) facts: Vec<Option<Constant>>,
    /// The lists that have no item; every other has one.
    pub(crate) without: Rc<[ListId]>,
}

/// For each of these, the first case that reaches it.
pub(crate) fn cases<'a>(policy: &'a Policy, effort: Effort, of: &[Reach<'a>]) -> Vec<Reached> {
    let prover = Prover::new(policy, effort);
    let mut asking = Asking::new(&prover);
    of.iter().map(|reach| asking.reached(*reach)).collect()
}

impl<'a> Asking<'_, 'a> {
    fn reached(&mut self, reach: Reach<'a>) -> Reached {
        let policy = self.prover.policy;
        let id = reach.provision();
        let Some(provision) = policy.provisions.get(id.0 as usize) else { return Reached::Never };
        let family = match reach {
            Reach::Applies(_) | Reach::Dated(..) => None,
            _ => provision.body.family(),
        };
        let members = match family.and_then(|id| policy.families.get(id.0 as usize)) {
            Some(family) => family.members.iter().copied().map(Some).collect(),
            None => Vec::from([None]),
        };
        let dated_by = policy.dated_by.map(FactId::index);
        let days = |all: Space<'a>| match (reach, dated_by) {
            (Reach::Dated(_, first, last), Some(place)) => {
                let Some(Domain::Days(from, to)) = all.facts.get(place).copied() else {
                    return all;
                };
                all.with_fact(place, Domain::Days(from.max(first), to.min(last)))
            }
            _ => all,
        };
        let most = self.prover.effort.of_a_question;
        let mut is_unsettled = false;
        for member in members {
            let asked = |it: &mut Evaluation<'_, 'a>| {
                it.member = member;
                is_reached(it, reach, provision)
            };
            // What lies outside the cover has no answer, but is seen to lie there.
            let answer =
                match (&provision.body, reach, self.ask_within(family, (days, most), &asked)) {
                    (_, _, Answer::Found(space)) => Answer::Found(space),
                    (Body::Cover, Reach::At(..), _) => self.ask_also_outside(family, &asked),
                    (_, _, answer) => answer,
                };
            match answer {
                Answer::Found(space) => {
                    let facts = self.case_of(&space);
                    return Reached::By(ReachedBy { facts, without: space.without });
                }
                Answer::Never => {}
                Answer::Unsettled => is_unsettled = true,
            }
        }
        if is_unsettled { Reached::Unsettled } else { Reached::Never }
    }

    /// The value of each fact that applies.
    fn case_of(&self, space: &Space<'a>) -> Vec<Option<Constant>> {
        let mut it = Evaluation::new(self.prover, space, &[]);
        let facts = self.prover.policy.facts.iter().zip(space.facts.iter());
        let facts = facts.zip((0..).map(FactId)).map(|((fact, domain), id)| {
            let applies = it.fact_applies(id) != Tri::No;
            domain.constant(&fact.kind).filter(|_| applies)
        });
        facts.collect()
    }
}

impl Reach<'_> {
    /// The provision that is looked at.
    pub(crate) fn provision(&self) -> ProvisionId {
        match self {
            Reach::Applies(id)
            | Reach::Row(id, _)
            | Reach::Slice(id, _)
            | Reach::At(id, ..)
            | Reach::Overrides(id, _)
            | Reach::NotOverridden(id, _)
            | Reach::Dated(id, ..) => *id,
        }
    }
}

fn is_reached<'a>(
    it: &mut Evaluation<'_, 'a>,
    reach: Reach<'a>,
    provision: &'a Provision,
) -> Option<Tri> {
    match reach {
        Reach::Applies(id) => match provision.body {
            Body::Promise(_) => it.holds(id),
            _ => it.applies(id),
        },
        Reach::Row(id, row) => {
            let applies = it.applies(id)?;
            Some(applies.and(it.row_that_counts(&provision.body, row)?))
        }
        Reach::Slice(id, slice) => {
            let Body::Slices(slices) = &provision.body else { return None };
            let below = match slices.edge_below(slice) {
                Some(edge) => it.expression(edge)?,
                None => Possible::Numbers(Ratio::ZERO, Ratio::ZERO),
            };
            let applies = it.applies(id)?;
            Some(applies.and(it.compared_to(&slices.of, Comparison::Over, below)?))
        }
        Reach::At(id, row, tested, edge) => {
            let asked = match row {
                Some(_) => it.applies(id)?,
                None => it.condition(&provision.in_force)?,
            };
            let edge = match edge {
                Edge::Number(number) => Possible::Numbers(number, number),
                Edge::Day(day) => Possible::Days(day, day),
            };
            Some(asked.and(it.compared_to(tested, Comparison::Exactly, edge)?))
        }
        Reach::Overrides(id, other) => Some(it.applies(id)?.and(it.holds(other)?)),
        Reach::NotOverridden(_, other) => it.applies(other),
        Reach::Dated(id, ..) => it.applies(id),
    }
}
