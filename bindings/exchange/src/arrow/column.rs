//! A column of a table as what its cells say of a fact.

use core::ops::Range;

use apportion::checked::{Fact, Type};
use apportion::engine::block::{Block, LANES};
use apportion::engine::case::{Case, State};
use apportion::engine::date::Date;
use apportion::engine::program::Fact as EngineFact;
use apportion::engine::value::Value;
use apportion::policy::Policy;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType,
};
use arrow_array::{
    Array, ArrayRef, BooleanArray, LargeStringArray, PrimitiveArray, StringArray, StringViewArray,
};
use arrow_schema::{ArrowError, DataType, TimeUnit};

use super::mistake::TypeMistake;
use super::numbers::{self, Digits};
use crate::csv::reading::read;
use crate::csv::remembered::Remembered;
use crate::field::Field;
use crate::scale::Scale;

/// What a fact is read from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'p> {
    pub(super) policy: &'p Policy,
    pub(super) fact: &'p Fact,
    pub(super) field: Field,
}

impl Reading<'_> {
    /// What a text says, or what is wrong with it.
    fn read(&self, case: &mut Case, text: &str) -> Result<State, String> {
        read(self.policy, case, self.field, text).map_err(|mistake| mistake.to_string())
    }

    /// Why a type of column gives no exact value of the fact; none where it may.
    pub(super) fn refuses(&self, column: &str, kind: &DataType) -> Option<TypeMistake> {
        let mistake = |kind: &str, instead| {
            Some(TypeMistake { column: column.to_string(), kind: kind.to_string(), instead })
        };
        if let DataType::Dictionary(_, values) = kind {
            return match values.is_string() || matches!(**values, DataType::Null) {
                true => None,
                false => mistake("a dictionary of other things than text", self.instead()),
            };
        }
        match kind {
            DataType::Null => None,
            kind if kind.is_string() => None,
            kind if kind.is_floating() => mistake("of floats, which are not exact", self.instead()),
            kind if numbers::places(kind).is_some() => None,
            DataType::Boolean if matches!(self.fact.kind, Type::YesNo) => None,
            DataType::Timestamp(_, Some(_)) => {
                mistake("of times with a zone", "make it a column of days, in the zone that counts")
            }
            DataType::Date32 | DataType::Date64 | DataType::Timestamp(_, None)
                if matches!(self.fact.kind, Type::Date { .. }) =>
            {
                None
            }
            kind => mistake(&format!("of the type {kind}"), self.instead()),
        }
    }

    /// What a column of the fact may be.
    fn instead(&self) -> &'static str {
        match &self.fact.kind {
            Type::Number(number) if number.unit.is_money() && self.field.is_in_pence => {
                "make it whole pence"
            }
            Type::Number(number) if number.unit.is_money() => {
                "make it pounds as decimals, such as decimal128(10, 2), whole numbers or text"
            }
            Type::Number(number) if number.unit.is_percent() => r#"make it text, such as "25%""#,
            Type::Number(_) => "make it decimals, whole numbers or text",
            Type::Date { .. } => "make it a column of days or text",
            Type::YesNo => "make it truths or text",
            Type::Words { .. } | Type::Listed { .. } | Type::Broken => "make it text",
        }
    }
}

/// A column of one batch, ready to be read row by row.
#[derive(Debug)]
pub(super) struct Column {
    array: ArrayRef,
    values: Values,
}

#[derive(Debug)]
enum Values {
    Nothing,
    Text(StringArray),
    LargeText(LargeStringArray),
    TextView(StringViewArray),
    /// What each text of a dictionary says, once.
    Dictionary(Vec<Result<State, String>>, Vec<usize>),
    Truths(BooleanArray),
    Numbers(Digits, i8, Option<Scale>),
    Days(PrimitiveArray<Date32Type>),
    /// Ticks of a clock, of which so many make a day.
    Ticks(Vec<i64>, i64),
}

impl Column {
    /// A column of a type that was not refused.
    pub(super) fn new(
        reading: &Reading<'_>,
        case: &mut Case,
        array: &ArrayRef,
    ) -> Result<Column, ArrowError> {
        let values = match array.data_type() {
            DataType::Null => Values::Nothing,
            DataType::Utf8 => Values::Text(array.as_string().clone()),
            DataType::LargeUtf8 => Values::LargeText(array.as_string().clone()),
            DataType::Utf8View => Values::TextView(array.as_string_view().clone()),
            DataType::Boolean => Values::Truths(array.as_boolean().clone()),
            DataType::Date32 => Values::Days(array.as_primitive().clone()),
            DataType::Date64 => {
                Values::Ticks(array.as_primitive::<Date64Type>().values().to_vec(), 86_400_000)
            }
            DataType::Timestamp(unit, _) => ticks(array, *unit),
            DataType::Dictionary(..) => dictionary(reading, case, array)?,
            kind => match (Digits::of(array), numbers::places(kind)) {
                (Some(digits), Some(places)) => {
                    let scale = Scale::new(reading.fact, reading.field, places);
                    Values::Numbers(digits, places, scale)
                }
                _ => {
                    let other = format!("a column turned into {kind}");
                    return Err(ArrowError::SchemaError(other));
                }
            },
        };
        Ok(Column { array: array.clone(), values })
    }

    /// Puts the values of some rows into the lanes of a block. None where a row has none, or none that
    /// the fact allows, so that each must be looked at.
    pub(super) fn put(
        &self,
        reading: &Reading<'_>,
        rows: Range<usize>,
        block: &mut Block,
    ) -> Option<()> {
        let (first, count) = (rows.start, rows.len());
        let nulls = self.array.nulls();
        if nulls.is_some_and(|nulls| nulls.slice(first, count).null_count() > 0) {
            return None;
        }
        let fact = reading.field.fact;
        match &self.values {
            Values::Truths(truths) => {
                let lanes = block.bytes_mut(fact)?.iter_mut().zip(rows);
                lanes.for_each(|(lane, row)| *lane = truths.value(row).into());
            }
            Values::Dictionary(states, places) => {
                let places = places.get(rows)?;
                for (lane, place) in block.bytes_mut(fact)?.iter_mut().zip(places) {
                    *lane = match states.get(*place)? {
                        Ok(State::Known(Value::Word(word))) => *word,
                        Ok(State::Known(Value::YesNo(truth))) => (*truth).into(),
                        _ => return None,
                    };
                }
            }
            Values::Numbers(digits, _, scale) => {
                let lanes = block.amounts_mut(fact)?.get_mut(..count)?;
                digits.scaled(scale.as_ref()?, first, lanes)?;
            }
            Values::Days(days) => {
                put_days(reading, days.values().get(rows)?.iter().copied(), block)?;
            }
            Values::Ticks(ticks, a_day) => {
                let ticks = ticks.get(rows)?;
                if ticks.iter().any(|ticks| ticks.checked_rem(*a_day) != Some(0)) {
                    return None;
                }
                let days = ticks.iter().map(|ticks| ticks.checked_div(*a_day));
                let days = days.map(|day| day.and_then(|day| i32::try_from(day).ok()));
                put_days(reading, days.map(|day| day.unwrap_or(i32::MAX)), block)?;
            }
            Values::Nothing | Values::Text(_) | Values::LargeText(_) | Values::TextView(_) => {
                return None;
            }
        }
        if let Some(said) = block.said_mut(fact) {
            said.fill(EngineFact::A_VALUE);
        }
        Some(())
    }

    /// What a row says of the fact, or what is wrong with it.
    pub(super) fn state(
        &self,
        reading: &Reading<'_>,
        case: &mut Case,
        remembered: &mut Remembered,
        row: usize,
    ) -> Result<State, String> {
        if self.array.is_null(row) {
            return Ok(State::NotStated);
        }
        match &self.values {
            Values::Nothing => Ok(State::NotStated),
            Values::Text(texts) => text(reading, case, remembered, texts.value(row)),
            Values::LargeText(texts) => text(reading, case, remembered, texts.value(row)),
            Values::TextView(texts) => text(reading, case, remembered, texts.value(row)),
            Values::Dictionary(states, places) => {
                let state = places.get(row).and_then(|place| states.get(*place));
                state.cloned().unwrap_or(Ok(State::NotStated))
            }
            Values::Truths(truths) => Ok(State::Known(Value::YesNo(truths.value(row)))),
            Values::Numbers(digits, places, scale) => {
                let whole = digits.get(row);
                match scale.and_then(|scale| scale.number(whole)) {
                    Some(number) => Ok(State::Known(Value::Amount(number))),
                    None => reading.read(case, &numbers::text(whole, *places)),
                }
            }
            Values::Days(days) => day(reading, case, days.value(row).into()),
            Values::Ticks(ticks, a_day) => {
                let ticks = ticks.get(row).copied().unwrap_or_default();
                match ticks.checked_rem_euclid(*a_day) {
                    Some(0) => day(reading, case, ticks.div_euclid(*a_day)),
                    _ => Err(format!(
                        "`{}` has a time of day, and a fact is a day alone",
                        reading.field.name(reading.policy)
                    )),
                }
            }
        }
    }
}

/// Puts days since 1 January 1970 into the lanes of a block, where the fact allows all of them.
fn put_days(
    reading: &Reading<'_>,
    days: impl Iterator<Item = i32>,
    block: &mut Block,
) -> Option<()> {
    let Type::Date { first, last } = &reading.fact.kind else { return None };
    let allowed = first.day_number()..=last.day_number();
    // Lanes beyond the last row are read by nobody.
    let mut numbers = [first.day_number(); LANES];
    for (number, day) in numbers.iter_mut().zip(days) {
        *number = day;
    }
    let all = numbers.iter().all(|number| allowed.contains(number));
    all.then(|| block.set_day_numbers(reading.field.fact, &numbers)).flatten()
}

fn text(
    reading: &Reading<'_>,
    case: &mut Case,
    remembered: &mut Remembered,
    text: &str,
) -> Result<State, String> {
    let mut state = State::NotStated;
    let known = remembered.value_or_read(text.as_bytes(), || {
        state = reading.read(case, text)?;
        Ok::<_, String>(match state {
            State::Known(value) => Some(value),
            State::NotStated | State::NotKnown => None,
        })
    })?;
    Ok(known.map_or(state, State::Known))
}

/// A day by its number from 1 January 1970.
fn day(reading: &Reading<'_>, case: &mut Case, number: i64) -> Result<State, String> {
    let date = i32::try_from(number).ok().and_then(Date::from_day_number);
    match (date, &reading.fact.kind) {
        (Some(date), Type::Date { first, last }) if *first <= date && date <= *last => {
            Ok(State::Known(Value::Date(date)))
        }
        // What is wrong with it is said as of a text; no text is such a day either.
        (Some(date), _) => {
            let (year, month, day) = (date.year(), date.month(), date.day());
            reading.read(case, &format!("{year:04}-{month:02}-{day:02}"))
        }
        (None, _) => reading.read(case, "a day that no calendar here has"),
    }
}

fn ticks(array: &ArrayRef, unit: TimeUnit) -> Values {
    const SECONDS: i64 = 86_400;
    match unit {
        TimeUnit::Second => {
            Values::Ticks(array.as_primitive::<TimestampSecondType>().values().to_vec(), SECONDS)
        }
        TimeUnit::Millisecond => {
            let ticks = array.as_primitive::<TimestampMillisecondType>().values().to_vec();
            Values::Ticks(ticks, SECONDS * 1_000)
        }
        TimeUnit::Microsecond => {
            let ticks = array.as_primitive::<TimestampMicrosecondType>().values().to_vec();
            Values::Ticks(ticks, SECONDS * 1_000_000)
        }
        TimeUnit::Nanosecond => {
            let ticks = array.as_primitive::<TimestampNanosecondType>().values().to_vec();
            Values::Ticks(ticks, SECONDS * 1_000_000_000)
        }
    }
}

/// Reads each text of a dictionary once.
fn dictionary(
    reading: &Reading<'_>,
    case: &mut Case,
    array: &ArrayRef,
) -> Result<Values, ArrowError> {
    let dictionary = array.as_any_dictionary();
    let texts = dictionary.values();
    if texts.is_empty() {
        return Ok(Values::Nothing);
    }
    let places = dictionary.normalized_keys();
    let column = Column::new(reading, case, texts)?;
    let mut remembered = Remembered::new();
    let states = (0..texts.len()).map(|row| column.state(reading, case, &mut remembered, row));
    Ok(Values::Dictionary(states.collect(), places))
}
