//! The items of a list: a row of slots for each, taken into the banks in turn.

use alloc::vec;
use alloc::vec::Vec;
use core::iter::zip;

use super::slots::Slots;
use super::{Banks, SlotId, SlotMissing, run_operations, slot_mut, tally};
use crate::program::{Fact, Item, List, ListId, Operation, Program, row_of};

/// The items that each lane has of one list: for each a row of values, one for every slot of
/// the list. Rows that no lane needs any more are kept, so that room is made only once.
#[derive(Clone, Debug)]
pub(crate) struct Items<const N: usize> {
    counts: [u32; N],
    rows: Slots<N>,
}

impl<const N: usize> Items<N> {
    pub(crate) fn none() -> Self {
        Items { counts: [0; N], rows: Slots::default() }
    }

    /// How many items each lane has.
    pub(crate) fn counts(&self) -> &[u32; N] {
        &self.counts
    }

    /// The most items that any lane has.
    pub(crate) fn most(&self) -> u32 {
        most(&self.counts)
    }

    /// The rows of all items, one after the other.
    pub(crate) fn rows(&self) -> &Slots<N> {
        &self.rows
    }

    /// The rows of all items, to write.
    pub(crate) fn rows_mut(&mut self) -> &mut Slots<N> {
        &mut self.rows
    }

    /// Takes away the items of every lane.
    pub(crate) fn clear(&mut self) {
        self.counts = [0; N];
    }

    /// Adds an item to a lane, with the defaults of its facts, or 0 where there is none. `None`
    /// where the lane is not there or can have no more items.
    pub(crate) fn add(&mut self, list: &List, facts: &[Fact], lane: usize) -> Option<u32> {
        let count = self.counts.get_mut(lane)?;
        let index = *count;
        if index >= list.most {
            return None;
        }
        *count += 1;
        self.make_room(list);
        for fact in list.facts.iter().filter_map(|fact| facts.get(fact.index())) {
            let place = list.place(fact, index)?;
            match fact.usable_default() {
                Some(value) => self.rows.store(place, lane, value),
                None => self.rows.wipe(fact.kind, place, lane),
            }
        }
        Some(index)
    }

    /// Puts items into a lane, in place of those that it had. A lane that is not there holds none.
    pub(crate) fn put_lane(&mut self, list: &List, facts: &[Fact], from: &Items<1>, lane: usize) {
        let Some(count) = self.counts.get_mut(lane) else { return };
        *count = from.most();
        self.make_room(list);
        for index in 0..from.most() {
            for fact in list.facts.iter().filter_map(|fact| facts.get(fact.index())) {
                let Some(place) = list.place(fact, index) else { continue };
                if let Some(value) = from.rows.load(fact.kind, place, 0) {
                    self.rows.store(place, lane, value);
                }
            }
        }
    }

    /// Copies the row of an item into the slots of the list.
    fn put_row(
        &self,
        list: &List,
        index: u32,
        bytes: &mut [[u8; N]],
        dates: &mut [[i32; N]],
        amounts: &mut [[i64; N]],
    ) -> Result<(), SlotMissing> {
        put_row(&self.rows.bytes, &list.bytes, index, bytes)?;
        put_row(&self.rows.dates, &list.dates, index, dates)?;
        put_row(&self.rows.amounts, &list.amounts, index, amounts)
    }

    fn make_room(&mut self, list: &List) {
        let most = self.most();
        make_room(&list.bytes, most, &mut self.rows.bytes);
        make_room(&list.dates, most, &mut self.rows.dates);
        make_room(&list.amounts, most, &mut self.rows.amounts);
    }
}

impl Items<1> {
    /// Takes over the items that a lane has.
    pub(crate) fn take_lane<const N: usize>(
        &mut self,
        list: &List,
        from: &Items<N>,
        lane: usize,
    ) -> Result<(), SlotMissing> {
        let count = *from.counts.get(lane).ok_or(SlotMissing)?;
        self.counts = [count];
        take_lane(&list.bytes, count, &from.rows.bytes, lane, &mut self.rows.bytes)?;
        take_lane(&list.dates, count, &from.rows.dates, lane, &mut self.rows.dates)?;
        take_lane(&list.amounts, count, &from.rows.amounts, lane, &mut self.rows.amounts)
    }
}

fn most(counts: &[u32]) -> u32 {
    counts.iter().copied().fold(0, u32::max)
}

/// Where the rows of so many items end.
fn end<S>(slots: &[S], items: u32) -> usize {
    row_of(slots, items).start
}

fn make_room<T: Copy + Default, S, const N: usize>(
    slots: &[S],
    items: u32,
    rows: &mut Vec<[T; N]>,
) {
    let room = end(slots, items).max(rows.len());
    rows.resize(room, [T::default(); N]);
}

fn take_lane<T: Copy, S, const N: usize>(
    slots: &[S],
    items: u32,
    from: &[[T; N]],
    lane: usize,
    to: &mut Vec<[T; 1]>,
) -> Result<(), SlotMissing> {
    let from = from.get(..end(slots, items)).ok_or(SlotMissing)?;
    to.clear();
    to.extend(from.iter().filter_map(|lanes| lanes.get(lane)).map(|value| [*value]));
    Ok(())
}

/// Runs operations once for each item of a list, in the order of the items.
pub(super) fn each<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    id: ListId,
    operations: &[Operation],
) -> Result<(), SlotMissing> {
    let list = program.lists.get(id.index()).ok_or(SlotMissing)?;
    operations.iter().try_for_each(|operation| tally::start(banks, operation))?;
    let counts = *banks.items.get(id.index()).ok_or(SlotMissing)?.counts();
    for index in 0..most(&counts) {
        banks.take_item(list, Item { list: id, index })?;
        banks.here.item = Some(Item { list: id, index });
        banks.here.live = counts.map(|count| u8::from(index < count));
        *slot_mut(&mut banks.bytes, list.live)? = banks.here.live;
        run_operations(program, banks, operations)?;
        banks.keep_item(list, Item { list: id, index })?;
    }
    banks.here = super::Here::CASE;
    Ok(())
}

impl<const N: usize> Banks<N> {
    /// Copies the row of an item into its slots.
    fn take_item(&mut self, list: &List, item: Item) -> Result<(), SlotMissing> {
        let Banks { bytes, dates, amounts, items, .. } = self;
        let items = items.get(item.list.index()).ok_or(SlotMissing)?;
        items.put_row(list, item.index, bytes, dates, amounts)
    }

    /// Banks of the case and one item, to be read; they have no other items.
    pub(crate) fn at_item(&self, list: &List, item: Item) -> Option<Self> {
        let mut banks = Banks {
            bytes: self.bytes.clone(),
            dates: self.dates.clone(),
            amounts: self.amounts.clone(),
            items: vec![Items::none(); self.items.len()],
            refusals: self.refusals.clone(),
            here: self.here.clone(),
        };
        let Banks { bytes, dates, amounts, .. } = &mut banks;
        let items = self.items.get(item.list.index())?;
        items.put_row(list, item.index, bytes, dates, amounts).ok()?;
        Some(banks)
    }

    /// Copies what stands in the slots of an item into its row.
    fn keep_item(&mut self, list: &List, item: Item) -> Result<(), SlotMissing> {
        let Slots { bytes, dates, amounts } =
            &mut self.items.get_mut(item.list.index()).ok_or(SlotMissing)?.rows;
        keep_row(&self.bytes, &list.bytes, item.index, bytes)?;
        keep_row(&self.dates, &list.dates, item.index, dates)?;
        keep_row(&self.amounts, &list.amounts, item.index, amounts)
    }
}

fn put_row<T: Copy>(
    rows: &[T],
    slots: &[impl SlotId],
    index: u32,
    bank: &mut [T],
) -> Result<(), SlotMissing> {
    let row = rows.get(row_of(slots, index)).ok_or(SlotMissing)?;
    zip(row, slots).try_for_each(|(value, slot)| {
        *slot_mut(bank, *slot)? = *value;
        Ok(())
    })
}

fn keep_row<T: Copy>(
    bank: &[T],
    slots: &[impl SlotId],
    index: u32,
    rows: &mut [T],
) -> Result<(), SlotMissing> {
    let row = rows.get_mut(row_of(slots, index)).ok_or(SlotMissing)?;
    zip(row, slots).try_for_each(|(value, slot)| {
        *value = *super::slot(bank, *slot)?;
        Ok(())
    })
}
