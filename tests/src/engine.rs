//! The engine: every operation held against a plain computation, one case at a time and
//! in blocks, and what cases, decisions and blocks promise.

#![expect(
    clippy::inconsistent_digit_grouping,
    reason = "pence stand after their pounds: 3_500_00 is £3,500.00"
)]

mod amounts;
mod cases;
mod days;
mod families;
mod lists;
mod money;
mod outlooks;
mod programs;
mod reference_policy;
mod refusals;
mod tables;

use apportion_core::block::{Block, LANES, Outcome};
use apportion_core::case::Case;
use apportion_core::date::Date;
use apportion_core::decision::{Answer, DecideError, Decision};
use apportion_core::program::{
    AmountSlot, AnySlot, Builder, ByteSlot, FactId, Program, Refusal, ValueId, ValueSlot,
};
use apportion_core::value::{Type, Value};
use proptest::prelude::*;

/// The answers of one case, in the order in which their slots were named, or its refusal.
type Answers = Result<Vec<Answer>, Refusal>;

/// Facts that may be any byte that a word can have.
fn byte_facts<const COUNT: usize>(program: &mut Builder) -> [ByteSlot; COUNT] {
    [(); COUNT].map(|()| {
        let fact = program.fact(Type::Words { count: u8::MAX }, None);
        program.fact_byte(fact).unwrap()
    })
}

/// Facts that may be any amount between two bounds.
fn amount_facts<const COUNT: usize>(
    program: &mut Builder,
    least: i64,
    greatest: i64,
) -> [AmountSlot; COUNT] {
    [(); COUNT].map(|()| {
        let fact = program.fact(Type::Amount { least, greatest }, None);
        program.fact_amount(fact).unwrap()
    })
}

/// Finishes a program that answers with what stands in some slots.
fn answering(mut program: Builder, slots: impl IntoIterator<Item = AnySlot>) -> Program {
    let given = program.constant_byte(1);
    program.answers.values.extend(slots.into_iter().map(|slot| ValueSlot { slot, given }));
    program.finish().unwrap()
}

/// Decides cases, each with a value for every fact in the order declared: one by one and
/// in blocks, which must agree.
fn decide(program: &Program, cases: &[Vec<Value>]) -> Vec<Answers> {
    let single = decide_one_by_one(program, cases);
    assert_eq!(single, decide_in_blocks(program, cases));
    single
}

fn filled(program: &Program, values: &[Value]) -> Case {
    let mut case = Case::new(program);
    for (fact, value) in (0..).map(FactId).zip(values) {
        case.set(fact, *value).unwrap();
    }
    case
}

fn decide_one_by_one(program: &Program, cases: &[Vec<Value>]) -> Vec<Answers> {
    let mut decision = Decision::new(program);
    let mut decide =
        |values: &Vec<Value>| match program.decide(&filled(program, values), &mut decision) {
            Ok(()) => Ok(value_ids(program).map(|id| decision.value(id).unwrap()).collect()),
            Err(DecideError::Refused { refusal, .. }) => Err(refusal),
            Err(error) => panic!("{error}"),
        };
    cases.iter().map(&mut decide).collect()
}

fn decide_in_blocks(program: &Program, cases: &[Vec<Value>]) -> Vec<Answers> {
    let mut block = Block::new(program);
    let mut answers = Vec::new();
    for cases in cases.chunks(LANES) {
        for (lane, values) in cases.iter().enumerate() {
            block.fill(lane, &filled(program, values)).unwrap();
        }
        program.decide_block(&mut block, cases.len()).unwrap();
        answers.extend((0..cases.len()).map(|lane| match block.outcome(lane).unwrap() {
            Outcome::Decided => {
                Ok(value_ids(program).map(|id| in_lane(&block, id, lane)).collect())
            }
            Outcome::Refused { refusal, .. } => Err(refusal),
            outcome => panic!("{outcome:?}"),
        }));
    }
    answers
}

fn value_ids(program: &Program) -> impl Iterator<Item = ValueId> {
    (0..).map(ValueId).take(program.answers().values.len())
}

fn in_lane(block: &Block, id: ValueId, lane: usize) -> Answer {
    let byte = block.value_bytes(id).map(|column| Answer::Byte(column[lane]));
    let date = || block.value_dates(id).and_then(|column| Date::from_packed(column[lane]));
    byte.or_else(|| date().map(Answer::Date))
        .or_else(|| block.value_amounts(id).map(|column| Answer::Amount(column[lane])))
        .unwrap()
}

/// The single byte that a program answers for each case.
fn bytes(program: &Program, cases: &[Vec<Value>]) -> Vec<u8> {
    let byte = |answers: Answers| match answers.as_deref() {
        Ok([Answer::Byte(byte)]) => *byte,
        other => panic!("{other:?}"),
    };
    decide(program, cases).into_iter().map(byte).collect()
}

/// The amounts that a program answers for each case.
fn amounts(program: &Program, cases: &[Vec<Value>]) -> Vec<Vec<i64>> {
    let amount = |answer: Answer| match answer {
        Answer::Amount(amount) => amount,
        other => panic!("{other:?}"),
    };
    let amounts = |answers: Answers| answers.unwrap().into_iter().map(amount).collect();
    decide(program, cases).into_iter().map(amounts).collect()
}

/// Random bytes for some facts, for more cases than a block holds.
fn byte_cases(facts: usize, greatest: u8) -> impl Strategy<Value = Vec<Vec<u8>>> {
    prop::collection::vec(prop::collection::vec(0..=greatest, facts), 130..150)
}

/// Random amounts for some facts, for more cases than a block holds.
fn amount_cases(facts: usize, least: i64, greatest: i64) -> impl Strategy<Value = Vec<Vec<i64>>> {
    prop::collection::vec(prop::collection::vec(least..=greatest, facts), 130..150)
}

fn words(cases: &[Vec<u8>]) -> Vec<Vec<Value>> {
    cases.iter().map(|case| case.iter().map(|byte| Value::Word(*byte)).collect()).collect()
}

fn steps(cases: &[Vec<i64>]) -> Vec<Vec<Value>> {
    cases.iter().map(|case| case.iter().map(|steps| Value::Amount(*steps)).collect()).collect()
}
