//! What the examples share: a caseload made up from a seed.

pub mod caseload;
