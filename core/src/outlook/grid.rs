//! All combinations of the choices of the variables: each decided as a case, at both ends of what
//! is a range, and looked at as ranges where it has any.

use alloc::vec;
use alloc::vec::Vec;

use super::applying::Applying;
use super::column::Column;
use super::evidence::{Came, Evidence};
use super::kinds::{Kind, Kinds, NoKind};
use super::odometer::{Corner, Odometer, is_at_greatest};
use super::ranged::{Ends, NOT_GIVEN, OUTSIDE, REFUSED, Ranged, joined};
use super::setting::{End, Setting};
use super::variable::{Choice, Variable};
use super::{Asked, Outcomes, Prospect, Range, Visit};
use crate::block::{Block, LANES, Outcome};
use crate::case::Case;
use crate::decision::DecideError;
use crate::program::Program;
use crate::range::ByteSet;

/// A completion that was decided.
#[derive(Clone, Copy, Debug)]
pub(super) struct Completion {
    pub(super) corner: Corner,
    came: Came,
}

/// All combinations, and what came of them.
pub(super) struct Grid {
    columns: Vec<Column>,
    /// How far apart two choices of a variable stand.
    strides: Vec<usize>,
    pub(super) size: usize,
    completions: Vec<Completion>,
    /// For each completion a number for each column.
    answers: Vec<i64>,
    /// Where the completions of each combination begin.
    starts: Vec<usize>,
    /// What ranges say of each combination that has any; nothing where none has.
    ranged: Vec<Option<Ranged>>,
    kinds: Kinds,
}

/// Decides completions.
pub(super) struct Decider<'a, 'c> {
    pub(super) block: &'a mut Block,
    /// Is shown each that is decided or not covered, as a lane of the block.
    pub(super) visit: &'a mut Visit<'a>,
    pub(super) applying: &'a mut Applying<'c>,
}

/// A lane that is filled.
struct Filled {
    corner: Corner,
    /// Whether it stands for others beside it that may come out otherwise.
    is_of_range: bool,
}

impl Grid {
    pub(super) fn fill(
        asked: &Asked<'_>,
        variables: &[Variable],
        decider: &mut Decider<'_, '_>,
    ) -> Result<Grid, DecideError> {
        let mut strides = vec![1; variables.len()];
        let mut size = 1;
        for (stride, variable) in strides.iter_mut().zip(variables).rev() {
            *stride = size;
            size *= variable.choices.len();
        }
        let mut grid = Grid {
            columns: asked.columns.to_vec(),
            strides,
            size,
            completions: Vec::new(),
            answers: Vec::new(),
            starts: Vec::new(),
            ranged: Vec::new(),
            kinds: Kinds::default(),
        };
        grid.decide(asked, variables, decider)?;
        let mut all_choices = variables.iter().flat_map(|variable| &variable.choices);
        if all_choices.any(Choice::is_range) {
            grid.look(asked, variables)?;
        }
        let kinds = Kinds::sort((0..size).map(|combination| grid.answers(combination)));
        grid.kinds = kinds;
        Ok(grid)
    }

    /// Looks at all combinations that have ranges.
    fn look(&mut self, asked: &Asked<'_>, variables: &[Variable]) -> Result<(), DecideError> {
        for combination in 0..self.size {
            let has_range = self.choices(variables, combination).iter().any(|it| it.is_range());
            let looked_at = match has_range {
                true => Some(asked.look(&self.settings(asked, variables, combination))?),
                false => None,
            };
            self.ranged.push(looked_at);
        }
        Ok(())
    }

    /// What came of a combination without ranges, which is one completion. `Ok(None)` where it
    /// cannot be.
    fn answers(&self, combination: usize) -> Result<Option<&[i64]>, NoKind> {
        match self.has_ranges(combination) {
            true => Err(NoKind),
            false => Ok(self.completions(combination).next().map(|(_, answers)| answers)),
        }
    }

    /// The kind of a combination. `None` where it has ranges.
    pub(super) fn kind(&self, combination: usize) -> Option<Kind> {
        self.kinds.of(combination)
    }

    /// How many kinds there are.
    pub(super) fn kinds(&self) -> usize {
        self.kinds.count()
    }

    /// Whether combinations of a kind cannot be.
    pub(super) fn is_impossible(&self, kind: Kind) -> bool {
        self.kinds.is_impossible(kind)
    }

    /// The answers of all combinations of a kind. `None` where they cannot be.
    pub(super) fn answers_of(&self, kind: Kind) -> Option<&[i64]> {
        self.answers(self.kinds.first(kind)?).ok()?
    }

    /// Decides the completions of all combinations.
    fn decide(
        &mut self,
        asked: &Asked<'_>,
        variables: &[Variable],
        decider: &mut Decider<'_, '_>,
    ) -> Result<(), DecideError> {
        let evidence = Evidence::of(asked.program);
        let mut completed = asked.case.clone();
        let mut filled: Vec<Filled> = Vec::new();
        let mut odometer = Odometer::of(variables);
        // Of a combination with ranges each thing is stated again, at one end and the other.
        let mut changed = 0;
        for _ in 0..self.size {
            self.starts.push(self.completions.len() + filled.len());
            let is_of_range = odometer.choices().any(|(_, choice)| choice.is_range());
            for corner in odometer.corners(is_of_range) {
                let since = if is_of_range { 0 } else { changed };
                let turned = odometer.choices().enumerate().skip(since);
                for (place, (variable, choice)) in turned {
                    let end =
                        if is_at_greatest(corner, place) { End::Greatest } else { End::Least };
                    state(asked, &mut completed, variable, choice, end)?;
                }
                decider.block.fill(filled.len(), &completed)?;
                filled.push(Filled { corner, is_of_range });
                if filled.len() == LANES {
                    self.take(asked.program, decider, &evidence, &mut filled)?;
                }
            }
            let turned = odometer.turn();
            changed = if is_of_range { 0 } else { turned };
        }
        self.take(asked.program, decider, &evidence, &mut filled)?;
        self.starts.push(self.completions.len());
        Ok(())
    }

    /// Decides the lanes that are filled, and takes over what came of them.
    fn take(
        &mut self,
        program: &Program,
        decider: &mut Decider<'_, '_>,
        evidence: &Evidence,
        filled: &mut Vec<Filled>,
    ) -> Result<(), DecideError> {
        program.decide_block(decider.block, filled.len())?;
        let block = &*decider.block;
        for (lane, Filled { corner, is_of_range }) in filled.drain(..).enumerate() {
            if matches!(block.outcome(lane), Some(Outcome::Decided | Outcome::NotCovered)) {
                (decider.visit)(block, lane);
            }
            // What is refused at the ends of a range may be decided between them.
            if is_of_range || block.outcome(lane) == Some(Outcome::Decided) {
                decider.applying.note(block, lane);
            }
            let came = evidence.came(block, lane).ok_or(DecideError::Broken)?;
            self.completions.push(Completion { corner, came });
            for column in &self.columns {
                self.answers.push(match came {
                    Came::Decided => column.read(block, lane)?.unwrap_or(NOT_GIVEN),
                    Came::Impossible(_) => NOT_GIVEN,
                    Came::Outside => OUTSIDE,
                    Came::Refused(..) => REFUSED,
                });
            }
        }
        Ok(())
    }

    /// How many columns there are.
    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    pub(super) fn columns(&self) -> impl Iterator<Item = super::Question> {
        self.columns.iter().map(|column| column.question)
    }

    /// Which choice a variable has in a combination.
    pub(super) fn digit(&self, variables: &[Variable], place: usize, combination: usize) -> usize {
        let (stride, variable) = (self.strides.get(place), variables.get(place));
        let count = variable.map_or(1, |variable| variable.choices.len());
        combination / stride.copied().unwrap_or(1).max(1) % count.max(1)
    }

    /// How far apart two choices of a variable stand.
    pub(super) fn stride(&self, place: usize) -> usize {
        self.strides.get(place).copied().unwrap_or(0)
    }

    /// The combination in which a variable has another choice, which had the first.
    pub(super) fn with(&self, combination: usize, place: usize, choice: usize) -> usize {
        combination + self.stride(place) * choice
    }

    pub(super) fn choices<'v>(
        &self,
        variables: &'v [Variable],
        combination: usize,
    ) -> Vec<&'v Choice> {
        let choice = |(place, variable): (usize, &'v Variable)| {
            variable.choices.get(self.digit(variables, place, combination))
        };
        variables.iter().enumerate().filter_map(choice).collect()
    }

    /// How each thing is in a combination.
    pub(super) fn settings(
        &self,
        asked: &Asked<'_>,
        variables: &[Variable],
        combination: usize,
    ) -> Vec<Setting> {
        let mut settings = vec![Setting::Any; asked.open.len()];
        for (variable, choice) in variables.iter().zip(self.choices(variables, combination)) {
            for (unknown, setting) in variable.unknowns.iter().zip(&choice.settings) {
                if let Some(own) = settings.get_mut(*unknown) {
                    *own = *setting;
                }
            }
        }
        settings
    }

    /// The completions of a combination that can be, each with its answers.
    pub(super) fn completions(
        &self,
        combination: usize,
    ) -> impl Iterator<Item = (Completion, &[i64])> {
        let end = self.starts.get(combination + 1).copied().unwrap_or(0);
        let start = self.starts.get(combination).copied().unwrap_or(end);
        let width = self.columns.len();
        (start..end).filter_map(move |place| {
            let completion = *self.completions.get(place)?;
            let answers = self.answers.get(place * width..(place + 1) * width)?;
            (!matches!(completion.came, Came::Impossible(_))).then_some((completion, answers))
        })
    }

    /// What is the same in all completions of a combination, for a column. `Err` where that is
    /// not so, or not known to be; `Ok(None)` where none can be.
    pub(super) fn agreed(
        &self,
        combination: usize,
        column: usize,
    ) -> Result<Option<i64>, Disagreed> {
        match self.ranged.get(combination) {
            Some(Some(it)) if it.is_impossible => Ok(None),
            Some(Some(it)) => it.agreed(column).map(Some).ok_or(Disagreed),
            _ => {
                let mut answers = self.completions(combination);
                let answer = answers.next().and_then(|(_, answers)| answers.get(column).copied());
                Ok(answer)
            }
        }
    }

    /// Whether evidence that cannot be rules some completion out.
    pub(super) fn rules_some_out(&self) -> bool {
        let is_out = |it: &Completion| matches!(it.came, Came::Impossible(_));
        self.completions.iter().any(is_out)
            || self.ranged.iter().flatten().any(|it| it.is_impossible)
    }

    /// Whether a combination has ranges.
    pub(super) fn has_ranges(&self, combination: usize) -> bool {
        matches!(self.ranged.get(combination), Some(Some(_)))
    }

    /// That some completion is not refused; else why the first is.
    pub(super) fn any(&self) -> Result<(), DecideError> {
        let mut ranged = self.ranged.iter().flatten().filter(|it| !it.is_impossible);
        if ranged.any(|it| it.can_be_decided || it.can_be_outside) {
            return Ok(());
        }
        let (mut refused, mut impossible) = (None, None);
        for completion in &self.completions {
            match completion.came {
                Came::Decided | Came::Outside => return Ok(()),
                Came::Refused(refusal, item) => {
                    refused.get_or_insert((refusal, item));
                }
                Came::Impossible(why) => impossible = impossible.or(why),
            }
        }
        let (refusal, item) = refused.or(impossible).ok_or(DecideError::Broken)?;
        Err(DecideError::Refused { refusal, item })
    }

    /// Which outcomes there are.
    pub(super) fn outcomes(&self, program: &Program) -> Result<Outcomes, DecideError> {
        let mut outcomes = Outcomes::default();
        for completion in &self.completions {
            match completion.came {
                Came::Decided => outcomes.decided = true,
                Came::Outside => outcomes.outside = true,
                Came::Refused(refusal, item) => {
                    if !outcomes.refused.contains(&(refusal, item)) {
                        outcomes.refused.push((refusal, item));
                    }
                }
                Came::Impossible(_) => {}
            }
        }
        for it in self.ranged.iter().flatten().filter(|it| !it.is_impossible) {
            outcomes.decided |= it.can_be_decided;
            outcomes.outside |= it.can_be_outside;
            for id in &it.refused {
                let refusal = program.refusal(*id).ok_or(DecideError::Broken)?;
                if !outcomes.refused.iter().any(|(known, _)| *known == refusal) {
                    outcomes.refused.push((refusal, None));
                }
            }
        }
        Ok(outcomes)
    }

    /// What can come of each column.
    pub(super) fn prospects(&self) -> Vec<Prospect> {
        (0..self.columns.len()).filter_map(|column| self.prospect(column)).collect()
    }

    fn prospect(&self, place: usize) -> Option<Prospect> {
        let column = self.columns.get(place)?;
        let mut occurs: Option<Ends> = None;
        let mut can_be: Option<Ends> = None;
        let mut is_always_given = true;
        for combination in self.kinds.one_of_each() {
            for (completion, answers) in self.completions(combination) {
                let answer = *answers.get(place)?;
                if completion.came != Came::Decided {
                    continue;
                }
                match answer {
                    NOT_GIVEN => is_always_given = false,
                    answer => occurs = joined(occurs, Ends::one(column.shape(), answer)),
                }
            }
            if let Some(Some(it)) = self.ranged.get(combination) {
                let seen = it.answers.get(place)?;
                if it.is_impossible || !it.can_be_decided {
                    continue;
                }
                is_always_given &= seen.given == ByteSet::one(1);
                if seen.given.has(1) {
                    can_be = joined(can_be, seen.range);
                }
            }
        }
        let all = can_be.map_or(occurs, |can_be| joined(occurs, can_be));
        Some(Prospect {
            question: column.question,
            range: all.map_or(Range::Nothing, |all| all.range(column.shape())),
            is_always_given,
            is_settled: self.is_settled(place),
            is_exact: all == occurs,
        })
    }

    fn is_settled(&self, column: usize) -> bool {
        let mut settled = Agreement::default();
        self.kinds.one_of_each().for_each(|it| settled.note(self.agreed(it, column)));
        settled.is_reached()
    }
}

/// What several combinations agree on.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Agreement {
    answer: Option<i64>,
    is_broken: bool,
}

impl Agreement {
    pub(super) fn note(&mut self, agreed: Result<Option<i64>, Disagreed>) {
        match (agreed, self.answer) {
            (Err(Disagreed), _) => self.is_broken = true,
            (Ok(None), _) => {}
            (Ok(Some(answer)), None) => self.answer = Some(answer),
            (Ok(Some(answer)), Some(other)) => self.is_broken |= answer != other,
        }
    }

    pub(super) fn is_reached(self) -> bool {
        !self.is_broken
    }
}

/// The completions of a combination do not agree, or are not known to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Disagreed;

/// States how a variable is.
fn state(
    asked: &Asked<'_>,
    case: &mut Case,
    variable: &Variable,
    choice: &Choice,
    end: End,
) -> Result<(), DecideError> {
    for (place, setting) in variable.unknowns.iter().zip(&choice.settings) {
        let unknown = asked.open.get(*place).ok_or(DecideError::Broken)?;
        setting.state(asked.program, case, unknown, end).map_err(|_| DecideError::Broken)?;
    }
    Ok(())
}
