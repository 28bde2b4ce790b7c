//! Mistakes in words that are listed.

use alloc::format;
use alloc::string::String;

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// What `every row that applies, listed` cannot list, and what a list cannot do.
pub(in crate::check) enum ListedMistake {
    /// `£5.00` or `none` in an answer column below `Reasons: every row that applies, listed.`
    NoWord { span: Span, is_none: bool },
    /// `Reasons for a domain: every row that applies, listed.`
    ForMembers { span: Span },
    /// A row `late` above a row `no plan`, and another below it
    TwoOrders { words: [String; 2], span: Span, other: Span },
    /// The same round three tables
    NoOneOrder { span: Span },
    /// `A child is late when reasons is late.`
    NotAsked { name: String, span: Span },
}

impl From<ListedMistake> for Diagnostic {
    fn from(mistake: ListedMistake) -> Diagnostic {
        match mistake {
            ListedMistake::NoWord { span, is_none: false } => {
                Diagnostic::error("listed-no-word", "only words can be listed", span)
                    .help("write a word or several, such as `not registered`")
            }
            ListedMistake::NoWord { span, is_none: true } => Diagnostic::error(
                "listed-no-word",
                "`none` is what the list says where no row applies",
                span,
            )
            .help("leave this row out, or write another word"),
            ListedMistake::ForMembers { span } => Diagnostic::error(
                "listed-for-members",
                "words are listed of the case or of an item, and not of each member of a family",
                span,
            )
            .help("write one table, with a row for each member that matters"),
            ListedMistake::TwoOrders { words: [above, word], span, other } => Diagnostic::error(
                "listed-in-two-orders",
                format!("`{word}` stands below `{above}` here, and elsewhere above it"),
                span,
            )
            .and(other, "here above it")
            .help("keep one order, with the rows of one word together: they are listed in it"),
            ListedMistake::NoOneOrder { span } => Diagnostic::error(
                "listed-in-two-orders",
                "no order of these words is the order of all tables that list them",
                span,
            )
            .help("keep one order in all of them: the words are listed in it"),
            ListedMistake::NotAsked { name, span } => Diagnostic::error(
                "listed-not-asked",
                format!(
                    "`{name}` lists words, for whoever reads the decision: no clause can ask for it"
                ),
                span,
            )
            .help("ask for what its rows test, or write a table such as `first row that applies`"),
        }
    }
}
