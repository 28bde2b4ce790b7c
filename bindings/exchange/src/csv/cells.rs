//! The cells of a row as values of its facts.

use apportion::engine::case::{Case, State};
use apportion::engine::program::FactId;
use apportion::engine::value::Value;
use apportion::policy::Policy;
use apportion::refusal::Refused;
use csv::ByteRecord;

use super::columns::Columns;
use super::reading::read;
use super::rejects::Reject;
use super::remembered::Remembered;
use crate::facts::default_of;
use crate::field::Field;

/// The columns that give facts, with what their texts were read as.
#[derive(Debug)]
pub(super) struct Cells<'p> {
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

impl<'p> Cells<'p> {
    pub(super) fn new(policy: &'p Policy, columns: &Columns) -> Self {
        let column = |index, field: Field, name: &String| FactColumn {
            index,
            name: name.clone(),
            field,
            default: default_of(policy, field.fact),
            remembered: Remembered::new(),
        };
        let given = columns.fields.iter().zip(&columns.names).enumerate();
        let given = given
            .filter_map(|(index, (field, name))| Some(column(index, (*field)?, name)))
            .filter(|column| !is_text(policy, column.field))
            .collect();
        Cells { policy, columns: given, width: columns.names.len(), reading: policy.new_case() }
    }

    /// The fact that each column gives, in the order of the columns.
    pub(super) fn facts(&self) -> Vec<FactId> {
        self.columns.iter().map(|column| column.field.fact).collect()
    }

    /// What a row says of the fact that stands at this place among [`Cells::facts`].
    pub(super) fn value(&mut self, place: usize, row: &ByteRecord) -> Result<Value, Reject> {
        let Some(column) = self.columns.get_mut(place) else {
            return Err(Reject::of_row(row, "there is no such column".to_string()));
        };
        let cell = row.get(column.index).unwrap_or_default();
        let value = column.value(self.policy, &mut self.reading, cell);
        value.map_err(|reason| Reject::in_cell(row, &column.name, reason))
    }

    /// Why a row can be nothing, whatever its cells say.
    pub(super) fn no_row(&self, row: &ByteRecord) -> Option<Reject> {
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
            self.remembered.value_or_read(cell, || value(policy, field, default, reading, cell))?
        };
        value.ok_or_else(|| not_known(policy, field.fact))
    }
}

/// Reads a cell as the policy reads any text of the fact; none where it is not known.
fn value(
    policy: &Policy,
    field: Field,
    default: Option<Value>,
    reading: &mut Case,
    cell: &[u8],
) -> Result<Option<Value>, String> {
    let text = str::from_utf8(cell).map_err(|_| "the cell is not UTF-8 text".to_string())?;
    let state = read(policy, reading, field, text).map_err(|mistake| mistake.to_string())?;
    Ok(match state {
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
