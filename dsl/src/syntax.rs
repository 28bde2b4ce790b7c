//! The syntax tree: the policy as written, with a span on every node.
//!
//! A policy is a list of blocks, one for each line that begins in the first column and the
//! indented lines below it. A block that could not be read is a node too, so an editor and
//! the checker see all that could be. Spans are relative to their block. Names are kept as
//! their *key*: lower case, single spaces, no leading article, plain apostrophes.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::date::Date;
use apportion_core::rounding::Rounding;
use apportion_core::shift::MissingDay;

use crate::source::Span;

/// A whole policy, block by block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// The blocks, in the order written.
    pub blocks: Vec<Block>,
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

/// A name with the text it stands for: a party, a panel, a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The name by which clauses speak of it.
    pub name: Name,
    /// What it stands for, as printed.
    pub text: Spanned<String>,
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

/// An exact decimal number: `digits` over ten to the power of `places`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// The digits, with their sign.
    pub digits: i64,
    /// How many of them stand after the point; at most 9.
    pub places: u8,
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

/// A numbered clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its number: `4.1`, `4.2A`.
    pub number: Spanned<String>,
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Its citations.
    pub citations: Vec<Citation>,
    /// What follows `note:`.
    pub note: Option<Spanned<String>>,
}

/// `NF Annex A`: a source and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The source it begins with; longest declared source, else its first word.
    pub source: Name,
    /// All of it, as written.
    pub text: Spanned<String>,
}

/// A clause, a whole section or a row that another clause names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// `4` for a section, `4.1` for a clause.
    pub number: String,
    /// Whether it is a section (`section 4`).
    pub is_section: bool,
    /// A row of the clause's table, from 1.
    pub row: Option<u32>,
    /// Where it stands.
    pub span: Span,
}

/// One sentence of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The clauses it is written `Despite`.
    pub despite: Vec<Reference>,
    /// Where it applies, written before (`When ...`) or after (`... when ...`).
    pub when: Option<Condition>,
    /// What it says.
    pub body: Body,
    /// What it says otherwise: `; otherwise ...`.
    pub otherwise: Option<Body>,
    /// Where it stands.
    pub span: Span,
}

/// What a sentence says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// `This policy covers a child when ...`
    Cover {
        /// The subject.
        subject: Name,
    },
    /// `A child is also not eligible when ...`
    Conclude {
        /// The subject.
        subject: Name,
        /// Whether it says `not`.
        not: bool,
        /// The conclusion.
        conclusion: Name,
    },
    /// `Care cost = ...`
    Define {
        /// The value.
        name: Name,
        /// What it is.
        value: Expression,
    },
    /// `Band: exactly one row applies.`, `Points for a domain: ...`; without names, and
    /// with parties among the columns, shares: `When ...: exactly one row applies.`
    Table {
        /// The values it gives.
        names: Vec<Name>,
        /// The family whose members it is used for, in the singular.
        each: Option<Name>,
        /// Which rows count.
        hit: Hit,
        /// The table itself.
        table: Table,
    },
    /// `Tariff: each slice at its own rate, to the nearest penny, halves up.`
    Slices {
        /// The value it gives.
        name: Name,
        /// How the sum of the slices is rounded.
        rounding: Option<(RoundTo, Rounding)>,
        /// The slices: upper edges and rates.
        table: Table,
    },
    /// `Day care rate, an hour: £24.50 from 1 April 2025 ...`
    Rates {
        /// The rate.
        name: Name,
        /// What it is for, in the singular: `hour`.
        per: Spanned<String>,
        /// The values, in the order written.
        rates: Vec<Rate>,
    },
    /// `the ICB 40%, social care the rest`
    Shares(Vec<Share>),
    /// `the council and the ICB in the ratio 93.7 : 28.3`
    Ratio {
        /// The parties.
        parties: Vec<Name>,
        /// Their terms, one a party.
        terms: Vec<Spanned<Decimal>>,
    },
    /// `Split care cost in the shares of section 4.`
    Split {
        /// What is split.
        amount: Expression,
        /// The section or clause with the shares.
        shares: Reference,
        /// Whether it says `refunds included`.
        refunds: bool,
        /// What the sentence after it says of spare pennies.
        spare: Option<Spare>,
    },
    /// `Split care cost between the ICB and social care in proportion to hours one and hours two.`
    Proportion {
        /// What is split.
        amount: Expression,
        /// The parties.
        parties: Vec<Name>,
        /// Their weights, one a party.
        weights: Vec<Expression>,
        /// Whether it says `refunds included`.
        refunds: bool,
        /// What the sentence after it says of spare pennies.
        spare: Option<Spare>,
    },
    /// `Education pays ...`
    Pay {
        /// The party.
        party: Name,
        /// What it pays.
        amount: Expression,
        /// Whether it says `refunds included`.
        refunds: bool,
    },
    /// `Of support cost, the school pays the first £6,000.00 a year; the council pays the rest.`
    PayInTurn {
        /// What is paid.
        amount: Expression,
        /// Who pays how much of it at most, one after the other.
        tiers: Vec<Tier>,
        /// Who pays what is left.
        last: Name,
    },
    /// `The ICB pays at most £1,600.00 a week in all; social care pays the excess ...`
    Limit {
        /// The party that is limited.
        party: Name,
        /// The most it pays.
        most: Expression,
        /// The clauses whose payments count; none where all do.
        under: Vec<Reference>,
        /// The party that pays the excess.
        other: Name,
        /// The panel the case is then referred to.
        refer: Option<Name>,
    },
    /// `The ICB pays at least 1/3 of care cost, ..., taken from social care, then education.`
    Floor {
        /// The party that pays at least so much.
        party: Name,
        /// The least it pays.
        least: Expression,
        /// The clauses whose payments count; none where all do.
        under: Vec<Reference>,
        /// The parties from whose payments it is taken, in order.
        from: Vec<Name>,
    },
    /// `Client contribution must be £0.00 when legal basis is section 117.`
    Require {
        /// What must hold.
        must: Condition,
    },
    /// `The case is referred to the joint panel when ...`
    Refer {
        /// The panel.
        panel: Name,
    },
    /// `Clause 4.2 does not apply when ...`
    Switch {
        /// The clause switched off.
        clause: Reference,
    },
    /// A promise.
    Promise(Promise),
}

/// Which rows of a table count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// `exactly one row applies`
    ExactlyOne,
    /// `first row that applies`
    First,
    /// `rows that apply must agree`
    MustAgree,
    /// `add up every row that applies`
    AddUp,
    /// `highest of the rows that apply`
    Highest,
    /// `lowest of the rows that apply`
    Lowest,
    /// `count the rows that apply`
    Count,
}

impl Hit {
    /// Whether one row gives the answer: then a case in which none applies has none.
    #[must_use]
    pub fn is_of_one_row(self) -> bool {
        matches!(self, Hit::ExactlyOne | Hit::First | Hit::MustAgree)
    }

    /// Whether no row need apply.
    #[must_use]
    pub fn may_be_empty(self) -> bool {
        matches!(self, Hit::AddUp | Hit::Count)
    }
}

/// A table: a heading, and rows of as many cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The heads of the columns; `from` and `until` among them date the rows.
    pub columns: Vec<Name>,
    /// The rows.
    pub rows: Vec<TableRow>,
    /// Where it stands.
    pub span: Span,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Its cells, as many as there are columns.
    pub cells: Vec<Cell>,
    /// Whether it is the `otherwise` row: its question cells say `otherwise` or nothing.
    pub is_otherwise: bool,
    /// Its own citations.
    pub citations: Vec<Citation>,
    /// Where it stands.
    pub span: Span,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it says.
    pub kind: CellKind,
    /// Where it stands.
    pub span: Span,
}

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Nothing at all.
    Blank,
    /// `any`
    Any,
    /// `the rest`
    Rest,
    /// `high, severe`: any of these tests; one or more. In an answer column a single
    /// [`CellTest::Is`].
    OneOf(Vec<CellTest>),
    /// `not a`
    Not(Vec<CellTest>),
}

/// One test in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellTest {
    /// `high`, `12`, `£5.00`, `first ceiling`
    Is(Operand),
    /// `20 to 34`, both ends in
    Range(Operand, Operand),
    /// `under 20`, `over 5`, `60 or more`, `severe or higher`, `before 1 April 2026`
    Compare(Comparison, Operand),
}

/// A literal in a cell, or words that mean what the column says they mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A literal.
    Literal(Spanned<Literal>),
    /// A run of words: a level, a choice, yes or no, an answer, or the name of a value.
    Words(Word),
}

/// A literal value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Literal {
    /// `12`, `0.25`, `12,500`
    Number(Decimal),
    /// `£1,600.00`, in pence
    Money(i64),
    /// `25%`, in percent
    Percent(Decimal),
    /// `1/3`
    Fraction(i64, i64),
    /// `1 April 2026`
    Date(Date),
}

/// How two things are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `under`, `less than`, `before`
    Under,
    /// `at most`, `up to`, `or less`, `or lower`, `on or before`
    AtMost,
    /// `exactly`, `the same as`
    Exactly,
    /// `at least`, `or more`, `or higher`, `on or after`
    AtLeast,
    /// `over`, `more than`, `after`
    Over,
}

/// `£25.61 from 1 April 2026`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The value: money, a number or a percent.
    pub value: Spanned<Literal>,
    /// The first day.
    pub from: Spanned<Date>,
    /// The day on which it was announced, where it says one.
    pub announced: Option<Spanned<Date>>,
    /// Its own citations.
    pub citations: Vec<Citation>,
}

/// `the ICB 40%`, `the council the rest`, `the ICB health share`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The party.
    pub party: Name,
    /// Its share.
    pub share: ShareKind,
    /// Where the share stands.
    pub span: Span,
}

/// `the school pays the first £6,000.00 a year`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// The party.
    pub party: Name,
    /// The most it pays.
    pub most: Expression,
}

/// A share of a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShareKind {
    /// `40%`, `1/3`
    Literal(Literal),
    /// `health share`
    Name(Name),
    /// `the rest`
    Rest,
}

/// Where the spare pennies of a split go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spare {
    /// `to the largest fractions of a penny, ties in the order of the parties`
    LargestFractions,
    /// `to the parties in order, passing over zero shares`
    InOrder,
    /// `The council takes the difference, the others to the nearest penny, halves to even`
    Difference {
        /// The party that takes the difference.
        party: Name,
        /// How the others are rounded.
        rounding: Rounding,
    },
}

/// What holds for every case, by the policy's own word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Promise {
    /// `The parties' payments add up to ...`
    AddUp {
        /// What they add up to.
        amount: Expression,
    },
    /// `Higher total points never lower the ICB's share in 4.1.`
    Monotone {
        /// The fact or value that rises.
        rising: Name,
        /// Whether the share or payments must not fall (`never lower`) or not rise (`never raise`).
        never_lower: bool,
        /// The party.
        party: Name,
        /// The clause with the shares; none for `payments`.
        within: Option<Reference>,
    },
    /// `The ICB never pays more than £1,600.00 a week.`
    Bound {
        /// The party.
        party: Name,
        /// Whether the bound is the most rather than the least.
        is_most: bool,
        /// The bound.
        amount: Expression,
    },
    /// `When fast track, the child is always eligible.`
    Always {
        /// The conclusion.
        conclusion: Name,
        /// `always`, or else `never`.
        is_always: bool,
    },
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// What it asks.
    pub kind: ConditionKind,
    /// Where it stands.
    pub span: Span,
}

/// What a condition asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConditionKind {
    /// How many of several conditions hold: `and`, `or`, `all of these are true:` ...
    Of(Quantity, Vec<Condition>),
    /// `not fast track`
    Not(Box<Condition>),
    /// `the child is not eligible`
    Concluded {
        /// The subject.
        subject: Name,
        /// Whether it says `not`.
        not: bool,
        /// The conclusion.
        conclusion: Name,
    },
    /// `fast track`
    Truth(Name),
    /// `total points is at least 20`
    Test {
        /// What is tested.
        value: Expression,
        /// Whether it says `not`.
        not: bool,
        /// The test.
        test: ValueTest,
    },
    /// `at least 3 domains are high or higher`
    Members {
        /// How many.
        quantity: Quantity,
        /// The family, in the plural or singular as written.
        family: Name,
        /// Whether it says `not`.
        not: bool,
        /// The test of each member.
        test: ValueTest,
    },
    /// A condition with a mistake in it, which has been reported: taken as free.
    Broken,
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// `all`, `every`, `and`
    All,
    /// `any`, `or`
    Any,
    /// `none`, `no`
    None,
    /// `at least 3`
    AtLeast(u32),
    /// `at most 3`
    AtMost(u32),
    /// `exactly 2`
    Exactly(u32),
}

/// A test of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueTest {
    /// `is high`, `is either home or residential`, `is £0.00`
    Is(Vec<Operand>),
    /// `is high or higher`, `is under 18`, `is before 1 April 2026`
    Compare(Comparison, TestOperand),
    /// `is between £1.00 and £2.00`, both ends in
    Between(Expression, Expression),
}

/// What a value is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TestOperand {
    /// A level or other word.
    Word(Word),
    /// A number, date or amount.
    Expression(Expression),
}

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// What it computes.
    pub kind: ExpressionKind,
    /// Where it stands.
    pub span: Span,
}

/// What an expression computes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpressionKind {
    /// `£5.00`, `£1,600.00 a week`, `12`, `1 April 2026`
    Literal {
        /// The value.
        value: Literal,
        /// What it is for, in the singular: `week`.
        per: Option<Spanned<String>>,
    },
    /// A fact, value or rate; checked to be declared.
    Name(Name),
    /// `A + B`
    Binary {
        /// The operator.
        operator: Operator,
        /// The left side.
        left: Box<Expression>,
        /// The right side.
        right: Box<Expression>,
    },
    /// `40% of X`
    Part {
        /// A percent or fraction.
        share: Spanned<Literal>,
        /// Of what.
        of: Box<Expression>,
    },
    /// `the greater of A and B`, `the lower of A and B`
    Extreme {
        /// Whether the greater, higher or later is meant.
        is_greatest: bool,
        /// The first.
        left: Box<Expression>,
        /// The second.
        right: Box<Expression>,
    },
    /// `age on decision date`, `age from carer's date of birth on decision date`
    Age {
        /// The date of birth; none for the fact `date of birth`.
        from: Option<Box<Expression>>,
        /// The day.
        on: Box<Expression>,
    },
    /// `28 days after checklist received, not counting that day`
    Distance {
        /// How far: the number before the period.
        count: Spanned<u32>,
        /// The period.
        period: Period,
        /// `before`, or else `after`.
        is_before: bool,
        /// The day counted from.
        from: Box<Expression>,
        /// Whether that day is counted, where it says so.
        counts_day: Option<bool>,
        /// Where a month ends that lacks the day, where it says so.
        missing: Option<MissingDay>,
    },
    /// `days from admission to decision date, counting both days`
    DaysBetween {
        /// The first day.
        from: Box<Expression>,
        /// The last day.
        to: Box<Expression>,
        /// Which of the two are counted.
        counting: Counting,
    },
    /// `the sum of points over all domains`, `the highest domain`, `the number of domains where ...`
    Over {
        /// What is taken.
        aggregate: Aggregate,
        /// Of what, for each member; none for the member itself or its number.
        of: Option<Name>,
        /// The family.
        family: Name,
        /// Only the members that pass.
        filter: Option<Box<Condition>>,
    },
    /// `X, to the nearest penny, halves up`
    Rounded {
        /// What is rounded.
        value: Box<Expression>,
        /// To what.
        to: RoundTo,
        /// How.
        rounding: Rounding,
    },
    /// `X for 38 weeks`, `X for 52 weeks a year`, `X for 12 months a year`, `X for 10 days`
    For {
        /// What is multiplied.
        value: Box<Expression>,
        /// How many.
        count: u32,
        /// Of what, in the singular: `week`, `month`, `day`.
        period: String,
        /// For what, in the singular: `year`.
        per: Option<String>,
    },
    /// `X for refund days`
    ForNamed {
        /// What is multiplied.
        value: Box<Expression>,
        /// For how many days, weeks or months: the name of a number of them.
        name: Name,
    },
    /// `X at the rates on plan date`
    AtRates {
        /// What names the rates.
        value: Box<Expression>,
        /// The day by which they are picked.
        on: Box<Expression>,
    },
    /// `X over 52 weeks`
    OverWeeks {
        /// What is divided.
        value: Box<Expression>,
        /// By how many weeks.
        weeks: u32,
    },
}

/// What is counted from a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// `days`
    Days,
    /// `working days`
    WorkingDays,
    /// `weeks`
    Weeks,
    /// `months`
    Months,
    /// `years`
    Years,
}

/// Which of the two days are counted that days are counted between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// `counting both days`
    Both,
    /// `counting the first only`
    First,
    /// `counting the last only`
    Last,
    /// `counting neither`
    Neither,
}

impl Counting {
    /// What is added to the days between two where these of the two are counted.
    #[must_use]
    pub fn more(self) -> i32 {
        match self {
            Counting::Both => 1,
            Counting::First | Counting::Last => 0,
            Counting::Neither => -1,
        }
    }
}

/// What is taken over a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    /// The sum.
    Sum,
    /// The highest.
    Highest,
    /// The lowest.
    Lowest,
    /// The number of members.
    Number,
}

/// An operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `x`
    Multiply,
    /// `/`
    Divide,
}

/// What a number is rounded to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundTo {
    /// A number of pence: `penny` is 1, `10p` 10, `£1` 100.
    Pence(i64),
    /// A number: `whole number` is 1, `0.1`.
    Number(Decimal),
    /// A percent: `1%`, `0.01%`.
    Percent(Decimal),
}

/// An example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its name, without quotes.
    pub name: Spanned<String>,
    /// The example it starts from.
    pub base: Option<Spanned<String>>,
    /// What the case states: after `given` or `but`.
    pub given: Vec<Given>,
    /// What is expected.
    pub expect: Vec<Spanned<Expect>>,
}

/// What an example states of one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The fact, or for `other domains` the family.
    pub name: Name,
    /// Whether it is for all other members of the family.
    pub is_other: bool,
    /// The value, as written; `not known` is kept as these words.
    pub value: Spanned<String>,
}

/// What an example expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expect {
    /// `eligible by 2.1`, `not eligible by 2.4`
    Conclusion {
        /// The conclusion.
        conclusion: Name,
        /// Whether it says `not`.
        not: bool,
        /// The clauses that must be among the reasons.
        by: Vec<Reference>,
    },
    /// `not covered by 1.1`
    NotCovered {
        /// The clauses that must be among the reasons.
        by: Vec<Reference>,
    },
    /// `total points 22`, `the ICB £305.81`: a value or what a party pays
    Amount {
        /// The value or party.
        name: Name,
        /// What it must be, as written.
        value: Spanned<String>,
    },
    /// `the ICB between £305.81 and £458.71`
    Between {
        /// The value or party.
        name: Name,
        /// The least, as written.
        least: Spanned<String>,
        /// The greatest, as written.
        greatest: Spanned<String>,
    },
    /// `payments need seizures, psychological and emotional needs`, `eligible needs breathing`
    Needs {
        /// The conclusion or value; none for payments.
        name: Option<Name>,
        /// The facts.
        facts: Vec<Name>,
    },
    /// `referred by 7.3`
    Referred {
        /// The clauses that refer.
        by: Vec<Reference>,
    },
    /// `refused by 3.2`
    Refused {
        /// The clauses that refuse.
        by: Vec<Reference>,
    },
}
