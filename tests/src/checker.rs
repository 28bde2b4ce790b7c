//! The part of the suite that tries the checker and needs nothing but `apportion`, as a
//! test of that crate alone: it is built again in a few seconds for every mutant.
//! `README.md` beside this folder says how.
#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "other parts of the suite use the rest; a failed expectation is how a test speaks"
)]

mod bundles;
mod rivals {
    pub(crate) mod random;
}
mod reference;
mod random_cases;
mod comparison;

mod agreement;
mod bounds;
mod declared;
mod found;
mod golden;
mod guards;
mod edges;
mod limits;
mod mistakes;
mod named;
mod numbers;
mod once;
mod tools;
mod worked;
