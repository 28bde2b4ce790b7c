//! Valid policies that nobody thought of, and how often each construct is in them.
//!
//! A [`model::Model`] is made from [`choices`] (a seed, or the bytes of a fuzzer) in the
//! order of the language: each clause speaks only of what was declared or given before it,
//! in units that agree, within bounds that fit. [`print()`] writes it as text and counts
//! what is written; [`cut::Cut`] parts it into a tool and a policy; [`shrink::shrink`] makes it small while something about it stays true;
//! [`reorder::reorder`] writes it in another order; [`slips`] are policies with one mistake
//! each.

pub mod choices;
pub mod cut;
mod make;
pub mod mangle;
pub mod model;
mod print;
pub mod reached;
pub mod reorder;
pub mod shrink;
pub mod slips;

pub use make::generate;
pub use print::print;
