//! Payments: cost lines, limits in the order of their numbers, totals, referrals.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use apportion_core::program::{
    AmountSlot, ByteSlot, ClauseId, Line, Operation, PartyId, Referral, Refusal, Term, Test, Total,
    UnitId,
};

use super::Compiler;
use super::edges::{Thing, thing};
use super::shares::SplitOf;
use crate::checked::{Body, Expression, Provision, ProvisionId, Type};

/// A limit, once lowered: who must end at or below what.
struct Limited {
    clause: ClauseId,
    party: PartyId,
    unit: UnitId,
    most: AmountSlot,
    when: ByteSlot,
    other: PartyId,
}

impl Compiler<'_> {
    /// Lowers all that pays: splits and payments, then limits, then totals and referrals.
    pub(super) fn payments(&mut self) {
        let policy = self.policy;
        let provisions = || policy.provisions.iter().zip((0..).map(ProvisionId));
        for (provision, id) in provisions() {
            self.clause = provision.clause;
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
                    if let Some(first) = split {
                        let made = self.truth(&applying);
                        self.split_lines(provision, *unit, first, made);
                    }
                }
                Body::Pay { party, amount, unit } => {
                    let slot = self.amount_over(amount, 1);
                    let made = self.truth(&applying);
                    let pence = self.only_where(slot, made);
                    let (clause, party, unit) = (provision.clause, *party, *unit);
                    self.line(Line { clause, party, unit, pence, is_taken: false, made });
                }
                Body::Refer { panel } => {
                    let made = self.truth(&applying);
                    let referral = Referral { clause: provision.clause, panel: *panel, made };
                    self.program.answers.referrals.push(referral);
                }
                _ => {}
            }
        }
        self.refuse_unsplit_shares();
        self.paid_twice();
        let mut totals = self.totals();
        let mut limits = Vec::new();
        for (provision, id) in provisions() {
            if let Body::Limit { .. } = provision.body {
                limits.extend(self.limit(provision, id, &mut totals));
            }
        }
        self.broken_limits(&limits, &totals);
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
            self.line(Line { clause, party, unit, pence, is_taken: false, made });
        }
    }

    fn line(&mut self, line: Line) {
        self.program.answers.lines.push(line);
    }

    /// The amount where a truth holds, else nothing.
    fn only_where(&mut self, amount: AmountSlot, when: ByteSlot) -> AmountSlot {
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
        let mut paying: BTreeMap<Thing, Vec<Vec<Test>>> = BTreeMap::new();
        for (provision, id) in policy.provisions.iter().zip((0..).map(ProvisionId)) {
            let (Body::Split { amount, .. } | Body::Pay { amount, .. }) = &provision.body else {
                continue;
            };
            let Some(thing) = thing(amount) else { continue };
            let applying = self.applying(id);
            let mut earlier = paying.remove(&thing).unwrap_or_default();
            let both = earlier.iter().map(|other| [&other[..], &applying[..]].concat());
            let both = both.collect();
            let clause = provision.clause;
            self.never(both, &[], Refusal::PaidTwice { clause });
            earlier.push(applying);
            paying.insert(thing, self.few(earlier));
        }
    }

    /// What each party pays before limits, in each unit.
    fn totals(&mut self) -> Vec<Total> {
        let mut lines: BTreeMap<(UnitId, PartyId), Vec<AmountSlot>> = BTreeMap::new();
        for line in &self.program.answers.lines {
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
    fn total(&mut self, slots: Vec<AmountSlot>) -> AmountSlot {
        match slots.as_slice() {
            [] => self.program.constant_amount(0),
            [slot] => *slot,
            _ => {
                let terms = slots.into_iter().map(|slot| Term { slot, factor: 1 });
                self.linear(terms.collect(), 0)
            }
        }
    }

    fn limit(
        &mut self,
        provision: &Provision,
        id: ProvisionId,
        totals: &mut [Total],
    ) -> Option<Limited> {
        let Body::Limit { party, most, unit, other, refer } = &provision.body else { return None };
        self.clause = provision.clause;
        let applying = self.applying(id);
        let when = self.truth(&applying);
        let most = self.amount_over(most, 1);
        let place = |totals: &[Total], party: PartyId| {
            totals.iter().position(|total| total.party == party && total.unit == *unit)
        };
        let (limited, paying) = (place(totals, *party)?, place(totals, *other)?);
        let (payer, other_pays) = (totals.get(limited)?.pence, totals.get(paying)?.pence);
        let out = self.program.amount();
        let (after, other_after) = (self.program.amount(), self.program.amount());
        let moved = self.program.byte();
        let only = (when != self.always()).then_some(when);
        let limit = Operation::Limit { payer, other: other_pays, most, when: only, out, moved };
        self.program.push(limit);
        self.definitions.domain(moved, 2);
        totals.get_mut(limited)?.pence = after;
        totals.get_mut(paying)?.pence = other_after;
        let clause = provision.clause;
        let moves = |party, is_taken| Line {
            clause,
            party,
            unit: *unit,
            pence: out,
            is_taken,
            made: moved,
        };
        self.line(moves(*party, true));
        self.line(moves(*other, false));
        // A limit says something only where it moves money.
        if let Some(lowered) = self.provisions.get_mut(id.0 as usize) {
            lowered.applying = Vec::from([Test::is_true(moved)]);
        }
        if let Some(panel) = refer {
            let referral = Referral { clause: provision.clause, panel: *panel, made: moved };
            self.program.answers.referrals.push(referral);
        }
        let (clause, party, unit, other) = (provision.clause, *party, *unit, *other);
        Some(Limited { clause, party, unit, most, when, other })
    }

    /// A party at its limit must not be given more by a later one.
    fn broken_limits(&mut self, limits: &[Limited], totals: &[Total]) {
        let mut last_given: BTreeMap<(PartyId, UnitId), usize> = BTreeMap::new();
        for (index, limit) in limits.iter().enumerate() {
            last_given.insert((limit.other, limit.unit), index);
        }
        for (index, limit) in limits.iter().enumerate() {
            if last_given.get(&(limit.party, limit.unit)).is_none_or(|last| *last <= index) {
                continue;
            }
            let total =
                totals.iter().find(|total| total.party == limit.party && total.unit == limit.unit);
            let Some(total) = total else { continue };
            let (a, b) = (total.pence, limit.most);
            let out = self.program.byte();
            let compare = Operation::CompareAmounts { a, b, times: [1, 1], is_wide: false, out };
            self.program.push(compare);
            let not_above = Test { slot: out, low: 0, width: 1 };
            let refusal = Refusal::LimitBroken { clause: limit.clause };
            self.require(&[Test::is_true(limit.when)], not_above, refusal);
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
