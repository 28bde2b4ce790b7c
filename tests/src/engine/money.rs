//! Splits and limits.

use apportion_core::divide::Divider;
use apportion_core::program::{AmountSlot, AnySlot, Builder, Operation};
use apportion_core::rounding::Rounding;
use apportion_core::split::SparePennies;
use apportion_core::value::Value;
use proptest::prelude::*;

use super::{Answer, amount_cases, amount_facts, amounts, answering, byte_facts, decide};

const MOST_PENCE: i64 = 1_000_000;

/// The next slots for amounts, one after the other.
fn new_amounts<const COUNT: usize>(program: &mut Builder) -> [AmountSlot; COUNT] {
    [(); COUNT].map(|()| program.amount())
}

/// Splits pence by a choice of 30/70 and thirds, over a whole of 30.
fn split_by_table(cases: &[(u8, i64)]) -> Vec<Vec<i64>> {
    split_with(SparePennies::LargestFractions, cases)
}

fn split_with(spare: SparePennies, cases: &[(u8, i64)]) -> Vec<Vec<i64>> {
    let mut program = Builder::default();
    let [choice] = byte_facts(&mut program);
    let [amount] = amount_facts(&mut program, -MOST_PENCE, MOST_PENCE);
    let shares = program.amount_table([9, 21, 0, 10, 10, 10]);
    let divider = Divider::new(30, 30 * MOST_PENCE as u128).unwrap();
    let [a, b, c, ..]: [AmountSlot; 6] = new_amounts(&mut program);
    program.push(Operation::SplitByTable {
        amount,
        choice,
        shares,
        whole: 30,
        divider,
        spare,
        out: a,
        parties: 3,
    });
    let program = answering(program, [a, b, c].map(AnySlot::Amount));
    let case = |(choice, pence): &(u8, i64)| vec![Value::Word(*choice), Value::Amount(*pence)];
    amounts(&program, &cases.iter().map(case).collect::<Vec<_>>())
}

#[test]
fn a_split_follows_the_row_of_shares_that_is_chosen() {
    let found = split_by_table(&[(1, 1_00), (2, 1_00), (2, 1_01), (1, 5), (2, -1_00)]);
    assert_eq!(found, [[30, 70, 0], [34, 33, 33], [34, 34, 33], [2, 3, 0], [-34, -33, -33]]);
}

#[test]
fn a_split_without_a_row_of_shares_gives_nobody_anything() {
    assert_eq!(split_by_table(&[(0, 1_00), (3, 1_00), (254, -1)]), [[0; 3]; 3]);
}

/// 30% and 70% of a penny, rounded down, leave the penny, and the third party has no share.
/// What two cases leave must not cancel out.
#[test]
fn what_a_taker_without_a_share_leaves_is_given_in_every_case() {
    let spare = SparePennies::Difference { taker: 2, rounding: Rounding::Down };
    assert_eq!(split_with(spare, &[(1, 1), (1, 1)]), [[0, 1, 0], [0, 1, 0]]);
}

/// Splits pence in computed shares of a whole of 12: an amount and three numerators a case.
fn split_in_shares(cases: &[[i64; 4]]) -> Vec<Vec<i64>> {
    let mut program = Builder::default();
    let [amount] = amount_facts(&mut program, 0, MOST_PENCE);
    let shares: [AmountSlot; 3] = amount_facts(&mut program, 0, 12);
    let shares = program.amount_list(shares);
    let divider = Divider::new(12, 12 * MOST_PENCE as u128).unwrap();
    let [a, b, c, ..]: [AmountSlot; 6] = new_amounts(&mut program);
    let spare = SparePennies::LargestFractions;
    program.push(Operation::Split { amount, shares, whole: 12, divider, spare, out: a });
    let program = answering(program, [a, b, c].map(AnySlot::Amount));
    let case = |case: &[i64; 4]| case.map(Value::Amount).to_vec();
    amounts(&program, &cases.iter().map(case).collect::<Vec<_>>())
}

#[test]
fn a_split_follows_computed_shares() {
    // 5/12 of 1.00 is 41.67 pence, 4/12 33.33, 3/12 25: the spare penny goes to the first.
    let found = split_in_shares(&[[1_00, 5, 4, 3], [1_00, 12, 0, 0], [1_00, 0, 0, 0]]);
    assert_eq!(found, [[42, 33, 25], [1_00, 0, 0], [0, 0, 0]]);
}

/// A limit on the first of two parties: when, payer, other, most; and what comes of it.
fn limited(cases: &[(bool, [i64; 3])]) -> Vec<(u8, Vec<i64>)> {
    let mut program = Builder::default();
    let [when] = byte_facts(&mut program);
    let [payer, other, most] = amount_facts(&mut program, -MOST_PENCE, MOST_PENCE);
    let moved = program.byte();
    let out: [AmountSlot; 3] = new_amounts(&mut program);
    program.push(Operation::Limit { payer, other, most, when: Some(when), out: out[0], moved });
    let slots = core::iter::once(AnySlot::Byte(moved)).chain(out.map(AnySlot::Amount));
    let program = answering(program, slots);
    let case = |(when, amounts): &(bool, [i64; 3])| {
        let when = Value::Word(u8::from(*when));
        core::iter::once(when).chain(amounts.map(Value::Amount)).collect()
    };
    let cases: Vec<Vec<Value>> = cases.iter().map(case).collect();
    decide(&program, &cases).into_iter().map(|answers| parted(&answers.unwrap())).collect()
}

/// A byte, and the amounts after it.
fn parted(answers: &[Answer]) -> (u8, Vec<i64>) {
    let [Answer::Byte(moved), amounts @ ..] = answers else { panic!("{answers:?}") };
    let amount = |answer: &Answer| match answer {
        Answer::Amount(amount) => *amount,
        other => panic!("{other:?}"),
    };
    (*moved, amounts.iter().map(amount).collect())
}

#[test]
fn a_limit_moves_what_is_above_it() {
    let found = limited(&[
        (true, [5_00, 1_00, 3_00]),
        (true, [3_00, 1_00, 3_00]),
        (false, [5_00, 1_00, 3_00]),
    ]);
    assert_eq!(
        found,
        [(1, vec![2_00, 3_00, 3_00]), (0, vec![0, 3_00, 1_00]), (0, vec![0, 5_00, 1_00]),]
    );
}

proptest! {
    #[test]
    fn a_limit_keeps_the_total(whens in prop::collection::vec(any::<bool>(), 150), cases in amount_cases(3, -1_000, 1_000)) {
        let cases: Vec<(bool, [i64; 3])> =
            whens.into_iter().zip(cases).map(|(when, case)| (when, case.try_into().unwrap())).collect();
        for ((when, [payer, other, most]), (moved, amounts)) in cases.iter().zip(limited(&cases)) {
            let then = if *when { *payer.min(most) } else { *payer };
            prop_assert_eq!(amounts, vec![payer - then, then, payer + other - then]);
            prop_assert_eq!(moved, u8::from(then != *payer));
        }
    }
}
