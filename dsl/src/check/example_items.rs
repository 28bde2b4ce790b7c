//! Items of lists in examples.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::program::FactId;

use super::Checker;
use super::meaning::Meaning;
use super::mistake::ListMistake;
use crate::checked::{ExampleItem, ExpectKind, ListId, Stated};
use crate::names::nearest_of;
use crate::source::Span;
use crate::syntax::{self, Given, ItemPart, ItemSaid, Name, Spanned};

/// The items of each list that an example states.
type Items = Vec<(ListId, Vec<ExampleItem>)>;

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

    /// Whether a conclusion or value is expected where it belongs.
    pub(super) fn is_expected_in_its_place(
        &mut self,
        list: Option<ListId>,
        name: &Name,
    ) -> Option<()> {
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
        item: &Spanned<String>,
        expect: &syntax::Expect,
        span: Span,
        items: &Items,
    ) -> Option<ExpectKind> {
        let found = items.iter().find_map(|(list, items)| {
            let index = items.iter().position(|known| known.name == item.value)?;
            Some((*list, super::id(index)))
        });
        let Some((list, index)) = found else {
            let names = items.iter().flat_map(|(_, items)| items).map(|item| item.name.as_str());
            let near = nearest_of(names, &item.value).map(String::from);
            let singular = self.policy.lists.first().map(|list| list.singular.clone());
            let singular = singular.unwrap_or_else(|| String::from("item"));
            let (name, span) = (item.value.clone(), self.place(item.span));
            self.report(ListMistake::NoSuchItem { name, singular, near, span });
            return None;
        };
        let outer = self.item_of.replace(list);
        let kind = self.expected(expect, span);
        self.item_of = outer;
        Some(ExpectKind::OfItem { list, index, kind: Box::new(kind?) })
    }
}
