//! Reading files, and no more of them than is of use.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use apportion::parse::MOST_BYTES;

use apportion_exchange::verify;

use crate::failure::Failure;

/// What stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Whether a path stands for standard input.
pub(crate) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == STANDARD_INPUT
}

/// Opens a file; a directory is none.
pub(crate) fn open(path: &Path) -> Result<File, Failure> {
    let failure = |error| Failure::Read { path: path.to_path_buf(), error };
    let file = File::open(path).map_err(failure)?;
    if file.metadata().map_err(failure)?.is_dir() {
        return Err(failure(io::ErrorKind::IsADirectory.into()));
    }
    Ok(file)
}

/// The text of a policy. Of one that is too large only so much is read that the parser finds
/// it too large.
pub(crate) fn policy(path: &Path) -> Result<String, Failure> {
    policy_from(path, &mut open(path)?)
}

/// The text of a policy from a stream, which this path stands for.
pub(crate) fn policy_from(path: &Path, input: &mut dyn Read) -> Result<String, Failure> {
    let mut bytes = beginning(path, input, MOST_BYTES)?;
    if bytes.len() > MOST_BYTES {
        // The cut may go through a character.
        while bytes.last().is_some_and(|byte| !byte.is_ascii()) {
            bytes.pop();
        }
        bytes.resize(bytes.len().max(MOST_BYTES + 1), b' ');
    }
    text(path, bytes)
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
    text(path, bytes)
}

/// The first bytes, one more than the text may have.
fn beginning(path: &Path, input: &mut dyn Read, most: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    input
        .take(most as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::Read { path: path.to_path_buf(), error })?;
    Ok(bytes)
}

fn text(path: &Path, bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| Failure::NotText {
        path: path.to_path_buf(),
        byte: error.utf8_error().valid_up_to() + 1,
    })
}
