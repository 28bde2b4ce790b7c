//! What no case can meet need not be asked of every case.
//!
//! A question about a few byte slots is answered by trying all their values: first with the
//! slots as they stand, then with those that are conditions replaced by what they read. Each
//! is taken to vary on its own, so a proof holds for every case; failing one, the program
//! asks at run time.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use apportion_core::program::{ByteSlot, FactId, Members, Test};

use super::operand::Operand;

/// More combinations than this are not tried.
const MOST_COMBINATIONS: usize = 2_048;

/// How byte slots came about.
#[derive(Clone, Debug, Default)]
pub(super) struct Definitions {
    /// How many values a slot can take; 256 where nothing is known.
    domains: BTreeMap<ByteSlot, u16>,
    constants: BTreeMap<ByteSlot, u8>,
    /// Slots that are 1 where any of these rows applies, else 0.
    conditions: BTreeMap<ByteSlot, Vec<Vec<Test>>>,
    /// The same, the other way round: a condition asked for again is the same slot.
    slots: BTreeMap<Vec<Vec<Test>>, ByteSlot>,
    /// Bands by what they are of and their edges.
    bands: Vec<(Operand, Vec<i64>, ByteSlot)>,
    /// Ages by the two facts.
    ages: BTreeMap<(FactId, FactId), ByteSlot>,
    /// Counts over families by the family's first slot and the test.
    family_counts: BTreeMap<(ByteSlot, u8, u8), ByteSlot>,
}

/// Rows of tests, each of which applies where all its tests pass.
type Rows = [Vec<Test>];

impl Definitions {
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
        self.constant_slot(0)
    }

    /// The slot that is always 1.
    pub(super) fn yes(&self) -> ByteSlot {
        self.constant_slot(1)
    }

    fn constant_slot(&self, byte: u8) -> ByteSlot {
        let mut constants = self.constants.iter();
        constants.find(|(_, value)| **value == byte).map_or(ByteSlot(0), |(slot, _)| *slot)
    }

    /// Whether a slot holds 0 or 1 only.
    pub(super) fn is_truth(&self, slot: ByteSlot) -> bool {
        self.domains.get(&slot) == Some(&2) || self.constants.contains_key(&slot)
    }

    /// A slot that is this very condition already.
    pub(super) fn same_condition(&self, rows: &Rows) -> Option<ByteSlot> {
        self.slots.get(rows).copied()
    }

    /// The band of this operand with these edges, where there is one already.
    pub(super) fn same_band(&self, operand: &Operand, edges: &[i64]) -> Option<ByteSlot> {
        let mut bands = self.bands.iter();
        let same = |band: &&(Operand, Vec<i64>, ByteSlot)| band.0 == *operand && band.1 == edges;
        bands.find(same).map(|band| band.2)
    }

    pub(super) fn band(&mut self, operand: &Operand, edges: &[i64], slot: ByteSlot) {
        self.bands.push((operand.clone(), edges.to_vec(), slot));
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
        self.family_counts.get(&(members.first, low, width)).copied()
    }

    pub(super) fn family_count(&mut self, members: Members, low: u8, width: u8, slot: ByteSlot) {
        self.family_counts.insert((members.first, low, width), slot);
    }

    /// Whether no case passes all of the tests.
    pub(super) fn is_impossible(&self, tests: &[Test]) -> bool {
        let row = Vec::from([tests.to_vec()]);
        self.always(&row, |counts| counts == 0)
    }

    /// Whether the number of rows that apply passes, in every case.
    pub(super) fn always(&self, rows: &Rows, passes: impl Fn(usize) -> bool) -> bool {
        let mut leaves = BTreeSet::new();
        let mut inner = BTreeSet::new();
        for test in rows.iter().flatten() {
            self.add(test.slot, &mut leaves, &mut inner);
        }
        loop {
            match self.try_all(rows, &leaves, &inner, &passes) {
                Some(true) => return true,
                None => return false,
                Some(false) => {}
            }
            // Some combination fails; it may be one that the conditions among the leaves
            // rule out. Replace the last of them by what it reads.
            let expandable = |slot: &&ByteSlot| self.conditions.contains_key(*slot);
            let Some(slot) = leaves.iter().rev().find(expandable).copied() else { return false };
            leaves.remove(&slot);
            inner.insert(slot);
            for test in self.conditions.get(&slot).into_iter().flatten().flatten() {
                self.add(test.slot, &mut leaves, &mut inner);
            }
        }
    }

    fn add(&self, slot: ByteSlot, leaves: &mut BTreeSet<ByteSlot>, inner: &mut BTreeSet<ByteSlot>) {
        if self.constants.contains_key(&slot) {
            inner.insert(slot);
        } else if !inner.contains(&slot) {
            leaves.insert(slot);
        }
    }

    /// Tries every combination of the leaves; `None` where there are too many.
    fn try_all(
        &self,
        rows: &Rows,
        leaves: &BTreeSet<ByteSlot>,
        inner: &BTreeSet<ByteSlot>,
        passes: &impl Fn(usize) -> bool,
    ) -> Option<bool> {
        let leaves: Vec<(ByteSlot, u16)> = leaves
            .iter()
            .map(|slot| (*slot, self.domains.get(slot).copied().unwrap_or(256)))
            .collect();
        let mut combinations = 1_usize;
        for (_, domain) in &leaves {
            combinations = combinations.checked_mul(usize::from(*domain))?;
            if combinations > MOST_COMBINATIONS {
                return None;
            }
        }
        let mut bytes: BTreeMap<ByteSlot, u8> = BTreeMap::new();
        for combination in 0..combinations {
            let mut rest = combination;
            for (slot, domain) in &leaves {
                let domain = usize::from(*domain).max(1);
                bytes.insert(*slot, u8::try_from(rest % domain).unwrap_or(u8::MAX));
                rest /= domain;
            }
            // Rising: a condition reads only slots before its own.
            for slot in inner {
                let byte = self.constants.get(slot).copied().unwrap_or_else(|| {
                    let rows = self.conditions.get(slot).map_or(&[][..], Vec::as_slice);
                    u8::from(rows.iter().any(|row| applies(row, &bytes)))
                });
                bytes.insert(*slot, byte);
            }
            if !passes(rows.iter().filter(|row| applies(row, &bytes)).count()) {
                return Some(false);
            }
        }
        Some(true)
    }
}

fn applies(row: &[Test], bytes: &BTreeMap<ByteSlot, u8>) -> bool {
    row.iter().all(|test| {
        let byte = bytes.get(&test.slot).copied().unwrap_or(0);
        byte.wrapping_sub(test.low) <= test.width
    })
}
