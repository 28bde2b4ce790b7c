//! Mistakes with facts that do not apply to every case.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::listed;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// A fact that only sometimes applies, and something that does not go with it.
pub(in crate::check) enum AppliesMistake {
    /// `school fee   money a week, only when the child is eligible`
    NotOfFacts { span: Span },
    /// two facts, each of which applies only when the other is something
    Circle { facts: Vec<String>, span: Span },
    /// `case reference   text, only when fast track`
    Text { span: Span },
    /// `dated by  visit date`, which applies only when there was a visit
    DatesTheCase { name: String, span: Span },
    /// `The council pays school fee.`, where the placement may be any
    MayNotApply { name: String, words: String, is_cell: bool, span: Span },
}

impl From<AppliesMistake> for Diagnostic {
    fn from(mistake: AppliesMistake) -> Diagnostic {
        match mistake {
            AppliesMistake::NotOfFacts { span } => Diagnostic::error(
                "only-when-of-facts",
                "whether a fact applies can only depend on other facts as they stand",
                span,
            )
            .help(
                "leave out what clauses give, ages and calculations, and test those in the clauses",
            ),
            AppliesMistake::Circle { facts, span } => Diagnostic::error(
                "only-when-circle",
                format!("whether {} apply depends on each other", listed(&facts)),
                span,
            )
            .help("let one of them apply to every case"),
            AppliesMistake::Text { span } => Diagnostic::error(
                "only-when-of-text",
                "text is carried along and never asked for, so it need not say when it applies",
                span,
            )
            .help("leave out `only when`"),
            AppliesMistake::DatesTheCase { name, span } => Diagnostic::error(
                "only-when-dates-the-case",
                format!("`{name}` dates every case, so it must apply to every case"),
                span,
            )
            .help("leave out `only when`, or name another fact after `dated by`"),
            AppliesMistake::MayNotApply { name, words, is_cell, span } => Diagnostic::error(
                "may-not-apply",
                format!("`{name}` applies only when {words}, and that is not known here"),
                span,
            )
            .help(match is_cell {
                false => format!("add the condition `{words}`, after `When` or after `and`"),
                true => {
                    format!("write `any` in this column wherever it may not be so that {words}")
                }
            }),
        }
    }
}
