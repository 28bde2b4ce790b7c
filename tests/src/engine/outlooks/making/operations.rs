//! Operations, of what can be read so far.

use apportion_core::divide::Divider;
use apportion_core::program::{
    AnySlot, ByteSlot, ClauseId, FactId, Members, Operation as Op, Refusal, Run, Term, Test,
};
use apportion_core::shift::MissingDay;
use apportion_core::working_days::{Holidays, WorkingDays};

use super::super::tried::Slack;
use super::{DAYS, Maker, day};

impl Maker {
    /// Adds an operation of some kind, and says how much wider than what occurs its range may be where
    /// what it reads is apart.
    #[expect(clippy::too_many_lines, reason = "one arm a kind")]
    pub(in crate::engine::outlooks) fn push(&mut self, kind: usize) -> Slack {
        let mut slack = Slack::None;
        let operation = match kind {
            0 => Op::Condition { rows: self.rows(), out: self.new_truth() },
            1 => Op::Count { rows: self.rows(), out: self.new_byte() },
            2 => {
                let otherwise = self.choices.of(&[0, 5]);
                Op::Choose { rows: self.rows(), otherwise, out: self.new_byte() }
            }
            3 => {
                let first = self.choices.of(&DAYS);
                let edges = ["2020-02-29", first, "2024-02-28", "2024-03-30"].map(day);
                let mut edges = edges.to_vec();
                edges.sort_unstable();
                let edges = self.builder.date_table(edges);
                Op::DateBand { date: self.date(), edges, out: self.new_byte() }
            }
            4 => {
                let first = self.choices.between(-3, 1);
                let edges = self.builder.amount_table([first, first + 1, 4]);
                Op::AmountBand { amount: self.amount(), edges, out: self.new_byte() }
            }
            5 => Op::CompareDates { a: self.date(), b: self.date(), out: self.new_byte() },
            6 => Op::CompareBytes { a: self.byte(), b: self.byte(), out: self.new_byte() },
            7 => {
                let times = [self.choices.between(1, 3), self.choices.between(1, 3)];
                let (a, b) = (self.amount(), self.amount());
                Op::CompareAmounts { a, b, times, is_wide: false, out: self.new_byte() }
            }
            8 => {
                // An age of someone who is born after the day is no age of a completion that can be.
                slack = Slack::Any;
                let refusal =
                    Refusal::BornAfter { clause: ClauseId(0), birth: FactId(0), on: FactId(0) };
                self.evidence.push(refusal);
                let refusal = self.builder.refusal(refusal);
                let (birth, on, when) = (self.date(), self.date(), self.truth());
                Op::Age { birth, on, out: self.new_byte(), when, refusal }
            }
            9 | 10 => {
                // Of words or of truths.
                let first = self.choices.of(&[0, 4]);
                let count = 2 + self.choices.below(3) as u8;
                let members = Members { first: ByteSlot(first), count };
                let family = (first..).take(count.into()).map(|it| AnySlot::Byte(ByteSlot(it)));
                self.read.extend(family);
                let out = if kind == 9 {
                    let low = self.choices.of(&[0, 1, 2]);
                    self.builder.family_count(members, low, 1)
                } else {
                    let points = [0, self.choices.below(3) as u8, 4];
                    self.builder.family_sum(members, points)
                };
                self.bytes.push(out);
                self.answer(AnySlot::Byte(out));
                return Slack::None;
            }
            11 | 12 => {
                let slots = [self.byte(), self.byte()];
                let slots = self.builder.byte_list(slots);
                match kind {
                    11 => Op::Highest { slots, out: self.new_byte() },
                    _ => Op::Lowest { slots, out: self.new_byte() },
                }
            }
            13 => {
                let options = [self.byte(), self.byte()];
                let options = self.builder.byte_list(options);
                Op::PickByte { choice: self.byte(), options, out: self.new_byte() }
            }
            14 => {
                let options = [self.amount(), self.amount()];
                let options = self.builder.amount_list(options);
                Op::PickAmount { choice: self.byte(), options, out: self.new_amount(1_000) }
            }
            15 => {
                // A choice that there always is, so that there always is a date.
                let test = Test::is_true(self.truth());
                let rows = self.builder.rows([(vec![test], 2)]);
                let choice = self.builder.byte();
                self.do_it(Op::Choose { rows, otherwise: 1, out: choice });
                let options = [self.date(), self.date()];
                let options = self.builder.date_list(options);
                Op::PickDate { choice, options, out: self.new_date() }
            }
            16 => {
                let days = self.choices.between(-3, 3) as i32;
                Op::PlusDays { date: self.date(), days, out: self.new_date() }
            }
            17 => {
                let (months, missing) = (
                    self.choices.between(-12, 12) as i32,
                    self.choices.of(&[MissingDay::Last, MissingDay::Next]),
                );
                Op::PlusMonths { date: self.date(), months, missing, out: self.new_date() }
            }
            18 => {
                let days = WorkingDays {
                    count: 1 + self.choices.below(4) as u16,
                    is_before: self.choices.is(2),
                    counts_day: self.choices.is(2),
                };
                let holidays = Holidays::new(["2024-03-29", "2024-04-01"].map(day));
                let holidays = self.builder.holidays(&holidays);
                Op::PlusWorkingDays { date: self.date(), days, holidays, out: self.new_date() }
            }
            19 => Op::LaterDate { a: self.date(), b: self.date(), out: self.new_date() },
            20 => Op::EarlierDate { a: self.date(), b: self.date(), out: self.new_date() },
            21 => {
                let more = self.choices.between(-1, 1) as i32;
                let (from, to) = (self.date(), self.date());
                Op::DaysBetween { from, to, more, out: self.new_amount(4_000) }
            }
            22 => {
                let table = [0; 3].map(|_| self.choices.between(-5, 9));
                let table = self.builder.amount_table(table);
                Op::Lookup { slot: self.byte(), table, out: self.new_amount(9) }
            }
            23 => {
                let constant = self.choices.between(-3, 3);
                let mut far = 3;
                let count = 1 + self.choices.below(3);
                let mut terms = Vec::new();
                for _ in 0..count {
                    let ((slot, its), factor) = (self.bounded(), self.choices.between(-2, 2));
                    far += 2 * its;
                    terms.push(Term { slot, factor });
                }
                let terms = self.builder.terms(terms);
                Op::Linear { terms, constant, out: self.new_amount(far) }
            }
            24 => {
                let ((a, one), (b, other)) = (self.bounded(), self.bounded());
                Op::Multiply { a, b, out: self.new_amount(one * other) }
            }
            25 => {
                let ((a, one), (b, other)) = (self.bounded(), self.bounded());
                Op::Greater { a, b, out: self.new_amount(one.max(other)) }
            }
            26 => {
                let ((a, one), (b, other)) = (self.bounded(), self.bounded());
                Op::Lesser { a, b, out: self.new_amount(one.max(other)) }
            }
            27 => {
                let ((amount, far), rounding) = (self.bounded(), self.rounding());
                let numerator = self.choices.between(1, 5);
                let (divisor, times) = (self.choices.between(1, 4), self.choices.between(1, 3));
                let divider = Divider::new(divisor, 5 * far as u128).unwrap();
                let out = self.new_amount(15 * far);
                Op::Round { amount, numerator, divider, times, rounding, out }
            }
            28 => {
                let ((a, one), (b, other)) = (self.bounded(), self.bounded());
                let rounding = self.rounding();
                let by = if self.choices.is(4) {
                    // Between divisors of either sign the quotient is anything.
                    slack = Slack::Any;
                    self.amount()
                } else {
                    self.divisor()
                };
                let (numerator, divisor) = (self.choices.between(1, 5), self.choices.between(1, 3));
                let times = self.choices.between(1, 2);
                let out = self.new_amount(10 * one * other);
                Op::Divide { a, b, numerator, by, divisor, times, rounding, out }
            }
            29 => {
                let (amount, choice) = (self.amount(), self.byte());
                let (spare, whole) = (self.spare(3), 12);
                slack = Slack::of(spare, 3);
                let shares = self.builder.amount_table([12, 0, 0, 5, 4, 3, 0, 7, 5]);
                let divider = Divider::new(whole, 12_000_000).unwrap();
                let out = self.parts(3);
                Op::SplitByTable { amount, choice, shares, whole, divider, spare, out, parties: 3 }
            }
            30 => {
                let ((payer, far), (other, its)) = (self.bounded(), self.bounded());
                let most = self.amount();
                let when = self.choices.is(2).then(|| self.truth());
                let out = self.new_amount(2 * far + 6);
                self.new_amount(far.max(6));
                self.new_amount(its + 2 * far + 6);
                Op::Limit { payer, other, most, when, out, moved: self.new_truth() }
            }
            31 => {
                let (amount, spare) = (self.amount(), self.spare(2));
                slack = Slack::of(spare, 2);
                let shares = self.shares();
                let (whole, out) = (12, self.parts(2));
                let divider = Divider::new(whole, 12_000_000).unwrap();
                Op::Split { amount, shares, whole, divider, spare, out }
            }
            32 => {
                let refusal = self.builder.refusal(Refusal::Requirement { clause: ClauseId(0) });
                let (when, test) = (self.truth(), self.test());
                self.answer(AnySlot::Byte(test.slot));
                self.operations.push(Op::Require { when, test, refusal });
                // When it is asked and whether it holds are looked at apart.
                return Slack::Any;
            }
            _ => {
                let (amount, spare) = (self.amount(), self.spare(2));
                slack = Slack::of(spare, 2);
                let weights = [self.weight(), self.weight()];
                let weights = self.builder.amount_list(weights);
                let out = self.parts(2);
                Op::SplitInProportion { amount, weights, spare, out }
            }
        };
        self.do_it(operation);
        slack
    }

    /// Shares of 12 that two parties have, or none.
    fn shares(&mut self) -> Run {
        let truth = self.truth();
        let mut share = |shares: [i64; 2]| {
            let (table, out) = (self.builder.amount_table(shares), self.builder.amount());
            self.do_it(Op::Lookup { slot: truth, table, out });
            out
        };
        let shares = [share([12, 5]), share([0, 7])];
        self.builder.amount_list(shares)
    }
}
