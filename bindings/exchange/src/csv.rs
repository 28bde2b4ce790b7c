//! Caseloads: a case a row, and its decision in the same row of another file.
//!
//! A caseload is read in blocks of [`LANES`](apportion::engine::block::LANES) rows, so the
//! memory it takes does not grow with it. The order is kept, and every row ends either among
//! the decisions or among the rejects.

use std::io;

use apportion::policy::Policy;

pub mod columns;
mod remembered;
mod facts;
mod answers;
mod row_limit;
pub mod rejects;
pub mod summary;
pub mod caseload;

/// A caseload of no cases: the line with the names of the columns that a policy reads.
///
/// # Errors
///
/// Returns what could not be written; names give it no cause.
pub fn empty(policy: &Policy) -> io::Result<String> {
    let mut line = Vec::new();
    let mut output = csv::Writer::from_writer(&mut line);
    let names = policy.facts().iter().map(|fact| fact.outside.as_str());
    output.write_record(names).map_err(into_io_error)?;
    output.flush()?;
    drop(output);
    String::from_utf8(line).map_err(io::Error::other)
}

/// How many bytes are read or written at once.
const BUFFER: usize = 1 << 17;

/// What was met in reading or writing: the error of the stream itself where it is one.
fn into_io_error(error: csv::Error) -> io::Error {
    if !error.is_io_error() {
        return io::Error::other(error);
    }
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}
