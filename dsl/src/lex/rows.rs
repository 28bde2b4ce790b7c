//! Rows of tables: their bars and cells.

use alloc::vec::Vec;

use super::RowCell;
use crate::source::Span;
use crate::token::{Token, TokenKind, plain};

/// `|---|:--|`: the line under the heading of a table.
pub(super) fn is_separator(line: &str) -> bool {
    let mut bars = line.chars().map(plain).filter(|c| !c.is_whitespace());
    line.contains("--") && bars.all(|c| matches!(c, '|' | '-' | ':' | '+'))
}

/// The cells of a row: what stands after each bar but the last.
pub(super) fn cells(tokens: Vec<Token>) -> Vec<RowCell> {
    let bars = tokens.iter().filter(|token| token.kind == TokenKind::Bar).count();
    let mut cells: Vec<RowCell> = Vec::with_capacity(bars);
    for token in tokens {
        let span = token.span;
        if token.kind == TokenKind::Bar {
            end_cell(&mut cells, span.start);
            let after = Span { start: span.end, end: span.end };
            cells.push(RowCell { tokens: Vec::new(), span: after });
        } else if let Some(cell) = cells.last_mut() {
            cell.span = cell.tokens.first().map_or(span, |first| first.span.to(span));
            cell.tokens.push(token);
        }
    }
    // What follows the last bar is a cell only where something stands there.
    if cells.last().is_some_and(|last| last.tokens.is_empty()) {
        cells.pop();
    }
    cells.shrink_to_fit();
    cells
}

fn end_cell(cells: &mut [RowCell], end: u32) {
    if let Some(cell) = cells.last_mut().filter(|cell| cell.tokens.is_empty()) {
        cell.span.end = end;
    }
}
