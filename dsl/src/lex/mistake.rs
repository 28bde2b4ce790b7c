//! Text that is no token, each kind with its wording.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::Diagnostic;
use crate::outline::Block;
use crate::source::Span;

/// Text that is no token. Spans are relative to the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LexMistake {
    /// `"Three highs`
    QuoteNotClosed {
        /// The opening quote.
        quote: Span,
    },
    /// `1.1  This policy covers a child when urgent. [SLA 2.1`
    CitationNotClosed {
        /// The opening bracket.
        bracket: Span,
    },
    /// `1.1  This policy covers a child [SLA 2.1] when urgent.`
    CitationNotAtLineEnd {
        /// The citation with its brackets.
        citation: Span,
    },
    /// `rates of pay` in the first column
    LineUnknown {
        /// The line.
        line: Span,
    },
    /// A character that nobody sees, within or beside a word
    Invisible {
        /// The character.
        character: Span,
    },
    /// `4.1  When fast track: ...` with its rows beginning in the first column
    RowNotIndented {
        /// The row.
        row: Span,
    },
}

impl LexMistake {
    /// The mistake in words, for a block that begins at `start`.
    #[must_use]
    pub fn diagnostic(self, block: &Block<'_>) -> Diagnostic {
        let start = block.span.start;
        match self {
            LexMistake::QuoteNotClosed { quote } => Diagnostic::error(
                "quote-not-closed",
                "a quoted name has no closing `\"` on its line",
                quote.after(start),
            )
            .here("opens here")
            .help("close it with `\"` on the same line"),
            LexMistake::CitationNotClosed { bracket } => Diagnostic::error(
                "citation-not-closed",
                "a citation has no closing `]` on its line",
                bracket.after(start),
            )
            .here("opens here")
            .help("close it with `]` on the same line"),
            LexMistake::CitationNotAtLineEnd { citation } => Diagnostic::error(
                "citation-not-at-line-end",
                format!("the citation `{}` is not at the end of its line", citation.of(block.text)),
                citation.after(start),
            )
            .here("words follow it")
            .help("move it to the end of the line"),
            LexMistake::LineUnknown { line } => Diagnostic::error(
                "line-unknown",
                format!("`{}` begins nothing that a policy has", shortened(line.of(block.text))),
                line.after(start),
            )
            .here("stands in the first column")
            .help("put spaces before it if it continues what is above, or a number such as `2.3` and two spaces if it is a clause"),
            LexMistake::Invisible { character } => Diagnostic::error(
                "invisible-sign",
                "this line holds a sign that nobody sees",
                character.after(start),
            )
            .here("here, though it does not show")
            .help("type the words around it anew; such signs come with text copied from other programs"),
            LexMistake::RowNotIndented { row } => Diagnostic::error(
                "row-not-indented",
                "a row of a table begins in the first column",
                row.after(start),
            )
            .here("only something new begins in the first column")
            .help("put spaces before the rows, so that they continue their clause"),
        }
    }
}

/// A line with single spaces, cut after its first words.
fn shortened(line: &str) -> String {
    const MOST: usize = 6;
    let words: Vec<&str> = line.split_whitespace().take(MOST + 1).collect();
    match words.get(..MOST) {
        Some(first) if words.len() > MOST => first.join(" ") + " ...",
        _ => words.join(" "),
    }
}
