//! What may be refused between the ends of a number, and which evidence cannot be.
//!
//! A number from 0 to 9 is calculated with, so that only its ends are decided; what is between
//! them is another thing.

mod covers;

use apportion_core::case::Case;
use apportion_core::decision::DecideError;
use apportion_core::outlook::{Domain, Outlook, Question, Range, Topic, Unknown};
use apportion_core::program::{
    AnySlot, Builder, ByteSlot, ClauseId, ConclusionId, DateSlot, DayOf, FactId, ListId,
    Operation as Op, Refusal, RefusalId, Test, ValueId, ValueSlot,
};
use apportion_core::range::{ByteSet, Span};
use apportion_core::value::{Type, Value};

use super::hanging::Humps;
use super::making::day;
use super::tried::{Slack, Tried};

/// What is required of a case of which a number is open.
struct Required {
    program: Builder,
    number: FactId,
    humps: Humps,
    always: ByteSlot,
    never: ByteSlot,
}

fn requirement(clause: u32) -> Refusal {
    Refusal::Requirement { clause: ClauseId(clause) }
}

impl Required {
    fn new() -> Required {
        let mut program = Builder::default();
        let number = program.fact(Type::Amount { least: 0, greatest: 9 }, None);
        let humps = Humps::of(&mut program, number);
        let [always, never] = [1, 0].map(|byte| program.constant_byte(byte));
        Required { program, number, humps, always, never }
    }

    /// That a byte is 1, where a truth holds.
    fn require(&mut self, clause: u32, when: ByteSlot, slot: ByteSlot) {
        let refusal = self.program.refusal(requirement(clause));
        let test = Test { slot, low: 1, width: 0 };
        self.program.push(Op::Require { when, test, refusal });
    }

    fn foreseen(mut self) -> Result<Outlook, DecideError> {
        self.program.answers.conclusions.push(self.always);
        let program = self.program.finish().unwrap();
        let mut case = Case::new(&program);
        for list in (0..).map(ListId).take(program.lists().len()) {
            case.add_item(list).unwrap();
        }
        let mut outlook = Outlook::new(&program);
        program.foresee(&case, &[number(self.number)], &mut outlook).map(|()| outlook)
    }
}

fn number(fact: FactId) -> Unknown {
    let domain = Domain::Amounts { within: Span { least: 0, greatest: 9 }, step: 1 };
    Unknown::Fact { fact, item: None, domain }
}

/// Between the ends the number is between; at them it is not. So the first may be refused.
#[test]
fn what_is_required_may_fail_or_cannot() {
    let mut it = Required::new();
    let (between, always, never) = (it.humps.is_between, it.always, it.never);
    it.require(0, between, never);
    it.require(1, always, always);
    it.require(2, between, always);
    it.require(3, never, never);
    it.require(4, never, between);
    let outlook = it.foreseen().unwrap();
    let outcomes = outlook.outcomes();
    assert!(outcomes.decided && !outcomes.outside);
    assert_eq!(outcomes.refused, [(requirement(0), None)]);
    assert!(!outlook.is_settled());
    let needed = outlook.needs(Topic::Decision).iter().map(|need| need.unknown);
    assert_eq!(needed.collect::<Vec<_>>(), [0]);
}

/// Refused at the ends, by what is asked for there or by what is required, and not between them.
#[test]
fn what_is_refused_at_the_ends_may_be_decided_between_them() {
    let mut at_ends = Required::new();
    let (rows, when) = (
        at_ends.program.rows([(vec![Test::is_false(at_ends.humps.is_between)], 1)]),
        at_ends.program.byte(),
    );
    at_ends.program.push(Op::Condition { rows, out: when });
    let never = at_ends.never;
    at_ends.require(0, when, never);
    let mut between = Required::new();
    let (always, is_between) = (between.always, between.humps.is_between);
    between.require(0, always, is_between);
    for it in [at_ends, between] {
        let outlook = it.foreseen().unwrap();
        assert!(outlook.outcomes().decided && !outlook.is_settled());
        assert_eq!(outlook.outcomes().refused, [(requirement(0), None)]);
    }
}

#[test]
fn what_always_fails_refuses_every_case() {
    let mut of_case = Required::new();
    let (always, never) = (of_case.always, of_case.never);
    of_case.require(0, always, never);
    assert!(matches!(of_case.foreseen(), Err(DecideError::Refused { .. })));
    // Of an item that there is.
    let mut of_item = Required::new();
    let list = of_item.program.list(1);
    let fact = of_item.program.item_fact(list, Type::YesNo, Some(Value::YesNo(false)));
    let slot = of_item.program.fact_byte(fact).unwrap();
    let always = of_item.always;
    of_item.require(0, always, slot);
    assert!(matches!(of_item.foreseen(), Err(DecideError::Refused { .. })));
}

/// When it is asked for and whether it holds hang on the same number: it is needed.
#[test]
fn what_is_asked_for_and_fails_by_one_number() {
    let mut it = Required::new();
    let (when, higher) = (it.humps.is_between, it.humps.bytes[0]);
    it.require(0, when, higher);
    let outlook = it.foreseen().unwrap();
    let needed = outlook.needs(Topic::Decision).iter().map(|need| need.unknown);
    assert_eq!(needed.collect::<Vec<_>>(), [0]);
}

/// Every item of a list is refused that says so; it is not known which there are. Without any the
/// case is decided, and so the list is needed.
#[test]
fn a_list_that_is_open_may_be_refused_for_an_item() {
    let mut program = Builder::default();
    let list = program.list(2);
    let fact = program.item_fact(list, Type::YesNo, None);
    let slot = program.fact_byte(fact).unwrap();
    let always = program.constant_byte(1);
    program.answers.conclusions.push(always);
    let refusal = program.refusal(requirement(0));
    for test in [Test { slot, low: 1, width: 0 }, Test { slot, low: 2, width: 0 }] {
        let mut program = program.clone();
        program.push(Op::Require { when: always, test, refusal });
        let program = program.finish().unwrap();
        let mut outlook = Outlook::new(&program);
        let open = [Unknown::Items { list }];
        program.foresee(&Case::new(&program), &open, &mut outlook).unwrap();
        assert!(outlook.outcomes().decided && !outlook.is_settled());
        assert_eq!(outlook.outcomes().refused, [(requirement(0), None)]);
        assert!(!outlook.prospect(Question::Conclusion(ConclusionId(0))).unwrap().is_settled);
        let needed = outlook.needs(Topic::Decision).iter().map(|need| need.unknown);
        assert_eq!(needed.collect::<Vec<_>>(), [0]);
    }
}

/// The day on which an age is asked for is open, and counted from; no one is asked for their age
/// before they are born.
#[test]
fn no_day_is_before_a_birth() {
    let [first, birth, last] = ["2024-01-01", "2024-03-01", "2024-06-30"].map(day);
    let mut program = Builder::default();
    let on = program.fact(Type::Date { first, last }, None);
    let date = program.fact_date(on).unwrap();
    let refusal = program.refusal(Refusal::BornAfter { clause: ClauseId(0), birth: on, on });
    let (given, born) = (program.constant_byte(1), program.constant_date(birth));
    let out = program.byte();
    program.push(Op::Age { birth: born, on: date, out, when: given, refusal });
    program.answers.values.push(ValueSlot { slot: AnySlot::Date(date), given });
    let (edges, is_born) = (program.date_table([birth]), program.byte());
    program.push(Op::DateBand { date, edges, out: is_born });
    program.answers.conclusions.push(is_born);
    let program = program.finish().unwrap();
    let domain = Domain::Dates(Span { least: first, greatest: last });
    let open = [Unknown::Fact { fact: on, item: None, domain }];
    let mut outlook = Outlook::new(&program);
    program.foresee(&Case::new(&program), &open, &mut outlook).unwrap();
    let told = outlook.prospect(Question::Value(ValueId(0))).unwrap();
    assert_eq!(told.range, Range::Dates(Span { least: birth, greatest: last }));
    assert!(told.is_exact && outlook.outcomes().refused.is_empty());
    let is_born = outlook.prospect(Question::Conclusion(ConclusionId(0))).unwrap();
    assert_eq!((is_born.range, is_born.is_settled), (Range::Bytes(ByteSet::one(1)), true));
    assert!(outlook.needs(Topic::Conclusion(ConclusionId(0))).is_empty());
}

/// The day on which an age is asked for is no matter but for that: where it is before the birth there
/// is no such case, and where it is not the case is decided.
#[test]
fn a_day_may_matter_for_a_birth_alone() {
    let [first, birth, last] = ["2024-01-01", "2024-03-01", "2024-06-30"].map(day);
    let mut program = Builder::default();
    let on = program.fact(Type::Date { first, last }, None);
    let (date, born) = (program.fact_date(on).unwrap(), program.constant_date(birth));
    let refusal = program.refusal(Refusal::BornAfter { clause: ClauseId(0), birth: on, on });
    let (when, out) = (program.constant_byte(1), program.byte());
    program.push(Op::Age { birth: born, on: date, out, when, refusal });
    program.answers.conclusions.push(when);
    let program = program.finish().unwrap();
    let domain = Domain::Dates(Span { least: first, greatest: last });
    let open = [Unknown::Fact { fact: on, item: None, domain }];
    let mut outlook = Outlook::new(&program);
    program.foresee(&Case::new(&program), &open, &mut outlook).unwrap();
    assert!(outlook.is_settled() && outlook.outcomes().decided);
}

/// Two truths choose one of three days; a third says whether the evidence is looked at, and a fourth
/// whether the policy refuses cases on one of the days, or those alone whose evidence is looked at.
/// `show` adds what cannot be on the last day.
fn holds(evidence: Refusal, refused_on: u8, show: impl Fn(&mut Builder, DateSlot, ByteSlot)) {
    for is_looked_at in [false, true] {
        let mut program = Builder::default();
        let facts = [0, 1, 2, 3].map(FactId);
        let [early, late, asks, strict] = facts.map(|fact| {
            assert_eq!(program.fact(Type::YesNo, None), fact);
            program.fact_byte(fact).unwrap()
        });
        let rows = program.rows([
            (vec![Test::is_true(late)], 2),
            (vec![Test::is_true(early), Test::is_true(late)], 3),
        ]);
        let choice = program.byte();
        program.push(Op::Choose { rows, otherwise: 1, out: choice });
        let days =
            ["2024-02-28", "2024-02-29", "2024-03-01"].map(|it| program.constant_date(day(it)));
        let (options, date) = (program.date_list(days), program.date());
        program.push(Op::PickDate { choice, options, out: date });
        let given = program.constant_byte(1);
        program.answers.conclusions.push(given);
        program.answers.values.push(ValueSlot { slot: AnySlot::Byte(choice), given });
        // The policy's own refusal comes first: a case that meets both is told that one.
        let (requirement, never) = (program.refusal(requirement(0)), program.constant_byte(0));
        assert_eq!(program.refusal(evidence), RefusalId(1));
        show(&mut program, date, asks);
        let on_day = Test { slot: choice, low: refused_on, width: 0 };
        let mut tests = vec![Test::is_true(strict), on_day];
        tests.extend(is_looked_at.then_some(Test::is_true(asks)));
        let rows = program.rows([(tests, 1)]);
        let when = program.byte();
        program.push(Op::Condition { rows, out: when });
        let lenient = program.clone().finish().unwrap();
        let test = Test::is_true(never);
        program.push(Op::Require { when, test, refusal: requirement });
        let program = program.finish().unwrap();
        let mut tried = Tried::of_truths(program, lenient, facts);
        tried.evidence.push(evidence);
        tried.hold(Slack::Any).unwrap();
    }
}

fn born_after() -> Refusal {
    Refusal::BornAfter { clause: ClauseId(0), birth: FactId(0), on: FactId(0) }
}

/// Born on the last day, and an age asked for on the one before.
#[test]
fn a_birth_after_the_day_cannot_be_whatever_else_refuses_the_case() {
    for refused_on in [2, 3] {
        holds(born_after(), refused_on, |program, birth, when| {
            let on = program.constant_date(day("2024-02-29"));
            let (out, refusal) = (program.byte(), RefusalId(1));
            program.push(Op::Age { birth, on, out, when, refusal });
        });
    }
}

/// So it is where the age is of an item, in a case that is refused for nothing else.
#[test]
fn a_birth_after_the_day_of_an_item_cannot_be() {
    holds(born_after(), 2, |program, birth, asks| {
        let on = program.constant_date(day("2024-02-29"));
        let list = program.list(1);
        let fact = program.item_fact(list, Type::YesNo, Some(Value::YesNo(true)));
        let of_item = program.fact_byte(fact).unwrap();
        let rows = program.rows([([asks, of_item].map(Test::is_true).to_vec(), 1)]);
        let (when, out, refusal) = (program.byte(), program.byte(), RefusalId(1));
        program.push(Op::Condition { rows, out: when });
        program.push(Op::Age { birth, on, out, when, refusal });
    });
}

/// A fact that is stated and does not apply, and days counted backwards from one fact to another.
#[test]
fn evidence_that_cannot_be_whatever_else_refuses_the_case() {
    let fact = |number| DayOf::Fact(FactId(number));
    let (clause, from, to) = (ClauseId(0), fact(0), fact(1));
    let does_not_apply = Refusal::DoesNotApply { fact: FactId(0) };
    for evidence in [does_not_apply, Refusal::DaysBackwards { clause, from, to }] {
        for refused_on in [2, 3] {
            holds(evidence, refused_on, |program, date, when| {
                let (b, order) = (program.constant_date(day("2024-02-29")), program.byte());
                program.push(Op::CompareDates { a: date, b, out: order });
                // Before, or on the day.
                let (test, refusal) = (Test { slot: order, low: 0, width: 1 }, RefusalId(1));
                program.push(Op::Require { when, test, refusal });
            });
        }
    }
}
