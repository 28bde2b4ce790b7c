//! A panic is a mistake of ours, and must not pass through a caller's program as one.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::PyResult;

use crate::errors;
#[cfg(feature = "probes")]
use crate::panics;

/// Does what Python asks for, and tells a panic as an error of the package.
pub(crate) fn guarded<T>(work: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    caught(work).unwrap_or_else(|| Err(errors::our_mistake()))
}

/// Does something; nothing comes of it where it panics.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    let work = || {
        #[cfg(feature = "probes")]
        panics::panic_if_so_asked();
        work()
    };
    // Nothing that was half changed is used again: what is shared is never changed.
    catch_unwind(AssertUnwindSafe(work)).ok()
}
