//! How names are compared, how they are spelt outside the file, and how several are listed.

use alloc::string::String;
use alloc::vec::Vec;

/// The key of a name: lower case, single spaces, no leading article, plain apostrophes.
///
/// ```
/// assert_eq!(apportion::naming::key("The  ICB"), "icb");
/// assert_eq!(apportion::naming::key("Carer’s date of birth"), "carer's date of birth");
/// ```
#[must_use]
pub fn key(name: &str) -> String {
    let key = word_key(name);
    let without = ["the ", "a ", "an "].iter().find_map(|article| key.strip_prefix(article));
    without.map_or(key.clone(), String::from)
}

/// The key of a level, a choice or another word: a name's key, but an article stays.
#[must_use]
pub fn word_key(word: &str) -> String {
    let words = word.split(|c: char| c.is_whitespace() || c == '\u{a0}');
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.join(" ").replace(['\u{2018}', '\u{2019}'], "'")
}

/// Whether a word, written with single spaces, has a key.
pub(crate) fn has_key(word: &str, key: &str) -> bool {
    let plain = |c: char| if matches!(c, '\u{2018}' | '\u{2019}') { '\'' } else { c };
    word.chars().map(plain).flat_map(char::to_lowercase).eq(key.chars())
}

/// A name outside the file, in snake case.
///
/// ```
/// assert_eq!(apportion::naming::outside("date of birth"), "date_of_birth");
/// assert_eq!(apportion::naming::outside("The ICB"), "icb");
/// assert_eq!(apportion::naming::outside("carer's age"), "carers_age");
/// ```
#[must_use]
pub fn outside(name: &str) -> String {
    let mut outside = String::new();
    for character in key(name).chars().filter(|character| *character != '\'') {
        if character.is_alphanumeric() {
            outside.push(character);
        } else if !outside.ends_with('_') {
            outside.push('_');
        }
    }
    String::from(outside.trim_matches('_'))
}

/// A name outside the file, after the word by which the tool is cited that declares it.
///
/// ```
/// assert_eq!(apportion::naming::outside_of(Some("CC"), "skin and tissue"), "cc_skin_and_tissue");
/// assert_eq!(apportion::naming::outside_of(None, "day care"), "day_care");
/// ```
#[must_use]
pub fn outside_of(tool: Option<&str>, name: &str) -> String {
    let name = outside(name);
    tool.map_or(name.clone(), |tool| alloc::format!("{}_{name}", outside(tool)))
}

/// The singular of a plural in s: `domains` is `domain`.
#[must_use]
pub fn singular(plural: &str) -> String {
    String::from(plural.strip_suffix('s').unwrap_or(plural))
}

/// `2.1`, `2.1 and 2.3`, `2.1, 2.2 and 2.3`.
pub(crate) fn listed(items: &[String]) -> String {
    joined(items, "and")
}

/// `home`, `home or day school`.
pub(crate) fn listed_or(items: &[String]) -> String {
    joined(items, "or")
}

fn joined(items: &[String], by: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => alloc::format!("{} {by} {last}", first.join(", ")),
    }
}

/// A value's name as it reads inside a sentence: its head stands at the start of one.
pub(crate) fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next();
    let is_acronym = letters.clone().next().is_some_and(char::is_uppercase);
    match first {
        Some(first) if !is_acronym => first.to_lowercase().chain(letters).collect(),
        _ => String::from(name),
    }
}

/// What is said of a decision that was made after the policy's review was due.
pub(crate) fn missed_review(by: &str) -> String {
    alloc::format!("This version was to be reviewed by {by}.")
}

/// The text with a capital at its head: `The ICB`.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let mut capital = String::with_capacity(text.len());
    capital.extend(letters.next().into_iter().flat_map(char::to_uppercase));
    capital.push_str(letters.as_str());
    capital
}
