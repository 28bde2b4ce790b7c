//! A policy over a workbook of Excel.

use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::Path;

use apportion::policy::Policy;
use apportion_exchange::excel::{self, BookMistake, How};
use apportion_exchange::replacement::Replacement;
use pyo3::prelude::*;

use crate::errors::{self, CaseError};
use crate::guard::guarded;

/// Why no workbook was made.
enum NotMade {
    Book(BookMistake),
    File(io::Error),
}

/// Decides a workbook into another, which takes its place only when it is whole. Gives the summary
/// as JSON.
pub(crate) fn run(
    py: Python<'_>,
    policy: &Policy,
    (from, to): (&Path, &Path),
    how: &How,
) -> PyResult<String> {
    let made = guarded(|| Ok(py.detach(|| make(policy, (from, to), how))))?;
    let summary = made.map_err(|mistake| match mistake {
        NotMade::Book(mistake) => {
            let message = format!("`{}`: {mistake}", from.display());
            CaseError::of_case(mistake.code(), &message).raised(py, policy)
        }
        NotMade::File(error) => error.into(),
    })?;
    summary.to_json().map_err(|error| errors::of_document(&error))
}

fn make(policy: &Policy, (from, to): (&Path, &Path), how: &How) -> Result<excel::Summary, NotMade> {
    let book = BufReader::new(File::open(from).map_err(NotMade::File)?);
    let (summary, made) = excel::run(policy, book, how).map_err(NotMade::Book)?;
    let replacement = Replacement::begin(to).map_err(|error| NotMade::File(error.error))?;
    (&replacement).write_all(&made).map_err(NotMade::File)?;
    replacement.finish().map_err(|error| NotMade::File(error.error))?;
    Ok(summary)
}
