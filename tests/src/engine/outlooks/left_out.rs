//! Facts that may be left out, or change with another: which of them an answer hangs on.

use apportion_core::case::Case;
use apportion_core::outlook::{Domain, Outlook, Question, Range, Topic, Unknown};
use apportion_core::program::{
    AnySlot, Builder, ConclusionId, FactId, Operation as Op, Refusal, Test, ValueId, ValueSlot,
};
use apportion_core::range::ByteSet;
use apportion_core::value::Type;

const SCHOOL: FactId = FactId(0);
const FEE: FactId = FactId(1);

/// Whether there is a school, and which of three fees it asks for. A fee that may be left out is
/// stated where there is a school, and nowhere else.
fn program(may_be_left_out: bool) -> Builder {
    let mut program = Builder::default();
    assert_eq!(program.fact(Type::YesNo, None), SCHOOL);
    assert_eq!(program.fact(Type::Words { count: 3 }, None), FEE);
    let school = program.fact_byte(SCHOOL).unwrap();
    if !may_be_left_out {
        return program;
    }
    let said = program.may_be_left_out(FEE).unwrap();
    program.answers.facts.push((FEE, school));
    let not_stated = program.refusal(Refusal::NotStated { fact: FEE });
    let does_not_apply = program.refusal(Refusal::DoesNotApply { fact: FEE });
    let (rows, without) = (program.rows([(vec![Test::is_false(school)], 1)]), program.byte());
    program.push(Op::Condition { rows, out: without });
    let stated = Test { slot: said, low: 1, width: 1 };
    program.push(Op::Require { when: school, test: stated, refusal: not_stated });
    let left_out = Test { slot: said, low: 0, width: 0 };
    program.push(Op::Require { when: without, test: left_out, refusal: does_not_apply });
    program
}

fn foreseen(program: Builder) -> Outlook {
    let program = program.finish().unwrap();
    let open = [(SCHOOL, ByteSet::OPEN), (FEE, ByteSet::between(0, 2))]
        .map(|(fact, bytes)| Unknown::Fact { fact, item: None, domain: Domain::Bytes(bytes) });
    let mut outlook = Outlook::new(&program);
    program.foresee(&Case::new(&program), &open, &mut outlook).unwrap();
    outlook
}

fn needed(outlook: &Outlook, topic: Topic) -> Vec<(usize, u32, u32)> {
    outlook.needs(topic).iter().map(|need| (need.unknown, need.settling, need.of)).collect()
}

/// No two completions differ in the school alone, as the fee changes with it. All the same the
/// conclusion hangs on it, and on the school alone; and the value that is the fee on the fee alone,
/// which says by itself whether there is one. Each of their values settles them.
#[test]
fn what_changes_with_another_fact_is_needed() {
    let mut program = program(true);
    let [school, fee] = [SCHOOL, FEE].map(|fact| program.fact_byte(fact).unwrap());
    program.answers.conclusions.push(school);
    program.answers.values.push(ValueSlot { slot: AnySlot::Byte(fee), given: school });
    let outlook = foreseen(program);
    assert!(outlook.outcomes().decided && outlook.outcomes().refused.is_empty());
    assert_eq!(needed(&outlook, Topic::Conclusion(ConclusionId(0))), [(0, 2, 2)]);
    assert_eq!(needed(&outlook, Topic::Value(ValueId(0))), [(1, 3, 3)]);
}

/// The fee and another word, of which the higher is answered: they are not taken together, as the fee
/// is left out where there is no school.
#[test]
fn a_member_that_may_be_left_out_is_not_taken_with_others() {
    let mut program = program(true);
    let other = program.fact(Type::Words { count: 3 }, None);
    let slots = [SCHOOL, FEE, other].map(|fact| program.fact_byte(fact).unwrap());
    program.answers.conclusions.push(slots[0]);
    let (pair, given) = (program.byte_list([slots[1], slots[2]]), program.constant_byte(1));
    let out = program.byte();
    program.push(Op::Highest { slots: pair, out });
    program.answers.values.push(ValueSlot { slot: AnySlot::Byte(out), given });
    let program = program.finish().unwrap();
    let words = Domain::Bytes(ByteSet::between(0, 2));
    let open = [(SCHOOL, Domain::Bytes(ByteSet::OPEN)), (FEE, words), (other, words)]
        .map(|(fact, domain)| Unknown::Fact { fact, item: None, domain });
    let mut outlook = Outlook::new(&program);
    program.foresee(&Case::new(&program), &open, &mut outlook).unwrap();
    let school = outlook.prospect(Question::Conclusion(ConclusionId(0))).unwrap();
    assert_eq!((school.range, school.is_exact), (Range::Bytes(ByteSet::OPEN), true));
    let higher = outlook.prospect(Question::Value(ValueId(0))).unwrap();
    assert_eq!((higher.range, higher.is_exact), (Range::Bytes(ByteSet::between(0, 2)), true));
}

/// A fact that does not apply where there is no school, but cannot be left out.
#[test]
fn a_fact_that_cannot_be_left_out_is_stated_all_the_same() {
    let mut program = program(false);
    let [school, fee] = [SCHOOL, FEE].map(|fact| program.fact_byte(fact).unwrap());
    program.answers.facts.push((FEE, school));
    let given = program.constant_byte(1);
    program.answers.values.push(ValueSlot { slot: AnySlot::Byte(fee), given });
    let outlook = foreseen(program);
    assert_eq!(needed(&outlook, Topic::Value(ValueId(0))), [(1, 3, 3)]);
}

/// Of three words the first cannot be. Which of the others it is makes a difference in one of three
/// cases alone; in the other two both come to the same, the one thing or the other.
#[test]
fn a_word_matters_in_one_case_alone() {
    let mut program = Builder::default();
    let facts = [(); 2].map(|()| program.fact(Type::Words { count: 3 }, None));
    let [word, other] = facts.map(|fact| program.fact_byte(fact).unwrap());
    let always = program.constant_byte(1);
    let refusal = program.refusal(Refusal::DoesNotApply { fact: facts[0] });
    let test = Test { slot: word, low: 1, width: 1 };
    program.push(Op::Require { when: always, test, refusal });
    let is = |slot, low| Test { slot, low, width: 0 };
    let rows = [(vec![is(other, 1)], 5), (vec![is(other, 2), is(word, 2)], 5)];
    let (rows, out) = (program.rows(rows), program.byte());
    program.push(Op::Choose { rows, otherwise: 4, out });
    program.answers.values.push(ValueSlot { slot: AnySlot::Byte(out), given: always });
    let program = program.finish().unwrap();
    let domain = Domain::Bytes(ByteSet::between(0, 2));
    let open = facts.map(|fact| Unknown::Fact { fact, item: None, domain });
    let mut outlook = Outlook::new(&program);
    program.foresee(&Case::new(&program), &open, &mut outlook).unwrap();
    // By 0, which it cannot be, the first settles everything; by 0 and 1 the other does.
    assert_eq!(needed(&outlook, Topic::Value(ValueId(0))), [(1, 2, 3), (0, 1, 3)]);
    assert!(outlook.needs(Topic::Value(ValueId(0))).iter().all(|need| need.is_certain));
}
