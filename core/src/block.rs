//! Up to 128 cases at once, held as columns.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::iter::zip;

use crate::case::{Case, Identity};
use crate::date;
use crate::decision::{DecideError, Decision};
use crate::lanes::{self, Banks};
use crate::program::{
    Answers, AnySlot, ByteSlot, ClauseId, ConclusionId, Fact, FactId, Fingerprint, PanelId,
    PartyId, Program, Refusal, UnitId, ValueId,
};
use crate::value::Type;

/// How many cases a block holds.
pub const LANES: usize = 128;

/// Up to [`LANES`] cases of one program, each in a lane: facts go in and answers come out as
/// columns, one value a lane.
///
/// A block keeps the facts it was given, so that the next cases may change only some. A
/// block made new has the defaults of the facts, or 0 where there is none.
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
/// assert_eq!(block.outcome(2), Some(Outcome::OutOfBounds(fast_track)));
/// assert_eq!(block.outcome(3), None);
/// ```
#[derive(Clone, Debug)]
pub struct Block {
    identity: Identity,
    facts: Vec<Fact>,
    answers: Answers,
    refusals: Vec<Refusal>,
    banks: Box<Banks<LANES>>,
    /// For each lane, 0 or the number of the first fact out of bounds, counted from 1.
    strays: [u32; LANES],
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
    Refused(Refusal),
    /// The first fact, in the order declared, whose value is outside its bounds.
    OutOfBounds(FactId),
}

impl Program {
    /// Decides the first `cases` lanes of a block. It allocates nothing.
    ///
    /// Every fact of these lanes is held against its bounds. For a date the packed number
    /// must lie between those of its first and last day, which is all that the
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
        block.find_strays(cases)?;
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
            facts: program.facts().to_vec(),
            answers: program.answers().clone(),
            refusals: program.refusals.clone(),
            banks: Box::new(Banks::new(program)),
            strays: [0; LANES],
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
        let fact = self.facts.get(fact.index())?;
        match fact.kind {
            Type::YesNo | Type::Words { .. } => self.banks.bytes.get_mut(fact.slot as usize),
            Type::Date { .. } | Type::Amount { .. } => None,
        }
    }

    /// The column of a fact that is a date, each day packed as by
    /// [`Date::packed`](crate::date::Date::packed).
    #[must_use]
    pub fn dates_mut(&mut self, fact: FactId) -> Option<&mut [i32; LANES]> {
        let fact = self.facts.get(fact.index())?;
        match fact.kind {
            Type::Date { .. } => self.banks.dates.get_mut(fact.slot as usize),
            Type::YesNo | Type::Words { .. } | Type::Amount { .. } => None,
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
        let fact = self.facts.get(fact.index())?;
        match fact.kind {
            Type::Amount { .. } => self.banks.amounts.get_mut(fact.slot as usize),
            Type::YesNo | Type::Words { .. } | Type::Date { .. } => None,
        }
    }

    /// The column of what each case says of a fact that it may leave out, see [`Fact::said`].
    /// `None` where the program has no such fact, or asks nothing of the kind.
    #[must_use]
    pub fn said_mut(&mut self, fact: FactId) -> Option<&mut [u8; LANES]> {
        let said = self.facts.get(fact.index())?.said?;
        self.banks.bytes.get_mut(said.index())
    }

    /// Puts a case into a lane, with the defaults of what it does not state. A lane
    /// beyond [`LANES`] holds nothing.
    ///
    /// # Errors
    ///
    /// Returns [`DecideError`] where a fact of the case is not known, or the case was made
    /// for another program; the lane then stays as it was.
    pub fn fill(&mut self, lane: usize, case: &Case) -> Result<(), DecideError> {
        if case.identity() != self.identity {
            return Err(DecideError::OtherProgram);
        }
        if let Some(fact) = case.first_unknown() {
            return Err(DecideError::NotKnown { fact });
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
        if let Some(fact) = self.strays.get(lane)?.checked_sub(1) {
            return Some(Outcome::OutOfBounds(FactId(fact)));
        }
        if let Some(id) = self.banks.refusal(lane) {
            return self.refusals.get(id.index()).copied().map(Outcome::Refused);
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
            Outcome::Refused(_) | Outcome::OutOfBounds(_) => return None,
        };
        decision.take_lane(self.identity, &self.banks, lane, is_covered)
    }

    /// Whether a case was refused or has a fact out of bounds: where there is none, every case
    /// has answers or is not covered.
    #[must_use]
    pub fn has_rejects(&self) -> bool {
        let strays = self.strays.get(..self.cases).unwrap_or(&self.strays);
        strays.iter().fold(0, |any, stray| any | stray) != 0 || self.banks.has_refusals(self.cases)
    }

    /// Whether the policy covers the case, as 1 or 0, in the lanes that were not rejected.
    /// `None` where it covers every case.
    #[must_use]
    pub fn covered(&self) -> Option<&[u8; LANES]> {
        self.bytes(self.answers.cover?)
    }

    /// Whether a conclusion holds, as 1 or 0, in the lanes that were decided.
    #[must_use]
    pub fn conclusion(&self, conclusion: ConclusionId) -> Option<&[u8; LANES]> {
        self.bytes(*self.answers.conclusions.get(conclusion.index())?)
    }

    /// The pence that a party pays in all in one unit, in the lanes that were decided.
    /// `None` where the party never pays in that unit.
    #[must_use]
    pub fn pays(&self, party: PartyId, unit: UnitId) -> Option<&[i64; LANES]> {
        let mut totals = self.answers.totals.iter();
        let total = totals.find(|total| (total.party, total.unit) == (party, unit))?;
        self.banks.amounts.get(total.pence.index())
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
            AnySlot::Date(slot) => self.banks.dates.get(slot.index()),
            AnySlot::Byte(_) | AnySlot::Amount(_) => None,
        }
    }

    /// A value that is an amount, in its steps, in the lanes where it is given.
    #[must_use]
    pub fn value_amounts(&self, value: ValueId) -> Option<&[i64; LANES]> {
        match self.answers.values.get(value.index())?.slot {
            AnySlot::Amount(slot) => self.banks.amounts.get(slot.index()),
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

    /// The fingerprint of the program that the block was made for.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.identity.fingerprint()
    }

    fn bytes(&self, slot: ByteSlot) -> Option<&[u8; LANES]> {
        self.banks.bytes.get(slot.index())
    }

    fn copy_lane(&mut self, lane: usize, case: &Case) {
        copy_column(lane, &case.inputs().bytes, &mut self.banks.bytes);
        copy_column(lane, &case.inputs().dates, &mut self.banks.dates);
        copy_column(lane, &case.inputs().amounts, &mut self.banks.amounts);
    }

    /// Finds the lanes with a fact out of bounds.
    fn find_strays(&mut self, cases: usize) -> Result<(), DecideError> {
        self.strays = [0; LANES];
        let Banks { bytes, dates, amounts, .. } = &*self.banks;
        let strays = self.strays.get_mut(..cases).ok_or(DecideError::Broken)?;
        for (number, fact) in zip(1.., &self.facts) {
            let slot = fact.slot as usize;
            match fact.kind {
                Type::YesNo => mark_strays(bytes.get(slot), (0, 1), number, strays),
                Type::Words { count } => {
                    mark_strays(bytes.get(slot), (0, count.saturating_sub(1)), number, strays)
                }
                Type::Date { first, last } => {
                    mark_strays(dates.get(slot), (first.packed(), last.packed()), number, strays)
                }
                Type::Amount { least, greatest } => {
                    mark_strays(amounts.get(slot), (least, greatest), number, strays)
                }
            }
            .ok_or(DecideError::Broken)?;
        }
        Ok(())
    }
}

fn copy_column<T: Copy>(lane: usize, facts: &[[T; 1]], columns: &mut [[T; LANES]]) {
    for (column, [value]) in zip(columns, facts) {
        if let Some(place) = column.get_mut(lane) {
            *place = *value;
        }
    }
}

/// A value that can be held against bounds in many lanes at once.
trait Bounded: Copy + PartialOrd {
    /// Whether the value is out of bounds.
    fn is_outside(self, least: Self, greatest: Self) -> bool {
        (self < least) | (self > greatest)
    }

    /// Whether a column may hold a value out of bounds; where not, it holds none.
    fn may_be_outside(column: &[Self; LANES], least: Self, greatest: Self) -> bool;
}

impl Bounded for u8 {
    /// The number of a word begins at 0, so only the greatest counts.
    fn may_be_outside(column: &[u8; LANES], _: u8, greatest: u8) -> bool {
        column.iter().copied().fold(0, u8::max) > greatest
    }
}

/// Older processors compare no 64-bit numbers side by side, and find no greater of two of 32,
/// but they subtract them. The distances to both bounds, modulo 2^64, add up to the distance
/// between the bounds. So where neither has its sign bit set, neither has wrapped, and the
/// number lies between. (Bounds more than 2^63 apart may set one all the same: a false alarm.)
macro_rules! bounded_by_signs {
    ($($number:ty),*) => {
        $(impl Bounded for $number {
            fn may_be_outside(column: &[$number; LANES], least: $number, greatest: $number) -> bool {
                let signs = column.iter().fold(0, |signs, number| {
                    signs | number.wrapping_sub(least) | greatest.wrapping_sub(*number)
                });
                signs < 0
            }
        })*
    };
}

bounded_by_signs!(i32, i64);

/// Marks the lanes whose value is out of bounds, unless an earlier fact is. Most blocks
/// have none, so that is found out first, over all lanes at once.
#[inline]
fn mark_strays<T: Bounded>(
    column: Option<&[T; LANES]>,
    (least, greatest): (T, T),
    number: u32,
    strays: &mut [u32],
) -> Option<()> {
    let column = column?;
    if T::may_be_outside(column, least, greatest) {
        for (stray, value) in zip(strays, column) {
            let is_first = (*stray == 0) & value.is_outside(least, greatest);
            *stray |= number & 0u32.wrapping_sub(u32::from(is_first));
        }
    }
    Some(())
}
