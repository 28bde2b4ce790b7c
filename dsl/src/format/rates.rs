//! Where the values of a dated rate begin.

use alloc::collections::BTreeSet;

use super::pieces::{Piece, PieceKind};
use crate::names::OPEN;
use crate::token::{Token, TokenKind};

/// The values of the rate that a clause gives; none where it gives no rate.
#[derive(Debug, Default)]
pub(super) struct Rates {
    /// Where the first begins that stands beside the name of the rate.
    beside: Option<u32>,
    /// Where those begin that have a line of their own.
    below: BTreeSet<u32>,
}

impl Rates {
    /// Finds them: after the first colon, amounts and numbers followed by `from` and a date.
    ///
    /// A citation belongs to the rates of its line, so a line that has one is not broken up,
    /// and not joined to the first, whose citations are the clause's.
    pub(super) fn find(pieces: &[Piece]) -> Rates {
        let tokens: alloc::vec::Vec<&Token> = pieces.iter().filter_map(Piece::token).collect();
        let colon = (0..tokens.len()).find(|&place| ends_name(&tokens, place));
        let Some(first) = colon.map(|colon| colon + 1) else { return Rates::default() };
        let is_rate = |place: usize| match tokens.get(place..) {
            Some([value, from, date, ..]) => {
                is_value(value) && from.is_word("from") && date.kind == TokenKind::Date
            }
            _ => false,
        };
        if !is_rate(first) {
            return Rates::default();
        }
        let cited = cited_lines(pieces);
        let first_line = tokens.first().map_or(0, |first| first.line);
        let mut rates = Rates::default();
        for place in (first..tokens.len()).filter(|&place| is_rate(place)) {
            let Some(token) = tokens.get(place) else { continue };
            let is_cited = cited.contains(&token.line);
            if place == first && !(is_cited && token.line > first_line) {
                rates.beside = Some(token.span.start);
            } else if place == first || token.starts_line || !is_cited {
                rates.below.insert(token.span.start);
            }
        }
        rates
    }

    /// Whether this begins the value beside the name.
    pub(super) fn is_beside(&self, token: &Token) -> bool {
        self.beside == Some(token.span.start)
    }

    /// Whether this begins a value on a line of its own.
    pub(super) fn is_below(&self, token: &Token) -> bool {
        self.below.contains(&token.span.start)
    }

    /// Whether there are none.
    pub(super) fn are_none(&self) -> bool {
        self.beside.is_none() && self.below.is_empty()
    }
}

/// Whether a token is the colon after the name of a rate, and not that of `Open to local
/// agreement:` before it.
pub(super) fn ends_name(tokens: &[&Token], place: usize) -> bool {
    let is_colon = tokens.get(place).is_some_and(|token| token.kind == TokenKind::Colon);
    let before = place.checked_sub(OPEN.len()).and_then(|start| tokens.get(start..place));
    let is_open = |before: &[&Token]| OPEN.iter().zip(before).all(|(word, it)| it.is_word(word));
    is_colon && !before.is_some_and(is_open)
}

fn is_value(token: &Token) -> bool {
    matches!(
        token.kind,
        TokenKind::Money | TokenKind::Percent | TokenKind::Number | TokenKind::Fraction
    )
}

/// The lines with a citation beside what stands in them.
fn cited_lines(pieces: &[Piece]) -> BTreeSet<u32> {
    let mut cited = BTreeSet::new();
    let mut line = 0;
    for piece in pieces {
        match &piece.kind {
            PieceKind::Token(token) => line = token.line,
            PieceKind::Citation(_) if !piece.starts_line => {
                cited.insert(line);
            }
            _ => {}
        }
    }
    cited
}
