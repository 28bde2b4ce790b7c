//! What provisions read.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use apportion_core::program::ValueId;

use crate::checked::{ExpressionKind, Policy, Provision, ProvisionId};
use crate::walk::{self, Part};

/// The values that a provision reads.
pub(super) fn values_read(provision: &Provision) -> Vec<ValueId> {
    let mut read = Vec::new();
    let mut note = |part: Part<'_>| {
        let Part::Expression(expression) = part else { return };
        match expression.kind {
            ExpressionKind::Value(value)
            | ExpressionKind::Rate { rate: value, .. }
            | ExpressionKind::Sum { of: Some(value), .. }
            | ExpressionKind::Highest { of: Some(value), .. }
            | ExpressionKind::Lowest { of: Some(value), .. } => read.push(value),
            _ => {}
        }
    };
    walk::condition(&provision.when, &mut note);
    walk::body(provision, &mut note);
    read
}

/// Some provisions with all that read a value that one of them gives, directly or through others: the
/// value may be anything.
pub(super) fn with_all_that_reads(
    policy: &Policy,
    some: &BTreeSet<ProvisionId>,
) -> BTreeSet<ProvisionId> {
    let mut all = some.clone();
    loop {
        let given = policy.values.iter().zip((0..).map(ValueId));
        let given = given.filter(|(value, _)| value.provisions.iter().any(|it| all.contains(it)));
        let given: BTreeSet<ValueId> = given.map(|(_, id)| id).collect();
        let reads = policy.provisions.iter().zip((0..).map(ProvisionId));
        let reads =
            reads.filter(|(it, _)| values_read(it).iter().any(|value| given.contains(value)));
        let before = all.len();
        all.extend(reads.map(|(_, id)| id));
        if all.len() == before {
            return all;
        }
    }
}
