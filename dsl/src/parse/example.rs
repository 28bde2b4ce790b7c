//! Examples: what a case states and what is expected of its decision.

use alloc::string::String;
use alloc::vec::Vec;

use nom::Parser;
use nom::combinator::cut;
use nom::multi::separated_list1;

use super::error::{Expected, Mistake};
use super::later::Later;
use super::literal::{clause_number, is_literal, reference};
use super::tokens::{
    Read, Tokens, declared_name, name, optional_words, skip_article, token, words,
};
use super::uses::tool;
use crate::lex::written;
use crate::names::NameKind;
use crate::syntax::{Example, Expect, Given, Name, Reference, Spanned};
use crate::token::{Token, TokenKind};

/// `example = TEXT [ "is" TEXT ] [ ("given"|"but") givens ] [ "expect" expectations ]`
pub(super) fn example(input: Tokens<'_>) -> Read<'_, Example> {
    let (input, name) = text(input)?;
    let (input, base) = match input.after("is") {
        Some(rest) => {
            let (rest, base) = cut(text).parse(rest)?;
            (rest, Some(base))
        }
        None => (input, None),
    };
    let (input, given) = match input.after("given").or_else(|| input.after("but")) {
        Some(rest) => cut(list(given)).parse(rest)?,
        None => (input, Vec::new()),
    };
    if ["with", "without"].iter().any(|words| input.is_at(words)) {
        return input.fail(Mistake::NotYet(Later::ListExample));
    }
    let (input, expect) = match input.after("expect") {
        Some(rest) => cut(list(expectation)).parse(rest)?,
        None if input.is_empty() => (input, Vec::new()),
        None => return input.fail(Mistake::Expected(Expected::GivenOrExpect)),
    };
    let (input, _) = optional_stop(input);
    if !input.is_empty() {
        return input.fail(Mistake::Expected(Expected::ExpectEnd));
    }
    let expect = expect.into_iter().flatten().collect();
    let given = given.into_iter().flatten().collect();
    Ok((input, Example { name, base, given, expect }))
}

fn optional_stop(input: Tokens<'_>) -> (Tokens<'_>, bool) {
    let is_stop = input.kind() == Some(TokenKind::Stop);
    if is_stop { (input.skip(1), true) } else { (input, false) }
}

fn text(input: Tokens<'_>) -> Read<'_, Spanned<String>> {
    let (rest, text) = token(TokenKind::Text, Expected::Name)(input)?;
    Ok((rest, Spanned { value: text.key.clone(), span: text.span }))
}

/// What commas part, up to `expect` or the end; a comma may also stand at the end.
fn list<'t, O>(entry: fn(Tokens<'t>) -> Read<'t, O>) -> impl Fn(Tokens<'t>) -> Read<'t, Vec<O>> {
    move |input| {
        let mut entries = Vec::new();
        let mut input = input;
        loop {
            let (rest, read) = cut(entry).parse(input)?;
            entries.push(read);
            if rest.kind() != Some(TokenKind::Comma) {
                return Ok((rest, entries));
            }
            input = rest.skip(1);
            if input.is_empty() || input.is_at("expect") {
                return Ok((input, entries));
            }
        }
    }
}

/// `[ "other" ] NAME VALUE`; none where the name is unknown
fn given(input: Tokens<'_>) -> Read<'_, Option<Given>> {
    if input.after("no").is_some_and(is_list) {
        return input.fail(Mistake::NotYet(Later::ListExample));
    }
    let unknown = input.context.count_unknown();
    let (rest, is_other) = match declared_name(input) {
        Some(_) => (input, false),
        None => optional_words("other", input),
    };
    let (rest, name) = stated_name(rest)?;
    let (rest, value) = value(rest)?;
    let is_known = input.context.count_unknown() == unknown;
    Ok((rest, is_known.then_some(Given { name, is_other, value })))
}

fn is_list(input: Tokens<'_>) -> bool {
    let kind = declared_name(input).map(|(_, name)| input.context.names.kind(&name.key));
    kind == Some(Some(NameKind::List))
}

/// The name a value stands beside. Where it is unknown, it ends where a value begins.
fn stated_name(input: Tokens<'_>) -> Read<'_, Name> {
    if let Some(read) = declared_name(input) {
        return Ok(read);
    }
    let start = skip_article(input);
    let mut rest = start;
    while rest.first().is_some_and(Token::is_name_word) && !is_value_start(rest) {
        rest = rest.skip(1);
    }
    // A value of more words than are declared: the name takes what it can.
    if rest.slice().len() == start.slice().len() {
        return input.error(Mistake::Expected(Expected::Name));
    }
    let name = Name { key: super::tokens::key_until(start, rest), span: start.span_until(rest) };
    start.context.add_unknown(&name);
    Ok((rest, name))
}

fn is_value_start(input: Tokens<'_>) -> bool {
    let words = ["yes", "no", "not", "between", "by", "expect"];
    is_literal(input)
        || words.iter().any(|word| input.is_at(word))
        || input.word_length(None).is_some()
}

/// What stands up to the next comma, as written
fn value(input: Tokens<'_>) -> Read<'_, Spanned<String>> {
    let is_end = |token: &Token| {
        let is_sign = matches!(token.kind, TokenKind::Comma | TokenKind::Stop);
        is_sign || (token.starts_line && token.is_word("expect"))
    };
    let length = input.slice().iter().position(is_end).unwrap_or(input.slice().len());
    if length == 0 {
        return input.error(Mistake::Expected(Expected::Value));
    }
    let rest = input.skip(length);
    let span = input.span_until(rest);
    let value = written(input.take_until(rest).slice(), input.context.text);
    Ok((rest, Spanned { value, span }))
}

/// `expectation = "not covered" by | [ "not" ] NAME by | "referred" by | "refused" by
///              | ("payments"|NAME) ("need"|"needs") NAMES | NAME "between" VALUE "and" VALUE
///              | NAME VALUE`
fn expectation(input: Tokens<'_>) -> Read<'_, Option<Spanned<Expect>>> {
    let unknown = input.context.count_unknown();
    let (rest, expect) = expectation_kind(input)?;
    let is_known = input.context.count_unknown() == unknown;
    let span = input.span_until(rest);
    Ok((rest, is_known.then_some(Spanned { value: expect, span })))
}

fn expectation_kind(input: Tokens<'_>) -> Read<'_, Expect> {
    if let Some(rest) = input.after("not covered") {
        let (rest, by) = by(rest)?;
        return Ok((rest, Expect::NotCovered { by }));
    }
    if let Some(rest) = input.after("referred").filter(|rest| rest.is_at("by")) {
        let (rest, by) = by(rest)?;
        return Ok((rest, Expect::Referred { by }));
    }
    if let Some(rest) = input.after("refused").filter(|rest| rest.is_at("by")) {
        let (rest, by) = by(rest)?;
        return Ok((rest, Expect::Refused { by }));
    }
    if input.is_at("awaits") {
        return input.fail(Mistake::NotYet(Later::Awaits));
    }
    if let Some(rest) = input.after("payments need").or_else(|| input.after("payments needs")) {
        let (rest, facts) = facts(rest)?;
        return Ok((rest, Expect::Needs { name: None, facts }));
    }
    named(input)
}

/// An expectation that begins with a name.
fn named(input: Tokens<'_>) -> Read<'_, Expect> {
    let (input, not) = optional_words("not", input);
    let (input, name) = if not { name(Expected::Conclusion)(input)? } else { stated_name(input)? };
    let is_ended = matches!(input.kind(), None | Some(TokenKind::Comma | TokenKind::Stop));
    if not || is_ended || input.is_at("by") {
        let (input, by) = by(input)?;
        return Ok((input, Expect::Conclusion { conclusion: name, not, by }));
    }
    if let Some(rest) = input.after("needs").or_else(|| input.after("need")) {
        let (rest, facts) = facts(rest)?;
        return Ok((rest, Expect::Needs { name: Some(name), facts }));
    }
    if let Some(rest) = input.after("between") {
        return between(rest, name);
    }
    let (input, value) = value(input)?;
    Ok((input, Expect::Amount { name, value }))
}

/// `"between" VALUE "and" VALUE`
fn between(input: Tokens<'_>, name: Name) -> Read<'_, Expect> {
    let is_and = |token: &Token| token.is_word("and");
    let Some(length) = input.slice().iter().take(16).position(is_and) else {
        return input.fail(Mistake::Expected(Expected::And));
    };
    let after = input.skip(length);
    let (_, least) = cut(value).parse(input.take_until(after))?;
    let (rest, greatest) = cut(value).parse(after.skip(1))?;
    Ok((rest, Expect::Between { name, least, greatest }))
}

/// `[ "by" [TOOL] NUMBER { ("and"|",") [TOOL] NUMBER } ]`
fn by(input: Tokens<'_>) -> Read<'_, Vec<Reference>> {
    let Some(rest) = input.after("by") else { return Ok((input, Vec::new())) };
    cut(separated_list1(next_number, reference)).parse(rest)
}

/// `and`, or a comma before another number
fn next_number(input: Tokens<'_>) -> Read<'_, ()> {
    if input.kind() == Some(TokenKind::Comma) && clause_number(tool(input.skip(1)).0).is_ok() {
        return Ok((input.skip(1), ()));
    }
    words("and", Expected::ExpectEnd)(input)
}

/// `NAME { "," [ "then perhaps" ] NAME }`, while the next name is a fact
fn facts(input: Tokens<'_>) -> Read<'_, Vec<Name>> {
    let (mut input, first) = cut(name(Expected::Name)).parse(input)?;
    let mut facts = Vec::from([first]);
    while let Some(next) = next_fact(input) {
        let (rest, fact) = name(Expected::Name)(next)?;
        facts.push(fact);
        input = rest;
    }
    Ok((input, facts))
}

/// The tokens at the next fact of a list of needs, where one follows.
fn next_fact(input: Tokens<'_>) -> Option<Tokens<'_>> {
    let after_comma = (input.kind() == Some(TokenKind::Comma)).then(|| input.skip(1));
    let next = after_comma.unwrap_or(input);
    if let Some(perhaps) = next.after("then perhaps") {
        return Some(perhaps);
    }
    let next = after_comma?;
    let (_, name) = declared_name(next)?;
    let kind = next.context.names.kind(&name.key);
    matches!(kind, Some(NameKind::Fact | NameKind::Member)).then_some(next)
}
