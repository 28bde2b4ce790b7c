//! What can still come of one item, against every completion, each worked out here from the
//! facts of the item.

use std::collections::BTreeSet;

use apportion_core::case::Case;
use apportion_core::decision::DecideError;
use apportion_core::outlook::{Domain, Outlook, Question, Range, Unknown};
use apportion_core::program::{
    AmountSlot, AnySlot, Builder, ByteSlot, ClauseId, ConclusionId, FactId, Item, Line, ListId,
    Operation as Op, PartyId, Program, Term, Test, Total, UnitId, ValueId, ValueSlot,
};
use apportion_core::range::{ByteSet, Span};
use apportion_core::value::{Type, Value};

use super::making::day;

const SERVICES: ListId = ListId(0);

/// The clause that pays a service, one about all of them, and one about the case.
const PAID: ClauseId = ClauseId(0);
const COUNTED: ClauseId = ClauseId(1);
const URGENT: ClauseId = ClauseId(2);

/// Of the case: whether it is urgent. Of a service: whether it counts, a word, a day, and what it
/// costs in each of two ways. The visits are another list, with the same facts and of no matter.
const FACTS: [FactId; 6] = [FactId(0), FactId(1), FactId(2), FactId(3), FactId(4), FactId(5)];

const DAYS: [&str; 3] = ["2024-02-28", "2024-02-29", "2024-03-01"];

fn program() -> Program {
    let mut program = Builder::default();
    let urgent = program.fact(Type::YesNo, None);
    let lists = [program.list(2), program.list(2)];
    let amount = Type::Amount { least: 0, greatest: 3 };
    let kinds = [
        Type::YesNo,
        Type::Words { count: 3 },
        Type::Date { first: day(DAYS[0]), last: day(DAYS[2]) },
        amount,
        amount,
    ];
    let facts = lists.map(|list| kinds.map(|kind| program.item_fact(list, kind, None)));
    let [[counts, word, start, price, fee], [visited, .., visit]] = facts;
    let urgent = program.fact_byte(urgent).unwrap();
    let [counts, word, visited] = [counts, word, visited].map(|it| program.fact_byte(it).unwrap());
    let start = program.fact_date(start).unwrap();
    let [price, fee, visit] = [price, fee, visit].map(|it| program.fact_amount(it).unwrap());
    let (terms, cost) = (program.terms([Term { slot: price, factor: 2 }]), program.amount());
    program.push(Op::Linear { terms, constant: -1, out: cost });
    let is_last = Test { slot: word, low: 2, width: 0 };
    let (rows, last) = (program.rows([(vec![is_last], 1)]), program.byte());
    program.push(Op::Condition { rows, out: last });
    let count = program.amount();
    program.push(Op::CountItems { when: counts, out: count });
    let always = program.constant_byte(1);

    let answers = &mut program.answers;
    answers.conclusions = vec![counts, urgent];
    let value = |slot, given| ValueSlot { slot, given };
    answers.values = vec![
        value(AnySlot::Byte(word), counts),
        value(AnySlot::Date(start), counts),
        value(AnySlot::Amount(cost), counts),
        value(AnySlot::Amount(count), always),
    ];
    answers.clauses = vec![counts, always, urgent];
    let line = |list, [party, unit]: [u32; 2], pence: AmountSlot, is_taken, made: ByteSlot| {
        let (party, unit) = (PartyId(party), UnitId(unit));
        Line { clause: PAID, party, unit, list, pence, is_taken, made }
    };
    let (services, visits) = (Some(lists[0]), Some(lists[1]));
    answers.lines = vec![
        line(services, [0, 1], price, false, always),
        line(services, [1, 0], fee, true, always),
        line(services, [0, 0], cost, false, counts),
        line(services, [0, 0], fee, true, last),
        line(visits, [0, 0], visit, false, visited),
        line(None, [0, 0], count, false, urgent),
    ];
    answers.totals = vec![Total { party: PartyId(0), unit: UnitId(0), pence: count }];
    program.finish().unwrap()
}

/// What is concluded of a service and its values, of those the program has.
const SAID: [Question; 4] = [
    Question::Conclusion(ConclusionId(0)),
    Question::Value(ValueId(0)),
    Question::Value(ValueId(1)),
    Question::Value(ValueId(2)),
];

/// What is asked of a service: what is said of it, and then what is paid, by unit and by party.
fn asked() -> Vec<Question> {
    let pays = |party, unit| Question::Pays(PartyId(party), UnitId(unit));
    SAID.into_iter().chain([pays(0, 0), pays(1, 0), pays(0, 1)]).collect()
}

/// Each thing of the case and its first service, by its place among its values.
type Places = [usize; 6];

const COUNTS: Places = [2, 2, 3, 3, 4, 4];

fn value(fact: usize, place: usize) -> Value {
    match fact {
        0 | 1 => Value::YesNo(place == 1),
        2 => Value::Word(place as u8),
        3 => Value::Date(day(DAYS[place])),
        _ => Value::Amount(place as i64),
    }
}

fn domain(fact: usize) -> Domain {
    match fact {
        0 | 1 => Domain::Bytes(ByteSet::OPEN),
        2 => Domain::Bytes(ByteSet::between(0, 2)),
        3 => Domain::Dates(Span { least: day(DAYS[0]), greatest: day(DAYS[2]) }),
        _ => Domain::Amounts { within: Span { least: 0, greatest: 3 }, step: 1 },
    }
}

/// What is answered of a service that is so, question by question; nothing where none is given.
fn answers([_, counts, word, start, price, fee]: Places) -> [Option<i64>; 7] {
    let (price, fee) = (price as i64, fee as i64);
    let counts = counts == 1;
    let cost = 2 * price - 1;
    let given = |number| counts.then_some(number);
    let first = if counts { cost } else { 0 } - if word == 2 { fee } else { 0 };
    [
        Some(counts.into()),
        given(word as i64),
        given(day(DAYS[start]).packed().into()),
        given(cost),
        Some(first),
        Some(-fee),
        Some(price),
    ]
}

/// The clause about a service applies where it counts, and in an urgent case where its word is the
/// last as well.
fn is_paid([urgent, counts, word, ..]: Places) -> bool {
    counts == 1 || urgent == 1 && word == 2
}

fn applying(program: &Program) -> Vec<(ClauseId, Vec<Vec<Test>>)> {
    let byte = |fact: FactId| ByteSlot(program.facts()[fact.index()].slot);
    let [urgent, counts, word] = [FACTS[0], FACTS[1], FACTS[2]].map(byte);
    let is_last = Test { slot: word, low: 2, width: 0 };
    vec![(PAID, vec![vec![Test::is_true(counts)], vec![Test::is_true(urgent), is_last]])]
}

/// A case whose services are so, one after the other, with a visit that is as the last of them.
fn case(program: &Program, services: [Places; 2]) -> Case {
    let mut case = Case::new(program);
    case.set(FACTS[0], value(0, services[0][0])).unwrap();
    let items = [services[0], services[1], services[1]].into_iter();
    for (places, (list, first)) in items.zip([(SERVICES, 1), (SERVICES, 1), (ListId(1), 6)]) {
        let item = case.add_item(list).unwrap();
        for (fact, place) in places.into_iter().enumerate().skip(1) {
            let declared = FactId((first + fact - 1) as u32);
            case.set_item(item, declared, value(fact, place)).unwrap();
        }
    }
    case
}

/// All ways in which some facts can be, the others as they are.
fn completions(known: Places, open: &[usize]) -> Vec<Places> {
    let mut all = vec![known];
    for fact in open {
        let with = |places: &Places| {
            let each = (0..COUNTS[*fact]).map(|place| {
                let mut places = *places;
                places[*fact] = place;
                places
            });
            each.collect::<Vec<Places>>()
        };
        all = all.iter().flat_map(with).collect();
    }
    all
}

fn ends(range: Range) -> Option<(i64, i64)> {
    match range {
        Range::Bytes(bytes) => Some((bytes.least()?.into(), bytes.greatest()?.into())),
        Range::Dates(days) => Some((days.least.packed().into(), days.greatest.packed().into())),
        Range::Amounts(span) => Some((span.least, span.greatest)),
        Range::Nothing => None,
    }
}

/// What is foreseen of a service of which some facts are open is what comes of its completions,
/// whether it stands first or second.
fn hold(program: &Program, known: Places, other: Places, open: &[usize]) {
    for index in [0, 1] {
        let item = Item { list: SERVICES, index };
        let mut other = other;
        other[0] = known[0];
        let services = if index == 0 { [known, other] } else { [other, known] };
        let unknown = |fact: &usize| Unknown::Fact {
            fact: FACTS[*fact],
            item: (*fact > 0).then_some(item),
            domain: domain(*fact),
        };
        let open_facts: Vec<Unknown> = open.iter().map(unknown).collect();
        let mut outlook = Outlook::of_item(program, item, &SAID, &applying(program));
        program.foresee(&case(program, services), &open_facts, &mut outlook).unwrap();
        let all = completions(known, open);
        let told = outlook.prospects();
        assert_eq!(told.iter().map(|it| it.question).collect::<Vec<_>>(), asked());
        for (place, told) in told.iter().enumerate() {
            let came: BTreeSet<Option<i64>> = all.iter().map(|it| answers(*it)[place]).collect();
            let given: BTreeSet<i64> = came.iter().flatten().copied().collect();
            let shown = format!("{open:?} of {known:?}: {told:?}, and {came:?}");
            let occurs = given.first().copied().zip(given.last().copied());
            assert_eq!(ends(told.range), occurs, "{shown}");
            assert!(told.is_exact, "{shown}");
            assert_eq!(told.is_settled, came.len() == 1, "{shown}");
            assert_eq!(told.is_always_given, !came.contains(&None), "{shown}");
        }
        // What applies to a service hangs on its words alone, each of which is decided.
        let is_open = |fact| open.contains(&fact);
        let mut apply: Vec<ClauseId> = vec![COUNTED];
        apply.extend((!is_open(0) && known[0] == 1).then_some(URGENT));
        apply.extend(all.iter().all(|it| is_paid(*it)).then_some(PAID));
        assert_eq!(outlook.applying(), apply, "{open:?} of {known:?}");
    }
}

#[test]
fn what_is_foreseen_of_one_item_is_what_comes_of_it() {
    let program = program();
    for (known, other) in
        [([0, 0, 2, 1, 2, 3], [0, 1, 1, 0, 1, 1]), ([1, 1, 1, 2, 3, 1], [0, 0, 2, 1, 0, 2])]
    {
        for chosen in 0u32..1 << FACTS.len() {
            if chosen.count_ones() <= 3 {
                let open = (0..FACTS.len()).filter(|bit| chosen >> bit & 1 == 1);
                hold(&program, known, other, &open.collect::<Vec<usize>>());
            }
        }
    }
}

/// A clause that applies to a service on some of the days that it can begin, which are not all
/// decided, hangs on that; one that cannot apply on any of them does not.
#[test]
fn a_clause_about_an_item_may_hang_on_its_day() {
    let mut program = Builder::default();
    let services = program.list(1);
    let days = Type::Date { first: day("2024-01-01"), last: day("2024-12-31") };
    let start = program.item_fact(services, days, None);
    let date = program.fact_date(start).unwrap();
    let edges = program.date_table([day("2024-06-01"), day("2025-01-01")]);
    let band = program.byte();
    program.push(Op::DateBand { date, edges, out: band });
    let given = program.constant_byte(1);
    program.answers.values.push(ValueSlot { slot: AnySlot::Date(date), given });
    program.answers.clauses = vec![given; 4];
    let program = program.finish().unwrap();
    let mut case = Case::new(&program);
    let item = case.add_item(services).unwrap();
    let test = |low, width| vec![vec![Test { slot: band, low, width }]];
    // From June on; before June or later in the year; after the year; one that is never about it.
    let applying =
        [(0, test(1, 0)), (1, test(0, 1)), (2, test(2, 0)), (3, vec![])].map(|(clause, rows)| {
            let clause: u32 = clause;
            (ClauseId(clause), rows)
        });
    let mut outlook = Outlook::of_item(&program, item, &[Question::Value(ValueId(0))], &applying);
    let domain = Domain::Dates(Span { least: day("2024-01-01"), greatest: day("2024-12-31") });
    let open = [Unknown::Fact { fact: start, item: Some(item), domain }];
    program.foresee(&case, &open, &mut outlook).unwrap();
    assert_eq!(outlook.applying(), [ClauseId(1)]);
    assert_eq!(outlook.hanging(), [ClauseId(0)]);
}

/// A case without the item has no outlook of it.
#[test]
fn an_item_that_is_not_there_has_no_outlook() {
    let program = program();
    let of = |case: &Case, list, index| {
        let mut outlook = Outlook::of_item(&program, Item { list, index }, &SAID, &[]);
        program.foresee(case, &[], &mut outlook)
    };
    let two = case(&program, [[0; 6], [0; 6]]);
    assert_eq!(of(&two, SERVICES, 1), Ok(()));
    assert_eq!(of(&two, SERVICES, 2), Err(DecideError::Broken));
    let mut without = Case::new(&program);
    without.set(FACTS[0], Value::YesNo(true)).unwrap();
    let not_stated = Err(DecideError::ListNotStated { list: SERVICES });
    assert_eq!(of(&without, SERVICES, 0), not_stated);
    without.state_items(SERVICES).unwrap();
    without.state_items(ListId(1)).unwrap();
    assert_eq!(of(&without, SERVICES, 0), Err(DecideError::Broken));
}
