//! A block to tokens; citations, comments and the note are taken off.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::mem;

use crate::outline::{Block, BlockKind};
use crate::source::Span;
use crate::token::{Token, TokenKind, is_invisible, plain};

mod entries;
mod mistake;
mod rows;
mod words;

pub use entries::{Entry, entries, sentences, split_entry, written};
pub use mistake::LexMistake;
use rows::{cells, is_separator};
use words::{is_fraction, is_iso_date, join_dates, lower, word_length};

/// The tokens of a block, and what stands beside them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lexed {
    /// The tokens outside tables, in order.
    pub tokens: Vec<Token>,
    /// The rows of its table, `|---|` left out.
    pub rows: Vec<Row>,
    /// What stands in square brackets at the ends of lines.
    pub citations: Vec<Bracket>,
    /// The comments, without their dashes.
    pub comments: Vec<Span>,
    /// What follows `note:`.
    pub note: Option<Span>,
    /// What could not be read; the tokens go on after it.
    pub mistakes: Vec<LexMistake>,
}

/// A row of a table as written: what stands between its bars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<RowCell>,
    /// Where it stands, from the first bar to the last.
    pub span: Span,
    /// Its line in the block.
    pub line: u32,
    /// How many tokens stand before it in the block.
    pub tokens_before: usize,
}

/// What stands between two bars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowCell {
    /// Its tokens; none where it is blank.
    pub tokens: Vec<Token>,
    /// Where it stands; where it is blank, the stretch between its bars.
    pub span: Span,
}

/// `[SLA 2.3; NF 3]` at the end of a line, without its brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bracket {
    /// Where its inside stands.
    pub span: Span,
    /// Its line in the block.
    pub line: u32,
}

/// Reads the tokens of a block.
#[must_use]
pub fn lex(block: &Block<'_>) -> Lexed {
    let mut lexer = Lexer { text: block.text, ..Lexer::default() };
    for line in block.text.split_inclusive('\n') {
        let end = lexer.at + line.len();
        lexer.line_end = lexer.at + line.trim_end_matches(['\n', '\r']).len();
        lexer.line(block.kind);
        if lexer.lexed.note.is_some() {
            break;
        }
        lexer.at = end;
        lexer.line += 1;
    }
    lexer.lexed.tokens = join_dates(mem::take(&mut lexer.lexed.tokens));
    lexer.lexed
}

/// The tokens of a stretch of a block, such as the inside of a citation.
#[must_use]
pub fn lex_words(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { text, line_end: text.len(), ..Lexer::default() };
    while lexer.at < lexer.line_end {
        lexer.next();
    }
    lexer.lexed.tokens
}

/// The tokens of a text that is no block, dates joined.
pub(crate) fn lex_text(text: &str) -> Vec<Token> {
    join_dates(lex_words(text))
}

/// Where the lexer stands in the block and in its line.
#[derive(Default)]
struct Lexer<'t> {
    text: &'t str,
    at: usize,
    line_end: usize,
    line: u32,
    column: u32,
    /// Whether a token of this line has been read.
    is_inside_line: bool,
    /// How many spaces stand before the next token; a tab counts for two.
    spaces: u32,
    /// Whether a line that is not indented has been reported.
    has_line_mistake: bool,
    /// Whether a character that nobody sees has been reported.
    has_invisible: bool,
    lexed: Lexed,
}

impl<'t> Lexer<'t> {
    fn line(&mut self, kind: BlockKind) {
        self.column = 0;
        self.is_inside_line = false;
        self.spaces = 0;
        let content = self.rest().trim_start_matches(|c: char| plain(c).is_whitespace());
        if content.len() == self.line_end - self.at && kind != BlockKind::Stray {
            self.not_indented(content.len());
        }
        if content.starts_with('|') && self.line > 0 {
            self.row();
            return;
        }
        while self.at < self.line_end {
            self.next();
            if kind == BlockKind::Clause && self.takes_note() {
                return;
            }
        }
    }

    /// Reports the first line but that of the block's own beginning which is not indented.
    fn not_indented(&mut self, length: usize) {
        let content = self.rest();
        let is_first = self.lexed.tokens.is_empty();
        if length == 0 || is_first || self.has_line_mistake || content.starts_with("--") {
            return;
        }
        self.has_line_mistake = true;
        let line = self.span_of(self.at, self.at + content.trim_end().len());
        self.lexed.mistakes.push(match content.starts_with('|') {
            true => LexMistake::RowNotIndented { row: line },
            false => LexMistake::LineUnknown { line },
        });
    }

    /// Takes a line that begins with a bar off the tokens, and makes it a row.
    fn row(&mut self) {
        if is_separator(self.rest()) {
            return;
        }
        let before = self.lexed.tokens.len();
        while self.at < self.line_end {
            self.next();
        }
        let tokens = join_dates(self.lexed.tokens.split_off(before));
        let start = tokens.first().map(|token| token.span).unwrap_or_default();
        let end = tokens.last().map(|token| token.span).unwrap_or_default();
        let row = Row {
            cells: cells(tokens),
            span: start.to(end),
            line: self.line,
            tokens_before: before,
        };
        self.lexed.rows.push(row);
    }

    /// Whether `note:` has just been read; it and the rest of the block become the note.
    fn takes_note(&mut self) -> bool {
        let tokens = &self.lexed.tokens;
        let is_note = match tokens.as_slice() {
            [before @ .., word, colon] => {
                let may_begin = before
                    .last()
                    .is_some_and(|before| before.kind == TokenKind::Stop || word.starts_line);
                may_begin && word.is_word("note") && colon.kind == TokenKind::Colon
            }
            _ => false,
        };
        if is_note {
            self.lexed.tokens.truncate(tokens.len() - 2);
            let note = self.text.get(self.at..).unwrap_or_default();
            let start = self.at + (note.len() - note.trim_start().len());
            let end = self.at + note.trim_end().len();
            self.lexed.note = Some(self.span_of(start, end.max(start)));
        }
        is_note
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..self.line_end).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next().map(plain)
    }

    fn peek_after(&self, count: usize) -> Option<char> {
        self.rest().chars().nth(count).map(plain)
    }

    fn span_of(&self, start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end as u32 }
    }

    /// Goes on by one character.
    fn step(&mut self) {
        if let Some(character) = self.rest().chars().next() {
            self.at += character.len_utf8();
            self.column = if character == '\t' { self.column / 4 * 4 + 4 } else { self.column + 1 };
        }
    }

    /// Reads the next token, comment, citation or space.
    fn next(&mut self) {
        let Some(character) = self.peek() else { return };
        match character {
            '\t' => {
                self.spaces += 2;
                self.step();
            }
            space if space.is_whitespace() || space == '\u{feff}' => {
                self.spaces += 1;
                self.step();
            }
            hidden if is_invisible(hidden) => self.invisible(hidden),
            '-' if self.is_comment() => self.comment(),
            '[' => self.citation(),
            '"' => self.quoted(),
            '£' => self.money(),
            '-' if self.is_negative() => self.negative(),
            digit if digit.is_ascii_digit() => self.number(),
            letter if letter.is_alphanumeric() => self.word(),
            _ => self.sign(character),
        }
    }

    fn is_comment(&self) -> bool {
        let is_free = !self.is_inside_line || self.spaces > 0;
        is_free && self.peek_after(1) == Some('-')
    }

    fn comment(&mut self) {
        let start = self.at + self.rest().len() - self.rest().trim_start_matches('-').len();
        let inside = self.text.get(start..self.line_end).unwrap_or_default();
        let begin = start + (inside.len() - inside.trim_start().len());
        let end = start + inside.trim_end().len();
        let span = self.span_of(begin, end.max(begin));
        self.lexed.comments.push(span);
        self.at = self.line_end;
    }

    fn citation(&mut self) {
        let rest = self.rest();
        let Some(length) = rest.find(']') else {
            let bracket = self.span_of(self.at, self.at + 1);
            self.lexed.mistakes.push(LexMistake::CitationNotClosed { bracket });
            self.at = self.line_end;
            return;
        };
        let after = rest.get(length + 1..).unwrap_or_default();
        let after = after.trim_start_matches(|c: char| plain(c).is_whitespace());
        let is_at_end = after.is_empty() || after.starts_with("--");
        let outside = self.span_of(self.at, self.at + length + 1);
        let inside = self.span_of(self.at + 1, self.at + length);
        self.lexed.citations.push(Bracket { span: inside, line: self.line });
        let is_told =
            matches!(self.lexed.mistakes.last(), Some(LexMistake::CitationNotAtLineEnd { .. }));
        if !is_at_end && !is_told {
            self.lexed.mistakes.push(LexMistake::CitationNotAtLineEnd { citation: outside });
        }
        self.at += length + 1;
        self.spaces += 1;
    }

    fn quoted(&mut self) {
        let start = self.at;
        self.step();
        let inside = self.at;
        while self.peek().is_some_and(|character| character != '"') {
            self.step();
        }
        let key = self.text.get(inside..self.at).unwrap_or_default().to_string();
        if self.peek().is_none() {
            let quote = self.span_of(start, inside);
            self.lexed.mistakes.push(LexMistake::QuoteNotClosed { quote });
        }
        self.step();
        self.push(TokenKind::Text, start, key);
    }

    fn money(&mut self) {
        let start = self.at;
        self.step();
        let mut key = String::new();
        if self.peek() == Some('-') {
            key.push('-');
            self.step();
        }
        let before = key.len();
        self.digits(&mut key);
        let kind = if key.len() > before { TokenKind::Money } else { TokenKind::Other };
        self.push(kind, start, key);
    }

    /// Whether a dash stands straight before a number, and after a space: its sign.
    fn is_negative(&self) -> bool {
        let is_free = self.is_inside_line && (self.spaces > 0 || self.is_after_open());
        let next = self.peek_after(1);
        is_free && next.is_some_and(|next| next.is_ascii_digit() || next == '£')
    }

    fn is_after_open(&self) -> bool {
        self.lexed
            .tokens
            .last()
            .is_some_and(|last| matches!(last.kind, TokenKind::Open | TokenKind::Bar))
    }

    fn negative(&mut self) {
        let start = self.at;
        self.step();
        if self.peek() == Some('£') {
            self.money();
        } else {
            self.number();
        }
        if let Some(last) = self.lexed.tokens.last_mut() {
            last.span.start = start as u32;
            last.key.insert(0, '-');
        }
    }

    /// Digits, with commas before three of them, and a point before more.
    fn digits(&mut self, key: &mut String) {
        while let Some(next) = self.peek() {
            if next.is_ascii_digit() {
                key.push(next);
                self.step();
            } else if next == ',' && !key.contains('.') && self.are_thousands() {
                self.step();
            } else if next == '.' && !key.contains('.') && self.is_digit_after(1) {
                key.push(next);
                self.step();
            } else {
                return;
            }
        }
    }

    fn are_thousands(&self) -> bool {
        (1..4).all(|count| self.is_digit_after(count)) && !self.is_digit_after(4)
    }

    fn is_digit_after(&self, count: usize) -> bool {
        self.peek_after(count).is_some_and(|c| c.is_ascii_digit())
    }

    /// A number and what digits can begin: a percent, a fraction, a date, a word (`38-week`).
    fn number(&mut self) {
        let (start, column) = (self.at, self.column);
        let run = word_length(self.rest());
        let word: String = self.rest().get(..run).unwrap_or_default().chars().map(plain).collect();
        if is_iso_date(&word) || is_fraction(&word) {
            let kind = if is_fraction(&word) { TokenKind::Fraction } else { TokenKind::Date };
            self.at += run;
            self.column += word.chars().count() as u32;
            self.push(kind, start, word);
            return;
        }
        let mut key = String::new();
        self.digits(&mut key);
        match self.peek() {
            Some('%') => {
                self.step();
                self.push(TokenKind::Percent, start, key);
            }
            Some(letter) if letter.is_ascii_uppercase() && key.contains('.') => {
                key.push(letter);
                self.step();
                self.push(TokenKind::ClauseNumber, start, key);
            }
            _ if !key.contains('.') && start + run > self.at => {
                (self.at, self.column) = (start, column);
                self.word();
            }
            _ => self.push(TokenKind::Number, start, key),
        }
    }

    fn word(&mut self) {
        let start = self.at;
        let mut key = String::new();
        loop {
            let length = word_length(self.rest());
            let word = self.rest().get(..length).unwrap_or_default();
            key.push_str(&lower(word));
            self.column += word.chars().count() as u32;
            self.at += length;
            // The parts on both sides of it are one word to whoever reads it.
            match (self.peek(), self.peek_after(1)) {
                (Some(hidden), Some(next)) if is_invisible(hidden) && next.is_alphanumeric() => {
                    self.invisible(hidden);
                }
                _ => break,
            }
        }
        let kind = if key == "x" { TokenKind::Times } else { TokenKind::Word };
        self.push(kind, start, key);
    }

    /// Tells a character that nobody sees, the first of several in a block.
    fn invisible(&mut self, hidden: char) {
        let character = self.span_of(self.at, self.at + hidden.len_utf8());
        if !mem::replace(&mut self.has_invisible, true) {
            self.lexed.mistakes.push(LexMistake::Invisible { character });
        }
        self.step();
    }

    fn sign(&mut self, character: char) {
        let start = self.at;
        self.step();
        let is_last = self.peek().is_none_or(char::is_whitespace);
        let kind = match character {
            ',' => TokenKind::Comma,
            ':' => TokenKind::Colon,
            ';' => TokenKind::Semicolon,
            '.' if is_last => TokenKind::Stop,
            '=' => TokenKind::Equals,
            '+' => TokenKind::Plus,
            '-' => TokenKind::Minus,
            '–' | '—' if !self.is_inside_line => TokenKind::Minus,
            '–' | '—' => TokenKind::LongDash,
            '*' => TokenKind::Times,
            '/' => TokenKind::Slash,
            '<' => TokenKind::Less,
            '(' => TokenKind::Open,
            ')' => TokenKind::Close,
            '|' => TokenKind::Bar,
            _ => TokenKind::Other,
        };
        let key = if kind == TokenKind::Times { 'x' } else { character };
        self.push(kind, start, key.to_string());
    }

    fn push(&mut self, kind: TokenKind, start: usize, key: String) {
        let span = self.span_of(start, self.at);
        let length = self.text.get(start..self.at).unwrap_or_default().chars().count() as u32;
        self.lexed.tokens.push(Token {
            kind,
            span,
            key,
            line: self.line,
            column: self.column.saturating_sub(length),
            starts_line: !self.is_inside_line,
            is_after_gap: !self.is_inside_line || self.spaces > 1,
        });
        self.is_inside_line = true;
        self.spaces = 0;
    }
}
