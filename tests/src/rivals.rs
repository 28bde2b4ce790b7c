//! Two policies written by hand in Rust, as a good engineer would write them without any
//! engine: what the speed of the engine is measured beside, and what its answers are
//! compared with.
//!
//! Each policy is written three times: `row` decides one case at a time, `one_loop` goes
//! once over columns, and `staged` goes over columns in blocks that stay in the
//! first-level cache, one branch-free pass after another. They know nothing of the engine.
//! They trust their facts: whoever fills them in has checked the bounds.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "written as one writes fast code without an engine; a panic fails the bench"
)]
#![expect(clippy::inconsistent_digit_grouping, reason = "pounds and pence are set apart")]

pub mod date;
pub mod random;
pub mod weekly_package;
pub mod continuing_care;

/// How many cases the benches decide. With fewer distinct cases the processor learns the
/// branches of hand-written code by heart.
pub const CASES: usize = 1 << 18;
