//! Caseloads: a case a row, and its decision in the same row of another file.
//!
//! A caseload is read in blocks of [`LANES`](apportion::engine::block::LANES) rows, so the
//! memory it takes does not grow with it. The order is kept, and every row ends either among
//! the decisions or among the rejects.

pub mod columns;
mod remembered;
mod facts;
mod answers;
mod row_limit;
pub mod rejects;
pub mod summary;
pub mod caseload;

/// How many bytes are read or written at once.
const BUFFER: usize = 1 << 17;

/// What was met in reading or writing: the error of the stream itself where it is one.
fn into_io_error(error: csv::Error) -> std::io::Error {
    if !error.is_io_error() {
        return std::io::Error::other(error);
    }
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => std::io::Error::other(format!("{kind:?}")),
    }
}
