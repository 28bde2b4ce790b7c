//! What all clauses put up for payment, beside what a promise says they do.

use alloc::vec::Vec;

use super::Prover;
use super::evaluate::{Evaluation, compared, minus, plus};
use super::possible::{Possible, Tri};
use super::ratio::Ratio;
use crate::checked::{
    Aggregate, Body, Comparison, Condition, Expression, ExpressionKind, Provision, ProvisionId,
    Type,
};
use crate::unit::Unit;

/// Whether the payments in the unit of an amount add up to it; none where the case is refused
/// instead.
pub(super) fn add_up<'a>(
    it: &mut Evaluation<'_, 'a>,
    prover: &Prover<'a>,
    promised: &'a Expression,
) -> Option<Tri> {
    let Type::Number(number) = &promised.of else { return Some(Tri::Open) };
    let mut promised = terms(promised);
    let mut paid: Vec<&'a Expression> = Vec::new();
    for (id, provision) in (0..).map(ProvisionId).zip(&prover.policy.provisions) {
        if unit(prover, &provision.body) != Some(&number.unit) {
            continue;
        }
        let Some(amount) = provision.body.amount() else { continue };
        if provision.list.is_some() {
            match promised.iter().position(|term| is_of_each(term, provision, amount)) {
                Some(place) if prover.rivals.get(id.0 as usize).is_some_and(Vec::is_empty) => {
                    promised.swap_remove(place);
                }
                // No cut can tell.
                _ => return Some(Tri::Open),
            }
            continue;
        }
        match it.applies(id)? {
            Tri::Yes => paid.extend(terms(amount)),
            Tri::No => {}
            Tri::Open => return Some(Tri::Open),
        }
    }
    // What stands on both sides is the same, whatever it is.
    paid.retain(|term| match promised.iter().position(|other| other.kind == term.kind) {
        Some(place) => {
            promised.swap_remove(place);
            false
        }
        None => true,
    });
    let difference = minus(sum(it, &paid)?, sum(it, &promised)?)?;
    compared(difference, Comparison::Exactly, NOTHING)
}

const NOTHING: Possible = Possible::Numbers(Ratio::ZERO, Ratio::ZERO);

/// The unit in which a clause pays.
fn unit<'p>(prover: &Prover<'p>, body: &Body) -> Option<&'p Unit> {
    let (Body::Split { unit, .. }
    | Body::Proportion { unit, .. }
    | Body::Pay { unit, .. }
    | Body::PayInTurn { unit, .. }) = body
    else {
        return None;
    };
    prover.policy.units.get(unit.index())
}

/// What a sum adds up.
fn terms(expression: &Expression) -> Vec<&Expression> {
    match &expression.kind {
        ExpressionKind::Add(a, b) => [terms(a), terms(b)].concat(),
        _ => Vec::from([expression]),
    }
}

/// Whether a term is the sum of what a clause pays for each item.
fn is_of_each(term: &Expression, provision: &Provision, amount: &Expression) -> bool {
    let ExpressionKind::Items(over) = &term.kind else { return false };
    Some(over.list) == provision.list
        && over.aggregate == Aggregate::Sum
        && over.of.as_ref().is_some_and(|of| of.kind == amount.kind)
        && over.filter == provision.when
        && provision.in_force == Condition::Always
}

fn sum<'a>(it: &mut Evaluation<'_, 'a>, terms: &[&'a Expression]) -> Option<Possible> {
    let mut whole = NOTHING;
    for term in terms {
        whole = plus(whole, it.expression(term)?)?;
    }
    Some(whole)
}
