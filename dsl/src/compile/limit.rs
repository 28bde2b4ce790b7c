//! Limits and floors, in the order of their numbers: what moves between the parties.

use alloc::vec::Vec;

use apportion_core::program::{
    AmountSlot, ByteSlot, ClauseId, Line, Operation, PartyId, Referral, Refusal, Term, Test, Total,
    UnitId,
};

use super::Compiler;
use crate::checked::{Body, Provision, ProvisionId};

/// A limit or floor of all that a party pays, once lowered.
struct Bound {
    clause: ClauseId,
    party: PartyId,
    unit: UnitId,
    amount: AmountSlot,
    is_floor: bool,
    when: ByteSlot,
}

/// Money that a limit or floor moves: what takes part in it.
struct Moves {
    from: Vec<PartyId>,
    to: PartyId,
    unit: UnitId,
}

/// What a limit or floor counts and moves, and where it holds.
struct Moving<'p> {
    clause: ClauseId,
    unit: UnitId,
    under: &'p [ClauseId],
    when: ByteSlot,
}

impl Compiler<'_> {
    /// Lowers all limits and floors; the totals are then what the parties owe in the end.
    pub(super) fn limits(&mut self, totals: &mut [Total]) {
        let policy = self.policy;
        let mut bounds: Vec<(usize, Bound)> = Vec::new();
        let mut moves = Vec::new();
        for (provision, id) in policy.provisions.iter().zip((0..).map(ProvisionId)) {
            let lowered = match provision.body {
                Body::Limit { .. } => self.limit(provision, id, totals),
                Body::Floor { .. } => self.floor(provision, id, totals),
                _ => continue,
            };
            let Some((bound, moved)) = lowered else { continue };
            bounds.extend(bound.map(|bound| (moves.len(), bound)));
            moves.push(moved);
        }
        for (index, bound) in bounds {
            let later = moves.get(index + 1..).unwrap_or_default();
            if later.iter().any(|moves| breaks(moves, &bound)) {
                self.refuse_broken(&bound, totals);
            }
        }
    }

    /// A party pays at most so much; another pays the excess.
    fn limit(
        &mut self,
        provision: &Provision,
        id: ProvisionId,
        totals: &mut [Total],
    ) -> Option<(Option<Bound>, Moves)> {
        let Body::Limit { party, most, unit, under, other, refer } = &provision.body else {
            return None;
        };
        let moving = self.moving(provision, id, *unit, under);
        let most = self.amount_over(most, 1);
        let counted = match under.is_empty() {
            true => pays(totals, *party, *unit)?,
            false => self.counted_within(&moving, *party, most, totals)?,
        };
        let other_pays = pays(totals, *other, *unit)?;
        let out = self.program.amount();
        let (after, other_after) = (self.program.amount(), self.program.amount());
        let moved = self.program.byte();
        let only = (moving.when != self.always()).then_some(moving.when);
        let limit =
            Operation::Limit { payer: counted, other: other_pays, most, when: only, out, moved };
        self.program.push(limit);
        self.definitions.domain(moved, 2);
        let after = match under.is_empty() {
            true => after,
            false => {
                let all = pays(totals, *party, *unit)?;
                self.difference(all, out)
            }
        };
        set(totals, *party, *unit, after);
        set(totals, *other, *unit, other_after);
        let clause = moving.clause;
        let moves = |party, is_taken| Line {
            clause,
            party,
            unit: *unit,
            list: None,
            pence: out,
            is_taken,
            made: moved,
        };
        self.line(moves(*party, true));
        self.line(moves(*other, false));
        self.applies_where(id, moved);
        if let Some(panel) = refer {
            self.program.answers.referrals.push(Referral { clause, panel: *panel, made: moved });
        }
        let (party, unit, when) = (*party, *unit, moving.when);
        let bound = Bound { clause, party, unit, amount: most, is_floor: false, when };
        let moves = Moves { from: Vec::from([party]), to: *other, unit };
        Some((under.is_empty().then_some(bound), moves))
    }

    /// A party pays at least so much; what it lacks is taken from others, one after the other.
    fn floor(
        &mut self,
        provision: &Provision,
        id: ProvisionId,
        totals: &mut [Total],
    ) -> Option<(Option<Bound>, Moves)> {
        let Body::Floor { party, least, unit, under, from } = &provision.body else {
            return None;
        };
        let moving = self.moving(provision, id, *unit, under);
        let (clause, when) = (moving.clause, moving.when);
        let least = self.amount_over(least, 1);
        let counted = match under.is_empty() {
            true => pays(totals, *party, *unit)?,
            false => self.counted_under(&moving, *party),
        };
        let lacking = self.difference(least, counted);
        let lacking = self.at_least_nothing(lacking);
        let mut left = self.only_where(lacking, when);
        let mut takes = Vec::new();
        for giver in from {
            let (pence, made) = self.take(&mut left, pays(totals, *giver, *unit)?);
            let remaining = self.difference(pays(totals, *giver, *unit)?, pence);
            set(totals, *giver, *unit, remaining);
            let (party, unit) = (*giver, *unit);
            self.line(Line { clause, party, unit, list: None, pence, is_taken: true, made });
            takes.push(pence);
        }
        let pence = self.total(takes);
        let moved = self.is_above_nothing(pence);
        let raised = self.total(Vec::from([pays(totals, *party, *unit)?, pence]));
        set(totals, *party, *unit, raised);
        let (party, unit) = (*party, *unit);
        self.line(Line { clause, party, unit, list: None, pence, is_taken: false, made: moved });
        let missing = self.is_above_nothing(left);
        self.require(&[], Test::is_false(missing), Refusal::FloorTakesTooMuch { clause });
        self.applies_where(id, moved);
        let bound = Bound { clause, party, unit, amount: least, is_floor: true, when };
        let moves = Moves { from: from.clone(), to: party, unit };
        Some((under.is_empty().then_some(bound), moves))
    }

    /// What a limit or floor counts; it waits where something in its unit awaits a panel.
    fn moving<'p>(
        &mut self,
        provision: &Provision,
        id: ProvisionId,
        unit: UnitId,
        under: &'p [ClauseId],
    ) -> Moving<'p> {
        self.at(provision);
        let applying = self.applying(id);
        let when = match self.awaits_in(unit) {
            None => self.truth(&applying),
            Some(awaits) => {
                let waits = self.truth(&[&applying[..], &[Test::is_true(awaits)]].concat());
                self.program.answers.waiting.push((provision.clause, waits));
                self.truth(&[&applying[..], &[Test::is_false(awaits)]].concat())
            }
        };
        Moving { clause: provision.clause, unit, under, when }
    }

    /// What some clauses make a party pay.
    fn counted_under(&mut self, moving: &Moving<'_>, party: PartyId) -> AmountSlot {
        let lines = self.paid.iter();
        let counts = lines.filter(|line| {
            line.party == party && line.unit == moving.unit && moving.under.contains(&line.clause)
        });
        let terms = counts
            .map(|line| Term { slot: line.pence, factor: if line.is_taken { -1 } else { 1 } });
        let terms: Vec<Term> = terms.collect();
        match terms.as_slice() {
            [] => self.program.constant_amount(0),
            _ => self.linear(terms, 0),
        }
    }

    /// What some clauses make a party pay, so far that it never gives more than it pays.
    fn counted_within(
        &mut self,
        moving: &Moving<'_>,
        party: PartyId,
        most: AmountSlot,
        totals: &[Total],
    ) -> Option<AmountSlot> {
        let counted = self.counted_under(moving, party);
        let all = self.at_least_nothing(pays(totals, party, moving.unit)?);
        let reach = self.total(Vec::from([most, all]));
        let out = self.program.amount();
        self.program.push(Operation::Lesser { a: counted, b: reach, out });
        Some(out)
    }

    /// Takes as much of what is still lacking as a party pays; and whether that is anything.
    fn take(&mut self, lacking: &mut AmountSlot, pays: AmountSlot) -> (AmountSlot, ByteSlot) {
        let pays = self.at_least_nothing(pays);
        let pence = self.program.amount();
        self.program.push(Operation::Lesser { a: *lacking, b: pays, out: pence });
        *lacking = self.difference(*lacking, pence);
        (pence, self.is_above_nothing(pence))
    }

    fn at_least_nothing(&mut self, amount: AmountSlot) -> AmountSlot {
        let nothing = self.program.constant_amount(0);
        let out = self.program.amount();
        self.program.push(Operation::Greater { a: amount, b: nothing, out });
        out
    }

    /// A truth: the amount is a penny or more.
    pub(super) fn is_above_nothing(&mut self, amount: AmountSlot) -> ByteSlot {
        let edges = self.program.amount_table([1]);
        let out = self.program.byte();
        self.program.push(Operation::AmountBand { amount, edges, out });
        self.definitions.domain(out, 2);
        out
    }

    /// A limit or floor says something only where it moves money.
    fn applies_where(&mut self, id: ProvisionId, moved: ByteSlot) {
        if let Some(lowered) = self.provisions.get_mut(id.0 as usize) {
            lowered.applying = Vec::from([Test::is_true(moved)]);
        }
    }

    /// A party at its limit must not be given more by a later clause, nor one at its floor
    /// have something taken.
    fn refuse_broken(&mut self, bound: &Bound, totals: &[Total]) {
        let Some(total) = pays(totals, bound.party, bound.unit) else { return };
        let (a, b) = (total, bound.amount);
        let out = self.program.byte();
        let compare = Operation::CompareAmounts { a, b, times: [1, 1], is_wide: false, out };
        self.program.push(compare);
        let is_kept = Test { slot: out, low: u8::from(bound.is_floor), width: 1 };
        let refusal = Refusal::LimitBroken { clause: bound.clause };
        self.require(&[Test::is_true(bound.when)], is_kept, refusal);
    }
}

/// Whether money moved later can break a limit or floor.
fn breaks(moves: &Moves, bound: &Bound) -> bool {
    let is_concerned = match bound.is_floor {
        true => moves.from.contains(&bound.party),
        false => moves.to == bound.party,
    };
    is_concerned && moves.unit == bound.unit
}

/// What a party pays so far.
fn pays(totals: &[Total], party: PartyId, unit: UnitId) -> Option<AmountSlot> {
    let total = totals.iter().find(|total| total.party == party && total.unit == unit);
    total.map(|total| total.pence)
}

fn set(totals: &mut [Total], party: PartyId, unit: UnitId, pence: AmountSlot) {
    let total = totals.iter_mut().find(|total| total.party == party && total.unit == unit);
    if let Some(total) = total {
        total.pence = pence;
    }
}
