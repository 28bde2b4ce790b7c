//! On what an answer hangs, where the ends of a number do not show it.
//!
//! A number from 0 to 9 is calculated with, so that it is decided at its ends and looked at as a
//! range between them. What is made of it here is the same at both ends and another in the middle:
//! that an answer needs the number is known from what its range hangs on, and from nothing else.

mod items;

use apportion_core::case::Case;
use apportion_core::outlook::{Domain, Need, Outlook, Topic, Unknown};
use apportion_core::program::{
    AmountSlot, AnySlot, Builder, ByteSlot, ClauseId, DateSlot, FactId, Item, ListId, Members,
    Operation as Op, Refusal, Term, Test, ValueId, ValueSlot,
};
use apportion_core::range::Span;
use apportion_core::rounding::Rounding;
use apportion_core::value::{Type, Value};

use super::making::day;

/// Two humps of one number: each is 1 for 0 to 3 and for 6 to 9; between them the higher is 3, and
/// the lower 2. As a day the three are the first of a year.
pub(super) struct Humps {
    /// The higher, and then the lower in the next slot.
    pub(super) bytes: [ByteSlot; 2],
    pub(super) amounts: [AmountSlot; 2],
    dates: [DateSlot; 2],
    /// Whether the number lies between.
    pub(super) is_between: ByteSlot,
}

impl Humps {
    pub(super) fn of(program: &mut Builder, number: FactId) -> Humps {
        let slot = program.fact_amount(number).unwrap();
        let (terms, amount) = (program.terms([Term { slot, factor: 2 }]), program.amount());
        program.push(Op::Linear { terms, constant: 0, out: amount });
        let (edges, band) = (program.amount_table([8, 12]), program.byte());
        program.push(Op::AmountBand { amount, edges, out: band });
        let is_between = Test { slot: band, low: 1, width: 0 };
        let bytes = [(); 2].map(|()| program.byte());
        for (out, height) in bytes.into_iter().zip([3, 2]) {
            let rows = program.rows([(vec![is_between], height)]);
            program.push(Op::Choose { rows, otherwise: 1, out });
        }
        let amounts = bytes.map(|slot| {
            let (table, out) = (program.amount_table([0, 1, 2, 3]), program.amount());
            program.push(Op::Lookup { slot, table, out });
            out
        });
        let dates = bytes.map(|choice| {
            let days = ["2020-01-01", "2021-01-01", "2024-01-01"].map(day);
            let options = days.map(|day| program.constant_date(day));
            let (options, out) = (program.date_list(options), program.date());
            program.push(Op::PickDate { choice, options, out });
            out
        });
        let (rows, out) = (program.rows([(vec![is_between], 1)]), program.byte());
        program.push(Op::Condition { rows, out });
        Humps { bytes, amounts, dates, is_between: out }
    }
}

/// The one number, and another of its own.
const NUMBERS: [FactId; 2] = [FactId(0), FactId(1)];

const SERVICES: ListId = ListId(0);
const FIRST: Item = Item { list: SERVICES, index: 0 };

/// A program that reads the numbers, and two services of the kinds 1 and 2.
struct Read {
    program: Builder,
    humps: [Humps; 2],
    /// The kind of a service.
    kind: FactId,
}

impl Read {
    fn new() -> Read {
        let mut program = Builder::default();
        let kind = Type::Amount { least: 0, greatest: 9 };
        for number in NUMBERS {
            assert_eq!(program.fact(kind, None), number);
        }
        let services = program.list(2);
        let kind = program.item_fact(services, Type::Words { count: 3 }, None);
        let humps = NUMBERS.map(|number| Humps::of(&mut program, number));
        Read { program, humps, kind }
    }

    /// What is needed, of the case or, of its first service, for the payments.
    fn needed(self, topic: Topic) -> Vec<usize> {
        let program = self.program.finish().unwrap();
        let mut case = Case::new(&program);
        for word in [1, 2] {
            let item = case.add_item(SERVICES).unwrap();
            case.set_item(item, self.kind, Value::Word(word)).unwrap();
        }
        let within = Span { least: 0, greatest: 9 };
        let domain = Domain::Amounts { within, step: 1 };
        let open = NUMBERS.map(|fact| Unknown::Fact { fact, item: None, domain });
        let mut outlook = match topic {
            Topic::Payments => Outlook::of_item(&program, FIRST, &[], &[]),
            _ => Outlook::new(&program),
        };
        program.foresee(&case, &open, &mut outlook).unwrap();
        let needs = outlook.needs(topic);
        let uncertain = |need: &Need| (need.settling, need.of, need.is_certain) == (0, 1, false);
        assert!(needs.iter().all(uncertain), "{needs:?}");
        needs.iter().map(|need| need.unknown).collect()
    }
}

/// What the value that is made of the numbers needs.
fn needed(make: impl FnOnce(&mut Builder, [&Humps; 2], ByteSlot) -> AnySlot) -> Vec<usize> {
    let mut it = Read::new();
    let (kind, given) = (it.program.fact_byte(it.kind).unwrap(), it.program.constant_byte(1));
    let slot = make(&mut it.program, [&it.humps[0], &it.humps[1]], kind);
    it.program.answers.values.push(ValueSlot { slot, given });
    it.needed(Topic::Value(ValueId(0)))
}

/// At the ends no value is given; between them one is.
#[test]
fn a_value_hangs_on_a_number_by_which_it_is_given() {
    let mut it = Read::new();
    let (slot, given) = (AnySlot::Byte(it.humps[0].bytes[0]), it.humps[0].is_between);
    it.program.answers.values.push(ValueSlot { slot, given });
    assert_eq!(it.needed(Topic::Value(ValueId(0))), [0]);
}

fn is(slot: ByteSlot, byte: u8) -> Test {
    Test { slot, low: byte, width: 0 }
}

type Made = fn(&mut Builder, &Humps) -> AnySlot;

/// Each reads the higher and the lower, which are alike at the ends and not between them.
#[test]
fn what_reads_a_number_twice_hangs_on_it() {
    let bytes: [(&str, Made); 12] = [
        ("a row with two tests", |program, it| {
            let [higher, lower] = it.bytes;
            let rows = program.rows([(vec![is(higher, 3), is(lower, 2)], 1)]);
            let out = program.byte();
            program.push(Op::Condition { rows, out });
            AnySlot::Byte(out)
        }),
        ("a condition", |program, it| {
            let rows = it.bytes.map(|slot| (vec![Test { slot, low: 2, width: 9 }], 1));
            let (rows, out) = (program.rows(rows), program.byte());
            program.push(Op::Condition { rows, out });
            AnySlot::Byte(out)
        }),
        ("a count of rows", |program, it| {
            let rows = it.bytes.map(|slot| (vec![Test { slot, low: 2, width: 9 }], 1));
            let (rows, out) = (program.rows(rows), program.byte());
            program.push(Op::Count { rows, out });
            AnySlot::Byte(out)
        }),
        ("a choice", |program, it| {
            let rows = it.bytes.map(|slot| (vec![Test { slot, low: 2, width: 9 }], 4));
            let (rows, out) = (program.rows(rows), program.byte());
            program.push(Op::Choose { rows, otherwise: 5, out });
            AnySlot::Byte(out)
        }),
        ("days compared", |program, it| {
            let ([a, b], out) = (it.dates, program.byte());
            program.push(Op::CompareDates { a, b, out });
            AnySlot::Byte(out)
        }),
        ("bytes compared", |program, it| {
            let ([a, b], out) = (it.bytes, program.byte());
            program.push(Op::CompareBytes { a, b, out });
            AnySlot::Byte(out)
        }),
        ("amounts compared", |program, it| {
            let ([a, b], out) = (it.amounts, program.byte());
            program.push(Op::CompareAmounts { a, b, times: [1, 1], is_wide: false, out });
            AnySlot::Byte(out)
        }),
        ("an age", |program, it| {
            let [on, birth] = it.dates;
            let (clause, fact) = (ClauseId(0), FactId(0));
            let refusal = program.refusal(Refusal::BornAfter { clause, birth: fact, on: fact });
            let (when, out) = (program.constant_byte(0), program.byte());
            program.push(Op::Age { birth, on, out, when, refusal });
            AnySlot::Byte(out)
        }),
        ("a count of a family", |program, it| {
            let members = Members { first: it.bytes[0], count: 2 };
            AnySlot::Byte(program.family_count(members, 2, 1))
        }),
        ("the highest", |program, it| {
            let (slots, out) = (program.byte_list(it.bytes), program.byte());
            program.push(Op::Highest { slots, out });
            AnySlot::Byte(out)
        }),
        ("the lowest", |program, it| {
            let (slots, out) = (program.byte_list(it.bytes), program.byte());
            program.push(Op::Lowest { slots, out });
            AnySlot::Byte(out)
        }),
        ("a byte picked", |program, it| {
            let ([choice, option], out) = (it.bytes, program.byte());
            let options = program.byte_list([option, option, choice]);
            program.push(Op::PickByte { choice, options, out });
            AnySlot::Byte(out)
        }),
    ];
    let numbers: [(&str, Made); 14] = [
        ("the later day", |program, it| {
            let ([a, b], out) = (it.dates, program.date());
            program.push(Op::LaterDate { a, b, out });
            AnySlot::Date(out)
        }),
        ("the earlier day", |program, it| {
            let ([a, b], out) = (it.dates, program.date());
            program.push(Op::EarlierDate { a, b, out });
            AnySlot::Date(out)
        }),
        ("the days between", |program, it| {
            let ([to, from], out) = (it.dates, program.amount());
            program.push(Op::DaysBetween { from, to, more: 0, out });
            AnySlot::Amount(out)
        }),
        ("a sum", |program, it| {
            let terms = program.terms(it.amounts.map(|slot| Term { slot, factor: 1 }));
            let out = program.amount();
            program.push(Op::Linear { terms, constant: 0, out });
            AnySlot::Amount(out)
        }),
        ("a product", |program, it| {
            let ([a, b], out) = (it.amounts, program.amount());
            program.push(Op::Multiply { a, b, out });
            AnySlot::Amount(out)
        }),
        ("the greater", |program, it| {
            let ([a, b], out) = (it.amounts, program.amount());
            program.push(Op::Greater { a, b, out });
            AnySlot::Amount(out)
        }),
        ("the lesser", |program, it| {
            let ([a, b], out) = (it.amounts, program.amount());
            program.push(Op::Lesser { a, b, out });
            AnySlot::Amount(out)
        }),
        // 1 of 1 at the ends, and twice 3 between them.
        ("a quotient of two", |program, it| {
            let [a, b] = it.amounts;
            let by = program.constant_amount(1);
            AnySlot::Amount(quotient(program, [a, b], by))
        }),
        // 3 by 2, rounded up, is 2.
        ("a quotient by one", |program, it| {
            let [b, by] = it.amounts;
            let a = program.constant_amount(1);
            AnySlot::Amount(quotient(program, [a, b], by))
        }),
        ("what is moved above a limit", |program, it| {
            let ([payer, most], other) = (it.amounts, program.constant_amount(1));
            AnySlot::Amount(limit(program, [payer, most, other], None)[0])
        }),
        ("what is moved now and then", |program, it| {
            let ([payer, _], when) = (it.amounts, it.is_between);
            let [most, other] = [0, 1].map(|amount| program.constant_amount(amount));
            AnySlot::Amount(limit(program, [payer, most, other], Some(when))[0])
        }),
        ("what is moved now and then above another limit", |program, it| {
            let ([most, _], when) = (it.amounts, it.is_between);
            let [payer, other] = [9, 0].map(|amount| program.constant_amount(amount));
            AnySlot::Amount(limit(program, [payer, most, other], Some(when))[0])
        }),
        // 1 and nothing at the ends; 2 and 2 between them.
        ("what another has then", |program, it| {
            let ([payer, other], most) = (it.amounts, program.constant_amount(1));
            AnySlot::Amount(limit(program, [payer, most, other], None)[2])
        }),
        ("an amount picked", |program, it| {
            let ([first, last], out) = (it.amounts, program.amount());
            let options = program.amount_list([last, last, first]);
            program.push(Op::PickAmount { choice: it.bytes[0], options, out });
            AnySlot::Amount(out)
        }),
    ];
    for (what, make) in bytes.into_iter().chain(numbers) {
        assert_eq!(needed(|program, [humps, _], _| make(program, humps)), [0], "{what}");
    }
}

fn quotient(program: &mut Builder, [a, b]: [AmountSlot; 2], by: AmountSlot) -> AmountSlot {
    let (out, rounding) = (program.amount(), Rounding::Up);
    program.push(Op::Divide { a, b, numerator: 1, by, divisor: 1, times: 1, rounding, out });
    out
}

/// What is moved, and what payer and other then have.
fn limit(
    program: &mut Builder,
    [payer, most, other]: [AmountSlot; 3],
    when: Option<ByteSlot>,
) -> [AmountSlot; 3] {
    let out = [(); 3].map(|()| program.amount());
    let moved = program.byte();
    program.push(Op::Limit { payer, other, most, when, out: out[0], moved });
    out
}

/// Each picks the higher or the lower by the other number: it hangs on both.
#[test]
fn what_picks_by_a_number_hangs_on_it_as_well() {
    let byte = needed(|program, [humps, by], _| {
        let (options, out) = (program.byte_list([humps.bytes[0], humps.bytes[1]]), program.byte());
        program.push(Op::PickByte { choice: by.bytes[1], options, out });
        AnySlot::Byte(out)
    });
    assert_eq!(byte, [0, 1]);
    let amount = needed(|program, [humps, by], _| {
        let (options, out) = (program.amount_list(humps.amounts), program.amount());
        program.push(Op::PickAmount { choice: by.bytes[1], options, out });
        AnySlot::Amount(out)
    });
    assert_eq!(amount, [0, 1]);
    let date = needed(|program, [humps, by], _| {
        let (options, out) = (program.date_list(humps.dates), program.date());
        program.push(Op::PickDate { choice: by.bytes[1], options, out });
        AnySlot::Date(out)
    });
    assert_eq!(date, [0, 1]);
}
