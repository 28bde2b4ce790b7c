//! Which lanes of a block have a fact out of bounds.

use core::array;
use core::iter::zip;

use super::LANES;
use crate::lanes::{Banks, Slots};
use crate::program::{Fact, FactId, Item, List, ListId};
use crate::value::Type;

/// For each lane the first fact out of bounds, as one number: above the item, of which the case
/// has 0, and below it the fact, counted from 1. 0 where all are within.
#[derive(Clone, Debug)]
pub(super) struct Strays([u64; LANES]);

/// Where the values of some facts stand, and in which lanes they are asked for, as 1 or 0.
struct Columns<'a> {
    bytes: &'a [[u8; LANES]],
    dates: &'a [[i32; LANES]],
    amounts: &'a [[i64; LANES]],
    asked: [u8; LANES],
}

impl Strays {
    pub(super) fn none() -> Self {
        Strays([0; LANES])
    }

    /// Holds every fact of the first lanes against its bounds: those of the case, then those of
    /// the items, list by list.
    pub(super) fn find(
        facts: &[Fact],
        lists: &[List],
        banks: &Banks<LANES>,
        cases: usize,
    ) -> Option<Self> {
        let mut strays = Strays::none();
        let Banks { bytes, dates, amounts, .. } = banks;
        let asked = array::from_fn(|lane| u8::from(lane < cases));
        let columns = Columns { bytes, dates, amounts, asked };
        for (id, fact) in (0..).map(FactId).zip(facts).filter(|(_, fact)| fact.list.is_none()) {
            strays.mark(&columns, fact.kind, fact.slot as usize, number(id, None))?;
        }
        for (list, (layout, items)) in (0..).map(ListId).zip(zip(lists, &banks.items)) {
            let Slots { bytes, dates, amounts } = items.rows();
            let mut columns = Columns { bytes, dates, amounts, asked };
            for index in 0..items.most() {
                columns.ask_where_there(items.counts(), index);
                for id in layout.facts() {
                    let fact = facts.get(id.index())?;
                    let number = number(*id, Some(Item { list, index }));
                    strays.mark(&columns, fact.kind, layout.place(fact, index)?, number)?;
                }
            }
        }
        Some(strays)
    }

    /// Whether one of the first lanes has a fact out of bounds.
    pub(super) fn has_any(&self, lanes: usize) -> bool {
        let strays = self.0.get(..lanes).unwrap_or(&self.0);
        strays.iter().fold(0, |any, stray| any | stray) != 0
    }

    /// The first fact of a lane that is out of bounds, and the item that it is one of.
    pub(super) fn of_lane(&self, lane: usize) -> Option<(FactId, Option<Item>)> {
        let number = *self.0.get(lane)?;
        let fact = FactId((number as u32).checked_sub(1)?);
        Some((fact, Item::of_number((number >> u32::BITS) as u32)))
    }

    fn mark(&mut self, columns: &Columns, kind: Type, place: usize, number: u64) -> Option<()> {
        let Columns { bytes, dates, amounts, asked } = columns;
        match kind {
            Type::YesNo => self.mark_outside(bytes.get(place)?, (0, 1), asked, number),
            Type::Words { count } => {
                let bounds = (0, count.saturating_sub(1));
                self.mark_outside(bytes.get(place)?, bounds, asked, number);
            }
            Type::Date { first, last } => {
                let bounds = (first.packed(), last.packed());
                self.mark_outside(dates.get(place)?, bounds, asked, number);
            }
            Type::Amount { least, greatest } => {
                self.mark_outside(amounts.get(place)?, (least, greatest), asked, number);
            }
        }
        Some(())
    }

    /// Marks the lanes whose value is out of bounds, unless an earlier fact is. Most blocks
    /// have none, so that is found out first, over all lanes at once.
    #[inline]
    fn mark_outside<T: Bounded>(
        &mut self,
        column: &[T; LANES],
        (least, greatest): (T, T),
        asked: &[u8; LANES],
        number: u64,
    ) {
        if !T::may_be_outside(column, least, greatest) {
            return;
        }
        for (stray, (value, asked)) in zip(&mut self.0, zip(column, asked)) {
            let is_first = (*stray == 0) & (*asked != 0) & value.is_outside(least, greatest);
            *stray |= number & 0u64.wrapping_sub(u64::from(is_first));
        }
    }
}

impl Columns<'_> {
    /// Asks only in the lanes that have an item at this place.
    fn ask_where_there(&mut self, counts: &[u32; LANES], index: u32) {
        for (asked, count) in zip(&mut self.asked, counts) {
            *asked &= u8::from(index < *count);
        }
    }
}

fn number(fact: FactId, item: Option<Item>) -> u64 {
    (u64::from(Item::number(item)) << u32::BITS) | u64::from(fact.0.wrapping_add(1))
}

/// A value that can be held against bounds in many lanes at once.
trait Bounded: Copy + PartialOrd {
    /// Whether the value is out of bounds.
    fn is_outside(self, least: Self, greatest: Self) -> bool {
        (self < least) | (self > greatest)
    }

    /// Whether a column may hold a value out of bounds; where not, it holds none.
    fn may_be_outside(column: &[Self; LANES], least: Self, greatest: Self) -> bool;
}

impl Bounded for u8 {
    /// The number of a word begins at 0, so only the greatest counts.
    fn may_be_outside(column: &[u8; LANES], _: u8, greatest: u8) -> bool {
        column.iter().copied().fold(0, u8::max) > greatest
    }
}

/// Older processors compare no 64-bit numbers side by side, and find no greater of two of 32,
/// but they subtract them. The distances to both bounds, modulo 2^64, add up to the distance
/// between the bounds. So where neither has its sign bit set, neither has wrapped, and the
/// number lies between. (Bounds more than 2^63 apart may set one all the same: a false alarm.)
macro_rules! bounded_by_signs {
    ($($number:ty),*) => {
        $(impl Bounded for $number {
            fn may_be_outside(column: &[$number; LANES], least: $number, greatest: $number) -> bool {
                let signs = column.iter().fold(0, |signs, number| {
                    signs | number.wrapping_sub(least) | greatest.wrapping_sub(*number)
                });
                signs < 0
            }
        })*
    };
}

bounded_by_signs!(i32, i64);
