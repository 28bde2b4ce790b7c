//! Expressions.

use alloc::boxed::Box;
use alloc::string::String;

use apportion_core::rounding::Rounding;
use apportion_core::shift::MissingDay;

use super::{Condition, Decimal, Literal, Name, Operand, Spanned};
use crate::source::Span;

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
    /// `the sum of points over all domains`, `the highest domain`, `the number of services where ...`
    Over {
        /// What is taken.
        aggregate: Aggregate,
        /// Of what, for each member; none for the member itself or its number.
        of: Option<Name>,
        /// The family or list.
        family: Name,
        /// Only the members or items that pass.
        filter: Option<Box<Condition>>,
        /// What it is of no items: `, or £0.00 if none`.
        if_none: Option<Box<Operand>>,
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
    /// `X for 38 weeks`, `X for 52.143 weeks a year`, `X for 12 months a year`, `X for 10 days`
    For {
        /// What is multiplied.
        value: Box<Expression>,
        /// How many.
        count: Decimal,
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
        weeks: Decimal,
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

/// What is taken over a family or list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    /// The sum.
    Sum,
    /// The highest.
    Highest,
    /// The lowest.
    Lowest,
    /// The latest, of dates.
    Latest,
    /// The earliest, of dates.
    Earliest,
    /// The number of members or items.
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
