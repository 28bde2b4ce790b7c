//! Who pays what: splits, spare pennies, payments, and what moves between parties.

use alloc::vec::Vec;

use nom::Parser;
use nom::combinator::cut;
use nom::multi::separated_list1;

use super::error::{Expected, Mistake};
use super::expression::{expression, rounded, rounding_of_others};
use super::literal::reference;
use super::tokens::{Read, Tokens, list_of_names, name, optional_words, token, words};
use crate::syntax::{Body, Expression, Name, Reference, Spare, Tier};
use crate::token::TokenKind;

/// `"Split" rounded ( "in the shares of" [ "section" ] NUMBER | "between" proportion )`
pub(super) fn split(input: Tokens<'_>) -> Read<'_, Body> {
    let (input, _) = words("split", Expected::Sentence)(input)?;
    let (input, amount) = cut(rounded).parse(input)?;
    // `Split 40% of cost, to the nearest penny, halves up, between ...`
    let is_comma = input.kind() == Some(TokenKind::Comma);
    let input = if is_comma { input.skip(1) } else { input };
    if let Some(rest) = input.after("between") {
        return proportion(rest, amount);
    }
    if input.is_at("by") {
        return input.fail(Mistake::SplitByNumber);
    }
    let (input, _) = cut(words("in the shares of", Expected::SplitWay)).parse(input)?;
    let (input, mut shares) = cut(reference).parse(input)?;
    // `section 4` and `4` are the same: a clause's number has a point.
    shares.is_section = !shares.number.contains('.');
    let (input, refunds) = refunds_included(input);
    Ok((input, Body::Split { amount, shares, refunds, spare: None }))
}

/// `PARTY { "," PARTY } "and" PARTY "in proportion to" expression { "," expression } "and" expression`
fn proportion(input: Tokens<'_>, amount: Expression) -> Read<'_, Body> {
    let (input, parties) = cut(list_of_names(Expected::Party)).parse(input)?;
    let (input, _) = cut(words("in proportion to", Expected::Proportion)).parse(input)?;
    let (mut input, first) = cut(expression).parse(input)?;
    let mut weights = Vec::from([first]);
    while weights.len() < parties.len() {
        let rest = if input.kind() == Some(TokenKind::Comma) { input.skip(1) } else { input };
        let (rest, _) = optional_words("and", rest);
        if rest.slice().len() == input.slice().len() {
            return input.fail(Mistake::Expected(Expected::Weight));
        }
        let (rest, weight) = cut(expression).parse(rest)?;
        weights.push(weight);
        input = rest;
    }
    let (input, refunds) = refunds_included(input);
    Ok((input, Body::Proportion { amount, parties, weights, refunds, spare: None }))
}

/// `[ "," "refunds included" ]`
fn refunds_included(input: Tokens<'_>) -> (Tokens<'_>, bool) {
    let is_comma = input.kind() == Some(TokenKind::Comma);
    let rest = input.skip(1).after("refunds included").filter(|_| is_comma);
    rest.map_or((input, false), |rest| (rest, true))
}

/// `"Spare pennies go" ( "to the largest fractions of a penny" [ "," "ties in the order of the
/// parties" ] | "to the parties in order" [ "," "passing over zero shares" ] )`
pub(super) fn spare_pennies(input: Tokens<'_>) -> Read<'_, Spare> {
    let (input, _) = words("spare pennies go", Expected::Sentence)(input)?;
    let (input, ending, spare) = match input.after("to the parties in order") {
        Some(rest) => (rest, "passing over zero shares", Spare::InOrder),
        None => {
            let largest = words("to the largest fractions of a penny", Expected::SpareWay);
            let (rest, _) = cut(largest).parse(input)?;
            (rest, "ties in the order of the parties", Spare::LargestFractions)
        }
    };
    if input.kind() != Some(TokenKind::Comma) {
        return Ok((input, spare));
    }
    let (input, _) = cut(words(ending, Expected::SpareWay)).parse(input.skip(1))?;
    Ok((input, spare))
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

/// `PARTY "pays" ( limit | floor | rounded [ "," "refunds included" ] )`
pub(super) fn pays(input: Tokens<'_>) -> Read<'_, Body> {
    let (input, party) = name(Expected::Party)(input)?;
    let (input, _) = cut(words("pays", Expected::Promise)).parse(input)?;
    if let Some(rest) = input.after("at most") {
        return limit(rest, party);
    }
    if let Some(rest) = input.after("at least") {
        return floor(rest, party);
    }
    let (input, amount) = cut(rounded).parse(input)?;
    let (input, refunds) = refunds_included(input);
    Ok((input, Body::Pay { party, amount, refunds }))
}

/// `"Of" expression "," PARTY "pays the first" expression { ";" PARTY "pays the next" expression }
/// ";" PARTY "pays the rest"`
pub(super) fn pays_in_turn(input: Tokens<'_>) -> Read<'_, Body> {
    let (input, _) = words("of", Expected::Sentence)(input)?;
    let (input, amount) = cut(rounded).parse(input)?;
    let (input, _) = cut(token(TokenKind::Comma, Expected::Comma)).parse(input)?;
    let mut tiers = Vec::new();
    let (mut input, mut party) = cut(name(Expected::Party)).parse(input)?;
    let mut which = "pays the first";
    while tiers.is_empty() || !input.is_at("pays the rest") {
        let (rest, _) = cut(words(which, Expected::Turn)).parse(input)?;
        let (rest, most) = cut(expression).parse(rest)?;
        tiers.push(Tier { party, most });
        let (rest, _) = cut(token(TokenKind::Semicolon, Expected::RestOfTurns)).parse(rest)?;
        (input, party) = cut(name(Expected::Party)).parse(rest)?;
        which = "pays the next";
    }
    let (input, _) = cut(words("pays the rest", Expected::RestOfTurns)).parse(input)?;
    Ok((input, Body::PayInTurn { amount, tiers, last: party }))
}

/// `rounded [ "in all" | under ] ";" PARTY "pays the excess"
/// [ "," "and the case is then referred to" PANEL ]`
fn limit(input: Tokens<'_>, party: Name) -> Read<'_, Body> {
    let (input, most) = cut(rounded).parse(input)?;
    let (input, under) = counting(input)?;
    if input.is_empty() {
        return input.fail(Mistake::ExcessUnborne);
    }
    let (input, _) = cut(token(TokenKind::Semicolon, Expected::Excess)).parse(input)?;
    let (input, other) = cut(name(Expected::Party)).parse(input)?;
    let (input, _) = cut(words("pays the excess", Expected::Excess)).parse(input)?;
    if input.kind() != Some(TokenKind::Comma) {
        return Ok((input, Body::Limit { party, most, under, other, refer: None }));
    }
    let refer = words("and the case is then referred to", Expected::SentenceEnd);
    let (input, _) = cut(refer).parse(input.skip(1))?;
    let (input, panel) = cut(name(Expected::Panel)).parse(input)?;
    Ok((input, Body::Limit { party, most, under, other, refer: Some(panel) }))
}

/// `rounded [ "in all" | under ] "," "taken from" PARTY { "," "then" PARTY }`
fn floor(input: Tokens<'_>, party: Name) -> Read<'_, Body> {
    let (input, least) = cut(rounded).parse(input)?;
    let (input, under) = counting(input)?;
    if input.is_empty() {
        return input.fail(Mistake::FloorFromNobody);
    }
    let (input, _) = cut(token(TokenKind::Comma, Expected::TakenFrom)).parse(input)?;
    let (input, _) = cut(words("taken from", Expected::TakenFrom)).parse(input)?;
    let (mut input, first) = cut(name(Expected::Party)).parse(input)?;
    let mut from = Vec::from([first]);
    while input.kind() == Some(TokenKind::Comma) {
        let (rest, _) = cut(words("then", Expected::SentenceEnd)).parse(input.skip(1))?;
        let (rest, next) = cut(name(Expected::Party)).parse(rest)?;
        from.push(next);
        input = rest;
    }
    Ok((input, Body::Floor { party, least, under, from }))
}

/// `[ [","] ( "in all" | "under" [ "section" ] NUMBER { "and" NUMBER } ) ]`: the clauses whose
/// payments count
fn counting(input: Tokens<'_>) -> Read<'_, Vec<Reference>> {
    let inside = if input.kind() == Some(TokenKind::Comma) { input.skip(1) } else { input };
    if let Some(rest) = inside.after("in all") {
        return Ok((rest, Vec::new()));
    }
    match inside.after("under") {
        Some(rest) => {
            let and = words("and", Expected::SentenceEnd);
            cut(separated_list1(and, reference)).parse(rest)
        }
        None => Ok((input, Vec::new())),
    }
}
