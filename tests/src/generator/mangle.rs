//! What is hardly text any more: lines, words and bytes taken out, doubled and moved.

use super::choices::Choices;

/// A text made from another by a few blows.
#[must_use]
pub fn mangle(text: &str, choices: &mut dyn Choices) -> String {
    let mut text = text.to_owned();
    for _ in 0..=choices.below(6) {
        text = match choices.below(3) {
            0 => mangle_lines(&text, choices),
            1 => mangle_words(&text, choices),
            _ => mangle_letters(&text, choices),
        };
    }
    text
}

fn mangle_lines(text: &str, choices: &mut dyn Choices) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let (from, to) = (choices.below(lines.len()), choices.below(lines.len()));
    if lines.is_empty() {
        return String::new();
    }
    match choices.below(5) {
        0 => {
            lines.remove(from);
        }
        1 => lines.swap(from, to),
        2 => lines.insert(to, lines.get(from).copied().unwrap_or_default()),
        3 => lines.truncate(from),
        _ => {
            // A line that loses or wins its indentation begins, or continues, another thing.
            let line = lines.get(from).copied().unwrap_or_default().to_owned();
            let line =
                if choices.is_in(50) { line.trim_start().to_owned() } else { format!("  {line}") };
            let before = lines.get(..from).unwrap_or_default().concat();
            let after = lines.get(from + 1..).unwrap_or_default().concat();
            return before + &line + &after;
        }
    }
    lines.concat()
}

fn mangle_words(text: &str, choices: &mut dyn Choices) -> String {
    let mut words: Vec<&str> = text.split(' ').collect();
    let (from, to) = (choices.below(words.len()), choices.below(words.len()));
    match choices.below(4) {
        0 => {
            words.remove(from);
        }
        1 => words.swap(from, to),
        2 => words.insert(to, words.get(from).copied().unwrap_or_default()),
        _ => words.insert(to, choices.word(WORDS)),
    }
    words.join(" ")
}

/// Words and signs that begin or end something.
const WORDS: &[&str] = &[
    "and",
    "or",
    "not",
    "is",
    "when",
    "the",
    "the rest",
    "pays",
    "otherwise",
    "despite",
    ":",
    ".",
    ",",
    ";",
    "|",
    "(",
    ")",
    "[",
    "]",
    "\"",
    "--",
    "- ",
    "note:",
    "1/0",
    "£",
    "99999999999999999999",
    "0.0000000001",
    "31 February 2026",
    "x",
    "=",
    "any",
    "up to",
    "for each",
    "1.1",
    "\u{feff}",
    "\u{0}",
    "é",
    "\u{2014}",
    "((((((((((((((((((((((((((((((((((((((((",
];

fn mangle_letters(text: &str, choices: &mut dyn Choices) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for _ in 0..=choices.below(8) {
        let at = choices.below(letters.len());
        match choices.below(3) {
            0 if at < letters.len() => {
                letters.remove(at);
            }
            1 => {
                let end = if choices.is_in(80) { 0x80 } else { 0x3000 };
                let code = choices.below(end);
                let letter = u32::try_from(code).ok().and_then(char::from_u32);
                letters.insert(at, letter.unwrap_or(' '));
            }
            _ => {
                let to = choices.below(letters.len());
                if at < letters.len() && to < letters.len() {
                    letters.swap(at, to);
                }
            }
        }
    }
    letters.into_iter().collect()
}

/// Bytes made from others by a few blows; hardly text any more.
#[must_use]
pub fn mangle_bytes(bytes: &[u8], choices: &mut dyn Choices) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=choices.below(6) {
        let at = choices.below(bytes.len() + 1);
        let byte = u8::try_from(choices.below(256)).unwrap_or_default();
        match choices.below(8) {
            0 => bytes.truncate(at),
            1 | 2 => bytes.insert(at, byte),
            3 | 4 => {
                bytes.splice(at..bytes.len().min(at + 1), []);
            }
            _ => bytes.splice(at..bytes.len().min(at + 1), [byte]).for_each(drop),
        }
    }
    bytes
}
