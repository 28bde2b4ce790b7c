//! Where choices come from: a seed, or the bytes of a fuzzer.

use crate::rivals::random::Random;

/// A source of choices. Small numbers make plain policies, so a source that has run out
/// gives zeros and the policy ends soon.
pub trait Choices {
    /// The next number, any of them as likely as another.
    fn number(&mut self) -> u32;
}

impl dyn Choices + '_ {
    /// A number from 0 to `end - 1`; 0 where `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        let wide = u64::from(self.number()) * u64::try_from(end).unwrap_or(0);
        usize::try_from(wide >> 32).unwrap_or(0)
    }

    /// A number from `least` to `greatest`, both included; `least` where they are reversed.
    pub fn between(&mut self, least: i64, greatest: i64) -> i64 {
        let (high, low) = (u64::from(self.number()), u64::from(self.number()));
        let width = i128::from(greatest) - i128::from(least) + 1;
        let wide = u128::from(high << 32 | low) * u128::try_from(width).unwrap_or(0);
        let place = i128::try_from(wide >> 64).unwrap_or(0);
        i64::try_from(i128::from(least) + place).unwrap_or(least)
    }

    /// Yes in so many of a hundred cases; no where the source has run out.
    pub fn is_in(&mut self, percent: usize) -> bool {
        self.below(100) + percent >= 100
    }

    /// One of these; nothing where there are none.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// One of these words.
    pub fn word(&mut self, of: &[&'static str]) -> &'static str {
        self.pick(of).copied().unwrap_or_default()
    }

    /// Puts a list in any order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            list.swap(end, self.below(end + 1));
        }
    }
}

/// The choices of a seed: the same ones in every run.
#[derive(Clone, Debug)]
pub struct Seeded(Random);

impl Seeded {
    /// The choices of this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Seeded(Random::new(seed))
    }
}

impl Choices for Seeded {
    fn number(&mut self) -> u32 {
        u32::try_from(self.0.below(1 << 32)).unwrap_or(0)
    }
}

/// The choices that bytes make, two bytes a choice: for a fuzzer, and for proptest.
#[derive(Clone, Debug)]
pub struct Bytes<'b> {
    rest: &'b [u8],
}

impl<'b> Bytes<'b> {
    /// The choices of these bytes.
    #[must_use]
    pub fn new(bytes: &'b [u8]) -> Self {
        Bytes { rest: bytes }
    }

    fn byte(&mut self) -> u32 {
        let (first, rest) = self.rest.split_first().unwrap_or((&0, &[]));
        self.rest = rest;
        u32::from(*first)
    }
}

impl Choices for Bytes<'_> {
    fn number(&mut self) -> u32 {
        self.byte() << 24 | self.byte() << 16
    }
}
