//! The syntax tree: the policy as written, with a span on every node.
//!
//! A policy is a list of blocks, one for each line that begins in the first column and the
//! indented lines below it. A block that could not be read is a node too, so an editor and
//! the checker see all that could be. Spans are relative to their block. Names are kept as
//! their *key*: lower case, single spaces, no leading article, plain apostrophes.

mod declaration;
mod literal;
mod expression;
mod condition;
mod table;
mod clause;
mod example;
mod tool;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::source::Span;

/// The edition of the language that this version reads: `language 1`.
pub const EDITION: u32 = 1;

pub use clause::{
    Body, Citation, Clause, Each, InForce, Promise, Rate, Reference, Sentence, Share, ShareKind,
    Spare, Tier,
};
pub use condition::{Condition, ConditionKind, Quantity, TestOperand, ValueTest};
pub use declaration::{
    DatedText, Declared, Fact, FactType, Family, Group, List, Member, Step, Unit, Version,
};
pub use example::{Example, Expect, Given, ItemPart, ItemSaid, Needed};
pub use expression::{Aggregate, Counting, Expression, ExpressionKind, Operator, Period, RoundTo};
pub use literal::{Comparison, Decimal, Literal, Operand};
pub use table::{Cell, CellKind, CellTest, Hit, Table, TableRow};
pub use tool::{Tool, Uses};

/// A whole policy, block by block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// The blocks, in the order written; those of the tools it uses stand before its own.
    pub blocks: Vec<Block>,
    /// The tools it uses, itself or through another.
    pub tools: Vec<Tool>,
}

/// One block of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it begins and ends in the whole text.
    pub span: Span,
    /// What it says.
    pub item: Item,
    /// The comments in it, without their dashes.
    pub comments: Vec<Spanned<String>>,
}

/// Something with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What it is.
    pub value: T,
    /// Where it stands, relative to its block.
    pub span: Span,
}

/// What a block says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// `policy    Continuing care`
    Title {
        /// The name of the policy.
        title: Spanned<String>,
    },
    /// `language  1`
    Language {
        /// The edition of the language that the policy is written in.
        edition: u32,
    },
    /// `about     a child`
    About {
        /// Whom cases are about.
        subject: Name,
    },
    /// `between`
    Parties(Vec<Declared>),
    /// `panels`
    Panels(Vec<Declared>),
    /// `version   3, in force from 1 April 2025, review by 31 March 2027`
    Version(Version),
    /// `dated by  decision date`
    DatedBy {
        /// The fact that picks dated rates.
        fact: Name,
    },
    /// `sources`
    Sources(Vec<Declared>),
    /// `uses children's continuing care 2016 from "FILE" as CC`
    Uses(Uses),
    /// `levels of need`, with the levels below or beside it
    Levels {
        /// What the levels are of: `need`.
        of: Name,
        /// The levels, lowest first.
        levels: Vec<Word>,
    },
    /// `facts`
    Facts(Vec<Fact>),
    /// `domains, each a level of need, up to`
    Family(Box<Family>),
    /// `group starred domains   breathing, challenging behaviour`
    Group(Group),
    /// `services, each with`
    List(Box<List>),
    /// `4    Shares of the care cost`
    Section {
        /// Its number.
        number: Spanned<String>,
        /// Its title.
        title: Spanned<String>,
    },
    /// `4.1  When ...`
    Clause(Clause),
    /// `examples`
    Examples,
    /// `"Three highs"`
    Example(Example),
    /// A block that could not be read; its mistake has been reported.
    Broken {
        /// The number, where the block is a clause.
        number: Option<Spanned<String>>,
    },
}

/// A name of something the policy declares, or a run of words that is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Lower case, single spaces, no leading article.
    pub key: String,
    /// Where it stands, without the article.
    pub span: Span,
}

/// A word or words of a closed list: a level, a choice, an answer of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Lower case, single spaces.
    pub key: String,
    /// Where it stands.
    pub span: Span,
}
