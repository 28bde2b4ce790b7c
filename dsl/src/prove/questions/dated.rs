//! Rates of days on which no case is dated.

use alloc::format;
use alloc::vec::Vec;

use apportion_core::program::ValueId;

use super::Asking;
use crate::checked::{Body, ExpressionKind, Provision};
use crate::diagnostic::Diagnostic;
use crate::prove::Finding;
use crate::walk::{self, Part};

impl<'a> Asking<'_, 'a> {
    /// Warns of rates that the days of the version leave out, where no sentence looks them up by
    /// another day.
    pub(super) fn rates_never_met(&mut self, provision: &'a Provision) {
        let Body::Rates { value, rates, .. } = &provision.body else { return };
        if self.is_looked_up_by_another_day(*value) {
            return;
        }
        let version = &self.prover.policy.version;
        let mut never = Vec::new();
        for (place, (from, _)) in rates.iter().enumerate() {
            let is_over = rates.get(place + 1).is_some_and(|(next, _)| *next <= version.from);
            let is_too_late = version.until.is_some_and(|until| until < *from);
            if is_over || is_too_late {
                never.push(*from);
            }
        }
        for from in never {
            let message = format!("no case is dated on a day of the rate from {from}");
            let number = self.number(provision.clause);
            let diagnostic = Diagnostic::warning("rate-never-applies", message, provision.span)
                .in_clause(number)
                .help("leave it out, or change the days of the policy's version");
            self.found.push(Finding { diagnostic, refusal: None, witness: None, beside: None });
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
