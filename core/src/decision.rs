//! What came of one case, and deciding it.

use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use crate::case::{Case, Identity, Lack, Stated};
use crate::date::Date;
use crate::lanes::{self, Banks, Slots};
use crate::money::Money;
use crate::program::{
    AmountSlot, Answers, AnySlot, Awaited, ByteSlot, ClauseId, ConclusionId, DateSlot, FactId,
    Fingerprint, Item, Line, List, ListId, PanelId, PartyId, Program, Refusal, UnitId, ValueId,
};

mod items;

/// What came of one case, made once for a program and filled in place.
///
/// It borrows nothing: a decision can outlive the case and the program. Until a case was
/// decided, and after an error, it is *empty* and answers nothing.
#[derive(Clone, Debug)]
pub struct Decision {
    identity: Identity,
    answers: Arc<Answers>,
    lists: Vec<List>,
    stated: Vec<Stated>,
    /// For each list, item by item, what was stated of each of its facts.
    stated_of_items: Vec<Vec<Stated>>,
    banks: Banks<1>,
    /// The item whose values stand in the slots of its list, if the decision is about one.
    item: Option<Item>,
    outcome: Outcome,
}

/// How far the banks of a decision may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Empty,
    /// Only which clauses applied.
    Refused,
    NotCovered,
    Decided,
}

/// Why a case was not decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecideError {
    /// A fact has no value and no default.
    NotKnown {
        /// The first such fact: of the case in the order declared, or else of its items, list by
        /// list and item by item.
        fact: FactId,
        /// The item that it is a fact of. `None` for the case.
        item: Option<Item>,
    },
    /// The case does not say which items it has of a list, not even that it has none.
    ListNotStated {
        /// The list.
        list: ListId,
    },
    /// The case fits its declarations, but the policy refuses it all the same.
    Refused {
        /// Why.
        refusal: Refusal,
        /// The item that is refused. `None` for the case.
        item: Option<Item>,
    },
    /// The case, decision or block was made for another program.
    OtherProgram,
    /// An id of the program stands for nothing. A program that
    /// [`Builder::finish`](crate::program::Builder::finish) gave has no such id.
    Broken,
}

impl fmt::Display for DecideError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DecideError::NotKnown { fact, item: None } => {
                write!(f, "fact {} is not known", fact.0)
            }
            DecideError::NotKnown { fact, item: Some(item) } => {
                let Item { list, index } = item;
                write!(f, "fact {} of item {index} of list {} is not known", fact.0, list.0)
            }
            DecideError::ListNotStated { list } => write!(f, "list {} is not stated", list.0),
            DecideError::Refused { refusal, item: None } => {
                write!(f, "the case is refused: {refusal:?}")
            }
            DecideError::Refused { refusal, item: Some(Item { list, index }) } => {
                write!(f, "item {index} of list {} is refused: {refusal:?}", list.0)
            }
            DecideError::OtherProgram => f.write_str("made for another program"),
            DecideError::Broken => f.write_str("an id of the program stands for nothing"),
        }
    }
}

impl core::error::Error for DecideError {}

impl From<lanes::SlotMissing> for DecideError {
    fn from(_: lanes::SlotMissing) -> Self {
        DecideError::Broken
    }
}

impl From<Lack> for DecideError {
    fn from(lack: Lack) -> Self {
        match lack {
            Lack::Fact { fact, item } => DecideError::NotKnown { fact, item },
            Lack::List { list } => DecideError::ListNotStated { list },
        }
    }
}

/// A value that a policy gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A truth, word, count or rank.
    Byte(u8),
    /// A calendar day.
    Date(Date),
    /// A number of steps, such as pence.
    Amount(i64),
}

/// What one clause makes one party pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CostLine {
    /// The clause.
    pub clause: ClauseId,
    /// The party.
    pub party: PartyId,
    /// The unit.
    pub unit: UnitId,
    /// The amount; below £0.00 where money is taken from the party.
    pub amount: Money,
    /// The item that is paid for. `None` where the clause pays for the case.
    pub item: Option<Item>,
}

/// An amount that nobody pays before a panel has decided the shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Awaiting {
    /// The clause that splits it.
    pub clause: ClauseId,
    /// The clause that leaves the shares to the panel.
    pub by: ClauseId,
    /// The panel.
    pub panel: PanelId,
    /// The unit.
    pub unit: UnitId,
    /// How much.
    pub amount: Money,
}

impl Program {
    /// Decides a case. It allocates nothing, but for room where no case before had as many
    /// items.
    ///
    /// # Errors
    ///
    /// Returns [`DecideError`] where a fact is not known, a list not stated, the policy refuses
    /// the case, or the case or the decision was made for another program. The decision is then
    /// empty, but for which clauses [met](Decision::clause_of_refused) in a case that was refused.
    ///
    /// ```
    /// use apportion_core::case::Case;
    /// use apportion_core::decision::{DecideError, Decision};
    /// use apportion_core::program::{Builder, ConclusionId};
    /// use apportion_core::value::{Type, Value};
    ///
    /// // Eligible when fast track: the fact itself is the conclusion.
    /// let mut program = Builder::default();
    /// let fast_track = program.fact(Type::YesNo, None);
    /// program.answers.conclusions.push(program.fact_byte(fast_track).unwrap());
    /// let program = program.finish().unwrap();
    ///
    /// let (mut case, mut decision) = (Case::new(&program), Decision::new(&program));
    /// case.set(fast_track, Value::YesNo(true)).unwrap();
    /// program.decide(&case, &mut decision).unwrap();
    /// assert_eq!(decision.concludes(ConclusionId(0)), Some(true));
    ///
    /// case.set_not_known(fast_track).unwrap();
    /// let error = program.decide(&case, &mut decision).unwrap_err();
    /// assert_eq!(error, DecideError::NotKnown { fact: fast_track, item: None });
    /// assert_eq!(decision.concludes(ConclusionId(0)), None);
    /// ```
    pub fn decide(&self, case: &Case, decision: &mut Decision) -> Result<(), DecideError> {
        decision.outcome = Outcome::Empty;
        decision.item = None;
        let identity = Identity::of(self);
        if case.identity() != identity || decision.identity != identity {
            return Err(DecideError::OtherProgram);
        }
        if let Some(lack) = case.first_lack() {
            return Err(lack.into());
        }
        decision.take(case)?;
        lanes::run(self, &mut decision.banks)?;
        if let Some((refusal, item)) = decision.banks.refusal(0) {
            let refusal = self.refusal(refusal).ok_or(DecideError::Broken)?;
            decision.outcome = Outcome::Refused;
            return Err(DecideError::Refused { refusal, item });
        }
        decision.outcome = match self.answers().cover {
            Some(cover) if decision.banks.bytes.get(cover.index()) == Some(&[0]) => {
                Outcome::NotCovered
            }
            _ => Outcome::Decided,
        };
        Ok(())
    }
}

impl Decision {
    /// An empty decision, for cases of this program.
    #[must_use]
    pub fn new(program: &Program) -> Self {
        Decision {
            identity: Identity::of(program),
            answers: Arc::clone(&program.answers),
            lists: program.lists().to_vec(),
            stated: vec![Stated::Nothing; program.facts().len()],
            stated_of_items: vec![Vec::new(); program.lists().len()],
            banks: Banks::new(program),
            item: None,
            outcome: Outcome::Empty,
        }
    }

    /// Whether the case was decided and the policy covers it.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        self.outcome == Outcome::Decided
    }

    /// Whether a conclusion holds. `None` where the case is not covered, the program has no such
    /// conclusion, or it is one about [items](Decision::of_item).
    #[must_use]
    pub fn concludes(&self, conclusion: ConclusionId) -> Option<bool> {
        let slot = *self.covered()?.conclusions.get(conclusion.index())?;
        self.truth(slot)
    }

    /// A value, where some clause gives it. Nothing where it is one of
    /// [items](Decision::of_item).
    #[must_use]
    pub fn value(&self, value: ValueId) -> Option<Answer> {
        let value = *self.covered()?.values.get(value.index())?;
        if !self.truth(value.given)? {
            return None;
        }
        match value.slot {
            AnySlot::Byte(slot) => self.byte(slot).map(Answer::Byte),
            AnySlot::Date(slot) => self.date(slot).map(Answer::Date),
            AnySlot::Amount(slot) => self.amount(slot).map(Answer::Amount),
        }
    }

    /// What a party pays in all, in one unit. `None` where it never pays in that unit, or an
    /// amount in it still awaits a panel.
    #[must_use]
    pub fn pays(&self, party: PartyId, unit: UnitId) -> Option<Money> {
        if !self.is_final(unit) {
            return None;
        }
        let (_, _, money) = self.totals().find(|total| (total.0, total.1) == (party, unit))?;
        Some(money)
    }

    /// Whether what is paid in a unit can no longer change: no amount in it awaits a panel.
    #[must_use]
    pub fn is_final(&self, unit: UnitId) -> bool {
        self.awaiting().all(|awaiting| awaiting.unit != unit)
    }

    /// The amounts that await a panel, in the order of the clauses that split them. What is
    /// paid and what awaits a panel together are what the clauses put up for payment.
    pub fn awaiting(&self) -> impl Iterator<Item = Awaiting> {
        let awaiting = self.covered().map_or(&[][..], |answers| &answers.awaiting);
        awaiting.iter().filter(|awaited| self.truth(awaited.made) == Some(true)).filter_map(|it| {
            let Awaited { clause, by, panel, unit, pence, .. } = *it;
            Some(Awaiting { clause, by, panel, unit, amount: self.money(pence)? })
        })
    }

    /// The limits and floors that wait with those amounts, in the order of their clauses.
    pub fn waiting(&self) -> impl Iterator<Item = ClauseId> {
        let waiting = self.covered().map_or(&[][..], |answers| &answers.waiting);
        waiting.iter().filter(|it| self.truth(it.1) == Some(true)).map(|(clause, _)| *clause)
    }

    /// What each party pays in all, by unit and then by party; so far, where an amount in the
    /// unit awaits a panel.
    pub fn totals(&self) -> impl Iterator<Item = (PartyId, UnitId, Money)> {
        let totals = self.covered().map_or(&[][..], |answers| &answers.totals);
        totals.iter().filter_map(|total| Some((total.party, total.unit, self.money(total.pence)?)))
    }

    /// The cost lines of the clauses that apply, in their order; of one clause party by party, and
    /// for each party item by item.
    pub fn lines(&self) -> impl Iterator<Item = CostLine> {
        let lines = self.covered().map_or(&[][..], |answers| &answers.lines);
        lines
            .iter()
            .flat_map(|line| self.each(line.list).filter_map(|item| self.cost_line(line, item)))
    }

    fn cost_line(&self, line: &Line, item: Option<Item>) -> Option<CostLine> {
        let Line { clause, party, unit, .. } = *line;
        let (made, pence) = match item {
            Some(item) => (self.item_byte(item, line.made)?, self.item_amount(item, line.pence)?),
            None => (self.byte(line.made)?, self.amount(line.pence)?),
        };
        let pence = if line.is_taken { pence.wrapping_neg() } else { pence };
        let amount = Money::from_pence(pence);
        (made != 0).then_some(CostLine { clause, party, unit, amount, item })
    }

    /// The referrals that were made, in the order of their clauses.
    pub fn referrals(&self) -> impl Iterator<Item = (ClauseId, PanelId)> {
        let referrals = self.covered().map_or(&[][..], |answers| &answers.referrals);
        referrals.iter().filter_map(|referral| {
            self.truth(referral.made)?.then_some((referral.clause, referral.panel))
        })
    }

    /// Whether a clause applies, whether or not the case is covered. `None` where the
    /// decision is empty, the program has no such clause, or it is one about
    /// [items](Decision::of_item).
    #[must_use]
    pub fn clause(&self, clause: ClauseId) -> Option<bool> {
        self.truth(*self.answers.clauses.get(clause.index())?)
    }

    /// Whether a clause applies to a case that the policy refuses, or to one item of it, so that it
    /// may be one of those that met. `None` where the case was not refused, the program has no such
    /// clause, or it is one about other items.
    ///
    /// ```
    /// use apportion_core::case::Case;
    /// use apportion_core::decision::Decision;
    /// use apportion_core::program::{Builder, ClauseId, Operation, Refusal, Test};
    /// use apportion_core::value::{Type, Value};
    ///
    /// // Clause 0 applies when urgent, and must not.
    /// let mut program = Builder::default();
    /// let urgent = program.fact(Type::YesNo, None);
    /// let slot = program.fact_byte(urgent).unwrap();
    /// program.answers.clauses.push(slot);
    /// let refusal = program.refusal(Refusal::Requirement { clause: ClauseId(0) });
    /// program.push(Operation::Require { when: slot, test: Test::is_false(slot), refusal });
    /// let program = program.finish().unwrap();
    ///
    /// let (mut case, mut decision) = (Case::new(&program), Decision::new(&program));
    /// case.set(urgent, Value::YesNo(true)).unwrap();
    /// program.decide(&case, &mut decision).unwrap_err();
    /// assert_eq!(decision.clause(ClauseId(0)), None);
    /// assert_eq!(decision.clause_of_refused(ClauseId(0), None), Some(true));
    /// ```
    #[must_use]
    pub fn clause_of_refused(&self, clause: ClauseId, item: Option<Item>) -> Option<bool> {
        let slot = *self.answers.clauses.get(clause.index())?;
        if self.outcome != Outcome::Refused {
            return None;
        }
        let byte = match item.and_then(|item| self.in_row(item, slot)) {
            None if self.is_of_others(AnySlot::Byte(slot)) => return None,
            None => self.banks.bytes.get(slot.index()).map(|[byte]| *byte),
            of_item => of_item,
        };
        byte.map(|byte| byte != 0)
    }

    /// Whether a fact applies to the case. `None` where the decision is empty.
    #[must_use]
    pub fn applies(&self, fact: FactId) -> Option<bool> {
        let mut facts = self.answers.facts.iter();
        match facts.find(|(declared, _)| *declared == fact) {
            Some((_, applies)) => self.truth(*applies),
            None => (!self.is_empty()).then_some(true),
        }
    }

    /// The facts that apply but were not stated, so that their default stood in, in the order
    /// declared.
    pub fn defaulted(&self) -> impl Iterator<Item = FactId> {
        let stated = if self.is_empty() { &[][..] } else { &self.stated };
        (0..)
            .map(FactId)
            .zip(stated)
            .filter_map(|(fact, stated)| (*stated == Stated::Nothing).then_some(fact))
            .filter(|fact| self.applies(*fact) == Some(true))
    }

    /// The fingerprint of the program that the decision was made for.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.identity.fingerprint()
    }

    /// What stands in a slot for a byte, to explain a decision from. `None` where the
    /// decision is empty, there is no such slot, or it is one of [items](Decision::of_item).
    #[must_use]
    pub fn byte(&self, slot: ByteSlot) -> Option<u8> {
        self.read(&self.banks.bytes, slot.index(), AnySlot::Byte(slot))
    }

    /// What stands in a slot for a date. `None` as for [`Decision::byte`], or where it is no
    /// day.
    #[must_use]
    pub fn date(&self, slot: DateSlot) -> Option<Date> {
        Date::from_packed(self.read(&self.banks.dates, slot.index(), AnySlot::Date(slot))?)
    }

    /// What stands in a slot for an amount. `None` as for [`Decision::byte`].
    #[must_use]
    pub fn amount(&self, slot: AmountSlot) -> Option<i64> {
        self.read(&self.banks.amounts, slot.index(), AnySlot::Amount(slot))
    }

    /// Where the answers stand, if there are any.
    fn covered(&self) -> Option<&Answers> {
        self.is_covered().then_some(&self.answers)
    }

    fn is_empty(&self) -> bool {
        matches!(self.outcome, Outcome::Empty | Outcome::Refused)
    }

    fn truth(&self, slot: ByteSlot) -> Option<bool> {
        self.byte(slot).map(|byte| byte != 0)
    }

    fn money(&self, slot: AmountSlot) -> Option<Money> {
        self.amount(slot).map(Money::from_pence)
    }

    /// What stands at a place of a bank, unless it is one of other items than the decision is
    /// about.
    fn read<T: Copy>(&self, bank: &[[T; 1]], place: usize, slot: AnySlot) -> Option<T> {
        if self.is_empty() || self.is_of_others(slot) {
            return None;
        }
        bank.get(place).map(|[value]| *value)
    }

    /// Takes over what came of one lane, whose facts were all given.
    pub(crate) fn take_lane<const N: usize>(
        &mut self,
        identity: Identity,
        banks: &Banks<N>,
        lane: usize,
        is_covered: bool,
    ) -> Option<()> {
        self.outcome = Outcome::Empty;
        self.item = None;
        if self.identity != identity {
            return None;
        }
        take_lane(lane, &banks.bytes, &mut self.banks.bytes)?;
        take_lane(lane, &banks.dates, &mut self.banks.dates)?;
        take_lane(lane, &banks.amounts, &mut self.banks.amounts)?;
        self.stated.fill(Stated::Value);
        self.take_items_of_lane(&banks.items, lane)?;
        self.outcome = if is_covered { Outcome::Decided } else { Outcome::NotCovered };
        Some(())
    }

    /// Copies the facts of a case into the banks.
    fn take(&mut self, case: &Case) -> Result<(), DecideError> {
        let Slots { bytes, dates, amounts } = case.inputs();
        copy(bytes, &mut self.banks.bytes)?;
        copy(dates, &mut self.banks.dates)?;
        copy(amounts, &mut self.banks.amounts)?;
        copy(case.stated(), &mut self.stated)?;
        self.take_items(case)
    }
}

/// Copies entries to the beginning of a table at least as long.
fn copy<T: Copy>(from: &[T], to: &mut [T]) -> Result<(), DecideError> {
    to.get_mut(..from.len()).ok_or(DecideError::Broken)?.copy_from_slice(from);
    Ok(())
}

/// Copies one lane of every slot.
fn take_lane<T: Copy, const N: usize>(
    lane: usize,
    from: &[[T; N]],
    to: &mut [[T; 1]],
) -> Option<()> {
    for ([to], from) in to.iter_mut().zip(from) {
        *to = *from.get(lane)?;
    }
    Some(())
}
