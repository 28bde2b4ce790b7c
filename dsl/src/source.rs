//! Places in a text: byte spans, and lines and columns only when they are shown.

/// A stretch of text, in bytes.
///
/// In the syntax tree a span is relative to the block it stands in, so that an editor can
/// keep a block's tree when text before it changes; everywhere else it is relative to the
/// whole text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The span that starts where this one starts and ends where the other ends.
    #[must_use]
    pub fn to(self, last: Span) -> Span {
        Span { start: self.start, end: last.end.max(self.start) }
    }

    /// The same span, counted from `start` bytes earlier: a block's span in the whole text.
    #[must_use]
    pub fn after(self, start: u32) -> Span {
        Span { start: self.start.saturating_add(start), end: self.end.saturating_add(start) }
    }

    /// The text of the span, empty where it does not lie in `text`.
    ///
    /// ```
    /// use apportion::source::Span;
    ///
    /// assert_eq!(Span { start: 4, end: 7 }.of("the ICB"), "ICB");
    /// ```
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// A place as people count: lines and columns from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// The line and column of a byte of a text; past the end, those of the end.
///
/// ```
/// use apportion::source::{LineColumn, line_column};
///
/// assert_eq!(line_column("£1\n£2", 6), LineColumn { line: 2, column: 2 });
/// ```
#[must_use]
pub fn line_column(text: &str, byte: u32) -> LineColumn {
    let mut end = (byte as usize).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = text.get(..end).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before.get(start..).unwrap_or_default().chars().count() + 1;
    LineColumn { line, column }
}
