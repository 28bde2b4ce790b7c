//! A second file: the items of one list, in the same order as their cases.

use core::fmt;
use core::mem;
use std::io::{self, Read, Seek};

use apportion::engine::block::Block;
use apportion::engine::case::Case;
use apportion::engine::program::{FactId, ListId};
use apportion::policy::Policy;

use super::cells::Cells;
use super::columns::{About, Carry, Columns};
use super::facts::store_item;
use super::fate::Standing;
use super::heading::{no_names, other_separator};
use super::keys::{Fault, Keys, key};
use super::mistake::CaseloadError;
use super::rejects::Reject;
use super::row::Row;
use super::rows::Rows;

/// How many rows may belong to one case, or stand before its own and belong to none.
const MOST_OF_A_CASE: usize = 1 << 16;

/// How much these rows may weigh.
const MOST_WEIGHT: usize = 24 << 20;

/// Something to read twice.
trait Source: Read + Seek {}

impl<S: Read + Seek> Source for S {}

/// The items of one list of a caseload. Its columns are settled, and its rows still to be read.
pub struct ItemFile<'p> {
    policy: &'p Policy,
    pub(super) list: ListId,
    pub(super) columns: Columns,
    /// Which column joins an item to its case.
    join: usize,
    rows: Option<Rows<Box<dyn Source + 'p>>>,
    /// The next row, which was looked at and not taken.
    next: Option<Row>,
    cells: Cells<'p>,
    /// The rows that belong to the cases of the block at hand, in their order.
    held: Vec<Held>,
    /// How much they weigh.
    weight: usize,
}

/// A row of items, and what came of it.
#[derive(Debug)]
pub(super) struct Held {
    /// The lane of the case at which it was met.
    pub(super) lane: usize,
    pub(super) row: Row,
    /// Its place among the items of the lane, or why it is none.
    pub(super) item: Result<u32, Reject>,
    /// Whether it belongs to the case.
    is_own: bool,
}

impl fmt::Debug for ItemFile<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemFile").field("list", &self.list).finish_non_exhaustive()
    }
}

impl<'p> ItemFile<'p> {
    /// Reads the names of the columns and settles what each gives. `join` is the text fact of the
    /// case that says to which case an item belongs.
    ///
    /// # Errors
    ///
    /// Returns every column that stands in the way, or why nothing can be read.
    pub fn open(
        policy: &'p Policy,
        list: ListId,
        join: FactId,
        input: impl Read + Seek + 'p,
        carry: &Carry,
    ) -> Result<Self, CaseloadError> {
        let input: Box<dyn Source + 'p> = Box::new(input);
        let (mut rows, names) = Rows::begin(input)?;
        let alone = |mistake| CaseloadError::Columns(vec![mistake]);
        if let Some(mistake) = other_separator(policy, &names) {
            return Err(alone(mistake));
        }
        let first = names.clone();
        let about = About::Items { list, join: Some(join) };
        let columns = Columns::plan(policy, about, names, carry).map_err(|mistakes| {
            let whole = no_names(policy, &first, &mut rows);
            whole.map_or(CaseloadError::Columns(mistakes), alone)
        })?;
        let join = columns.join(policy, join).map_err(alone)?;
        let cells = Cells::new(policy, &columns);
        let (rows, next, held, weight) = (Some(rows), None, Vec::new(), 0);
        Ok(ItemFile { policy, list, columns, join, rows, next, cells, held, weight })
    }

    /// The names of the columns as written.
    pub fn columns(&self) -> &[String] {
        &self.columns.names
    }

    /// The list, in the plural.
    pub fn name(&self) -> &'p str {
        self.policy.lists().get(self.list.index()).map_or("", |list| &list.plural)
    }

    /// Reads which item belongs to which case, and begins again.
    pub(super) fn follow(&mut self, keys: &mut Keys) -> Result<(), CaseloadError> {
        let read = self.rows.take().map_or(Ok(None), |mut rows| {
            keys.follow(self.list, &mut rows, self.join)?;
            rows.again().map(Some)
        });
        self.rows = read.map_err(|error| self.not_read(error))?;
        Ok(())
    }

    /// Holds the items of the next case, and the rows before them that belong to none.
    pub(super) fn hold(
        &mut self,
        lane: usize,
        place: u32,
        own: &[u8],
        keys: &Keys,
    ) -> Result<(), CaseloadError> {
        let (start, lightest) = (self.held.len(), self.weight);
        while let Some(row) = self.next_row()? {
            let key = key(&row, self.join);
            let belongs = keys.place(key);
            if belongs.is_some_and(|belongs| belongs > place) {
                self.next = Some(row);
                break;
            }
            let is_own = belongs == Some(place) && key == own;
            let item = if is_own { Ok(0) } else { Err(self.of_no_case(&row, belongs)) };
            if self.held.len() - start >= MOST_OF_A_CASE {
                let reason = "there are more than 65,536 rows one after the other that belong to one case, or to none";
                return Err(self.not_read(io::Error::other(reason)));
            }
            self.weight += row.weight();
            if self.weight - lightest > MOST_WEIGHT {
                let line = row.line;
                let reason = format!(
                    "up to line {line} there are more than 12 MiB of rows one after the other that belong to one case, or to none"
                );
                return Err(self.not_read(io::Error::other(reason)));
            }
            self.held.push(Held { lane, row, item, is_own });
        }
        Ok(())
    }

    /// How many rows are held.
    pub(super) fn held(&self) -> usize {
        self.held.len()
    }

    /// How much they weigh.
    pub(super) fn weight(&self) -> usize {
        self.weight
    }

    /// Puts the items that are held into a block. A case with a bad item is no case.
    pub(super) fn fill(
        &mut self,
        cases: &[Row],
        block: &mut Block,
        standings: &mut [Standing<Reject>],
    ) {
        let mut held = mem::take(&mut self.held);
        for held in held.iter_mut().filter(|held| held.is_own) {
            let (Some(case), Some(standing)) = (cases.get(held.lane), standings.get_mut(held.lane))
            else {
                continue;
            };
            held.item = self.add(held, block, standing);
            if let Err(mistake) = &held.item {
                standing.reject(|| Some(Reject::of_row(case, self.names_place(mistake))));
            }
        }
        self.held = held;
    }

    /// States in a case what the rows say that belong to it.
    pub(super) fn state<'h>(
        &mut self,
        held: impl Iterator<Item = &'h Held>,
        case: &mut Case,
    ) -> Result<(), Reject> {
        // The case was made for this very policy, which has the list.
        let _ = case.state_items(self.list);
        for held in held.filter(|held| held.is_own) {
            let item = case.add_item(self.list);
            let item = item.map_err(|error| Reject::of_row(&held.row, error.to_string()))?;
            self.cells.state(&held.row, case, Some(item))?;
        }
        Ok(())
    }

    fn add(
        &mut self,
        held: &Held,
        block: &mut Block,
        standing: &mut Standing<Reject>,
    ) -> Result<u32, Reject> {
        let (row, lane) = (&held.row, held.lane);
        if let Some(mistake) = self.cells.no_row(row) {
            return Err(mistake);
        }
        let item = block.add_item(self.list, lane).ok_or_else(|| {
            let most = self.policy.lists().get(self.list.index()).map_or(0, |list| list.most);
            Reject::of_row(row, format!("a case has at most {most} {}", self.name()))
        })?;
        for (place, fact) in self.cells.facts().into_iter().enumerate() {
            match self.cells.said(place, row)?.value() {
                Some(value) => store_item(block, fact, item, lane, value),
                None => standing.open(),
            }
        }
        Ok(item)
    }

    /// Why a case has no decision whose items stand elsewhere than they should.
    pub(super) fn says(&self, fault: Fault) -> Option<String> {
        let is_own = fault == Fault::OutOfOrder(self.list);
        is_own.then(|| format!("some of its {} stand behind those of a later case", self.name()))
    }

    /// Takes the next row that is left after the last case.
    pub(super) fn left(&mut self, keys: &Keys) -> Result<Option<(Row, Reject)>, CaseloadError> {
        let Some(row) = self.next_row()? else { return Ok(None) };
        let reject = self.of_no_case(&row, keys.place(key(&row, self.join)));
        Ok(Some((row, reject)))
    }

    /// The rows that are held, of which the file lets go.
    pub(super) fn take_held(&mut self) -> Vec<Held> {
        self.weight = 0;
        mem::take(&mut self.held)
    }

    fn next_row(&mut self) -> Result<Option<Row>, CaseloadError> {
        if let Some(row) = self.next.take() {
            return Ok(Some(row));
        }
        let mut row = Row::default();
        let read = self.rows.as_mut().map_or(Ok(false), |rows| rows.read(&mut row));
        Ok(read.map_err(|error| self.not_read(error))?.then_some(row))
    }

    fn not_read(&self, error: io::Error) -> CaseloadError {
        CaseloadError::ReadItems { list: self.name().to_string(), error }
    }

    /// Why a row belongs to no case, or not here.
    fn of_no_case(&self, row: &Row, belongs: Option<u32>) -> Reject {
        let name = self.columns.names.get(self.join).map_or("", String::as_str);
        let reason = match belongs {
            _ if key(row, self.join).is_empty() => "the item does not say to which case it belongs",
            None => "no case has this key",
            Some(_) => "the item stands behind those of a later case",
        };
        Reject::in_cell(row, name, reason.to_string())
    }

    /// What is wrong with an item, said of its case.
    fn names_place(&self, mistake: &Reject) -> String {
        let Reject { line, column, reason } = mistake;
        let list = self.name();
        match column {
            Some(column) => format!("line {line} of its {list}, column `{column}`: {reason}"),
            None => format!("line {line} of its {list}: {reason}"),
        }
    }
}
