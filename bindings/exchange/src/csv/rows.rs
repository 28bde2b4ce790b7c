//! The rows of a file, its names of columns first.

use std::io::{self, Read, Seek};

use csv::ByteRecord;

use super::columns::ColumnMistake;
use super::lines::{Lines, Watched};
use super::{BUFFER, into_io_error};

/// A file that is read row by row.
#[derive(Debug)]
pub(super) struct Rows<R> {
    input: csv::Reader<Watched<R>>,
    lines: Lines,
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
        let mut rows = Rows { input, lines };
        let mut row = ByteRecord::new();
        rows.read(&mut row).map_err(NoNames::Read)?;
        let name = |cell| str::from_utf8(cell).map(|name| name.trim().to_string());
        let names: Result<Vec<String>, _> = row.iter().map(name).collect();
        let names = names.map_err(|_| NoNames::Column(ColumnMistake::NotText))?;
        Ok((rows, names))
    }

    /// Reads the next row, whose position is then the line of its first cell; no at the end of the file.
    pub(super) fn read(&mut self, row: &mut ByteRecord) -> io::Result<bool> {
        let is_row = self.input.read_byte_record(row).map_err(into_io_error)?;
        let line = self.lines.pass(self.input.position().byte());
        let mut position = csv::Position::new();
        position.set_line(line);
        row.set_position(Some(position));
        Ok(is_row)
    }
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
