//! Whether what pages work out agrees with what was decided.

use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::case::Case;
use apportion_core::decision::Decision;

use super::decided::Decided;
use crate::checked::{Body, Provision, ProvisionId};
use crate::policy::Policy;
use crate::ratio::Ratio;

impl Policy {
    /// The clauses of which pages would tell something else than was decided: whether a condition
    /// is true, what a value is, what is paid. None, unless there is a mistake in this crate; whoever
    /// must be sure asks before sending a letter.
    #[must_use]
    pub fn disagreements(&self, case: &Case, decision: &Decision) -> Vec<String> {
        let of = Decided::new(self, case, decision);
        if !decision.is_covered() {
            return Vec::new();
        }
        let mut clauses = Vec::new();
        let provisions = (0..).map(ProvisionId).zip(&self.checked().provisions);
        // A promise decides nothing, and is not asked of a case.
        let deciding = provisions.filter(|(_, it)| !matches!(it.body, Body::Promise(_)));
        for (id, provision) in deciding {
            let agrees = match provision.list {
                None => of.agrees(id, provision),
                Some(list) => of
                    .items(list)
                    .iter()
                    .all(|(item, decision)| of.of_item(*item, decision).agrees(id, provision)),
            };
            if !agrees {
                clauses.push(self.clause_number(provision.clause));
            }
        }
        clauses
    }
}

impl Decided<'_> {
    fn agrees(&self, id: ProvisionId, provision: &Provision) -> bool {
        if !self.holds(&provision.in_force) {
            return !self.says(id);
        }
        if self.holds(&provision.when) != self.reasons().holds(id) {
            return false;
        }
        if !self.says(id) {
            return true;
        }
        match &provision.body {
            Body::Define { value, expression } => self.expression(expression) == self.value(*value),
            Body::Slices(slices) => self.expression(&slices.expression) == self.value(slices.value),
            Body::Require { must, .. } => self.holds(must),
            body => match body.amount() {
                Some(amount) => self.is_paid(provision, self.number(amount)),
                None => true,
            },
        }
    }

    /// Whether an amount is what the lines of its clause add up to, or awaits a panel.
    fn is_paid(&self, provision: &Provision, amount: Option<Ratio>) -> bool {
        if self.whole.awaiting().any(|awaiting| awaiting.clause == provision.clause) {
            return true;
        }
        let own = self.whole.lines();
        let own = own.filter(|line| (line.clause, line.item) == (provision.clause, self.item));
        let paid: i128 = own.map(|line| i128::from(line.amount.pence())).sum();
        amount == Some(Ratio::whole(paid))
    }
}
