//! Making a program, slot by slot and operation by operation.

use alloc::vec::Vec;

use super::{
    AmountSlot, Answers, AnySlot, BankSizes, ByteSlot, DateSlot, Fact, FactId, Fingerprint,
    Members, Operation, Program, Refusal, RefusalId, Row, Run, Term, Test,
};
use crate::date::Date;
use crate::value::{Type, Value};

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
    banks: BankSizes,
    byte_constants: Vec<(ByteSlot, u8)>,
    amount_constants: Vec<(AmountSlot, i64)>,
    operations: Vec<Operation>,
    rows: Vec<Row>,
    tests: Vec<Test>,
    terms: Vec<Term>,
    byte_lists: Vec<ByteSlot>,
    amount_lists: Vec<AmountSlot>,
    small: Vec<u8>,
    dates: Vec<Date>,
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

impl Builder {
    /// Declares a fact and gives it a slot. Facts come before everything else.
    pub fn fact(&mut self, kind: Type, default: Option<Value>) -> FactId {
        let slot = match kind {
            Type::YesNo | Type::Words { .. } => self.byte().0,
            Type::Date { .. } => self.date().0,
            Type::Amount { .. } => self.amount().0,
        };
        self.facts.push(Fact { kind, slot, default });
        FactId(place(self.facts.len() - 1))
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
        if let Some((slot, _)) = self.byte_constants.iter().find(|(_, value)| *value == byte) {
            return *slot;
        }
        let slot = self.byte();
        self.byte_constants.push((slot, byte));
        slot
    }

    /// A slot that always holds this amount; asked for again, the same slot.
    pub fn constant_amount(&mut self, amount: i64) -> AmountSlot {
        if let Some((slot, _)) = self.amount_constants.iter().find(|(_, value)| *value == amount) {
            return *slot;
        }
        let slot = self.amount();
        self.amount_constants.push((slot, amount));
        slot
    }

    /// Rows of tests, each with the value it gives.
    pub fn rows(&mut self, rows: impl IntoIterator<Item = (Vec<Test>, u8)>) -> Run {
        let start = self.rows.len();
        for (tests, value) in rows {
            let tests = append(&mut self.tests, tests);
            self.rows.push(Row { tests, value });
        }
        Run { start: place(start), end: place(self.rows.len()) }
    }

    /// A list of bytes.
    pub fn byte_list(&mut self, slots: impl IntoIterator<Item = ByteSlot>) -> Run {
        append(&mut self.byte_lists, slots)
    }

    /// A list of amounts.
    pub fn amount_list(&mut self, slots: impl IntoIterator<Item = AmountSlot>) -> Run {
        append(&mut self.amount_lists, slots)
    }

    /// The terms of a sum.
    pub fn terms(&mut self, terms: impl IntoIterator<Item = Term>) -> Run {
        append(&mut self.terms, terms)
    }

    /// Small numbers, as [`Operation::FamilySum`] wants them.
    pub fn small_table(&mut self, numbers: impl IntoIterator<Item = u8>) -> Run {
        append(&mut self.small, numbers)
    }

    /// Dates: the edges of a band.
    pub fn date_table(&mut self, dates: impl IntoIterator<Item = Date>) -> Run {
        append(&mut self.dates, dates)
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
    pub fn push(&mut self, operation: Operation) {
        self.operations.push(operation);
    }

    /// The program, once every id in it has been checked.
    ///
    /// # Errors
    ///
    /// Returns [`ProgramError`] where an operation reads or writes a slot, run or refusal
    /// that is not there, writes a slot at or before one it reads in the same bank, or
    /// where an answer stands nowhere.
    pub fn finish(self) -> Result<Program, ProgramError> {
        let program = Program {
            fingerprint: self.fingerprint,
            facts: self.facts,
            banks: self.banks,
            byte_constants: self.byte_constants,
            amount_constants: self.amount_constants,
            operations: self.operations,
            rows: self.rows,
            tests: self.tests,
            terms: self.terms,
            byte_lists: self.byte_lists,
            amount_lists: self.amount_lists,
            small: self.small,
            dates: self.dates,
            amounts: self.amounts,
            refusals: self.refusals,
            answers: self.answers,
        };
        for (index, operation) in program.operations.iter().enumerate() {
            Checker::new(&program)
                .operation(*operation)
                .ok_or(ProgramError::Operation { index: place(index) })?;
        }
        program.answers_stand_somewhere().ok_or(ProgramError::Answers)?;
        Ok(program)
    }
}

/// A program whose ids do not fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgramError {
    /// An operation refers to something that is not there, or writes before it reads.
    Operation {
        /// The operation, counted from 0.
        index: u32,
    },
    /// An answer stands in a slot that is not there.
    Answers,
}

impl core::fmt::Display for ProgramError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            ProgramError::Operation { index } => {
                write!(f, "operation {index} of the program refers to something that is not there")
            }
            ProgramError::Answers => {
                f.write_str("an answer of the program stands in a slot that is not there")
            }
        }
    }
}

impl core::error::Error for ProgramError {}

impl Program {
    fn answers_stand_somewhere(&self) -> Option<()> {
        let byte = |slot: ByteSlot| (slot.0 < self.banks.bytes).then_some(());
        let amount = |slot: AmountSlot| (slot.0 < self.banks.amounts).then_some(());
        let answers = &self.answers;
        answers.cover.map_or(Some(()), byte)?;
        answers.conclusions.iter().try_for_each(|slot| byte(*slot))?;
        answers.values.iter().try_for_each(|value| {
            byte(value.given)?;
            match value.slot {
                AnySlot::Byte(slot) => byte(slot),
                AnySlot::Date(slot) => (slot.0 < self.banks.dates).then_some(()),
                AnySlot::Amount(slot) => amount(slot),
            }
        })?;
        answers.lines.iter().try_for_each(|line| {
            byte(line.made)?;
            amount(line.pence)
        })?;
        answers.totals.iter().try_for_each(|total| amount(total.pence))?;
        answers.referrals.iter().try_for_each(|referral| byte(referral.made))?;
        answers.clauses.iter().try_for_each(|clause| byte(*clause))
    }
}

/// Checks one operation: what it reads is there, and what it writes comes after.
struct Checker<'a> {
    program: &'a Program,
    /// The slot after the last one read, for each bank.
    read: BankSizes,
}

impl<'a> Checker<'a> {
    fn new(program: &'a Program) -> Self {
        Checker { program, read: BankSizes::default() }
    }

    fn byte(&mut self, slot: ByteSlot) -> Option<()> {
        self.read.bytes = self.read.bytes.max(slot.0.checked_add(1)?);
        (slot.0 < self.program.banks.bytes).then_some(())
    }

    fn date(&mut self, slot: DateSlot) -> Option<()> {
        (slot.0 < self.program.banks.dates).then_some(())
    }

    fn amount(&mut self, slot: AmountSlot) -> Option<()> {
        self.read.amounts = self.read.amounts.max(slot.0.checked_add(1)?);
        (slot.0 < self.program.banks.amounts).then_some(())
    }

    fn byte_out(&self, slot: ByteSlot) -> Option<()> {
        (slot.0 >= self.read.bytes && slot.0 < self.program.banks.bytes).then_some(())
    }

    fn amounts_out(&self, slot: AmountSlot, count: u32) -> Option<()> {
        let end = slot.0.checked_add(count)?;
        (slot.0 >= self.read.amounts && end <= self.program.banks.amounts).then_some(())
    }

    fn rows(&mut self, rows: Run) -> Option<()> {
        for row in self.program.rows.get(rows.range())? {
            for test in self.program.tests.get(row.tests.range())? {
                self.byte(test.slot)?;
            }
        }
        Some(())
    }

    fn bytes(&mut self, slots: Run) -> Option<()> {
        self.program.byte_lists.get(slots.range())?.iter().try_for_each(|slot| self.byte(*slot))
    }

    fn members(&mut self, members: Members) -> Option<()> {
        let last = members.first.0.checked_add(u32::from(members.count.checked_sub(1)?))?;
        self.byte(ByteSlot(last))
    }

    fn amounts(&mut self, slots: Run) -> Option<()> {
        self.program.amount_lists.get(slots.range())?.iter().try_for_each(|slot| self.amount(*slot))
    }

    fn refusal(&self, refusal: RefusalId) -> Option<()> {
        self.program.refusal(refusal).map(|_| ())
    }

    fn at_most_255(run: Run) -> Option<()> {
        (run.len() <= 255).then_some(())
    }

    fn operation(&mut self, operation: Operation) -> Option<()> {
        match operation {
            Operation::Condition { rows, out } | Operation::Choose { rows, out, .. } => {
                self.rows(rows)?;
                self.byte_out(out)
            }
            Operation::Count { rows, out } => {
                Self::at_most_255(rows)?;
                self.rows(rows)?;
                self.byte_out(out)
            }
            Operation::DateBand { date, edges, out } => {
                self.date(date)?;
                Self::at_most_255(edges)?;
                self.program.dates.get(edges.range())?;
                self.byte_out(out)
            }
            Operation::AmountBand { amount, edges, out } => {
                self.amount(amount)?;
                Self::at_most_255(edges)?;
                self.program.amounts.get(edges.range())?;
                self.byte_out(out)
            }
            Operation::CompareDates { a, b, out } => {
                self.date(a)?;
                self.date(b)?;
                self.byte_out(out)
            }
            Operation::CompareBytes { a, b, out } => {
                self.byte(a)?;
                self.byte(b)?;
                self.byte_out(out)
            }
            Operation::Age { birth, on, out, when, refusal } => {
                self.date(birth)?;
                self.date(on)?;
                self.byte(when)?;
                self.refusal(refusal)?;
                self.byte_out(out)
            }
            Operation::FamilyCount { members, out, .. } => {
                self.members(members)?;
                self.byte_out(out)
            }
            Operation::FamilySum { members, points, out } => {
                self.members(members)?;
                self.program.small.get(points.range())?;
                self.byte_out(out)
            }
            Operation::Highest { slots, out } | Operation::Lowest { slots, out } => {
                self.bytes(slots)?;
                self.byte_out(out)
            }
            Operation::PickByte { choice, options, out } => {
                self.byte(choice)?;
                self.bytes(options)?;
                self.byte_out(out)
            }
            Operation::PickAmount { choice, options, out } => {
                self.byte(choice)?;
                self.amounts(options)?;
                self.amounts_out(out, 1)
            }
            Operation::Lookup { slot, table, out } => {
                self.byte(slot)?;
                self.program.amounts.get(table.range())?;
                self.amounts_out(out, 1)
            }
            Operation::Linear { terms, out, .. } => {
                for term in self.program.terms.get(terms.range())? {
                    self.amount(term.slot)?;
                }
                self.amounts_out(out, 1)
            }
            Operation::Multiply { a, b, out }
            | Operation::Greater { a, b, out }
            | Operation::Lesser { a, b, out } => {
                self.amount(a)?;
                self.amount(b)?;
                self.amounts_out(out, 1)
            }
            Operation::Round { amount, numerator, times, out, .. } => {
                (numerator > 0 && times > 0).then_some(())?;
                self.amount(amount)?;
                self.amounts_out(out, 1)
            }
            Operation::Divide { a, b, numerator, by, divisor, times, out, .. } => {
                (numerator > 0 && divisor > 0 && times > 0).then_some(())?;
                self.amount(a)?;
                self.amount(b)?;
                self.amount(by)?;
                self.amounts_out(out, 1)
            }
            Operation::SplitByTable {
                amount, choice, shares, whole, spare, out, parties, ..
            } => {
                self.amount(amount)?;
                self.byte(choice)?;
                self.program.amounts.get(shares.range())?;
                let columns = usize::try_from(parties).ok()?;
                (whole > 0 && columns > 0 && shares.len().is_multiple_of(columns)).then_some(())?;
                spare.is_among(columns).then_some(())?;
                self.amounts_out(out, parties.checked_mul(2)?)
            }
            Operation::Split { amount, shares, whole, spare, out, .. } => {
                self.amount(amount)?;
                self.amounts(shares)?;
                (whole > 0 && !shares.is_empty()).then_some(())?;
                spare.is_among(shares.len()).then_some(())?;
                self.amounts_out(out, place(shares.len()).checked_mul(2)?)
            }
            Operation::Limit { payer, other, most, when, out, moved } => {
                self.amount(payer)?;
                self.amount(other)?;
                self.amount(most)?;
                self.byte(when)?;
                self.byte_out(moved)?;
                self.amounts_out(out, 3)
            }
            Operation::Require { when, test, refusal } => {
                self.byte(when)?;
                self.byte(test.slot)?;
                self.refusal(refusal)
            }
        }
    }
}
