//! By how much a party pays more, before spare pennies are placed.

use alloc::vec::Vec;

use apportion_core::program::{ClauseId, PartyId, UnitId};

use super::Two;
use crate::checked::{Body, Expression, Provision, ProvisionId};
use crate::prove::evaluate::{Evaluation, Stop, Worked};
use crate::prove::ledger::{ShareOf, in_proportion, ledger, shares_of};
use crate::prove::linear::{Linear, Thing};
use crate::prove::possible::Tri;
use crate::ratio::Ratio;

/// What a party pays in a unit in a single case, before spare pennies are placed.
pub(in crate::prove) fn paid_exactly(
    it: &mut Evaluation<'_, '_>,
    party: PartyId,
    unit: UnitId,
) -> Worked<Ratio> {
    it.is_before_spare = true;
    let ledger = ledger(it)?;
    // Before a panel has decided, what is paid is not yet all.
    if ledger.awaits(unit) != Tri::No {
        return Err(Stop::TooLarge);
    }
    ledger.total(party, unit).known().ok_or(Stop::TooLarge)
}

/// By how much a party pays more in the second case in a unit.
pub(in crate::prove) fn rise_of_payments<'a>(
    two: &mut Two<'_, 'a>,
    party: PartyId,
    unit: UnitId,
) -> Worked<Linear<'a>> {
    let policy = two.low.prover().policy;
    let mut rises = Rises { unit, lines: Vec::new() };
    for (id, provision) in (0..).map(ProvisionId).zip(&policy.provisions) {
        if provision.body.unit_of_payment() == Some(unit) {
            rises.payment(two, id, provision)?;
        }
    }
    for (id, provision) in (0..).map(ProvisionId).zip(&policy.provisions) {
        match &provision.body {
            Body::Limit { unit: of, .. } | Body::Floor { unit: of, .. } if *of == unit => {
                rises.bound(two, id, provision)?;
            }
            _ => {}
        }
    }
    rises.total(party)
}

/// What the parties pay more by each clause in one unit.
struct Rises<'a> {
    unit: UnitId,
    lines: Vec<(ClauseId, PartyId, Linear<'a>)>,
}

/// In which of two cases a clause applies; open where that is not known.
fn applies(two: &mut Two<'_, '_>, id: ProvisionId) -> Worked<(bool, bool)> {
    let low = two.low.applies(id).ok_or(Stop::Refused)?;
    let high = two.high.applies(id).ok_or(Stop::Refused)?;
    match (low, high) {
        (Tri::Open, _) | (_, Tri::Open) => Err(Stop::TooLarge),
        both => Ok((both.0 == Tri::Yes, both.1 == Tri::Yes)),
    }
}

impl<'a> Rises<'a> {
    fn total(&self, party: PartyId) -> Worked<Linear<'a>> {
        self.sum(|_, of| of == party)
    }

    fn counted(&self, party: PartyId, under: &[ClauseId]) -> Worked<Linear<'a>> {
        self.sum(|clause, of| of == party && (under.is_empty() || under.contains(&clause)))
    }

    fn sum(&self, counts: impl Fn(ClauseId, PartyId) -> bool) -> Worked<Linear<'a>> {
        let mut lines = self.lines.iter().filter(|(clause, party, _)| counts(*clause, *party));
        let sum = lines.try_fold(Linear::nothing(), |sum, (.., rise)| sum.plus(rise));
        sum.ok_or(Stop::TooLarge)
    }

    fn give(&mut self, clause: ClauseId, [from, to]: [PartyId; 2], rise: Linear<'a>) -> Worked<()> {
        let taken = Linear::nothing().minus(&rise).ok_or(Stop::TooLarge)?;
        self.lines.extend([(clause, from, taken), (clause, to, rise)]);
        Ok(())
    }

    fn payment(
        &mut self,
        two: &mut Two<'_, 'a>,
        id: ProvisionId,
        provision: &'a Provision,
    ) -> Worked<()> {
        let shares_move = match &provision.body {
            Body::Split { shares, .. } => two.moving.shares(shares),
            _ => false,
        };
        let moves = two.moving.may_apply_in_one(id) || two.moving.says_another(provision);
        if !moves && !shares_move {
            return Ok(());
        }
        // An item is as any item may be: its payments are not followed.
        if provision.list.is_some() {
            return Err(Stop::TooLarge);
        }
        let clause = provision.clause;
        let in_cases = applies(two, id)?;
        if in_cases == (false, false) {
            return Ok(());
        }
        match &provision.body {
            Body::Pay { party, amount, .. } => {
                let rise = match in_cases {
                    (true, true) => two.rise(amount)?,
                    (false, _) => two.higher(amount)?,
                    (true, false) => {
                        Linear::nothing().minus(&two.low.sum(amount)?).ok_or(Stop::TooLarge)?
                    }
                };
                self.lines.push((clause, *party, rise));
                Ok(())
            }
            Body::Split { amount, shares, .. } => {
                let of = |it: &mut Evaluation<'_, 'a>, applies: bool| -> Worked<Vec<ShareOf>> {
                    if !applies {
                        return Ok(Vec::new());
                    }
                    let shares = shares_of(it, shares)?;
                    if shares.is_for_a_panel { Err(Stop::TooLarge) } else { Ok(shares.of) }
                };
                let shares = [of(&mut two.low, in_cases.0)?, of(&mut two.high, in_cases.1)?];
                self.divided(two, (id, clause), amount, &shares, shares_move)
            }
            Body::Proportion { amount, weights, .. } => {
                let of = |it: &mut Evaluation<'_, 'a>, applies: bool| -> Worked<Vec<ShareOf>> {
                    if applies { in_proportion(it, weights) } else { Ok(Vec::new()) }
                };
                let shares = [of(&mut two.low, in_cases.0)?, of(&mut two.high, in_cases.1)?];
                let moves = weights.iter().flatten().any(|it| two.moving.expression(it));
                self.divided(two, (id, clause), amount, &shares, moves)
            }
            Body::PayInTurn { amount, tiers, last, .. } if in_cases == (true, true) => {
                let mut left = two.rise(amount)?;
                for ((party, most), step) in tiers.iter().zip(0..) {
                    let most = two.rise(most)?;
                    let part = two.one_of(Thing::Step(id, step), most, left.clone())?;
                    left = left.minus(&part).ok_or(Stop::TooLarge)?;
                    self.lines.push((clause, *party, part));
                }
                self.lines.push((clause, *last, left));
                Ok(())
            }
            _ => Err(Stop::TooLarge),
        }
    }

    /// The parts of an amount, by the shares in each case; none where the clause does not apply.
    fn divided(
        &mut self,
        two: &mut Two<'_, 'a>,
        (id, clause): (ProvisionId, ClauseId),
        amount: &'a Expression,
        [low, high]: &[Vec<ShareOf>; 2],
        shares_move: bool,
    ) -> Worked<()> {
        let nothing = (Ratio::ZERO, Ratio::ZERO);
        // A part is share x amount: it rises by the share of what the amount does, and by the amount
        // of what the share does.
        let (amount_rises, lower) = match (low.is_empty(), high.is_empty()) {
            (true, _) => (two.higher(amount)?, Linear::nothing()),
            (_, true) => (Linear::nothing(), two.low.sum(amount)?),
            _ if shares_move => (two.rise(amount)?, two.low.sum(amount)?),
            _ => (two.rise(amount)?, Linear::nothing()),
        };
        for (party, place) in (0..).map(PartyId).zip(0..low.len().max(high.len())) {
            let own = low.get(place).copied().unwrap_or(nothing);
            let other = high.get(place).copied().unwrap_or(nothing);
            let minus = |a: Ratio, b: Ratio| a.minus(b).ok_or(Stop::TooLarge);
            let share_rises = (minus(other.0, own.1)?, minus(other.1, own.0)?);
            let by_amount = two.scaled(Thing::Part(id, party), &amount_rises, other)?;
            let by_share = two.scaled(Thing::Moved(id, party), &lower, share_rises)?;
            let rise = by_amount.plus(&by_share).ok_or(Stop::TooLarge)?;
            self.lines.push((clause, party, rise));
        }
        Ok(())
    }

    /// A limit or floor: what it moves rises by something between nothing and what it counts does.
    fn bound(
        &mut self,
        two: &mut Two<'_, 'a>,
        id: ProvisionId,
        provision: &'a Provision,
    ) -> Worked<()> {
        let moves = two.moving.may_apply_in_one(id);
        if self.lines.is_empty() && !moves && !two.moving.says_another(provision) {
            return Ok(());
        }
        if self.may_wait(two) {
            return Err(Stop::TooLarge);
        }
        if moves {
            return match applies(two, id)? {
                (false, false) => Ok(()),
                (true, true) => self.moved(two, id, provision),
                _ => Err(Stop::TooLarge),
            };
        }
        // Where it does not apply it moves nothing in both, which lies between as well.
        match two.low.applies(id).ok_or(Stop::Refused)? {
            Tri::No => Ok(()),
            Tri::Yes => self.moved(two, id, provision),
            Tri::Open => match self.moved(two, id, provision) {
                Err(Stop::Refused) => Err(Stop::TooLarge),
                moved => moved,
            },
        }
    }

    fn moved(
        &mut self,
        two: &mut Two<'_, 'a>,
        id: ProvisionId,
        provision: &'a Provision,
    ) -> Worked<()> {
        let clause = provision.clause;
        match &provision.body {
            Body::Limit { party, most, under, other, .. } => {
                let most = two.rise(most)?;
                let counted = self.counted(*party, under)?;
                let mut excess = counted.minus(&most).ok_or(Stop::TooLarge)?;
                if !under.is_empty() {
                    excess = two.one_of(Thing::Step(id, 1), excess, self.total(*party)?)?;
                }
                let moved = two.one_of(Thing::Step(id, 0), excess, Linear::nothing())?;
                self.give(clause, [*party, *other], moved)
            }
            Body::Floor { party, least, under, from, .. } => {
                let least = two.rise(least)?;
                let lacking = least.minus(&self.counted(*party, under)?).ok_or(Stop::TooLarge)?;
                let mut lacking = two.one_of(Thing::Step(id, 0), lacking, Linear::nothing())?;
                for (giver, step) in from.iter().zip((1..).step_by(2)) {
                    let pays = self.total(*giver)?;
                    let pays = two.one_of(Thing::Step(id, step), pays, Linear::nothing())?;
                    let gives = two.one_of(Thing::Step(id, step + 1), pays, lacking.clone())?;
                    lacking = lacking.minus(&gives).ok_or(Stop::TooLarge)?;
                    self.give(clause, [*giver, *party], gives)?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Whether an amount in this unit may await a panel, for which limits wait too.
    fn may_wait(&self, two: &Two<'_, 'a>) -> bool {
        let provisions = &two.low.prover().policy.provisions;
        let is_for_a_panel = |clauses: &[ClauseId]| {
            provisions.iter().any(|it| match &it.body {
                Body::Shares(rows, _) => {
                    clauses.contains(&it.clause) && rows.iter().any(|row| row.panel.is_some())
                }
                _ => false,
            })
        };
        provisions.iter().any(|it| match &it.body {
            Body::Split { unit, shares, .. } => *unit == self.unit && is_for_a_panel(shares),
            _ => false,
        })
    }
}
