//! Tokens: the words, literals and signs of a block, with their place.

use alloc::string::String;

use crate::source::Span;

/// One word, literal or sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands, relative to its block.
    pub span: Span,
    /// Its plain form: a word in lower case with plain apostrophes, a number without
    /// commas, an amount without `£`, a percent without `%`, a date as `2026-04-01`, a quoted
    /// text without its quotes.
    pub key: String,
    /// The line of the block it stands on, from 0.
    pub line: u32,
    /// How far it stands from the left; a tab goes on to the next multiple of four.
    pub column: u32,
    /// Whether it is the first on its line.
    pub starts_line: bool,
    /// Whether two spaces, a tab or a line end stand before it, which end a declared name.
    pub is_after_gap: bool,
}

impl Token {
    /// Whether it is this word, given in lower case.
    #[must_use]
    pub fn is_word(&self, word: &str) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Times) && self.key == word
    }

    /// Whether it is `a`, `an` or `the`.
    #[must_use]
    pub fn is_article(&self) -> bool {
        self.kind == TokenKind::Word && matches!(self.key.as_str(), "a" | "an" | "the")
    }

    /// Whether it can stand inside a name: a word, or digits as in `section 117`.
    #[must_use]
    pub fn is_name_word(&self) -> bool {
        match self.kind {
            TokenKind::Word | TokenKind::Times => true,
            TokenKind::Number | TokenKind::Fraction => !self.key.contains(['.', '-']),
            _ => false,
        }
    }

    /// Whether it begins a line as a dash, and so is an item of a list.
    #[must_use]
    pub fn is_item(&self) -> bool {
        self.kind == TokenKind::Minus && self.starts_line
    }
}

/// The kinds of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// `breathing`, `carer's`, `38-week`
    Word,
    /// `12`, `0.25`, `12,500`, `4.10`
    Number,
    /// `4.2A`: a number that can only be a clause's
    ClauseNumber,
    /// `£1,600.00`
    Money,
    /// `33.33%`
    Percent,
    /// `1/3`
    Fraction,
    /// `1 April 2026`, `2026-04-01`; perhaps a day that does not exist
    Date,
    /// `"Three highs"`
    Text,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// `.` at the end of a sentence
    Stop,
    /// `=`
    Equals,
    /// `+`
    Plus,
    /// `-`, also as the true minus sign
    Minus,
    /// A long dash: `to` in a range, `-` in an expression
    LongDash,
    /// `x`, `*`
    Times,
    /// `/`
    Slash,
    /// `<`
    Less,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `|`
    Bar,
    /// Anything else.
    Other,
}

/// The number of a month named in lower case.
///
/// ```
/// use apportion::token::month;
///
/// assert_eq!(month("april"), Some(4));
/// assert_eq!(month("apr"), None);
/// ```
#[must_use]
pub fn month(word: &str) -> Option<u8> {
    Some(match word {
        "january" => 1,
        "february" => 2,
        "march" => 3,
        "april" => 4,
        "may" => 5,
        "june" => 6,
        "july" => 7,
        "august" => 8,
        "september" => 9,
        "october" => 10,
        "november" => 11,
        "december" => 12,
        _ => return None,
    })
}

/// The number that a word up to `twelve` stands for.
///
/// ```
/// use apportion::token::number_word;
///
/// assert_eq!(number_word("twelve"), Some(12));
/// assert_eq!(number_word("thirteen"), None);
/// ```
#[must_use]
pub fn number_word(word: &str) -> Option<u32> {
    Some(match word {
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        _ => return None,
    })
}

/// Whether a character takes no room, so that nobody sees it: joiners, soft hyphens, marks of the
/// direction of writing.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
    )
}

/// The plain form of a character that word processors put in: quotes, minus, spaces.
#[must_use]
pub fn plain(character: char) -> char {
    match character {
        '\u{2018}' | '\u{2019}' | '\u{2032}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' => '"',
        '\u{2212}' | '\u{2011}' | '\u{2010}' => '-',
        '\u{d7}' => '*',
        '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2009}' => ' ',
        other => other,
    }
}
