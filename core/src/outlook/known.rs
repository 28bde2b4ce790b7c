//! What a case says, and what stands in slots whatever is open.

use alloc::vec::Vec;

use crate::case::Case;
use crate::lanes::{SlotMissing, Slots};
use crate::program::{AmountSlot, AnySlot, ByteSlot, DateSlot, Item, List, Program, row_of};
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
    pub(super) fn byte_at(
        &self,
        program: &Program,
        item: Option<Item>,
        slot: ByteSlot,
    ) -> Option<Bytes> {
        match self.row(program, item) {
            Some((list, row)) if list.has(AnySlot::Byte(slot)) => {
                row.bytes.get(list.bytes.binary_search(&slot).ok()?).copied()
            }
            _ => self.byte(slot).ok(),
        }
    }

    /// As [`Ranges::byte_at`], for a day.
    pub(super) fn date_at(
        &self,
        program: &Program,
        item: Option<Item>,
        slot: DateSlot,
    ) -> Option<Dates> {
        match self.row(program, item) {
            Some((list, row)) if list.has(AnySlot::Date(slot)) => {
                row.dates.get(list.dates.binary_search(&slot).ok()?).copied()
            }
            _ => self.date(slot).ok(),
        }
    }

    /// As [`Ranges::byte_at`], for an amount.
    pub(super) fn amount_at(
        &self,
        program: &Program,
        item: Option<Item>,
        slot: AmountSlot,
    ) -> Option<Amounts> {
        match self.row(program, item) {
            Some((list, row)) if list.has(AnySlot::Amount(slot)) => {
                row.amounts.get(list.amounts.binary_search(&slot).ok()?).copied()
            }
            _ => self.amount(slot).ok(),
        }
    }

    fn row<'r>(&'r self, program: &'r Program, item: Option<Item>) -> Option<(&'r List, &'r Row)> {
        let item = item?;
        let list = program.lists.get(item.list.index())?;
        Some((list, self.items.get(item.list.index())?.get(item.index as usize)?))
    }
}

fn of_row<'a, T: Copy, S>(
    rows: &'a [[T; 1]],
    slots: &[S],
    index: u32,
) -> impl Iterator<Item = T> + use<'a, T, S> {
    rows.get(row_of(slots, index)).unwrap_or_default().iter().map(|[value]| *value)
}
