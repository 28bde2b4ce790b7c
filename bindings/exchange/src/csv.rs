//! Caseloads: a case a row, and its decision in the same row of another file.
//!
//! A caseload is read in blocks of [`LANES`](apportion::engine::block::LANES) rows, so the
//! memory it takes does not grow with it. The order is kept, and every row ends either among
//! the decisions or among the rejects. What can come of a row of which not everything is known is
//! looked at when its turn to go out comes.
//!
//! The items of a list are rows of a second file, in the same order of cases. To tell an item of
//! a later case from one of no case, the keys of all cases are looked at first: both files are
//! read twice, and sixteen bytes are remembered of each case.

use std::io;

use apportion::engine::program::{FactId, ListId};
use apportion::policy::Policy;

mod quote;
mod row;
mod lines;
pub(crate) mod remembered;
pub(crate) mod reading;
mod settled;
pub(crate) mod answers;
pub mod columns;
pub mod join;
mod rows;
mod heading;
mod mistake;
pub mod rejects;
pub(crate) mod fate;
pub(crate) mod cells;
pub(crate) mod facts;
mod keys;
pub mod items;
pub mod summary;
pub mod item_rows;
mod joined;
pub(crate) mod foresight;
mod decisions;
pub mod caseload;

/// A caseload of no cases: the line with the names of the columns that a policy reads.
///
/// # Errors
///
/// Returns what could not be written; names give it no cause.
pub fn empty(policy: &Policy) -> io::Result<String> {
    let facts = policy.facts().iter().filter(|fact| fact.list.is_none());
    header(facts.map(|fact| fact.outside.as_str()))
}

/// A file of no items of a list: the line with the names of its columns, the first being the fact
/// that joins items to their cases.
///
/// # Errors
///
/// As [`empty`].
pub fn no_items(policy: &Policy, list: ListId, join: FactId) -> io::Result<String> {
    let join = policy.facts().get(join.index());
    let facts = policy.facts().iter().filter(|fact| fact.list == Some(list));
    header(join.into_iter().chain(facts).map(|fact| fact.outside.as_str()))
}

fn header<'n>(names: impl Iterator<Item = &'n str>) -> io::Result<String> {
    let mut line = Vec::new();
    let mut output = csv::Writer::from_writer(&mut line);
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
