//! Mistakes between clauses, and in tables.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::names::word_help;
use super::{MOST_SHOWN, listed, listed_or};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// A clause that does not fit the others.
pub(in crate::check) enum ClauseMistake {
    /// `2.1 A = B + £1.00` and `2.2 B = A + £1.00`
    Circle { clauses: Vec<(String, Span)> },
    /// `[XX 2]`, where no source is called XX
    NoSuchSource { span: Span, near: Option<String>, sources: Vec<String> },
    /// `Despite 4.1 row 3`
    DespiteARow { span: Span },
    /// `Despite 4.1 row 9`, where there are four
    NoSuchRow { number: String, rows: usize, span: Span },
    /// `Despite 3.1 row 2 and 4.1 row 1, ...`
    RowsOfTwoClauses { span: Span },
    /// `Despite 4.1, the ICB pays cost.`, where 4.1 gives shares
    DespiteAnotherMatter { number: String, span: Span },
    /// `1.1  Despite 1.1, ...`
    DespiteItself { number: String, span: Span },
    /// `Despite 9.9`
    NoSuchClause { number: String, is_section: bool, span: Span, there_are: Vec<String> },
    /// A rate, a row or a wording with dates, in a policy without `dated by`
    DatesNeedDatedBy { span: Span },
    /// A source that no clause cites, or a fact that none uses
    NeverNamed { what: &'static str, name: String, span: Span },
}

impl From<ClauseMistake> for Diagnostic {
    fn from(mistake: ClauseMistake) -> Diagnostic {
        match mistake {
            ClauseMistake::Circle { clauses } => circle(&clauses),
            ClauseMistake::NoSuchSource { span, near, sources } => {
                let message = "this citation begins with no declared source";
                let diagnostic = Diagnostic::error("no-such-source", message, span);
                match near {
                    Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                    None if sources.is_empty() => {
                        diagnostic.help("declare the source in the header, below `sources`")
                    }
                    None => diagnostic.help(format!(
                        "begin it with {}, or declare its source below `sources`",
                        listed_or(&sources)
                    )),
                }
            }
            ClauseMistake::DespiteARow { span } => Diagnostic::error(
                "despite-a-row",
                "no one row of this table counts, so none can be overridden by itself",
                span,
            )
            .help("name the whole clause, or a row of a table of which one row counts for the case"),
            ClauseMistake::NoSuchRow { number, rows: 0, span } => {
                Diagnostic::error("no-such-row", format!("{number} has no table"), span)
                    .help(format!("write `Despite {number}`"))
            }
            ClauseMistake::NoSuchRow { number, rows, span } => Diagnostic::error(
                "no-such-row",
                format!("the table of {number} has {rows} rows"),
                span,
            )
            .help("count the rows below the heading from 1"),
            ClauseMistake::RowsOfTwoClauses { span } => Diagnostic::error(
                "rows-of-two-clauses",
                "one sentence overrides rows of two tables",
                span,
            )
            .help("write a sentence for each of them"),
            ClauseMistake::DespiteAnotherMatter { number, span } => Diagnostic::error(
                "despite-another-matter",
                format!("{number} is about something else, so nothing in it can be overridden here"),
                span,
            )
            .help("name a clause about the same conclusion, value, shares or payment of the same amount"),
            ClauseMistake::DespiteItself { number, span } => Diagnostic::error(
                "despite-itself",
                format!("{number} is written `Despite` itself"),
                span,
            )
            .help(format!(
                "name the clause that gives way; where a sentence of {number} is to win over another \
                 of {number}, give it a number of its own"
            )),
            ClauseMistake::NoSuchClause { number, is_section, span, there_are } => {
                let what = if is_section { "section" } else { "clause" };
                let diagnostic =
                    Diagnostic::error("no-such-clause", format!("there is no {what} {number}"), span);
                match there_are.is_empty() {
                    true => diagnostic.help("write the number of a clause or section that there is"),
                    false => diagnostic.help(format!("there are {}", listed(&there_are))),
                }
            }
            ClauseMistake::DatesNeedDatedBy { span } => Diagnostic::error(
                "dates-need-dated-by",
                "this depends on a date, but the policy does not say which date of a case counts",
                span,
            )
            .help("write `dated by  decision date` (or another date) below `version`"),
            ClauseMistake::NeverNamed { what, name, span } => {
                Diagnostic::warning("never-named", format!("no clause names the {what} `{name}`"), span)
                    .help("name it in a clause, or take it out")
            }
        }
    }
}

fn circle(clauses: &[(String, Span)]) -> Diagnostic {
    let numbers: Vec<String> = clauses.iter().map(|(number, _)| number.clone()).collect();
    let first = clauses.first().map(|(_, span)| *span).unwrap_or_default();
    let message = match clauses.len() {
        1 => format!("clause {} depends on itself", numbers.concat()),
        _ => format!("clauses {} depend on each other in a circle", listed(&numbers)),
    };
    let diagnostic = Diagnostic::error("clauses-in-a-circle", message, first)
        .help("write one of them without what depends on it");
    let others = clauses.iter().skip(1).take(MOST_SHOWN);
    others.fold(diagnostic, |diagnostic, (_, span)| diagnostic.and(*span, "which needs this one"))
}

/// A table that cannot be read as one.
pub(in crate::check) enum TableMistake {
    /// `Band: exactly one row applies.` over a table without a column `band`
    NoAnswerColumn { name: String, span: Span },
    /// `the rest` in a column of questions
    NoTest { span: Span },
    /// Answers `high` and `huge`, where `high` is a level and `huge` is none
    WordOfAnotherList { word: String, words: Vec<String>, span: Span },
    /// `20 to 34` in a column of answers
    NoAnswer { span: Span },
    /// An `otherwise` row with rows below it
    OtherwiseNotLast { span: Span },
    /// `When fast track: exactly one row applies.` over a table without a party
    NoPartyColumn { span: Span },
}

impl From<TableMistake> for Diagnostic {
    fn from(mistake: TableMistake) -> Diagnostic {
        match mistake {
            TableMistake::NoAnswerColumn { name, span } => Diagnostic::error(
                "no-answer-column",
                format!("the table has no column `{name}`, which its heading names"),
                span,
            )
            .help(match name.as_str() {
                "shares" => "to give shares for each item write `For each service: exactly one row \
                             applies.`"
                    .into(),
                _ => format!("head the column of answers `{name}`"),
            }),
            TableMistake::NoTest { span } => {
                Diagnostic::error("no-test", "a value or a test is needed here", span)
                    .help("write what applies, or `any`")
            }
            TableMistake::WordOfAnotherList { word, words, span } => Diagnostic::error(
                "word-of-another-list",
                format!("`{word}` is no word of the list that the other rows take theirs from"),
                span,
            )
            .help(word_help(&word, &words)),
            TableMistake::NoAnswer { span } => {
                Diagnostic::error("no-answer", "one answer is needed here", span)
                    .help("write a value, a share or the name of a value; a formula has its own clause")
            }
            TableMistake::OtherwiseNotLast { span } => Diagnostic::error(
                "otherwise-not-last",
                "`otherwise` must be the last row",
                span,
            )
            .help("move this row below the others"),
            TableMistake::NoPartyColumn { span } => Diagnostic::error(
                "no-party-column",
                "this table has no column for a party, and its heading names no value",
                span,
            )
            .help("head a column with a party for shares, or begin the clause with the name of what the table gives: `Band: exactly one row applies.`"),
        }
    }
}
