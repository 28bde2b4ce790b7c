//! Making a program, slot by slot and operation by operation.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::list::MOST_LISTS;
use super::{
    AmountSlot, Answers, BankSizes, ByteSlot, DateSlot, Fact, FactId, Fingerprint, List, ListId,
    MOST_ITEMS, Members, Operation, Program, Refusal, RefusalId, RowTest, Run, TOTALS, Term, Test,
    Totals, TotalsId,
};
use crate::date::Date;
use crate::value::{Type, Value};
use crate::working_days::Holidays;

mod check;
mod scope;

use check::Checker;
use scope::Scopes;

/// A program in the making.
///
/// Slots are handed out in order, so an operation that asks for its `out` slots last
/// writes after all it reads. [`Builder::finish`] checks that, and every other id.
///
/// ```
/// use apportion_core::program::{Builder, Operation, Test};
/// use apportion_core::value::Type;
///
/// // Eligible when fast track.
/// let mut program = Builder::default();
/// let fast_track = program.fact(Type::YesNo, None);
/// let slot = program.fact_byte(fast_track).unwrap();
/// let rows = program.rows([(vec![Test::is_true(slot)], 1)]);
/// let eligible = program.byte();
/// program.push(Operation::Condition { rows, out: eligible });
/// program.answers.conclusions.push(eligible);
/// assert_eq!(program.finish().unwrap().operations().len(), 1);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Builder {
    /// The SHA-256 of the texts.
    pub fingerprint: Fingerprint,
    /// Where the answers stand.
    pub answers: Answers,
    facts: Vec<Fact>,
    lists: Vec<List>,
    banks: BankSizes,
    byte_constants: Vec<(ByteSlot, u8)>,
    date_constants: Vec<(DateSlot, Date)>,
    amount_constants: Vec<(AmountSlot, i64)>,
    /// The constants by what they hold.
    slots_of_bytes: BTreeMap<u8, ByteSlot>,
    slots_of_dates: BTreeMap<Date, DateSlot>,
    slots_of_amounts: BTreeMap<i64, AmountSlot>,
    operations: Vec<Operation>,
    tests: Vec<RowTest>,
    totals: Vec<Totals>,
    terms: Vec<Term>,
    byte_lists: Vec<ByteSlot>,
    date_lists: Vec<DateSlot>,
    amount_lists: Vec<AmountSlot>,
    dates: Vec<Date>,
    holidays: Vec<i32>,
    amounts: Vec<i64>,
    refusals: Vec<Refusal>,
}

/// Appends entries to a table and says where they stand.
fn append<T>(table: &mut Vec<T>, entries: impl IntoIterator<Item = T>) -> Run {
    let start = table.len();
    table.extend(entries);
    Run { start: place(start), end: place(table.len()) }
}

/// An index as an id. A table never grows past `u32`: a policy has at most 1 MiB of text.
fn place(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The tests of a row, with those of one byte joined where they can be.
fn joined(tests: Vec<Test>) -> Vec<Test> {
    let mut joined: Vec<Test> = Vec::with_capacity(tests.len());
    for test in tests {
        let both = joined.iter_mut().find_map(|other| Some((test.and(*other)?, other)));
        match both {
            Some((both, other)) => *other = both,
            None => joined.push(test),
        }
    }
    joined
}

impl Builder {
    /// Declares a fact and gives it a slot. Facts and lists come before everything else.
    pub fn fact(&mut self, kind: Type, default: Option<Value>) -> FactId {
        self.declare(kind, None, default)
    }

    /// Declares a list of which a case has at most so many items; at most [`MOST_ITEMS`].
    pub fn list(&mut self, most: u32) -> ListId {
        let (facts, bytes, dates, amounts) = Default::default();
        let live = self.byte();
        self.lists.push(List { most, live, facts, bytes, dates, amounts });
        ListId(place(self.lists.len() - 1))
    }

    /// The slot that is 1 for an item that is there, and 0 in the lanes of a block that have
    /// fewer items than others.
    #[must_use]
    pub fn list_live(&self, list: ListId) -> Option<ByteSlot> {
        self.lists.get(list.index()).map(|list| list.live)
    }

    /// Declares a fact of the items of a list and gives it a slot.
    pub fn item_fact(&mut self, list: ListId, kind: Type, default: Option<Value>) -> FactId {
        let fact = self.declare(kind, Some(list), default);
        if let Some(list) = self.lists.get_mut(list.index()) {
            list.facts.push(fact);
        }
        fact
    }

    fn declare(&mut self, kind: Type, list: Option<ListId>, default: Option<Value>) -> FactId {
        let slot = match kind {
            Type::YesNo | Type::Words { .. } => self.byte().0,
            Type::Date { .. } => self.date().0,
            Type::Amount { .. } => self.amount().0,
        };
        self.facts.push(Fact { kind, list, slot, default, said: None });
        FactId(place(self.facts.len() - 1))
    }

    /// Lets a case leave out a fact: gives the slot where it stands what the case says of it,
    /// see [`Fact::said`]. `None` where there is no such fact, or it is one of items.
    ///
    /// ```
    /// use apportion_core::case::Case;
    /// use apportion_core::decision::{DecideError, Decision};
    /// use apportion_core::program::{Builder, Operation, Refusal, Test};
    /// use apportion_core::value::{Type, Value};
    ///
    /// // A fee, which a case states only where there is a school.
    /// let mut program = Builder::default();
    /// let school = program.fact(Type::YesNo, None);
    /// let fee = program.fact(Type::Amount { least: 0, greatest: 100 }, None);
    /// let applies = program.fact_byte(school).unwrap();
    /// let said = program.may_be_left_out(fee).unwrap();
    /// let refusal = program.refusal(Refusal::NotStated { fact: fee });
    /// let test = Test { slot: said, low: 1, width: 0 };
    /// program.push(Operation::Require { when: applies, test, refusal });
    /// let program = program.finish().unwrap();
    ///
    /// let (mut case, mut decision) = (Case::new(&program), Decision::new(&program));
    /// case.set(school, Value::YesNo(false)).unwrap();
    /// assert!(program.decide(&case, &mut decision).is_ok());
    /// case.set(school, Value::YesNo(true)).unwrap();
    /// let refusal = Refusal::NotStated { fact: fee };
    /// let refused = DecideError::Refused { refusal, item: None };
    /// assert_eq!(program.decide(&case, &mut decision), Err(refused));
    /// ```
    pub fn may_be_left_out(&mut self, fact: FactId) -> Option<ByteSlot> {
        let declared = self.facts.get(fact.index()).filter(|fact| fact.list.is_none())?;
        let said = declared.said.unwrap_or_else(|| self.byte());
        self.facts.get_mut(fact.index())?.said = Some(said);
        Some(said)
    }

    /// The slot of a fact that is yes or no, or a word.
    #[must_use]
    pub fn fact_byte(&self, fact: FactId) -> Option<ByteSlot> {
        let fact = self.facts.get(fact.index())?;
        matches!(fact.kind, Type::YesNo | Type::Words { .. }).then_some(ByteSlot(fact.slot))
    }

    /// The slot of a fact that is a date.
    #[must_use]
    pub fn fact_date(&self, fact: FactId) -> Option<DateSlot> {
        let fact = self.facts.get(fact.index())?;
        matches!(fact.kind, Type::Date { .. }).then_some(DateSlot(fact.slot))
    }

    /// The slot of a fact that is an amount.
    #[must_use]
    pub fn fact_amount(&self, fact: FactId) -> Option<AmountSlot> {
        let fact = self.facts.get(fact.index())?;
        matches!(fact.kind, Type::Amount { .. }).then_some(AmountSlot(fact.slot))
    }

    /// A new slot for a byte.
    pub fn byte(&mut self) -> ByteSlot {
        self.banks.bytes += 1;
        ByteSlot(self.banks.bytes - 1)
    }

    /// A new slot for a date.
    pub fn date(&mut self) -> DateSlot {
        self.banks.dates += 1;
        DateSlot(self.banks.dates - 1)
    }

    /// A new slot for an amount.
    pub fn amount(&mut self) -> AmountSlot {
        self.banks.amounts += 1;
        AmountSlot(self.banks.amounts - 1)
    }

    /// A slot that always holds this byte; asked for again, the same slot.
    pub fn constant_byte(&mut self, byte: u8) -> ByteSlot {
        if let Some(slot) = self.slots_of_bytes.get(&byte) {
            return *slot;
        }
        let slot = self.byte();
        self.byte_constants.push((slot, byte));
        self.slots_of_bytes.insert(byte, slot);
        slot
    }

    /// A slot that always holds this date; asked for again, the same slot.
    pub fn constant_date(&mut self, date: Date) -> DateSlot {
        if let Some(slot) = self.slots_of_dates.get(&date) {
            return *slot;
        }
        let slot = self.date();
        self.date_constants.push((slot, date));
        self.slots_of_dates.insert(date, slot);
        slot
    }

    /// A slot that always holds this amount; asked for again, the same slot.
    pub fn constant_amount(&mut self, amount: i64) -> AmountSlot {
        if let Some(slot) = self.slots_of_amounts.get(&amount) {
            return *slot;
        }
        let slot = self.amount();
        self.amount_constants.push((slot, amount));
        self.slots_of_amounts.insert(amount, slot);
        slot
    }

    /// Rows of tests, each with the value it gives. A row without tests always applies.
    pub fn rows(&mut self, rows: impl IntoIterator<Item = (Vec<Test>, u8)>) -> Run {
        let start = self.tests.len();
        for (tests, value) in rows {
            let mut tests = joined(tests);
            let last = match tests.pop() {
                Some(last) => last,
                None => Test::is_true(self.constant_byte(1)),
            };
            self.tests.extend(tests.into_iter().map(|test| test.in_row(value, false)));
            self.tests.push(last.in_row(value, true));
        }
        Run { start: place(start), end: place(self.tests.len()) }
    }

    /// How many bytes of a family pass one interval test, `low <= byte <= low + width`.
    ///
    /// All that is counted and summed over one family is worked out where the first of it
    /// was asked for.
    pub fn family_count(&mut self, members: Members, low: u8, width: u8) -> ByteSlot {
        let passes = |byte: u8| u8::from(byte.wrapping_sub(low) <= width);
        self.family_sum(members, (0..=u8::MAX).map(passes))
    }

    /// The sum of what each byte of a family stands for: byte 0, 1, 2, ... for the first,
    /// second, third, ... number, and beyond the end for 0. The whole sum is at most 255.
    pub fn family_sum(
        &mut self,
        members: Members,
        points: impl IntoIterator<Item = u8>,
    ) -> ByteSlot {
        let out = self.byte();
        let is_open =
            |totals: &&mut Totals| totals.members == members && totals.outs.len() < TOTALS;
        match self.totals.iter_mut().find(is_open) {
            Some(totals) => totals.add(points, out),
            None => {
                let mut totals = Totals { members, points: Vec::new(), outs: Vec::new() };
                totals.add(points, out);
                let id = TotalsId(place(self.totals.len()));
                self.operations.push(Operation::FamilyTotals { totals: id });
                self.totals.push(totals);
            }
        }
        out
    }

    /// A list of bytes.
    pub fn byte_list(&mut self, slots: impl IntoIterator<Item = ByteSlot>) -> Run {
        append(&mut self.byte_lists, slots)
    }

    /// A list of dates.
    pub fn date_list(&mut self, slots: impl IntoIterator<Item = DateSlot>) -> Run {
        append(&mut self.date_lists, slots)
    }

    /// A list of amounts.
    pub fn amount_list(&mut self, slots: impl IntoIterator<Item = AmountSlot>) -> Run {
        append(&mut self.amount_lists, slots)
    }

    /// The terms of a sum.
    pub fn terms(&mut self, terms: impl IntoIterator<Item = Term>) -> Run {
        append(&mut self.terms, terms)
    }

    /// Dates: the edges of a band.
    pub fn date_table(&mut self, dates: impl IntoIterator<Item = Date>) -> Run {
        append(&mut self.dates, dates)
    }

    /// Holidays on the way of working days.
    pub fn holidays(&mut self, holidays: &Holidays) -> Run {
        append(&mut self.holidays, holidays.weekdays.iter().copied())
    }

    /// Amounts: the edges of a band, or what a byte stands for.
    pub fn amount_table(&mut self, amounts: impl IntoIterator<Item = i64>) -> Run {
        append(&mut self.amounts, amounts)
    }

    /// A refusal that operations may give.
    pub fn refusal(&mut self, refusal: Refusal) -> RefusalId {
        self.refusals.push(refusal);
        RefusalId(place(self.refusals.len() - 1))
    }

    /// Appends an operation.
    ///
    /// One that reads a slot of a list is worked out for each of its items, and so is what it
    /// writes a slot of that list; but for a tally, which writes slots of the case. All others
    /// are worked out once, wherever they stand.
    pub fn push(&mut self, operation: Operation) {
        self.operations.push(operation);
    }

    /// The program, once every id in it has been checked and its passes were found.
    ///
    /// # Errors
    ///
    /// Returns [`ProgramError`] where an operation reads or writes a slot, run or refusal
    /// that is not there, writes a slot at or before one it reads in the same bank, or reads
    /// items of two lists; where a list may have too many items; or where an answer stands
    /// nowhere.
    pub fn finish(self) -> Result<Program, ProgramError> {
        let mut program = Program {
            fingerprint: self.fingerprint,
            facts: self.facts.into(),
            lists: self.lists,
            banks: self.banks,
            byte_constants: self.byte_constants,
            date_constants: self.date_constants,
            amount_constants: self.amount_constants,
            operations: self.operations,
            passes: Vec::new(),
            tests: self.tests,
            totals: self.totals,
            terms: self.terms,
            byte_lists: self.byte_lists,
            date_lists: self.date_lists,
            amount_lists: self.amount_lists,
            dates: self.dates,
            holidays: self.holidays,
            amounts: self.amounts,
            refusals: self.refusals,
            answers: self.answers.into(),
        };
        program.lists_are_sound()?;
        let mut scopes = Scopes::of_facts(&program);
        let mut stands = Vec::with_capacity(program.operations.len());
        for (index, operation) in (0..).zip(&program.operations) {
            stands.push(Checker::new(&program, &mut scopes).stand(index, *operation)?);
        }
        program.answers_stand_somewhere(&scopes).ok_or(ProgramError::Answers)?;
        program.find_passes(&stands);
        scopes.tell(&mut program.lists);
        Ok(program)
    }
}

impl Program {
    /// Whether lists are no longer than they may be, and every fact of items has one.
    fn lists_are_sound(&self) -> Result<(), ProgramError> {
        let in_order = (0..).map(ListId).zip(&self.lists);
        let mut long = in_order.filter(|(_, list)| list.most > MOST_ITEMS).map(|(id, _)| id);
        let all = MOST_LISTS.min(self.lists.len());
        let mut missing = self.facts.iter().filter_map(|fact| fact.list);
        let beyond = (self.lists.len() > MOST_LISTS).then_some(ListId(place(MOST_LISTS)));
        match long.next().or(missing.find(|list| list.index() >= all)).or(beyond) {
            Some(list) => Err(ProgramError::List { list }),
            None => Ok(()),
        }
    }
}

impl Test {
    /// The one test that passes where both do: where they are of one byte, do not wrap past
    /// 255, and have a byte in common.
    fn and(self, other: Test) -> Option<Test> {
        let low = self.low.max(other.low);
        let high = self.low.checked_add(self.width)?.min(other.low.checked_add(other.width)?);
        let width = high.checked_sub(low)?;
        (self.slot == other.slot).then_some(Test { slot: self.slot, low, width })
    }

    /// The test as one of a row.
    fn in_row(self, value: u8, ends_row: bool) -> RowTest {
        let Test { slot, low, width } = self;
        RowTest { slot, low, width, value, ends_row }
    }
}

impl Totals {
    /// Adds a total. There must be room for it.
    fn add(&mut self, points: impl IntoIterator<Item = u8>, out: ByteSlot) {
        let shift = u8::BITS * place(self.outs.len());
        for (byte, points) in points.into_iter().enumerate() {
            if points == 0 {
                continue;
            }
            if self.points.len() <= byte {
                self.points.resize(byte + 1, 0);
            }
            if let Some(all) = self.points.get_mut(byte) {
                *all |= u64::from(points) << shift;
            }
        }
        self.outs.push(out);
    }
}

/// A program whose ids do not fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgramError {
    /// An operation refers to something that is not there, or writes before it reads.
    Operation {
        /// The operation, counted from 0 in the order pushed.
        index: u32,
    },
    /// An operation reads items of two lists, or is a tally of no list's items.
    Items {
        /// The operation, counted from 0 in the order pushed.
        index: u32,
    },
    /// An operation writes a slot that one before it has read.
    Late {
        /// The operation, counted from 0 in the order pushed.
        index: u32,
    },
    /// A case may have too many items of a list, there are too many lists, or a fact is of a list
    /// that is not there.
    List {
        /// The list.
        list: ListId,
    },
    /// An answer stands in a slot that is not there, or an answer of the case in a slot of its
    /// items.
    Answers,
}

impl core::fmt::Display for ProgramError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            ProgramError::Operation { index } => {
                write!(f, "operation {index} of the program refers to something that is not there")
            }
            ProgramError::Items { index } => {
                write!(f, "operation {index} of the program is not about the items of one list")
            }
            ProgramError::Late { index } => {
                write!(f, "operation {index} of the program writes what was read before it")
            }
            ProgramError::List { list } => {
                write!(f, "list {} of the program is not there or may have too many items", list.0)
            }
            ProgramError::Answers => {
                f.write_str("an answer of the program stands in a slot that is not there")
            }
        }
    }
}

impl core::error::Error for ProgramError {}
