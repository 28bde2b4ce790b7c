//! What a case says, and what stands in slots whatever is open.

use alloc::vec::Vec;

use crate::case::Case;
use crate::lanes::{SlotMissing, Slots};
use crate::program::{AmountSlot, AnySlot, DateSlot, Item, List, Program, row_of};
use crate::ranges::{Amounts, Bytes, Dates, Ranges, Row};

impl Ranges {
    /// What a case says, each slot with one value.
    pub(super) fn of_case(program: &Program, case: &Case) -> Result<Ranges, SlotMissing> {
        let mut ranges = Ranges::new(program);
        let Slots { bytes, dates, amounts } = case.inputs();
        for (held, [byte]) in ranges.bytes.iter_mut().zip(bytes) {
            *held = Bytes::one(*byte);
        }
        for (held, [date]) in ranges.dates.iter_mut().zip(dates) {
            *held = Dates::one(*date);
        }
        for (held, [amount]) in ranges.amounts.iter_mut().zip(amounts) {
            *held = Amounts::one(*amount);
        }
        for ((list, rows), items) in program.lists.iter().zip(&mut ranges.items).zip(case.lists()) {
            let values = items.items().rows();
            let each = (0..items.items().most()).map(|index| Row {
                live: Bytes::one(1),
                bytes: of_row(&values.bytes, &list.bytes, index).map(Bytes::one).collect(),
                dates: of_row(&values.dates, &list.dates, index).map(Dates::one).collect(),
                amounts: of_row(&values.amounts, &list.amounts, index).map(Amounts::one).collect(),
            });
            *rows = each.collect::<Vec<_>>();
        }
        Ok(ranges)
    }

    /// What stands in a slot, of an item where it is one's.
    pub(super) fn date_at(
        &self,
        list: Option<&List>,
        item: Option<Item>,
        slot: DateSlot,
    ) -> Option<Dates> {
        match (list, item) {
            (Some(list), Some(item)) if list.has(AnySlot::Date(slot)) => {
                let row = self.items.get(item.list.index())?.get(item.index as usize)?;
                row.dates.get(list.dates.binary_search(&slot).ok()?).copied()
            }
            _ => self.date(slot).ok(),
        }
    }

    /// As [`Ranges::date_at`], for an amount.
    pub(super) fn amount_at(
        &self,
        list: Option<&List>,
        item: Option<Item>,
        slot: AmountSlot,
    ) -> Option<Amounts> {
        match (list, item) {
            (Some(list), Some(item)) if list.has(AnySlot::Amount(slot)) => {
                let row = self.items.get(item.list.index())?.get(item.index as usize)?;
                row.amounts.get(list.amounts.binary_search(&slot).ok()?).copied()
            }
            _ => self.amount(slot).ok(),
        }
    }
}

fn of_row<'a, T: Copy, S>(
    rows: &'a [[T; 1]],
    slots: &[S],
    index: u32,
) -> impl Iterator<Item = T> + use<'a, T, S> {
    rows.get(row_of(slots, index)).unwrap_or_default().iter().map(|[value]| *value)
}
