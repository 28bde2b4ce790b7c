//! Promises: what holds for every case, by the policy's own word.

use alloc::string::ToString;

use nom::Parser;
use nom::combinator::cut;

use super::error::{Expected, Mistake};
use super::expression::expression;
use super::literal::reference;
use super::tokens::{Read, Tokens, name, skip_article, words};
use crate::syntax::{Body, Name, Promise};

/// `"The parties' payments add up to" expression`
pub(super) fn add_up(input: Tokens<'_>) -> Read<'_, Body> {
    let (input, _) = words("the parties' payments add up to", Expected::Sentence)(input)?;
    let (input, amount) = cut(expression).parse(input)?;
    Ok((input, Body::Promise(Promise::AddUp { amount })))
}

/// `"Higher" NAME "never" ("lower"|"raise") PARTY's ( "share in" NUMBER | "payments" )`
pub(super) fn monotone(input: Tokens<'_>) -> Read<'_, Body> {
    let (input, _) = words("higher", Expected::Sentence)(input)?;
    let (input, rising) = cut(name(Expected::Name)).parse(input)?;
    let (input, _) = cut(words("never", Expected::LowerOrRaise)).parse(input)?;
    let (input, never_lower) = match (input.after("lower"), input.after("raise")) {
        (Some(rest), _) => (rest, true),
        (None, Some(rest)) => (rest, false),
        (None, None) => return input.fail(Mistake::Expected(Expected::LowerOrRaise)),
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

/// `PARTY's`: the words up to the one that ends in `'s` or `s'`
fn possessive(input: Tokens<'_>) -> Read<'_, Name> {
    let input = skip_article(input);
    let is_owner = |key: &str| key.ends_with("'s") || key.ends_with("s'");
    let last = input.slice().iter().take(8).position(|token| is_owner(&token.key));
    let Some(last) = last else {
        return input.error(Mistake::Expected(Expected::SharesOrPayments));
    };
    let rest = input.skip(last + 1);
    let owner = super::tokens::key_until(input, rest);
    let key = owner.strip_suffix("'s").or_else(|| owner.strip_suffix('\'')).unwrap_or(&owner);
    let name = Name { key: key.to_string(), span: input.span_until(rest) };
    if !input.context.names.contains(&name.key) {
        input.context.add_unknown(&name);
    }
    Ok((rest, name))
}

/// Whether the sentence is about `PARTY's payments`, and so begins with a party.
pub(super) fn is_about_payments(input: Tokens<'_>) -> bool {
    possessive_end(input).is_some_and(|rest| rest.is_at("payments are"))
}

fn possessive_end(input: Tokens<'_>) -> Option<Tokens<'_>> {
    let last = input.slice().iter().take(9).position(|token| token.key.ends_with("'s"))?;
    Some(input.skip(last + 1))
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

/// `"the" SUBJECT "is" ("always"|"never") NAME`, after `When CONDITION,`
pub(super) fn always(input: Tokens<'_>) -> Read<'_, Body> {
    let (input, _) = name(Expected::Subject)(input)?;
    let (input, is_always) = match (input.after("is always"), input.after("is never")) {
        (Some(rest), _) => (rest, true),
        (None, Some(rest)) => (rest, false),
        (None, None) => return input.fail(Mistake::AndMissing),
    };
    let (input, conclusion) = cut(name(Expected::Conclusion)).parse(input)?;
    Ok((input, Body::Promise(Promise::Always { conclusion, is_always })))
}
