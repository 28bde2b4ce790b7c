//! Which clauses apply whatever is open.

use alloc::vec::Vec;

use crate::block::Block;
use crate::lanes::SlotMissing;
use crate::program::{AnySlot, ByteSlot, ClauseId, Program};
use crate::range::ByteSet;
use crate::ranges::{Causes, Ranges};

/// The clauses that apply in every completion so far.
pub(super) struct Applying {
    clauses: Vec<(ClauseId, ByteSlot)>,
    /// The clauses of which completions cannot tell.
    hanging: Vec<ClauseId>,
    is_of_any: bool,
}

impl Applying {
    /// Those that completions can tell of. `widest` is all that can be, and not all values are
    /// decided of what is among `unseen`, so that a clause which may hang on it is left out.
    pub(super) fn new(
        program: &Program,
        widest: &Ranges,
        unseen: Causes,
    ) -> Result<Applying, SlotMissing> {
        let is_of_case = |slot| !program.lists().iter().any(|list| list.has(AnySlot::Byte(slot)));
        let all = (0..).map(ClauseId).zip(program.answers().clauses.iter().copied());
        let (mut clauses, mut hanging) = (Vec::new(), Vec::new());
        for (clause, slot) in all.filter(|(_, slot)| is_of_case(*slot)) {
            let applies = widest.byte(slot)?;
            if applies.causes & unseen == 0 || applies.range == ByteSet::one(1) {
                clauses.push((clause, slot));
            } else if applies.range.has(1) {
                hanging.push(clause);
            }
        }
        Ok(Applying { clauses, hanging, is_of_any: false })
    }

    /// Takes away what does not apply in one more completion.
    pub(super) fn note(&mut self, block: &Block, lane: usize) {
        self.is_of_any = true;
        let applies = |slot: ByteSlot| block.number(AnySlot::Byte(slot), lane);
        self.clauses.retain(|(_, slot)| applies(*slot).is_some_and(|applies| applies != 0));
    }

    /// Those that apply in every completion, and those of which completions cannot tell.
    pub(super) fn found(self) -> (Vec<ClauseId>, Vec<ClauseId>) {
        let clauses = self.clauses.into_iter().filter(|_| self.is_of_any);
        (clauses.map(|(clause, _)| clause).collect(), self.hanging)
    }
}
