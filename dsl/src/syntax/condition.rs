//! Conditions, and the tests in them.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{Comparison, Expression, Name, Operand, Word};
use crate::source::Span;

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
    /// `the child is not eligible`, `the service is educational`
    Concluded {
        /// The subject, or the item.
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
    /// `at least 2 services are educational`
    Items {
        /// How many.
        quantity: Quantity,
        /// The list, in the plural or singular as written.
        list: Name,
        /// Whether it says `not`.
        not: bool,
        /// A conclusion about each item, or a fact of it that is yes or no.
        what: Name,
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

impl Quantity {
    /// Whether so many of several are as many as asked for.
    pub(crate) fn is_met(self, number: usize, of: usize) -> bool {
        match self {
            Quantity::All => number == of,
            Quantity::Any => number > 0,
            Quantity::None => number == 0,
            Quantity::AtLeast(least) => number >= least as usize,
            Quantity::AtMost(most) => number <= most as usize,
            Quantity::Exactly(exactly) => number == exactly as usize,
        }
    }
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
