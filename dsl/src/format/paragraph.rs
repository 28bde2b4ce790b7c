//! Words to lines: filled up to a width, with citations in their column and comments at the
//! ends of lines.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::mem;

use super::pieces::{Piece, PieceKind};
use super::spelling::{Reading, is_parted, spelled};
use crate::token::{Token, TokenKind};

/// How wide a line of words is at most.
const WIDTH: usize = 90;

/// Where citations begin, if there is room.
const CITATIONS: usize = 82;

/// Where citations end that are too long to begin in their column, and the lines of lists.
const RIGHT: usize = 104;

/// How far back from the end of a full line a comma is looked for, to end the line there.
const REACH: usize = 22;

/// What may break a line before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// Nothing but a comment.
    Never,
    /// A full line.
    Full,
    /// A paragraph that does not fit in one line.
    Long,
    /// A new line begins here in any case, so far from the left.
    Always(usize),
}

#[derive(Debug)]
struct Word {
    text: String,
    /// The spaces before it where it does not begin a line.
    spaces: usize,
    may_break: Break,
}

#[derive(Debug)]
enum Part {
    Word(Word),
    /// At the end of the line at hand.
    Comment(String),
    /// On a line of its own.
    CommentLine(String),
}

/// Words that are filled into lines together.
#[derive(Debug)]
pub(super) struct Paragraph {
    parts: Vec<Part>,
    /// How far from the left its first line stands.
    indent: usize,
    /// How far from the left the others do.
    hang: usize,
    width: usize,
    /// Whether lines are to end at commas, however much room that leaves.
    ends_at_commas: bool,
    citations: Vec<String>,
    before: Option<Token>,
}

impl Paragraph {
    /// A paragraph of lines of words.
    pub(super) fn new(indent: usize, hang: usize) -> Paragraph {
        Paragraph {
            parts: Vec::new(),
            indent,
            hang,
            width: WIDTH,
            ends_at_commas: false,
            citations: Vec::new(),
            before: None,
        }
    }

    /// One line, however long.
    pub(super) fn line(indent: usize, hang: usize) -> Paragraph {
        Paragraph { width: usize::MAX, ..Paragraph::new(indent, hang) }
    }

    /// A list whose lines end at commas.
    pub(super) fn list(indent: usize, hang: usize) -> Paragraph {
        Paragraph { width: RIGHT, ends_at_commas: true, ..Paragraph::new(indent, hang) }
    }

    /// Adds a word that begins a block or a part of one, in lower case.
    pub(super) fn add_keyword(&mut self, token: &Token) {
        let text = token.key.clone();
        self.parts.push(Part::Word(Word { text, spaces: 1, may_break: Break::Never }));
        self.before = Some(token.clone());
    }

    /// Adds a token.
    pub(super) fn add(&mut self, token: &Token, text: &str, reading: Reading, may_break: Break) {
        let before = self.before.as_ref();
        let is_parted = before.is_none_or(|before| is_parted(before, token, reading));
        let spaces = usize::from(is_parted);
        let may_break = match may_break {
            // A dash that begins a line would be an item of a list.
            Break::Full if !is_parted || is_dash(token) => Break::Never,
            other => other,
        };
        let text = spelled(before, token, text, reading);
        self.parts.push(Part::Word(Word { text, spaces, may_break }));
        self.before = Some(token.clone());
    }

    /// Adds a token so far from the left, but at least so many spaces after the one before it.
    pub(super) fn add_at(
        &mut self,
        token: &Token,
        text: &str,
        reading: Reading,
        (column, least): (usize, usize),
    ) {
        let spaces = column.saturating_sub(self.length()).max(least);
        self.add(token, text, reading, Break::Never);
        if let Some(Part::Word(word)) = self.parts.last_mut() {
            word.spaces = spaces;
        }
    }

    pub(super) fn cite(&mut self, citation: String) {
        self.citations.push(citation);
    }

    /// Adds pieces in their order: each token, with its place among the tokens, as the caller
    /// says, and what stands beside them.
    pub(super) fn add_each(
        &mut self,
        pieces: Vec<Piece>,
        mut add: impl FnMut(&mut Self, usize, &Token),
    ) {
        let mut place = 0;
        for piece in pieces {
            match piece.token() {
                Some(token) => {
                    add(self, place, token);
                    place += 1;
                }
                None => self.add_beside(piece),
            }
        }
    }

    /// Adds what is no token: a comment where it stands, a citation beside the first line.
    fn add_beside(&mut self, piece: Piece) {
        match piece.kind {
            PieceKind::Citation(citation) => self.cite(citation),
            PieceKind::Comment(comment) if piece.starts_line => {
                self.parts.push(Part::CommentLine(comment.text));
            }
            PieceKind::Comment(comment) => self.parts.push(Part::Comment(comment.text)),
            PieceKind::Token(_) | PieceKind::Row(_) | PieceKind::Note(_) => {}
        }
    }

    /// The token added last.
    pub(super) fn last(&self) -> Option<&Token> {
        self.before.as_ref()
    }

    /// How wide it is as one line, without citations and comments.
    pub(super) fn length(&self) -> usize {
        self.indent
            + width_of(self.parts.iter().filter_map(|part| match part {
                Part::Word(word) => Some(word),
                _ => None,
            }))
    }

    /// Whether all of it fits in one line beside its citation.
    pub(super) fn fits(&self) -> bool {
        self.length() <= self.limit(true)
    }

    fn limit(&self, is_first: bool) -> usize {
        let before_citation = is_first && !self.citations.is_empty();
        if before_citation { self.width.min(CITATIONS) } else { self.width }
    }

    /// Its lines.
    pub(super) fn lines(mut self) -> Vec<String> {
        let mut lines = Lines {
            done: Vec::new(),
            line: Vec::new(),
            indent: self.indent,
            width: self.indent,
            may_break: false,
            citation: (!self.citations.is_empty()).then(|| self.citations.join("; ")),
        };
        let mut hang = self.hang;
        let is_long = !self.fits();
        for part in mem::take(&mut self.parts) {
            match part {
                Part::Word(word) => {
                    if let Break::Always(new) = word.may_break {
                        hang = new;
                        lines.end_line(None, hang);
                    }
                    if word.may_break == Break::Long && is_long {
                        lines.end_line(None, hang);
                    }
                    let limit = self.limit(lines.done.is_empty());
                    lines.push(word, limit);
                    if lines.width > limit && lines.may_break {
                        lines.break_full(limit, hang, self.ends_at_commas);
                    }
                }
                Part::Comment(comment) => lines.end_line(Some(&comment), hang),
                Part::CommentLine(comment) => {
                    lines.end_line(None, hang);
                    lines.done.push(alloc::format!("{:hang$}{comment}", ""));
                }
            }
        }
        lines.end_line(None, hang);
        lines.done
    }
}

fn is_dash(token: &Token) -> bool {
    let is_sign = matches!(token.kind, TokenKind::Minus | TokenKind::LongDash);
    let is_literal =
        matches!(token.kind, TokenKind::Money | TokenKind::Percent | TokenKind::Number);
    is_sign || (is_literal && token.key.starts_with('-'))
}

fn width_of<'w>(words: impl Iterator<Item = &'w Word>) -> usize {
    words
        .enumerate()
        .map(|(place, word)| {
            let spaces = if place == 0 { 0 } else { word.spaces };
            spaces + word.text.chars().count()
        })
        .sum()
}

/// Lines being filled.
struct Lines {
    done: Vec<String>,
    line: Vec<Word>,
    /// How far from the left the line at hand stands.
    indent: usize,
    /// How far it goes.
    width: usize,
    /// Whether it can be broken somewhere that leaves no more than the limit.
    may_break: bool,
    /// What stands beside the first line, until it is done.
    citation: Option<String>,
}

impl Lines {
    fn push(&mut self, word: Word, limit: usize) {
        if !self.line.is_empty() {
            self.may_break |= word.may_break == Break::Full && self.width <= limit;
            self.width += word.spaces;
        }
        self.width += word.text.chars().count();
        self.line.push(word);
    }

    /// Ends the line before the last word that may begin one and leaves no more than the
    /// limit, or earlier after a comma.
    fn break_full(&mut self, limit: usize, hang: usize, ends_at_commas: bool) {
        let mut end = self.indent;
        let mut last = None;
        let mut after_comma = None;
        for (place, word) in self.line.iter().enumerate() {
            if place > 0 && word.may_break == Break::Full && end <= limit {
                last = Some(place);
                let is_comma = |word: &Word| word.text.ends_with([',', ';', '.', ':']);
                let is_near = ends_at_commas || end + REACH >= limit;
                if is_near && self.line.get(place - 1).is_some_and(is_comma) {
                    after_comma = Some(place);
                }
            }
            end += if place > 0 { word.spaces } else { 0 } + word.text.chars().count();
        }
        if let Some(place) = after_comma.or(last) {
            let rest = self.line.split_off(place);
            self.end_line(None, hang);
            rest.into_iter().for_each(|word| self.push(word, limit));
        }
    }

    /// Ends the line at hand, if there is one, and puts its citation and comment beside it.
    fn end_line(&mut self, comment: Option<&str>, hang: usize) {
        let words = mem::take(&mut self.line);
        let indent = mem::replace(&mut self.indent, hang);
        (self.width, self.may_break) = (hang, false);
        if words.is_empty() && comment.is_none() {
            return;
        }
        let mut line = alloc::format!("{:indent$}", "");
        for (place, word) in words.iter().enumerate() {
            let spaces = if place > 0 { word.spaces } else { 0 };
            line.push_str(&alloc::format!("{:spaces$}{}", "", word.text));
        }
        if let Some(citation) = self.citation.take() {
            cite(&mut line, &citation);
        }
        if let Some(comment) = comment {
            line.push_str(if line.trim().is_empty() { "" } else { "  " });
            line.push_str(comment);
        }
        self.done.push(line.trim_end().to_string());
    }
}

/// Puts a citation beside a line: in its column, or so far left that it ends in time, but
/// never nearer than two spaces.
pub(super) fn cite(line: &mut String, citation: &str) {
    let start = CITATIONS.min(RIGHT.saturating_sub(citation.chars().count() + 2));
    let width = line.chars().count();
    let spaces = start.saturating_sub(width).max(2);
    line.push_str(&alloc::format!("{:spaces$}[{citation}]", ""));
}
