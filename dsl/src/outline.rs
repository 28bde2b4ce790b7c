//! Text to blocks, by the first column alone; it cannot fail.
//!
//! A line that starts in the first column starts something; lines that continue it are
//! indented. So a mistake in one block never hides the next.

use alloc::vec::Vec;

use crate::source::Span;
use crate::token::plain;

/// A stretch of text that starts in the first column, with the lines that continue it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block<'t> {
    /// What its first line says it is.
    pub kind: BlockKind,
    /// Where it stands in the whole text.
    pub span: Span,
    /// Its text; every span inside a block counts from its beginning.
    pub text: &'t str,
    /// Whether a stray block follows, so that it may have lost its end to it.
    pub is_cut_short: bool,
}

/// What the first line of a block says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BlockKind {
    /// `policy    Continuing care`
    Policy,
    /// `language 2`
    Language,
    /// `about     a child`
    About,
    /// `between`
    Between,
    /// `panels`
    Panels,
    /// `version   3, in force from 1 April 2025`
    Version,
    /// `dated by  decision date`
    DatedBy,
    /// `sources`
    Sources,
    /// `uses children's continuing care 2016 from "FILE" as CC`
    Uses,
    /// `levels of need`
    Levels,
    /// `facts`
    Facts,
    /// `domains, each a level of need, up to`
    Family,
    /// `group starred domains   breathing, challenging behaviour`
    Group,
    /// `4    Shares of the care cost`
    Section,
    /// `4.1  When ...`
    Clause,
    /// `examples`
    Examples,
    /// `"Three highs"`
    Example,
    /// Anything else in the first column.
    Stray,
}

/// The blocks of a text, in order. A byte order mark is no part of them.
///
/// ```
/// use apportion::outline::{BlockKind, outline};
///
/// let blocks = outline("policy  A\n\n1  Cover\n1.1  This policy covers a child\n     when urgent.\n");
/// let kinds: Vec<BlockKind> = blocks.iter().map(|block| block.kind).collect();
/// assert_eq!(kinds, [BlockKind::Policy, BlockKind::Section, BlockKind::Clause]);
/// ```
#[must_use]
pub fn outline(text: &str) -> Vec<Block<'_>> {
    let mut starts: Vec<(usize, BlockKind)> = Vec::new();
    let first = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut begin = first;
    for line in text.get(first..).unwrap_or_default().split_inclusive('\n') {
        if let Some(kind) = kind_of_line(line, starts.last().map(|&(_, kind)| kind)) {
            // What stands before the first block, comments as a rule, belongs to it.
            let start = if starts.is_empty() { first } else { begin };
            starts.push((start, kind));
        }
        begin += line.len();
    }
    let mut blocks = Vec::with_capacity(starts.len());
    for (index, &(start, kind)) in starts.iter().enumerate() {
        let next = starts.get(index + 1);
        let end = next.map_or(text.len(), |&(start, _)| start);
        blocks.push(Block {
            kind,
            span: Span { start: start as u32, end: end as u32 },
            text: text.get(start..end).unwrap_or_default(),
            is_cut_short: next.is_some_and(|&(_, kind)| kind == BlockKind::Stray),
        });
    }
    blocks
}

/// What a line starts, given the block above it; nothing where it continues that one.
fn kind_of_line(line: &str, above: Option<BlockKind>) -> Option<BlockKind> {
    let is_indented = line.chars().next().is_none_or(|first| plain(first).is_whitespace());
    if line.trim().is_empty() || line.starts_with("--") {
        return None;
    }
    // Indented lines continue what is above; where there is nothing above they are stray.
    if is_indented {
        return above.is_none().then_some(BlockKind::Stray);
    }
    // Rows of a table are kept with their clause, which reports that they are not indented.
    if line.starts_with('|') && above == Some(BlockKind::Clause) {
        return None;
    }
    let kind = kind_of_start(line);
    // Stray lines that follow each other are one slip.
    (kind != BlockKind::Stray || above != Some(BlockKind::Stray)).then_some(kind)
}

fn kind_of_start(line: &str) -> BlockKind {
    if line.chars().next().is_some_and(|first| plain(first) == '"') {
        return BlockKind::Example;
    }
    if line.starts_with(|first: char| first.is_ascii_digit()) {
        return kind_of_number(line);
    }
    header_kind(line).unwrap_or(BlockKind::Stray)
}

/// `4.1` begins a clause, `4` alone a section.
fn kind_of_number(line: &str) -> BlockKind {
    let number =
        line.split(|c: char| plain(c).is_whitespace() || c == '(').next().unwrap_or_default();
    match number.split_once('.') {
        None if number.bytes().all(|byte| byte.is_ascii_digit()) => BlockKind::Section,
        Some((section, clause)) if is_clause_number(section, clause) => BlockKind::Clause,
        _ => BlockKind::Stray,
    }
}

fn is_clause_number(section: &str, clause: &str) -> bool {
    let digits = clause.strip_suffix(|last: char| last.is_ascii_uppercase()).unwrap_or(clause);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number(section) && is_number(digits)
}

const HEADER_WORDS: [(&str, BlockKind); 13] = [
    ("policy", BlockKind::Policy),
    ("language", BlockKind::Language),
    ("about", BlockKind::About),
    ("between", BlockKind::Between),
    ("panels", BlockKind::Panels),
    ("version", BlockKind::Version),
    ("dated by", BlockKind::DatedBy),
    ("sources", BlockKind::Sources),
    ("uses", BlockKind::Uses),
    ("levels of", BlockKind::Levels),
    ("facts", BlockKind::Facts),
    ("group", BlockKind::Group),
    ("examples", BlockKind::Examples),
];

fn header_kind(line: &str) -> Option<BlockKind> {
    for (words, kind) in HEADER_WORDS {
        if starts_with_words(line, words) {
            return Some(kind);
        }
    }
    line.to_lowercase().contains(", each ").then_some(BlockKind::Family)
}

/// Whether a line begins with these words, letter case aside, and nothing joined to them.
fn starts_with_words(line: &str, words: &str) -> bool {
    let Some(start) = line.get(..words.len()) else { return false };
    let after = line.get(words.len()..).and_then(|rest| rest.chars().next());
    let is_end = after.is_none_or(|next| plain(next).is_whitespace() || next == ':');
    is_end && start.eq_ignore_ascii_case(words)
}
