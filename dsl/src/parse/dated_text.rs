//! Names that change on a day: `NHS Northshire CCG until 30 June 2022, NHS Northshire ICB from 1
//! July 2022`.

use alloc::vec::Vec;

use super::error::{Expected, Mistake};
use super::in_force::day_after;
use super::tokens::{Read, Tokens};
use crate::lex::written;
use crate::names::span_of;
use crate::syntax::{DatedText, InForce, Spanned};
use crate::token::TokenKind;

/// `NAME days { "," NAME days }`; none where no days stand before a comma or at the end.
pub(super) fn dated_texts(input: Tokens<'_>) -> Read<'_, Vec<DatedText>> {
    let mut dated = Vec::new();
    let mut input = input;
    loop {
        let (rest, found) = name_and_days(input)?;
        let Some((name, in_force)) = found else { break };
        if name.is_empty() {
            return input.fail(Mistake::Expected(Expected::DatedName));
        }
        let span = span_of(name.slice());
        let text = Spanned { value: written(name.slice(), input.context.text), span };
        dated.push(DatedText { text, in_force });
        if rest.is_empty() {
            return Ok((rest, dated));
        }
        input = rest.skip(1);
    }
    match dated.is_empty() {
        true => Ok((input, dated)),
        false => input.fail(Mistake::Expected(Expected::DatedName)),
    }
}

/// `NAME [ "from" DATE ] [ "until" DATE ]`, up to a comma or the end; nothing where no such days
/// follow.
fn name_and_days(input: Tokens<'_>) -> Read<'_, Option<(Tokens<'_>, InForce)>> {
    for length in 0..input.slice().len() {
        let start = input.skip(length);
        let is_days = |word| start.after(word).and_then(Tokens::kind) == Some(TokenKind::Date);
        if !is_days("from") && !is_days("until") {
            continue;
        }
        let (rest, from) = day_after("from", start)?;
        let (rest, until) = day_after("until", rest)?;
        if matches!(rest.kind(), None | Some(TokenKind::Comma)) {
            let in_force = InForce { from, until, span: start.span_until(rest) };
            return Ok((rest, Some((input.take_until(start), in_force))));
        }
    }
    Ok((input, None))
}
