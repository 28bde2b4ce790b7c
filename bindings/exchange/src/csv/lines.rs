//! The line on which a row begins, the lines before it, and a bound on how long one may be, so that
//! a quote left open does not swallow a file.
//!
//! The parser passes over blank lines, and over the second half of `\r\n`, only as it reads the row
//! after them. What it was given is therefore kept until the row has gone by.

use alloc::rc::Rc;
use core::cell::RefCell;
use std::io::{self, Read};

use super::quote::{Place, Quote, open_quote};

/// The most bytes of a row, give or take what the reader holds ahead.
const MOST_BYTES: usize = 1 << 20;

/// Passes on what it reads until one row is too long.
#[derive(Debug)]
pub(super) struct Watched<R> {
    input: R,
    lines: Lines,
}

/// Told of every row, says where it begins.
#[derive(Clone, Debug)]
pub(super) struct Lines(Rc<RefCell<Held>>);

/// What was read and has not been dropped.
#[derive(Debug)]
struct Held {
    bytes: Vec<u8>,
    /// The place in the file of the first of them.
    begins: u64,
    /// How many of them belong to rows that have gone by.
    passed: usize,
    next: Place,
}

/// A row that has gone by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passed {
    /// The first line after the row before it.
    pub(super) blank_from: u64,
    /// The line of its first cell: those up to it are blank.
    pub(super) begins: u64,
    /// The first quote in it that is not closed in its line.
    pub(super) quote: Option<Quote>,
}

impl<R> Watched<R> {
    pub(super) fn new(input: R) -> (Self, Lines) {
        let next = Place::of_line(1);
        let held = Held { bytes: Vec::new(), begins: 0, passed: 0, next };
        let lines = Lines(Rc::new(RefCell::new(held)));
        (Watched { input, lines: lines.clone() }, lines)
    }

    pub(super) fn into_inner(self) -> R {
        self.input
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut held = self.lines.0.borrow_mut();
        held.drop_passed();
        if held.bytes.len() > MOST_BYTES {
            return Err(io::Error::new(io::ErrorKind::InvalidData, held.too_long()));
        }
        let read = self.input.read(buffer)?;
        held.bytes.extend_from_slice(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

impl Lines {
    /// Passes the next row, which ends before this place in the file, with the line ends before it.
    pub(super) fn pass(&self, end: u64) -> Passed {
        self.0.borrow_mut().pass(end)
    }
}

impl Held {
    fn pass(&mut self, end: u64) -> Passed {
        let end = usize::try_from(end.saturating_sub(self.begins)).unwrap_or(usize::MAX);
        let (blank, row) = parted(self.bytes.get(self.passed..end).unwrap_or_default());
        // The second half of a line end stands before the row, and ends no line.
        let blank_from = self.next.line;
        self.next.pass(blank);
        let begins = self.next.line;
        self.next.pass(row);
        // A quote is looked for only where the row is more than one whole line.
        let is_whole = matches!(row.last(), Some(b'\n' | b'\r'));
        let is_one_line = is_whole && self.next.line == begins + 1;
        let quote = if is_one_line { None } else { open_quote(row, begins) };
        self.passed = end;
        Passed { blank_from, begins, quote }
    }

    /// Why no more is read of a row.
    fn too_long(&self) -> String {
        let (blank, row) = parted(self.bytes.get(self.passed..).unwrap_or_default());
        let mut place = self.next;
        place.pass(blank);
        match open_quote(row, place.line) {
            Some(Quote { line, is_closed: false }) => {
                format!("a quote that opens in line {line} is not closed within 1 MiB")
            }
            _ => format!("the row in line {} is longer than 1 MiB", place.line),
        }
    }

    fn drop_passed(&mut self) {
        let passed = self.passed.min(self.bytes.len());
        self.bytes.drain(..passed);
        self.begins += passed as u64;
        self.passed = 0;
    }
}

/// Line ends, and what stands behind them.
fn parted(bytes: &[u8]) -> (&[u8], &[u8]) {
    let blank = bytes.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
    bytes.split_at_checked(blank).unwrap_or_default()
}
