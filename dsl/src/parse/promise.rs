//! Promises: what holds for every case, by the policy's own word.

use alloc::string::ToString;

use nom::Parser;
use nom::combinator::cut;

use super::error::{Expected, Mistake};
use super::expression::expression;
use super::literal::reference;
use super::tokens::{Read, Tokens, name, skip_article, words};
use crate::names::MOST_WORDS;
use crate::syntax::{Body, Name, Promise};

/// `"The parties' payments add up to" expression`
pub(super) fn add_up(input: Tokens<'_>) -> Read<'_, Body> {
    let (input, _) = words("the parties' payments add up to", Expected::Sentence)(input)?;
    let (input, amount) = cut(expression).parse(input)?;
    Ok((input, Body::Promise(Promise::AddUp { amount })))
}

/// Whether a sentence begins as a promise about what is higher does, with or without its article.
pub(super) fn begins_with_higher(input: Tokens<'_>) -> bool {
    input.is_at("higher") || input.is_at("a higher")
}

/// `[ "A" ] "Higher" NAME "never" ("lower"|"lowers"|"raise"|"raises") PARTY's
/// ( "share in" NUMBER | "payments" )`
pub(super) fn monotone(input: Tokens<'_>) -> Read<'_, Body> {
    let (input, _) = words("higher", Expected::Sentence)(skip_article(input))?;
    let (input, rising) = cut(name(Expected::Name)).parse(input)?;
    let (input, _) = cut(words("never", Expected::LowerOrRaise)).parse(input)?;
    let ways = [("lower", true), ("lowers", true), ("raise", false), ("raises", false)];
    let way = ways.iter().find_map(|(way, lowers)| Some((input.after(way)?, *lowers)));
    let Some((input, never_lower)) = way else {
        return input.fail(Mistake::Expected(Expected::LowerOrRaise));
    };
    let (input, party) = cut(possessive).parse(input)?;
    let (input, within) = match input.after("payments") {
        Some(rest) => (rest, None),
        None => {
            let (rest, _) = cut(words("share in", Expected::SharesOrPayments)).parse(input)?;
            let (rest, within) = cut(reference).parse(rest)?;
            (rest, Some(within))
        }
    };
    let promise = Promise::Monotone { rising, never_lower, party, within };
    Ok((input, Body::Promise(promise)))
}

/// `PARTY's`: the words up to one that ends in `'s` or `s'`, which a name may hold as well
/// (`children's services'`)
fn possessive(input: Tokens<'_>) -> Read<'_, Name> {
    let input = skip_article(input);
    let is_declared = |key: &str| input.context.names.contains(key);
    let mut owners = possessives(input).map(|rest| {
        let owner = super::tokens::key_until(input, rest);
        let key = owner.strip_suffix("'s").or_else(|| owner.strip_suffix('\'')).unwrap_or(&owner);
        (rest, if is_declared(&owner) { owner.clone() } else { key.to_string() })
    });
    let mut first = None;
    let declared = owners.find(|(rest, key)| {
        first.get_or_insert((*rest, key.clone()));
        is_declared(key)
    });
    let Some((rest, key)) = declared.or(first) else {
        return input.error(Mistake::Expected(Expected::SharesOrPayments));
    };
    let name = Name { key, span: input.span_until(rest) };
    if !is_declared(&name.key) {
        input.context.add_unknown(&name);
    }
    Ok((rest, name))
}

/// Whether the sentence is about `PARTY's payments`, and so begins with a party.
pub(super) fn is_about_payments(input: Tokens<'_>) -> bool {
    possessives(input).any(|rest| rest.is_at("payments are"))
}

/// What follows each word that ends in `'s` or `s'`.
fn possessives(input: Tokens<'_>) -> impl Iterator<Item = Tokens<'_>> {
    let is_owner = |key: &str| key.ends_with("'s") || key.ends_with("s'");
    let words = input.slice().iter().take(MOST_WORDS + 1).enumerate();
    words.filter(move |(_, word)| is_owner(&word.key)).map(move |(at, _)| input.skip(at + 1))
}

/// `PARTY "never pays" ("more"|"less") "than" expression`
pub(super) fn bound(input: Tokens<'_>) -> Read<'_, Body> {
    let (input, party) = name(Expected::Party)(input)?;
    let (input, _) = cut(words("never pays", Expected::Promise)).parse(input)?;
    let (input, is_most) = match (input.after("more than"), input.after("less than")) {
        (Some(rest), _) => (rest, true),
        (None, Some(rest)) => (rest, false),
        (None, None) => return input.fail(Mistake::Expected(Expected::Promise)),
    };
    let (input, amount) = cut(expression).parse(input)?;
    Ok((input, Body::Promise(Promise::Bound { party, is_most, amount })))
}

/// `SUBJECT "is" ("always"|"never") NAME`, after `When CONDITION,`
pub(super) fn always(input: Tokens<'_>) -> Read<'_, Body> {
    let (input, _) = name(Expected::Subject)(input)?;
    if is_of_every_case(input) { of_every_case(input) } else { input.fail(Mistake::AndMissing) }
}

/// Whether what follows the subject is a promise, not a conclusion.
pub(super) fn is_of_every_case(input: Tokens<'_>) -> bool {
    input.is_at("is always") || input.is_at("is never")
}

/// `"is" ("always"|"never") NAME`, after its subject
pub(super) fn of_every_case(input: Tokens<'_>) -> Read<'_, Body> {
    let is_always = input.is_at("is always");
    let (input, _) = words(if is_always { "is always" } else { "is never" }, Expected::Is)(input)?;
    let (input, conclusion) = cut(name(Expected::Conclusion)).parse(input)?;
    Ok((input, Body::Promise(Promise::Always { conclusion, is_always })))
}
