//! Policies whose layout would take for ever if anything were looked at again for every word
//! before it: one line of tens of thousands of words, in every kind of block.

use apportion::format::{Unformatted, format};

use super::HEADER;

/// The most words a policy has, but for those of the rest of it.
const WORDS: usize = 70_000;

#[track_caller]
fn is_laid_out(text: &str) {
    let formatted = format(text).unwrap();
    assert!(formatted.len() > WORDS);
}

/// The header with one part of it replaced.
#[track_caller]
fn header(part: &str, with: &str) -> String {
    assert!(HEADER.contains(part));
    HEADER.replace(part, with) + "1.1  The ICB pays care cost.\n"
}

#[test]
fn a_title_of_very_many_words() {
    is_laid_out(&header("A policy at its limits", &"word ".repeat(WORDS)));
}

#[test]
fn a_name_of_a_party_over_very_many_lines() {
    is_laid_out(&header("Southdown Council", &"word\n      ".repeat(WORDS)));
}

#[test]
fn a_choice_of_very_many_words() {
    let choices: Vec<String> = (0..250).map(|it| format!("w{it} {}", "a ".repeat(250))).collect();
    let fact = format!("placement    one of {}", choices.join(", "));
    is_laid_out(&header("fast track   yes or no, no unless stated", &fact));
}

#[test]
fn very_many_comments_in_one_block() {
    let comments: String = (0..WORDS / 3).map(|it| format!("  -- {it}\n")).collect();
    is_laid_out(&header("facts\n", &format!("facts\n{comments}")));
}

#[test]
fn an_example_of_very_many_facts() {
    let given = "visits 1, ".repeat(WORDS / 3);
    let example = format!("examples\n\"One\"\n  given  {given}care cost £5.00\n");
    is_laid_out(&format!("{HEADER}1.1  The ICB pays care cost.\n\n{example}"));
}

#[test]
fn a_note_of_very_many_lines() {
    let text = |lines| {
        let note = "word\n     ".repeat(lines);
        format!("{HEADER}1.1  The ICB pays care cost.\n     note: {note}")
    };
    is_laid_out(&text(WORDS / 2));
    // With the spaces of its layout it would pass what may be read.
    assert!(matches!(format(&text(WORDS)), Err(Unformatted::TooLarge)));
}

#[test]
fn amounts_that_are_written_in_full() {
    // Each amount has two signs more than before: a point and its pence.
    let text = |amounts: usize| {
        let given = "care cost £5, ".repeat(amounts);
        let example = format!("examples\n\"One\"\n  given  {given}visits 1\n");
        format!("{HEADER}1.1  The ICB pays care cost.\n\n{example}")
    };
    is_laid_out(&text(11_000));
    assert!(matches!(format(&text(15_000)), Err(Unformatted::TooLarge)));
}
