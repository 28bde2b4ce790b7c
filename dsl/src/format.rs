//! A policy in its one layout.
//!
//! The layout works on the outline's blocks and the lexer's tokens: what stands in a block is
//! put in order as pieces, and those are written by the kind of the block. Words and
//! signs are never added or taken away, but for a colon that gives way to a gap and the line
//! under the heading of a table; comments, citations and notes stay where they belong. What
//! comes out is read again, and must say the same as what went in.

use alloc::string::String;
use alloc::vec::Vec;

use thiserror::Error;

mod clause;
mod declarations;
mod example;
mod header;
mod layout;
mod paragraph;
mod pieces;
mod rates;
mod shape;
mod spelling;
mod table;

use clause::{Columns, rate_column, rate_width};
use layout::{Line, take_leading, take_opening};
use pieces::{Piece, Pieces, pieces};
use shape::shape;
use spelling::Reading;

use crate::bundle::Bundle;
use crate::diagnostic::Diagnostic;
use crate::outline::{Block, BlockKind, outline};
use crate::parse::parse_all;

/// Why a text is left as it is.
#[derive(Clone, Debug, Error)]
pub enum Unformatted {
    /// It cannot be read.
    #[error("the policy cannot be read")]
    Mistakes(
        /// What was found, in the order of the text.
        Vec<Diagnostic>,
    ),
    /// Its layout would be larger than a policy may be.
    #[error("laid out, the policy would be larger than a policy may be; it is left as it is")]
    TooLarge,
    /// The layout would change what it says, which is a mistake of the layout.
    #[error(
        "the layout would change what this policy says; it is left as it is; please report it to the makers of Apportion"
    )]
    Unsafe,
}

/// Writes a policy in its one layout.
///
/// Formatting twice changes nothing more.
///
/// # Errors
///
/// Returns the mistakes of a text that cannot be read, or why its layout cannot be used.
///
/// ```
/// use apportion::format::format;
///
/// let written = "\
/// policy  Fares
/// about a passenger
/// version 1, in force from 2026-04-01
/// facts
///     zones: whole number, 1 to 6   -- as on the map
///     peak: yes or no, no unless stated
/// 1 Fares
/// 1.1 Fare: exactly one row applies.
///   | zones | fare |
///   |---|---|
///   |1|£2|
///   |2 to 6|£3.5|
/// ";
/// assert_eq!(format(written)?, "\
/// policy    Fares
/// about     a passenger
/// version   1, in force from 1 April 2026
///
/// facts
///   zones    whole number, 1 to 6  -- as on the map
///   peak     yes or no, no unless stated
///
/// 1    Fares
/// 1.1  Fare: exactly one row applies.
///      | zones  |  fare |
///      | 1      | £2.00 |
///      | 2 to 6 | £3.50 |
/// ");
/// # Ok::<(), apportion::format::Unformatted>(())
/// ```
pub fn format(text: &str) -> Result<String, Unformatted> {
    format_bundle(&Bundle::from(text))
}

/// Writes a policy in its one layout, read with the names of the texts it uses, which are left
/// as they are.
///
/// # Errors
///
/// As [`format()`].
pub fn format_bundle(bundle: &Bundle) -> Result<String, Unformatted> {
    let source = bundle.source();
    let parsed = parse_all(&source);
    if parsed.diagnostics.iter().any(Diagnostic::is_error) {
        return Err(Unformatted::Mistakes(parsed.diagnostics));
    }
    let formatted = laid_out(source.own_text());
    let again = parse_all(&bundle.with_text(&formatted).source());
    if again.diagnostics.iter().any(|found| is_about_size(found.code)) {
        return Err(Unformatted::TooLarge);
    }
    let says_the_same = shape(&parsed.policy) == shape(&again.policy);
    let is_read = !again.diagnostics.iter().any(Diagnostic::is_error);
    if says_the_same && is_read { Ok(formatted) } else { Err(Unformatted::Unsafe) }
}

fn is_about_size(code: &str) -> bool {
    matches!(code, "text-too-large" | "text-too-dense")
}

/// A block on its way: what stands in it, and what stands above it.
struct Laid<'t> {
    block: Block<'t>,
    pieces: Vec<Piece>,
    /// The comments above it.
    above: Vec<Line>,
    is_after_blank: bool,
    columns: Columns,
}

fn laid_out(text: &str) -> String {
    let (mut blocks, below) = in_pieces(text);
    set_columns(&mut blocks);
    let mut formatted = String::new();
    let mut before = None;
    for laid in blocks {
        let kind = laid.block.kind;
        let mut lines = laid.above;
        let first = lines.len();
        let is_after_blank = laid.is_after_blank && (first > 0 || may_be_blank(before, kind));
        lines.extend(block(laid.block, laid.pieces, laid.columns));
        if let Some(line) = lines.get_mut(first) {
            line.is_after_blank |= is_after_blank;
        }
        let has_blank = lines.iter().take(first + 1).any(|line| line.is_after_blank);
        if let Some(line) = lines.first_mut() {
            line.is_after_blank |= !has_blank && begins_part(before, kind);
        }
        write(lines, &mut formatted);
        before = Some(kind);
    }
    write(below, &mut formatted);
    formatted
}

/// The blocks of a text with what stands in them; comments in the first column stand above the
/// block that follows, or below the last.
fn in_pieces(text: &str) -> (Vec<Laid<'_>>, Vec<Line>) {
    let mut blocks = Vec::new();
    let mut above = Vec::new();
    let mut is_after_blank = false;
    for block in outline(text) {
        let Pieces { mut all, ends_blank } = pieces(&block);
        if blocks.is_empty() {
            above = take_opening(&mut all);
            is_after_blank = all.first().is_some_and(|first| first.is_after_blank);
        }
        let next = take_leading(&mut all);
        let columns = Columns { sentences: 0, rates: 0 };
        blocks.push(Laid { block, pieces: all, above, is_after_blank, columns });
        (above, is_after_blank) = (next, ends_blank);
    }
    (blocks, above)
}

/// Whether a blank line stands above a block of this kind in any case.
fn begins_part(before: Option<BlockKind>, kind: BlockKind) -> bool {
    match kind {
        BlockKind::Levels
        | BlockKind::Facts
        | BlockKind::Family
        | BlockKind::Group
        | BlockKind::Section
        | BlockKind::Examples => before.is_some(),
        BlockKind::Example => before != Some(BlockKind::Examples),
        _ => false,
    }
}

/// Whether a blank line that stands above a block of this kind is kept.
fn may_be_blank(before: Option<BlockKind>, kind: BlockKind) -> bool {
    kind == BlockKind::Clause && before != Some(BlockKind::Section)
}

/// Sets where sentences and rates stand: sentences alike in all sections, rates in each.
fn set_columns(blocks: &mut [Laid<'_>]) {
    let numbered =
        |laid: &&Laid<'_>| matches!(laid.block.kind, BlockKind::Clause | BlockKind::Section);
    let number = |laid: &Laid<'_>| {
        laid.pieces
            .iter()
            .find_map(Piece::token)
            .map_or(0, |number| number.span.of(laid.block.text).len())
    };
    let longest = blocks.iter().filter(numbered).map(number).max().unwrap_or(0);
    let sentences = (longest + 2).max(5);
    for section in blocks.chunk_by_mut(|_, next| next.block.kind != BlockKind::Section) {
        let clauses = section.iter().filter(|laid| laid.block.kind == BlockKind::Clause);
        let widths = clauses.filter_map(|it| rate_width(&it.pieces, it.block.text, sentences));
        let rates = rate_column(widths, sentences);
        for laid in section {
            laid.columns = Columns { sentences, rates };
        }
    }
}

/// The lines of a block, by its kind.
fn block(block: Block<'_>, pieces: Vec<Piece>, columns: Columns) -> Vec<Line> {
    let text = block.text;
    match block.kind {
        BlockKind::Policy => header::header(pieces, text, 1, Reading::Verbatim),
        BlockKind::Language | BlockKind::About | BlockKind::Version | BlockKind::Uses => {
            header::header(pieces, text, 1, Reading::Range)
        }
        BlockKind::DatedBy => header::header(pieces, text, 2, Reading::Range),
        BlockKind::Between | BlockKind::Panels | BlockKind::Sources => {
            declarations::declarations(pieces, text, 1, Reading::Verbatim)
        }
        BlockKind::Facts => declarations::declarations(pieces, text, 1, Reading::Range),
        BlockKind::Family => declarations::declarations(pieces, text, 0, Reading::Range),
        BlockKind::Levels => declarations::levels(pieces, text),
        BlockKind::Group => declarations::named_list(pieces, text, 1),
        BlockKind::Section => header::section(pieces, text, columns.sentences),
        BlockKind::Clause => clause::clause(pieces, text, columns),
        BlockKind::Examples => header::header(pieces, text, 1, Reading::Range),
        BlockKind::Example => example::example(pieces, text),
        // A text with a line that begins nothing is left as it is.
        BlockKind::Stray => Line::all(text.lines().map(String::from).collect()),
    }
}

fn write(lines: Vec<Line>, formatted: &mut String) {
    for Line { text, is_after_blank } in lines {
        if is_after_blank && !formatted.is_empty() {
            formatted.push('\n');
        }
        formatted.push_str(&text);
        formatted.push('\n');
    }
}
