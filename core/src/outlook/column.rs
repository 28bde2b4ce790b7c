//! What is asked of a case, or of one item of it, and where the answers stand.

use alloc::vec::Vec;

use super::Question;
use super::ranged::Ends;
use crate::block::Block;
use crate::lanes::SlotMissing;
use crate::program::{AnySlot, ByteSlot, ConclusionId, Item, Line, Program, ValueId};
use crate::range::{ByteSet, Span};
use crate::ranges::{Amounts, Bytes, Causes, Ranges};

/// Where the answer to a question stands.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) question: Question,
    source: Source,
    /// A truth: there is an answer.
    given: Option<ByteSlot>,
    /// The item that is asked about.
    item: Option<Item>,
}

#[derive(Clone, Debug)]
enum Source {
    Slot(AnySlot),
    /// What these lines of an item add up to.
    Lines(Vec<Line>),
}

/// What kind of numbers stand for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Byte,
    Date,
    Amount,
}

/// What is asked of every case; or of an item, of which the program says these conclusions and values.
pub(super) fn columns(program: &Program, item: Option<Item>, said: &[Question]) -> Vec<Column> {
    let answers = program.answers();
    let column = |question, source, given| Column { question, source, given, item };
    let slot = |question, slot, given| column(question, Source::Slot(slot), given);
    let conclusions = (0..).map(ConclusionId).zip(&answers.conclusions);
    let values = (0..).map(ValueId).zip(&answers.values);
    let mut columns: Vec<Column> = Vec::new();
    columns.extend(
        conclusions.map(|(id, truth)| slot(Question::Conclusion(id), AnySlot::Byte(*truth), None)),
    );
    columns
        .extend(values.map(|(id, value)| slot(Question::Value(id), value.slot, Some(value.given))));
    // What is said of each item is not one answer about the case.
    let is_of_case = |slot: AnySlot| !program.lists().iter().any(|list| list.has(slot));
    columns.retain(|it| match item {
        Some(_) => said.contains(&it.question),
        None => {
            let slots = [it.slot(), it.given.map(AnySlot::Byte)];
            slots.into_iter().flatten().all(is_of_case)
        }
    });
    if let Some(item) = item {
        let payments = payments(program, item).into_iter();
        columns
            .extend(payments.map(|(question, lines)| column(question, Source::Lines(lines), None)));
        return columns;
    }
    let amount = |question, pence, given| slot(question, AnySlot::Amount(pence), given);
    let truth = |question, made| slot(question, AnySlot::Byte(made), None);
    let totals = answers.totals.iter();
    columns.extend(
        totals.map(|total| amount(Question::Pays(total.party, total.unit), total.pence, None)),
    );
    let referrals = answers.referrals.iter().enumerate();
    columns.extend(referrals.map(|(place, it)| truth(Question::Referred(place), it.made)));
    for (place, awaited) in answers.awaiting.iter().enumerate() {
        columns.push(truth(Question::Awaits(place), awaited.made));
        columns.push(amount(Question::Awaited(place), awaited.pence, Some(awaited.made)));
    }
    columns
}

/// The lines of each party and unit of an item's list.
fn payments(program: &Program, item: Item) -> Vec<(Question, Vec<Line>)> {
    let mut payments: Vec<(Question, Vec<Line>)> = Vec::new();
    let lines = program.answers().lines.iter();
    for line in lines.filter(|line| line.list == Some(item.list)) {
        let question = Question::Pays(line.party, line.unit);
        match payments.iter_mut().find(|(known, _)| *known == question) {
            Some((_, lines)) => lines.push(*line),
            None => payments.push((question, [*line].into())),
        }
    }
    payments.sort_by_key(|(question, _)| match question {
        Question::Pays(party, unit) => Some((*unit, *party)),
        _ => None,
    });
    payments
}

impl Column {
    fn slot(&self) -> Option<AnySlot> {
        match self.source {
            Source::Slot(slot) => Some(slot),
            Source::Lines(_) => None,
        }
    }

    pub(super) fn shape(&self) -> Shape {
        match self.slot() {
            Some(AnySlot::Byte(_)) => Shape::Byte,
            Some(AnySlot::Date(_)) => Shape::Date,
            Some(AnySlot::Amount(_)) | None => Shape::Amount,
        }
    }

    /// The answer in a lane that was decided, a day packed; `Ok(None)` where there is none.
    pub(super) fn read(&self, block: &Block, lane: usize) -> Result<Option<i64>, SlotMissing> {
        let number = |slot| block.number(self.item, slot, lane).ok_or(SlotMissing);
        let is_made = |made| number(AnySlot::Byte(made)).map(|made| made != 0);
        if let Some(given) = self.given {
            if !is_made(given)? {
                return Ok(None);
            }
        }
        match &self.source {
            Source::Slot(slot) => number(*slot).map(Some),
            Source::Lines(lines) => {
                let add = |sum: i64, line: &Line| {
                    let pence = match is_made(line.made)? {
                        true => number(AnySlot::Amount(line.pence))?,
                        false => 0,
                    };
                    Ok(sum.wrapping_add(if line.is_taken { pence.wrapping_neg() } else { pence }))
                };
                lines.iter().try_fold(0, add).map(Some)
            }
        }
    }

    /// Whether there is an answer, what it can be, and what that may hang on.
    pub(super) fn see(
        &self,
        program: &Program,
        ranges: &Ranges,
    ) -> Result<(ByteSet, Ends, Causes), SlotMissing> {
        let item = self.item;
        let truth = |slot| ranges.byte_at(program, item, slot).ok_or(SlotMissing);
        let pence = |slot| ranges.amount_at(program, item, slot).ok_or(SlotMissing);
        let (range, causes) = match &self.source {
            Source::Slot(AnySlot::Byte(slot)) => {
                let held = truth(*slot)?;
                (Ends::Bytes(held.range), held.causes)
            }
            Source::Slot(AnySlot::Date(slot)) => {
                let held = ranges.date_at(program, item, *slot).ok_or(SlotMissing)?;
                (Ends::Amounts(held.range.map(i64::from)), held.causes)
            }
            Source::Slot(AnySlot::Amount(slot)) => {
                let held = pence(*slot)?;
                (Ends::Amounts(held.range), held.causes)
            }
            Source::Lines(lines) => {
                let sum = lines.iter().try_fold(Amounts::one(0), |sum, line| {
                    let paid = paid(truth(line.made)?, pence(line.pence)?, line.is_taken);
                    let range = Span {
                        least: sum.range.least.saturating_add(paid.range.least),
                        greatest: sum.range.greatest.saturating_add(paid.range.greatest),
                    };
                    Ok(Amounts { range, causes: sum.causes | paid.causes })
                })?;
                (Ends::Amounts(sum.range), sum.causes)
            }
        };
        Ok(match self.given.map(truth).transpose()? {
            Some(given) => (given.range, range, causes | given.causes),
            None => (ByteSet::one(1), range, causes),
        })
    }
}

/// What a line can come to, made or not.
fn paid(made: Bytes, pence: Amounts, is_taken: bool) -> Amounts {
    let Span { least, greatest } = pence.range;
    let full = match is_taken {
        true => Span { least: greatest.saturating_neg(), greatest: least.saturating_neg() },
        false => pence.range,
    };
    let range = match (made.range.has(0), made.range.has(1)) {
        (false, _) => full,
        (true, true) => full.or(Span::one(0)),
        (true, false) => Span::one(0),
    };
    Amounts { range, causes: made.causes | pence.causes }
}
