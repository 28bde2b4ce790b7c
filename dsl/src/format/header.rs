//! Blocks of one line: the title, whom cases are about, the version, sections.

use alloc::vec::Vec;

use super::layout::Line;
use super::paragraph::{Break, Paragraph};
use super::pieces::Piece;
use super::spelling::Reading;
use crate::token::TokenKind;

/// Where stands what a header word is followed by.
const VALUES: usize = 10;

/// `policy    Continuing care`: so many header words, and what follows them in one column.
///
/// A line may end at a comma, and only there.
pub(super) fn header(
    pieces: Vec<Piece>,
    text: &str,
    header_words: usize,
    reading: Reading,
) -> Vec<Line> {
    let mut paragraph = match reading {
        Reading::Verbatim => Paragraph::line(0, VALUES),
        _ => Paragraph::list(0, VALUES),
    };
    let mut tokens = 0;
    paragraph.add_each(pieces, |paragraph, _, token| {
        let is_after_comma = paragraph.last().is_some_and(|last| last.kind == TokenKind::Comma);
        match tokens {
            words if words < header_words => paragraph.add_keyword(token),
            // `about: a child`
            words if words == header_words && token.kind == TokenKind::Colon => return,
            words if words == header_words => {
                paragraph.add_at(token, text, reading, (VALUES, 2));
            }
            _ if is_after_comma => paragraph.add(token, text, reading, Break::Full),
            _ => paragraph.add(token, text, reading, Break::Never),
        }
        tokens += 1;
    });
    Line::all(paragraph.lines())
}

/// `4    Shares of the care cost`, the title in the column of the clauses' sentences.
pub(super) fn section(pieces: Vec<Piece>, text: &str, column: usize) -> Vec<Line> {
    let mut paragraph = Paragraph::line(0, column);
    paragraph.add_each(pieces, |paragraph, place, token| match place {
        1 => paragraph.add_at(token, text, Reading::Verbatim, (column, 2)),
        _ => paragraph.add(token, text, Reading::Verbatim, Break::Never),
    });
    Line::all(paragraph.lines())
}
