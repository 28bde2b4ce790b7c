//! What is between the ends of many numbers, of which only the least of all together and the
//! greatest of all together are decided: what else can come of them the ranges alone say.
//!
//! Each is held against every completion. The numbers have nothing to do with each other, so that
//! a range is as narrow as what occurs unless a test says otherwise.

mod items;
mod splits;

use std::collections::BTreeSet;

use apportion_core::case::Case;
use apportion_core::decision::Decision;
use apportion_core::divide::Divider;
use apportion_core::outlook::{Domain, Outlook, Question, Unknown};
use apportion_core::program::{
    AmountSlot, AnySlot, Builder, ByteSlot, ClauseId, DateSlot, FactId, Operation as Op, Refusal,
    Term, Test, ValueId, ValueSlot,
};
use apportion_core::range::Span;
use apportion_core::rounding::Rounding;
use apportion_core::value::{Type, Value};

use super::making::day;
use super::tried::{answer, ends, has};

/// A program of numbers that are open.
pub(super) struct Far {
    pub(super) program: Builder,
    numbers: Vec<(FactId, Span<i64>)>,
    answers: Vec<AnySlot>,
}

/// How far a range may reach beyond what occurs, at each end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beyond {
    By(i64),
    Any,
}

impl Far {
    pub(super) fn new() -> Far {
        Far { program: Builder::default(), numbers: Vec::new(), answers: Vec::new() }
    }

    pub(super) fn number(&mut self, least: i64, greatest: i64) -> AmountSlot {
        let fact = self.program.fact(Type::Amount { least: -99, greatest: 99 }, None);
        self.numbers.push((fact, Span { least, greatest }));
        self.program.fact_amount(fact).unwrap()
    }

    pub(super) fn known(&mut self, amount: i64) -> AmountSlot {
        self.program.constant_amount(amount)
    }

    /// A byte that can be any of these: how many of some edges a number of its own is at or above.
    pub(super) fn byte(&mut self, least: u8, greatest: u8) -> ByteSlot {
        let amount = self.number(least.into(), greatest.into());
        // Calculated with, so that all of it is one range.
        let (terms, twice) =
            (self.program.terms([Term { slot: amount, factor: 2 }]), self.program.amount());
        self.program.push(Op::Linear { terms, constant: 0, out: twice });
        let edges = self.program.amount_table((1..=greatest).map(|edge| 2 * i64::from(edge)));
        let out = self.program.byte();
        self.program.push(Op::AmountBand { amount: twice, edges, out });
        out
    }

    /// A day that can be any of these.
    fn date<const N: usize>(&mut self, days: [&str; N]) -> DateSlot {
        let choice = self.byte(1, N as u8);
        let options = days.map(|it| self.program.constant_date(day(it)));
        let (options, out) = (self.program.date_list(options), self.program.date());
        self.program.push(Op::PickDate { choice, options, out });
        out
    }

    pub(super) fn answer(&mut self, slot: AnySlot) {
        self.answers.push(slot);
    }

    /// What an operation makes, in a slot of its own, is an answer.
    pub(super) fn amount(&mut self, make: impl FnOnce(AmountSlot) -> Op) {
        let out = self.program.amount();
        self.program.push(make(out));
        self.answers.push(AnySlot::Amount(out));
    }

    pub(super) fn made_byte(&mut self, make: impl FnOnce(ByteSlot) -> Op) {
        let out = self.program.byte();
        self.program.push(make(out));
        self.answers.push(AnySlot::Byte(out));
    }

    fn made_date(&mut self, make: impl FnOnce(DateSlot) -> Op) {
        let out = self.program.date();
        self.program.push(make(out));
        self.answers.push(AnySlot::Date(out));
    }

    /// That the range of each answer has all that occurs, and no more than it may.
    pub(super) fn hold(self, beyond: Beyond) {
        self.hold_case(beyond, |_| ());
    }

    /// As `hold`, of a case of which something more is stated.
    pub(super) fn hold_case(mut self, beyond: Beyond, state: impl Fn(&mut Case)) {
        let given = self.program.constant_byte(1);
        let answers = self.answers.iter().map(|slot| ValueSlot { slot: *slot, given });
        self.program.answers.values.extend(answers);
        // With five more numbers that are answers themselves, too many ends are to be decided.
        let tried = self.numbers.len();
        for _ in 0..5 {
            let beside = self.number(0, 1);
            self.program.answers.values.push(ValueSlot { slot: AnySlot::Amount(beside), given });
        }
        let program = self.program.finish().unwrap();
        let mut case = Case::new(&program);
        state(&mut case);
        let open = self.numbers.iter().map(|(fact, within)| Unknown::Fact {
            fact: *fact,
            item: None,
            domain: Domain::Amounts { within: *within, step: 1 },
        });
        let mut outlook = Outlook::new(&program);
        program.foresee(&case, &open.collect::<Vec<_>>(), &mut outlook).unwrap();
        let mut cases = vec![case];
        for (place, (fact, within)) in self.numbers.iter().enumerate() {
            let greatest = if place < tried { within.greatest } else { within.least };
            let with = |case: &Case| {
                (within.least..=greatest)
                    .map(|amount| {
                        let mut case = case.clone();
                        case.set(*fact, Value::Amount(amount)).unwrap();
                        case
                    })
                    .collect::<Vec<_>>()
            };
            cases = cases.iter().flat_map(with).collect();
        }
        let mut decision = Decision::new(&program);
        let mut came = vec![BTreeSet::new(); self.answers.len()];
        for case in &cases {
            program.decide(case, &mut decision).unwrap();
            for (id, came) in (0..).map(ValueId).zip(&mut came) {
                came.extend(answer(&program, &decision, Question::Value(id)));
            }
        }
        for (id, came) in (0..).map(ValueId).zip(&came) {
            let told = outlook.prospect(Question::Value(id)).unwrap();
            let shown = format!("{told:?}, and {came:?}");
            assert!(!told.is_settled || came.len() == 1, "{shown}");
            assert!(came.iter().all(|it| has(told.range, *it)), "{shown}");
            if let Beyond::By(far) = beyond {
                let (first, last) = (came.first().unwrap(), came.last().unwrap());
                let (least, greatest) = ends(told.range);
                let (least, greatest) = (least.unwrap(), greatest.unwrap());
                assert!(first - least <= far && greatest - last <= far, "{shown}");
                assert!(told.is_settled == (came.len() == 1) || far > 0, "{shown}");
            }
        }
    }
}

#[test]
fn what_is_made_of_two_amounts() {
    for [one, other] in [[[-4, 6], [-3, 5]], [[2, 4], [1, 3]], [[-6, -2], [-5, -1]]] {
        let mut far = Far::new();
        let [a, b] = [one, other].map(|[least, greatest]| far.number(least, greatest));
        far.amount(|out| Op::Multiply { a, b, out });
        far.amount(|out| Op::Greater { a, b, out });
        far.amount(|out| Op::Lesser { a, b, out });
        let times = [2, 3];
        far.made_byte(|out| Op::CompareAmounts { a, b, times, is_wide: false, out });
        let terms = [Term { slot: a, factor: 2 }, Term { slot: b, factor: -3 }];
        let terms = far.program.terms(terms);
        far.amount(|out| Op::Linear { terms, constant: 1, out });
        far.hold(Beyond::By(0));
    }
}

/// Between divisors of one sign the quotient goes one way; a divisor of 0 gives 0.
#[test]
fn quotients() {
    let quotient = |by: [i64; 2], beyond| {
        for rounding in [Rounding::HalvesUp, Rounding::Up, Rounding::Down] {
            for [least, greatest] in [[-4, 6], [3, 6], [-6, -3]] {
                let mut far = Far::new();
                let (a, b) = (far.number(least, greatest), far.number(-2, 2));
                let by = far.number(by[0], by[1]);
                let (numerator, divisor, times) = (5, 2, 3);
                far.amount(|out| Op::Divide { a, b, numerator, by, divisor, times, rounding, out });
                far.hold(beyond);
            }
        }
    };
    for by in [[1, 3], [-3, -1], [0, 0]] {
        quotient(by, Beyond::By(0));
    }
    for by in [[0, 3], [-3, 0], [-2, 3]] {
        quotient(by, Beyond::Any);
    }
}

#[test]
fn rounded_amounts() {
    for (numerator, rounding) in [(3, Rounding::HalvesUp), (5, Rounding::Up)] {
        let mut far = Far::new();
        let (amount, divider) = (far.number(-4, 6), Divider::new(2, 1_000).unwrap());
        far.amount(|out| Op::Round { amount, numerator, divider, times: 5, rounding, out });
        far.hold(Beyond::By(0));
    }
}

/// What is moved, and what either party then has, where the limit always holds, never, or may.
#[test]
fn limits() {
    // The payer may be above the limit; is always; never is.
    for [least, greatest] in [[-3, 9], [6, 9], [-3, 0]] {
        for holds in [None, Some([0, 1]), Some([1, 1]), Some([0, 0])] {
            let mut far = Far::new();
            let payer = far.number(least, greatest);
            let (other, most) = (far.number(-2, 4), far.number(1, 5));
            let when = holds.map(|[least, greatest]| far.byte(least, greatest));
            let moved = far.program.byte();
            let [out, payer_then, other_then] = [(); 3].map(|()| far.program.amount());
            far.program.push(Op::Limit { payer, other, most, when, out, moved });
            for slot in [out, payer_then, other_then] {
                far.answer(AnySlot::Amount(slot));
            }
            far.answer(AnySlot::Byte(moved));
            far.hold(Beyond::By(0));
        }
    }
}

#[test]
fn rows_of_tests() {
    let mut far = Far::new();
    let slots = [far.byte(0, 3), far.byte(0, 3), far.byte(2, 3)];
    let test = |place: usize, low, width| Test { slot: slots[place], low, width };
    // That the third is at least 2 always holds; that it is 0 never does.
    let (always, never) = (vec![test(2, 2, 9)], vec![test(2, 0, 0)]);
    let (first, second) = (vec![test(0, 1, 1)], vec![test(1, 2, 9), test(2, 2, 9)]);
    for rows in [
        vec![first.clone(), second.clone()],
        vec![first.clone(), always.clone(), second.clone()],
        vec![always.clone(), never.clone()],
        vec![never.clone(), first],
        vec![never, second, always],
        vec![],
    ] {
        let rows = far.program.rows(rows.into_iter().zip([4, 2, 6]));
        far.made_byte(|out| Op::Condition { rows, out });
        far.made_byte(|out| Op::Count { rows, out });
        far.made_byte(|out| Op::Choose { rows, otherwise: 1, out });
    }
    far.hold(Beyond::By(0));
}

#[test]
fn what_is_made_of_bytes() {
    let mut far = Far::new();
    let slots = [far.byte(1, 3), far.byte(0, 2)];
    let [a, b] = slots;
    far.made_byte(|out| Op::CompareBytes { a, b, out });
    let list = far.program.byte_list(slots);
    far.made_byte(|out| Op::Highest { slots: list, out });
    far.made_byte(|out| Op::Lowest { slots: list, out });
    let choice = far.byte(0, 2);
    far.made_byte(|out| Op::PickByte { choice, options: list, out });
    let table = far.program.amount_table([7, -2, 5]);
    far.amount(|out| Op::Lookup { slot: a, table, out });
    let amounts = [far.number(2, 4), far.number(-3, -1)];
    let options = far.program.amount_list(amounts);
    far.amount(|out| Op::PickAmount { choice: b, options, out });
    far.hold(Beyond::By(0));
}

#[test]
fn what_is_made_of_two_days() {
    let mut far = Far::new();
    let a = far.date(["2024-02-28", "2024-02-29", "2024-03-02"]);
    let b = far.date(["2024-02-27", "2024-02-29", "2024-03-01"]);
    far.made_date(|out| Op::LaterDate { a, b, out });
    far.made_date(|out| Op::EarlierDate { a, b, out });
    far.made_byte(|out| Op::CompareDates { a, b, out });
    for more in [-1, 1] {
        far.amount(|out| Op::DaysBetween { from: a, to: b, more, out });
    }
    let edges = far.program.date_table(["2024-02-28", "2024-02-29", "2024-03-01"].map(day));
    far.made_byte(|out| Op::DateBand { date: b, edges, out });
    far.hold(Beyond::By(0));
}

#[test]
fn ages() {
    let mut far = Far::new();
    let birth = far.date(["2000-02-28", "2000-02-29", "2000-03-01"]);
    let on = far.date(["2018-02-28", "2020-02-29", "2021-03-01"]);
    let (clause, fact) = (ClauseId(0), FactId(0));
    let refusal = far.program.refusal(Refusal::BornAfter { clause, birth: fact, on: fact });
    let when = far.program.constant_byte(1);
    far.made_byte(|out| Op::Age { birth, on, out, when, refusal });
    far.hold(Beyond::By(0));
}
