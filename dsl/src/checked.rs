//! The checked policy: names are ids, expressions have types, shares make one whole.
//!
//! This is what a policy means, with nothing of how it was written but the places. The
//! compiler lowers it to a program; an interpreter can run it as it stands.

mod declaration;
mod expression;
mod condition;
mod table;
mod provision;
mod example;
mod tool;

use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::program::{ClauseId, FactId};

use crate::unit::Unit;

/// A list, by its place in [`Policy::lists`].
pub use apportion_core::program::ListId;

/// How far a day is from another.
pub use crate::distance::Distance;
pub use crate::number::Number;
/// How two things are compared.
pub use crate::syntax::Comparison;
/// Which of the two days are counted that days are counted between.
pub use crate::syntax::Counting;
/// How many conditions or members must hold.
pub use crate::syntax::Quantity;

pub use condition::Condition;
pub use declaration::{
    Clause, Conclusion, Declared, Fact, Family, FamilyId, List, OnlyWhen, PanelShare, Section,
    Type, Value, Version, WordList, WordListId,
};
pub use example::{Example, ExampleItem, Expect, ExpectKind, Needed, Stated, UnknownExpect};
pub use expression::{Aggregate, Constant, Elapsed, Expression, ExpressionKind, OverItems};
pub use provision::{AtRow, Body, Promise, Provision, ProvisionId, Spare};
pub use table::{Row, Share, ShareRow, Slice, Slices, Table};
pub use tool::{Tool, ToolId};

/// A policy that means something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Its title.
    pub title: String,
    /// Whom cases are about: `child`.
    pub subject: String,
    /// Its version.
    pub version: Version,
    /// The fact that picks dated rates.
    pub dated_by: Option<FactId>,
    /// The parties, in the order declared.
    pub parties: Vec<Declared>,
    /// The panels.
    pub panels: Vec<Declared>,
    /// The sources.
    pub sources: Vec<Declared>,
    /// The tools it uses, itself or through another, each after those it uses itself.
    pub tools: Vec<Tool>,
    /// The word lists: ladders, choices, answers of tables, members of families.
    pub word_lists: Vec<WordList>,
    /// The facts, members of families among them, in the order declared.
    pub facts: Vec<Fact>,
    /// The families.
    pub families: Vec<Family>,
    /// The lists.
    pub lists: Vec<List>,
    /// The conclusions, in the order of first mention.
    pub conclusions: Vec<Conclusion>,
    /// The values that definitions, tables and rates give, in the order of first mention.
    pub values: Vec<Value>,
    /// The units in which parties pay.
    pub units: Vec<Unit>,
    /// The sections.
    pub sections: Vec<Section>,
    /// The clauses, in the order written.
    pub clauses: Vec<Clause>,
    /// What the clauses say, sentence by sentence, in the order written.
    pub provisions: Vec<Provision>,
    /// The examples.
    pub examples: Vec<Example>,
}

impl Policy {
    /// The tool that a clause belongs to; none where it is the policy's own.
    #[must_use]
    pub fn tool_of(&self, clause: ClauseId) -> Option<ToolId> {
        self.clauses.get(clause.index()).and_then(|clause| clause.tool)
    }
}
