//! Days: at a distance from a day, the later of two, and the days between two.

use alloc::vec::Vec;
use core::cmp::Ordering;
use core::ops::RangeInclusive;

use apportion_core::date::Date;
use apportion_core::program::{ByteSlot, DateSlot, DayOf, Operation, Refusal, Test};
use apportion_core::working_days::Holidays;

use super::Compiler;
use super::operand::Operand;
use crate::calendar::bank_holidays;
use crate::checked::{Constant, Distance, Elapsed, Expression, ExpressionKind, Type};

/// The ages that are told from each other, by their bytes.
pub(super) const AGES: RangeInclusive<i64> = 0..=255;

impl Compiler<'_> {
    /// An operand as a date.
    pub(super) fn as_date(&mut self, operand: &Operand) -> DateSlot {
        match operand {
            Operand::Date(slot) => *slot,
            Operand::Constant { value: Constant::Date(day), .. } => {
                self.program.constant_date(*day)
            }
            _ => self.program.constant_date(Date::MIN),
        }
    }

    /// The day so far from another.
    pub(super) fn distance(
        &mut self,
        expression: &Expression,
        from: &Expression,
        distance: &Distance,
    ) -> Operand {
        let reach = reach(&from.of, &expression.of);
        let from = self.expression(from);
        let constant = match from {
            Operand::Constant { value: Constant::Date(day), .. } => distance.from(day),
            _ => None,
        };
        if let Some(day) = constant {
            return Operand::Constant { value: Constant::Date(day), denominator: 1 };
        }
        let mut slot = self.as_date(&from);
        if let Some(days) = distance.working_days() {
            let on_the_way = bank_holidays(reach.0, reach.1);
            let holidays = self.program.holidays(&Holidays::new(on_the_way));
            let out = self.program.date();
            self.program.push(Operation::PlusWorkingDays { date: slot, days, holidays, out });
            slot = out;
        }
        if distance.months() != 0 {
            let (months, missing) = (distance.months(), distance.missing_day());
            let out = self.program.date();
            self.program.push(Operation::PlusMonths { date: slot, months, missing, out });
            slot = out;
        }
        if distance.days() != 0 {
            let days = distance.days();
            let out = self.program.date();
            self.program.push(Operation::PlusDays { date: slot, days, out });
            slot = out;
        }
        Operand::Date(slot)
    }

    /// The later or the earlier of two days.
    pub(super) fn extreme_day(&mut self, [a, b]: [&Operand; 2], is_later: bool) -> Operand {
        let (a, b) = (self.as_date(a), self.as_date(b));
        let out = self.program.date();
        self.program.push(if is_later {
            Operation::LaterDate { a, b, out }
        } else {
            Operation::EarlierDate { a, b, out }
        });
        Operand::Date(out)
    }

    /// The one of several days that a byte chooses, from 1.
    pub(super) fn picked_day(&mut self, choice: ByteSlot, options: Vec<DateSlot>) -> Operand {
        let options = self.program.date_list(options);
        let out = self.program.date();
        self.program.push(Operation::PickDate { choice, options, out });
        Operand::Date(out)
    }

    /// What passes from one day to another.
    pub(super) fn between(
        &mut self,
        from: &Expression,
        to: &Expression,
        elapsed: Elapsed,
    ) -> Operand {
        let days = (day_of(from), day_of(to));
        let (from, to) = (self.expression(from), self.expression(to));
        let (from, to) = (self.as_date(&from), self.as_date(&to));
        match elapsed {
            Elapsed::Days(counting) => {
                let out = self.program.amount();
                self.program.push(Operation::DaysBetween { from, to, more: counting.more(), out });
                Operand::Amount { slot: out, denominator: 1 }
            }
            Elapsed::Years => {
                // It is refused where the clause counts (`require_forwards`), and here nowhere.
                let when = self.definitions.no();
                let (clause, (from_day, to_day)) = (self.clause, days);
                let refusal = Refusal::DaysBackwards { clause, from: from_day, to: to_day };
                let refusal = self.program.refusal(refusal);
                let out = self.program.byte();
                self.program.push(Operation::Age { birth: from, on: to, out, when, refusal });
                Operand::Code { slot: out, numbers: AGES.collect(), denominator: 1, class: None }
            }
        }
    }

    /// Refuses a case in which days are counted from a day that is after the last.
    pub(super) fn require_forwards(&mut self, from: &Expression, to: &Expression, when: &[Test]) {
        if let Some((backwards, refusal)) = self.backwards(from, to, when) {
            let backwards = self.truth(&backwards);
            self.require(when, Test::is_false(backwards), refusal);
        }
    }

    /// The tests that days are counted from a day that is after the last, where these tests pass,
    /// and how that is refused; `None` where it never is.
    pub(super) fn backwards(
        &mut self,
        from: &Expression,
        to: &Expression,
        when: &[Test],
    ) -> Option<(Vec<Test>, Refusal)> {
        if is_never_after(&from.of, &to.of) {
            return None;
        }
        let refusal =
            Refusal::DaysBackwards { clause: self.clause, from: day_of(from), to: day_of(to) };
        let operands = (self.expression(from), self.expression(to));
        let (a, b) = (self.as_date(&operands.0), self.as_date(&operands.1));
        let is_after = self.order_of_dates(a, b, Ordering::is_gt);
        let applies = [self.day_applies(from), self.day_applies(to)].concat();
        let backwards = [applies, is_after].concat();
        let is_impossible = self.definitions.is_impossible(&[when, &backwards].concat());
        (!is_impossible).then_some((backwards, refusal))
    }

    /// The tests that two dates are in an order that passes.
    pub(super) fn order_of_dates(
        &mut self,
        a: DateSlot,
        b: DateSlot,
        passes: impl Fn(Ordering) -> bool,
    ) -> Vec<Test> {
        // The same question the other way round is the same byte.
        let is_flipped = b < a;
        let (first, second) = if is_flipped { (b, a) } else { (a, b) };
        let slot = match self.definitions.same_order(first, second) {
            Some(slot) => slot,
            None => {
                let out = self.program.byte();
                self.program.push(Operation::CompareDates { a: first, b: second, out });
                self.definitions.order(first, second, out);
                out
            }
        };
        self.ordered(slot, |order| passes(if is_flipped { order.reverse() } else { order }))
    }
}

/// The first and the last of the days that two can be.
fn reach(from: &Type, lands: &Type) -> (Date, Date) {
    match (from, lands) {
        (Type::Date { first: a, last: b }, Type::Date { first: c, last: d }) => {
            (*a.min(c), *b.max(d))
        }
        _ => (Date::MIN, Date::MAX),
    }
}

/// Whether the bounds of two days show that the first is never after the second.
fn is_never_after(from: &Type, to: &Type) -> bool {
    match (from, to) {
        (Type::Date { last, .. }, Type::Date { first, .. }) => last <= first,
        _ => false,
    }
}

/// How people speak of a day.
fn day_of(day: &Expression) -> DayOf {
    match day.kind {
        ExpressionKind::Fact(fact) => DayOf::Fact(fact),
        ExpressionKind::Value(value) => DayOf::Value(value),
        _ => DayOf::Unnamed,
    }
}
