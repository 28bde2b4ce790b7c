//! Lines on their way to the text.

use alloc::string::String;
use alloc::vec::Vec;

use super::pieces::{Piece, PieceKind};

/// A line of the text.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) text: String,
    /// Whether a blank line stands above it.
    pub(super) is_after_blank: bool,
}

impl Line {
    /// Lines without blank ones between.
    pub(super) fn all(lines: Vec<String>) -> Vec<Line> {
        lines.into_iter().map(|text| Line { text, is_after_blank: false }).collect()
    }

    /// Lines with a blank one above them or not.
    pub(super) fn below(is_after_blank: bool, lines: Vec<String>) -> Vec<Line> {
        let mut lines = Line::all(lines);
        if let Some(first) = lines.first_mut() {
            first.is_after_blank = is_after_blank;
        }
        lines
    }
}

/// Comments, each on a line of its own, so far from the left.
pub(super) fn comment_lines(pieces: &[Piece], indent: usize) -> Vec<Line> {
    let line = |piece: &Piece| match &piece.kind {
        PieceKind::Comment(comment) => Some(Line {
            text: alloc::format!("{:indent$}{}", "", comment.text),
            is_after_blank: piece.is_after_blank,
        }),
        _ => None,
    };
    pieces.iter().filter_map(line).collect()
}

/// Takes the comments in the first column off the end of a block: they belong to the next one.
pub(super) fn take_leading(pieces: &mut Vec<Piece>) -> Vec<Line> {
    let is_leading = |piece: &Piece| match &piece.kind {
        PieceKind::Comment(comment) => piece.starts_line && comment.is_first_column,
        _ => false,
    };
    let count = pieces.iter().rev().take_while(|piece| is_leading(piece)).count();
    let taken = pieces.split_off(pieces.len() - count);
    comment_lines(&taken, 0)
}

/// Takes the comments off the beginning of the first block.
pub(super) fn take_opening(pieces: &mut Vec<Piece>) -> Vec<Line> {
    let is_comment = |piece: &&Piece| matches!(piece.kind, PieceKind::Comment(_));
    let count = pieces.iter().take_while(is_comment).count();
    let rest = pieces.split_off(count);
    let taken = core::mem::replace(pieces, rest);
    comment_lines(&taken, 0)
}
