//! How conditions read, and their opposites.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::decided::Decided;
use crate::checked::{
    Comparison, Condition, Expression, ExpressionKind, FamilyId, ListId, Quantity, Type,
};

impl Decided<'_> {
    /// A condition by the names in it.
    pub(crate) fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::Always => String::from("in every case"),
            Condition::Of(Quantity::All, parts) => {
                let between = between(parts).map(|(value, low, high)| {
                    format!("{} is {} to {}", self.named(value), self.named(low), self.named(high))
                });
                between.unwrap_or_else(|| self.joined(parts, " and "))
            }
            Condition::Of(Quantity::Any, parts) => self.joined(parts, " or "),
            Condition::Of(quantity, parts) => {
                format!("{} of these are true: {}", so_many(*quantity), self.joined(parts, "; "))
            }
            Condition::Not(part) => self.opposite(part),
            Condition::Truth(value) => self.named(value),
            Condition::Word(value, words) => {
                format!("{} is {}", self.named(value), self.words(&value.of, words))
            }
            Condition::Compare(value, comparison, with) => {
                let is = compared(&value.of, *comparison);
                format!("{} is {is}{}", self.named(value), self.named(with))
            }
            Condition::Members { quantity, family, words } => {
                self.members(&so_many(*quantity), is_of_one(*quantity), *family, words)
            }
            Condition::Items { quantity, list, what } => {
                self.so_many_items(&so_many(*quantity), is_of_one(*quantity), *list, what)
            }
            Condition::Broken => String::new(),
        }
    }

    fn joined(&self, parts: &[Condition], by: &str) -> String {
        let texts = parts.iter().map(|part| match part {
            Condition::Of(Quantity::Any | Quantity::All, inner)
                if inner.len() > 1 && between(inner).is_none() =>
            {
                format!("({})", self.condition(part))
            }
            _ => self.condition(part),
        });
        texts.collect::<Vec<_>>().join(by)
    }

    pub(crate) fn opposite(&self, part: &Condition) -> String {
        match part {
            Condition::Truth(Expression { kind: ExpressionKind::Conclusion(id), .. }) => {
                let conclusion = self.policy.checked().conclusions.get(id.index());
                conclusion.map_or_else(String::new, |it| {
                    format!("the {} is not {}", self.subject(it.list), it.name)
                })
            }
            Condition::Truth(value) => format!("not {}", self.named(value)),
            Condition::Compare(value, comparison, with) => {
                let is = compared(&value.of, *comparison);
                format!("{} is not {is}{}", self.named(value), self.named(with))
            }
            Condition::Word(value, words) => {
                format!("{} is not {}", self.named(value), self.words(&value.of, words))
            }
            Condition::Of(Quantity::All, parts) if between(parts).is_some() => between(parts)
                .map_or_else(String::new, |(value, low, high)| {
                    let [value, low, high] = [value, low, high].map(|it| self.named(it));
                    format!("{value} is not {low} to {high}")
                }),
            Condition::Members { quantity, family, words } => {
                self.members(&not_so_many(*quantity), is_of_one(*quantity), *family, words)
            }
            Condition::Items { quantity, list, what } => {
                self.so_many_items(&not_so_many(*quantity), is_of_one(*quantity), *list, what)
            }
            _ => format!("not ({})", self.condition(part)),
        }
    }

    /// `at least 3 domains are high or higher`
    fn members(&self, so_many: &str, is_one: bool, family: FamilyId, words: &[u8]) -> String {
        let Some(family) = self.policy.checked().families.get(family.0 as usize) else {
            return String::new();
        };
        // The member whose words go highest tells how they are called.
        let facts = family.members.iter().filter_map(|it| self.policy.facts().get(it.index()));
        let of = facts.map(|fact| &fact.kind).max_by_key(|kind| count_of(kind));
        let words = of.map(|of| self.words(of, words)).unwrap_or_default();
        match is_one {
            true => format!("{so_many} {} is {words}", family.singular),
            false => format!("{so_many} {} are {words}", family.plural),
        }
    }

    /// `at least 2 services where nursing`
    fn so_many_items(&self, so_many: &str, is_one: bool, list: ListId, what: &Condition) -> String {
        let Some(list) = self.policy.lists().get(list.index()) else { return String::new() };
        let noun = if is_one { &list.singular } else { &list.plural };
        format!("{so_many} {noun} where {}", self.condition(what))
    }
}

fn count_of(of: &Type) -> u8 {
    match of {
        Type::Words { count, .. } => *count,
        _ => 0,
    }
}

/// `20 to 34`: the value, and both ends.
fn between(parts: &[Condition]) -> Option<(&Expression, &Expression, &Expression)> {
    match parts {
        [
            Condition::Compare(value, Comparison::AtLeast, low),
            Condition::Compare(other, Comparison::AtMost, high),
        ] if value == other => Some((value, low, high)),
        _ => None,
    }
}

/// Whether a quantity is about one thing, or none.
pub(crate) fn is_of_one(quantity: Quantity) -> bool {
    matches!(
        quantity,
        Quantity::All
            | Quantity::Any
            | Quantity::None
            | Quantity::AtLeast(1)
            | Quantity::AtMost(1)
            | Quantity::Exactly(1)
    )
}

fn so_many(quantity: Quantity) -> String {
    match quantity {
        Quantity::All => String::from("every"),
        Quantity::Any => String::from("any"),
        Quantity::None => String::from("no"),
        Quantity::AtLeast(least) => format!("at least {least}"),
        Quantity::AtMost(most) => format!("at most {most}"),
        Quantity::Exactly(exactly) => format!("exactly {exactly}"),
    }
}

/// The opposite, where as many are not so.
fn not_so_many(quantity: Quantity) -> String {
    match quantity {
        Quantity::All => String::from("not every"),
        Quantity::Any | Quantity::AtLeast(1) => String::from("no"),
        Quantity::None | Quantity::AtMost(0) => String::from("at least one"),
        Quantity::AtLeast(least) => format!("fewer than {least}"),
        Quantity::AtMost(most) => format!("more than {most}"),
        Quantity::Exactly(exactly) => format!("not exactly {exactly}"),
    }
}

/// What stands before what something is compared with.
fn compared(of: &Type, comparison: Comparison) -> &'static str {
    match (comparison, of) {
        (Comparison::Exactly, _) => "",
        (Comparison::Under, Type::Date { .. }) => "before ",
        (Comparison::AtMost, Type::Date { .. }) => "on or before ",
        (Comparison::AtLeast, Type::Date { .. }) => "on or after ",
        (Comparison::Over, Type::Date { .. }) => "after ",
        (Comparison::Under, _) => "under ",
        (Comparison::AtMost, _) => "at most ",
        (Comparison::AtLeast, _) => "at least ",
        (Comparison::Over, _) => "over ",
    }
}
