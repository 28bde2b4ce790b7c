//! Days that a policy counts: a case in which they are counted backwards is refused.

use alloc::vec::Vec;

use apportion_core::program::{ConclusionId, ListId, ValueId};

use crate::checked::{Body, Condition, Expression, ExpressionKind, Policy, ProvisionId};
use crate::walk::{self, Part};

/// Where a provision counts days.
pub(super) struct DaysCounted<'a> {
    pub(super) id: ProvisionId,
    /// In its condition, which is asked in every case.
    pub(super) asked: Vec<Days<'a>>,
    /// In what it works out where it applies.
    pub(super) worked_out: Vec<Days<'a>>,
}

/// Days that are counted.
pub(super) struct Days<'a> {
    pub(super) expression: &'a Expression,
    /// The list of whose items they are counted, item by item, in a clause of the case.
    pub(super) list: Option<ListId>,
    /// The values on which they hang, directly or through others.
    pub(super) reads: Vec<ValueId>,
}

/// The provisions that count days, but for the answers of rows, which are read only where the rows
/// count.
pub(super) fn days_counted(policy: &Policy) -> Vec<DaysCounted<'_>> {
    let mut counting = Vec::new();
    for (provision, id) in policy.provisions.iter().zip((0..).map(ProvisionId)) {
        let (mut asked, mut worked_out) = (Vec::new(), Vec::new());
        walk::condition(&provision.when, &mut days_in(policy, &mut asked));
        match &provision.body {
            Body::Table(table) => {
                let tests = table.rows.iter().flat_map(|row| &row.when);
                tests.for_each(|test| walk::condition(test, &mut days_in(policy, &mut worked_out)));
            }
            Body::Shares(..) | Body::Promise(_) => {}
            _ => walk::body(provision, &mut days_in(policy, &mut worked_out)),
        }
        if !asked.is_empty() || !worked_out.is_empty() {
            counting.push(DaysCounted { id, asked, worked_out });
        }
    }
    counting
}

/// Adds the days that are counted; what asks something of items is met before what it asks.
fn days_in<'a, 'f>(
    policy: &'f Policy,
    found: &'f mut Vec<Days<'a>>,
) -> impl FnMut(Part<'a>) + use<'a, 'f> {
    move |part| match part {
        Part::Condition(Condition::Items { list, what, .. }) => {
            walk::condition(what, &mut |part| add(policy, found, part, Some(*list)));
        }
        Part::Expression(Expression { kind: ExpressionKind::Items(over), .. }) => {
            let mut of_items = |part| add(policy, found, part, Some(over.list));
            walk::condition(&over.filter, &mut of_items);
            over.of.iter().for_each(|of| walk::expression(of, &mut of_items));
        }
        part => add(policy, found, part, None),
    }
}

fn add<'a>(policy: &Policy, found: &mut Vec<Days<'a>>, part: Part<'a>, list: Option<ListId>) {
    let Part::Expression(expression) = part else { return };
    let is_known = found.iter().any(|days| core::ptr::eq(days.expression, expression));
    if matches!(expression.kind, ExpressionKind::Between { .. }) && !is_known {
        found.push(Days { expression, list, reads: values_behind(policy, expression) });
    }
}

/// The values on which an expression hangs, directly or through others.
pub(super) fn values_behind(policy: &Policy, expression: &Expression) -> Vec<ValueId> {
    let mut reads = Vec::new();
    let mut left: Vec<ProvisionId> = Vec::new();
    let mut drawn: Vec<ConclusionId> = Vec::new();
    let mut note = |part: Part<'_>, left: &mut Vec<ProvisionId>| {
        let Part::Expression(it) = part else { return };
        match it.kind {
            ExpressionKind::Value(value) if !reads.contains(&value) => {
                reads.push(value);
                let value = policy.values.get(value.index());
                left.extend(value.into_iter().flat_map(|value| &value.provisions));
            }
            ExpressionKind::Conclusion(conclusion) if !drawn.contains(&conclusion) => {
                drawn.push(conclusion);
                let conclusion = policy.conclusions.get(conclusion.index());
                left.extend(conclusion.into_iter().flat_map(|it| &it.provisions));
            }
            _ => {}
        }
    };
    walk::expression(expression, &mut |part| note(part, &mut left));
    while let Some(provision) = left.pop() {
        let Some(provision) = policy.provisions.get(provision.0 as usize) else { continue };
        let mut more = Vec::new();
        walk::condition(&provision.when, &mut |part| note(part, &mut more));
        walk::body(provision, &mut |part| note(part, &mut more));
        left.extend(more);
    }
    reads
}
