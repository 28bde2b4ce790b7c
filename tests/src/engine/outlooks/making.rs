//! Programs made of choices.

mod operations;

use apportion_core::date::Date;
use apportion_core::program::{
    AmountSlot, AnySlot, Awaited, Builder, ByteSlot, ClauseId, DateSlot, DayOf, FactId,
    Operation as Op, PanelId, PartyId, Referral, Refusal, Run, Test, Total, UnitId, ValueSlot,
};
use apportion_core::rounding::Rounding;
use apportion_core::split::SparePennies;
use apportion_core::value::Type;

/// How many kinds of operations [`Maker::push`] knows.
pub(super) const KINDS: usize = 34;

/// Words of a family.
pub(super) const WORDS: u8 = 4;

/// Numbers that were chosen, taken one after the other, then zeros.
#[derive(Clone, Debug)]
pub(super) struct Choices(std::vec::IntoIter<u32>);

impl Choices {
    pub(super) fn new(numbers: Vec<u32>) -> Choices {
        Choices(numbers.into_iter())
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0.next().unwrap_or(0) as usize % end.max(1)
    }

    pub(super) fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    pub(super) fn is(&mut self, one_in: usize) -> bool {
        self.below(one_in) + 1 == one_in
    }

    fn between(&mut self, least: i64, greatest: i64) -> i64 {
        least + self.below((greatest - least + 1) as usize) as i64
    }
}

/// A program in the making, and the slots that operations can read.
pub(super) struct Maker {
    pub(super) builder: Builder,
    pub(super) choices: Choices,
    /// Whether each slot is read once, so that what is read has nothing to do with what else is.
    is_apart: bool,
    bytes: Vec<ByteSlot>,
    truths: Vec<ByteSlot>,
    dates: Vec<DateSlot>,
    /// Each with how far it can be from 0.
    amounts: Vec<(AmountSlot, i64)>,
    /// Amounts above 0.
    weights: Vec<AmountSlot>,
    /// Amounts below 0.
    divisors: Vec<AmountSlot>,
    /// Two truths on which what is read may hang together.
    choosers: Vec<ByteSlot>,
    pub(super) facts: Vec<(FactId, Type)>,
    /// Facts that may be left out, each with where it stands what is said of it.
    pub(super) left_out: Vec<(FactId, ByteSlot)>,
    /// Slots that were read.
    pub(super) read: Vec<AnySlot>,
    /// What shows that a completion cannot be: a refusal by one of these.
    pub(super) evidence: Vec<Refusal>,
    /// The program without what else refuses a case.
    pub(super) lenient: Vec<Op>,
    pub(super) operations: Vec<Op>,
}

pub(super) fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Days around which facts lie: ends of months, a leap day, holidays.
pub(super) const DAYS: [&str; 4] = ["2020-02-27", "2022-12-28", "2024-02-27", "2024-03-28"];

impl Maker {
    /// Whose operation reads facts that have nothing to do with each other.
    pub(super) fn of_one_operation(choices: Choices) -> Maker {
        let mut maker = Maker::new(choices, true);
        // Bytes that are ranges where the amount is: its own number, from 0 to 3.
        let edges = maker.builder.amount_table([1, 2, 3]);
        for place in 0..4 {
            if maker.choices.is(2) {
                let (amount, _) = maker.amounts[place];
                let out = maker.builder.byte();
                maker.do_it(Op::AmountBand { amount, edges, out });
                maker.answer(AnySlot::Amount(amount));
                maker.bytes[place] = out;
            }
        }
        maker.amounts.drain(..4);
        maker.read.clear();
        maker
    }

    pub(super) fn of_many(choices: Choices) -> Maker {
        Maker::new(choices, false)
    }

    fn new(choices: Choices, is_apart: bool) -> Maker {
        let mut maker = Maker {
            builder: Builder::default(),
            choices,
            is_apart,
            bytes: Vec::new(),
            truths: Vec::new(),
            dates: Vec::new(),
            amounts: Vec::new(),
            weights: Vec::new(),
            divisors: Vec::new(),
            choosers: Vec::new(),
            facts: Vec::new(),
            left_out: Vec::new(),
            read: Vec::new(),
            evidence: Vec::new(),
            lenient: Vec::new(),
            operations: Vec::new(),
        };
        let (yes_or_no, word) = (Type::YesNo, Type::Words { count: WORDS });
        let days = Type::Date { first: day("2019-12-01"), last: day("2024-06-30") };
        let amount = Type::Amount { least: -4, greatest: 6 };
        let above_0 = Type::Amount { least: 1, greatest: 4 };
        let below_0 = Type::Amount { least: -4, greatest: -1 };
        // The words stand one after the other, as a family does.
        let kinds = [[word; 4], [yes_or_no; 4], [days; 4], [amount; 4], [amount; 4], [above_0; 4]];
        for kind in kinds.into_iter().chain([[below_0; 4]]) {
            for kind in kind {
                let fact = maker.builder.fact(kind, None);
                maker.facts.push((fact, kind));
                let of_truth = kind == yes_or_no;
                let byte = maker.builder.fact_byte(fact);
                maker.truths.extend(byte.filter(|_| of_truth));
                maker.bytes.extend(byte.filter(|_| !of_truth));
                maker.dates.extend(maker.builder.fact_date(fact));
                let slot = maker.builder.fact_amount(fact);
                maker.weights.extend(slot.filter(|_| kind == above_0));
                maker.divisors.extend(slot.filter(|_| kind == below_0));
                maker.amounts.extend(slot.filter(|_| kind == amount).map(|slot| (slot, 6)));
            }
        }
        for _ in 0..2 {
            let fact = maker.builder.fact(yes_or_no, None);
            maker.facts.push((fact, yes_or_no));
            maker.choosers.extend(maker.builder.fact_byte(fact));
        }
        // A truth, a day, an amount: none on which it hangs whether they apply.
        for fact in [7, 8, 12].map(FactId) {
            if !is_apart && maker.choices.is(4) {
                let said = maker.builder.may_be_left_out(fact).unwrap();
                maker.left_out.push((fact, said));
            }
        }
        maker
    }

    /// Adds an operation, which refuses nothing or for evidence that cannot be.
    fn do_it(&mut self, operation: Op) {
        self.operations.push(operation);
        self.lenient.push(operation);
    }

    /// Answers with what stands in a slot.
    fn answer(&mut self, slot: AnySlot) {
        let given = self.builder.constant_byte(1);
        self.builder.answers.values.push(ValueSlot { slot, given });
    }

    fn byte(&mut self) -> ByteSlot {
        if let Some(chooser) = self.chooser() {
            let values = [0; 2].map(|_| self.choices.below(4) as u8);
            return self.chosen_byte(chooser, values);
        }
        let place = self.choices.below(self.bytes.len());
        let slot = if self.is_apart { self.bytes.remove(place) } else { self.bytes[place] };
        self.read.push(AnySlot::Byte(slot));
        slot
    }

    fn truth(&mut self) -> ByteSlot {
        if let Some(chooser) = self.chooser() {
            return chooser;
        }
        let place = self.choices.below(self.truths.len());
        let slot = if self.is_apart { self.truths.remove(place) } else { self.truths[place] };
        self.read.push(AnySlot::Byte(slot));
        slot
    }

    fn date(&mut self) -> DateSlot {
        if let Some(chooser) = self.chooser() {
            let choice = self.chosen_byte(chooser, [1, 2]);
            let options = [0; 2].map(|_| {
                let day = day(self.choices.of(&DAYS));
                self.builder.constant_date(day)
            });
            let (options, out) = (self.builder.date_list(options), self.builder.date());
            self.do_it(Op::PickDate { choice, options, out });
            return out;
        }
        let place = self.choices.below(self.dates.len());
        let slot = if self.is_apart { self.dates.remove(place) } else { self.dates[place] };
        self.read.push(AnySlot::Date(slot));
        slot
    }

    fn bounded(&mut self) -> (AmountSlot, i64) {
        if let Some(slot) = self.chooser() {
            return (self.chosen_amount(slot, [-4, 6]), 6);
        }
        let place = self.choices.below(self.amounts.len());
        let slot = if self.is_apart { self.amounts.remove(place) } else { self.amounts[place] };
        self.read.push(AnySlot::Amount(slot.0));
        slot
    }

    fn amount(&mut self) -> AmountSlot {
        self.bounded().0
    }

    /// An amount above 0.
    fn weight(&mut self) -> AmountSlot {
        if let Some(slot) = self.chooser() {
            return self.chosen_amount(slot, [1, 4]);
        }
        let place = self.choices.below(self.weights.len());
        let slot = if self.is_apart { self.weights.remove(place) } else { self.weights[place] };
        self.read.push(AnySlot::Amount(slot));
        slot
    }

    /// An amount that is not 0, of one sign.
    fn divisor(&mut self) -> AmountSlot {
        if self.choices.is(2) {
            return self.weight();
        }
        let place = self.choices.below(self.divisors.len());
        let slot = if self.is_apart { self.divisors.remove(place) } else { self.divisors[place] };
        self.read.push(AnySlot::Amount(slot));
        slot
    }

    /// A truth on which what is read shall hang, now and then; others may hang on it as well.
    fn chooser(&mut self) -> Option<ByteSlot> {
        if !self.choices.is(3) {
            return None;
        }
        let slot = self.choices.of(&[self.choosers[0], self.choosers[1]]);
        self.read.push(AnySlot::Byte(slot));
        Some(slot)
    }

    /// One byte where a truth fails, another where it holds.
    fn chosen_byte(&mut self, chooser: ByteSlot, [otherwise, value]: [u8; 2]) -> ByteSlot {
        let rows = self.builder.rows([(vec![Test::is_true(chooser)], value)]);
        let out = self.builder.byte();
        self.do_it(Op::Choose { rows, otherwise, out });
        out
    }

    /// One amount where a truth fails, another where it holds.
    fn chosen_amount(&mut self, slot: ByteSlot, [least, greatest]: [i64; 2]) -> AmountSlot {
        let table = [0; 2].map(|_| self.choices.between(least, greatest));
        let (table, out) = (self.builder.amount_table(table), self.builder.amount());
        self.do_it(Op::Lookup { slot, table, out });
        out
    }

    fn new_byte(&mut self) -> ByteSlot {
        let out = self.builder.byte();
        self.bytes.push(out);
        self.answer(AnySlot::Byte(out));
        out
    }

    fn new_truth(&mut self) -> ByteSlot {
        let out = self.builder.byte();
        self.truths.push(out);
        self.builder.answers.conclusions.push(out);
        out
    }

    fn new_date(&mut self) -> DateSlot {
        let out = self.builder.date();
        self.dates.push(out);
        self.answer(AnySlot::Date(out));
        out
    }

    fn new_amount(&mut self, far: i64) -> AmountSlot {
        let out = self.builder.amount();
        // What is far from 0 is calculated with no more, and so stays within 64 bits.
        if far < 1_000_000 {
            self.amounts.push((out, far));
        }
        self.answer(AnySlot::Amount(out));
        out
    }

    fn test(&mut self) -> Test {
        let (low, width) = (self.choices.of(&[0, 1, 2, 3]), self.choices.of(&[0, 1, 254]));
        Test { slot: self.byte(), low, width }
    }

    fn rows(&mut self) -> Run {
        let count = self.choices.below(3);
        let mut rows = Vec::new();
        for _ in 0..count {
            let tests = 1 + self.choices.below(2);
            let tests: Vec<Test> = (0..tests).map(|_| self.test()).collect();
            rows.push((tests, self.choices.of(&[0, 1, 2, 3])));
        }
        self.builder.rows(rows)
    }

    fn spare(&mut self, parties: u8) -> SparePennies {
        let (rounding, taker) = (self.rounding(), self.choices.below(parties.into()) as u8);
        self.choices.of(&[
            SparePennies::LargestFractions,
            SparePennies::InOrder,
            SparePennies::Difference { taker, rounding },
        ])
    }

    fn rounding(&mut self) -> Rounding {
        self.choices.of(&[
            Rounding::HalvesUp,
            Rounding::HalvesDown,
            Rounding::HalvesToEven,
            Rounding::Up,
            Rounding::Down,
        ])
    }

    /// So many parts of a split, and as many slots to work in.
    fn parts(&mut self, parties: u32) -> AmountSlot {
        let parts: Vec<AmountSlot> = (0..parties).map(|_| self.new_amount(10)).collect();
        (0..parties).for_each(|_| {
            self.builder.amount();
        });
        parts[0]
    }

    /// Gives answers of every kind, and refuses some cases.
    pub(super) fn answer_more(&mut self) {
        let truth = |maker: &mut Maker| {
            let place = maker.choices.below(maker.truths.len());
            maker.truths[place]
        };
        let answers = self.choices.below(4);
        for place in 0..answers {
            let (made, pence) = (truth(self), self.amount());
            let (clause, panel) = (ClauseId(place as u32), PanelId(0));
            let unit = UnitId(place as u32);
            self.builder.answers.clauses.push(made);
            self.builder.answers.referrals.push(Referral { clause, panel, made });
            self.builder.answers.totals.push(Total { party: PartyId(0), unit, pence });
            if self.choices.is(2) {
                let awaited = Awaited { clause, by: clause, panel, unit, pence, made };
                self.builder.answers.awaiting.push(awaited);
            }
            let (given, slot) = (truth(self), AnySlot::Byte(self.byte()));
            self.builder.answers.values.push(ValueSlot { slot, given });
        }
        for (fact, said) in self.left_out.clone() {
            // The first two truths are facts that are always stated.
            let applies = self.truths[self.choices.below(2)];
            self.builder.answers.facts.push((fact, applies));
            let refusal = Refusal::NotStated { fact };
            self.refuse(refusal, applies, Test { slot: said, low: 1, width: 1 });
            let out = self.builder.byte();
            let rows = self.builder.rows([(vec![Test::is_false(applies)], 1)]);
            self.do_it(Op::Condition { rows, out });
            let refusal = Refusal::DoesNotApply { fact };
            self.refuse(refusal, out, Test { slot: said, low: 0, width: 0 });
        }
        if self.choices.is(3) {
            self.builder.answers.cover = Some(truth(self));
        }
        let requirements = self.choices.below(3);
        for place in 0..requirements {
            let clause = ClauseId(place as u32);
            let refusal = self.choices.of(&[
                Refusal::Requirement { clause },
                Refusal::Requirement { clause },
                Refusal::NotStated { fact: FactId(place as u32) },
                Refusal::DaysBackwards { clause, from: DayOf::Unnamed, to: DayOf::Unnamed },
            ]);
            let (when, test) = (truth(self), self.test());
            self.refuse(refusal, when, test);
        }
    }

    /// Refuses a case where a test does not pass.
    fn refuse(&mut self, refusal: Refusal, when: ByteSlot, test: Test) {
        let require = Op::Require { when, test, refusal: self.builder.refusal(refusal) };
        self.operations.push(require);
        if matches!(refusal, Refusal::NotStated { .. } | Refusal::DoesNotApply { .. }) {
            self.evidence.push(refusal);
            self.lenient.push(require);
        }
    }
}
