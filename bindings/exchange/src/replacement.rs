//! Files written beside their place and moved there when they are whole.

use alloc::collections::BTreeSet;
use core::fmt;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, MutexGuard, PoisonError};

use thiserror::Error;

/// That a file cannot be written.
#[derive(Debug, Error)]
#[error("`{}` cannot be written: {error}", .path.display())]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
}

/// The files of this process that have not taken their places.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn unfinished() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    // A set of names is whole whatever happened while it was held.
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// That every file was given up which had not taken its place. While this lives none is begun, and
/// none takes its place.
#[must_use]
pub struct GivenUp {
    _held: MutexGuard<'static, BTreeSet<PathBuf>>,
}

impl fmt::Debug for GivenUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GivenUp").finish_non_exhaustive()
    }
}

/// Gives up every file that has not taken its place, so that nothing is left of it: for a program
/// that is told to end while it writes.
pub fn give_up_all() -> GivenUp {
    let mut held = unfinished();
    for beside in core::mem::take(&mut *held) {
        // Nothing more can be done about a file that cannot be removed.
        let _ = fs::remove_file(beside);
    }
    GivenUp { _held: held }
}

/// A file that takes its place only when it is whole. Dropped before that, it leaves nothing.
#[derive(Debug)]
pub struct Replacement {
    target: PathBuf,
    beside: PathBuf,
    file: File,
    is_whole: bool,
}

impl Replacement {
    /// Begins a file beside its place.
    ///
    /// # Errors
    ///
    /// Returns that there can be no such file.
    pub fn begin(path: &Path) -> Result<Self, WriteError> {
        let failure = |error| WriteError { path: path.to_path_buf(), error };
        // A link stays one: what it leads to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        if fs::metadata(&target).is_ok_and(|metadata| !metadata.is_file()) {
            return Err(failure(io::Error::other("it exists and is no plain file")));
        }
        let beside =
            beside(&target).ok_or_else(|| failure(io::Error::other("it has no name of a file")))?;
        let file = {
            let mut unfinished = unfinished();
            let file = File::create_new(&beside).map_err(failure)?;
            unfinished.insert(beside.clone());
            file
        };
        let replacement = Replacement { target, beside, file, is_whole: false };
        // Whoever may read and write the file in its place may do so with this one.
        if let Ok(replaced) = fs::metadata(&replacement.target) {
            replacement.file.set_permissions(replaced.permissions()).map_err(failure)?;
        }
        Ok(replacement)
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    ///
    /// Returns that it could not be written to its end, or not be moved.
    pub fn finish(mut self) -> Result<(), WriteError> {
        let synced = self.file.sync_all();
        let mut unfinished = unfinished();
        let finished = synced.and_then(|()| fs::rename(&self.beside, &self.target));
        self.is_whole = finished.is_ok();
        if self.is_whole {
            unfinished.remove(&self.beside);
        }
        drop(unfinished);
        finished.map_err(|error| self.failure(error))
    }

    /// That the file cannot be written.
    #[must_use]
    pub fn failure(&self, error: io::Error) -> WriteError {
        WriteError { path: self.target.clone(), error }
    }
}

impl Write for &Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (&self.file).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        (&self.file).flush()
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        if !self.is_whole {
            unfinished().remove(&self.beside);
            // Nothing more can be done about a file that cannot be removed.
            let _ = fs::remove_file(&self.beside);
        }
    }
}

/// A hidden name in the same folder, so that moving is only renaming.
fn beside(target: &Path) -> Option<PathBuf> {
    let mut name = OsString::from(".");
    name.push(target.file_name()?);
    name.push(format!(".{}.partial", process::id()));
    Some(target.with_file_name(name))
}
