//! Members of a family that are counted, one of which something else reads too: it is not taken
//! together with the others, or what hangs on it alone would be lost. Held against every completion.

use apportion_core::case::Case;
use apportion_core::divide::Divider;
use apportion_core::outlook::{Domain, Outlook, Question, Range, Topic, Unknown};
use apportion_core::program::{
    AnySlot, Awaited, Builder, ByteSlot, ClauseId, FactId, Line, Members, Operation as Op, PanelId,
    PartyId, Program, Referral, Refusal, Test, Total, UnitId, ValueId, ValueSlot,
};
use apportion_core::range::ByteSet;
use apportion_core::split::SparePennies;
use apportion_core::value::{Type, Value};

use super::making::day;
use super::tried::{Slack, Tried};

/// A program of three members, the last of which is read alone as well.
struct Read {
    program: Builder,
    last: ByteSlot,
    /// A byte of every item that has nothing to do with the members.
    of_item: ByteSlot,
    /// What refuses a case.
    requires: Option<Op>,
}

impl Read {
    fn answer(&mut self, slot: AnySlot) {
        let given = self.program.constant_byte(1);
        self.program.answers.values.push(ValueSlot { slot, given });
    }

    fn byte(&mut self, make: impl FnOnce(ByteSlot) -> Op) {
        let out = self.program.byte();
        self.program.push(make(out));
        self.answer(AnySlot::Byte(out));
    }

    fn require(&mut self, when: ByteSlot, slot: ByteSlot) {
        let refusal = self.program.refusal(Refusal::Requirement { clause: ClauseId(0) });
        let test = Test { slot, low: 1, width: 0 };
        self.requires = Some(Op::Require { when, test, refusal });
    }
}

type Reader = fn(&mut Read);

/// Every way of reading the last member. Alone it says 0 or 1 where it is no or yes.
fn readers() -> Vec<(&'static str, Reader)> {
    vec![
        ("a value", |it| it.answer(AnySlot::Byte(it.last))),
        ("whether a value is given", |it| {
            let slot = AnySlot::Byte(it.program.constant_byte(7));
            it.program.answers.values.push(ValueSlot { slot, given: it.last });
        }),
        ("a conclusion", |it| it.program.answers.conclusions.push(it.last)),
        ("a cover", |it| it.program.answers.cover = Some(it.last)),
        ("a clause", |it| it.program.answers.clauses.push(it.last)),
        ("a referral", |it| {
            let (clause, panel, made) = (ClauseId(0), PanelId(0), it.last);
            it.program.answers.clauses.push(it.of_item);
            it.program.answers.referrals.push(Referral { clause, panel, made });
        }),
        ("a cost line", |it| {
            let (pence, clause, unit) = (it.program.constant_amount(5), ClauseId(0), UnitId(0));
            let (party, list, is_taken, made) = (PartyId(0), None, false, it.last);
            it.program.answers.clauses.push(it.of_item);
            let line = Line { clause, party, unit, list, pence, is_taken, made };
            it.program.answers.lines.push(line);
        }),
        ("what awaits a panel", |it| {
            let (clause, panel, unit, made) = (ClauseId(0), PanelId(0), UnitId(0), it.last);
            let pence = it.program.constant_amount(5);
            it.program.answers.clauses.push(it.of_item);
            it.program.answers.totals.push(Total { party: PartyId(0), unit, pence });
            let awaited = Awaited { clause, by: clause, panel, unit, pence, made };
            it.program.answers.awaiting.push(awaited);
        }),
        ("a row of tests", |it| {
            let rows = it.program.rows([(vec![Test::is_true(it.last)], 1)]);
            it.byte(|out| Op::Condition { rows, out });
        }),
        ("bytes compared, first", |it| {
            let (a, b) = (it.last, it.program.constant_byte(1));
            it.byte(|out| Op::CompareBytes { a, b, out });
        }),
        ("bytes compared, last", |it| {
            let (a, b) = (it.program.constant_byte(1), it.last);
            it.byte(|out| Op::CompareBytes { a, b, out });
        }),
        ("what picks a byte", |it| {
            let option = it.program.constant_byte(4);
            let (choice, options) = (it.last, it.program.byte_list([option]));
            it.byte(|out| Op::PickByte { choice, options, out });
        }),
        ("a byte that is picked", |it| {
            let choice = it.program.constant_byte(1);
            let options = it.program.byte_list([it.last]);
            it.byte(|out| Op::PickByte { choice, options, out });
        }),
        ("what picks an amount", |it| {
            let option = it.program.constant_amount(4);
            let (options, out) = (it.program.amount_list([option]), it.program.amount());
            it.program.push(Op::PickAmount { choice: it.last, options, out });
            it.answer(AnySlot::Amount(out));
        }),
        ("what picks a row of shares", |it| {
            let amount = it.program.constant_amount(9);
            let (shares, whole) = (it.program.amount_table([1, 0]), 1);
            let divider = Divider::new(whole, 100).unwrap();
            let (parts, spare) = ([(); 4].map(|()| it.program.amount()), SparePennies::InOrder);
            let (choice, out, parties) = (it.last, parts[0], 2);
            let split =
                Op::SplitByTable { amount, choice, shares, whole, divider, spare, out, parties };
            it.program.push(split);
            it.answer(AnySlot::Amount(out));
        }),
        ("what an amount is looked up by", |it| {
            let (table, out) = (it.program.amount_table([3, 8]), it.program.amount());
            it.program.push(Op::Lookup { slot: it.last, table, out });
            it.answer(AnySlot::Amount(out));
        }),
        ("when a limit holds", |it| {
            let [payer, most, other] = [9, 4, 0].map(|pence| it.program.constant_amount(pence));
            let (out, moved) = ([(); 3].map(|()| it.program.amount())[0], it.program.byte());
            let when = Some(it.last);
            it.program.push(Op::Limit { payer, other, most, when, out, moved });
            it.answer(AnySlot::Amount(out));
        }),
        // Nobody is born after the day, so that it is no matter.
        ("when an age is asked for", |it| {
            let [birth, on] =
                ["2024-02-28", "2024-03-01"].map(|date| it.program.constant_date(day(date)));
            let refusal = it.program.refusal(born_after());
            let when = it.last;
            it.byte(|out| Op::Age { birth, on, out, when, refusal });
        }),
        ("what an item is best by", |it| {
            let (when, byte, any) = (it.of_item, it.last, it.program.byte());
            let (is_greatest, start) = (true, 0);
            it.byte(|out| Op::ExtremeByte { when, byte, is_greatest, start, out, any });
        }),
        ("when something is required", |it| {
            let not_so = it.program.constant_byte(0);
            it.require(it.last, not_so);
        }),
        ("what is required", |it| {
            let always = it.program.constant_byte(1);
            it.require(always, it.last);
        }),
    ]
}

/// Three members of which it is counted how many are yes, and a list with one item.
fn program(read: Reader) -> [Program; 2] {
    let mut program = Builder::default();
    let facts = [(); 3].map(|()| program.fact(Type::YesNo, None));
    let list = program.list(1);
    let of_item = program.item_fact(list, Type::YesNo, Some(Value::YesNo(true)));
    let of_item = program.fact_byte(of_item).unwrap();
    let [first, _, last] = facts.map(|fact| program.fact_byte(fact).unwrap());
    let count = program.family_count(Members { first, count: 3 }, 1, 0);
    let mut it = Read { program, last, of_item, requires: None };
    it.answer(AnySlot::Byte(count));
    read(&mut it);
    let lenient = it.program.clone();
    it.requires.into_iter().for_each(|require| it.program.push(require));
    [it.program, lenient].map(|program| program.finish().unwrap())
}

#[test]
fn a_member_that_is_read_alone_is_not_taken_with_the_others() {
    for (what, read) in readers() {
        let [program, lenient] = program(read);
        let tried = Tried::of_truths(program, lenient, [0, 1, 2].map(FactId));
        tried.hold(Slack::Any).unwrap_or_else(|wrong| panic!("{what}: {wrong}"));
    }
}

fn born_after() -> Refusal {
    Refusal::BornAfter { clause: ClauseId(0), birth: FactId(0), on: FactId(0) }
}

/// Whether someone's age is looked at hangs on a member: where it is, and they are born after the
/// day, the completion is none.
#[test]
fn a_member_may_say_when_an_age_is_asked_for() {
    let [program, lenient] = program(|it| {
        let [birth, on] =
            ["2024-03-02", "2024-03-01"].map(|date| it.program.constant_date(day(date)));
        let refusal = it.program.refusal(born_after());
        let when = it.last;
        it.byte(|out| Op::Age { birth, on, out, when, refusal });
    });
    let mut tried = Tried::of_truths(program, lenient, [0, 1, 2].map(FactId));
    tried.evidence.push(born_after());
    tried.hold(Slack::Any).unwrap();
}

/// Two families, of which neither says anything of the other; and members of which one measure
/// reads some and another measure others.
#[test]
fn each_measure_reads_its_own_members() {
    let facts = [0, 1, 2, 3].map(FactId);
    let mut families = Builder::default();
    let mut chain = Builder::default();
    for program in [&mut families, &mut chain] {
        let slots = facts.map(|fact| {
            assert_eq!(program.fact(Type::YesNo, None), fact);
            program.fact_byte(fact).unwrap()
        });
        let given = program.constant_byte(1);
        let first = program.family_count(Members { first: slots[0], count: 2 }, 1, 0);
        program.answers.values.push(ValueSlot { slot: AnySlot::Byte(first), given });
    }
    let given = families.constant_byte(1);
    let last = families.family_count(Members { first: ByteSlot(2), count: 2 }, 1, 0);
    families.answers.values.push(ValueSlot { slot: AnySlot::Byte(last), given });
    let given = chain.constant_byte(1);
    let (slots, out) = (chain.byte_list([1, 2, 3].map(ByteSlot)), chain.byte());
    chain.push(Op::Highest { slots, out });
    chain.answers.values.push(ValueSlot { slot: AnySlot::Byte(out), given });
    for program in [families, chain] {
        let program = program.finish().unwrap();
        let tried = Tried::of_truths(program.clone(), program, facts);
        tried.hold(Slack::Any).unwrap();
    }
}

/// Twenty members have a million combinations, of which 21 differ in how many are yes. That they
/// are taken together is not hindered by what else is read, in whatever way.
#[test]
fn what_reads_something_else_does_not_part_members() {
    let mut program = Builder::default();
    let members = [(); 20].map(|()| program.fact(Type::YesNo, None));
    let [other, fee] = [(); 2].map(|()| program.fact(Type::YesNo, None));
    let list = program.list(1);
    let of_item = program.item_fact(list, Type::YesNo, Some(Value::YesNo(true)));
    let of_item = program.fact_byte(of_item).unwrap();
    let first = program.fact_byte(members[0]).unwrap();
    let count = program.family_count(Members { first, count: 20 }, 1, 0);
    let last = program.fact_byte(other).unwrap();
    let mut it = Read { program, last, of_item, requires: None };
    it.answer(AnySlot::Byte(count));
    for (_, read) in readers() {
        read(&mut it);
        // What is required always holds, as all of it together could not.
        if let Some(Op::Require { when, test, refusal }) = it.requires.take() {
            let test = Test { width: u8::MAX, ..test };
            it.program.push(Op::Require { when, test, refusal });
        }
    }
    it.program.answers.facts.push((fee, last));
    let program = it.program.finish().unwrap();
    let mut case = Case::new(&program);
    case.add_item(list).unwrap();
    for fact in [other, fee] {
        case.set(fact, Value::YesNo(true)).unwrap();
    }
    let domain = Domain::Bytes(ByteSet::OPEN);
    let open = members.map(|fact| Unknown::Fact { fact, item: None, domain });
    let mut outlook = Outlook::new(&program);
    program.foresee(&case, &open, &mut outlook).unwrap();
    let told = outlook.prospect(Question::Value(ValueId(0))).unwrap();
    assert_eq!((told.range, told.is_exact), (Range::Bytes(ByteSet::between(0, 20)), true));
    let needs = outlook.needs(Topic::Value(ValueId(0)));
    assert!(needs.len() == 20 && needs.iter().all(|need| need.is_certain), "{needs:?}");
}
