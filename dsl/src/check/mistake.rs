//! What can be wrong with a policy's meaning, each mistake with its wording.

mod clauses;
mod declarations;
mod examples;
mod names;
mod numbers;
mod payments;

pub(super) use clauses::{ClauseMistake, TableMistake};
pub(super) use declarations::DeclarationMistake;
pub(super) use examples::ExampleMistake;
pub(super) use names::NameMistake;
pub(super) use numbers::NumberMistake;
pub(super) use payments::{PaymentMistake, ShareMistake};

use alloc::string::String;

/// `a, b and c`, each in backticks.
fn listed(words: &[String]) -> String {
    let mut text = String::new();
    for (index, word) in words.iter().enumerate() {
        let is_last = index + 1 == words.len();
        text.push_str(match index {
            0 => "",
            _ if is_last => " and ",
            _ => ", ",
        });
        text.push('`');
        text.push_str(word);
        text.push('`');
    }
    text
}
