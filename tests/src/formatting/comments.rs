//! Comments, and places where a policy may have more of them.

use std::collections::BTreeSet;

use apportion::lex::{Lexed, entries, lex, split_entry};
use apportion::outline::{Block, BlockKind, outline};
use apportion::token::{Token, TokenKind};

/// The comments of a policy in order, without their dashes.
pub(super) fn comments(text: &str) -> Vec<String> {
    let mut comments = Vec::new();
    for block in outline(text) {
        let spans = lex(&block).comments.into_iter();
        comments.extend(spans.map(|span| span.of(block.text).to_string()));
    }
    comments
}

/// The same policy with a comment after every word and sign that can have one, and how many
/// there are.
///
/// A line is broken there, so there is none inside a row, a declared name or a line that must
/// stay one, and none where a new line would begin an item or a rate.
pub(super) fn with_comments(text: &str) -> (String, usize) {
    let mut with = String::new();
    let mut count = 0;
    let mut end = 0;
    for block in outline(text) {
        let start = block.span.start as usize;
        with += &text[end..start];
        end = block.span.end as usize;
        let mut at = 0;
        for (place, is_end_of_line) in places(&block) {
            with += &block.text[at..place];
            with += &format!(" -- added {count}");
            with += if is_end_of_line { "" } else { "\n                              " };
            count += 1;
            at = place;
        }
        with += &block.text[at..];
    }
    with += &text[end..];
    (with, count)
}

/// The places in a block for a comment, and whether each is the end of its line.
fn places(block: &Block<'_>) -> BTreeSet<(usize, bool)> {
    let lexed = lex(block);
    let mut places = BTreeSet::new();
    let note = lexed.note.map_or(usize::MAX, |note| note.start as usize);
    let tokens = &lexed.tokens;
    for (place, token) in tokens.iter().enumerate() {
        let next = tokens.get(place + 1).filter(|next| !next.starts_line);
        match next {
            None => places.extend(end_of_line(block, &lexed, token.span.end)),
            Some(next) if may_break(block, &lexed, place, next) => {
                places.insert((token.span.end as usize, false));
            }
            Some(_) => {}
        }
    }
    for row in &lexed.rows {
        places.extend(end_of_line(block, &lexed, row.span.end));
    }
    places.retain(|(place, _)| *place < note.saturating_sub(8));
    places
}

/// The end of the line of a place, unless a comment or another row's text already ends it.
fn end_of_line(block: &Block<'_>, lexed: &Lexed, place: u32) -> Option<(usize, bool)> {
    let place = place as usize;
    let rest = &block.text[place..];
    let line = rest.split('\n').next().unwrap_or_default();
    let end = place + line.trim_end().len();
    let has_comment = lexed
        .comments
        .iter()
        .any(|span| (place..=end).contains(&(span.start as usize)) && line.contains("--"));
    (!has_comment).then_some((end, true))
}

/// Whether a line may be broken between a token and the next on its line.
fn may_break(block: &Block<'_>, lexed: &Lexed, place: usize, next: &Token) -> bool {
    let tokens = &lexed.tokens;
    let token = &tokens[place];
    let is_value = |token: &Token| {
        matches!(
            token.kind,
            TokenKind::Money
                | TokenKind::Percent
                | TokenKind::Number
                | TokenKind::Minus
                | TokenKind::LongDash
        )
    };
    if next.key.starts_with('-') || matches!(next.kind, TokenKind::Minus | TokenKind::LongDash) {
        return false;
    }
    let first_line = tokens.first().map_or(0, |first| first.line);
    match block.kind {
        // A line end parts what is joined.
        BlockKind::Policy
        | BlockKind::Section
        | BlockKind::Between
        | BlockKind::Panels
        | BlockKind::Sources
            if token.span.end == next.span.start =>
        {
            false
        }
        BlockKind::Policy | BlockKind::Section => true,
        BlockKind::About | BlockKind::Version => place > 0 && token.kind == TokenKind::Comma,
        BlockKind::Levels => token.kind == TokenKind::Less && token.line > first_line,
        BlockKind::Between | BlockKind::Panels | BlockKind::Sources | BlockKind::Facts => {
            is_after_name(tokens, token)
        }
        BlockKind::Family => token.line > first_line && is_after_name(tokens, token),
        // The citation of a line stands beside what begins on it.
        BlockKind::Clause => {
            let begins_rate =
                is_value(next) && tokens.get(place + 2).is_some_and(|it| it.is_word("from"));
            let is_after_stop = token.kind == TokenKind::Stop && is_value(next);
            let begins_note = next.is_word("note");
            let is_cited = lexed.citations.iter().any(|citation| citation.line == token.line);
            let is_rate = tokens.windows(2).any(|pair| {
                pair[0].line == token.line && is_value(&pair[0]) && pair[1].is_word("from")
            });
            !(begins_rate || is_after_stop || begins_note || is_cited && is_rate)
        }
        BlockKind::Example => !["expect", "with", "without"].iter().any(|word| next.is_word(word)),
        _ => false,
    }
}

/// Whether a token is no part of the name of a declaration but its last word.
fn is_after_name(tokens: &[Token], token: &Token) -> bool {
    entries(tokens).iter().any(|entry| {
        let all: Vec<Token> = entry.name.iter().chain(entry.rest).cloned().collect();
        split_entry(&all).name.last().is_some_and(|last| last.span == token.span)
            || entry.rest.iter().any(|it| it.span == token.span)
    })
}
