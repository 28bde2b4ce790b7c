//! The columns that the decisions add, and what a block says in each.

use std::collections::BTreeSet;
use std::io::Write;

use apportion::checked::{Type, Value as PolicyValue};
use apportion::compile::Codes;
use apportion::engine::block::{Block, LANES};
use apportion::engine::date::Date;
use apportion::engine::decision::Answer as Given;
use apportion::engine::program::{
    ClauseId, ConclusionId, ListId, PanelId, PartyId, UnitId, ValueId,
};
use apportion::listed::show as show_listed;
use apportion::policy::Policy;
use apportion::reading::show;

use crate::payments::{in_unit, key, payers};
use crate::pounds::plain;

mod foreseen;
mod of_item;
#[cfg(feature = "excel")]
mod shape;

pub(crate) use foreseen::{Cell, added};
#[cfg(feature = "excel")]
pub(crate) use shape::Shape;

/// A column that the decisions add.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// Its name.
    pub(crate) name: String,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    Covered,
    Conclusion(ConclusionId),
    /// A value in few texts: the byte that stands for it is the place of its text.
    Words(ValueId, Vec<String>),
    Date(ValueId),
    /// Money in whole pence.
    Pence(ValueId),
    /// Those of the words that are listed.
    Listed(ValueId, Vec<String>),
    /// Any other number.
    Number(ValueId, apportion::checked::Number),
    Pays(PartyId, UnitId),
    /// The least that a party may pay.
    PaysFrom(PartyId, UnitId),
    /// The greatest.
    PaysTo(PartyId, UnitId),
    Awaits(PanelId, UnitId),
    ReferredTo,
    Clauses,
    /// The facts that are needed to settle the case.
    Needs,
    /// Whether both ends of what parties may pay occur.
    Ranges,
}

/// The columns that the decisions of a policy add to cases, or to the items of a list.
pub(super) fn answers(policy: &Policy, list: Option<ListId>) -> Vec<Answer> {
    let answer = |name: &str, kind| Answer { name: name.to_string(), kind };
    let checked = policy.checked();
    let mut answers = Vec::new();
    if policy.program().answers().cover.is_some() && list.is_none() {
        answers.push(answer("covered", Kind::Covered));
    }
    let conclusions = checked.conclusions.iter().zip((0..).map(ConclusionId));
    let conclusions = conclusions.filter(|(conclusion, _)| conclusion.list == list);
    answers.extend(conclusions.map(|(it, id)| answer(&it.outside, Kind::Conclusion(id))));
    let values = checked.values.iter().zip((0..).map(ValueId));
    let values = values.filter(|(value, _)| !value.is_rate && value.each.is_none());
    let values = values.filter(|(value, _)| value.list == list);
    answers.extend(values.map(|(value, id)| answer(&value.outside, value_kind(policy, value, id))));
    let pays = list.map_or_else(|| pays(policy), |list| payers(policy, list));
    answers.extend(pays.into_iter().map(|(party, unit)| {
        answer(&format!("pays_{}", key(policy, party, unit)), Kind::Pays(party, unit))
    }));
    if list.is_none() {
        answers.extend(awaits(policy).into_iter().map(|(panel, unit)| {
            answer(&awaits_name(policy, panel, unit), Kind::Awaits(panel, unit))
        }));
    }
    if !checked.panels.is_empty() && list.is_none() {
        answers.push(answer("referred_to", Kind::ReferredTo));
    }
    answers.push(answer("clauses", Kind::Clauses));
    answers
}

/// Who pays in which unit, by unit and then by party.
pub(super) fn pays(policy: &Policy) -> Vec<(PartyId, UnitId)> {
    policy.program().answers().totals.iter().map(|total| (total.party, total.unit)).collect()
}

/// What may await which panel in which unit.
pub(super) fn awaits(policy: &Policy) -> BTreeSet<(PanelId, UnitId)> {
    policy.program().answers().awaiting.iter().map(|it| (it.panel, it.unit)).collect()
}

fn awaits_name(policy: &Policy, panel: PanelId, unit: UnitId) -> String {
    let panel = policy.checked().panels.get(panel.index()).map_or("", |panel| &panel.outside);
    in_unit(policy, format!("awaits_{panel}"), unit)
}

fn value_kind(policy: &Policy, value: &PolicyValue, id: ValueId) -> Kind {
    let codes = policy.compiled().values.get(id.index());
    match (&value.kind, codes) {
        (Type::Number(number), Some(Codes::Numbers(numbers))) => {
            Kind::Words(id, numbers.iter().map(|value| plain(&show(number, *value))).collect())
        }
        (Type::Number(number), _) if number.unit.is_money() && number.denominator == 1 => {
            Kind::Pence(id)
        }
        (Type::Number(number), _) => Kind::Number(id, number.clone()),
        (Type::Words { list, .. }, _) => {
            let list = policy.checked().word_lists.get(list.0 as usize);
            Kind::Words(id, list.map(|list| list.words.clone()).unwrap_or_default())
        }
        (Type::Listed { list, .. }, _) => {
            let list = policy.checked().word_lists.get(list.0 as usize);
            Kind::Listed(id, list.map(|list| list.words.clone()).unwrap_or_default())
        }
        (Type::YesNo | Type::Broken, _) => Kind::Words(id, vec!["no".into(), "yes".into()]),
        (Type::Date { .. }, _) => Kind::Date(id),
    }
}

/// What a block says in one column, lane by lane.
pub(crate) enum View<'a> {
    Covered,
    Truth(&'a [u8; LANES]),
    Words(&'a [u8; LANES], &'a [u8; LANES], &'a [String]),
    Date(&'a [u8; LANES], &'a [i32; LANES]),
    Pence(&'a [u8; LANES], &'a [i64; LANES]),
    Among(&'a [u8; LANES], &'a [i64; LANES], &'a [String]),
    Number(&'a [u8; LANES], &'a [i64; LANES], &'a apportion::checked::Number),
    /// What is paid, unless something marked in the lane awaits a panel: it may still change.
    Paid(&'a [i64; LANES], Vec<&'a [u8; LANES]>),
    /// The sum of the amounts that are marked in a lane; nothing where none is.
    Awaited(Vec<(&'a [u8; LANES], &'a [i64; LANES])>),
    /// Texts of which those marked in a lane are listed, the same ones side by side.
    Listed(Vec<(&'a [u8; LANES], &'a str)>),
    /// Nothing, since everything is known.
    Nothing,
}

impl Answer {
    /// What a decided block says in this column. None where the block is of another program.
    pub(crate) fn view<'a>(&'a self, policy: &'a Policy, block: &'a Block) -> Option<View<'a>> {
        let checked = policy.checked();
        Some(match &self.kind {
            Kind::Covered => View::Covered,
            Kind::Conclusion(id) => View::Truth(block.conclusion(*id)?),
            Kind::Words(id, words) => {
                View::Words(block.value_given(*id)?, block.value_bytes(*id)?, words)
            }
            Kind::Date(id) => View::Date(block.value_given(*id)?, block.value_dates(*id)?),
            Kind::Pence(id) => View::Pence(block.value_given(*id)?, block.value_amounts(*id)?),
            Kind::Listed(id, words) => {
                View::Among(block.value_given(*id)?, block.value_amounts(*id)?, words)
            }
            Kind::Number(id, number) => {
                View::Number(block.value_given(*id)?, block.value_amounts(*id)?, number)
            }
            Kind::Needs | Kind::Ranges => View::Nothing,
            Kind::Pays(party, unit) | Kind::PaysFrom(party, unit) | Kind::PaysTo(party, unit) => {
                let awaiting = block.awaiting().filter(|(awaited, ..)| awaited.unit == *unit);
                let awaiting = awaiting.map(|(_, made, _)| made).collect();
                View::Paid(block.pays(*party, *unit)?, awaiting)
            }
            Kind::Awaits(panel, unit) => {
                let own =
                    block.awaiting().filter(|(it, ..)| (it.panel, it.unit) == (*panel, *unit));
                View::Awaited(own.map(|(_, made, pence)| (made, pence)).collect())
            }
            Kind::ReferredTo => {
                let mut referrals: Vec<_> =
                    block.referrals().map(|(_, panel, made)| (panel.index(), made)).collect();
                // Several clauses may refer to one panel, which is then listed once.
                referrals.sort_by_key(|(panel, _)| *panel);
                let name = |panel: usize| checked.panels.get(panel).map(|it| it.name.as_str());
                let named = referrals.into_iter().map(|(panel, made)| Some((made, name(panel)?)));
                View::Listed(named.flatten().collect())
            }
            Kind::Clauses => {
                let clauses = checked.clauses.iter().zip((0..).map(ClauseId));
                let numbered =
                    clauses.map(|(clause, id)| Some((block.clause(id)?, clause.number.as_str())));
                View::Listed(numbered.flatten().collect())
            }
        })
    }
}

impl Kind {
    /// Writes a value.
    fn write_given(&self, given: Given, cell: &mut Vec<u8>) {
        match (self, given) {
            (Kind::Words(_, words), Given::Byte(byte)) => {
                let word = words.get(usize::from(byte)).map_or("", String::as_str);
                cell.extend_from_slice(word.as_bytes());
            }
            (Kind::Date(_), Given::Date(day)) => write_date(day, cell),
            (Kind::Pence(_), Given::Amount(pence)) => write_pounds(pence, cell),
            (Kind::Listed(_, words), Given::Amount(listed)) => {
                cell.extend_from_slice(show_listed(words, listed).as_bytes());
            }
            (Kind::Number(_, number), Given::Amount(steps)) => {
                cell.extend_from_slice(plain(&show(number, steps)).as_bytes());
            }
            _ => {}
        }
    }
}

impl View<'_> {
    /// Writes the cell of a case that the policy does not cover.
    pub(super) fn write_not_covered(&self, cell: &mut Vec<u8>) {
        if matches!(self, View::Covered) {
            cell.extend_from_slice(b"no");
        }
    }

    /// Writes the cell of a lane that the policy covers; nothing where no clause gives it.
    pub(crate) fn write(&self, lane: usize, cell: &mut Vec<u8>) {
        match self {
            View::Covered => cell.extend_from_slice(b"yes"),
            View::Truth(column) => {
                cell.extend_from_slice(if is_set(column, lane) { b"yes" } else { b"no" });
            }
            View::Words(given, bytes, words) if is_set(given, lane) => {
                let place = bytes.get(lane).copied().map_or(usize::MAX, usize::from);
                cell.extend_from_slice(words.get(place).map_or(b"", |word| word.as_bytes()));
            }
            View::Date(given, days) if is_set(given, lane) => {
                if let Some(day) = days.get(lane).copied().and_then(Date::from_packed) {
                    write_date(day, cell);
                }
            }
            View::Pence(given, pence) if is_set(given, lane) => {
                write_pounds(pence.get(lane).copied().unwrap_or_default(), cell);
            }
            View::Among(given, listed, words) if is_set(given, lane) => {
                let listed = listed.get(lane).copied().unwrap_or_default();
                cell.extend_from_slice(show_listed(words, listed).as_bytes());
            }
            View::Paid(pence, awaiting) => {
                if !awaiting.iter().any(|made| is_set(made, lane)) {
                    write_pounds(pence.get(lane).copied().unwrap_or_default(), cell);
                }
            }
            View::Awaited(amounts) => {
                let awaiting = amounts.iter().filter(|(made, _)| is_set(made, lane));
                let mut pence = awaiting.filter_map(|(_, pence)| pence.get(lane)).peekable();
                if pence.peek().is_some() {
                    write_pounds(pence.copied().fold(0, i64::saturating_add), cell);
                }
            }
            View::Number(given, values, number) if is_set(given, lane) => {
                let value = values.get(lane).copied().unwrap_or_default();
                cell.extend_from_slice(plain(&show(number, value)).as_bytes());
            }
            View::Listed(columns) => write_listed(columns, lane, cell),
            View::Nothing
            | View::Words(..)
            | View::Date(..)
            | View::Pence(..)
            | View::Among(..)
            | View::Number(..) => {}
        }
    }
}

fn is_set(column: &[u8; LANES], lane: usize) -> bool {
    column.get(lane).is_some_and(|byte| *byte != 0)
}

/// The texts marked in a lane, with semicolons between; the same one after the other is
/// written once.
fn write_listed(columns: &[(&[u8; LANES], &str)], lane: usize, cell: &mut Vec<u8>) {
    let mut last = "";
    for (column, text) in columns {
        if is_set(column, lane) && *text != last {
            if !last.is_empty() {
                cell.extend_from_slice(b"; ");
            }
            cell.extend_from_slice(text.as_bytes());
            last = text;
        }
    }
}

/// Writes `2026-05-12`.
fn write_date(day: Date, cell: &mut Vec<u8>) {
    let (year, month, day) = (day.year(), day.month(), day.day());
    // Writing to memory cannot fail.
    let _ = write!(cell, "{year:04}-{month:02}-{day:02}");
}

/// Writes pence as [`decimal`](crate::pounds::decimal) does, but without a text in between:
/// a run writes several for every case.
fn write_pounds(pence: i64, cell: &mut Vec<u8>) {
    if pence < 0 {
        cell.push(b'-');
    }
    let magnitude = pence.unsigned_abs();
    write_digits(magnitude / 100, cell);
    let pence = (magnitude % 100) as u8;
    cell.extend_from_slice(&[b'.', b'0' + pence / 10, b'0' + pence % 10]);
}

fn write_digits(number: u64, cell: &mut Vec<u8>) {
    let start = cell.len();
    let mut rest = number;
    loop {
        cell.push(b'0' + (rest % 10) as u8);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    // They came last digit first.
    cell.get_mut(start..).unwrap_or_default().reverse();
}

#[cfg(test)]
mod tests {
    use super::write_pounds;

    #[test]
    fn pounds_are_written_as_anywhere_else() {
        let near = |pence: i64| [pence.saturating_sub(1), pence, pence.saturating_add(1)];
        let all = [0, 10, 100, 1_000, 91_742, i64::MAX, i64::MIN].into_iter().flat_map(near);
        for pence in all.flat_map(|pence| [pence, pence.wrapping_neg()]) {
            let mut cell = Vec::new();
            write_pounds(pence, &mut cell);
            assert_eq!(String::from_utf8(cell).unwrap(), crate::pounds::decimal(pence.into()));
        }
    }
}
