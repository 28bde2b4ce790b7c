//! A panic is a mistake of ours, and must not pass through a caller's program as one.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::PyResult;

use crate::errors;

/// Does something, and tells a panic as an error of the package.
pub(crate) fn guarded<T>(work: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    // Nothing that was half changed is used again: what is shared is never changed.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(errors::our_mistake()))
}
