//! Rows with their decisions beside them, on their way out.

use std::io::{self, Write};

use apportion::engine::block::{Block, LANES};
use apportion::engine::case::Case;
use apportion::policy::Policy;

use super::answers::{Answer, View, added};
use super::cells::Cells;
use super::columns::Columns;
use super::fate::{Fate, Standing};
use super::foresight::{self, Foresight};
use super::joined::Joined;
use super::rejects::{Reject, Rejects};
use super::row::Row;
use super::summary::Summary;
use super::{BUFFER, into_io_error};

/// Rows with their decisions beside them, on their way out.
pub(super) struct Decisions<'p, W: Write> {
    policy: &'p Policy,
    answers: Vec<Answer>,
    output: csv::Writer<W>,
    summary: Summary,
    foresight: Foresight<'p>,
    cell: Vec<u8>,
}

impl<'p, W: Write> Decisions<'p, W> {
    pub(super) fn new(
        policy: &'p Policy,
        columns: &Columns,
        allows_unknown: bool,
        output: W,
    ) -> io::Result<Self> {
        let answers = added(policy, None, allows_unknown);
        let mut output =
            csv::WriterBuilder::new().flexible(true).buffer_capacity(BUFFER).from_writer(output);
        let given = columns.names.iter().map(String::as_str);
        let added = answers.iter().map(|answer| answer.name.as_str());
        output.write_record(given.chain(added)).map_err(into_io_error)?;
        let (summary, foresight) = (Summary::new(policy), Foresight::new(policy, allows_unknown));
        Ok(Decisions { policy, answers, output, summary, foresight, cell: Vec::new() })
    }

    /// Writes the rows of a decided block, each among the decisions or among the rejects.
    pub(super) fn write(
        &mut self,
        rows: &[Row],
        standings: Vec<Standing<Reject>>,
        block: &Block,
        cells: &mut Cells<'_>,
        items: &mut Joined<'_, '_>,
        rejects: &mut dyn Rejects,
    ) -> io::Result<()> {
        let views: Option<Vec<View<'_>>> =
            self.answers.iter().map(|answer| answer.view(self.policy, block)).collect();
        let views = views.ok_or_else(|| io::Error::other("a block lacks an answer"))?;
        let mut covered = [false; LANES];
        let lanes = rows.iter().zip(standings).zip(&mut covered).enumerate();
        for (lane, ((row, standing), covered)) in lanes {
            let outcome = block.outcome(lane);
            let mut own = CaseRow { row, lane, cells, items };
            let fate = self.foresight.fate(&mut own, standing, outcome);
            items.write(lane, block, &fate, &self.foresight)?;
            self.summary.count(&fate);
            let (output, cell) = (&mut self.output, &mut self.cell);
            match fate {
                Fate::NotSettled(reject) | Fate::Rejected(reject) => {
                    rejects.reject(&reject, &mut row.iter())?;
                }
                Fate::Decided => {
                    *covered = true;
                    write_row(output, cell, row, &views, |view, cell| view.write(lane, cell))?;
                }
                Fate::NotCovered => {
                    write_row(output, cell, row, &views, View::write_not_covered)?;
                }
                Fate::Foreseen => {
                    let foresight = &self.foresight;
                    self.summary.foresee(self.policy, foresight.outlook());
                    write_row(output, cell, row, &self.answers, |answer, cell| {
                        foresight.write(answer, cell);
                    })?;
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

/// A row of cells, whose items are the next to go out.
struct CaseRow<'r, 'p, 'i, 'o> {
    row: &'r Row,
    lane: usize,
    cells: &'r mut Cells<'p>,
    items: &'r mut Joined<'i, 'o>,
}

impl foresight::Row for CaseRow<'_, '_, '_, '_> {
    type Reject = Reject;

    fn state(&mut self, case: &mut Case) -> Result<(), Reject> {
        self.cells.state(self.row, case, None)?;
        self.items.state(self.lane, case)
    }

    fn reject(&self, fact: Option<&str>, reason: String) -> Reject {
        match fact.and_then(|fact| self.cells.name(fact)) {
            Some(column) => Reject::in_cell(self.row, column, reason),
            None => Reject::of_row(self.row, reason),
        }
    }
}

/// Writes a row and its answers.
fn write_row<W: Write, A>(
    output: &mut csv::Writer<W>,
    cell: &mut Vec<u8>,
    row: &Row,
    answers: &[A],
    write: impl Fn(&A, &mut Vec<u8>),
) -> io::Result<()> {
    row.iter().try_for_each(|given| output.write_field(given)).map_err(into_io_error)?;
    for answer in answers {
        cell.clear();
        write(answer, cell);
        output.write_field(&cell).map_err(into_io_error)?;
    }
    output.write_record(None::<&[u8]>).map_err(into_io_error)
}
