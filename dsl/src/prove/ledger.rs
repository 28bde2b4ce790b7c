//! What each party pays: payments and splits first, then limits and floors in their order.

mod parts;

use alloc::vec::Vec;

use apportion_core::program::{ClauseId, PartyId, UnitId};

use super::Prover;
use super::evaluate::{Evaluation, Stop, Worked};
use super::linear::{Linear, Quantity, Thing};
use super::possible::Tri;
use super::space::{Choice, Space};
use crate::checked::{Body, ListId, Provision, ProvisionId};
use crate::ratio::Ratio;

pub(super) use parts::{Parts, ShareOf, in_proportion, shares_of};

/// What the clauses make the parties pay.
pub(super) struct Ledger<'a> {
    lines: Vec<Line<'a>>,
    /// What each party pays in each unit so far.
    totals: Vec<Total<'a>>,
    /// Units in which something may still await a panel.
    awaiting: Vec<(UnitId, Tri)>,
    /// What each floor lacks when nobody has any more to give.
    pub(super) lacking: Vec<(ProvisionId, Tri, Linear<'a>)>,
    /// Limits and floors of all that a party pays, with what is above or below.
    bounds: Vec<Bound<'a>>,
}

struct Line<'a> {
    clause: ClauseId,
    party: PartyId,
    unit: UnitId,
    pence: Linear<'a>,
}

struct Total<'a> {
    party: PartyId,
    unit: UnitId,
    pence: Linear<'a>,
}

/// A limit or floor that no later one may break.
struct Bound<'a> {
    id: ProvisionId,
    party: PartyId,
    unit: UnitId,
    amount: Linear<'a>,
    is_floor: bool,
    applies: Tri,
}

/// The ledger of all cases of a space.
pub(super) fn ledger<'a>(it: &mut Evaluation<'_, 'a>) -> Worked<Ledger<'a>> {
    let policy = it.prover().policy;
    let mut ledger = Ledger {
        lines: Vec::new(),
        totals: Vec::new(),
        awaiting: Vec::new(),
        lacking: Vec::new(),
        bounds: Vec::new(),
    };
    for (id, provision) in (0..).map(ProvisionId).zip(&policy.provisions) {
        ledger.payment(it, id, provision)?;
    }
    for (id, provision) in (0..).map(ProvisionId).zip(&policy.provisions) {
        let (Body::Limit { unit, .. } | Body::Floor { unit, .. }) = &provision.body else {
            continue;
        };
        match ledger.applies(it, id, *unit)? {
            Tri::No => {}
            Tri::Yes => ledger.bound(it, (id, Tri::Yes), provision)?,
            // Where what it names is not given it does not apply.
            Tri::Open => match it.apart(|it| ledger.bound(it, (id, Tri::Open), provision)) {
                Err(Stop::Refused) => {}
                done => done?,
            },
        }
    }
    Ok(ledger)
}

impl<'a> Ledger<'a> {
    /// What a party pays in a unit.
    pub(super) fn total(&self, party: PartyId, unit: UnitId) -> Linear<'a> {
        let mut totals = self.totals.iter();
        let total = totals.find(|total| total.party == party && total.unit == unit);
        total.map_or_else(Linear::nothing, |total| total.pence.clone())
    }

    /// Whether something in a unit may still await a panel.
    pub(super) fn awaits(&self, unit: UnitId) -> Tri {
        let awaiting = self.awaiting.iter().filter(|(other, _)| *other == unit);
        awaiting.fold(Tri::No, |any, (_, awaits)| any.or(*awaits))
    }

    /// Whether a limit or floor is broken by a later one.
    pub(super) fn is_broken(&self, it: &Evaluation<'_, 'a>, id: ProvisionId) -> Worked<Tri> {
        let Some(bound) = self.bounds.iter().find(|bound| bound.id == id) else {
            return Ok(Tri::No);
        };
        let (total, amount) = (self.total(bound.party, bound.unit), bound.amount.clone());
        let beyond = if bound.is_floor { amount.minus(&total) } else { total.minus(&amount) };
        let is_beyond = it.is_above_nothing(&beyond.ok_or(Stop::TooLarge)?);
        Ok(bound.applies.and(is_beyond))
    }

    fn payment(
        &mut self,
        it: &mut Evaluation<'_, 'a>,
        id: ProvisionId,
        provision: &'a Provision,
    ) -> Worked<()> {
        let Some(unit) = provision.body.unit_of_payment() else { return Ok(()) };
        let of_items = provision.list.filter(|_| !it.has_one_of_each());
        let parts = match of_items {
            Some(list) => of_all_items(it, id, provision, list)?,
            None => of_one(it, id, provision)?,
        };
        self.awaiting.extend(parts.awaits.map(|awaits| (unit, awaits)));
        for (party, pence) in parts.of {
            self.pay(provision.clause, party, unit, pence)?;
        }
        Ok(())
    }

    fn pay(
        &mut self,
        clause: ClauseId,
        party: PartyId,
        unit: UnitId,
        pence: Linear<'a>,
    ) -> Worked<()> {
        let mut totals = self.totals.iter_mut();
        match totals.find(|total| total.party == party && total.unit == unit) {
            Some(total) => {
                total.pence = total.pence.clone().plus(&pence).ok_or(Stop::TooLarge)?;
            }
            None => self.totals.push(Total { party, unit, pence: pence.clone() }),
        }
        self.lines.push(Line { clause, party, unit, pence });
        Ok(())
    }

    /// Moves an amount from one party to another.
    fn give(
        &mut self,
        clause: ClauseId,
        unit: UnitId,
        [from, to]: [PartyId; 2],
        pence: Linear<'a>,
    ) -> Worked<()> {
        let taken = Linear::nothing().minus(&pence).ok_or(Stop::TooLarge)?;
        self.pay(clause, from, unit, taken)?;
        self.pay(clause, to, unit, pence)
    }

    /// Whether a limit or floor applies, and does not wait for a panel.
    fn applies(&self, it: &mut Evaluation<'_, 'a>, id: ProvisionId, unit: UnitId) -> Worked<Tri> {
        let applies = it.applies(id).ok_or(Stop::Refused)?;
        Ok(applies.and(self.awaits(unit).not()))
    }

    fn counted(&self, party: PartyId, unit: UnitId, under: &[ClauseId]) -> Worked<Linear<'a>> {
        let counts = |line: &&Line<'a>| {
            line.party == party && line.unit == unit && under.contains(&line.clause)
        };
        let mut lines = self.lines.iter().filter(counts);
        let sum = lines.try_fold(Linear::nothing(), |sum, line| sum.plus(&line.pence));
        sum.ok_or(Stop::TooLarge)
    }

    fn bound(
        &mut self,
        it: &mut Evaluation<'_, 'a>,
        (id, applies): (ProvisionId, Tri),
        provision: &'a Provision,
    ) -> Worked<()> {
        self.limit(it, (id, applies), provision)?;
        self.floor(it, (id, applies), provision)
    }

    /// What a party pays above a limit moves to another.
    fn limit(
        &mut self,
        it: &mut Evaluation<'_, 'a>,
        (id, applies): (ProvisionId, Tri),
        provision: &'a Provision,
    ) -> Worked<()> {
        let Body::Limit { party, most, unit, under, other, .. } = &provision.body else {
            return Ok(());
        };
        let most = it.sum(most)?;
        let total = self.total(*party, *unit);
        let counted =
            if under.is_empty() { total.clone() } else { self.counted(*party, *unit, under)? };
        let excess = counted.minus(&most).ok_or(Stop::TooLarge)?;
        let excess = if under.is_empty() {
            excess
        } else {
            // Of what some clauses made it pay, an earlier limit may have moved a part already.
            it.extreme_of(Choice::Step(id, 1), false, excess, total)?
        };
        let moved = it.extreme_of(Choice::Step(id, 0), true, excess, Linear::nothing())?;
        let moved = if_applies(it, applies, Thing::Moved(id, *other), moved)?;
        self.give(provision.clause, *unit, [*party, *other], moved)?;
        if under.is_empty() {
            let (party, unit) = (*party, *unit);
            self.bounds.push(Bound { id, party, unit, amount: most, is_floor: false, applies });
        }
        Ok(())
    }

    /// What a party lacks moves to it from others, one after the other, each giving no more than it
    /// pays.
    fn floor(
        &mut self,
        it: &mut Evaluation<'_, 'a>,
        (id, applies): (ProvisionId, Tri),
        provision: &'a Provision,
    ) -> Worked<()> {
        let Body::Floor { party, least, unit, under, from } = &provision.body else {
            return Ok(());
        };
        let least = it.sum(least)?;
        let counted = match under.as_slice() {
            [] => self.total(*party, *unit),
            under => self.counted(*party, *unit, under)?,
        };
        let lacking = least.clone().minus(&counted).ok_or(Stop::TooLarge)?;
        let mut lacking = it.extreme_of(Choice::Step(id, 0), true, lacking, Linear::nothing())?;
        for (giver, step) in from.iter().zip((1..).step_by(2)) {
            let pays = self.total(*giver, *unit);
            let pays = it.extreme_of(Choice::Step(id, step), true, pays, Linear::nothing())?;
            let gives = it.extreme_of(Choice::Step(id, step + 1), false, pays, lacking.clone())?;
            lacking = lacking.minus(&gives).ok_or(Stop::TooLarge)?;
            let moved = if_applies(it, applies, Thing::Moved(id, *giver), gives)?;
            self.give(provision.clause, *unit, [*giver, *party], moved)?;
        }
        self.lacking.push((id, applies, lacking));
        if under.is_empty() {
            let (party, unit) = (*party, *unit);
            self.bounds.push(Bound { id, party, unit, amount: least, is_floor: true, applies });
        }
        Ok(())
    }
}

/// An amount that is moved or paid where something applies, else nothing.
fn if_applies<'a>(
    it: &Evaluation<'_, 'a>,
    applies: Tri,
    thing: Thing<'a>,
    pence: Linear<'a>,
) -> Worked<Linear<'a>> {
    if applies == Tri::Yes {
        return Ok(pence);
    }
    let (least, greatest) = it.ends(&pence)?;
    Ok(Linear::of(Quantity::between(thing, least.min(Ratio::ZERO), greatest.max(Ratio::ZERO))))
}

/// What a clause makes the parties pay for the case, or for the item at hand.
fn of_one<'a>(
    it: &mut Evaluation<'_, 'a>,
    id: ProvisionId,
    provision: &'a Provision,
) -> Worked<Parts<'a>> {
    let mut parts = match it.applies(id).ok_or(Stop::Refused)? {
        Tri::No => return Ok(Parts::default()),
        Tri::Yes => return parts::parts(it, id, provision),
        Tri::Open => match it.apart(|it| parts::parts(it, id, provision)) {
            Err(Stop::Refused) => return Ok(Parts::default()),
            parts => parts?,
        },
    };
    for (party, pence) in &mut parts.of {
        *pence = if_applies(it, Tri::Open, Thing::Part(id, *party), pence.clone())?;
    }
    parts.awaits = parts.awaits.map(|awaits| awaits.and(Tri::Open));
    Ok(parts)
}

/// What a clause makes the parties pay for all items of a list, each of which can be anything.
fn of_all_items<'a>(
    it: &mut Evaluation<'_, 'a>,
    id: ProvisionId,
    provision: &'a Provision,
    list: ListId,
) -> Worked<Parts<'a>> {
    let Some(declared) = it.prover().policy.lists.get(list.index()) else {
        return Err(Stop::TooLarge);
    };
    let most = Ratio::whole(declared.most.into());
    let (mut of, mut awaits) = (Vec::new(), None);
    let of_any = it.of_any_item(|any| {
        let parts = of_one(any, id, provision)?;
        awaits = parts.awaits;
        for (party, pence) in parts.of {
            of.push((party, any.ends(&pence)?));
        }
        Ok(())
    });
    if !matches!(of_any, Err(Stop::Refused)) {
        of_any?;
    }
    let all = |(party, (least, greatest)): (PartyId, (Ratio, Ratio))| {
        let least = least.min(Ratio::ZERO).times(most).ok_or(Stop::TooLarge)?;
        let greatest = greatest.max(Ratio::ZERO).times(most).ok_or(Stop::TooLarge)?;
        Ok((party, Linear::of(Quantity::between(Thing::Part(id, party), least, greatest))))
    };
    Ok(Parts { of: of.into_iter().map(all).collect::<Worked<_>>()?, awaits })
}

impl<'a> Prover<'a> {
    /// A space in which the items are as they may be, and nothing is assumed.
    pub(super) fn of_any_items(&self, space: &Space<'a>) -> Space<'a> {
        let mut facts = space.facts.to_vec();
        for fact in self.policy.lists.iter().flat_map(|list| &list.facts) {
            if let (Some(own), Some(all)) =
                (facts.get_mut(fact.index()), self.domains.get(fact.index()))
            {
                *own = *all;
            }
        }
        Space {
            facts: facts.into(),
            assumed: Vec::new(),
            tests: Vec::new(),
            choices: Vec::new(),
            ruled_out: None,
            ..space.clone()
        }
    }
}
