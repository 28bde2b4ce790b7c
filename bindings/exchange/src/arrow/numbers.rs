//! Columns of whole numbers and of decimals, as numbers over a power of ten.

use arrow_array::types::{
    Decimal32Type, Decimal64Type, Decimal128Type, Int8Type, Int16Type, Int32Type, Int64Type,
    UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, PrimitiveArray};
use arrow_schema::DataType;

use crate::scale::Scale;

macro_rules! columns_of_numbers {
    ($($variant:ident $kind:ident),*) => {
        /// A column of numbers, each a whole number over the power of ten of the column.
        #[derive(Debug)]
        pub(super) enum Digits {
            $($variant(PrimitiveArray<$kind>),)*
        }

        impl Digits {
            /// A column as one of numbers; none where it has other values.
            pub(super) fn of(array: &dyn Array) -> Option<Digits> {
                let any = array.as_any();
                $(if let Some(array) = any.downcast_ref::<PrimitiveArray<$kind>>() {
                    return Some(Digits::$variant(array.clone()));
                })*
                None
            }

            /// The whole number in a row.
            pub(super) fn get(&self, row: usize) -> i128 {
                match self {
                    $(Digits::$variant(array) => {
                        array.values().get(row).copied().map_or(0, i128::from)
                    })*
                }
            }

            /// The numbers of a fact in some rows from the first on; none where one of them is not
            /// allowed.
            pub(super) fn scaled(&self, scale: &Scale, first: usize, into: &mut [i64]) -> Option<()> {
                match self {
                    $(Digits::$variant(array) => {
                        let rows = array.values().get(first..first + into.len())?;
                        for (into, whole) in into.iter_mut().zip(rows) {
                            *into = scale.number(i128::from(*whole))?;
                        }
                    })*
                }
                Some(())
            }
        }
    };
}

columns_of_numbers!(
    Int8 Int8Type, Int16 Int16Type, Int32 Int32Type, Int64 Int64Type,
    UInt8 UInt8Type, UInt16 UInt16Type, UInt32 UInt32Type, UInt64 UInt64Type,
    Decimal32 Decimal32Type, Decimal64 Decimal64Type, Decimal128 Decimal128Type
);

/// How many places the numbers of a type have: below nought where they are hundreds, say.
/// None where it is no type of exact numbers that are read here.
pub(super) fn places(kind: &DataType) -> Option<i8> {
    match kind {
        DataType::Decimal32(_, places)
        | DataType::Decimal64(_, places)
        | DataType::Decimal128(_, places) => Some(*places),
        kind if kind.is_integer() => Some(0),
        _ => None,
    }
}

/// A number as a text that facts are read from.
pub(super) fn text(whole: i128, places: i8) -> String {
    let sign = if whole < 0 { "-" } else { "" };
    let digits = whole.unsigned_abs().to_string();
    let Ok(after_point) = usize::try_from(places) else {
        return format!("{sign}{digits}{}", "0".repeat(places.unsigned_abs().into()));
    };
    let digits = format!("{digits:0>width$}", width = after_point + 1);
    let (before, after) = digits.split_at(digits.len() - after_point);
    // Noughts at the end of the places say nothing.
    match after.trim_end_matches('0') {
        "" => format!("{sign}{before}"),
        after => format!("{sign}{before}.{after}"),
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn numbers_are_written_by_their_digits() {
        let written =
            [(91_742, 2), (-5, 2), (600_0000, 4), (0, 2), (6, -2), (7, 0), (i128::MIN, 0)];
        let texts = written.map(|(whole, places)| text(whole, places));
        let most = i128::MIN.to_string();
        assert_eq!(texts, ["917.42", "-0.05", "600", "0", "600", "7", most.as_str()]);
    }
}
