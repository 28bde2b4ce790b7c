//! What is told of values that are told apart, of the case and of an item.

use apportion_core::case::Case;
use apportion_core::outlook::{Domain, Outlook, Question, Range, Topic, Unknown};
use apportion_core::program::{
    AnySlot, Builder, Item, ListId, Operation as Op, Program, Test, ValueId, ValueSlot,
};
use apportion_core::range::{ByteSet, Span};
use apportion_core::value::{Type, Value};

use super::super::making::day;

const DAYS: [&str; 3] = ["2024-02-28", "2024-02-29", "2024-03-01"];

const AMOUNTS: Span<i64> = Span { least: 0, greatest: 2 };

/// Two facts that are calculated with, being answers, and a clause for each that applies in the
/// second of three values. Every value is one that is tried, so no clause hangs on what is not.
#[test]
fn no_clause_hangs_on_values_that_are_told_apart_one_by_one() {
    let mut program = Builder::default();
    let days = Span { least: day(DAYS[0]), greatest: day(DAYS[2]) };
    let facts = [
        program.fact(Type::Date { first: days.least, last: days.greatest }, None),
        program.fact(Type::Amount { least: 0, greatest: 2 }, None),
    ];
    let date = program.fact_date(facts[0]).unwrap();
    let amount = program.fact_amount(facts[1]).unwrap();
    let given = program.constant_byte(1);
    let bands = [(); 2].map(|()| program.byte());
    let edges = program.date_table([day(DAYS[1]), day(DAYS[2])]);
    program.push(Op::DateBand { date, edges, out: bands[0] });
    // At and above 0 is whatever it is: of three values none stands twice.
    let edges = program.amount_table([0, 1, 2]);
    program.push(Op::AmountBand { amount, edges, out: bands[1] });
    for (slot, (band, low)) in [AnySlot::Date(date), AnySlot::Amount(amount)]
        .into_iter()
        .zip(bands.into_iter().zip([1, 2]))
    {
        program.answers.values.push(ValueSlot { slot, given });
        let rows = program.rows([(vec![Test { slot: band, low, width: 0 }], 1)]);
        let out = program.byte();
        program.push(Op::Condition { rows, out });
        program.answers.clauses.push(out);
    }
    let program = program.finish().unwrap();
    let domains = [Domain::Dates(days), Domain::Amounts { within: AMOUNTS, step: 1 }];
    let open =
        [0, 1].map(|it: usize| Unknown::Fact { fact: facts[it], item: None, domain: domains[it] });
    let mut outlook = Outlook::new(&program);
    program.foresee(&Case::new(&program), &open, &mut outlook).unwrap();
    assert!(outlook.hanging().is_empty() && outlook.applying().is_empty(), "{outlook:?}");
    for (place, range) in [(0, Range::Dates(days)), (1, Range::Amounts(AMOUNTS))] {
        let id = ValueId(place);
        let told = outlook.prospect(Question::Value(id)).unwrap();
        assert_eq!((told.range, told.is_exact), (range, true));
        let [need] = outlook.needs(Topic::Value(id)) else { panic!("{outlook:?}") };
        assert_eq!((need.settling, need.of, need.is_certain), (3, 3, true));
    }
}

/// What is foreseen of one service, of which something is open, in a case that is stated.
fn of_service(
    program: &Program,
    open: impl Fn(Item) -> Unknown,
    state: impl Fn(&mut Case),
) -> Outlook {
    let mut case = Case::new(program);
    let item = case.add_item(ListId(0)).unwrap();
    state(&mut case);
    let said = [Question::Value(ValueId(0)), Question::Value(ValueId(1))];
    let mut outlook = Outlook::of_item(program, item, &said, &[]);
    program.foresee(&case, &[open(item)], &mut outlook).unwrap();
    outlook
}

/// A service is before, on or after what the case says; each of the three is tried.
#[test]
fn an_item_is_compared_with_what_is_known_of_the_case() {
    let days = Span { least: day(DAYS[0]), greatest: day(DAYS[2]) };
    let amounts = Type::Amount { least: 0, greatest: 2 };
    let dates = Type::Date { first: days.least, last: days.greatest };
    let mut program = Builder::default();
    let known = [program.fact(dates, None), program.fact(amounts, None)];
    let list = program.list(1);
    let firsts = [(dates, Value::Date(days.least)), (amounts, Value::Amount(0))];
    let own = firsts.map(|(kind, first)| program.item_fact(list, kind, Some(first)));
    let given = program.constant_byte(1);
    let outs = [(); 2].map(|()| program.byte());
    let [a, b] = [own[0], known[0]].map(|fact| program.fact_date(fact).unwrap());
    program.push(Op::CompareDates { a, b, out: outs[0] });
    let [a, b] = [own[1], known[1]].map(|fact| program.fact_amount(fact).unwrap());
    program.push(Op::CompareAmounts { a, b, times: [1, 1], is_wide: false, out: outs[1] });
    let values = outs.map(|out| ValueSlot { slot: AnySlot::Byte(out), given });
    program.answers.values.extend(values);
    let program = program.finish().unwrap();
    let domains = [Domain::Dates(days), Domain::Amounts { within: AMOUNTS, step: 1 }];
    for place in [0, 1] {
        let open =
            |item| Unknown::Fact { fact: own[place], item: Some(item), domain: domains[place] };
        let outlook = of_service(&program, open, |case| {
            case.set(known[0], Value::Date(day(DAYS[1]))).unwrap();
            case.set(known[1], Value::Amount(1)).unwrap();
        });
        let told = outlook.prospect(Question::Value(ValueId(place as u32))).unwrap();
        assert_eq!(told.range, Range::Bytes(ByteSet::between(0, 2)));
        assert!(told.is_exact, "{told:?}");
    }
}

/// A price that is itself added up, or the greatest: whatever it is, is told.
#[test]
fn what_items_say_is_an_amount_of_their_own() {
    for is_added in [true, false] {
        let mut program = Builder::default();
        let list = program.list(1);
        let price = program.item_fact(list, Type::Amount { least: 0, greatest: 2 }, None);
        let amount = program.fact_amount(price).unwrap();
        let counts = program.item_fact(list, Type::YesNo, Some(Value::YesNo(true)));
        let when = program.fact_byte(counts).unwrap();
        let (given, out, any) = (program.constant_byte(1), program.amount(), program.byte());
        program.push(match is_added {
            true => Op::SumItems { when, amount, out },
            false => Op::ExtremeAmount { when, amount, is_greatest: true, start: -1, out, any },
        });
        program.answers.values.push(ValueSlot { slot: AnySlot::Amount(out), given });
        let program = program.finish().unwrap();
        let mut case = Case::new(&program);
        let item = case.add_item(list).unwrap();
        let domain = Domain::Amounts { within: AMOUNTS, step: 1 };
        let open = [Unknown::Fact { fact: price, item: Some(item), domain }];
        let mut outlook = Outlook::new(&program);
        program.foresee(&case, &open, &mut outlook).unwrap();
        let told = outlook.prospect(Question::Value(ValueId(0))).unwrap();
        assert_eq!((told.range, told.is_exact), (Range::Amounts(AMOUNTS), true));
    }
}
