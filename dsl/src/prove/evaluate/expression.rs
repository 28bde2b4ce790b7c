//! Expressions.

use alloc::vec::Vec;

use apportion_core::date::Date;
use apportion_core::program::{FactId, ValueId};

use super::{Evaluation, On};
use crate::checked::{
    Body, Constant, Elapsed, Expression, ExpressionKind, FamilyId, OverItems, Type,
};
use crate::listed;
use crate::prove::days::{Days, DaysCounted, values_behind};
use crate::prove::family::asked;
use crate::prove::possible::{Possible, Tri, Words};
use crate::ratio::Ratio;
use crate::walk::{self, Part};

impl<'a> Evaluation<'_, 'a> {
    /// What an expression can be; none where the case is refused instead, or is not in the space.
    pub(in crate::prove) fn expression(&mut self, expression: &'a Expression) -> Option<Possible> {
        if let ExpressionKind::Constant(of) = expression.kind {
            return constant(of, &expression.of);
        }
        let mut instead = self.instead.iter().filter(|_| self.depth == 0);
        if let Some((_, instead)) = instead.find(|(known, _)| known.kind == expression.kind) {
            return Some(*instead);
        }
        let possible = self.raw(expression)?;
        let possible = match of_type(&expression.of) {
            Some(within) => possible.and(within)?,
            None => possible,
        };
        let mut assumed = self.space.assumed.iter().filter(|_| !self.is_among_members);
        match assumed.find(|(known, _)| known.kind == expression.kind) {
            Some((_, assumed)) => possible.and(*assumed),
            None => Some(possible),
        }
    }

    pub(super) fn raw(&mut self, expression: &'a Expression) -> Option<Possible> {
        let anything = || of_type(&expression.of);
        match &expression.kind {
            ExpressionKind::Constant(of) => constant(*of, &expression.of),
            ExpressionKind::Fact(fact) => self.fact(*fact),
            ExpressionKind::Member => self.fact(self.member?),
            ExpressionKind::MemberName => self.member_name(&expression.of),
            ExpressionKind::Conclusion(conclusion) => {
                let drawn =
                    self.deeper(|it| it.conclusion(*conclusion)).unwrap_or(Some(Tri::Open))?;
                Some(Possible::Words(match drawn {
                    Tri::No => core::iter::once(0).collect(),
                    Tri::Yes => core::iter::once(1).collect(),
                    Tri::Open => Words::first(2),
                }))
            }
            ExpressionKind::Value(value) => {
                self.deeper(|it| it.value(*value)).unwrap_or_else(anything)
            }
            ExpressionKind::Add(a, b) => self.numbers(a, b, anything(), plus),
            ExpressionKind::Subtract(a, b) => self.numbers(a, b, anything(), minus),
            ExpressionKind::Multiply(a, b) => {
                self.numbers(a, b, anything(), |a, b| corners(a, b, Ratio::times))
            }
            ExpressionKind::Divide(a, b) => self.numbers(a, b, anything(), |a, b| {
                let Possible::Numbers(least, greatest) = b else { return None };
                let is_apart = least > Ratio::ZERO || greatest < Ratio::ZERO;
                if is_apart { corners(a, b, Ratio::over) } else { None }
            }),
            ExpressionKind::Greater(a, b) => {
                Some(extreme(self.expression(a)?, self.expression(b)?, true))
            }
            ExpressionKind::Lesser(a, b) => {
                Some(extreme(self.expression(a)?, self.expression(b)?, false))
            }
            ExpressionKind::Age { birth, on } => self.age(*birth, *on),
            ExpressionKind::Distance { from, distance } => {
                let Possible::Days(first, last) = self.expression(from)? else { return None };
                let at = |day: i32| Some(distance.from(Date::from_day_number(day)?)?.day_number());
                match (at(first), at(last)) {
                    (Some(first), Some(last)) => Some(Possible::Days(first, last)),
                    _ => anything(),
                }
            }
            ExpressionKind::Between { from, to, elapsed } => self.between(from, to, *elapsed),
            ExpressionKind::Rate { rate, on } => {
                let on = self.expression(on)?;
                let value = self.prover.policy.values.get(rate.index())?;
                let provision = self.provision(*value.provisions.first()?)?;
                let Body::Rates { rates, .. } = &provision.body else { return None };
                self.rate_on(rates, &value.kind, on)
            }
            ExpressionKind::Sum { of, family }
            | ExpressionKind::Highest { of, family }
            | ExpressionKind::Lowest { of, family } => self.over_family(expression, *of, *family),
            ExpressionKind::Round { value, step, rounding } => {
                let Possible::Numbers(least, greatest) = self.quotient(value)? else {
                    return None;
                };
                let step = Ratio::new(step.0.into(), step.1.into())?;
                match (least.to_step(step, *rounding), greatest.to_step(step, *rounding)) {
                    (Some(least), Some(greatest)) => Some(Possible::Numbers(least, greatest)),
                    _ => anything(),
                }
            }
            ExpressionKind::Items(over) if self.is_without(Some(over.list)) => {
                self.of_no_item(over)
            }
            ExpressionKind::Items(over) if self.space.has_one_of_each => self.of_one_item(over),
            ExpressionKind::Items(_) | ExpressionKind::Broken => anything(),
        }
    }

    /// What is taken of all items together, where there is one.
    fn of_one_item(&mut self, over: &'a OverItems) -> Option<Possible> {
        let counts = self.condition(&over.filter)?;
        let one = |it: &mut Self| match &over.of {
            Some(of) => it.expression(of),
            None => Some(Possible::Numbers(Ratio::whole(1), Ratio::whole(1))),
        };
        match counts {
            Tri::Yes => one(self),
            Tri::No => self.of_no_item(over),
            Tri::Open => match (one(self), self.of_no_item(over)) {
                (Some(one), Some(none)) => Some(one.or(none)),
                (one, none) => one.or(none),
            },
        }
    }

    /// The same where none counts.
    fn of_no_item(&mut self, over: &'a OverItems) -> Option<Possible> {
        match &over.if_none {
            Some(if_none) => self.expression(if_none),
            None => Some(Possible::Numbers(Ratio::ZERO, Ratio::ZERO)),
        }
    }

    /// What a number can be, which may stand within a rounding.
    pub(in crate::prove) fn number(&mut self, expression: &'a Expression) -> Option<Possible> {
        let is_quotient = |it: &Expression| matches!(it.kind, ExpressionKind::Divide(..));
        match &expression.kind {
            ExpressionKind::Divide(..) => self.raw(expression),
            ExpressionKind::Multiply(a, b) if is_quotient(a) || is_quotient(b) => {
                self.raw(expression)
            }
            _ => self.expression(expression),
        }
    }

    /// Within a rounding stand numbers of any denominator. None where the case is refused, as of all
    /// expressions: what does not fit is anything of its type.
    fn quotient(&mut self, value: &'a Expression) -> Option<Possible> {
        match &value.kind {
            ExpressionKind::Divide(..) | ExpressionKind::Multiply(..) => self.raw(value),
            _ => self.expression(value),
        }
    }

    fn numbers(
        &mut self,
        a: &'a Expression,
        b: &'a Expression,
        otherwise: Option<Possible>,
        work: impl FnOnce(Possible, Possible) -> Option<Possible>,
    ) -> Option<Possible> {
        let (a, b) = (self.quotient(a)?, self.quotient(b)?);
        work(a, b).or(otherwise)
    }

    /// Whether the evidence can be: nobody is born after the day asked for, and no days are counted
    /// backwards.
    pub(in crate::prove) fn evidence(&mut self) -> Option<()> {
        self.ages()?;
        let before = self.blockers.len();
        let can_be = self.days();
        // A cut through what may not be given would lose the cases in which it is not.
        for blocker in self.blockers.split_off(before) {
            if self.is_always_given(blocker.on) {
                self.blockers.push(blocker);
            }
        }
        can_be
    }

    /// Whether all that something reads is given in every case.
    fn is_always_given(&mut self, on: On<'a>) -> bool {
        let mut read = Vec::new();
        let mut note = |part| match part {
            Part::Expression(it) => read.push(it),
            Part::Condition(_) => {}
        };
        match on {
            On::Fact(_) | On::Family(..) => return true,
            On::Expression(it) => walk::expression(it, &mut note),
            On::Test(it) => walk::condition(it, &mut note),
            On::Choice(_) => return false,
        }
        let policy = self.prover.policy;
        let mut values = read.into_iter().flat_map(|it| values_behind(policy, it));
        values.all(|value| self.is_given(value) == Some(Tri::Yes))
    }

    fn days(&mut self) -> Option<()> {
        let prover = self.prover;
        for days in &prover.days {
            let (are_backwards, may_be_refused) = self.strictly(|it| it.are_backwards(days));
            if are_backwards && !may_be_refused {
                return None;
            }
        }
        Some(())
    }

    /// Whether a provision counts days backwards, in every case.
    fn are_backwards(&mut self, DaysCounted { id, asked, worked_out }: &DaysCounted<'a>) -> bool {
        if self.is_without(self.provision(*id).and_then(|it| it.list)) {
            return false;
        }
        // Where a clause reads what is not given, that is what is wrong with the case.
        let in_force = self.provision(*id).and_then(|it| self.condition(&it.in_force));
        let is_asked = in_force == Some(Tri::Yes);
        (is_asked && asked.iter().any(|days| self.is_backwards(days)))
            || (self.applies(*id) == Some(Tri::Yes)
                && worked_out.iter().any(|days| self.is_backwards(days)))
    }

    /// Whether days are counted to a day that is before the first, in every case.
    fn is_backwards(&mut self, days: &Days<'a>) -> bool {
        let ExpressionKind::Between { from, to, .. } = &days.expression.kind else {
            return false;
        };
        // Where there is no item, nothing is counted of any.
        if self.is_without(days.list) {
            return false;
        }
        // Where something may not be given, it is that which may be wrong.
        if !days.reads.iter().all(|value| self.is_given(*value) == Some(Tri::Yes)) {
            return false;
        }
        match (self.expression(from), self.expression(to)) {
            (Some(Possible::Days(first, _)), Some(Possible::Days(_, last))) => last < first,
            _ => false,
        }
    }

    fn ages(&mut self) -> Option<()> {
        for (birth, on) in &self.prover.ages {
            if self.fact_applies(*birth).and(self.fact_applies(*on)) == Tri::Yes {
                self.age(*birth, *on)?;
            }
        }
        Some(())
    }

    fn age(&mut self, birth: FactId, on: FactId) -> Option<Possible> {
        let (Possible::Days(born, born_last), Possible::Days(on, on_last)) =
            (self.fact(birth)?, self.fact(on)?)
        else {
            return None;
        };
        let age = |born: i32, on: i32| {
            let years = Date::from_day_number(born)?.age_on(Date::from_day_number(on)?)?;
            Some(Ratio::whole(i128::from(years.min(255))))
        };
        let oldest = age(born, on_last)?;
        Some(Possible::Numbers(age(born_last, on).unwrap_or(Ratio::ZERO), oldest))
    }

    fn between(
        &mut self,
        from: &'a Expression,
        to: &'a Expression,
        elapsed: Elapsed,
    ) -> Option<Possible> {
        let (Possible::Days(a, b), Possible::Days(c, d)) =
            (self.expression(from)?, self.expression(to)?)
        else {
            return None;
        };
        let passed = |from: i32, to: i32| {
            let days = (Date::from_day_number(from)?, Date::from_day_number(to)?);
            Some(Ratio::whole(elapsed.between(days.0, days.1)?.into()))
        };
        // From a day to itself least passes; of cases in which the last is before the first none
        // is decided.
        let least = if c >= b { passed(b, c)? } else { passed(a, a)? };
        (d >= a).then(|| Some(Possible::Numbers(least, passed(a, d)?))).flatten()
    }

    fn member_name(&mut self, of: &Type) -> Option<Possible> {
        let Type::Words { list, .. } = of else { return None };
        let families = self.prover.policy.families.iter();
        let mut families = families.filter(|family| family.names == *list);
        let place = families.find_map(|family| {
            family.members.iter().position(|member| Some(*member) == self.member)
        })?;
        Some(Possible::Words(u8::try_from(place).into_iter().collect()))
    }

    fn over_family(
        &mut self,
        expression: &'a Expression,
        of: Option<ValueId>,
        family: FamilyId,
    ) -> Option<Possible> {
        let column = asked(expression).and_then(|asked| self.joint_column(&asked));
        if let Some((joint, column)) = column {
            // Members have what the states say in the cases in which a clause gives it.
            let is_given = of.map_or(Some(Tri::Yes), |value| self.is_given(value))?;
            return (is_given != Tri::No).then(|| self.joint(joint, column, &expression.of))?;
        }
        let policy = self.prover.policy;
        let mut whole: Option<Possible> = None;
        for member in &policy.families.get(family.0 as usize)?.members {
            let outer = (self.member.replace(*member), self.is_among_members);
            self.is_among_members = true;
            let one = match of {
                Some(value) => {
                    self.deeper(|it| it.value(value)).unwrap_or_else(|| of_type(&expression.of))
                }
                None => self.fact(*member),
            };
            (self.member, self.is_among_members) = outer;
            let one = one?;
            whole = Some(match (whole, &expression.kind) {
                (None, _) => one,
                // Where a number does not fit, nothing is known of the sum.
                (Some(so_far), ExpressionKind::Sum { .. }) => {
                    plus(so_far, one).or_else(|| of_type(&expression.of))?
                }
                (Some(so_far), ExpressionKind::Highest { .. }) => extreme(so_far, one, true),
                (Some(so_far), _) => extreme(so_far, one, false),
            });
        }
        whole.or(Some(Possible::Numbers(Ratio::ZERO, Ratio::ZERO)))
    }
}

pub(super) fn constant(constant: Constant, of: &Type) -> Option<Possible> {
    Some(match (constant, of) {
        (Constant::YesNo(truth), _) => Possible::Words(core::iter::once(truth.into()).collect()),
        (Constant::Word(word), _) => Possible::Words(core::iter::once(word).collect()),
        (Constant::Date(day), _) => Possible::Days(day.day_number(), day.day_number()),
        (Constant::Number(parts), Type::Number(number)) => {
            let number = Ratio::new(parts.into(), number.denominator.into())?;
            Possible::Numbers(number, number)
        }
        (Constant::Listed(words), _) => {
            let words = Ratio::whole(words.into());
            Possible::Numbers(words, words)
        }
        (Constant::Number(_), _) => return None,
    })
}

/// All that something of a type can be.
pub(in crate::prove) fn of_type(of: &Type) -> Option<Possible> {
    Some(match of {
        Type::YesNo => Possible::Words(Words::first(2)),
        Type::Words { count, .. } => Possible::Words(Words::first((*count).into())),
        Type::Date { first, last } => Possible::Days(first.day_number(), last.day_number()),
        Type::Number(number) => {
            let over = |parts: i64| Ratio::new(parts.into(), number.denominator.into());
            Possible::Numbers(over(number.least)?, over(number.greatest)?)
        }
        Type::Listed { count, .. } => {
            let all = listed::bit(*count).saturating_sub(1);
            Possible::Numbers(Ratio::ZERO, Ratio::whole(all.into()))
        }
        Type::Broken => return None,
    })
}

pub(in crate::prove) fn plus(a: Possible, b: Possible) -> Option<Possible> {
    let (Possible::Numbers(a, b), Possible::Numbers(c, d)) = (a, b) else { return None };
    Some(Possible::Numbers(a.plus(c)?, b.plus(d)?))
}

pub(in crate::prove) fn minus(a: Possible, b: Possible) -> Option<Possible> {
    let (Possible::Numbers(a, b), Possible::Numbers(c, d)) = (a, b) else { return None };
    Some(Possible::Numbers(a.minus(d)?, b.minus(c)?))
}

/// The least and the greatest that the ends give.
fn corners(
    a: Possible,
    b: Possible,
    work: impl Fn(Ratio, Ratio) -> Option<Ratio>,
) -> Option<Possible> {
    let (Possible::Numbers(a, b), Possible::Numbers(c, d)) = (a, b) else { return None };
    let corners = [work(a, c)?, work(a, d)?, work(b, c)?, work(b, d)?];
    Some(Possible::Numbers(corners.into_iter().min()?, corners.into_iter().max()?))
}

/// The greater, or the lesser, of two.
pub(super) fn extreme(a: Possible, b: Possible, is_greater: bool) -> Possible {
    match (a, b) {
        (Possible::Numbers(a, b), Possible::Numbers(c, d)) if is_greater => {
            Possible::Numbers(a.max(c), b.max(d))
        }
        (Possible::Numbers(a, b), Possible::Numbers(c, d)) => Possible::Numbers(a.min(c), b.min(d)),
        (Possible::Days(a, b), Possible::Days(c, d)) if is_greater => {
            Possible::Days(a.max(c), b.max(d))
        }
        (Possible::Days(a, b), Possible::Days(c, d)) => Possible::Days(a.min(c), b.min(d)),
        (Possible::Words(a), Possible::Words(b)) => {
            let reaches = |word: u8, other: Words| {
                other.iter().any(|other| if is_greater { other <= word } else { other >= word })
            };
            let of_a = a.iter().filter(|word| reaches(*word, b));
            let of_b = b.iter().filter(|word| reaches(*word, a));
            Possible::Words(of_a.chain(of_b).collect())
        }
        (own, _) => own,
    }
}
