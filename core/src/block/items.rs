//! The items of the cases in a block.

use super::{Block, LANES};
use crate::case::Case;
use crate::lanes::{Items, Slots};
use crate::program::{AnySlot, FactId, Item, ListId, place_in_row};

impl Block {
    /// Takes away the items of a list in every lane. `None` where the program has no such list.
    pub fn clear_items(&mut self, list: ListId) -> Option<()> {
        self.banks.items.get_mut(list.index())?.clear();
        Some(())
    }

    /// Adds an item of a list to a lane, with the defaults of its facts, or 0 where there is none.
    /// Gives its place among the items of the lane, counted from 0; `None` where the program has
    /// no such list, the block no such lane, or the case may have no more items.
    ///
    /// ```
    /// use apportion_core::block::Block;
    /// use apportion_core::program::Builder;
    /// use apportion_core::value::Type;
    ///
    /// let mut program = Builder::default();
    /// let services = program.list(100);
    /// let nights = program.item_fact(services, Type::Amount { least: 0, greatest: 7 }, None);
    /// let program = program.finish().unwrap();
    ///
    /// let mut block = Block::new(&program);
    /// assert_eq!([0, 1, 1].map(|lane| block.add_item(services, lane)), [0, 0, 1].map(Some));
    /// block.item_amounts_mut(nights, 0).unwrap()[..2].copy_from_slice(&[2, 3]);
    /// block.item_amounts_mut(nights, 1).unwrap()[1] = 7;
    /// assert!(block.item_amounts_mut(nights, 2).is_none());
    /// ```
    pub fn add_item(&mut self, list: ListId, lane: usize) -> Option<u32> {
        let items = self.banks.items.get_mut(list.index())?;
        items.add(self.lists.get(list.index())?, &self.facts, lane)
    }

    /// How many items of a list each lane has. `None` where the program has no such list.
    #[must_use]
    pub fn items(&self, list: ListId) -> Option<&[u32; LANES]> {
        self.banks.items.get(list.index()).map(Items::counts)
    }

    /// The column of a fact of items that is yes (1) or no (0), or the number of a word, for the
    /// item at one place of every lane that has so many. `None` where none has, or there is no
    /// such fact.
    #[must_use]
    pub fn item_bytes_mut(&mut self, fact: FactId, index: u32) -> Option<&mut [u8; LANES]> {
        match self.facts.get(fact.index())?.any_slot() {
            AnySlot::Byte(_) => {
                let (rows, place) = self.item_column(fact, index)?;
                rows.bytes.get_mut(place)
            }
            AnySlot::Date(_) | AnySlot::Amount(_) => None,
        }
    }

    /// The column of a fact of items that is a date, packed, as [`Block::item_bytes_mut`].
    #[must_use]
    pub fn item_dates_mut(&mut self, fact: FactId, index: u32) -> Option<&mut [i32; LANES]> {
        match self.facts.get(fact.index())?.any_slot() {
            AnySlot::Date(_) => {
                let (rows, place) = self.item_column(fact, index)?;
                rows.dates.get_mut(place)
            }
            AnySlot::Byte(_) | AnySlot::Amount(_) => None,
        }
    }

    /// The column of a fact of items that is an amount, in its steps, as
    /// [`Block::item_bytes_mut`].
    #[must_use]
    pub fn item_amounts_mut(&mut self, fact: FactId, index: u32) -> Option<&mut [i64; LANES]> {
        match self.facts.get(fact.index())?.any_slot() {
            AnySlot::Amount(_) => {
                let (rows, place) = self.item_column(fact, index)?;
                rows.amounts.get_mut(place)
            }
            AnySlot::Byte(_) | AnySlot::Date(_) => None,
        }
    }

    /// The rows in which a fact of items stands, and where it does for the item at one place.
    fn item_column(&mut self, fact: FactId, index: u32) -> Option<(&mut Slots<LANES>, usize)> {
        let fact = self.facts.get(fact.index())?;
        let list = fact.list?;
        let items = self.banks.items.get_mut(list.index())?;
        if index >= items.most() {
            return None;
        }
        let place = self.lists.get(list.index())?.place(fact, index)?;
        Some((items.rows_mut(), place))
    }

    /// What stands in a slot of its list, in the row of an item of a lane; a date packed. `None`
    /// where the slot is not the list's or no lane has such an item.
    pub(super) fn number_of_item(&self, item: Item, slot: AnySlot, lane: usize) -> Option<i64> {
        let list = self.lists.get(item.list.index())?;
        let rows = self.banks.items.get(item.list.index())?.rows();
        match slot {
            AnySlot::Byte(slot) => {
                let place = place_in_row(&list.bytes, slot, item.index)?;
                rows.bytes.get(place)?.get(lane).copied().map(i64::from)
            }
            AnySlot::Date(slot) => {
                let place = place_in_row(&list.dates, slot, item.index)?;
                rows.dates.get(place)?.get(lane).copied().map(i64::from)
            }
            AnySlot::Amount(slot) => {
                let place = place_in_row(&list.amounts, slot, item.index)?;
                rows.amounts.get(place)?.get(lane).copied()
            }
        }
    }

    /// Puts the items of a case into a lane, in place of those that it had.
    pub(super) fn copy_items(&mut self, lane: usize, case: &Case) {
        let lists = self.lists.iter().zip(&mut self.banks.items).zip(case.lists());
        for ((list, items), given) in lists {
            items.put_lane(list, &self.facts, given.items(), lane);
        }
    }
}
