//! Shares of the parties, and ratios.

use nom::Parser;
use nom::combinator::cut;
use nom::multi::separated_list1;

use super::error::{Expected, Mistake};
use super::literal::{is_literal, literal};
use super::tokens::{Read, Tokens, list_of_names, name, token, words};
use crate::syntax::{Body, Decimal, Literal, Share, ShareKind, Spanned};
use crate::token::TokenKind;

/// `shares = "as" PANEL "decides" | share { "," share } | PARTY { "," PARTY } "and" PARTY "in the ratio" RATIO`
pub(super) fn shares(input: Tokens<'_>) -> Read<'_, Body> {
    if let Some(rest) = input.after("as") {
        let (rest, panel) = cut(name(Expected::Panel)).parse(rest)?;
        let (rest, _) = cut(words("decides", Expected::Decides)).parse(rest)?;
        return Ok((rest, Body::AsDecided { panel }));
    }
    if is_ratio(input) {
        return ratio(input);
    }
    let comma = token(TokenKind::Comma, Expected::SentenceEnd);
    let (input, shares) = cut(separated_list1(comma, cut(share))).parse(input)?;
    Ok((input, Body::Shares(shares)))
}

/// `share = PARTY ( PERCENT | FRACTION | NAME | "the rest" )`
fn share(input: Tokens<'_>) -> Read<'_, Share> {
    let start = input;
    let (input, party) = name(Expected::Party)(input)?;
    let share_start = input;
    let (input, share) = share_kind(input)?;
    let span = start.span_until(input).to(share_start.span_until(input));
    Ok((input, Share { party, share, span }))
}

fn share_kind(input: Tokens<'_>) -> Read<'_, ShareKind> {
    if let Some(rest) = input.after("the rest") {
        return Ok((rest, ShareKind::Rest));
    }
    if is_literal(input) {
        let (rest, literal) = literal(input)?;
        if rest.kind() == Some(TokenKind::Colon) {
            return input.fail(Mistake::Expected(Expected::Ratio));
        }
        return Ok((rest, ShareKind::Literal(literal.value)));
    }
    let (rest, name) = name(Expected::Share)(input)?;
    Ok((rest, ShareKind::Name(name)))
}

fn is_ratio(input: Tokens<'_>) -> bool {
    let after = |token: usize| input.skip(token).is_at("in the ratio");
    (0..input.slice().len()).any(after)
}

/// `PARTY { "," PARTY } "and" PARTY "in the ratio" NUMBER { ":" NUMBER }`
fn ratio(input: Tokens<'_>) -> Read<'_, Body> {
    let (input, parties) = cut(list_of_names(Expected::Party)).parse(input)?;
    let (input, _) = cut(words("in the ratio", Expected::Ratio)).parse(input)?;
    let colon = token(TokenKind::Colon, Expected::SentenceEnd);
    let (input, terms) = cut(separated_list1(colon, cut(term))).parse(input)?;
    if terms.len() < parties.len() && !input.is_empty() {
        return input.fail(Mistake::Expected(Expected::NextTerm));
    }
    Ok((input, Body::Ratio { parties, terms }))
}

/// `NUMBER`
fn term(input: Tokens<'_>) -> Read<'_, Spanned<Decimal>> {
    if !is_literal(input) {
        return input.error(Mistake::Expected(Expected::Term));
    }
    let (rest, term) = literal(input)?;
    match term.value {
        Literal::Number(value) => Ok((rest, Spanned { value, span: term.span })),
        _ => input.fail(Mistake::Expected(Expected::Term)),
    }
}
