//! The cells of a column into the lanes of a block.

use apportion::engine::block::Block;
use apportion::engine::case::{Case, State};
use apportion::engine::program::{Fact, FactId};
use apportion::engine::value::Value;
use apportion::policy::Policy;
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
    /// Whether it is for the policy to say which cases need it.
    may_be_left_out: bool,
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
            may_be_left_out: may_be_left_out(policy, field.fact),
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
                if let Err(reason) = column.take(self.policy, &mut self.reading, cell, block, lane)
                {
                    *reject = Some(Reject::in_cell(row, &column.name, reason));
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
    /// Takes a cell into a lane, or says why it cannot be.
    fn take(
        &mut self,
        policy: &Policy,
        reading: &mut Case,
        cell: &[u8],
        block: &mut Block,
        lane: usize,
    ) -> Result<(), String> {
        let fact = self.field.fact;
        let (value, said) = match self.state(policy, reading, cell)? {
            State::Known(value) => (Some(value), Fact::A_VALUE),
            State::NotStated => (self.default, Fact::NOTHING),
            State::NotKnown => (None, Fact::NOT_KNOWN),
        };
        match value {
            Some(value) => store(block, fact, lane, value),
            None if self.may_be_left_out => {}
            None => return Err(policy.not_known(fact).to_string()),
        }
        set(block.said_mut(fact), lane, said);
        Ok(())
    }

    /// What a cell says of the fact, or why it says nothing that can be.
    fn state(&mut self, policy: &Policy, reading: &mut Case, cell: &[u8]) -> Result<State, String> {
        if cell.is_empty() {
            return Ok(State::NotStated);
        }
        let field = self.field;
        let mut state = State::NotStated;
        let known = self.remembered.value_or_read(cell, || {
            state = read(policy, field, reading, cell)?;
            Ok::<_, String>(match state {
                State::Known(value) => Some(value),
                State::NotStated | State::NotKnown => None,
            })
        })?;
        Ok(known.map_or(state, State::Known))
    }
}

/// Whether a case may be without a fact, as far as can be told from the fact alone.
fn may_be_left_out(policy: &Policy, fact: FactId) -> bool {
    policy.program().facts().get(fact.index()).is_some_and(|fact| fact.said.is_some())
}

/// Reads a cell as the policy reads any text of the fact.
fn read(policy: &Policy, field: Field, reading: &mut Case, cell: &[u8]) -> Result<State, String> {
    let text = str::from_utf8(cell).map_err(|_| "the cell is not UTF-8 text".to_string())?;
    reading.clear();
    field.state(policy, reading, text).map_err(|mistake| mistake.to_string())?;
    Ok(reading.get(field.fact))
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
