//! Examples: what is given and what is expected in one column, in lines that end at commas.

use alloc::vec::Vec;

use super::layout::{Line, comment_lines};
use super::paragraph::{Break, Paragraph};
use super::pieces::{Group, Piece, groups};
use super::spelling::Reading;
use crate::token::{Token, TokenKind};

/// How far from the left the parts of an example stand.
const INDENT: usize = 2;

/// Where stands what `given` and `expect` are followed by.
const VALUES: usize = 10;

/// `"A year earlier"  is "Three highs"`, and the parts below it.
pub(super) fn example(pieces: Vec<Piece>, text: &str) -> Vec<Line> {
    let starts = starts(&pieces);
    let is_start =
        |piece: &Piece| piece.token().is_some_and(|token| starts.contains(&token.span.start));
    let mut groups = groups(pieces, is_start).into_iter();
    let mut lines = groups.next().map(|group| name(group, text)).unwrap_or_default();
    for group in groups {
        lines.extend(comment_lines(&group.above, INDENT));
        lines.extend(part(group, text));
    }
    lines
}

/// Where the parts begin: `given` or `but` after the name, `expect` at the beginning of a
/// line or after a comma, others at the beginning of a line.
fn starts(pieces: &[Piece]) -> Vec<u32> {
    let tokens: Vec<&Token> = pieces.iter().filter_map(Piece::token).collect();
    let mut starts = Vec::new();
    let mut before: Option<&Token> = None;
    for token in tokens {
        let is_after_text = before.is_some_and(|before| before.kind == TokenKind::Text);
        let is_after_comma = before.is_some_and(|before| before.kind == TokenKind::Comma);
        let is_start = match token.key.as_str() {
            _ if token.kind != TokenKind::Word => false,
            "given" | "but" => starts.is_empty() && is_after_text || token.starts_line,
            "expect" => token.starts_line || is_after_comma || is_after_text,
            "with" | "without" => token.starts_line,
            _ => false,
        };
        if is_start {
            starts.push(token.span.start);
        }
        before = Some(token);
    }
    starts
}

fn name(group: Group, text: &str) -> Vec<Line> {
    let mut paragraph = Paragraph::line(0, INDENT);
    paragraph.add_each(group.pieces, |paragraph, _, token| match token.is_word("is") {
        true => {
            let column = paragraph.length() + 2;
            paragraph.add_at(token, text, Reading::Stated, (column, 2));
        }
        false => paragraph.add(token, text, Reading::Stated, Break::Never),
    });
    below(paragraph, &group.below)
}

fn part(group: Group, text: &str) -> Vec<Line> {
    let mut paragraph = Paragraph::list(INDENT, VALUES);
    paragraph.add_each(group.pieces, |paragraph, place, token| match place {
        0 => paragraph.add_keyword(token),
        1 => paragraph.add_at(token, text, Reading::Stated, (VALUES, 1)),
        _ => {
            let may_break = may_break(paragraph.last(), token);
            paragraph.add(token, text, Reading::Stated, may_break);
        }
    });
    below(paragraph, &group.below)
}

/// The lines of a paragraph, and the comments below it.
fn below(paragraph: Paragraph, comments: &[Piece]) -> Vec<Line> {
    let mut lines = Line::all(paragraph.lines());
    lines.extend(comment_lines(comments, INDENT));
    lines
}

/// What may break the line before a token. A line that its author ended at a comma ends there;
/// a word that would begin a part of the example begins no line.
fn may_break(before: Option<&Token>, token: &Token) -> Break {
    let words = ["given", "but", "expect", "with", "without"];
    let is_after_comma = before.is_some_and(|before| before.kind == TokenKind::Comma);
    match words.iter().any(|word| token.is_word(word)) {
        true => Break::Never,
        false if token.starts_line && is_after_comma => Break::Always(VALUES),
        false => Break::Full,
    }
}
