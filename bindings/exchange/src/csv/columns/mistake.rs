//! Why a caseload is refused before its first case.

use apportion::policy::CaseMistake;
use thiserror::Error;

use crate::not_text::{NotText, SAVE_CASELOAD};

/// Why a caseload is refused before its first case.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ColumnMistake {
    /// No line at all.
    #[error("there is no line with the names of the columns")]
    NoHeader,
    /// The file is no text in UTF-8.
    #[error("the file is not UTF-8 text but {0}; {SAVE_CASELOAD}")]
    NotText(NotText),
    /// More columns than a sheet has.
    #[error("there are {count} columns, and a caseload has at most {most}")]
    TooMany {
        /// How many there are.
        count: usize,
        /// How many there may be.
        most: usize,
    },
    /// Columns that something else than commas parts.
    #[error("the columns are parted by {by}, and those of a caseload by commas; {SAVE_CASELOAD}")]
    OtherSeparator {
        /// What parts them: `;`, or tabs.
        by: &'static str,
    },
    /// `sep=,`, which only Excel reads.
    #[error("the first line, `sep=`, is for Excel alone: take it out")]
    SeparatorLine,
    /// A title above the names.
    #[error("the names of the columns stand in line {line}: take out what stands above them")]
    NamesBelow {
        /// The line, from 1.
        line: u64,
    },
    /// A first line without a single name that the policy knows.
    #[error("the first line names no fact of the policy, and the names of the columns stand there")]
    NoNames,
    /// Mistakes that are not told one by one.
    #[error("there are {count} mistakes more, which are not shown")]
    More {
        /// How many.
        count: usize,
    },
    /// A column without a name.
    #[error("column {column} has no name")]
    NoName {
        /// The column, from 1.
        column: usize,
    },
    /// A column that gives no fact and is not carried.
    #[error(transparent)]
    Undeclared(CaseMistake),
    /// A column of the cases for a fact of items, or the other way round.
    #[error(transparent)]
    Elsewhere(CaseMistake),
    /// No column by which items are joined to their cases.
    #[error("no column gives `{name}`, by which items belong to cases")]
    NothingToJoin {
        /// The text fact of the case that joins them.
        name: String,
    },
    /// Lists whose items no file gives.
    #[error("each case has {list}, and no file gives them")]
    NoItems {
        /// The list, in the plural.
        list: String,
        /// Its name outside the policy's file.
        outside: String,
    },
    /// Two columns of one name, or for one fact.
    #[error("columns `{first}` and `{second}` say the same")]
    Twice {
        /// The name of the first.
        first: String,
        /// The name of the second.
        second: String,
    },
    /// A column with the name of an answer.
    #[error("column `{name}` has the name of a column that the decisions add")]
    IsAnAnswer {
        /// The name.
        name: String,
    },
    /// Something to carry that is not there.
    #[error("there is no column `{name}` to carry")]
    NothingToCarry {
        /// The name.
        name: String,
    },
    /// Facts that no case of this caseload can have.
    #[error("no column gives {}{}", missing(.facts), .facts.iter().map(listed).collect::<String>())]
    Missing {
        /// The facts, and what each must be.
        facts: Vec<MissingFact>,
    },
}

/// A fact without a column and without a default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingFact {
    /// Its name.
    pub name: String,
    /// What its cells may say: `must be yes or no`.
    pub kind: String,
}

fn missing(facts: &[MissingFact]) -> String {
    match facts {
        [only] => format!("`{}`, and the policy has no default for it", only.name),
        many => format!("{} of the facts, and the policy has no default for them", many.len()),
    }
}

/// A line of the list of what is missing.
fn listed(fact: &MissingFact) -> String {
    format!("\n  `{}` {}", fact.name, fact.kind)
}

impl ColumnMistake {
    /// A stable name for this mistake.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            ColumnMistake::NoHeader => "no-header",
            ColumnMistake::NotText(_) => "not-text",
            ColumnMistake::TooMany { .. } => "too-many-columns",
            ColumnMistake::OtherSeparator { .. } => "other-separator",
            ColumnMistake::SeparatorLine => "separator-line",
            ColumnMistake::NamesBelow { .. } | ColumnMistake::NoNames => "no-names",
            ColumnMistake::More { .. } => "more-mistakes",
            ColumnMistake::NoName { .. } => "column-without-name",
            ColumnMistake::Undeclared(_) => "undeclared-column",
            ColumnMistake::Elsewhere(_) => "elsewhere-stated",
            ColumnMistake::NothingToJoin { .. } => "nothing-to-join",
            ColumnMistake::NoItems { .. } => "no-items",
            ColumnMistake::Twice { .. } => "column-twice",
            ColumnMistake::IsAnAnswer { .. } => "answer-column-exists",
            ColumnMistake::NothingToCarry { .. } => "nothing-to-carry",
            ColumnMistake::Missing { .. } => "missing-column",
        }
    }
}
