//! Conditions.

use alloc::vec::Vec;
use core::cmp::Ordering;

use apportion_core::program::FactId;

use super::{Blocker, Evaluation, MOST_DEEP, On};
use crate::checked::{
    Body, Comparison, Condition, Constant, Expression, ExpressionKind, FamilyId, Quantity, Type,
};
use crate::prove::family::{Asked, asked};
use crate::prove::possible::{Possible, Tri, Words};
use crate::prove::space::{Cut, Domain};
use crate::ratio::Ratio;

impl<'a> Evaluation<'_, 'a> {
    /// Whether a condition holds; none where the case is refused instead.
    pub(in crate::prove) fn condition(&mut self, condition: &'a Condition) -> Option<Tri> {
        Some(match condition {
            Condition::Always => Tri::Yes,
            Condition::Of(quantity, parts) => {
                let (mut fewest, mut most) = (0, 0);
                for part in parts {
                    let answer = self.condition(part)?;
                    fewest += u32::from(answer == Tri::Yes);
                    most += u32::from(answer != Tri::No);
                }
                so_many(*quantity, fewest, most, count(parts.len()))
            }
            Condition::Not(part) => self.condition(part)?.not(),
            Condition::Truth(value) => match self.test_applies([value]) {
                Tri::No => Tri::No,
                applies => {
                    let ExpressionKind::Conclusion(conclusion) = value.kind else {
                        return self
                            .word(value, core::iter::once(1).collect())
                            .map(|is| is.and(applies));
                    };
                    self.deeper(|it| it.conclusion(conclusion)).unwrap_or(Some(Tri::Open))?
                }
            },
            Condition::Word(value, words) => match self.test_applies([value]) {
                Tri::No => Tri::No,
                applies => self.word(value, words.iter().copied().collect())?.and(applies),
            },
            Condition::Compare(left, comparison, right) => {
                if let Some(fact) = self.fact_and_constant(left, right) {
                    return self.compare_fact(fact, *comparison);
                }
                match self.test_applies([left, right]) {
                    Tri::No => Tri::No,
                    applies => self.compare(condition, left, *comparison, right)?.and(applies),
                }
            }
            Condition::Members { quantity, family, words } => {
                self.members(*quantity, *family, words)?
            }
            Condition::Items { quantity, list, .. } if self.is_without(Some(*list)) => {
                so_many(*quantity, 0, 0, 0)
            }
            Condition::Items { quantity, what, .. } if self.space.has_one_of_each => {
                let (fewest, most) = counts(&[self.condition(what)?]);
                so_many(*quantity, fewest, most, 1)
            }
            Condition::Items { .. } | Condition::Broken => Tri::Open,
        })
    }

    /// A test of a fact that does not apply is not true.
    fn test_applies<const N: usize>(&mut self, values: [&'a Expression; N]) -> Tri {
        let mut applies = Tri::Yes;
        for value in values {
            let facts = match value.kind {
                ExpressionKind::Fact(fact) => [Some(fact), None],
                ExpressionKind::Age { birth, on } => [Some(birth), Some(on)],
                _ => [None, None],
            };
            for fact in facts.into_iter().flatten() {
                applies = applies.and(self.fact_applies(fact));
            }
        }
        applies
    }

    /// Whether a fact applies.
    pub(in crate::prove) fn fact_applies(&mut self, fact: FactId) -> Tri {
        let policy = self.prover.policy;
        let fact = policy.facts.get(fact.index());
        match fact.and_then(|fact| fact.only_when.as_deref()) {
            _ if self.is_without(fact.and_then(|fact| fact.list)) => Tri::No,
            None => Tri::Yes,
            Some(only_when) => {
                let applies = self.deeper(|it| it.condition(&only_when.condition));
                applies.flatten().unwrap_or(Tri::Open)
            }
        }
    }

    fn word(&mut self, value: &'a Expression, words: Words) -> Option<Tri> {
        let Possible::Words(possible) = self.expression(value)? else { return None };
        if possible.without(words).is_empty() {
            return Some(Tri::Yes);
        }
        if possible.and(words).is_empty() {
            return Some(Tri::No);
        }
        self.block(value, Cut::Words(words));
        Some(Tri::Open)
    }

    /// A fact that applies to every case and a constant, both in the parts of one unit: most tests
    /// compare these.
    fn fact_and_constant(
        &self,
        left: &'a Expression,
        right: &'a Expression,
    ) -> Option<FactAndConstant> {
        let (ExpressionKind::Fact(fact), ExpressionKind::Constant(constant)) =
            (&left.kind, &right.kind)
        else {
            return None;
        };
        let declared = self.prover.policy.facts.get(fact.index())?;
        let is_joint = || self.joints.iter().any(|joint| joint.members.contains(fact));
        if declared.only_when.is_some() || self.instead.is_some() || is_joint() {
            return None;
        }
        let fact = *fact;
        Some(match (*self.space.facts.get(fact.index())?, &left.of, *constant, &right.of) {
            (
                Domain::Numbers { least, greatest, denominator, .. },
                Type::Number(of),
                Constant::Number(edge),
                Type::Number(of_edge),
            ) if of.denominator == denominator && of_edge.denominator == denominator => {
                let (low, high) = (least.max(of.least), greatest.min(of.greatest));
                FactAndConstant {
                    fact,
                    is_open: least < greatest,
                    low,
                    high,
                    edge,
                    over: denominator,
                }
            }
            (
                Domain::Days(first, last),
                Type::Date { first: of_first, last: of_last },
                Constant::Date(day),
                _,
            ) => FactAndConstant {
                fact,
                is_open: first < last,
                low: first.max(of_first.day_number()).into(),
                high: last.min(of_last.day_number()).into(),
                edge: day.day_number().into(),
                over: 0,
            },
            _ => return None,
        })
    }

    fn compare_fact(&mut self, it: FactAndConstant, comparison: Comparison) -> Option<Tri> {
        if it.is_open {
            self.facts.insert(it.fact);
        }
        // The clause that asks is for other cases.
        if it.low > it.high {
            return None;
        }
        let verdict = within_ends(comparison, [it.low.cmp(&it.edge), it.high.cmp(&it.edge)]);
        if verdict == Tri::Open {
            let on = On::Fact(it.fact);
            let (first, second) = it.cuts(comparison)?;
            self.blockers.push(Blocker { on, cut: first });
            self.blockers.extend(second.map(|cut| Blocker { on, cut }));
        }
        Some(verdict)
    }

    fn compare(
        &mut self,
        condition: &'a Condition,
        left: &'a Expression,
        comparison: Comparison,
        right: &'a Expression,
    ) -> Option<Tri> {
        let (a, b) = (self.expression(left)?, self.expression(right)?);
        let verdict = if left.kind == right.kind {
            Tri::of(crate::check::condition_holds(comparison, Ordering::Equal))
        } else {
            compared(a, comparison, b)?
        };
        let mut taken = self.space.tests.iter().filter(|_| !self.is_among_members);
        if let Some((_, taken)) = taken.find(|(known, _)| *known == condition) {
            let taken = Tri::of(*taken);
            return (verdict == Tri::Open || verdict == taken).then_some(taken);
        }
        if verdict == Tri::Open {
            if b.is_one() {
                self.block_at(left, comparison, b);
            } else if a.is_one() {
                self.block_at(right, comparison.flipped(), a);
            } else if !self.is_among_members {
                self.blockers.push(Blocker { on: On::Test(condition), cut: Cut::Halves });
            }
        }
        Some(verdict)
    }

    /// How something compares to what is known of it in another case.
    pub(in crate::prove) fn compared_to(
        &mut self,
        value: &'a Expression,
        comparison: Comparison,
        edge: Possible,
    ) -> Option<Tri> {
        let verdict = compared(self.expression(value)?, comparison, edge)?;
        if verdict == Tri::Open && edge.is_one() {
            self.block_at(value, comparison, edge);
        }
        Some(verdict)
    }

    fn block_at(&mut self, value: &'a Expression, comparison: Comparison, edge: Possible) {
        let is_below = matches!(comparison, Comparison::Under | Comparison::AtLeast);
        match edge {
            Possible::Numbers(edge, _) if comparison == Comparison::Exactly => {
                self.block(value, Cut::Below(edge));
                self.block(value, Cut::UpTo(edge));
            }
            Possible::Numbers(edge, _) if is_below => self.block(value, Cut::Below(edge)),
            Possible::Numbers(edge, _) => self.block(value, Cut::UpTo(edge)),
            Possible::Days(day, _) if comparison == Comparison::Exactly => {
                self.block(value, Cut::BeforeDay(day));
                self.block(value, Cut::BeforeDay(day + 1));
            }
            Possible::Days(day, _) => {
                self.block(value, Cut::BeforeDay(if is_below { day } else { day + 1 }));
            }
            Possible::Words(words) => {
                let edge = words.lowest().unwrap_or(0);
                let passes = (0..=u8::MAX)
                    .filter(|word| crate::check::condition_holds(comparison, word.cmp(&edge)));
                self.block(value, Cut::Words(passes.collect()));
            }
        }
    }

    fn members(&mut self, quantity: Quantity, family: FamilyId, words: &[u8]) -> Option<Tri> {
        let policy = self.prover.policy;
        let members = &policy.families.get(family.0 as usize)?.members;
        let asked = Asked::Count(family, words.to_vec());
        if let Some((joint, column)) = self.joint_column(&asked) {
            let states = self.space.families.get(joint)?;
            let answers = self.joints.get(joint)?.answers(column, states);
            let (mut fewest, mut most) = (i64::MAX, 0);
            for answer in answers {
                (fewest, most) = (fewest.min(answer), most.max(answer));
            }
            let number = |count: i64| u32::try_from(count).unwrap_or(0);
            let verdict = so_many(quantity, number(fewest), number(most), count(members.len()));
            if verdict == Tri::Open {
                self.families.insert(joint);
                for edge in edges(quantity, count(members.len())) {
                    let cut = Cut::Below(Ratio::whole(edge.into()));
                    self.blockers.push(Blocker { on: On::Family(joint, column), cut });
                }
            }
            return Some(verdict);
        }
        let wanted: Words = words.iter().copied().collect();
        let mut answers = Vec::with_capacity(members.len());
        for member in members {
            let Possible::Words(possible) = self.fact(*member)? else { return None };
            let answer = match (possible.without(wanted), possible.and(wanted)) {
                (outside, _) if outside.is_empty() => Tri::Yes,
                (_, inside) if inside.is_empty() => Tri::No,
                _ => Tri::Open,
            };
            if answer == Tri::Open {
                let cut = Cut::Words(wanted);
                self.blockers.push(Blocker { on: On::Fact(*member), cut });
            }
            answers.push(answer);
        }
        let (fewest, most) = counts(&answers);
        Some(so_many(quantity, fewest, most, count(members.len())))
    }

    /// Notes that to know where something lies would help.
    fn block(&mut self, value: &'a Expression, cut: Cut) {
        let policy = self.prover.policy;
        match value.kind {
            ExpressionKind::Constant(_) | ExpressionKind::Conclusion(_) => {}
            ExpressionKind::Member => {
                if let Some(member) = self.member {
                    self.blockers.push(Blocker { on: On::Fact(member), cut });
                }
            }
            ExpressionKind::Value(id) => {
                let value_of = policy.values.get(id.index());
                let only = value_of.and_then(|value| match value.provisions.as_slice() {
                    [only] => self.provision(*only),
                    _ => None,
                });
                // What is given by one definition is what that says.
                match only.map(|provision| &provision.body) {
                    Some(Body::Define { expression, .. }) if self.depth < MOST_DEEP => {
                        self.depth += 1;
                        self.block(expression, cut);
                        self.depth -= 1;
                    }
                    _ if self.is_among_members => {}
                    _ => self.blockers.push(Blocker { on: On::Expression(value), cut }),
                }
            }
            _ => {
                let column = asked(value).and_then(|asked| self.joint_column(&asked));
                let on = match (column, &value.kind) {
                    (Some((family, column)), _) => On::Family(family, column),
                    (None, ExpressionKind::Fact(fact)) => On::Fact(*fact),
                    (None, _) if self.is_among_members => return,
                    (None, _) => On::Expression(value),
                };
                self.blockers.push(Blocker { on, cut });
            }
        }
    }
}

/// Between what a fact lies, and what it is compared with: as parts of a unit, or as days.
struct FactAndConstant {
    fact: FactId,
    /// Whether it can be several things.
    is_open: bool,
    low: i64,
    high: i64,
    edge: i64,
    /// How many parts there are in one; 0 for days.
    over: i64,
}

impl FactAndConstant {
    /// Where to cut to know how they compare.
    fn cuts(&self, comparison: Comparison) -> Option<(Cut, Option<Cut>)> {
        let is_below = matches!(comparison, Comparison::Under | Comparison::AtLeast);
        let is_exact = comparison == Comparison::Exactly;
        if self.over == 0 {
            let day = i32::try_from(self.edge).ok()?;
            let (before, after) = (Cut::BeforeDay(day), Cut::BeforeDay(day + 1));
            return Some(match (is_exact, is_below) {
                (true, _) => (before, Some(after)),
                (false, true) => (before, None),
                (false, false) => (after, None),
            });
        }
        let edge = Ratio::new(self.edge.into(), self.over.into())?;
        let (below, up_to) = (Cut::Below(edge), Cut::UpTo(edge));
        Some(match (is_exact, is_below) {
            (true, _) => (below, Some(up_to)),
            (false, true) => (below, None),
            (false, false) => (up_to, None),
        })
    }
}

/// How something compares to one thing, from how its ends do.
fn within_ends(comparison: Comparison, [low, high]: [Ordering; 2]) -> Tri {
    if comparison == Comparison::Exactly {
        return match (low, high) {
            (Ordering::Equal, Ordering::Equal) => Tri::Yes,
            (Ordering::Greater, _) | (_, Ordering::Less) => Tri::No,
            _ => Tri::Open,
        };
    }
    let holds = |order| crate::check::condition_holds(comparison, order);
    match (holds(low), holds(high)) {
        (true, true) => Tri::Yes,
        (false, false) => Tri::No,
        _ => Tri::Open,
    }
}

/// How many are so at least, and at most.
pub(in crate::prove) fn counts(answers: &[Tri]) -> (u32, u32) {
    let so = answers.iter().filter(|answer| **answer == Tri::Yes).count();
    let open = answers.iter().filter(|answer| **answer == Tri::Open).count();
    (count(so), count(so + open))
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn is_so_many(quantity: Quantity, number: u32, of: u32) -> bool {
    quantity.is_met(number as usize, of as usize)
}

fn so_many(quantity: Quantity, fewest: u32, most: u32, of: u32) -> Tri {
    let mut answers = (fewest..=most).map(|number| is_so_many(quantity, number, of));
    let Some(first) = answers.next() else { return Tri::Open };
    if answers.all(|answer| answer == first) { Tri::of(first) } else { Tri::Open }
}

/// The numbers at which an answer changes.
fn edges(quantity: Quantity, of: u32) -> impl Iterator<Item = u32> {
    (1..=of).filter(move |number| {
        is_so_many(quantity, *number, of) != is_so_many(quantity, number - 1, of)
    })
}

/// How two things compare, each anywhere within what it can be.
pub(in crate::prove) fn compared(a: Possible, comparison: Comparison, b: Possible) -> Option<Tri> {
    let ends = match (a, b) {
        (Possible::Numbers(a, b), Possible::Numbers(c, d)) => [a.cmp(&d), b.cmp(&c)],
        (Possible::Days(a, b), Possible::Days(c, d)) => [a.cmp(&d), b.cmp(&c)],
        (Possible::Words(a), Possible::Words(b)) => {
            if comparison == Comparison::Exactly && a.and(b).is_empty() {
                return Some(Tri::No);
            }
            [a.lowest()?.cmp(&b.highest()?), a.highest()?.cmp(&b.lowest()?)]
        }
        _ => return None,
    };
    // The least of one beside the greatest of the other, and the other way round.
    let [low, high] = ends;
    let holds = |order| crate::check::condition_holds(comparison, order);
    Some(match comparison {
        Comparison::Exactly => match (low, high) {
            (Ordering::Equal, Ordering::Equal) if a.is_one() && b.is_one() => Tri::Yes,
            (Ordering::Greater, _) | (_, Ordering::Less) => Tri::No,
            _ => Tri::Open,
        },
        _ => match (holds(low), holds(high)) {
            (true, true) => Tri::Yes,
            (false, false) => Tri::No,
            _ => Tri::Open,
        },
    })
}
