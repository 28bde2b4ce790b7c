//! The suite of Apportion: what holds, shown by policies, files and properties.
//!
//! `README.md` beside this crate says how to add a case and how to accept a changed file.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a failed expectation is how a test speaks"
    )
)]

pub mod rivals;
pub mod generated;
pub mod generator;
pub mod reference;
pub mod random_cases;
pub mod comparison;
pub mod order;
pub mod attack;
pub mod by_hand;
pub mod proofs;
pub mod every_case;
pub mod completions;
pub mod claims;

#[cfg(test)]
mod parallel;
#[cfg(test)]
mod bundles;
#[cfg(test)]
mod agreement;
#[cfg(test)]
mod bank_holidays;
#[cfg(test)]
mod bounds;
#[cfg(test)]
mod case_mistakes;
#[cfg(test)]
mod command;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod file_mistakes;
#[cfg(test)]
mod dates;
#[cfg(test)]
mod edges;
#[cfg(test)]
mod engine;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod explained;
#[cfg(test)]
mod generated_policies;
#[cfg(test)]
mod cut_policies;
#[cfg(test)]
mod found;
#[cfg(test)]
mod proved;
#[cfg(test)]
mod formatting;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod guards;
#[cfg(test)]
mod items;
#[cfg(test)]
mod kept;
#[cfg(test)]
mod language_reference;
#[cfg(test)]
mod layers;
#[cfg(test)]
mod mistakes;
#[cfg(test)]
mod codes_explained;
#[cfg(test)]
mod witnesses;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod money;
#[cfg(test)]
mod named;
#[cfg(test)]
mod once;
#[cfg(test)]
mod round_trips;
#[cfg(test)]
mod panels;
#[cfg(test)]
mod party_names;
#[cfg(test)]
mod planted;
#[cfg(test)]
mod numbers;
#[cfg(test)]
mod sentences;
#[cfg(test)]
mod sometimes;
#[cfg(test)]
mod declared;
#[cfg(test)]
mod tools;
#[cfg(test)]
mod why;
#[cfg(test)]
mod worked;

/// The code in the README runs.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
