//! Deciding a caseload, block by block.

use std::io::{self, Read, Write};

use apportion::engine::block::{Block, LANES, Outcome};
use apportion::policy::Policy;
use csv::ByteRecord;
use thiserror::Error;

use super::answers::{Answer, View, answers};
use super::columns::{Carry, ColumnMistake, Columns};
use super::facts::Facts;
use super::rejects::{Reject, Rejects};
use super::row_limit::{RowCounter, RowLimit};
use super::summary::Summary;
use super::{BUFFER, into_io_error};

/// Why a caseload could not be decided to its end.
#[derive(Debug, Error)]
pub enum CaseloadError {
    /// Its columns are not those of a caseload of this policy.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Columns(Vec<ColumnMistake>),
    /// It could not be read further.
    #[error("the caseload cannot be read: {0}")]
    Read(io::Error),
    /// The decisions or the rejects could not be written.
    #[error("the decisions cannot be written: {0}")]
    Write(#[from] io::Error),
}

/// A caseload whose columns are settled and whose cases are still to be read.
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
/// use apportion_exchange::csv::caseload::Caseload;
/// use apportion_exchange::csv::columns::Carry;
/// use apportion_exchange::csv::rejects::RejectRows;
///
/// let cases = "care_cost\n\"£1,000.01\"\nmuch\n";
/// let (mut decisions, mut rejected) = (Vec::new(), Vec::new());
/// let caseload = Caseload::open(&policy, cases.as_bytes(), &Carry::Nothing).unwrap();
/// let mut rejects = RejectRows::new(&mut rejected, caseload.columns()).unwrap();
/// let summary = caseload.decide(&mut decisions, &mut rejects).unwrap();
/// rejects.finish().unwrap();
///
/// assert_eq!((summary.accepted, summary.rejected), (1, 1));
/// assert_eq!(String::from_utf8(decisions).unwrap(), "\
/// care_cost,pays_icb,pays_council,clauses
/// \"£1,000.01\",500.01,500.00,1.1; 1.2
/// ");
/// assert!(String::from_utf8(rejected).unwrap().starts_with("\
/// line,column,reason,care_cost
/// 3,care_cost,\"`care cost` must be an amount of money in pounds, such as £1,600.00\",much
/// "));
/// ```
#[derive(Debug)]
pub struct Caseload<'p, R> {
    policy: &'p Policy,
    input: csv::Reader<RowLimit<R>>,
    counter: RowCounter,
    columns: Columns,
}

impl<'p, R: Read> Caseload<'p, R> {
    /// Reads the names of the columns and settles what each gives.
    ///
    /// # Errors
    ///
    /// Returns every column that stands in the way, or why nothing can be read.
    pub fn open(policy: &'p Policy, input: R, carry: &Carry) -> Result<Self, CaseloadError> {
        let (input, counter) = RowLimit::new(input);
        let mut input = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(BUFFER)
            .from_reader(input);
        let names = names(&mut input)?;
        counter.row_ended();
        let columns = Columns::plan(policy, names, carry).map_err(CaseloadError::Columns)?;
        Ok(Caseload { policy, input, counter, columns })
    }

    /// The names of the columns as written.
    pub fn columns(&self) -> &[String] {
        &self.columns.names
    }

    /// Decides every case: a row either goes to `output`, with its decision beside it, or to
    /// the rejects, both in the order of the caseload.
    ///
    /// # Errors
    ///
    /// Returns why the caseload cannot be read, or the output not be written. What was
    /// written until then is no complete answer.
    pub fn decide(
        mut self,
        output: impl Write,
        rejects: &mut dyn Rejects,
    ) -> Result<Summary, CaseloadError> {
        let mut decisions = Decisions::new(self.policy, &self.columns, output)?;
        let mut facts = Facts::new(self.policy, &self.columns);
        let mut block = Block::new(self.policy.program());
        let mut rows = vec![ByteRecord::new(); LANES];
        loop {
            let read = self.read(&mut rows)?;
            let rows = rows.get(..read).unwrap_or_default();
            let reasons = facts.fill(rows, &mut block);
            // The block was made for this very program, which is all that can be wrong.
            let decided = self.policy.program().decide_block(&mut block, read);
            decided.map_err(|error| CaseloadError::Read(io::Error::other(error)))?;
            decisions.write(rows, reasons, &block, rejects)?;
            if read < LANES {
                return decisions.finish();
            }
        }
    }

    /// Reads the next rows, and says how many: fewer than there is room for at the end.
    fn read(&mut self, rows: &mut [ByteRecord]) -> Result<usize, CaseloadError> {
        let mut read = 0;
        for row in rows {
            if !self.input.read_byte_record(row).map_err(into_read_error)? {
                break;
            }
            self.counter.row_ended();
            read += 1;
        }
        Ok(read)
    }
}

fn into_read_error(error: csv::Error) -> CaseloadError {
    CaseloadError::Read(into_io_error(error))
}

/// The names of the columns, in the first line that is not empty.
fn names<R: Read>(input: &mut csv::Reader<R>) -> Result<Vec<String>, CaseloadError> {
    let mut row = ByteRecord::new();
    input.read_byte_record(&mut row).map_err(into_read_error)?;
    let name = |cell| str::from_utf8(cell).map(|name| name.trim().to_string());
    let names: Result<Vec<String>, _> = row.iter().map(name).collect();
    names.map_err(|_| CaseloadError::Columns(vec![ColumnMistake::NotText]))
}

/// Rows with their decisions beside them, on their way out.
struct Decisions<'p, W: Write> {
    policy: &'p Policy,
    answers: Vec<Answer>,
    output: csv::Writer<W>,
    summary: Summary,
    cell: Vec<u8>,
}

impl<'p, W: Write> Decisions<'p, W> {
    fn new(policy: &'p Policy, columns: &Columns, output: W) -> Result<Self, CaseloadError> {
        let answers = answers(policy);
        let mut output =
            csv::WriterBuilder::new().flexible(true).buffer_capacity(BUFFER).from_writer(output);
        let given = columns.names.iter().map(String::as_str);
        let added = answers.iter().map(|answer| answer.name.as_str());
        output.write_record(given.chain(added)).map_err(into_io_error)?;
        let summary = Summary::new(policy);
        Ok(Decisions { policy, answers, output, summary, cell: Vec::new() })
    }

    /// Writes the rows of a decided block; those with a reason against them are rejects.
    fn write(
        &mut self,
        rows: &[ByteRecord],
        reasons: Vec<Option<Reject>>,
        block: &Block,
        rejects: &mut dyn Rejects,
    ) -> io::Result<()> {
        let views: Option<Vec<View<'_>>> =
            self.answers.iter().map(|answer| answer.view(self.policy, block)).collect();
        let views = views.ok_or_else(|| io::Error::other("a block lacks an answer"))?;
        let mut covered = [false; LANES];
        let lanes = rows.iter().zip(reasons).zip(&mut covered).enumerate();
        for (lane, ((row, reason), covered)) in lanes {
            self.summary.cases += 1;
            let outcome = block.outcome(lane);
            match reason.or_else(|| refused(self.policy, row, outcome)) {
                Some(reject) => {
                    self.summary.rejected += 1;
                    rejects.reject(&reject, &mut row.iter())?;
                }
                None => {
                    self.summary.accepted += 1;
                    *covered = outcome == Some(Outcome::Decided);
                    self.summary.not_covered += u64::from(!*covered);
                    let (output, cell) = (&mut self.output, &mut self.cell);
                    write_row(output, cell, row, &views, covered.then_some(lane))?;
                }
            }
        }
        self.summary.add(block, &covered);
        Ok(())
    }

    fn finish(mut self) -> Result<Summary, CaseloadError> {
        self.output.flush()?;
        Ok(self.summary)
    }
}

/// Why the policy refuses a case that fits its declarations.
fn refused(policy: &Policy, row: &ByteRecord, outcome: Option<Outcome>) -> Option<Reject> {
    let reason = match outcome {
        Some(Outcome::Decided | Outcome::NotCovered) => return None,
        Some(Outcome::Refused { refusal, .. }) => policy.refused(refusal).to_string(),
        // Texts are read within the bounds of their facts.
        Some(Outcome::OutOfBounds { .. }) | None => "a fact is out of bounds".to_string(),
    };
    Some(Reject::of_row(row, reason))
}

/// Writes a row and its answers; only that it is not covered where it has no lane.
fn write_row<W: Write>(
    output: &mut csv::Writer<W>,
    cell: &mut Vec<u8>,
    row: &ByteRecord,
    views: &[View<'_>],
    lane: Option<usize>,
) -> io::Result<()> {
    row.iter().try_for_each(|given| output.write_field(given)).map_err(into_io_error)?;
    for view in views {
        cell.clear();
        match (lane, view) {
            (Some(lane), view) => view.write(lane, cell),
            (None, View::Covered) => cell.extend_from_slice(b"no"),
            (None, _) => {}
        }
        output.write_field(&cell).map_err(into_io_error)?;
    }
    output.write_record(None::<&[u8]>).map_err(into_io_error)
}
