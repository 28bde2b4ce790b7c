//! Shares, payments, limits and referrals.

use std::collections::BTreeMap;

use apportion::checked::{Body, Expression, Provision, ProvisionId, Share, ShareRow, Spare};
use apportion::syntax::Hit;
use apportion_core::program::{ClauseId, PanelId, PartyId, UnitId};
use num_bigint::BigInt;

use super::applies::{is_same_amount, paid};
use super::outcome::Awaiting;
use super::rounding::whole;
use super::split::split;
use super::{Asked, Fraction, Interpreter, Item, Line, Outcome, Place, Refusal, all, number};

/// What one clause makes one party pay: whole pence, once spare pennies are placed.
struct Part {
    place: Place,
    party: PartyId,
    unit: UnitId,
    pence: Fraction,
}

/// What the parties pay so far.
#[derive(Default)]
struct Ledger {
    /// Whether parts are taken as they are before spare pennies are placed.
    is_before_spare: bool,
    parts: Vec<Part>,
    totals: BTreeMap<(PartyId, UnitId), Fraction>,
    referrals: Vec<(ClauseId, PanelId)>,
    awaiting: Vec<Awaiting>,
    waiting: Vec<ClauseId>,
}

impl Ledger {
    fn pay(&mut self, place: Place, party: PartyId, unit: UnitId, pence: Fraction) {
        *self.totals.entry((party, unit)).or_insert_with(|| whole(0)) += &pence;
        self.parts.push(Part { place, party, unit, pence });
    }

    fn total(&self, party: PartyId, unit: UnitId) -> Fraction {
        self.totals.get(&(party, unit)).cloned().unwrap_or_else(|| whole(0))
    }

    /// *7 Money between parties*: before the panel has decided nobody pays the amount, and the
    /// case is referred by the clause that leaves the shares to it.
    fn wait(&mut self, awaiting: Awaiting) {
        let referral = (awaiting.by, awaiting.panel);
        if !self.referrals.contains(&referral) {
            self.referrals.push(referral);
        }
        self.awaiting.push(awaiting);
    }

    /// *7 Money between parties*: a limit or floor waits while something in its unit awaits a
    /// panel, since what it would count or take may still change.
    fn waits(&mut self, clause: ClauseId, unit: UnitId) -> bool {
        let waits = self.awaiting.iter().any(|awaiting| awaiting.unit == unit);
        if waits {
            self.waiting.push(clause);
        }
        waits
    }

    /// What a limit counts: all that a party pays so far, or what some clauses made it pay.
    fn counted(&self, party: PartyId, unit: UnitId, under: &[ClauseId]) -> Fraction {
        if under.is_empty() {
            return self.total(party, unit);
        }
        let parts = self.parts.iter().filter(|part| {
            part.party == party && part.unit == unit && under.contains(&part.place.clause)
        });
        parts.map(|part| &part.pence).sum()
    }
}

/// The shares of a split.
enum SharesOfSplit {
    /// These.
    Known(Vec<Fraction>),
    /// Those that a panel has still to decide.
    Awaited { by: ClauseId, panel: PanelId },
}

/// A limit or floor of all that a party pays, which no later one may break.
struct Kept {
    clause: ClauseId,
    party: PartyId,
    unit: UnitId,
    amount: Fraction,
    is_floor: bool,
}

impl Interpreter<'_> {
    /// *7 Money between parties*: all payments, then the limits in the order of their
    /// numbers, then what is referred.
    pub(super) fn payments(&mut self) -> Asked<Outcome> {
        let ledger = self.ledger(false)?;
        let Ledger { parts, totals, referrals, awaiting, waiting, .. } = ledger;
        let lines = parts.into_iter().map(|part| {
            let (Part { place: Place { clause, item, .. }, party, unit, .. }, pence) =
                (&part, part.pence.to_integer());
            Line { clause: *clause, party: *party, unit: *unit, pence, item: *item }
        });
        let lines = lines.collect();
        let totals = totals.into_iter().map(|(of, pence)| (of, pence.to_integer())).collect();
        Ok(Outcome { lines, totals, referrals, awaiting, waiting, ..Outcome::default() })
    }

    /// *11 Promises*: what a party pays in each unit before spare pennies are placed; none where
    /// something in it awaits a panel.
    pub(super) fn paid_before_spare(&mut self, party: PartyId) -> Asked<Vec<Option<Fraction>>> {
        let ledger = self.ledger(true)?;
        let units = (0..self.policy.units.len()).map(|unit| UnitId(number(unit)));
        let paid = units.map(|unit| {
            let awaits = ledger.awaiting.iter().any(|awaiting| awaiting.unit == unit);
            (!awaits).then(|| ledger.total(party, unit))
        });
        Ok(paid.collect())
    }

    fn ledger(&mut self, is_before_spare: bool) -> Asked<Ledger> {
        let mut ledger = Ledger { is_before_spare, ..Ledger::default() };
        let mut answers = vec![self.paid_once()];
        for (id, provision) in self.provisions() {
            for item in self.said_of(provision) {
                answers.push(self.payment(id, provision, item, &mut ledger));
            }
            answers.push(self.most_of_limit(id, provision));
        }
        all(answers)?;
        let mut kept = Vec::new();
        for (id, provision) in self.provisions() {
            kept.extend(self.limit(id, provision, &mut ledger)?);
            kept.extend(self.floor(id, provision, &mut ledger).unwrap_or_default());
        }
        for kept in kept {
            let total = ledger.total(kept.party, kept.unit);
            let is_kept = if kept.is_floor { total >= kept.amount } else { total <= kept.amount };
            if !is_kept {
                let _ = self.refuse::<()>(Refusal::LimitBroken { clause: kept.clause }, None);
            }
        }
        self.referrals(&mut ledger)?;
        Ok(ledger)
    }

    /// What a limit names is asked also in a case whose payments are refused already.
    fn most_of_limit(&mut self, id: ProvisionId, provision: &Provision) -> Asked<()> {
        if let Body::Limit { most: amount, .. } | Body::Floor { least: amount, .. } =
            &provision.body
            && self.applies(id, None)?
        {
            self.expression(amount, Place::new(provision.clause, None))?;
        }
        Ok(())
    }

    /// A split or a payment, for the case or for one item.
    fn payment(
        &mut self,
        id: ProvisionId,
        provision: &Provision,
        item: Option<Item>,
        ledger: &mut Ledger,
    ) -> Asked<()> {
        if paid(&provision.body).is_none() || !self.applies(id, item)? {
            return Ok(());
        }
        let place = Place::new(provision.clause, item);
        match &provision.body {
            Body::Split { amount, unit, shares, spare } => {
                let (amount, shares) =
                    (self.pence(amount, place), self.shares_of_split(shares, place));
                match (amount?, shares?) {
                    (amount, SharesOfSplit::Known(shares)) => {
                        self.pay_split(place, &amount, &shares, (*unit, *spare), ledger)
                    }
                    // The checker refuses shares of items that a panel would decide.
                    (_, SharesOfSplit::Awaited { .. }) if item.is_some() => self.broken(),
                    (pence, SharesOfSplit::Awaited { by, panel }) => {
                        let (clause, unit) = (place.clause, *unit);
                        ledger.wait(Awaiting { clause, by, panel, unit, pence });
                        Ok(())
                    }
                }
            }
            Body::Proportion { amount, unit, weights, spare } => {
                let (amount, shares) = (self.pence(amount, place), self.proportion(weights, place));
                self.pay_split(place, &amount?, &shares?, (*unit, *spare), ledger)
            }
            Body::PayInTurn { amount, unit, tiers, last } => {
                self.pay_in_turn((amount, *unit), tiers, *last, place, ledger)
            }
            Body::Pay { party, amount, unit } => {
                let pence = self.pence(amount, place)?;
                ledger.pay(place, *party, *unit, whole(pence));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// *7 Money between parties*: `in proportion to P and Q`. Each party's share is its weight
    /// over all of them; a party without a weight has none.
    fn proportion(&mut self, weights: &[Option<Expression>], place: Place) -> Asked<Vec<Fraction>> {
        let answers = weights.iter().map(|weight| match weight {
            Some(weight) => self.number(weight, place),
            None => Ok(whole(0)),
        });
        let weights = all(answers.collect())?;
        let sum = weights.iter().sum::<Fraction>();
        if sum == whole(0) {
            return self.broken();
        }
        Ok(weights.into_iter().map(|weight| weight / &sum).collect())
    }

    /// *5 Clauses, payment*: `Of X, A pays the first £6,000.00; B pays the rest.`
    fn pay_in_turn(
        &mut self,
        (amount, unit): (&Expression, UnitId),
        tiers: &[(PartyId, Expression)],
        last: PartyId,
        place: Place,
        ledger: &mut Ledger,
    ) -> Asked<()> {
        let amount = self.pence(amount, place);
        let most = tiers.iter().map(|(party, most)| Ok((*party, self.pence(most, place)?)));
        let most = all(most.collect());
        let (mut left, most) = (amount?, most?);
        for (party, most) in most {
            let part = most.min(left.clone());
            left -= &part;
            ledger.pay(place, party, unit, whole(part));
        }
        ledger.pay(place, last, unit, whole(left));
        Ok(())
    }

    fn pay_split(
        &mut self,
        place: Place,
        amount: &BigInt,
        shares: &[Fraction],
        (unit, spare): (UnitId, Spare),
        ledger: &mut Ledger,
    ) -> Asked<()> {
        let is_whole = shares.iter().sum::<Fraction>() == whole(1);
        let has_negative = shares.iter().any(|share| *share < whole(0));
        if !is_whole || has_negative {
            return self.broken();
        }
        let parts: Vec<Fraction> = match ledger.is_before_spare {
            true => shares.iter().map(|share| share * whole(amount.clone())).collect(),
            false => split(amount, shares, spare).into_iter().map(whole).collect(),
        };
        for (party, part) in (0..).zip(parts) {
            ledger.pay(place, PartyId(number(party)), unit, part);
        }
        Ok(())
    }

    /// *7 Money between parties*: exactly one shares clause of those named applies. For an
    /// item, that is among the clauses about that item and those about the case.
    fn shares_of_split(&mut self, clauses: &[ClauseId], place: Place) -> Asked<SharesOfSplit> {
        let mut answers = Vec::new();
        for (id, provision) in self.provisions() {
            if clauses.contains(&provision.clause)
                && let Body::Shares(rows, hit) = &provision.body
            {
                let applies = self.applies_here(id, place.item);
                answers.push(applies.map(|applies| (applies, provision, rows, *hit)));
            }
        }
        let applying: Vec<_> = all(answers)?.into_iter().filter(|(applies, ..)| *applies).collect();
        let clause = place.clause;
        match applying.as_slice() {
            [] => self.refuse(Refusal::NoShares { clause }, place.item),
            [(_, provision, rows, hit)] => match self.undecided(provision) {
                Some(panel) => Ok(SharesOfSplit::Awaited { by: provision.clause, panel }),
                None => {
                    let item = self.about(provision.list, place.item)?;
                    let place = Place::new(provision.clause, item);
                    self.shares(rows, *hit, place).map(SharesOfSplit::Known)
                }
            },
            _ => self.refuse(Refusal::SeveralShares { clause }, place.item),
        }
    }

    /// *7 Money between parties*: the shares of all parties. `the rest` is whoever takes
    /// what is left; a party not named has none.
    pub(super) fn shares(
        &mut self,
        rows: &[ShareRow],
        hit: Hit,
        place: Place,
    ) -> Asked<Vec<Fraction>> {
        let mut answers = Vec::new();
        for row in self.rows_that_count(rows, hit, place)? {
            answers.push(match rows.get(row) {
                Some(row) => self.shares_of_row(row, place),
                None => self.broken(),
            });
        }
        self.agreed(all(answers)?, place)
    }

    fn shares_of_row(&mut self, row: &ShareRow, place: Place) -> Asked<Vec<Fraction>> {
        let answers = row.shares.iter().map(|share| match share {
            Share::Of(share) => self.number(share, place).map(Some),
            Share::Rest => Ok(None),
        });
        let answers = answers.collect();
        let shares = all(answers)?;
        let rest = whole(1) - shares.iter().flatten().sum::<Fraction>();
        Ok(shares.into_iter().map(|share| share.unwrap_or_else(|| rest.clone())).collect())
    }

    /// *5 Clauses, Rounding*: a payment is in whole pence.
    fn pence(&mut self, amount: &Expression, place: Place) -> Asked<BigInt> {
        let amount = self.number(amount, place)?;
        if !amount.is_integer() {
            return self.broken();
        }
        Ok(amount.to_integer())
    }

    /// *7 Money between parties, Limits*: what a party pays above the limit moves to another,
    /// as lines of their own. Gives back the limit, which no later one may break.
    fn limit(
        &mut self,
        id: ProvisionId,
        provision: &Provision,
        ledger: &mut Ledger,
    ) -> Asked<Option<Kept>> {
        let Body::Limit { party, most, unit, under, other, refer } = &provision.body else {
            return Ok(None);
        };
        if !self.applies(id, None)? {
            return Ok(None);
        }
        let place = Place::new(provision.clause, None);
        let most = whole(self.pence(most, place)?);
        if ledger.waits(place.clause, *unit) {
            return Ok(None);
        }
        let excess = ledger.counted(*party, *unit, under) - &most;
        // Of what some clauses made it pay, an earlier limit may have moved a part already.
        let excess = match under.is_empty() {
            true => excess,
            false => excess.min(ledger.total(*party, *unit)),
        };
        if excess > whole(0) {
            ledger.pay(place, *party, *unit, -excess.clone());
            ledger.pay(place, *other, *unit, excess);
            // The case is referred only where the limit moved money.
            ledger.referrals.extend(refer.map(|panel| (place.clause, panel)));
        }
        let clause = place.clause;
        let kept = Kept { clause, party: *party, unit: *unit, amount: most, is_floor: false };
        Ok(under.is_empty().then_some(kept))
    }

    /// *7 Money between parties, Limits*: what a party lacks moves to it from others, one
    /// after the other, each giving no more than it pays.
    fn floor(
        &mut self,
        id: ProvisionId,
        provision: &Provision,
        ledger: &mut Ledger,
    ) -> Asked<Option<Kept>> {
        let Body::Floor { party, least, unit, under, from } = &provision.body else {
            return Ok(None);
        };
        if !self.applies(id, None)? {
            return Ok(None);
        }
        let (clause, nothing) = (provision.clause, whole(0));
        let place = Place::new(clause, None);
        let least = whole(self.pence(least, place)?);
        if ledger.waits(clause, *unit) {
            return Ok(None);
        }
        let mut lacking = (&least - ledger.counted(*party, *unit, under)).max(nothing.clone());
        let mut taken = nothing.clone();
        for giver in from {
            let pence = ledger.total(*giver, *unit).max(nothing.clone()).min(lacking.clone());
            if pence > nothing {
                ledger.pay(place, *giver, *unit, -pence.clone());
                lacking -= &pence;
                taken += pence;
            }
        }
        if taken > nothing {
            ledger.pay(place, *party, *unit, taken);
        }
        if lacking > nothing {
            return self.refuse(Refusal::FloorTakesTooMuch { clause }, None);
        }
        let kept = Kept { clause, party: *party, unit: *unit, amount: least, is_floor: true };
        Ok(under.is_empty().then_some(kept))
    }

    /// *5 Clauses, referral*. In the order of the clauses, those of limits among them. One said
    /// of each item is made once, where any item makes it.
    fn referrals(&mut self, ledger: &mut Ledger) -> Asked<()> {
        for (id, provision) in self.provisions() {
            let Body::Refer { panel } = provision.body else { continue };
            let answers = self.said_of(provision).into_iter().map(|item| self.applies(id, item));
            if all(answers.collect())?.contains(&true) {
                ledger.referrals.push((provision.clause, panel));
            }
        }
        ledger.referrals.sort();
        Ok(())
    }

    /// *9 What applies*: two clauses, or sentences of one, that both apply may not pay one
    /// amount. What the case pays it pays for every item, so each item is judged by itself.
    fn paid_once(&mut self) -> Asked<()> {
        let mut earlier: Vec<(ProvisionId, &Expression, Option<Item>)> = Vec::new();
        for (id, provision) in self.provisions() {
            let Some(amount) = paid(&provision.body) else { continue };
            for item in self.said_of(provision) {
                if !self.applies(id, item)? {
                    continue;
                }
                for (_, other, of) in earlier.iter().filter(|(other, ..)| *other != id) {
                    let is_for_one = item.is_none() || of.is_none() || item == *of;
                    if is_for_one && is_same_amount(other, amount) {
                        let refusal = Refusal::PaidTwice { clause: provision.clause };
                        let _ = self.refuse::<()>(refusal, item.or(*of));
                    }
                }
                earlier.push((id, amount, item));
            }
        }
        Ok(())
    }
}
