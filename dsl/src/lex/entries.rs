//! Tokens by line and sentence: declarations, and the sentences of a clause.

use alloc::string::String;
use alloc::vec::Vec;

use crate::token::{Token, TokenKind};

/// One line of a block of declarations, with the lines that continue it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'t> {
    /// The tokens before the first two spaces, tab or colon.
    pub name: &'t [Token],
    /// The tokens after it.
    pub rest: &'t [Token],
}

/// The declarations below the first line of a block: one for each line that is indented as
/// far as the first or less; a line indented further continues the one above.
#[must_use]
pub fn entries(tokens: &[Token]) -> Vec<Entry<'_>> {
    let header = tokens.first().map_or(0, |first| first.line);
    let below = tokens.iter().position(|token| token.line > header).unwrap_or(tokens.len());
    let tokens = tokens.get(below..).unwrap_or_default();
    let Some(column) = tokens.first().map(|first| first.column) else { return Vec::new() };
    let is_start = |token: &Token| token.starts_line && token.column <= column;
    let mut entries = Vec::new();
    let mut rest = tokens;
    while !rest.is_empty() {
        let next = rest.iter().skip(1).position(is_start).map_or(rest.len(), |at| at + 1);
        let (entry, after) = rest.split_at_checked(next).unwrap_or((rest, &[]));
        entries.push(split_entry(entry));
        rest = after;
    }
    entries
}

/// The text of some tokens as written, with single spaces, and none before a semicolon; comments and citations between them
/// are no part of it.
#[must_use]
pub fn written(tokens: &[Token], text: &str) -> String {
    let mut written = String::new();
    let mut before: Option<&Token> = None;
    for token in tokens {
        let is_joined = token.kind == TokenKind::Semicolon
            || before.is_some_and(|before| before.span.end == token.span.start);
        if before.is_some() && !is_joined {
            written.push(' ');
        }
        written.push_str(&written_token(token, text));
        before = Some(token);
    }
    written
}

/// One token as written: a date over two lines as its plain form, which is read the same.
fn written_token(token: &Token, text: &str) -> String {
    let text = token.span.of(text);
    if token.kind == TokenKind::Date && text.contains('\n') {
        return token.key.clone();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Parts the name of a declaration from the rest, at the first gap or colon.
#[must_use]
pub fn split_entry(tokens: &[Token]) -> Entry<'_> {
    let is_end = |token: &Token| token.is_after_gap || token.kind == TokenKind::Colon;
    let end = tokens.iter().skip(1).position(is_end).map_or(tokens.len(), |at| at + 1);
    let (name, rest) = tokens.split_at_checked(end).unwrap_or((tokens, &[]));
    let rest = match rest {
        [colon, rest @ ..] if colon.kind == TokenKind::Colon => rest,
        _ => rest,
    };
    Entry { name, rest }
}

/// The sentences of a clause, without their full stops.
///
/// The full stop is optional after dash items and rates, so one before a dash item or a
/// further rate does not end the sentence.
#[must_use]
pub fn sentences(tokens: &[Token]) -> Vec<&[Token]> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (index, token) in tokens.iter().enumerate() {
        let next = tokens.get(index + 1);
        if token.kind == TokenKind::Stop && !next.is_some_and(continues_sentence) {
            sentences.push(tokens.get(start..index).unwrap_or_default());
            start = index + 1;
        }
    }
    sentences.push(tokens.get(start..).unwrap_or_default());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

fn continues_sentence(next: &Token) -> bool {
    let is_literal = matches!(next.kind, TokenKind::Money | TokenKind::Percent | TokenKind::Number);
    next.starts_line && (is_literal || next.kind == TokenKind::Minus)
}
