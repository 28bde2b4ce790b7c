//! Payments: cost lines, totals, referrals.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use apportion_core::program::{
    AmountSlot, ByteSlot, Line, Operation, PartyId, Referral, Refusal, Term, Test, Total, UnitId,
};

use super::Compiler;
use super::edges::{Thing, thing};
use super::shares::SplitOf;
use crate::checked::{Body, Expression, ListId, Provision, ProvisionId, Type};

impl Compiler<'_> {
    /// Lowers all that pays: splits and payments, then limits, then totals and referrals.
    pub(super) fn payments(&mut self) {
        let policy = self.policy;
        let provisions = || policy.provisions.iter().zip((0..).map(ProvisionId));
        for (provision, id) in provisions() {
            self.at(provision);
            let applying = self.applying(id);
            match &provision.body {
                Body::Split { amount, unit, shares, spare } => {
                    let slot = self.amount_over(amount, 1);
                    let split = self.split(&SplitOf {
                        amount: slot,
                        greatest: greatest(amount),
                        clauses: shares,
                        spare: *spare,
                        applying: &applying,
                    });
                    if let Some((first, awaited)) = split {
                        let undecided = awaited.iter().map(|it| Test::is_false(it.made));
                        let paying: Vec<Test> = applying.iter().copied().chain(undecided).collect();
                        let made = self.truth(&paying);
                        self.split_lines(provision, *unit, first, made);
                        let place = (provision.clause, *unit);
                        self.await_panels(place, slot, &awaited);
                    }
                }
                Body::Proportion { amount, unit, weights, spare } => {
                    let made = self.truth(&applying);
                    let first = self.proportion(amount, weights, *spare, made);
                    if let Some(first) = first {
                        self.split_lines(provision, *unit, first, made);
                    }
                }
                Body::PayInTurn { amount, unit, tiers, last } => {
                    let made = self.truth(&applying);
                    self.pay_in_turn((amount, *unit), tiers, *last, made);
                }
                Body::Pay { party, amount, unit } => {
                    let slot = self.amount_over(amount, 1);
                    let made = self.truth(&applying);
                    let pence = self.only_where(slot, made);
                    let (clause, party, unit) = (provision.clause, *party, *unit);
                    self.line(Line {
                        clause,
                        party,
                        unit,
                        list: None,
                        pence,
                        is_taken: false,
                        made,
                    });
                }
                Body::Refer { panel } => {
                    let made = match provision.list {
                        Some(list) => self.any_item(list, applying),
                        None => self.truth(&applying),
                    };
                    let referral = Referral { clause: provision.clause, panel: *panel, made };
                    self.program.answers.referrals.push(referral);
                }
                _ => {}
            }
        }
        self.list = None;
        self.refer_to_panels();
        self.refuse_shares_not_asked();
        self.refuse_unsplit_shares();
        self.paid_twice();
        self.list = None;
        let mut totals = self.totals();
        self.limits(&mut totals);
        self.program.answers.referrals.sort_by_key(|referral| referral.clause);
        self.program.answers.lines.sort_by_key(|line| line.clause);
        self.program.answers.totals = totals;
    }

    fn split_lines(
        &mut self,
        provision: &Provision,
        unit: UnitId,
        first: AmountSlot,
        made: ByteSlot,
    ) {
        for party in 0..u32::try_from(self.policy.parties.len()).unwrap_or(0) {
            let (clause, pence) = (provision.clause, AmountSlot(first.0 + party));
            let party = PartyId(party);
            self.line(Line { clause, party, unit, list: None, pence, is_taken: false, made });
        }
    }

    /// Each party in turn pays up to so much of what is left, and the last the rest.
    fn pay_in_turn(
        &mut self,
        (amount, unit): (&Expression, UnitId),
        tiers: &[(PartyId, Expression)],
        last: PartyId,
        made: ByteSlot,
    ) {
        let clause = self.clause;
        let amount = self.amount_over(amount, 1);
        let mut left = self.only_where(amount, made);
        for (party, most) in tiers {
            let most = self.amount_over(most, 1);
            let most = self.only_where(most, made);
            let pence = self.program.amount();
            self.program.push(Operation::Lesser { a: left, b: most, out: pence });
            left = self.difference(left, pence);
            self.line(Line {
                clause,
                party: *party,
                unit,
                list: None,
                pence,
                is_taken: false,
                made,
            });
        }
        self.line(Line {
            clause,
            party: last,
            unit,
            list: None,
            pence: left,
            is_taken: false,
            made,
        });
    }

    /// What is left of an amount when another is taken away.
    pub(super) fn difference(&mut self, from: AmountSlot, taken: AmountSlot) -> AmountSlot {
        let terms = [Term { slot: from, factor: 1 }, Term { slot: taken, factor: -1 }];
        self.linear(terms.into(), 0)
    }

    /// Keeps a line, and what it adds to what its party pays: of each item, all together.
    pub(super) fn line(&mut self, line: Line) {
        let line = Line { list: self.list, ..line };
        let pence = match line.list {
            Some(_) => self.sum_items(line.made, line.pence),
            None => line.pence,
        };
        self.paid.push(Line { pence, ..line });
        self.program.answers.lines.push(line);
    }

    /// The amount where a truth holds, else nothing.
    pub(super) fn only_where(&mut self, amount: AmountSlot, when: ByteSlot) -> AmountSlot {
        if when == self.always() {
            return amount;
        }
        let options = self.program.amount_list([amount]);
        let out = self.program.amount();
        self.program.push(Operation::PickAmount { choice: when, options, out });
        out
    }

    /// Two clauses that both apply must not pay one amount.
    fn paid_twice(&mut self) {
        let policy = self.policy;
        let mut paying: BTreeMap<(Thing, Option<ListId>), Vec<Vec<Test>>> = BTreeMap::new();
        for (provision, id) in policy.provisions.iter().zip((0..).map(ProvisionId)) {
            let Some(thing) = provision.body.amount().and_then(thing) else { continue };
            self.at(provision);
            let (applying, clause) = (self.applying(id), provision.clause);
            // What is said of the case is said of every item; two lists are not compared.
            for ((other, list), earlier) in &paying {
                let is_for_one = *list == self.list || list.is_none() || self.list.is_none();
                if *other == thing && is_for_one {
                    let both = earlier.iter().map(|other| [&other[..], &applying[..]].concat());
                    let both = both.collect();
                    self.never(both, &[], Refusal::PaidTwice { clause });
                }
            }
            let key = (thing, self.list);
            let mut earlier = paying.remove(&key).unwrap_or_default();
            earlier.push(applying);
            paying.insert(key, self.few(earlier));
        }
    }

    /// What each party pays before limits, in each unit.
    fn totals(&mut self) -> Vec<Total> {
        let mut lines: BTreeMap<(UnitId, PartyId), Vec<AmountSlot>> = BTreeMap::new();
        for line in &self.paid {
            lines.entry((line.unit, line.party)).or_default().push(line.pence);
        }
        let mut totals = Vec::new();
        for unit in (0..self.policy.units.len()).filter_map(|unit| u32::try_from(unit).ok()) {
            for party in (0..self.policy.parties.len()).filter_map(|it| u32::try_from(it).ok()) {
                let (party, unit) = (PartyId(party), UnitId(unit));
                let pence = self.total(lines.remove(&(unit, party)).unwrap_or_default());
                totals.push(Total { party, unit, pence });
            }
        }
        totals
    }

    /// The sum of amounts.
    pub(super) fn total(&mut self, slots: Vec<AmountSlot>) -> AmountSlot {
        match slots.as_slice() {
            [] => self.program.constant_amount(0),
            [slot] => *slot,
            _ => {
                let terms = slots.into_iter().map(|slot| Term { slot, factor: 1 });
                self.linear(terms.collect(), 0)
            }
        }
    }
}

/// The most an amount can be.
fn greatest(amount: &Expression) -> i64 {
    match &amount.of {
        Type::Number(number) => number.greatest.max(number.least.saturating_neg()),
        _ => i64::MAX,
    }
}
