//! The columns of a table into the lanes of a block.

use apportion::engine::block::{Block, LANES};
use apportion::engine::case::Case;
use apportion::engine::program::{FactId, ListId};
use apportion::engine::value::Value;
use apportion::policy::Policy;
use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, DataType, Schema};

use super::column::Column;
use super::facts::{FactColumn, Said, plan};
use super::items::{Items, ListColumn};
use super::mistake::TableMistake;
use super::table::Reject;
use crate::csv::columns::{About, Carry};
use crate::csv::fate::Standing;
use crate::csv::foresight::Row;

/// The columns of a table that give facts and items.
#[derive(Debug)]
pub(super) struct Input<'p> {
    policy: &'p Policy,
    facts: Vec<FactColumn<'p>>,
    lists: Vec<ListColumn<'p>>,
    /// A case in which texts are read, one fact at a time.
    case: Case,
}

/// The values of one batch, ready to be read row by row.
#[derive(Debug)]
pub(super) struct Values {
    facts: Vec<Column>,
    lists: Vec<Items>,
}

impl<'p> Input<'p> {
    /// Settles which column gives what.
    pub(super) fn plan(
        policy: &'p Policy,
        schema: &Schema,
        carry: &Carry,
    ) -> Result<Input<'p>, TableMistake> {
        let fields = schema.fields().iter().enumerate();
        let fields = fields.map(|(index, field)| (index, field.name().as_str(), field.data_type()));
        let list_of = |name: &str| policy.list(name).filter(|_| policy.fact(name).is_none());
        let (lists, facts): (Vec<_>, Vec<_>) =
            fields.partition(|(_, name, _)| list_of(name).is_some());
        no_list_twice(policy, &lists)?;
        let names: Vec<String> = lists.iter().map(|(_, name, _)| (*name).to_string()).collect();
        let about = About::Cases { elsewhere: &names, join: None };
        let facts = plan(policy, about, &facts, carry)?;
        let lists = lists.into_iter().filter_map(|column| Some((list_of(column.1)?, column)));
        let lists = lists.map(|(list, column)| ListColumn::plan(policy, list, column));
        let lists = lists.collect::<Result<_, _>>()?;
        Ok(Input { policy, facts, lists, case: policy.new_case() })
    }

    /// The values of a batch.
    pub(super) fn values(&mut self, batch: &RecordBatch) -> Result<Values, ArrowError> {
        let (case, arrays) = (&mut self.case, batch.columns());
        let facts = self.facts.iter().map(|column| column.values(case, arrays));
        let facts = facts.collect::<Result<_, _>>()?;
        let lists = self.lists.iter().map(|column| column.values(case, arrays));
        Ok(Values { facts, lists: lists.collect::<Result<_, _>>()? })
    }

    /// Puts rows into the lanes of a block from the first on, and says what is to become of each:
    /// which are no cases, by the first mistake in the order of the columns, lists last, and of
    /// which something is not known.
    pub(super) fn fill(
        &mut self,
        values: &Values,
        first: usize,
        standings: &mut [Standing<Reject>],
        block: &mut Block,
    ) {
        let rows = first..first + standings.len();
        for (column, values) in self.facts.iter_mut().zip(&values.facts) {
            // Where every row has a value, as nearly always, none needs to be looked at by itself.
            if column.put(values, rows.clone(), block).is_some() {
                continue;
            }
            let mut all = [Said::NOTHING; LANES];
            for (lane, (said, standing)) in all.iter_mut().zip(standings.iter_mut()).enumerate() {
                if standing.is_rejected() {
                    continue;
                }
                match column.said(&mut self.case, values, first + lane) {
                    Ok(now) => {
                        *said = now;
                        if now.is_lacking {
                            standing.open();
                        }
                    }
                    Err(reason) => {
                        *standing = Standing::Rejected(wrong(&column.name, first + lane, reason));
                    }
                }
            }
            store(block, column.fact(), &all);
        }
        for (column, items) in self.lists.iter_mut().zip(&values.lists) {
            column.clear(block);
            for (lane, standing) in standings.iter_mut().enumerate() {
                if standing.is_rejected() {
                    continue;
                }
                let row = first + lane;
                match column.fill(&mut self.case, items, row, lane, block) {
                    Ok(true) => standing.open(),
                    Ok(false) => {}
                    Err(reason) => *standing = Standing::Rejected(wrong(&column.name, row, reason)),
                }
            }
        }
    }

    /// A row of a batch, to be looked at by itself.
    pub(super) fn row<'i>(&'i mut self, values: &'i Values, row: usize) -> BatchRow<'i, 'p> {
        BatchRow { input: self, values, row }
    }
}

/// A row of a batch, whose case can be looked at by itself.
#[derive(Debug)]
pub(super) struct BatchRow<'i, 'p> {
    input: &'i mut Input<'p>,
    values: &'i Values,
    row: usize,
}

impl Row for BatchRow<'_, '_> {
    type Reject = Reject;

    fn state(&mut self, stated: &mut Case) -> Result<(), Reject> {
        let (input, row) = (&mut *self.input, self.row);
        for (column, values) in input.facts.iter_mut().zip(&self.values.facts) {
            let told = column.state_in(stated, None, (&mut input.case, values, row));
            told.map_err(|reason| wrong(&column.name, row, reason))?;
        }
        for (column, items) in input.lists.iter_mut().zip(&self.values.lists) {
            let told = column.state_in(stated, (&mut input.case, items, row));
            told.map_err(|reason| wrong(&column.name, row, reason))?;
        }
        Ok(())
    }

    fn reject(&self, fact: Option<&str>, reason: String) -> Reject {
        let fact = fact.and_then(|outside| self.input.policy.fact(outside));
        let mut columns = self.input.facts.iter();
        let column = fact.and_then(|fact| columns.find(|column| column.fact() == fact));
        Reject { row: self.row, column: column.map(|column| column.name.clone()), reason }
    }
}

fn wrong(column: &str, row: usize, reason: String) -> Reject {
    Reject { row, column: Some(column.to_string()), reason }
}

/// Refuses a table in which a list has no column, or two.
fn no_list_twice(policy: &Policy, given: &[(usize, &str, &DataType)]) -> Result<(), TableMistake> {
    for (list, id) in policy.lists().iter().zip((0..).map(ListId)) {
        let own = given.iter().filter(|(_, name, _)| policy.list(name) == Some(id));
        match own.count() {
            0 => {
                let (list, column) = (list.plural.clone(), list.outside.clone());
                return Err(TableMistake::NoItems { list, column });
            }
            1 => {}
            _ => return Err(TableMistake::ItemsTwice { list: list.plural.clone() }),
        }
    }
    Ok(())
}

/// Puts what a column says into the lanes. A lane without a value keeps what it had: nobody
/// reads it.
fn store(block: &mut Block, fact: FactId, all: &[Said; LANES]) {
    if let Some(bytes) = block.bytes_mut(fact) {
        for (byte, said) in bytes.iter_mut().zip(all) {
            match said.value {
                Some(Value::YesNo(truth)) => *byte = u8::from(truth),
                Some(Value::Word(word)) => *byte = word,
                _ => {}
            }
        }
    } else if let Some(dates) = block.dates_mut(fact) {
        for (date, said) in dates.iter_mut().zip(all) {
            if let Some(Value::Date(day)) = said.value {
                *date = day.packed();
            }
        }
    } else if let Some(amounts) = block.amounts_mut(fact) {
        for (amount, said) in amounts.iter_mut().zip(all) {
            if let Some(Value::Amount(steps)) = said.value {
                *amount = steps;
            }
        }
    }
    if let Some(bytes) = block.said_mut(fact) {
        for (byte, said) in bytes.iter_mut().zip(all) {
            *byte = said.as_byte;
        }
    }
}
