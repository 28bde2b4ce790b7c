//! A column of lists: the items that each case has.

use std::ops::Range;

use apportion::engine::block::Block;
use apportion::engine::case::Case;
use apportion::engine::program::{Item, ListId};
use apportion::policy::{CaseMistake, Policy, Refused};
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, StructArray};
use arrow_schema::{ArrowError, DataType, Fields};

use super::column::Column;
use super::facts::{FactColumn, plan};
use super::mistake::{TableMistake, TypeMistake};
use crate::csv::columns::{About, Carry};
use crate::csv::facts::store_item;

/// A column that gives the items of a list.
#[derive(Debug)]
pub(super) struct ListColumn<'p> {
    policy: &'p Policy,
    list: ListId,
    /// Its place in the table.
    index: usize,
    pub(super) name: String,
    facts: Vec<FactColumn<'p>>,
    /// Whether no case has an item of which anything is stated, so that nothing tells what items are.
    is_bare: bool,
}

/// The items of one batch, ready to be read case by case.
#[derive(Debug)]
pub(super) struct Items {
    array: ArrayRef,
    /// Where the items of each case begin, and after the last where they end.
    starts: Vec<usize>,
    items: StructArray,
    columns: Vec<Column>,
}

impl<'p> ListColumn<'p> {
    /// Settles what the column of a list gives.
    pub(super) fn plan(
        policy: &'p Policy,
        list: ListId,
        (index, name, kind): (usize, &str, &DataType),
    ) -> Result<ListColumn<'p>, TableMistake> {
        let nothing = Fields::empty();
        let fields = match kind {
            DataType::List(item) | DataType::LargeList(item) => match item.data_type() {
                DataType::Struct(fields) => Some(fields),
                // Where no case has an item there was none to tell what items are.
                DataType::Null => Some(&nothing),
                _ => None,
            },
            DataType::Null => Some(&nothing),
            _ => None,
        };
        let fields = fields.ok_or_else(|| {
            TableMistake::Types(vec![TypeMistake {
                column: name.to_string(),
                kind: format!("of the type {kind}"),
                instead: "make it lists of structs, each an item with its facts",
            }])
        })?;
        let fields = fields.iter().enumerate();
        let given: Vec<(usize, &str, &DataType)> = fields
            .map(|(index, field)| (index, field.name().as_str(), field.data_type()))
            .collect();
        let about = About::Items { list, join: None };
        let (facts, is_bare) = match plan(policy, about, &given, &Carry::Nothing) {
            Ok(facts) => (facts, false),
            Err(TableMistake::Columns(_)) if given.is_empty() => (Vec::new(), true),
            Err(TableMistake::Columns(mistakes)) => {
                return Err(TableMistake::Items { column: name.to_string(), mistakes });
            }
            Err(other) => return Err(other),
        };
        Ok(ListColumn { policy, list, index, name: name.to_string(), facts, is_bare })
    }

    /// The items of a batch.
    pub(super) fn values(&self, case: &mut Case, arrays: &[ArrayRef]) -> Result<Items, ArrowError> {
        let array = arrays.get(self.index).ok_or_else(|| {
            ArrowError::SchemaError(format!("a batch lacks the column `{}`", self.name))
        })?;
        let (starts, values) = match array.data_type() {
            DataType::List(_) => {
                let lists = array.as_list::<i32>();
                (lists.value_offsets().iter().map(|it| *it as usize).collect(), lists.values())
            }
            DataType::LargeList(_) => {
                let lists = array.as_list::<i64>();
                (lists.value_offsets().iter().map(|it| *it as usize).collect(), lists.values())
            }
            DataType::Null => (vec![0; array.len() + 1], array),
            kind => return Err(ArrowError::SchemaError(format!("lists turned into {kind}"))),
        };
        let items = match values.data_type() {
            DataType::Null => StructArray::new_empty_fields(values.len(), values.logical_nulls()),
            _ => values.as_struct().clone(),
        };
        let columns = self.facts.iter().map(|fact| fact.values(case, items.columns()));
        let columns = columns.collect::<Result<_, _>>()?;
        Ok(Items { array: array.clone(), starts, items, columns })
    }

    /// Puts the items of a case into a lane and says whether something is not known that every
    /// item needs, or what is wrong with them.
    pub(super) fn fill(
        &mut self,
        case: &mut Case,
        items: &Items,
        row: usize,
        lane: usize,
        block: &mut Block,
    ) -> Result<bool, String> {
        if items.array.is_null(row) || items.array.data_type() == &DataType::Null {
            return Err(self.not_stated());
        }
        let mut is_lacking = false;
        for at in items.of_case(row) {
            let Some(index) = block.add_item(self.list, lane) else { return Err(self.too_many()) };
            let item = self.policy.show_item(Item { list: self.list, index });
            if items.items.is_null(at) || self.is_bare {
                return Err(format!("{item} is nothing; an item has facts"));
            }
            for (fact, values) in self.facts.iter_mut().zip(&items.columns) {
                let said = fact.said(case, values, at);
                let said = said.map_err(|reason| format!("{item}: {reason}"))?;
                is_lacking |= said.is_lacking;
                if let Some(value) = said.value {
                    store_item(block, fact.fact(), index, lane, value);
                }
            }
        }
        Ok(is_lacking)
    }

    /// States in a case the items that were put into a lane before.
    pub(super) fn state_in(
        &mut self,
        stated: &mut Case,
        (case, items, row): (&mut Case, &Items, usize),
    ) -> Result<(), String> {
        // The case was made for this very policy, which has the list.
        let _ = stated.state_items(self.list);
        for at in items.of_case(row) {
            let item = stated.add_item(self.list).map_err(|error| error.to_string())?;
            for (fact, values) in self.facts.iter_mut().zip(&items.columns) {
                fact.state_in(stated, Some(item), (&mut *case, values, at))?;
            }
        }
        Ok(())
    }

    /// Forgets the items of the block before.
    pub(super) fn clear(&self, block: &mut Block) {
        // Only a block of another policy lacks the list, and deciding it tells that.
        let _ = block.clear_items(self.list);
    }

    fn not_stated(&self) -> String {
        let list = self.policy.lists().get(self.list.index());
        let (list, outside) =
            list.map(|list| (list.plural.clone(), list.outside.clone())).unwrap_or_default();
        Refused::ListNotStated { list, outside }.to_string()
    }

    fn too_many(&self) -> String {
        let list = self.policy.lists().get(self.list.index());
        let (list, most) = list.map(|list| (list.plural.clone(), list.most)).unwrap_or_default();
        CaseMistake::TooManyItems { list, most }.to_string()
    }
}

impl Items {
    /// Where the items of a case stand among all.
    fn of_case(&self, row: usize) -> Range<usize> {
        let start = self.starts.get(row).copied().unwrap_or_default();
        start..self.starts.get(row + 1).copied().unwrap_or(start)
    }
}
