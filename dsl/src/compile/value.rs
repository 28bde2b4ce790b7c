//! Values: one clause gives them, or several, of which one applies.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use apportion_core::program::{ByteSlot, FactId, Operation, Refusal, Test, ValueId};

use super::operand::Operand;
use super::{Compiler, Lowered};
use crate::checked::{
    Body, Constant, Expression, ExpressionKind, Policy, ProvisionId, Type,
};
use crate::number::common_multiple;

/// The most ranks that fit a byte beside 0 for none.
const MOST_RANKS: usize = 250;

/// One way in which a value is given: where, and what it is then.
struct Alternative {
    applies: Lowered,
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

    /// Works out what a value is for a member, once.
    pub(super) fn member_value(&mut self, id: ValueId, member: FactId) {
        if self.member_values.contains_key(&(id, member)) {
            return;
        }
        let outer = self.member.replace(member);
        if let (Some(operand), _) = self.value_operand(id) {
            self.member_values.insert((id, member), operand);
        }
        self.member = outer;
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
                alternatives.push(Alternative { applies: self.lowered(*provision), operand });
            }
        }
        let rows: Vec<Vec<Test>> =
            alternatives.iter().map(|it| Vec::from([Test::is_true(it.applies.applies)])).collect();
        let is_always = self.definitions.always(&rows, |count| count > 0);
        let given = if is_always { self.always() } else { self.any(rows) };
        if let [only] = alternatives.as_slice() {
            return (Some(only.operand.clone()), given);
        }
        self.clashes(id, &alternatives);
        (self.pick(id, &value.kind, &alternatives), given)
    }

    /// What one provision makes of a value.
    fn alternative(&mut self, id: ValueId, provision: ProvisionId) -> Option<Operand> {
        let policy = self.policy;
        let provision_of = policy.provisions.get(provision.0 as usize)?;
        self.clause = provision_of.clause;
        match &provision_of.body {
            Body::Define { expression, .. } => {
                let operand = self.expression(expression);
                Some(self.ranked(id, operand))
            }
            Body::Rates { rates, .. } => {
                let dated_by = policy.dated_by.and_then(|fact| self.program.fact_date(fact))?;
                let later = rates.iter().skip(1).map(|(from, _)| i64::from(from.packed()));
                let later: Vec<i64> = later.collect();
                let numbers: Vec<i64> = rates.iter().map(|(_, number)| *number).collect();
                let denominator = super::expression::denominator_of(
                    &policy.values.get(id.index())?.kind,
                );
                if later.is_empty() {
                    let value = Constant::Number(numbers.first().copied()?);
                    return Some(Operand::Constant { value, denominator });
                }
                let slot = self.band(&Operand::Date(dated_by), &later);
                self.definitions.domain(slot, u16::try_from(numbers.len()).unwrap_or(256));
                Some(Operand::Code { slot, numbers, denominator })
            }
            Body::Table(table) => {
                let column = table.values.iter().position(|value| *value == id)?;
                Some(self.table_column(id, provision, table, column))
            }
            _ => None,
        }
    }

    /// Refuses a case in which two clauses give one value and disagree.
    fn clashes(&mut self, id: ValueId, alternatives: &[Alternative]) {
        let mut rows = Vec::new();
        for (index, a) in alternatives.iter().enumerate() {
            for b in alternatives.iter().skip(index + 1) {
                let both = [a.applies.applies, b.applies.applies].map(Test::is_true).to_vec();
                if a.operand != b.operand && !self.definitions.is_impossible(&both) {
                    let mut row = both;
                    row.extend(self.differ(&a.operand, &b.operand));
                    rows.push(row);
                }
            }
        }
        self.never(rows, self.always(), Refusal::SeveralValues { value: id });
    }

    /// The test that two operands of one type differ.
    fn differ(&mut self, a: &Operand, b: &Operand) -> Option<Test> {
        let slot = match (a, b) {
            (Operand::Date(a), Operand::Date(b)) => {
                let (a, b) = (*a, *b);
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
            (a, b) => {
                let ((a, over_a), (b, over_b)) = (self.as_amount(a), self.as_amount(b));
                let over = common_multiple(over_a, over_b)?;
                let term = |slot, factor| apportion_core::program::Term { slot, factor };
                let terms = Vec::from([term(a, over / over_a), term(b, -(over / over_b))]);
                let amount = self.linear(terms, 0);
                let edges = self.program.amount_table([0, 1]);
                let out = self.program.byte();
                self.program.push(Operation::AmountBand { amount, edges, out });
                out
            }
        };
        self.definitions.domain(slot, 3);
        Some(Test { slot, low: 2, width: 254 })
    }

    /// The first alternative that applies.
    fn pick(&mut self, id: ValueId, kind: &Type, alternatives: &[Alternative]) -> Option<Operand> {
        let constants: Option<Vec<u8>> =
            alternatives.iter().map(|it| self.constant_code(id, &it.operand)).collect();
        let rows = |values: &[u8]| {
            let rows = alternatives.iter().zip(values);
            let rows = rows.map(|(it, value)| (it.applies.tests.clone(), *value));
            let mut rows: Vec<(Vec<Test>, u8)> = rows.collect();
            rows.reverse();
            rows
        };
        if let Some(codes) = constants {
            let slot = self.choose(rows(&codes), 0);
            return Some(match self.rank_of.get(&id).and_then(|class| self.ranks.get(*class)) {
                Some(numbers) if matches!(kind, Type::Number(_)) => {
                    let numbers = numbers.clone();
                    self.definitions.domain(slot, u16::try_from(numbers.len()).unwrap_or(256));
                    Operand::Code { slot, numbers, denominator: super::expression::denominator_of(kind) }
                }
                _ => Operand::Word(slot),
            });
        }
        let places: Vec<u8> = (1..=u8::MAX).take(alternatives.len()).collect();
        let choice = self.choose(rows(&places), 0);
        match kind {
            Type::Number(number) => {
                let mut options = Vec::new();
                for it in alternatives {
                    let (slot, over) = self.as_amount(&it.operand);
                    options.push(self.scaled(slot, over, number.denominator));
                }
                let options = self.program.amount_list(options);
                let out = self.program.amount();
                self.program.push(Operation::PickAmount { choice, options, out });
                Some(Operand::Amount { slot: out, denominator: number.denominator })
            }
            Type::YesNo | Type::Words { .. } => {
                let options: Vec<ByteSlot> =
                    alternatives.iter().map(|it| self.as_word(&it.operand)).collect();
                let options = self.program.byte_list(options);
                let out = self.program.byte();
                self.program.push(Operation::PickByte { choice, options, out });
                Some(Operand::Word(out))
            }
            Type::Date { .. } | Type::Broken => None,
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

    /// The first row's value, in a slot.
    pub(super) fn choose(&mut self, rows: Vec<(Vec<Test>, u8)>, otherwise: u8) -> ByteSlot {
        let rows = self.program.rows(rows);
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
            Constant::Date(_) => None,
            Constant::Number(number) => {
                let numbers = self.ranks.get(*self.rank_of.get(&id)?)?;
                let kind = &self.policy.values.get(id.index())?.kind;
                let own = super::expression::denominator_of(kind);
                let place = numbers.iter().position(|rank| {
                    i128::from(*rank) * i128::from(*denominator)
                        == i128::from(*number) * i128::from(own)
                })?;
                u8::try_from(place).ok()
            }
        }
    }

    /// A constant number that shares ranks, as a byte.
    fn ranked(&mut self, id: ValueId, operand: Operand) -> Operand {
        let is_alone =
            self.policy.values.get(id.index()).is_none_or(|value| value.provisions.len() == 1);
        match self.constant_code(id, &operand) {
            Some(code) if is_alone => {
                let Operand::Constant { value: Constant::Number(_), .. } = operand else {
                    return operand;
                };
                let numbers = self.rank_of.get(&id).and_then(|class| self.ranks.get(*class));
                let numbers = numbers.cloned().unwrap_or_default();
                let kind = self.policy.values.get(id.index()).map(|value| &value.kind);
                let denominator = kind.map_or(1, super::expression::denominator_of);
                Operand::Code { slot: self.program.constant_byte(code), numbers, denominator }
            }
            _ => operand,
        }
    }
}

/// Values that take few numbers, in classes that share their ranks: those compared by
/// `the greater of` or `the lesser of`, each other value on its own.
pub(super) fn shared_ranks(policy: &Policy) -> (Vec<Vec<i64>>, BTreeMap<ValueId, usize>) {
    let mut class: Vec<usize> = (0..policy.values.len()).collect();
    for provision in &policy.provisions {
        if let Body::Define { value, expression } = &provision.body {
            let mut joined = Vec::from([*value]);
            if joins(expression, &mut joined) {
                for other in &joined {
                    join(&mut class, value.index(), other.index());
                }
            }
        }
    }
    let mut numbers: BTreeMap<usize, Option<Vec<i64>>> = BTreeMap::new();
    for (value, place) in policy.values.iter().zip(0..) {
        let root = find(&class, place);
        let own = own_numbers(policy, value);
        let entry = numbers.entry(root).or_insert_with(|| Some(Vec::new()));
        *entry = match (entry.take(), own) {
            (Some(mut all), Some(own)) => {
                all.extend(own);
                Some(all)
            }
            _ => None,
        };
    }
    let mut ranks = Vec::new();
    let mut places = BTreeMap::new();
    for (root, all) in numbers {
        let Some(mut all) = all else { continue };
        all.sort_unstable();
        all.dedup();
        let members: Vec<usize> =
            (0..policy.values.len()).filter(|place| find(&class, *place) == root).collect();
        let same_denominator = members.iter().all(|place| {
            let of = |place: usize| policy.values.get(place).map(|value| &value.kind);
            of(*place).map(super::expression::denominator_of)
                == of(root).map(super::expression::denominator_of)
        });
        if all.is_empty() || all.len() > MOST_RANKS || !same_denominator {
            continue;
        }
        for place in members {
            places.insert(ValueId(u32::try_from(place).unwrap_or(u32::MAX)), ranks.len());
        }
        ranks.push(all);
    }
    (ranks, places)
}

fn find(class: &[usize], place: usize) -> usize {
    let mut place = place;
    while let Some(parent) = class.get(place).copied() {
        if parent == place {
            break;
        }
        place = parent;
    }
    place
}

fn join(class: &mut [usize], a: usize, b: usize) {
    let (a, b) = (find(class, a), find(class, b));
    if let Some(parent) = class.get_mut(a.max(b)) {
        *parent = a.min(b);
    }
}

/// The values that an extreme compares; `false` where something else is in it.
fn joins(expression: &Expression, values: &mut Vec<ValueId>) -> bool {
    match &expression.kind {
        ExpressionKind::Greater(a, b) | ExpressionKind::Lesser(a, b) => {
            joins_side(a, values) && joins_side(b, values)
        }
        _ => false,
    }
}

fn joins_side(expression: &Expression, values: &mut Vec<ValueId>) -> bool {
    match &expression.kind {
        ExpressionKind::Value(value) => {
            values.push(*value);
            true
        }
        ExpressionKind::Constant(Constant::Number(_)) => true,
        _ => joins(expression, values),
    }
}

/// The numbers a value can take by itself, over its denominator; none it adds by comparing
/// others. `None` where they are not few.
fn own_numbers(policy: &Policy, value: &crate::checked::Value) -> Option<Vec<i64>> {
    let Type::Number(number) = &value.kind else { return None };
    let scaled = |expression: &Expression| {
        let constant = match expression.kind {
            ExpressionKind::Constant(Constant::Number(constant)) => constant,
            _ => return None,
        };
        let Type::Number(own) = &expression.of else { return None };
        constant.checked_mul(own.factor_to(number.denominator))
    };
    let mut numbers = Vec::new();
    for provision in &value.provisions {
        match &policy.provisions.get(provision.0 as usize)?.body {
            Body::Define { expression, .. } => constants(expression, &scaled, &mut numbers)?,
            Body::Table(table) => {
                let id = policy.values.iter().position(|other| core::ptr::eq(other, value))?;
                let column = table.values.iter().position(|v| v.index() == id)?;
                for row in &table.rows {
                    numbers.push(scaled(row.answers.get(column)?)?);
                }
            }
            _ => return None,
        }
    }
    Some(numbers)
}

/// The constants in an expression that is one, or compares values and constants.
fn constants(
    expression: &Expression,
    scaled: &impl Fn(&Expression) -> Option<i64>,
    numbers: &mut Vec<i64>,
) -> Option<()> {
    match &expression.kind {
        ExpressionKind::Greater(a, b) | ExpressionKind::Lesser(a, b) => {
            constants(a, scaled, numbers)?;
            constants(b, scaled, numbers)
        }
        ExpressionKind::Value(_) => Some(()),
        _ => {
            numbers.push(scaled(expression)?);
            Some(())
        }
    }
}
