//! What facts can be, and answers as numbers.

use apportion_core::date::Date;
use apportion_core::decision::{Answer, Decision};
use apportion_core::outlook::{Domain, Question, Range, Unknown};
use apportion_core::program::{AmountSlot, AnySlot, ByteSlot, DateSlot, FactId, Program};
use apportion_core::range::{ByteSet, Span};
use apportion_core::value::{Type, Value};

use super::super::making::{Choices, DAYS, day};

/// A part of what a fact can be, and all values in it.
pub(super) fn some_of(kind: Type, choices: &mut Choices) -> (Domain, Vec<Value>) {
    match kind {
        Type::YesNo => {
            (Domain::Bytes(ByteSet::OPEN), vec![Value::YesNo(false), Value::YesNo(true)])
        }
        Type::Words { count } => {
            let all: Vec<u8> = (0..count).filter(|_| choices.below(4) > 0).collect();
            let all = if all.is_empty() { vec![1] } else { all };
            let values = all.iter().map(|word| Value::Word(*word)).collect();
            (Domain::Bytes(all.into_iter().collect()), values)
        }
        Type::Date { .. } => {
            let first = day(choices.of(&DAYS)).day_number();
            let numbers = first..=first + choices.below(4) as i32;
            let days: Vec<Date> = numbers.map(|it| Date::from_day_number(it).unwrap()).collect();
            let span = Span { least: days[0], greatest: days[days.len() - 1] };
            (Domain::Dates(span), days.into_iter().map(Value::Date).collect())
        }
        Type::Amount { least, greatest } => {
            // From -4 to 6 there is room for steps of 2.
            let step = if least < 0 && 0 < greatest { 1 + choices.below(2) as i64 } else { 1 };
            let first = least + step * choices.below(4) as i64;
            let last = (first + step * choices.below(5) as i64).min(greatest);
            let numbers: Vec<i64> = (first..=last).step_by(step as usize).collect();
            let within = Span { least: first, greatest: numbers[numbers.len() - 1] };
            (Domain::Amounts { within, step }, numbers.into_iter().map(Value::Amount).collect())
        }
    }
}

pub(super) fn has_bytes(unknown: &Unknown) -> bool {
    matches!(unknown, Unknown::Fact { domain: Domain::Bytes(_), .. })
}

pub(super) fn slot_of(program: &Program, fact: FactId) -> AnySlot {
    let declared = &program.facts()[fact.index()];
    match declared.kind {
        Type::Date { .. } => AnySlot::Date(DateSlot(declared.slot)),
        Type::Amount { .. } => AnySlot::Amount(AmountSlot(declared.slot)),
        _ => AnySlot::Byte(ByteSlot(declared.slot)),
    }
}

/// The answer of a decision as a number.
pub(in crate::engine::outlooks) fn answer(
    program: &Program,
    decision: &Decision,
    question: Question,
) -> Option<i64> {
    let byte = |slot| decision.byte(slot).map(i64::from);
    match question {
        Question::Conclusion(id) => decision.concludes(id).map(i64::from),
        Question::Value(id) => decision.value(id).map(|answer| match answer {
            Answer::Byte(byte) => byte.into(),
            Answer::Date(day) => day.packed().into(),
            Answer::Amount(amount) => amount,
        }),
        Question::Pays(party, unit) => {
            let total = decision.totals().find(|total| (total.0, total.1) == (party, unit));
            total.map(|(.., money)| money.pence())
        }
        Question::Referred(place) => byte(program.answers().referrals[place].made),
        Question::Awaits(place) => byte(program.answers().awaiting[place].made),
        Question::Awaited(place) => {
            let awaited = &program.answers().awaiting[place];
            byte(awaited.made).filter(|made| *made != 0)?;
            decision.amount(awaited.pence)
        }
    }
}

/// The ends of a range, where it has any.
pub(in crate::engine::outlooks) fn ends(range: Range) -> (Option<i64>, Option<i64>) {
    match range {
        Range::Bytes(bytes) => (bytes.least().map(i64::from), bytes.greatest().map(i64::from)),
        Range::Dates(days) => {
            (Some(days.least.packed().into()), Some(days.greatest.packed().into()))
        }
        Range::Amounts(span) => (Some(span.least), Some(span.greatest)),
        Range::Nothing => (None, None),
    }
}

pub(in crate::engine::outlooks) fn has(range: Range, number: i64) -> bool {
    match range {
        Range::Bytes(bytes) => u8::try_from(number).is_ok_and(|byte| bytes.has(byte)),
        _ => {
            let (least, greatest) = ends(range);
            least <= Some(number) && Some(number) <= greatest
        }
    }
}
