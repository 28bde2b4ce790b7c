//! What can be wrong with a policy's meaning, each mistake with its wording.

mod applies;
mod clauses;
mod dated_names;
mod days;
mod declarations;
mod examples;
mod limits;
mod listed;
mod lists;
mod names;
mod numbers;
mod payments;
mod rates;
mod rows;
mod tools;
mod wordings;

pub(super) use applies::AppliesMistake;
pub(super) use clauses::{ClauseMistake, TableMistake};
pub(super) use dated_names::DatedNameMistake;
pub(super) use days::DayMistake;
pub(super) use declarations::DeclarationMistake;
pub(super) use examples::{ExampleMistake, value_help};
pub(super) use limits::{LimitMistake, MOST_AT_ONCE};
pub(super) use listed::ListedMistake;
pub(super) use lists::{ListMistake, MOST_ITEMS};
pub(super) use names::{NameMistake, joined_word};
pub(super) use numbers::NumberMistake;
pub(super) use payments::{PaymentMistake, ShareMistake};
pub(super) use rates::RateMistake;
pub(super) use rows::{RowMistake, SliceMistake};
pub(super) use tools::ToolMistake;
pub(super) use wordings::WordingMistake;

use alloc::string::String;

/// `a, b and c`, each in backticks.
fn listed(words: &[String]) -> String {
    joined(words, " and ")
}

/// `a, b or c`, each in backticks.
fn listed_or(words: &[String]) -> String {
    joined(words, " or ")
}

/// The most words of a list that a message shows.
const MOST_SHOWN: usize = 12;

fn joined(words: &[String], last_join: &str) -> String {
    let mut text = String::new();
    let shown = words.get(..MOST_SHOWN).unwrap_or(words);
    for (index, word) in shown.iter().enumerate() {
        let is_last = index + 1 == words.len();
        text.push_str(match index {
            0 => "",
            _ if is_last => last_join,
            _ => ", ",
        });
        text.push('`');
        text.push_str(word);
        text.push('`');
    }
    if shown.len() < words.len() {
        text.push_str(" and others");
    }
    text
}
