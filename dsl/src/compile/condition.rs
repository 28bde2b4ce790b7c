//! Conditions: tests over bytes, joined in rows.

use alloc::vec::Vec;
use core::cmp::Ordering;

use apportion_core::program::{ByteSlot, Members, Operation, Run, Test};

use super::Compiler;
use super::edges::{Thing, interval, thing};
use super::operand::Operand;
use crate::check::condition_holds;
use crate::checked::{Comparison, Condition, Expression, ExpressionKind, FamilyId, Quantity, Type};

/// What a condition and each of its parts asks of the bytes of a decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConditionTrace {
    /// The tests; all pass where the condition is true.
    pub tests: Vec<Test>,
    /// The parts, as the condition has them.
    pub parts: Vec<ConditionTrace>,
}

impl Compiler<'_> {
    /// The tests that must all pass where the condition is true.
    pub(super) fn tests(&mut self, condition: &Condition) -> Vec<Test> {
        self.traced(condition).tests
    }

    /// The same, with what each part of the condition said.
    pub(super) fn traced(&mut self, condition: &Condition) -> ConditionTrace {
        let mut parts = Vec::new();
        let tests = match condition {
            Condition::Always => Vec::new(),
            Condition::Broken => self.never_passes(),
            Condition::Of(quantity, conditions) => {
                parts = conditions.iter().map(|part| self.traced(part)).collect();
                let tests = parts.iter().map(|part| part.tests.clone()).collect();
                self.quantity(*quantity, tests)
            }
            Condition::Not(part) => {
                let part = self.traced(part);
                let tests = self.opposite(&part.tests);
                parts.push(part);
                tests
            }
            Condition::Truth(value) => {
                let operand = self.expression(value);
                let slot = self.as_word(&operand);
                Vec::from([Test::is_true(slot)])
            }
            Condition::Word(value, words) => {
                let operand = self.expression(value);
                let slot = self.as_word(&operand);
                self.among(slot, words)
            }
            Condition::Compare(value, comparison, with) => self.compare(value, *comparison, with),
            Condition::Members { quantity, family, words } => {
                self.members(*quantity, *family, words)
            }
            Condition::Items { quantity, list, what } => self.items_tests(*quantity, *list, what),
        };
        ConditionTrace { tests, parts }
    }

    fn never_passes(&self) -> Vec<Test> {
        Vec::from([Test::is_true(self.definitions.no())])
    }

    /// A slot that is 1 where all tests pass.
    pub(super) fn truth(&mut self, tests: &[Test]) -> ByteSlot {
        let yes = self.definitions.yes();
        let mut needed: Vec<Test> =
            tests.iter().filter(|t| **t != Test::is_true(yes)).copied().collect();
        needed.dedup();
        match needed.as_slice() {
            [] => yes,
            [test] if *test == Test::is_true(test.slot) && self.is_truth(test.slot) => test.slot,
            _ => self.any(Vec::from([needed])),
        }
    }

    /// Whether a slot holds 0 or 1 only.
    fn is_truth(&self, slot: ByteSlot) -> bool {
        self.definitions.is_truth(slot)
    }

    /// A slot that is 1 where any of the rows applies.
    pub(super) fn any(&mut self, rows: Vec<Vec<Test>>) -> ByteSlot {
        let yes = self.definitions.yes();
        if rows.is_empty() {
            return self.definitions.no();
        }
        if rows.iter().any(Vec::is_empty) || rows.contains(&Vec::from([Test::is_true(yes)])) {
            return yes;
        }
        let only = match rows.as_slice() {
            [row] => row.as_slice(),
            _ => &[],
        };
        match only {
            [test] if *test == Test::is_true(test.slot) && self.is_truth(test.slot) => {
                return test.slot;
            }
            _ => {}
        }
        if let Some(slot) = self.definitions.same_condition(&rows) {
            return slot;
        }
        let run = self.rows(&rows);
        let out = self.program.byte();
        self.program.push(Operation::Condition { rows: run, out });
        self.definitions.condition(out, rows);
        out
    }

    fn rows(&mut self, rows: &[Vec<Test>]) -> Run {
        self.program.rows(rows.iter().map(|row| (row.clone(), 1)))
    }

    /// The tests that pass where not all of these do.
    pub(super) fn opposite(&mut self, tests: &[Test]) -> Vec<Test> {
        match tests {
            [] => self.never_passes(),
            [test] if *test == Test::is_true(test.slot) && self.is_truth(test.slot) => {
                Vec::from([Test::is_false(test.slot)])
            }
            _ => {
                let single = if let [test] = tests { test.opposite() } else { None };
                let opposite = single.unwrap_or_else(|| Test::is_false(self.truth(tests)));
                Vec::from([opposite])
            }
        }
    }

    /// The tests that so many of the parts hold.
    fn quantity(&mut self, quantity: Quantity, parts: Vec<Vec<Test>>) -> Vec<Test> {
        let count = u32::try_from(parts.len()).unwrap_or(u32::MAX);
        match quantity {
            Quantity::All => parts.concat(),
            Quantity::AtLeast(least) if least >= count && least > 0 => parts.concat(),
            Quantity::AtLeast(0) => Vec::new(),
            Quantity::Any | Quantity::AtLeast(1) => {
                let slot = self.any(parts);
                Vec::from([Test::is_true(slot)])
            }
            Quantity::None | Quantity::AtMost(0) | Quantity::Exactly(0) => {
                let slot = self.any(parts);
                Vec::from([Test::is_false(slot)])
            }
            Quantity::AtLeast(_) | Quantity::AtMost(_) | Quantity::Exactly(_) => {
                Vec::from([self.count(quantity, &parts)])
            }
        }
    }

    /// The test that so many of the rows apply.
    fn count(&mut self, quantity: Quantity, rows: &[Vec<Test>]) -> Test {
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let rows = self.rows(rows);
        let out = self.program.byte();
        self.program.push(Operation::Count { rows, out });
        self.definitions.domain(out, u16::try_from(count.saturating_add(1)).unwrap_or(256));
        counted(quantity, out, count)
    }

    /// The tests that a byte is among these, rising.
    fn among(&mut self, slot: ByteSlot, bytes: &[u8]) -> Vec<Test> {
        let mut stretches: Vec<Test> = Vec::new();
        for byte in bytes {
            match stretches.last_mut() {
                Some(last) if last.low.checked_add(last.width + 1) == Some(*byte) => {
                    last.width += 1;
                }
                _ => stretches.push(Test { slot, low: *byte, width: 0 }),
            }
        }
        match stretches.len() {
            0 => self.never_passes(),
            1 => stretches,
            _ => {
                let rows = stretches.into_iter().map(|test| Vec::from([test])).collect();
                let slot = self.any(rows);
                Vec::from([Test::is_true(slot)])
            }
        }
    }

    /// The bytes of a family, which stand one after the other.
    pub(super) fn members_of(&self, family: FamilyId) -> Option<Members> {
        let family = self.policy.families.get(family.0 as usize)?;
        let mut slots = family.members.iter().filter_map(|fact| self.program.fact_byte(*fact));
        let first = slots.next()?;
        let count = u8::try_from(family.members.len()).ok()?;
        slots
            .eq((1..u32::from(count)).map(|place| ByteSlot(first.0 + place)))
            .then_some(Members { first, count })
    }

    fn members(&mut self, quantity: Quantity, family: FamilyId, words: &[u8]) -> Vec<Test> {
        let Some(members) = self.members_of(family) else {
            return self.members_apart(quantity, family, words);
        };
        let count = u32::from(members.count);
        let (Some(low), Some(high)) = (words.first().copied(), words.last().copied()) else {
            return if counted_holds(quantity, 0, count) {
                Vec::new()
            } else {
                self.never_passes()
            };
        };
        if usize::from(high - low) + 1 != words.len() {
            let slots = (0..count).map(|place| ByteSlot(members.first.0 + place));
            let parts: Vec<Vec<Test>> = slots.map(|slot| self.among(slot, words)).collect();
            return Vec::from([self.count(quantity, &parts)]);
        }
        let width = high - low;
        let out = match self.definitions.same_family_count(members, low, width) {
            Some(slot) => slot,
            None => {
                let out = self.program.family_count(members, low, width);
                self.definitions.family_count(members, low, width, out);
                self.definitions.domain(out, u16::try_from(count + 1).unwrap_or(256));
                out
            }
        };
        Vec::from([counted(quantity, out, count)])
    }

    /// Counts the members of a group, which do not all stand one after the other.
    fn members_apart(&mut self, quantity: Quantity, family: FamilyId, words: &[u8]) -> Vec<Test> {
        let family = self.policy.families.get(family.0 as usize);
        let members = family.into_iter().flat_map(|family| &family.members);
        let slots: Vec<ByteSlot> =
            members.filter_map(|fact| self.program.fact_byte(*fact)).collect();
        let parts: Vec<Vec<Test>> = slots.into_iter().map(|slot| self.among(slot, words)).collect();
        Vec::from([self.count(quantity, &parts)])
    }

    fn compare(
        &mut self,
        value: &Expression,
        comparison: Comparison,
        with: &Expression,
    ) -> Vec<Test> {
        if let Some((from, before)) = interval(value, comparison, with) {
            return self.within(value, from, before);
        }
        if interval(with, comparison.flipped(), value).is_some() {
            return self.compare(with, comparison.flipped(), value);
        }
        let (a, b) = (self.expression(value), self.expression(with));
        let passes = |order| condition_holds(comparison, order);
        let order = match (&value.of, &a, &b) {
            (Type::Date { .. }, a, b) => {
                let (a, b) = (self.as_date(a), self.as_date(b));
                return self.order_of_dates(a, b, passes);
            }
            (Type::Number(_), a, b) => self.order_of_numbers([a, b], [&value.of, &with.of]),
            _ => {
                let (a, b) = (self.as_word(&a), self.as_word(&b));
                let out = self.program.byte();
                self.program.push(Operation::CompareBytes { a, b, out });
                out
            }
        };
        self.ordered(order, passes)
    }

    /// The tests that a byte that is 0, 1 or 2 stands for an order that passes.
    pub(super) fn ordered(
        &mut self,
        slot: ByteSlot,
        passes: impl Fn(Ordering) -> bool,
    ) -> Vec<Test> {
        self.definitions.domain(slot, 3);
        let orders = [Ordering::Less, Ordering::Equal, Ordering::Greater];
        let passing = (0..3_u8).zip(orders).filter(|(_, order)| passes(*order));
        let passing: Vec<u8> = passing.map(|(byte, _)| byte).collect();
        self.among(slot, &passing)
    }

    /// The tests that a value's integer is from one edge on and before another.
    fn within(&mut self, value: &Expression, from: Option<i64>, before: Option<i64>) -> Vec<Test> {
        if let ExpressionKind::Constant(_) = value.kind {
            return self.constant_within(value, from, before);
        }
        let operand = self.expression(value);
        let passes = |number: i64| {
            from.is_none_or(|from| number >= from) && before.is_none_or(|before| number < before)
        };
        match operand {
            Operand::Code { slot, numbers, .. } => {
                let codes = numbers.iter().zip(0..=255_u8).filter(|(number, _)| passes(**number));
                let codes: Vec<u8> = codes.map(|(_, code)| code).collect();
                self.among(slot, &codes)
            }
            Operand::Constant { value: constant, .. } => {
                let number = match constant {
                    crate::checked::Constant::Number(number) => number,
                    crate::checked::Constant::Date(day) => i64::from(day.packed()),
                    _ => 0,
                };
                if passes(number) { Vec::new() } else { self.never_passes() }
            }
            operand => self.band_within(thing(value), &operand, from, before),
        }
    }

    fn constant_within(
        &self,
        value: &Expression,
        from: Option<i64>,
        before: Option<i64>,
    ) -> Vec<Test> {
        let number = match value.kind {
            ExpressionKind::Constant(crate::checked::Constant::Number(number)) => number,
            ExpressionKind::Constant(crate::checked::Constant::Date(day)) => day.packed().into(),
            _ => 0,
        };
        let passes =
            from.is_none_or(|from| number >= from) && before.is_none_or(|before| number < before);
        if passes { Vec::new() } else { self.never_passes() }
    }

    pub(super) fn band_within(
        &mut self,
        thing: Option<Thing>,
        operand: &Operand,
        from: Option<i64>,
        before: Option<i64>,
    ) -> Vec<Test> {
        let own: Vec<i64> = [from, before].into_iter().flatten().collect();
        let shared = thing.and_then(|thing| self.edges.get(thing));
        let edges: Vec<i64> = match shared {
            Some(edges) => edges.iter().copied().collect(),
            None => own,
        };
        let place = |edge: i64| edges.iter().position(|known| *known == edge);
        let low = from.and_then(place).map_or(0, |place| place + 1);
        let high = before.and_then(place).unwrap_or(edges.len());
        let slot = self.band(operand, &edges);
        self.definitions.domain(slot, u16::try_from(edges.len() + 1).unwrap_or(256));
        let bytes: Vec<u8> = (low..=high).filter_map(|band| u8::try_from(band).ok()).collect();
        self.among(slot, &bytes)
    }
}

/// The test that a count passes.
fn counted(quantity: Quantity, slot: ByteSlot, count: u32) -> Test {
    let byte = |count: u32| u8::try_from(count).unwrap_or(u8::MAX);
    let (low, high) = match quantity {
        Quantity::All => (byte(count), u8::MAX),
        Quantity::Any => (1, u8::MAX),
        Quantity::None => (0, 0),
        Quantity::AtLeast(least) => (byte(least), u8::MAX),
        Quantity::AtMost(most) => (0, byte(most)),
        Quantity::Exactly(number) => (byte(number), byte(number)),
    };
    Test { slot, low, width: high - low }
}

/// Whether so many of a count are enough.
fn counted_holds(quantity: Quantity, number: u32, count: u32) -> bool {
    match quantity {
        Quantity::All => number == count,
        Quantity::Any => number >= 1,
        Quantity::None => number == 0,
        Quantity::AtLeast(least) => number >= least,
        Quantity::AtMost(most) => number <= most,
        Quantity::Exactly(exactly) => number == exactly,
    }
}
