//! The line on which a row begins, and a bound on how long one may be, so that a quote left open
//! does not swallow a file.
//!
//! The parser passes over blank lines, and over the second half of `\r\n`, only as it reads the row
//! after them. What it was given is therefore kept until the row has gone by.

use alloc::rc::Rc;
use core::cell::RefCell;
use std::io::{self, Read};

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

/// Where the next byte stands.
#[derive(Debug)]
struct Place {
    /// Its line, from 1.
    line: u64,
    /// Whether a `\n` here ends no other line than the `\r` before it did.
    is_after_return: bool,
}

impl<R> Watched<R> {
    pub(super) fn new(input: R) -> (Self, Lines) {
        let next = Place { line: 1, is_after_return: false };
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
            let reason = "a row is longer than 1 MiB: is a quote left open?";
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        let read = self.input.read(buffer)?;
        held.bytes.extend_from_slice(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

impl Lines {
    /// Passes the next row, which ends before this place in the file, with the line ends before it.
    /// Gives the line on which it begins.
    pub(super) fn pass(&self, end: u64) -> u64 {
        self.0.borrow_mut().pass(end)
    }
}

impl Held {
    fn pass(&mut self, end: u64) -> u64 {
        let end = usize::try_from(end.saturating_sub(self.begins)).unwrap_or(usize::MAX);
        let row = self.bytes.get(self.passed..end).unwrap_or_default();
        let blank = row.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let (blank, row) = row.split_at_checked(blank).unwrap_or_default();
        self.next.pass(blank);
        let begins = self.next.line;
        self.next.pass(row);
        self.passed = end;
        begins
    }

    fn drop_passed(&mut self) {
        let passed = self.passed.min(self.bytes.len());
        self.bytes.drain(..passed);
        self.begins += passed as u64;
        self.passed = 0;
    }
}

impl Place {
    /// Counts the lines that end in some bytes, by `\n`, `\r\n` or `\r`.
    fn pass(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let ends = *byte == b'\r' || *byte == b'\n' && !self.is_after_return;
            self.line += u64::from(ends);
            self.is_after_return = *byte == b'\r';
        }
    }
}
