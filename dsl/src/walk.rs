//! Every condition and expression of a policy, with those inside it.

use crate::checked::{Body, Condition, Expression, ExpressionKind, Policy, Provision, Share};

/// A condition or an expression.
#[derive(Clone, Copy)]
pub(crate) enum Part<'a> {
    Condition(&'a Condition),
    Expression(&'a Expression),
}

/// Visits what a policy asks and works out.
pub(crate) fn policy<'a>(policy: &'a Policy, visit: &mut impl FnMut(Part<'a>)) {
    for only_when in policy.facts.iter().filter_map(|fact| fact.only_when.as_deref()) {
        condition(&only_when.condition, visit);
    }
    for provision in &policy.provisions {
        condition(&provision.in_force, visit);
        condition(&provision.when, visit);
        body(provision, visit);
    }
}

/// Visits what a provision works out where it applies.
pub(crate) fn body<'a>(provision: &'a Provision, visit: &mut impl FnMut(Part<'a>)) {
    match &provision.body {
        Body::Define { expression: it, .. }
        | Body::Split { amount: it, .. }
        | Body::Pay { amount: it, .. }
        | Body::Limit { most: it, .. }
        | Body::Floor { least: it, .. } => expression(it, visit),
        Body::Table(table) => {
            for row in &table.rows {
                row.when.iter().for_each(|test| condition(test, visit));
                row.answers.iter().for_each(|answer| expression(answer, visit));
            }
        }
        Body::Slices(slices) => expression(&slices.expression, visit),
        Body::Shares(rows, _) => {
            for row in rows {
                row.when.iter().for_each(|test| condition(test, visit));
                row.shares.iter().filter_map(share).for_each(|share| expression(share, visit));
            }
        }
        Body::Proportion { amount, weights, .. } => {
            expression(amount, visit);
            weights.iter().flatten().for_each(|weight| expression(weight, visit));
        }
        Body::PayInTurn { amount, tiers, .. } => {
            expression(amount, visit);
            tiers.iter().for_each(|(_, most)| expression(most, visit));
        }
        Body::Require { must, .. } => condition(must, visit),
        Body::Cover
        | Body::Conclude { .. }
        | Body::Rates { .. }
        | Body::Refer { .. }
        | Body::Switch { .. }
        | Body::Promise(_)
        | Body::Broken => {}
    }
}

fn share(share: &Share) -> Option<&Expression> {
    match share {
        Share::Of(expression) => Some(expression),
        Share::Rest => None,
    }
}

/// Visits a condition and all inside it.
pub(crate) fn condition<'a>(it: &'a Condition, visit: &mut impl FnMut(Part<'a>)) {
    visit(Part::Condition(it));
    match it {
        Condition::Of(_, parts) => parts.iter().for_each(|part| condition(part, visit)),
        Condition::Not(part) => condition(part, visit),
        Condition::Items { what, .. } => condition(what, visit),
        Condition::Truth(value) | Condition::Word(value, _) => expression(value, visit),
        Condition::Compare(left, _, right) => {
            expression(left, visit);
            expression(right, visit);
        }
        Condition::Always | Condition::Members { .. } | Condition::Broken => {}
    }
}

/// Visits an expression and all inside it.
pub(crate) fn expression<'a>(it: &'a Expression, visit: &mut impl FnMut(Part<'a>)) {
    visit(Part::Expression(it));
    match &it.kind {
        ExpressionKind::Add(a, b)
        | ExpressionKind::Subtract(a, b)
        | ExpressionKind::Multiply(a, b)
        | ExpressionKind::Divide(a, b)
        | ExpressionKind::Greater(a, b)
        | ExpressionKind::Lesser(a, b)
        | ExpressionKind::Between { from: a, to: b, .. } => {
            expression(a, visit);
            expression(b, visit);
        }
        ExpressionKind::Distance { from: value, .. }
        | ExpressionKind::Rate { on: value, .. }
        | ExpressionKind::Round { value, .. } => expression(value, visit),
        ExpressionKind::Items(over) => {
            condition(&over.filter, visit);
            over.of.iter().chain(&over.if_none).for_each(|of| expression(of, visit));
        }
        ExpressionKind::Constant(_)
        | ExpressionKind::Fact(_)
        | ExpressionKind::Conclusion(_)
        | ExpressionKind::Value(_)
        | ExpressionKind::Member
        | ExpressionKind::MemberName
        | ExpressionKind::Age { .. }
        | ExpressionKind::Sum { .. }
        | ExpressionKind::Highest { .. }
        | ExpressionKind::Lowest { .. }
        | ExpressionKind::Broken => {}
    }
}
