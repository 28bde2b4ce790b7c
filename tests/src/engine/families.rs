//! Aggregates over a family of bytes, and picking one of several.

use apportion_core::program::{AmountSlot, AnySlot, Builder, ByteSlot, Members, Operation, Run};
use proptest::prelude::*;

use super::{
    amount_cases, amount_facts, amounts, answering, byte_cases, byte_facts, bytes, steps, words,
};

/// The four facts, which stand one after the other.
const MEMBERS: Members = Members { first: ByteSlot(0), count: 4 };

/// Four facts, and one operation over them or their list.
fn over_family(
    cases: &[Vec<u8>],
    operation: impl FnOnce(&mut Builder, Run, ByteSlot) -> Operation,
) -> Vec<u8> {
    let mut program = Builder::default();
    let facts: [ByteSlot; 4] = byte_facts(&mut program);
    let slots = program.byte_list(facts);
    let out = program.byte();
    let operation = operation(&mut program, slots, out);
    program.push(operation);
    bytes(&answering(program, [AnySlot::Byte(out)]), &words(cases))
}

/// What is worked out plainly from each case.
fn plainly(cases: &[Vec<u8>], work_out: impl Fn(&[u8]) -> u8) -> Vec<u8> {
    cases.iter().map(|case| work_out(case)).collect()
}

/// The points of a byte; beyond the end of the table, 0.
fn points_of(points: &[u8], byte: u8) -> u8 {
    points.get(usize::from(byte)).copied().unwrap_or(0)
}

proptest! {
    #[test]
    fn a_family_is_counted(low in 0..6u8, width in 0..4u8, cases in byte_cases(4, 8)) {
        let found = over_family(&cases, |_, _, out| {
            Operation::FamilyCount { members: MEMBERS, low, width, out }
        });
        let passing = |case: &[u8]| case.iter().filter(|byte| (low..=low + width).contains(byte)).count();
        prop_assert_eq!(found, plainly(&cases, |case| u8::try_from(passing(case)).unwrap()));
    }

    /// Short tables and long ones are summed in different ways.
    #[test]
    fn the_points_of_a_family_add_up(
        points in prop::collection::vec(0..=60u8, 0..40), cases in byte_cases(4, 45),
    ) {
        let found = over_family(&cases, |program, _, out| {
            let points = program.small_table(points.iter().copied());
            Operation::FamilySum { members: MEMBERS, points, out }
        });
        let sum = |case: &[u8]| case.iter().map(|byte| points_of(&points, *byte)).sum();
        prop_assert_eq!(found, plainly(&cases, sum));
    }

    #[test]
    fn the_highest_and_the_lowest_are_found(cases in byte_cases(4, 254)) {
        let highest = over_family(&cases, |_, slots, out| Operation::Highest { slots, out });
        prop_assert_eq!(highest, plainly(&cases, |case| *case.iter().max().unwrap()));
        let lowest = over_family(&cases, |_, slots, out| Operation::Lowest { slots, out });
        prop_assert_eq!(lowest, plainly(&cases, |case| *case.iter().min().unwrap()));
    }

    #[test]
    fn one_byte_of_several_is_picked(cases in byte_cases(4, 5)) {
        let mut program = Builder::default();
        let [choice, options @ ..]: [ByteSlot; 4] = byte_facts(&mut program);
        let options = program.byte_list(options);
        let out = program.byte();
        program.push(Operation::PickByte { choice, options, out });
        let found = bytes(&answering(program, [AnySlot::Byte(out)]), &words(&cases));
        let picked = |case: &[u8]| match case[0] {
            choice @ 1..=3 => case[usize::from(choice)],
            _ => 0,
        };
        prop_assert_eq!(found, plainly(&cases, picked));
    }

    #[test]
    fn one_amount_of_several_is_picked(
        choices in byte_cases(1, 4), cases in amount_cases(3, -1_000, 1_000),
    ) {
        let mut program = Builder::default();
        let [choice] = byte_facts(&mut program);
        let options: [AmountSlot; 3] = amount_facts(&mut program, -1_000, 1_000);
        let options = program.amount_list(options);
        let out = program.amount();
        program.push(Operation::PickAmount { choice, options, out });
        let together: Vec<_> = words(&choices).into_iter().zip(steps(&cases)).collect();
        let together: Vec<_> = together.into_iter().map(|(byte, amounts)| [byte, amounts].concat()).collect();
        let found = amounts(&answering(program, [AnySlot::Amount(out)]), &together);
        let plain = choices.iter().zip(&cases).map(|(choice, case)| match choice[0] {
            choice @ 1..=3 => vec![case[usize::from(choice) - 1]],
            _ => vec![0],
        });
        prop_assert_eq!(found, plain.collect::<Vec<_>>());
    }
}

#[test]
fn an_empty_family_has_neither_highest_nor_lowest() {
    let mut program = Builder::default();
    let slots = program.byte_list([]);
    let [highest, lowest] = [program.byte(), program.byte()];
    program.push(Operation::Highest { slots, out: highest });
    program.push(Operation::Lowest { slots, out: lowest });
    let program = answering(program, [highest, lowest].map(AnySlot::Byte));
    let found = super::decide(&program, &[vec![]]);
    assert_eq!(found, [Ok(vec![0, 255].into_iter().map(super::Answer::Byte).collect())]);
}

#[test]
fn an_amount_is_looked_up_and_is_0_beyond_the_table() {
    let mut program = Builder::default();
    let [slot] = byte_facts(&mut program);
    let table = program.amount_table([7, -30]);
    let out = program.amount();
    program.push(Operation::Lookup { slot, table, out });
    let cases = words(&[vec![0], vec![1], vec![2], vec![254]]);
    let found = amounts(&answering(program, [AnySlot::Amount(out)]), &cases);
    assert_eq!(found, [[7], [-30], [0], [0]]);
}
