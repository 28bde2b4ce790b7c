//! The values of a fact at which a program may come to another answer.

use alloc::vec;
use alloc::vec::Vec;

use super::cells::{self, Cell};
use super::column::columns;
use super::ranged::see;
use super::setting::{Setting, cause, word};
use super::{Domain, Unknown};
use crate::case::{Case, Identity};
use crate::date::Date;
use crate::decision::DecideError;
use crate::lanes::SlotMissing;
use crate::program::Program;
use crate::ranges::Ranges;
use crate::value::Value;

impl Program {
    /// Values of something, rising, with the rest of a case as it stands: the first and the last of
    /// each stretch of its values that the program does not tell apart. Of a fact with a list of
    /// words, all of them.
    ///
    /// Where the program calculates with a value, what comes of the others between two of these may
    /// differ from both. Nothing for a list.
    ///
    /// # Errors
    ///
    /// Returns [`DecideError`] where the case was made for another program, or the program has no
    /// such fact.
    ///
    /// ```
    /// use apportion_core::case::Case;
    /// use apportion_core::outlook::{Domain, Unknown};
    /// use apportion_core::program::{Builder, Operation};
    /// use apportion_core::range::Span;
    /// use apportion_core::value::{Type, Value};
    ///
    /// // Whether places, from 0 to 9, are at least 3.
    /// let mut program = Builder::default();
    /// let places = program.fact(Type::Amount { least: 0, greatest: 9 }, None);
    /// let (edges, out) = (program.amount_table([3]), program.byte());
    /// let amount = program.fact_amount(places).unwrap();
    /// program.push(Operation::AmountBand { amount, edges, out });
    /// program.answers.conclusions.push(out);
    /// let program = program.finish().unwrap();
    ///
    /// let within = Span { least: 0, greatest: 9 };
    /// let places = Unknown::Fact { fact: places, item: None, domain: Domain::Amounts { within, step: 1 } };
    /// let values = program.telling_values(&Case::new(&program), &places).unwrap();
    /// assert_eq!(values, [0, 2, 3, 9].map(Value::Amount));
    /// ```
    pub fn telling_values(&self, case: &Case, of: &Unknown) -> Result<Vec<Value>, DecideError> {
        if case.identity() != Identity::of(self) {
            return Err(DecideError::OtherProgram);
        }
        let Unknown::Fact { fact, item, domain } = of else { return Ok(Vec::new()) };
        let declared = self.facts().get(fact.index()).ok_or(SlotMissing)?;
        if let Domain::Bytes(bytes) = domain {
            return Ok(bytes.iter().map(|byte| word(declared.kind, byte)).collect());
        }
        let mut known = Ranges::of_case(self, case)?;
        Setting::Any.spread(self, &mut known, of, cause(0))?;
        see(self, &mut known, &columns(self, None, &[]))?;
        let cells = cells::of(self, &known, declared, *item, *domain);
        Ok(ends(&cells, *domain))
    }
}

/// The first and the last value of each cell.
fn ends(cells: &[Cell], domain: Domain) -> Vec<Value> {
    let firsts = cells.iter().filter_map(|cell| match cell {
        Cell::Alike(value) => Some(*value),
        Cell::Range(Domain::Dates(days)) => Some(Value::Date(days.least)),
        Cell::Range(Domain::Amounts { within, .. }) => Some(Value::Amount(within.least)),
        Cell::Range(Domain::Bytes(_)) => None,
    });
    let mut values = vec![];
    for first in firsts {
        values.extend(before(first, domain));
        values.push(first);
    }
    values.extend(match domain {
        Domain::Dates(days) => Some(Value::Date(days.greatest)),
        Domain::Amounts { within, .. } => Some(Value::Amount(within.greatest)),
        Domain::Bytes(_) => None,
    });
    values.dedup();
    values
}

/// The value next below another, if it lies within the domain.
fn before(value: Value, domain: Domain) -> Option<Value> {
    match (value, domain) {
        (Value::Date(day), Domain::Dates(days)) if day > days.least => {
            Date::from_day_number(day.day_number().checked_sub(1)?).map(Value::Date)
        }
        (Value::Amount(amount), Domain::Amounts { within, step }) if amount > within.least => {
            amount.checked_sub(step).map(Value::Amount)
        }
        _ => None,
    }
}
