//! Examples: what a case states and what is expected of its decision.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use nom::Parser;
use nom::combinator::cut;
use nom::multi::separated_list1;

use super::error::{Expected, Mistake};
use super::literal::{clause_number, is_literal, reference};
use super::tokens::{
    Read, Tokens, declared_name, name, optional_words, skip_article, token, words,
};
use super::uses::tool;
use crate::lex::written;
use crate::names::NameKind;
use crate::syntax::{Example, Expect, Given, ItemPart, ItemSaid, Name, Needed, Reference, Spanned};
use crate::token::{Token, TokenKind};

/// `example = TEXT [ "is" TEXT ] { ("given"|"but") givens | item } [ "expect" expectations ]`
pub(super) fn example(input: Tokens<'_>) -> Read<'_, Example> {
    let (input, name) = text(input)?;
    let (input, base) = match input.after("is") {
        Some(rest) => {
            let (rest, base) = cut(text).parse(rest)?;
            (rest, Some(base))
        }
        None => (input, None),
    };
    let mut given = Vec::new();
    let mut items = Vec::new();
    let mut input = input;
    loop {
        if let Some((rest, item)) = item_part(input)? {
            items.extend(item);
            input = rest;
        } else if let Some(rest) = input.after("given").or_else(|| input.after("but")) {
            let (rest, stated) = cut(list(stated)).parse(rest)?;
            for stated in stated {
                match stated {
                    Stated::Facts(facts) => given.extend(facts),
                    Stated::NoItems(none) => items.push(none),
                }
            }
            input = rest;
        } else {
            break;
        }
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
    Ok((input, Example { name, base, given, items, expect }))
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
            if input.is_empty() || input.first().is_some_and(begins_part) || input.is_at("expect") {
                return Ok((input, entries));
            }
        }
    }
}

/// What stands after `given` or `but`.
enum Stated {
    Facts(Vec<Given>),
    NoItems(ItemPart),
}

/// `"no" LIST | PANEL "decides" PARTY VALUE { "," PARTY VALUE } | given`; no facts where the name
/// is unknown
fn stated(input: Tokens<'_>) -> Read<'_, Stated> {
    if let Some(rest) = input.after("no").filter(|rest| is_list(*rest)) {
        let (rest, list) = name(Expected::Name)(rest)?;
        return Ok((rest, Stated::NoItems(ItemPart { list, said: ItemSaid::None })));
    }
    let decides = declared_name(input)
        .and_then(|(rest, panel)| rest.after("decides").map(|rest| (rest, panel)));
    let (rest, facts) = match decides {
        Some((rest, panel)) => panel_decides(rest, &panel)?,
        None => {
            let (rest, given) = given(input)?;
            (rest, given.into_iter().collect())
        }
    };
    Ok((rest, Stated::Facts(facts)))
}

/// `("with"|"but") ITEM TEXT [ ":" givens ] | "without" ITEM TEXT`; nothing where something
/// else comes next, and no item where its name is unknown
fn item_part(input: Tokens<'_>) -> Result<ItemRead<'_>, nom::Err<super::error::ParseError<'_>>> {
    let with = input.after("with");
    let without = input.after("without");
    let but = input.after("but").filter(|rest| is_item(*rest));
    let Some(rest) = with.or(without).or(but) else { return Ok(None) };
    let unknown = input.context.count_unknown();
    let (rest, list) = cut(name(Expected::Item)).parse(rest)?;
    // An item of which a fact is unknown is there all the same.
    let is_known = input.context.count_unknown() == unknown;
    let (rest, label) = cut(text_of_item).parse(rest)?;
    if without.is_some() {
        let (rest, _) = optional_comma(rest);
        let said = ItemSaid::Without(label);
        return Ok(Some((rest, is_known.then_some(ItemPart { list, said }))));
    }
    let (rest, facts) = match rest.kind() {
        Some(TokenKind::Colon) => cut(self::list(given)).parse(rest.skip(1))?,
        _ => (optional_comma(rest).0, Vec::new()),
    };
    let facts = facts.into_iter().flatten().collect();
    let said = match with {
        Some(_) => ItemSaid::With(label, facts),
        None => ItemSaid::But(label, facts),
    };
    Ok(Some((rest, is_known.then_some(ItemPart { list, said }))))
}

/// What is left, and what was read of an item where one was.
type ItemRead<'t> = Option<(Tokens<'t>, Option<ItemPart>)>;

/// The name of an item in quotes.
fn text_of_item(input: Tokens<'_>) -> Read<'_, Spanned<String>> {
    match input.kind() {
        Some(TokenKind::Text) => text(input),
        _ => input.error(Mistake::Expected(Expected::ItemName)),
    }
}

fn optional_comma(input: Tokens<'_>) -> (Tokens<'_>, bool) {
    let is_comma = input.kind() == Some(TokenKind::Comma);
    if is_comma { (input.skip(1), true) } else { (input, false) }
}

/// Whether the name of a list or item comes next, and a text in quotes after it.
fn is_item(input: Tokens<'_>) -> bool {
    declared_name(input).is_some_and(|(rest, _)| rest.kind() == Some(TokenKind::Text))
}

/// Whether a word at the beginning of a line begins a part of an example.
fn begins_part(token: &Token) -> bool {
    let words = ["given", "but", "with", "without", "expect"];
    token.starts_line && words.iter().any(|word| token.is_word(word))
}

/// `[ "other" ] NAME VALUE`; none where the name is unknown
fn given(input: Tokens<'_>) -> Read<'_, Option<Given>> {
    let unknown = input.context.count_unknown();
    let (rest, is_other) = match declared_name(input) {
        Some(_) => (input, false),
        None => optional_words("other", input),
    };
    let (rest, name) = stated_name(rest)?;
    let (rest, value) = value(rest)?;
    let is_known = input.context.count_unknown() == unknown;
    Ok((rest, is_known.then_some(Given { name, is_other, panel: None, value })))
}

/// `PARTY VALUE { "," PARTY VALUE }`, while the next name is a party
fn panel_decides<'t>(input: Tokens<'t>, panel: &Name) -> Read<'t, Vec<Given>> {
    let mut shares = Vec::new();
    let mut input = input;
    loop {
        let (rest, party) = cut(name(Expected::Party)).parse(input)?;
        let (rest, value) = cut(value).parse(rest)?;
        shares.push(Given { name: party, is_other: false, panel: Some(panel.clone()), value });
        let is_comma = rest.kind() == Some(TokenKind::Comma);
        let next = declared_name(rest.skip(1)).filter(|_| is_comma);
        let kind = next.map(|(_, name)| rest.context.names.kind(&name.key));
        if kind != Some(Some(NameKind::Party)) {
            return Ok((rest, shares));
        }
        input = rest.skip(1);
    }
}

fn is_list(input: Tokens<'_>) -> bool {
    let kind = declared_name(input).map(|(_, name)| input.context.names.kind(&name.key));
    matches!(kind, Some(Some(NameKind::List | NameKind::Item)))
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
        is_sign || begins_part(token)
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
///              | "awaits" NAME
///              | ("payments"|NAME) ("need"|"needs") NAMES | NAME "between" VALUE "and" VALUE
///              | NAME VALUE | TEXT expectation`
fn expectation(input: Tokens<'_>) -> Read<'_, Option<Spanned<Expect>>> {
    let unknown = input.context.count_unknown();
    let (rest, expect) = match input.kind() {
        Some(TokenKind::Text) => of_item(input)?,
        _ => expectation_kind(input)?,
    };
    let is_known = input.context.count_unknown() == unknown;
    let span = input.span_until(rest);
    Ok((rest, is_known.then_some(Spanned { value: expect, span })))
}

/// `TEXT expectation`: of one item, by the name that the example gives it
fn of_item(input: Tokens<'_>) -> Read<'_, Expect> {
    let (rest, item) = text(input)?;
    let (rest, expect) = cut(expectation_kind).parse(rest)?;
    Ok((rest, Expect::OfItem { item, expect: Box::new(expect) }))
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
    if let Some(rest) = input.after("awaits") {
        let (rest, panel) = cut(name(Expected::Panel)).parse(rest)?;
        return Ok((rest, Expect::Awaits { panel }));
    }
    if let Some(rest) = input.after("payments need").or_else(|| input.after("payments needs")) {
        let (rest, needed) = needs(rest)?;
        return Ok((rest, Expect::Needs { name: None, needed }));
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
        let (rest, needed) = needs(rest)?;
        return Ok((rest, Expect::Needs { name: Some(name), needed }));
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

/// `needed { "," [ "then perhaps" ] needed }`, while the next name is a fact or list
fn needs(input: Tokens<'_>) -> Read<'_, Vec<Needed>> {
    let (mut input, first) = cut(needed).parse(input)?;
    let mut all = Vec::from([first]);
    while let Some(next) = next_needed(input) {
        let (rest, one) = needed(next)?;
        all.push(one);
        input = rest;
    }
    Ok((input, all))
}

/// `[ TEXT ] NAME`: of an item, by the name that the example gives it
fn needed(input: Tokens<'_>) -> Read<'_, Needed> {
    let (rest, item) = match input.kind() {
        Some(TokenKind::Text) => {
            let (rest, item) = text(input)?;
            (rest, Some(item))
        }
        _ => (input, None),
    };
    let (rest, name) = name(Expected::Needed)(rest)?;
    Ok((rest, Needed { item, name }))
}

/// The tokens at what else is needed, where something follows.
fn next_needed(input: Tokens<'_>) -> Option<Tokens<'_>> {
    let after_comma = (input.kind() == Some(TokenKind::Comma)).then(|| input.skip(1));
    let next = after_comma.unwrap_or(input);
    if let Some(perhaps) = next.after("then perhaps") {
        return Some(perhaps);
    }
    let next = after_comma?;
    let is_of_item = next.kind() == Some(TokenKind::Text);
    let (_, name) = declared_name(if is_of_item { next.skip(1) } else { next })?;
    let kind = next.context.names.kind(&name.key);
    matches!(kind, Some(NameKind::Fact | NameKind::Member | NameKind::List)).then_some(next)
}
