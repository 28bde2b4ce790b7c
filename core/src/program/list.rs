//! Lists, of which a case has any number of items.

use alloc::vec::Vec;
use core::ops::Range;

use super::{AmountSlot, AnySlot, ByteSlot, DateSlot, Fact, FactId, ListId, Run};

/// The most items that a case can have of one list.
pub const MOST_ITEMS: u32 = 500;

/// A list of which a case has any number of items, each with its own values in the slots of the
/// list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    pub(crate) most: u32,
    pub(crate) live: ByteSlot,
    pub(crate) facts: Vec<FactId>,
    /// The slots of the list in each bank, rising: a row of items has one value for each.
    pub(crate) bytes: Vec<ByteSlot>,
    pub(crate) dates: Vec<DateSlot>,
    pub(crate) amounts: Vec<AmountSlot>,
}

impl List {
    /// The most items that a case may have.
    #[must_use]
    pub fn most(&self) -> u32 {
        self.most
    }

    /// The slot that is 1 for an item that is there.
    #[must_use]
    pub fn live(&self) -> ByteSlot {
        self.live
    }

    /// The facts of an item, in the order declared.
    #[must_use]
    pub fn facts(&self) -> &[FactId] {
        &self.facts
    }

    /// Whether each item has its own value in a slot.
    #[must_use]
    pub fn has(&self, slot: AnySlot) -> bool {
        match slot {
            AnySlot::Byte(slot) => self.bytes.binary_search(&slot).is_ok(),
            AnySlot::Date(slot) => self.dates.binary_search(&slot).is_ok(),
            AnySlot::Amount(slot) => self.amounts.binary_search(&slot).is_ok(),
        }
    }

    /// Where a fact of an item stands in the rows of its bank.
    pub(crate) fn place(&self, fact: &Fact, index: u32) -> Option<usize> {
        match fact.any_slot() {
            AnySlot::Byte(slot) => place_in_row(&self.bytes, slot, index),
            AnySlot::Date(slot) => place_in_row(&self.dates, slot, index),
            AnySlot::Amount(slot) => place_in_row(&self.amounts, slot, index),
        }
    }
}

/// Where the value of an item in one of its slots stands in the rows.
pub(crate) fn place_in_row<S: Ord>(slots: &[S], slot: S, index: u32) -> Option<usize> {
    let place = slots.binary_search(&slot).ok()?;
    Some(row_of(slots, index).start + place)
}

/// Where the values of an item stand in the rows.
pub(crate) fn row_of<S>(slots: &[S], index: u32) -> Range<usize> {
    let start = index as usize * slots.len();
    start..start + slots.len()
}

/// One item of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Item {
    /// Its list.
    pub list: ListId,
    /// Its place among the items of the list, counted from 0.
    pub index: u32,
}

/// How many numbers the items of one list have, see [`Item::number`].
const NUMBERS: u32 = 1 << 9;

const _: () = assert!(MOST_ITEMS < NUMBERS, "every item has a number of its own");

/// How many lists a program can have, for every item to have a number.
pub(crate) const MOST_LISTS: usize = 1 << 16;

impl Item {
    /// A number that rises in the order of the lists, and in each with its items; the case itself
    /// has 0.
    pub(crate) fn number(item: Option<Item>) -> u32 {
        let number = |item: Item| item.list.0.wrapping_mul(NUMBERS).wrapping_add(item.index);
        item.map_or(0, |item| number(item).wrapping_add(1))
    }

    /// The item with a number. `None` for the case itself.
    pub(crate) fn of_number(number: u32) -> Option<Item> {
        let number = number.checked_sub(1)?;
        Some(Item { list: ListId(number / NUMBERS), index: number % NUMBERS })
    }
}

/// Operations that are worked through one after the other: once for the case, or once for each
/// item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pass {
    /// The list. `None` for the case.
    pub list: Option<ListId>,
    /// The operations.
    pub operations: Run,
}
