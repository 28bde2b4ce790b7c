//! Promises that something never falls, or never rises, with something else: what one case shows,
//! and whether two cases beside each other break the promise.

use apportion::checked::{
    Body, Condition, Expression, ExpressionKind, Policy, Promise, ProvisionId, Share, ShareRow,
};

use super::{Asked, Datum, Facts, Fraction, Interpreter, Outcome, Place, complete};

/// What a case shows of one wording of the clause that a promise is about.
#[derive(Clone, Debug)]
pub struct Side {
    promise: ProvisionId,
    wording: ProvisionId,
    rising: Datum,
    /// What else the clause reads.
    others: Vec<Datum>,
    share: Fraction,
}

/// What a case that is decided so shows of all promises of a direction within one clause.
#[must_use]
pub fn sides(policy: &Policy, facts: &Facts, outcome: &Outcome) -> Vec<Side> {
    let known = complete(policy, facts).ok().filter(|_| outcome.is_covered);
    let Some(known) = known else { return Vec::new() };
    let mut interpreter = Interpreter::new(policy, known);
    interpreter.leave_out_what_does_not_apply(&facts.of_case);
    interpreter.shares_of_panels(&facts.of_case);
    let mut sides = Vec::new();
    for (promise, provision) in interpreter.provisions() {
        let Body::Promise(kept @ Promise::Monotone { within, .. }) = &provision.body else {
            continue;
        };
        for (wording, of) in interpreter.provisions() {
            if within.contains(&of.clause)
                && let Ok(Some(side)) = interpreter.side((promise, wording), kept)
            {
                sides.push(side);
            }
        }
    }
    sides
}

/// Whether two sides break a promise: one is higher, all else is the same, and its share is lower
/// than it may be, or higher.
#[must_use]
pub fn broken_between(policy: &Policy, a: &Side, b: &Side) -> Option<ProvisionId> {
    let is_one = (a.promise, a.wording) == (b.promise, b.wording) && a.others == b.others;
    let provision = policy.provisions.get(a.promise.0 as usize)?;
    let Body::Promise(Promise::Monotone { never_lower, .. }) = &provision.body else {
        return None;
    };
    let (low, high) = if a.rising < b.rising { (a, b) } else { (b, a) };
    let is_wrong = if *never_lower { high.share < low.share } else { high.share > low.share };
    (is_one && low.rising < high.rising && is_wrong).then_some(a.promise)
}

impl Interpreter<'_> {
    fn side(
        &mut self,
        (promise, wording): (ProvisionId, ProvisionId),
        kept: &Promise,
    ) -> Asked<Option<Side>> {
        let Promise::Monotone { rising, party, .. } = kept else { return Ok(None) };
        let provision = self.provision(wording)?;
        let Body::Shares(rows, hit) = &provision.body else { return Ok(None) };
        if !self.applies(wording, None)? {
            return Ok(None);
        }
        let place = Place::new(provision.clause, None);
        let shares = self.shares(rows, *hit, place)?;
        let mut others = Vec::new();
        for read in read(rows).into_iter().filter(|read| read.kind != rising.kind) {
            others.push(self.expression(read, place)?);
        }
        let rising = self.expression(rising, place)?;
        let share = shares.get(party.index()).cloned();
        Ok(share.map(|share| Side { promise, wording, rising, others, share }))
    }
}

/// What rows of shares read: their columns, and shares that are named.
fn read(rows: &[ShareRow]) -> Vec<&Expression> {
    let mut read = Vec::new();
    for row in rows {
        row.when.iter().for_each(|test| columns(test, &mut read));
        read.extend(row.shares.iter().filter_map(|share| match share {
            Share::Of(share) => Some(share),
            Share::Rest => None,
        }));
    }
    read.retain(|it| !matches!(it.kind, ExpressionKind::Constant(_)));
    read
}

fn columns<'a>(test: &'a Condition, read: &mut Vec<&'a Expression>) {
    match test {
        Condition::Of(_, parts) => parts.iter().for_each(|part| columns(part, read)),
        Condition::Not(part) => columns(part, read),
        Condition::Truth(value) | Condition::Word(value, _) => read.push(value),
        Condition::Compare(left, _, right) => read.extend([left, right]),
        Condition::Always
        | Condition::Members { .. }
        | Condition::Items { .. }
        | Condition::Broken => {}
    }
}
