//! Sums of things that are not known, each so often: what cancels out of them cancels, whatever it
//! is.
//!
//! `gross fee - the lesser of gross fee and nursing rate` lies between two numbers as every
//! expression does; that it is never below nothing is only seen where one *gross fee* is the other.

use alloc::rc::Rc;
use alloc::vec::Vec;

use apportion_core::program::PartyId;

use super::possible::Tri;
use crate::checked::{Expression, ProvisionId};
use crate::ratio::Ratio;

/// So often at most a bound of a sum is looked for by putting one thing in another's place.
const MOST_ROUNDS: usize = 12;

/// What stands in a sum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Thing<'a> {
    /// What an expression comes to.
    Of(&'a Expression),
    /// What a clause makes a party pay.
    Part(ProvisionId, PartyId),
    /// What a limit or floor moves: from a party, or to one.
    Moved(ProvisionId, PartyId),
    /// The greater or lesser of two in a step of a sentence.
    Step(ProvisionId, u32),
    /// By how much an expression is more in a second case: in all, or in so many'th part.
    Rise(&'a Expression, u8),
    /// What an expression comes to in a second case.
    Higher(&'a Expression),
}

/// Something that is not known, and what is known of it.
#[derive(Clone, Debug)]
pub(super) struct Quantity<'a> {
    pub(super) thing: Thing<'a>,
    pub(super) least: Ratio,
    pub(super) greatest: Ratio,
    /// Whether it is a whole number, such as of pence.
    pub(super) is_whole: bool,
    /// Sums that it is never below.
    pub(super) at_least: Vec<Linear<'a>>,
    /// Sums that it is never above.
    pub(super) at_most: Vec<Linear<'a>>,
}

/// A number and things that are not known, each so often.
///
/// Arithmetic gives `None` where a number does not fit.
#[derive(Clone, Debug)]
pub(super) struct Linear<'a> {
    constant: Ratio,
    terms: Vec<(Ratio, Rc<Quantity<'a>>)>,
}

impl<'a> Quantity<'a> {
    /// Something of which it is only known between what it lies.
    pub(super) fn between(thing: Thing<'a>, least: Ratio, greatest: Ratio) -> Quantity<'a> {
        Quantity {
            thing,
            least,
            greatest,
            is_whole: false,
            at_least: Vec::new(),
            at_most: Vec::new(),
        }
    }
}

impl<'a> Linear<'a> {
    pub(super) fn constant(constant: Ratio) -> Linear<'a> {
        Linear { constant, terms: Vec::new() }
    }

    pub(super) fn nothing() -> Linear<'a> {
        Linear::constant(Ratio::ZERO)
    }

    pub(super) fn of(quantity: Quantity<'a>) -> Linear<'a> {
        if quantity.least == quantity.greatest {
            return Linear::constant(quantity.least);
        }
        let terms = Vec::from([(Ratio::whole(1), Rc::new(quantity))]);
        Linear { constant: Ratio::ZERO, terms }
    }

    /// The number that it is, where nothing in it is unknown.
    pub(super) fn known(&self) -> Option<Ratio> {
        self.terms.is_empty().then_some(self.constant)
    }

    /// The quantity that it is, where it is one and nothing else.
    pub(super) fn alone(&self) -> Option<&Quantity<'a>> {
        match self.terms.as_slice() {
            [(factor, quantity)] if *factor == Ratio::whole(1) && self.constant == Ratio::ZERO => {
                Some(quantity)
            }
            _ => None,
        }
    }

    pub(super) fn plus(mut self, other: &Linear<'a>) -> Option<Linear<'a>> {
        self.constant = self.constant.plus(other.constant)?;
        for (factor, quantity) in &other.terms {
            match self.terms.iter().position(|(_, own)| own.thing == quantity.thing) {
                Some(place) => {
                    let own = self.terms.get_mut(place)?;
                    own.0 = own.0.plus(*factor)?;
                    if own.0 == Ratio::ZERO {
                        self.terms.remove(place);
                    }
                }
                None => self.terms.push((*factor, Rc::clone(quantity))),
            }
        }
        Some(self)
    }

    pub(super) fn minus(self, other: &Linear<'a>) -> Option<Linear<'a>> {
        self.plus(&other.clone().times(Ratio::whole(-1))?)
    }

    pub(super) fn times(mut self, factor: Ratio) -> Option<Linear<'a>> {
        if factor == Ratio::ZERO {
            return Some(Linear::nothing());
        }
        self.constant = self.constant.times(factor)?;
        for (own, _) in &mut self.terms {
            *own = own.times(factor)?;
        }
        Some(self)
    }

    /// Whether it is a whole number of steps, where its quantities are whole.
    pub(super) fn is_whole(&self, step: Ratio) -> bool {
        let is_multiple = |it: Ratio| it.over(step).is_some_and(Ratio::is_whole);
        let mut terms = self.terms.iter();
        is_multiple(self.constant) && terms.all(|(factor, of)| of.is_whole && is_multiple(*factor))
    }

    /// The least that its quantities by themselves allow.
    fn plain_least(&self) -> Option<Ratio> {
        let mut least = self.constant;
        for (factor, quantity) in &self.terms {
            let end = if *factor < Ratio::ZERO { quantity.greatest } else { quantity.least };
            least = least.plus(factor.times(end)?)?;
        }
        Some(least)
    }

    /// A number that it is never below, where these other sums are never below nothing.
    pub(super) fn least(&self, never_below_nothing: &[Linear<'a>]) -> Option<Ratio> {
        let mut best = self.clone();
        let mut least = best.plain_least()?;
        for _ in 0..MOST_ROUNDS {
            let better = best.weaker(never_below_nothing).into_iter().filter_map(|other| {
                let least = other.plain_least()?;
                Some((least, other))
            });
            match better.max_by_key(|(least, _)| *least) {
                Some((higher, other)) if higher > least => (least, best) = (higher, other),
                _ => break,
            }
        }
        Some(least)
    }

    pub(super) fn greatest(&self, never_below_nothing: &[Linear<'a>]) -> Option<Ratio> {
        let opposite = self.clone().times(Ratio::whole(-1))?;
        opposite.least(never_below_nothing)?.times(Ratio::whole(-1))
    }

    /// Sums that this one is never below.
    fn weaker(&self, never_below_nothing: &[Linear<'a>]) -> Vec<Linear<'a>> {
        let mut weaker = Vec::new();
        for (factor, quantity) in &self.terms {
            let bounds = if *factor < Ratio::ZERO { &quantity.at_most } else { &quantity.at_least };
            for bound in bounds {
                weaker.extend(self.with(*factor, quantity, bound));
            }
            for other in never_below_nothing {
                let same = other.terms.iter().find(|(_, own)| own.thing == quantity.thing);
                let times = same.and_then(|(own, _)| factor.over(*own));
                let less = times
                    .filter(|times| *times > Ratio::ZERO)
                    .and_then(|times| self.clone().minus(&other.clone().times(times)?));
                weaker.extend(less);
            }
        }
        weaker
    }

    /// The same with another sum in the place of a quantity.
    fn with(
        &self,
        factor: Ratio,
        quantity: &Rc<Quantity<'a>>,
        instead: &Linear<'a>,
    ) -> Option<Linear<'a>> {
        let mut other = self.clone();
        other.terms.retain(|(_, own)| own.thing != quantity.thing);
        other.plus(&instead.clone().times(factor)?)
    }

    /// Whether it is above nothing.
    pub(super) fn is_above_nothing(&self, never_below_nothing: &[Linear<'a>]) -> Tri {
        if self.least(never_below_nothing).is_some_and(|least| least > Ratio::ZERO) {
            Tri::Yes
        } else if self.greatest(never_below_nothing).is_some_and(|most| most <= Ratio::ZERO) {
            Tri::No
        } else {
            Tri::Open
        }
    }

    /// Whether it is anything but nothing.
    pub(super) fn is_something(&self, never_below_nothing: &[Linear<'a>]) -> Tri {
        let opposite = self.clone().times(Ratio::whole(-1));
        let below = opposite.map_or(Tri::Open, |it| it.is_above_nothing(never_below_nothing));
        self.is_above_nothing(never_below_nothing).or(below)
    }
}
