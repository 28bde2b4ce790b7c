//! The engine of Apportion: it decides cases and divides money between bodies, exactly.
//!
//! The crate knows nothing of text, files, clocks, threads or floating point. It needs
//! `alloc` and no other crate, never panics and uses no `unsafe`.
//!
//! A [`program::Program`] is a policy compiled to operations the size of a clause. A
//! [`case::Case`] holds the facts of one decision, a [`decision::Decision`] what came of
//! it; both are made once and filled in place, so deciding allocates nothing. A
//! [`block::Block`] decides up to 128 cases at once with the same operations.
//!
//! A case may have any number of *items* of a list, such as services. What is worked out of
//! each item and what of the case the [`program::Builder`] finds out by itself. Room for items
//! is made with the first case that has so many, and kept.
//!
//! Money can be divided without any policy:
//!
//! ```
//! use apportion_core::{money::Money, share::Share, split::Split};
//!
//! let third = Share::new(1, 3).unwrap();
//! let split = Split::new(vec![third; 3]).unwrap();
//! let parts = split.of(Money::from_pence(1_00));
//! assert_eq!(parts, [34, 33, 33].map(Money::from_pence));
//! ```
#![no_std]

extern crate alloc;

pub mod rounding;
pub mod divide;
pub mod date;
pub mod shift;
pub mod working_days;
pub mod money;
pub mod share;
pub mod split;
pub mod value;
pub mod range;
pub mod program;
mod lanes;
mod ranges;
pub mod case;
pub mod decision;
pub mod block;
pub mod outlook;
