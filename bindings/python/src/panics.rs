//! Panics that tests ask for, in no package that is shipped: the feature `probes`.

use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::prelude::*;

/// Whether whatever is done next under the guard panics.
static PANICS: AtomicBool = AtomicBool::new(false);

/// Has whatever is done next under the guard panic.
#[pyfunction]
pub(crate) fn panic_next() {
    PANICS.store(true, Ordering::SeqCst);
}

/// Whether nothing was done under the guard since. Nothing will panic then.
#[pyfunction]
pub(crate) fn panics_still() -> bool {
    PANICS.swap(false, Ordering::SeqCst)
}

#[expect(clippy::panic, reason = "it is what is to be seen")]
pub(crate) fn panic_if_so_asked() {
    if PANICS.swap(false, Ordering::SeqCst) {
        panic!("as asked for");
    }
}
