//! Why a table is refused before its first case.

use arrow_schema::ArrowError;
use thiserror::Error;

use crate::csv::columns::ColumnMistake;

/// Why a table is refused before its first case, or cannot be decided to its end.
#[derive(Debug, Error)]
pub enum TableMistake {
    /// Its columns are not those of a caseload of this policy.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Columns(Vec<ColumnMistake>),
    /// The structs of a column are not items of its list.
    #[error(
        "in column `{column}`: {}",
        .mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    )]
    Items {
        /// The column.
        column: String,
        /// What is wrong with the names of the fields.
        mistakes: Vec<ColumnMistake>,
    },
    /// Columns have types that give nothing exact.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Types(Vec<TypeMistake>),
    /// No column gives the items of a list.
    #[error("no column gives the {list} of each case; make `{column}` one of lists of structs")]
    NoItems {
        /// The list, in the plural.
        list: String,
        /// Its name outside the policy.
        column: String,
    },
    /// Two columns give the items of a list.
    #[error("two columns give the {list} of each case")]
    ItemsTwice {
        /// The list, in the plural.
        list: String,
    },
    /// Its columns are not those it was opened with, or make no table.
    #[error("the table cannot be read: {0}")]
    Table(#[from] ArrowError),
    /// The policy has no answer for a table that it can decide.
    #[error("a block lacks an answer")]
    NoAnswer,
}

/// A column whose type gives no exact value of its fact.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("column `{column}` is {kind}; {instead}")]
pub struct TypeMistake {
    /// The name of the column.
    pub column: String,
    /// What it is: `of floats, which are not exact`.
    pub kind: String,
    /// What would be right.
    pub instead: &'static str,
}

impl TableMistake {
    /// A stable name for this mistake.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            TableMistake::Columns(mistakes) | TableMistake::Items { mistakes, .. } => {
                mistakes.first().map_or("no-header", ColumnMistake::code)
            }
            TableMistake::Types(_) => "column-type",
            TableMistake::NoItems { .. } => "no-items",
            TableMistake::ItemsTwice { .. } => "column-twice",
            TableMistake::Table(_) | TableMistake::NoAnswer => "table-unreadable",
        }
    }
}
