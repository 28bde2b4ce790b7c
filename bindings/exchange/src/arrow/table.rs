//! Deciding a table, batch by batch.

use std::sync::Arc;

use apportion::engine::block::{Block, LANES};
use apportion::policy::Policy;
use arrow_array::{ArrayRef, BooleanArray, RecordBatch, RecordBatchOptions};
use arrow_schema::{ArrowError, Field, Schema, SchemaRef};
use arrow_select::filter::filter_record_batch;

use super::answered::Answered;
use super::input::Input;
use super::mistake::TableMistake;
use crate::csv::answers::{Answer, added};
use crate::csv::columns::{Carry, Columns};
use crate::csv::fate::{Fate, Standing};
use crate::csv::foresight::Foresight;

/// A table whose columns are settled, to be decided batch by batch.
///
/// ```
/// # let policy = apportion::policy::Policy::parse("\
/// # policy   Half each
/// # about    a child
/// # between
/// #   the ICB       NHS Northshire ICB
/// #   the council   Northshire Council
/// # version  1, in force from 1 April 2025
/// #
/// # facts
/// #   care cost   money a week
/// #
/// # 1    Who pays
/// # 1.1  In every case: the ICB 50%, the council 50%.
/// # 1.2  Split care cost in the shares of 1.1.
/// # ").unwrap();
/// use std::sync::Arc;
///
/// use apportion_exchange::arrow::Table;
/// use apportion_exchange::csv::columns::Carry;
/// use arrow_array::cast::AsArray;
/// use arrow_array::types::Decimal128Type;
/// use arrow_array::{RecordBatch, StringArray};
///
/// let costs = StringArray::from(vec!["£1,000.01", "much"]);
/// let batch = RecordBatch::try_from_iter([("care_cost", Arc::new(costs) as _)]).unwrap();
/// let mut table = Table::open(&policy, batch.schema(), &Carry::Nothing).unwrap();
/// let decided = table.decide(&batch).unwrap();
///
/// let icb = decided.answers.column_by_name("pays_icb").unwrap();
/// assert_eq!(icb.as_primitive::<Decimal128Type>().values(), &[500_01]);
/// assert_eq!(decided.given.unwrap().num_rows(), 1);
/// assert_eq!((decided.rejects[0].row, decided.rejects[0].column.as_deref()), (1, Some("care_cost")));
/// ```
#[derive(Debug)]
pub struct Table<'p> {
    policy: &'p Policy,
    schema: SchemaRef,
    input: Input<'p>,
    answers: Vec<Answered>,
    block: Block,
    foresight: Foresight<'p>,
    /// How many rows were decided before this batch.
    rows: usize,
}

/// What came of a batch.
#[derive(Debug)]
pub struct Decided {
    /// The rows of the batch that have a decision. None where all have: then it is the batch.
    pub given: Option<RecordBatch>,
    /// The columns that are added to them, in the order of the rows.
    pub answers: RecordBatch,
    /// The rows without a decision, in their order.
    pub rejects: Vec<Reject>,
}

/// A row without a decision, and why. No reason repeats a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// The row of the table, from 0.
    pub row: usize,
    /// The name of the column; none where no single one is at fault.
    pub column: Option<String>,
    /// What is wrong, and what would be right.
    pub reason: String,
}

impl<'p> Table<'p> {
    /// Settles what each column gives. Columns that the policy does not declare may be carried.
    ///
    /// # Errors
    ///
    /// Returns every column that stands in the way.
    pub fn open(
        policy: &'p Policy,
        schema: SchemaRef,
        carry: &Carry,
    ) -> Result<Table<'p>, TableMistake> {
        let input = Input::plan(policy, &schema, carry)?;
        let block = Block::new(policy.program());
        let answers = answered(policy, added(policy, None, false), &block)?;
        let foresight = Foresight::new(policy, false);
        Ok(Table { policy, schema, input, answers, block, foresight, rows: 0 })
    }

    /// Lets a case go to the decisions also where what is not known makes a difference, as
    /// [`Caseload::allow_unknown`](crate::csv::caseload::Caseload::allow_unknown) does: with between
    /// which ends payments lie, and what would settle it.
    ///
    /// # Errors
    ///
    /// Returns the columns that have the name of one that is added.
    pub fn allow_unknown(mut self) -> Result<Self, TableMistake> {
        let with_ranges = added(self.policy, None, true);
        let names = self.schema.fields().iter().map(|field| field.name().clone()).collect();
        let mistakes = Columns { names, fields: Vec::new() }.among(&with_ranges);
        if !mistakes.is_empty() {
            return Err(TableMistake::Columns(mistakes));
        }
        self.answers = answered(self.policy, with_ranges, &self.block)?;
        self.foresight = Foresight::new(self.policy, true);
        Ok(self)
    }

    /// The columns that decisions add.
    #[must_use]
    pub fn answers(&self) -> SchemaRef {
        let fields: Vec<Field> = self.answers.iter().map(Answered::field).collect();
        Arc::new(Schema::new(fields))
    }

    /// Decides the rows of the next batch.
    ///
    /// A fact that is not known rejects a row only where it makes a difference to what is concluded,
    /// paid or referred: the reason then says what is needed.
    ///
    /// # Errors
    ///
    /// Returns that the batch has other columns than the table.
    pub fn decide(&mut self, batch: &RecordBatch) -> Result<Decided, TableMistake> {
        if batch.schema().fields() != self.schema.fields() {
            let other = String::from("its columns changed on the way");
            return Err(ArrowError::SchemaError(other).into());
        }
        let values = self.input.values(batch)?;
        let (mut rejects, mut is_decided) = (Vec::new(), Vec::with_capacity(batch.num_rows()));
        for first in (0..batch.num_rows()).step_by(LANES) {
            let count = LANES.min(batch.num_rows() - first);
            let mut standings = vec![Standing::Whole; count];
            self.input.fill(&values, first, &mut standings, &mut self.block);
            let decided = self.policy.program().decide_block(&mut self.block, count);
            decided.map_err(|_| TableMistake::NoAnswer)?;
            let mut lanes = Vec::with_capacity(count);
            for (lane, standing) in standings.into_iter().enumerate() {
                let mut row = self.input.row(&values, first + lane);
                let fate = self.foresight.fate(&mut row, standing, self.block.outcome(lane));
                is_decided.push(fate.reject().is_none());
                match fate {
                    Fate::Decided => lanes.push((lane, true)),
                    Fate::NotCovered => lanes.push((lane, false)),
                    Fate::Foreseen => {
                        self.add(&core::mem::take(&mut lanes))?;
                        self.answers.iter_mut().for_each(|it| it.add_foreseen(&self.foresight));
                    }
                    Fate::NotSettled(reject) | Fate::Rejected(reject) => {
                        rejects.push(Reject { row: self.rows + reject.row, ..reject });
                    }
                }
            }
            self.add(&lanes)?;
        }
        self.rows += batch.num_rows();
        let given = match rejects.is_empty() {
            true => None,
            false => Some(filter_record_batch(batch, &BooleanArray::from(is_decided))?),
        };
        let rows = batch.num_rows() - rejects.len();
        Ok(Decided { given, answers: self.added(rows)?, rejects })
    }

    /// Adds the answers of decided lanes, of which only the covered have any.
    fn add(&mut self, lanes: &[(usize, bool)]) -> Result<(), TableMistake> {
        let mut added = self.answers.iter_mut().map(|it| it.add(self.policy, &self.block, lanes));
        added.all(|added| added.is_some()).then_some(()).ok_or(TableMistake::NoAnswer)
    }

    /// The columns of answers of the rows since the last time.
    fn added(&mut self, rows: usize) -> Result<RecordBatch, ArrowError> {
        let schema = self.answers();
        let columns: Vec<ArrayRef> =
            self.answers.iter_mut().map(Answered::finish).collect::<Result<_, _>>()?;
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        RecordBatch::try_new_with_options(schema, columns, &options)
    }
}

/// The columns of some answers, as a block gives them.
fn answered(
    policy: &Policy,
    answers: Vec<Answer>,
    block: &Block,
) -> Result<Vec<Answered>, TableMistake> {
    let answers = answers.into_iter().map(|answer| Answered::new(policy, answer, block));
    answers.collect::<Option<_>>().ok_or(TableMistake::NoAnswer)
}
