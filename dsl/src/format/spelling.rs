//! How one token is written, and what stands between two.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::date::Date;
use apportion_core::money::Money;

use crate::token::{Token, TokenKind, plain};

/// What a text is read as, which decides how its signs are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Sentences of a clause, where a long dash takes away.
    Sentence,
    /// Types, cells and other lists, where a long dash means `to`.
    Range,
    /// What an example states; a long dash means nothing.
    Stated,
    /// A title or a full name, kept to the letter.
    Verbatim,
}

/// A token in its one way, given the one before it: money with pence and commas, a date as `1 April 2026`, words and
/// signs in plain characters. Percents, fractions and other numbers stay as written.
pub(super) fn spelled(
    before: Option<&Token>,
    token: &Token,
    text: &str,
    reading: Reading,
) -> String {
    let written = || token.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if reading == Reading::Verbatim {
        return written();
    }
    match token.kind {
        // `to the nearest £1` is a step, and no amount.
        TokenKind::Money if before.is_some_and(|it| it.is_word("nearest")) => in_plain(&written()),
        TokenKind::Money => {
            Money::parse(&token.key).map_or_else(|_| in_plain(&written()), |it| it.to_string())
        }
        TokenKind::Date => match iso(&token.key) {
            Some(day) => day.to_string(),
            None if token.span.of(text).contains('\n') => token.key.clone(),
            None => written(),
        },
        TokenKind::Text => alloc::format!("\"{}\"", token.key),
        TokenKind::Times => String::from("x"),
        TokenKind::LongDash => match reading {
            Reading::Sentence => String::from("-"),
            Reading::Range => String::from("to"),
            Reading::Stated | Reading::Verbatim => written(),
        },
        TokenKind::Minus => String::from("-"),
        _ => in_plain(&written()),
    }
}

/// `2026-04-01`
fn iso(key: &str) -> Option<Date> {
    let mut parts = key.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn in_plain(text: &str) -> String {
    text.chars().map(plain).collect()
}

/// Whether a space stands between two tokens that follow each other.
pub(super) fn is_parted(before: &Token, token: &Token, reading: Reading) -> bool {
    let is_apart = before.span.end != token.span.start;
    if reading == Reading::Verbatim || [before, token].iter().any(|it| it.kind == TokenKind::Other)
    {
        return is_apart;
    }
    // `in the ratio 93.7 : 28.3`
    if token.kind == TokenKind::Colon && before.kind == TokenKind::Number {
        return is_apart;
    }
    let is_joined = matches!(
        token.kind,
        TokenKind::Comma
            | TokenKind::Colon
            | TokenKind::Semicolon
            | TokenKind::Stop
            | TokenKind::Close
    );
    !is_joined && before.kind != TokenKind::Open
}
