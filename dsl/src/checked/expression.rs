//! Expressions and constants.

use alloc::boxed::Box;

use apportion_core::date::Date;
use apportion_core::program::{ConclusionId, FactId, ValueId};
use apportion_core::rounding::Rounding;

use super::{Condition, Counting, Distance, FamilyId, ListId, Type};
use crate::source::Span;

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
        // The bounds are those of the clause it stands in.
        self.kind == other.kind && self.of.is_alike(&other.of)
    }
}

/// In what it is counted what passes from one day to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elapsed {
    /// In days, and which of the two are counted.
    Days(Counting),
    /// In completed years: an age.
    Years,
}

impl Elapsed {
    /// What passes; none where it cannot be counted, and of ages those above 255 as 255.
    #[must_use]
    pub fn between(self, from: Date, to: Date) -> Option<i64> {
        match self {
            Elapsed::Days(counting) => {
                let days = i64::from(to.day_number()) - i64::from(from.day_number());
                Some((days + i64::from(counting.more())).max(0))
            }
            Elapsed::Years => from.age_on(to).map(|years| i64::from(years).min(255)),
        }
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
    /// Words that are listed, by their numbers: bit 0 is set where the first is among them.
    Listed(i64),
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
    /// Completed years from a birth to a day; both are facts, so that a birth after the day is
    /// evidence that cannot be. To other days it is [`ExpressionKind::Between`].
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
    /// What passes from one day to another; a case in which the first is after the last is
    /// refused.
    Between {
        /// The first day.
        from: Box<Expression>,
        /// The last day.
        to: Box<Expression>,
        /// In what it is counted.
        elapsed: Elapsed,
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
    /// What is taken of the items of a list together.
    Items(Box<OverItems>),
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

/// What is taken of the items of a list together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverItems {
    /// The list.
    pub list: ListId,
    /// How they are taken together.
    pub aggregate: Aggregate,
    /// What is taken of each item; none for the number of items.
    pub of: Option<Expression>,
    /// Which items count.
    pub filter: Condition,
    /// What the greatest or least of no items is, which is a constant.
    pub if_none: Option<Expression>,
}

/// How items are taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    /// The sum; 0 of none.
    Sum,
    /// How many there are.
    Number,
    /// The greatest, highest or latest.
    Greatest,
    /// The least, lowest or earliest.
    Least,
}
