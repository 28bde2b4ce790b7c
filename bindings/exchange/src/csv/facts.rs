//! The cells of a column into the lanes of a block.

use apportion::engine::block::Block;
use apportion::engine::case::{Case, State};
use apportion::engine::program::FactId;
use apportion::engine::value::Value;
use apportion::policy::Policy;
use apportion::refusal::Refused;
use csv::ByteRecord;

use super::columns::Columns;
use super::rejects::Reject;
use super::remembered::Remembered;
use crate::field::Field;

/// The columns that give facts, with what their texts were read as.
#[derive(Debug)]
pub(super) struct Facts<'p> {
    policy: &'p Policy,
    columns: Vec<FactColumn>,
    /// How many columns a row has.
    width: usize,
    /// A case in which texts are read, one fact at a time.
    reading: Case,
}

#[derive(Debug)]
struct FactColumn {
    index: usize,
    name: String,
    field: Field,
    /// What stands in for an empty cell.
    default: Option<Value>,
    remembered: Remembered,
}

impl<'p> Facts<'p> {
    pub(super) fn new(policy: &'p Policy, columns: &Columns) -> Self {
        let reading = policy.new_case();
        let column = |index, field: Field, name: &String| FactColumn {
            index,
            name: name.clone(),
            field,
            default: reading.value_or_default(field.fact),
            remembered: Remembered::new(),
        };
        let given = columns.fields.iter().zip(&columns.names).enumerate();
        let given = given
            .filter_map(|(index, (field, name))| Some(column(index, (*field)?, name)))
            .filter(|column| !is_text(policy, column.field))
            .collect();
        Facts { policy, columns: given, width: columns.names.len(), reading }
    }

    /// Puts row after row into lane after lane, and says which rows are no cases: the first
    /// mistake of each, in the order of the columns.
    pub(super) fn fill(&mut self, rows: &[ByteRecord], block: &mut Block) -> Vec<Option<Reject>> {
        let mut rejects: Vec<Option<Reject>> = rows.iter().map(|row| self.no_row(row)).collect();
        for column in &mut self.columns {
            for (lane, (row, reject)) in rows.iter().zip(&mut rejects).enumerate() {
                if reject.is_some() {
                    continue;
                }
                let cell = row.get(column.index).unwrap_or_default();
                match column.value(self.policy, &mut self.reading, cell) {
                    Ok(value) => store(block, column.field.fact, lane, value),
                    Err(reason) => *reject = Some(Reject::in_cell(row, &column.name, reason)),
                }
            }
        }
        rejects
    }

    /// Why a row cannot be a case, whatever its cells say.
    fn no_row(&self, row: &ByteRecord) -> Option<Reject> {
        let (has, width) = (row.len(), self.width);
        if has != width {
            let cells = if has == 1 { "cell" } else { "cells" };
            let reason = format!("the row has {has} {cells}, and there are {width} columns");
            return Some(Reject::of_row(row, reason));
        }
        let is_text = str::from_utf8(row.as_slice()).is_ok();
        (!is_text).then(|| Reject::of_row(row, "the row is not UTF-8 text".to_string()))
    }
}

/// Whether a field is carried through and never read.
fn is_text(policy: &Policy, field: Field) -> bool {
    policy.facts().get(field.fact.index()).is_none_or(|fact| fact.is_text)
}

impl FactColumn {
    /// The value of a cell, or why it has none.
    fn value(&mut self, policy: &Policy, reading: &mut Case, cell: &[u8]) -> Result<Value, String> {
        let field = self.field;
        let value = if cell.is_empty() {
            self.default
        } else {
            let default = self.default;
            self.remembered.value_or_read(cell, || read(policy, field, default, reading, cell))?
        };
        value.ok_or_else(|| not_known(policy, field.fact))
    }
}

/// Reads a cell as the policy reads any text of the fact; none where it is not known.
fn read(
    policy: &Policy,
    field: Field,
    default: Option<Value>,
    reading: &mut Case,
    cell: &[u8],
) -> Result<Option<Value>, String> {
    let text = str::from_utf8(cell).map_err(|_| "the cell is not UTF-8 text".to_string())?;
    reading.clear();
    field.state(policy, reading, None, text).map_err(|mistake| mistake.to_string())?;
    Ok(match reading.get(field.fact) {
        State::Known(value) => Some(value),
        State::NotStated => default,
        State::NotKnown => None,
    })
}

fn not_known(policy: &Policy, fact: FactId) -> String {
    let fact = policy.facts().get(fact.index());
    let (fact, outside) =
        fact.map(|fact| (fact.name.clone(), fact.outside.clone())).unwrap_or_default();
    Refused::NotKnown { fact, outside, item: None }.to_string()
}

fn store(block: &mut Block, fact: FactId, lane: usize, value: Value) {
    match value {
        Value::YesNo(truth) => set(block.bytes_mut(fact), lane, u8::from(truth)),
        Value::Word(word) => set(block.bytes_mut(fact), lane, word),
        Value::Date(day) => set(block.dates_mut(fact), lane, day.packed()),
        Value::Amount(steps) => set(block.amounts_mut(fact), lane, steps),
    }
}

fn set<T, const N: usize>(column: Option<&mut [T; N]>, lane: usize, value: T) {
    if let Some(place) = column.and_then(|column| column.get_mut(lane)) {
        *place = value;
    }
}
