//! Numbers for made-up cases: the same ones in every run and on every machine.

/// A sequence of numbers that look random, given by its seed (SplitMix64, by Steele, Lea
/// and Flood, 2014).
#[derive(Clone, Debug, Default)]
pub struct Random {
    state: u64,
}

impl Random {
    /// The sequence of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Random { state: seed }
    }

    /// A number from 0 to `end - 1`. The end must not be 0.
    pub fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }

    /// A number from `least` to `greatest`, both included.
    pub fn between(&mut self, least: i64, greatest: i64) -> i64 {
        least + self.below(greatest.abs_diff(least) + 1) as i64
    }

    /// One of some things, which must not be none.
    #[expect(clippy::indexing_slicing, reason = "there is one")]
    pub fn of<'t, T>(&mut self, some: &'t [T]) -> &'t T {
        &some[self.below(some.len() as u64) as usize]
    }

    /// Yes in so many of a hundred cases.
    pub fn is_in(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// The place of one of these weights, each as likely as it weighs.
    pub fn weighted(&mut self, weights: &[u64]) -> usize {
        let mut rest = self.below(weights.iter().sum());
        let place = weights.iter().position(|weight| match rest.checked_sub(*weight) {
            Some(less) => {
                rest = less;
                false
            }
            None => true,
        });
        place.unwrap_or(0)
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
