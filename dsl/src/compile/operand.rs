//! What an expression is in a program: a byte with a meaning, a date, or an amount.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use apportion_core::program::{
    AmountSlot, AnySlot, ByteSlot, DateSlot, FactId, Operation, ValueId,
};
use apportion_core::value::{Type as EngineType, Value as EngineValue};

use super::Compiler;
use crate::checked::{Constant, Fact, Type};
use crate::number::common_divisor;

/// What the bytes of a slot stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Codes {
    /// Yes or no, or the number of a word.
    Word,
    /// Byte 0, 1, 2, ... stands for these numbers, over the denominator of the value.
    Numbers(Vec<i64>),
    /// Nothing: the value is a date or an amount.
    None,
}

/// What an expression is in a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Operand {
    /// A truth or the number of a word.
    Word(ByteSlot),
    /// A byte that stands for a number over a denominator; in a class of values that are
    /// compared with each other, its rank among all their numbers, from 1.
    Code {
        slot: ByteSlot,
        numbers: Vec<i64>,
        denominator: i64,
        class: Option<usize>,
    },
    Date(DateSlot),
    Amount {
        slot: AmountSlot,
        denominator: i64,
    },
    Constant {
        value: Constant,
        denominator: i64,
    },
}

impl Operand {
    /// Whether it is a day.
    pub(super) fn is_date(&self) -> bool {
        matches!(self, Operand::Date(_) | Operand::Constant { value: Constant::Date(_), .. })
    }
}

/// Values given for each member of a family.
pub(super) type MemberValues = BTreeMap<(ValueId, FactId), Operand>;

/// A fact as the engine knows it.
pub(super) fn engine_fact(fact: &Fact) -> (EngineType, Option<EngineValue>) {
    if fact.is_text {
        // Text never enters the engine: its place is kept so that ids agree.
        return (EngineType::Words { count: 1 }, Some(EngineValue::Word(0)));
    }
    let kind = match &fact.kind {
        Type::YesNo => EngineType::YesNo,
        Type::Words { count, .. } => EngineType::Words { count: *count },
        Type::Date { first, last } => EngineType::Date { first: *first, last: *last },
        Type::Number(number) => {
            EngineType::Amount { least: number.least, greatest: number.greatest }
        }
        // No fact lists words.
        Type::Listed { .. } | Type::Broken => EngineType::Words { count: 1 },
    };
    (kind, fact.default.map(engine_value))
}

/// A constant as the engine knows it.
pub(crate) fn engine_value(constant: Constant) -> EngineValue {
    match constant {
        Constant::YesNo(yes) => EngineValue::YesNo(yes),
        Constant::Word(word) => EngineValue::Word(word),
        Constant::Date(day) => EngineValue::Date(day),
        Constant::Number(value) => EngineValue::Amount(value),
        Constant::Listed(words) => EngineValue::Amount(words),
    }
}

/// How many values the byte of a fact can take.
pub(super) fn domain_of(kind: &Type) -> u16 {
    match kind {
        Type::YesNo => 2,
        Type::Words { count, .. } => u16::from(*count).max(1),
        _ => 256,
    }
}

impl Compiler<'_> {
    /// An operand as an amount over its denominator.
    pub(super) fn as_amount(&mut self, operand: &Operand) -> (AmountSlot, i64) {
        match operand {
            Operand::Amount { slot, denominator } => (*slot, *denominator),
            Operand::Code { slot, numbers, denominator, .. } => {
                let table = self.program.amount_table(numbers.iter().copied());
                let out = self.program.amount();
                self.program.push(Operation::Lookup { slot: *slot, table, out });
                (out, *denominator)
            }
            Operand::Constant { value: Constant::Number(value), denominator } => {
                (self.program.constant_amount(*value), *denominator)
            }
            Operand::Word(_) | Operand::Date(_) | Operand::Constant { .. } => {
                (self.program.constant_amount(0), 1)
            }
        }
    }

    /// 0 where the first number is below the second, 1 where they are the same, 2 where above;
    /// their types say how large they can be.
    ///
    /// Each is taken as often as the denominator of the other asks, so nothing is rounded; where
    /// the bounds do not show that this fits 64 bits, it is done in 128.
    pub(super) fn order_of_numbers(&mut self, both: [&Operand; 2], types: [&Type; 2]) -> ByteSlot {
        let [(a, over_a), (b, over_b)] = both.map(|operand| self.as_amount(operand));
        let divisor = common_divisor(over_a, over_b).max(1);
        let times = [over_b / divisor, over_a / divisor];
        let fits = |kind: &Type, over: i64, times: i64| match kind {
            Type::Number(number) => {
                let finer = i128::from(over) / i128::from(number.denominator.max(1)) + 1;
                let product = number.largest().checked_mul(finer * i128::from(times));
                product.is_some_and(|product| product <= i128::from(i64::MAX))
            }
            _ => times == 1,
        };
        let [of_a, of_b] = types;
        let [times_a, times_b] = times;
        let is_wide = !(fits(of_a, over_a, times_a) && fits(of_b, over_b, times_b));
        let out = self.program.byte();
        self.program.push(Operation::CompareAmounts { a, b, times, is_wide, out });
        out
    }

    /// An operand as a byte that is a truth or a word.
    pub(super) fn as_word(&mut self, operand: &Operand) -> ByteSlot {
        match operand {
            Operand::Word(slot) | Operand::Code { slot, .. } => *slot,
            Operand::Constant { value, .. } => self.program.constant_byte(match value {
                Constant::YesNo(yes) => u8::from(*yes),
                Constant::Word(word) => *word,
                Constant::Date(_) | Constant::Number(_) | Constant::Listed(_) => 0,
            }),
            Operand::Date(_) | Operand::Amount { .. } => self.definitions.no(),
        }
    }

    /// Where a value stands for those who read the decision, and what its bytes mean.
    pub(super) fn answer_slot(&mut self, value: Option<Operand>) -> (AnySlot, Codes) {
        match value {
            Some(Operand::Word(slot)) => (AnySlot::Byte(slot), Codes::Word),
            Some(Operand::Code { slot, numbers, .. }) => {
                (AnySlot::Byte(slot), Codes::Numbers(numbers))
            }
            Some(Operand::Date(slot)) => (AnySlot::Date(slot), Codes::None),
            Some(Operand::Amount { slot, .. }) => (AnySlot::Amount(slot), Codes::None),
            Some(Operand::Constant { value: Constant::Number(value), .. }) => {
                (AnySlot::Amount(self.program.constant_amount(value)), Codes::None)
            }
            Some(Operand::Constant { value: Constant::Date(day), .. }) => {
                (AnySlot::Date(self.program.constant_date(day)), Codes::None)
            }
            Some(constant @ Operand::Constant { .. }) => {
                (AnySlot::Byte(self.as_word(&constant)), Codes::Word)
            }
            // A value given for each member, or one with a mistake: nothing to read.
            None => (AnySlot::Byte(self.definitions.no()), Codes::None),
        }
    }
}
