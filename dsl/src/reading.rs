//! The text of a fact into its value: once, for examples, case files, tables and code.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::date::Date;
use apportion_core::money::{Money, MoneyError};
use thiserror::Error;

use crate::checked::{Constant, Fact, Type, WordList};
use crate::listed;
use crate::naming;
use crate::number::Number;
use crate::unit::Unit;

/// Why a text is no value of a fact. What was written is never repeated: cases are private.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadMistake {
    /// `maybe` for a fact that is yes or no
    #[error("must be yes or no")]
    NotYesOrNo,
    /// A word that the fact does not have.
    #[error("must be one of {}", .words.join(", "))]
    NotAWord {
        /// The words it has.
        words: Vec<String>,
    },
    /// A level above the fact's top.
    #[error("goes up to {top} only")]
    AboveTop {
        /// The top level.
        top: String,
    },
    /// `12 May`, `2026-13-45`
    #[error("must be a date, such as 12 May 2026, 2026-05-12 or 12/05/2026")]
    NotADate,
    /// `30 February 2026`
    #[error("is a date that does not exist")]
    NoSuchDay,
    /// A date outside the fact's bounds.
    #[error("must be from {first} to {last}")]
    DateOutOfBounds {
        /// The earliest day.
        first: Date,
        /// The latest day.
        last: Date,
    },
    /// A date before the policy is in force.
    #[error("is before this version of the policy is in force, which is from {from}")]
    BeforeInForce {
        /// The first day in force.
        from: Date,
    },
    /// A date after the policy's last day.
    #[error("is after this version of the policy ended, on {until}")]
    AfterInForce {
        /// The last day in force.
        until: Date,
    },
    /// `about five`
    #[error("must be a number, such as {example}")]
    NotANumber {
        /// A number that would do.
        example: String,
    },
    /// `five pounds`
    #[error("must be an amount of money in pounds, such as £1,600.00")]
    NotMoney,
    /// `£1.005`
    #[error("has more than two places after the point; an amount is whole pence")]
    PartOfAPenny,
    /// `25` for a percent
    #[error("must be a percent with its sign, such as 25%")]
    NotAPercent,
    /// A level that this fact never has.
    #[error("is never {level}, though it may be higher")]
    NeverThis {
        /// The level.
        level: String,
    },
    /// A number between two steps.
    #[error("must be in steps of {step}")]
    BetweenSteps {
        /// The step.
        step: String,
    },
    /// A number outside the fact's bounds.
    #[error("must be from {least} to {greatest}")]
    OutOfBounds {
        /// The least value.
        least: String,
        /// The greatest value.
        greatest: String,
    },
    /// Nothing at all.
    #[error("is empty")]
    Empty,
}

impl ReadMistake {
    /// A stable name for this mistake.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            ReadMistake::NotYesOrNo => "not-yes-or-no",
            ReadMistake::NotAWord { .. } => "not-a-word-of-the-fact",
            ReadMistake::AboveTop { .. } => "level-above-top",
            ReadMistake::NeverThis { .. } => "never-this-level",
            ReadMistake::NotADate => "not-a-date",
            ReadMistake::NoSuchDay => "no-such-day",
            ReadMistake::DateOutOfBounds { .. } => "date-out-of-bounds",
            ReadMistake::BeforeInForce { .. } => "before-in-force",
            ReadMistake::AfterInForce { .. } => "after-in-force",
            ReadMistake::NotANumber { .. } => "not-a-number",
            ReadMistake::NotMoney => "not-money",
            ReadMistake::PartOfAPenny => "part-of-a-penny",
            ReadMistake::NotAPercent => "not-a-percent",
            ReadMistake::BetweenSteps { .. } => "between-steps",
            ReadMistake::OutOfBounds { .. } => "out-of-bounds",
            ReadMistake::Empty => "empty-value",
        }
    }
}

/// Reads the value of a fact, and checks it against the fact's bounds and step.
///
/// # Errors
///
/// Returns a [`ReadMistake`] that says what would be right.
pub fn read(fact: &Fact, lists: &[WordList], text: &str) -> Result<Constant, ReadMistake> {
    let constant = read_type(&fact.kind, lists, text).map_err(|mistake| match mistake {
        ReadMistake::NotAWord { .. } => {
            let words = usable_words(fact, lists).map(String::from).collect();
            ReadMistake::NotAWord { words }
        }
        mistake => mistake,
    })?;
    match (&fact.kind, constant) {
        (Type::Number(number), Constant::Number(value)) => {
            within_bounds(number, value)?;
            on_step(number, fact.step, value)?;
        }
        (Type::Words { list, .. }, Constant::Word(word)) if fact.never.contains(&word) => {
            let words = lists.get(list.0 as usize).map(|list| list.words.as_slice());
            let level = words.and_then(|words| words.get(usize::from(word)));
            return Err(ReadMistake::NeverThis { level: level.cloned().unwrap_or_default() });
        }
        (Type::Date { first, last }, Constant::Date(day)) if day < *first || day > *last => {
            return Err(ReadMistake::DateOutOfBounds { first: *first, last: *last });
        }
        _ => {}
    }
    Ok(constant)
}

/// The words that a fact may be: those up to its top that it is not declared never to be.
pub(crate) fn usable_words<'a>(
    fact: &'a Fact,
    lists: &'a [WordList],
) -> impl Iterator<Item = &'a str> {
    let (list, count) = match &fact.kind {
        Type::Words { list, count } => (lists.get(list.0 as usize), *count),
        _ => (None, 0),
    };
    let words = (0..count).zip(list.into_iter().flat_map(|list| &list.words));
    words.filter(|(place, _)| !fact.never.contains(place)).map(|(_, word)| word.as_str())
}

/// Reads a value of a type, whatever the bounds of its numbers and dates.
///
/// # Errors
///
/// Returns a [`ReadMistake`] that says what would be right.
pub fn read_type(kind: &Type, lists: &[WordList], text: &str) -> Result<Constant, ReadMistake> {
    let text = text.trim();
    if text.is_empty() {
        return Err(ReadMistake::Empty);
    }
    match kind {
        Type::YesNo => read_yes_no(text).map(Constant::YesNo),
        Type::Words { list, count } => {
            let words = lists.get(list.0 as usize).map_or(&[][..], |list| &list.words);
            read_word(words, *count, text).map(Constant::Word)
        }
        Type::Date { first, last } => {
            let bounds = ReadMistake::DateOutOfBounds { first: *first, last: *last };
            read_date(text, bounds).map(Constant::Date)
        }
        Type::Number(number) => read_number(number, text).map(Constant::Number),
        Type::Listed { list, count } => {
            let words = lists.get(list.0 as usize).map_or(&[][..], |list| &list.words);
            read_listed(words, *count, text).map(Constant::Listed)
        }
        Type::Broken => Err(ReadMistake::Empty),
    }
}

fn read_yes_no(text: &str) -> Result<bool, ReadMistake> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "1" => Ok(true),
        "no" | "false" | "0" => Ok(false),
        _ => Err(ReadMistake::NotYesOrNo),
    }
}

fn read_word(words: &[String], count: u8, text: &str) -> Result<u8, ReadMistake> {
    let key = naming::word_key(&text.replace('_', " "));
    let place = words.iter().position(|word| naming::has_key(word, &key));
    let usable = || words.iter().take(count.into());
    match place.and_then(|place| u8::try_from(place).ok()) {
        Some(word) if word < count => Ok(word),
        Some(_) => {
            Err(ReadMistake::AboveTop { top: usable().next_back().cloned().unwrap_or_default() })
        }
        None => Err(ReadMistake::NotAWord { words: usable().cloned().collect() }),
    }
}

/// `late; no plan`, in any order; `none`
fn read_listed(words: &[String], count: u8, text: &str) -> Result<i64, ReadMistake> {
    if naming::word_key(text) == listed::NONE {
        return Ok(0);
    }
    let words = text.split(';').map(|word| read_word(words, count, word));
    words.map(|word| word.map(listed::bit)).try_fold(0, |listed, word| Ok(listed | word?))
}

fn read_date(text: &str, out_of_bounds: ReadMistake) -> Result<Date, ReadMistake> {
    Date::parse(text).ok_or_else(|| {
        if looks_like_a_date(text) {
            ReadMistake::NoSuchDay
        } else if is_of_another_age(text) {
            out_of_bounds
        } else {
            ReadMistake::NotADate
        }
    })
}

/// Whether the same text would be a date in a year that is counted: then it lies before or after
/// all days that a fact may be.
fn is_of_another_age(text: &str) -> bool {
    let mark = |character: char| matches!(character, ' ' | '-' | '/');
    let year = text
        .split(mark)
        .find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit()));
    year.is_some_and(|year| Date::parse(&text.replacen(year, A_LEAP_YEAR, 1)).is_some())
}

/// A year that has every day.
const A_LEAP_YEAR: &str = "2000";

/// Whether the same text would be a date with another day: then only the day is missing.
fn looks_like_a_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split([' ', '-', '/']).filter(|part| !part.is_empty()).collect();
    let [first, middle, last] = parts[..] else { return false };
    let is_day = |part: &str| matches!(part.parse::<u8>(), Ok(29..=31));
    let with_day = |day: &str| {
        if text.contains('-') {
            [first, "-", middle, "-", day].concat()
        } else {
            let mark = if text.contains('/') { "/" } else { " " };
            [day, mark, middle, mark, last].concat()
        }
    };
    (is_day(first) && !text.contains('-') || is_day(last) && text.contains('-'))
        && Date::parse(&with_day("28")).is_some()
}

fn read_number(number: &Number, text: &str) -> Result<i64, ReadMistake> {
    let text = text.strip_suffix(number.unit.after_amount().as_str()).unwrap_or(text).trim_end();
    // The minus of word processors, or a dash in its place.
    let with_minus;
    let text = match text.strip_prefix(['\u{2212}', '\u{2013}']) {
        Some(rest) => {
            with_minus = alloc::format!("-{}", rest.trim_start());
            with_minus.as_str()
        }
        None => text,
    };
    let (value, places) = if number.unit.is_money() {
        let pence = Money::parse(text).map_err(|error| match error {
            MoneyError::TooManyPlaces => ReadMistake::PartOfAPenny,
            MoneyError::TooLarge => out_of_bounds(number),
            _ => ReadMistake::NotMoney,
        })?;
        (pence.pence(), 1)
    } else if number.unit.is_percent() {
        let percent = text.strip_suffix('%').ok_or(ReadMistake::NotAPercent)?;
        let digits = digits(percent.trim_end());
        let (digits, places) = digits.map_err(|why| why.told(number, ReadMistake::NotAPercent))?;
        (digits, places.checked_mul(100).ok_or(ReadMistake::NotAPercent)?)
    } else {
        let example = show(number, number.greatest);
        digits(text).map_err(|why| why.told(number, ReadMistake::NotANumber { example }))?
    };
    let scaled = i128::from(value) * i128::from(number.denominator);
    let exact = scaled % i128::from(places) == 0;
    let value = i64::try_from(scaled / i128::from(places)).map_err(|_| out_of_bounds(number))?;
    if exact { Ok(value) } else { Err(ReadMistake::BetweenSteps { step: show(number, 1) }) }
}

/// Why a text is no number that can be counted with.
#[derive(Clone, Copy)]
enum NoDigits {
    NotWritten,
    TooManyBeforePoint,
    TooManyAfterPoint,
}

impl NoDigits {
    /// What is told of it, where a text that is no number at all is another mistake.
    fn told(self, number: &Number, not_written: ReadMistake) -> ReadMistake {
        match self {
            NoDigits::NotWritten => not_written,
            NoDigits::TooManyBeforePoint => out_of_bounds(number),
            NoDigits::TooManyAfterPoint => ReadMistake::BetweenSteps { step: show(number, 1) },
        }
    }
}

/// A decimal number as an integer over a power of ten.
fn digits(text: &str) -> Result<(i64, i64), NoDigits> {
    let (is_negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let whole = without_commas(whole).ok_or(NoDigits::NotWritten)?;
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_written = !whole.is_empty() && is_digits(&whole) && is_digits(fraction);
    if !is_written || text.ends_with('.') {
        return Err(NoDigits::NotWritten);
    }
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    if whole.len() > 15 {
        return Err(NoDigits::TooManyBeforePoint);
    }
    if fraction.len() > 9 {
        return Err(NoDigits::TooManyAfterPoint);
    }
    let (value, places) = over_places(whole, fraction).ok_or(NoDigits::TooManyBeforePoint)?;
    Ok((if is_negative { -value } else { value }, places))
}

/// Figures before and after the point as an integer over a power of ten.
fn over_places(whole: &str, fraction: &str) -> Option<(i64, i64)> {
    let integer = |figures: &str| if figures.is_empty() { Some(0) } else { figures.parse().ok() };
    let places = 10_i64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let value: i64 = integer(whole)?;
    Some((value.checked_mul(places)?.checked_add(integer(fraction)?)?, places))
}

/// Drops commas that part thousands; any other comma makes it no number.
fn without_commas(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let is_grouped = rest.is_empty() || (1..=3).contains(&first.len());
    let all_three = rest.iter().all(|group| group.len() == 3);
    (is_grouped && all_three).then(|| [first, &rest.concat()].concat())
}

fn within_bounds(number: &Number, value: i64) -> Result<(), ReadMistake> {
    let within = number.least <= value && value <= number.greatest;
    if within { Ok(()) } else { Err(out_of_bounds(number)) }
}

fn out_of_bounds(number: &Number) -> ReadMistake {
    let (least, greatest) = (show(number, number.least), show(number, number.greatest));
    ReadMistake::OutOfBounds { least, greatest }
}

fn on_step(number: &Number, step: i64, value: i64) -> Result<(), ReadMistake> {
    let on_step = value.checked_rem(step).unwrap_or(0) == 0;
    if on_step { Ok(()) } else { Err(ReadMistake::BetweenSteps { step: show(number, step) }) }
}

/// A number as people write it: `£1,600.00`, `21.5`, `33.33%`, `1/3`.
///
/// Money that is no whole number of pence is shown with as many places as it has, up to
/// six, and beyond that as a fraction of pence.
#[must_use]
pub fn show(number: &Number, value: i64) -> String {
    show_over(&number.unit, value, number.denominator)
}

/// A number of a unit, over any denominator, as people write it.
pub(crate) fn show_over(unit: &Unit, value: i64, denominator: i64) -> String {
    if unit.is_money() {
        return show_money(value, denominator);
    }
    if unit.is_percent() {
        return match decimal(i128::from(value) * 100, denominator) {
            Some(percent) => percent + "%",
            None => fraction(value, denominator),
        };
    }
    decimal(value.into(), denominator).unwrap_or_else(|| fraction(value, denominator))
}

fn show_money(value: i64, denominator: i64) -> String {
    if value.checked_rem(denominator) == Some(0) {
        return Money::from_pence(value / denominator).to_string();
    }
    let Some(pounds) = decimal(value.into(), denominator.saturating_mul(100)) else {
        return fraction(value, denominator) + "p";
    };
    match pounds.strip_prefix('-') {
        Some(pounds) => String::from("-£") + pounds,
        None => String::from("£") + &pounds,
    }
}

fn fraction(value: i64, denominator: i64) -> String {
    let (numerator, denominator) = crate::number::reduced(value, denominator);
    alloc::format!("{numerator}/{denominator}")
}

/// `value / denominator` as a decimal with at most nine places, if it has no more.
fn decimal(value: i128, denominator: i64) -> Option<String> {
    let denominator = i128::from(denominator.max(1));
    let (mut scaled, mut places) = (value, 0_u32);
    while scaled % denominator != 0 {
        if places == 9 {
            return None;
        }
        scaled = scaled.checked_mul(10)?;
        places += 1;
    }
    let sign = if scaled < 0 { "-" } else { "" };
    let digits = (scaled / denominator).unsigned_abs();
    let power = 10_u128.pow(places);
    let (whole, rest) = (digits / power, digits % power);
    let width = places as usize;
    Some(if places == 0 {
        String::from(sign) + &grouped(whole)
    } else {
        alloc::format!("{sign}{}.{rest:0width$}", grouped(whole))
    })
}

/// Digits with a comma before every three.
fn grouped(number: u128) -> String {
    let digits = number.to_string();
    if digits.len() <= 3 {
        return digits;
    }
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
