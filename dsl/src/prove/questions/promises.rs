//! Whether promises are kept.

use super::Asking;
use crate::checked::{Body, Promise, Provision};
use crate::diagnostic::Diagnostic;
use crate::prove::evaluate::{Evaluation, answered};
use crate::prove::payments;
use crate::prove::search::Answer;

impl<'a> Asking<'_, 'a> {
    /// Whether a promise is kept.
    pub(super) fn promise(&mut self, provision: &'a Provision) {
        let Body::Promise(promise) = &provision.body else { return };
        if matches!(promise, Promise::Monotone { .. }) {
            return;
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
        match self.ask(None, &is_broken) {
            Answer::Never => {}
            Answer::Found(space) => {
                let message = "this promise is not kept in some cases";
                let diagnostic = Diagnostic::error("promise-broken", message, provision.span)
                    .help("change the clauses, or the promise");
                self.tell((provision.clause, None), diagnostic, &space, &is_broken, &[]);
            }
            Answer::Unsettled => self.promise_not_settled(provision),
        }
    }

    fn promise_not_settled(&mut self, provision: &'a Provision) {
        let whether = "this promise is kept in every case";
        self.not_settled((provision.clause, None), provision.span, whether);
    }
}
