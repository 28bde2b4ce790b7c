//! The word or sign that decides which pattern a sentence follows.

use super::tokens::Tokens;
use crate::token::TokenKind;

/// The word that decides which pattern a plain sentence follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deciding {
    Equals,
    Colon,
    Pays,
    Takes,
    Never,
    Must,
    Is,
}

/// The first word or sign that decides; none stands inside a name.
///
/// After `where` an `is` tests what is counted or added up, and decides nothing.
pub(super) fn deciding_word(input: Tokens<'_>) -> Option<Deciding> {
    let mut is_filtered = false;
    input.slice().iter().find_map(|token| match (token.kind, token.key.as_str()) {
        (TokenKind::Word, "where") => {
            is_filtered = true;
            None
        }
        (TokenKind::Equals, _) => Some(Deciding::Equals),
        (TokenKind::Colon, _) => Some(Deciding::Colon),
        (TokenKind::Word, "pays") => Some(Deciding::Pays),
        (TokenKind::Word, "takes") => Some(Deciding::Takes),
        (TokenKind::Word, "never") => Some(Deciding::Never),
        (TokenKind::Word, "must") => Some(Deciding::Must),
        (TokenKind::Word, "is" | "are") if !is_filtered => Some(Deciding::Is),
        _ => None,
    })
}
