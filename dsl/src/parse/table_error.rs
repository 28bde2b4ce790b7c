//! The mistakes of tables, each with its wording and the text that triggers it.

use alloc::format;

use super::error::Mistake;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// A mistake in a table: of its shape, or inside a cell.
#[derive(Clone, Copy, Debug)]
pub(super) enum TableProblem {
    /// Of the shape of the table.
    Shape(TableMistake),
    /// Inside a cell, at this place.
    Cell(Mistake, Span),
}

/// A table that does not fit its heading. Spans are relative to the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TableMistake {
    /// `Band: exactly one row applies.` with no rows below
    TableMissing { heading: Span },
    /// `| points | band |` with no rows below
    RowsMissing { heading: Span },
    /// `| 1 | 2 | 3 |` below two columns
    CellsTooMany { row: Span, heading: Span, columns: usize, cells: usize },
    /// `| 1 |` below two columns
    CellsTooFew { row: Span, heading: Span, columns: usize, cells: usize },
    /// `| under 20 |  |`
    CellBlank { cell: Span },
    /// `| points |  |` as the heading
    ColumnUnnamed { cell: Span },
    /// rows below `Total points = 5.`
    TableWithoutHeading { table: Span },
    /// words below the rows
    WordsAfterTable { words: Span },
    /// `35 to 59 | 50% |` below the rows
    BarMissing { row: Span },
}

impl TableMistake {
    /// The mistake in words, for a block that begins at `start`.
    pub(super) fn diagnostic(self, start: u32) -> Diagnostic {
        match self {
            TableMistake::TableMissing { heading } => Diagnostic::error(
                "table-missing",
                "the sentence announces a table, but no rows follow",
                heading.after(start),
            )
            .help("write the rows below it, each beginning with `|`"),
            TableMistake::RowsMissing { heading } => Diagnostic::error(
                "rows-missing",
                "the table has a heading, but no rows",
                heading.after(start),
            )
            .help("write the rows below the heading"),
            TableMistake::CellsTooMany { row, heading, columns, cells } => Diagnostic::error(
                "cells-too-many",
                format!("this row has {cells} cells, but the table has {columns} columns"),
                row.after(start),
            )
            .and(heading.after(start), "the columns")
            .help("take the cells out that have no column, or the `|` too many"),
            TableMistake::CellsTooFew { row, heading, columns, cells } => Diagnostic::error(
                "cells-too-few",
                format!("this row has {cells} cells, but the table has {columns} columns"),
                row.after(start),
            )
            .and(heading.after(start), "the columns")
            .help("give every column a cell: `any` where it does not matter, `0%` for a party that pays nothing"),
            TableMistake::CellBlank { cell } => {
                Diagnostic::error("cell-blank", "a cell is blank", cell.after(start))
                    .help("write `any` where it does not matter, `0%` for a party that pays nothing")
            }
            TableMistake::ColumnUnnamed { cell } => {
                Diagnostic::error("column-unnamed", "a column has no name", cell.after(start))
                    .help("name what the column asks or answers")
            }
            TableMistake::TableWithoutHeading { table } => Diagnostic::error(
                "table-without-heading",
                "no sentence of this clause announces a table",
                table.after(start),
            )
            .help("end the sentence above with `: exactly one row applies.`"),
            TableMistake::WordsAfterTable { words } => Diagnostic::error(
                "words-after-table",
                "words follow the table of a clause",
                words.after(start),
            )
            .help("put them before the table, or in a clause of their own"),
            TableMistake::BarMissing { row } => Diagnostic::error(
                "bar-missing",
                "a row of a table does not begin with `|`",
                row.after(start),
            )
            .help("put `|` before its first cell"),
        }
    }
}
