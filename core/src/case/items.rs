//! The items that a case has of its lists.

use alloc::vec::Vec;
use core::iter::{repeat_n, zip};

use super::{Case, CaseError, Lack, State, Stated, fits, is_unknown};
use crate::lanes::Items;
use crate::program::{Fact, FactId, Item, List, ListId};
use crate::value::Value;

/// The items of one list, and what is stated of each.
#[derive(Clone, Debug)]
pub(crate) struct CaseItems {
    list: List,
    is_stated: bool,
    items: Items<1>,
    /// Item by item, what is stated of each fact of the list.
    stated: Vec<Stated>,
}

impl CaseItems {
    pub(super) fn new(list: List) -> Self {
        CaseItems { list, is_stated: false, items: Items::none(), stated: Vec::new() }
    }

    pub(super) fn clear(&mut self) {
        self.is_stated = false;
        self.items.clear();
        self.stated.clear();
    }

    pub(crate) fn items(&self) -> &Items<1> {
        &self.items
    }

    pub(crate) fn stated(&self) -> &[Stated] {
        &self.stated
    }

    fn count(&self) -> u32 {
        self.items.most()
    }

    /// Where what is stated of an item's fact stands.
    fn place(&self, item: Item, fact: FactId) -> Result<usize, CaseError> {
        if item.index >= self.count() {
            return Err(CaseError::NoSuchItem { item });
        }
        let place = self.list.facts().binary_search(&fact);
        let place = place.map_err(|_| CaseError::WrongList { fact })?;
        Ok(item.index as usize * self.list.facts().len() + place)
    }

    /// What keeps these items from being decided.
    pub(super) fn first_lack(&self, list: ListId, facts: &[Fact]) -> Option<Lack> {
        if !self.is_stated {
            return Some(Lack::List { list });
        }
        let each = (0..self.count()).flat_map(|index| {
            self.list.facts().iter().map(move |fact| (Item { list, index }, *fact))
        });
        zip(each, &self.stated).find_map(|((item, fact), stated)| {
            let is_lacking = is_unknown(facts.get(fact.index())?, *stated);
            is_lacking.then_some(Lack::Fact { fact, item: Some(item) })
        })
    }
}

impl Case {
    /// Says that a case has a list, so far without items. An empty list is said, and never taken
    /// for granted: a case of which a list is not stated is not decided.
    ///
    /// # Errors
    ///
    /// Returns [`CaseError::NoSuchList`] where the program has no such list.
    pub fn state_items(&mut self, list: ListId) -> Result<(), CaseError> {
        let items = self.lists.get_mut(list.index()).ok_or(CaseError::NoSuchList)?;
        self.unknown -= usize::from(!items.is_stated);
        items.is_stated = true;
        Ok(())
    }

    /// Adds an item of a list, of which nothing is stated yet.
    ///
    /// ```
    /// use apportion_core::case::{Case, State};
    /// use apportion_core::program::Builder;
    /// use apportion_core::value::{Type, Value};
    ///
    /// let mut program = Builder::default();
    /// let services = program.list(100);
    /// let nights = program.item_fact(services, Type::Amount { least: 0, greatest: 7 }, None);
    /// let mut case = Case::new(&program.finish().unwrap());
    ///
    /// assert_eq!(case.items(services), None);
    /// let night_sitter = case.add_item(services).unwrap();
    /// case.set_item(night_sitter, nights, Value::Amount(2)).unwrap();
    /// assert_eq!(case.items(services), Some(1));
    /// assert_eq!(case.item(night_sitter, nights), State::Known(Value::Amount(2)));
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`CaseError`] where the program has no such list, or the case may have no more
    /// items of it.
    pub fn add_item(&mut self, list: ListId) -> Result<Item, CaseError> {
        self.state_items(list)?;
        let items = self.lists.get_mut(list.index()).ok_or(CaseError::NoSuchList)?;
        let index = items.items.add(&items.list, &self.facts, 0);
        let index = index.ok_or(CaseError::TooManyItems { list })?;
        items.stated.extend(repeat_n(Stated::Nothing, items.list.facts().len()));
        let facts = items.list.facts().iter().filter_map(|fact| self.facts.get(fact.index()));
        self.unknown += facts.filter(|fact| is_unknown(fact, Stated::Nothing)).count();
        Ok(Item { list, index })
    }

    /// States a fact of an item.
    ///
    /// # Errors
    ///
    /// Returns [`CaseError`] where the case has no such item, its list has no such fact, or the
    /// value does not fit its declaration; the case then stays as it was.
    pub fn set_item(&mut self, item: Item, fact: FactId, value: Value) -> Result<(), CaseError> {
        let declared = *self.facts.get(fact.index()).ok_or(CaseError::NoSuchFact)?;
        let items = self.lists.get_mut(item.list.index()).ok_or(CaseError::NoSuchList)?;
        items.place(item, fact)?;
        fits(fact, &declared, value)?;
        let CaseItems { list, items, .. } = items;
        let place = list.place(&declared, item.index).ok_or(CaseError::NoSuchItem { item })?;
        items.rows_mut().store(place, 0, value);
        self.mark_item(item, fact, Stated::Value)
    }

    /// States that a fact of an item is not known, so that no default stands in for it.
    ///
    /// # Errors
    ///
    /// Returns [`CaseError`] where the case has no such item, or its list no such fact.
    pub fn set_item_not_known(&mut self, item: Item, fact: FactId) -> Result<(), CaseError> {
        self.mark_item(item, fact, Stated::NotKnown)
    }

    /// How many items the case has of a list. `None` where the list is not stated, or the
    /// program has no such list.
    #[must_use]
    pub fn items(&self, list: ListId) -> Option<u32> {
        let items = self.lists.get(list.index())?;
        items.is_stated.then(|| items.count())
    }

    /// What the case says of a fact of an item; of one that is not there, nothing.
    #[must_use]
    pub fn item(&self, item: Item, fact: FactId) -> State {
        match self.stated_of_item(item, fact) {
            None | Some(Stated::Nothing | Stated::OfItems) => State::NotStated,
            Some(Stated::NotKnown) => State::NotKnown,
            Some(Stated::Value) => {
                self.loaded_of_item(item, fact).map_or(State::NotKnown, State::Known)
            }
        }
    }

    /// The value of an item that deciding uses: the one stated, or else the default. `None`
    /// where the fact is not known, or the item is not there.
    #[must_use]
    pub fn item_value_or_default(&self, item: Item, fact: FactId) -> Option<Value> {
        match self.stated_of_item(item, fact)? {
            Stated::Value => self.loaded_of_item(item, fact),
            Stated::Nothing => self.facts.get(fact.index())?.usable_default(),
            Stated::NotKnown | Stated::OfItems => None,
        }
    }

    pub(crate) fn lists(&self) -> &[CaseItems] {
        &self.lists
    }

    fn stated_of_item(&self, item: Item, fact: FactId) -> Option<Stated> {
        let items = self.lists.get(item.list.index())?;
        items.stated.get(items.place(item, fact).ok()?).copied()
    }

    fn loaded_of_item(&self, item: Item, fact: FactId) -> Option<Value> {
        let CaseItems { list, items, .. } = self.lists.get(item.list.index())?;
        let fact = self.facts.get(fact.index())?;
        items.rows().load(fact.kind, list.place(fact, item.index)?, 0)
    }

    /// Notes what is stated of an item's fact, and whether that leaves it unknown.
    fn mark_item(&mut self, item: Item, fact: FactId, now: Stated) -> Result<(), CaseError> {
        let declared = self.facts.get(fact.index()).ok_or(CaseError::NoSuchFact)?;
        let items = self.lists.get_mut(item.list.index()).ok_or(CaseError::NoSuchList)?;
        let place = items.place(item, fact)?;
        let stated = items.stated.get_mut(place).ok_or(CaseError::NoSuchItem { item })?;
        self.unknown -= usize::from(is_unknown(declared, *stated));
        *stated = now;
        self.unknown += usize::from(is_unknown(declared, now));
        Ok(())
    }
}
