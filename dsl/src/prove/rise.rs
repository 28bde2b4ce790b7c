//! By how much something is more in one case than in another that differs in one fact.
//!
//! What hangs on other facts alone is the same in both, whatever it is. Of the rest it is worked out
//! what the difference is made of: of a sum those of its parts, of the lesser of two something between
//! those of the two. So no amount needs to be known for it to be seen which is the greater.

mod payments;

use crate::checked::{Expression, ExpressionKind};
use crate::ratio::Ratio;

use super::Prover;
use super::evaluate::{Evaluation, Stop, Worked};
use super::family::Joint;
use super::linear::{Linear, Quantity, Thing};
use super::moving::Moving;
use super::possible::{Possible, Tri};
use super::space::Space;

pub(super) use payments::{paid_exactly, rise_of_payments};

/// Beyond this, nothing is followed.
const MOST_DEEP: u32 = 32;

/// What is worked out of two spaces at once: of a case of the one and a case of the other that are the
/// same but for one fact, which is lower in the first.
pub(super) struct Two<'s, 'a> {
    pub(super) low: Evaluation<'s, 'a>,
    pub(super) high: Evaluation<'s, 'a>,
    pub(super) moving: &'s Moving<'a>,
    depth: u32,
}

impl<'s, 'a> Two<'s, 'a> {
    pub(super) fn new(
        prover: &'s Prover<'a>,
        [low, high]: [&'s Space<'a>; 2],
        joints: &'s [Joint],
        moving: &'s Moving<'a>,
    ) -> Two<'s, 'a> {
        let low = Evaluation::new(prover, low, joints);
        let high = Evaluation::new(prover, high, joints);
        Two { low, high, moving, depth: 0 }
    }

    /// Whether these are two single cases.
    pub(super) fn are_single(&self) -> bool {
        self.low.has_one_of_each() && self.high.has_one_of_each()
    }

    /// Whether something is so of both.
    pub(super) fn of_both(
        &mut self,
        question: impl Fn(&mut Evaluation<'s, 'a>) -> Option<Tri>,
    ) -> Option<Tri> {
        let low = question(&mut self.low)?;
        if low == Tri::No {
            return Some(low);
        }
        Some(low.and(question(&mut self.high)?))
    }

    /// Whether what is assumed can be so of both, as far as what rises shows.
    pub(super) fn is_possible(&mut self) -> bool {
        if !self.low.is_possible() || !self.high.is_possible() {
            return false;
        }
        let (low, high) = (self.low.space(), self.high.space());
        let assumed = low.assumed.iter().chain(&high.assumed);
        assumed.map(|(expression, _)| *expression).all(|it| self.can_rise_so(it))
    }

    /// Whether something lies in both as what it is made of says.
    fn can_rise_so(&mut self, expression: &'a Expression) -> bool {
        let (Ok(rise), Ok((least, greatest))) = (self.rise(expression), self.between(expression))
        else {
            return true;
        };
        match self.low.ends(&rise) {
            Ok((lowest, highest)) => lowest <= greatest && least <= highest,
            Err(_) => true,
        }
    }

    /// By how much a number is more in the second case, below nothing where it is less.
    pub(super) fn rise(&mut self, expression: &'a Expression) -> Worked<Linear<'a>> {
        if !self.moving.expression(expression) {
            return Ok(Linear::nothing());
        }
        let (least, greatest) = self.between(expression)?;
        if least == greatest {
            return Ok(Linear::constant(least));
        }
        if self.depth < MOST_DEEP {
            self.depth += 1;
            let made = self.made_of(expression, (least, greatest));
            self.depth -= 1;
            if let Some(made) = made? {
                return Ok(made);
            }
        }
        Ok(Linear::of(Quantity::between(Thing::Rise(expression, 0), least, greatest)))
    }

    fn made_of(
        &mut self,
        expression: &'a Expression,
        (least, greatest): (Ratio, Ratio),
    ) -> Worked<Option<Linear<'a>>> {
        Ok(match &expression.kind {
            // A fact that only applies or not because of another is the same in both.
            ExpressionKind::Fact(fact) if *fact != self.moving.fact => Some(Linear::nothing()),
            ExpressionKind::Add(a, b) => self.rise(a)?.plus(&self.rise(b)?),
            ExpressionKind::Subtract(a, b) => self.rise(a)?.minus(&self.rise(b)?),
            ExpressionKind::Multiply(a, b) => {
                let (rise_of_a, rise_of_b) = (self.rise(a)?, self.rise(b)?);
                let (of_a, of_b) = (numbers(self.low.number(a))?, numbers(self.high.number(b))?);
                let first = self.scaled(Thing::Rise(expression, 1), &rise_of_a, of_b)?;
                first.plus(&self.scaled(Thing::Rise(expression, 2), &rise_of_b, of_a)?)
            }
            ExpressionKind::Divide(a, b) if !self.moving.expression(b) => {
                let (low, high) = numbers(self.low.expression(b))?;
                let over = |it: Ratio| Ratio::whole(1).over(it).ok_or(Stop::TooLarge);
                if low <= Ratio::ZERO {
                    return Ok(None);
                }
                let rise = self.rise(a)?;
                Some(self.scaled(Thing::Rise(expression, 1), &rise, (over(high)?, over(low)?))?)
            }
            ExpressionKind::Round { value, step, .. } => {
                let Some(step) = Ratio::new(step.0.into(), step.1.into()) else { return Ok(None) };
                let rise = self.rise(value)?;
                Some(self.rounded(expression, &rise, step, (least, greatest))?)
            }
            ExpressionKind::Greater(a, b) | ExpressionKind::Lesser(a, b) => {
                let (a, b) = (self.rise(a)?, self.rise(b)?);
                Some(self.one_of(Thing::Rise(expression, 0), a, b)?)
            }
            ExpressionKind::Value(value) => {
                let low = self.low.defined_surely(*value)?;
                let high = self.high.defined_surely(*value)?;
                let (Some(low), Some(high)) = (low, high) else { return Ok(None) };
                if core::ptr::eq(low, high) {
                    return self.rise(low).map(Some);
                }
                let low = self.low.sum(low)?;
                self.higher(high)?.minus(&low)
            }
            _ => None,
        })
    }

    /// What a number is in the second case.
    fn higher(&mut self, expression: &'a Expression) -> Worked<Linear<'a>> {
        if !self.moving.expression(expression) {
            return self.low.sum(expression);
        }
        let (least, greatest) = numbers(self.high.expression(expression))?;
        Ok(Linear::of(Quantity::between(Thing::Higher(expression), least, greatest)))
    }

    /// Between what the rise of a number lies, as far as what it is in both says.
    fn between(&mut self, expression: &'a Expression) -> Worked<(Ratio, Ratio)> {
        let (low, high) =
            (numbers(self.low.number(expression))?, numbers(self.high.number(expression))?);
        let minus = |a: Ratio, b: Ratio| a.minus(b).ok_or(Stop::TooLarge);
        let (mut least, greatest) = (minus(high.0, low.1)?, minus(high.1, low.0)?);
        // What is lower in the first case is lower by a step at least.
        if matches!(expression.kind, ExpressionKind::Fact(fact) if fact == self.moving.fact) {
            least = least.max(self.moving.step());
        }
        if least > greatest { Err(Stop::Refused) } else { Ok((least, greatest)) }
    }

    /// A rise so many times, where it is not known exactly how many.
    fn scaled(
        &self,
        thing: Thing<'a>,
        rise: &Linear<'a>,
        (low, high): (Ratio, Ratio),
    ) -> Worked<Linear<'a>> {
        let times = |it: &Linear<'a>, by: Ratio| it.clone().times(by).ok_or(Stop::TooLarge);
        if low == high {
            return times(rise, low);
        }
        let (least, greatest) = self.low.ends(rise)?;
        let corner = |a: Ratio, b: Ratio| a.times(b).ok_or(Stop::TooLarge);
        let of_least = [corner(least, low)?, corner(least, high)?];
        let of_greatest = [corner(greatest, low)?, corner(greatest, high)?];
        let corners = || of_least.into_iter().chain(of_greatest);
        let lowest = corners().min().ok_or(Stop::TooLarge)?;
        let highest = corners().max().ok_or(Stop::TooLarge)?;
        let mut scaled = Quantity::between(thing, lowest, highest);
        if least >= Ratio::ZERO {
            scaled.at_least.push(times(rise, low)?);
            scaled.at_most.push(times(rise, high)?);
        } else if greatest <= Ratio::ZERO {
            scaled.at_least.push(times(rise, high)?);
            scaled.at_most.push(times(rise, low)?);
        }
        Ok(Linear::of(scaled))
    }

    /// What is rounded rises, or falls, where what it was does, and by no more than a step otherwise.
    fn rounded(
        &self,
        expression: &'a Expression,
        rise: &Linear<'a>,
        step: Ratio,
        (mut least, mut greatest): (Ratio, Ratio),
    ) -> Worked<Linear<'a>> {
        let (lowest, highest) = self.low.ends(rise)?;
        if lowest >= Ratio::ZERO {
            least = least.max(Ratio::ZERO);
        }
        if highest <= Ratio::ZERO {
            greatest = greatest.min(Ratio::ZERO);
        }
        let mut rounded = Quantity::between(Thing::Rise(expression, 0), least, greatest);
        let step = Linear::constant(step);
        rounded.at_most.extend(rise.clone().plus(&step));
        rounded.at_least.extend(rise.clone().minus(&step));
        Ok(Linear::of(rounded))
    }

    /// The rise of the greater, or the lesser, of two numbers that rise so: it lies between.
    fn one_of(&self, thing: Thing<'a>, a: Linear<'a>, b: Linear<'a>) -> Worked<Linear<'a>> {
        let ((low_a, high_a), (low_b, high_b)) = (self.low.ends(&a)?, self.low.ends(&b)?);
        let mut between = Quantity::between(thing, low_a.min(low_b), high_a.max(high_b));
        let difference = a.clone().minus(&b).ok_or(Stop::TooLarge)?;
        let (least, greatest) = self.low.ends(&difference)?;
        if least == Ratio::ZERO && greatest == Ratio::ZERO {
            return Ok(a);
        }
        if least >= Ratio::ZERO {
            between.at_least.push(b);
            between.at_most.push(a);
        } else if greatest <= Ratio::ZERO {
            between.at_least.push(a);
            between.at_most.push(b);
        }
        Ok(Linear::of(between))
    }
}

fn numbers(possible: Option<Possible>) -> Worked<(Ratio, Ratio)> {
    match possible {
        Some(Possible::Numbers(least, greatest)) => Ok((least, greatest)),
        Some(_) => Err(Stop::TooLarge),
        None => Err(Stop::Refused),
    }
}
