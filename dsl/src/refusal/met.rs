//! Which clauses met in a case that the policy refuses.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::decision::Decision;
use apportion_core::program::{ClauseId, ConclusionId, Item, ValueId};

use super::{Refused, by_policy, clause_number, value_name};
use crate::checked::{Body, ExpressionKind, Policy, Provision, ProvisionId};
use crate::naming::{listed, listed_or};

/// What is known of the clauses that apply to a refused case.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Met<'a> {
    /// The case as far as it was decided; none where not everything of it is known.
    refused: Option<&'a Decision>,
    item: Option<Item>,
}

/// Clauses that a refusal is about.
struct Clauses {
    numbers: Vec<String>,
    /// Whether they are those that apply, and not only those that may.
    apply: bool,
}

impl<'a> Met<'a> {
    /// In a case that was decided until it was refused, for an item or as a whole.
    pub(crate) fn in_case(refused: &'a Decision, item: Option<Item>) -> Self {
        Met { refused: Some(refused), item }
    }

    /// `... is concluded by 1.1 and denied by 1.2, and neither is written Despite the other`
    pub(super) fn contradiction(&self, policy: &Policy, id: ConclusionId) -> Refused {
        let conclusion = policy.conclusions.get(id.index());
        let of = |side: bool| {
            let provisions = provisions(policy, conclusion.map(|it| it.provisions.as_slice()));
            self.clauses(
                policy,
                provisions.filter(
                    |it| matches!(it.body, Body::Conclude { is_for, .. } if is_for == side),
                ),
            )
        };
        let (for_it, against) = (of(true), of(false));
        let name = conclusion.map(|it| it.name.as_str()).unwrap_or_default();
        let message = format!(
            "`{name}` is concluded by {} and denied by {}, and neither is written `Despite` the other",
            for_it.by(),
            against.by()
        );
        by_policy("clauses-contradict", message, [for_it.numbers, against.numbers].concat())
    }

    /// `no clause gives ... in this case, and it is needed; 1.1 gives it in other cases`
    pub(super) fn no_value(&self, policy: &Policy, id: ValueId) -> Refused {
        let clauses = Met::default().clauses(policy, giving(policy, id));
        let name = value_name(policy, id);
        let elsewhere = clauses.elsewhere("gives it", "give it");
        let message = format!("no clause gives `{name}` in this case, and it is needed{elsewhere}");
        by_policy("no-value", message, clauses.numbers)
    }

    /// `... is given by 1.1 and 1.2, which disagree`
    pub(super) fn several_values(&self, policy: &Policy, id: ValueId) -> Refused {
        let clauses = self.clauses(policy, giving(policy, id));
        let (name, several) = (value_name(policy, id), clauses.several());
        let message = format!("`{name}` is given by {several}, which disagree");
        by_policy("several-values", message, clauses.numbers)
    }

    /// `no shares apply to the split in 7.1 in this case; 4.1 gives shares in other cases`
    pub(super) fn no_shares(&self, policy: &Policy, split: ClauseId) -> Refused {
        let clauses = Met::default().clauses(policy, sharing(policy, split));
        let number = clause_number(policy, split);
        let elsewhere = clauses.elsewhere("gives shares", "give shares");
        let message = format!("no shares apply to the split in {number} in this case{elsewhere}");
        by_policy("no-shares", message, clauses.numbers)
    }

    /// `the shares for the split in 7.1 are given by 4.1 and 4.2`
    pub(super) fn several_shares(&self, policy: &Policy, split: ClauseId) -> Refused {
        let clauses = self.clauses(policy, sharing(policy, split));
        let (number, several) = (clause_number(policy, split), clauses.several());
        let message = format!("the shares for the split in {number} are given by {several}");
        by_policy("several-shares", message, clauses.numbers)
    }

    /// `an amount that 7.2 pays is paid by 7.1 too`
    pub(super) fn paid_twice(&self, policy: &Policy, later: ClauseId) -> Refused {
        let amounts: Vec<&ExpressionKind> =
            policy.provisions.iter().filter(|it| it.clause == later).filter_map(amount).collect();
        let others = policy.provisions.iter().take_while(|it| it.clause != later);
        let others = others.filter(|it| amount(it).is_some_and(|amount| amounts.contains(&amount)));
        let others = self.clauses(policy, others);
        let number = clause_number(policy, later);
        let message = format!("an amount that {number} pays is paid by {} too", others.by());
        by_policy("paid-twice", message, [others.numbers, [number].into()].concat())
    }

    /// The clauses of these that apply; all where that is not known.
    fn clauses<'p>(
        &self,
        policy: &Policy,
        provisions: impl Iterator<Item = &'p Provision>,
    ) -> Clauses {
        let mut ids: Vec<ClauseId> = Vec::new();
        for provision in provisions {
            if !ids.contains(&provision.clause) {
                ids.push(provision.clause);
            }
        }
        let applied =
            |id: &ClauseId| self.refused.and_then(|it| it.clause_of_refused(*id, self.item));
        let apply = ids.iter().any(|id| applied(id) == Some(true));
        if apply {
            ids.retain(|id| applied(id) != Some(false));
        }
        Clauses { numbers: ids.iter().map(|id| clause_number(policy, *id)).collect(), apply }
    }
}

impl Clauses {
    /// `1.1`, `1.1 and 1.2`; `1.1 or 1.2` where not all need apply.
    fn by(&self) -> String {
        if self.apply { listed(&self.numbers) } else { listed_or(&self.numbers) }
    }

    /// `1.1 and 1.2`; `several of 1.1, 1.2 and 1.3` where not all need apply.
    fn several(&self) -> String {
        match self.numbers.as_slice() {
            [only] => format!("{only} more than once"),
            [_, _, _, ..] if !self.apply => format!("several of {}", listed(&self.numbers)),
            _ => listed(&self.numbers),
        }
    }

    /// `; 1.1 gives it in other cases`
    fn elsewhere(&self, one: &str, more: &str) -> String {
        let verb = match self.numbers.as_slice() {
            [] => return String::new(),
            [_] => one,
            _ => more,
        };
        format!("; {} {verb} in other cases", listed(&self.numbers))
    }
}

fn provisions<'p>(
    policy: &'p Policy,
    ids: Option<&'p [ProvisionId]>,
) -> impl Iterator<Item = &'p Provision> {
    ids.unwrap_or_default().iter().filter_map(|id| policy.provisions.get(id.0 as usize))
}

/// The provisions that give a value.
fn giving(policy: &Policy, value: ValueId) -> impl Iterator<Item = &Provision> {
    provisions(policy, policy.values.get(value.index()).map(|value| value.provisions.as_slice()))
}

/// The provisions with the shares of a split.
fn sharing(policy: &Policy, split: ClauseId) -> impl Iterator<Item = &Provision> {
    let splits = policy.provisions.iter().filter(move |provision| provision.clause == split);
    let shares = splits.filter_map(|provision| match &provision.body {
        Body::Split { shares, .. } => Some(shares),
        _ => None,
    });
    shares.flatten().flat_map(|clause| {
        policy.provisions.iter().filter(move |provision| provision.clause == *clause)
    })
}

/// The fact or value that a provision pays.
fn amount(provision: &Provision) -> Option<&ExpressionKind> {
    let kind = &provision.body.amount()?.kind;
    matches!(kind, ExpressionKind::Fact(_) | ExpressionKind::Value(_)).then_some(kind)
}
