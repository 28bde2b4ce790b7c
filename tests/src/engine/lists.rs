//! Lists: what reads an item is worked out for each, what does not once, and tallies carry what
//! items say to the case. Held against a plain computation, one case at a time and in blocks.

mod blocks;
mod cases;
mod programs;

use apportion_core::block::{Block, LANES, Outcome};
use apportion_core::case::Case;
use apportion_core::date::Date;
use apportion_core::decision::{Answer, CostLine, DecideError, Decision};
use apportion_core::money::Money;
use apportion_core::program::{
    AnySlot, Builder, ClauseId, FactId, Item, Line, ListId, Operation, PartyId, Program, Refusal,
    Term, Test, UnitId, ValueId, ValueSlot,
};
use apportion_core::value::{Type, Value};
use proptest::prelude::*;

const RATE: FactId = FactId(0);
const PRICE: FactId = FactId(1);
const KIND: FactId = FactId(2);
const START: FactId = FactId(3);
const SERVICES: ListId = ListId(0);

/// What a service costs, and what all others cost together.
const OF_SERVICES: [ValueId; 2] = [ValueId(0), ValueId(1)];

/// A kind of service that does not count, and one that is dear.
const FREE: u8 = 0;
const DEAR: u8 = 3;

const DEAR_SERVICE: Refusal = Refusal::NoRow { clause: ClauseId(0) };
const RATE_OF_TEN: Refusal = Refusal::NoRow { clause: ClauseId(1) };

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// A case has a rate and up to six services. A service costs its price times twice the rate.
/// Free services do not count, dear ones are refused unless the rate is 9, and a rate of 10 is
/// refused.
///
/// What it answers of the case is in the order of [`Services::tallied`].
fn program() -> Program {
    use Operation as Op;
    let mut program = Builder::default();
    let rate = program.fact(Type::Amount { least: 1, greatest: 10 }, None);
    let services = program.list(6);
    let price = program.item_fact(services, Type::Amount { least: -50, greatest: 1_000 }, None);
    let kind = program.item_fact(services, Type::Words { count: 4 }, Some(Value::Word(1)));
    let days = Type::Date { first: day("2025-04-01"), last: day("2026-03-31") };
    let start = program.item_fact(services, days, Some(Value::Date(day("2025-04-01"))));
    assert_eq!((services, [rate, price, kind, start]), (SERVICES, [RATE, PRICE, KIND, START]));
    let rate = program.fact_amount(rate).unwrap();
    let price = program.fact_amount(price).unwrap();
    let kind = program.fact_byte(kind).unwrap();
    let start = program.fact_date(start).unwrap();
    let live = program.list_live(services).unwrap();
    // A refusal of services is the lower, though a case is refused before its services are met.
    let dear_service = program.refusal(DEAR_SERVICE);
    let rate_of_ten = program.refusal(RATE_OF_TEN);

    let edges = program.amount_table([9, 10]);
    let band = program.byte();
    program.push(Op::AmountBand { amount: rate, edges, out: band });
    let rows = program.rows([(vec![Test { slot: kind, low: FREE + 1, width: 200 }], 1)]);
    let counts = program.byte();
    program.push(Op::Condition { rows, out: counts });
    let rows = program.rows([(vec![Test { slot: kind, low: DEAR, width: 0 }], 1)]);
    let dear = program.byte();
    program.push(Op::Condition { rows, out: dear });
    let is_9 = Test { slot: band, low: 1, width: 0 };
    program.push(Op::Require { when: dear, test: is_9, refusal: dear_service });
    let terms = program.terms([Term { slot: rate, factor: 2 }]);
    let twice = program.amount();
    program.push(Op::Linear { terms, constant: 0, out: twice });
    let cost = program.amount();
    program.push(Op::Multiply { a: price, b: twice, out: cost });

    let mut answers: Vec<AnySlot> = Vec::new();
    let total = program.amount();
    program.push(Op::SumItems { when: counts, amount: cost, out: total });
    answers.push(AnySlot::Amount(total));
    for when in [counts, live] {
        let out = program.amount();
        program.push(Op::CountItems { when, out });
        answers.push(AnySlot::Amount(out));
    }
    for is_greatest in [true, false] {
        let [out, any] = [program.byte(), program.byte()];
        program.push(Op::ExtremeByte { when: counts, byte: kind, is_greatest, start: 9, out, any });
        answers.extend([out, any].map(AnySlot::Byte));
        let (out, any) = (program.date(), program.byte());
        let start_where_none = day("2020-02-29");
        program.push(Op::ExtremeDate {
            when: counts,
            date: start,
            is_greatest,
            start: start_where_none,
            out,
            any,
        });
        answers.extend([AnySlot::Date(out), AnySlot::Byte(any)]);
        let (out, any) = (program.amount(), program.byte());
        program.push(Op::ExtremeAmount {
            when: counts,
            amount: cost,
            is_greatest,
            start: -7,
            out,
            any,
        });
        answers.extend([AnySlot::Amount(out), AnySlot::Byte(any)]);
    }

    // What the other services cost needs all of them first, and what is made of that once more.
    let terms = program.terms([Term { slot: total, factor: 1 }, Term { slot: cost, factor: -1 }]);
    let others = program.amount();
    program.push(Op::Linear { terms, constant: 0, out: others });
    let all_others = program.amount();
    program.push(Op::SumItems { when: live, amount: others, out: all_others });
    let terms = program.terms([total, all_others].map(|slot| Term { slot, factor: 1 }));
    let grand = program.amount();
    program.push(Op::Linear { terms, constant: 1, out: grand });
    answers.push(AnySlot::Amount(grand));
    let always = program.constant_byte(1);
    let under_10 = Test { slot: band, low: 0, width: 1 };
    program.push(Op::Require { when: always, test: under_10, refusal: rate_of_ten });

    let of_services = [cost, others].map(AnySlot::Amount);
    let values = of_services.into_iter().chain(answers);
    program.answers.values.extend(values.map(|slot| ValueSlot { slot, given: always }));
    program.answers.conclusions.push(dear);
    program.answers.clauses.push(counts);
    let line = |clause, list, pence, made| Line {
        clause: ClauseId(clause),
        party: PartyId(0),
        unit: UnitId(0),
        list,
        pence,
        is_taken: false,
        made,
    };
    program.answers.lines.push(line(0, Some(services), cost, counts));
    program.answers.lines.push(line(1, None, grand, always));
    program.answers.lines.push(line(2, Some(services), total, dear));
    program.finish().unwrap()
}

/// A service of a case.
#[derive(Clone, Copy, Debug)]
struct Service {
    price: i64,
    kind: u8,
    start: Date,
}

/// The facts of a case.
#[derive(Clone, Debug)]
struct Services {
    rate: i64,
    services: Vec<Service>,
}

/// What came of a case.
#[derive(Debug, PartialEq)]
enum Came {
    Refused(Refusal, Option<Item>),
    Decided {
        case: Vec<Answer>,
        /// For each service its two values, whether it is dear, and whether clause 0 applies.
        services: Vec<([Answer; 2], bool, bool)>,
        lines: Vec<CostLine>,
    },
}

fn item(index: usize) -> Item {
    Item { list: SERVICES, index: u32::try_from(index).unwrap() }
}

impl Services {
    fn any() -> impl Strategy<Value = Services> {
        let start = prop::sample::select(vec!["2025-04-01", "2025-12-24", "2026-03-31"]);
        let kind = prop_oneof![20 => FREE..DEAR, 1 => Just(DEAR)];
        let service = (-50..=1_000i64, kind, start).prop_map(|(price, kind, start)| Service {
            price,
            kind,
            start: day(start),
        });
        let services = prop::collection::vec(service, 0..=6);
        let rate = prop_oneof![1..=9i64, Just(9), 1..=10i64];
        (rate, services).prop_map(|(rate, services)| Services { rate, services })
    }

    fn case(&self, program: &Program) -> Case {
        let mut case = Case::new(program);
        case.set(RATE, Value::Amount(self.rate)).unwrap();
        case.state_items(SERVICES).unwrap();
        for service in &self.services {
            let item = case.add_item(SERVICES).unwrap();
            case.set_item(item, PRICE, Value::Amount(service.price)).unwrap();
            case.set_item(item, KIND, Value::Word(service.kind)).unwrap();
            case.set_item(item, START, Value::Date(service.start)).unwrap();
        }
        case
    }

    fn cost(&self, service: &Service) -> i64 {
        service.price * 2 * self.rate
    }

    fn plainly(&self) -> Came {
        let dear = self.services.iter().position(|service| service.kind == DEAR);
        if let Some(index) = dear.filter(|_| self.rate != 9) {
            return Came::Refused(DEAR_SERVICE, Some(item(index)));
        }
        if self.rate == 10 {
            return Came::Refused(RATE_OF_TEN, None);
        }
        let counted: Vec<&Service> =
            self.services.iter().filter(|service| service.kind != FREE).collect();
        let total: i64 = counted.iter().map(|service| self.cost(service)).sum();
        let others = |service| total - self.cost(service);
        let grand = total + self.services.iter().map(others).sum::<i64>() + 1;
        let line = |clause, pence, item| CostLine {
            clause: ClauseId(clause),
            party: PartyId(0),
            unit: UnitId(0),
            amount: Money::from_pence(pence),
            item,
        };
        let numbered = || self.services.iter().enumerate();
        let paid = numbered().filter(|(_, service)| service.kind != FREE);
        let paid = paid.map(|(index, service)| line(0, self.cost(service), Some(item(index))));
        let dear = numbered().filter(|(_, service)| service.kind == DEAR);
        let dear = dear.map(|(index, _)| line(2, total, Some(item(index))));
        Came::Decided {
            case: self.tallied(&counted, total, grand),
            services: self
                .services
                .iter()
                .map(|service| {
                    let values = [self.cost(service), others(service)].map(Answer::Amount);
                    (values, service.kind == DEAR, service.kind != FREE)
                })
                .collect(),
            lines: paid.chain([line(1, grand, None)]).chain(dear).collect(),
        }
    }

    fn tallied(&self, counted: &[&Service], total: i64, grand: i64) -> Vec<Answer> {
        let number = |count: usize| Answer::Amount(i64::try_from(count).unwrap());
        let mut answers =
            vec![Answer::Amount(total), number(counted.len()), number(self.services.len())];
        let any = Answer::Byte(u8::from(!counted.is_empty()));
        let kinds = || counted.iter().map(|service| service.kind);
        let starts = || counted.iter().map(|service| service.start);
        let costs = || counted.iter().map(|service| self.cost(service));
        let extremes = [
            (kinds().max(), starts().max(), costs().max()),
            (kinds().min(), starts().min(), costs().min()),
        ];
        for (kind, start, cost) in extremes {
            answers.extend([Answer::Byte(kind.unwrap_or(9)), any]);
            answers.extend([Answer::Date(start.unwrap_or(day("2020-02-29"))), any]);
            answers.extend([Answer::Amount(cost.unwrap_or(-7)), any]);
        }
        answers.push(Answer::Amount(grand));
        answers
    }
}

/// Reads everything that a decision says.
fn read(program: &Program, decision: &Decision) -> Came {
    assert_eq!(OF_SERVICES.map(|id| decision.value(id)), [None; 2]);
    let ids = (0..).map(ValueId).take(program.answers().values.len()).skip(OF_SERVICES.len());
    let services = (0..decision.items(SERVICES).unwrap()).map(|index| {
        let of_item = decision.of_item(Item { list: SERVICES, index }).unwrap();
        let values = OF_SERVICES.map(|id| of_item.value(id).unwrap());
        let [is_dear, applies] = [
            of_item.concludes(apportion_core::program::ConclusionId(0)),
            of_item.clause(ClauseId(0)),
        ];
        (values, is_dear.unwrap(), applies.unwrap())
    });
    Came::Decided {
        case: ids.map(|id| decision.value(id).unwrap()).collect(),
        services: services.collect(),
        lines: decision.lines().collect(),
    }
}

fn one_by_one(program: &Program, cases: &[Services]) -> Vec<Came> {
    let mut decision = Decision::new(program);
    let mut decide = |case: &Services| match program.decide(&case.case(program), &mut decision) {
        Ok(()) => read(program, &decision),
        Err(DecideError::Refused { refusal, item }) => Came::Refused(refusal, item),
        Err(error) => panic!("{error}"),
    };
    cases.iter().map(&mut decide).collect()
}

fn in_blocks(program: &Program, cases: &[Services]) -> Vec<Came> {
    let (mut block, mut decision) = (Block::new(program), Decision::new(program));
    let mut came = Vec::new();
    for cases in cases.chunks(LANES) {
        for (lane, case) in cases.iter().enumerate() {
            block.fill(lane, &case.case(program)).unwrap();
        }
        program.decide_block(&mut block, cases.len()).unwrap();
        came.extend((0..cases.len()).map(|lane| match block.outcome(lane).unwrap() {
            Outcome::Decided => {
                block.read_lane(lane, &mut decision).unwrap();
                read(program, &decision)
            }
            Outcome::Refused { refusal, item } => Came::Refused(refusal, item),
            outcome => panic!("{outcome:?}"),
        }));
    }
    came
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn items_are_worked_out_one_by_one_and_tallied(
        cases in prop::collection::vec(Services::any(), 130..150),
    ) {
        let program = program();
        let plain: Vec<Came> = cases.iter().map(Services::plainly).collect();
        prop_assert_eq!(one_by_one(&program, &cases), plain);
        let plain: Vec<Came> = cases.iter().map(Services::plainly).collect();
        prop_assert_eq!(in_blocks(&program, &cases), plain);
    }
}

/// Worked out by hand: at rate 3 the services cost £0.60, £1.20 and £6.00, but the last is free.
#[test]
fn three_services() {
    let start = day("2025-12-24");
    let service = |price, kind| Service { price, kind, start };
    let services = vec![service(10, 1), service(20, 2), service(100, FREE)];
    let case = Services { rate: 3, services };
    let program = program();
    let came = one_by_one(&program, std::slice::from_ref(&case)).remove(0);
    assert_eq!(came, in_blocks(&program, &[case]).remove(0));
    let Came::Decided { case, services, lines } = came else { panic!("{came:?}") };
    let tallies = [180, 2, 3].map(Answer::Amount);
    let highest = [Answer::Byte(2), Answer::Byte(1), Answer::Date(start), Answer::Byte(1)];
    let lowest = [Answer::Byte(1), Answer::Byte(1), Answer::Date(start), Answer::Byte(1)];
    let dearest = [Answer::Amount(120), Answer::Byte(1)];
    let cheapest = [Answer::Amount(60), Answer::Byte(1)];
    // The others cost £1.20, £0.60 and, for the free one, -£4.20.
    let grand = [Answer::Amount(180 + 120 + 60 - 420 + 1)];
    let all: [&[Answer]; 6] = [&tallies, &highest, &dearest, &lowest, &cheapest, &grand];
    assert_eq!(case, all.concat());
    let values: Vec<_> = services.iter().map(|(values, _, _)| *values).collect();
    assert_eq!(values, [[60, 120], [120, 60], [600, -420]].map(|it| it.map(Answer::Amount)));
    let lines: Vec<_> = lines.iter().map(|line| (line.item, line.amount.pence())).collect();
    assert_eq!(lines, [(Some(item(0)), 60), (Some(item(1)), 120), (None, -59)]);
}
