//! A policy over a table.

use std::sync::Arc;

use apportion::policy::Policy;
use apportion_exchange::arrow::{Decided, Reject, Table, TableMistake};
use apportion_exchange::csv::columns::Carry;
use arrow_array::{ArrayRef, Int64Array, RecordBatch, RecordBatchReader, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::prelude::*;

use crate::errors::CaseError;
use crate::guard::guarded;
use crate::stream::{self, Stream};

/// How a table is run.
#[derive(Clone, Debug)]
pub(crate) struct How {
    /// Which columns that the policy does not declare are carried.
    pub(crate) carry: Carry,
    /// Whether rows without a decision are listed, and not the end of the run.
    pub(crate) rejects: bool,
    /// Whether the columns of the table stand before the answers.
    pub(crate) given: bool,
}

/// Decides a table: the rows with a decision, and those without.
pub(crate) fn run(
    policy: &Policy,
    table: &Bound<'_, PyAny>,
    how: &How,
) -> PyResult<(Stream, Stream)> {
    let py = table.py();
    let mut reader = stream::reader(table)?;
    let given = reader.schema();
    let unreadable = |error: ArrowError| refused(py, policy, &TableMistake::from(error));
    let mut table = Table::open(policy, Arc::clone(&given), &how.carry)
        .map_err(|mistake| refused(py, policy, &mistake))?;
    let schema = if how.given { joined(&given, &table.answers()) } else { table.answers() };
    let (mut batches, mut rejects) = (Vec::new(), Vec::new());
    loop {
        // Ctrl-C is heard between batches.
        py.check_signals()?;
        let next = guarded(|| {
            Ok(py.detach(|| {
                reader.next().transpose().map_err(TableMistake::from).and_then(|batch| {
                    batch.map(|batch| Ok((table.decide(&batch)?, batch))).transpose()
                })
            }))
        })?;
        let next = next.map_err(|mistake| refused(py, policy, &mistake))?;
        let Some((decided, batch)) = next else { break };
        let Decided { given, answers, rejects: rejected } = decided;
        if let (Some(first), false) = (rejected.first(), how.rejects) {
            return Err(row_refused(py, policy, first));
        }
        batches.push(match how.given {
            true => beside(&schema, &given.unwrap_or(batch), &answers).map_err(unreadable)?,
            false => answers,
        });
        rejects.extend(rejected);
    }
    let rejects = rejected(&rejects).map_err(unreadable)?;
    let rejects = Stream::new(rejects.schema(), vec![rejects]);
    Ok((Stream::new(schema, batches), rejects))
}

/// The columns of a table with those of the answers after them.
fn joined(given: &Schema, answers: &Schema) -> SchemaRef {
    let fields = given.fields().iter().chain(answers.fields()).cloned();
    let metadata = given.metadata().clone();
    Arc::new(Schema::new_with_metadata(fields.collect::<Vec<_>>(), metadata))
}

fn beside(
    schema: &SchemaRef,
    given: &RecordBatch,
    answers: &RecordBatch,
) -> Result<RecordBatch, ArrowError> {
    let columns = given.columns().iter().chain(answers.columns()).cloned();
    RecordBatch::try_new(Arc::clone(schema), columns.collect())
}

/// Rows without a decision as a table.
fn rejected(rejects: &[Reject]) -> Result<RecordBatch, ArrowError> {
    let rows = rejects.iter().map(|it| i64::try_from(it.row).unwrap_or(i64::MAX));
    let columns = rejects.iter().map(|it| it.column.as_deref());
    let reasons = rejects.iter().map(|it| it.reason.as_str());
    let schema = Schema::new(vec![
        Field::new("row", DataType::Int64, false),
        Field::new("column", DataType::Utf8, true),
        Field::new("reason", DataType::Utf8, false),
    ]);
    let arrays: Vec<ArrayRef> = vec![
        Arc::new(Int64Array::from_iter_values(rows)),
        Arc::new(columns.collect::<StringArray>()),
        Arc::new(StringArray::from_iter_values(reasons)),
    ];
    RecordBatch::try_new(Arc::new(schema), arrays)
}

/// A table that cannot be run at all.
fn refused(py: Python<'_>, policy: &Policy, mistake: &TableMistake) -> PyErr {
    CaseError::of_case(mistake.code(), &mistake.to_string()).raised(py, policy)
}

/// A row without a decision, where every row must have one.
fn row_refused(py: Python<'_>, policy: &Policy, reject: &Reject) -> PyErr {
    let Reject { row, column, reason } = reject;
    let place = column.as_ref().map_or_else(String::new, |column| format!(", column `{column}`"));
    let message = format!("row {row}{place}: {reason}");
    let error = CaseError::of_case("row-rejected", &message);
    CaseError { fact: column.clone(), ..error }.raised(py, policy)
}

/// The columns of these names that the policy does not declare; all where none are named.
pub(crate) fn carry(names: Option<Vec<String>>) -> Carry {
    match names {
        None => Carry::Rest,
        Some(names) if names.is_empty() => Carry::Nothing,
        Some(names) => Carry::Names(names),
    }
}
