//! A table on its way through a policy, batch by batch.

use std::sync::Arc;

use apportion::policy::Policy;
use apportion_exchange::arrow::{Decided, Reject, Table, TableMistake};
use apportion_exchange::csv::columns::Carry;
use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, Schema, SchemaRef};
use self_cell::self_cell;

use crate::stream::Reader;

/// The most rows that are decided at once: whoever waits is heard after so many.
const MOST_ROWS: usize = 1 << 16;

/// How a table is run.
#[derive(Clone, Debug)]
pub(crate) struct How {
    /// Which columns that the policy does not declare are carried.
    pub(crate) carry: Carry,
    /// Whether rows without a decision are listed, and not the end of the run.
    pub(crate) rejects: bool,
    /// Whether a case has ranges where what is not known makes a difference.
    pub(crate) allows_unknown: bool,
    /// Whether the columns of the table stand before the answers.
    pub(crate) given: bool,
}

/// Why a run ends before its table does.
#[derive(Debug)]
pub(crate) enum Ended {
    /// The table cannot be run.
    Table(TableMistake),
    /// A row has no decision, where every row must have one.
    Row(Reject),
}

impl From<TableMistake> for Ended {
    fn from(mistake: TableMistake) -> Ended {
        Ended::Table(mistake)
    }
}

impl From<ArrowError> for Ended {
    fn from(error: ArrowError) -> Ended {
        Ended::Table(error.into())
    }
}

self_cell! {
    /// A table that has its policy with it, and so can outlive the call that opened it.
    struct OwnTable {
        owner: Arc<Policy>,
        #[not_covariant]
        dependent: Table,
    }
}

/// A table that is read and decided as its decisions are asked for.
pub(crate) struct Deciding {
    reader: Reader,
    table: OwnTable,
    schema: SchemaRef,
    how: How,
    /// What is left of the batch that was read last.
    rest: Option<RecordBatch>,
}

impl Deciding {
    pub(crate) fn open(
        policy: Arc<Policy>,
        reader: Reader,
        how: How,
    ) -> Result<Deciding, TableMistake> {
        let given = reader.schema();
        let mut answers = Arc::new(Schema::empty());
        let table = OwnTable::try_new(policy, |policy| {
            let mut table = Table::open(policy, Arc::clone(&given), &how.carry)?;
            if how.allows_unknown {
                table = table.allow_unknown()?;
            }
            answers = table.answers();
            Ok::<_, TableMistake>(table)
        })?;
        let schema = if how.given { joined(&given, &answers) } else { answers };
        Ok(Deciding { reader, table, schema, how, rest: None })
    }

    /// The columns of the decisions.
    pub(crate) fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// How many rows are read next, the decisions of those that have one, and why the others have
    /// none. None at the end of the table.
    pub(crate) fn next(&mut self) -> Result<Option<(usize, RecordBatch, Vec<Reject>)>, Ended> {
        let Some(batch) = self.batch()? else { return Ok(None) };
        let decided = self.table.with_dependent_mut(|_, table| table.decide(&batch))?;
        let Decided { given, answers, rejects } = decided;
        if !self.how.rejects {
            if let Some(first) = rejects.into_iter().next() {
                return Err(Ended::Row(first));
            }
            return Ok(Some((batch.num_rows(), self.beside(&batch, answers)?, Vec::new())));
        }
        let decisions = self.beside(given.as_ref().unwrap_or(&batch), answers)?;
        Ok(Some((batch.num_rows(), decisions, rejects)))
    }

    /// The next rows of the table, not too many at once.
    fn batch(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        let batch = match self.rest.take() {
            Some(rest) => rest,
            None => match self.reader.next().transpose()? {
                Some(batch) => batch,
                None => return Ok(None),
            },
        };
        let rows = batch.num_rows().min(MOST_ROWS);
        let left = batch.num_rows() - rows;
        self.rest = (left > 0).then(|| batch.slice(rows, left));
        Ok(Some(batch.slice(0, rows)))
    }

    /// The columns of the table, where they are wanted, with the answers after them.
    fn beside(&self, given: &RecordBatch, answers: RecordBatch) -> Result<RecordBatch, ArrowError> {
        if !self.how.given {
            return Ok(answers);
        }
        let columns = given.columns().iter().chain(answers.columns()).cloned();
        RecordBatch::try_new(Arc::clone(&self.schema), columns.collect())
    }
}

/// The columns of a table with those of the answers after them.
fn joined(given: &Schema, answers: &Schema) -> SchemaRef {
    let fields = given.fields().iter().chain(answers.fields()).cloned();
    let metadata = given.metadata().clone();
    Arc::new(Schema::new_with_metadata(fields.collect::<Vec<_>>(), metadata))
}
