//! `apportion._native`: the library as the Python package sees it.
//!
//! It only converts: facts of Python into cases, decisions into tuples of plain values, mistakes
//! into the package's exceptions. What users see is `python/apportion`, whose classes are written
//! in Python; everything else is done by `apportion` and `apportion-exchange`.

mod errors;
#[cfg(feature = "probes")]
mod panics;
mod guard;
mod numbers;
mod values;
mod facts;
mod known;
mod decision;
mod needs;
mod stream;
mod deciding;
mod run;
mod batches;
mod excel;
mod policy;
mod command;
#[cfg(feature = "probes")]
mod probes;

use pyo3::prelude::*;

/// What Python imports as `apportion._native`.
#[pymodule(gil_used = true)]
mod _native {
    #[pymodule_export]
    use super::batches::Batches;
    #[pymodule_export]
    use super::command::run_command;
    #[pymodule_export]
    use super::decision::Decision;
    #[cfg(feature = "probes")]
    #[pymodule_export]
    use super::panics::{panic_next, panics_still};
    #[pymodule_export]
    use super::policy::Policy;
    #[cfg(feature = "probes")]
    #[pymodule_export]
    use super::probes::decide_in_rust;
    #[pymodule_export]
    use super::stream::Stream;
}
