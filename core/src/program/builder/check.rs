//! Whether every id of a program stands for something, and every operation writes after it
//! reads.

use crate::program::{
    AmountSlot, AnySlot, BankSizes, ByteSlot, DateSlot, Members, Operation, Program, RefusalId, Run,
};

use super::place;

impl Program {
    pub(super) fn answers_stand_somewhere(&self) -> Option<()> {
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
        answers.clauses.iter().try_for_each(|clause| byte(*clause))?;
        answers.facts.iter().try_for_each(|(_, applies)| byte(*applies))
    }
}

/// Checks one operation: what it reads is there, and what it writes comes after.
pub(super) struct Checker<'a> {
    program: &'a Program,
    /// The slot after the last one read, for each bank.
    read: BankSizes,
}

impl<'a> Checker<'a> {
    pub(super) fn new(program: &'a Program) -> Self {
        Checker { program, read: BankSizes::default() }
    }

    fn byte(&mut self, slot: ByteSlot) -> Option<()> {
        self.read.bytes = self.read.bytes.max(slot.0.checked_add(1)?);
        (slot.0 < self.program.banks.bytes).then_some(())
    }

    fn date(&mut self, slot: DateSlot) -> Option<()> {
        self.read.dates = self.read.dates.max(slot.0.checked_add(1)?);
        (slot.0 < self.program.banks.dates).then_some(())
    }

    fn amount(&mut self, slot: AmountSlot) -> Option<()> {
        self.read.amounts = self.read.amounts.max(slot.0.checked_add(1)?);
        (slot.0 < self.program.banks.amounts).then_some(())
    }

    fn byte_out(&self, slot: ByteSlot) -> Option<()> {
        (slot.0 >= self.read.bytes && slot.0 < self.program.banks.bytes).then_some(())
    }

    fn date_out(&self, slot: DateSlot) -> Option<()> {
        (slot.0 >= self.read.dates && slot.0 < self.program.banks.dates).then_some(())
    }

    fn amounts_out(&self, slot: AmountSlot, count: u32) -> Option<()> {
        let end = slot.0.checked_add(count)?;
        (slot.0 >= self.read.amounts && end <= self.program.banks.amounts).then_some(())
    }

    fn rows(&mut self, rows: Run) -> Option<()> {
        let tests = self.program.tests.get(rows.range())?;
        tests.iter().try_for_each(|test| self.byte(test.slot))
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

    fn dates(&mut self, slots: Run) -> Option<()> {
        self.program.date_lists.get(slots.range())?.iter().try_for_each(|slot| self.date(*slot))
    }

    fn refusal(&self, refusal: RefusalId) -> Option<()> {
        self.program.refusal(refusal).map(|_| ())
    }

    fn at_most_255(run: Run) -> Option<()> {
        (run.len() <= 255).then_some(())
    }

    pub(super) fn operation(&mut self, operation: Operation) -> Option<()> {
        match operation {
            Operation::Condition { rows, out } | Operation::Choose { rows, out, .. } => {
                self.rows(rows)?;
                self.byte_out(out)
            }
            Operation::Count { rows, out } => {
                self.rows(rows)?;
                let tests = self.program.tests.get(rows.range())?;
                (tests.iter().filter(|test| test.ends_row).count() <= 255).then_some(())?;
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
            Operation::CompareAmounts { a, b, times, out, .. } => {
                times.iter().all(|times| *times > 0).then_some(())?;
                self.amount(a)?;
                self.amount(b)?;
                self.byte_out(out)
            }
            Operation::Age { birth, on, out, when, refusal } => {
                self.date(birth)?;
                self.date(on)?;
                self.byte(when)?;
                self.refusal(refusal)?;
                self.byte_out(out)
            }
            Operation::FamilyTotals { totals } => {
                let totals = self.program.totals.get(totals.index())?;
                self.members(totals.members)?;
                totals.outs.iter().try_for_each(|out| self.byte_out(*out))
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
            Operation::PickDate { choice, options, out } => {
                self.byte(choice)?;
                self.dates(options)?;
                self.date_out(out)
            }
            Operation::PlusDays { date, out, .. } | Operation::PlusMonths { date, out, .. } => {
                self.date(date)?;
                self.date_out(out)
            }
            Operation::PlusWorkingDays { date, holidays, out, .. } => {
                self.date(date)?;
                self.program.holidays.get(holidays.range())?;
                self.date_out(out)
            }
            Operation::LaterDate { a, b, out } | Operation::EarlierDate { a, b, out } => {
                self.date(a)?;
                self.date(b)?;
                self.date_out(out)
            }
            Operation::DaysBetween { from, to, out, .. } => {
                self.date(from)?;
                self.date(to)?;
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
                (whole > 0 && columns > 0 && shares.len() % columns == 0).then_some(())?;
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
            Operation::SplitInProportion { amount, weights, spare, out } => {
                self.amount(amount)?;
                self.amounts(weights)?;
                (!weights.is_empty() && spare.is_among(weights.len())).then_some(())?;
                self.amounts_out(out, place(weights.len()).checked_mul(2)?)
            }
            Operation::Limit { payer, other, most, when, out, moved } => {
                self.amount(payer)?;
                self.amount(other)?;
                self.amount(most)?;
                when.map_or(Some(()), |when| self.byte(when))?;
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
