//! Policies in plain English that say who is eligible and who pays which part: read,
//! checked, compiled, decided and explained.
//!
//! ```
//! use apportion::policy::Policy;
//!
//! let policy = Policy::parse("\
//! policy   Half each
//! about    a child
//! between
//!   the ICB       NHS Northshire ICB
//!   the council   Northshire Council
//! version  1, in force from 1 April 2025
//!
//! facts
//!   fast track   yes or no, no unless stated
//!   care cost    money a week
//!
//! 1    Who pays
//! 1.1  When not fast track: the ICB 50%, the council 50%.
//! 1.2  When fast track: the ICB 100%.
//! 1.3  Split care cost in the shares of section 1.
//! ")?;
//! let case = policy.case([("care cost", "£1,000.01")])?;
//! let decision = policy.decide(&case)?;
//! let record = policy.record(&case, &decision);
//! let paid: Vec<String> = record
//!     .lines
//!     .iter()
//!     .map(|line| format!("{} pays {}{} by {}", line.party, line.amount, line.unit, line.clause))
//!     .collect();
//! assert_eq!(paid, [
//!     "the ICB pays £500.01 a week by 1.3",
//!     "the council pays £500.00 a week by 1.3",
//! ]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`policy::Policy`] is the short way: a policy from its text, a case by the names of its
//! facts, a decision, and its [`record::Record`] in names, texts and amounts. A mistake in a
//! policy is a [`diagnostic::Diagnostic`], drawn as text by [`render`]. The stages are
//! modules of their own, each a verb: [`parse`], [`check`], [`compile`]; the modules below
//! stand in reading order, and each uses only those above it.
//!
//! How policies are written is said in [`mod@reference`].
//!
//! Whoever decides many cases takes the [`engine`] from [`policy::Policy::program`]: it needs
//! no standard library and nothing of this crate.
#![no_std]

extern crate alloc;

pub use apportion_core as engine;

pub mod source;
pub mod days;
pub mod diagnostic;
pub mod naming;
pub mod token;
mod nearest;
pub mod codes;
pub mod outline;
pub mod lex;
pub mod syntax;
pub mod names;
pub mod parse;
pub mod bundle;
pub mod format;
pub mod unit;
pub mod number;
mod ratio;
pub mod calendar;
pub mod distance;
pub mod checked;
pub mod listed;
mod walk;
pub mod reading;
pub mod check;
pub mod prove;
mod mend;
pub mod compile;
pub mod render;
pub mod refusal;
mod mistakes;
pub mod policy;
mod open;
mod shown;
mod reasons;
pub mod record;
mod outcomes;
mod recording;
pub mod why;
pub mod foreseen;
mod foresee;
pub mod example;
pub mod coverage;
pub mod reference;
