//! Where the items of a list go: among the decisions, or among the rejects.

use core::fmt;
use std::collections::VecDeque;
use std::io::{self, Write};

use apportion::engine::decision::Decision;
use apportion::engine::program::{Item, ListId};
use apportion::policy::Policy;

use super::answers::{Answer, added};
use super::foresight::Foresight;
use super::items::{Held, ItemFile};
use super::rejects::{Reject, Rejects};
use super::row::Row;
use super::summary::Listed;
use super::{BUFFER, into_io_error};

/// Where the items of a list go.
pub struct ItemOutput<'a> {
    /// Takes each item of a case with a decision, with what is decided of it beside it.
    pub decided: Option<Box<dyn Write + 'a>>,
    /// Takes the items of cases without a decision, and those that belong to no case.
    pub rejects: &'a mut dyn Rejects,
}

impl fmt::Debug for ItemOutput<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_written = self.decided.is_some();
        f.debug_struct("ItemOutput").field("is_written", &is_written).finish_non_exhaustive()
    }
}

/// What came of the case of an item.
#[derive(Clone, Copy)]
pub(super) enum Came<'d> {
    /// The policy covers it, and this is its decision.
    Decided(&'d Decision),
    /// Not everything is known of it, and this is what can come of it.
    Foreseen(&'d Foresight<'d>),
    /// It has no answers: the policy does not cover it, or nobody wants them.
    Unanswered,
    /// It has no decision, and stands in this line.
    Rejected(u64),
}

/// The items of a list on their way out.
pub(super) struct ItemRows<'p, 'a> {
    policy: &'p Policy,
    list: ListId,
    answers: Vec<Answer>,
    output: Option<csv::Writer<Box<dyn Write + 'a>>>,
    rejects: &'a mut dyn Rejects,
    /// The rows of the block at hand that have not gone out.
    held: VecDeque<Held>,
    pub(super) counted: Listed,
    cell: Vec<u8>,
}

impl<'p, 'a> ItemRows<'p, 'a> {
    pub(super) fn new(
        policy: &'p Policy,
        file: &ItemFile<'p>,
        output: ItemOutput<'a>,
        allows_unknown: bool,
    ) -> io::Result<Self> {
        let answers = added(policy, Some(file.list), allows_unknown);
        let mut writer = output
            .decided
            .map(|decided| csv::WriterBuilder::new().buffer_capacity(BUFFER).from_writer(decided));
        if let Some(writer) = &mut writer {
            let given = file.columns.names.iter().map(String::as_str);
            let added = answers.iter().map(|answer| answer.name.as_str());
            writer.write_record(given.chain(added)).map_err(into_io_error)?;
        }
        Ok(ItemRows {
            policy,
            list: file.list,
            answers,
            output: writer,
            rejects: output.rejects,
            held: VecDeque::new(),
            counted: Listed::of(policy, file.list),
            cell: Vec::new(),
        })
    }

    /// Whether what is decided of each item is wanted.
    pub(super) fn is_written(&self) -> bool {
        self.output.is_some()
    }

    /// Takes over the rows that belong to the cases of a block.
    pub(super) fn begin(&mut self, held: Vec<Held>) {
        self.held = held.into();
    }

    /// The rows that were met at the next case to go out.
    pub(super) fn met(&self, lane: usize) -> impl Iterator<Item = &Held> {
        self.held.iter().take_while(move |held| held.lane == lane)
    }

    /// Lets the rows go that were met at one case.
    pub(super) fn write(&mut self, lane: usize, came: Came<'_>) -> io::Result<()> {
        while self.held.front().is_some_and(|held| held.lane == lane)
            && let Some(held) = self.held.pop_front()
        {
            match (held.item, came) {
                (Err(reject), _) => self.reject(&held.row, &reject)?,
                (Ok(_), Came::Rejected(line)) => {
                    let reason = format!("its case, in line {line}, has no decision");
                    self.reject(&held.row, &Reject::of_row(&held.row, reason))?;
                }
                (Ok(index), came) => self.accept(&held.row, index, came)?,
            }
        }
        Ok(())
    }

    pub(super) fn reject(&mut self, row: &Row, reject: &Reject) -> io::Result<()> {
        self.counted.count(false);
        self.rejects.reject(reject, &mut row.iter())
    }

    fn accept(&mut self, row: &Row, index: u32, came: Came<'_>) -> io::Result<()> {
        self.counted.count(true);
        let item = Item { list: self.list, index };
        let Some(output) = &mut self.output else { return Ok(()) };
        let foreseen = match came {
            Came::Foreseen(foresight) => foresight.of_item(item),
            _ => None,
        };
        row.iter().try_for_each(|given| output.write_field(given)).map_err(into_io_error)?;
        for answer in &self.answers {
            self.cell.clear();
            match (came, &foreseen) {
                (Came::Decided(decision), _) => {
                    answer.write_of_item(self.policy, decision, item, &mut self.cell);
                }
                (_, Some(foreseen)) => foreseen.write(answer, &mut self.cell),
                _ => {}
            }
            output.write_field(&self.cell).map_err(into_io_error)?;
        }
        output.write_record(None::<&[u8]>).map_err(into_io_error)
    }

    /// Writes out what is held back.
    pub(super) fn finish(self) -> io::Result<Listed> {
        self.output.map_or(Ok(()), |mut output| output.flush())?;
        Ok(self.counted)
    }
}
