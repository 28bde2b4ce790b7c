//! Whether limits and floors can be kept: by those that move money later, and by what there is.

use alloc::format;

use apportion_core::program::Refusal;

use super::Asking;
use crate::checked::{Body, Provision, ProvisionId};
use crate::diagnostic::Diagnostic;
use crate::prove::evaluate::{Evaluation, Stop, answered};
use crate::prove::ledger::ledger;
use crate::prove::possible::Tri;
use crate::prove::search::Answer;

impl<'a> Asking<'_, 'a> {
    /// Whether a later limit gives to a party that is at its limit, or one takes from a party that is
    /// at its floor.
    fn is_moved_later(&self, id: ProvisionId, body: &Body) -> bool {
        let (party, unit, is_floor) = match body {
            Body::Limit { party, unit, under, .. } if under.is_empty() => (*party, *unit, false),
            Body::Floor { party, unit, under, .. } if under.is_empty() => (*party, *unit, true),
            _ => return false,
        };
        let mut later = self.provisions().filter(|(other, _)| *other > id);
        later.any(|(_, it)| match &it.body {
            Body::Limit { party: from, other: to, unit: of, .. } => {
                *of == unit && if is_floor { *from == party } else { *to == party }
            }
            Body::Floor { party: to, from, unit: of, .. } => {
                *of == unit && if is_floor { from.contains(&party) } else { *to == party }
            }
            _ => false,
        })
    }

    /// Whether a limit or floor is broken by a later one.
    pub(super) fn broken(&mut self, id: ProvisionId, provision: &'a Provision) {
        if !self.is_moved_later(id, &provision.body) {
            return;
        }
        let refusal = Some(Refusal::LimitBroken { clause: provision.clause });
        let is_broken = move |it: &mut Evaluation<'_, 'a>| {
            answered(ledger(it).and_then(|ledger| ledger.is_broken(it, id)))
        };
        match self.ask_untold(None, &is_broken) {
            Answer::Never => {}
            Answer::Found(space) => {
                let number = self.number(provision.clause);
                let message = format!("a later sentence breaks {number} in some cases");
                let diagnostic = Diagnostic::error("limit-broken-in-some", message, provision.span)
                    .help("let another party pay or give, or put the later sentence first");
                self.tell((provision.clause, refusal), diagnostic, &space, &is_broken, &[]);
                self.told.add(None, is_broken);
            }
            Answer::Unsettled => {
                let whether = "a later sentence breaks this one in some case";
                let whether = (whether, "put the later sentence first, or leave one out");
                self.not_settled((provision.clause, refusal), provision.span, whether);
            }
        }
    }

    /// Whether a floor takes more than there is.
    pub(super) fn lacking(&mut self, id: ProvisionId, provision: &'a Provision) {
        if !matches!(provision.body, Body::Floor { .. }) {
            return;
        }
        let refusal = Some(Refusal::FloorTakesTooMuch { clause: provision.clause });
        let takes_too_much = move |it: &mut Evaluation<'_, 'a>| {
            let lacks = ledger(it).and_then(|ledger| {
                let mut lacking = ledger.lacking.iter().filter(|(of, ..)| *of == id);
                lacking.try_fold(Tri::No, |any, (_, applies, lacks)| {
                    Ok::<Tri, Stop>(any.or(applies.and(it.is_above_nothing(lacks))))
                })
            });
            answered(lacks)
        };
        match self.ask_untold(None, &takes_too_much) {
            Answer::Never => {}
            Answer::Found(space) => {
                let message = "this takes more than is paid by those it takes from in some cases";
                let diagnostic =
                    Diagnostic::error("floor-takes-too-much-in-some", message, provision.span)
                        .help("take it from another party too, with `then`, or add a condition");
                self.tell((provision.clause, refusal), diagnostic, &space, &takes_too_much, &[]);
                self.told.add(None, takes_too_much);
            }
            Answer::Unsettled => {
                let whether = "this takes more than is paid by those it takes from in some case";
                let whether = (whether, "take it from another party too, with `then`");
                self.not_settled((provision.clause, refusal), provision.span, whether);
            }
        }
    }
}
