//! The items of a list: a row of ranges for each, taken into the slots in turn.

use alloc::vec::Vec;

use super::{Amounts, Bytes, Dates, Ranges, SlotMissing};
use crate::program::{List, ListId};

/// What the slots of a list can be for one item.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Whether it is there, as 0 and 1.
    pub(crate) live: Bytes,
    pub(crate) bytes: Vec<Bytes>,
    pub(crate) dates: Vec<Dates>,
    pub(crate) amounts: Vec<Amounts>,
}

impl Row {
    /// An item of which nothing is worked out yet.
    pub(crate) fn new(list: &List, live: Bytes) -> Row {
        Row {
            live,
            bytes: list.bytes.iter().map(|_| Bytes::one(0)).collect(),
            dates: list.dates.iter().map(|_| Dates::one(0)).collect(),
            amounts: list.amounts.iter().map(|_| Amounts::one(0)).collect(),
        }
    }
}

impl Ranges {
    /// Copies the row of an item into the slots of its list.
    pub(super) fn take_row(
        &mut self,
        list: &List,
        id: ListId,
        index: usize,
    ) -> Result<(), SlotMissing> {
        let Ranges { bytes, dates, amounts, items, live, .. } = self;
        let row = items.get(id.index()).and_then(|rows| rows.get(index)).ok_or(SlotMissing)?;
        put(&row.bytes, list.bytes.iter().map(|slot| slot.index()), bytes)?;
        put(&row.dates, list.dates.iter().map(|slot| slot.index()), dates)?;
        put(&row.amounts, list.amounts.iter().map(|slot| slot.index()), amounts)?;
        *live = row.live;
        *bytes.get_mut(list.live.index()).ok_or(SlotMissing)? = row.live;
        Ok(())
    }

    /// Copies what stands in the slots of a list into the row of an item.
    pub(super) fn keep_row(
        &mut self,
        list: &List,
        id: ListId,
        index: usize,
    ) -> Result<(), SlotMissing> {
        let Ranges { bytes, dates, amounts, items, .. } = self;
        let rows = items.get_mut(id.index()).ok_or(SlotMissing)?;
        let row = rows.get_mut(index).ok_or(SlotMissing)?;
        keep(bytes, list.bytes.iter().map(|slot| slot.index()), &mut row.bytes)?;
        keep(dates, list.dates.iter().map(|slot| slot.index()), &mut row.dates)?;
        keep(amounts, list.amounts.iter().map(|slot| slot.index()), &mut row.amounts)
    }
}

fn put<T: Copy>(
    row: &[T],
    mut places: impl Iterator<Item = usize>,
    bank: &mut [T],
) -> Result<(), SlotMissing> {
    row.iter().try_for_each(|value| {
        let place = places.next().ok_or(SlotMissing)?;
        *bank.get_mut(place).ok_or(SlotMissing)? = *value;
        Ok(())
    })
}

fn keep<T: Copy>(
    bank: &[T],
    mut places: impl Iterator<Item = usize>,
    row: &mut [T],
) -> Result<(), SlotMissing> {
    row.iter_mut().try_for_each(|value| {
        let place = places.next().ok_or(SlotMissing)?;
        *value = *bank.get(place).ok_or(SlotMissing)?;
        Ok(())
    })
}
