//! Quotes that take the end of a line into a cell, which one left open does by mistake.

/// A quote that opens a cell which does not end in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    /// Its line, from 1.
    pub(super) line: u64,
    /// Whether it is closed before the end of the file.
    pub(super) is_closed: bool,
}

/// Where a byte stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Its line, from 1.
    pub(super) line: u64,
    /// Whether a `\n` here ends no other line than the `\r` before it did.
    is_after_return: bool,
}

impl Place {
    /// The first byte of a line.
    pub(super) fn of_line(line: u64) -> Self {
        Place { line, is_after_return: false }
    }

    /// Counts the lines that end in some bytes, by `\n`, `\r\n` or `\r`.
    pub(super) fn pass(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let ends = *byte == b'\r' || *byte == b'\n' && !self.is_after_return;
            self.line += u64::from(ends);
            self.is_after_return = *byte == b'\r';
        }
    }
}

/// Where in a cell a byte stands.
#[derive(Clone, Copy)]
enum Within {
    /// At its beginning, where alone a quote opens.
    Start,
    /// In a cell without quotes, or behind its closing one.
    Plain,
    /// Behind a quote that opens in this line.
    Quoted(u64),
    /// Just behind a quote that closes the cell, unless another follows.
    Closing(u64),
}

/// The first quote of a row that is not closed in its line.
pub(super) fn open_quote(row: &[u8], begins: u64) -> Option<Quote> {
    let (mut within, mut place) = (Within::Start, Place::of_line(begins));
    let mut first = None;
    for byte in row {
        within = match (within, byte) {
            (Within::Start, b'"') => Within::Quoted(place.line),
            (Within::Quoted(line), b'"') => Within::Closing(line),
            (Within::Closing(line), b'"') | (Within::Quoted(line), _) => Within::Quoted(line),
            (_, b',' | b'\n' | b'\r') => Within::Start,
            _ => Within::Plain,
        };
        place.pass(core::slice::from_ref(byte));
        match within {
            Within::Quoted(line) if place.line > line => first = first.or(Some(line)),
            _ => {}
        }
    }
    let open = match within {
        Within::Quoted(line) => Some(line),
        _ => None,
    };
    let line = first.or(open)?;
    Some(Quote { line, is_closed: open != Some(line) })
}
