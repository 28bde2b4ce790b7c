//! Up to 128 cases at once, held as columns.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::iter::zip;

use crate::case::{Case, Identity};
use crate::date;
use crate::decision::{DecideError, Decision};
use crate::lanes::{self, Banks, Slots};
use crate::program::{
    AmountSlot, Answers, AnySlot, Awaited, ByteSlot, ClauseId, ConclusionId, DateSlot, Fact,
    FactId, Fingerprint, Item, List, PanelId, PartyId, Program, Refusal, UnitId, ValueId,
};

mod items;
mod strays;

use strays::Strays;

/// How many cases a block holds.
pub const LANES: usize = 128;

/// Up to [`LANES`] cases of one program, each in a lane: facts go in and answers come out as
/// columns, one value a lane.
///
/// A block keeps the facts it was given, so that the next cases may change only some. A
/// block made new has the defaults of the facts, or 0 where there is none, and no items; a fact
/// that may be left out has the first of its values.
///
/// ```
/// use apportion_core::block::{Block, Outcome};
/// use apportion_core::program::{Builder, ConclusionId};
/// use apportion_core::value::Type;
///
/// // Eligible when fast track: the fact itself is the conclusion.
/// let mut program = Builder::default();
/// let fast_track = program.fact(Type::YesNo, None);
/// program.answers.conclusions.push(program.fact_byte(fast_track).unwrap());
/// let program = program.finish().unwrap();
///
/// let mut block = Block::new(&program);
/// block.bytes_mut(fast_track).unwrap()[..3].copy_from_slice(&[0, 1, 2]);
/// program.decide_block(&mut block, 3).unwrap();
/// assert_eq!(block.outcome(1), Some(Outcome::Decided));
/// assert_eq!(block.conclusion(ConclusionId(0)).unwrap()[..2], [0, 1]);
/// assert_eq!(block.outcome(2), Some(Outcome::OutOfBounds { fact: fast_track, item: None }));
/// assert_eq!(block.outcome(3), None);
/// ```
#[derive(Clone, Debug)]
pub struct Block {
    identity: Identity,
    facts: Arc<[Fact]>,
    lists: Vec<List>,
    answers: Arc<Answers>,
    refusals: Vec<Refusal>,
    banks: Box<Banks<LANES>>,
    strays: Strays,
    /// How many cases were decided.
    cases: usize,
}

/// What came of one lane of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The policy covers the case: its answers may be read.
    Decided,
    /// The policy does not cover the case.
    NotCovered,
    /// The case fits its declarations, but the policy refuses it all the same.
    Refused {
        /// Why.
        refusal: Refusal,
        /// The item that is refused. `None` for the case.
        item: Option<Item>,
    },
    /// A fact has a value outside its bounds.
    OutOfBounds {
        /// The first such fact: of the case in the order declared, or else of its items, list by
        /// list and item by item.
        fact: FactId,
        /// The item that it is a fact of. `None` for the case.
        item: Option<Item>,
    },
}

impl Program {
    /// Decides the first `cases` lanes of a block. It allocates nothing.
    ///
    /// Every fact of these lanes and of their items is held against its bounds. For a date the
    /// packed number must lie between those of its first and last day, which is all that the
    /// operations rely on: whoever packs days that no calendar has, such as 31 April, gets
    /// the answer of a day sorted there.
    ///
    /// The other lanes hold whatever they held, and are ignored.
    ///
    /// # Errors
    ///
    /// Returns [`DecideError::OtherProgram`] where the block was made for another program.
    pub fn decide_block(&self, block: &mut Block, cases: usize) -> Result<(), DecideError> {
        block.cases = 0;
        if block.identity != Identity::of(self) {
            return Err(DecideError::OtherProgram);
        }
        let cases = cases.min(LANES);
        block.strays = Strays::find(&block.facts, &block.lists, &block.banks, cases)
            .ok_or(DecideError::Broken)?;
        lanes::run(self, &mut block.banks)?;
        block.cases = cases;
        Ok(())
    }
}

impl Block {
    /// A block for cases of this program.
    #[must_use]
    pub fn new(program: &Program) -> Self {
        let mut block = Block {
            identity: Identity::of(program),
            facts: Arc::clone(&program.facts),
            lists: program.lists().to_vec(),
            answers: Arc::clone(&program.answers),
            refusals: program.refusals.clone(),
            banks: Box::new(Banks::new(program)),
            strays: Strays::none(),
            cases: 0,
        };
        let defaults = Case::new(program);
        for lane in 0..LANES {
            block.copy_lane(lane, &defaults);
        }
        block
    }

    /// The column of a fact that is yes (1) or no (0), or the number of a word.
    #[must_use]
    pub fn bytes_mut(&mut self, fact: FactId) -> Option<&mut [u8; LANES]> {
        match self.facts.get(fact.index()).filter(|fact| fact.list.is_none())?.any_slot() {
            AnySlot::Byte(slot) => self.banks.bytes.get_mut(slot.index()),
            AnySlot::Date(_) | AnySlot::Amount(_) => None,
        }
    }

    /// The column of a fact that is a date, each day packed as by
    /// [`Date::packed`](crate::date::Date::packed).
    #[must_use]
    pub fn dates_mut(&mut self, fact: FactId) -> Option<&mut [i32; LANES]> {
        match self.facts.get(fact.index()).filter(|fact| fact.list.is_none())?.any_slot() {
            AnySlot::Date(slot) => self.banks.dates.get_mut(slot.index()),
            AnySlot::Byte(_) | AnySlot::Amount(_) => None,
        }
    }

    /// Fills the column of a fact that is a date with days since 1 January 1970, as in Arrow's
    /// `Date32`. A day that no [`Date`](crate::date::Date) can be is out of bounds. `None` where
    /// the program has no such fact, or it is not a date.
    pub fn set_day_numbers(&mut self, fact: FactId, numbers: &[i32; LANES]) -> Option<()> {
        for (packed, number) in zip(self.dates_mut(fact)?, numbers) {
            *packed = date::packed_or_outside(*number);
        }
        Some(())
    }

    /// The column of a fact that is an amount, in its steps.
    #[must_use]
    pub fn amounts_mut(&mut self, fact: FactId) -> Option<&mut [i64; LANES]> {
        match self.facts.get(fact.index()).filter(|fact| fact.list.is_none())?.any_slot() {
            AnySlot::Amount(slot) => self.banks.amounts.get_mut(slot.index()),
            AnySlot::Byte(_) | AnySlot::Date(_) => None,
        }
    }

    /// The column of what each case says of a fact that it may leave out, see [`Fact::said`].
    /// `None` where the program has no such fact, or asks nothing of the kind.
    #[must_use]
    pub fn said_mut(&mut self, fact: FactId) -> Option<&mut [u8; LANES]> {
        let said = self.facts.get(fact.index())?.said?;
        self.banks.bytes.get_mut(said.index())
    }

    /// Puts a case and its items into a lane, with the defaults of what it does not state. A lane
    /// beyond [`LANES`] holds nothing.
    ///
    /// # Errors
    ///
    /// Returns [`DecideError`] where a fact of the case is not known, a list not stated, or the
    /// case was made for another program; the lane then stays as it was.
    pub fn fill(&mut self, lane: usize, case: &Case) -> Result<(), DecideError> {
        if case.identity() != self.identity {
            return Err(DecideError::OtherProgram);
        }
        if let Some(lack) = case.first_lack() {
            return Err(lack.into());
        }
        self.copy_lane(lane, case);
        Ok(())
    }

    /// What came of a lane. `None` where the lane was not among the cases decided.
    #[must_use]
    pub fn outcome(&self, lane: usize) -> Option<Outcome> {
        if lane >= self.cases {
            return None;
        }
        if let Some((fact, item)) = self.strays.of_lane(lane) {
            return Some(Outcome::OutOfBounds { fact, item });
        }
        if let Some((id, item)) = self.banks.refusal(lane) {
            let refusal = *self.refusals.get(id.index())?;
            return Some(Outcome::Refused { refusal, item });
        }
        let is_covered = match self.covered() {
            Some(covered) => *covered.get(lane)? != 0,
            None => true,
        };
        Some(if is_covered { Outcome::Decided } else { Outcome::NotCovered })
    }

    /// Puts what came of a lane into a decision, to read and explain it as that of one case.
    ///
    /// Which facts were not stated a block does not know: none counts as defaulted. `None`
    /// where the lane has no answers and is not one that the policy does not cover, or the
    /// decision was made for another program; the decision is then of no use.
    ///
    /// ```
    /// use apportion_core::block::Block;
    /// use apportion_core::decision::Decision;
    /// use apportion_core::program::{Builder, ConclusionId};
    /// use apportion_core::value::Type;
    ///
    /// let mut program = Builder::default();
    /// let fast_track = program.fact(Type::YesNo, None);
    /// program.answers.conclusions.push(program.fact_byte(fast_track).unwrap());
    /// let program = program.finish().unwrap();
    ///
    /// let (mut block, mut decision) = (Block::new(&program), Decision::new(&program));
    /// block.bytes_mut(fast_track).unwrap()[..2].copy_from_slice(&[0, 1]);
    /// program.decide_block(&mut block, 2).unwrap();
    /// block.read_lane(1, &mut decision).unwrap();
    /// assert_eq!(decision.concludes(ConclusionId(0)), Some(true));
    /// assert_eq!(block.read_lane(2, &mut decision), None);
    /// ```
    pub fn read_lane(&self, lane: usize, decision: &mut Decision) -> Option<()> {
        let is_covered = match self.outcome(lane)? {
            Outcome::Decided => true,
            Outcome::NotCovered => false,
            Outcome::Refused { .. } | Outcome::OutOfBounds { .. } => return None,
        };
        decision.take_lane(self.identity, &self.banks, lane, is_covered)
    }

    /// Whether a case was refused or has a fact out of bounds: where there is none, every case
    /// has answers or is not covered.
    #[must_use]
    pub fn has_rejects(&self) -> bool {
        self.strays.has_any(self.cases) || self.banks.has_refusals(self.cases)
    }

    /// Whether the policy covers the case, as 1 or 0, in the lanes that were not rejected.
    /// `None` where it covers every case.
    #[must_use]
    pub fn covered(&self) -> Option<&[u8; LANES]> {
        self.bytes(self.answers.cover?)
    }

    /// Whether a conclusion holds, as 1 or 0, in the lanes that were decided. `None` for this and
    /// the other columns where the answer is one about items: [`Block::read_lane`] has those.
    #[must_use]
    pub fn conclusion(&self, conclusion: ConclusionId) -> Option<&[u8; LANES]> {
        self.bytes(*self.answers.conclusions.get(conclusion.index())?)
    }

    /// The pence that a party pays in all in one unit, in the lanes that were decided; so far,
    /// where [`Block::awaiting`] says that an amount in the unit awaits a panel.
    /// `None` where the party never pays in that unit.
    #[must_use]
    pub fn pays(&self, party: PartyId, unit: UnitId) -> Option<&[i64; LANES]> {
        let mut totals = self.answers.totals.iter();
        let total = totals.find(|total| (total.party, total.unit) == (party, unit))?;
        self.amounts(total.pence)
    }

    /// Whether a value is given, as 1 or 0, in the lanes that were decided.
    #[must_use]
    pub fn value_given(&self, value: ValueId) -> Option<&[u8; LANES]> {
        self.bytes(self.answers.values.get(value.index())?.given)
    }

    /// A value that is a truth, word, count or rank, in the lanes where it is given.
    #[must_use]
    pub fn value_bytes(&self, value: ValueId) -> Option<&[u8; LANES]> {
        match self.answers.values.get(value.index())?.slot {
            AnySlot::Byte(slot) => self.bytes(slot),
            AnySlot::Date(_) | AnySlot::Amount(_) => None,
        }
    }

    /// A value that is a packed date, in the lanes where it is given.
    #[must_use]
    pub fn value_dates(&self, value: ValueId) -> Option<&[i32; LANES]> {
        match self.answers.values.get(value.index())?.slot {
            AnySlot::Date(slot) => self.dates(slot),
            AnySlot::Byte(_) | AnySlot::Amount(_) => None,
        }
    }

    /// A value that is an amount, in its steps, in the lanes where it is given.
    #[must_use]
    pub fn value_amounts(&self, value: ValueId) -> Option<&[i64; LANES]> {
        match self.answers.values.get(value.index())?.slot {
            AnySlot::Amount(slot) => self.amounts(slot),
            AnySlot::Byte(_) | AnySlot::Date(_) => None,
        }
    }

    /// Whether a clause applies, as 1 or 0, in the lanes that were decided or are not
    /// covered.
    #[must_use]
    pub fn clause(&self, clause: ClauseId) -> Option<&[u8; LANES]> {
        self.bytes(*self.answers.clauses.get(clause.index())?)
    }

    /// Whether a referral is made, as 1 or 0, in the lanes that were decided. Referrals
    /// stand in the order of [`Answers::referrals`].
    #[must_use]
    pub fn referred(&self, referral: usize) -> Option<&[u8; LANES]> {
        self.bytes(self.answers.referrals.get(referral)?.made)
    }

    /// Each referral, in the order of the clauses: the clause, the panel, and whether it was
    /// made, as 1 or 0, in the lanes that were decided.
    pub fn referrals(&self) -> impl Iterator<Item = (ClauseId, PanelId, &[u8; LANES])> {
        self.answers.referrals.iter().filter_map(|referral| {
            Some((referral.clause, referral.panel, self.bytes(referral.made)?))
        })
    }

    /// Each amount that may await a panel, in the order of the clauses that split them: whether
    /// it does, as 1 or 0, and the pence, in the lanes that were decided. Where it does, what
    /// [`Block::pays`] says in its unit is so far only.
    pub fn awaiting(&self) -> impl Iterator<Item = (&Awaited, &[u8; LANES], &[i64; LANES])> {
        self.answers.awaiting.iter().filter_map(|awaited| {
            let pence = self.banks.amounts.get(awaited.pence.index())?;
            Some((awaited, self.bytes(awaited.made)?, pence))
        })
    }

    /// The fingerprint of the program that the block was made for.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.identity.fingerprint()
    }

    /// What stands in a slot of the case, or of an item, in a lane, whatever came of it; a date
    /// packed.
    pub(crate) fn number(&self, item: Option<Item>, slot: AnySlot, lane: usize) -> Option<i64> {
        if let Some(number) = item.and_then(|item| self.number_of_item(item, slot, lane)) {
            return Some(number);
        }
        match slot {
            AnySlot::Byte(slot) => self.bytes(slot)?.get(lane).copied().map(i64::from),
            AnySlot::Date(slot) => self.dates(slot)?.get(lane).copied().map(i64::from),
            AnySlot::Amount(slot) => self.amounts(slot)?.get(lane).copied(),
        }
    }

    fn bytes(&self, slot: ByteSlot) -> Option<&[u8; LANES]> {
        self.of_cases(&self.banks.bytes, slot.index(), AnySlot::Byte(slot))
    }

    fn dates(&self, slot: DateSlot) -> Option<&[i32; LANES]> {
        self.of_cases(&self.banks.dates, slot.index(), AnySlot::Date(slot))
    }

    fn amounts(&self, slot: AmountSlot) -> Option<&[i64; LANES]> {
        self.of_cases(&self.banks.amounts, slot.index(), AnySlot::Amount(slot))
    }

    /// The column of a slot, unless it is one of items.
    fn of_cases<'b, T>(
        &self,
        bank: &'b [[T; LANES]],
        place: usize,
        slot: AnySlot,
    ) -> Option<&'b [T; LANES]> {
        if self.lists.iter().any(|list| list.has(slot)) {
            return None;
        }
        bank.get(place)
    }

    fn copy_lane(&mut self, lane: usize, case: &Case) {
        let Slots { bytes, dates, amounts } = case.inputs();
        copy_column(lane, bytes, &mut self.banks.bytes);
        copy_column(lane, dates, &mut self.banks.dates);
        copy_column(lane, amounts, &mut self.banks.amounts);
        self.copy_items(lane, case);
    }
}

fn copy_column<T: Copy>(lane: usize, facts: &[[T; 1]], columns: &mut [[T; LANES]]) {
    for (column, [value]) in zip(columns, facts) {
        if let Some(place) = column.get_mut(lane) {
            *place = *value;
        }
    }
}
