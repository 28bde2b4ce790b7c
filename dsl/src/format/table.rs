//! Tables: bars in line, numbers and shares to the right.

use alloc::string::String;
use alloc::vec::Vec;

use super::layout::Line;
use super::paragraph::cite;
use super::spelling::{Reading, is_parted, spelled};
use crate::lex::{Row, RowCell};
use crate::token::{Token, TokenKind};

/// A row, and what stands above, beside and below it.
pub(super) struct RowLine {
    pub(super) row: Row,
    pub(super) above: Vec<Line>,
    pub(super) citations: Vec<String>,
    pub(super) comments: Vec<String>,
    pub(super) below: Vec<Line>,
}

/// The lines of a table, so far from the left.
pub(super) fn table(rows: Vec<RowLine>, text: &str, indent: usize) -> Vec<Line> {
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|it| it.row.cells.iter().map(|cell| cell_text(cell, text)).collect())
        .collect();
    let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
    let layout: Vec<Column> = (0..columns)
        .map(|place| {
            let widths = cells.iter().filter_map(|row| row.get(place));
            let width = widths.map(|cell| cell.chars().count()).max().unwrap_or(0);
            let body = rows.iter().skip(1).filter_map(|it| it.row.cells.get(place));
            Column { width, is_right: is_right(body) }
        })
        .collect();
    let lines = rows.into_iter().zip(&cells).flat_map(|(row, cells)| {
        let line = Line::all(Vec::from([line(&row, cells, &layout, indent)]));
        row.above.into_iter().chain(line).chain(row.below)
    });
    lines.collect()
}

struct Column {
    width: usize,
    /// Whether its cells stand to the right.
    is_right: bool,
}

fn line(row: &RowLine, cells: &[String], layout: &[Column], indent: usize) -> String {
    let mut line = alloc::format!("{:indent$}|", "");
    for (cell, &Column { width, is_right }) in cells.iter().zip(layout) {
        line.push_str(&match is_right {
            true => alloc::format!(" {cell:>width$} |"),
            false => alloc::format!(" {cell:width$} |"),
        });
    }
    if !row.citations.is_empty() {
        cite(&mut line, &row.citations.join("; "));
    }
    for comment in &row.comments {
        line.push_str("  ");
        line.push_str(comment);
    }
    line
}

fn cell_text(cell: &RowCell, text: &str) -> String {
    let mut written = String::new();
    let mut before: Option<&Token> = None;
    for token in &cell.tokens {
        if before.is_some_and(|before| is_parted(before, token, Reading::Range)) {
            written.push(' ');
        }
        written.push_str(&spelled(before, token, text, Reading::Range));
        before = Some(token);
    }
    written
}

/// Whether the cells below a heading are all numbers, amounts or shares, or blank.
fn is_right<'r>(cells: impl Iterator<Item = &'r RowCell>) -> bool {
    let mut has_number = false;
    for cell in cells {
        match cell.tokens.as_slice() {
            [] => {}
            [word] if word.is_word("otherwise") => {}
            [the, rest] if the.is_word("the") && rest.is_word("rest") => {}
            [number] if is_number(number) => has_number = true,
            // `£3,500.00 a year`
            [number, a, _] if is_number(number) && a.is_article() => has_number = true,
            _ => return false,
        }
    }
    has_number
}

fn is_number(token: &Token) -> bool {
    matches!(
        token.kind,
        TokenKind::Number | TokenKind::Money | TokenKind::Percent | TokenKind::Fraction
    )
}
