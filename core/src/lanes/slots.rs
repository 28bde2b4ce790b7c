//! Values of facts, written into slots and read from them.

use alloc::vec::Vec;

use crate::date::Date;
use crate::value::{Type, Value};

/// Values in three banks, each with one a lane.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slots<const N: usize> {
    pub(crate) bytes: Vec<[u8; N]>,
    pub(crate) dates: Vec<[i32; N]>,
    pub(crate) amounts: Vec<[i64; N]>,
}

impl<const N: usize> Slots<N> {
    /// Writes a value at a place of the bank of its kind. A place or lane that is not there
    /// holds nothing.
    pub(crate) fn store(&mut self, place: usize, lane: usize, value: Value) {
        match value {
            Value::YesNo(truth) => write(&mut self.bytes, place, lane, u8::from(truth)),
            Value::Word(word) => write(&mut self.bytes, place, lane, word),
            Value::Date(day) => write(&mut self.dates, place, lane, day.packed()),
            Value::Amount(steps) => write(&mut self.amounts, place, lane, steps),
        }
    }

    /// Writes 0 at a place of the bank of a kind.
    pub(crate) fn wipe(&mut self, kind: Type, place: usize, lane: usize) {
        match kind {
            Type::YesNo | Type::Words { .. } => write(&mut self.bytes, place, lane, 0),
            Type::Date { .. } => write(&mut self.dates, place, lane, 0),
            Type::Amount { .. } => write(&mut self.amounts, place, lane, 0),
        }
    }

    /// Reads a value of a kind.
    pub(crate) fn load(&self, kind: Type, place: usize, lane: usize) -> Option<Value> {
        Some(match kind {
            Type::YesNo => Value::YesNo(read(&self.bytes, place, lane)? != 0),
            Type::Words { .. } => Value::Word(read(&self.bytes, place, lane)?),
            Type::Date { .. } => Value::Date(Date::from_packed(read(&self.dates, place, lane)?)?),
            Type::Amount { .. } => Value::Amount(read(&self.amounts, place, lane)?),
        })
    }
}

fn write<T, const N: usize>(bank: &mut [[T; N]], place: usize, lane: usize, value: T) {
    if let Some(held) = bank.get_mut(place).and_then(|lanes| lanes.get_mut(lane)) {
        *held = value;
    }
}

fn read<T: Copy, const N: usize>(bank: &[[T; N]], place: usize, lane: usize) -> Option<T> {
    bank.get(place)?.get(lane).copied()
}
