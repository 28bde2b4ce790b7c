//! Rows with their decisions beside them, on their way out.

use std::io::{self, Write};

use apportion::engine::block::{Block, LANES, Outcome};
use apportion::policy::Policy;
use csv::ByteRecord;

use super::answers::{Answer, View, answers};
use super::columns::Columns;
use super::joined::Joined;
use super::rejects::{Reject, Rejects};
use super::summary::Summary;
use super::{BUFFER, into_io_error};

/// Rows with their decisions beside them, on their way out.
pub(super) struct Decisions<'p, W: Write> {
    policy: &'p Policy,
    answers: Vec<Answer>,
    output: csv::Writer<W>,
    summary: Summary,
    cell: Vec<u8>,
}

impl<'p, W: Write> Decisions<'p, W> {
    pub(super) fn new(policy: &'p Policy, columns: &Columns, output: W) -> io::Result<Self> {
        let answers = answers(policy, None);
        let mut output =
            csv::WriterBuilder::new().flexible(true).buffer_capacity(BUFFER).from_writer(output);
        let given = columns.names.iter().map(String::as_str);
        let added = answers.iter().map(|answer| answer.name.as_str());
        output.write_record(given.chain(added)).map_err(into_io_error)?;
        let summary = Summary::new(policy);
        Ok(Decisions { policy, answers, output, summary, cell: Vec::new() })
    }

    /// Writes the rows of a decided block; those with a reason against them are rejects.
    pub(super) fn write(
        &mut self,
        rows: &[ByteRecord],
        reasons: Vec<Option<Reject>>,
        block: &Block,
        rejects: &mut dyn Rejects,
        items: &mut Joined<'_, '_>,
    ) -> io::Result<()> {
        let views: Option<Vec<View<'_>>> =
            self.answers.iter().map(|answer| answer.view(self.policy, block)).collect();
        let views = views.ok_or_else(|| io::Error::other("a block lacks an answer"))?;
        let mut covered = [false; LANES];
        let lanes = rows.iter().zip(reasons).zip(&mut covered).enumerate();
        for (lane, ((row, reason), covered)) in lanes {
            self.summary.cases += 1;
            let outcome = block.outcome(lane);
            let reason = reason.or_else(|| refused(self.policy, row, outcome));
            items.write(lane, block, reason.as_ref())?;
            match reason {
                Some(reject) => {
                    self.summary.rejected += 1;
                    rejects.reject(&reject, &mut row.iter())?;
                }
                None => {
                    self.summary.accepted += 1;
                    *covered = outcome == Some(Outcome::Decided);
                    self.summary.not_covered += u64::from(!*covered);
                    let (output, cell) = (&mut self.output, &mut self.cell);
                    write_row(output, cell, row, &views, covered.then_some(lane))?;
                }
            }
        }
        self.summary.add(block, &covered);
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<Summary> {
        self.output.flush()?;
        Ok(self.summary)
    }
}

/// Why the policy refuses a case that fits its declarations.
fn refused(policy: &Policy, row: &ByteRecord, outcome: Option<Outcome>) -> Option<Reject> {
    let reason = match outcome {
        Some(Outcome::Decided | Outcome::NotCovered) => return None,
        Some(Outcome::Refused { refusal, item }) => policy.refused(refusal, item).to_string(),
        // Texts are read within the bounds of their facts.
        Some(Outcome::OutOfBounds { .. }) | None => "a fact is out of bounds".to_string(),
    };
    Some(Reject::of_row(row, reason))
}

/// Writes a row and its answers; only that it is not covered where it has no lane.
fn write_row<W: Write>(
    output: &mut csv::Writer<W>,
    cell: &mut Vec<u8>,
    row: &ByteRecord,
    views: &[View<'_>],
    lane: Option<usize>,
) -> io::Result<()> {
    row.iter().try_for_each(|given| output.write_field(given)).map_err(into_io_error)?;
    for view in views {
        cell.clear();
        match (lane, view) {
            (Some(lane), view) => view.write(lane, cell),
            (None, View::Covered) => cell.extend_from_slice(b"no"),
            (None, _) => {}
        }
        output.write_field(&cell).map_err(into_io_error)?;
    }
    output.write_record(None::<&[u8]>).map_err(into_io_error)
}
