//! What differs from completion to completion: a fact by its cells, or members of a family taken
//! together.

use alloc::vec;
use alloc::vec::Vec;

use super::applying::Applying;
use super::cells::{self, Cell};
use super::column::Column;
use super::joint::Joint;
use super::ranged::see;
use super::setting::{Setting, cause, word};
use super::{Asked, MOST_COMPLETIONS, MOST_RANGES, Unknown};
use crate::lanes::SlotMissing;
use crate::program::Program;
use crate::range::ByteSet;
use crate::ranges::{Causes, Ranges};

/// One way in which a variable can be: how each thing is that it is made of.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) settings: Vec<Setting>,
}

impl Choice {
    /// Whether it stands for several completions that are not alike.
    pub(super) fn is_range(&self) -> bool {
        self.settings.iter().any(|setting| setting.is_range())
    }

    /// Whether it gives a value, and does not leave a fact out.
    pub(super) fn is_value(&self) -> bool {
        !self.settings.contains(&Setting::LeftOut)
    }
}

/// What differs from completion to completion by itself.
#[derive(Clone, Debug)]
pub(super) struct Variable {
    /// What it is made of, by place among what is open.
    pub(super) unknowns: Vec<usize>,
    pub(super) choices: Vec<Choice>,
    /// The combinations of members, where they are taken together.
    pub(super) joint: Option<Joint>,
}

/// What differs from completion to completion, and what they can tell.
pub(super) struct Found<'a> {
    /// In the order in which the first thing of each is declared.
    pub(super) variables: Vec<Variable>,
    pub(super) applying: Applying<'a>,
}

/// Finds all variables.
pub(super) fn find<'a>(asked: &Asked<'a>) -> Result<Found<'a>, SlotMissing> {
    let Asked { program, item, open, columns, clauses, are_shown, .. } = *asked;
    // Whatever hangs on nothing that is open can be compared with.
    let mut widest = asked.base.clone();
    for (place, unknown) in open.iter().enumerate() {
        Setting::Any.spread(program, &mut widest, unknown, cause(place))?;
    }
    let matters = matters(program, &mut widest, columns)?;
    let is_idle = |place: &usize| matters & cause(*place) == 0;

    let joints = Joint::all(program, open);
    let mut variables = Vec::new();
    for (place, unknown) in open.iter().enumerate() {
        match joints.iter().find(|(members, _)| members.contains(&place)) {
            Some((members, joint)) if members.first() == Some(&place) => {
                variables.push(together(program, open, members, joint));
            }
            Some(_) => {}
            None => {
                let mut choices = alone(program, &widest, unknown)?;
                // Ends of a range would take the place of what matters.
                let is_wanted = are_shown && !choices.iter().any(Choice::is_range);
                if is_idle(&place) && !is_wanted {
                    choices.truncate(1);
                }
                variables.push(Variable { unknowns: vec![place], choices, joint: None });
            }
        }
    }
    let limit = Limit::of(columns, &widest);
    let is_all_idle = |variable: &Variable| variable.unknowns.iter().all(is_idle);
    leave_idle_out(&mut variables, limit, is_all_idle);
    keep_within_limit(&mut variables, limit);
    let is_unseen = |variable: &&Variable| {
        let is_one = variable.choices.len() == 1 && is_all_idle(variable);
        variable.choices.iter().any(Choice::is_range) || is_one
    };
    let unseen = variables.iter().filter(is_unseen).flat_map(|variable| &variable.unknowns);
    let unseen = unseen.fold(0, |all, unknown| all | cause(*unknown));
    let applying = Applying::new(program, item, clauses, &widest, unseen)?;
    Ok(Found { variables, applying })
}

/// What is open that anything may hang on: an answer, or whether the case is refused.
fn matters(
    program: &Program,
    widest: &mut Ranges,
    columns: &[Column],
) -> Result<Causes, SlotMissing> {
    let seen = see(program, widest, columns)?;
    let columns = 0..columns.len();
    let answers = columns.fold(seen.outcome_causes, |all, column| all | seen.causes(column));
    let applying = program.answers().facts.iter().map(|(_, applies)| widest.byte(*applies));
    let refused = widest.refused.iter().fold(answers, |all, refused| all | refused.causes);
    applying.into_iter().try_fold(refused, |all, applies| Ok(all | applies?.causes))
}

/// Members as one variable.
fn together(program: &Program, open: &[Unknown], members: &[usize], joint: &Joint) -> Variable {
    let kind = |member: &usize| match open.get(*member)? {
        Unknown::Fact { fact, .. } => Some(program.facts().get(fact.index())?.kind),
        Unknown::Items { .. } => None,
    };
    let choice = |bytes: &[u8]| {
        let settings = members.iter().zip(bytes);
        let setting = |(member, byte): (&usize, &u8)| Some(Setting::Is(word(kind(member)?, *byte)));
        Choice { settings: settings.filter_map(setting).collect() }
    };
    Variable {
        unknowns: members.to_vec(),
        choices: joint.states().map(choice).collect(),
        joint: Some(joint.clone()),
    }
}

/// The choices of something that is a variable by itself.
fn alone(
    program: &Program,
    widest: &Ranges,
    unknown: &Unknown,
) -> Result<Vec<Choice>, SlotMissing> {
    let one = |setting| Choice { settings: vec![setting] };
    let Unknown::Fact { fact, item, domain } = unknown else {
        return Ok(vec![one(Setting::Any)]);
    };
    let declared = program.facts().get(fact.index()).ok_or(SlotMissing)?;
    let cells = cells::of(program, widest, declared, *item, *domain).into_iter();
    let settings = cells.map(|cell| match cell {
        Cell::Alike(value) => Setting::Is(value),
        Cell::Range(domain) => Setting::Within(domain),
    });
    let mut settings: Vec<Setting> = settings.collect();
    let mut facts = program.answers().facts.iter();
    let applies = match facts.find(|(declared, _)| declared == fact) {
        Some((_, applies)) if declared.said.is_some() => widest.byte(*applies)?.range,
        _ => ByteSet::one(1),
    };
    if !applies.has(1) {
        settings.clear();
    }
    if applies != ByteSet::one(1) {
        settings.push(Setting::LeftOut);
    }
    Ok(settings.into_iter().map(one).collect())
}

/// Leaves but one choice to what no answer hangs on, the last declared first, until few enough
/// combinations are left.
fn leave_idle_out(variables: &mut [Variable], limit: Limit, is_idle: impl Fn(&Variable) -> bool) {
    for last in (0..variables.len()).rev() {
        if limit.allows(variables) {
            return;
        }
        match variables.get_mut(last) {
            Some(idle) if idle.joint.is_none() && is_idle(idle) => idle.choices.truncate(1),
            _ => {}
        }
    }
}

/// Takes the last declared as ranges until few enough combinations are left.
fn keep_within_limit(variables: &mut [Variable], limit: Limit) {
    let mut last = variables.len();
    while !limit.allows(variables) {
        let Some(place) = last.checked_sub(1) else { return };
        last = place;
        if let Some(variable) = variables.get_mut(place) {
            let settings = vec![Setting::Any; variable.unknowns.len()];
            variable.choices = vec![Choice { settings }];
            variable.joint = None;
        }
    }
}

/// How many numbers are kept of all completions together.
const MOST_NUMBERS: usize = 1 << 22;

/// So many items are as much work as a case.
const ITEMS_OF_A_CASE: usize = 16;

/// How many combinations are looked at.
#[derive(Clone, Copy)]
struct Limit {
    completions: usize,
    ranges: usize,
}

impl Limit {
    fn of(columns: &[Column], widest: &Ranges) -> Limit {
        let items: usize = widest.items.iter().map(Vec::len).sum();
        Limit {
            completions: MOST_COMPLETIONS.min(MOST_NUMBERS / columns.len().max(1)).max(1),
            ranges: (MOST_RANGES / (1 + items / ITEMS_OF_A_CASE)).max(1),
        }
    }

    fn allows(self, variables: &[Variable]) -> bool {
        let sizes = variables.iter().map(|variable| variable.choices.len().max(1));
        let combinations = sizes.fold(1usize, usize::saturating_mul);
        let mut choices = variables.iter().flat_map(|variable| &variable.choices);
        combinations <= if choices.any(Choice::is_range) { self.ranges } else { self.completions }
    }
}
