//! Values that take few numbers stand in a byte: their rank among those numbers.
//!
//! Values that are compared by `the greater of` or `the lesser of` share one list of
//! numbers, so the greater is the higher rank and no amount is worked out.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use apportion_core::program::{ByteSlot, ValueId};

use super::Compiler;
use super::expression::denominator_of;
use super::operand::Operand;
use crate::checked::{Body, Constant, Expression, ExpressionKind, Policy, Type, Value};
use crate::number::common_multiple;

/// The most ranks of a class; with 0 for none they fit a byte.
const MOST_RANKS: usize = 250;

/// The numbers of a class, rising, over one denominator. The first has rank 1.
struct Class {
    numbers: Vec<i64>,
    denominator: i64,
}

/// The classes of all values that take few numbers.
pub(super) struct Ranks {
    classes: Vec<Class>,
    of_value: BTreeMap<ValueId, usize>,
}

impl Ranks {
    /// The classes of a policy.
    pub(super) fn of_policy(policy: &Policy) -> Ranks {
        let joined = Joined::of(policy);
        let mut ranks = Ranks { classes: Vec::new(), of_value: BTreeMap::new() };
        for members in joined.classes() {
            let Some(class) = Class::of(policy, &members) else { continue };
            for member in members {
                ranks.of_value.insert(member, ranks.classes.len());
            }
            ranks.classes.push(class);
        }
        ranks
    }

    /// The class of a value.
    pub(super) fn of(&self, value: ValueId) -> Option<usize> {
        self.of_value.get(&value).copied()
    }

    /// The rank of a number in a class, from 1.
    pub(super) fn rank(&self, class: usize, value: i64, denominator: i64) -> Option<u8> {
        let class = self.classes.get(class)?;
        let place = class.numbers.iter().position(|number| {
            i128::from(*number) * i128::from(denominator)
                == i128::from(value) * i128::from(class.denominator)
        })?;
        u8::try_from(place + 1).ok()
    }

    /// What each byte stands for over another denominator; a number that is none there is
    /// never taken by a value over it, and keeps its place in the order.
    fn numbers_over(&self, class: usize, denominator: i64) -> Vec<i64> {
        let Some(class) = self.classes.get(class) else { return Vec::new() };
        let over = |number: &i64| {
            let scaled = i128::from(*number) * i128::from(denominator);
            i64::try_from(scaled.div_euclid(i128::from(class.denominator))).unwrap_or(0)
        };
        core::iter::once(0).chain(class.numbers.iter().map(over)).collect()
    }
}

impl Class {
    /// The numbers of values together, if they are few.
    fn of(policy: &Policy, members: &[ValueId]) -> Option<Class> {
        let value = |id: &ValueId| policy.values.get(id.index());
        let mut denominator = 1;
        for member in members {
            denominator = common_multiple(denominator, denominator_of(&value(member)?.kind))?;
        }
        let mut numbers = Vec::new();
        for member in members {
            let of = value(member)?;
            let factor = denominator / denominator_of(&of.kind).max(1);
            for number in own_numbers(policy, *member, of)? {
                numbers.push(number.checked_mul(factor)?);
            }
        }
        numbers.sort_unstable();
        numbers.dedup();
        let are_few = !numbers.is_empty() && numbers.len() <= MOST_RANKS;
        are_few.then_some(Class { numbers, denominator })
    }
}

impl Compiler<'_> {
    /// A rank of a class as a number over a denominator.
    pub(super) fn ranked_operand(
        &mut self,
        slot: ByteSlot,
        class: usize,
        denominator: i64,
    ) -> Operand {
        let numbers = self.ranks.numbers_over(class, denominator);
        self.definitions.domain(slot, u16::try_from(numbers.len()).unwrap_or(256));
        Operand::Code { slot, numbers, denominator, class: Some(class) }
    }
}

/// Values joined by being compared with each other.
struct Joined {
    /// The value each is joined to; itself where it is the first of its class.
    parent: Vec<usize>,
}

impl Joined {
    fn of(policy: &Policy) -> Joined {
        let mut joined = Joined { parent: (0..policy.values.len()).collect() };
        for provision in &policy.provisions {
            if let Body::Define { value, expression } = &provision.body {
                let mut values = Vec::from([*value]);
                if compares(expression, &mut values) {
                    for other in &values {
                        joined.join(value.index(), other.index());
                    }
                }
            }
        }
        joined
    }

    fn root(&self, mut place: usize) -> usize {
        while let Some(parent) = self.parent.get(place).copied() {
            if parent == place {
                break;
            }
            place = parent;
        }
        place
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(parent) = self.parent.get_mut(a.max(b)) {
            *parent = a.min(b);
        }
    }

    fn classes(&self) -> Vec<Vec<ValueId>> {
        let mut classes: BTreeMap<usize, Vec<ValueId>> = BTreeMap::new();
        for place in 0..self.parent.len() {
            let id = ValueId(u32::try_from(place).unwrap_or(u32::MAX));
            classes.entry(self.root(place)).or_default().push(id);
        }
        classes.into_values().collect()
    }
}

/// Whether an expression only compares values and constants; the values are noted.
fn compares(expression: &Expression, values: &mut Vec<ValueId>) -> bool {
    let mut side = |side: &Expression| match &side.kind {
        ExpressionKind::Value(value) => {
            values.push(*value);
            true
        }
        ExpressionKind::Constant(Constant::Number(_)) => true,
        _ => compares(side, values),
    };
    match &expression.kind {
        ExpressionKind::Greater(a, b) | ExpressionKind::Lesser(a, b) => side(a) && side(b),
        _ => false,
    }
}

/// The numbers a value can take by itself, over its denominator; none it adds by comparing
/// others. `None` where they are not few constants.
fn own_numbers(policy: &Policy, id: ValueId, value: &Value) -> Option<Vec<i64>> {
    let Type::Number(number) = &value.kind else { return None };
    let scaled = |expression: &Expression| {
        let ExpressionKind::Constant(Constant::Number(constant)) = expression.kind else {
            return None;
        };
        let Type::Number(own) = &expression.of else { return None };
        constant.checked_mul(own.factor_to(number.denominator))
    };
    let mut numbers = Vec::new();
    for provision in &value.provisions {
        match &policy.provisions.get(provision.0 as usize)?.body {
            Body::Define { expression, .. } => constants(expression, &scaled, &mut numbers)?,
            Body::Table(table) if table.hit.is_of_one_row() => {
                let column = table.values.iter().position(|value| *value == id)?;
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
            constant_side(a, scaled, numbers)?;
            constant_side(b, scaled, numbers)
        }
        _ => {
            numbers.push(scaled(expression)?);
            Some(())
        }
    }
}

fn constant_side(
    side: &Expression,
    scaled: &impl Fn(&Expression) -> Option<i64>,
    numbers: &mut Vec<i64>,
) -> Option<()> {
    match &side.kind {
        // Its numbers are in the class already.
        ExpressionKind::Value(_) => Some(()),
        _ => constants(side, scaled, numbers),
    }
}
