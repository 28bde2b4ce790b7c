//! Cases and decisions of Apportion to and from RON, JSON, CSV, Arrow and Excel.
//!
//! Every format hands the text of a fact to the one function that reads it,
//! [`Policy::state`](apportion::policy::Policy::state), so that an amount, a date or a level
//! is written the same way in all of them. Mistakes name the fact and what would be right,
//! and never repeat a value: cases are private.
//!
//! # Features
//!
//! - `csv`: caseloads, a case a row.
//! - `arrow`: caseloads as tables of Arrow.
//! - `excel`: caseloads as workbooks of Excel.
//!
//! None is on by default.

extern crate alloc;

pub mod not_text;
pub mod policy_file;
pub mod replacement;
pub mod mistake;
pub mod field;
pub mod scale;
pub mod case;
pub mod pounds;
pub mod document;
pub mod decision;
pub mod explanation;
pub mod needs;
pub mod record;
pub mod changes;
pub mod verify;
pub mod refusal;
pub mod diagnostics;
pub mod examples;
pub mod coverage;
pub mod facts;
pub mod clauses;
pub mod payments;
#[cfg(feature = "csv")]
pub mod csv;
#[cfg(feature = "arrow")]
pub mod arrow;
#[cfg(feature = "excel")]
pub mod excel;
