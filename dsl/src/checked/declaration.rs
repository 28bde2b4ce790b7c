//! What the header declares: words, types, facts, families, conclusions, values.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::date::Date;
use apportion_core::program::{FactId, ListId, PanelId, PartyId};

use super::tool::ToolId;
use super::{Condition, Constant, Number, ProvisionId};
use crate::days::Days;
use crate::naming;
use crate::source::Span;

/// The version of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The number.
    pub number: u32,
    /// The first day in force.
    pub from: Date,
    /// The last day in force.
    pub until: Option<Date>,
    /// The day by which it is to be reviewed.
    pub review_by: Option<Date>,
    /// Where the last of its days is written.
    pub span: Span,
}

impl Default for Version {
    fn default() -> Self {
        Version { number: 1, from: Date::MIN, until: None, review_by: None, span: Span::default() }
    }
}

/// A name and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The name by which clauses speak of it, as written in its declaration.
    pub name: String,
    /// The name outside the file: `the_icb` is `icb`.
    pub outside: String,
    /// What it stands for, as printed; where that changes, the last.
    pub text: String,
    /// What it stands for day by day, where that changes; one after the other.
    pub dated: Vec<(Days, String)>,
    /// Where it is declared.
    pub span: Span,
}

impl Declared {
    /// What it stands for on a day.
    #[must_use]
    pub fn text_on(&self, day: Date) -> &str {
        let own = self.dated.iter().find(|(days, _)| days.first <= day && day <= days.last);
        own.map_or(&self.text, |(_, text)| text)
    }
}

/// A word list, by its place in [`Policy::word_lists`](super::Policy::word_lists).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WordListId(pub u32);

/// A closed list of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordList {
    /// The words as they were first written, lowest first where they have an order.
    pub words: Vec<String>,
    /// Whether they have an order.
    pub is_ordered: bool,
    /// Whether they were declared, rather than being the answers of one table.
    pub is_declared: bool,
}

impl WordList {
    /// The place of the word that has a key.
    pub(crate) fn place(&self, key: &str) -> Option<usize> {
        self.words.iter().position(|word| naming::has_key(word, key))
    }
}

/// The type of a fact, value or expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Yes or no.
    YesNo,
    /// One of the first `count` words of a list.
    Words {
        /// The list.
        list: WordListId,
        /// How many of its words can occur, from the first.
        count: u8,
    },
    /// A calendar day.
    Date {
        /// The earliest.
        first: Date,
        /// The latest.
        last: Date,
    },
    /// A number, with its unit, denominator and bounds.
    Number(Number),
    /// Any of the first `count` words of a list, each once: what the rows of a table list.
    Listed {
        /// The list, in the order of the rows.
        list: WordListId,
        /// How many of its words there are.
        count: u8,
    },
    /// Something whose mistake has been reported.
    Broken,
}

impl Type {
    /// Whether both are one type, whatever their bounds.
    #[must_use]
    pub fn is_alike(&self, other: &Type) -> bool {
        match (self, other) {
            (Type::Number(a), Type::Number(b)) => {
                a.unit == b.unit && a.denominator == b.denominator
            }
            (Type::Words { list: a, .. }, Type::Words { list: b, .. })
            | (Type::Listed { list: a, .. }, Type::Listed { list: b, .. }) => a == b,
            (Type::Date { .. }, Type::Date { .. }) => true,
            (a, b) => a == b,
        }
    }

    /// How its unit reads after an amount: ` a week`; empty where it has none.
    pub(crate) fn after_amount(&self) -> String {
        match self {
            Type::Number(number) => number.unit.after_amount(),
            _ => String::new(),
        }
    }
}

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its name as written.
    pub name: String,
    /// Its name outside the file.
    pub outside: String,
    /// Its type.
    pub kind: Type,
    /// Carried through and never tested: `text`.
    pub is_text: bool,
    /// The words, by their numbers, that it never is, though they stand below its top.
    pub never: Vec<u8>,
    /// The step between two values, over the denominator of the type; 1 but for numbers.
    pub step: i64,
    /// The value where a case does not state one.
    pub default: Option<Constant>,
    /// The question to put.
    pub ask: Option<String>,
    /// The family it is a member of.
    pub family: Option<FamilyId>,
    /// The list whose items have it, each its own.
    pub list: Option<ListId>,
    /// Where it applies; none where it applies to every case.
    pub only_when: Option<Box<OnlyWhen>>,
    /// The panel that alone can supply it: without it a case waits for the panel.
    pub decided_by: Option<PanelId>,
    /// Whose share it is of what a panel decides, where it is one.
    pub panel_share: Option<PanelShare>,
    /// Where it is declared.
    pub span: Span,
}

/// Where a fact applies. A case to which it does not apply leaves it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnlyWhen {
    /// The condition, on other facts as they stand.
    pub condition: Condition,
    /// How it is worded: `placement is day school`.
    pub words: String,
}

impl Fact {
    /// What cases are told of it by: its name, or that outside the file, `cc_breathing`, where it is
    /// a tool's.
    #[must_use]
    pub fn told_as(&self) -> &str {
        if naming::outside(&self.name) == self.outside { &self.name } else { &self.outside }
    }
}

/// A party's share as a panel decides it: a fact that stands in no declaration, but is there
/// because a clause leaves the shares to the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PanelShare {
    /// The panel.
    pub panel: PanelId,
    /// The party.
    pub party: PartyId,
}

impl PanelShare {
    /// All of an amount: panels decide in steps of 0.01%.
    pub const WHOLE: i64 = 10_000;
}

/// A family, by its place in [`Policy::families`](super::Policy::families).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FamilyId(pub u32);

/// Facts of one type used together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// The plural: `domains`.
    pub plural: String,
    /// The singular: `domain`.
    pub singular: String,
    /// The members, in the order declared.
    pub members: Vec<FactId>,
    /// The members' names as a word list.
    pub names: WordListId,
    /// The family that it is a part of, where it is a group.
    pub part_of: Option<FamilyId>,
}

/// Things of which a case has any number, each with facts of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The plural: `services`.
    pub plural: String,
    /// The singular: `service`.
    pub singular: String,
    /// Its name outside the file.
    pub outside: String,
    /// The facts that each item has, in the order declared.
    pub facts: Vec<FactId>,
    /// How many items a case has at most.
    pub most: u32,
    /// Where it is declared.
    pub span: Span,
}

/// A conclusion: what a case, or an item of a list, is or is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conclusion {
    /// Its name.
    pub name: String,
    /// Its name outside the file.
    pub outside: String,
    /// The list of whose items it is said, each by itself.
    pub list: Option<ListId>,
    /// The provisions for and against it.
    pub provisions: Vec<ProvisionId>,
    /// Where it is first mentioned.
    pub span: Span,
}

/// A value that a definition, table or rate gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Its name.
    pub name: String,
    /// Its name outside the file.
    pub outside: String,
    /// Its type.
    pub kind: Type,
    /// The family for whose members it is given, each its own.
    pub each: Option<FamilyId>,
    /// The list for whose items it is given, each its own.
    pub list: Option<ListId>,
    /// Whether it is a dated rate.
    pub is_rate: bool,
    /// The provisions that give it.
    pub provisions: Vec<ProvisionId>,
    /// Where it is first mentioned.
    pub span: Span,
}

/// A section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its number, after the word by which its tool is cited: `2`, `CC 2`.
    pub number: String,
    /// Its title.
    pub title: String,
}

/// A clause, or one wording of it: several have one number and different days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its number, after the word by which its tool is cited: `2.1`, `CC 2.1`.
    pub number: String,
    /// The tool it belongs to; none where it is the policy's own.
    pub tool: Option<ToolId>,
    /// The days on which it is in force, by the fact that dates the case.
    pub days: Days,
    /// The section it stands in, by its place in [`Policy::sections`](super::Policy::sections).
    pub section: u32,
    /// Its citations, as written.
    pub citations: Vec<String>,
    /// Its provisions.
    pub provisions: Vec<ProvisionId>,
    /// Its whole text.
    pub span: Span,
}
