//! Whether every id of a program stands for something, and every operation writes after it
//! reads.

use crate::program::{
    AmountSlot, AnySlot, BankSizes, ByteSlot, DateSlot, ListId, Members, Operation, Program,
    ProgramError, RefusalId, Run,
};

use super::place;
use super::scope::{Scope, Scopes, Stand};

impl Program {
    pub(super) fn answers_stand_somewhere(&self, scopes: &Scopes) -> Option<()> {
        // A slot of the case, or of this list.
        let of = |list: Option<ListId>, slot: AnySlot| {
            scopes.list(slot)?.is_none_or(|its| list == Some(its)).then_some(())
        };
        let of_one_list = |slots: [AnySlot; 2]| {
            let [one, other] = slots;
            of(scopes.list(one)?.or(scopes.list(other)?), one)?;
            of(scopes.list(one)?.or(scopes.list(other)?), other)
        };
        let answers = &self.answers;
        answers.cover.map_or(Some(()), |slot| of(None, AnySlot::Byte(slot)))?;
        let truths = answers.conclusions.iter().chain(&answers.clauses);
        truths.copied().try_for_each(|slot| scopes.list(AnySlot::Byte(slot)).map(|_| ()))?;
        answers
            .values
            .iter()
            .try_for_each(|value| of_one_list([AnySlot::Byte(value.given), value.slot]))?;
        answers.lines.iter().try_for_each(|line| {
            line.list.is_none_or(|list| list.index() < self.lists.len()).then_some(())?;
            of(line.list, AnySlot::Byte(line.made))?;
            of(line.list, AnySlot::Amount(line.pence))
        })?;
        let totals = answers.totals.iter().map(|total| total.pence);
        let mut amounts = totals.chain(answers.awaiting.iter().map(|awaited| awaited.pence));
        amounts.try_for_each(|pence| of(None, AnySlot::Amount(pence)))?;
        let referrals = answers.referrals.iter().map(|referral| referral.made);
        let facts = answers.facts.iter().map(|(_, applies)| *applies);
        let awaiting = answers.awaiting.iter().map(|awaited| awaited.made);
        let waiting = answers.waiting.iter().map(|(_, waits)| *waits);
        let mut truths = referrals.chain(facts).chain(awaiting).chain(waiting);
        truths.try_for_each(|truth| of(None, AnySlot::Byte(truth)))
    }
}

/// Checks one operation: what it reads is there, and what it writes comes after. Finds out when
/// it is worked through, and notes that of what it writes.
///
/// What is asked of slots is never inlined: every operation asks it several times, and a device
/// has little room.
pub(super) struct Checker<'a> {
    program: &'a Program,
    scopes: &'a mut Scopes,
    /// The slot after the last one read, for each bank.
    read: BankSizes,
    /// When it is worked through, from what was read so far.
    stand: Stand,
    /// Whether what it writes is of the case, though it reads items.
    is_tally: bool,
    /// Whether it is about the items of one list at most, and a tally of one.
    is_of_one_list: bool,
    /// Whether it writes what another has read.
    is_late: bool,
}

impl<'a> Checker<'a> {
    pub(super) fn new(program: &'a Program, scopes: &'a mut Scopes) -> Self {
        Checker {
            program,
            scopes,
            read: BankSizes::default(),
            stand: Stand::default(),
            is_tally: false,
            is_of_one_list: true,
            is_late: false,
        }
    }

    /// When the operation is worked through.
    pub(super) fn stand(mut self, index: u32, operation: Operation) -> Result<Stand, ProgramError> {
        self.operation(operation).ok_or(ProgramError::Operation { index })?;
        if !self.is_of_one_list {
            return Err(ProgramError::Items { index });
        }
        if self.is_late {
            return Err(ProgramError::Late { index });
        }
        Ok(self.stand)
    }

    /// Notes that a slot is read.
    fn reads(&mut self, scope: Option<Scope>) -> Option<()> {
        let Stand { level, list } = scope?.stand;
        self.stand.level = self.stand.level.max(level);
        self.is_of_one_list &=
            self.stand.list.is_none() || list.is_none() || self.stand.list == list;
        self.stand.list = self.stand.list.or(list);
        Some(())
    }

    #[inline(never)]
    fn byte(&mut self, slot: ByteSlot) -> Option<()> {
        self.read.bytes = self.read.bytes.max(slot.0.checked_add(1)?);
        let scope = self.scopes.bytes.get_mut(slot.index()).map(Scope::read);
        self.reads(scope)
    }

    #[inline(never)]
    fn date(&mut self, slot: DateSlot) -> Option<()> {
        self.read.dates = self.read.dates.max(slot.0.checked_add(1)?);
        let scope = self.scopes.dates.get_mut(slot.index()).map(Scope::read);
        self.reads(scope)
    }

    #[inline(never)]
    fn amount(&mut self, slot: AmountSlot) -> Option<()> {
        self.read.amounts = self.read.amounts.max(slot.0.checked_add(1)?);
        let scope = self.scopes.amounts.get_mut(slot.index()).map(Scope::read);
        self.reads(scope)
    }

    /// Notes that slots are written, unless one is not there.
    fn writes(is_late: &mut bool, stand: Stand, scopes: Option<&mut [Scope]>) -> Option<()> {
        for scope in scopes? {
            *is_late |= scope.is_read;
            scope.stand = stand;
        }
        Some(())
    }

    /// When what the operation writes is written.
    fn out(&self) -> Stand {
        let Stand { level, .. } = self.stand;
        if self.is_tally { Stand { level: level + 1, list: None } } else { self.stand }
    }

    #[inline(never)]
    fn byte_out(&mut self, slot: ByteSlot) -> Option<()> {
        (slot.0 >= self.read.bytes).then_some(())?;
        let stand = self.out();
        let scopes = self.scopes.bytes.get_mut(Run::at(slot.0, 1)?.range());
        Self::writes(&mut self.is_late, stand, scopes)
    }

    #[inline(never)]
    fn date_out(&mut self, slot: DateSlot) -> Option<()> {
        (slot.0 >= self.read.dates).then_some(())?;
        let stand = self.out();
        let scopes = self.scopes.dates.get_mut(Run::at(slot.0, 1)?.range());
        Self::writes(&mut self.is_late, stand, scopes)
    }

    #[inline(never)]
    fn amounts_out(&mut self, slot: AmountSlot, count: u32) -> Option<()> {
        (slot.0 >= self.read.amounts).then_some(())?;
        let stand = self.out();
        let scopes = self.scopes.amounts.get_mut(Run::at(slot.0, count)?.range());
        Self::writes(&mut self.is_late, stand, scopes)
    }

    /// The truth of each item that a tally asks.
    fn tally(&mut self, when: ByteSlot) -> Option<()> {
        self.byte(when)?;
        self.is_of_one_list &= self.stand.list.is_some();
        self.is_tally = true;
        Some(())
    }

    #[inline(never)]
    fn rows(&mut self, rows: Run) -> Option<()> {
        let tests = self.program.tests.get(rows.range())?;
        tests.iter().try_for_each(|test| self.byte(test.slot))
    }

    fn bytes(&mut self, slots: Run) -> Option<()> {
        self.program.byte_lists.get(slots.range())?.iter().try_for_each(|slot| self.byte(*slot))
    }

    fn members(&mut self, members: Members) -> Option<()> {
        let Members { first, count } = members;
        (count > 0).then_some(())?;
        Run::at(first.0, u32::from(count))?
            .range()
            .try_for_each(|slot| self.byte(ByteSlot(place(slot))))
    }

    #[inline(never)]
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
            Operation::SumItems { when, amount, out } => {
                self.tally(when)?;
                self.amount(amount)?;
                self.amounts_out(out, 1)
            }
            Operation::CountItems { when, out } => {
                self.tally(when)?;
                self.amounts_out(out, 1)
            }
            Operation::ExtremeByte { when, byte, out, any, .. } => {
                self.tally(when)?;
                self.byte(byte)?;
                (out != any).then_some(())?;
                self.byte_out(out)?;
                self.byte_out(any)
            }
            Operation::ExtremeDate { when, date, out, any, .. } => {
                self.tally(when)?;
                self.date(date)?;
                self.date_out(out)?;
                self.byte_out(any)
            }
            Operation::ExtremeAmount { when, amount, out, any, .. } => {
                self.tally(when)?;
                self.amount(amount)?;
                self.amounts_out(out, 1)?;
                self.byte_out(any)
            }
            Operation::Require { when, test, refusal } => {
                self.byte(when)?;
                self.byte(test.slot)?;
                self.refusal(refusal)
            }
        }
    }
}
