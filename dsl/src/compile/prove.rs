//! What no case can meet need not be asked of every case.
//!
//! A question about a few byte slots is answered by trying all their values that its tests tell
//! apart: first with the slots as they stand, then with those that are conditions replaced by what
//! they read. Each is taken to vary on its own, so a proof holds for every case; failing one, the
//! program asks at run time. So it does where a proof would take too long: the steps of a question
//! and of all questions together are counted, never timed.

mod shorten;
mod trial;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::cell::Cell;

use apportion_core::program::{AmountSlot, ByteSlot, DateSlot, FactId, Members, Test};

use trial::Trial;

/// More combinations than this are not tried.
const MOST_COMBINATIONS: usize = 2_048;

/// The most steps of one question. A step is a test of one combination.
const MOST_STEPS_OF_A_QUESTION: usize = 1 << 18;

/// The most steps of all questions of a policy: a fraction of a second.
const MOST_STEPS: usize = 1 << 25;

/// What a band is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Banded {
    Date(DateSlot),
    Amount(AmountSlot),
}

/// How byte slots came about.
#[derive(Clone, Debug)]
pub(super) struct Definitions {
    no: ByteSlot,
    yes: ByteSlot,
    /// How many values a slot can take; 256 where nothing is known.
    domains: BTreeMap<ByteSlot, u16>,
    constants: BTreeMap<ByteSlot, u8>,
    /// Slots that are 1 where any of these rows applies, else 0.
    conditions: BTreeMap<ByteSlot, Vec<Vec<Test>>>,
    /// The same, the other way round: a condition asked for again is the same slot.
    slots: BTreeMap<Vec<Vec<Test>>, ByteSlot>,
    /// Bands by what they are of and their edges.
    bands: BTreeMap<(Banded, Vec<i64>), ByteSlot>,
    /// Comparisons of two dates.
    orders: BTreeMap<(DateSlot, DateSlot), ByteSlot>,
    /// Ages by the two facts.
    ages: BTreeMap<(FactId, FactId), ByteSlot>,
    /// Counts over families by their members and the test.
    family_counts: BTreeMap<(Members, u8, u8), ByteSlot>,
    /// How many steps are left for the questions to come.
    steps: Cell<usize>,
    /// How many are left for shortening rows.
    steps_to_shorten: Cell<usize>,
}

/// Rows of tests, each of which applies where all its tests pass.
pub(super) type Rows = [Vec<Test>];

/// The slots of a question: those that vary, and those that follow from them.
#[derive(Default)]
struct Slots {
    leaves: BTreeSet<ByteSlot>,
    inner: BTreeSet<ByteSlot>,
}

impl Definitions {
    /// No definitions but the slots that are always 0 and always 1.
    pub(super) fn new(no: ByteSlot, yes: ByteSlot) -> Definitions {
        let mut constants = BTreeMap::new();
        constants.insert(no, 0);
        constants.insert(yes, 1);
        Definitions {
            no,
            yes,
            domains: BTreeMap::new(),
            constants,
            conditions: BTreeMap::new(),
            slots: BTreeMap::new(),
            bands: BTreeMap::new(),
            orders: BTreeMap::new(),
            ages: BTreeMap::new(),
            family_counts: BTreeMap::new(),
            steps: Cell::new(MOST_STEPS),
            steps_to_shorten: Cell::new(shorten::MOST_STEPS),
        }
    }

    pub(super) fn domain(&mut self, slot: ByteSlot, values: u16) {
        self.domains.insert(slot, values);
    }

    pub(super) fn constant(&mut self, slot: ByteSlot, byte: u8) {
        self.constants.insert(slot, byte);
    }

    pub(super) fn condition(&mut self, slot: ByteSlot, rows: Vec<Vec<Test>>) {
        self.domains.insert(slot, 2);
        self.slots.insert(rows.clone(), slot);
        self.conditions.insert(slot, rows);
    }

    /// The slot that is always 0.
    pub(super) fn no(&self) -> ByteSlot {
        self.no
    }

    /// The slot that is always 1.
    pub(super) fn yes(&self) -> ByteSlot {
        self.yes
    }

    /// Whether a slot holds 0 or 1 only.
    pub(super) fn is_truth(&self, slot: ByteSlot) -> bool {
        self.domains.get(&slot) == Some(&2) || self.constants.contains_key(&slot)
    }

    /// A slot that is this very condition already.
    pub(super) fn same_condition(&self, rows: &Rows) -> Option<ByteSlot> {
        self.slots.get(rows).copied()
    }

    /// The slot of the band of this with these edges, where there is one already.
    pub(super) fn same_band(&self, band: &(Banded, Vec<i64>)) -> Option<ByteSlot> {
        self.bands.get(band).copied()
    }

    pub(super) fn band(&mut self, band: (Banded, Vec<i64>), slot: ByteSlot) {
        self.bands.insert(band, slot);
    }

    /// The comparison of two dates, where they are compared already.
    pub(super) fn same_order(&self, a: DateSlot, b: DateSlot) -> Option<ByteSlot> {
        self.orders.get(&(a, b)).copied()
    }

    pub(super) fn order(&mut self, a: DateSlot, b: DateSlot, slot: ByteSlot) {
        self.orders.insert((a, b), slot);
    }

    /// The age from one fact to another, where it is asked for already.
    pub(super) fn same_age(&self, birth: FactId, on: FactId) -> Option<ByteSlot> {
        self.ages.get(&(birth, on)).copied()
    }

    pub(super) fn age(&mut self, birth: FactId, on: FactId, slot: ByteSlot) {
        self.ages.insert((birth, on), slot);
    }

    /// The count of members that pass a test, where it is counted already.
    pub(super) fn same_family_count(
        &self,
        members: Members,
        low: u8,
        width: u8,
    ) -> Option<ByteSlot> {
        self.family_counts.get(&(members, low, width)).copied()
    }

    pub(super) fn family_count(&mut self, members: Members, low: u8, width: u8, slot: ByteSlot) {
        self.family_counts.insert((members, low, width), slot);
    }

    /// Whether no case passes all of the tests.
    pub(super) fn is_impossible(&self, tests: &[Test]) -> bool {
        self.always(&[tests.to_vec()], |count| count == 0)
    }

    /// Whether the number of rows that apply passes, in every case.
    pub(super) fn always(&self, rows: &Rows, passes: fn(usize) -> bool) -> bool {
        self.within(&self.steps, MOST_STEPS_OF_A_QUESTION, rows, passes)
    }

    /// The same; `None` where it would take more steps, or more combinations, than may be.
    fn proves(&self, rows: &Rows, passes: fn(usize) -> bool, steps: &mut usize) -> Option<bool> {
        let mut slots = Slots::default();
        self.add(rows, &mut slots, steps)?;
        loop {
            let trial = self.trial(rows, &slots)?;
            *steps = steps.checked_sub(trial.steps_to_make())?;
            if trial.passes(passes, steps)? {
                return Some(true);
            }
            // Some combination fails; it may be one that the conditions among the leaves
            // rule out. Replace the last of them by what it reads.
            let expandable = |slot: &&ByteSlot| self.conditions.contains_key(*slot);
            let slot = slots.leaves.iter().rev().find(expandable).copied()?;
            slots.leaves.remove(&slot);
            slots.inner.insert(slot);
            self.add(self.conditions.get(&slot)?, &mut slots, steps)?;
        }
    }

    /// Adds the slots that rows read.
    fn add(&self, rows: &Rows, slots: &mut Slots, steps: &mut usize) -> Option<()> {
        for test in rows.iter().flatten() {
            *steps = steps.checked_sub(1)?;
            if self.constants.contains_key(&test.slot) {
                slots.inner.insert(test.slot);
            } else if !slots.inner.contains(&test.slot) {
                slots.leaves.insert(test.slot);
            }
        }
        Some(())
    }

    /// All combinations of the leaves, each with the values that the tests tell apart; `None` where
    /// there are too many.
    fn trial(&self, rows: &Rows, slots: &Slots) -> Option<Trial> {
        let conditions = slots.inner.iter().filter_map(|slot| self.conditions.get(slot));
        let tests = rows.iter().chain(conditions.flatten()).flatten();
        let values = self.told_apart(&slots.leaves, tests);
        let mut combinations = 1_usize;
        for values in values.values() {
            combinations = combinations.checked_mul(values.len())?;
            if combinations > MOST_COMBINATIONS {
                return None;
            }
        }
        let mut trial = Trial::new(&slots.leaves, &slots.inner, combinations);
        for (leaf, values) in values {
            trial.leaf(leaf, values);
        }
        // Rising: a condition reads only slots before its own.
        for slot in &slots.inner {
            match self.constants.get(slot) {
                Some(byte) => trial.constant(*slot, *byte),
                None => trial.condition(*slot, self.conditions.get(slot)?),
            }
        }
        trial.rows(rows);
        Some(trial)
    }

    /// For each slot one of every stretch of values that no test tells apart: the first.
    fn told_apart<'t>(
        &self,
        slots: &BTreeSet<ByteSlot>,
        tests: impl Iterator<Item = &'t Test>,
    ) -> BTreeMap<ByteSlot, Vec<u8>> {
        let mut values: BTreeMap<ByteSlot, Vec<u8>> =
            slots.iter().map(|slot| (*slot, Vec::from([0]))).collect();
        for test in tests {
            if let Some(values) = values.get_mut(&test.slot) {
                let after = test.low.wrapping_add(test.width).wrapping_add(1);
                values.extend([test.low, after]);
            }
        }
        for (slot, values) in &mut values {
            let domain = self.domain_of(*slot);
            values.retain(|value| usize::from(*value) < domain);
            values.sort_unstable();
            values.dedup();
        }
        values
    }

    fn domain_of(&self, slot: ByteSlot) -> usize {
        self.domains.get(&slot).map_or(256, |domain| usize::from(*domain).max(1))
    }
}
