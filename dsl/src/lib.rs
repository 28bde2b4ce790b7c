//! Policies in plain English that say who is eligible and who pays which part.
#![no_std]

extern crate alloc;

pub use apportion_core as engine;

pub mod source;
pub mod diagnostic;
pub mod naming;
pub mod token;
pub mod outline;
pub mod lex;
pub mod syntax;
pub mod names;
pub mod parse;
pub mod unit;
pub mod number;
pub mod checked;
pub mod reading;
pub mod check;
pub mod compile;
pub mod render;
pub mod refusal;
pub mod policy;
mod shown;
mod reasons;
pub mod record;
mod working;
mod recording;
pub mod example;
