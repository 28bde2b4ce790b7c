//! Rows without a decision: where they stand and why. No reason repeats a value.

use std::io::{self, Write};

use apportion::naming;

use super::row::Row;
use super::{BUFFER, into_io_error};

/// Why a row has no decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// The line on which the row begins, from 1.
    pub line: u64,
    /// The name of the column; none where no single one is at fault.
    pub column: Option<String>,
    /// What is wrong, and what would be right.
    pub reason: String,
}

impl Reject {
    pub(super) fn of_row(row: &Row, reason: String) -> Self {
        Reject { line: row.line, column: None, reason }
    }

    pub(super) fn in_cell(row: &Row, column: &str, reason: String) -> Self {
        Reject { column: Some(column.to_string()), ..Reject::of_row(row, reason) }
    }
}

/// Takes the rows without a decision, in their order.
pub trait Rejects {
    /// Takes a row, cell by cell.
    ///
    /// # Errors
    ///
    /// Returns why the row could not be kept; the run then ends.
    fn reject(&mut self, reject: &Reject, row: &mut dyn Iterator<Item = &[u8]>) -> io::Result<()>;
}

/// Writes rejects as CSV: `line`, `column` and `reason`, and then the row as it was, however
/// many cells it has. Where the row has such a column itself, they are `rejected_line` and so on.
#[derive(Debug)]
pub struct RejectRows<W: Write> {
    output: csv::Writer<W>,
}

impl<W: Write> RejectRows<W> {
    /// Begins with the names of the columns.
    ///
    /// # Errors
    ///
    /// Returns why they could not be written.
    pub fn new(output: W, columns: &[String]) -> io::Result<Self> {
        let mut output =
            csv::WriterBuilder::new().flexible(true).buffer_capacity(BUFFER).from_writer(output);
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        let own = own_names(["line", "column", "reason"], &columns);
        let names = own.iter().map(String::as_str).chain(columns);
        output.write_record(names).map_err(into_io_error)?;
        Ok(RejectRows { output })
    }

    /// Writes out what is held back.
    ///
    /// # Errors
    ///
    /// Returns why it could not be written.
    pub fn finish(mut self) -> io::Result<()> {
        self.output.flush()
    }
}

/// What stands before the columns of the input, under names that none of these has.
pub(crate) fn own_names<const N: usize>(own: [&str; N], columns: &[&str]) -> [String; N] {
    let mut own = own.map(String::from);
    let is_taken = |own: &String| columns.iter().any(|column| naming::outside(column) == *own);
    while own.iter().any(is_taken) {
        own = own.map(|name| format!("rejected_{name}"));
    }
    own
}

impl<W: Write> Rejects for RejectRows<W> {
    fn reject(&mut self, reject: &Reject, row: &mut dyn Iterator<Item = &[u8]>) -> io::Result<()> {
        let line = reject.line.to_string();
        let column = reject.column.as_deref().unwrap_or_default();
        let why = [line.as_str(), column, reject.reason.as_str()].map(str::as_bytes);
        let mut write = |cell: &[u8]| self.output.write_field(cell).map_err(into_io_error);
        why.into_iter().try_for_each(&mut write)?;
        for cell in row {
            write(cell)?;
        }
        self.output.write_record(None::<&[u8]>).map_err(into_io_error)
    }
}
