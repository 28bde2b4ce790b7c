//! Expressions: sums, parts, aggregates and rounding.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::rounding::Rounding;
use nom::Parser;
use nom::combinator::cut;

use super::condition::{boxed_atom, operand};
use super::day::{days_between, distance, is_distance};
use super::error::{Expected, MOST_OPERATORS, Mistake};
use super::literal::{decimal, how_many, is_literal, literal, pence};
use super::tokens::{
    Read, Tokens, declared_name, firm, name, nested, optional_words, skip_article, token,
    unknown_name, words,
};
use crate::names::MOST_WORDS;
use crate::syntax::{
    Aggregate, Decimal, Expression, ExpressionKind, Literal, Name, Operand, Operator, RoundTo,
    Spanned, Word,
};
use crate::token::TokenKind;

/// `rounded = expression [ rounding ]`
pub(super) fn rounded(input: Tokens<'_>) -> Read<'_, Expression> {
    let (rest, value) = boxed_rounded(input)?;
    Ok((rest, *value))
}

/// `expression = term { ("+"|"-") term } [ "at the rates on" primary ]`
pub(super) fn expression(input: Tokens<'_>) -> Read<'_, Expression> {
    let (rest, value) = boxed_expression(input)?;
    Ok((rest, *value))
}

/// An expression on the heap: expressions hold expressions, and the stack may be small.
pub(super) type Boxed<'t> = Read<'t, Box<Expression>>;

/// An expression read between two places.
pub(super) fn made<'t>(start: Tokens<'t>, rest: Tokens<'t>, kind: ExpressionKind) -> Boxed<'t> {
    Ok((rest, Box::new(Expression { kind, span: start.span_until(rest) })))
}

fn boxed_rounded(input: Tokens<'_>) -> Boxed<'_> {
    let (rest, value) = boxed_expression(input)?;
    match rounding_start(rest) {
        Some(after) => rounding(input, after, value),
        None => Ok((rest, value)),
    }
}

/// What stands before a rounding, rounded.
fn rounding<'t>(start: Tokens<'t>, input: Tokens<'t>, value: Box<Expression>) -> Boxed<'t> {
    let (input, (to, rounding)) = rounding_words(input)?;
    made(start, input, ExpressionKind::Rounded { value, to, rounding })
}

/// `[ "," "to the nearest" round_to "," rounding_way ]`
pub(super) fn optional_rounding(input: Tokens<'_>) -> Read<'_, Option<(RoundTo, Rounding)>> {
    let Some(rest) = rounding_start(input) else { return Ok((input, None)) };
    let (rest, rounding) = rounding_words(rest)?;
    Ok((rest, Some(rounding)))
}

/// `round_to "," rounding_way`
fn rounding_words(input: Tokens<'_>) -> Read<'_, (RoundTo, Rounding)> {
    let (input, to) = cut(round_to).parse(input)?;
    let (input, _) = cut(token(TokenKind::Comma, Expected::RoundingWay)).parse(input)?;
    let (input, rounding) = cut(rounding_way).parse(input)?;
    Ok((input, (to, rounding)))
}

/// The tokens after `, to the nearest` or `, the total to the nearest`.
fn rounding_start(input: Tokens<'_>) -> Option<Tokens<'_>> {
    if input.kind() != Some(TokenKind::Comma) {
        return None;
    }
    let (input, _) = optional_words("the total", input.skip(1));
    input.after("to the nearest")
}

/// `to the nearest penny, halves up`, without a comma before
pub(super) fn rounding_of_others(input: Tokens<'_>) -> Read<'_, (RoundTo, Rounding)> {
    let (input, _) = words("to the nearest", Expected::Difference)(input)?;
    rounding_words(input)
}

/// `round_to = "penny" | "10p" | MONEY | "whole number" | NUMBER | PERCENT`
fn round_to(input: Tokens<'_>) -> Read<'_, RoundTo> {
    if let Some(rest) = input.after("penny") {
        return Ok((rest, RoundTo::Pence(1)));
    }
    if let Some(rest) = input.after("whole number") {
        return Ok((rest, RoundTo::Number(Decimal { digits: 1, places: 0 })));
    }
    let Some(token) = input.first() else {
        return input.error(Mistake::Expected(Expected::RoundingUnit));
    };
    let to = match (token.kind, token.key.strip_suffix('p')) {
        (TokenKind::Word, Some(digits)) => digits.parse().ok().map(RoundTo::Pence),
        (TokenKind::Money, _) => pence(&token.key).ok().map(RoundTo::Pence),
        (TokenKind::Number, _) => decimal(&token.key).ok().map(RoundTo::Number),
        (TokenKind::Percent, _) => decimal(&token.key).ok().map(RoundTo::Percent),
        _ => None,
    };
    match to.filter(is_above_zero) {
        Some(to) => Ok((input.skip(1), to)),
        None => input.error(Mistake::Expected(Expected::RoundingUnit)),
    }
}

fn is_above_zero(to: &RoundTo) -> bool {
    match to {
        RoundTo::Pence(pence) => *pence > 0,
        RoundTo::Number(number) | RoundTo::Percent(number) => number.digits > 0,
    }
}

/// `rounding_way = "halves" ("up"|"down"|"to even") | "up" | "down"`
fn rounding_way(input: Tokens<'_>) -> Read<'_, Rounding> {
    let ways = [
        ("halves up", Rounding::HalvesUp),
        ("halves down", Rounding::HalvesDown),
        ("halves to even", Rounding::HalvesToEven),
        ("up", Rounding::Up),
        ("down", Rounding::Down),
    ];
    let way = ways.iter().find_map(|&(words, way)| Some((input.after(words)?, way)));
    way.map_or_else(|| input.error(Mistake::Expected(Expected::RoundingWay)), Ok)
}

/// `sum [ "at the rates on" primary ]`
pub(super) fn boxed_expression(start: Tokens<'_>) -> Boxed<'_> {
    let (mut input, mut left) = term(start)?;
    while let Some(operator) = sum_operator(input) {
        (input, left) = binary(start, input, operator, left, term)?;
    }
    match input.after("at the rates on") {
        None => Ok((input, left)),
        Some(rest) => {
            let (rest, on) = firm(primary(rest))?;
            made(start, rest, ExpressionKind::AtRates { value: left, on })
        }
    }
}

/// A dash that begins a line is an item of a list, never a minus.
fn sum_operator(input: Tokens<'_>) -> Option<Operator> {
    let token = input.first()?;
    match token.kind {
        TokenKind::Plus => Some(Operator::Add),
        TokenKind::Minus | TokenKind::LongDash if !token.starts_line => Some(Operator::Subtract),
        _ => None,
    }
}

/// `term = primary { ("x"|"/") primary } [ "for" (INT period | NAME) | "over" INT "weeks" ]`
fn term(start: Tokens<'_>) -> Boxed<'_> {
    let (mut input, mut left) = primary(start)?;
    while let Some(operator) = product_operator(input) {
        (input, left) = binary(start, input, operator, left, primary)?;
    }
    conversion(start, input, left)
}

fn product_operator(input: Tokens<'_>) -> Option<Operator> {
    match input.kind()? {
        TokenKind::Times => Some(Operator::Multiply),
        TokenKind::Slash => Some(Operator::Divide),
        _ => None,
    }
}

/// Reads what stands after an operator; there must be something.
fn binary<'t>(
    start: Tokens<'t>,
    input: Tokens<'t>,
    operator: Operator,
    left: Box<Expression>,
    operand: fn(Tokens<'t>) -> Boxed<'t>,
) -> Boxed<'t> {
    let count = input.context.operators.get() + 1;
    input.context.operators.set(count);
    if count > MOST_OPERATORS {
        return input.fail(Mistake::TooManyOperators);
    }
    let (rest, right) = firm(operand(input.skip(1)))?;
    made(start, rest, ExpressionKind::Binary { operator, left, right })
}

/// `X for 38 weeks`, `X for 52.143 weeks a year`, `X for refund days`, `X over 52 weeks`
fn conversion<'t>(start: Tokens<'t>, input: Tokens<'t>, value: Box<Expression>) -> Boxed<'t> {
    if let Some((rest, count)) = input.after("for").and_then(|rest| how_many(rest).ok()) {
        let (rest, period) = cut(period).parse(rest)?;
        let (rest, per) = per(rest);
        let per = per.map(|per| per.value);
        return made(start, rest, ExpressionKind::For { value, count, period, per });
    }
    if let Some(rest) = input.after("for") {
        let (rest, name) = cut(name(Expected::Period)).parse(rest)?;
        return made(start, rest, ExpressionKind::ForNamed { value, name });
    }
    if let Some((rest, weeks)) = input.after("over").and_then(|rest| how_many(rest).ok()) {
        let (rest, _) = cut(words("weeks", Expected::Weeks)).parse(rest)?;
        return made(start, rest, ExpressionKind::OverWeeks { value, weeks });
    }
    Ok((input, value))
}

/// `weeks`, `months`, `days`, in the singular
fn period(input: Tokens<'_>) -> Read<'_, String> {
    let period = input.first().and_then(|token| match token.key.as_str() {
        "week" | "weeks" => Some("week"),
        "month" | "months" => Some("month"),
        "day" | "days" => Some("day"),
        _ => None,
    });
    match period {
        Some(period) => Ok((input.skip(1), period.to_string())),
        None => input.error(Mistake::Expected(Expected::Period)),
    }
}

/// `a week`, `an hour`, where it comes next
pub(super) fn per(input: Tokens<'_>) -> (Tokens<'_>, Option<Spanned<String>>) {
    let is_article = input.is_at("a") || input.is_at("an");
    let unit = input.skip(1).first().filter(|unit| is_article && unit.kind == TokenKind::Word);
    match unit {
        Some(unit) => {
            let per = Spanned { value: unit.key.clone(), span: unit.span };
            (input.skip(2), Some(per))
        }
        None => (input, None),
    }
}

/// `primary = NAME | phrase | LITERAL [ per ] | "(" rounded ")"`
///
/// The longest declared name comes first, then a phrase, then a literal.
pub(super) fn primary(input: Tokens<'_>) -> Boxed<'_> {
    match longer(input) {
        Some(longer) => nested(input, longer),
        None => single(input),
    }
}

/// The rule of what holds other expressions, where the next words begin it.
fn longer<'t>(input: Tokens<'t>) -> Option<Phrase<'t>> {
    if input.kind() == Some(TokenKind::Open) {
        return Some(bracket);
    }
    if declared_name(input).is_some() { None } else { phrase(input) }
}

/// Whether a bracket or a phrase such as `age on` comes next.
pub(super) fn begins_phrase(input: Tokens<'_>) -> bool {
    longer(input).is_some()
}

/// `NAME | LITERAL [ per ]`
fn single(input: Tokens<'_>) -> Boxed<'_> {
    let (rest, name) = match declared_name(input) {
        Some(read) => read,
        None if is_literal(input) => return amount(input),
        None if input.kind() == Some(TokenKind::Times) => {
            return input.fail(Mistake::TimesIsNoName);
        }
        None => unknown_name(input, Expected::Expression)?,
    };
    let span = name.span;
    Ok((rest, Box::new(Expression { kind: ExpressionKind::Name(name), span })))
}

/// `"(" expression [ rounding ] ")"`
fn bracket(start: Tokens<'_>) -> Boxed<'_> {
    let (input, mut inside) = firm(boxed_rounded(start.skip(1)))?;
    let (input, _) = firm(token(TokenKind::Close, Expected::CloseBracket)(input))?;
    inside.span = start.span_until(input);
    Ok((input, inside))
}

/// `LITERAL [ ("a"|"an") WORD ]`
fn amount(input: Tokens<'_>) -> Boxed<'_> {
    let start = input;
    let (input, literal) = literal(input)?;
    let may_have_unit = matches!(literal.value, Literal::Money(_) | Literal::Number(_));
    let (input, per) = if may_have_unit { per(input) } else { (input, None) };
    made(start, input, ExpressionKind::Literal { value: literal.value, per })
}

type Phrase<'t> = fn(Tokens<'t>) -> Boxed<'t>;

/// The phrase that the next words begin, if they begin one.
fn phrase<'t>(input: Tokens<'t>) -> Option<Phrase<'t>> {
    if input.is_at("age on") || input.is_at("age from") {
        return Some(age);
    }
    if input.is_at("days from") {
        return Some(days_between);
    }
    if input.is_at("the rest") {
        return Some(|input| input.fail(Mistake::RestOfWhat));
    }
    if is_part(input) {
        return Some(part);
    }
    if is_distance(input) {
        return Some(distance);
    }
    let thing = skip_article(input);
    if EXTREMES.iter().any(|&(word, _)| thing.is_at(word) && thing.skip(1).is_at("of")) {
        return Some(extreme);
    }
    if thing.is_at("number of") {
        return Some(number_of);
    }
    let is_aggregate = aggregate(thing).is_some() && input.is_at("the");
    is_aggregate.then_some(over)
}

/// `"age on" primary | "age from" primary "on" primary`
fn age(input: Tokens<'_>) -> Boxed<'_> {
    let start = input;
    let (input, from) = match input.after("age from") {
        Some(rest) => {
            let (rest, from) = firm(primary(rest))?;
            (rest, Some(from))
        }
        None => (input.skip(1), None),
    };
    let (input, _) = cut(words("on", Expected::On)).parse(input)?;
    let (input, on) = firm(primary(input))?;
    made(start, input, ExpressionKind::Age { from, on })
}

fn is_part(input: Tokens<'_>) -> bool {
    let is_share = matches!(input.kind(), Some(TokenKind::Percent | TokenKind::Fraction));
    is_share && input.skip(1).is_at("of")
}

/// `(PERCENT|FRACTION) "of" primary`
fn part(input: Tokens<'_>) -> Boxed<'_> {
    let start = input;
    let (input, share) = literal(input)?;
    let (input, _) = cut(words("of", Expected::Of)).parse(input)?;
    let (input, of) = firm(primary(input))?;
    made(start, input, ExpressionKind::Part { share, of })
}

const EXTREMES: [(&str, bool); 6] = [
    ("greater", true),
    ("higher", true),
    ("later", true),
    ("lesser", false),
    ("lower", false),
    ("earlier", false),
];

/// `"the" ("greater"|"lesser"|"higher"|"lower"|"later"|"earlier") "of" primary "and" primary`
fn extreme(input: Tokens<'_>) -> Boxed<'_> {
    let start = input;
    let input = skip_article(input);
    let is_greatest = EXTREMES.iter().any(|&(word, greatest)| greatest && input.is_at(word));
    let (input, left) = firm(primary(input.skip(2)))?;
    let (input, _) = cut(words("and", Expected::And)).parse(input)?;
    let (input, right) = firm(primary(input))?;
    if sum_operator(input).or_else(|| product_operator(input)).is_some() {
        return input.fail(Mistake::ExtremeGoesOn);
    }
    made(start, input, ExpressionKind::Extreme { is_greatest, left, right })
}

/// `"the number of" FAMILY [ "where" atom ]`
fn number_of(input: Tokens<'_>) -> Boxed<'_> {
    let start = input;
    let input = skip_article(input).skip(2);
    let (input, family) = cut(name(Expected::Family)).parse(input)?;
    if input.is_at("over") {
        return input.fail_at(Mistake::NumberOverFamily, start.span_until(input));
    }
    filtered(start, input, Aggregate::Number, None, family)
}

fn aggregate(input: Tokens<'_>) -> Option<Aggregate> {
    match input.first()?.key.as_str() {
        "sum" => Some(Aggregate::Sum),
        "highest" => Some(Aggregate::Highest),
        "lowest" => Some(Aggregate::Lowest),
        "latest" => Some(Aggregate::Latest),
        "earliest" => Some(Aggregate::Earliest),
        _ => None,
    }
}

/// `"the" ("sum"|"highest"|"lowest"|"latest"|"earliest") [ "of" ] NAME "over" [ "all" ] FAMILY
/// [ "where" atom ] [ "," "or" VALUE "if none" ]`, and `"the" ("highest"|"lowest") FAMILY`
fn over(input: Tokens<'_>) -> Boxed<'_> {
    let start = input;
    let input = skip_article(input);
    let Some(aggregate) = aggregate(input) else {
        return input.fail(Mistake::Expected(Expected::Expression));
    };
    let input = input.skip(1);
    let (after_of, is_of) = optional_words("of", input);
    let (input, of) = match declared_name(after_of) {
        // `the highest price over services`, without `of`
        Some((rest, of)) if !is_of && rest.is_at("over") => (rest, Some(of)),
        _ if is_of => {
            let (rest, of) = cut(name(Expected::Expression)).parse(after_of)?;
            (rest, Some(of))
        }
        _ => (input, None),
    };
    let input = match of {
        Some(_) => {
            let (rest, _) = cut(words("over", Expected::Over)).parse(input)?;
            optional_words("all", rest).0
        }
        None => input,
    };
    let (input, family) = cut(name(Expected::Family)).parse(input)?;
    filtered(start, input, aggregate, of, family)
}

fn filtered<'t>(
    start: Tokens<'t>,
    input: Tokens<'t>,
    aggregate: Aggregate,
    of: Option<Name>,
    family: Name,
) -> Boxed<'t> {
    let (input, filter) = match input.after("where") {
        Some(rest) => {
            let (rest, filter) = firm(boxed_atom(rest))?;
            (rest, Some(filter))
        }
        None => (input, None),
    };
    let (input, if_none) = if_none(input);
    let if_none = if_none.map(Box::new);
    made(start, input, ExpressionKind::Over { aggregate, of, family, filter, if_none })
}

/// `"," "or" VALUE "if none"`, where it comes next
fn if_none(input: Tokens<'_>) -> (Tokens<'_>, Option<Operand>) {
    let is_comma = input.kind() == Some(TokenKind::Comma);
    let Some(rest) = input.skip(1).after("or").filter(|_| is_comma) else { return (input, None) };
    if is_literal(rest) {
        let Ok((rest, value)) = operand(rest, None) else { return (input, None) };
        return match rest.after("if none") {
            Some(rest) => (rest, Some(value)),
            None => (input, None),
        };
    }
    let is_end = |length: &usize| rest.skip(*length).is_at("if none");
    let Some(length) = (1..=MOST_WORDS).find(is_end) else { return (input, None) };
    let after = rest.skip(length);
    let key = rest.take_until(after).slice().iter().map(|word| word.key.as_str());
    let key = key.collect::<Vec<_>>().join(" ");
    let word = Word { key, span: rest.span_until(after) };
    (after.skip(2), Some(Operand::Words(word)))
}
