//! The combinations of the choices of the variables one after the other, the last variable turning
//! fastest, and at which ends of its ranges each is decided.

use alloc::vec;
use alloc::vec::Vec;

use super::variable::{Choice, Variable};

/// With more ranges at once, only the least and the greatest of all are decided.
const MOST_ENDS: usize = 4;

/// Which of the variables are at their greatest end, a bit for each.
pub(super) type Corner = u64;

/// A corner at which more than one variable differs from any other.
const FAR: Corner = Corner::MAX;

/// The combination at hand.
pub(super) struct Odometer<'v> {
    variables: &'v [Variable],
    /// The choice that each variable has.
    digits: Vec<usize>,
}

impl<'v> Odometer<'v> {
    /// At the first combination.
    pub(super) fn of(variables: &'v [Variable]) -> Self {
        Odometer { variables, digits: vec![0; variables.len()] }
    }

    /// The variables, each with the choice that it has.
    pub(super) fn choices(&self) -> impl Iterator<Item = (&'v Variable, &'v Choice)> {
        let choice = |(variable, digit): (&'v Variable, &usize)| {
            variable.choices.get(*digit).map(|choice| (variable, choice))
        };
        self.variables.iter().zip(&self.digits).filter_map(choice)
    }

    /// Goes on to the next combination; after the last comes the first. Says from which place on
    /// the choices are others.
    pub(super) fn turn(&mut self) -> usize {
        for (place, (digit, variable)) in
            self.digits.iter_mut().zip(self.variables).enumerate().rev()
        {
            *digit += 1;
            if *digit < variable.choices.len() {
                return place;
            }
            *digit = 0;
        }
        0
    }

    /// The corners of the combination that are decided.
    pub(super) fn corners(&self, is_of_range: bool) -> Vec<Corner> {
        if !is_of_range {
            return vec![0];
        }
        let ranges = self.choices().enumerate().filter(|(_, (_, choice))| choice.is_range());
        let bits: Vec<Option<Corner>> = ranges.map(|(place, _)| bit(place)).collect();
        let bits: Vec<Corner> = match bits.into_iter().collect::<Option<_>>() {
            Some(bits) => bits,
            None => return vec![0, FAR],
        };
        if bits.len() > MOST_ENDS {
            return vec![0, FAR];
        }
        let of = |chosen: usize| {
            let bits = bits.iter().enumerate().filter(|(place, _)| chosen >> place & 1 == 1);
            bits.fold(0, |corner, (_, bit)| corner | bit)
        };
        (0..1 << bits.len()).map(of).collect()
    }
}

/// The bit of a variable. `None` for one that has none of its own.
pub(super) fn bit(place: usize) -> Option<Corner> {
    1u64.checked_shl(u32::try_from(place).ok()?)
}

/// Whether a variable is at its greatest end.
pub(super) fn is_at_greatest(corner: Corner, place: usize) -> bool {
    corner == FAR || bit(place).is_some_and(|bit| corner & bit != 0)
}
