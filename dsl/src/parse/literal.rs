//! Literals: numbers, amounts, percents, fractions, dates, and clause numbers.

use alloc::string::String;

use apportion_core::date::Date;

use super::error::{Expected, Mistake};
use super::tokens::{Read, Tokens};
use super::uses::tool;
use crate::syntax::{Decimal, Literal, Reference, Spanned};
use crate::token::{TokenKind, number_word};

/// `LITERAL`: `12`, `two`, `£1,600.00`, `25%`, `1/3`, `1 April 2026`
pub(super) fn literal(input: Tokens<'_>) -> Read<'_, Spanned<Literal>> {
    let Some(token) = input.first() else {
        return input.error(Mistake::Expected(Expected::Literal));
    };
    let key = token.key.as_str();
    let value = match token.kind {
        TokenKind::Number => decimal(key).map(Literal::Number),
        TokenKind::Money => pence(key).map(Literal::Money),
        TokenKind::Percent => decimal(key).map(Literal::Percent),
        TokenKind::Fraction => fraction(key),
        TokenKind::Date => day(key).map(Literal::Date),
        TokenKind::Word => match number_word(key) {
            Some(number) => Ok(Literal::Number(whole(number))),
            None => return input.error(Mistake::Expected(Expected::Literal)),
        },
        _ => return input.error(Mistake::Expected(Expected::Literal)),
    };
    match value {
        Ok(value) => Ok((input.skip(1), Spanned { value, span: token.span })),
        Err(mistake) => input.fail(mistake),
    }
}

/// Whether a literal comes next.
pub(super) fn is_literal(input: Tokens<'_>) -> bool {
    input.first().is_some_and(|token| match token.kind {
        TokenKind::Word => number_word(&token.key).is_some(),
        kind => matches!(
            kind,
            TokenKind::Number
                | TokenKind::Money
                | TokenKind::Percent
                | TokenKind::Fraction
                | TokenKind::Date
        ),
    })
}

/// `DATE`
pub(super) fn date(input: Tokens<'_>) -> Read<'_, Spanned<Date>> {
    if input.kind() != Some(TokenKind::Date) {
        return input.error(Mistake::Expected(Expected::Date));
    }
    let (rest, literal) = literal(input)?;
    match literal.value {
        Literal::Date(value) => Ok((rest, Spanned { value, span: literal.span })),
        _ => input.error(Mistake::Expected(Expected::Date)),
    }
}

/// `INT`, in digits or, up to twelve, as a word
pub(super) fn integer(input: Tokens<'_>) -> Read<'_, u32> {
    let number = input.first().and_then(|token| match token.kind {
        TokenKind::Number => token.key.parse().ok(),
        TokenKind::Word => number_word(&token.key),
        _ => None,
    });
    match number {
        Some(number) => Ok((input.skip(1), number)),
        None => input.error(Mistake::Expected(Expected::WholeNumber)),
    }
}

/// `["section"] [TOOL] NUMBER ["row" INT]`: a section, a clause or a row of a clause's table
pub(super) fn reference(input: Tokens<'_>) -> Read<'_, Reference> {
    let start = input;
    let (input, is_section) = super::tokens::optional_words("section", input);
    let (input, _) = super::tokens::optional_words("clause", input);
    let (input, tool) = tool(input);
    let (input, number) = clause_number(input)?;
    let (input, row) = match input.after("row") {
        Some(rest) if !is_section => {
            let (rest, row) = integer(rest)?;
            (rest, Some(row))
        }
        _ => (input, None),
    };
    Ok((input, Reference { tool, number, is_section, row, span: start.span_until(input) }))
}

/// `4`, `4.10`, `4.2A`
pub(super) fn clause_number(input: Tokens<'_>) -> Read<'_, String> {
    match input.first() {
        Some(token) if matches!(token.kind, TokenKind::Number | TokenKind::ClauseNumber) => {
            Ok((input.skip(1), token.key.clone()))
        }
        _ => input.error(Mistake::Expected(Expected::ClauseNumber)),
    }
}

/// How many weeks, months or days there are: `38`, `52.143`, `two`
pub(super) fn how_many(input: Tokens<'_>) -> Read<'_, Decimal> {
    if let Ok((rest, number)) = integer(input) {
        return Ok((rest, whole(number)));
    }
    match input.first().filter(|token| token.kind == TokenKind::Number) {
        Some(token) => match decimal(&token.key) {
            Ok(number) => Ok((input.skip(1), number)),
            Err(mistake) => input.error(mistake),
        },
        None => input.error(Mistake::Expected(Expected::WholeNumber)),
    }
}

fn whole(number: u32) -> Decimal {
    Decimal { digits: i64::from(number), places: 0 }
}

/// A number in digits with at most nine after the point.
pub(super) fn decimal(key: &str) -> Result<Decimal, Mistake> {
    let (whole, after) = key.split_once('.').unwrap_or((key, ""));
    let places = u8::try_from(after.len()).ok().filter(|&places| places <= 9);
    let places = places.ok_or(Mistake::TooManyPlaces)?;
    let digits: String = whole.chars().chain(after.chars()).collect();
    let digits = digits.parse().map_err(|_| Mistake::NumberTooLarge)?;
    Ok(Decimal { digits, places })
}

/// An amount in pence, from pounds with at most two digits after the point.
pub(super) fn pence(key: &str) -> Result<i64, Mistake> {
    let amount = decimal(key)?;
    let by = match amount.places {
        0 => 100,
        1 => 10,
        2 => 1,
        _ => return Err(Mistake::NotInPence),
    };
    amount.digits.checked_mul(by).ok_or(Mistake::NumberTooLarge)
}

fn fraction(key: &str) -> Result<Literal, Mistake> {
    let (above, below) = key.split_once('/').unwrap_or((key, "1"));
    let above: i64 = above.parse().map_err(|_| Mistake::NumberTooLarge)?;
    let below: i64 = below.parse().map_err(|_| Mistake::NumberTooLarge)?;
    if below == 0 { Err(Mistake::DividedByZero) } else { Ok(Literal::Fraction(above, below)) }
}

fn day(key: &str) -> Result<Date, Mistake> {
    Date::parse(key).ok_or(Mistake::NoSuchDay)
}
