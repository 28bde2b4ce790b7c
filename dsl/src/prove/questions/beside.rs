//! Whether payments never fall, or never rise, with something: of two cases that differ in one fact.

use alloc::boxed::Box;
use alloc::format;
use alloc::vec::Vec;

use apportion_core::program::{FactId, PartyId, UnitId};

use super::untold::AllTold;
use super::{Asking, is_decided};
use crate::checked::{Comparison, Expression, ExpressionKind, FamilyId, Promise, Provision};
use crate::diagnostic::Diagnostic;
use crate::prove::Finding;
use crate::prove::evaluate::{Evaluation, Stop, Worked, answered, compared};
use crate::prove::family::spelled_out;
use crate::prove::linear::Linear;
use crate::prove::moving::{Moving, read_by};
use crate::prove::pairs::{Beside, Pair};
use crate::prove::possible::Tri;
use crate::prove::rise::{Two, paid_exactly, rise_of_payments};
use crate::prove::search::Wanted;
use crate::prove::space::Space;
use crate::ratio::Ratio;

/// That what a party pays never falls, or never rises, where something is higher.
#[derive(Clone, Copy)]
struct Direction<'a> {
    rising: &'a Expression,
    party: PartyId,
    never_lower: bool,
    /// Whether it is higher where the fact is lower.
    is_opposite: bool,
}

impl<'a> Asking<'_, 'a> {
    /// Whether what a party pays never falls, or never rises, with something.
    ///
    /// What rises is a fact, or hangs on facts: then any one of these is what differs.
    pub(super) fn direction_of_payments(&mut self, provision: &'a Provision, promise: &'a Promise) {
        let Promise::Monotone { rising, never_lower, party, .. } = promise else { return };
        let (facts, hangs_on_items) = match rising.kind {
            ExpressionKind::Fact(fact) if !self.is_of_an_item(fact) => (Vec::from([fact]), false),
            _ => read_by(self.prover, rising),
        };
        let is_fact = matches!(rising.kind, ExpressionKind::Fact(_));
        let ways: &[bool] = if is_fact { &[false] } else { &[false, true] };
        let (party, never_lower) = (*party, *never_lower);
        let mut is_settled = !hangs_on_items;
        // All that is asked of one promise is one question.
        let mut steps = self.prover.effort.of_a_question;
        for fact in facts {
            let moving = Moving::with(self.prover, fact);
            for is_opposite in ways.iter().copied() {
                let direction = Direction { rising, party, never_lower, is_opposite };
                let before = self.prover.steps.get();
                match self.payments_beside_untold(&moving, direction, steps) {
                    Beside::Never => {}
                    Beside::Found(pair) => {
                        return self.payments_broken(provision, &moving, direction, &pair);
                    }
                    Beside::Unsettled => is_settled = false,
                }
                steps = steps.saturating_sub(before - self.prover.steps.get());
            }
        }
        if !is_settled {
            self.promise_not_settled(provision);
        }
    }

    fn is_of_an_item(&self, fact: FactId) -> bool {
        let fact = self.prover.policy.facts.get(fact.index());
        fact.is_some_and(|fact| fact.list.is_some())
    }

    /// Two cases that show a direction of payments is wrong, of which nothing is told so far.
    fn payments_beside_untold(
        &mut self,
        moving: &Moving<'a>,
        direction: Direction<'a>,
        most: u32,
    ) -> Beside<'a> {
        let fact = self.prover.policy.facts.get(moving.fact.index());
        let family = fact.and_then(|fact| fact.family);
        let nothing = AllTold::default();
        let beside = self.payments_beside(moving, direction, (family, most), &nothing);
        let told = self.told.clone();
        let is_to_be_told = match &beside {
            Beside::Never => true,
            Beside::Found(pair) => {
                ![&pair.low, &pair.high].into_iter().any(|it| self.is_told_of(it))
            }
            Beside::Unsettled => told.is_empty(),
        };
        if is_to_be_told {
            return beside;
        }
        let family = family.or_else(|| told.family());
        self.look_for_untold(|asking, all| {
            asking.payments_beside(moving, direction, (family, most.min(all)), &told)
        })
    }

    fn payments_beside(
        &mut self,
        moving: &Moving<'a>,
        direction: Direction<'a>,
        (but_for, most): (Option<FamilyId>, u32),
        told: &AllTold<'a>,
    ) -> Beside<'a> {
        let joints = self.joints(but_for);
        let (prover, all) = (self.prover, self.prover.all(&joints));
        let question = |two: &mut Two<'_, 'a>| {
            let are_decided = two.of_both(|it| {
                it.evidence()?;
                told.not_so(it, &|it| Some(is_decided(it, prover)))
            })?;
            match are_decided {
                Tri::No => Some(Tri::No),
                are_decided => Some(are_decided.and(direction.is_wrong(two)?)),
            }
        };
        let mut is_settled = prover.has_all_ways();
        for without in prover.without_items() {
            let all = Space { without, ..all.clone() };
            let start = Pair { low: all.clone(), high: all };
            match prover.ask_of_pairs(&joints, moving, (start, Wanted::Any), most, &question) {
                Beside::Never => {}
                Beside::Found(pair) => {
                    let [low, high] = [&pair.low, &pair.high].map(|it| spelled_out(it, &joints));
                    return Beside::Found(Box::new(Pair { low, high }));
                }
                Beside::Unsettled => is_settled = false,
            }
        }
        if is_settled { Beside::Never } else { Beside::Unsettled }
    }

    fn payments_broken(
        &mut self,
        provision: &'a Provision,
        moving: &Moving<'a>,
        direction: Direction<'a>,
        pair: &Pair<'a>,
    ) {
        let prover = self.prover;
        let wanted = |it: &mut Evaluation<'_, 'a>| Some(self.told.is_so(it).not());
        let mut cases = prover.witnesses(moving, pair, &|two| direction.is_wrong(two), &wanted);
        if direction.is_opposite {
            cases.reverse();
        }
        let message = "this promise is not kept in some cases";
        let mut diagnostic = Diagnostic::error("promise-broken", message, provision.span)
            .help("change the clauses, or the promise")
            .in_clause(self.number(provision.clause));
        let values = [direction.rising];
        let [lower, higher] = cases.each_ref().map(|case| prover.told(case, &values));
        if let (Some(lower), Some(higher)) = (lower, higher) {
            diagnostic = diagnostic.note(lower).note(format!("beside it, {higher}"));
        }
        let mut diagnostic =
            diagnostic.note("what is paid is compared before spare pennies are placed");
        diagnostic.cases.extend(cases.each_ref().map(|case| prover.stated(case)));
        self.found.push(Finding { diagnostic, refusal: None });
    }
}

impl<'a> Direction<'a> {
    /// Whether something is higher in one case than in the other, and a payment on the wrong side.
    fn is_wrong(&self, two: &mut Two<'_, 'a>) -> Option<Tri> {
        let is_higher = self.is_higher(two)?;
        if is_higher == Tri::No {
            return Some(Tri::No);
        }
        let mut is_wrong = Tri::No;
        for (_, unit) in two.low.prover().policy.units.iter().zip((0..).map(UnitId)) {
            is_wrong = is_wrong.or(answered(self.is_wrong_in(two, unit))?);
        }
        Some(is_higher.and(is_wrong))
    }

    /// Whether what rises does, from the one case to the other.
    fn is_higher(&self, two: &mut Two<'_, 'a>) -> Option<Tri> {
        if matches!(self.rising.kind, ExpressionKind::Fact(_)) {
            return Some(Tri::Yes);
        }
        let low = two.low.expression(self.rising)?;
        let high = two.high.expression(self.rising)?;
        let wanted = if self.is_opposite { Comparison::Under } else { Comparison::Over };
        match compared(high, wanted, low)? {
            Tri::Open => {
                let rise = two.rise(self.rising).and_then(|it| signed(it, self.is_opposite));
                answered(rise.map(|rise| two.low.is_above_nothing(&rise)))
            }
            known => Some(known),
        }
    }

    fn is_wrong_in(&self, two: &mut Two<'_, 'a>, unit: UnitId) -> Worked<Tri> {
        let falls = self.never_lower != self.is_opposite;
        if two.are_single() {
            let low = paid_exactly(&mut two.low, self.party, unit)?;
            let high = paid_exactly(&mut two.high, self.party, unit)?;
            return Ok(Tri::of(if falls { high < low } else { high > low }));
        }
        let rise = signed(rise_of_payments(two, self.party, unit)?, falls)?;
        Ok(two.low.is_above_nothing(&rise))
    }
}

fn signed(rise: Linear<'_>, is_negative: bool) -> Worked<Linear<'_>> {
    let sign = Ratio::whole(if is_negative { -1 } else { 1 });
    rise.times(sign).ok_or(Stop::TooLarge)
}
