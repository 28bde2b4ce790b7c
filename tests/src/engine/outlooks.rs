//! What can still come of a case, held against every completion of it, each decided as a case of its
//! own: of single operations, whose ranges are then as narrow as what occurs, and of programs of many.

mod cells;
mod ends;
mod far;
mod hanging;
mod items;
mod left_out;
mod making;
mod many;
mod one_item;
mod read_alone;
mod refusals;
mod sets;
mod tried;

use apportion_core::case::Case;
use apportion_core::outlook::{Domain, Need, Outlook, Question, Range, Topic, Unknown};
use apportion_core::program::{
    AnySlot, Builder, Members, Operation, Refusal, Test, ValueId, ValueSlot,
};
use apportion_core::range::{ByteSet, Span};
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

/// One of two members that are counted says alone whether a value is given: the other is not needed.
#[test]
fn a_member_may_say_alone_whether_a_value_is_given() {
    let mut program = Builder::default();
    let facts = [program.fact(Type::YesNo, None), program.fact(Type::YesNo, None)];
    let [first, last] = facts.map(|fact| program.fact_byte(fact).unwrap());
    let out = program.family_count(Members { first, count: 2 }, 1, 0);
    program.answers.conclusions.push(out);
    let slot = AnySlot::Byte(program.constant_byte(1));
    program.answers.values.push(ValueSlot { slot, given: last });
    let program = program.finish().unwrap();
    let domain = Domain::Bytes(ByteSet::OPEN);
    let open = facts.map(|fact| Unknown::Fact { fact, item: None, domain });
    let mut outlook = Outlook::new(&program);
    program.foresee(&Case::new(&program), &open, &mut outlook).unwrap();
    let need = Need { unknown: 1, settling: 2, of: 2, is_certain: true };
    assert_eq!(outlook.needs(Topic::Value(ValueId(0))), [need]);
}

/// A fee is left out where there is no school, and then 0 stands for it: so which of the fee, which
/// can only be 7, and 7 is taken makes a difference.
#[test]
fn what_stands_for_a_fact_that_is_left_out_is_looked_at() {
    let mut program = Builder::default();
    let [school, other] = [(); 2].map(|()| program.fact(Type::YesNo, None));
    let fee = program.fact(Type::Amount { least: 0, greatest: 9 }, None);
    let [applies, takes_fee] = [school, other].map(|fact| program.fact_byte(fact).unwrap());
    let said = program.may_be_left_out(fee).unwrap();
    program.answers.facts.push((fee, applies));
    let not_stated = program.refusal(Refusal::NotStated { fact: fee });
    let test = Test { slot: said, low: 1, width: 0 };
    program.push(Operation::Require { when: applies, test, refusal: not_stated });
    let (fee_slot, seven) = (program.fact_amount(fee).unwrap(), program.constant_amount(7));
    let options = program.amount_list([fee_slot, seven]);
    let (choice, out) = (program.byte(), program.amount());
    let rows = program.rows([(vec![Test::is_true(takes_fee)], 1)]);
    program.push(Operation::Choose { rows, otherwise: 2, out: choice });
    program.push(Operation::PickAmount { choice, options, out });
    let given = program.constant_byte(1);
    program.answers.values.push(ValueSlot { slot: AnySlot::Amount(out), given });
    let program = program.finish().unwrap();
    let yes_no = Domain::Bytes(ByteSet::OPEN);
    let within = Span { least: 7, greatest: 7 };
    let open = [
        Unknown::Fact { fact: school, item: None, domain: yes_no },
        Unknown::Fact { fact: other, item: None, domain: yes_no },
        Unknown::Fact { fact: fee, item: None, domain: Domain::Amounts { within, step: 1 } },
    ];
    let mut outlook = Outlook::new(&program);
    program.foresee(&Case::new(&program), &open, &mut outlook).unwrap();
    let needed = outlook.needs(Topic::Value(ValueId(0))).iter().map(|need| need.unknown);
    assert!(needed.collect::<Vec<_>>().contains(&1), "{outlook:?}");
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

    /// A family whose members are taken together, where something else reads one of them.
    #[test]
    fn what_is_foreseen_of_members_that_something_else_reads(
        choices in prop::collection::vec(choices(80), KINDS),
    ) {
        for (kind, choices) in choices.into_iter().enumerate() {
            let mut maker = Maker::of_many(choices);
            let family = 9 + maker.choices.below(4);
            maker.push(family);
            maker.push(kind);
            maker.answer_more();
            let tried = Tried::new(maker);
            tried.hold(Slack::Any).map_err(|wrong| TestCaseError::fail(format!("{kind}: {wrong}")))?;
        }
    }
}
