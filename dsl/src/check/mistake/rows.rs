//! Mistakes in which rows of a table count, in slices, and in dated rows.

use alloc::format;
use alloc::string::String;

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Rows that cannot count as the heading says.
pub(in crate::check) enum RowMistake {
    /// `highest of the rows that apply` over words that are no levels
    AnswersWithoutOrder { span: Span },
    /// `Risks, score: count the rows that apply.`
    CountsOneValue { span: Span },
    /// A column `risks` below `Risks: count the rows that apply.`
    CountedColumn { span: Span },
    /// An `otherwise` row that is to be counted
    CountedOtherwise { span: Span },
    /// `When fast track: add up every row that applies.`
    SharesOfOneRow { span: Span },
    /// `high` in a column headed `from`
    NoDateInRow { span: Span, column: String },
}

impl From<RowMistake> for Diagnostic {
    fn from(mistake: RowMistake) -> Diagnostic {
        match mistake {
            RowMistake::AnswersWithoutOrder { span } => Diagnostic::error(
                "answers-without-order",
                "none of these answers is the highest: they have no order",
                span,
            )
            .help("answer with numbers, or with words declared under `levels of`"),
            RowMistake::CountsOneValue { span } => Diagnostic::error(
                "counts-one-value",
                "counting rows gives one number, and the heading names several values",
                span,
            )
            .help("name one value in the heading"),
            RowMistake::CountedColumn { span } => Diagnostic::error(
                "counted-column",
                "rows are counted here, so the table gives no answers",
                span,
            )
            .help("take the column out, or write `add up every row that applies`"),
            RowMistake::CountedOtherwise { span } => Diagnostic::error(
                "counted-otherwise",
                "rows are counted here, and where none applies the count is 0",
                span,
            )
            .help("take the row out"),
            RowMistake::SharesOfOneRow { span } => Diagnostic::error(
                "shares-of-one-row",
                "the shares of a case are those of one row",
                span,
            )
            .help("write `exactly one row applies`, or `first row that applies`"),
            RowMistake::NoDateInRow { span, column } => Diagnostic::error(
                "no-date-in-row",
                format!("a column headed `{column}` holds dates"),
                span,
            )
            .help("write a day such as `1 April 2026`, or `any` where the row has no such end"),
        }
    }
}

/// Slices that do not follow one another, or have no rate.
pub(in crate::check) enum SliceMistake {
    /// Slices with a third column
    Columns { name: String, span: Span },
    /// `£100.00 to £200.00` as a slice
    Edge { span: Span, is_last: bool },
    /// `up to £100.00` below `up to £200.00`
    NotRising { span: Span, below: Span },
    /// `first rate` as a rate
    Rate { span: Span },
}

impl From<SliceMistake> for Diagnostic {
    fn from(mistake: SliceMistake) -> Diagnostic {
        match mistake {
            SliceMistake::Columns { name, span } => Diagnostic::error(
                "slice-columns",
                format!("slices have two columns: what is sliced, and `{name}`"),
                span,
            )
            .help(format!("head one column with the amount, and the other `{name}`")),
            SliceMistake::Edge { span, is_last: true } => Diagnostic::error(
                "slice-edge",
                "the last slice takes all that is above the others",
                span,
            )
            .help("write `above`"),
            SliceMistake::Edge { span, is_last: false } => {
                Diagnostic::error("slice-edge", "a slice is said by its upper edge alone", span)
                    .help("write such as `up to £125,000.00`")
            }
            SliceMistake::NotRising { span, below } => Diagnostic::error(
                "slices-not-rising",
                "this edge is not above the one before it",
                span,
            )
            .and(below, "the edge before it")
            .help("write the slices from the lowest edge up"),
            SliceMistake::Rate { span } => {
                Diagnostic::error("slice-rate", "the rate of a slice is a figure", span)
                    .help("write a percent, an amount or a number")
            }
        }
    }
}
