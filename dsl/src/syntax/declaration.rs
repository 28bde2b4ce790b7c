//! Declarations: parties, versions, facts, families, groups.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::date::Date;

use super::{Condition, Decimal, InForce, Name, Spanned, Word};
use crate::source::Span;

/// A name with the text it stands for: a party, a panel, a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The name by which clauses speak of it.
    pub name: Name,
    /// What it stands for, as printed.
    pub text: Spanned<String>,
    /// Of a party whose printed name changes on a day: each name, and when it is printed.
    pub dated: Vec<DatedText>,
}

/// `NHS Northshire CCG until 30 June 2022`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedText {
    /// The name, as printed.
    pub text: Spanned<String>,
    /// The days on which it is; one of the two at least.
    pub in_force: InForce,
}

/// The version of a policy and its dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The number of the version.
    pub number: u32,
    /// The first day it is in force.
    pub from: Spanned<Date>,
    /// The last day it is in force, where it says one.
    pub until: Option<Spanned<Date>>,
    /// The day by which it is to be reviewed, where it says one.
    pub review_by: Option<Spanned<Date>>,
}

/// A declared fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub kind: FactType,
    /// Where the type stands.
    pub kind_span: Span,
    /// The value where a case does not state one, as written.
    pub default: Option<Spanned<String>>,
    /// The question to put, without quotes.
    pub ask: Option<Spanned<String>>,
    /// Where it applies, if not to every case.
    pub only_when: Option<Box<Condition>>,
    /// The panel that alone can supply it.
    pub decided_by: Option<Box<Name>>,
}

/// The type of a fact as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactType {
    /// `yes or no`
    YesNo,
    /// `a date`, `a date, from 1 April 2019 to 31 December 2028`
    Date {
        /// The earliest day, where it says one.
        from: Option<Spanned<Date>>,
        /// The latest day, where it says one.
        to: Option<Spanned<Date>>,
    },
    /// `one of home, day school, residential`
    OneOf(Vec<Word>),
    /// `a level of need`, `a level of need, up to severe`
    Level {
        /// What the levels are of.
        of: Name,
        /// The top level, where it says one.
        top: Option<Word>,
        /// The levels that it never has.
        never: Vec<Word>,
    },
    /// `whole number, 0 to 7`, `hours a week, in quarters, 0 to 168`
    Number {
        /// The unit; none for `number` and `whole number`.
        unit: Option<Unit>,
        /// The step.
        step: Step,
        /// Both bounds.
        bounds: Option<(Spanned<Decimal>, Spanned<Decimal>)>,
    },
    /// `money`, `money a week`, `money an hour, £0.00 to £50.00`
    Money {
        /// What it is paid for: `week`; none for plain `money`.
        per: Option<Spanned<String>>,
        /// Both bounds, in pence.
        bounds: Option<(Spanned<i64>, Spanned<i64>)>,
    },
    /// `percent`, `percent, 0% to 50%`
    Percent {
        /// The step in percent, where it says one.
        step: Option<Decimal>,
        /// Both bounds, in percent.
        bounds: Option<(Spanned<Decimal>, Spanned<Decimal>)>,
    },
    /// `text`
    Text,
}

/// The step of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// `whole`, `whole number`
    Whole,
    /// `in halves`, `in quarters`, `in tenths`: one over this
    OneOver(u32),
    /// `in steps of 0.01`
    Of(Decimal),
    /// None was written.
    Missing,
}

/// `hours a week`: what is counted and for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// What is counted, in the plural as written: `hours`.
    pub thing: String,
    /// For what, in the singular: `week`; none where it is just a number of things.
    pub per: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// `domains, each a level of need, up to`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// The plural.
    pub plural: Name,
    /// The singular in brackets, where it is given.
    pub singular: Option<Name>,
    /// The type each member has.
    pub kind: FactType,
    /// Where the type stands.
    pub kind_span: Span,
    /// Whether the heading ends in `up to`, so each member names its top level.
    pub tops: bool,
    /// The value of a member a case does not state, as written.
    pub default: Option<Spanned<String>>,
    /// The members.
    pub members: Vec<Member>,
}

/// `group starred domains   breathing, challenging behaviour`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The plural.
    pub plural: Name,
    /// The singular in brackets, where it is given.
    pub singular: Option<Name>,
    /// The members of a family that are in it.
    pub members: Vec<Name>,
}

/// `services, up to 20, each with`, and facts
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The plural.
    pub plural: Name,
    /// The singular in brackets, where it is given.
    pub singular: Option<Name>,
    /// How many items a case has at most, where it says so.
    pub most: Option<Spanned<u32>>,
    /// The facts of each item.
    pub facts: Vec<Fact>,
}

/// A member of a family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: Name,
    /// Its top level, where the heading asks for one.
    pub top: Option<Word>,
    /// The levels below its top that it never has.
    pub never: Vec<Word>,
}
