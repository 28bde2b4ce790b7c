//! Cases that the policy may not cover, and those of which one part is refused, between the ends of
//! a number.

use apportion_core::case::Case;
use apportion_core::outlook::{Domain, Outlook, Topic, Unknown};
use apportion_core::program::{AnySlot, ConclusionId, ValueSlot};
use apportion_core::range::ByteSet;
use apportion_core::value::Type;

use super::{Required, number, requirement};

fn needed(outlook: &Outlook) -> Vec<usize> {
    outlook.needs(Topic::Decision).iter().map(|need| need.unknown).collect()
}

#[test]
fn a_case_may_be_covered_between_the_ends() {
    let mut it = Required::new();
    it.program.answers.cover = Some(it.humps.is_between);
    let outlook = it.foreseen().unwrap();
    assert!(outlook.outcomes().decided && outlook.outcomes().outside && !outlook.is_settled());
    assert!(outlook.outcomes().refused.is_empty());
    assert_eq!(needed(&outlook), [0]);
}

#[test]
fn a_case_is_covered_or_is_not_whatever_the_number() {
    let mut always = Required::new();
    always.program.answers.cover = Some(always.always);
    let outlook = always.foreseen().unwrap();
    assert!(outlook.outcomes().decided && !outlook.outcomes().outside);
    let mut never = Required::new();
    never.program.answers.cover = Some(never.never);
    let outlook = never.foreseen().unwrap();
    assert!(!outlook.outcomes().decided && outlook.outcomes().outside);
    assert!(outlook.is_settled() && needed(&outlook).is_empty());
}

/// Whether it is covered and what is concluded hang on the same number.
#[test]
fn what_is_concluded_where_the_case_is_covered_needs_the_number() {
    let mut it = Required::new();
    it.program.answers.cover = Some(it.humps.is_between);
    it.program.answers.conclusions.push(it.humps.is_between);
    let outlook = it.foreseen().unwrap();
    let needs = outlook.needs(Topic::Conclusion(ConclusionId(0)));
    assert_eq!(needs.iter().map(|need| need.unknown).collect::<Vec<_>>(), [0]);
}

/// A case in which a truth holds is refused whatever the number is; one in which it fails is decided,
/// or not covered. Either way the truth settles the decision, by each of its values.
#[test]
fn a_truth_settles_whether_the_case_is_refused() {
    for is_covered in [true, false] {
        let mut it = Required::new();
        let truth = it.program.fact(Type::YesNo, None);
        let slot = it.program.fact_byte(truth).unwrap();
        let (always, never) = (it.program.constant_byte(1), it.program.constant_byte(0));
        it.require(0, slot, never);
        it.program.answers.cover = Some(if is_covered { always } else { never });
        it.program.answers.conclusions.push(always);
        // The number is calculated with for a value, which is nothing to the decision.
        let slot = AnySlot::Amount(it.humps.amounts[0]);
        it.program.answers.values.push(ValueSlot { slot, given: always });
        let program = it.program.finish().unwrap();
        let domain = Domain::Bytes(ByteSet::OPEN);
        let open = [number(it.number), Unknown::Fact { fact: truth, item: None, domain }];
        let mut outlook = Outlook::new(&program);
        program.foresee(&Case::new(&program), &open, &mut outlook).unwrap();
        let outcomes = outlook.outcomes();
        assert_eq!((outcomes.decided, outcomes.outside), (is_covered, !is_covered));
        assert_eq!(outcomes.refused, [(requirement(0), None)]);
        let [need] = outlook.needs(Topic::Decision) else { panic!("{outlook:?}") };
        assert_eq!((need.unknown, need.settling, need.of, need.is_certain), (1, 2, 2, true));
    }
}
