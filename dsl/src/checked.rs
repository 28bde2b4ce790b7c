//! The checked policy: names are ids, expressions have types, shares make one whole.
//!
//! This is what a policy means, with nothing of how it was written but the places. The
//! compiler lowers it to a program; an interpreter can run it as it stands.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::date::Date;
use apportion_core::program::{ClauseId, ConclusionId, FactId, PanelId, PartyId, UnitId, ValueId};
use apportion_core::rounding::Rounding;

use crate::source::Span;
use crate::unit::Unit;

pub use crate::number::Number;

/// A word list, by its place in [`Policy::word_lists`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WordListId(pub u32);

/// A family, by its place in [`Policy::families`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FamilyId(pub u32);

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
    /// The word lists: ladders, choices, answers of tables, members of families.
    pub word_lists: Vec<WordList>,
    /// The facts, members of families among them, in the order declared.
    pub facts: Vec<Fact>,
    /// The families.
    pub families: Vec<Family>,
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
}

impl Default for Version {
    fn default() -> Self {
        Version { number: 1, from: Date::MIN, until: None, review_by: None }
    }
}

/// A name and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The name by which clauses speak of it, as written in its declaration.
    pub name: String,
    /// The name outside the file: `the_icb` is `icb`.
    pub outside: String,
    /// What it stands for, as printed.
    pub text: String,
    /// Where it is declared.
    pub span: Span,
}

/// A closed list of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordList {
    /// The words, lowest first where they have an order.
    pub words: Vec<String>,
    /// Whether they have an order.
    pub is_ordered: bool,
    /// Whether they were declared, rather than being the answers of one table.
    pub is_declared: bool,
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
    /// Something whose mistake has been reported.
    Broken,
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
    /// Where it is declared.
    pub span: Span,
}

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

/// A conclusion: what a case is or is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conclusion {
    /// Its name.
    pub name: String,
    /// Its name outside the file.
    pub outside: String,
    /// The provisions for and against it.
    pub provisions: Vec<ProvisionId>,
    /// Where it is first mentioned.
    pub span: Span,
}

/// A provision, by its place in [`Policy::provisions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProvisionId(pub u32);

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
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
}

/// A clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its number.
    pub number: String,
    /// The section it stands in, by its place in [`Policy::sections`].
    pub section: u32,
    /// Its citations, as written.
    pub citations: Vec<String>,
    /// Its provisions.
    pub provisions: Vec<ProvisionId>,
    /// Its whole text.
    pub span: Span,
}

/// What one sentence says, or one side of `...; otherwise ...`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provision {
    /// The clause it stands in.
    pub clause: ClauseId,
    /// Where it holds.
    pub when: Condition,
    /// The clauses that it is written `Despite`.
    pub despite: Vec<ClauseId>,
    /// What it says.
    pub body: Body,
    /// Where it stands.
    pub span: Span,
}

/// What a provision says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// The policy covers the case.
    Cover,
    /// The case is, or is not, something.
    Conclude {
        /// What.
        conclusion: ConclusionId,
        /// Whether it is, rather than is not.
        is_for: bool,
    },
    /// A value is an expression.
    Define {
        /// The value.
        value: ValueId,
        /// The expression.
        expression: Expression,
    },
    /// Values are looked up in a table.
    Table(Table),
    /// A value is made of slices, each at its own rate.
    Slices(Slices),
    /// A value by date: the one in force is the last whose day is not after the date.
    Rates {
        /// The value.
        value: ValueId,
        /// First days and numbers, over the denominator of the value; rising.
        rates: Vec<(Date, i64)>,
        /// When each was announced, where the policy says so. It decides nothing: the rate now
        /// known counts from its first day.
        announced: Vec<Option<Date>>,
    },
    /// The parties' shares: the rows of a table, or the one row of a sentence.
    Shares(Vec<ShareRow>, crate::syntax::Hit),
    /// An amount is split.
    Split {
        /// The amount, in whole pence.
        amount: Expression,
        /// The unit in which it is paid.
        unit: UnitId,
        /// The clauses with the shares.
        shares: Vec<ClauseId>,
        /// Where the spare pennies go.
        spare: Spare,
    },
    /// An amount is split in proportion to weights.
    Proportion {
        /// The amount, in whole pence.
        amount: Expression,
        /// The unit in which it is paid.
        unit: UnitId,
        /// The weights, one a party in the order declared; none where a party has no part.
        weights: Vec<Option<Expression>>,
        /// Where the spare pennies go.
        spare: Spare,
    },
    /// A party pays.
    Pay {
        /// The party.
        party: PartyId,
        /// What it pays, in whole pence.
        amount: Expression,
        /// The unit in which it is paid.
        unit: UnitId,
    },
    /// An amount is paid by one party after the other, each up to so much.
    PayInTurn {
        /// The amount, in whole pence and not below 0.
        amount: Expression,
        /// The unit in which it is paid.
        unit: UnitId,
        /// Who pays how much at most, in whole pence and not below 0.
        tiers: Vec<(PartyId, Expression)>,
        /// Who pays what is left.
        last: PartyId,
    },
    /// A party pays at most so much; another pays the excess.
    Limit {
        /// The party.
        party: PartyId,
        /// The most it pays, in whole pence.
        most: Expression,
        /// The unit that counts.
        unit: UnitId,
        /// The clauses whose payments count; none where all do.
        under: Vec<ClauseId>,
        /// Who pays the excess.
        other: PartyId,
        /// The panel to which the case is then referred.
        refer: Option<PanelId>,
    },
    /// A party pays at least so much; what it lacks is taken from others.
    Floor {
        /// The party.
        party: PartyId,
        /// The least it pays, in whole pence.
        least: Expression,
        /// The unit that counts.
        unit: UnitId,
        /// The clauses whose payments count; none where all do.
        under: Vec<ClauseId>,
        /// The parties from whose payments it is taken, in order.
        from: Vec<PartyId>,
    },
    /// A condition must hold, or the case is refused.
    Require {
        /// The condition.
        must: Condition,
        /// How it is worded: `client contribution must be £0.00`.
        words: String,
    },
    /// The case is referred.
    Refer {
        /// To which panel.
        panel: PanelId,
    },
    /// Another clause does not apply.
    Switch {
        /// The clause.
        clause: ClauseId,
    },
    /// A promise; it decides nothing.
    Promise(Promise),
    /// Something whose mistake has been reported.
    Broken,
}

impl Body {
    /// Whether a provision that says this can be written `Despite` one that says the other:
    /// both are about one conclusion, one value, one payment of an amount, or shares.
    #[must_use]
    pub fn is_about_the_same(&self, other: &Body) -> bool {
        match (self, other) {
            (Body::Conclude { conclusion: a, .. }, Body::Conclude { conclusion: b, .. }) => a == b,
            (Body::Shares(..), Body::Shares(..))
            | (Body::Limit { .. }, Body::Limit { .. })
            | (Body::Floor { .. }, Body::Floor { .. })
            | (Body::Require { .. }, Body::Require { .. })
            | (Body::Refer { .. }, Body::Refer { .. })
            | (Body::Cover, Body::Cover) => true,
            _ if self.amount().is_some() => self.amount() == other.amount(),
            _ => self.values().iter().any(|value| other.values().contains(value)),
        }
    }

    /// The amount that it puts up for payment.
    #[must_use]
    pub fn amount(&self) -> Option<&Expression> {
        match self {
            Body::Split { amount, .. }
            | Body::Proportion { amount, .. }
            | Body::Pay { amount, .. }
            | Body::PayInTurn { amount, .. } => Some(amount),
            _ => None,
        }
    }

    /// The values that it gives.
    #[must_use]
    pub fn values(&self) -> &[ValueId] {
        match self {
            Body::Define { value, .. } | Body::Rates { value, .. } => core::slice::from_ref(value),
            Body::Slices(slices) => core::slice::from_ref(&slices.value),
            Body::Table(table) => &table.values,
            _ => &[],
        }
    }
}

/// Where the spare pennies of a split go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spare {
    /// To the largest fractions of a penny, ties in the order of the parties.
    LargestFractions,
    /// To the parties in order, passing over zero shares.
    InOrder,
    /// One party takes the difference; the others are rounded.
    Difference {
        /// The party.
        taker: PartyId,
        /// How the others are rounded.
        rounding: Rounding,
    },
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Which rows count.
    pub hit: crate::syntax::Hit,
    /// The values it gives, by answer column.
    pub values: Vec<ValueId>,
    /// The family for whose members it is used.
    pub each: Option<FamilyId>,
    /// The rows, in the order written.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The tests; all must hold.
    pub when: Vec<Condition>,
    /// The answers, by answer column.
    pub answers: Vec<Expression>,
    /// Whether it is the `otherwise` row: it applies where no other does.
    pub is_otherwise: bool,
    /// Its own citations.
    pub citations: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

/// An amount in slices, each at its own rate: the sum of what lies in each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slices {
    /// The value it gives.
    pub value: ValueId,
    /// What is sliced; below 0 nothing of it is.
    pub of: Expression,
    /// The slices, rising from 0.
    pub slices: Vec<Slice>,
    /// How the sum is rounded: to a step (numerator and denominator), and how.
    pub round: Option<((i64, i64), Rounding)>,
    /// The same as one expression.
    pub expression: Expression,
}

/// A slice of an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice {
    /// Its upper edge, which is a constant; none for all above.
    pub up_to: Option<Expression>,
    /// Its rate, which is a constant.
    pub rate: Expression,
    /// Its own citations.
    pub citations: Vec<String>,
}

/// The shares of all parties, in one row of a table or one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareRow {
    /// The tests of the row; none in a sentence.
    pub when: Vec<Condition>,
    /// Whether it is the `otherwise` row.
    pub is_otherwise: bool,
    /// One for each party, in the order declared.
    pub shares: Vec<Share>,
    /// Its own citations.
    pub citations: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

/// A party's share of a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Share {
    /// A percent or fraction: an expression without a unit, from 0 to 1.
    Of(Expression),
    /// Whatever the others leave.
    Rest,
}

/// A promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Promise {
    /// The parties' payments add up to an amount.
    AddUp(Expression),
    /// A higher fact or value never lowers, or never raises, a party's share or payments.
    Monotone {
        /// The fact or value that rises.
        rising: Expression,
        /// `never lower` rather than `never raise`.
        never_lower: bool,
        /// The party.
        party: PartyId,
        /// The clause with the shares; none for payments.
        within: Option<ClauseId>,
    },
    /// A party never pays more, or less, than an amount.
    Bound {
        /// The party.
        party: PartyId,
        /// `more` rather than `less`.
        is_most: bool,
        /// The amount.
        amount: Expression,
    },
    /// Where the provision's condition holds, the conclusion is always, or never, drawn.
    Always {
        /// The conclusion.
        conclusion: ConclusionId,
        /// `always` rather than `never`.
        is_always: bool,
    },
}

/// An expression with its type. Two are equal where they mean the same, wherever they stand.
#[derive(Clone, Debug, Eq)]
pub struct Expression {
    /// What it computes.
    pub kind: ExpressionKind,
    /// What comes of it.
    pub of: Type,
    /// Where it stands.
    pub span: Span,
}

impl PartialEq for Expression {
    fn eq(&self, other: &Expression) -> bool {
        self.kind == other.kind && self.of == other.of
    }
}

/// A constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constant {
    /// Yes or no.
    YesNo(bool),
    /// A word, by its number in the list of its type.
    Word(u8),
    /// A day.
    Date(Date),
    /// A number, over the denominator of its type.
    Number(i64),
}

/// What an expression computes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpressionKind {
    /// A constant.
    Constant(Constant),
    /// A fact of the case.
    Fact(FactId),
    /// A conclusion, as yes or no.
    Conclusion(ConclusionId),
    /// A value.
    Value(ValueId),
    /// The member at hand, in a table used for each member.
    Member,
    /// The name of the member at hand.
    MemberName,
    /// The sum.
    Add(Box<Expression>, Box<Expression>),
    /// The difference.
    Subtract(Box<Expression>, Box<Expression>),
    /// The product.
    Multiply(Box<Expression>, Box<Expression>),
    /// The quotient; stands only within [`ExpressionKind::Round`], on its own or multiplied.
    Divide(Box<Expression>, Box<Expression>),
    /// The greater, higher or later of two.
    Greater(Box<Expression>, Box<Expression>),
    /// The lesser, lower or earlier of two.
    Lesser(Box<Expression>, Box<Expression>),
    /// Completed years from a birth to a day; both are facts.
    Age {
        /// The date of birth.
        birth: FactId,
        /// The day.
        on: FactId,
    },
    /// A day so far from another.
    Distance {
        /// The day counted from.
        from: Box<Expression>,
        /// How far.
        distance: Distance,
    },
    /// How many days there are from one day to another; a case in which the first is after
    /// the last is refused.
    DaysBetween {
        /// The first day.
        from: Box<Expression>,
        /// The last day.
        to: Box<Expression>,
        /// Which of the two are counted.
        counting: Counting,
    },
    /// A rate as it is on a day, rather than on the day of the fact that dates the case.
    Rate {
        /// The rate, which one clause gives.
        rate: ValueId,
        /// The day.
        on: Box<Expression>,
    },
    /// The sum of a value, or of the members themselves, over a family.
    Sum {
        /// The value given for each member; none for the members themselves.
        of: Option<ValueId>,
        /// The family.
        family: FamilyId,
    },
    /// The highest of a family's members, or of a value given for each.
    Highest {
        /// The value given for each member; none for the members themselves.
        of: Option<ValueId>,
        /// The family.
        family: FamilyId,
    },
    /// The lowest of a family's members, or of a value given for each.
    Lowest {
        /// The value given for each member; none for the members themselves.
        of: Option<ValueId>,
        /// The family.
        family: FamilyId,
    },
    /// Rounded to a whole number of steps.
    Round {
        /// What is rounded.
        value: Box<Expression>,
        /// The step as a fraction of the unit: numerator and denominator.
        step: (i64, i64),
        /// How.
        rounding: Rounding,
    },
    /// Something whose mistake has been reported.
    Broken,
}

/// How far a day is from another.
pub use crate::distance::Distance;

/// Which of the two days are counted that days are counted between.
pub use crate::syntax::Counting;

/// How many conditions or members must hold.
pub use crate::syntax::Quantity;

/// How two things are compared.
pub use crate::syntax::Comparison;

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Holds in every case.
    Always,
    /// So many of these hold.
    Of(Quantity, Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
    /// An expression that is yes or no: a fact or a conclusion.
    Truth(Expression),
    /// A word is one of these, given by their numbers, rising.
    Word(Expression, Vec<u8>),
    /// Two things of one type compare so.
    Compare(Expression, Comparison, Expression),
    /// So many members of a family are one of these words.
    Members {
        /// How many.
        quantity: Quantity,
        /// The family.
        family: FamilyId,
        /// The words, by their numbers, rising.
        words: Vec<u8>,
    },
    /// Something whose mistake has been reported: may hold or not.
    Broken,
}

/// An example: a case and what is expected of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its name.
    pub name: String,
    /// What the case states, inherited statements first, later ones standing.
    pub given: Vec<(FactId, Stated)>,
    /// What is expected.
    pub expect: Vec<Expect>,
    /// Where its name stands.
    pub span: Span,
}

/// What an example states of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stated {
    /// A value.
    Known(Constant),
    /// `not known`.
    NotKnown,
}

/// What an example expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expect {
    /// What.
    pub kind: ExpectKind,
    /// Where it stands.
    pub span: Span,
}

/// What an example expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpectKind {
    /// A conclusion, and clauses among its reasons.
    Conclusion {
        /// The conclusion.
        conclusion: ConclusionId,
        /// Whether it is drawn.
        is_drawn: bool,
        /// The clauses.
        by: Vec<ClauseId>,
    },
    /// The policy does not cover the case.
    NotCovered {
        /// Clauses among the reasons.
        by: Vec<ClauseId>,
    },
    /// A value.
    Value {
        /// Which.
        value: ValueId,
        /// What it is, over the denominator of the value (or of the constant's own, see `over`).
        is: Constant,
    },
    /// What a party pays.
    Pays {
        /// Who.
        party: PartyId,
        /// In which unit.
        unit: UnitId,
        /// How much.
        pence: i64,
    },
    /// The case is referred.
    Referred {
        /// The clauses that refer.
        by: Vec<ClauseId>,
    },
    /// The case is refused.
    Refused {
        /// The clauses that refuse.
        by: Vec<ClauseId>,
    },
    /// Something about unknown evidence.
    Unknown(UnknownExpect),
}

/// What an example expects where evidence is outstanding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnknownExpect {
    /// A party pays between two amounts.
    PaysBetween {
        /// Who.
        party: PartyId,
        /// In which unit.
        unit: UnitId,
        /// The least, in pence.
        least: i64,
        /// The greatest, in pence.
        greatest: i64,
    },
    /// A value lies between two.
    ValueBetween {
        /// Which.
        value: ValueId,
        /// The least.
        least: Constant,
        /// The greatest.
        greatest: Constant,
    },
    /// A conclusion needs facts.
    ConclusionNeeds {
        /// Which.
        conclusion: ConclusionId,
        /// The facts.
        facts: Vec<FactId>,
    },
    /// A value needs facts.
    ValueNeeds {
        /// Which.
        value: ValueId,
        /// The facts.
        facts: Vec<FactId>,
    },
    /// The payments need facts.
    PaymentsNeed {
        /// The facts.
        facts: Vec<FactId>,
    },
}
