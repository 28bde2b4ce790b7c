//! The columns of a table, or of the items in it, that give facts.

use core::ops::Range;

use apportion::engine::block::Block;
use apportion::engine::case::{Case, State};
use apportion::engine::program::{Fact as EngineFact, FactId, Item};
use apportion::engine::value::Value;
use apportion::policy::Policy;
use arrow_array::ArrayRef;
use arrow_schema::{ArrowError, DataType};

use super::column::{Column, Reading};
use super::mistake::{TableMistake, TypeMistake};
use crate::csv::cells::{may_be_left_out, state as state_fact};
use crate::csv::columns::{About, Carry, ColumnMistake, Columns};
use crate::csv::remembered::Remembered;
use crate::facts::default_of;

/// A column that gives a fact.
#[derive(Debug)]
pub(super) struct FactColumn<'p> {
    /// Its place among the columns.
    index: usize,
    pub(super) name: String,
    reading: Reading<'p>,
    /// What stands in for an empty cell.
    default: Option<Value>,
    may_be_left_out: bool,
    remembered: Remembered,
}

/// What a cell says of a fact, and the value that counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub(super) value: Option<Value>,
    /// Whether it is a value, nothing, or that it is not known: as the engine is told it.
    pub(super) as_byte: u8,
    /// Whether every case needs the value, and it is not known.
    pub(super) is_lacking: bool,
}

impl Said {
    pub(super) const NOTHING: Said =
        Said { value: None, as_byte: EngineFact::NOTHING, is_lacking: false };
}

/// Settles which column gives what. Each is told by its place, its name and its type.
pub(super) fn plan<'p>(
    policy: &'p Policy,
    about: About<'_>,
    given: &[(usize, &str, &DataType)],
    carry: &Carry,
) -> Result<Vec<FactColumn<'p>>, TableMistake> {
    let names = given.iter().map(|(_, name, _)| (*name).to_string()).collect();
    let columns = match given.is_empty() {
        true => no_columns(policy, about),
        false => Columns::plan(policy, about, names, carry),
    };
    let columns = columns.map_err(TableMistake::Columns)?;
    let (mut facts, mut refused) = (Vec::new(), Vec::<TypeMistake>::new());
    for ((index, name, kind), field) in given.iter().zip(columns.fields) {
        let Some(field) = field else { continue };
        let fact = policy.facts().get(field.fact.index()).filter(|fact| !fact.is_text);
        let Some(fact) = fact else { continue };
        let reading = Reading { policy, fact, field };
        refused.extend(reading.refuses(name, kind));
        facts.push(FactColumn {
            index: *index,
            name: (*name).to_string(),
            reading,
            default: default_of(policy, field.fact),
            may_be_left_out: may_be_left_out(policy, field.fact),
            remembered: Remembered::new(),
        });
    }
    if refused.is_empty() { Ok(facts) } else { Err(TableMistake::Types(refused)) }
}

/// No columns, which will do where the policy needs no fact.
fn no_columns(policy: &Policy, about: About<'_>) -> Result<Columns, Vec<ColumnMistake>> {
    let none = Columns { names: Vec::new(), fields: Vec::new() };
    none.missing(policy, about.list()).map_or(Ok(none), |mistake| Err(vec![mistake]))
}

impl FactColumn<'_> {
    /// The fact that it gives.
    pub(super) fn fact(&self) -> FactId {
        self.reading.field.fact
    }

    /// Its values among those of all columns, ready to be read row by row.
    pub(super) fn values(
        &self,
        case: &mut Case,
        arrays: &[ArrayRef],
    ) -> Result<Column, ArrowError> {
        let array = arrays.get(self.index);
        let array = array.ok_or_else(|| {
            ArrowError::SchemaError(format!("a batch lacks the column `{}`", self.name))
        })?;
        Column::new(&self.reading, case, array)
    }

    /// Puts the values of some rows into the lanes of a block. None where a row has none, or none that
    /// the fact allows.
    pub(super) fn put(&self, values: &Column, rows: Range<usize>, block: &mut Block) -> Option<()> {
        values.put(&self.reading, rows, block)
    }

    /// What a row says, or why it can say nothing of the kind.
    pub(super) fn said(
        &mut self,
        case: &mut Case,
        values: &Column,
        row: usize,
    ) -> Result<Said, String> {
        let (value, as_byte) = match self.state(case, values, row)? {
            State::Known(value) => (Some(value), EngineFact::A_VALUE),
            State::NotStated => (self.default, EngineFact::NOTHING),
            State::NotKnown => (None, EngineFact::NOT_KNOWN),
        };
        let is_lacking = value.is_none() && !self.may_be_left_out;
        Ok(Said { value, as_byte, is_lacking })
    }

    /// States in a case, or of one of its items, what a row says. The other case is one in which
    /// texts are read.
    pub(super) fn state_in(
        &mut self,
        stated: &mut Case,
        item: Option<Item>,
        (case, values, row): (&mut Case, &Column, usize),
    ) -> Result<(), String> {
        let state = self.state(case, values, row)?;
        let stated = state_fact(stated, self.fact(), item, state);
        stated.map_err(|error| error.to_string())
    }

    fn state(&mut self, case: &mut Case, values: &Column, row: usize) -> Result<State, String> {
        values.state(&self.reading, case, &mut self.remembered, row)
    }
}
