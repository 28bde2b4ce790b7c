//! Cases, many at once: between what each fact lies.

use alloc::rc::Rc;
use alloc::vec::Vec;

use apportion_core::program::{FactId, ListId};

use super::possible::{Possible, Words};
use crate::checked::{Body, Condition, Constant, Expression, Fact, ProvisionId, Type};
use crate::ratio::Ratio;

/// What a fact can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Domain {
    /// Words, or no and yes.
    Words(Words),
    /// Days, as day numbers.
    Days(i32, i32),
    /// Numbers over a denominator, multiples of a step.
    Numbers { least: i64, greatest: i64, step: i64, denominator: i64 },
}

/// Where something is cut in two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// Numbers below this, and the rest.
    Below(Ratio),
    /// Numbers up to this, and the rest.
    UpTo(Ratio),
    /// Days before this, and the rest.
    BeforeDay(i32),
    /// These words, and the rest.
    Words(Words),
    /// In the middle.
    Halves,
}

/// Which of two amounts is the greater.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Choice<'a> {
    /// Of the two in an expression.
    Of(&'a Expression),
    /// Of what a sentence compares in its so many'th step: a limit or floor, or payments in turn.
    Step(ProvisionId, u32),
}

/// Which rows of a table, or of shares, apply to no case.
#[derive(Clone, Debug)]
pub(super) struct RuledOut<'a> {
    pub(super) of: &'a Body,
    /// The member for which they were asked.
    pub(super) member: Option<FactId>,
    pub(super) rows: Rc<[bool]>,
}

/// Many cases: those in which every fact lies in its domain, every family is as one of its
/// states says, and what is assumed holds.
#[derive(Clone, Debug)]
pub(super) struct Space<'a> {
    pub(super) facts: Rc<[Domain]>,
    /// Of each family that is taken together, which of its states.
    pub(super) families: Vec<Rc<[u32]>>,
    pub(super) assumed: Vec<(&'a Expression, Possible)>,
    /// Comparisons that are taken to hold, or not.
    pub(super) tests: Vec<(&'a Condition, bool)>,
    /// Of two amounts, whether the first is taken to be the greater, or neither is.
    pub(super) choices: Vec<(Choice<'a>, bool)>,
    /// The rows of one table, or set of shares, that are known to apply to none of these cases.
    pub(super) ruled_out: Option<RuledOut<'a>>,
    /// Whether each list but these is taken to have one item, which has the values of its facts.
    pub(super) has_one_of_each: bool,
    /// The lists that are taken to have no item.
    pub(super) without: Rc<[ListId]>,
}

impl Domain {
    /// What the declaration of a fact allows.
    pub(super) fn of(fact: &Fact) -> Domain {
        match &fact.kind {
            Type::YesNo | Type::Listed { .. } | Type::Broken => Domain::Words(Words::first(2)),
            Type::Words { count, .. } => {
                let never = fact.never.iter().copied().collect();
                Domain::Words(Words::first((*count).into()).without(never))
            }
            Type::Date { first, last } => Domain::Days(first.day_number(), last.day_number()),
            Type::Number(number) => {
                let step = fact.step.max(1);
                let greatest = number.greatest.div_euclid(step).saturating_mul(step);
                let below = number.least.saturating_sub(1).div_euclid(step);
                let least = below.saturating_add(1).saturating_mul(step);
                Domain::Numbers { least, greatest, step, denominator: number.denominator }
            }
        }
    }

    pub(super) fn possible(self) -> Option<Possible> {
        Some(match self {
            Domain::Words(words) => Possible::Words(words),
            Domain::Days(first, last) => Possible::Days(first, last),
            Domain::Numbers { least, greatest, denominator, .. } => Possible::Numbers(
                Ratio::new(least.into(), denominator.into())?,
                Ratio::new(greatest.into(), denominator.into())?,
            ),
        })
    }

    pub(super) fn is_empty(self) -> bool {
        match self {
            Domain::Words(words) => words.is_empty(),
            Domain::Days(first, last) => first > last,
            Domain::Numbers { least, greatest, .. } => least > greatest,
        }
    }

    /// How many values there are, at most so many as are told apart.
    pub(super) fn size(self) -> u64 {
        match self {
            Domain::Words(words) => words.count().into(),
            Domain::Days(first, last) => u64::from(last.abs_diff(first)) + 1,
            Domain::Numbers { least, greatest, step, .. } => {
                (greatest.abs_diff(least) / step.unsigned_abs().max(1)).saturating_add(1)
            }
        }
    }

    /// One of its values alone.
    pub(super) fn only(self, value: Constant) -> Option<Domain> {
        Some(match (self, value) {
            (Domain::Words(_), Constant::YesNo(yes)) => {
                Domain::Words(core::iter::once(yes.into()).collect())
            }
            (Domain::Words(_), Constant::Word(word)) => {
                Domain::Words(core::iter::once(word).collect())
            }
            (Domain::Days(..), Constant::Date(day)) => {
                Domain::Days(day.day_number(), day.day_number())
            }
            (Domain::Numbers { step, denominator, .. }, Constant::Number(parts)) => {
                Domain::Numbers { least: parts, greatest: parts, step, denominator }
            }
            _ => return None,
        })
    }

    /// The first value alone.
    pub(super) fn first(self) -> Domain {
        match self {
            Domain::Words(words) => Domain::Words(words.lowest().into_iter().collect()),
            Domain::Days(first, _) => Domain::Days(first, first),
            Domain::Numbers { least, step, denominator, .. } => {
                Domain::Numbers { least, greatest: least, step, denominator }
            }
        }
    }

    /// The last value alone.
    pub(super) fn last(self) -> Domain {
        match self {
            Domain::Words(words) => Domain::Words(words.highest().into_iter().collect()),
            Domain::Days(_, last) => Domain::Days(last, last),
            Domain::Numbers { greatest, step, denominator, .. } => {
                Domain::Numbers { least: greatest, greatest, step, denominator }
            }
        }
    }

    /// The one value it has left.
    pub(super) fn constant(self, kind: &Type) -> Option<Constant> {
        Some(match (self, kind) {
            (Domain::Words(words), Type::YesNo) => Constant::YesNo(words.lowest()? == 1),
            (Domain::Words(words), _) => Constant::Word(words.lowest()?),
            (Domain::Days(first, _), _) => {
                Constant::Date(apportion_core::date::Date::from_day_number(first)?)
            }
            (Domain::Numbers { least, .. }, _) => Constant::Number(least),
        })
    }

    /// A cut of which all in the first part comes before all in the second: of words, up to where this one
    /// first parts them.
    pub(super) fn in_order(self, cut: Cut) -> Cut {
        match (self, cut) {
            (Domain::Words(words), Cut::Words(of)) => {
                let is_first = words.lowest().is_some_and(|word| of.has(word));
                Cut::Words(words.iter().take_while(|word| of.has(*word) == is_first).collect())
            }
            _ => cut,
        }
    }

    /// Both parts of a cut; `None` where one has nothing.
    pub(super) fn cut(self, cut: Cut) -> Option<(Domain, Domain)> {
        let both = match (self, cut) {
            (Domain::Words(words), Cut::Words(of)) => {
                (Domain::Words(words.and(of)), Domain::Words(words.without(of)))
            }
            (Domain::Words(words), Cut::Halves) => {
                let lowest: Words = words.lowest().into_iter().collect();
                (Domain::Words(lowest), Domain::Words(words.without(lowest)))
            }
            (Domain::Days(first, last), Cut::BeforeDay(day)) => {
                (Domain::Days(first, last.min(day - 1)), Domain::Days(first.max(day), last))
            }
            (Domain::Days(first, last), Cut::Halves) => {
                let middle = first + (last - first) / 2;
                (Domain::Days(first, middle), Domain::Days(middle + 1, last))
            }
            (Domain::Numbers { least, greatest, step, denominator }, cut) => {
                let end = match cut {
                    Cut::Below(edge) => below(edge, denominator)?,
                    Cut::UpTo(edge) => edge.floor_over(denominator)?,
                    Cut::Halves => {
                        i64::try_from((i128::from(least) + i128::from(greatest)).div_euclid(2))
                            .ok()?
                    }
                    _ => return None,
                };
                let end = end.div_euclid(step).checked_mul(step)?;
                let next = end.checked_add(step)?;
                let numbers =
                    |least, greatest| Domain::Numbers { least, greatest, step, denominator };
                (numbers(least, greatest.min(end)), numbers(least.max(next), greatest))
            }
            _ => return None,
        };
        (!both.0.is_empty() && !both.1.is_empty()).then_some(both)
    }
}

/// The greatest whole number of parts that is below an edge.
pub(super) fn below(edge: Ratio, denominator: i64) -> Option<i64> {
    let end = edge.floor_over(denominator)?;
    let is_on_edge = Ratio::new(end.into(), denominator.into())? == edge;
    if is_on_edge { end.checked_sub(1) } else { Some(end) }
}

impl Possible {
    /// Both parts of a cut of numbers that are whole over a denominator, of days or of words;
    /// `None` where one has nothing.
    pub(super) fn cut(self, cut: Cut, denominator: i64) -> Option<(Possible, Possible)> {
        match (self, cut) {
            (Possible::Numbers(least, greatest), cut) => {
                let end = match cut {
                    Cut::Below(edge) => below(edge, denominator)?,
                    Cut::UpTo(edge) => edge.floor_over(denominator)?,
                    _ => return None,
                };
                let over = |parts: i64| Ratio::new(parts.into(), denominator.into());
                let (end, next) = (over(end)?, over(end.checked_add(1)?)?);
                let both = (
                    Possible::Numbers(least, greatest.min(end)),
                    Possible::Numbers(least.max(next), greatest),
                );
                (least <= greatest.min(end) && least.max(next) <= greatest).then_some(both)
            }
            (Possible::Days(first, last), Cut::BeforeDay(day)) => (first < day && day <= last)
                .then_some((Possible::Days(first, day - 1), Possible::Days(day, last))),
            (Possible::Words(words), Cut::Words(of)) => {
                let (inside, outside) = (words.and(of), words.without(of));
                (!inside.is_empty() && !outside.is_empty())
                    .then_some((Possible::Words(inside), Possible::Words(outside)))
            }
            _ => None,
        }
    }
}

impl<'a> Space<'a> {
    /// The same with another domain of one fact.
    pub(super) fn with_fact(&self, place: usize, domain: Domain) -> Space<'a> {
        let facts = self.facts.iter().enumerate();
        let facts = facts.map(|(fact, own)| if fact == place { domain } else { *own });
        Space { facts: facts.collect(), ..self.clone() }
    }

    /// Whether its first case is that of a wider space.
    pub(super) fn has_the_first_of(&self, wider: &Space<'a>) -> bool {
        let mut facts = self.facts.iter().zip(wider.facts.iter());
        let mut families = self.families.iter().zip(&wider.families);
        let are_the_same = Rc::ptr_eq(&self.facts, &wider.facts);
        (are_the_same || facts.all(|(own, wide)| own.first() == wide.first()))
            && families.all(|(own, wide)| own.first() == wide.first())
    }

    /// Whether its last case is that of a wider space.
    pub(super) fn has_the_last_of(&self, wider: &Space<'a>) -> bool {
        let mut facts = self.facts.iter().zip(wider.facts.iter());
        let mut families = self.families.iter().zip(&wider.families);
        let are_the_same = Rc::ptr_eq(&self.facts, &wider.facts);
        (are_the_same || facts.all(|(own, wide)| own.last() == wide.last()))
            && families.all(|(own, wide)| own.last() == wide.last())
    }

    /// The first case of all, with one item of each list.
    pub(super) fn first(&self) -> Space<'a> {
        let families = self.families.iter().map(|states| states.iter().copied().take(1).collect());
        self.of_one(self.facts.iter().map(|domain| domain.first()).collect(), families.collect())
    }

    /// The last case of all, with one item of each list.
    pub(super) fn last(&self) -> Space<'a> {
        let last = |states: &Rc<[u32]>| states.last().copied().into_iter().collect();
        let families = self.families.iter().map(last);
        self.of_one(self.facts.iter().map(|domain| domain.last()).collect(), families.collect())
    }

    /// The same, taken for a single case: nothing is assumed of it, and every test of it is asked.
    pub(super) fn as_one(&self) -> Space<'a> {
        Space { ruled_out: None, ..self.of_one(Rc::clone(&self.facts), self.families.clone()) }
    }

    fn of_one(&self, facts: Rc<[Domain]>, families: Vec<Rc<[u32]>>) -> Space<'a> {
        Space {
            facts,
            families,
            assumed: Vec::new(),
            tests: Vec::new(),
            choices: Vec::new(),
            ruled_out: self.ruled_out.clone(),
            has_one_of_each: true,
            without: Rc::clone(&self.without),
        }
    }
}
