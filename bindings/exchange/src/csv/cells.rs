//! The cells of a row as values of its facts.

use apportion::engine::case::{Case, CaseError, State};
use apportion::engine::program::{Fact, FactId, Item};
use apportion::engine::value::Value;
use apportion::policy::Policy;

use super::columns::Columns;
use super::quote::Quote;
use super::reading::read;
use super::rejects::Reject;
use super::remembered::Remembered;
use super::row::Row;
use crate::facts::default_of;
use crate::field::Field;
use crate::not_text::SAVE_CASELOAD;

/// The columns that give facts, with what their texts were read as.
#[derive(Debug)]
pub(super) struct Cells<'p> {
    policy: &'p Policy,
    columns: Vec<FactColumn>,
    /// The names of all columns, of which a row has as many.
    names: Vec<String>,
    /// A case in which texts are read, one fact at a time.
    reading: Case,
}

#[derive(Debug)]
struct FactColumn {
    index: usize,
    name: String,
    field: Field,
    /// What stands in for an empty cell.
    default: Option<Value>,
    /// Whether it is for the policy to say which cases need it.
    may_be_left_out: bool,
    remembered: Remembered,
}

impl<'p> Cells<'p> {
    pub(super) fn new(policy: &'p Policy, columns: &Columns) -> Self {
        let column = |index, field: Field, name: &String| FactColumn {
            index,
            name: name.clone(),
            field,
            default: default_of(policy, field.fact),
            may_be_left_out: may_be_left_out(policy, field.fact),
            remembered: Remembered::new(),
        };
        let given = columns.fields.iter().zip(&columns.names).enumerate();
        let given = given
            .filter_map(|(index, (field, name))| Some(column(index, (*field)?, name)))
            .filter(|column| !is_text(policy, column.field))
            .collect();
        let names = columns.names.clone();
        Cells { policy, columns: given, names, reading: policy.new_case() }
    }

    /// The fact that each column gives, in the order of the columns.
    pub(super) fn facts(&self) -> Vec<FactId> {
        self.columns.iter().map(|column| column.field.fact).collect()
    }

    /// What a row says of the fact that stands at this place among [`Cells::facts`].
    pub(super) fn said(&mut self, place: usize, row: &Row) -> Result<Said, Reject> {
        let Some(column) = self.columns.get_mut(place) else {
            return Err(Reject::of_row(row, "there is no such column".to_string()));
        };
        let cell = row.get(column.index).unwrap_or_default();
        let state = column.state(self.policy, &mut self.reading, cell);
        let state = state.map_err(|reason| Reject::in_cell(row, &column.name, reason))?;
        let (default, may_be_left_out) = (column.default, column.may_be_left_out);
        Ok(Said { state, default, may_be_left_out })
    }

    /// States in a case, or of one of its items, what a row says.
    pub(super) fn state(
        &mut self,
        row: &Row,
        case: &mut Case,
        item: Option<Item>,
    ) -> Result<(), Reject> {
        for place in 0..self.columns.len() {
            let said = self.said(place, row)?;
            let Some(column) = self.columns.get(place) else { continue };
            let stated = state(case, column.field.fact, item, said.state);
            stated.map_err(|error| Reject::in_cell(row, &column.name, error.to_string()))?;
        }
        Ok(())
    }

    /// The name of the column that gives the fact with this name outside the policy's file.
    pub(super) fn name(&self, outside: &str) -> Option<&str> {
        let fact = self.policy.fact(outside)?;
        let column = self.columns.iter().find(|column| column.field.fact == fact)?;
        Some(&column.name)
    }

    /// Why a row can be nothing, whatever its cells say.
    pub(super) fn no_row(&self, row: &Row) -> Option<Reject> {
        if row.len() != self.names.len() {
            return Some(Reject::of_row(row, not_as_wide(row, self.names.len())));
        }
        if row.cells.as_slice().is_ascii() {
            return None;
        }
        let place = row.iter().position(|cell| str::from_utf8(cell).is_err())?;
        let reason = format!("the cell is not UTF-8 text; {SAVE_CASELOAD}");
        Some(Reject::in_cell(row, self.names.get(place).map_or("", String::as_str), reason))
    }
}

/// Why a row has another number of cells than there are columns.
fn not_as_wide(row: &Row, columns: usize) -> String {
    let counted = |count: usize, what: &str| match count {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    };
    let (cells, columns) = (counted(row.len(), "cell"), counted(columns, "column"));
    let verb = if columns == "1 column" { "is" } else { "are" };
    let why = match row.quote {
        Some(Quote { line, is_closed: false }) => {
            format!(": a quote that opens in line {line} is not closed")
        }
        Some(Quote { line, .. }) => {
            format!(": see whether a quote that opens in line {line} should close there")
        }
        None => String::new(),
    };
    format!("the row has {cells}, and there {verb} {columns}{why}")
}

/// Whether a field is carried through and never read.
fn is_text(policy: &Policy, field: Field) -> bool {
    policy.facts().get(field.fact.index()).is_none_or(|fact| fact.is_text)
}

/// States a fact of a case, or of one of its items.
pub(crate) fn state(
    case: &mut Case,
    fact: FactId,
    item: Option<Item>,
    state: State,
) -> Result<(), CaseError> {
    match (state, item) {
        (State::NotStated, _) => Ok(()),
        (State::NotKnown, None) => case.set_not_known(fact),
        (State::NotKnown, Some(item)) => case.set_item_not_known(item, fact),
        (State::Known(value), None) => case.set(fact, value),
        (State::Known(value), Some(item)) => case.set_item(item, fact, value),
    }
}

/// What a cell says of a fact.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    state: State,
    /// What stands in for an empty cell.
    default: Option<Value>,
    /// Whether it is for the policy to say which cases need the fact.
    may_be_left_out: bool,
}

impl Said {
    /// The value that counts.
    pub(super) fn value(self) -> Option<Value> {
        match self.state {
            State::Known(value) => Some(value),
            State::NotStated => self.default,
            State::NotKnown => None,
        }
    }

    /// Whether every case needs the value, and it is not known.
    pub(super) fn is_lacking(self) -> bool {
        self.value().is_none() && !self.may_be_left_out
    }

    /// Whether it is a value, nothing, or that it is not known: as the engine is told it.
    pub(super) fn as_byte(self) -> u8 {
        match self.state {
            State::Known(_) => Fact::A_VALUE,
            State::NotStated => Fact::NOTHING,
            State::NotKnown => Fact::NOT_KNOWN,
        }
    }
}

impl FactColumn {
    /// What a cell says, or why it can say nothing of the kind.
    fn state(&mut self, policy: &Policy, reading: &mut Case, cell: &[u8]) -> Result<State, String> {
        if cell.is_empty() {
            return Ok(State::NotStated);
        }
        let field = self.field;
        let mut state = State::NotStated;
        let known = self.remembered.value_or_read(cell, || {
            let text =
                str::from_utf8(cell).map_err(|_| "the cell is not UTF-8 text".to_string())?;
            state = read(policy, reading, field, text).map_err(|mistake| mistake.to_string())?;
            Ok::<_, String>(match state {
                State::Known(value) => Some(value),
                State::NotStated | State::NotKnown => None,
            })
        })?;
        Ok(known.map_or(state, State::Known))
    }
}

/// Whether a case may be without a fact, as far as can be told from the fact alone.
pub(crate) fn may_be_left_out(policy: &Policy, fact: FactId) -> bool {
    policy.program().facts().get(fact.index()).is_some_and(|fact| fact.said.is_some())
}
