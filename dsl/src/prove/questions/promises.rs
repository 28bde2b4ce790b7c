//! Whether promises are kept.

use alloc::boxed::Box;
use alloc::format;
use alloc::vec::Vec;

use super::Asking;
use crate::checked::{Body, Promise, Provision, ProvisionId};
use crate::diagnostic::Diagnostic;
use crate::prove::Finding;
use crate::prove::direction::{Direction, Shown};
use crate::prove::evaluate::{Evaluation, answered};
use crate::prove::payments;
use crate::prove::search::Answer;
use crate::prove::space::Space;

/// Whether there are two cases that show a direction to be wrong.
enum Beside<'a> {
    /// There are none.
    Never,
    /// These.
    Found(Box<TwoCases<'a>>),
    /// It was not settled.
    Unsettled,
}

struct TwoCases<'a> {
    first: Space<'a>,
    second: Space<'a>,
    /// What the first shows.
    shown: Shown<'a>,
}

impl<'a> Asking<'_, 'a> {
    /// Whether a promise is kept.
    pub(super) fn promise(&mut self, provision: &'a Provision) {
        let Body::Promise(promise) = &provision.body else { return };
        if let Promise::Monotone { within, .. } = promise {
            return match within.as_slice() {
                [] => self.direction_of_payments(provision, promise),
                _ => self.direction(provision, promise),
            };
        }
        let is_broken = |it: &mut Evaluation<'_, 'a>| {
            let holds = it.condition(&provision.when)?;
            let is_broken = match promise {
                Promise::Always { conclusion, is_always: true } => {
                    it.conclusion(*conclusion)?.not()
                }
                Promise::Always { conclusion, is_always: false } => it.conclusion(*conclusion)?,
                Promise::AddUp(amount) => answered(payments::do_not_add_up(it, amount))?,
                Promise::Bound { party, is_most, amount } => {
                    answered(payments::is_beyond(it, *party, *is_most, amount))?
                }
                Promise::Monotone { .. } => return None,
            };
            Some(holds.and(is_broken))
        };
        match self.ask_untold(None, &is_broken) {
            Answer::Never => {}
            // A case that is refused breaks no promise.
            Answer::Found(space) if self.is_told_of(&space) => self.promise_not_settled(provision),
            Answer::Found(space) => {
                let message = "this promise is not kept in some cases";
                let diagnostic = Diagnostic::error("promise-broken", message, provision.span)
                    .help("change the clauses, or the promise");
                self.tell((provision.clause, None), diagnostic, &space, &is_broken, &[]);
            }
            Answer::Unsettled => self.promise_not_settled(provision),
        }
    }

    /// Whether something never falls, or never rises, with something else: of shares in one clause,
    /// of which each wording is judged by itself.
    fn direction(&mut self, provision: &'a Provision, promise: &'a Promise) {
        let Promise::Monotone { rising, never_lower, party, within } = promise else { return };
        let shares = self
            .provisions()
            .filter(|(_, it)| matches!(it.body, Body::Shares(..)) && within.contains(&it.clause));
        let shares: Vec<(ProvisionId, &'a Provision)> = shares.collect();
        let (party, never_lower) = (*party, *never_lower);
        let mut is_settled = !shares.is_empty();
        for (clause, of) in shares {
            let direction = Direction { clause, provision: of, rising, party, never_lower };
            match self.beside(direction) {
                Beside::Never => {}
                Beside::Found(cases) => return self.direction_broken(provision, direction, &cases),
                Beside::Unsettled => is_settled = false,
            }
        }
        if !is_settled {
            self.promise_not_settled(provision);
        }
    }

    /// Two cases that show a direction is wrong.
    fn beside(&mut self, direction: Direction<'a>) -> Beside<'a> {
        let first = match self.ask_untold(None, &|it| direction.may_be_wrong(it)) {
            Answer::Never => return Beside::Never,
            Answer::Found(first) if self.is_told_of(&first) => return Beside::Unsettled,
            Answer::Found(first) => first,
            Answer::Unsettled => return Beside::Unsettled,
        };
        let shown = direction.shown(&mut Evaluation::new(self.prover, &first, &[]));
        let Some(shown) = shown else { return Beside::Unsettled };
        match self.ask_untold(None, &|it| direction.is_beside(it, &shown)) {
            Answer::Found(second) if self.is_told_of(&second) => Beside::Unsettled,
            Answer::Found(second) => Beside::Found(Box::new(TwoCases { first, second, shown })),
            // Another first case might have one beside it.
            Answer::Never | Answer::Unsettled => Beside::Unsettled,
        }
    }

    fn direction_broken(
        &mut self,
        provision: &'a Provision,
        direction: Direction<'a>,
        TwoCases { first, second, shown }: &TwoCases<'a>,
    ) {
        let prover = self.prover;
        let values = [direction.rising];
        let first = self.witness(first, &|it| direction.is_alike(it, shown));
        let second = self.witness(second, &|it| direction.is_beside(it, shown));
        let message = "this promise is not kept in some cases";
        let mut diagnostic = Diagnostic::error("promise-broken", message, provision.span)
            .help("change the clauses, or the promise")
            .in_clause(self.number(provision.clause));
        let [lower, higher] = [&first, &second].map(|case| prover.told(case, &values));
        if let (Some(lower), Some(higher)) = (lower, higher) {
            diagnostic = diagnostic.note(lower).note(format!("beside it, {higher}"));
        }
        diagnostic.cases.extend([&first, &second].map(|case| prover.stated(case)));
        self.found.push(Finding { diagnostic, refusal: None });
    }

    pub(super) fn promise_not_settled(&mut self, provision: &'a Provision) {
        let whether = ("this promise is kept in every case", "look at it by hand");
        self.not_settled((provision.clause, None), provision.span, whether);
    }
}
