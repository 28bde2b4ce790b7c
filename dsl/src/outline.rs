//! Text to blocks, by the first column alone; it cannot fail.
//!
//! A line that starts in the first column starts something; lines that continue it are
//! indented. So a mistake in one block never hides the next.

use alloc::vec::Vec;

use crate::nearest::nearest;
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
    /// The header word it begins with a slip of: `sources`, where `source` is written.
    pub meant: Option<&'static str>,
}

/// What the first line of a block says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BlockKind {
    /// `policy    Continuing care`
    Policy,
    /// `language  1`
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
    let mut starts: Vec<(usize, Start)> = Vec::new();
    let first = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut begin = first;
    for line in text.get(first..).unwrap_or_default().split_inclusive('\n') {
        if let Some(start) = start_of_line(line, starts.last().map(|&(_, start)| start.0)) {
            // What stands before the first block, comments as a rule, belongs to it.
            let begin = if starts.is_empty() { first } else { begin };
            starts.push((begin, start));
        }
        begin += line.len();
    }
    let mut blocks = Vec::with_capacity(starts.len());
    for (index, &(start, (kind, meant))) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(text.len(), |&(start, _)| start);
        blocks.push(Block {
            kind,
            span: Span { start: start as u32, end: end as u32 },
            text: text.get(start..end).unwrap_or_default(),
            meant,
        });
    }
    blocks
}

/// What a line starts, and the header word that it misspells.
type Start = (BlockKind, Option<&'static str>);

/// What a line starts, given the block above it; nothing where it continues that one.
fn start_of_line(line: &str, above: Option<BlockKind>) -> Option<Start> {
    let is_indented = line.chars().next().is_none_or(|first| plain(first).is_whitespace());
    if line.trim().is_empty() || line.starts_with("--") {
        return None;
    }
    let start = if is_indented { (BlockKind::Stray, None) } else { start_of_block(line) };
    // Whatever begins nothing continues what is above; the lexer reports it where it is not
    // indented. Where nothing is above it is a block of its own.
    (start.0 != BlockKind::Stray || above.is_none()).then_some(start)
}

fn start_of_block(line: &str) -> Start {
    if line.chars().next().is_some_and(|first| plain(first) == '"') {
        return (BlockKind::Example, None);
    }
    if line.starts_with(|first: char| first.is_ascii_digit()) {
        return (kind_of_number(line), None);
    }
    match header_kind(line) {
        Some(kind) => (kind, None),
        None => meant_kind(line).unwrap_or((BlockKind::Stray, None)),
    }
}

/// The header word that a line begins with a slip of: `source`, `levls of need`.
fn meant_kind(line: &str) -> Option<Start> {
    let words: Vec<&str> = line.split(|c: char| plain(c).is_whitespace() || c == ':').collect();
    let rest_is_empty = |count: usize| words.iter().skip(count).all(|word| word.trim().is_empty());
    HEADER_WORDS.into_iter().find_map(|(header, kind)| {
        let count = header.split(' ').count();
        let written = words.get(..count)?.join(" ").to_lowercase();
        let stands_alone = matches!(
            kind,
            BlockKind::Between
                | BlockKind::Panels
                | BlockKind::Sources
                | BlockKind::Facts
                | BlockKind::Examples
        );
        let is_near = nearest(&written, [header].into_iter()).is_some();
        (is_near && rest_is_empty(count) == stands_alone).then_some((kind, Some(header)))
    })
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
