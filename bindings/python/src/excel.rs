//! A policy over a workbook of Excel.

use std::fs::{self, File};
use std::io::{BufReader, Write};
use std::path::Path;

use apportion::policy::Policy;
use apportion_exchange::csv::caseload::CaseloadError;
use apportion_exchange::excel::{self, BookMistake, How};
use apportion_exchange::replacement::{Replacement, WriteError};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::errors::{self, CaseError};

/// Why no workbook was made.
enum NotMade {
    Book(BookMistake),
    File(WriteError),
    /// The decisions would take the place of the cases.
    OverItself,
}

impl From<WriteError> for NotMade {
    fn from(error: WriteError) -> NotMade {
        NotMade::File(error)
    }
}

/// Decides a workbook into another, which takes its place only when it is whole. Gives the summary
/// as JSON.
pub(crate) fn run(
    py: Python<'_>,
    policy: &Policy,
    (from, to): (&Path, &Path),
    how: &How,
) -> PyResult<String> {
    let made = py.detach(|| make(policy, (from, to), how));
    let summary = made.map_err(|mistake| match mistake {
        NotMade::Book(mistake) => {
            let message = format!("`{}`: {mistake}", from.display());
            let columns = match &mistake {
                BookMistake::Caseload(CaseloadError::Columns(columns)) => columns.as_slice(),
                _ => &[],
            };
            CaseError::of_columns(mistake.code(), &message, columns).raised(py, policy)
        }
        NotMade::File(WriteError { path, error }) => errors::of_io(path, error),
        NotMade::OverItself => PyValueError::new_err(format!(
            "`{}` is the workbook of the cases; write the decisions to another",
            to.display()
        )),
    })?;
    summary.to_json().map_err(|error| errors::of_document(&error))
}

fn make(policy: &Policy, (from, to): (&Path, &Path), how: &How) -> Result<excel::Summary, NotMade> {
    let cases = File::open(from).map_err(|error| WriteError { path: from.to_path_buf(), error })?;
    if fs::canonicalize(to).is_ok_and(|to| fs::canonicalize(from).is_ok_and(|from| from == to)) {
        return Err(NotMade::OverItself);
    }
    let (summary, made) = excel::run(policy, BufReader::new(cases), how).map_err(NotMade::Book)?;
    let replacement = Replacement::begin(to)?;
    (&replacement).write_all(&made).map_err(|error| replacement.failure(error))?;
    replacement.finish()?;
    Ok(summary)
}
