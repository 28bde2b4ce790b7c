//! What is asked and taken of all items of a list together.

use std::collections::BTreeMap;

use apportion::checked::{Aggregate, Condition, ListId, OverItems, Quantity};
use apportion_core::program::{ConclusionId, ValueId};

use super::condition::is_so_many;
use super::rounding::whole;
use super::{Asked, Datum, Interpreter, Item, OfItem, Place, all, number};

impl Interpreter<'_> {
    /// `at least 2 services are educational`: the condition is asked of every item.
    pub(super) fn so_many_items(
        &mut self,
        quantity: Quantity,
        list: ListId,
        what: &Condition,
        place: Place,
    ) -> Asked<bool> {
        let items = self.items(list);
        let count = self.items_that_pass(list, what, place)?.len();
        Ok(is_so_many(quantity, count, items.len()))
    }

    /// *5 Clauses, Expressions*: the sum, the number, the greatest or the least of the items
    /// that pass. What is taken is read of those alone.
    pub(super) fn over_items(&mut self, over: &OverItems, place: Place) -> Asked<Datum> {
        let passing = self.items_that_pass(over.list, &over.filter, place)?;
        let Some(of) = &over.of else { return Ok(Datum::Number(whole(passing.len()))) };
        let taken = passing.iter().map(|item| self.expression(of, place.at(*item)));
        let taken = all(taken.collect())?;
        let extreme = match over.aggregate {
            Aggregate::Number => return Ok(Datum::Number(whole(passing.len()))),
            Aggregate::Sum => return self.sum_of(taken),
            Aggregate::Greatest => taken.into_iter().max(),
            Aggregate::Least => taken.into_iter().min(),
        };
        match (extreme, &over.if_none) {
            (Some(extreme), _) => Ok(extreme),
            (None, Some(if_none)) => self.expression(if_none, place),
            (None, None) => self.broken(),
        }
    }

    /// What comes of each item, but for its reasons.
    pub(super) fn all_of_items(&mut self) -> Asked<BTreeMap<Item, OfItem>> {
        let items = self.all_items();
        let answers = items.into_iter().map(|item| Ok((item, self.of_item(item)?))).collect();
        Ok(all(answers)?.into_iter().collect())
    }

    fn of_item(&mut self, item: Item) -> Asked<OfItem> {
        let (mut conclusions, mut values) = (Vec::new(), Vec::new());
        for (place, conclusion) in self.policy.conclusions.iter().enumerate() {
            if conclusion.list == Some(item.list) {
                let id = ConclusionId(number(place));
                conclusions.push(self.conclusion(id, Some(item)).map(|is_drawn| (id, is_drawn)));
            }
        }
        for (place, value) in self.policy.values.iter().enumerate() {
            if value.list == Some(item.list) {
                let id = ValueId(number(place));
                values.push(self.value(id, None, Some(item)).map(|given| (id, given)));
            }
        }
        let clauses = self.clauses_said_of(item);
        Ok(OfItem {
            conclusions: all(conclusions)?.into_iter().collect(),
            values: all(values)?.into_iter().collect(),
            clauses: clauses?,
            ..OfItem::default()
        })
    }

    /// The items of which a condition is true; it is asked of all of them.
    fn items_that_pass(
        &mut self,
        list: ListId,
        condition: &Condition,
        place: Place,
    ) -> Asked<Vec<Item>> {
        let items = self.items(list);
        let answers = items.iter().map(|item| self.condition(condition, place.at(*item)));
        let answers = all(answers.collect())?;
        let passing = items.into_iter().zip(answers).filter(|(_, passes)| *passes);
        Ok(passing.map(|(item, _)| item).collect())
    }
}
