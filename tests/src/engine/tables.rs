//! Rows of interval tests, bands and comparisons.

use core::cmp::Ordering;

use apportion_core::date::Date;
use apportion_core::program::{AnySlot, Builder, ByteSlot, DateSlot, Operation, Run, Test};
use apportion_core::value::{Type, Value};
use proptest::prelude::*;

use super::{amount_cases, amount_facts, answering, byte_cases, byte_facts, bytes, steps, words};

/// One test of a row, before its slot is known: which fact, from where, how wide.
type PlainTest = (usize, u8, u8);
type PlainRow = (Vec<PlainTest>, u8);

fn plain_rows() -> impl Strategy<Value = Vec<PlainRow>> {
    // Of three facts, so that rows often ask two things of one.
    let test = (0..3usize, any::<u8>(), any::<u8>());
    prop::collection::vec((prop::collection::vec(test, 0..4), any::<u8>()), 0..6)
}

/// Walks through the bytes that pass, past 255 as well.
fn passes(case: &[u8], (fact, low, width): PlainTest) -> bool {
    (0..=width).any(|step| low.wrapping_add(step) == case[fact])
}

fn applies(case: &[u8], row: &PlainRow) -> bool {
    row.0.iter().all(|test| passes(case, *test))
}

/// Three facts, rows over them, and one operation over the rows.
fn over_rows(
    rows: &[PlainRow],
    cases: &[Vec<u8>],
    operation: impl Fn(Run, ByteSlot) -> Operation,
) -> Vec<u8> {
    let mut program = Builder::default();
    let facts: [ByteSlot; 3] = byte_facts(&mut program);
    let rows = program.rows(rows.iter().map(|(tests, value)| {
        let test =
            |(fact, low, width): &PlainTest| Test { slot: facts[*fact], low: *low, width: *width };
        (tests.iter().map(test).collect(), *value)
    }));
    let out = program.byte();
    program.push(operation(rows, out));
    bytes(&answering(program, [AnySlot::Byte(out)]), &words(cases))
}

proptest! {
    #[test]
    fn a_condition_holds_where_any_row_applies(
        rows in plain_rows(), cases in byte_cases(3, 254),
    ) {
        let found = over_rows(&rows, &cases, |rows, out| Operation::Condition { rows, out });
        let plain = cases.iter().map(|case| u8::from(rows.iter().any(|row| applies(case, row))));
        prop_assert_eq!(found, plain.collect::<Vec<u8>>());
    }

    #[test]
    fn a_count_counts_the_rows_that_apply(rows in plain_rows(), cases in byte_cases(3, 254)) {
        let found = over_rows(&rows, &cases, |rows, out| Operation::Count { rows, out });
        let plain = cases.iter().map(|case| {
            u8::try_from(rows.iter().filter(|row| applies(case, row)).count()).unwrap()
        });
        prop_assert_eq!(found, plain.collect::<Vec<u8>>());
    }

    #[test]
    fn a_choice_takes_the_last_row_kept_that_applies(
        rows in plain_rows(), otherwise: u8, cases in byte_cases(3, 254),
    ) {
        let found =
            over_rows(&rows, &cases, |rows, out| Operation::Choose { rows, otherwise, out });
        let plain = cases.iter().map(|case| {
            rows.iter().rev().find(|row| applies(case, row)).map_or(otherwise, |row| row.1)
        });
        prop_assert_eq!(found, plain.collect::<Vec<u8>>());
    }

    #[test]
    fn an_amount_band_counts_the_edges_reached(
        mut edges in prop::collection::vec(-50..50i64, 0..6), cases in amount_cases(1, -60, 60),
    ) {
        edges.sort_unstable();
        let mut program = Builder::default();
        let [amount] = amount_facts(&mut program, -60, 60);
        let table = program.amount_table(edges.iter().copied());
        let out = program.byte();
        program.push(Operation::AmountBand { amount, edges: table, out });
        let found = bytes(&answering(program, [AnySlot::Byte(out)]), &steps(&cases));
        let plain = cases.iter().map(|case| {
            u8::try_from(edges.iter().filter(|edge| case[0] >= **edge).count()).unwrap()
        });
        prop_assert_eq!(found, plain.collect::<Vec<u8>>());
    }

    #[test]
    fn bytes_are_compared(cases in byte_cases(2, 3)) {
        let mut program = Builder::default();
        let [a, b] = byte_facts(&mut program);
        let out = program.byte();
        program.push(Operation::CompareBytes { a, b, out });
        let found = bytes(&answering(program, [AnySlot::Byte(out)]), &words(&cases));
        let plain = cases.iter().map(|case| order(case[0].cmp(&case[1])));
        prop_assert_eq!(found, plain.collect::<Vec<u8>>());
    }

    /// Amounts over different denominators, whose products need more than 64 bits.
    #[test]
    fn amounts_are_compared_over_any_denominators(
        cases in amount_cases(2, -MOST_STEPS, MOST_STEPS),
        times in prop::array::uniform2(1..=1_i64 << 40),
        close in -1..=1_i64,
    ) {
        let near = cases.iter().map(|case| {
            // As close as the second can come to the first.
            let nearest = i128::from(case[0]) * i128::from(times[0]) / i128::from(times[1]);
            let nearest = i64::try_from(nearest).map_or(case[1], |near| near.saturating_add(close));
            vec![case[0], nearest.clamp(-MOST_STEPS, MOST_STEPS)]
        });
        let cases: Vec<Vec<i64>> = near.chain(cases.iter().cloned()).collect();
        let product = |value: i64, times: i64| i128::from(value) * i128::from(times);
        let plain: Vec<u8> = cases.iter().map(|case| {
            order(product(case[0], times[0]).cmp(&product(case[1], times[1])))
        }).collect();
        prop_assert_eq!(compared(&cases, times, true), plain);
        let plain: Vec<u8> = cases.iter().map(|case| order(case[0].cmp(&case[1]))).collect();
        prop_assert_eq!(compared(&cases, [1, 1], false), plain);
    }
}

const MOST_STEPS: i64 = 1 << 61;

fn order(order: Ordering) -> u8 {
    match order {
        Ordering::Less => 0,
        Ordering::Equal => 1,
        Ordering::Greater => 2,
    }
}

/// How two amounts compare, each taken so often.
fn compared(cases: &[Vec<i64>], times: [i64; 2], is_wide: bool) -> Vec<u8> {
    let mut program = Builder::default();
    let [a, b] = amount_facts(&mut program, -MOST_STEPS, MOST_STEPS);
    let out = program.byte();
    program.push(Operation::CompareAmounts { a, b, times, is_wide, out });
    bytes(&answering(program, [AnySlot::Byte(out)]), &steps(cases))
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Two facts that are days, and one operation over them.
fn over_days(
    cases: &[(&str, &str)],
    operation: impl FnOnce(&mut Builder, [DateSlot; 2], ByteSlot) -> Operation,
) -> Vec<u8> {
    let mut program = Builder::default();
    let kind = Type::Date { first: day("1900-01-01"), last: day("2100-12-31") };
    let slots = [(); 2].map(|()| {
        let fact = program.fact(kind, None);
        program.fact_date(fact).unwrap()
    });
    let out = program.byte();
    let operation = operation(&mut program, slots, out);
    program.push(operation);
    let cases: Vec<Vec<Value>> =
        cases.iter().map(|(a, b)| vec![Value::Date(day(a)), Value::Date(day(b))]).collect();
    bytes(&answering(program, [AnySlot::Byte(out)]), &cases)
}

#[test]
fn days_are_compared() {
    let cases =
        [("2024-12-31", "2025-01-01"), ("2025-02-28", "2025-02-28"), ("2025-03-01", "2025-02-28")];
    let found = over_days(&cases, |_, [a, b], out| Operation::CompareDates { a, b, out });
    assert_eq!(found, [0, 1, 2]);
}

#[test]
fn a_date_band_counts_the_edges_reached() {
    let cases = ["2025-03-31", "2025-04-01", "2026-04-01", "2030-01-01"].map(|on| (on, on));
    let found = over_days(&cases, |program, [date, _], out| {
        let edges = program.date_table([day("2025-04-01"), day("2026-04-01")]);
        Operation::DateBand { date, edges, out }
    });
    assert_eq!(found, [0, 1, 2, 2]);
}
