//! The part of the suite that needs nothing but `apportion-core`, as a test of that crate
//! alone: it is built again in a few seconds for every mutant. `README.md` beside this
//! folder says how.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed expectation is how a test speaks"
)]

mod dates;
mod engine;
mod money;
mod serialised;
