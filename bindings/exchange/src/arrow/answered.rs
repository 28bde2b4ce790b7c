//! The columns of answers, filled block by block.

use std::sync::Arc;

use apportion::checked::{Number, Type};
use apportion::compile::Codes;
use apportion::engine::block::{Block, LANES};
use apportion::engine::date::Date;
use apportion::engine::decision::Answer as Given;
use apportion::engine::program::ValueId;
use apportion::policy::Policy;
use apportion::reading::show;
use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Decimal128Builder, Int32Builder, Int64Builder, PrimitiveBuilder,
    StringBuilder,
};
use arrow_array::{ArrayRef, ArrowPrimitiveType, DictionaryArray, StringArray};
use arrow_schema::{ArrowError, DataType, Field};

use super::listed::{Listed, marked};
use crate::csv::answers::{Answer, Cell, View};
use crate::csv::foresight::Foresight;
use crate::pounds::plain;

/// The digits that an amount of pence can have.
const MONEY_DIGITS: u8 = 19;

/// The digits of any other number with places.
const MOST_DIGITS: u8 = 38;

/// A column of answers.
#[derive(Debug)]
pub(super) struct Answered {
    answer: Answer,
    kind: Kind,
    values: Values,
    listed: Listed,
}

/// What a column of answers has, beside what a block says in it.
#[derive(Clone, Debug)]
enum Kind {
    Truth,
    /// One of these words.
    Word(Vec<String>),
    Day,
    Pence,
    Whole(Vec<i64>),
    /// A number with so many places.
    Places(Number, u8, Vec<i64>),
    /// A number as people write it.
    Shown(Number),
    Text,
}

/// A lane of a block that has a decision, and whether the policy covers its case.
pub(super) type Lane = (usize, bool);

/// The values so far.
#[derive(Debug)]
enum Values {
    Truths(BooleanBuilder),
    /// The places of words in the dictionary, which has all of them in their order.
    Words(Int32Builder),
    Days(Date32Builder),
    Decimals(Decimal128Builder),
    Whole(Int64Builder),
    Texts(StringBuilder),
}

impl Answered {
    /// A column of an answer, as a block of the policy gives it. None where the block is of
    /// another.
    pub(super) fn new(policy: &Policy, answer: Answer, block: &Block) -> Option<Answered> {
        let kind = kind(policy, &answer, &answer.view(policy, block)?);
        let values = kind.values();
        Some(Answered { answer, kind, values, listed: Listed::new() })
    }

    /// The field of the column.
    pub(super) fn field(&self) -> Field {
        Field::new(&self.answer.name, self.kind.data_type(), true)
    }

    /// Adds what a decided block says in some lanes, of which only the covered have answers.
    pub(super) fn add(&mut self, policy: &Policy, block: &Block, lanes: &[Lane]) -> Option<()> {
        let view = self.answer.view(policy, block)?;
        match (&view, &mut self.values) {
            (View::Covered, Values::Truths(truths)) => {
                lanes.iter().for_each(|(_, is_covered)| truths.append_value(*is_covered));
            }
            (View::Truth(truth), Values::Truths(values)) => {
                add_truths(values, truth, &[1; LANES], lanes);
            }
            (View::Words(given, bytes, _), Values::Truths(values)) => {
                add_truths(values, bytes, given, lanes);
            }
            (View::Words(given, bytes, _), Values::Words(values)) => {
                add_numbers(values, &bytes.map(i32::from), given, lanes);
            }
            (View::Words(given, bytes, _), values @ (Values::Whole(_) | Values::Decimals(_))) => {
                let numbers = bytes.map(|byte| self.kind.number(byte));
                values.add(&self.kind, &numbers, given, lanes);
            }
            (View::Date(given, days), Values::Days(values)) => {
                let day = |packed| Date::from_packed(packed).map_or(0, Date::day_number);
                add_numbers(values, &days.map(day), given, lanes);
            }
            (View::Pence(given, numbers) | View::Number(given, numbers, _), values) => {
                values.add(&self.kind, numbers, given, lanes);
            }
            (View::Paid(pence, awaiting), values) => {
                let mut given = [1; LANES];
                for made in awaiting {
                    for (given, made) in given.iter_mut().zip(*made) {
                        *given &= u8::from(*made == 0);
                    }
                }
                values.add(&self.kind, pence, &given, lanes);
            }
            (View::Awaited(amounts), Values::Decimals(values)) => {
                for (lane, is_covered) in lanes {
                    let own = amounts.iter().filter(|(made, _)| is_set(made, *lane));
                    let own = own.filter_map(|(_, pence)| pence.get(*lane).copied());
                    let sum = own.map(i128::from).reduce(|sum, it| sum + it);
                    values.append_option(sum.filter(|_| *is_covered));
                }
            }
            (view, Values::Texts(texts)) => {
                let marked = match view {
                    View::Listed(columns) => marked(columns),
                    _ => None,
                };
                let mut cell = Vec::new();
                for (lane, is_covered) in lanes {
                    let text = match marked.as_ref().and_then(|marked| marked.get(*lane)) {
                        Some(marked) => self.listed.text(*marked, |text| view.write(*lane, text)),
                        None => {
                            cell.clear();
                            view.write(*lane, &mut cell);
                            str::from_utf8(&cell).unwrap_or_default()
                        }
                    };
                    texts.append_option(Some(text).filter(|it| *is_covered && !it.is_empty()));
                }
            }
            (_, values) => lanes.iter().for_each(|_| values.append_null()),
        }
        Some(())
    }

    /// Adds what can be said of a case of which not everything is known.
    pub(super) fn add_foreseen(&mut self, foresight: &Foresight<'_>) {
        let cell = foresight.cell(&self.answer);
        match (cell, &mut self.values) {
            (cell, Values::Texts(texts)) => {
                let mut text = Vec::new();
                self.answer.write_foreseen(&cell, &mut text);
                let text = str::from_utf8(&text).unwrap_or_default();
                texts.append_option(Some(text).filter(|text| !text.is_empty()));
            }
            (Cell::Truth(truth), Values::Truths(truths)) => truths.append_value(truth),
            (Cell::Given(Given::Date(day)), Values::Days(days)) => {
                days.append_value(day.day_number());
            }
            (Cell::Given(Given::Byte(byte)), values) => {
                values.append_code(&self.kind, Some(usize::from(byte)));
            }
            (Cell::Given(Given::Amount(amount)), values) => {
                values.append_number(&self.kind, Some(amount));
            }
            (Cell::Pence(pence), Values::Decimals(values)) => values.append_value(pence.into()),
            (_, values) => values.append_null(),
        }
    }

    /// The column so far; what follows begins a new one.
    pub(super) fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        let full = core::mem::replace(&mut self.values, self.kind.values());
        Ok(match full {
            Values::Truths(mut values) => Arc::new(values.finish()),
            Values::Words(mut values) => {
                let words = match &self.kind {
                    Kind::Word(words) => StringArray::from_iter_values(words),
                    _ => StringArray::new_null(0),
                };
                Arc::new(DictionaryArray::try_new(values.finish(), Arc::new(words))?)
            }
            Values::Days(mut values) => Arc::new(values.finish()),
            Values::Decimals(mut values) => Arc::new(values.finish()),
            Values::Whole(mut values) => Arc::new(values.finish()),
            Values::Texts(mut values) => Arc::new(values.finish()),
        })
    }
}

fn kind(policy: &Policy, answer: &Answer, view: &View<'_>) -> Kind {
    let values = policy.checked().values.iter().zip((0..).map(ValueId));
    let mut own = values.filter(|(value, _)| {
        value.outside == answer.name && value.list.is_none() && value.each.is_none()
    });
    let value = own.next().map(|(value, id)| (&value.kind, id));
    match (view, value) {
        (View::Covered | View::Truth(_), _) => Kind::Truth,
        (View::Words(..), Some((Type::YesNo, _))) => Kind::Truth,
        (View::Words(.., words), Some((Type::Number(number), id))) => {
            match policy.compiled().values.get(id.index()) {
                Some(Codes::Numbers(codes)) if !number.unit.is_percent() => {
                    number_kind(number, codes)
                }
                _ => Kind::Word(words.to_vec()),
            }
        }
        (View::Words(.., words), _) => Kind::Word(words.to_vec()),
        (View::Date(..), _) => Kind::Day,
        (View::Pence(..) | View::Paid(..) | View::Awaited(_), _) => Kind::Pence,
        (View::Number(.., number), _) => number_kind(number, &[]),
        _ => Kind::Text,
    }
}

/// Numbers as whole ones, as decimals where that is exact, and otherwise as text.
fn number_kind(number: &Number, codes: &[i64]) -> Kind {
    let (number, codes) = (number.clone(), codes.to_vec());
    let over = match number.unit.is_money() {
        true => number.denominator.saturating_mul(100),
        false => number.denominator,
    };
    let fits = |places: &u8| 10_i64.pow(u32::from(*places)).checked_rem(over) == Some(0);
    match (0..=9).find(fits) {
        _ if number.unit.is_percent() => Kind::Shown(number),
        Some(0) => Kind::Whole(codes),
        Some(places) => Kind::Places(number, places, codes),
        None => Kind::Shown(number),
    }
}

impl Kind {
    fn data_type(&self) -> DataType {
        match self {
            Kind::Truth => DataType::Boolean,
            Kind::Word(_) => {
                DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
            }
            Kind::Day => DataType::Date32,
            Kind::Pence => DataType::Decimal128(MONEY_DIGITS, 2),
            Kind::Whole(..) => DataType::Int64,
            Kind::Places(_, places, _) => {
                DataType::Decimal128(MOST_DIGITS, i8::try_from(*places).unwrap_or(0))
            }
            Kind::Shown(_) | Kind::Text => DataType::Utf8,
        }
    }

    /// The number that a byte of a block stands for; any, where the byte stands for nothing.
    fn number(&self, byte: u8) -> i64 {
        match self {
            Kind::Whole(codes) | Kind::Places(_, _, codes) => {
                codes.get(usize::from(byte)).copied().unwrap_or_default()
            }
            _ => 0,
        }
    }

    /// No values yet.
    fn values(&self) -> Values {
        match self {
            Kind::Truth => Values::Truths(BooleanBuilder::new()),
            Kind::Word(_) => Values::Words(Int32Builder::new()),
            Kind::Day => Values::Days(Date32Builder::new()),
            Kind::Pence | Kind::Places(..) => {
                Values::Decimals(Decimal128Builder::new().with_data_type(self.data_type()))
            }
            Kind::Whole(..) => Values::Whole(Int64Builder::new()),
            Kind::Shown(_) | Kind::Text => Values::Texts(StringBuilder::new()),
        }
    }
}

impl Values {
    fn append_null(&mut self) {
        match self {
            Values::Truths(values) => values.append_null(),
            Values::Words(values) => values.append_null(),
            Values::Days(values) => values.append_null(),
            Values::Decimals(values) => values.append_null(),
            Values::Whole(values) => values.append_null(),
            Values::Texts(values) => values.append_null(),
        }
    }

    /// What a byte of a block stands for.
    fn append_code(&mut self, kind: &Kind, place: Option<usize>) {
        match (&mut *self, kind, place) {
            (Values::Truths(values), _, Some(place)) => values.append_value(place != 0),
            (Values::Words(values), Kind::Word(_), Some(place)) => {
                values.append_option(i32::try_from(place).ok());
            }
            (_, Kind::Whole(codes) | Kind::Places(_, _, codes), Some(place)) => {
                self.append_number(kind, codes.get(place).copied());
            }
            _ => self.append_null(),
        }
    }

    /// Adds what some lanes have of numbers over the denominator of their type.
    fn add(&mut self, kind: &Kind, numbers: &[i64; LANES], given: &[u8; LANES], lanes: &[Lane]) {
        match (&mut *self, kind) {
            (Values::Whole(values), _) => add_numbers(values, numbers, given, lanes),
            (Values::Decimals(values), Kind::Pence) => {
                add_numbers(values, &numbers.map(i128::from), given, lanes);
            }
            _ => {
                for (lane, is_covered) in lanes {
                    let number = numbers.get(*lane).copied();
                    self.append_number(
                        kind,
                        number.filter(|_| *is_covered && is_set(given, *lane)),
                    );
                }
            }
        }
    }

    /// A number over the denominator of its type.
    fn append_number(&mut self, kind: &Kind, number: Option<i64>) {
        match (&mut *self, kind, number) {
            (Values::Whole(values), _, Some(number)) => values.append_value(number),
            (Values::Decimals(values), Kind::Pence, Some(pence)) => {
                values.append_value(pence.into())
            }
            (Values::Decimals(values), Kind::Places(of, places, _), Some(number)) => {
                let over = if of.unit.is_money() { 100 } else { 1 };
                let over = i128::from(of.denominator) * over;
                let digits = i128::from(number) * 10_i128.pow((*places).into());
                values.append_option(digits.checked_div(over));
            }
            (Values::Texts(values), Kind::Shown(of), Some(number)) => {
                values.append_value(plain(&show(of, number)));
            }
            _ => self.append_null(),
        }
    }
}

fn add_truths(
    values: &mut BooleanBuilder,
    bytes: &[u8; LANES],
    given: &[u8; LANES],
    lanes: &[Lane],
) {
    for (lane, is_covered) in lanes {
        let is_given = *is_covered && is_set(given, *lane);
        values.append_option(is_given.then(|| is_set(bytes, *lane)));
    }
}

/// Adds the numbers of some lanes at once: one by one, each costs a call.
fn add_numbers<T: ArrowPrimitiveType>(
    values: &mut PrimitiveBuilder<T>,
    numbers: &[T::Native; LANES],
    given: &[u8; LANES],
    lanes: &[Lane],
) {
    let of_lane = |(lane, _): &Lane| numbers.get(*lane).copied().unwrap_or_default();
    let is_given = |(lane, is_covered): &Lane| *is_covered && is_set(given, *lane);
    let numbers: Vec<T::Native> = lanes.iter().map(of_lane).collect();
    let is_valid: Vec<bool> = lanes.iter().map(is_given).collect();
    values.append_values(&numbers, &is_valid);
}

fn is_set(column: &[u8; LANES], lane: usize) -> bool {
    column.get(lane).is_some_and(|byte| *byte != 0)
}
