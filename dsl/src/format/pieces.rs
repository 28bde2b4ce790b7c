//! A block as what stands in it, in order: tokens, citations, comments, rows and the note.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::mem;

use crate::lex::{Lexed, Row, lex};
use crate::outline::Block;
use crate::source::Span;
use crate::token::Token;

/// Something that stands in a block.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) kind: PieceKind,
    /// Where it begins in the block.
    start: u32,
    /// Whether it is the first on its line.
    pub(super) starts_line: bool,
    /// Whether the line above it is blank.
    pub(super) is_after_blank: bool,
}

impl Piece {
    pub(super) fn token(&self) -> Option<&Token> {
        match &self.kind {
            PieceKind::Token(token) => Some(token),
            _ => None,
        }
    }
}

#[derive(Debug)]
pub(super) enum PieceKind {
    Token(Token),
    /// A citation without its brackets.
    Citation(String),
    Comment(Comment),
    Row(Row),
    /// The note, as written.
    Note(String),
}

/// A comment as it is to be written, with its dashes.
#[derive(Clone, Debug)]
pub(super) struct Comment {
    pub(super) text: String,
    /// Whether it stands in the first column, where it belongs to what follows.
    pub(super) is_first_column: bool,
}

/// What stands in a block, and whether a blank line ends it.
pub(super) struct Pieces {
    pub(super) all: Vec<Piece>,
    pub(super) ends_blank: bool,
}

pub(super) fn pieces(block: &Block<'_>) -> Pieces {
    let Lexed { tokens, rows, citations, comments, note, .. } = lex(block);
    let text = block.text;
    let mut all: Vec<Piece> = Vec::new();
    let mut add = |start: u32, kind| {
        let starts_line = is_first_on_line(text, start);
        let is_after_blank = starts_line && has_blank_line_before(text, start);
        all.push(Piece { kind, start, starts_line, is_after_blank });
    };
    for token in tokens {
        add(token.span.start, PieceKind::Token(token));
    }
    for row in rows {
        add(row.span.start, PieceKind::Row(row));
    }
    for bracket in citations {
        let citation = bracket.span.of(text).split(';').map(single_spaces).collect::<Vec<_>>();
        add(bracket.span.start.saturating_sub(1), PieceKind::Citation(citation.join("; ")));
    }
    for span in comments {
        let (start, comment) = comment(text, span);
        add(start, PieceKind::Comment(comment));
    }
    if let Some(span) = note {
        add(span.start, PieceKind::Note(span.of(text).to_string()));
    }
    all.sort_by_key(|piece| piece.start);
    Pieces { all, ends_blank: has_blank_line_before(text, text.len() as u32) }
}

/// Pieces that are laid out together.
#[derive(Default)]
pub(super) struct Group {
    /// Comments on lines of their own above it.
    pub(super) above: Vec<Piece>,
    pub(super) pieces: Vec<Piece>,
    /// Comments below it, where nothing else follows.
    pub(super) below: Vec<Piece>,
}

impl Group {
    /// The tokens in it.
    pub(super) fn tokens(&self) -> Vec<Token> {
        self.pieces.iter().filter_map(Piece::token).cloned().collect()
    }

    /// Whether a blank line stands above it, comments apart.
    pub(super) fn is_after_blank(&self) -> bool {
        self.pieces.first().is_some_and(|first| first.is_after_blank)
    }
}

/// Pieces in groups, each but the first from a piece that starts one.
pub(super) fn groups(pieces: Vec<Piece>, is_start: impl Fn(&Piece) -> bool) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut group = Group::default();
    let mut comments = Vec::new();
    for piece in pieces {
        if piece.starts_line && matches!(piece.kind, PieceKind::Comment(_)) {
            comments.push(piece);
            continue;
        }
        if is_start(&piece) {
            let above = mem::take(&mut comments);
            groups.push(mem::replace(&mut group, Group { above, ..Group::default() }));
        }
        group.pieces.append(&mut comments);
        group.pieces.push(piece);
    }
    group.below = comments;
    groups.push(group);
    groups.retain(|group| !group.pieces.is_empty());
    groups
}

fn single_spaces(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A comment with as many dashes as were written, and where it begins.
fn comment(text: &str, span: Span) -> (u32, Comment) {
    let before = text.get(..span.start as usize).unwrap_or_default().trim_end_matches([' ', '\t']);
    let start = before.trim_end_matches('-').len();
    let dashes = before.get(start..).unwrap_or_default();
    let dashes = if dashes.len() < 2 { "--" } else { dashes };
    let inside = span.of(text);
    let parting = if inside.is_empty() { "" } else { " " };
    let is_first_column = start == 0 || text.get(..start).is_some_and(|it| it.ends_with('\n'));
    (start as u32, Comment { text: [dashes, parting, inside].concat(), is_first_column })
}

fn is_first_on_line(text: &str, start: u32) -> bool {
    let before = text.get(..start as usize).unwrap_or_default();
    let before = before.trim_end_matches(|c: char| c != '\n' && c.is_whitespace());
    before.is_empty() || before.ends_with('\n')
}

fn has_blank_line_before(text: &str, start: u32) -> bool {
    let before = text.get(..start as usize).unwrap_or_default();
    let spaces = before.get(before.trim_end().len()..).unwrap_or_default();
    spaces.matches('\n').count() > 1
}
