//! The types of facts and what may follow them.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use nom::Parser;
use nom::combinator::cut;
use nom::multi::separated_list1;

use super::condition::condition;
use super::error::{Expected, Mistake};
use super::expression::per;
use super::literal::{date, decimal, literal};
use super::table::after_to;
use super::tokens::{Read, Tokens, name, skip_article, token, word_run, words};
use crate::lex::written;
use crate::syntax::{Condition, Decimal, FactType, Literal, Name, Spanned, Step, Unit, Word};
use crate::token::TokenKind;

/// What follows the type of a fact.
#[derive(Default)]
pub(super) struct FactEnding {
    pub(super) default: Option<Spanned<String>>,
    pub(super) ask: Option<Spanned<String>>,
    pub(super) only_when: Option<Box<Condition>>,
    pub(super) decided_by: Option<Box<Name>>,
}

/// `type = "yes or no" | date | choice | level | money | percent | text | number`
pub(super) fn fact_type(input: Tokens<'_>) -> Read<'_, FactType> {
    if let Some(rest) = input.after("yes or no") {
        return Ok((rest, FactType::YesNo));
    }
    let of_kind = skip_article(input);
    if of_kind.is_at("date") {
        return date_type(of_kind.skip(1));
    }
    if let Some(rest) = of_kind.after("level of") {
        return level(rest);
    }
    if let Some(rest) = of_kind.after("yes or no") {
        return Ok((rest, FactType::YesNo));
    }
    if let Some(rest) = input.after("one of") {
        return choice(rest);
    }
    if let Some(rest) = input.after("money") {
        return money(rest);
    }
    if let Some(rest) = input.after("percent") {
        return percent(rest);
    }
    if let Some(rest) = input.after("text") {
        return Ok((rest, FactType::Text));
    }
    number(input)
}

/// The tokens after a comma and these words.
fn after_comma<'t>(input: Tokens<'t>, words: &str) -> Option<Tokens<'t>> {
    let is_comma = input.kind() == Some(TokenKind::Comma);
    input.skip(1).after(words).filter(|_| is_comma)
}

/// `"a date" [ "," "from" DATE "to" DATE ]`
fn date_type(input: Tokens<'_>) -> Read<'_, FactType> {
    let Some(rest) = after_comma(input, "from") else {
        return Ok((input, FactType::Date { from: None, to: None }));
    };
    let (rest, from) = cut(date).parse(rest)?;
    let Some(after) = after_to(rest) else {
        return Ok((rest, FactType::Date { from: Some(from), to: None }));
    };
    let (rest, to) = cut(date).parse(after)?;
    Ok((rest, FactType::Date { from: Some(from), to: Some(to) }))
}

/// `"a level of" NAME [ "," "up to" LEVEL ]`
fn level(input: Tokens<'_>) -> Read<'_, FactType> {
    let (input, of) = ladder(input)?;
    if after_comma(input, "never").is_some() {
        let (input, never) = never_levels(input)?;
        return Ok((input, FactType::Level { of, top: None, never }));
    }
    // At the end of a family's heading, `up to` asks for a level beside each member.
    let Some(rest) = after_comma(input, "up to").filter(|rest| !rest.is_empty()) else {
        return Ok((input, FactType::Level { of, top: None, never: Vec::new() }));
    };
    let (rest, (key, span)) = cut(word_run(Expected::Level, None)).parse(rest)?;
    let (rest, never) = never_levels(rest)?;
    Ok((rest, FactType::Level { of, top: Some(Word { key, span }), never }))
}

/// `[ "," "never" LEVEL { "or" LEVEL } ]`
pub(super) fn never_levels(input: Tokens<'_>) -> Read<'_, Vec<Word>> {
    let Some(rest) = after_comma(input, "never") else { return Ok((input, Vec::new())) };
    let level = |input| {
        let (rest, (key, span)) = cut(word_run(Expected::Level, None)).parse(input)?;
        Ok((rest, Word { key, span }))
    };
    let or = words("or", Expected::LineEnd);
    cut(separated_list1(or, level)).parse(rest)
}

/// The name of levels; one that is not declared is found by the checker, which knows the others.
fn ladder(input: Tokens<'_>) -> Read<'_, Name> {
    let (rest, (key, span)) = cut(word_run(Expected::Name, None)).parse(input)?;
    Ok((rest, Name { key, span }))
}

/// `"one of" WORD { "," WORD }`, up to an ending
fn choice(input: Tokens<'_>) -> Read<'_, FactType> {
    let mut choices = Vec::new();
    let mut input = input;
    loop {
        if input.kind() == Some(TokenKind::Number) {
            return input.fail(Mistake::NumberAsWord);
        }
        let (rest, (key, span)) = cut(word_run(Expected::Test, None)).parse(input)?;
        choices.push(Word { key, span });
        if rest.kind() != Some(TokenKind::Comma) || is_ending(rest.skip(1)) {
            return Ok((rest, FactType::OneOf(choices)));
        }
        input = rest.skip(1);
    }
}

/// Whether the part up to the next comma ends the declaration instead of going on.
fn is_ending(input: Tokens<'_>) -> bool {
    let part = input.slice().split(|token| token.kind == TokenKind::Comma).next();
    let is_default = part.is_some_and(|part| part.iter().any(|token| token.is_word("unless")));
    is_default || ["ask", "only when", "decided by"].iter().any(|words| input.is_at(words))
}

/// `"money" [ ("a"|"an") WORD ] [ "," MONEY "to" MONEY ]`
fn money(input: Tokens<'_>) -> Read<'_, FactType> {
    let (input, per) = per(input);
    let (input, bounds) = bounds(input, |value| match value {
        Literal::Money(pence) => Some(pence),
        _ => None,
    })?;
    Ok((input, FactType::Money { per, bounds }))
}

/// `"percent" [ "," "in steps of" PERCENT ] [ "," PERCENT "to" PERCENT ]`
fn percent(input: Tokens<'_>) -> Read<'_, FactType> {
    let (input, step) = match after_comma(input, "in steps of") {
        Some(rest) => {
            let (rest, step) = cut(step_size).parse(rest)?;
            (rest, Some(step))
        }
        None => (input, None),
    };
    let (input, bounds) = bounds(input, |value| match value {
        Literal::Percent(percent) => Some(percent),
        _ => None,
    })?;
    Ok((input, FactType::Percent { step, bounds }))
}

/// `[ "whole" ] "number" | WORD ("a"|"an") WORD`, `[ "," step ] [ "," NUMBER "to" NUMBER ]`
fn number(input: Tokens<'_>) -> Read<'_, FactType> {
    let (rest, unit, step) = match (input.after("whole number"), input.after("number")) {
        (Some(rest), _) => (rest, None, Some(Step::Whole)),
        (None, Some(rest)) => (rest, None, None),
        (None, None) => {
            let (rest, unit) = unit(input)?;
            (rest, Some(unit), None)
        }
    };
    let (rest, step) = match step {
        Some(step) => (rest, step),
        None => written_step(rest)?,
    };
    let (rest, bounds) = bounds(rest, |value| match value {
        Literal::Number(number) => Some(number),
        _ => None,
    })?;
    Ok((rest, FactType::Number { unit, step, bounds }))
}

/// `hours a week`, `visits`
fn unit(input: Tokens<'_>) -> Read<'_, Unit> {
    let thing = input.first().filter(|token| token.kind == TokenKind::Word);
    let rest = input.skip(1);
    let (after, per) = per(rest);
    match thing {
        Some(thing) if per.is_some() || is_before_step(rest) => {
            let span = input.span_until(after);
            let per = per.map(|per| per.value);
            Ok((after, Unit { thing: thing.key.clone(), per, span }))
        }
        _ => input.fail(Mistake::Expected(Expected::FactType)),
    }
}

/// Whether `, whole`, `, in quarters` or `, 0 to 7` follows, as after a number of things.
fn is_before_step(input: Tokens<'_>) -> bool {
    let next = input.skip(1);
    input.kind() == Some(TokenKind::Comma)
        && (next.is_at("whole") || next.is_at("in") || next.kind() == Some(TokenKind::Number))
}

/// `"," ("whole" | "in" PARTS | "in steps of" NUMBER)`
fn written_step(input: Tokens<'_>) -> Read<'_, Step> {
    let parts = [
        ("halves", 2),
        ("thirds", 3),
        ("quarters", 4),
        ("fifths", 5),
        ("tenths", 10),
        ("hundredths", 100),
    ];
    if let Some(rest) = after_comma(input, "whole") {
        return Ok((rest, Step::Whole));
    }
    if let Some(rest) = after_comma(input, "in steps of") {
        let (rest, step) = cut(step_size).parse(rest)?;
        return Ok((rest, Step::Of(step)));
    }
    let Some(rest) = after_comma(input, "in") else { return Ok((input, Step::Missing)) };
    let step = parts.iter().find_map(|&(word, parts)| Some((rest.after(word)?, parts)));
    match step {
        Some((rest, parts)) => Ok((rest, Step::OneOver(parts))),
        None => rest.fail(Mistake::Expected(Expected::Bounds)),
    }
}

fn step_size(input: Tokens<'_>) -> Read<'_, Decimal> {
    let size =
        input.first().filter(|token| matches!(token.kind, TokenKind::Number | TokenKind::Percent));
    match size.map(|size| decimal(&size.key)) {
        Some(Ok(step)) => Ok((input.skip(1), step)),
        Some(Err(mistake)) => input.fail(mistake),
        None => input.error(Mistake::Expected(Expected::Literal)),
    }
}

type Bounds<T> = Option<(Spanned<T>, Spanned<T>)>;

/// `"," LITERAL "to" LITERAL`, both of one kind, where a literal follows the comma
fn bounds<'t, T>(input: Tokens<'t>, of_kind: fn(Literal) -> Option<T>) -> Read<'t, Bounds<T>> {
    let is_comma = input.kind() == Some(TokenKind::Comma);
    let start = input.skip(1);
    if !is_comma || is_ending(start) {
        return Ok((input, None));
    }
    let (rest, least) = cut(bound(of_kind)).parse(start)?;
    let Some(rest) = after_to(rest) else {
        return rest.fail(Mistake::Expected(Expected::Bounds));
    };
    let (rest, greatest) = cut(bound(of_kind)).parse(rest)?;
    Ok((rest, Some((least, greatest))))
}

fn bound<'t, T>(of_kind: fn(Literal) -> Option<T>) -> impl Fn(Tokens<'t>) -> Read<'t, Spanned<T>> {
    move |input| {
        let (rest, literal) = match literal(input) {
            Err(nom::Err::Error(_)) => return input.fail(Mistake::Expected(Expected::Bounds)),
            other => other?,
        };
        match of_kind(literal.value) {
            Some(value) => Ok((rest, Spanned { value, span: literal.span })),
            None => input.fail(Mistake::Expected(Expected::Bounds)),
        }
    }
}

/// `{ "," ( TEXT "unless stated" | "only when" condition | "decided by" NAME | "ask" TEXT ) }`,
/// to the end
pub(super) fn endings(input: Tokens<'_>) -> Read<'_, FactEnding> {
    let mut ending = FactEnding::default();
    let mut input = input;
    while !input.is_empty() {
        let rest = match input.kind() {
            Some(TokenKind::Comma) => input.skip(1),
            // `money per week, £0.00 unless stated`: it belongs to the type, and to no default.
            _ if input.is_at("per") => return input.fail(Mistake::Expected(Expected::Ending)),
            _ => input,
        };
        let (rest, ()) = one_ending(rest, &mut ending)?;
        input = rest;
    }
    Ok((input, ending))
}

fn one_ending<'t>(input: Tokens<'t>, ending: &mut FactEnding) -> Read<'t, ()> {
    if let Some(rest) = input.after("only when") {
        let (rest, only_when) = cut(condition).parse(rest)?;
        ending.only_when = Some(Box::new(only_when));
        return Ok((rest, ()));
    }
    if let Some(rest) = input.after("decided by") {
        let (rest, panel) = cut(name(Expected::Panel)).parse(rest)?;
        ending.decided_by = Some(Box::new(panel));
        return Ok((rest, ()));
    }
    if let Some(rest) = input.after("ask") {
        let (rest, text) = cut(token(TokenKind::Text, Expected::Ending)).parse(rest)?;
        ending.ask = Some(Spanned { value: text.key.clone(), span: text.span });
        return Ok((rest, ()));
    }
    let (rest, default) = default_value(input)?;
    ending.default = Some(default);
    Ok((rest, ()))
}

/// `TEXT "unless stated"`, the text as written
fn default_value(input: Tokens<'_>) -> Read<'_, Spanned<String>> {
    let is_end = |token: &crate::token::Token| token.is_word("unless");
    let Some(length) = input.slice().iter().position(is_end).filter(|&length| length > 0) else {
        return input.fail(Mistake::Expected(Expected::Ending));
    };
    let rest = input.skip(length);
    let span = input.span_until(rest);
    let value = written(input.take_until(rest).slice(), input.context.text);
    let (rest, _) = cut(words("unless stated", Expected::Ending)).parse(rest)?;
    Ok((rest, Spanned { value, span }))
}
