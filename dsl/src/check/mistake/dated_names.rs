//! Mistakes in names that change on a day.

use alloc::format;
use alloc::string::String;

use crate::days::Days;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Names of a party that do not follow each other.
pub(in crate::check) enum DatedNameMistake {
    /// `NHS Northshire CCG from 1 July 2022 until 30 June 2022`
    EndsBeforeItBegins { span: Span },
    /// `NHS Northshire CCG until 31 July 2022, NHS Northshire ICB from 1 July 2022`
    Overlap { span: Span },
    /// `NHS Northshire CCG until 30 June 2022, NHS Northshire ICB from 1 August 2022`
    NotOnEveryDay { name: String, days: Days, span: Span },
}

impl From<DatedNameMistake> for Diagnostic {
    fn from(mistake: DatedNameMistake) -> Diagnostic {
        match mistake {
            DatedNameMistake::EndsBeforeItBegins { span } => {
                Diagnostic::error("ends-before-it-begins", "this name ends before it begins", span)
                    .help("write a last day that is not before the first")
            }
            DatedNameMistake::Overlap { span } => Diagnostic::error(
                "names-overlap",
                "this name begins while the one before it is still printed",
                span,
            )
            .help("write the earliest name first, and end each on the day before the next begins"),
            DatedNameMistake::NotOnEveryDay { name, days, span } => Diagnostic::error(
                "not-on-every-day",
                format!("`{name}` has no name to be printed {}", days),
                span,
            )
            .help("add a name for those days, or let the one before or after it begin or end on another day"),
        }
    }
}
