//! Tools: policies that another policy uses as they are.

use alloc::string::String;

use super::{Name, Spanned};
use crate::source::Span;

/// `uses children's continuing care 2016 from "FILE" as CC`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uses {
    /// The title of the tool, which its own text must bear.
    pub title: Spanned<String>,
    /// The name of its file.
    pub file: Spanned<String>,
    /// What its clauses are cited by.
    pub alias: Name,
}

/// A tool whose blocks stand among those of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tool {
    /// The name of its file.
    pub file: String,
    /// What its clauses are cited by, as written: `CC`.
    pub alias: String,
    /// Where its text stands in the whole.
    pub span: Span,
}

impl Tool {
    /// Whether something of the whole stands in its text.
    #[must_use]
    pub fn has(&self, span: Span) -> bool {
        self.span.start <= span.start && span.start <= self.span.end
    }
}
