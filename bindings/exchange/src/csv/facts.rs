//! The rows of cases into the lanes of a block.

use apportion::engine::block::Block;
use apportion::engine::program::FactId;
use apportion::engine::value::Value;

use super::cells::{Cells, Said};
use super::fate::Standing;
use super::rejects::Reject;
use super::row::Row;

/// Puts row after row into lane after lane, and says what is to become of each: which are no
/// cases, by their first mistake in the order of the columns, and of which something is not known.
pub(super) fn fill(
    cells: &mut Cells<'_>,
    rows: &[Row],
    block: &mut Block,
) -> Vec<Standing<Reject>> {
    let standing = |row| cells.no_row(row).map_or(Standing::Whole, Standing::Rejected);
    let mut standings: Vec<Standing<Reject>> = rows.iter().map(standing).collect();
    for (place, fact) in cells.facts().into_iter().enumerate() {
        for (lane, (row, standing)) in rows.iter().zip(&mut standings).enumerate() {
            if standing.is_rejected() {
                continue;
            }
            match cells.said(place, row) {
                Ok(said) if said.is_lacking() => standing.open(),
                Ok(said) => take(block, fact, lane, said),
                Err(mistake) => *standing = Standing::Rejected(mistake),
            }
        }
    }
    standings
}

/// Takes what a cell says of a fact into a lane.
fn take(block: &mut Block, fact: FactId, lane: usize, said: Said) {
    if let Some(value) = said.value() {
        store(block, fact, lane, value);
    }
    set(block.said_mut(fact), lane, said.as_byte());
}

fn store(block: &mut Block, fact: FactId, lane: usize, value: Value) {
    match value {
        Value::YesNo(truth) => set(block.bytes_mut(fact), lane, u8::from(truth)),
        Value::Word(word) => set(block.bytes_mut(fact), lane, word),
        Value::Date(day) => set(block.dates_mut(fact), lane, day.packed()),
        Value::Amount(steps) => set(block.amounts_mut(fact), lane, steps),
    }
}

/// States a fact of the item at one place of a lane.
pub(crate) fn store_item(block: &mut Block, fact: FactId, item: u32, lane: usize, value: Value) {
    match value {
        Value::YesNo(truth) => set(block.item_bytes_mut(fact, item), lane, u8::from(truth)),
        Value::Word(word) => set(block.item_bytes_mut(fact, item), lane, word),
        Value::Date(day) => set(block.item_dates_mut(fact, item), lane, day.packed()),
        Value::Amount(steps) => set(block.item_amounts_mut(fact, item), lane, steps),
    }
}

fn set<T, const N: usize>(column: Option<&mut [T; N]>, lane: usize, value: T) {
    if let Some(place) = column.and_then(|column| column.get_mut(lane)) {
        *place = value;
    }
}
