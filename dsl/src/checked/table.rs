//! Tables, slices and rows of shares.

use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::program::{PanelId, ValueId};
use apportion_core::rounding::Rounding;

use super::{Condition, Expression, FamilyId};
use crate::source::Span;

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

impl Slices {
    /// The edge from which a slice rises; none where it rises from 0.
    #[must_use]
    pub fn edge_below(&self, slice: usize) -> Option<&Expression> {
        self.slices.get(slice.checked_sub(1)?)?.up_to.as_ref()
    }
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
    /// Where it stands.
    pub span: Span,
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
    /// The panel that decides them; they are then facts, and before it has decided there are
    /// none.
    pub panel: Option<PanelId>,
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
