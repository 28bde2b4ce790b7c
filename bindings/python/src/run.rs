//! A policy over a table.

use std::sync::Arc;

use apportion::policy::Policy;
use apportion_exchange::arrow::{Reject, TableMistake};
use apportion_exchange::csv::columns::Carry;
use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;

use crate::deciding::{Deciding, Ended, How};
use crate::errors::CaseError;
use crate::stream::{self, Stream};

/// What a source of batches says that is written in Python itself, and heard Ctrl-C: its exception
/// comes to us as a text.
const INTERRUPTED: &str = "KeyboardInterrupt";

/// Opens a table, to be decided as its decisions are asked for.
pub(crate) fn open(policy: &Arc<Policy>, table: &Bound<'_, PyAny>, how: How) -> PyResult<Deciding> {
    let reader = stream::reader(table)?;
    let opened = Deciding::open(Arc::clone(policy), reader, how);
    opened.map_err(|mistake| CaseError::of_table(&mistake).raised(table.py(), policy))
}

/// Decides a table: the rows with a decision, and those without. `progress` is called with the
/// number of rows that were decided so far.
pub(crate) fn run(
    policy: &Arc<Policy>,
    table: &Bound<'_, PyAny>,
    how: How,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<(Stream, Stream)> {
    let py = table.py();
    let mut deciding = open(policy, table, how)?;
    let (mut rows, mut batches, mut rejects) = (0, Vec::new(), Vec::new());
    loop {
        // Ctrl-C is heard between batches.
        py.check_signals()?;
        let next = py.detach(|| deciding.next());
        let next = next.map_err(|ended| {
            let error = CaseError::of_run(ended);
            match error.message.contains(INTERRUPTED) {
                true => PyKeyboardInterrupt::new_err(()),
                false => error.raised(py, policy),
            }
        })?;
        let Some((read, decided, rejected)) = next else { break };
        batches.push(decided);
        rejects.extend(rejected);
        rows += read;
        if let Some(progress) = progress {
            progress.call1((rows,))?;
        }
    }
    Ok((Stream::new(deciding.schema(), batches), rejected(py, policy, &rejects)?))
}

/// Rows without a decision as a table.
pub(crate) fn rejected(py: Python<'_>, policy: &Policy, rejects: &[Reject]) -> PyResult<Stream> {
    let batch = batch_of(rejects);
    let batch = batch.map_err(|error| CaseError::of_table(&error.into()).raised(py, policy))?;
    Ok(Stream::new(batch.schema(), vec![batch]))
}

fn batch_of(rejects: &[Reject]) -> Result<RecordBatch, ArrowError> {
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

impl CaseError {
    /// A table that cannot be run at all.
    fn of_table(mistake: &TableMistake) -> CaseError {
        let columns = match mistake {
            TableMistake::Columns(columns) => columns.as_slice(),
            _ => &[],
        };
        CaseError::of_columns(mistake.code(), &mistake.to_string(), columns)
    }

    /// Why a run ended before its table did.
    pub(crate) fn of_run(ended: Ended) -> CaseError {
        let Reject { row, column, reason } = match ended {
            Ended::Table(mistake) => return CaseError::of_table(&mistake),
            Ended::Row(reject) => reject,
        };
        let place = column.as_ref().map_or_else(String::new, |name| format!(", column `{name}`"));
        let error = CaseError::of_case("row-rejected", &format!("row {row}{place}: {reason}"));
        CaseError { fact: column, ..error }
    }
}

/// The columns of these names that the policy does not declare; all where none are named.
pub(crate) fn carry(names: Option<Vec<String>>) -> Carry {
    match names {
        None => Carry::Rest,
        Some(names) if names.is_empty() => Carry::Nothing,
        Some(names) => Carry::Names(names),
    }
}
