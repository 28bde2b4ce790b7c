//! What came of the items of a case.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::{DecideError, Decision};
use crate::case::{Case, Stated};
use crate::date::Date;
use crate::lanes::{Items, Slots};
use crate::program::{AmountSlot, AnySlot, ByteSlot, DateSlot, Item, ListId, place_in_row};

impl Decision {
    /// How many items of a list were decided. `None` where the decision is empty, is itself
    /// [about an item](Decision::of_item), or the program has no such list.
    #[must_use]
    pub fn items(&self, list: ListId) -> Option<u32> {
        if self.is_empty() || self.item.is_some() {
            return None;
        }
        self.banks.items.get(list.index()).map(Items::most)
    }

    /// The decision about one item: the same, but what is asked of it is answered for that item.
    /// So conclusions, values, clauses and slots about items have an answer, those about the case
    /// keep theirs, the cost lines are those of the item and of the case, and the defaults those
    /// that stood in for its facts and for the case's. `None` where there is no such item.
    ///
    /// It allocates: it is for explaining.
    ///
    /// ```
    /// use apportion_core::case::Case;
    /// use apportion_core::decision::Decision;
    /// use apportion_core::program::{Builder, ConclusionId};
    /// use apportion_core::value::{Type, Value};
    ///
    /// // A service is urgent when it says so.
    /// let mut program = Builder::default();
    /// let services = program.list(100);
    /// let urgent = program.item_fact(services, Type::YesNo, None);
    /// program.answers.conclusions.push(program.fact_byte(urgent).unwrap());
    /// let program = program.finish().unwrap();
    ///
    /// let (mut case, mut decision) = (Case::new(&program), Decision::new(&program));
    /// let taxi = case.add_item(services).unwrap();
    /// case.set_item(taxi, urgent, Value::YesNo(true)).unwrap();
    /// program.decide(&case, &mut decision).unwrap();
    /// assert_eq!(decision.concludes(ConclusionId(0)), None);
    /// assert_eq!(decision.of_item(taxi).unwrap().concludes(ConclusionId(0)), Some(true));
    /// ```
    #[must_use]
    pub fn of_item(&self, item: Item) -> Option<Decision> {
        if item.index >= self.items(item.list)? {
            return None;
        }
        let list = self.lists.get(item.list.index())?;
        let mut stated = self.stated.clone();
        let of_items = self.stated_of_items.get(item.list.index())?;
        let of_item = of_items.chunks_exact(list.facts().len().max(1)).nth(item.index as usize);
        for (fact, now) in list.facts().iter().zip(of_item.unwrap_or_default()) {
            *stated.get_mut(fact.index())? = *now;
        }
        Some(Decision {
            identity: self.identity,
            answers: Arc::clone(&self.answers),
            lists: self.lists.clone(),
            stated,
            stated_of_items: self.lists.iter().map(|_| Default::default()).collect(),
            banks: self.banks.at_item(list, item)?,
            item: Some(item),
            outcome: self.outcome,
        })
    }

    /// What stands in a slot for a byte, for one item; in a slot of the case, the same for each.
    /// `None` where the decision is empty, there is no such slot, or it is one of the list and there
    /// is no such item.
    #[must_use]
    pub fn item_byte(&self, item: Item, slot: ByteSlot) -> Option<u8> {
        let list = self.lists.get(item.list.index())?;
        match place_in_row(&list.bytes, slot, item.index) {
            Some(place) if self.item != Some(item) => {
                self.read_row(item, place, |rows| &rows.bytes)
            }
            _ => self.byte(slot),
        }
    }

    /// What stands in a slot for a date, for one item. `None` as for [`Decision::item_byte`], or
    /// where it is no day.
    #[must_use]
    pub fn item_date(&self, item: Item, slot: DateSlot) -> Option<Date> {
        let list = self.lists.get(item.list.index())?;
        match place_in_row(&list.dates, slot, item.index) {
            Some(place) if self.item != Some(item) => {
                Date::from_packed(self.read_row(item, place, |rows| &rows.dates)?)
            }
            _ => self.date(slot),
        }
    }

    /// What stands in a slot for an amount, for one item. `None` as for [`Decision::item_byte`].
    #[must_use]
    pub fn item_amount(&self, item: Item, slot: AmountSlot) -> Option<i64> {
        let list = self.lists.get(item.list.index())?;
        match place_in_row(&list.amounts, slot, item.index) {
            Some(place) if self.item != Some(item) => {
                self.read_row(item, place, |rows| &rows.amounts)
            }
            _ => self.amount(slot),
        }
    }

    /// What stands in a slot of the list, in the row of an item; whatever became of the case.
    pub(super) fn in_row(&self, item: Item, slot: ByteSlot) -> Option<u8> {
        let list = self.lists.get(item.list.index())?;
        let place = place_in_row(&list.bytes, slot, item.index)?;
        let rows = self.banks.items.get(item.list.index())?.rows();
        rows.bytes.get(place).map(|[byte]| *byte)
    }

    fn read_row<T: Copy>(
        &self,
        item: Item,
        place: usize,
        bank: impl Fn(&Slots<1>) -> &Vec<[T; 1]>,
    ) -> Option<T> {
        if item.index >= self.items(item.list)? {
            return None;
        }
        let rows = self.banks.items.get(item.list.index())?.rows();
        bank(rows).get(place).map(|[value]| *value)
    }

    /// The items of a list that the decision tells of, or else the case.
    pub(super) fn each(&self, list: Option<ListId>) -> impl Iterator<Item = Option<Item>> {
        let indices = match (list, self.item) {
            (None, _) => 0..1,
            (Some(list), Some(item)) if item.list == list => item.index..item.index + 1,
            (Some(_), Some(_)) => 0..0,
            (Some(list), None) => 0..self.items(list).unwrap_or(0),
        };
        indices.map(move |index| list.map(|list| Item { list, index }))
    }

    /// Whether a slot belongs to items other than the one that the decision is about.
    pub(super) fn is_of_others(&self, slot: AnySlot) -> bool {
        let own = self.item.map(|item| item.list);
        let mut others = (0..).map(ListId).zip(&self.lists).filter(|(id, _)| own != Some(*id));
        others.any(|(_, list)| list.has(slot))
    }

    /// Takes over the items of a case.
    pub(super) fn take_items(&mut self, case: &Case) -> Result<(), DecideError> {
        let taken = self.banks.items.iter_mut().zip(&mut self.stated_of_items);
        for ((items, stated), (list, given)) in taken.zip(self.lists.iter().zip(case.lists())) {
            items.take_lane(list, given.items(), 0)?;
            stated.clear();
            stated.extend_from_slice(given.stated());
        }
        Ok(())
    }

    /// Takes over the items of one lane, whose facts were all given.
    pub(super) fn take_items_of_lane<const N: usize>(
        &mut self,
        lanes: &[Items<N>],
        lane: usize,
    ) -> Option<()> {
        let taken = self.banks.items.iter_mut().zip(&mut self.stated_of_items);
        for ((items, stated), (list, from)) in taken.zip(self.lists.iter().zip(lanes)) {
            items.take_lane(list, from, lane).ok()?;
            stated.clear();
            stated.resize(items.most() as usize * list.facts().len(), Stated::Value);
        }
        Some(())
    }
}
