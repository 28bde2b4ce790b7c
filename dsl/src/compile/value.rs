//! Values: one clause gives them, or several, of which one applies.

use alloc::vec::Vec;

use apportion_core::date::Date;
use apportion_core::program::{ByteSlot, DateSlot, FactId, Operation, Refusal, Test, ValueId};

use super::expression::denominator_of;
use super::operand::Operand;
use super::{Compiler, MOST_IN_PAIRS};
use crate::checked::{Body, Constant, Expression, ExpressionKind, ProvisionId, Type};

/// One way in which a value is given: where, and what it is then.
struct Alternative {
    applying: Vec<Test>,
    operand: Operand,
}

impl Compiler<'_> {
    /// Puts together all provisions that give a value.
    pub(super) fn combine_value(&mut self, id: ValueId) {
        let policy = self.policy;
        let Some(value) = policy.values.get(id.index()) else { return };
        match value.each {
            None => {
                let (operand, given) = self.value_operand(id);
                if let Some(place) = self.values.get_mut(id.index()) {
                    *place = operand;
                }
                if let Some(place) = self.given.get_mut(id.index()) {
                    *place = given;
                }
            }
            // Where each level has its points, a sum takes them in one pass.
            Some(_) if self.points_by_level(id).is_some() => {}
            Some(family) => {
                let family = policy.families.get(family.0 as usize);
                for member in family.into_iter().flat_map(|family| &family.members) {
                    self.member_value(id, *member);
                }
            }
        }
    }

    /// Works out what a value is for a member, once; then goes on with the clause that asks.
    pub(super) fn member_value(&mut self, id: ValueId, member: FactId) {
        if self.member_values.contains_key(&(id, member)) {
            return;
        }
        let asking = (self.clause, self.list, self.member);
        self.member = Some(member);
        let (operand, given) = self.value_operand(id);
        if let Some(operand) = operand {
            self.member_values.insert((id, member), operand);
        }
        // Conditions of clauses are the same for every member.
        if let Some(place) = self.given.get_mut(id.index()) {
            *place = given;
        }
        (self.clause, self.list, self.member) = asking;
    }

    /// What a value is, and where some clause gives it.
    fn value_operand(&mut self, id: ValueId) -> (Option<Operand>, ByteSlot) {
        let policy = self.policy;
        let Some(value) = policy.values.get(id.index()) else {
            return (None, self.definitions.no());
        };
        let mut alternatives = Vec::new();
        for provision in &value.provisions {
            if let Some(operand) = self.alternative(id, *provision) {
                alternatives.push(Alternative { applying: self.applying(*provision), operand });
            }
        }
        let rows: Vec<Vec<Test>> = alternatives.iter().map(|it| it.applying.clone()).collect();
        let is_always = self.definitions.always(&rows, |count| count > 0);
        let given = if is_always { self.always() } else { self.any(rows) };
        if let [only] = alternatives.as_slice() {
            return (Some(only.operand.clone()), given);
        }
        if alternatives.len() <= MOST_IN_PAIRS {
            self.clashes(id, &alternatives);
            return (self.pick(id, &value.kind, &alternatives), given);
        }
        let picked = self.pick(id, &value.kind, &alternatives);
        if let Some(picked) = &picked {
            self.clashes_with(id, picked, &alternatives);
        }
        (picked, given)
    }

    /// What one provision makes of a value.
    fn alternative(&mut self, id: ValueId, provision: ProvisionId) -> Option<Operand> {
        let policy = self.policy;
        let provision_of = policy.provisions.get(provision.0 as usize)?;
        self.at(provision_of);
        match &provision_of.body {
            Body::Define { expression, .. } => {
                let operand = self.expression(expression);
                Some(self.ranked(id, operand))
            }
            Body::Slices(slices) => Some(self.expression(&slices.expression)),
            Body::Rates { rates, .. } => {
                let dated_by = policy.dated_by.and_then(|fact| self.program.fact_date(fact))?;
                self.rate_on(id, rates, &Operand::Date(dated_by))
            }
            Body::Table(table) => {
                let column = table.values.iter().position(|value| *value == id)?;
                Some(self.table_column(id, provision, table, column))
            }
            _ => None,
        }
    }

    /// A rate as it is on a day.
    fn rate_on(&mut self, id: ValueId, rates: &[(Date, i64)], on: &Operand) -> Option<Operand> {
        let later = rates.iter().skip(1).map(|(from, _)| i64::from(from.packed()));
        let later: Vec<i64> = later.collect();
        let numbers: Vec<i64> = rates.iter().map(|(_, number)| *number).collect();
        let denominator = denominator_of(&self.policy.values.get(id.index())?.kind);
        if later.is_empty() {
            let value = Constant::Number(numbers.first().copied()?);
            return Some(Operand::Constant { value, denominator });
        }
        let on = Operand::Date(self.as_date(on));
        let slot = self.band(&on, &later);
        self.definitions.domain(slot, u16::try_from(numbers.len()).unwrap_or(256));
        Some(Operand::Code { slot, numbers, denominator, class: None })
    }

    /// A rate that a sentence asks for on a day of its own; one clause gives it.
    pub(super) fn rate(&mut self, id: ValueId, on: &Expression) -> Option<Operand> {
        let policy = self.policy;
        let provision = policy.values.get(id.index())?.provisions.first()?;
        let Body::Rates { rates, .. } = &policy.provisions.get(provision.0 as usize)?.body else {
            return None;
        };
        let on = self.expression(on);
        self.rate_on(id, rates, &on)
    }

    /// Refuses a case in which two clauses give one value and disagree.
    fn clashes(&mut self, id: ValueId, alternatives: &[Alternative]) {
        let mut rows = Vec::new();
        for (index, a) in alternatives.iter().enumerate() {
            for b in alternatives.iter().skip(index + 1) {
                let both = [&a.applying[..], &b.applying[..]].concat();
                if a.operand != b.operand && !self.definitions.is_impossible(&both) {
                    let mut row = both;
                    row.extend(self.differ(&a.operand, &b.operand));
                    rows.push(row);
                }
            }
        }
        self.never(rows, &[], Refusal::SeveralValues { value: id });
    }

    /// The same for many: where two disagree, one of them disagrees with what is picked.
    fn clashes_with(&mut self, id: ValueId, picked: &Operand, alternatives: &[Alternative]) {
        let rows: Vec<Vec<Test>> = alternatives.iter().map(|it| it.applying.clone()).collect();
        if self.definitions.always(&rows, |count| count <= 1) {
            return;
        }
        let picked = match picked {
            Operand::Code { .. } => {
                let (slot, denominator) = self.as_amount(picked);
                Operand::Amount { slot, denominator }
            }
            other => other.clone(),
        };
        let mut rows = Vec::with_capacity(alternatives.len());
        for it in alternatives {
            let mut row = it.applying.clone();
            row.extend(self.differ(&it.operand, &picked));
            rows.push(row);
        }
        self.never(rows, &[], Refusal::SeveralValues { value: id });
    }

    /// The test that two operands of one type differ.
    pub(super) fn differ(&mut self, a: &Operand, b: &Operand) -> Option<Test> {
        let slot = match (a, b) {
            (a, b) if a.is_date() || b.is_date() => {
                let (a, b) = (self.as_date(a), self.as_date(b));
                let out = self.program.byte();
                self.program.push(Operation::CompareDates { a, b, out });
                out
            }
            (Operand::Word(_), _) | (_, Operand::Word(_)) => {
                let (a, b) = (self.as_word(a), self.as_word(b));
                let out = self.program.byte();
                self.program.push(Operation::CompareBytes { a, b, out });
                out
            }
            // Of what the two can be nothing is known here.
            (a, b) => self.order_of_numbers([a, b], [&Type::Broken; 2]),
        };
        self.definitions.domain(slot, 3);
        Some(Test { slot, low: 2, width: 254 })
    }

    /// The tests that pass where two expressions differ; `None` where they never do.
    pub(super) fn differing(&mut self, a: &Expression, b: &Expression) -> Option<Vec<Test>> {
        if is_same_answer(a, b) {
            return None;
        }
        match (self.expression(a), self.expression(b)) {
            (Operand::Constant { .. }, Operand::Constant { .. }) => Some(Vec::new()),
            (a, b) => Some(self.differ(&a, &b).into_iter().collect()),
        }
    }

    /// The first alternative that applies.
    fn pick(&mut self, id: ValueId, kind: &Type, alternatives: &[Alternative]) -> Option<Operand> {
        let constants: Option<Vec<u8>> =
            alternatives.iter().map(|it| self.constant_code(id, &it.operand)).collect();
        let rows = |values: &[u8]| {
            let rows = alternatives.iter().zip(values);
            let rows = rows.map(|(it, value)| (it.applying.clone(), *value));
            rows.collect::<Vec<_>>()
        };
        if let Some(codes) = constants {
            let slot = self.choose(rows(&codes), 0);
            return Some(self.coded(id, kind, slot));
        }
        let places: Vec<u8> = (1..=u8::MAX).take(alternatives.len()).collect();
        let choice = self.choose(rows(&places), 0);
        match kind {
            Type::Number(_) | Type::Listed { .. } => {
                let denominator = denominator_of(kind);
                let mut options = Vec::new();
                for it in alternatives {
                    let (slot, over) = self.as_amount(&it.operand);
                    options.push(self.scaled(slot, over, denominator));
                }
                let options = self.program.amount_list(options);
                let out = self.program.amount();
                self.program.push(Operation::PickAmount { choice, options, out });
                Some(Operand::Amount { slot: out, denominator })
            }
            Type::YesNo | Type::Words { .. } => {
                let options: Vec<ByteSlot> =
                    alternatives.iter().map(|it| self.as_word(&it.operand)).collect();
                let options = self.program.byte_list(options);
                let out = self.program.byte();
                self.program.push(Operation::PickByte { choice, options, out });
                Some(Operand::Word(out))
            }
            Type::Date { .. } => {
                let options: Vec<DateSlot> =
                    alternatives.iter().map(|it| self.as_date(&it.operand)).collect();
                Some(self.picked_day(choice, options))
            }
            Type::Broken => None,
        }
    }

    /// What the byte that constants chose stands for.
    pub(super) fn coded(&mut self, id: ValueId, kind: &Type, slot: ByteSlot) -> Operand {
        match (kind, self.ranks.of(id)) {
            (Type::Number(number), Some(class)) => {
                self.ranked_operand(slot, class, number.denominator)
            }
            _ => Operand::Word(slot),
        }
    }

    /// A slot over one denominator as a slot over a multiple of it.
    pub(super) fn scaled(
        &mut self,
        slot: apportion_core::program::AmountSlot,
        over: i64,
        denominator: i64,
    ) -> apportion_core::program::AmountSlot {
        let factor = denominator / over.max(1);
        if factor == 1 {
            return slot;
        }
        self.linear(Vec::from([apportion_core::program::Term { slot, factor }]), 0)
    }

    /// The value of the first row that applies, in a slot.
    pub(super) fn choose(&mut self, rows: Vec<(Vec<Test>, u8)>, otherwise: u8) -> ByteSlot {
        let (rows, otherwise) = self.definitions.shortened(rows, otherwise);
        let rows = self.program.rows(rows.into_iter().rev());
        let out = self.program.byte();
        self.program.push(Operation::Choose { rows, otherwise, out });
        out
    }

    /// A constant as the byte that stands for it: a word, or a rank among the numbers that
    /// the value shares.
    pub(super) fn constant_code(&self, id: ValueId, operand: &Operand) -> Option<u8> {
        let Operand::Constant { value, denominator } = operand else { return None };
        match value {
            Constant::YesNo(yes) => Some(u8::from(*yes)),
            Constant::Word(word) => Some(*word),
            Constant::Date(_) | Constant::Listed(_) => None,
            Constant::Number(number) => self.ranks.rank(self.ranks.of(id)?, *number, *denominator),
        }
    }

    /// A constant number that shares ranks, as a byte.
    fn ranked(&mut self, id: ValueId, operand: Operand) -> Operand {
        let value = self.policy.values.get(id.index());
        let is_alone = value.is_none_or(|value| value.provisions.len() == 1);
        let is_number = matches!(operand, Operand::Constant { value: Constant::Number(_), .. });
        match (self.constant_code(id, &operand), self.ranks.of(id)) {
            (Some(code), Some(class)) if is_alone && is_number => {
                let slot = self.program.constant_byte(code);
                self.definitions.constant(slot, code);
                let numbers = value.map_or(1, |value| denominator_of(&value.kind));
                self.ranked_operand(slot, class, numbers)
            }
            _ => operand,
        }
    }
}

/// Whether two answers are the same as they stand: `50%` and `1/2` are.
pub(super) fn is_same_answer(a: &Expression, b: &Expression) -> bool {
    match (&a.kind, &b.kind) {
        (
            ExpressionKind::Constant(Constant::Number(left)),
            ExpressionKind::Constant(Constant::Number(right)),
        ) => {
            let (over_left, over_right) = (denominator_of(&a.of), denominator_of(&b.of));
            i128::from(*left) * i128::from(over_right) == i128::from(*right) * i128::from(over_left)
        }
        (ExpressionKind::Constant(left), ExpressionKind::Constant(right)) => left == right,
        _ => a == b,
    }
}
