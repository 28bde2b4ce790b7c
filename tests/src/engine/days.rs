//! Days counted on, chosen and compared, and the days between two.

use apportion_core::date::Date;
use apportion_core::program::{AnySlot, Builder, DateSlot, Operation};
use apportion_core::shift::MissingDay;
use apportion_core::value::{Type, Value};
use apportion_core::working_days::{Holidays, WorkingDays};
use proptest::prelude::*;

use super::{Answer, answering, decide};

/// Two days of each case, for more cases than a block holds.
fn day_cases() -> impl Strategy<Value = Vec<[Date; 2]>> {
    let number = Date::MIN.day_number()..=Date::MAX.day_number();
    let day = number.prop_map(|number| Date::from_day_number(number).unwrap());
    let near = (day, -70_i32..70).prop_map(|(day, on)| [day, day.plus_days(on).unwrap_or(day)]);
    prop::collection::vec(near, 130..150)
}

/// What operations over two facts that are days answer for each case.
fn over_days(
    cases: &[[Date; 2]],
    operations: impl FnOnce(&mut Builder, [DateSlot; 2]) -> AnySlot,
) -> Vec<Answer> {
    let mut program = Builder::default();
    let slots = [(); 2].map(|()| {
        let fact = program.fact(Type::Date { first: Date::MIN, last: Date::MAX }, None);
        program.fact_date(fact).unwrap()
    });
    let out = operations(&mut program, slots);
    let cases: Vec<Vec<Value>> = cases.iter().map(|days| days.map(Value::Date).to_vec()).collect();
    let answers = decide(&answering(program, [out]), &cases);
    answers.into_iter().map(|answers| answers.unwrap()[0]).collect()
}

fn plainly(cases: &[[Date; 2]], make: impl Fn(Date, Date) -> Answer) -> Vec<Answer> {
    cases.iter().map(|[a, b]| make(*a, *b)).collect()
}

proptest! {
    #[test]
    fn a_day_is_counted_on(cases in day_cases(), days in -1_000_i32..1_000) {
        let cases: Vec<_> =
            cases.into_iter().filter(|[day, _]| day.plus_days(days).is_some()).collect();
        let found = over_days(&cases, |program, [date, _]| {
            let out = program.date();
            program.push(Operation::PlusDays { date, days, out });
            AnySlot::Date(out)
        });
        prop_assert_eq!(found, plainly(&cases, |day, _| Answer::Date(day.plus_days(days).unwrap())));
    }

    #[test]
    fn months_are_counted_on(cases in day_cases(), months in -40_i32..40, is_next: bool) {
        let missing = if is_next { MissingDay::Next } else { MissingDay::Last };
        let lands = |day: Date| day.plus_months(months, missing);
        let cases: Vec<_> = cases.into_iter().filter(|[day, _]| lands(*day).is_some()).collect();
        let found = over_days(&cases, |program, [date, _]| {
            let out = program.date();
            program.push(Operation::PlusMonths { date, months, missing, out });
            AnySlot::Date(out)
        });
        prop_assert_eq!(found, plainly(&cases, |day, _| Answer::Date(lands(day).unwrap())));
    }

    #[test]
    fn working_days_are_counted_on(
        cases in day_cases(), count in 1..300_u16, is_before: bool, counts_day: bool,
        holidays in prop::collection::vec(0_i32..109_573, 0..200),
    ) {
        let first = Date::MIN.day_number();
        let days = holidays.iter().filter_map(|number| Date::from_day_number(first + number));
        let holidays = Holidays::new(days);
        let working_days = WorkingDays { count, is_before, counts_day };
        let lands = |day: Date| day.plus_working_days(working_days, &holidays);
        let cases: Vec<_> = cases.into_iter().filter(|[day, _]| lands(*day).is_some()).collect();
        let found = over_days(&cases, |program, [date, _]| {
            let (holidays, out) = (program.holidays(&holidays), program.date());
            program.push(Operation::PlusWorkingDays { date, days: working_days, holidays, out });
            AnySlot::Date(out)
        });
        prop_assert_eq!(found, plainly(&cases, |day, _| Answer::Date(lands(day).unwrap())));
    }

    /// Counted one by one: each is a weekday and no holiday, and none between is left out.
    #[test]
    fn working_days_come_one_after_the_other(
        number in 2_000_i32..100_000, count in 1..40_u16, is_before: bool, counts_day: bool,
        holidays in prop::collection::vec(-80_i32..80, 0..60),
    ) {
        let from = Date::from_day_number(Date::MIN.day_number() + number).unwrap();
        let holidays: Vec<Date> = holidays.into_iter().filter_map(|on| from.plus_days(on)).collect();
        let is_working = |day: Date| {
            // 1 January 1900 was a Monday.
            let weekday = (day.day_number() - Date::MIN.day_number()) % 7;
            weekday < 5 && !holidays.contains(&day)
        };
        let step = if is_before { -1 } else { 1 };
        let mut day = if counts_day { from } else { from.plus_days(step).unwrap() };
        let mut left = count;
        loop {
            left -= u16::from(is_working(day));
            if left == 0 {
                break;
            }
            day = day.plus_days(step).unwrap();
        }
        let working_days = WorkingDays { count, is_before, counts_day };
        let holidays = Holidays::new(holidays.iter().copied());
        prop_assert_eq!(from.plus_working_days(working_days, &holidays), Some(day));
    }

    #[test]
    fn the_later_and_the_earlier_of_two_days(cases in day_cases()) {
        let later = over_days(&cases, |program, [a, b]| {
            let out = program.date();
            program.push(Operation::LaterDate { a, b, out });
            AnySlot::Date(out)
        });
        prop_assert_eq!(later, plainly(&cases, |a, b| Answer::Date(a.max(b))));
        let earlier = over_days(&cases, |program, [a, b]| {
            let out = program.date();
            program.push(Operation::EarlierDate { a, b, out });
            AnySlot::Date(out)
        });
        prop_assert_eq!(earlier, plainly(&cases, |a, b| Answer::Date(a.min(b))));
    }

    #[test]
    fn days_lie_between_two_days(cases in day_cases(), more in -1..=1_i32) {
        let found = over_days(&cases, |program, [from, to]| {
            let out = program.amount();
            program.push(Operation::DaysBetween { from, to, more, out });
            AnySlot::Amount(out)
        });
        let between = |from: Date, to: Date| i64::from(to.day_number() - from.day_number() + more);
        prop_assert_eq!(found, plainly(&cases, |a, b| Answer::Amount(between(a, b).max(0))));
    }

    #[test]
    fn a_day_is_picked(cases in day_cases()) {
        let third = Date::new(2028, 2, 29).unwrap();
        let found = over_days(&cases, |program, [a, b]| {
            let order = program.byte();
            program.push(Operation::CompareDates { a, b, out: order });
            let third = program.constant_date(third);
            // The order is 0 where the first is earlier: then there is nothing to pick.
            let options = program.date_list([a, third]);
            let picked = program.date();
            program.push(Operation::PickDate { choice: order, options, out: picked });
            let out = program.date();
            program.push(Operation::LaterDate { a: picked, b, out });
            AnySlot::Date(out)
        });
        prop_assert_eq!(found, plainly(&cases, |a, b| Answer::Date(match a.cmp(&b) {
            core::cmp::Ordering::Greater => third.max(b),
            _ => b,
        })));
    }
}

/// A block may hold anything in a lane that is not used.
#[test]
fn what_is_no_day_does_no_harm() {
    let mut program = Builder::default();
    let fact = program.fact(Type::Date { first: Date::MIN, last: Date::MAX }, None);
    let date = program.fact_date(fact).unwrap();
    let (days, months, working) = (program.date(), program.date(), program.date());
    let between = program.amount();
    program.push(Operation::PlusDays { date, days: i32::MAX, out: days });
    let missing = MissingDay::Next;
    program.push(Operation::PlusMonths { date, months: i32::MIN, missing, out: months });
    let working_days = WorkingDays { count: u16::MAX, is_before: true, counts_day: true };
    let holidays = program.holidays(&Holidays::new([Date::MIN, Date::MAX]));
    program.push(Operation::PlusWorkingDays { date, days: working_days, holidays, out: working });
    program.push(Operation::DaysBetween { from: date, to: days, more: i32::MAX, out: between });
    let program = answering(program, [AnySlot::Amount(between)]);
    let mut block = apportion_core::block::Block::new(&program);
    let lanes = block.dates_mut(fact).unwrap();
    for (lane, packed) in lanes.iter_mut().zip([i32::MIN, -1, 0, 1, i32::MAX]) {
        *lane = packed;
    }
    program.decide_block(&mut block, 5).unwrap();
}
