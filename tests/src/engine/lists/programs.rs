//! Which programs with lists can be finished, and in which passes they run.

use apportion_core::date::Date;
use apportion_core::program::{
    AmountSlot, Answers, AnySlot, Builder, ByteSlot, ClauseId, DateSlot, Line, ListId, MOST_ITEMS,
    Operation, PanelId, PartyId, Pass, Program, ProgramError, Referral, Run, Term, Test, Total,
    UnitId, ValueSlot,
};
use apportion_core::value::Type;

use super::{KIND, PRICE, SERVICES, START, program};

const AMOUNT: Type = Type::Amount { least: 0, greatest: 100 };
const DATE: Type = Type::Date { first: Date::MIN, last: Date::MAX };

/// Two lists and a case, each with a fact that is yes or no, a date and an amount; then room for
/// two bytes, a date and an amount.
struct Parts {
    builder: Builder,
    lists: [ListId; 2],
    /// Of the first list, the second, and the case.
    bytes: [ByteSlot; 3],
    dates: [DateSlot; 3],
    amounts: [AmountSlot; 3],
    byte_outs: [ByteSlot; 2],
    date_out: DateSlot,
    amount_out: AmountSlot,
}

const FIRST: usize = 0;
const SECOND: usize = 1;
const OF_CASE: usize = 2;

fn parts() -> Parts {
    let mut builder = Builder::default();
    let lists = [builder.list(1), builder.list(MOST_ITEMS)];
    let mut facts = |kind| {
        let [first, second] = lists.map(|list| builder.item_fact(list, kind, None));
        [first, second, builder.fact(kind, None)]
    };
    let [bytes, dates, amounts] = [Type::YesNo, DATE, AMOUNT].map(&mut facts);
    Parts {
        lists,
        bytes: bytes.map(|fact| builder.fact_byte(fact).unwrap()),
        dates: dates.map(|fact| builder.fact_date(fact).unwrap()),
        amounts: amounts.map(|fact| builder.fact_amount(fact).unwrap()),
        byte_outs: [builder.byte(), builder.byte()],
        date_out: builder.date(),
        amount_out: builder.amount(),
        builder,
    }
}

fn finish(make: impl Fn(&Parts) -> Operation) -> Result<Program, ProgramError> {
    let mut parts = parts();
    let operation = make(&parts);
    parts.builder.push(operation);
    parts.builder.finish()
}

#[track_caller]
fn refused(error: ProgramError, make: impl Fn(&Parts) -> Operation) {
    assert_eq!(finish(make).map(|_| ()), Err(error));
}

const ABSENT: ProgramError = ProgramError::Operation { index: 0 };
const NOT_ONE_LIST: ProgramError = ProgramError::Items { index: 0 };

#[test]
fn a_list_knows_its_slots_and_facts() {
    let program = program();
    let [services] = program.lists() else { panic!("one list") };
    assert_eq!((services.most(), services.live()), (6, ByteSlot(0)));
    assert_eq!(services.facts(), [PRICE, KIND, START]);
    assert_eq!(program.facts()[0].list, None);
    assert!(services.facts().iter().all(|id| program.facts()[id.index()].list == Some(SERVICES)));
    let of_services = [AnySlot::Byte(ByteSlot(1)), AnySlot::Date(DateSlot(0))];
    assert!(of_services.iter().all(|slot| services.has(*slot)));
    // The rate, and what all services cost.
    assert!(services.has(program.answers().values[0].slot));
    assert!(!services.has(AnySlot::Amount(AmountSlot(0))));
    assert!(!services.has(program.answers().values[2].slot));
}

#[test]
fn a_program_runs_in_passes() {
    let program = program();
    let lists: Vec<_> = program.passes().iter().map(|pass| pass.list).collect();
    let services = Some(SERVICES);
    // The rate; each service and their tallies; the requirement of the rate comes with the first
    // pass, since no service is asked. Then the others of each service, and at last all together.
    assert_eq!(lists, [None, services, services, None]);
    let counts: Vec<_> = program.passes().iter().map(|pass| pass.operations.len()).collect();
    assert_eq!(counts, [3, 13, 2, 1]);
    let operations = program.operations();
    assert!(matches!(operations[..2], [Operation::AmountBand { .. }, Operation::Linear { .. }]));
    assert!(matches!(operations[2], Operation::Require { .. }));
    assert!(matches!(operations[18], Operation::Linear { constant: 1, .. }));
}

#[test]
fn a_program_without_lists_runs_once() {
    let mut builder = Builder::default();
    let fact = builder.fact(Type::YesNo, None);
    let slot = builder.fact_byte(fact).unwrap();
    let rows = builder.rows([(vec![Test::is_true(slot)], 1)]);
    let [one, other] = [builder.byte(), builder.byte()];
    let operations = [
        Operation::Condition { rows, out: one },
        Operation::CompareBytes { a: one, b: slot, out: other },
    ];
    operations.into_iter().for_each(|operation| builder.push(operation));
    let program = builder.finish().unwrap();
    assert_eq!(program.operations(), operations);
    assert_eq!(program.passes(), [Pass { list: None, operations: Run { start: 0, end: 2 } }]);
    assert!(program.lists().is_empty());
}

#[test]
fn an_operation_is_about_the_items_of_one_list() {
    let compare = |a: usize, b: usize| {
        move |p: &Parts| Operation::CompareBytes {
            a: p.bytes[a],
            b: p.bytes[b],
            out: p.byte_outs[0],
        }
    };
    for other in [FIRST, OF_CASE] {
        let program = finish(compare(FIRST, other)).unwrap();
        assert_eq!(program.passes()[0].list, Some(ListId(0)));
        assert!(program.lists()[0].has(AnySlot::Byte(ByteSlot(5))));
        assert!(!program.lists()[1].has(AnySlot::Byte(ByteSlot(5))));
    }
    assert_eq!(finish(compare(OF_CASE, SECOND)).unwrap().passes()[0].list, Some(ListId(1)));
    assert_eq!(finish(compare(OF_CASE, OF_CASE)).unwrap().passes()[0].list, None);
    refused(NOT_ONE_LIST, compare(FIRST, SECOND));
    refused(NOT_ONE_LIST, compare(SECOND, FIRST));
    refused(NOT_ONE_LIST, |p| Operation::CompareDates {
        a: p.dates[FIRST],
        b: p.dates[SECOND],
        out: p.byte_outs[0],
    });
    refused(NOT_ONE_LIST, |p| Operation::Multiply {
        a: p.amounts[FIRST],
        b: p.amounts[SECOND],
        out: p.amount_out,
    });
}

/// Checks a tally, made from the slot that says what counts, the one that is tallied and the
/// slots that are written, of its own kind and for whether any counts.
#[track_caller]
fn tally<S: Copy>(
    slots: [S; 3],
    (absent, out): (S, S),
    make: impl Fn(ByteSlot, S, S, ByteSlot) -> Operation,
) {
    let Parts { bytes, byte_outs: [any, _], .. } = parts();
    let [first, second, of_case] = slots;
    for item in [first, of_case] {
        let program = finish(|_| make(bytes[FIRST], item, out, any)).unwrap();
        assert_eq!(program.passes()[0].list, Some(ListId(0)));
        assert!(!program.lists()[0].has(AnySlot::Byte(any)));
    }
    refused(NOT_ONE_LIST, |_| make(bytes[FIRST], second, out, any));
    refused(NOT_ONE_LIST, |_| make(bytes[OF_CASE], of_case, out, any));
    refused(NOT_ONE_LIST, |_| make(bytes[OF_CASE], first, out, any));
    refused(ABSENT, |_| make(ByteSlot(7), first, out, any));
    refused(ABSENT, |_| make(bytes[FIRST], absent, out, any));
    refused(ABSENT, |_| make(bytes[FIRST], first, absent, any));
}

#[test]
fn tallies() {
    let Parts { bytes, dates, amounts, byte_outs, date_out, amount_out, .. } = parts();
    let amounts_out = (AmountSlot(4), amount_out);
    tally(amounts, amounts_out, |when, amount, out, _| Operation::SumItems { when, amount, out });
    let is_greatest = true;
    let extreme_amount = |when, amount, out, any| {
        let start = 0;
        Operation::ExtremeAmount { when, amount, is_greatest, start, out, any }
    };
    tally(amounts, amounts_out, extreme_amount);
    let extreme_date = |when, date, out, any| {
        let start = Date::MIN;
        Operation::ExtremeDate { when, date, is_greatest, start, out, any }
    };
    tally(dates, (DateSlot(4), date_out), extreme_date);
    let extreme_byte = |when, byte, out, any| Operation::ExtremeByte {
        when,
        byte,
        is_greatest,
        start: 0,
        out,
        any,
    };
    tally(bytes, (ByteSlot(7), byte_outs[1]), extreme_byte);
    let count = |when, out| move |_: &Parts| Operation::CountItems { when, out };
    assert!(finish(count(bytes[SECOND], amount_out)).is_ok());
    refused(NOT_ONE_LIST, count(bytes[OF_CASE], amount_out));
    refused(ABSENT, count(ByteSlot(7), amount_out));
    refused(ABSENT, count(bytes[FIRST], AmountSlot(4)));

    // What is written comes after what is read, and whether any counts has a place of its own.
    let first = FIRST;
    let out = amounts[first];
    refused(ABSENT, |_| Operation::SumItems { when: bytes[first], amount: out, out });
    refused(ABSENT, |_| extreme_amount(bytes[first], out, amount_out, ByteSlot(7)));
    refused(ABSENT, |_| extreme_amount(bytes[first], out, amount_out, bytes[first]));
    refused(ABSENT, |_| extreme_date(bytes[first], dates[first], date_out, bytes[first]));
    refused(ABSENT, |_| extreme_byte(bytes[first], bytes[first], byte_outs[0], byte_outs[0]));
    refused(ABSENT, |_| extreme_byte(bytes[first], bytes[first], bytes[first], byte_outs[0]));
}

/// A tally of one list may be read by another's items, in a later pass.
#[test]
fn what_builds_on_a_tally_comes_after_it() {
    let mut p = parts();
    let [first, second, of_case] = p.amounts;
    let sum = p.amount_out;
    p.builder.push(Operation::SumItems { when: p.bytes[FIRST], amount: first, out: sum });
    let pair = |a, b, out| Operation::Greater { a, b, out };
    let [of_both, of_itself, alone, last] = [(); 4].map(|()| p.builder.amount());
    p.builder.push(pair(second, sum, of_both));
    p.builder.push(pair(first, sum, of_itself));
    p.builder.push(pair(second, of_case, alone));
    p.builder.push(pair(sum, of_case, last));
    let program = p.builder.finish().unwrap();
    let outs = program.operations().iter().map(|operation| match operation {
        Operation::Greater { out, .. } | Operation::SumItems { out, .. } => *out,
        other => panic!("{other:?}"),
    });
    assert_eq!(outs.collect::<Vec<_>>(), [sum, alone, last, of_itself, of_both]);
    let passes: Vec<_> =
        program.passes().iter().map(|pass| (pass.list, pass.operations.len())).collect();
    let [one, other] = p.lists.map(Some);
    assert_eq!(passes, [(one, 1), (other, 1), (None, 1), (one, 1), (other, 1)]);
}

#[test]
fn an_operation_does_not_write_what_was_read() {
    let mut p = parts();
    let [one, other] = p.byte_outs;
    let compare = |a, out| Operation::CompareBytes { a, b: a, out };
    p.builder.push(compare(p.bytes[FIRST], other));
    p.builder.push(Operation::CountItems { when: one, out: p.amount_out });
    p.builder.push(compare(p.bytes[FIRST], one));
    // The second asks a truth of the case, as far as is known when it is asked.
    assert_eq!(p.builder.clone().finish().unwrap_err(), ProgramError::Items { index: 1 });

    let mut p = parts();
    let terms = p.builder.terms([Term { slot: p.amount_out, factor: 1 }]);
    let out = p.builder.amount();
    p.builder.push(Operation::Linear { terms, constant: 0, out });
    p.builder.push(Operation::CountItems { when: p.bytes[FIRST], out: p.amount_out });
    assert_eq!(p.builder.finish().unwrap_err(), ProgramError::Late { index: 1 });
}

#[test]
fn lists_have_a_size() {
    let of = |most| {
        let mut builder = Builder::default();
        let list = builder.list(most);
        assert_eq!(list, ListId(0));
        builder.finish().map(|_| ())
    };
    let too_many = |list| Err(ProgramError::List { list: ListId(list) });
    assert_eq!([0, MOST_ITEMS].map(of), [Ok(()); 2]);
    assert_eq!(of(MOST_ITEMS + 1), too_many(0));
    let mut builder = Builder::default();
    (0..=u32::from(u16::MAX)).for_each(|list| assert_eq!(builder.list(1), ListId(list)));
    assert!(builder.clone().finish().is_ok());
    builder.list(1);
    assert_eq!(builder.finish().map(|_| ()), too_many(1 << 16));
    let mut builder = Builder::default();
    builder.list(1);
    builder.item_fact(ListId(1), Type::YesNo, None);
    assert_eq!(builder.list_live(ListId(1)), None);
    assert_eq!(builder.finish().map(|_| ()), too_many(1));
}

/// Whether answers that are given the parts can be finished.
fn answers(answer: impl Fn(&Parts, &mut Answers)) -> bool {
    let mut p = parts();
    let mut answers = Answers::default();
    answer(&p, &mut answers);
    p.builder.answers = answers;
    match p.builder.finish() {
        Ok(_) => true,
        Err(ProgramError::Answers) => false,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn answers_of_the_case_stand_in_its_slots() {
    let in_each = |answer: fn(&Parts, &mut Answers, usize)| {
        [FIRST, SECOND, OF_CASE].map(|of| answers(|p, answers| answer(p, answers, of)))
    };
    let only_of_case = [false, false, true];
    assert_eq!(in_each(|p, answers, of| answers.cover = Some(p.bytes[of])), only_of_case);
    let total = |p: &Parts, answers: &mut Answers, of: usize| {
        let pence = p.amounts[of];
        answers.totals.push(Total { party: PartyId(0), unit: UnitId(0), pence });
    };
    assert_eq!(in_each(total), only_of_case);
    let referral = |p: &Parts, answers: &mut Answers, of: usize| {
        let made = p.bytes[of];
        answers.referrals.push(Referral { clause: ClauseId(0), panel: PanelId(0), made });
    };
    assert_eq!(in_each(referral), only_of_case);
    assert_eq!(in_each(|p, answers, of| answers.conclusions.push(p.bytes[of])), [true; 3]);
    assert_eq!(in_each(|p, answers, of| answers.clauses.push(p.bytes[of])), [true; 3]);
}

#[test]
fn lines_stand_in_the_slots_of_their_list() {
    let line = |list: Option<ListId>, made: usize, pence: usize| {
        answers(|p, answers| {
            answers.lines.push(Line {
                clause: ClauseId(0),
                party: PartyId(0),
                unit: UnitId(0),
                list,
                pence: p.amounts[pence],
                is_taken: false,
                made: p.bytes[made],
            });
        })
    };
    for (made, pence) in [(FIRST, FIRST), (FIRST, OF_CASE), (OF_CASE, FIRST)] {
        assert!(line(Some(ListId(0)), made, pence));
        assert!(!line(Some(ListId(1)), made, pence));
        assert!(!line(None, made, pence));
    }
    assert!(!line(Some(ListId(0)), FIRST, SECOND));
    assert!([None, Some(ListId(1))].into_iter().all(|list| line(list, OF_CASE, OF_CASE)));
    assert!(!line(Some(ListId(2)), OF_CASE, OF_CASE));
}

#[test]
fn a_value_is_one_of_a_single_list() {
    let value = |given: usize, slot: usize| {
        answers(|p, answers| {
            let slot = AnySlot::Date(p.dates[slot]);
            answers.values.push(ValueSlot { slot, given: p.bytes[given] });
        })
    };
    let sound = [(FIRST, FIRST), (FIRST, OF_CASE), (OF_CASE, SECOND), (OF_CASE, OF_CASE)];
    assert!(sound.into_iter().all(|(given, slot)| value(given, slot)));
    assert!(!value(FIRST, SECOND));
    assert!(!value(SECOND, FIRST));
}

#[test]
fn a_refused_list_says_why() {
    let messages = [
        ProgramError::Items { index: 7 },
        ProgramError::Late { index: 7 },
        ProgramError::List { list: ListId(1) },
    ];
    assert_eq!(
        messages.map(|error| error.to_string()),
        [
            "operation 7 of the program is not about the items of one list",
            "operation 7 of the program writes what was read before it",
            "list 1 of the program is not there or may have too many items",
        ]
    );
}
