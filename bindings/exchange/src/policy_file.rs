//! The text of a policy from its file, with those it uses from beside it.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use apportion::bundle::Bundle;
use apportion::parse::MOST_BYTES;
use thiserror::Error;

use crate::not_text::{self, NotText, SAVE_TEXT};

/// Why a file gives no text.
#[derive(Debug, Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("`{}` cannot be read: {error}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// It is no text in UTF-8.
    #[error("`{}` is not UTF-8 text but {found}{}; {SAVE_TEXT}", .path.display(), from(*.found, *.line))]
    NotText {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        found: NotText,
        /// The line of the first byte that is no text, from 1.
        line: usize,
    },
}

/// From which line on a text is in another encoding.
fn from(found: NotText, line: usize) -> String {
    match found {
        NotText::AnotherEncoding => format!(", from line {line} on"),
        _ => String::new(),
    }
}

impl FileError {
    /// A stable name for this mistake.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            FileError::Read { .. } => "file-unreadable",
            FileError::NotText { .. } => "not-text",
        }
    }
}

/// Reads the text of a policy from its file, with those it uses from beside it.
///
/// # Errors
///
/// Returns the first file that cannot be read or is no text. One that is not there though it is
/// used is none: the policy then says where it is missed.
pub fn bundle(path: &Path) -> Result<Bundle, FileError> {
    bundle_of(path, &text(path)?)
}

/// A text that this path stands for, with those it uses from beside it.
///
/// # Errors
///
/// As [`bundle`].
pub fn bundle_of(path: &Path, own: &str) -> Result<Bundle, FileError> {
    let mut bundle = Bundle::new(&path.display().to_string(), own);
    loop {
        let needs = bundle.needs().into_iter();
        let found: Vec<(String, PathBuf)> = needs
            .map(|file| (file.clone(), path.with_file_name(file)))
            .filter(|(_, beside)| beside.exists())
            .collect();
        if found.is_empty() {
            return Ok(bundle);
        }
        for (file, beside) in found {
            bundle.add(&file, &text(&beside)?);
        }
    }
}

/// The text of one policy. Of one that is too large only so much is read that the parser finds it
/// too large.
///
/// # Errors
///
/// Returns that the file cannot be read or is no text.
pub fn text(path: &Path) -> Result<String, FileError> {
    text_from(path, &mut open(path)?)
}

/// The text of a policy from a stream, which this path stands for.
///
/// # Errors
///
/// As [`text`].
pub fn text_from(path: &Path, input: &mut dyn Read) -> Result<String, FileError> {
    let mut bytes = beginning(path, input, MOST_BYTES)?;
    if bytes.len() > MOST_BYTES {
        // The cut may go through a character.
        while bytes.last().is_some_and(|byte| !byte.is_ascii()) {
            bytes.pop();
        }
        bytes.resize(bytes.len().max(MOST_BYTES + 1), b' ');
    }
    into_text(path, bytes)
}

/// Opens a file; a directory is none.
///
/// # Errors
///
/// Returns why it cannot be read.
pub fn open(path: &Path) -> Result<File, FileError> {
    let failure = |error| FileError::Read { path: path.to_path_buf(), error };
    let file = File::open(path).map_err(failure)?;
    if file.metadata().map_err(failure)?.is_dir() {
        return Err(failure(io::ErrorKind::IsADirectory.into()));
    }
    Ok(file)
}

/// The first bytes of a stream, one more than the most it may have.
///
/// # Errors
///
/// Returns why they cannot be read.
pub fn beginning(path: &Path, input: &mut dyn Read, most: usize) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    input
        .take(most as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| FileError::Read { path: path.to_path_buf(), error })?;
    Ok(bytes)
}

/// Bytes as the text they are.
///
/// # Errors
///
/// Returns where they are none.
pub fn into_text(path: &Path, bytes: Vec<u8>) -> Result<String, FileError> {
    let Some(found) = not_text::found(&bytes) else {
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    };
    let text = str::from_utf8(&bytes).map_or_else(|error| error.valid_up_to(), |_| 0);
    let before = bytes.get(..text).unwrap_or_default();
    let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
    Err(FileError::NotText { path: path.to_path_buf(), found, line })
}
