//! What a syntax tree says, apart from where it stands and how its literals are spelt.
//!
//! Every node knows how to print itself, so the print of a tree without its places is all it
//! says, whatever kinds of node there are.

use alloc::string::{String, ToString};
use core::fmt::{self, Write};

use sha2::{Digest, Sha256};

use super::spelling::{Reading, spelled};
use crate::lex::lex_text;
use crate::syntax::Policy;
use crate::token::plain;

/// A digest that two trees share where they say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape([u8; 32]);

pub(super) fn shape(policy: &Policy) -> Shape {
    let mut printed =
        Printed { digest: Sha256::new(), said: String::new(), state: State::Outside, recent: 0 };
    // The digest takes all that is written to it.
    let _ = write!(printed, "{policy:?}");
    printed.digest.update(printed.said.as_bytes());
    Shape(printed.digest.finalize().into())
}

/// Takes a printed tree, without the places and with every text in its one spelling.
struct Printed {
    digest: Sha256,
    /// What is still to be digested.
    said: String,
    state: State,
    /// How much of [`PLACE`] has just been printed.
    recent: usize,
}

/// How much is digested at a time, so that a large tree takes little room.
const ROOM: usize = 4096;

/// How the print of a place begins.
const PLACE: &[u8] = b"Span {";

enum State {
    Outside,
    /// In a place, which ends with its bracket.
    Place,
    /// In a text, as printed so far, and whether the next character is escaped.
    Text(String, bool),
}

impl Write for Printed {
    fn write_str(&mut self, printed: &str) -> fmt::Result {
        printed.chars().try_for_each(|character| self.write_char(character))
    }

    fn write_char(&mut self, character: char) -> fmt::Result {
        match &mut self.state {
            State::Outside if character == '"' => self.state = State::Text(String::new(), false),
            State::Outside => {
                self.said.push(character);
                let expected = PLACE.get(self.recent).copied().map(char::from);
                self.recent = if expected == Some(character) { self.recent + 1 } else { 0 };
                if self.recent == PLACE.len() {
                    self.recent = 0;
                    self.state = State::Place;
                }
            }
            State::Place if character == '}' => self.state = State::Outside,
            State::Place => {}
            State::Text(text, is_escaped) if character != '"' || *is_escaped => {
                *is_escaped = character == '\\' && !*is_escaped;
                text.push(character);
            }
            State::Text(text, _) => {
                let said = said(&unescaped(text));
                self.state = State::Outside;
                // Quotes within are marked, so that it is clear where it ends.
                self.said.push('"');
                self.said.push_str(&said.replace('"', "\\\""));
                self.said.push('"');
                if self.said.len() > ROOM {
                    self.digest.update(self.said.as_bytes());
                    self.said.clear();
                }
            }
        }
        Ok(())
    }
}

/// A printed text as it was: only line ends and spaces are printed otherwise, and their kind
/// makes no difference.
fn unescaped(printed: &str) -> String {
    let mut text = String::new();
    let mut characters = printed.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            text.push(character);
            continue;
        }
        match characters.next() {
            Some('n' | 'r' | 't') => text.push(' '),
            Some('u') => {
                let code: String =
                    characters.by_ref().take_while(|it| *it != '}').skip(1).collect();
                text.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            Some(other) => text.push(other),
            None => {}
        }
    }
    text
}

/// What a text of the tree says: its words and literals. Where it holds brackets or dashes
/// that tokens do not keep, all of it but the kinds of its spaces.
fn said(text: &str) -> String {
    if text.contains('[') || text.contains("--") {
        let text: String = text.chars().map(plain).collect();
        return text.split_whitespace().collect::<alloc::vec::Vec<_>>().join(" ");
    }
    let mut said = String::new();
    for token in lex_text(text) {
        said.push_str(&spelled(None, &token, text, Reading::Stated));
        said.push(' ');
    }
    said.trim_end().to_string()
}

#[cfg(test)]
mod tests {
    use super::shape;
    use crate::parse::parse;

    const POLICY: &str = "\
policy   Half each
about    a child
between
  the ICB       NHS Northshire ICB
  the council   Northshire Council
version  1, in force from 1 April 2025
facts
  care cost   money a week, £5.00 unless stated
1    Who pays
1.1  The ICB pays 50% of care cost, to the nearest penny, halves up.   [see 1]
     note: a \\\"note\\\" -- for all
";

    fn is_the_same(from: &str, to: &str) -> bool {
        assert!(POLICY.contains(from));
        shape(&parse(POLICY).policy) == shape(&parse(&POLICY.replace(from, to)).policy)
    }

    #[test]
    fn layout_and_spelling_make_no_difference() {
        for (from, to) in [
            ("about    a", "about a"),
            (" of care cost", "\n       of  care cost"),
            ("£5.00", "£5"),
            ("1 April 2025", "2025-04-01"),
            (" -- for", "\n       -- for"),
        ] {
            assert!(is_the_same(from, to), "{from} {to}");
        }
    }

    #[test]
    fn everything_else_does() {
        for (from, to) in [
            ("£5.00", "£5.01"),
            ("1 April 2025", "2025-04-02"),
            ("halves up", "halves down"),
            ("The ICB pays", "The council pays"),
            ("[see 1]", "[see 2]"),
            ("[see 1]", ""),
            (" -- for all", ""),
            ("version  1", "version  2"),
        ] {
            assert!(!is_the_same(from, to), "{from} {to}");
        }
    }
}
