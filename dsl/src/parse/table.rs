//! Tables: which rows apply, their headings, rows and cells.

use alloc::vec::Vec;

use nom::Parser;
use nom::combinator::cut;
use nom::multi::separated_list1;

use super::condition::{comparison, operand, or_more};
use super::error::{Expected, Mistake};
use super::table_error::{TableMistake, TableProblem};
use super::tokens::{Read, Tokens, end, firm, key_until, past_words, token, words};
use crate::lex::{Row, RowCell};
use crate::names::{key_of, span_of, without_article};
use crate::source::Span;
use crate::syntax::{
    Cell, CellKind, CellTest, Comparison, Hit, Name, Operand, Table, TableRow, Word,
};
use crate::token::TokenKind;

const HITS: [(&str, Hit); 7] = [
    ("exactly one row applies", Hit::ExactlyOne),
    ("first row that applies", Hit::First),
    ("rows that apply must agree", Hit::MustAgree),
    ("add up every row that applies", Hit::AddUp),
    ("highest of the rows that apply", Hit::Highest),
    ("lowest of the rows that apply", Hit::Lowest),
    ("count the rows that apply", Hit::Count),
];

/// `hit = "exactly one row applies" | "first row that applies" | ... | "count the rows that
/// apply" | "every row that applies, listed"`
pub(super) fn hit(input: Tokens<'_>) -> Read<'_, Hit> {
    let start = input.after("the").unwrap_or(input);
    let hit = HITS.iter().find_map(|&(words, hit)| Some((start.after(words)?, hit)));
    if let Some(hit) = hit {
        return Ok(hit);
    }
    let Some(rest) = start.after("every row that applies") else {
        return input.error(Mistake::Expected(Expected::Hit));
    };
    let (rest, _) = firm(token(TokenKind::Comma, Expected::Listed)(rest))?;
    let (rest, ()) = firm(words("listed", Expected::Listed)(rest))?;
    Ok((rest, Hit::Listed))
}

/// The tokens after `each slice at its own rate`.
pub(super) fn slices(input: Tokens<'_>) -> Option<Tokens<'_>> {
    input.after("each slice at its own rate")
}

/// Whether the words begin what says which rows apply.
pub(super) fn is_hit(input: Tokens<'_>) -> bool {
    slices(input).is_some() || !matches!(hit(input), Err(nom::Err::Error(_)))
}

/// The table of the block, cell by cell; every mistake is kept to be reported.
pub(super) fn table(input: Tokens<'_>) -> Table {
    let Some((heading, body)) = input.context.rows.split_first() else {
        let mistake = TableMistake::TableMissing { heading: span_of(input.slice()) };
        input.context.add_problem(TableProblem::Shape(mistake));
        return Table { columns: Vec::new(), rows: Vec::new(), span: span_of(input.slice()) };
    };
    if body.is_empty() {
        let mistake = TableMistake::RowsMissing { heading: heading.span };
        input.context.add_problem(TableProblem::Shape(mistake));
    }
    let columns = columns(heading).unwrap_or_else(|problem| {
        input.context.add_problem(problem);
        Vec::new()
    });
    let mut rows = Vec::with_capacity(body.len());
    for row in body {
        match table_row(input, (heading, &columns), row) {
            Ok(row) => rows.push(row),
            Err(problem) => input.context.add_problem(problem),
        }
    }
    let span = body.last().map_or(heading.span, |last| heading.span.to(last.span));
    Table { columns, rows, span }
}

fn columns(heading: &Row) -> Result<Vec<Name>, TableProblem> {
    let mut columns = Vec::with_capacity(heading.cells.len());
    for cell in &heading.cells {
        let words = without_article(&cell.tokens);
        if words.is_empty() {
            return Err(TableProblem::Shape(TableMistake::ColumnUnnamed { cell: cell.span }));
        }
        let name = Name { key: key_of(words), span: span_of(words) };
        columns.push(name);
    }
    Ok(columns)
}

/// A row below a heading and the names of its columns.
fn table_row(
    input: Tokens<'_>,
    (heading, names): (&Row, &[Name]),
    row: &Row,
) -> Result<TableRow, TableProblem> {
    let (columns, cells) = (heading.cells.len(), row.cells.len());
    if cells != columns {
        let (row, heading) = (row.span, heading.span);
        let mistake = match cells > columns {
            true => TableMistake::CellsTooMany { row, heading, columns, cells },
            false => TableMistake::CellsTooFew { row, heading, columns, cells },
        };
        return Err(TableProblem::Shape(mistake));
    }
    let is_otherwise = row.cells.iter().any(is_otherwise);
    let mut read = Vec::with_capacity(cells);
    for (place, cell) in row.cells.iter().enumerate() {
        let asked = names.get(place).map(|name| name.key.as_str());
        let kind = cell_kind(input, cell, asked)?;
        if kind == CellKind::Blank && !is_otherwise {
            return Err(TableProblem::Shape(TableMistake::CellBlank { cell: cell.span }));
        }
        read.push(Cell { kind, span: cell.span });
    }
    let citations = input.context.take_citations(row.line);
    Ok(TableRow { cells: read, is_otherwise, citations, span: row.span })
}

fn is_otherwise(cell: &RowCell) -> bool {
    matches!(cell.tokens.as_slice(), [word] if word.is_word("otherwise"))
}

/// A cell of the column that asks for this, or answers it.
fn cell_kind(
    input: Tokens<'_>,
    row_cell: &RowCell,
    asked: Option<&str>,
) -> Result<CellKind, TableProblem> {
    if row_cell.tokens.is_empty() || is_otherwise(row_cell) {
        return Ok(CellKind::Blank);
    }
    let span = row_cell.span;
    let after = Span { start: span.end, end: span.end };
    match cell(input.with(&row_cell.tokens, after), asked) {
        Ok((_, kind)) => Ok(kind),
        Err(nom::Err::Error(error) | nom::Err::Failure(error)) => {
            Err(TableProblem::Cell(error.mistake, error.span))
        }
        Err(nom::Err::Incomplete(_)) => {
            Err(TableProblem::Cell(Mistake::Expected(Expected::Cell), span))
        }
    }
}

/// `cell = "any" | "the rest" | [ "not" ] cell_test { "," cell_test }`
fn cell<'t>(input: Tokens<'t>, asked: Option<&str>) -> Read<'t, CellKind> {
    for (words, kind) in
        [("any", CellKind::Any), ("the rest", CellKind::Rest), ("rest", CellKind::Rest)]
    {
        if let Some(rest) = input.after(words).filter(|rest| rest.is_empty()) {
            return Ok((rest, kind));
        }
    }
    let comma = token(TokenKind::Comma, Expected::CellEnd);
    let (rest, is_not) = match input.after("not") {
        Some(rest) => (rest, true),
        None => (input, false),
    };
    let (rest, tests) = cut(separated_list1(comma, |input| cell_test(input, asked))).parse(rest)?;
    let (rest, ()) = end(Expected::CellEnd)(rest)?;
    Ok((rest, if is_not { CellKind::Not(tests) } else { CellKind::OneOf(tests) }))
}

/// `cell_test = comparison operand | operand [ "to" ["under"] operand | "or" ("more"|...) ]`
fn cell_test<'t>(input: Tokens<'t>, asked: Option<&str>) -> Read<'t, CellTest> {
    let is_word = input.word_length(asked).is_some();
    if let Some((comparison, rest)) = comparison(input).filter(|_| !is_word) {
        let (rest, operand) = firm(operand(rest, asked))?;
        return Ok((rest, CellTest::Compare(comparison, operand)));
    }
    let (rest, least) = match operand(input, asked) {
        Err(nom::Err::Error(_)) => return input.error(Mistake::Expected(Expected::Cell)),
        other => other?,
    };
    let past = past_words(rest);
    if matches!(least, Operand::Words(_)) && past.slice().len() < rest.slice().len() {
        let (key, span) = (key_until(input, past), input.span_until(past));
        return Ok((past, CellTest::Is(Operand::Words(Word { key, span }))));
    }
    if let Some(after) = after_to(rest) {
        if let Some((Comparison::Under, after)) = comparison(after) {
            let (after, end) = firm(operand(after, asked))?;
            return Ok((after, CellTest::RangeUnder(least, end)));
        }
        let (after, greatest) = firm(operand(after, asked))?;
        return Ok((after, CellTest::Range(least, greatest)));
    }
    Ok(match or_more(rest) {
        Some((comparison, after)) => (after, CellTest::Compare(comparison, least)),
        None => (rest, CellTest::Is(least)),
    })
}

/// The tokens after `to`, or after a long dash that stands for it.
pub(super) fn after_to(input: Tokens<'_>) -> Option<Tokens<'_>> {
    let is_dash = input.kind() == Some(TokenKind::LongDash);
    if is_dash { Some(input.skip(1)) } else { input.after("to") }
}
