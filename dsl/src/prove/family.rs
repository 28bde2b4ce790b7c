//! Families of which only counts, sums, the highest and the lowest matter: the combinations of
//! these that some case has. Ten domains of six levels have sixty million cases, and a few hundred
//! such combinations.

use alloc::collections::BTreeMap;
use alloc::rc::Rc;
use alloc::vec::Vec;

use apportion_core::program::{FactId, ValueId};

use super::Prover;
use super::evaluate::Evaluation;
use super::possible::{Possible, Tri, Words};
use super::space::{Cut, Domain, Space, below};
use crate::checked::{Condition, Expression, ExpressionKind, FamilyId, Policy, Type};
use crate::ratio::Ratio;
use crate::walk::{self, Part};

/// A family with more combinations is taken member by member.
const MOST_STATES: usize = 20_000;

/// What is asked of a family, or of one member.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Asked {
    /// How many members are one of these words.
    Count(FamilyId, Vec<u8>),
    /// The sum, the highest or the lowest, of the members or of a value of each.
    Sum(Option<ValueId>, FamilyId),
    Highest(Option<ValueId>, FamilyId),
    Lowest(Option<ValueId>, FamilyId),
    /// A member by itself.
    Member(FactId),
}

/// What is asked, of whom, over which denominator.
#[derive(Clone, Debug)]
struct Column {
    asked: Asked,
    denominator: i64,
    /// The answer in each state.
    answers: Vec<i64>,
}

/// Both parts of the states of a family.
type TwoParts = (Rc<[u32]>, Rc<[u32]>);

/// A family taken together: its states are the combinations of answers that some case has.
#[derive(Clone, Debug)]
pub(super) struct Joint {
    pub(super) members: Vec<FactId>,
    columns: Vec<Column>,
    /// The words of the members in the first case that has each state.
    states: Vec<Vec<u8>>,
}

/// What an expression asks of a family, if it does.
pub(super) fn asked(expression: &Expression) -> Option<Asked> {
    Some(match expression.kind {
        ExpressionKind::Sum { of, family } => Asked::Sum(of, family),
        ExpressionKind::Highest { of, family } => Asked::Highest(of, family),
        ExpressionKind::Lowest { of, family } => Asked::Lowest(of, family),
        ExpressionKind::Fact(fact) => Asked::Member(fact),
        _ => return None,
    })
}

fn families_of(asked: &Asked, policy: &Policy) -> Option<FamilyId> {
    let family = match asked {
        Asked::Count(family, _)
        | Asked::Sum(_, family)
        | Asked::Highest(_, family)
        | Asked::Lowest(_, family) => *family,
        Asked::Member(fact) => policy.facts.get(fact.index())?.family?,
    };
    // A group is a part of its family.
    let part_of = |family: FamilyId| policy.families.get(family.0 as usize)?.part_of;
    Some(part_of(family).unwrap_or(family))
}

impl<'a> Prover<'a> {
    /// The families that can be taken together, but for one.
    pub(super) fn joints(&self, but_for: Option<FamilyId>) -> Vec<Joint> {
        let mut all: BTreeMap<FamilyId, BTreeMap<Asked, i64>> = BTreeMap::new();
        walk::policy(self.policy, &mut |part| {
            let (asked, denominator) = match part {
                Part::Condition(Condition::Members { family, words, .. }) => {
                    (Some(Asked::Count(*family, words.clone())), 1)
                }
                Part::Expression(expression) => {
                    let denominator = match &expression.of {
                        Type::Number(number) => number.denominator,
                        _ => 1,
                    };
                    (asked(expression), denominator)
                }
                Part::Condition(_) => (None, 1),
            };
            let asked = asked.and_then(|asked| Some((families_of(&asked, self.policy)?, asked)));
            if let Some((family, asked)) = asked {
                all.entry(family).or_default().insert(asked, denominator);
            }
        });
        let all = all.into_iter().filter(|(family, _)| Some(*family) != but_for);
        all.filter_map(|(family, asked)| self.joint(family, asked)).collect()
    }

    fn joint(&self, family: FamilyId, asked: BTreeMap<Asked, i64>) -> Option<Joint> {
        let members = self.policy.families.get(family.0 as usize)?.members.clone();
        let facts = members.iter().map(|member| self.policy.facts.get(member.index()));
        let facts: Vec<_> = facts.collect::<Option<_>>()?;
        let is_counted = |kind: &Type| matches!(kind, Type::Words { .. } | Type::YesNo);
        if !facts.iter().all(|fact| is_counted(&fact.kind) && fact.only_when.is_none()) {
            return None;
        }
        let columns = asked.into_iter().map(|(asked, denominator)| Column {
            asked,
            denominator,
            answers: Vec::new(),
        });
        let mut columns: Vec<Column> = columns.collect();
        let mut states = States::of_nobody(columns.len());
        for (member, fact) in members.iter().zip(facts) {
            let Domain::Words(words) = Domain::of(fact) else { return None };
            let mut adds = Vec::new();
            for word in words.iter() {
                let of_columns = columns.iter().map(|column| self.adds(column, *member, word));
                adds.push((word, of_columns.collect::<Option<Vec<_>>>()?));
            }
            states = states.with_member(&columns, &adds)?;
        }
        let mut order: Vec<usize> = (0..states.words.len()).collect();
        order.sort_by_key(|state| states.of(*state));
        for state in &order {
            for (column, answer) in columns.iter_mut().zip(states.of(*state)) {
                column.answers.push(answer.unwrap_or(0));
            }
        }
        let words = order.into_iter().filter_map(|state| states.words.get(state).cloned());
        Some(Joint { members, states: words.collect(), columns })
    }

    /// What one member with a word brings to a column; nothing where it is none of its family.
    #[expect(clippy::option_option, reason = "`None` is that it cannot be known beforehand")]
    fn adds(&self, column: &Column, member: FactId, word: u8) -> Option<Option<i64>> {
        let is_in = |family: &FamilyId| {
            let family = self.policy.families.get(family.0 as usize);
            family.is_some_and(|family| family.members.contains(&member))
        };
        match &column.asked {
            Asked::Count(family, words) => {
                Some(is_in(family).then(|| words.contains(&word).into()))
            }
            Asked::Member(fact) => Some((*fact == member).then(|| word.into())),
            Asked::Sum(of, family) | Asked::Highest(of, family) | Asked::Lowest(of, family) => {
                if !is_in(family) {
                    return Some(None);
                }
                match of {
                    Some(value) => {
                        self.of_member(*value, member, word, column.denominator).map(Some)
                    }
                    None => Some(Some(word.into())),
                }
            }
        }
    }

    /// The value given for a member with a word, where that hangs on nothing else. Whether it is given
    /// may do so.
    fn of_member(&self, id: ValueId, member: FactId, word: u8, over: i64) -> Option<i64> {
        let alone = Domain::Words(core::iter::once(word).collect());
        let space = self.plain().with_fact(member.index(), alone);
        let mut all: Option<Possible> = None;
        for provision in &self.policy.values.get(id.index())?.provisions {
            if Evaluation::new(self, &space, &[]).applies(*provision)? == Tri::No {
                continue;
            }
            let mut evaluation = Evaluation::new(self, &space, &[]);
            evaluation.member = Some(member);
            let given = evaluation.given_by(*provision, id)?;
            if !evaluation.facts.is_empty() || all.is_some_and(|all| all != given) {
                return None;
            }
            all = Some(given);
        }
        match all? {
            Possible::Numbers(least, greatest) if least == greatest => {
                let parts = least.floor_over(over)?;
                (Ratio::new(parts.into(), over.into()) == Some(least)).then_some(parts)
            }
            Possible::Words(words) if words.count() == 1 => words.lowest().map(i64::from),
            _ => None,
        }
    }
}

/// The states of some members, by the words of the first case that has each.
struct States {
    /// How many columns there are.
    width: usize,
    /// The answers of each state in turn; none where no member so far is one of whom is asked.
    answers: Vec<Option<i64>>,
    words: Vec<Vec<u8>>,
}

impl States {
    fn of_nobody(width: usize) -> States {
        States { width, answers: alloc::vec![None; width], words: Vec::from([Vec::new()]) }
    }

    /// The answers of a state.
    fn of(&self, state: usize) -> &[Option<i64>] {
        answers_of(&self.answers, self.width, state)
    }

    /// The states once one more member is looked at, which can be one of some words.
    fn with_member(&self, columns: &[Column], adds: &[(u8, Vec<Option<i64>>)]) -> Option<States> {
        let mut answers = Vec::with_capacity(self.answers.len() * adds.len());
        for state in 0..self.words.len() {
            for (_, adds) in adds {
                let so_far = self.of(state).iter().zip(adds).zip(columns);
                answers.extend(so_far.map(|((so_far, add), column)| column.with(*so_far, *add)));
            }
        }
        // Each case comes after those whose words come first, so that of those alike the first counts.
        let all = self.words.len() * adds.len();
        let of = |case: &usize| answers_of(&answers, self.width, *case);
        let mut cases: Vec<usize> = (0..all).collect();
        cases.sort_unstable_by(|a, b| of(a).cmp(of(b)).then(a.cmp(b)));
        cases.dedup_by(|a, b| of(a) == of(b));
        if cases.len() > MOST_STATES {
            return None;
        }
        cases.sort_unstable();
        let words = cases.iter().filter_map(|case| {
            let (word, _) = adds.get(case % adds.len())?;
            let before = self.words.get(case / adds.len())?;
            Some(before.iter().copied().chain([*word]).collect())
        });
        let words = words.collect();
        let kept = cases.iter().flat_map(|case| of(case).iter().copied());
        Some(States { width: self.width, answers: kept.collect(), words })
    }
}

/// The answers of one of several cases that lie one after the other.
fn answers_of(answers: &[Option<i64>], width: usize, case: usize) -> &[Option<i64>] {
    answers.get(case * width..(case + 1) * width).unwrap_or_default()
}

impl Column {
    /// What it is with one more member.
    fn with(&self, so_far: Option<i64>, add: Option<i64>) -> Option<i64> {
        match (so_far, add) {
            (Some(so_far), Some(add)) => Some(match self.asked {
                Asked::Count(..) | Asked::Sum(..) | Asked::Member(_) => so_far.saturating_add(add),
                Asked::Highest(..) => so_far.max(add),
                Asked::Lowest(..) => so_far.min(add),
            }),
            (so_far, add) => so_far.or(add),
        }
    }
}

impl Joint {
    /// All states.
    pub(super) fn all(&self) -> Rc<[u32]> {
        (0..).take(self.states.len()).collect()
    }

    /// The column that answers something.
    pub(super) fn column(&self, asked: &Asked) -> Option<usize> {
        self.columns.iter().position(|column| column.asked == *asked)
    }

    /// The answers of a column in some states.
    pub(super) fn answers<'s>(
        &'s self,
        column: usize,
        states: &'s [u32],
    ) -> impl Iterator<Item = i64> + 's {
        let answers = self.columns.get(column).map_or(&[][..], |column| &column.answers);
        states.iter().filter_map(|state| answers.get(*state as usize).copied())
    }

    /// The words of the members in a state.
    pub(super) fn words(&self, state: u32) -> &[u8] {
        self.states.get(state as usize).map_or(&[], |words| words)
    }

    /// What a column can be, as words or as numbers.
    pub(super) fn possible(&self, column: usize, of: &Type, states: &[u32]) -> Option<Possible> {
        let denominator = self.columns.get(column)?.denominator;
        let answers = || self.answers(column, states);
        if matches!(of, Type::Number(_)) {
            let over = |answer: i64| Ratio::new(answer.into(), denominator.into());
            return Some(Possible::Numbers(over(answers().min()?)?, over(answers().max()?)?));
        }
        let words: Words = answers().filter_map(|answer| u8::try_from(answer).ok()).collect();
        (!words.is_empty()).then_some(Possible::Words(words))
    }

    /// Both parts of a cut through a column.
    pub(super) fn cut(&self, column: usize, cut: Cut, states: &[u32]) -> Option<TwoParts> {
        let column = self.columns.get(column)?;
        let last = match cut {
            Cut::Below(edge) => below(edge, column.denominator)?,
            Cut::UpTo(edge) => edge.floor_over(column.denominator)?,
            _ => i64::MIN,
        };
        let is_first = |answer: i64| match cut {
            Cut::Words(words) => u8::try_from(answer).is_ok_and(|word| words.has(word)),
            Cut::Below(_) | Cut::UpTo(_) => answer <= last,
            Cut::BeforeDay(_) | Cut::Halves => false,
        };
        let answer = |state: u32| column.answers.get(state as usize).copied();
        let (first, rest): (Vec<u32>, Vec<u32>) =
            states.iter().partition(|state| answer(**state).is_some_and(is_first));
        let both: TwoParts = (first.into(), rest.into());
        (!both.0.is_empty() && !both.1.is_empty()).then_some(both)
    }
}

/// The family of a space cut at its first state.
pub(super) fn first_and_rest(states: &[u32]) -> Option<TwoParts> {
    let (first, rest) = states.split_first()?;
    (!rest.is_empty()).then(|| (Rc::from([*first]), Rc::from(rest)))
}

/// A space in which every member is as a state says.
pub(super) fn spelled_out<'a>(space: &Space<'a>, joints: &[Joint]) -> Space<'a> {
    let mut facts: Vec<Domain> = space.facts.to_vec();
    for (joint, states) in joints.iter().zip(&space.families) {
        let Some(state) = states.first() else { continue };
        for (member, word) in joint.members.iter().zip(joint.words(*state)) {
            if let Some(fact) = facts.get_mut(member.index()) {
                *fact = Domain::Words(core::iter::once(*word).collect());
            }
        }
    }
    Space { facts: facts.into(), families: Vec::new(), ..space.first() }
}
