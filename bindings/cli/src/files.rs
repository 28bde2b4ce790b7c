//! Reading files, and no more of them than is of use.

use std::io::Read;
use std::path::Path;

use apportion::parse::MOST_BYTES;
use apportion_exchange::policy_file::{beginning, into_text, open};
use apportion_exchange::verify;

use crate::failure::Failure;

/// What stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Whether a path stands for standard input.
pub(crate) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == STANDARD_INPUT
}

/// The text of a case.
pub(crate) fn case(path: &Path, input: &mut dyn Read) -> Result<String, Failure> {
    at_most(path, input, MOST_BYTES, "1 MiB, the most a case has")
}

/// The text of a record.
pub(crate) fn record(path: &Path, input: &mut dyn Read) -> Result<String, Failure> {
    at_most(path, input, verify::MOST_BYTES, "16 MiB, the most a record has")
}

/// The text of a file, or of standard input, that has at most so many bytes.
fn at_most(
    path: &Path,
    input: &mut dyn Read,
    most: usize,
    told: &'static str,
) -> Result<String, Failure> {
    let bytes = if is_standard_input(path) {
        beginning(path, input, most)?
    } else {
        beginning(path, &mut open(path)?, most)?
    };
    if bytes.len() > most {
        return Err(Failure::TooLarge { path: path.to_path_buf(), most: told });
    }
    Ok(into_text(path, bytes)?)
}
