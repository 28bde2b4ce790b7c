//! What can still come of a case, held against every completion of it, each decided as a case of its
//! own: of single operations, whose ranges are then as narrow as what occurs, and of programs of many.

mod making;
mod sets;

mod tried;

use apportion_core::case::Case;
use apportion_core::outlook::{Domain, Outlook, Question, Range, Unknown};
use apportion_core::program::{AnySlot, Builder, Operation, ValueId};
use apportion_core::range::Span;
use apportion_core::value::Type;
use proptest::prelude::*;

use super::answering;
use making::{Choices, KINDS, Maker};
use tried::{Slack, Tried};

/// What proptest chooses for one program and case.
fn choices(count: usize) -> impl Strategy<Value = Choices> {
    prop::collection::vec(any::<u32>(), count).prop_map(Choices::new)
}

/// Once an income is below twice itself, but for an income of nothing, which is the same.
#[test]
fn a_number_is_compared_with_a_multiple_of_itself() {
    let mut program = Builder::default();
    let income = program.fact(Type::Amount { least: 0, greatest: 200 }, None);
    let a = program.fact_amount(income).unwrap();
    let out = program.byte();
    let times = [1, 2];
    program.push(Operation::CompareAmounts { a, b: a, times, is_wide: false, out });
    let program = answering(program, [AnySlot::Byte(out)]);
    let within = Span { least: 0, greatest: 200 };
    let open =
        [Unknown::Fact { fact: income, item: None, domain: Domain::Amounts { within, step: 1 } }];
    let mut outlook = Outlook::new(&program);
    program.foresee(&Case::new(&program), &open, &mut outlook).unwrap();
    let order = outlook.prospect(Question::Value(ValueId(0))).unwrap();
    let Range::Bytes(orders) = order.range else { panic!("{order:?}") };
    assert!(orders.has(0) && orders.has(1) && !order.is_settled, "{order:?}");
}

proptest! {
    /// Of one operation over facts that have nothing to do with each other, the range is what occurs,
    /// and what is needed is what makes a difference.
    #[test]
    fn the_range_of_one_operation_is_what_occurs(
        choices in prop::collection::vec(choices(60), KINDS),
    ) {
        for (kind, choices) in choices.into_iter().enumerate() {
            let mut maker = Maker::of_one_operation(choices);
            let slack = maker.push(kind);
            let tried = Tried::new(maker);
            tried.hold(slack).map_err(|wrong| TestCaseError::fail(format!("{kind}: {wrong}")))?;
        }
    }

    /// Whatever a program does, nothing comes of a completion but what was foreseen; and where every
    /// value of what is open is tried by itself, nothing else was.
    #[test]
    fn what_is_foreseen_of_a_program_is_what_comes_of_its_completions(
        choices in choices(200), operations in 2..9usize,
    ) {
        let mut maker = Maker::of_many(choices);
        for _ in 0..operations {
            let kind = maker.choices.below(KINDS);
            maker.push(kind);
        }
        maker.answer_more();
        let tried = Tried::new(maker);
        tried.hold(Slack::Any).map_err(TestCaseError::fail)?;
    }
}
