//! On what an answer hangs, and what to ask for first.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec;
use alloc::vec::Vec;

use super::grid::{Agreement, Disagreed, Grid};
use super::joint::Around;
use super::kinds::Kind;
use super::odometer::bit;
use super::setting::{Setting, cause, word};
use super::variable::Variable;
use super::{Asked, Domain, Need, Question, Topic, Unknown};
use crate::lanes::SlotMissing;

/// For something open, what hangs on it and what its values settle, column by column.
#[derive(Clone, Debug)]
struct Weight {
    /// Two completions that differ in it alone do differ.
    differs: Vec<bool>,
    /// They may.
    may_differ: Vec<bool>,
    /// For each of its values or cells: what all with it agree on.
    agreements: Vec<Vec<Agreement>>,
    /// For each of its values or cells: which kinds of combinations are in that already.
    noted: Vec<Vec<bool>>,
    /// Which kinds were found to differ in it alone.
    compared: BTreeSet<(Kind, Kind)>,
}

impl Weight {
    fn new(grid: &Grid, values: usize) -> Weight {
        let columns = grid.width();
        Weight {
            differs: vec![false; columns],
            may_differ: vec![false; columns],
            agreements: vec![vec![Agreement::default(); columns]; values],
            noted: vec![vec![false; grid.kinds()]; values],
            compared: BTreeSet::new(),
        }
    }

    /// Notes of each value or cell a combination in which the thing is so.
    fn note(&mut self, grid: &Grid, with_each: &[usize]) {
        let of_values = self.agreements.iter_mut().zip(&mut self.noted);
        for ((agreements, noted), combination) in of_values.zip(with_each) {
            let mut noted = grid.kind(*combination).and_then(|kind| noted.get_mut(kind.index()));
            if noted.as_deref() == Some(&true) {
                continue;
            }
            if let Some(noted) = &mut noted {
                **noted = true;
            }
            for (column, agreement) in agreements.iter_mut().enumerate() {
                agreement.note(grid.agreed(*combination, column));
            }
        }
    }

    /// Notes that two completions differ in the thing alone.
    fn differ(&mut self, a: &[i64], b: &[i64]) {
        for (differs, (a, b)) in self.differs.iter_mut().zip(a.iter().zip(b)) {
            *differs |= a != b;
        }
    }

    /// Compares combinations that differ in the thing alone, by their kinds. `None` where one is of
    /// none.
    fn compare_kinds(&mut self, grid: &Grid, all: &[usize]) -> Option<()> {
        let mut first = None;
        for combination in all {
            let kind = grid.kind(*combination)?;
            if first == Some(kind) || grid.is_impossible(kind) {
                continue;
            }
            let first = *first.get_or_insert(kind);
            if kind != first && self.compared.insert((first, kind)) {
                self.differ(grid.answers_of(first)?, grid.answers_of(kind)?);
            }
        }
        Some(())
    }

    /// Whether completions that differ in it alone do differ, or may, in any of these columns.
    fn hangs_on(&self, columns: &[usize]) -> bool {
        is_any(&self.differs, columns) || is_any(&self.may_differ, columns)
    }
}

fn is_any(flags: &[bool], columns: &[usize]) -> bool {
    columns.iter().any(|column| flags.get(*column) == Some(&true))
}

/// The needs of each topic, in the order in which to ask.
pub(super) fn find(
    asked: &Asked<'_>,
    variables: &[Variable],
    grid: &Grid,
) -> Result<Vec<(Topic, Vec<Need>)>, SlotMissing> {
    let looker = Looker { asked, variables, grid };
    let mut weights: Vec<(usize, Weight)> = Vec::new();
    for (place, variable) in variables.iter().enumerate() {
        match (&variable.joint, variable.unknowns.as_slice()) {
            (Some(joint), members) => {
                let mut known: Vec<(usize, Weight)> = Vec::new();
                for (member, unknown) in members.iter().enumerate() {
                    let like = known.iter().find(|(other, _)| joint.are_alike(*other, member));
                    let weight = match like {
                        Some((_, weight)) => weight.clone(),
                        None => looker.of_member(
                            place,
                            member,
                            &joint.around(member).ok_or(SlotMissing)?,
                        )?,
                    };
                    known.push((member, weight.clone()));
                    weights.push((*unknown, weight));
                }
            }
            (None, [unknown]) => weights.push((*unknown, looker.of_one(place)?)),
            // Members that are ranges: each may matter, and none can be told to settle anything.
            (None, members) => {
                for unknown in members {
                    weights.push((*unknown, looker.of_range(place, *unknown)?));
                }
            }
        }
    }
    weights.sort_by_key(|(unknown, _)| *unknown);
    let rules_some_out = grid.rules_some_out();
    Ok(topics(grid)
        .into_iter()
        .map(|(topic, columns)| {
            let mut by_itself = |(_, weight): &&(usize, Weight)| weight.hangs_on(&columns);
            let mut needed: Vec<usize> =
                weights.iter().filter(&mut by_itself).map(|(unknown, _)| *unknown).collect();
            if rules_some_out {
                looker.add_what_else_matters(&columns, &mut needed);
            }
            (topic, needs(&weights, &columns, &needed))
        })
        .collect())
}

/// The topics, each with its columns.
fn topics(grid: &Grid) -> Vec<(Topic, Vec<usize>)> {
    let mut topics: Vec<(Topic, Vec<usize>)> = Vec::new();
    let mut payments = Vec::new();
    let mut decision = Vec::new();
    let mut values = Vec::new();
    for (place, question) in grid.columns().enumerate() {
        match question {
            Question::Conclusion(id) => topics.push((Topic::Conclusion(id), vec![place])),
            Question::Value(id) => topics.push((Topic::Value(id), vec![place])),
            Question::Pays(..) | Question::Awaits(_) | Question::Awaited(_) => payments.push(place),
            Question::Referred(_) => {}
        }
        match question {
            Question::Value(_) => values.push(place),
            _ => decision.push(place),
        }
    }
    topics.push((Topic::Payments, payments));
    topics.push((Topic::Decision, if decision.is_empty() { values } else { decision }));
    topics
}

fn needs(weights: &[(usize, Weight)], columns: &[usize], needed: &[usize]) -> Vec<Need> {
    let need = |(unknown, weight): &(usize, Weight)| {
        let is_certain = is_any(&weight.differs, columns);
        let settles = |agreements: &&Vec<Agreement>| {
            columns.iter().all(|column| agreements.get(*column).is_some_and(|it| it.is_reached()))
        };
        let settling = weight.agreements.iter().filter(settles).count();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let of = count(weight.agreements.len());
        Need { unknown: *unknown, settling: count(settling), of, is_certain }
    };
    let needed = weights.iter().filter(|(unknown, _)| needed.contains(unknown));
    let mut needs: Vec<Need> = needed.map(need).collect();
    needs.sort_by_key(|need| core::cmp::Reverse(need.settling));
    needs
}

/// What is needed to look at a combination again.
struct Looker<'a> {
    asked: &'a Asked<'a>,
    variables: &'a [Variable],
    grid: &'a Grid,
}

impl Looker<'_> {
    /// Adds what else an answer hangs on. Where evidence rules completions out, two may differ in
    /// no one thing alone: a fact that applies only when another is so changes with it. So that
    /// whatever is not needed cannot change the answer, completions alike in all that is needed
    /// must be alike in the answer. What can be done without, last declared first, is left out.
    fn add_what_else_matters(&self, columns: &[usize], needed: &mut Vec<usize>) {
        let by_itself =
            |variable: &Variable| variable.unknowns.iter().any(|it| needed.contains(it));
        let mut kept: Vec<bool> = self.variables.iter().map(by_itself).collect();
        if self.is_told_by(columns, &kept) {
            return;
        }
        let by_themselves = kept.clone();
        kept.fill(true);
        for place in (0..kept.len()).rev().filter(|it| by_themselves.get(*it) == Some(&false)) {
            let keep = |kept: &mut [bool], is_kept| kept.get_mut(place).map(|it| *it = is_kept);
            keep(&mut kept, false);
            if !self.is_told_by(columns, &kept) {
                keep(&mut kept, true);
            }
        }
        let variables = self.variables.iter().zip(kept.iter().zip(by_themselves));
        let added = variables.filter(|(_, (is_kept, by_itself))| **is_kept && !by_itself);
        needed.extend(added.flat_map(|(variable, _)| variable.unknowns.iter().copied()));
    }

    /// Whether combinations in which these variables are alike agree on an answer. One that does
    /// not agree in itself, as a range, is no sign that they do not.
    fn is_told_by(&self, columns: &[usize], kept: &[bool]) -> bool {
        let mut agreements: BTreeMap<usize, Vec<Agreement>> = BTreeMap::new();
        for combination in 0..self.grid.size {
            let digits = (0..self.variables.len()).zip(kept).filter(|(_, is_kept)| **is_kept);
            let alike = digits.fold(0, |alike, (place, _)| {
                let digit = self.grid.digit(self.variables, place, combination);
                self.grid.with(alike, place, digit)
            });
            let own = agreements
                .entry(alike)
                .or_insert_with(|| vec![Agreement::default(); columns.len()]);
            for (agreement, column) in own.iter_mut().zip(columns) {
                let agreed = self.grid.agreed(combination, *column);
                if agreed.is_ok() {
                    agreement.note(agreed);
                }
                if !agreement.is_reached() {
                    return false;
                }
            }
        }
        true
    }

    /// The combinations in which a variable has its first choice.
    fn around(&self, place: usize) -> impl Iterator<Item = usize> {
        let stride = self.grid.stride(place);
        let count = self.variables.get(place).map_or(1, |variable| variable.choices.len());
        let firsts = (0..self.grid.size).step_by((stride * count).max(1));
        firsts.flat_map(move |first| first..first + stride)
    }

    /// A variable that is one thing by itself.
    fn of_one(&self, place: usize) -> Result<Weight, SlotMissing> {
        let variable = self.variables.get(place).ok_or(SlotMissing)?;
        let choices: Vec<usize> = (0..variable.choices.len()).collect();
        let are_values = variable.choices.iter().filter(|choice| choice.is_value()).count();
        let mut weight = Weight::new(self.grid, are_values);
        let mut all = Vec::with_capacity(choices.len());
        for around in self.around(place) {
            all.clear();
            all.extend(choices.iter().map(|choice| self.grid.with(around, place, *choice)));
            weight.note(self.grid, &all);
            let unknown = *variable.unknowns.first().ok_or(SlotMissing)?;
            let widest = || {
                let mut settings = self.settings(around);
                *settings.get_mut(unknown)? = Setting::Any;
                Some(settings)
            };
            self.compare(&mut weight, place, &all, unknown, widest)?;
        }
        Ok(weight)
    }

    /// A member of those that are taken together.
    fn of_member(
        &self,
        place: usize,
        member: usize,
        around: &[Around],
    ) -> Result<Weight, SlotMissing> {
        let variable = self.variables.get(place).ok_or(SlotMissing)?;
        let unknown = *variable.unknowns.get(member).ok_or(SlotMissing)?;
        let values = around.first().map_or(0, |around| around.states.len());
        let mut weight = Weight::new(self.grid, values);
        let mut all = Vec::with_capacity(values);
        for first in self.around(place) {
            for others in around {
                let states = others.states.iter();
                all.clear();
                all.extend(states.map(|(_, state)| self.grid.with(first, place, *state)));
                weight.note(self.grid, &all);
                let widest = || {
                    let mut settings = self.settings(first);
                    for (unknown, byte) in variable.unknowns.iter().zip(&others.bytes) {
                        let Unknown::Fact { fact, .. } = self.asked.open.get(*unknown)? else {
                            return None;
                        };
                        let kind = self.asked.program.facts().get(fact.index())?.kind;
                        *settings.get_mut(*unknown)? = Setting::Is(word(kind, *byte));
                    }
                    *settings.get_mut(unknown)? = Setting::Any;
                    Some(settings)
                };
                self.compare(&mut weight, place, &all, unknown, widest)?;
            }
        }
        Ok(weight)
    }

    /// A member of those that are ranges together.
    fn of_range(&self, place: usize, unknown: usize) -> Result<Weight, SlotMissing> {
        let values = match self.asked.open.get(unknown) {
            Some(Unknown::Fact { domain: Domain::Bytes(bytes), .. }) => bytes.iter().count(),
            _ => 1,
        };
        let mut weight = Weight::new(self.grid, values);
        for agreements in weight.agreements.iter_mut().flatten() {
            agreements.note(Err(Disagreed));
        }
        // At the other end of it all members are, so that no two completions differ in it alone.
        for around in self.around(place) {
            self.look(&mut weight, &[around], unknown, || Some(self.settings(around)))?;
        }
        Ok(weight)
    }

    /// How each thing is in a combination.
    fn settings(&self, combination: usize) -> Vec<Setting> {
        self.grid.settings(self.asked, self.variables, combination)
    }

    /// Whether answers differ among combinations that differ in one thing alone.
    fn compare(
        &self,
        weight: &mut Weight,
        place: usize,
        all: &[usize],
        unknown: usize,
        widest: impl Fn() -> Option<Vec<Setting>>,
    ) -> Result<(), SlotMissing> {
        if weight.compare_kinds(self.grid, all).is_some() {
            return Ok(());
        }
        let own = !bit(place).unwrap_or(0);
        let mut firsts: Vec<(u64, &[i64])> = Vec::new();
        for (completion, answers) in all.iter().flat_map(|it| self.grid.completions(*it)) {
            let corner = completion.corner & own;
            match firsts.iter().find(|(other, _)| *other == corner) {
                None => firsts.push((corner, answers)),
                Some((_, first)) => weight.differ(first, answers),
            }
        }
        self.look(weight, all, unknown, widest)
    }

    /// Whether answers may differ so between the ends of ranges, as what was decided at these is not
    /// all there is.
    fn look(
        &self,
        weight: &mut Weight,
        all: &[usize],
        unknown: usize,
        widest: impl Fn() -> Option<Vec<Setting>>,
    ) -> Result<(), SlotMissing> {
        let mut looked_at = None;
        for column in 0..self.grid.width() {
            let mut agreement = Agreement::default();
            all.iter().for_each(|it| agreement.note(self.grid.agreed(*it, column)));
            let is_known = |flags: &[bool]| flags.get(column) == Some(&true);
            if agreement.is_reached() || is_known(&weight.differs) || is_known(&weight.may_differ) {
                continue;
            }
            if !all.iter().any(|it| self.grid.has_ranges(*it)) {
                continue;
            }
            if looked_at.is_none() {
                looked_at = Some(self.asked.look(&widest().ok_or(SlotMissing)?)?);
            }
            let may = looked_at.as_ref().is_none_or(|it| it.causes(column) & cause(unknown) != 0);
            if let Some(flag) = weight.may_differ.get_mut(column) {
                *flag |= may;
            }
        }
        Ok(())
    }
}
