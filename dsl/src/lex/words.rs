//! What letters and digits make: words, fractions and dates.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::token::{Token, TokenKind, month, plain};

/// How many bytes of a text make its first word: letters and digits, and `'`, `-`, `/`, `&`
/// inside; an apostrophe may also end it (`the parties' payments`).
pub(super) fn word_length(text: &str) -> usize {
    // Nearly every word is of plain letters and digits alone.
    let plain_letters = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let next = text.as_bytes().get(plain_letters);
    if next.is_none_or(|next| next.is_ascii() && !b"'-/&".contains(next)) {
        return plain_letters;
    }
    let mut characters = text.char_indices().peekable();
    let mut end = 0;
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|&(_, next)| plain(next));
        let is_followed = next.is_some_and(char::is_alphanumeric);
        let is_inside = match plain(character) {
            '\'' => is_followed || text.get(..at).is_some_and(|word| word.ends_with(['s', 'S'])),
            '-' | '/' | '&' => is_followed,
            other => other.is_alphanumeric(),
        };
        if !is_inside {
            break;
        }
        end = at + character.len_utf8();
    }
    end
}

/// A word in small letters, as names are compared.
pub(super) fn lower(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.chars().map(plain).flat_map(char::to_lowercase).collect()
}

pub(super) fn is_iso_date(word: &str) -> bool {
    let lengths = word.split('-').map(str::len);
    lengths.eq([4, 2, 2]) && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

pub(super) fn is_fraction(word: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    word.split_once('/').is_some_and(|(above, below)| is_number(above) && is_number(below))
}

/// Joins `1 April 2026` to one token.
pub(super) fn join_dates(tokens: Vec<Token>) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        if let Some(key) = date_key(&joined, &token) {
            joined.pop();
            if let Some(first) = joined.last_mut() {
                first.kind = TokenKind::Date;
                first.key = key;
                first.span = first.span.to(token.span);
            }
            continue;
        }
        joined.push(token);
    }
    joined
}

/// The plain form of the date that ends in this token, where one does.
fn date_key(before: &[Token], year: &Token) -> Option<String> {
    let [.., day, word] = before else { return None };
    let is_day = day.kind == TokenKind::Number && matches!(day.key.len(), 1 | 2);
    let is_year = year.kind == TokenKind::Number && year.key.len() == 4;
    if !is_day || !is_year || year.key.contains('.') || word.kind != TokenKind::Word {
        return None;
    }
    Some(format!("{}-{:02}-{:0>2}", year.key, month(&word.key)?, day.key))
}
