//! Rates of days on which no case is dated.

use alloc::format;
use alloc::vec::Vec;

use apportion_core::program::ValueId;

use super::Asking;
use crate::checked::{Body, ExpressionKind, Provision, ProvisionId};
use crate::diagnostic::Diagnostic;
use crate::prove::Finding;
use crate::prove::search::Answer;
use crate::prove::space::{Domain, Space};
use crate::walk::{self, Part};

impl<'a> Asking<'_, 'a> {
    /// Warns of rates on whose days no case is dated, where no sentence looks them up by another day.
    pub(super) fn rates_never_met(&mut self, id: ProvisionId, provision: &'a Provision) {
        let Body::Rates { value, rates, .. } = &provision.body else { return };
        let prover = self.prover;
        let Some(dated_by) = prover.policy.dated_by else { return };
        let Some(Domain::Days(first, last)) = prover.domains.get(dated_by.index()).copied() else {
            return;
        };
        if self.is_looked_up_by_another_day(*value) {
            return;
        }
        let most = prover.effort.of_a_question;
        let mut never = Vec::new();
        for (place, (from, _)) in rates.iter().enumerate() {
            let next = rates.get(place + 1).map(|(next, _)| next.day_number());
            let days = (
                if place == 0 { first } else { from.day_number().max(first) },
                next.map_or(last, |next| last.min(next - 1)),
            );
            let on_its_days =
                |all: Space<'a>| all.with_fact(dated_by.index(), Domain::Days(days.0, days.1));
            if days.0 > days.1
                || matches!(
                    self.ask_within(None, (on_its_days, most), &|it| it.applies(id)),
                    Answer::Never
                )
            {
                never.push((*from, days.1));
            }
        }
        let version = &prover.policy.version;
        for (from, until) in never {
            let is_of_version =
                version.until.is_none_or(|last| from <= last) && version.from.day_number() <= until;
            let help = match is_of_version {
                true => "leave it out, or let cases be dated on its days",
                false => "leave it out, or change the days of the policy's version",
            };
            let message = format!("no case is dated on a day of the rate from {from}");
            let number = self.number(provision.clause);
            let diagnostic = Diagnostic::warning("rate-never-applies", message, provision.span)
                .in_clause(number)
                .help(help);
            self.found.push(Finding { diagnostic, refusal: None });
        }
    }

    fn is_looked_up_by_another_day(&self, value: ValueId) -> bool {
        let mut is_so = false;
        walk::policy(self.prover.policy, &mut |part| {
            let Part::Expression(expression) = part else { return };
            let rate = match expression.kind {
                ExpressionKind::Rate { rate, .. } => Some(rate),
                _ => None,
            };
            is_so |= rate == Some(value);
        });
        is_so
    }
}
