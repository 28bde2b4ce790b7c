//! The rows of a file, its names of columns first.

use core::mem;
use std::io::{self, Read, Seek};

use csv::ByteRecord;

use super::columns::ColumnMistake;
use super::lines::{Lines, Watched};
use super::row::Row;
use super::{BUFFER, into_io_error};
use crate::not_text;

/// The most columns of a file, which is as many as a sheet of Excel has.
const MOST_COLUMNS: usize = 1 << 14;

/// A file that is read row by row.
///
/// A blank line is passed over; but in a file of one column one that stands above a row is a row
/// whose only cell is blank.
#[derive(Debug)]
pub(super) struct Rows<R> {
    input: csv::Reader<Watched<R>>,
    lines: Lines,
    has_one_column: bool,
    /// The blank lines that are still to be given, from this one up to the row below them.
    blank: u64,
    below_blank: Option<Row>,
}

/// Why a file has no names of columns.
#[derive(Debug)]
pub(super) enum NoNames {
    Read(io::Error),
    Column(ColumnMistake),
}

impl<R: Read> Rows<R> {
    /// Reads the names of the columns, in the first line that is not empty.
    pub(super) fn begin(input: R) -> Result<(Self, Vec<String>), NoNames> {
        let (input, lines) = Watched::new(input);
        let input = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(BUFFER)
            .from_reader(input);
        let mut rows = Rows { input, lines, has_one_column: false, blank: 0, below_blank: None };
        let mut row = Row::default();
        rows.read(&mut row).map_err(NoNames::Read)?;
        let names = names(&row.cells).map_err(NoNames::Column)?;
        rows.has_one_column = names.len() == 1;
        Ok((rows, names))
    }

    /// Reads the next row; no at the end of the file.
    pub(super) fn read(&mut self, row: &mut Row) -> io::Result<bool> {
        if let Some(below) = self.below_blank.take() {
            *row = self.blank_or(below);
            return Ok(true);
        }
        let is_row = self.input.read_byte_record(&mut row.cells).map_err(into_io_error)?;
        let passed = self.lines.pass(self.input.position().byte());
        (row.line, row.quote) = (passed.begins, passed.quote);
        if is_row && self.has_one_column && passed.blank_from < passed.begins {
            self.blank = passed.blank_from;
            *row = self.blank_or(mem::take(row));
        }
        Ok(is_row)
    }

    /// The next blank line, or where there is none left the row below them.
    fn blank_or(&mut self, below: Row) -> Row {
        if self.blank == below.line {
            return below;
        }
        let blank = Row::blank(self.blank);
        self.blank += 1;
        self.below_blank = Some(below);
        blank
    }
}

/// The names that stand in the first row.
fn names(row: &ByteRecord) -> Result<Vec<String>, ColumnMistake> {
    if let Some(found) = not_text::found(row.as_slice()) {
        return Err(ColumnMistake::NotText(found));
    }
    if row.len() > MOST_COLUMNS {
        return Err(ColumnMistake::TooMany { count: row.len(), most: MOST_COLUMNS });
    }
    Ok(row.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_string()).collect())
}

impl<R: Read + Seek> Rows<R> {
    /// Begins again with the first row.
    pub(super) fn again(self) -> io::Result<Self> {
        let mut input = self.input.into_inner().into_inner();
        input.rewind()?;
        match Rows::begin(input) {
            Ok((rows, _)) => Ok(rows),
            Err(NoNames::Read(error)) => Err(error),
            Err(NoNames::Column(mistake)) => Err(io::Error::other(mistake)),
        }
    }
}
