//! Whether the decision is settled, and which clauses apply or hang on what is open.

use std::collections::BTreeSet;

use apportion_core::block::Block;
use apportion_core::decision::Decision;
use apportion_core::outlook::{Outlook, Question};
use apportion_core::program::ClauseId;

use super::{Came, Completions, Tried};

impl Tried {
    /// That every question of the program is answered, and that the decision is settled where all
    /// completions agree on it.
    pub(super) fn hold_settled(
        &self,
        outlook: &Outlook,
        possible: &BTreeSet<&Came>,
        is_whole: bool,
    ) -> Result<(), String> {
        let answers = self.program.answers();
        let asked = answers.conclusions.len() + answers.values.len() + answers.totals.len();
        let asked = asked + answers.referrals.len() + 2 * answers.awaiting.len();
        let told = outlook.prospects();
        if told.len() != asked {
            return Err(format!("{asked} questions"));
        }
        let decisive = |is_wanted: fn(&Question) -> bool| -> Vec<usize> {
            (0..asked).filter(|place| is_wanted(&told[*place].question)).collect()
        };
        let columns = match decisive(|it| !matches!(it, Question::Value(_))) {
            none if none.is_empty() => decisive(|_| true),
            some => some,
        };
        let came: BTreeSet<Came> = possible.iter().map(|came| came.narrowed(&columns)).collect();
        let is_settled = came.len() <= 1;
        match outlook.is_settled() {
            told if told == is_settled || !told && !is_whole => Ok(()),
            told => Err(format!("the decision is settled: {told}")),
        }
    }

    /// That every clause which applies in some completions, and not in others, does so among those
    /// that are shown, or is told to hang on what was not shown.
    pub(super) fn hold_hanging(&self, all: &Completions, is_whole: bool) -> Result<(), String> {
        let mut outlook = Outlook::new(&self.program);
        let mut shown: Vec<BTreeSet<ClauseId>> = Vec::new();
        let mut decision = Decision::new(&self.program);
        let clauses = || (0..).map(ClauseId).take(self.program.answers().clauses.len());
        let visit = |block: &Block, lane: usize| {
            if block.read_lane(lane, &mut decision).is_some() && decision.is_covered() {
                let applying = clauses().filter(|it| decision.clause(*it) == Some(true));
                shown.push(applying.collect());
            }
        };
        if self.program.foresee_each(&self.case, &self.open, &mut outlook, visit).is_err() {
            return Ok(());
        }
        if shown.iter().any(|it| is_whole && !all.applying.contains(it)) {
            return Err("what is shown does not occur".to_owned());
        }
        let varies = |clause: ClauseId, all: &[BTreeSet<ClauseId>]| {
            let applies = all.iter().filter(|it| it.contains(&clause)).count();
            applies > 0 && applies < all.len()
        };
        let is_told =
            |clause: &ClauseId| varies(*clause, &shown) || outlook.hanging().contains(clause);
        match clauses().filter(|it| varies(*it, &all.applying)).find(|it| !is_told(it)) {
            Some(clause) => Err(format!("{clause:?} is not told to hang on anything")),
            None if is_whole && !outlook.hanging().is_empty() => {
                Err(format!("{:?} hang on nothing", outlook.hanging()))
            }
            None => Ok(()),
        }
    }

    /// That the clauses which are told to apply do so in every completion.
    pub(super) fn hold_applying(
        &self,
        outlook: &Outlook,
        all: &Completions,
        is_whole: bool,
    ) -> Result<(), String> {
        let clauses = (0..).map(ClauseId).take(self.program.answers().clauses.len());
        let always = |clause: &ClauseId| all.applying.iter().all(|it| it.contains(clause));
        let always: Vec<ClauseId> = clauses.filter(always).collect();
        let told = outlook.applying();
        let is_so = told.iter().all(|clause| always.contains(clause) || all.applying.is_empty());
        let is_all = !is_whole || all.applying.is_empty() || told == always;
        if is_so && is_all { Ok(()) } else { Err(format!("{told:?} apply, and {always:?}")) }
    }
}
