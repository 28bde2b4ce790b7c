//! What is part of the language but not of this version: recognised by its own words, so
//! that it is never misread.

use alloc::format;

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// A pattern of the language that a later version decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Later {
    /// `language 2`
    Language,
    /// `services, each with`
    Lists,
    /// `yes or no, only when fast track`
    OnlyWhen,
    /// `yes or no, decided by the joint panel`
    DecidedBy,
    /// `For each service, ...`
    ForEach,
    /// `as the joint panel decides`
    PanelDecides,
    /// `the earliest of admission over services`
    Earliest,
    /// `, or £0.00 if none`
    IfNone,
    /// `every row that applies, listed`
    ListRows,
    /// `between` with `ICB  NHS Northshire ICB, from 1 July 2022`
    Awaits,
    /// `with  service "night sitter": price £640.00`
    ListExample,
}

impl Later {
    /// The author's words for it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Later::Language => "language",
            Later::Lists => "each with",
            Later::OnlyWhen => "only when",
            Later::DecidedBy => "decided by",
            Later::ForEach => "For each",
            Later::PanelDecides => "as ... decides",
            Later::Earliest => "the earliest of ... over",
            Later::IfNone => "if none",
            Later::ListRows => "every row that applies, listed",
            Later::Awaits => "awaits",
            Later::ListExample => "with and without an item of a list",
        }
    }

    /// What can be written today instead.
    fn help(self) -> Option<&'static str> {
        Some(match self {
            Later::Language => "leave it out: this is the first edition of the language",
            Later::OnlyWhen => "leave the ending out and test the condition in the clauses",
            Later::DecidedBy => "declare `one of open, agreed, refused, open unless stated`",
            _ => return None,
        })
    }

    /// That it cannot be decided yet.
    pub(super) fn diagnostic(self, span: Span) -> Diagnostic {
        let words = self.words();
        let message = format!(
            "`{words}` is part of the language, but this version of Apportion cannot decide it yet"
        );
        let diagnostic = Diagnostic::error("not-yet", message, span);
        self.help().into_iter().fold(diagnostic, |diagnostic, help| diagnostic.help(help))
    }
}
