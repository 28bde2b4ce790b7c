//! Mistakes of clauses that change on a day.

use alloc::format;
use alloc::string::String;

use crate::days::Days;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Wordings of a clause that do not follow each other, or that end where something needs them.
pub(in crate::check) enum WordingMistake {
    /// `4.1 (from 1 April 2026 until 31 March 2026)`
    EndsBeforeItBegins { span: Span },
    /// `4.1 (from 1 April 2026)`, and below it `4.1 (until 31 March 2026)`
    NotRising { span: Span },
    /// `4.1 (until 31 March 2026)`, and below it `4.1 (from 1 May 2026)`
    Gap { number: String, days: Days, span: Span },
    /// `4.1 (until 31 May 2026)`, and below it `4.1 (from 1 April 2026)`
    Overlap { number: String, days: Days, span: Span },
    /// `5.1 (from 1 April 2026)  Day care rate, an hour: £24.50 from 1 April 2026`
    OfARate { span: Span },
    /// `6.1 (until 31 March 2026)  Care cost = ...`, and `7.1  The ICB pays care cost.`
    NoValue { name: String, days: Days, span: Span },
    /// `4.1 (until 31 March 2026)  In every case: ...`, and a split of all days in the shares of 4.1
    NoShares { number: String, days: Days, span: Span },
    /// `1.1 (until 31 March 2026)  This policy covers a child when ...`
    NoCover { days: Days, span: Span },
}

impl From<WordingMistake> for Diagnostic {
    fn from(mistake: WordingMistake) -> Diagnostic {
        match mistake {
            WordingMistake::EndsBeforeItBegins { span } => Diagnostic::error(
                "ends-before-it-begins",
                "this wording ends before it begins",
                span,
            )
            .help("write a last day that is not before the first"),
            WordingMistake::NotRising { span } => Diagnostic::error(
                "wordings-not-rising",
                "this wording does not begin after the one above",
                span,
            )
            .help("write the earliest wording first"),
            WordingMistake::Gap { number, days, span } => Diagnostic::error(
                "wordings-leave-a-gap",
                format!("clause {number} has no wording {}", days),
                span,
            )
            .help(format!("begin this wording on {}", days.first)),
            WordingMistake::Overlap { number, days, span } => Diagnostic::error(
                "wordings-overlap",
                format!("clause {number} has two wordings {}", days),
                span,
            )
            .help("end the one above on the day before this one begins"),
            WordingMistake::OfARate { span } => Diagnostic::error(
                "rate-in-a-wording",
                "a rate has dates of its own, so its clause cannot have others",
                span,
            )
            .help("leave these days out, and write `from` and `until` after the values"),
            WordingMistake::NoValue { name, days, span } => Diagnostic::error(
                "not-on-every-day",
                format!("no clause gives `{name}` {}, and this one uses it then", days),
                span,
            )
            .help("add a wording for those days, or give this clause days of its own without them"),
            WordingMistake::NoShares { number, days, span } => Diagnostic::error(
                "not-on-every-day",
                format!("{number} has no shares {}, and this splits by them then", days),
                span,
            )
            .help("add a wording for those days, or give this clause days of its own without them"),
            WordingMistake::NoCover { days, span } => Diagnostic::error(
                "not-on-every-day",
                format!("no clause says whom the policy covers {}", days),
                span,
            )
            .help("add a wording for those days"),
        }
    }
}
