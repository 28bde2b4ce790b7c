//! Promises that something never falls, or never rises, with something else: what one case shows,
//! and whether two cases beside each other break the promise.

use std::cmp::Ordering;

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

/// The promises about payments that two cases break which differ in one fact: of the two, what rises is
/// higher in one, and a party pays less there than it may, or more, before spare pennies are placed.
#[must_use]
pub fn broken_by_two(policy: &Policy, [a, b]: [&Facts; 2]) -> Vec<ProvisionId> {
    if !differ_in_one(policy, a, b) {
        return Vec::new();
    }
    let promises = (0..).map(ProvisionId).zip(&policy.provisions);
    let broken = promises.filter(|(_, provision)| {
        let Body::Promise(promise @ Promise::Monotone { within, never_lower, .. }) =
            &provision.body
        else {
            return false;
        };
        let place = Place::new(provision.clause, None);
        if !within.is_empty() {
            return false;
        }
        let paid = |case| paid_in(policy, case, promise, place);
        let (Some((rising_a, paid_a)), Some((rising_b, paid_b))) = (paid(a), paid(b)) else {
            return false;
        };
        let (low, high) = match rising_a.cmp(&rising_b) {
            Ordering::Less => (paid_a, paid_b),
            Ordering::Equal => return false,
            Ordering::Greater => (paid_b, paid_a),
        };
        let mut units =
            low.iter().zip(&high).filter_map(|(low, high)| low.as_ref().zip(high.as_ref()));
        units.any(|(low, high)| if *never_lower { high < low } else { high > low })
    });
    broken.map(|(id, _)| id).collect()
}

/// Whether two cases differ in one fact, but for those that apply to one of them alone.
fn differ_in_one(policy: &Policy, a: &Facts, b: &Facts) -> bool {
    let applying = |facts: &Facts| {
        let mut interpreter = Interpreter::new(policy, complete(policy, facts).ok()?);
        // A default stands for nothing where the fact does not apply.
        interpreter.leave_out_what_does_not_apply(&facts.of_case);
        Some(interpreter.facts.of_case)
    };
    let (Some(known_a), Some(known_b)) = (applying(a), applying(b)) else { return false };
    let both = known_a.iter().filter_map(|(fact, a)| Some((a, known_b.get(fact)?)));
    a.lists == b.lists && both.filter(|(a, b)| a != b).count() == 1
}

/// What rises in a case, and what the party pays in each unit in which nothing awaits a panel.
fn paid_in(
    policy: &Policy,
    facts: &Facts,
    promise: &Promise,
    place: Place,
) -> Option<(Datum, Vec<Option<Fraction>>)> {
    let Promise::Monotone { rising, party, .. } = promise else { return None };
    let known = complete(policy, facts).ok()?;
    let mut interpreter = Interpreter::new(policy, known);
    interpreter.leave_out_what_does_not_apply(&facts.of_case);
    interpreter.shares_of_panels(&facts.of_case);
    let rising = interpreter.expression(rising, place).ok()?;
    Some((rising, interpreter.paid_before_spare(*party).ok()?))
}
