//! Aggregates over a family of bytes, and picking one of several.

use apportion_core::program::{AmountSlot, AnySlot, Builder, ByteSlot, Members, Operation, Run};
use proptest::prelude::*;

use super::{
    Answer, amount_cases, amount_facts, amounts, answering, byte_cases, byte_facts, bytes, decide,
    steps, words,
};

/// The four facts, which stand one after the other.
const MEMBERS: Members = Members { first: ByteSlot(0), count: 4 };

/// Four facts, and one operation over them or their list.
fn over_family(cases: &[Vec<u8>], operation: impl FnOnce(Run, ByteSlot) -> Operation) -> Vec<u8> {
    let mut program = Builder::default();
    let facts: [ByteSlot; 4] = byte_facts(&mut program);
    let slots = program.byte_list(facts);
    let out = program.byte();
    program.push(operation(slots, out));
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

/// One thing that is worked out over a family: how many bytes pass a test, or a sum of points.
#[derive(Clone, Debug)]
enum Total {
    Count { low: u8, width: u8 },
    Sum { points: Vec<u8> },
}

impl Total {
    /// Whole families of 4 come to at most 240 points.
    fn any(points: usize) -> impl Strategy<Value = Total> {
        prop_oneof![
            (any::<u8>(), any::<u8>()).prop_map(|(low, width)| Total::Count { low, width }),
            (0..6u8, 0..4u8).prop_map(|(low, width)| Total::Count { low, width }),
            prop::collection::vec(0..=60u8, 0..points).prop_map(|points| Total::Sum { points }),
        ]
    }

    fn ask(&self, program: &mut Builder) -> ByteSlot {
        match self {
            Total::Count { low, width } => program.family_count(MEMBERS, *low, *width),
            Total::Sum { points } => program.family_sum(MEMBERS, points.iter().copied()),
        }
    }

    fn plainly(&self, case: &[u8]) -> u8 {
        let of = |byte: u8| match self {
            Total::Count { low, width } => {
                u8::from((0..=*width).any(|step| low.wrapping_add(step) == byte))
            }
            Total::Sum { points } => points_of(points, byte),
        };
        case.iter().map(|byte| of(*byte)).sum()
    }
}

/// All totals of a family, asked for one after the other.
fn totals(totals: &[Total], cases: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut program = Builder::default();
    let _: [ByteSlot; 4] = byte_facts(&mut program);
    let slots: Vec<ByteSlot> = totals.iter().map(|total| total.ask(&mut program)).collect();
    let program = answering(program, slots.into_iter().map(AnySlot::Byte));
    let byte = |answer: Answer| match answer {
        Answer::Byte(byte) => byte,
        other => panic!("{other:?}"),
    };
    let answers = decide(&program, &words(cases)).into_iter();
    answers.map(|answers| answers.unwrap().into_iter().map(byte).collect()).collect()
}

#[test]
fn up_to_eight_totals_of_a_family_are_one_operation() {
    let mut program = Builder::default();
    let _: [ByteSlot; 4] = byte_facts(&mut program);
    for low in 0..9 {
        let _ = program.family_count(MEMBERS, low, 0);
    }
    // Another family has an operation of its own.
    let _ = program.family_count(Members { first: ByteSlot(0), count: 3 }, 1, 0);
    assert_eq!(program.finish().unwrap().operations().len(), 3);
}

proptest! {
    /// Short tables and long ones are summed in different ways; more than eight totals take
    /// more than one operation.
    #[test]
    fn the_totals_of_a_family_add_up(
        asked in prop_oneof![
            prop::collection::vec(Total::any(16), 1..12),
            prop::collection::vec(Total::any(45), 1..12),
        ],
        cases in byte_cases(4, 45),
    ) {
        let plain: Vec<Vec<u8>> = cases
            .iter()
            .map(|case| asked.iter().map(|total| total.plainly(case)).collect())
            .collect();
        prop_assert_eq!(totals(&asked, &cases), plain);
    }

    /// Few kinds of bytes are counted kind by kind.
    #[test]
    fn counts_and_points_of_few_kinds_add_up(
        low in 0..6u8,
        width in 0..4u8,
        points in prop::collection::vec(0..=60u8, 0..10),
        cases in byte_cases(4, 12),
    ) {
        let asked = [Total::Count { low, width }, Total::Sum { points }];
        let plain: Vec<Vec<u8>> = cases
            .iter()
            .map(|case| asked.iter().map(|total| total.plainly(case)).collect())
            .collect();
        prop_assert_eq!(totals(&asked, &cases), plain);
    }

    #[test]
    fn the_highest_and_the_lowest_are_found(cases in byte_cases(4, 254)) {
        let highest = over_family(&cases, |slots, out| Operation::Highest { slots, out });
        prop_assert_eq!(highest, plainly(&cases, |case| *case.iter().max().unwrap()));
        let lowest = over_family(&cases, |slots, out| Operation::Lowest { slots, out });
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
