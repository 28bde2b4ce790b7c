//! Why a caseload could not be decided to its end.

use std::io;

use thiserror::Error;

use super::columns::ColumnMistake;
use super::rows::NoNames;

/// Why a caseload could not be decided to its end.
#[derive(Debug, Error)]
pub enum CaseloadError {
    /// Its columns, or those of its items, are not those of a caseload of this policy.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Columns(Vec<ColumnMistake>),
    /// It could not be read further.
    #[error("the caseload cannot be read: {0}")]
    Read(io::Error),
    /// The items of a list could not be read further.
    #[error("its {list} cannot be read: {error}")]
    ReadItems {
        /// The list, in the plural.
        list: String,
        /// Why.
        error: io::Error,
    },
    /// The decisions or the rejects could not be written.
    #[error("the decisions cannot be written: {0}")]
    Write(#[from] io::Error),
}

impl From<NoNames> for CaseloadError {
    fn from(no_names: NoNames) -> Self {
        match no_names {
            NoNames::Read(error) => CaseloadError::Read(error),
            NoNames::Column(mistake) => CaseloadError::Columns(vec![mistake]),
        }
    }
}
