//! Expressions: sums of terms, products, roundings, bands, ages, families.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use apportion_core::divide::Divider;
use apportion_core::program::{
    AmountSlot, ByteSlot, FactId, Operation, Refusal, Term, Test, ValueId,
};
use apportion_core::rounding::Rounding;

use super::Compiler;
use super::day::AGES;
use super::operand::Operand;
use super::prove::Banded;
use crate::checked::{Constant, Expression, ExpressionKind, Family, FamilyId, Type};
use crate::number::{common_multiple, reduced};

/// A sum of terms and a constant over a denominator.
struct Sum {
    terms: BTreeMap<AmountSlot, i64>,
    constant: i64,
    denominator: i64,
}

impl Sum {
    /// The same sum over a multiple of its denominator.
    fn over(mut self, denominator: i64) -> Sum {
        let factor = denominator / self.denominator.max(1);
        self.denominator = denominator;
        self.times(factor)
    }

    fn times(mut self, factor: i64) -> Sum {
        self.terms.values_mut().for_each(|term| *term = term.wrapping_mul(factor));
        self.constant = self.constant.wrapping_mul(factor);
        self
    }

    fn plus(self, other: Sum, sign: i64) -> Sum {
        let denominator = common_multiple(self.denominator, other.denominator).unwrap_or(1);
        let (mut sum, other) = (self.over(denominator), other.over(denominator).times(sign));
        for (slot, factor) in other.terms {
            let term = sum.terms.entry(slot).or_insert(0);
            *term = term.wrapping_add(factor);
        }
        sum.constant = sum.constant.wrapping_add(other.constant);
        sum
    }
}

/// A quotient taken apart: `numerator / denominator` times factors, over divisors.
struct Quotient {
    factors: Vec<AmountSlot>,
    divisors: Vec<AmountSlot>,
    numerator: i128,
    denominator: i128,
}

impl Compiler<'_> {
    /// An expression as an operand.
    pub(super) fn expression(&mut self, expression: &Expression) -> Operand {
        match &expression.kind {
            ExpressionKind::Constant(value) => {
                Operand::Constant { value: *value, denominator: denominator_of(&expression.of) }
            }
            ExpressionKind::Fact(fact) => self.fact(*fact, denominator_of(&expression.of)),
            ExpressionKind::Conclusion(id) => {
                let slot = self.conclusions.get(id.index()).copied();
                Operand::Word(slot.unwrap_or(self.definitions.no()))
            }
            ExpressionKind::Value(id) => self.value(*id),
            ExpressionKind::Member => match self.member {
                Some(member) => self.fact(member, denominator_of(&expression.of)),
                None => self.nothing(),
            },
            ExpressionKind::MemberName => self.member_name(&expression.of),
            ExpressionKind::Add(..)
            | ExpressionKind::Subtract(..)
            | ExpressionKind::Multiply(..)
            | ExpressionKind::Divide(..) => {
                let sum = self.sum(expression);
                self.sum_operand(sum)
            }
            ExpressionKind::Greater(a, b) => match self.extreme_of_ranks(expression, true) {
                Some(ranks) => ranks,
                None => self.extreme(a, b, true),
            },
            ExpressionKind::Lesser(a, b) => match self.extreme_of_ranks(expression, false) {
                Some(ranks) => ranks,
                None => self.extreme(a, b, false),
            },
            ExpressionKind::Age { birth, on } => self.age(*birth, *on),
            ExpressionKind::Distance { from, distance } => {
                self.distance(expression, from, distance)
            }
            ExpressionKind::Between { from, to, elapsed } => self.between(from, to, *elapsed),
            ExpressionKind::Rate { rate, on } => {
                self.rate(*rate, on).unwrap_or_else(|| self.nothing())
            }
            ExpressionKind::Sum { of, family } => self.family_sum(*of, *family, &expression.of),
            ExpressionKind::Highest { of, family } => self.family_extreme(*of, *family, true),
            ExpressionKind::Lowest { of, family } => self.family_extreme(*of, *family, false),
            ExpressionKind::Items(over) => self.over_items(over, &expression.of),
            ExpressionKind::Round { value, step, rounding } => self.round(value, *step, *rounding),
            ExpressionKind::Broken => self.nothing(),
        }
    }

    fn nothing(&self) -> Operand {
        Operand::Constant { value: Constant::Number(0), denominator: 1 }
    }

    fn fact(&self, fact: FactId, denominator: i64) -> Operand {
        let byte = self.program.fact_byte(fact).map(Operand::Word);
        let date = || self.program.fact_date(fact).map(Operand::Date);
        let amount = || {
            let slot = self.carried_share(fact).or(self.program.fact_amount(fact));
            slot.map(|slot| Operand::Amount { slot, denominator })
        };
        byte.or_else(date).or_else(amount).unwrap_or_else(|| self.nothing())
    }

    fn value(&mut self, id: ValueId) -> Operand {
        let each = self.policy.values.get(id.index()).and_then(|value| value.each);
        if let (Some(_), Some(member)) = (each, self.member) {
            return self.member_operand(Some(id), member);
        }
        let operand = self.values.get(id.index()).cloned().flatten();
        operand.unwrap_or_else(|| self.nothing())
    }

    /// The member at hand, as a word of the names of its family or group.
    fn member_name(&self, of: &Type) -> Operand {
        let names =
            |family: &&Family| matches!(of, Type::Words { list, .. } if *list == family.names);
        let family = self.policy.families.iter().find(names);
        let place = family.and_then(|family| {
            family.members.iter().position(|member| Some(*member) == self.member)
        });
        let word = place.and_then(|place| u8::try_from(place).ok()).unwrap_or(0);
        Operand::Constant { value: Constant::Word(word), denominator: 1 }
    }

    /// An expression as an amount over a denominator that its own divides.
    pub(super) fn amount_over(&mut self, expression: &Expression, denominator: i64) -> AmountSlot {
        let sum = self.sum(expression).over(denominator);
        match self.sum_operand(sum) {
            Operand::Amount { slot, .. } => slot,
            constant => self.as_amount(&constant).0,
        }
    }

    fn sum(&mut self, expression: &Expression) -> Sum {
        match &expression.kind {
            ExpressionKind::Add(a, b) => {
                let b = self.sum(b);
                self.sum(a).plus(b, 1)
            }
            ExpressionKind::Subtract(a, b) => {
                let b = self.sum(b);
                self.sum(a).plus(b, -1)
            }
            ExpressionKind::Multiply(a, b) => {
                let (a, b) = (self.sum(a), self.sum(b));
                self.product(a, b)
            }
            _ => {
                let operand = self.expression(expression);
                self.operand_sum(&operand)
            }
        }
    }

    fn operand_sum(&mut self, operand: &Operand) -> Sum {
        if let Operand::Constant { value: Constant::Number(constant), denominator } = operand {
            let terms = BTreeMap::new();
            return Sum { terms, constant: *constant, denominator: *denominator };
        }
        let (slot, denominator) = self.as_amount(operand);
        Sum { terms: BTreeMap::from([(slot, 1)]), constant: 0, denominator }
    }

    fn product(&mut self, a: Sum, b: Sum) -> Sum {
        if a.terms.is_empty() || b.terms.is_empty() {
            let (constant, mut sum) = if a.terms.is_empty() { (a, b) } else { (b, a) };
            sum = sum.times(constant.constant);
            sum.denominator = sum.denominator.wrapping_mul(constant.denominator);
            return sum;
        }
        let denominator = a.denominator.wrapping_mul(b.denominator);
        let (a, b) = (self.sum_operand(a), self.sum_operand(b));
        let ((a, _), (b, _)) = (self.as_amount(&a), self.as_amount(&b));
        let out = self.multiply(a, b);
        Sum { terms: BTreeMap::from([(out, 1)]), constant: 0, denominator }
    }

    fn multiply(&mut self, a: AmountSlot, b: AmountSlot) -> AmountSlot {
        let out = self.program.amount();
        self.program.push(Operation::Multiply { a, b, out });
        out
    }

    /// A sum as an operand: itself where it is one slot or a constant, else one operation.
    fn sum_operand(&mut self, sum: Sum) -> Operand {
        let Sum { terms, constant, denominator } = sum;
        let terms: Vec<Term> = terms
            .into_iter()
            .filter(|(_, factor)| *factor != 0)
            .map(|(slot, factor)| Term { slot, factor })
            .collect();
        match terms.as_slice() {
            [] => Operand::Constant { value: Constant::Number(constant), denominator },
            [Term { slot, factor: 1 }] if constant == 0 => {
                Operand::Amount { slot: *slot, denominator }
            }
            _ => Operand::Amount { slot: self.linear(terms, constant), denominator },
        }
    }

    /// The sum of terms and a constant, in a slot of its own.
    pub(super) fn linear(&mut self, terms: Vec<Term>, constant: i64) -> AmountSlot {
        let terms = self.program.terms(terms);
        let out = self.program.amount();
        self.program.push(Operation::Linear { terms, constant, out });
        out
    }

    /// The greater or lesser of two words, dates or amounts.
    fn extreme(&mut self, a: &Expression, b: &Expression, is_greatest: bool) -> Operand {
        let (left, right) = (self.expression(a), self.expression(b));
        if let Type::Date { .. } = a.of {
            return self.extreme_day([&left, &right], is_greatest);
        }
        if !matches!(a.of, Type::Number(_)) {
            let slots = [self.as_word(&left), self.as_word(&right)];
            return Operand::Word(self.highest(&slots, is_greatest));
        }
        let denominator = common_multiple(denominator_of(&a.of), denominator_of(&b.of));
        let denominator = denominator.unwrap_or(1);
        let (a, b) = (self.amount_over(a, denominator), self.amount_over(b, denominator));
        let out = self.program.amount();
        self.program.push(if is_greatest {
            Operation::Greater { a, b, out }
        } else {
            Operation::Lesser { a, b, out }
        });
        Operand::Amount { slot: out, denominator }
    }

    /// The highest or lowest rank of values that share their ranks, all in one operation.
    fn extreme_of_ranks(&mut self, expression: &Expression, is_greatest: bool) -> Option<Operand> {
        let class = self.class_within(expression)?;
        let mut slots = Vec::new();
        self.ranks_within(expression, is_greatest, class, &mut slots)?;
        let slot = self.highest(&slots, is_greatest);
        Some(self.ranked_operand(slot, class, denominator_of(&expression.of)))
    }

    /// The class of the first value in an extreme.
    fn class_within(&self, expression: &Expression) -> Option<usize> {
        match &expression.kind {
            ExpressionKind::Value(id) => self.ranks.of(*id),
            ExpressionKind::Greater(a, b) | ExpressionKind::Lesser(a, b) => {
                self.class_within(a).or_else(|| self.class_within(b))
            }
            _ => None,
        }
    }

    fn ranks_within(
        &mut self,
        expression: &Expression,
        is_greatest: bool,
        class: usize,
        slots: &mut Vec<ByteSlot>,
    ) -> Option<()> {
        let nested = match &expression.kind {
            ExpressionKind::Greater(a, b) if is_greatest => Some((a, b)),
            ExpressionKind::Lesser(a, b) if !is_greatest => Some((a, b)),
            _ => None,
        };
        if let Some((a, b)) = nested {
            self.ranks_within(a, is_greatest, class, slots)?;
            return self.ranks_within(b, is_greatest, class, slots);
        }
        match self.expression(expression) {
            Operand::Code { slot, class: Some(own), .. } if own == class => slots.push(slot),
            Operand::Constant { value: Constant::Number(value), denominator } => {
                let rank = self.ranks.rank(class, value, denominator)?;
                slots.push(self.program.constant_byte(rank));
            }
            _ => return None,
        }
        Some(())
    }

    fn highest(&mut self, slots: &[ByteSlot], is_greatest: bool) -> ByteSlot {
        let slots = self.program.byte_list(slots.iter().copied());
        let out = self.program.byte();
        self.program.push(if is_greatest {
            Operation::Highest { slots, out }
        } else {
            Operation::Lowest { slots, out }
        });
        out
    }

    /// How many of the edges are at or below an operand: one band, asked for again the same.
    pub(super) fn band(&mut self, operand: &Operand, edges: &[i64]) -> ByteSlot {
        let banded = match operand {
            Operand::Date(date) => Banded::Date(*date),
            operand => Banded::Amount(self.as_amount(operand).0),
        };
        let band = (banded, edges.to_vec());
        if let Some(slot) = self.definitions.same_band(&band) {
            return slot;
        }
        let out = match banded {
            Banded::Date(date) => {
                let days = edges.iter().filter_map(|edge| i32::try_from(*edge).ok());
                let dates: Vec<_> = days.filter_map(edge_date).collect();
                let edges = self.program.date_table(dates);
                let out = self.program.byte();
                self.program.push(Operation::DateBand { date, edges, out });
                out
            }
            Banded::Amount(amount) => {
                let edges = self.program.amount_table(edges.iter().copied());
                let out = self.program.byte();
                self.program.push(Operation::AmountBand { amount, edges, out });
                out
            }
        };
        self.definitions.band(band, out);
        out
    }

    fn age(&mut self, birth: FactId, on: FactId) -> Operand {
        let numbers: Vec<i64> = AGES.collect();
        if let Some(slot) = self.definitions.same_age(birth, on) {
            return Operand::Code { slot, numbers, denominator: 1, class: None };
        }
        let (Some(from), Some(to)) = (self.program.fact_date(birth), self.program.fact_date(on))
        else {
            return self.nothing();
        };
        let clause = self.clause;
        let refusal = self.program.refusal(Refusal::BornAfter { clause, birth, on });
        let there = Test::is_true(self.covered_and_there([birth, on]));
        let both = [self.fact_applies(birth), self.fact_applies(on), Vec::from([there])];
        let when = self.truth(&both.concat());
        let out = self.program.byte();
        let operation = Operation::Age { birth: from, on: to, out, when, refusal };
        self.program.push(operation);
        self.definitions.age(birth, on, out);
        Operand::Code { slot: out, numbers, denominator: 1, class: None }
    }

    /// The truth that the policy covers the case and, where one of the facts is an item's, that
    /// the item is there.
    fn covered_and_there(&mut self, facts: [FactId; 2]) -> ByteSlot {
        let list = |fact: FactId| self.policy.facts.get(fact.index()).and_then(|fact| fact.list);
        let lists = facts.into_iter().filter_map(list);
        let live = lists.map(|list| Test::is_true(self.live(list)));
        let tests: Vec<Test> = [Test::is_true(self.covered())].into_iter().chain(live).collect();
        self.truth(&tests)
    }

    fn family_members(&self, family: FamilyId) -> Vec<FactId> {
        let family = self.policy.families.get(family.0 as usize);
        family.map(|family| family.members.clone()).unwrap_or_default()
    }

    /// The sum over a family: one pass over levels where each level has its points.
    fn family_sum(&mut self, of: Option<ValueId>, family: FamilyId, sum_type: &Type) -> Operand {
        let members = self.family_members(family);
        let Type::Number(number) = sum_type else { return self.nothing() };
        let fits_byte = number.least >= 0 && number.greatest <= 255 && number.denominator == 1;
        let points = of.filter(|_| fits_byte).and_then(|value| self.points_by_level(value));
        let by_level = points.and_then(|points| Some((points, self.members_of(family)?)));
        if let Some((points, members)) = by_level {
            let out = self.program.family_sum(members, points);
            let numbers: Vec<i64> = (0..=number.greatest).collect();
            self.definitions.domain(out, u16::try_from(numbers.len()).unwrap_or(256));
            return Operand::Code { slot: out, numbers, denominator: 1, class: None };
        }
        let mut sum = Sum { terms: BTreeMap::new(), constant: 0, denominator: 1 };
        for member in members {
            let operand = self.member_operand(of, member);
            let term = self.operand_sum(&operand);
            sum = sum.plus(term, 1);
        }
        let denominator = number.denominator;
        let sum = sum.over(denominator);
        self.sum_operand(sum)
    }

    /// What a member, or the value given for it, is.
    fn member_operand(&mut self, of: Option<ValueId>, member: FactId) -> Operand {
        match of {
            Some(value) => {
                self.member_value(value, member);
                let operand = self.member_values.get(&(value, member)).cloned();
                operand.unwrap_or_else(|| self.nothing())
            }
            None => {
                let kind = self.policy.facts.get(member.index()).map(|fact| &fact.kind);
                self.fact(member, kind.map_or(1, denominator_of))
            }
        }
    }

    fn family_extreme(
        &mut self,
        of: Option<ValueId>,
        family: FamilyId,
        is_greatest: bool,
    ) -> Operand {
        let members = self.family_members(family);
        let operands: Vec<Operand> =
            members.iter().map(|member| self.member_operand(of, *member)).collect();
        let words: Vec<ByteSlot> = operands
            .iter()
            .filter_map(|operand| match operand {
                Operand::Word(slot) => Some(*slot),
                _ => None,
            })
            .collect();
        if words.len() == operands.len() {
            return Operand::Word(self.highest(&words, is_greatest));
        }
        let common = |over: i64, operand: &Operand| {
            common_multiple(over, denominator(operand)).unwrap_or(over)
        };
        let over = operands.iter().fold(1, common);
        let mut best: Option<AmountSlot> = None;
        for operand in operands {
            let sum = self.operand_sum(&operand).over(over);
            let operand = self.sum_operand(sum);
            let (slot, _) = self.as_amount(&operand);
            best = Some(match best {
                None => slot,
                Some(so_far) => {
                    let out = self.program.amount();
                    let (a, b) = (so_far, slot);
                    self.program.push(if is_greatest {
                        Operation::Greater { a, b, out }
                    } else {
                        Operation::Lesser { a, b, out }
                    });
                    out
                }
            });
        }
        best.map_or(self.nothing(), |slot| Operand::Amount { slot, denominator: over })
    }

    /// Rounds to a whole number of steps.
    fn round(&mut self, value: &Expression, step: (i64, i64), rounding: Rounding) -> Operand {
        let (times, parts) = step;
        if has_quotient(value) {
            return self.round_quotient(value, step, rounding);
        }
        let sum = self.sum(value);
        let over = i128::from(sum.denominator) * i128::from(times);
        let greatest = match &value.of {
            Type::Number(number) => {
                let factor = sum.denominator / number.denominator.max(1);
                let bound = number.least.unsigned_abs().max(number.greatest.unsigned_abs());
                u128::from(bound) * u128::from(factor.unsigned_abs())
            }
            _ => u128::MAX,
        };
        if let Operand::Constant { value: Constant::Number(constant), .. } = self.constant_of(&sum)
        {
            let dividend = i128::from(constant) * i128::from(parts);
            let rounded = rounding.divide(dividend, over) * i128::from(times);
            let value = Constant::Number(i64::try_from(rounded).unwrap_or(0));
            return Operand::Constant { value, denominator: parts };
        }
        let over = i64::try_from(over).unwrap_or(i64::MAX);
        let (numerator, divisor) = reduced(parts, over);
        let greatest = greatest.saturating_mul(u128::from(numerator.unsigned_abs()));
        let operand = self.sum_operand(sum);
        let (amount, _) = self.as_amount(&operand);
        if divisor == 1 && numerator == 1 && times == 1 {
            return Operand::Amount { slot: amount, denominator: parts };
        }
        let Some(divider) = Divider::new(divisor, greatest) else { return self.nothing() };
        let out = self.program.amount();
        self.program.push(Operation::Round { amount, numerator, divider, times, rounding, out });
        Operand::Amount { slot: out, denominator: parts }
    }

    fn constant_of(&self, sum: &Sum) -> Operand {
        if sum.terms.values().all(|factor| *factor == 0) {
            let value = Constant::Number(sum.constant);
            return Operand::Constant { value, denominator: sum.denominator };
        }
        Operand::Word(self.definitions.no())
    }

    fn round_quotient(
        &mut self,
        value: &Expression,
        (times, parts): (i64, i64),
        rounding: Rounding,
    ) -> Operand {
        let mut quotient =
            Quotient { factors: Vec::new(), divisors: Vec::new(), numerator: 1, denominator: 1 };
        self.take_apart(value, false, &mut quotient);
        let one = self.program.constant_amount(1);
        let mut factors = quotient.factors;
        let b = factors.pop().unwrap_or(one);
        let a = factors.into_iter().reduce(|a, b| self.multiply(a, b)).unwrap_or(one);
        let by = quotient.divisors.into_iter().next().unwrap_or(one);
        let numerator = quotient.numerator * i128::from(parts);
        let denominator = quotient.denominator * i128::from(times);
        let (numerator, divisor) = reduced_to_64_bits(numerator, denominator);
        let out = self.program.amount();
        let operation = Operation::Divide { a, b, numerator, by, divisor, times, rounding, out };
        self.program.push(operation);
        Operand::Amount { slot: out, denominator: parts }
    }

    fn take_apart(&mut self, value: &Expression, is_divisor: bool, quotient: &mut Quotient) {
        match &value.kind {
            ExpressionKind::Multiply(a, b) if !is_divisor => {
                self.take_apart(a, false, quotient);
                self.take_apart(b, false, quotient);
            }
            ExpressionKind::Divide(a, b) if !is_divisor => {
                self.take_apart(a, false, quotient);
                self.take_apart(b, true, quotient);
            }
            _ => {
                let sum = self.sum(value);
                let over = i128::from(sum.denominator);
                let constant = i128::from(sum.constant);
                let is_constant = sum.terms.is_empty();
                if is_divisor {
                    quotient.numerator *= over;
                } else {
                    quotient.denominator *= over;
                }
                if is_constant && constant > 0 && !is_divisor {
                    quotient.numerator *= constant;
                    return;
                }
                let operand = self.sum_operand(sum);
                let slot = self.as_amount(&operand).0;
                if is_divisor {
                    quotient.divisors.push(slot);
                } else {
                    quotient.factors.push(slot);
                }
            }
        }
    }
}

/// A packed day as a date; the day after the last of a month has no date of its own, so it
/// is the first of the next.
fn edge_date(packed: i32) -> Option<apportion_core::date::Date> {
    use apportion_core::date::Date;
    Date::from_packed(packed).or_else(|| {
        let before = Date::from_packed(packed - 1)?;
        Date::from_day_number(before.day_number() + 1)
    })
}

/// The denominator of a type.
pub(super) fn denominator_of(kind: &Type) -> i64 {
    match kind {
        Type::Number(number) => number.denominator,
        _ => 1,
    }
}

/// The denominator of an operand.
fn denominator(operand: &Operand) -> i64 {
    match operand {
        Operand::Code { denominator, .. }
        | Operand::Amount { denominator, .. }
        | Operand::Constant { denominator, .. } => *denominator,
        Operand::Word(_) | Operand::Date(_) => 1,
    }
}

fn has_quotient(value: &Expression) -> bool {
    match &value.kind {
        ExpressionKind::Divide(..) => true,
        ExpressionKind::Multiply(a, b) => has_quotient(a) || has_quotient(b),
        _ => false,
    }
}

/// A fraction in lowest terms; the checker has seen that both sides fit.
fn reduced_to_64_bits(numerator: i128, denominator: i128) -> (i64, i64) {
    let side = |side: i128| i64::try_from(side).unwrap_or(i64::MAX);
    reduced(side(numerator), side(denominator))
}
