//! The head of a clause: what stands before its `=` or `:`.

use alloc::vec::Vec;

use crate::token::{Token, TokenKind};

/// The parts of a head that are names: all of them, or those after the last that belongs to
/// a condition.
pub(super) fn names_of_head(head: &[Token]) -> Vec<&[Token]> {
    let parts = parts(head);
    let names = match parts.iter().rposition(|part| is_no_name(part)) {
        Some(last) => after_conjunctions(parts.get(last + 1..).unwrap_or_default()),
        None => parts.as_slice(),
    };
    names.to_vec()
}

/// The parts of a head between its commas; a comma inside brackets parts nothing.
fn parts(head: &[Token]) -> Vec<&[Token]> {
    let mut depth = 0_usize;
    head.split(|token| {
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && token.kind == TokenKind::Comma
    })
    .collect()
}

/// The parts after those that go on with the condition: `When fast track, and urgent, bonus`.
fn after_conjunctions<'p, 't>(parts: &'p [&'t [Token]]) -> &'p [&'t [Token]] {
    let goes_on = |part: &&[Token]| {
        part.first().is_some_and(|first| first.is_word("and") || first.is_word("or"))
    };
    let begin = parts.iter().position(|part| !goes_on(part));
    parts.get(begin.unwrap_or(parts.len())..).unwrap_or_default()
}

/// How many tokens `(until 31 March 2026)` takes, between the number of a clause and its first
/// sentence; 0 where nothing there says days. `(to 31 March 2026)` says them too, wrongly.
pub(crate) fn days_length(tokens: &[Token]) -> usize {
    let says_days =
        |word: &Token| ["from", "until", "to", "till"].iter().any(|it| word.is_word(it));
    match tokens {
        [open, word, ..] if open.kind == TokenKind::Open && says_days(word) => {
            let close = tokens.iter().position(|token| token.kind == TokenKind::Close);
            close.map_or(tokens.len(), |close| close + 1)
        }
        _ => 0,
    }
}

/// The sentences of a clause after its number and the days of its wording.
pub(super) fn after_number(tokens: &[Token]) -> &[Token] {
    let rest = tokens.get(1..).unwrap_or_default();
    rest.get(days_length(rest)..).unwrap_or_default()
}

/// The sentence after `otherwise`.
pub(super) fn after_otherwise(sentence: &[Token]) -> &[Token] {
    match sentence {
        [first, rest @ ..] if first.is_word("otherwise") => rest,
        _ => sentence,
    }
}

/// What a clause begins with, before a colon, that a policy may override where it uses it.
pub(crate) const OPEN: [&str; 4] = ["open", "to", "local", "agreement"];

/// What stands after `Open to local agreement:`, where it stands before it.
pub(crate) fn after_open(sentence: &[Token]) -> &[Token] {
    let is_open = OPEN.iter().zip(sentence).all(|(word, token)| token.is_word(word))
        && sentence.get(OPEN.len()).is_some_and(|colon| colon.kind == TokenKind::Colon);
    if is_open { sentence.get(OPEN.len() + 1..).unwrap_or_default() } else { sentence }
}

/// The sentence after `Despite 2.1,`.
pub(super) fn after_despite(sentence: &[Token]) -> &[Token] {
    if !sentence.first().is_some_and(|first| first.is_word("despite")) {
        return sentence;
    }
    let comma = sentence.iter().position(|token| token.kind == TokenKind::Comma);
    comma.and_then(|comma| sentence.get(comma + 1..)).unwrap_or_default()
}

const RESERVED: [&str; 10] =
    ["when", "is", "are", "pays", "must", "never", "despite", "otherwise", "unless", "x"];

/// Whether a word is never a word of a name.
pub(super) fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

/// Whether a part of a head is no name: it holds a reserved word, or says which cases.
fn is_no_name(part: &[Token]) -> bool {
    let begins_with = |words: [&str; 2]| {
        part.len() >= 2 && words.iter().zip(part).all(|(word, token)| token.is_word(word))
    };
    let is_item = part.first().is_some_and(Token::is_item);
    part.iter().any(|token| is_reserved(&token.key))
        || begins_with(["in", "every"])
        || begins_with(["for", "each"])
        || begins_with(["spare", "pennies"])
        || part.first().is_some_and(|first| first.is_word("split"))
        || is_item
        || COUNTING.iter().any(|words| ends_a_day(part, words))
}

/// What may end a day that is counted, after a comma.
const COUNTING: [&str; 6] = [
    "counting that day",
    "not counting that day",
    "counting both days",
    "counting the first only",
    "counting the last only",
    "counting neither",
];

/// Whether a part is these words, and what goes on with the condition after them: another test,
/// or the sign of a sum.
fn ends_a_day(part: &[Token], words: &str) -> bool {
    let rest = part.get(words.split(' ').count()..);
    let next = rest.and_then(<[Token]>::first);
    rest.is_some()
        && words.split(' ').zip(part).all(|(word, token)| token.is_word(word))
        && next.is_none_or(|next| {
            next.is_word("and") || next.is_word("or") || next.kind != TokenKind::Word
        })
}

/// `an hour`
pub(super) fn is_unit(part: &[Token]) -> bool {
    matches!(part, [article, _] if article.is_word("a") || article.is_word("an"))
}
