//! What follows in all cases of a space at once: never more than is so.
//!
//! Where something hangs on more than the space says, what could tell is noted: where to cut.

mod condition;
mod expression;
mod amount;
mod rows;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use apportion_core::date::Date;
use apportion_core::program::{ConclusionId, FactId, ListId, ValueId};

use super::Prover;
use super::family::{Asked, Joint};
use super::linear::Linear;
use super::possible::{Possible, Tri};
use super::space::{Choice, Cut, Domain, RuledOut, Space};
use crate::checked::{Body, Condition, Constant, Expression, Provision, ProvisionId, Type};

use expression::constant;

pub(super) use amount::{Stop, Worked, answered};
pub(super) use condition::{compared, counts};
pub(super) use expression::{minus, of_type, plus};

/// Beyond this, nothing is followed.
const MOST_DEEP: u32 = 64;

/// Where a space could be cut to know more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Blocker<'a> {
    pub(super) on: On<'a>,
    pub(super) cut: Cut,
}

/// What is cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum On<'a> {
    Fact(FactId),
    /// A family taken together, and its column.
    Family(usize, usize),
    Expression(&'a Expression),
    /// A comparison of two things, each of which can be several.
    Test(&'a Condition),
    /// Which of two amounts is the greater.
    Choice(Choice<'a>),
}

/// So many answers of tables are kept.
const MOST_LOOKED_UP: usize = 20_000;

/// The answers of tables that are kept: by table, column, and what its facts are.
pub(super) type AllLookedUp<'a> = BTreeMap<(*const Body, usize, Vec<Domain>), LookedUp<'a>>;

/// What a table gives, and where a space could be cut to know more.
pub(super) struct LookedUp<'a> {
    given: Option<Possible>,
    blockers: Vec<Blocker<'a>>,
    facts: Vec<FactId>,
}

/// What is worked out of one space.
pub(super) struct Evaluation<'s, 'a> {
    prover: &'s Prover<'a>,
    space: &'s Space<'a>,
    joints: &'s [Joint],
    /// The member at hand.
    pub(super) member: Option<FactId>,
    /// Where the space could be cut.
    pub(super) blockers: Vec<Blocker<'a>>,
    /// The facts read that can be several things.
    pub(super) facts: BTreeSet<FactId>,
    /// The same for families.
    pub(super) families: BTreeSet<usize>,
    /// Whether each provision applies, as far as it was asked, strictly or not; within, none where the
    /// case would be refused, and whether it may be.
    applied: BTreeMap<(ProvisionId, bool), (Option<Tri>, bool)>,
    /// What each value can be, likewise, but for those of a member.
    valued: BTreeMap<(ValueId, bool), (Option<Possible>, bool)>,
    /// What was asked of families taken together, by the family and its column.
    asked_of_families: BTreeMap<(usize, usize), Possible>,
    /// Sums that are taken never to be below nothing.
    known: Vec<Linear<'a>>,
    /// What something read is taken to be, whatever the space says; not where values are worked out.
    instead: Option<(&'a Expression, Possible)>,
    /// The rows of a table, or of shares, that apply to no case of the space.
    pub(super) ruled_out: Option<RuledOut<'a>>,
    /// Whether amounts were taken as sums.
    pub(super) has_sums: bool,
    /// Whether splits are taken before spare pennies are placed.
    pub(super) is_before_spare: bool,
    /// Whether it is noted that a case may be refused instead. What is said is said of the cases that are not,
    /// which will not do where it is asked which cases are looked at.
    is_strict: bool,
    /// Whether a case may be refused instead; only what is worked on strictly notes all of it.
    may_be_refused: bool,
    depth: u32,
    /// Whether members of a family are gone through: what is assumed is of none of them.
    is_among_members: bool,
}

impl<'s, 'a> Evaluation<'s, 'a> {
    pub(super) fn new(prover: &'s Prover<'a>, space: &'s Space<'a>, joints: &'s [Joint]) -> Self {
        Evaluation {
            prover,
            space,
            joints,
            member: None,
            blockers: Vec::new(),
            facts: BTreeSet::new(),
            families: BTreeSet::new(),
            applied: BTreeMap::new(),
            valued: BTreeMap::new(),
            asked_of_families: BTreeMap::new(),
            known: Vec::new(),
            instead: None,
            ruled_out: None,
            has_sums: false,
            is_before_spare: false,
            is_strict: false,
            may_be_refused: false,
            depth: 0,
            is_among_members: false,
        }
    }

    pub(super) fn prover(&self) -> &'s Prover<'a> {
        self.prover
    }

    pub(super) fn space(&self) -> &'s Space<'a> {
        self.space
    }

    pub(super) fn joints(&self) -> &'s [Joint] {
        self.joints
    }

    /// Whether there is one item of each list that has any, which is as the space says.
    pub(super) fn has_one_of_each(&self) -> bool {
        self.space.has_one_of_each
    }

    /// Whether there is a list that may have items.
    pub(super) fn has_items(&self) -> bool {
        self.space.without.len() < self.prover.policy.lists.len()
    }

    /// Whether a list has no item.
    pub(super) fn is_without(&self, list: Option<ListId>) -> bool {
        list.is_some_and(|list| self.space.without.contains(&list))
    }

    /// Whether what is assumed can be so, as far as the space shows.
    pub(super) fn is_possible(&mut self) -> bool {
        let space = self.space;
        space.assumed.iter().all(|(expression, _)| self.expression(expression).is_some())
            && space.tests.iter().all(|(test, _)| self.condition(test).is_some())
    }

    /// Works on what depends on something else, unless that goes too deep.
    pub(super) fn deeper<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= MOST_DEEP {
            return None;
        }
        self.depth += 1;
        let done = work(self);
        self.depth -= 1;
        Some(done)
    }

    /// Works on whether a case is looked at, and whether it may be refused instead.
    pub(super) fn strictly<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> (T, bool) {
        let outer = core::mem::replace(&mut self.is_strict, true);
        let done = self.watched(work);
        self.is_strict = outer;
        done
    }

    /// Works on something, and whether a case may be refused for it instead.
    fn watched<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> (T, bool) {
        let outer = core::mem::replace(&mut self.may_be_refused, false);
        let done = work(self);
        (done, core::mem::replace(&mut self.may_be_refused, outer))
    }

    /// Works on a case in which something read is something else, and all the rest is the same.
    pub(super) fn with_instead<T>(
        &mut self,
        instead: (&'a Expression, Possible),
        work: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let outer = self.instead.replace(instead);
        let done = work(self);
        self.instead = outer;
        done
    }

    fn provision(&self, id: ProvisionId) -> Option<&'a Provision> {
        self.prover.policy.provisions.get(id.0 as usize)
    }

    /// Whether a provision's condition holds; none where the case is refused instead.
    pub(super) fn holds(&mut self, id: ProvisionId) -> Option<Tri> {
        let provision = self.provision(id)?;
        if self.is_without(provision.list) {
            return Some(Tri::No);
        }
        if self.prover.unclear.contains(&id) {
            return Some(Tri::Open);
        }
        let in_force = self.condition(&provision.in_force)?;
        if in_force == Tri::No {
            return Some(Tri::No);
        }
        match self.condition(&provision.when) {
            Some(when) => Some(in_force.and(when)),
            // What is not in force is not asked.
            None => (in_force == Tri::Open).then_some(Tri::Open),
        }
    }

    /// Whether a provision applies; none where the case is refused instead.
    pub(super) fn applies(&mut self, id: ProvisionId) -> Option<Tri> {
        let key = (id, self.is_strict);
        let known = self.applied.get(&key).copied();
        let (applied, may_be_refused) = known.unwrap_or_else(|| {
            self.watched(|it| it.deeper(|it| it.applies_afresh(id)).unwrap_or(Some(Tri::Open)))
        });
        self.applied.insert(key, (applied, may_be_refused));
        self.may_be_refused |= may_be_refused;
        applied
    }

    fn applies_afresh(&mut self, id: ProvisionId) -> Option<Tri> {
        let prover = self.prover;
        let mut applies = self.holds(id)?;
        for rival in prover.rivals.get(id.0 as usize).into_iter().flatten() {
            if applies == Tri::No {
                break;
            }
            applies = applies.and(self.applies(*rival)?.not());
        }
        Some(applies)
    }

    /// Whether a conclusion is drawn; none where clauses for it and against it both apply.
    pub(super) fn conclusion(&mut self, id: ConclusionId) -> Option<Tri> {
        let (is_for, against) = self.sides(id)?;
        match is_for.and(against) {
            Tri::Yes => None,
            both => {
                self.may_be_refused |= both == Tri::Open;
                Some(is_for)
            }
        }
    }

    /// Whether some clause for a conclusion applies, and whether some clause against it does.
    pub(super) fn sides(&mut self, id: ConclusionId) -> Option<(Tri, Tri)> {
        let conclusion = self.prover.policy.conclusions.get(id.index())?;
        let (mut is_for, mut against) = (Tri::No, Tri::No);
        for provision in &conclusion.provisions {
            let applies = self.applies(*provision)?;
            match self.provision(*provision)?.body {
                Body::Conclude { is_for: true, .. } => is_for = is_for.or(applies),
                Body::Conclude { is_for: false, .. } => against = against.or(applies),
                _ => (is_for, against) = (is_for.or(applies), against.or(applies)),
            }
        }
        Some((is_for, against))
    }

    /// Whether some clause gives a value.
    pub(super) fn is_given(&mut self, id: ValueId) -> Option<Tri> {
        let value = self.prover.policy.values.get(id.index())?;
        let mut given = Tri::No;
        for provision in &value.provisions {
            given = given.or(self.applies(*provision)?);
        }
        Some(given)
    }

    /// What a value can be; none where no clause gives it, or where the case is refused instead.
    pub(super) fn value(&mut self, id: ValueId) -> Option<Possible> {
        if self.member.is_some() || self.is_among_members {
            return self.value_afresh(id);
        }
        let key = (id, self.is_strict);
        let known = self.valued.get(&key).copied();
        let (possible, may_be_refused) =
            known.unwrap_or_else(|| self.watched(|it| it.value_afresh(id)));
        self.valued.insert(key, (possible, may_be_refused));
        self.may_be_refused |= may_be_refused;
        possible
    }

    fn value_afresh(&mut self, id: ValueId) -> Option<Possible> {
        let value = self.prover.policy.values.get(id.index())?;
        let (mut possible, mut certain): (Option<Possible>, Option<Possible>) = (None, None);
        let mut ways = 0;
        for provision in &value.provisions {
            let applies = self.applies(*provision)?;
            if applies == Tri::No {
                continue;
            }
            ways += 1;
            let given = self.deeper(|it| it.given_by(*provision, id));
            let Some(given) = given.unwrap_or_else(|| of_type(&value.kind)) else {
                if applies == Tri::Yes {
                    return None;
                }
                // Where it applies the case is refused; what is left is where it does not.
                continue;
            };
            possible = Some(possible.map_or(given, |so_far| so_far.or(given)));
            if applies == Tri::Yes {
                // Clauses that both apply must agree.
                certain = Some(match certain {
                    Some(so_far) => so_far.and(given)?,
                    None => given,
                });
            }
        }
        // Clauses that may disagree, or none of which gives it.
        let agree = certain.is_some_and(|it| Some(it) == possible && it.is_one());
        self.may_be_refused |= certain.is_none() || (ways > 1 && !agree);
        certain.or(possible)
    }

    /// What one provision makes of a value.
    pub(super) fn given_by(&mut self, id: ProvisionId, value: ValueId) -> Option<Possible> {
        let provision = self.provision(id)?;
        match &provision.body {
            Body::Define { expression, .. } => self.expression(expression),
            Body::Slices(slices) => self.expression(&slices.expression),
            Body::Rates { rates, .. } => {
                let on = self.fact(self.prover.policy.dated_by?)?;
                let kind = &self.prover.policy.values.get(value.index())?.kind;
                self.rate_on(rates, kind, on)
            }
            Body::Table(table) => {
                let column = table.values.iter().position(|it| *it == value)?;
                self.looked_up_once(&provision.body, table, column)
            }
            _ => None,
        }
    }

    fn rate_on(&mut self, rates: &[(Date, i64)], kind: &Type, on: Possible) -> Option<Possible> {
        let Possible::Days(first, last) = on else { return None };
        let from = rates.iter().rposition(|(from, _)| from.day_number() <= first).unwrap_or(0);
        let until = rates.iter().rposition(|(from, _)| from.day_number() <= last).unwrap_or(0);
        let in_force = rates.get(from..=until)?.iter().map(|(_, rate)| Constant::Number(*rate));
        let mut possible: Option<Possible> = None;
        for rate in in_force {
            let rate = constant(rate, kind)?;
            possible = Some(possible.map_or(rate, |so_far| so_far.or(rate)));
        }
        possible
    }

    /// All that a value can be by its type.
    fn any_value(&self, id: ValueId) -> Option<Possible> {
        of_type(&self.prover.policy.values.get(id.index())?.kind)
    }

    /// What a fact can be.
    pub(super) fn fact(&mut self, id: FactId) -> Option<Possible> {
        if let Some((family, column)) = self.joint_column(&Asked::Member(id)) {
            return self.joint(family, column, &self.prover.policy.facts.get(id.index())?.kind);
        }
        let domain = self.space.facts.get(id.index())?;
        if domain.size() > 1 {
            self.facts.insert(id);
        }
        domain.possible()
    }

    fn joint_column(&self, asked: &Asked) -> Option<(usize, usize)> {
        self.joints
            .iter()
            .enumerate()
            .find_map(|(family, joint)| joint.column(asked).map(|column| (family, column)))
    }

    fn joint(&mut self, family: usize, column: usize, of: &Type) -> Option<Possible> {
        let states = self.space.families.get(family)?;
        if states.len() > 1 {
            self.families.insert(family);
        }
        let known = self.asked_of_families.get(&(family, column)).copied();
        let possible = match known {
            Some(possible) => possible,
            None => self.joints.get(family)?.possible(column, of, states)?,
        };
        self.asked_of_families.insert((family, column), possible);
        Some(possible)
    }
}
