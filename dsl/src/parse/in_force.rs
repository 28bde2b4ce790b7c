//! The days on which a wording of a clause, a rate or a name is in force.

use apportion_core::date::Date;
use nom::Parser;
use nom::combinator::cut;

use super::error::{Expected, Mistake};
use super::literal::date;
use super::tokens::{Read, Tokens, token};
use crate::names::days_length;
use crate::syntax::{InForce, Spanned};
use crate::token::TokenKind;

/// `[ "(" [ "from" DATE ] [ "until" DATE ] ")" ]`, after the number of a clause
pub(super) fn in_force(start: Tokens<'_>) -> Read<'_, Option<InForce>> {
    if days_length(start.slice()) == 0 {
        return Ok((start, None));
    }
    let (input, from) = day_after("from", start.skip(1))?;
    let (input, until) = day_after("until", input)?;
    if from.is_none() && until.is_none() {
        return input.fail(Mistake::Expected(Expected::FromOrUntil));
    }
    let expected = if until.is_none() { Expected::UntilOrClose } else { Expected::CloseBracket };
    let (input, _) = cut(token(TokenKind::Close, expected)).parse(input)?;
    Ok((input, Some(InForce { from, until, span: start.span_until(input) })))
}

/// `WORD DATE`, where it comes next
pub(super) fn day_after<'t>(word: &str, input: Tokens<'t>) -> Read<'t, Option<Spanned<Date>>> {
    match input.after(word) {
        Some(rest) => cut(date).parse(rest).map(|(rest, day)| (rest, Some(day))),
        None => Ok((input, None)),
    }
}
