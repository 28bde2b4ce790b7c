//! The command `apportion`, as it is after `pip install`.

use std::ffi::OsString;
use std::io::{stderr, stdin, stdout};

use pyo3::prelude::*;

use crate::guard::guarded;

/// Runs the command with these arguments, the first being its own name, and returns its exit
/// code. A signal to end is the command's from then on: nothing of it is written in Python.
#[pyfunction]
pub(crate) fn run_command(py: Python<'_>, arguments: Vec<OsString>) -> PyResult<i32> {
    let run = || {
        apportion_cli::end_at_signals();
        apportion_cli::run(arguments, &mut stdin(), &mut stdout(), &mut stderr())
    };
    guarded(|| Ok(py.detach(run)))
}
