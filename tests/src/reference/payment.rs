//! Shares, payments, limits and referrals.

use std::collections::BTreeMap;

use apportion::checked::{Body, Expression, Provision, ProvisionId, Share, ShareRow, Spare};
use apportion::syntax::Hit;
use apportion_core::program::{ClauseId, PanelId, PartyId, UnitId};
use num_bigint::BigInt;

use super::applies::is_same_amount;
use super::rounding::whole;
use super::split::split;
use super::{Asked, Fraction, Interpreter, Line, Outcome, Place, Refusal, all, number};

/// What the parties pay so far.
#[derive(Default)]
struct Ledger {
    lines: Vec<Line>,
    totals: BTreeMap<(PartyId, UnitId), BigInt>,
    referrals: Vec<(ClauseId, PanelId)>,
}

impl Ledger {
    fn pay(&mut self, clause: ClauseId, party: PartyId, unit: UnitId, pence: BigInt) {
        *self.totals.entry((party, unit)).or_default() += &pence;
        self.lines.push(Line { clause, party, unit, pence });
    }

    fn total(&self, party: PartyId, unit: UnitId) -> BigInt {
        self.totals.get(&(party, unit)).cloned().unwrap_or_default()
    }
}

impl Interpreter<'_> {
    /// *7 Money between parties*: all payments, then the limits in the order of their
    /// numbers, then what is referred.
    pub(super) fn payments(&mut self) -> Asked<Outcome> {
        let mut ledger = Ledger::default();
        let mut answers = vec![self.paid_once()];
        for (id, provision) in self.provisions() {
            answers.push(self.payment(id, provision, &mut ledger));
            answers.push(self.most_of_limit(id, provision));
        }
        all(answers)?;
        let mut kept = Vec::new();
        for (id, provision) in self.provisions() {
            kept.extend(self.limit(id, provision, &mut ledger)?);
        }
        for (clause, party, unit, most) in kept {
            if ledger.total(party, unit) > most {
                let _ = self.refuse::<()>(Refusal::LimitBroken { clause });
            }
        }
        self.referrals(&mut ledger)?;
        let Ledger { lines, totals, referrals } = ledger;
        Ok(Outcome { lines, totals, referrals, ..Outcome::default() })
    }

    /// What a limit names is asked also in a case whose payments are refused already.
    fn most_of_limit(&mut self, id: ProvisionId, provision: &Provision) -> Asked<()> {
        if let Body::Limit { most, .. } = &provision.body
            && self.applies(id)?
        {
            self.expression(most, Place { clause: provision.clause, member: None })?;
        }
        Ok(())
    }

    /// A split or a payment.
    fn payment(
        &mut self,
        id: ProvisionId,
        provision: &Provision,
        ledger: &mut Ledger,
    ) -> Asked<()> {
        let clause = provision.clause;
        let place = Place { clause, member: None };
        match &provision.body {
            Body::Split { amount, unit, shares, spare } if self.applies(id)? => {
                let (amount, shares) =
                    (self.pence(amount, place), self.shares_of_split(clause, shares));
                self.pay_split(clause, &amount?, &shares?, (*unit, *spare), ledger)
            }
            Body::Pay { party, amount, unit } if self.applies(id)? => {
                let pence = self.pence(amount, place)?;
                ledger.pay(clause, *party, *unit, pence);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn pay_split(
        &mut self,
        clause: ClauseId,
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
        for (party, part) in (0..).zip(split(amount, shares, spare)) {
            ledger.pay(clause, PartyId(number(party)), unit, part);
        }
        Ok(())
    }

    /// *7 Money between parties*: exactly one shares clause of those named applies.
    fn shares_of_split(&mut self, split: ClauseId, clauses: &[ClauseId]) -> Asked<Vec<Fraction>> {
        let mut answers = Vec::new();
        for (id, provision) in self.provisions() {
            if clauses.contains(&provision.clause)
                && let Body::Shares(rows, hit) = &provision.body
            {
                answers.push(self.applies(id).map(|applies| (applies, provision, rows, *hit)));
            }
        }
        let applying: Vec<_> = all(answers)?.into_iter().filter(|(applies, ..)| *applies).collect();
        match applying.as_slice() {
            [] => self.refuse(Refusal::NoShares { clause: split }),
            [(_, provision, rows, hit)] => {
                self.shares(rows, *hit, Place { clause: provision.clause, member: None })
            }
            _ => self.refuse(Refusal::SeveralShares { clause: split }),
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
    ) -> Asked<Option<(ClauseId, PartyId, UnitId, BigInt)>> {
        let Body::Limit { party, most, unit, other, refer } = &provision.body else {
            return Ok(None);
        };
        if !self.applies(id)? {
            return Ok(None);
        }
        let clause = provision.clause;
        let most = self.pence(most, Place { clause, member: None })?;
        let excess = ledger.total(*party, *unit) - &most;
        if excess > BigInt::from(0) {
            ledger.pay(clause, *party, *unit, -&excess);
            ledger.pay(clause, *other, *unit, excess);
            // The case is referred only where the limit moved money.
            ledger.referrals.extend(refer.map(|panel| (clause, panel)));
        }
        Ok(Some((clause, *party, *unit, most)))
    }

    /// *5 Clauses, referral*. In the order of the clauses, those of limits among them.
    fn referrals(&mut self, ledger: &mut Ledger) -> Asked<()> {
        for (id, provision) in self.provisions() {
            match provision.body {
                Body::Refer { panel } if self.applies(id)? => {
                    ledger.referrals.push((provision.clause, panel));
                }
                _ => {}
            }
        }
        ledger.referrals.sort();
        Ok(())
    }

    /// *9 What applies*: two clauses, or sentences of one, that both apply may not pay one
    /// amount.
    fn paid_once(&mut self) -> Asked<()> {
        let mut paid: Vec<&Expression> = Vec::new();
        for (id, provision) in self.provisions() {
            let (Body::Split { amount, .. } | Body::Pay { amount, .. }) = &provision.body else {
                continue;
            };
            if !self.applies(id)? {
                continue;
            }
            if paid.iter().any(|earlier| is_same_amount(earlier, amount)) {
                let _ = self.refuse::<()>(Refusal::PaidTwice { clause: provision.clause });
            }
            paid.push(amount);
        }
        Ok(())
    }
}
