//! All values of a few slots tried one after the other, side by side in one short list.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use apportion_core::program::{ByteSlot, Test};

use super::Rows;

/// How many steps one lookup counts for.
const STEPS_OF_A_LOOKUP: usize = 64;

/// A question, with its slots numbered from 0.
pub(super) struct Trial {
    /// The slots, rising; a place in this list stands for each below.
    slots: Vec<ByteSlot>,
    /// The byte of each slot in the combination at hand.
    bytes: Vec<u8>,
    combinations: usize,
    /// The slots that vary, each with the values it takes.
    leaves: Vec<(usize, Vec<u8>)>,
    /// The slots that are conditions, each after those it reads.
    conditions: Vec<(usize, PlacedRows)>,
    /// What is asked about.
    rows: PlacedRows,
}

/// Rows of tests whose slots are places.
#[derive(Default)]
struct PlacedRows {
    rows: Vec<Vec<PlacedTest>>,
    tests: usize,
}

struct PlacedTest {
    place: usize,
    low: u8,
    width: u8,
}

impl Trial {
    pub(super) fn new(
        leaves: &BTreeSet<ByteSlot>,
        inner: &BTreeSet<ByteSlot>,
        combinations: usize,
    ) -> Trial {
        let slots: Vec<ByteSlot> = leaves.union(inner).copied().collect();
        Trial {
            bytes: alloc::vec![0; slots.len()],
            slots,
            combinations,
            leaves: Vec::with_capacity(leaves.len()),
            conditions: Vec::new(),
            rows: PlacedRows::default(),
        }
    }

    fn place(&self, slot: ByteSlot) -> usize {
        // Every slot that is asked for is in the list.
        self.slots.binary_search(&slot).unwrap_or(usize::MAX)
    }

    fn placed(&self, rows: &Rows) -> PlacedRows {
        let placed = |test: &Test| PlacedTest {
            place: self.place(test.slot),
            low: test.low,
            width: test.width,
        };
        PlacedRows {
            rows: rows.iter().map(|row| row.iter().map(placed).collect()).collect(),
            tests: rows.iter().map(Vec::len).sum(),
        }
    }

    pub(super) fn leaf(&mut self, slot: ByteSlot, values: Vec<u8>) {
        self.leaves.push((self.place(slot), values));
    }

    pub(super) fn constant(&mut self, slot: ByteSlot, byte: u8) {
        let place = self.place(slot);
        set(&mut self.bytes, place, byte);
    }

    pub(super) fn condition(&mut self, slot: ByteSlot, rows: &Rows) {
        self.conditions.push((self.place(slot), self.placed(rows)));
    }

    pub(super) fn rows(&mut self, rows: &Rows) {
        self.rows = self.placed(rows);
    }

    /// What making this took, in steps: each slot and test has been looked up.
    pub(super) fn steps_to_make(&self) -> usize {
        STEPS_OF_A_LOOKUP * (self.slots.len() + self.tests())
    }

    fn tests(&self) -> usize {
        let conditions = self.conditions.iter().map(|(_, rows)| rows.tests);
        conditions.sum::<usize>() + self.rows.tests
    }

    /// Whether the number of rows that apply passes in every combination; `None` where that
    /// takes more steps than are left.
    pub(super) fn passes(mut self, passes: fn(usize) -> bool, steps: &mut usize) -> Option<bool> {
        let cost = self.slots.len() + self.tests();
        for combination in 0..self.combinations {
            *steps = steps.checked_sub(cost)?;
            self.take(combination);
            if !passes(self.rows.applying(&self.bytes).count()) {
                return Some(false);
            }
        }
        Some(true)
    }

    /// Gives every slot its byte in a combination.
    fn take(&mut self, combination: usize) {
        let mut rest = combination;
        for (place, values) in &self.leaves {
            let byte = rest.checked_rem(values.len()).and_then(|value| values.get(value));
            set(&mut self.bytes, *place, byte.copied().unwrap_or_default());
            rest /= values.len().max(1);
        }
        for (place, rows) in &self.conditions {
            let is_true = rows.applying(&self.bytes).next().is_some();
            set(&mut self.bytes, *place, u8::from(is_true));
        }
    }
}

impl PlacedRows {
    fn applying<'a>(&'a self, bytes: &'a [u8]) -> impl Iterator<Item = &'a Vec<PlacedTest>> {
        self.rows.iter().filter(|row| row.iter().all(|test| test.passes(bytes)))
    }
}

impl PlacedTest {
    fn passes(&self, bytes: &[u8]) -> bool {
        let byte = bytes.get(self.place).copied().unwrap_or(0);
        byte.wrapping_sub(self.low) <= self.width
    }
}

fn set(bytes: &mut [u8], place: usize, byte: u8) {
    if let Some(at) = bytes.get_mut(place) {
        *at = byte;
    }
}
