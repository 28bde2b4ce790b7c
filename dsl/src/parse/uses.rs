//! `uses children's continuing care 2016 from "FILE" as CC`: a tool, its file, and what its
//! clauses are cited by.

use alloc::string::String;
use alloc::vec::Vec;

use super::error::{Expected, Mistake, ParseError};
use super::tokens::Tokens;
use crate::lex::{Lexed, lex, written};
use crate::names::{after_header, key_of, span_of};
use crate::outline::{Block, BlockKind, outline};
use crate::source::Span;
use crate::syntax::{Name, Spanned, Uses};
use crate::token::{Token, TokenKind};

/// `"uses" TEXT "from" FILE "as" WORD`
pub(super) fn uses<'t>(block: &Block<'t>, lexed: &'t Lexed) -> Result<Uses, ParseError<'t>> {
    let line = after_header(&lexed.tokens, 1);
    let place = line.iter().position(|token| token.kind == TokenKind::Text);
    let (before, after) = line.split_at_checked(place.unwrap_or(line.len())).unwrap_or_default();
    let end = span_of(line).end;
    let expected = |tokens: &[Token]| {
        let end = Span { start: end, end };
        let span = tokens.first().map_or(end, |token| token.span);
        ParseError::new(Mistake::Expected(Expected::Uses), span)
    };
    let title = match before {
        [title @ .., from] if from.is_word("from") && !title.is_empty() => title,
        _ => return Err(expected(line)),
    };
    let [file, named @ ..] = after else { return Err(expected(after)) };
    let [word, alias] = named else { return Err(expected(named)) };
    if !(word.is_word("as") && alias.kind == TokenKind::Word) {
        return Err(expected(named));
    }
    // The quotes are no part of the name.
    let inside = Span { start: file.span.start + 1, end: file.span.end.saturating_sub(1) };
    if !is_beside(&file.key) {
        return Err(ParseError::new(Mistake::NotBeside, inside));
    }
    Ok(Uses {
        title: Spanned { value: written(title, block.text), span: span_of(title) },
        file: Spanned { value: file.key.clone(), span: inside },
        alias: Name { key: key_of(core::slice::from_ref(alias)), span: alias.span },
    })
}

/// Whether a name is that of a file which stands beside the policy: a policy then travels with
/// all it uses as one folder, and reads nothing outside it.
fn is_beside(name: &str) -> bool {
    !name.trim().is_empty() && name != "." && name != ".." && !name.contains(['/', '\\', ':'])
}

/// The files that a text names after `uses`, in the order written.
#[must_use]
pub fn files_used(text: &str) -> Vec<String> {
    let blocks = outline(text).into_iter().filter(|block| block.kind == BlockKind::Uses);
    blocks.filter_map(|block| uses(&block, &lex(&block)).ok()).map(|it| it.file.value).collect()
}

/// `CC`, where the number of one of its clauses follows.
pub(super) fn tool(input: Tokens<'_>) -> (Tokens<'_>, Option<Name>) {
    let Some(alias) = input.first() else { return (input, None) };
    let is_number = |next: &Token| matches!(next.kind, TokenKind::Number | TokenKind::ClauseNumber);
    let is_tool = input.context.names.is_tool(&alias.key);
    if !is_tool || !input.skip(1).first().is_some_and(is_number) {
        return (input, None);
    }
    (input.skip(1), Some(Name { key: alias.key.clone(), span: alias.span }))
}
