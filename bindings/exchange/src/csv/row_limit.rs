//! A bound on how long one row may be, so that a quote left open does not swallow a file.

use alloc::rc::Rc;
use core::cell::Cell;
use std::io::{self, Read};

/// The most bytes of a row, give or take what the reader holds ahead.
const MOST_BYTES: usize = 1 << 20;

/// Passes on what it reads until one row is too long.
#[derive(Debug)]
pub(super) struct RowLimit<R> {
    input: R,
    since_row: Rc<Cell<usize>>,
}

/// Told of every row, so that only the bytes after it count.
#[derive(Clone, Debug)]
pub(super) struct RowCounter(Rc<Cell<usize>>);

impl<R> RowLimit<R> {
    pub(super) fn new(input: R) -> (Self, RowCounter) {
        let since_row = Rc::new(Cell::new(0));
        (RowLimit { input, since_row: Rc::clone(&since_row) }, RowCounter(since_row))
    }

    pub(super) fn into_inner(self) -> R {
        self.input
    }
}

impl RowCounter {
    pub(super) fn row_ended(&self) {
        self.0.set(0);
    }
}

impl<R: Read> Read for RowLimit<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since_row.get() > MOST_BYTES {
            let reason = "a row is longer than 1 MiB: is a quote left open?";
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        let read = self.input.read(buffer)?;
        self.since_row.set(self.since_row.get() + read);
        Ok(read)
    }
}
