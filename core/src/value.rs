//! Values of facts: what a case can carry, and the bounds it must keep.

use crate::date::Date;

/// What kind of value a fact has, with the bounds that every case must keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// `yes or no`.
    YesNo,
    /// One of a closed list of words: a choice, or a level on a ladder up to its top. The
    /// words are numbered from 0 in the order declared; this fact may take the first `count`.
    Words {
        /// How many words there are; at least 1.
        count: u8,
    },
    /// A calendar day, both ends included.
    Date {
        /// The earliest day.
        first: Date,
        /// The latest day.
        last: Date,
    },
    /// A number: a whole multiple of a step that the policy fixes, such as a penny or a
    /// quarter of an hour. The bounds count those steps, both ends included.
    Amount {
        /// The least value.
        least: i64,
        /// The greatest value.
        greatest: i64,
    },
}

/// The value of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Yes or no.
    YesNo(bool),
    /// The number of a word, counted from 0 in the order declared.
    Word(u8),
    /// A calendar day.
    Date(Date),
    /// A number of steps, such as pence or quarters of an hour.
    Amount(i64),
}

impl Type {
    /// Whether a value is of this type and within its bounds.
    ///
    /// ```
    /// use apportion_core::value::{Type, Value};
    ///
    /// let nights = Type::Amount { least: 0, greatest: 7 };
    /// assert!(nights.holds(Value::Amount(7)));
    /// assert!(!nights.holds(Value::Amount(8)));
    /// assert!(!nights.holds(Value::YesNo(true)));
    /// ```
    #[must_use]
    pub fn holds(self, value: Value) -> bool {
        match (self, value) {
            (Type::YesNo, Value::YesNo(_)) => true,
            (Type::Words { count }, Value::Word(word)) => word < count,
            (Type::Date { first, last }, Value::Date(day)) => first <= day && day <= last,
            (Type::Amount { least, greatest }, Value::Amount(steps)) => {
                least <= steps && steps <= greatest
            }
            _ => false,
        }
    }

    /// The first of its values.
    pub(crate) fn first(self) -> Value {
        match self {
            Type::YesNo => Value::YesNo(false),
            Type::Words { .. } => Value::Word(0),
            Type::Date { first, .. } => Value::Date(first),
            Type::Amount { least, .. } => Value::Amount(least),
        }
    }
}
