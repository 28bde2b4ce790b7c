//! Rows without the tests that no case needs.
//!
//! A table written for people says in every row all that the row asks for. Read from the
//! first row on, much of that is settled already: where *under 20* did not apply, *20 to 34*
//! need not ask for continuing care again.

use alloc::vec::Vec;
use core::cell::Cell;

use apportion_core::program::Test;

use super::{Definitions, Rows};

/// The most steps of one question about a test.
const MOST_STEPS_OF_A_QUESTION: usize = 1 << 13;

/// The most steps spent on shortening the rows of a policy: a small part of loading it.
pub(super) const MOST_STEPS: usize = 1 << 17;

impl Definitions {
    /// The rows, first that applies first, each with its answer, and the answer where none
    /// applies: no case is answered otherwise, with as few tests as could be shown.
    pub(in crate::compile) fn shortened(
        &self,
        rows: Vec<(Vec<Test>, u8)>,
        mut otherwise: u8,
    ) -> (Vec<(Vec<Test>, u8)>, u8) {
        let mut kept: Vec<(Vec<Test>, u8)> = Vec::with_capacity(rows.len());
        let mut earlier: Vec<Vec<Test>> = Vec::with_capacity(rows.len());
        for (tests, answer) in rows {
            let tests = self.without_needless(tests, &earlier);
            if tests.is_empty() {
                otherwise = answer;
                break;
            }
            earlier.push(tests.clone());
            kept.push((tests, answer));
        }
        while kept.last().is_some_and(|(_, answer)| *answer == otherwise) {
            kept.pop();
        }
        (kept, otherwise)
    }

    /// The tests of a row without those that pass whenever the others do and no row before it
    /// applies.
    fn without_needless(&self, mut tests: Vec<Test>, earlier: &Rows) -> Vec<Test> {
        let mut place = 0;
        while let Some(test) = tests.get(place).copied() {
            let others = (0..).zip(&tests).filter(|(other, _)| *other != place);
            let fails = others.map(|(_, other)| other.opposite().map(|it| Vec::from([it])));
            let fails: Option<Vec<Vec<Test>>> = fails.collect();
            let is_needless = fails.is_some_and(|fails| {
                let passes = [Vec::from([test])];
                self.is_certain(&[earlier, &fails[..], &passes[..]].concat())
            });
            if is_needless {
                tests.remove(place);
            } else {
                place += 1;
            }
        }
        tests
    }

    /// Whether one of the rows applies in every case, as far as few steps can show.
    fn is_certain(&self, rows: &Rows) -> bool {
        self.within(&self.steps_to_shorten, MOST_STEPS_OF_A_QUESTION, rows, |count| count > 0)
    }

    /// Whether the number of rows that apply passes in every case, shown in so many steps of
    /// those that are left.
    pub(super) fn within(
        &self,
        left: &Cell<usize>,
        most: usize,
        rows: &Rows,
        passes: fn(usize) -> bool,
    ) -> bool {
        let mut steps = left.get().min(most);
        let granted = steps;
        let is_proven = self.proves(rows, passes, &mut steps).unwrap_or(false);
        left.set(left.get().saturating_sub(granted - steps));
        is_proven
    }
}
