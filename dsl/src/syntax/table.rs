//! Tables, and which of their rows count.

use alloc::vec::Vec;

use super::{Citation, Comparison, Name, Operand};
use crate::source::Span;

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
    /// `every row that applies, listed`
    Listed,
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
        matches!(self, Hit::AddUp | Hit::Count | Hit::Listed)
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
    /// `2 to under 5`
    RangeUnder(Operand, Operand),
    /// `under 20`, `over 5`, `60 or more`, `severe or higher`, `before 1 April 2026`
    Compare(Comparison, Operand),
}
