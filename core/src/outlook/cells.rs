//! The cells of a fact: stretches of its values that the program does not tell apart.

use alloc::collections::BTreeSet;
use alloc::vec;
use alloc::vec::Vec;

use super::Domain;
use super::setting::word;
use crate::date::Date;
use crate::program::{
    AmountSlot, AnySlot, ByteSlot, DateSlot, Fact, Item, Operation, Program, Run,
};
use crate::range::Span;
use crate::ranges::Ranges;
use crate::value::Value;

/// A stretch of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// All are alike: this one stands for them.
    Alike(Value),
    /// They are calculated with, so that each may give something else.
    Range(Domain),
}

/// What the program does with a number or day.
struct Edges<T> {
    /// Where values begin that it tells from those before.
    edges: BTreeSet<T>,
    /// Whether it does more than compare it.
    is_calculated: bool,
}

/// The cells of a fact of the case or of an item. `known` says what hangs on nothing open.
pub(super) fn of(
    program: &Program,
    known: &Ranges,
    fact: &Fact,
    item: Option<Item>,
    domain: Domain,
) -> Vec<Cell> {
    let seen = Seen { program, known, item };
    match (fact.any_slot(), domain) {
        (AnySlot::Byte(_), Domain::Bytes(bytes)) => {
            bytes.iter().map(|byte| Cell::Alike(word(fact.kind, byte))).collect()
        }
        (AnySlot::Date(slot), Domain::Dates(days)) => dates(seen.of_date(slot), days),
        (AnySlot::Amount(slot), Domain::Amounts { within, step }) => {
            amounts(seen.of_amount(slot), within, step)
        }
        _ => vec![Cell::Range(domain)],
    }
}

fn dates(edges: Edges<i32>, days: Span<Date>) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut next = Some(days.least);
    let later = edges.edges.range(days.least.packed().saturating_add(1)..).copied();
    let ends = later.map(|edge| (day_before(edge), day_from(edge)));
    for (last, first_of_next) in ends.chain([(Some(days.greatest), None)]) {
        let Some(first) = next else { break };
        let last = last.unwrap_or(first).min(days.greatest);
        if first <= last {
            let span = Span { least: first, greatest: last };
            cells.push(if edges.is_calculated && first < last {
                Cell::Range(Domain::Dates(span))
            } else {
                Cell::Alike(Value::Date(first))
            });
        }
        next = first_of_next.map(|day| day.max(first)).filter(|day| *day <= days.greatest);
    }
    cells
}

/// The last day packed below an edge.
fn day_before(edge: i32) -> Option<Date> {
    let edge = edge.min(Date::MAX.packed().saturating_add(1));
    (Date::MIN.packed()..edge).rev().find_map(Date::from_packed)
}

/// The first day packed at or above an edge.
fn day_from(edge: i32) -> Option<Date> {
    (edge.max(Date::MIN.packed())..=Date::MAX.packed()).find_map(Date::from_packed)
}

fn amounts(edges: Edges<i64>, within: Span<i64>, step: i64) -> Vec<Cell> {
    let step = step.max(1);
    // The first multiple of the step at or above an edge.
    let from = |edge: i64| {
        let below = edge.saturating_sub(1).div_euclid(step);
        below.saturating_add(1).saturating_mul(step)
    };
    let firsts: BTreeSet<i64> = edges.edges.into_iter().map(from).collect();
    let mut cells = Vec::new();
    let mut first = within.least;
    let later = firsts.into_iter().filter(|edge| within.least < *edge && *edge <= within.greatest);
    let mut push = |first: i64, last: i64| {
        let within = Span { least: first, greatest: last };
        cells.push(if edges.is_calculated && first < last {
            Cell::Range(Domain::Amounts { within, step })
        } else {
            Cell::Alike(Value::Amount(first))
        });
    };
    for edge in later {
        push(first, edge.saturating_sub(step));
        first = edge;
    }
    push(first, within.greatest);
    cells
}

/// What is looked at, of the case or of an item.
struct Seen<'a> {
    program: &'a Program,
    known: &'a Ranges,
    item: Option<Item>,
}

impl Seen<'_> {
    /// The one day that stands in a slot whatever is open.
    fn known_date(&self, slot: DateSlot) -> Option<i32> {
        self.known.date_at(self.program, self.item, slot)?.range.only()
    }

    fn known_amount(&self, slot: AmountSlot) -> Option<i64> {
        self.known.amount_at(self.program, self.item, slot)?.range.only()
    }

    fn is_answer(&self, slot: AnySlot) -> bool {
        let answers = self.program.answers();
        let amount = |pence: AmountSlot| AnySlot::Amount(pence) == slot;
        answers.values.iter().any(|value| value.slot == slot)
            || answers.totals.iter().any(|total| amount(total.pence))
            || answers.lines.iter().any(|line| amount(line.pence))
            || answers.awaiting.iter().any(|awaited| amount(awaited.pence))
    }

    fn of_date(&self, slot: DateSlot) -> Edges<i32> {
        let mut edges = Edges { edges: BTreeSet::new(), is_calculated: false };
        edges.is_calculated = self.is_answer(AnySlot::Date(slot));
        for operation in self.program.operations() {
            self.edges_of_date(operation, slot, &mut edges);
        }
        edges
    }

    fn edges_of_date(&self, operation: &Operation, slot: DateSlot, found: &mut Edges<i32>) {
        let program = self.program;
        match *operation {
            Operation::DateBand { date, edges, .. } if date == slot => {
                let dates = program.dates.get(edges.range()).unwrap_or_default();
                found.edges.extend(dates.iter().map(|edge| edge.packed()));
            }
            Operation::CompareDates { a, b, .. } if a == slot || b == slot => {
                match self.known_date(if a == slot { b } else { a }) {
                    Some(day) => found.edges.extend([day, day.saturating_add(1)]),
                    None => found.is_calculated |= a != b,
                }
            }
            Operation::Age { birth, on, out, .. } if birth == slot || on == slot => {
                let years = self.ages_told_apart(out);
                let packed = |years: u8| i32::from(years) << 9;
                match (birth == slot, self.known_date(if birth == slot { on } else { birth })) {
                    _ if birth == on => {}
                    (true, Some(on)) => {
                        let oldest =
                            |years: &u8| on.saturating_sub(packed(*years)).saturating_add(1);
                        found.edges.extend(years.iter().map(oldest));
                        found.edges.insert(on.saturating_add(1));
                    }
                    (false, Some(birth)) => {
                        let birthday = |years: &u8| birth.saturating_add(packed(*years));
                        found.edges.extend(years.iter().map(birthday));
                        found.edges.insert(birth);
                    }
                    (_, None) => found.is_calculated = true,
                }
            }
            Operation::PlusDays { date, .. }
            | Operation::PlusMonths { date, .. }
            | Operation::PlusWorkingDays { date, .. }
            | Operation::ExtremeDate { date, .. } => found.is_calculated |= date == slot,
            Operation::LaterDate { a, b, .. }
            | Operation::EarlierDate { a, b, .. }
            | Operation::DaysBetween { from: a, to: b, .. } => {
                found.is_calculated |= a == slot || b == slot;
            }
            Operation::PickDate { options, .. } => {
                let options = program.date_lists.get(options.range()).unwrap_or_default();
                found.is_calculated |= options.contains(&slot);
            }
            _ => {}
        }
    }

    fn of_amount(&self, slot: AmountSlot) -> Edges<i64> {
        let mut edges = Edges { edges: BTreeSet::new(), is_calculated: false };
        edges.is_calculated = self.is_answer(AnySlot::Amount(slot));
        for operation in self.program.operations() {
            self.edges_of_amount(operation, slot, &mut edges);
        }
        edges
    }

    fn edges_of_amount(&self, operation: &Operation, slot: AmountSlot, found: &mut Edges<i64>) {
        let program = self.program;
        match *operation {
            Operation::AmountBand { amount, edges, .. } if amount == slot => {
                let amounts = program.amounts.get(edges.range()).unwrap_or_default();
                found.edges.extend(amounts.iter().copied());
            }
            Operation::CompareAmounts { a, b, times: [times_a, times_b], .. }
                if a == slot || b == slot =>
            {
                let (own, other) = if a == slot { (times_a, times_b) } else { (times_b, times_a) };
                match self.known_amount(if a == slot { b } else { a }) {
                    Some(amount) => {
                        let edge = i128::from(amount) * i128::from(other);
                        let own = i128::from(own).max(1);
                        // The first that is not below it, and the first that is above it.
                        let from = [edge + own - 1, edge + own].map(|edge| edge.div_euclid(own));
                        let from = from.map(|edge| i64::try_from(edge).ok());
                        found.edges.extend(from.into_iter().flatten());
                    }
                    // Taken as often as itself it is the same, whatever it is.
                    None => found.is_calculated |= a != b || times_a != times_b,
                }
            }
            ref operation => found.is_calculated |= reads_amount(program, operation, slot),
        }
    }

    /// The completed years at which something that hangs on an age changes.
    fn ages_told_apart(&self, age: ByteSlot) -> BTreeSet<u8> {
        let program = self.program;
        let is_told_apart_in_full = program.operations().iter().any(|operation| match *operation {
            Operation::CompareBytes { a, b, .. } => a == age || b == age,
            Operation::FamilyTotals { totals } => {
                let totals = program.totals.get(totals.index());
                totals.is_some_and(|totals| totals.members.has(age))
            }
            Operation::Highest { slots, .. } | Operation::Lowest { slots, .. } => {
                program.byte_lists.get(slots.range()).is_some_and(|slots| slots.contains(&age))
            }
            Operation::PickByte { choice, options, .. } => {
                choice == age
                    || program.byte_lists.get(options.range()).is_some_and(|it| it.contains(&age))
            }
            Operation::PickAmount { choice, .. }
            | Operation::PickDate { choice, .. }
            | Operation::SplitByTable { choice, .. } => choice == age,
            Operation::Lookup { slot, .. } => slot == age,
            Operation::ExtremeByte { byte, .. } => byte == age,
            _ => false,
        });
        if is_told_apart_in_full || self.is_answer(AnySlot::Byte(age)) {
            return (1..=u8::MAX).collect();
        }
        let mut edges = BTreeSet::new();
        let mut add = |low: u8, width: u8| {
            edges.insert(low);
            edges.insert(low.wrapping_add(width).wrapping_add(1));
        };
        for test in program.tests.iter().filter(|test| test.slot == age) {
            add(test.low, test.width);
        }
        for operation in program.operations() {
            match *operation {
                Operation::Require { test, .. } if test.slot == age => add(test.low, test.width),
                _ => {}
            }
        }
        edges.remove(&0);
        edges
    }
}

/// Whether an operation other than a comparison reads an amount.
fn reads_amount(program: &Program, operation: &Operation, slot: AmountSlot) -> bool {
    let among =
        |run: Run| program.amount_lists.get(run.range()).is_some_and(|slots| slots.contains(&slot));
    match *operation {
        Operation::PickAmount { options, .. } => among(options),
        Operation::Linear { terms, .. } => {
            let terms = program.terms.get(terms.range()).unwrap_or_default();
            terms.iter().any(|term| term.slot == slot)
        }
        Operation::Multiply { a, b, .. }
        | Operation::Greater { a, b, .. }
        | Operation::Lesser { a, b, .. } => a == slot || b == slot,
        Operation::Round { amount, .. } | Operation::SplitByTable { amount, .. } => amount == slot,
        Operation::Divide { a, b, by, .. } => [a, b, by].contains(&slot),
        Operation::Split { amount, shares, .. } => amount == slot || among(shares),
        Operation::SplitInProportion { amount, weights, .. } => amount == slot || among(weights),
        Operation::Limit { payer, other, most, .. } => [payer, other, most].contains(&slot),
        Operation::SumItems { amount, .. } | Operation::ExtremeAmount { amount, .. } => {
            amount == slot
        }
        _ => false,
    }
}
