//! Literals, and how they are compared.

use alloc::string::String;

use apportion_core::date::Date;

use super::{Spanned, Word};

/// An exact decimal number: `digits` over ten to the power of `places`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// The digits, with their sign.
    pub digits: i64,
    /// How many of them stand after the point; at most 9.
    pub places: u8,
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

/// A literal in a cell, or words that mean what the column says they mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A literal.
    Literal(Spanned<Literal>),
    /// `£3,500.00 a year`: a literal and what it is for, in the singular.
    Amount(Spanned<Literal>, Spanned<String>),
    /// A run of words: a level, a choice, yes or no, an answer, or the name of a value.
    Words(Word),
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

impl Comparison {
    /// The comparison seen from the other side: `under` is `over`.
    ///
    /// ```
    /// use apportion::checked::Comparison;
    ///
    /// assert_eq!(Comparison::AtMost.flipped(), Comparison::AtLeast);
    /// ```
    #[must_use]
    pub fn flipped(self) -> Comparison {
        match self {
            Comparison::Under => Comparison::Over,
            Comparison::AtMost => Comparison::AtLeast,
            Comparison::Exactly => Comparison::Exactly,
            Comparison::AtLeast => Comparison::AtMost,
            Comparison::Over => Comparison::Under,
        }
    }
}
