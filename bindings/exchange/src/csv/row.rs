//! A row of a file, and where it stands.

use csv::ByteRecord;

use super::quote::Quote;

/// A row of a file, and where it stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) cells: ByteRecord,
    /// The line of its first cell, from 1.
    pub(super) line: u64,
    /// The first quote that takes the end of a line into its cell, or that of the file.
    pub(super) quote: Option<Quote>,
}

impl Row {
    /// A row of one blank cell.
    pub(super) fn blank(line: u64) -> Self {
        Row { cells: ByteRecord::from(vec![""]), line, quote: None }
    }

    pub(super) fn get(&self, column: usize) -> Option<&[u8]> {
        self.cells.get(column)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.cells.iter()
    }

    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// How many bytes it takes, or somewhat more: what grows has room for as much again.
    pub(super) fn weight(&self) -> usize {
        2 * (self.cells.as_slice().len() + self.cells.len() * size_of::<usize>()) + ITSELF
    }
}

/// What a row takes without its cells.
const ITSELF: usize = 256;
