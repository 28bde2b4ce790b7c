//! The executor: a program run over `N` cases at once, each case in a *lane* of its own.
//!
//! With `N = 1` it decides one case; with `N = 128` a block whose slots stay in the
//! nearest cache and whose loops the compiler turns into vector instructions. It never
//! branches on what stands in one lane: a truth becomes a mask, and both outcomes of a choice
//! are worked out. All arithmetic wraps, so that a lane which holds no valid case gives a
//! meaningless answer and never a panic; valid cases cannot wrap, by the bounds that
//! the compiler proved.

use alloc::vec;
use alloc::vec::Vec;
use core::iter::zip;

use crate::program::{AmountSlot, ByteSlot, DateSlot, Item, Operation, Program, RefusalId, Run};
use crate::shift;

mod compare;
mod date;
mod division;
mod family;
mod items;
mod limit;
mod pick;
mod refusal;
mod slots;
mod split;
mod sum;
mod table;
mod tally;

pub(crate) use items::Items;
use refusal::Refusals;
pub(crate) use slots::Slots;

/// The slots of a program, each with one value a lane.
#[derive(Clone, Debug)]
pub(crate) struct Banks<const N: usize> {
    pub(crate) bytes: Vec<[u8; N]>,
    pub(crate) dates: Vec<[i32; N]>,
    pub(crate) amounts: Vec<[i64; N]>,
    /// The items of each list. What stands in the slots of a list is the item that was last
    /// taken into them.
    pub(crate) items: Vec<Items<N>>,
    refusals: Refusals<N>,
    here: Here<N>,
}

/// What a run is about at the moment: the case, or an item of which some lanes may have none.
#[derive(Clone, Debug)]
struct Here<const N: usize> {
    item: Option<Item>,
    /// Whether it is there, as 1 or 0.
    live: [u8; N],
}

impl<const N: usize> Here<N> {
    const CASE: Here<N> = Here { item: None, live: [1; N] };
}

/// An id of a program stands for no slot, run or entry.
///
/// [`Builder::finish`](crate::program::Builder::finish) has checked every id, so this
/// is met only where a program runs in the banks of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SlotMissing;

impl<const N: usize> Banks<N> {
    /// Banks of the size that the program asks for, with its constants in their slots.
    pub(crate) fn new(program: &Program) -> Self {
        let sizes = program.bank_sizes();
        let mut banks = Banks {
            bytes: vec![[0; N]; sizes.bytes as usize],
            dates: vec![[0; N]; sizes.dates as usize],
            amounts: vec![[0; N]; sizes.amounts as usize],
            items: vec![Items::none(); program.lists.len()],
            refusals: Refusals::none(),
            here: Here::CASE,
        };
        for (slot, byte) in &program.byte_constants {
            if let Some(lanes) = banks.bytes.get_mut(slot.index()) {
                *lanes = [*byte; N];
            }
        }
        for (slot, date) in &program.date_constants {
            if let Some(lanes) = banks.dates.get_mut(slot.index()) {
                *lanes = [date.packed(); N];
            }
        }
        for (slot, amount) in &program.amount_constants {
            if let Some(lanes) = banks.amounts.get_mut(slot.index()) {
                *lanes = [*amount; N];
            }
        }
        banks
    }

    /// Whether one of the first lanes met a refusal in the last run.
    pub(crate) fn has_refusals(&self, lanes: usize) -> bool {
        self.refusals.has_any(lanes)
    }

    /// The refusal that stands in a lane after the last run, and the item that met it.
    pub(crate) fn refusal(&self, lane: usize) -> Option<(RefusalId, Option<Item>)> {
        self.refusals.of_lane(lane)
    }
}

/// An id that stands for a slot of one bank.
trait SlotId: Copy {
    /// The place of the slot in its bank.
    fn place(self) -> usize;
}

/// Every kind of slot has its own type of id, so a byte is never read as an amount.
macro_rules! slot_id {
    ($($id:ty),*) => {
        $(impl SlotId for $id {
            #[inline]
            fn place(self) -> usize {
                self.index()
            }
        })*
    };
}

slot_id!(ByteSlot, DateSlot, AmountSlot);

/// The slot that an id stands for.
#[inline]
fn slot<T>(bank: &[T], id: impl SlotId) -> Result<&T, SlotMissing> {
    bank.get(id.place()).ok_or(SlotMissing)
}

/// The slot that an id stands for, to write.
#[inline]
fn slot_mut<T>(bank: &mut [T], id: impl SlotId) -> Result<&mut T, SlotMissing> {
    bank.get_mut(id.place()).ok_or(SlotMissing)
}

/// The slots before `out`, to read, and those from `out` on, to write.
#[inline]
fn lend_from<T>(bank: &mut [T], out: impl SlotId) -> Result<(&[T], &mut [T]), SlotMissing> {
    let (before, rest) = bank.split_at_mut_checked(out.place()).ok_or(SlotMissing)?;
    Ok((before, rest))
}

/// The slots before `out`, to read, and `out` itself, to write.
#[inline]
fn lend<T>(bank: &mut [T], out: impl SlotId) -> Result<(&[T], &mut T), SlotMissing> {
    let (before, rest) = lend_from(bank, out)?;
    Ok((before, rest.first_mut().ok_or(SlotMissing)?))
}

/// The entries of a run in one of the program's tables.
#[inline]
fn entries<T>(table: &[T], run: Run) -> Result<&[T], SlotMissing> {
    table.get(run.range()).ok_or(SlotMissing)
}

/// What two values make together, lane by lane, where the compiler knows that `out` is neither
/// `a` nor `b`.
#[inline]
fn fill_pairwise<T: Copy, const N: usize>(
    a: &[T; N],
    b: &[T; N],
    out: &mut [T; N],
    make: impl Fn(T, T) -> T,
) {
    for (out, (a, b)) in zip(out, zip(a, b)) {
        *out = make(*a, *b);
    }
}

/// The mask of a truth: all bits where it holds, none where it does not.
#[inline]
fn on(truth: bool) -> u8 {
    0u8.wrapping_sub(u8::from(truth))
}

/// The mask of a truth that is 1 or 0, as wide as an amount.
#[inline]
fn wide_mask(truth: u8) -> i64 {
    i64::from(truth).wrapping_neg()
}

/// Runs all passes of the program over the facts that stand in the banks, those of items in
/// their rows.
///
/// # Errors
///
/// Returns [`SlotMissing`] where the banks were not made for this program.
pub(crate) fn run<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
) -> Result<(), SlotMissing> {
    banks.refusals = Refusals::none();
    banks.here = Here::CASE;
    for pass in &program.passes {
        let operations = entries(&program.operations, pass.operations)?;
        match pass.list {
            None => run_operations(program, banks, operations)?,
            Some(list) => items::each(program, banks, list, operations)?,
        }
    }
    Ok(())
}

/// Runs operations one after the other. Never inlined: the steps of all operations are long,
/// and stand in the program once.
#[inline(never)]
fn run_operations<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    operations: &[Operation],
) -> Result<(), SlotMissing> {
    operations.iter().try_for_each(|operation| step(program, banks, operation))
}

/// Runs one operation.
#[inline]
#[rustfmt::skip] // One line an arm, so that the whole set can be read at a glance.
fn step<const N: usize>(
    program: &Program,
    banks: &mut Banks<N>,
    operation: &Operation,
) -> Result<(), SlotMissing> {
    use Operation as Op;
    match *operation {
        Op::Condition { rows, out } => table::condition(program, banks, rows, out),
        Op::Count { rows, out } => table::count(program, banks, rows, out),
        Op::Choose { rows, otherwise, out } => table::choose(program, banks, rows, otherwise, out),
        Op::DateBand { date, edges, out } => compare::date_band(program, banks, date, edges, out),
        Op::AmountBand { amount, edges, out } => compare::amount_band(program, banks, amount, edges, out),
        Op::CompareDates { a, b, out } => compare::dates(banks, a, b, out),
        Op::CompareBytes { a, b, out } => compare::bytes(banks, a, b, out),
        Op::CompareAmounts { a, b, times, is_wide, out } => compare::amounts(banks, a, b, times, is_wide, out),
        Op::Age { birth, on, out, when, refusal } => date::age(banks, birth, on, out, when, refusal),
        Op::FamilyTotals { totals } => family::totals(program, banks, totals),
        Op::Highest { slots, out } => family::highest(program, banks, slots, out),
        Op::Lowest { slots, out } => family::lowest(program, banks, slots, out),
        Op::PickByte { choice, options, out } => pick::byte(program, banks, choice, options, out),
        Op::PickAmount { choice, options, out } => pick::amount(program, banks, choice, options, out),
        Op::PickDate { choice, options, out } => pick::date(program, banks, choice, options, out),
        Op::PlusDays { date, days, out } => date::each(banks, date, out, |date| shift::days_on(date, days)),
        Op::PlusMonths { date, months, missing, out } => date::each(banks, date, out, |date| shift::months_on(date, months, missing)),
        Op::PlusWorkingDays { date, days, holidays, out } => date::working_days(program, banks, date, days, holidays, out),
        Op::LaterDate { a, b, out } => date::pairwise(banks, a, b, out, i32::max),
        Op::EarlierDate { a, b, out } => date::pairwise(banks, a, b, out, i32::min),
        Op::DaysBetween { from, to, more, out } => date::days_between(banks, from, to, more, out),
        Op::Lookup { slot, table, out } => pick::lookup(program, banks, slot, table, out),
        Op::Linear { terms, constant, out } => sum::linear(program, banks, terms, constant, out),
        Op::Multiply { a, b, out } => sum::pairwise(banks, a, b, out, i64::wrapping_mul),
        Op::Greater { a, b, out } => sum::pairwise(banks, a, b, out, i64::max),
        Op::Lesser { a, b, out } => sum::pairwise(banks, a, b, out, i64::min),
        Op::Round { amount, numerator, divider, times, rounding, out } => division::round(banks, amount, numerator, divider, times, rounding, out),
        Op::Divide { a, b, numerator, by, divisor, times, rounding, out } => division::divide(banks, [a, b], numerator, by, divisor, times, rounding, out),
        Op::SplitByTable { amount, choice, shares, whole, divider, spare, out, parties } => split::by_table(program, banks, amount, choice, shares, whole, divider, spare, out, parties),
        Op::Split { amount, shares, whole, divider, spare, out } => split::computed(program, banks, amount, shares, whole, divider, spare, out),
        Op::SplitInProportion { amount, weights, spare, out } => split::in_proportion(program, banks, amount, weights, spare, out),
        Op::Limit { payer, other, most, when, out, moved } => limit::limit(banks, payer, other, most, when, out, moved),
        Op::SumItems { when, amount, out } => tally::sum(banks, when, amount, out),
        Op::CountItems { when, out } => tally::count(banks, when, out),
        Op::ExtremeByte { when, byte, is_greatest, out, any, .. } => tally::extreme_byte(banks, when, byte, is_greatest, out, any),
        Op::ExtremeDate { when, date, is_greatest, out, any, .. } => tally::extreme_date(banks, when, date, is_greatest, out, any),
        Op::ExtremeAmount { when, amount, is_greatest, out, any, .. } => tally::extreme_amount(banks, when, amount, is_greatest, out, any),
        Op::Require { when, test, refusal } => refusal::require(banks, when, test, refusal),
    }
}
