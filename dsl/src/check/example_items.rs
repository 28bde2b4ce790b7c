//! Items of lists in examples.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::program::{ConclusionId, FactId, Item, ValueId};

use super::Checker;
use super::meaning::Meaning;
use super::mistake::ListMistake;
use crate::checked::{ExampleItem, ExpectKind, ListId, Needed, Stated, UnknownExpect};
use crate::names::nearest_of;
use crate::source::Span;
use crate::syntax::{self, Given, ItemPart, ItemSaid, Name, Spanned};

/// The items of each list that an example states.
pub(super) type Items = Vec<(ListId, Vec<ExampleItem>)>;

impl Checker<'_> {
    /// `with`, `but` or `without` an item, `no services`.
    pub(super) fn item_part(&mut self, part: &ItemPart, items: &mut Items) {
        let Some(Meaning::List(list)) = self.meaning(&part.list.key) else {
            self.wrong_kind(&part.list, "one item of a list");
            return;
        };
        let of_list = match items.iter().position(|(stated, _)| *stated == list) {
            Some(place) => place,
            None => {
                items.push((list, Vec::new()));
                items.len() - 1
            }
        };
        let Some((_, of_list)) = items.get_mut(of_list) else { return };
        match &part.said {
            ItemSaid::None => of_list.clear(),
            ItemSaid::With(name, given) => self.with_item(list, name, given, of_list),
            ItemSaid::But(name, given) => {
                if let Some(place) = self.place_of_item(list, name, of_list) {
                    let given = self.given_of_item(list, given);
                    if let Some(item) = of_list.get_mut(place) {
                        given.into_iter().for_each(|it| super::example::state(&mut item.given, it));
                    }
                }
            }
            ItemSaid::Without(name) => {
                if let Some(place) = self.place_of_item(list, name, of_list) {
                    of_list.remove(place);
                }
            }
        }
    }

    fn with_item(
        &mut self,
        list: ListId,
        name: &Spanned<String>,
        given: &[Given],
        items: &mut Vec<ExampleItem>,
    ) {
        let span = self.place(name.span);
        if items.iter().any(|item| item.name == name.value) {
            self.report(ListMistake::ItemTwice { name: name.value.clone(), span });
            return;
        }
        let declared = self.list(list).map(|list| (list.plural.clone(), list.most));
        let (plural, most) = declared.unwrap_or_default();
        if items.len() >= most as usize {
            self.report(ListMistake::TooManyItems { plural, most, span });
            return;
        }
        let given = self.given_of_item(list, given);
        items.push(ExampleItem { name: name.value.clone(), given });
    }

    /// Which of the items has this name; reported where none has.
    fn place_of_item(
        &mut self,
        list: ListId,
        name: &Spanned<String>,
        items: &[ExampleItem],
    ) -> Option<usize> {
        let place = items.iter().position(|item| item.name == name.value);
        if place.is_none() {
            let names = items.iter().map(|item| item.name.as_str());
            let near = nearest_of(names, &name.value).map(String::from);
            let singular = self.list(list).map(|list| list.singular.clone()).unwrap_or_default();
            let (name, span) = (name.value.clone(), self.place(name.span));
            self.report(ListMistake::NoSuchItem { name, singular, near, span });
        }
        place
    }

    fn given_of_item(&mut self, list: ListId, written: &[Given]) -> Vec<(FactId, Stated)> {
        let outer = self.item_of.replace(list);
        let mut given = Vec::new();
        written.iter().for_each(|stated| self.one(stated, &mut given));
        self.item_of = outer;
        given
    }

    /// Whether a fact is stated where it belongs: of an item, or of the case.
    pub(super) fn is_stated_in_its_place(&mut self, fact: FactId, name: &Name) -> bool {
        let list = self.policy.facts.get(fact.index()).and_then(|fact| fact.list);
        if list == self.item_of {
            return true;
        }
        let (name, span) = (name.key.clone(), self.place(name.span));
        let singular = |list| self.list(list).map(|list| list.singular.clone());
        let mistake = match list.and_then(singular) {
            Some(singular) => ListMistake::FactOfAnItem { name, singular, span },
            None => self.of_the_case(name, span),
        };
        self.report(mistake);
        false
    }

    fn of_the_case(&self, name: String, span: Span) -> ListMistake {
        let list = self.item_of.and_then(|list| self.list(list));
        let singular = list.map(|list| list.singular.clone()).unwrap_or_default();
        ListMistake::OfTheCase { name, singular, span }
    }

    pub(super) fn is_conclusion_in_its_place(
        &mut self,
        id: ConclusionId,
        name: &Name,
    ) -> Option<()> {
        let list = self.policy.conclusions.get(id.index()).and_then(|it| it.list);
        self.is_expected_in_its_place(list, name)
    }

    pub(super) fn is_value_in_its_place(&mut self, id: ValueId, name: &Name) -> Option<()> {
        let list = self.policy.values.get(id.index()).and_then(|it| it.list);
        self.is_expected_in_its_place(list, name)
    }

    /// Whether a conclusion or value is expected where it belongs.
    fn is_expected_in_its_place(&mut self, list: Option<ListId>, name: &Name) -> Option<()> {
        if list == self.item_of {
            return Some(());
        }
        let (name, span) = (name.key.clone(), self.place(name.span));
        let singular = |list| self.list(list).map(|list| list.singular.clone());
        let mistake = match list.and_then(singular) {
            Some(singular) => ListMistake::ExpectedOfAnItem { name, singular, span },
            None => self.of_the_case(name, span),
        };
        self.report(mistake);
        None
    }

    /// `"night sitter" the ICB £640.00`
    pub(super) fn expected_of_item(
        &mut self,
        name: &Spanned<String>,
        expect: &syntax::Expect,
        items: &Items,
    ) -> Option<ExpectKind> {
        let item = self.item_named(name, items)?;
        let outer = self.item_of.replace(item.list);
        let kind = self.expected(expect, Some(item), items);
        self.item_of = outer;
        Some(ExpectKind::OfItem { list: item.list, index: item.index, kind: Box::new(kind?) })
    }

    /// The item that has this name in an example; reported where none has.
    fn item_named(&mut self, name: &Spanned<String>, items: &Items) -> Option<Item> {
        let found = items.iter().find_map(|(list, items)| {
            let index = items.iter().position(|known| known.name == name.value)?;
            Some(Item { list: *list, index: super::id(index) })
        });
        if found.is_none() {
            let names = items.iter().flat_map(|(_, items)| items).map(|item| item.name.as_str());
            let near = nearest_of(names, &name.value).map(String::from);
            let singular = self.policy.lists.first().map(|list| list.singular.clone());
            let singular = singular.unwrap_or_else(|| String::from("item"));
            let (name, span) = (name.value.clone(), self.place(name.span));
            self.report(ListMistake::NoSuchItem { name, singular, near, span });
        }
        found
    }

    /// `payments need seizures`, `"night sitter" band needs price, "taxi" price`
    pub(super) fn expected_needs(
        &mut self,
        name: Option<&Name>,
        needed: &[syntax::Needed],
        of: Option<Item>,
        items: &Items,
    ) -> Option<ExpectKind> {
        let needed = needed.iter().map(|it| self.needed(it, of, items));
        let needed: Vec<Needed> = needed.collect::<Option<_>>()?;
        let Some(name) = name else {
            return Some(ExpectKind::Unknown(UnknownExpect::PaymentsNeed { needed }));
        };
        let expect = match self.meaning(&name.key) {
            Some(Meaning::Conclusion(conclusion)) => {
                self.is_conclusion_in_its_place(conclusion, name)?;
                UnknownExpect::ConclusionNeeds { conclusion, needed }
            }
            Some(Meaning::Value(value)) => {
                self.is_value_in_its_place(value, name)?;
                UnknownExpect::ValueNeeds { value, needed }
            }
            _ => {
                self.wrong_kind(name, "a conclusion, a value or `payments`");
                return None;
            }
        };
        Some(ExpectKind::Unknown(expect))
    }

    /// A fact without the name of an item is one of the case, or of the item it is about.
    fn needed(
        &mut self,
        written: &syntax::Needed,
        of: Option<Item>,
        items: &Items,
    ) -> Option<Needed> {
        let named = match &written.item {
            Some(name) => Some(self.item_named(name, items)?),
            None => None,
        };
        let name = &written.name;
        let (fact, list) = match self.meaning(&name.key) {
            Some(Meaning::List(list)) if named.is_none() => return Some(Needed::Items { list }),
            Some(Meaning::Fact(fact)) => {
                (fact, self.policy.facts.get(fact.index()).and_then(|fact| fact.list))
            }
            _ => {
                self.wrong_kind(name, "a fact");
                return None;
            }
        };
        let item = named.or(of.filter(|of| list == Some(of.list)));
        if item.map(|item| item.list) == list {
            return Some(Needed::Fact { fact, item });
        }
        let (name, span) = (name.key.clone(), self.place(name.span));
        let singular = |list| self.list(list).map(|list| list.singular.clone());
        let mistake = match list.and_then(singular) {
            Some(singular) => ListMistake::NeedsFactOfAnItem { name, singular, span },
            None => self.of_the_case(name, span),
        };
        self.report(mistake);
        None
    }
}
