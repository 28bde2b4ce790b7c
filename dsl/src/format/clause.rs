//! Clauses: sentences beside their number, lists, rates, tables and the note below.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::mem;

use super::layout::{Line, comment_lines};
use super::paragraph::{Break, Paragraph};
use super::pieces::{Group, Piece, PieceKind, groups};
use super::rates::{Rates, ends_name};
use super::spelling::Reading;
use super::table::{RowLine, table};
use crate::names::days_length;
use crate::token::{Token, TokenKind};

/// Where things stand in the clauses of a section.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    /// The sentences, beside the numbers.
    pub(super) sentences: usize,
    /// The rates, beside their names.
    pub(super) rates: usize,
}

/// How much further a list stands, or the conditions below `when`.
const STEP: usize = 2;

/// What parts the longest name of a rate from its value.
const RATE_GAP: usize = 4;

/// Names of rates longer than this do not push the values further, which then stand below.
const LONGEST: usize = 60;

/// The lines of a clause.
pub(super) fn clause(pieces: Vec<Piece>, text: &str, columns: Columns) -> Vec<Line> {
    let rates = Rates::find(&pieces);
    let depths = depths(&pieces);
    let is_start = |piece: &Piece| match &piece.kind {
        PieceKind::Token(token) => token.is_item() || rates.is_below(token),
        PieceKind::Row(_) | PieceKind::Note(_) => true,
        PieceKind::Citation(_) | PieceKind::Comment(_) => false,
    };
    let mut groups = groups(pieces, is_start);
    move_citations(&mut groups, &rates);
    let mut lines = Vec::new();
    let mut rows: Vec<RowLine> = Vec::new();
    for mut group in groups {
        let above = mem::take(&mut group.above);
        let below = comment_lines(&group.below, columns.sentences);
        let Some(first) = group.pieces.first() else { continue };
        if matches!(first.kind, PieceKind::Row(_)) {
            rows.extend(row(comment_lines(&above, columns.sentences), group, below));
            continue;
        }
        lines.extend(table(mem::take(&mut rows), text, columns.sentences));
        let (indent, hang) = match &first.kind {
            PieceKind::Token(token) if rates.is_below(token) => {
                (columns.rates, columns.rates + STEP)
            }
            PieceKind::Token(token) if token.is_item() => {
                let depth = depths.get(&token.span.start).copied().unwrap_or(0);
                let indent = columns.sentences + STEP * (depth + 1);
                (indent, indent + STEP)
            }
            PieceKind::Token(_) => (0, columns.sentences),
            _ => (columns.sentences, columns.sentences),
        };
        lines.extend(comment_lines(&above, indent.max(STEP)));
        lines.extend(match &first.kind {
            PieceKind::Note(note) => note_lines(note, columns.sentences),
            _ => sentences(group, text, (indent, hang), (columns, &rates)),
        });
        lines.extend(below);
    }
    lines.extend(table(rows, text, columns.sentences));
    lines
}

/// How deep the items of lists stand in each other, by where they begin.
fn depths(pieces: &[Piece]) -> BTreeMap<u32, usize> {
    let mut open: Vec<u32> = Vec::new();
    let mut depths = BTreeMap::new();
    for item in pieces.iter().filter_map(Piece::token).filter(|token| token.is_item()) {
        while open.last().is_some_and(|&column| column > item.column) {
            open.pop();
        }
        if open.last() != Some(&item.column) {
            open.push(item.column);
        }
        depths.insert(item.span.start, open.len() - 1);
    }
    depths
}

/// A citation on a line of its own is the clause's: it does not come to stand beside a rate
/// or a row.
fn move_citations(groups: &mut [Group], rates: &Rates) {
    let Some((first, others)) = groups.split_first_mut() else { return };
    for group in others {
        let has_own = group.pieces.first().is_some_and(|piece| match &piece.kind {
            PieceKind::Token(token) => rates.is_below(token),
            PieceKind::Row(_) => true,
            _ => false,
        });
        let is_clauses =
            |piece: &Piece| piece.starts_line && matches!(piece.kind, PieceKind::Citation(_));
        if has_own {
            let pieces = mem::take(&mut group.pieces);
            let (moved, kept) = pieces.into_iter().partition(is_clauses);
            group.pieces = kept;
            first.pieces.extend::<Vec<Piece>>(moved);
        }
    }
}

fn row(above: Vec<Line>, group: Group, below: Vec<Line>) -> Option<RowLine> {
    let mut pieces = group.pieces.into_iter();
    let PieceKind::Row(row) = pieces.next()?.kind else { return None };
    let mut beside = RowLine { row, above, citations: Vec::new(), comments: Vec::new(), below };
    for piece in pieces {
        match piece.kind {
            PieceKind::Citation(citation) => beside.citations.push(citation),
            PieceKind::Comment(comment) => beside.comments.push(comment.text),
            _ => {}
        }
    }
    Some(beside)
}

/// A note as written, its lines below each other.
fn note_lines(note: &str, indent: usize) -> Vec<Line> {
    const WORD: &str = "note: ";
    let mut lines = note.lines();
    let first = lines.next().unwrap_or_default().trim();
    let others: Vec<&str> = lines.collect();
    let depth = |line: &str| line.len() - line.trim_start().len();
    let least = others.iter().filter(|line| !line.trim().is_empty()).map(|line| depth(line)).min();
    let mut laid =
        Line::all(Vec::from([alloc::format!("{:indent$}{WORD}{first}", "").trim_end().into()]));
    let mut is_after_blank = false;
    for line in others {
        if !line.trim().is_empty() {
            let indent = indent + WORD.len() + depth(line) - least.unwrap_or(0);
            let text = alloc::format!("{:indent$}{}", "", line.trim());
            laid.push(Line { text, is_after_blank });
        }
        is_after_blank = line.trim().is_empty();
    }
    laid
}

/// The words of a clause from its number, an item or a rate on.
fn sentences(
    group: Group,
    text: &str,
    (indent, hang): (usize, usize),
    (columns, rates): (Columns, &Rates),
) -> Vec<Line> {
    let tokens = group.tokens();
    let mut paragraph = Paragraph::new(indent, hang);
    let mut below_when = BelowWhen { hang, is_inside: false };
    // `(until 31 March 2026)` stands beside the number, and the sentence beside it.
    let days = days_length(tokens.get(1..).unwrap_or_default());
    paragraph.add_each(group.pieces, |paragraph, place, token| {
        let before = tokens.get(..place).unwrap_or_default();
        let next = tokens.get(place + 1);
        if indent == 0 && place <= days {
            paragraph.add(token, text, Reading::Sentence, Break::Never);
        } else if indent == 0 && place == days + 1 {
            paragraph.add_at(token, text, Reading::Sentence, (columns.sentences, 2));
        } else if rates.is_beside(token) && paragraph.length() > columns.rates {
            paragraph.add(token, text, Reading::Sentence, Break::Always(columns.rates));
        } else if rates.is_beside(token) {
            paragraph.add_at(token, text, Reading::Sentence, (columns.rates, RATE_GAP));
        } else {
            let may_break = below_when.may_break(before, token, next);
            paragraph.add(token, text, Reading::Sentence, may_break);
        }
    });
    Line::all(paragraph.lines())
}

/// Conditions that stand below `when`, each on its line, because their author put the first
/// one there.
struct BelowWhen {
    hang: usize,
    is_inside: bool,
}

impl BelowWhen {
    /// What may break the line before a token.
    fn may_break(&mut self, before: &[Token], token: &Token, next: Option<&Token>) -> Break {
        let (Some(last), earlier) = (before.last(), before.len().wrapping_sub(2)) else {
            return Break::Never;
        };
        let earlier = before.get(earlier).map(|token| token.kind);
        let begins_condition = last.is_word("when") && earlier == Some(TokenKind::Word);
        let continues = last.is_word("and") || last.is_word("or");
        if begins_condition && token.starts_line {
            self.is_inside = true;
            return Break::Always(self.hang + STEP);
        }
        if self.is_inside && continues && earlier == Some(TokenKind::Comma) {
            return Break::Always(self.hang + STEP);
        }
        if self.is_inside && last.kind == TokenKind::Stop {
            self.is_inside = false;
            return Break::Always(self.hang);
        }
        if token.is_word("otherwise") && last.kind == TokenKind::Semicolon {
            return Break::Long;
        }
        let begins_note =
            token.is_word("note") && next.is_some_and(|it| it.kind == TokenKind::Colon);
        let continues_rate = last.kind == TokenKind::Stop && token.kind != TokenKind::Word;
        // `£5.00 a week` and `the ICB` are read in one breath.
        let is_unit = last.kind == TokenKind::Money && token.is_article();
        let is_joined = last.is_word("when") || last.is_article() || is_unit;
        match is_joined || begins_note || continues_rate {
            true => Break::Never,
            false => Break::Full,
        }
    }
}

/// How wide the name of the rate is that a clause gives, from its number on.
pub(super) fn rate_width(pieces: &[Piece], text: &str, sentences: usize) -> Option<usize> {
    if Rates::find(pieces).are_none() {
        return None;
    }
    let mut paragraph = Paragraph::line(0, 0);
    let tokens: Vec<&Token> = pieces.iter().filter_map(Piece::token).collect();
    for (place, token) in tokens.iter().enumerate() {
        match place {
            1 => paragraph.add_at(token, text, Reading::Sentence, (sentences, 2)),
            _ => paragraph.add(token, text, Reading::Sentence, Break::Never),
        }
        if ends_name(&tokens, place) {
            break;
        }
    }
    Some(paragraph.length()).filter(|&width| width <= LONGEST)
}

/// The column of the rates of a section, given how wide their names are.
pub(super) fn rate_column(widths: impl Iterator<Item = usize>, sentences: usize) -> usize {
    widths.max().unwrap_or(sentences) + RATE_GAP
}
