//! Days at a distance from a day, and the days between two.

use apportion_core::shift::MissingDay;
use nom::Parser;
use nom::combinator::cut;

use super::error::{Expected, Mistake};
use super::expression::{Boxed, made, primary};
use super::literal::integer;
use super::tokens::{Read, Tokens, firm, optional_words, words};
use crate::syntax::{Counting, ExpressionKind, Period, Spanned};
use crate::token::TokenKind;

const PERIODS: [(&str, Period); 8] = [
    ("day", Period::Days),
    ("days", Period::Days),
    ("week", Period::Weeks),
    ("weeks", Period::Weeks),
    ("month", Period::Months),
    ("months", Period::Months),
    ("year", Period::Years),
    ("years", Period::Years),
];

/// `INT ("working days"|"days"|"weeks"|"months"|"years") ("before"|"after")`: the words that
/// no other expression begins with.
fn head(input: Tokens<'_>) -> Option<(Tokens<'_>, (u32, Period, bool))> {
    let (rest, count) = integer(input).ok()?;
    let (rest, is_working) = optional_words("working", rest);
    let (rest, period) =
        PERIODS.iter().find_map(|(word, period)| Some((rest.after(word)?, *period)))?;
    let period = match (is_working, period) {
        (false, period) => period,
        (true, Period::Days) => Period::WorkingDays,
        (true, _) => return None,
    };
    let (rest, is_before) = match rest.after("before") {
        Some(rest) => (rest, true),
        None => (rest.after("after")?, false),
    };
    Some((rest, (count, period, is_before)))
}

/// Whether a day at a distance comes next.
pub(super) fn is_distance(input: Tokens<'_>) -> bool {
    head(input).is_some()
}

/// `head primary { "," ("counting that day"|"not counting that day"|"or the last day"|"or the next day") }`
pub(super) fn distance(start: Tokens<'_>) -> Boxed<'_> {
    let Some((input, (count, period, is_before))) = head(start) else {
        return start.error(Mistake::Expected(Expected::Expression));
    };
    let count = Spanned { value: count, span: start.span_until(start.skip(1)) };
    let (mut input, from) = firm(primary(input))?;
    let (mut counts_day, mut missing) = (None, None);
    loop {
        if let Some((rest, counts)) = counting_that_day(input).filter(|_| counts_day.is_none()) {
            (input, counts_day) = (rest, Some(counts));
        } else if let Some((rest, day)) = missing_day(input).filter(|_| missing.is_none()) {
            (input, missing) = (rest, Some(day));
        } else {
            let kind =
                ExpressionKind::Distance { count, period, is_before, from, counts_day, missing };
            return made(start, input, kind);
        }
    }
}

/// The tokens after `, WORDS`, where they come next.
fn after_comma<'t>(input: Tokens<'t>, words: &str) -> Option<Tokens<'t>> {
    (input.kind() == Some(TokenKind::Comma)).then(|| input.skip(1).after(words))?
}

fn counting_that_day(input: Tokens<'_>) -> Option<(Tokens<'_>, bool)> {
    let counts = after_comma(input, "counting that day").map(|rest| (rest, true));
    counts.or_else(|| Some((after_comma(input, "not counting that day")?, false)))
}

fn missing_day(input: Tokens<'_>) -> Option<(Tokens<'_>, MissingDay)> {
    let last = after_comma(input, "or the last day").map(|rest| (rest, MissingDay::Last));
    last.or_else(|| Some((after_comma(input, "or the next day")?, MissingDay::Next)))
}

/// `"days from" primary "to" primary "," "counting" ("both days"|"the first only"|"the last only"|"neither")`
pub(super) fn days_between(start: Tokens<'_>) -> Boxed<'_> {
    let (input, from) = firm(primary(start.skip(2)))?;
    let (input, _) = cut(words("to", Expected::ToDay)).parse(input)?;
    let (input, to) = firm(primary(input))?;
    let (input, counting) = firm(counting(input))?;
    made(start, input, ExpressionKind::DaysBetween { from, to, counting })
}

fn counting(input: Tokens<'_>) -> Read<'_, Counting> {
    let ways = [
        ("counting both days", Counting::Both),
        ("counting the first only", Counting::First),
        ("counting the last only", Counting::Last),
        ("counting neither", Counting::Neither),
    ];
    let way = ways.iter().find_map(|(words, way)| Some((after_comma(input, words)?, *way)));
    way.map_or_else(|| input.error(Mistake::Expected(Expected::Counting)), Ok)
}
