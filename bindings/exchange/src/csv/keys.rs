//! Which case an item belongs to: all files are read once before the first case is decided.
//!
//! From the rows up to one alone nobody can tell whether an item belongs to a later case or to
//! none, nor whether the key of a case comes again. So the keys of all cases are looked at
//! first, and sixteen bytes are remembered of each.

use alloc::collections::BTreeMap;
use core::hash::{BuildHasher, BuildHasherDefault};
use std::hash::DefaultHasher;
use std::io::{self, Read};

use super::row::Row;
use super::rows::Rows;
use apportion::engine::program::ListId;

/// The keys of the cases of a caseload.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// The digest of each key and the place of its case, counted from 0; in that order. Two keys
    /// of one digest are taken for the same, which rejects both and decides nothing wrong.
    places: Vec<(u64, u32)>,
    faults: BTreeMap<u32, Fault>,
}

/// What is wrong with the key of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Another case has it too.
    Repeated,
    /// Some of the items of the case stand behind those of a later one.
    OutOfOrder(ListId),
}

/// The key of a row, without spaces around it; empty where there is none.
pub(super) fn key(row: &Row, column: usize) -> &[u8] {
    row.get(column).unwrap_or_default().trim_ascii()
}

impl Keys {
    /// Reads the keys of all cases.
    pub(super) fn of_cases(rows: &mut Rows<impl Read>, column: usize) -> io::Result<Keys> {
        let mut keys = Keys::default();
        let mut row = Row::default();
        let mut places = 0..u32::MAX;
        while rows.read(&mut row)? {
            let place = places.next().ok_or_else(|| io::Error::other("there are too many rows"))?;
            if !key(&row, column).is_empty() {
                keys.places.push((digest(key(&row, column)), place));
            }
        }
        keys.places.sort_unstable();
        let repeated =
            keys.places.chunk_by(|one, next| one.0 == next.0).filter(|all| all.len() > 1);
        keys.faults = repeated.flatten().map(|(_, place)| (*place, Fault::Repeated)).collect();
        Ok(keys)
    }

    /// Reads the keys of all items, and notes the cases of which some stand in another order.
    pub(super) fn follow(
        &mut self,
        list: ListId,
        rows: &mut Rows<impl Read>,
        column: usize,
    ) -> io::Result<()> {
        let mut row = Row::default();
        let mut last = 0;
        while rows.read(&mut row)? {
            match self.place(key(&row, column)) {
                Some(place) if place < last => {
                    self.faults.entry(place).or_insert(Fault::OutOfOrder(list));
                }
                Some(place) => last = place,
                None => {}
            }
        }
        Ok(())
    }

    /// The place of the case with a key, counted from 0.
    pub(super) fn place(&self, key: &[u8]) -> Option<u32> {
        if key.is_empty() {
            return None;
        }
        let digest = digest(key);
        let first = self.places.partition_point(|(other, _)| *other < digest);
        self.places.get(first).filter(|(other, _)| *other == digest).map(|(_, place)| *place)
    }

    /// What is wrong with the key of a case.
    pub(super) fn fault(&self, place: u32) -> Option<Fault> {
        self.faults.get(&place).copied()
    }
}

fn digest(key: &[u8]) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(key)
}
