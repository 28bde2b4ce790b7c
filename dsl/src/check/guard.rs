//! What follows from conditions that are known to hold.

use alloc::vec::Vec;
use core::cmp::Ordering;

use super::condition::{holds, negated};
use crate::checked::{
    Comparison, Condition, Constant, Expression, ExpressionKind, FamilyId, Policy, Quantity, Type,
};
use crate::source::Span;

/// A condition that is known to hold, or not to.
#[derive(Clone, Copy)]
pub(super) struct Known<'p> {
    pub(super) condition: &'p Condition,
    pub(super) is_true: bool,
}

impl<'p> Known<'p> {
    pub(super) fn holds(condition: &'p Condition) -> Known<'p> {
        Known { condition, is_true: true }
    }
}

/// Whether a condition is true wherever all that is known is so. A no may only mean that this
/// was not found out.
pub(super) fn follows(policy: &Policy, known: &[Known<'_>], condition: &Condition) -> bool {
    let mut parts = Vec::new();
    known.iter().for_each(|known| take_apart(policy, known.condition, known.is_true, &mut parts));
    follows_from(policy, &parts, condition)
}

/// What holds where a condition is true, or where it is not, part by part.
fn take_apart(policy: &Policy, condition: &Condition, is_true: bool, known: &mut Vec<Condition>) {
    match condition {
        Condition::Always | Condition::Broken => {}
        Condition::Not(part) => take_apart(policy, part, !is_true, known),
        Condition::Members { quantity, family, words } => {
            take_apart(policy, &one_by_one(policy, *quantity, *family, words), is_true, known);
        }
        Condition::Of(quantity, parts) => {
            let each = match (joined(*quantity, parts), is_true) {
                (Joined::All, true) => Some(true),
                (Joined::Any, false) | (Joined::None, true) => Some(false),
                _ => None,
            };
            match each {
                Some(each) => parts.iter().for_each(|part| take_apart(policy, part, each, known)),
                None => known.push(negated(!is_true, condition.clone())),
            }
        }
        Condition::Compare(value, comparison, with) => {
            let opposite = opposite(*comparison).filter(|_| !is_true);
            known.push(match opposite {
                Some(opposite) => Condition::Compare(value.clone(), opposite, with.clone()),
                None => negated(!is_true, condition.clone()),
            });
        }
        _ => known.push(negated(!is_true, condition.clone())),
    }
}

/// What is asked of the members of a family, member by member.
fn one_by_one(policy: &Policy, quantity: Quantity, family: FamilyId, words: &[u8]) -> Condition {
    let family = policy.families.get(family.0 as usize);
    let members = family.into_iter().flat_map(|family| &family.members);
    let parts = members.filter_map(|member| {
        let of = policy.facts.get(member.index())?.kind.clone();
        let Type::Words { count, .. } = of else { return None };
        let words = words.iter().copied().filter(|word| *word < count).collect();
        let kind = ExpressionKind::Fact(*member);
        Some(Condition::Word(Expression { kind, of, span: Span::default() }, words))
    });
    Condition::Of(quantity, parts.collect())
}

fn follows_from(policy: &Policy, known: &[Condition], condition: &Condition) -> bool {
    let mut asked = Vec::new();
    take_apart(policy, condition, true, &mut asked);
    asked.iter().all(|asked| {
        let by_a_part = match asked {
            Condition::Of(quantity, parts) if joined(*quantity, parts) == Joined::Any => {
                parts.iter().any(|part| follows_from(policy, known, part))
            }
            _ => false,
        };
        by_a_part || known.iter().any(|known| implies(policy, known, asked))
    })
}

/// Whether one condition that holds makes another hold.
fn implies(policy: &Policy, known: &Condition, condition: &Condition) -> bool {
    match (known, condition) {
        (Condition::Word(a, words), Condition::Word(b, among)) => {
            a == b && words.iter().all(|word| among.contains(word))
        }
        (Condition::Compare(a, how, x), Condition::Compare(b, asked, y)) if a == b => {
            let same = how == asked && x == y;
            same || constants(x, y).is_some_and(|order| is_within(*how, *asked, order))
        }
        (Condition::Of(quantity, parts), _) if joined(*quantity, parts) == Joined::Any => {
            let each = |part: &Condition| follows(policy, &[Known::holds(part)], condition);
            known == condition || parts.iter().all(each)
        }
        _ => known == condition,
    }
}

/// How the parts of a condition are joined.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joined {
    All,
    Any,
    None,
    Other,
}

fn joined(quantity: Quantity, parts: &[Condition]) -> Joined {
    match quantity {
        Quantity::All => Joined::All,
        Quantity::AtLeast(least) if least as usize >= parts.len() => Joined::All,
        Quantity::Any | Quantity::AtLeast(1) => Joined::Any,
        Quantity::None | Quantity::AtMost(0) | Quantity::Exactly(0) => Joined::None,
        _ => Joined::Other,
    }
}

/// The comparison that holds where another does not.
fn opposite(comparison: Comparison) -> Option<Comparison> {
    Some(match comparison {
        Comparison::Under => Comparison::AtLeast,
        Comparison::AtMost => Comparison::Over,
        Comparison::AtLeast => Comparison::Under,
        Comparison::Over => Comparison::AtMost,
        Comparison::Exactly => return None,
    })
}

/// How two constants compare.
fn constants(x: &Expression, y: &Expression) -> Option<Ordering> {
    let (ExpressionKind::Constant(a), ExpressionKind::Constant(b)) = (&x.kind, &y.kind) else {
        return None;
    };
    match (a, b, &x.of, &y.of) {
        (Constant::Number(a), Constant::Number(b), Type::Number(x), Type::Number(y)) => {
            let (a, b) = (i128::from(*a), i128::from(*b));
            Some((a * i128::from(y.denominator)).cmp(&(b * i128::from(x.denominator))))
        }
        (Constant::Date(a), Constant::Date(b), ..) => Some(a.cmp(b)),
        _ => None,
    }
}

/// Whether a value that compares so with one constant compares as asked with another; `order`
/// is that of the two constants.
fn is_within(how: Comparison, asked: Comparison, order: Ordering) -> bool {
    use Comparison::{AtLeast, AtMost, Exactly, Over, Under};
    match (how, asked) {
        (Exactly, asked) => holds(asked, order),
        (Under | AtMost, AtMost) | (Under, Under) => order.is_le(),
        (AtMost, Under) => order.is_lt(),
        (Over | AtLeast, AtLeast) | (Over, Over) => order.is_ge(),
        (AtLeast, Over) => order.is_gt(),
        _ => false,
    }
}
