//! Blocks of declarations: names in one column, what they stand for in the next.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::layout::{Line, comment_lines};
use super::paragraph::{Break, Paragraph};
use super::pieces::{Group, Piece, groups};
use super::spelling::Reading;
use crate::lex::{entries, split_entry};
use crate::names::after_header;
use crate::token::{Token, TokenKind};

/// How far from the left declarations stand.
const INDENT: usize = 2;

/// What parts the longest name from what it stands for.
const GAP: usize = 4;

/// Names longer than this do not push the second column further.
const LONGEST: usize = 40;

/// `facts` or `domains, each a level of need`, and the declarations below it, which are read so.
pub(super) fn declarations(
    pieces: Vec<Piece>,
    text: &str,
    header_words: usize,
    reading: Reading,
) -> Vec<Line> {
    let tokens: Vec<Token> = pieces.iter().filter_map(Piece::token).cloned().collect();
    let entries = entries(&tokens);
    let starts: BTreeSet<u32> =
        entries.iter().filter_map(|entry| Some(entry.name.first()?.span.start)).collect();
    let widths = entries.iter().filter(|entry| !entry.rest.is_empty());
    let widths = widths.map(|entry| width(entry.name, text)).filter(|&width| width <= LONGEST);
    let column = widths.max().unwrap_or(INDENT) + GAP;
    let is_start =
        |piece: &Piece| piece.token().is_some_and(|token| starts.contains(&token.span.start));
    let mut groups = groups(pieces, is_start).into_iter();
    let heading = groups.next().map(|group| heading(group, text, header_words));
    let mut lines = heading.unwrap_or_default();
    for group in groups {
        lines.extend(declaration(group, text, column, reading));
    }
    lines
}

fn width(name: &[Token], text: &str) -> usize {
    let mut paragraph = Paragraph::line(INDENT, INDENT);
    for token in name {
        paragraph.add(token, text, Reading::Range, Break::Never);
    }
    paragraph.length()
}

/// The first line, which stays one.
fn heading(group: Group, text: &str, header_words: usize) -> Vec<Line> {
    let mut paragraph = Paragraph::line(0, INDENT);
    paragraph.add_each(group.pieces, |paragraph, place, token| match place {
        _ if place < header_words => paragraph.add_keyword(token),
        // `between:`
        _ if place == header_words && token.kind == TokenKind::Colon => {}
        _ => paragraph.add(token, text, Reading::Range, Break::Never),
    });
    let mut lines = Line::all(paragraph.lines());
    lines.extend(comment_lines(&group.below, INDENT));
    lines
}

fn declaration(group: Group, text: &str, column: usize, reading: Reading) -> Vec<Line> {
    let is_after_blank = group.is_after_blank();
    let tokens = group.tokens();
    let entry = split_entry(&tokens);
    let name = entry.name.len();
    let rest = tokens.len() - entry.rest.len();
    let mut lines = comment_lines(&group.above, INDENT);
    let mut paragraph = match reading {
        Reading::Verbatim => Paragraph::line(INDENT, column),
        _ => Paragraph::new(INDENT, column),
    };
    paragraph.add_each(group.pieces, |paragraph, place, token| match place {
        _ if place < name => paragraph.add(token, text, Reading::Range, Break::Never),
        _ if place == rest => paragraph.add_at(token, text, reading, (column, GAP)),
        _ if place > rest => paragraph.add(token, text, reading, Break::Full),
        // The colon between them gives way to the gap.
        _ => {}
    });
    lines.extend(Line::below(is_after_blank, paragraph.lines()));
    lines.extend(comment_lines(&group.below, INDENT));
    lines
}

/// `levels of need`, with the levels below it; a line ends after `<` and nowhere else.
pub(super) fn levels(pieces: Vec<Piece>, text: &str) -> Vec<Line> {
    const HEADER_WORDS: usize = 2;
    let tokens: Vec<Token> = pieces.iter().filter_map(Piece::token).cloned().collect();
    let entry = split_entry(after_header(&tokens, HEADER_WORDS));
    let first = entry.rest.first().map(|first| first.span.start);
    let is_start = |piece: &Piece| piece.token().map(|token| token.span.start) == first;
    let mut groups = groups(pieces, is_start).into_iter();
    let name = groups.next().map(|group| without_colon(group, entry.name.len() + HEADER_WORDS));
    let mut lines = name.map(|name| heading(name, text, HEADER_WORDS)).unwrap_or_default();
    for group in groups {
        lines.extend(comment_lines(&group.above, INDENT));
        let mut paragraph = Paragraph::new(INDENT, INDENT);
        paragraph.add_each(group.pieces, |paragraph, _, token| {
            let is_after_less = paragraph.last().is_some_and(|it| it.kind == TokenKind::Less);
            let may_break = if is_after_less { Break::Full } else { Break::Never };
            paragraph.add(token, text, Reading::Range, may_break);
        });
        lines.extend(Line::all(paragraph.lines()));
        lines.extend(comment_lines(&group.below, INDENT));
    }
    lines
}

/// The heading without the colon that ends the name of the levels.
fn without_colon(mut group: Group, words: usize) -> Group {
    let mut place = 0;
    group.pieces.retain(|piece| {
        let Some(token) = piece.token() else { return true };
        place += 1;
        token.kind != TokenKind::Colon || place <= words
    });
    group
}

/// `group starred domains    breathing, challenging behaviour`
pub(super) fn named_list(pieces: Vec<Piece>, text: &str, header_words: usize) -> Vec<Line> {
    let tokens: Vec<Token> = pieces.iter().filter_map(Piece::token).cloned().collect();
    let entry = split_entry(after_header(&tokens, header_words));
    let rest = tokens.len() - entry.rest.len();
    let name = header_words + entry.name.len();
    let mut paragraph = Paragraph::list(0, INDENT);
    paragraph.add_each(pieces, |paragraph, place, token| match place {
        _ if place < header_words => paragraph.add_keyword(token),
        _ if place < name => paragraph.add(token, text, Reading::Range, Break::Never),
        _ if place == rest => paragraph.add_at(token, text, Reading::Range, (0, GAP)),
        _ if place > rest => paragraph.add(token, text, Reading::Range, Break::Full),
        _ => {}
    });
    Line::all(paragraph.lines())
}
