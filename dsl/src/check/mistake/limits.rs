//! What is more than a policy can have in one place.

use alloc::format;
use alloc::string::String;

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// The most rows, clauses or conditions that are chosen from or counted at once: which of
/// them applies, or how many do, stands in one byte.
pub(in crate::check) const MOST_AT_ONCE: usize = 250;

/// More than can be chosen from or counted at once.
pub(in crate::check) enum LimitMistake {
    /// A table of 251 rows
    Rows { span: Span },
    /// `Split cost in the shares of section 4`, where section 4 has 251 rows of shares
    RowsOfShares { span: Span },
    /// `Despite section 4`, where section 4 has 251 clauses
    ClausesNamed { number: String, span: Span },
    /// `When visits are exactly 1, rate = £1.00.`, and 250 more clauses that give `rate`
    WaysToGive { name: String, span: Span },
    /// `Rate, £ an hour:` and 251 dates below it
    Rates { span: Span },
    /// `at least 2 of these are true` above 251 conditions
    Conditions { span: Span },
}

impl From<LimitMistake> for Diagnostic {
    fn from(mistake: LimitMistake) -> Diagnostic {
        let error = |code, message: String, span| Diagnostic::error(code, message, span);
        match mistake {
            LimitMistake::Rows { span } => {
                error("too-many-rows", format!("this table has more than {MOST_AT_ONCE} rows"), span)
                    .help("part it into two clauses, each with its own `When ...`")
            }
            LimitMistake::RowsOfShares { span } => error(
                "too-many-rows",
                format!("there are more than {MOST_AT_ONCE} rows of shares to choose from"),
                span,
            )
            .help("part them into two sections, and write a split for each with its own `When ...`"),
            LimitMistake::ClausesNamed { number, span } => error(
                "too-many-clauses",
                format!("section {number} has more than {MOST_AT_ONCE} clauses, too many to name at once"),
                span,
            )
            .help("part the section in two, and name both"),
            LimitMistake::WaysToGive { name, span } => error(
                "too-many-clauses",
                format!("more than {MOST_AT_ONCE} clauses give `{name}`"),
                span,
            )
            .help("write a table instead, or part them between two names"),
            LimitMistake::Rates { span } => {
                error("too-many-rates", format!("there are more than {MOST_AT_ONCE} dates here"), span)
                    .help("leave out those before the policy is in force")
            }
            LimitMistake::Conditions { span } => error(
                "too-many-conditions",
                format!("more than {MOST_AT_ONCE} conditions cannot be counted at once"),
                span,
            )
            .help("part the list into two conclusions, and ask for both"),
        }
    }
}
