//! A policy as the generator thinks of it: what is printed, and nothing of what it means.

use std::iter;

use apportion::days::Days;
use apportion::distance::Period;
use apportion_core::date::Date;
use apportion_core::rounding::Rounding;
use apportion_core::shift::MissingDay;

use super::cut::UsedTool;

/// A policy to be printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Model {
    /// How it is written.
    pub style: Style,
    /// Its title.
    pub title: String,
    /// Whom it is about: `child`.
    pub subject: String,
    /// Its parties, with their articles.
    pub parties: Vec<Declared>,
    /// Its panels.
    pub panels: Vec<Declared>,
    /// Its sources.
    pub sources: Vec<Declared>,
    /// The tool it uses, where it was cut from it.
    pub uses: Option<UsedTool>,
    /// Whether its clauses are open to local agreement.
    pub is_open: bool,
    /// What stands after `version`.
    pub version: String,
    /// The fact that dates a case.
    pub dated_by: Option<String>,
    /// Its ladders of levels.
    pub ladders: Vec<Ladder>,
    /// Its facts.
    pub facts: Vec<Fact>,
    /// Its families.
    pub families: Vec<Family>,
    /// Its lists.
    pub lists: Vec<List>,
    /// Its groups of members.
    pub groups: Vec<Group>,
    /// Its sections.
    pub sections: Vec<Section>,
    /// Its examples; made from decided cases by whoever has decided some.
    pub examples: Vec<Example>,
}

/// How a policy is written, where the language leaves it open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// A byte order mark stands first.
    pub has_mark: bool,
    /// Lines end as on Windows.
    pub has_windows_lines: bool,
    /// Curly apostrophes, true minus and multiplication signs.
    pub is_typeset: bool,
    /// What ends a name in a declaration.
    pub gap: Gap,
    /// Tables have a `|---|` line below their heading.
    pub has_rules: bool,
    /// Dates as `2026-04-01`.
    pub has_iso_dates: bool,
    /// Small counts as words.
    pub has_number_words: bool,
    /// No full stop after items and tables' headings... where it is optional.
    pub leaves_stops_out: bool,
}

/// What ends a name in a declaration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gap {
    /// Two spaces or more.
    #[default]
    Spaces,
    /// A tab.
    Tab,
    /// A colon.
    Colon,
}

/// A name and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The name, with its article.
    pub name: String,
    /// What it stands for.
    pub text: String,
}

/// Levels, lowest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder {
    /// What they are of.
    pub of: String,
    /// The levels.
    pub levels: Vec<String>,
}

/// A declared fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: FactType,
    /// The value `unless stated`.
    pub default: Option<String>,
    /// The question to put.
    pub ask: Option<String>,
    /// Where it applies, if not to every case.
    pub only_when: Option<Condition>,
    /// The panel that decides it.
    pub decided_by: Option<String>,
}

/// The type of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactType {
    /// `yes or no`
    YesNo,
    /// `a date`, with neither, one or both bounds
    Date(Option<Date>, Option<Date>),
    /// `one of home, day school`
    OneOf(Vec<String>),
    /// `a level of need, up to severe`
    Level(String, Option<String>),
    /// `hours a week, in quarters, 0 to 168`
    Number {
        /// The unit, as it is written first: `whole number`, `number`, `hours a week`.
        unit: String,
        /// The step, as it is written; none after `whole number`.
        step: Option<String>,
        /// The bounds.
        bounds: (Literal, Literal),
    },
    /// `money a week, £0.00 to £50.00`
    Money(Option<String>, Option<(Literal, Literal)>),
    /// `percent, in steps of 1%, 0% to 50%`
    Percent(Option<Literal>, Option<(Literal, Literal)>),
    /// `text`
    Text,
}

/// A family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// The plural.
    pub plural: String,
    /// The singular, where it stands in brackets.
    pub singular: Option<String>,
    /// The type of each.
    pub kind: FactType,
    /// The value `unless stated`.
    pub default: Option<String>,
    /// The members, each with its top level where there are tops, and what it never is.
    pub members: Vec<(String, Option<String>)>,
}

/// A list: things of which a case has any number, each with facts of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The plural.
    pub plural: String,
    /// The singular, where it stands in brackets.
    pub singular: Option<String>,
    /// How many there are at most, where it says so.
    pub most: Option<u32>,
    /// The facts of each item.
    pub facts: Vec<Fact>,
}

/// A part of a family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The plural.
    pub plural: String,
    /// The singular, where it stands in brackets.
    pub singular: Option<String>,
    /// The members in it.
    pub members: Vec<String>,
}

/// A section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// Its clauses.
    pub clauses: Vec<Clause>,
}

/// A clause, by its place in the order in which clauses were made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClauseKey(pub usize);

/// A clause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clause {
    /// By what others name it in the model.
    pub key: ClauseKey,
    /// Its number as printed: `4.2A`.
    pub number: String,
    /// The days on which it is in force, where it says them.
    pub days: Option<Days>,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// What it says from the day after its last day on; nothing where it has no other wording.
    pub later: Vec<Sentence>,
    /// Its citations.
    pub citations: Vec<String>,
    /// What follows `note:`.
    pub note: Option<String>,
    /// A comment below it.
    pub comment: Option<String>,
}

/// A clause or a section that another clause names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A clause.
    Clause(ClauseKey),
    /// A row of the table of a clause, from 1.
    Row(ClauseKey, usize),
    /// A section, by its number.
    Section(u32),
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// What it is written `Despite`.
    pub despite: Vec<Place>,
    /// Of what each item it is said.
    pub each: Option<Each>,
    /// Where it applies.
    pub when: Option<Condition>,
    /// What it says.
    pub body: Body,
    /// What it says otherwise.
    pub otherwise: Option<Body>,
}

/// `£25.61 from 1 April 2026 until 31 March 2027  [RC]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The value.
    pub value: Literal,
    /// The first day.
    pub from: Date,
    /// The last day, where it says one.
    pub until: Option<Date>,
    /// Its citation.
    pub citation: Option<String>,
}

/// `For each service`, `a service`, `for a service`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Each {
    /// One item, in the singular.
    pub item: String,
    /// Whether it stands in its second place: after the condition, after the names of a table,
    /// or before `in every case`.
    pub is_second: bool,
}

/// What a sentence says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// `This policy covers a child when ...`
    Cover,
    /// `A child is also not eligible when ...`
    Conclude {
        /// Whether it says `also`.
        also: bool,
        /// Whether it says `not`.
        not: bool,
        /// The conclusion.
        name: String,
    },
    /// `Care cost = ...`
    Define(String, Expression),
    /// `Band: exactly one row applies.`
    Table {
        /// The values it gives.
        names: Vec<String>,
        /// The family whose members it is for, in the singular.
        each: Option<String>,
        /// Which rows count.
        hit: &'static str,
        /// The table.
        table: Table,
    },
    /// `Tariff: each slice at its own rate, to the nearest penny, halves up.`
    Slices {
        /// The value.
        name: String,
        /// How the sum is rounded.
        rounding: Option<(RoundTo, Rounding)>,
        /// The slices.
        table: Table,
    },
    /// `Day care rate, an hour: ...`
    Rates {
        /// The rate.
        name: String,
        /// For what: `hour`.
        per: String,
        /// The values by date.
        rates: Vec<Rate>,
    },
    /// `the ICB 40%, social care the rest`
    Shares(Vec<(String, Share)>),
    /// `as the joint panel decides`
    AsDecided(String),
    /// A table of shares.
    ShareTable(&'static str, Table),
    /// `the council and the ICB in the ratio 93.7 : 28.3`: each party with its digits and how
    /// many of them stand after the point
    Ratio(Vec<(String, (i64, u8))>),
    /// `Split ... in the shares of section 4.`
    Split(Expression, Place, Option<Spare>),
    /// `Split ... between the ICB and social care in proportion to ... and ...`
    Proportion(Expression, Vec<(String, Expression)>, Option<Spare>),
    /// `Education pays ...`
    Pay(String, Expression),
    /// `Of ..., the school pays the first ...; the council pays the rest`
    PayInTurn(Expression, Vec<(String, Expression)>, String),
    /// A split or payment that may be below £0.00.
    RefundsIncluded(Box<Body>),
    /// `The ICB pays at most ... in all; social care pays the excess`
    Limit {
        /// Who is limited.
        party: String,
        /// The most.
        most: Expression,
        /// Who pays the excess.
        other: String,
        /// To which panel the case is then referred.
        refer: Option<String>,
        /// What counts.
        counts: Counts,
    },
    /// `The ICB pays at least ..., taken from social care, then education`
    Floor {
        /// Who is raised.
        party: String,
        /// The least.
        least: Expression,
        /// From whom it is taken.
        from: Vec<String>,
        /// What counts.
        counts: Counts,
    },
    /// `Client contribution must be £0.00`
    Require(Expression, bool, Test),
    /// `The case is referred to the joint panel when ...`
    Refer(String),
    /// `Clause 4.2 does not apply when ...`
    Switch(ClauseKey),
    /// A promise.
    Promise(Promise),
}

/// What a limit or floor counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counts {
    /// All; it may say `in all`.
    All(bool),
    /// What some clauses make the party pay.
    Under(Vec<ClauseKey>),
}

/// A promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Promise {
    /// `The parties' payments add up to ...`
    AddUp(Expression),
    /// `Higher total points never lower the ICB's share in 4.1.`
    Monotone(String, &'static str, String, Option<ClauseKey>),
    /// `The ICB never pays more than ...`
    Bound(String, &'static str, Expression),
    /// `When urgent, the child is always eligible.`
    Always(&'static str, String),
    /// `The child is always eligible.`, with or without `when urgent` after it
    AlwaysAtFirst(&'static str, String),
}

/// A share of a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Share {
    /// A percent or fraction.
    Literal(Literal),
    /// The name of a percent.
    Name(String),
    /// `the rest`
    Rest,
}

/// Where spare pennies go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spare {
    /// To the largest fractions; with or without the words on ties.
    LargestFractions(bool),
    /// To the parties in order; with or without the words on zero shares.
    InOrder(bool),
    /// A party takes the difference; the others are rounded so.
    Difference(String, Rounding),
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The heads of its columns.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// Its citation.
    pub citation: Option<String>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing: beside `otherwise`.
    Blank,
    /// `any`
    Any,
    /// `otherwise`
    Otherwise,
    /// `the rest`
    Rest,
    /// `high, severe`
    OneOf(Vec<CellTest>),
    /// `not high, severe`
    Not(Vec<CellTest>),
}

/// A test in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellTest {
    /// `high`
    Is(Operand),
    /// `20 to 34`
    Range(Operand, Operand),
    /// `20 to under 35`
    RangeUnder(Operand, Operand),
    /// `under 20`
    Before(&'static str, Operand),
    /// `60 or more`
    After(Operand, &'static str),
}

/// A literal, a word or the name of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// `12`
    Literal(Literal),
    /// `high`
    Words(String),
    /// `first ceiling`
    Name(String),
}

/// A literal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// Pence, and for what: `£5.00 a week`
    Money(i64, Option<String>),
    /// Digits and how many stand after the point.
    Number(i64, u8),
    /// The same, of a percent.
    Percent(i64, u8),
    /// `1/3`
    Fraction(i64, i64),
    /// `1 April 2026`
    Date(Date),
}

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// A fact, value or rate.
    Name(String),
    /// A literal.
    Literal(Literal),
    /// `A + B`; the sign is one of `+ - x /`.
    Binary(char, Box<Expression>, Box<Expression>),
    /// `40% of A`
    Part(Literal, Box<Expression>),
    /// `the greater of A and B`
    Extreme(&'static str, Box<Expression>, Box<Expression>),
    /// `age on decision date`, `age from A on B`
    Age(Option<String>, String),
    /// `age from date of birth on 1 September 2026`, of any days
    AgeBetween(Box<Expression>, Box<Expression>),
    /// `the sum of points over all domains`, `the highest domain`
    Over {
        /// `sum`, `highest` or `lowest`.
        aggregate: &'static str,
        /// Of what.
        of: Option<String>,
        /// Whether it says `all`.
        all: bool,
        /// The family.
        family: String,
    },
    /// `the sum of price over services where ...`
    OverItems(Box<OverItems>),
    /// `the number of domains`
    NumberOf(String),
    /// `A, to the nearest penny, halves up`; in brackets unless it stands alone.
    Rounded(Box<Expression>, RoundTo, Rounding),
    /// `A for 38 weeks`, `A for 52.143 weeks a year`: the digits, and how many stand after the point.
    For(Box<Expression>, (u32, u8), &'static str, Option<&'static str>),
    /// `A for refund days`
    ForNamed(Box<Expression>, String),
    /// `A at the rates on plan date`
    AtRates(Box<Expression>, Box<Expression>),
    /// `A over 52 weeks`
    OverWeeks(Box<Expression>, u32),
    /// `28 days after checklist received, not counting that day`
    Distance {
        /// How many.
        count: u32,
        /// Of what.
        period: Period,
        /// `before`, or else `after`.
        is_before: bool,
        /// The day counted from.
        from: Box<Expression>,
        /// Whether it says that this day is counted, or not.
        counting: Option<bool>,
        /// Where a month ends that lacks the day.
        missing: Option<MissingDay>,
    },
    /// `days from A to B, counting both days`
    DaysBetween(Box<Expression>, Box<Expression>, &'static str),
}

/// What a number is rounded to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoundTo {
    /// `penny`, `10p`, `£1`: pence
    Pence(i64),
    /// `whole number`, `0.1`
    Number(i64, u8),
    /// `1%`, `0.01%`
    Percent(i64, u8),
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// `fast track`, or `not fast track`
    Truth(String, bool),
    /// `the child is eligible`, `the service is not dear`: of whom, what, and whether
    Concluded(String, String, bool),
    /// `A is test`, or `is not`
    Test(Expression, bool, Test),
    /// `at least 3 domains are test`
    Members(Quantity, String, bool, Test),
    /// `at least 2 services are educational`
    Items(Quantity, String, bool, String),
    /// Inline `and` or `or`.
    Joined(bool, Vec<Condition>),
    /// `all of these are true:` and a dash list
    List(Quantity, Vec<Condition>),
}

/// What is taken of the items of a list together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverItems {
    /// `sum`, `number`, `highest`, `lowest`, `earliest` or `latest`.
    pub aggregate: &'static str,
    /// Of what of each item, and whether `of` stands before it.
    pub of: Option<(String, bool)>,
    /// The list.
    pub list: String,
    /// Which items count.
    pub filter: Option<Condition>,
    /// What it is of none.
    pub if_none: Option<Operand>,
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// `all`, `every`
    All,
    /// `any`
    Any,
    /// `none`, `no`
    None,
    /// `at least 3`
    AtLeast(u32),
    /// `at most 3`
    AtMost(u32),
    /// `exactly 3`
    Exactly(u32),
}

impl Quantity {
    /// Whether what is counted stands in the singular.
    #[must_use]
    pub fn is_singular(self) -> bool {
        matches!(
            self,
            Quantity::All
                | Quantity::Any
                | Quantity::None
                | Quantity::AtLeast(1)
                | Quantity::Exactly(1)
        )
    }
}

/// A test of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// `high`, `£0.00`
    Is(Operand),
    /// `either home or residential`
    Either(Vec<Operand>),
    /// `high or higher`, `3 or more`
    After(Operand, &'static str),
    /// `under 18`
    Before(&'static str, Expression),
    /// `at least high`
    BeforeWord(&'static str, String),
    /// `between A and B`
    Between(Expression, Expression),
    /// `the same as A`
    SameAs(Expression),
}

/// An example: what a case states, and what is expected of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// Its name.
    pub name: String,
    /// The example it starts from.
    pub base: Option<String>,
    /// What it states: `fast track yes`.
    pub given: Vec<String>,
    /// What it says of items, a line each: `with  service "night sitter": price £5.00`.
    pub items: Vec<String>,
    /// What is expected: `the ICB £5.00`.
    pub expect: Vec<String>,
}

impl List {
    /// One item, in the singular.
    #[must_use]
    pub fn one(&self) -> &str {
        self.singular.as_deref().unwrap_or(self.plural.trim_end_matches('s'))
    }
}

impl Model {
    /// Its clauses, in the order printed.
    pub fn clauses(&self) -> impl Iterator<Item = &Clause> {
        self.sections.iter().flat_map(|section| &section.clauses)
    }

    /// Its sentences, in the order printed.
    pub fn sentences_mut(&mut self) -> impl Iterator<Item = &mut Sentence> {
        let clauses = self.sections.iter_mut().flat_map(|section| &mut section.clauses);
        clauses.flat_map(Clause::sentences_mut)
    }

    /// The number of a clause; `0.0`, which no clause has, where it was dropped.
    #[must_use]
    pub fn number_of(&self, key: ClauseKey) -> String {
        let own = self.clauses().find(|clause| clause.key == key);
        let own = own.map(|clause| clause.number.clone());
        let of_tool = || self.uses.as_ref()?.number_of(key);
        own.or_else(of_tool).unwrap_or_else(|| "0.0".into())
    }

    /// A section as it is cited.
    #[must_use]
    pub fn section(&self, number: u32) -> String {
        let is_its = |tool: &&UsedTool| tool.sections.iter().any(|it| it.number == number);
        let tool = self.uses.as_ref().filter(is_its);
        let alias = tool.map(|tool| format!("{} ", tool.alias)).unwrap_or_default();
        format!("section {alias}{number}")
    }
}

impl Clause {
    /// The sentences of all its wordings.
    pub fn sentences_mut(&mut self) -> impl Iterator<Item = &mut Sentence> {
        self.sentences.iter_mut().chain(&mut self.later)
    }
}

impl Body {
    /// How the spare pennies of a split fall, where a sentence after it says so.
    fn spare(&self) -> Option<&Spare> {
        match self {
            Body::Split(_, _, spare) | Body::Proportion(_, _, spare) => spare.as_ref(),
            Body::RefundsIncluded(body) => body.spare(),
            _ => None,
        }
    }

    /// The section or clause with the shares of a split.
    pub fn shares_mut(&mut self) -> Option<&mut Place> {
        match self {
            Body::Split(_, place, _) => Some(place),
            Body::RefundsIncluded(body) => body.shares_mut(),
            _ => None,
        }
    }
}

impl Sentence {
    /// A sentence that says this in every case.
    #[must_use]
    pub fn plain(body: Body) -> Self {
        Sentence { despite: Vec::new(), each: None, when: None, body, otherwise: None }
    }

    /// How the spare pennies of its splits fall, where a sentence after it says so.
    #[must_use]
    pub fn spare(&self) -> Option<&Spare> {
        let mut bodies = iter::once(&self.body).chain(&self.otherwise);
        bodies.find_map(Body::spare)
    }

    /// A sentence that says this where a condition holds.
    #[must_use]
    pub fn when(when: Condition, body: Body) -> Self {
        Sentence { when: Some(when), ..Sentence::plain(body) }
    }
}
