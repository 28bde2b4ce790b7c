//! Which clauses apply whatever is open.

use alloc::vec;
use alloc::vec::Vec;

use crate::block::Block;
use crate::lanes::SlotMissing;
use crate::program::{AnySlot, ClauseId, Item, Program, Test};
use crate::range::ByteSet;
use crate::ranges::{Bytes, Causes, Ranges};

/// A clause, and when it applies: where all tests of any of these rows hold.
pub(super) type When = (ClauseId, Vec<Vec<Test>>);

/// The clauses that apply in every completion so far.
pub(super) struct Applying<'a> {
    /// The item that the clauses are looked at for.
    item: Option<Item>,
    clauses: Vec<&'a When>,
    /// The clauses of which completions cannot tell.
    hanging: Vec<ClauseId>,
    is_of_any: bool,
}

/// When each clause applies to the case, unless it is said when it does to an item.
pub(super) fn all(program: &Program, of_item: &[When]) -> Vec<When> {
    let slots = (0..).map(ClauseId).zip(program.answers().clauses.iter().copied());
    let is_of_items = |slot| program.lists().iter().any(|list| list.has(AnySlot::Byte(slot)));
    let is_said = |clause| of_item.iter().any(|(of_item, _)| *of_item == clause);
    let of_case = slots.filter(|(clause, slot)| !is_of_items(*slot) && !is_said(*clause));
    let of_case = of_case.map(|(clause, slot)| (clause, vec![vec![Test::is_true(slot)]]));
    of_case.chain(of_item.iter().cloned()).collect()
}

impl<'a> Applying<'a> {
    /// Those that completions can tell of. `widest` is all that can be, and not all values are
    /// decided of what is among `unseen`, so that a clause which may hang on it is left out.
    pub(super) fn new(
        program: &Program,
        item: Option<Item>,
        all: &'a [When],
        widest: &Ranges,
        unseen: Causes,
    ) -> Result<Applying<'a>, SlotMissing> {
        let (mut clauses, mut hanging) = (Vec::new(), Vec::new());
        for when in all {
            let (clause, rows) = when;
            let applies = applies(program, item, rows, widest)?;
            if applies.causes & unseen == 0 || applies.range == ByteSet::one(1) {
                clauses.push(when);
            } else if applies.range.has(1) {
                hanging.push(*clause);
            }
        }
        Ok(Applying { item, clauses, hanging, is_of_any: false })
    }

    /// Takes away what does not apply in one more completion.
    pub(super) fn note(&mut self, block: &Block, lane: usize) {
        self.is_of_any = true;
        let item = self.item;
        let passes = |test: &Test| {
            let byte = block.number(item, AnySlot::Byte(test.slot), lane);
            byte.is_some_and(|byte| u8::try_from(byte).is_ok_and(|byte| test.passes(byte)))
        };
        self.clauses.retain(|(_, rows)| rows.iter().any(|row| row.iter().all(passes)));
    }

    /// Those that apply in every completion, and those of which completions cannot tell.
    pub(super) fn found(self) -> (Vec<ClauseId>, Vec<ClauseId>) {
        let clauses = self.clauses.into_iter().filter(|_| self.is_of_any);
        (clauses.map(|(clause, _)| *clause).collect(), self.hanging)
    }
}

/// Whether any of the rows holds, as 0 and 1.
fn applies(
    program: &Program,
    item: Option<Item>,
    rows: &[Vec<Test>],
    ranges: &Ranges,
) -> Result<Bytes, SlotMissing> {
    let (mut can_be, mut is_certain, mut causes) = (false, false, 0);
    for row in rows {
        let (mut row_can_be, mut row_is_certain) = (true, true);
        for test in row {
            let held = ranges.byte_at(program, item, test.slot).ok_or(SlotMissing)?;
            row_can_be &= held.range.iter().any(|byte| test.passes(byte));
            row_is_certain &= held.range.iter().all(|byte| test.passes(byte));
            causes |= held.causes;
        }
        can_be |= row_can_be;
        is_certain |= row_is_certain;
    }
    let bytes = [(false, !is_certain), (true, can_be)].into_iter().filter(|(_, it)| *it);
    Ok(Bytes::of(bytes.map(|(byte, _)| u8::from(byte)).collect(), causes))
}
