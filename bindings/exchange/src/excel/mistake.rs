//! Why a workbook is refused before its first case.

use calamine::XlsxError;
use thiserror::Error;

use super::size::MOST_MEBIBYTES;
use crate::csv::caseload::CaseloadError;
use crate::csv::columns::ColumnMistake;
use crate::csv::join::JoinMistake;

/// Why a workbook is refused before its first case. A cell is named, and what it holds is not.
#[derive(Debug, Error)]
pub enum BookMistake {
    /// It is something else, or damaged, or has a password.
    #[error(
        "it is no workbook of Excel that can be read; save it as .xlsx, without a password ({0})"
    )]
    NotABook(String),
    /// Unpacked it would fill the memory.
    #[error(
        "unpacked it has more than {MOST_MEBIBYTES} MiB; a caseload so large is better a CSV file"
    )]
    TooLarge,
    /// There is no sheet of this name.
    #[error("it has no sheet `{name}`; it has {}", .names.join(", "))]
    NoSuchSheet {
        /// What was asked for.
        name: String,
        /// Those that there are.
        names: Vec<String>,
    },
    /// A sheet has no cells.
    #[error("sheet `{sheet}` is empty; its first row must have the names of columns")]
    Empty {
        /// The sheet.
        sheet: String,
    },
    /// No sheet gives the items of a list.
    #[error("no sheet gives the {list} of each case; name one `{list}`")]
    NoItems {
        /// The list, in the plural.
        list: String,
    },
    /// Cells were made one.
    #[error(
        "cells {cells} of sheet `{sheet}` are merged, and only the first of them has a value; unmerge them"
    )]
    Merged {
        /// From which to which.
        cells: String,
        /// The sheet.
        sheet: String,
    },
    /// A cell shows an error.
    #[error("cell {cell} of sheet `{sheet}` is an error of Excel ({error}); mend or empty it")]
    ErrorCell {
        /// Where.
        cell: String,
        /// The sheet.
        sheet: String,
        /// What it shows.
        error: String,
    },
    /// A formula that nobody has worked out.
    #[error(
        "cell {cell} of sheet `{sheet}` has a formula that was never worked out; open the workbook in Excel and save it"
    )]
    NotWorkedOut {
        /// Where.
        cell: String,
        /// The sheet.
        sheet: String,
    },
    /// Something in a column without a name.
    #[error(
        "cell {cell} of sheet `{sheet}` is in a column without a name; name it in the first row, or empty it"
    )]
    NoName {
        /// Where.
        cell: String,
        /// The sheet.
        sheet: String,
    },
    /// Nothing joins items to their cases.
    #[error(transparent)]
    Join(#[from] JoinMistake),
    /// Its columns are not those of a caseload of this policy, or it cannot be decided to its end.
    #[error(transparent)]
    Caseload(#[from] CaseloadError),
    /// The decisions make no workbook.
    #[error("the decisions make no workbook: {0}")]
    NotMade(String),
}

impl BookMistake {
    /// A stable name for this mistake.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            BookMistake::NotABook(_) => "not-a-workbook",
            BookMistake::TooLarge => "workbook-too-large",
            BookMistake::NoSuchSheet { .. } => "no-such-sheet",
            BookMistake::Empty { .. } => "no-header",
            BookMistake::NoItems { .. } => "no-items",
            BookMistake::Merged { .. } => "merged-cells",
            BookMistake::ErrorCell { .. } => "error-cell",
            BookMistake::NotWorkedOut { .. } => "formula-without-value",
            BookMistake::NoName { .. } => "column-without-name",
            BookMistake::Join(_) => "no-join",
            BookMistake::Caseload(CaseloadError::Columns(mistakes)) => {
                mistakes.first().map_or("no-header", ColumnMistake::code)
            }
            BookMistake::Caseload(_) | BookMistake::NotMade(_) => "workbook-not-decided",
        }
    }
}

impl From<XlsxError> for BookMistake {
    fn from(error: XlsxError) -> Self {
        BookMistake::NotABook(error.to_string())
    }
}

impl From<rust_xlsxwriter::XlsxError> for BookMistake {
    fn from(error: rust_xlsxwriter::XlsxError) -> Self {
        BookMistake::NotMade(error.to_string())
    }
}
