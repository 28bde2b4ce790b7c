//! Places in a text: byte spans, and lines and columns only when they are shown.

use alloc::string::String;
use alloc::vec::Vec;

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

/// The texts of a policy laid end to end: its own, and those it uses.
///
/// A line end parts two texts, so that every byte stands in one of them and a span says in
/// which.
///
/// ```
/// use apportion::source::Source;
///
/// let mut source = Source::new("policies/local.policy", "one\n");
/// source.add("national.policy", "two\nthree");
/// let place = source.place(source.text().find("three").unwrap() as u32);
/// assert_eq!((place.file.as_str(), place.line, place.column), ("policies/national.policy", 2, 1));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    text: String,
    /// What stands before the name of every file: `policies/`.
    folder: String,
    /// The name of each text, and where it begins.
    starts: Vec<(String, u32)>,
}

/// One text of a [`Source`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceText<'s> {
    /// The name of its file, without folders.
    pub name: &'s str,
    /// Where it begins in the whole.
    pub start: u32,
    /// All of it.
    pub text: &'s str,
}

/// A place in one text of a [`Source`], as people count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The path of the file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

impl Source {
    /// The text of a policy by itself. The path is for messages only.
    #[must_use]
    pub fn new(path: &str, text: &str) -> Source {
        let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
        let folder = path.strip_suffix(name).unwrap_or_default();
        Source {
            text: String::from(text),
            folder: String::from(folder),
            starts: Vec::from([(String::from(name), 0)]),
        }
    }

    /// Adds a text that is used, which stands beside the policy.
    pub fn add(&mut self, name: &str, text: &str) {
        self.text.push('\n');
        self.starts.push((String::from(name), self.text.len() as u32));
        self.text.push_str(text);
    }

    /// The same texts with other words in them, given where each now begins.
    pub(crate) fn with_text(&self, text: String, now: impl Fn(u32) -> u32) -> Source {
        let starts = self.starts.iter().map(|(name, start)| (name.clone(), now(*start)));
        Source { text, folder: self.folder.clone(), starts: starts.collect() }
    }

    /// All texts, one after the other: what every span counts in.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of the policy itself.
    #[must_use]
    pub fn own_text(&self) -> &str {
        self.texts().next().map_or("", |first| first.text)
    }

    /// Its texts, the policy first.
    pub fn texts(&self) -> impl Iterator<Item = SourceText<'_>> {
        let ends = self.starts.iter().skip(1).map(|(_, start)| start.saturating_sub(1));
        let ends = ends.chain([self.text.len() as u32]);
        self.starts.iter().zip(ends).map(|((name, start), end)| SourceText {
            name,
            start: *start,
            text: Span { start: *start, end }.of(&self.text),
        })
    }

    /// The text in which a byte stands; past the end, the last.
    #[must_use]
    pub fn text_at(&self, byte: u32) -> SourceText<'_> {
        let before = self.texts().take_while(|text| text.start <= byte);
        before.last().unwrap_or(SourceText { name: "", start: 0, text: &self.text })
    }

    /// The place of a byte.
    #[must_use]
    pub fn place(&self, byte: u32) -> Place {
        let text = self.text_at(byte);
        let LineColumn { line, column } = line_column(text.text, byte.saturating_sub(text.start));
        let mut file = self.folder.clone();
        file.push_str(text.name);
        Place { file, line, column }
    }
}
