//! What items say to the case, where not everything is known of them: against every completion.

use std::collections::BTreeSet;

use apportion_core::case::Case;
use apportion_core::date::Date;
use apportion_core::decision::{Answer, Decision};
use apportion_core::outlook::{Domain, Outlook, Range, Unknown};
use apportion_core::program::{
    AnySlot, Builder, FactId, Item, ListId, Operation as Op, Program, Term, ValueSlot,
};
use apportion_core::range::{ByteSet, Span};
use apportion_core::value::{Type, Value};

use super::making::day;

const LIST: ListId = ListId(0);

/// Of an item: whether it counts, a word, a day and an amount.
const FACTS: [FactId; 4] = [FactId(0), FactId(1), FactId(2), FactId(3)];

/// A list of at most so many items, and every tally over them.
fn program(most: u32) -> Program {
    let mut program = Builder::default();
    let list = program.list(most);
    let kinds = [
        Type::YesNo,
        Type::Words { count: 3 },
        Type::Date { first: day("2024-02-28"), last: day("2024-03-01") },
        Type::Amount { least: 0, greatest: 3 },
    ];
    let [counts, word, start, price] = kinds.map(|kind| program.item_fact(list, kind, None));
    let (when, byte) = (program.fact_byte(counts).unwrap(), program.fact_byte(word).unwrap());
    let (date, price) = (program.fact_date(start).unwrap(), program.fact_amount(price).unwrap());
    // The amount that is tallied is worked out for each item.
    let (terms, amount) = (program.terms([Term { slot: price, factor: 2 }]), program.amount());
    program.push(Op::Linear { terms, constant: -1, out: amount });

    let always = program.constant_byte(1);
    let mut answers: Vec<(AnySlot, _)> = Vec::new();
    let out = program.amount();
    program.push(Op::SumItems { when, amount, out });
    answers.push((AnySlot::Amount(out), always));
    let out = program.amount();
    program.push(Op::CountItems { when, out });
    answers.push((AnySlot::Amount(out), always));
    for is_greatest in [true, false] {
        let (out, any) = (program.byte(), program.byte());
        let start = if is_greatest { 0 } else { 2 };
        program.push(Op::ExtremeByte { when, byte, is_greatest, start, out, any });
        answers.push((AnySlot::Byte(out), any));
        let (out, any) = (program.date(), program.byte());
        let start = day(if is_greatest { "2024-02-28" } else { "2024-03-01" });
        program.push(Op::ExtremeDate { when, date, is_greatest, start, out, any });
        answers.push((AnySlot::Date(out), any));
        let (out, any) = (program.amount(), program.byte());
        let start = if is_greatest { -1 } else { 5 };
        program.push(Op::ExtremeAmount { when, amount, is_greatest, start, out, any });
        answers.push((AnySlot::Amount(out), any));
    }
    program
        .answers
        .values
        .extend(answers.iter().map(|(slot, given)| ValueSlot { slot: *slot, given: *given }));
    program.finish().unwrap()
}

/// All values of a fact of an item.
fn values(place: usize) -> Vec<Value> {
    match place {
        0 => [false, true].map(Value::YesNo).to_vec(),
        1 => [0, 1, 2].map(Value::Word).to_vec(),
        2 => ["2024-02-28", "2024-02-29", "2024-03-01"].map(|it| Value::Date(day(it))).to_vec(),
        _ => (0..=3).map(Value::Amount).collect(),
    }
}

fn domain(place: usize) -> Domain {
    match place {
        0 => Domain::Bytes(ByteSet::OPEN),
        1 => Domain::Bytes(ByteSet::between(0, 2)),
        2 => Domain::Dates(Span { least: day("2024-02-28"), greatest: day("2024-03-01") }),
        _ => Domain::Amounts { within: Span { least: 0, greatest: 3 }, step: 1 },
    }
}

/// Items, each with the four facts.
type Items = Vec<[Value; 4]>;

fn case(program: &Program, items: &Items) -> Case {
    let mut case = Case::new(program);
    case.state_items(LIST).unwrap();
    for facts in items {
        let item = case.add_item(LIST).unwrap();
        for (fact, value) in FACTS.into_iter().zip(facts) {
            case.set_item(item, fact, *value).unwrap();
        }
    }
    case
}

fn number(answer: Answer) -> i64 {
    match answer {
        Answer::Byte(byte) => byte.into(),
        Answer::Date(date) => date.packed().into(),
        Answer::Amount(amount) => amount,
    }
}

/// That what is foreseen of each value is what comes of these completions, and no more where it is
/// said to be exact.
fn hold(program: &Program, completions: &[Items], open: &[Unknown], is_exact: bool) {
    let mut outlook = Outlook::new(program);
    program.foresee(&case(program, &completions[0]), open, &mut outlook).unwrap();
    let mut decision = Decision::new(program);
    let mut came: Vec<Vec<Option<i64>>> = Vec::new();
    for items in completions {
        program.decide(&case(program, items), &mut decision).unwrap();
        let value = |id| decision.value(id).map(number);
        came.push((0..8).map(|id| value(apportion_core::program::ValueId(id))).collect());
    }
    assert_eq!(outlook.prospects().len(), 8);
    for (place, told) in outlook.prospects().iter().enumerate() {
        let answers: BTreeSet<Option<i64>> = came.iter().map(|answers| answers[place]).collect();
        let given: BTreeSet<i64> = answers.iter().flatten().copied().collect();
        let shown = format!("{open:?}: {told:?}, and {answers:?}");
        assert!(!told.is_settled || answers.len() == 1, "{shown}");
        assert!(!told.is_always_given || !answers.contains(&None), "{shown}");
        let ends = (given.first().copied(), given.last().copied());
        let (least, greatest) = match told.range {
            Range::Bytes(bytes) => {
                let all: BTreeSet<i64> = bytes.iter().map(i64::from).collect();
                assert!(given.is_subset(&all), "{shown}");
                (all.first().copied(), all.last().copied())
            }
            Range::Dates(days) => {
                (Some(days.least.packed().into()), Some(Date::packed(days.greatest).into()))
            }
            Range::Amounts(span) => (Some(span.least), Some(span.greatest)),
            Range::Nothing => (None, None),
        };
        assert!(least <= ends.0 && ends.1 <= greatest, "{shown}");
        if is_exact {
            assert_eq!((least, greatest), ends, "{shown}");
            assert!(told.is_exact, "{shown}");
            assert_eq!(told.is_settled, answers.len() == 1, "{shown}");
            assert_eq!(told.is_always_given, !answers.contains(&None), "{shown}");
        }
    }
}

/// Two items, of whose eight facts up to three are not known.
#[test]
fn facts_of_items_that_are_not_known() {
    let program = program(2);
    let places: Vec<(usize, usize)> =
        (0..2).flat_map(|item| (0..4).map(move |fact| (item, fact))).collect();
    for known in [0, 1] {
        // The first item counts or not; what is known of the second is other than of the first.
        let items: Items = (0..2)
            .map(|item| [0, 1, 2, 3].map(|fact| values(fact)[(known + item) % values(fact).len()]))
            .collect();
        for chosen in 1u32..1 << places.len() {
            if chosen.count_ones() > 3 {
                continue;
            }
            let open: Vec<(usize, usize)> = (0..places.len())
                .filter(|bit| chosen >> bit & 1 == 1)
                .map(|it| places[it])
                .collect();
            let mut completions = vec![items.clone()];
            for (item, fact) in &open {
                let with = |items: &Items| {
                    let each = values(*fact).into_iter().map(|value| {
                        let mut items = items.clone();
                        items[*item][*fact] = value;
                        items
                    });
                    each.collect::<Vec<Items>>()
                };
                completions = completions.iter().flat_map(with).collect();
            }
            let unknown = |(item, fact): &(usize, usize)| Unknown::Fact {
                fact: FACTS[*fact],
                item: Some(Item { list: LIST, index: *item as u32 }),
                domain: domain(*fact),
            };
            let open: Vec<Unknown> = open.iter().map(unknown).collect();
            hold(&program, &completions, &open, true);
        }
    }
}

/// A list of which nothing is known: none, one or two items of any kind.
#[test]
fn a_list_that_is_not_known() {
    let program = program(2);
    let mut one: Items = vec![[values(0)[0], values(1)[0], values(2)[0], values(3)[0]]];
    for fact in 0..4 {
        let with = |item: &[Value; 4]| {
            let each = values(fact).into_iter().map(|value| {
                let mut item = *item;
                item[fact] = value;
                item
            });
            each.collect::<Items>()
        };
        one = one.iter().flat_map(with).collect();
    }
    let mut completions = vec![Items::new()];
    completions.extend(one.iter().map(|item| vec![*item]));
    completions.extend(one.iter().flat_map(|a| one.iter().map(|b| vec![*a, *b])));
    hold(&program, &completions, &[Unknown::Items { list: LIST }], false);
    let mut outlook = Outlook::new(&program);
    let open = [Unknown::Items { list: LIST }];
    program.foresee(&Case::new(&program), &open, &mut outlook).unwrap();
    let ranges: Vec<Range> = outlook.prospects().iter().map(|it| it.range).collect();
    // Twice up to 3, less 1, of two items; none or both count.
    assert_eq!(ranges[0], Range::Amounts(Span { least: -2, greatest: 10 }));
    assert_eq!(ranges[1], Range::Amounts(Span { least: 0, greatest: 2 }));
    let days = Span { least: day("2024-02-28"), greatest: day("2024-03-01") };
    for (place, range) in ranges.into_iter().enumerate().skip(2) {
        match place % 3 {
            2 => assert_eq!(range, Range::Bytes(ByteSet::between(0, 2))),
            0 => assert_eq!(range, Range::Dates(days)),
            _ => assert_eq!(range, Range::Amounts(Span { least: -1, greatest: 5 })),
        }
    }
}
