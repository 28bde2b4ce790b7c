//! Promises: what a policy says of itself, judged in one case.

use apportion::checked::{Body, Policy, Promise, ProvisionId, Type};
use apportion_core::program::{PartyId, UnitId};

use super::rounding::whole;
use super::{Asked, Facts, Fraction, Interpreter, Outcome, Place, complete, number};

/// The promises that a case breaks which is decided so; what cannot be judged in it is kept.
#[must_use]
pub fn broken_promises(policy: &Policy, facts: &Facts, outcome: &Outcome) -> Vec<ProvisionId> {
    let known = complete(policy, facts).ok().filter(|_| outcome.is_covered);
    let Some(known) = known else { return Vec::new() };
    let mut interpreter = Interpreter::new(policy, known);
    interpreter.leave_out_what_does_not_apply(&facts.of_case);
    interpreter.shares_of_panels(&facts.of_case);
    let promises = interpreter.provisions().filter_map(|(id, provision)| {
        let Body::Promise(promise) = &provision.body else { return None };
        Some((id, provision, promise))
    });
    let broken = promises.collect::<Vec<_>>().into_iter().filter(|(_, provision, promise)| {
        let place = Place::new(provision.clause, None);
        let is_asked = interpreter.condition(&provision.when, place).unwrap_or(false);
        is_asked && !interpreter.is_kept(promise, place, outcome).unwrap_or(true)
    });
    broken.map(|(id, ..)| id).collect()
}

impl Interpreter<'_> {
    /// *11 Promises*, but for those that compare two cases. What awaits a panel is put up
    /// too.
    fn is_kept(&mut self, promise: &Promise, place: Place, outcome: &Outcome) -> Asked<bool> {
        let pays = |party: PartyId, unit: UnitId| -> Fraction {
            outcome.totals.get(&(party, unit)).cloned().map_or_else(|| whole(0), whole)
        };
        match promise {
            Promise::AddUp(amount) => {
                let unit = self.unit_of(&amount.of);
                let parties = (0..self.policy.parties.len()).map(|party| PartyId(number(party)));
                let paid = parties.filter_map(|party| Some(pays(party, unit?))).sum::<Fraction>();
                let awaiting = outcome.awaiting.iter().filter(|it| Some(it.unit) == unit);
                let awaits = awaiting.map(|it| whole(it.pence.clone())).sum::<Fraction>();
                Ok(paid + awaits == self.number(amount, place)?)
            }
            Promise::Bound { party, is_most, amount } => {
                let unit = self.unit_of(&amount.of);
                let paid = unit.map_or_else(|| whole(0), |unit| pays(*party, unit));
                let amount = self.number(amount, place)?;
                Ok(if *is_most { paid <= amount } else { paid >= amount })
            }
            Promise::Always { conclusion, is_always } => {
                Ok(self.conclusion(*conclusion, None)? == *is_always)
            }
            Promise::Monotone { .. } => Ok(true),
        }
    }

    fn unit_of(&self, of: &Type) -> Option<UnitId> {
        let Type::Number(counted) = of else { return None };
        let place = self.policy.units.iter().position(|unit| *unit == counted.unit)?;
        Some(UnitId(number(place)))
    }
}
