//! The items of all lists beside their cases.

use std::io;

use apportion::engine::block::{Block, LANES};
use apportion::engine::case::Case;
use apportion::engine::decision::Decision;
use apportion::policy::Policy;

use super::fate::{Fate, Standing};
use super::foresight::Foresight;
use super::item_rows::{Came, ItemOutput, ItemRows};
use super::items::ItemFile;
use super::keys::{Fault, Keys, key};
use super::mistake::CaseloadError;
use super::rejects::Reject;
use super::row::Row;
use super::summary::Summary;

/// How many rows of items are held before a block is decided, with fewer cases than it has room
/// for.
const MOST_HELD: usize = 1 << 13;

/// How much they may weigh.
const MOST_WEIGHT: usize = 1 << 22;

/// What joins items to their cases.
#[derive(Debug, Default)]
pub(super) struct Join {
    /// Which column of the cases.
    pub(super) column: usize,
    /// What stands in it, case by case.
    pub(super) keys: Keys,
}

/// The files of items, and where each of their rows goes.
pub(super) struct Joined<'p, 'a> {
    join: Join,
    files: Vec<(ItemFile<'p>, ItemRows<'p, 'a>)>,
    /// To read a case of a block with its items.
    decision: Decision,
    /// The place among all cases of the first one in the block.
    first: u32,
}

impl<'p, 'a> Joined<'p, 'a> {
    pub(super) fn new(
        policy: &'p Policy,
        join: Join,
        files: Vec<ItemFile<'p>>,
        outputs: Vec<ItemOutput<'a>>,
        allows_unknown: bool,
    ) -> io::Result<Self> {
        if files.len() != outputs.len() {
            return Err(io::Error::other("every file of items has a place to go"));
        }
        let written = files.into_iter().zip(outputs).map(|(file, output)| {
            let rows = ItemRows::new(policy, &file, output, allows_unknown)?;
            Ok((file, rows))
        });
        let files = written.collect::<io::Result<_>>()?;
        Ok(Joined { join, files, decision: Decision::new(policy.program()), first: 0 })
    }

    /// Holds the items of the case in a lane.
    pub(super) fn hold(&mut self, lane: usize, case: &Row) -> Result<(), CaseloadError> {
        let place = self.place(lane);
        for (file, _) in &mut self.files {
            file.hold(lane, place, key(case, self.join.column), &self.join.keys)?;
        }
        Ok(())
    }

    /// Whether so much is held that the block is decided as it is.
    pub(super) fn is_full(&self) -> bool {
        let files = || self.files.iter().map(|(file, _)| file);
        let weight: usize = files().map(ItemFile::weight).sum();
        files().map(ItemFile::held).sum::<usize>() >= MOST_HELD || weight >= MOST_WEIGHT
    }

    /// Puts the items into a block. Cases that lack theirs are rejected.
    pub(super) fn fill(
        &mut self,
        cases: &[Row],
        block: &mut Block,
        standings: &mut [Standing<Reject>],
    ) {
        for (lane, (case, standing)) in cases.iter().zip(&mut *standings).enumerate() {
            standing.reject(|| self.fault(self.place(lane), case));
        }
        for (file, _) in &self.files {
            // The block was made for this very policy, which has the list.
            let _ = block.clear_items(file.list);
        }
        for (file, rows) in &mut self.files {
            file.fill(cases, block, standings);
            rows.begin(file.take_held());
        }
    }

    /// States the items of the next case to go out.
    pub(super) fn state(&mut self, lane: usize, case: &mut Case) -> Result<(), Reject> {
        let mut files = self.files.iter_mut();
        files.try_for_each(|(file, rows)| file.state(rows.met(lane), case))
    }

    /// Lets the items of one case go.
    pub(super) fn write(
        &mut self,
        lane: usize,
        block: &Block,
        fate: &Fate<Reject>,
        foresight: &Foresight<'_>,
    ) -> io::Result<()> {
        let is_wanted = self.files.iter().any(|(_, rows)| rows.is_written());
        let came = match (fate, fate.reject()) {
            (_, Some(reject)) => Came::Rejected(reject.line),
            (Fate::Decided, None) if is_wanted => {
                let read = block.read_lane(lane, &mut self.decision);
                read.ok_or_else(|| io::Error::other("a block lacks a decision"))?;
                Came::Decided(&self.decision)
            }
            (Fate::Foreseen, None) if is_wanted => Came::Foreseen(foresight),
            _ => Came::Unanswered,
        };
        self.files.iter_mut().try_for_each(|(_, rows)| rows.write(lane, came))
    }

    /// Goes on to the cases of the next block.
    pub(super) fn next_block(&mut self, cases: usize) {
        // A block has few lanes, and the keys were counted in as many bits.
        self.first = self.first.saturating_add(u32::try_from(cases).unwrap_or(u32::MAX));
    }

    /// Lets the items go that are left after the last case, and notes the count of all.
    pub(super) fn finish(self, summary: &mut Summary) -> Result<(), CaseloadError> {
        for (mut file, mut rows) in self.files {
            while let Some((row, reject)) = file.left(&self.join.keys)? {
                rows.reject(&row, &reject)?;
            }
            let of_file = rows.finish()?;
            if let Some(listed) = summary.lists.get_mut(file.list.index()) {
                listed.add(&of_file);
            }
        }
        Ok(())
    }

    fn place(&self, lane: usize) -> u32 {
        self.first.saturating_add(u32::try_from(lane.min(LANES)).unwrap_or(u32::MAX))
    }

    /// What is wrong with the key of a case.
    fn fault(&self, place: u32, case: &Row) -> Option<Reject> {
        let (file, _) = self.files.first()?;
        let reason = match self.join.keys.fault(place) {
            _ if key(case, self.join.column).is_empty() => {
                format!("nothing joins the case with its {}", file.name())
            }
            Some(Fault::Repeated) => "another case has the same key".to_string(),
            Some(fault) => self.files.iter().find_map(|(file, _)| file.says(fault))?,
            None => return None,
        };
        Some(Reject::of_row(case, reason))
    }
}
