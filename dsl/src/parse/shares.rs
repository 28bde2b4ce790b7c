//! Who bears what: shares, splits, spare pennies, payments and limits.

use nom::Parser;
use nom::combinator::cut;
use nom::multi::separated_list1;

use super::error::{Expected, Mistake};
use super::expression::{expression, rounded, rounding_of_others};
use super::later::Later;
use super::literal::{is_literal, literal, reference};
use super::tokens::{Read, Tokens, name, optional_words, token, words};
use crate::syntax::{Body, Name, Share, ShareKind, Spare};
use crate::token::TokenKind;

/// `shares = share { "," share }`
pub(super) fn shares(input: Tokens<'_>) -> Read<'_, Body> {
    let comma = token(TokenKind::Comma, Expected::SentenceEnd);
    let (input, shares) = cut(separated_list1(comma, cut(share))).parse(input)?;
    Ok((input, Body::Shares(shares)))
}

/// `share = PARTY ( PERCENT | FRACTION | NAME | "the rest" )`
fn share(input: Tokens<'_>) -> Read<'_, Share> {
    if input.is_at("as") {
        return input.fail(Mistake::NotYet(Later::PanelDecides));
    }
    let start = input;
    let (input, party) = name(Expected::Party)(input)?;
    if input.is_at("and") {
        // `the council and the ICB in the ratio 93.7 : 28.3`
        return input.fail(Mistake::NotYet(Later::InRatio));
    }
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
        return Ok((rest, ShareKind::Literal(literal.value)));
    }
    let (rest, name) = name(Expected::Share)(input)?;
    Ok((rest, ShareKind::Name(name)))
}

/// `"Split" expression "in the shares of" [ "section" ] NUMBER`
pub(super) fn split(input: Tokens<'_>) -> Read<'_, Body> {
    let (input, _) = words("split", Expected::Sentence)(input)?;
    let (input, amount) = cut(rounded).parse(input)?;
    if input.is_at("between") || input.is_at("in proportion to") {
        return input.fail(Mistake::NotYet(Later::InProportion));
    }
    if input.is_at("by") {
        return input.fail(Mistake::SplitByNumber);
    }
    let (input, _) = cut(words("in the shares of", Expected::SplitWay)).parse(input)?;
    let (input, mut shares) = cut(reference).parse(input)?;
    // `section 4` and `4` are the same: a clause's number has a point.
    shares.is_section = !shares.number.contains('.');
    let (input, ()) = no_refunds(input)?;
    Ok((input, Body::Split { amount, shares, spare: None }))
}

/// Refuses `, refunds included`, which this version cannot decide.
fn no_refunds(input: Tokens<'_>) -> Read<'_, ()> {
    let is_comma = input.kind() == Some(TokenKind::Comma);
    match is_comma && input.skip(1).is_at("refunds included") {
        true => input.skip(1).fail(Mistake::NotYet(Later::RefundsIncluded)),
        false => Ok((input, ())),
    }
}

/// `"Spare pennies go to the largest fractions of a penny" [ "," "ties in the order of the parties" ]`
pub(super) fn largest_fractions(input: Tokens<'_>) -> Read<'_, Spare> {
    let (input, _) = words("spare pennies go", Expected::Sentence)(input)?;
    if input.is_at("to the parties in order") {
        return input.fail(Mistake::NotYet(Later::PartiesInOrder));
    }
    let largest = words("to the largest fractions of a penny", Expected::SpareWay);
    let (input, _) = cut(largest).parse(input)?;
    if input.kind() != Some(TokenKind::Comma) {
        return Ok((input, Spare::LargestFractions));
    }
    let ties = words("ties in the order of the parties", Expected::SpareWay);
    let (input, _) = cut(ties).parse(input.skip(1))?;
    Ok((input, Spare::LargestFractions))
}

/// `PARTY "takes the difference, the others" rounding`
pub(super) fn difference(input: Tokens<'_>) -> Read<'_, Spare> {
    let (input, party) = name(Expected::Party)(input)?;
    let (input, _) = cut(words("takes the difference", Expected::Difference)).parse(input)?;
    let (input, _) = cut(token(TokenKind::Comma, Expected::Comma)).parse(input)?;
    let (input, _) = cut(words("the others", Expected::Difference)).parse(input)?;
    let start = input;
    let (input, (to, rounding)) = cut(rounding_of_others).parse(input)?;
    match to {
        crate::syntax::RoundTo::Pence(1) => Ok((input, Spare::Difference { party, rounding })),
        _ => start.fail(Mistake::Expected(Expected::Difference)),
    }
}

/// `PARTY "pays" ( limit | rounded )`
pub(super) fn pays(input: Tokens<'_>) -> Read<'_, Body> {
    let (input, party) = name(Expected::Party)(input)?;
    let (input, _) = cut(words("pays", Expected::Promise)).parse(input)?;
    if let Some(rest) = input.after("at most") {
        return limit(rest, party);
    }
    if input.is_at("at least") {
        return input.fail(Mistake::NotYet(Later::PaysAtLeast));
    }
    let (input, amount) = cut(rounded).parse(input)?;
    let (input, ()) = no_refunds(input)?;
    Ok((input, Body::Pay { party, amount }))
}

/// `expression [ "in all" ] ";" PARTY "pays the excess" [ "," "and the case is then referred to" PANEL ]`
fn limit(input: Tokens<'_>, party: Name) -> Read<'_, Body> {
    let (input, most) = cut(expression).parse(input)?;
    if input.is_at("under") {
        return input.fail(Mistake::NotYet(Later::UnderClause));
    }
    let (input, _) = optional_words("in all", input);
    if input.is_empty() {
        return input.fail(Mistake::ExcessUnborne);
    }
    let (input, _) = cut(token(TokenKind::Semicolon, Expected::Excess)).parse(input)?;
    let (input, other) = cut(name(Expected::Party)).parse(input)?;
    let (input, _) = cut(words("pays the excess", Expected::Excess)).parse(input)?;
    if input.kind() != Some(TokenKind::Comma) {
        return Ok((input, Body::Limit { party, most, other, refer: None }));
    }
    let refer = words("and the case is then referred to", Expected::SentenceEnd);
    let (input, _) = cut(refer).parse(input.skip(1))?;
    let (input, panel) = cut(name(Expected::Panel)).parse(input)?;
    Ok((input, Body::Limit { party, most, other, refer: Some(panel) }))
}
