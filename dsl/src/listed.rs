//! Words that are listed: what `every row that applies, listed` gives.
//!
//! The words stand in the order of the rows, each once; a decision has a bit for each.

use alloc::string::String;
use alloc::vec::Vec;

/// The most words that a table can list: one for each bit of an amount above 0.
pub const MOST_WORDS: usize = 62;

/// What is shown where no row applies.
pub const NONE: &str = "none";

/// The bit of a word, by its number.
#[must_use]
pub fn bit(word: u8) -> i64 {
    1_i64.checked_shl(word.into()).unwrap_or(0)
}

/// Those of the words that are listed, in their order.
pub fn among(words: &[String], listed: i64) -> impl Iterator<Item = &str> {
    let numbered = (0..=u8::MAX).zip(words);
    numbered.filter(move |(word, _)| listed & bit(*word) != 0).map(|(_, text)| text.as_str())
}

/// Words that are listed, as people write them.
///
/// ```
/// let words = ["late".to_string(), "no plan".to_string(), "moved".to_string()];
/// assert_eq!(apportion::listed::show(&words, 0b101), "late; moved");
/// assert_eq!(apportion::listed::show(&words, 0), "none");
/// ```
#[must_use]
pub fn show(words: &[String], listed: i64) -> String {
    match listed {
        0 => String::from(NONE),
        _ => among(words, listed).collect::<Vec<_>>().join("; "),
    }
}
