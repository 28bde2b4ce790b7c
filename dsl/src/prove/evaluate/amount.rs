//! Amounts as sums of what is not known: what is the same on both sides of a comparison is seen.

use alloc::vec::Vec;

use super::{Blocker, Evaluation, On};
use apportion_core::program::{FactId, ValueId};

use crate::checked::{Body, Expression, ExpressionKind, Provision, Type};
use crate::prove::linear::{Linear, Quantity, Thing};
use crate::prove::possible::{Possible, Tri};
use crate::prove::space::{Choice, Cut};
use crate::ratio::Ratio;
use crate::syntax::Hit;

/// Why there is no such sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::prove) enum Stop {
    /// The case is refused instead, or is not in the space.
    Refused,
    /// A number does not fit, or it is no number.
    TooLarge,
}

/// A sum, or something made of sums.
pub(in crate::prove) type Worked<T> = Result<T, Stop>;

/// What a question is answered with sums: open where a number does not fit.
pub(in crate::prove) fn answered(worked: Worked<Tri>) -> Option<Tri> {
    match worked {
        Ok(answer) => Some(answer),
        Err(Stop::Refused) => None,
        Err(Stop::TooLarge) => Some(Tri::Open),
    }
}

impl<'a> Evaluation<'_, 'a> {
    /// What an expression that is a number comes to.
    pub(in crate::prove) fn sum(&mut self, expression: &'a Expression) -> Worked<Linear<'a>> {
        let possible = self.expression(expression).ok_or(Stop::Refused)?;
        self.has_sums = true;
        let (least, greatest) = ends(possible)?;
        if least == greatest {
            return Ok(Linear::constant(least));
        }
        let opaque = || Linear::of(opaque(expression, least, greatest));
        Ok(self.made_of(expression)?.unwrap_or_else(opaque))
    }

    /// What an expression is made of; none where that says no more than between what it lies.
    fn made_of(&mut self, expression: &'a Expression) -> Worked<Option<Linear<'a>>> {
        Ok(match &expression.kind {
            ExpressionKind::Add(a, b) => self.sum(a)?.plus(&self.sum(b)?),
            ExpressionKind::Subtract(a, b) => self.sum(a)?.minus(&self.sum(b)?),
            ExpressionKind::Multiply(a, b) => self.product(expression, a, b)?,
            ExpressionKind::Round { value, step, .. } => self.rounded(expression, value, *step)?,
            ExpressionKind::Greater(a, b) | ExpressionKind::Lesser(a, b) => {
                let (a, b) = (self.sum(a)?, self.sum(b)?);
                let is_greater = matches!(expression.kind, ExpressionKind::Greater(..));
                Some(self.extreme_of(Choice::Of(expression), is_greater, a, b)?)
            }
            ExpressionKind::Value(value) => {
                let made = self.deeper(|it| it.given_surely(*value));
                made.transpose()?.flatten()
            }
            _ => None,
        })
    }

    fn given_surely(&mut self, value: ValueId) -> Worked<Option<Linear<'a>>> {
        match self.defined_surely(value)? {
            Some(expression) => self.sum(expression).map(Some),
            None => Ok(None),
        }
    }

    /// What the clause says that surely gives a value; none where none surely does.
    pub(in crate::prove) fn defined_surely(
        &mut self,
        value: ValueId,
    ) -> Worked<Option<&'a Expression>> {
        let Some(declared) = self.prover.policy.values.get(value.index()) else { return Ok(None) };
        for id in &declared.provisions {
            let applies = self.applies(*id).ok_or(Stop::Refused)?;
            match self.provision(*id).filter(|_| applies == Tri::Yes) {
                Some(provision) => return self.expression_given(provision, value),
                None => continue,
            }
        }
        Ok(None)
    }

    fn expression_given(
        &mut self,
        provision: &'a Provision,
        value: ValueId,
    ) -> Worked<Option<&'a Expression>> {
        Ok(match &provision.body {
            Body::Define { expression, .. } => Some(expression),
            Body::Slices(slices) => Some(&slices.expression),
            Body::Table(table) if table.each.is_none() && is_of_one_row(table.hit) => {
                let rows = self.rows(&provision.body).ok_or(Stop::Refused)?;
                let row = match table.hit {
                    // Earlier rows must be known not to apply.
                    Hit::First => rows.iter().position(|row| *row != Tri::No),
                    _ => rows.iter().position(|row| *row == Tri::Yes),
                };
                let row = row.filter(|row| rows.get(*row) == Some(&Tri::Yes));
                let column = table.values.iter().position(|it| *it == value);
                row.and_then(|row| table.rows.get(row)?.answers.get(column?))
            }
            _ => None,
        })
    }

    /// A product lies between what the ends of one factor make of the other.
    fn product(
        &mut self,
        whole: &'a Expression,
        a: &'a Expression,
        b: &'a Expression,
    ) -> Worked<Option<Linear<'a>>> {
        let is_quotient = |it: &Expression| matches!(it.kind, ExpressionKind::Divide(..));
        let (least, greatest) = ends(self.raw(whole).ok_or(Stop::Refused)?)?;
        let mut product = opaque(whole, least, greatest);
        if is_quotient(a) || is_quotient(b) {
            return Ok(Some(Linear::of(product)));
        }
        let (a, b) = (self.sum(a)?, self.sum(b)?);
        if let Some(known) = a.known() {
            return Ok(b.times(known));
        }
        if let Some(known) = b.known() {
            return Ok(a.times(known));
        }
        for (one, other) in [(&a, &b), (&b, &a)] {
            let ends = (one.least(&self.known), other.least(&[]), other.greatest(&[]));
            let (Some(lowest), Some(low), Some(high)) = ends else { continue };
            if lowest >= Ratio::ZERO {
                product.at_least.extend(one.clone().times(low));
                product.at_most.extend(one.clone().times(high));
            }
        }
        Ok(Some(Linear::of(product)))
    }

    /// What is rounded lies within a step of what it was, and on the same side of every whole number
    /// of steps.
    fn rounded(
        &mut self,
        whole: &'a Expression,
        value: &'a Expression,
        step: (i64, i64),
    ) -> Worked<Option<Linear<'a>>> {
        let inner = match &value.kind {
            ExpressionKind::Multiply(a, b) => self.product(value, a, b)?,
            ExpressionKind::Divide(..) => None,
            _ => Some(self.sum(value)?),
        };
        let step = Ratio::new(step.0.into(), step.1.into());
        let (Some(inner), Some(step)) = (inner, step) else { return Ok(None) };
        if inner.is_whole(step) {
            return Ok(Some(inner));
        }
        let possible = self.expression(whole).ok_or(Stop::Refused)?;
        let (least, greatest) = ends(possible)?;
        let mut rounded = opaque(whole, least, greatest);
        if let Some(of) = inner.alone() {
            let is_on_step = |bound: &&Linear<'a>| bound.is_whole(step);
            rounded.at_least.extend(of.at_least.iter().filter(is_on_step).cloned());
            rounded.at_most.extend(of.at_most.iter().filter(is_on_step).cloned());
        }
        rounded.at_most.extend(inner.clone().plus(&Linear::constant(step)));
        rounded.at_least.extend(inner.minus(&Linear::constant(step)));
        Ok(Some(Linear::of(rounded)))
    }

    /// Between what a sum lies.
    pub(in crate::prove) fn ends(&self, sum: &Linear<'a>) -> Worked<(Ratio, Ratio)> {
        let least = sum.least(&self.known).ok_or(Stop::TooLarge)?;
        Ok((least, sum.greatest(&self.known).ok_or(Stop::TooLarge)?))
    }

    pub(in crate::prove) fn is_above_nothing(&self, sum: &Linear<'a>) -> Tri {
        sum.is_above_nothing(&self.known)
    }

    pub(in crate::prove) fn is_something(&self, sum: &Linear<'a>) -> Tri {
        sum.is_something(&self.known)
    }

    /// Works on what need not be so in every case: nothing is known of the others by it.
    pub(in crate::prove) fn apart<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let known = self.known.len();
        let done = work(self);
        self.known.truncate(known);
        done
    }

    /// Works on an item of which nothing is known, whatever the space says of its facts: a case has
    /// several, and what is said of one is not said of all.
    pub(in crate::prove) fn of_any_item<T>(
        &mut self,
        work: impl FnOnce(&mut Evaluation<'_, 'a>) -> T,
    ) -> T {
        let space = self.prover.of_any_items(self.space);
        let mut any = Evaluation::new(self.prover, &space, self.joints);
        let done = work(&mut any);
        let facts = &self.prover.policy.facts;
        let is_of_case =
            |fact: &FactId| facts.get(fact.index()).is_some_and(|fact| fact.list.is_none());
        let Evaluation { blockers, facts, families, .. } = any;
        self.facts.extend(facts.into_iter().filter(is_of_case));
        self.families.extend(families);
        self.blockers.extend(blockers.into_iter().filter(|blocker| match &blocker.on {
            On::Fact(fact) => is_of_case(fact),
            On::Family(..) => true,
            On::Expression(_) | On::Test(_) | On::Choice(_) => false,
        }));
        done
    }

    /// The greater, or the lesser, of two.
    pub(in crate::prove) fn extreme_of(
        &mut self,
        choice: Choice<'a>,
        is_greater: bool,
        a: Linear<'a>,
        b: Linear<'a>,
    ) -> Worked<Linear<'a>> {
        let difference = a.clone().minus(&b).ok_or(Stop::TooLarge)?;
        let opposite = b.clone().minus(&a).ok_or(Stop::TooLarge)?;
        let is_first_greater = if is_at_least_nothing(&difference, &self.known) {
            Some(true)
        } else if is_at_least_nothing(&opposite, &self.known) {
            Some(false)
        } else {
            self.chosen(choice)
        };
        match is_first_greater {
            Some(true) => self.take_to_be(difference)?,
            Some(false) => self.take_to_be(opposite)?,
            None => {
                self.blockers.push(Blocker { on: On::Choice(choice), cut: Cut::Halves });
                return self.either_of(choice, is_greater, a, b);
            }
        }
        Ok(if is_first_greater == Some(is_greater) { a } else { b })
    }

    /// What the space says of a choice.
    fn chosen(&self, choice: Choice<'a>) -> Option<bool> {
        let mut choices = self.space.choices.iter();
        choices.find(|(known, _)| *known == choice).map(|(_, is_first)| *is_first)
    }

    /// Takes a sum to be never below nothing; refused where it always is.
    fn take_to_be(&mut self, never_below_nothing: Linear<'a>) -> Worked<()> {
        let most = never_below_nothing.greatest(&self.known);
        if most.is_some_and(|most| most < Ratio::ZERO) {
            return Err(Stop::Refused);
        }
        if never_below_nothing.least(&[]).is_none_or(|least| least < Ratio::ZERO) {
            self.known.push(never_below_nothing);
        }
        Ok(())
    }

    fn either_of(
        &self,
        choice: Choice<'a>,
        is_greater: bool,
        a: Linear<'a>,
        b: Linear<'a>,
    ) -> Worked<Linear<'a>> {
        let thing = match choice {
            Choice::Of(expression) => Thing::Of(expression),
            Choice::Step(id, step) => Thing::Step(id, step),
        };
        let least = |it: &Linear<'a>| it.least(&self.known).ok_or(Stop::TooLarge);
        let greatest = |it: &Linear<'a>| it.greatest(&self.known).ok_or(Stop::TooLarge);
        let (least, greatest) = match is_greater {
            true => (least(&a)?.max(least(&b)?), greatest(&a)?.max(greatest(&b)?)),
            false => (least(&a)?.min(least(&b)?), greatest(&a)?.min(greatest(&b)?)),
        };
        let is_whole = [&a, &b].iter().all(|it| it.is_whole(Ratio::whole(1)));
        let both = Vec::from([a, b]);
        let (at_least, at_most) = if is_greater { (both, Vec::new()) } else { (Vec::new(), both) };
        Ok(Linear::of(Quantity { thing, least, greatest, is_whole, at_least, at_most }))
    }
}

fn is_at_least_nothing<'a>(sum: &Linear<'a>, known: &[Linear<'a>]) -> bool {
    sum.least(known).is_some_and(|least| least >= Ratio::ZERO)
}

fn is_of_one_row(hit: Hit) -> bool {
    matches!(hit, Hit::ExactlyOne | Hit::First | Hit::MustAgree)
}

fn ends(possible: Possible) -> Worked<(Ratio, Ratio)> {
    match possible {
        Possible::Numbers(least, greatest) => Ok((least, greatest)),
        Possible::Words(_) | Possible::Days(..) => Err(Stop::TooLarge),
    }
}

/// An expression of which nothing more is said than between what it lies.
fn opaque(expression: &Expression, least: Ratio, greatest: Ratio) -> Quantity<'_> {
    let is_whole = matches!(&expression.of, Type::Number(number) if number.denominator == 1);
    Quantity { is_whole, ..Quantity::between(Thing::Of(expression), least, greatest) }
}
