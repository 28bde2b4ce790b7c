//! Words that people write for words of the language, and what to write instead.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::date::Date;

use crate::naming::capital;

/// What is written, in lower case, and what to write instead.
const SYNONYMS: [(&str, &str); 62] = [
    ("if", "`when`"),
    ("only if", "`only when`"),
    ("unless", "`when not`"),
    ("for every", "`For each`"),
    ("where", "`when`"),
    ("provided", "`when`"),
    ("per", "`a` or `an`"),
    ("else", "`; otherwise`"),
    ("otherwise", "`; otherwise`"),
    ("no more than", "`at most`"),
    ("not more than", "`at most`"),
    ("up to", "`at most`"),
    ("no less than", "`at least`"),
    ("not less than", "`at least`"),
    ("minimum of", "`at least`"),
    ("maximum of", "`at most`"),
    ("less than or equal to", "`at most`"),
    ("more than or equal to", "`at least`"),
    ("greater than or equal to", "`at least`"),
    ("or equal to", "`at least` or `at most` before the number"),
    ("greater than", "`more than`"),
    ("fewer than", "`under`"),
    ("below", "`under`"),
    ("equals", "`is`"),
    ("equal to", "`is`"),
    ("<", "`under`"),
    (">", "`over`"),
    ("≤", "`at most`"),
    ("≥", "`at least`"),
    ("==", "`=`"),
    ("of the following", "`of these`"),
    ("the following", "`of these`"),
    ("pay", "`pays`"),
    ("will pay", "`pays`"),
    ("shall pay", "`pays`"),
    ("must pay", "`pays`"),
    ("should be", "`must be`"),
    ("shall be", "`must be`"),
    ("has to be", "`must be`"),
    ("may not be", "`must not be`"),
    ("exceed", "`be more than`"),
    ("splits", "`Split`"),
    ("divide", "`Split`"),
    ("divided by", "`/`"),
    ("times", "`x`"),
    ("multiplied by", "`x`"),
    ("plus", "`+`"),
    ("neither", "`not ... and not ...`"),
    ("minus", "`-`, with a space on both sides"),
    ("remainder", "`the rest`"),
    ("the remainder", "`the rest`"),
    ("balance", "`the rest`"),
    ("the balance", "`the rest`"),
    ("rounded", "`, to the nearest penny, halves up`"),
    ("rounded to", "`, to the nearest penny, halves up`"),
    ("•", "`-` before each item"),
    ("·", "`-` before each item"),
    ("*", "`-` before each item"),
    ("atmost", "`at most`"),
    ("atleast", "`at least`"),
    ("form", "`from`"),
    ("of this", "`of these`"),
];

/// What begins no name and no sentence of a policy, and how to say it.
const WORDINGS: [(&str, &str); 16] = [
    ("parties pay", LIMITS_ARE_OF_ONE),
    ("parties together pay", LIMITS_ARE_OF_ONE),
    (
        "split the rest",
        "give what is left a name, `Remainder = ...`, and say `Split remainder in the shares of \
         4.1.` in a sentence of its own",
    ),
    ("payments add up", "write `The parties' payments add up to care cost.`"),
    ("policy does not cover", "write `This policy covers a child when ...`"),
    ("first working day", WORKING_DAYS_ARE_COUNTED),
    ("next working day", WORKING_DAYS_ARE_COUNTED),
    ("next band", LEVELS_ARE_NOT_COUNTED),
    ("next level", LEVELS_ARE_NOT_COUNTED),
    ("one level", LEVELS_ARE_NOT_COUNTED),
    ("reviewed", A_DAY_HAS_A_NAME),
    ("due", A_DAY_HAS_A_NAME),
    ("five", IN_FIGURES),
    ("ten", IN_FIGURES),
    ("twelve", IN_FIGURES),
    ("twenty", IN_FIGURES),
];

const LIMITS_ARE_OF_ONE: &str = "a limit is on what one party pays: `The ICB pays at most £1,600.00 a week in \
                                 all; social care pays the excess.`";

const WORKING_DAYS_ARE_COUNTED: &str =
    "count working days: `1 working day after decision date, counting that day`";

const AMOUNTS_KEEP_THEIR_UNIT: &str =
    "an amount keeps its unit; weeks make a year in `weekly price for 52 weeks a year`";

const LEVELS_ARE_NOT_COUNTED: &str =
    "levels are not counted up or down: write a table with a row for each of them";

const A_DAY_HAS_A_NAME: &str =
    "give the day a name: `Review date = 12 months after decision date, or the last day.`";

const IN_FIGURES: &str =
    "write numbers in figures: `20 working days after decision date, not counting that day`";

/// What follows a sentence that is whole without it, and how to say it.
const ENDINGS: [(&str, &str); 8] = [
    ("less", "write ` - ` instead of `less`"),
    ("a week", AMOUNTS_KEEP_THEIR_UNIT),
    ("a month", AMOUNTS_KEEP_THEIR_UNIT),
    ("a year", AMOUNTS_KEEP_THEIR_UNIT),
    (
        "to the penny",
        "leave it out of a split; elsewhere write `, to the nearest penny, halves up`",
    ),
    ("or the next working day", WORKING_DAYS_ARE_COUNTED),
    ("pounds", "write `£` before the number"),
    ("level", LEVELS_ARE_NOT_COUNTED),
];

/// What follows a cell that is whole without it, and how to say it.
const CELL_ENDINGS: [(&str, &str); 7] = [
    ("or fewer", "write `or less`"),
    ("or below", "write `or less`"),
    ("or greater", "write `or more`"),
    ("or above", "write `or more`"),
    ("or", "write a comma instead of `or`: `0, 1`"),
    ("and", "write the two ends with `to` between them: `2 to 5`, or `2 to under 5`"),
    ("-", "write the two ends with `to` between them: `2 to 5`, or `2 to under 5`"),
];

/// What a type is called elsewhere, and what it is called here.
const TYPES: [(&str, &str); 14] = [
    ("yes/no", "`yes or no`"),
    ("y/n", "`yes or no`"),
    ("yes", "`yes or no`"),
    ("boolean", "`yes or no`"),
    ("bool", "`yes or no`"),
    ("true", "`yes or no`"),
    ("string", "`text`"),
    ("integer", "`whole number, 0 to 100`, with its own bounds"),
    ("percentage", "`percent`"),
    ("%", "`percent`"),
    ("pounds", "`money`, or `money a week`"),
    ("amount", "`money`, or `money a week`"),
    ("£", "`money`, or `money a week`"),
    ("choice", "`one of ...`, and the words it can be"),
];

/// What to write instead of the words that a text begins with.
pub(crate) fn hint(text: &str) -> Option<String> {
    let words = leading_words(text);
    if let Some(date) = words.first().and_then(|word| date_in_figures(word)) {
        return Some(format!("write `{date}`"));
    }
    if let [day, month, rest @ ..] = words.as_slice() {
        if let Some(day) = ordinal(day) {
            let year = rest.first().map(|year| format!(" {year}")).unwrap_or_default();
            return Some(format!("write `{day} {}{year}`", capital(month)));
        }
    }
    if let Some((least, most)) = words.first().and_then(|word| hyphen_range(word)) {
        return Some(format!("write `{least} to {most}`"));
    }
    instead_of(&SYNONYMS, &words)
}

/// How to say what a text that is no name seems to mean.
pub(crate) fn wording_hint(text: &str) -> Option<String> {
    wording_of(&WORDINGS, &leading_words(text))
}

/// What to write instead of words that follow a sentence.
pub(super) fn end_hint(text: &str) -> Option<String> {
    wording_of(&ENDINGS, &leading_words(text))
}

/// What to write instead of words that follow a cell.
pub(super) fn cell_hint(text: &str) -> Option<String> {
    wording_of(&CELL_ENDINGS, &leading_words(text)).or_else(|| hint(text))
}

/// The day of `1st April`
fn ordinal(word: &str) -> Option<&str> {
    let day = ["st", "nd", "rd", "th"].into_iter().find_map(|end| word.strip_suffix(end))?;
    day.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day)).then_some(day)
}

fn wording_of(wordings: &[(&str, &str)], words: &[String]) -> Option<String> {
    let found = wordings.iter().find(|(written, _)| begins(words, written));
    found.map(|(_, wording)| String::from(*wording))
}

fn begins(words: &[String], written: &str) -> bool {
    let mut words = words.iter();
    written.split(' ').all(|word| words.next().is_some_and(|next| next == word))
}

/// What to write instead of the type that a text begins with.
pub(super) fn type_hint(text: &str) -> Option<String> {
    let words = leading_words(text);
    if let [thing, per, unit, ..] = words.as_slice() {
        if per == "per" {
            let article = if unit == "hour" { "an" } else { "a" };
            return Some(format!("write `{thing} {article} {unit}`"));
        }
    }
    instead_of(&TYPES, &words)
}

/// What to write instead of the first word of a sentence that has one.
pub(super) fn hint_inside(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().take(40).collect();
    if let Some(rows) = ROWS.into_iter().find(|rows| text.contains(rows) && !text.contains(':')) {
        return Some(format!("write `:` before `{rows}`"));
    }
    (0..words.len()).find_map(|at| {
        let rest: Vec<String> = words.iter().skip(at).take(4).map(|word| plain(word)).collect();
        instead_of(&SENTENCE_WORDS, &rest)
    })
}

/// What announces a table, after a colon.
const ROWS: [&str; 3] =
    ["exactly one row applies", "first row that applies", "rows that apply must agree"];

/// Words in the middle of a sentence that keep it from being one.
const SENTENCE_WORDS: [(&str, &str); 9] = [
    ("if", "`When` at the beginning, or `when` after a conclusion"),
    ("pay", "`pays`"),
    ("will pay", "`pays`"),
    ("shall pay", "`pays`"),
    ("splits", "`Split`"),
    ("divide", "`Split`"),
    ("equals", "`=`"),
    ("has to", "`pays`, or `is ... when`"),
    ("should", "`pays`, or `is ... when`"),
];

fn instead_of(synonyms: &[(&str, &str)], words: &[String]) -> Option<String> {
    // The longest wins: `less than or equal to` over `less than`.
    let found = synonyms.iter().filter(|(written, _)| begins(words, written));
    let (written, instead) = found.max_by_key(|(written, _)| written.len())?;
    Some(format!("write {instead} instead of `{written}`"))
}

/// The first words of a text in lower case, past commas and the like.
fn leading_words(text: &str) -> Vec<String> {
    let text = text.trim_start_matches(|c: char| matches!(c, ',' | ';' | '=') || c.is_whitespace());
    text.split_whitespace().take(6).map(plain).collect()
}

fn plain(word: &str) -> String {
    let word = word.trim_end_matches([',', ';', '.', ':']);
    word.to_lowercase()
}

/// `1/4/2025`, the day first
fn date_in_figures(word: &str) -> Option<String> {
    let parts: Vec<&str> = word.split(['/', '.', '-']).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    if day.len() > 2 || year.len() != 4 {
        return None;
    }
    Date::parse(&format!("{day:0>2}/{month:0>2}/{year}")).map(|date| date.to_string())
}

/// `20-34`
fn hyphen_range(word: &str) -> Option<(&str, &str)> {
    let (least, most) = word.split_once('-')?;
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (are_digits(least) && are_digits(most)).then_some((least, most))
}
