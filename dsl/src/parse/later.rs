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
}

impl Later {
    /// The author's words for it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Later::Language => "language",
        }
    }

    /// What can be written today instead.
    fn help(self) -> Option<&'static str> {
        Some(match self {
            Later::Language => "leave it out: this is the first edition of the language",
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
