//! Tools: policies that another policy uses as they are.

use alloc::string::String;

use super::Version;

/// A tool, by its place in [`Policy::tools`](super::Policy::tools).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ToolId(pub u32);

/// A tool that a policy uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tool {
    /// Its title.
    pub title: String,
    /// What its clauses are cited by: `CC`.
    pub alias: String,
    /// The name of its file.
    pub file: String,
    /// Its own version.
    pub version: Version,
}
