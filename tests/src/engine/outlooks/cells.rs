//! Which values of a number or a day a program tells apart.

mod calculated;
mod told;

use apportion_core::case::Case;
use apportion_core::date::Date;
use apportion_core::divide::Divider;
use apportion_core::outlook::{Domain, Unknown};
use apportion_core::program::{
    AmountSlot, AnySlot, Builder, ByteSlot, ClauseId, DateSlot, FactId, Members, Operation as Op,
    Program, Refusal, Test, ValueSlot,
};
use apportion_core::range::Span;
use apportion_core::split::SparePennies;
use apportion_core::value::{Type, Value};

use super::making::day;

const FIRST: &str = "2020-01-01";
const LAST: &str = "2024-12-31";

/// The fact that is open, a known one like it, and a truth.
const OPEN: FactId = FactId(0);
const KNOWN: FactId = FactId(1);
const TRUTH: FactId = FactId(2);

fn program(kind: Type) -> Builder {
    let mut program = Builder::default();
    for kind in [kind, kind, Type::YesNo] {
        program.fact(kind, None);
    }
    program
}

fn case_of(program: &Program, known: Value) -> Case {
    let mut case = Case::new(program);
    case.set(KNOWN, known).unwrap();
    case.set(TRUTH, Value::YesNo(true)).unwrap();
    case
}

/// An amount from 0 to 20 beside one of 7.
const AMOUNTS: Span<i64> = Span { least: 0, greatest: 20 };

fn amounts_told_apart(make: impl FnOnce(&mut Builder, AmountSlot, AmountSlot)) -> Vec<i64> {
    let mut program = program(Type::Amount { least: 0, greatest: 20 });
    let [open, known] = [OPEN, KNOWN].map(|fact| program.fact_amount(fact).unwrap());
    make(&mut program, open, known);
    let program = program.finish().unwrap();
    let case = case_of(&program, Value::Amount(7));
    let domain = Domain::Amounts { within: AMOUNTS, step: 1 };
    let values = program.telling_values(&case, &Unknown::Fact { fact: OPEN, item: None, domain });
    let amount = |value| match value {
        Value::Amount(amount) => amount,
        other => panic!("{other:?}"),
    };
    values.unwrap().into_iter().map(amount).collect()
}

#[test]
fn amounts_are_told_apart_at_the_edges_of_bands() {
    let band = |program: &mut Builder, amount| {
        let (edges, out) = (program.amount_table([3, 10]), program.byte());
        program.push(Op::AmountBand { amount, edges, out });
    };
    assert_eq!(amounts_told_apart(|program, open, _| band(program, open)), [0, 2, 3, 9, 10, 20]);
    assert_eq!(amounts_told_apart(|program, _, known| band(program, known)), [0, 20]);
}

#[test]
fn amounts_are_told_apart_where_they_are_equal_and_above() {
    let compared = |times: [i64; 2], is_second: bool| {
        amounts_told_apart(|program, open, known| {
            let (a, b) = if is_second { (known, open) } else { (open, known) };
            let out = program.byte();
            program.push(Op::CompareAmounts { a, b, times, is_wide: false, out });
        })
    };
    assert_eq!(compared([1, 1], false), [0, 6, 7, 8, 20]);
    assert_eq!(compared([1, 1], true), [0, 6, 7, 8, 20]);
    // Twice the amount is never 21, and above it from 11 on.
    assert_eq!(compared([2, 3], false), [0, 10, 11, 20]);
    assert_eq!(compared([3, 2], true), [0, 10, 11, 20]);
    // 3 times the amount is 14 in no case; 3 times 5 is above.
    assert_eq!(compared([3, 2], false), [0, 4, 5, 20]);
    // Twice 7 is 14.
    assert_eq!(compared([1, 2], false), [0, 13, 14, 15, 20]);
    assert_eq!(compared([2, 1], true), [0, 13, 14, 15, 20]);
    // What is compared beside it tells nothing of it.
    let beside = amounts_told_apart(|program, _, known| {
        let (b, out) = (program.constant_amount(5), program.byte());
        program.push(Op::CompareAmounts { a: known, b, times: [1, 1], is_wide: false, out });
    });
    assert_eq!(beside, [0, 20]);
}

/// A day of five years beside the fifth of May 2020.
fn days_told_apart(make: impl FnOnce(&mut Builder, DateSlot, DateSlot)) -> Vec<Date> {
    let mut program = program(Type::Date { first: day(FIRST), last: day(LAST) });
    let [open, known] = [OPEN, KNOWN].map(|fact| program.fact_date(fact).unwrap());
    make(&mut program, open, known);
    let program = program.finish().unwrap();
    let case = case_of(&program, Value::Date(day("2020-05-05")));
    let domain = Domain::Dates(Span { least: day(FIRST), greatest: day(LAST) });
    let values = program.telling_values(&case, &Unknown::Fact { fact: OPEN, item: None, domain });
    let date = |value| match value {
        Value::Date(date) => date,
        other => panic!("{other:?}"),
    };
    let mut days: Vec<Date> = values.unwrap().into_iter().map(date).collect();
    // All lie between the first and the last.
    assert_eq!((days.remove(0), days.pop()), (day(FIRST), Some(day(LAST))));
    days
}

#[test]
fn days_are_told_apart_at_the_edges_of_bands() {
    let band = |program: &mut Builder, date| {
        let edges = program.date_table(["2020-02-29", "2022-06-01"].map(day));
        let out = program.byte();
        program.push(Op::DateBand { date, edges, out });
    };
    assert_eq!(
        days_told_apart(|program, open, _| band(program, open)),
        ["2020-02-28", "2020-02-29", "2022-05-31", "2022-06-01"].map(day)
    );
    assert!(days_told_apart(|program, _, known| band(program, known)).is_empty());
}

#[test]
fn days_are_told_apart_on_a_day_and_after_it() {
    let compare = |a, b, program: &mut Builder| {
        let out = program.byte();
        program.push(Op::CompareDates { a, b, out });
    };
    let around = ["2020-05-04", "2020-05-05", "2020-05-06"].map(day);
    assert_eq!(days_told_apart(|program, open, known| compare(open, known, program)), around);
    assert_eq!(days_told_apart(|program, open, known| compare(known, open, program)), around);
    let beside = days_told_apart(|program, _, known| {
        let other = program.constant_date(day("2021-01-01"));
        compare(known, other, program);
    });
    assert!(beside.is_empty());
}

/// An age between two days.
fn age(program: &mut Builder, birth: DateSlot, on: DateSlot) -> ByteSlot {
    let (when, out) = (program.fact_byte(TRUTH).unwrap(), program.byte());
    let refusal = Refusal::BornAfter { clause: ClauseId(0), birth: OPEN, on: KNOWN };
    let refusal = program.refusal(refusal);
    program.push(Op::Age { birth, on, out, when, refusal });
    out
}

/// Asks whether an age is 2 or 3.
fn two_or_three(program: &mut Builder, slot: ByteSlot) {
    let rows = program.rows([(vec![Test { slot, low: 2, width: 1 }], 1)]);
    let out = program.byte();
    program.push(Op::Condition { rows, out });
}

/// Someone born on the fifth of May 2020 is 2 from that day in 2022 on, and 4 in 2024.
const AGED: [&str; 6] =
    ["2020-05-04", "2020-05-05", "2022-05-04", "2022-05-05", "2024-05-04", "2024-05-05"];

#[test]
fn days_are_told_apart_by_ages_that_are_asked_for() {
    let on = days_told_apart(|program, open, known| {
        let age = age(program, known, open);
        two_or_three(program, age);
    });
    assert_eq!(on, AGED.map(day));
    let required = days_told_apart(|program, open, known| {
        let slot = age(program, known, open);
        let when = program.fact_byte(TRUTH).unwrap();
        let refusal = program.refusal(Refusal::Requirement { clause: ClauseId(0) });
        program.push(Op::Require { when, test: Test { slot, low: 2, width: 1 }, refusal });
    });
    assert_eq!(required, AGED.map(day));
    // On 15 June 2024 those born up to that day in 2022 are 2, and up to 2020 they are 4.
    let birth = days_told_apart(|program, open, _| {
        let on = program.constant_date(day("2024-06-15"));
        let age = age(program, open, on);
        two_or_three(program, age);
    });
    let born = ["2020-06-15", "2020-06-16", "2022-06-15", "2022-06-16", "2024-06-15", "2024-06-16"];
    assert_eq!(birth, born.map(day));
    // No age is asked for: only whether the birth is after the day.
    let unread = days_told_apart(|program, open, known| {
        let (_, other) = (age(program, known, open), age(program, known, known));
        two_or_three(program, other);
        let when = program.fact_byte(TRUTH).unwrap();
        let refusal = program.refusal(Refusal::Requirement { clause: ClauseId(0) });
        program.push(Op::Require { when, test: Test { slot: other, low: 2, width: 1 }, refusal });
    });
    assert_eq!(unread, [AGED[0], AGED[1]].map(day));
    let beside = days_told_apart(|program, _, known| {
        let on = program.constant_date(day("2024-06-15"));
        let age = age(program, known, on);
        two_or_three(program, age);
    });
    assert!(beside.is_empty());
}

/// What does more with an age than test it changes on any birthday.
#[test]
fn days_are_told_apart_on_every_birthday() {
    type Made = fn(&mut Builder, ByteSlot, ByteSlot);
    let all: [(&str, Made); 14] = [
        ("an answer", |program, age, _| {
            let given = program.constant_byte(1);
            program.answers.values.push(ValueSlot { slot: AnySlot::Byte(age), given });
        }),
        ("below a word", |program, a, b| {
            let out = program.byte();
            program.push(Op::CompareBytes { a, b, out });
        }),
        ("above a word", |program, b, a| {
            let out = program.byte();
            program.push(Op::CompareBytes { a, b, out });
        }),
        ("the highest", |program, age, other| {
            let (slots, out) = (program.byte_list([other, age]), program.byte());
            program.push(Op::Highest { slots, out });
        }),
        ("the lowest", |program, age, other| {
            let (slots, out) = (program.byte_list([other, age]), program.byte());
            program.push(Op::Lowest { slots, out });
        }),
        ("a sum of points", |program, first, _| {
            program.family_sum(Members { first, count: 1 }, [0, 1]);
        }),
        ("the greatest of items", |program, byte, _| {
            let list = program.list(1);
            let counts = program.item_fact(list, Type::YesNo, None);
            let when = program.fact_byte(counts).unwrap();
            let (is_greatest, start, out, any) = (true, 0, program.byte(), program.byte());
            program.push(Op::ExtremeByte { when, byte, is_greatest, start, out, any });
        }),
        ("a byte picked by it", |program, choice, other| {
            let (options, out) = (program.byte_list([other]), program.byte());
            program.push(Op::PickByte { choice, options, out });
        }),
        ("a byte picked", |program, age, choice| {
            let (options, out) = (program.byte_list([age]), program.byte());
            program.push(Op::PickByte { choice, options, out });
        }),
        ("an amount picked by it", |program, choice, _| {
            let amount = program.constant_amount(1);
            let (options, out) = (program.amount_list([amount]), program.amount());
            program.push(Op::PickAmount { choice, options, out });
        }),
        ("a date picked by it", |program, choice, _| {
            let date = program.constant_date(day(FIRST));
            let (options, out) = (program.date_list([date]), program.date());
            program.push(Op::PickDate { choice, options, out });
        }),
        ("shares of it", |program, choice, _| {
            let amount = program.constant_amount(1);
            split_by_table(program, amount, choice);
        }),
        ("looked up", |program, slot, _| {
            let (table, out) = (program.amount_table([1, 2]), program.amount());
            program.push(Op::Lookup { slot, table, out });
        }),
        ("a conclusion of its own beside", |program, age, _| {
            let given = program.constant_byte(1);
            program.answers.values.push(ValueSlot { slot: AnySlot::Byte(given), given });
            program.answers.values.push(ValueSlot { slot: AnySlot::Byte(age), given });
        }),
    ];
    // The fourth and the fifth of May of each year.
    let birthdays =
        (2020..=2024).flat_map(|year| ["04", "05"].map(|of| day(&format!("{year}-05-{of}"))));
    let birthdays: Vec<Date> = birthdays.collect();
    for (what, make) in all {
        let days = days_told_apart(|program, open, known| {
            let (age, other) = (age(program, known, open), program.fact_byte(TRUTH).unwrap());
            make(program, age, other);
        });
        assert_eq!(days, birthdays, "{what}");
        let days = days_told_apart(|program, open, known| {
            let (_, other) = (age(program, known, open), program.fact_byte(TRUTH).unwrap());
            let unopened = age(program, known, known);
            make(program, unopened, other);
        });
        assert_eq!(days, [AGED[0], AGED[1]].map(day), "beside {what}");
    }
}

/// Splits an amount of at most £10.00 in the one row of shares that there is.
fn split_by_table(program: &mut Builder, amount: AmountSlot, choice: ByteSlot) {
    let shares = program.amount_table([10]);
    let (out, _) = (program.amount(), program.amount());
    let (divider, spare) = (Divider::new(10, 1_000).unwrap(), SparePennies::InOrder);
    let (whole, parties) = (10, 1);
    let split = Op::SplitByTable { amount, choice, shares, whole, divider, spare, out, parties };
    program.push(split);
}
