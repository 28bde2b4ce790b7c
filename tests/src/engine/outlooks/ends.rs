//! What is decided of numbers that are calculated with: their ends.

use apportion_core::case::Case;
use apportion_core::outlook::{Domain, Outlook, Prospect, Question, Range, Topic, Unknown};
use apportion_core::program::{
    AmountSlot, AnySlot, Builder, FactId, Operation as Op, Term, Test, ValueId, ValueSlot,
};
use apportion_core::range::{ByteSet, Span};
use apportion_core::value::{Type, Value};

/// So many numbers from 0 to 9.
fn numbers(program: &mut Builder, count: usize) -> Vec<(FactId, AmountSlot)> {
    let kind = Type::Amount { least: 0, greatest: 9 };
    let mut number = || {
        let fact = program.fact(kind, None);
        (fact, program.fact_amount(fact).unwrap())
    };
    (0..count).map(|_| number()).collect()
}

fn open(fact: FactId) -> Unknown {
    let domain = Domain::Amounts { within: Span { least: 0, greatest: 9 }, step: 1 };
    Unknown::Fact { fact, item: None, domain }
}

/// Of numbers that are added up and taken away by turns, or all added up.
fn sum_of(count: usize, is_by_turns: bool) -> (Outlook, Prospect) {
    let mut program = Builder::default();
    let numbers = numbers(&mut program, count);
    let sign = |place: usize| if is_by_turns && place % 2 == 1 { -1 } else { 1 };
    let terms = numbers.iter().enumerate();
    let terms: Vec<Term> =
        terms.map(|(place, (_, slot))| Term { slot: *slot, factor: sign(place) }).collect();
    let (terms, out) = (program.terms(terms), program.amount());
    let given = program.constant_byte(1);
    program.push(Op::Linear { terms, constant: 0, out });
    program.answers.values.push(ValueSlot { slot: AnySlot::Amount(out), given });
    let program = program.finish().unwrap();
    let open: Vec<Unknown> = numbers.iter().map(|(fact, _)| open(*fact)).collect();
    let mut outlook = Outlook::new(&program);
    program.foresee(&Case::new(&program), &open, &mut outlook).unwrap();
    let sum = *outlook.prospect(Question::Value(ValueId(0))).unwrap();
    (outlook, sum)
}

#[test]
fn the_ends_of_up_to_four_numbers_are_decided_in_every_combination() {
    for count in 1..=4 {
        let (outlook, sum) = sum_of(count, true);
        let (added, taken) = (count.div_ceil(2) as i64, (count / 2) as i64);
        let range = Span { least: -9 * taken, greatest: 9 * added };
        assert_eq!((sum.range, sum.is_exact), (Range::Amounts(range), true));
        // Each makes a difference by itself, as the others are decided too.
        let needs = outlook.needs(Topic::Value(ValueId(0)));
        assert!(needs.len() == count && needs.iter().all(|need| need.is_certain), "{needs:?}");
    }
}

#[test]
fn the_least_and_the_greatest_of_more_numbers_are_decided() {
    let (_, sum) = sum_of(5, false);
    let range = Span { least: 0, greatest: 45 };
    assert_eq!((sum.range, sum.is_exact), (Range::Amounts(range), true));
}

/// A value is the same whatever a truth is, though it is made of two that hang on it. Beside a number
/// that is calculated with, all the same nothing is needed for it.
#[test]
fn what_is_settled_needs_nothing() {
    let mut program = Builder::default();
    let number = numbers(&mut program, 1)[0];
    let truth = program.fact(Type::YesNo, None);
    let slot = program.fact_byte(truth).unwrap();
    let given = program.constant_byte(1);
    let [a, b] = [(); 2].map(|()| {
        let rows = program.rows([(vec![Test::is_true(slot)], 3)]);
        let out = program.byte();
        program.push(Op::Choose { rows, otherwise: 2, out });
        out
    });
    let out = program.byte();
    program.push(Op::CompareBytes { a, b, out });
    for slot in [AnySlot::Byte(out), AnySlot::Amount(number.1)] {
        program.answers.values.push(ValueSlot { slot, given });
    }
    let program = program.finish().unwrap();
    let domain = Domain::Bytes(ByteSet::OPEN);
    let open = [open(number.0), Unknown::Fact { fact: truth, item: None, domain }];
    let mut outlook = Outlook::new(&program);
    program.foresee(&Case::new(&program), &open, &mut outlook).unwrap();
    let order = outlook.prospect(Question::Value(ValueId(0))).unwrap();
    assert_eq!((order.range, order.is_settled), (Range::Bytes(ByteSet::one(1)), true));
    assert!(outlook.needs(Topic::Value(ValueId(0))).is_empty(), "{outlook:?}");
    assert_eq!(outlook.needs(Topic::Value(ValueId(1))).len(), 1);
}

/// What can only be yes is yes.
#[test]
fn a_fact_that_can_be_one_thing_alone_is_that() {
    let mut program = Builder::default();
    let truth = program.fact(Type::YesNo, None);
    let slot = program.fact_byte(truth).unwrap();
    program.answers.conclusions.push(slot);
    let program = program.finish().unwrap();
    let domain = Domain::Bytes(ByteSet::one(1));
    let open = [Unknown::Fact { fact: truth, item: None, domain }];
    let mut outlook = Outlook::new(&program);
    program.foresee(&Case::new(&program), &open, &mut outlook).unwrap();
    let told = outlook.prospects()[0];
    assert_eq!((told.range, told.is_settled), (Range::Bytes(ByteSet::one(1)), true));
    let values = program.telling_values(&Case::new(&program), &open[0]).unwrap();
    assert_eq!(values, [Value::YesNo(true)]);
}
