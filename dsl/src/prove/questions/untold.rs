//! A case counts once: what goes wrong only in cases of which something is told already is not told as well.

use alloc::rc::Rc;
use alloc::vec::Vec;

use super::Asking;
use crate::checked::FamilyId;
use crate::prove::evaluate::{Blocker, Evaluation, On};
use crate::prove::possible::Tri;
use crate::prove::search::{Answer, Question};
use crate::prove::space::Space;
use crate::prove::witness::Witness;

/// So much that was told is kept: each later question may have to ask all of it.
const MOST_TOLD: usize = 64;

/// The most steps to find a case of which nothing is told so far.
const MOST_STEPS: u32 = 5_000;

/// So often at most all that was told is asked in steps of that kind.
pub(super) const MOST_ASKED: u32 = 200_000;

/// What is asked of a case, and is kept.
type Kept<'a> = dyn Fn(&mut Evaluation<'_, 'a>) -> Option<Tri> + 'a;

/// A question that was answered with a case, and told.
#[derive(Clone)]
struct Told<'a> {
    question: Rc<Kept<'a>>,
    /// The family of which it is asked member by member.
    family: Option<FamilyId>,
}

/// What refuses a case, as far as it was told.
#[derive(Clone, Default)]
pub(super) struct AllTold<'a>(Vec<Told<'a>>);

impl<'a> AllTold<'a> {
    /// Keeps what was told.
    pub(super) fn add(
        &mut self,
        family: Option<FamilyId>,
        question: impl Fn(&mut Evaluation<'_, 'a>) -> Option<Tri> + 'a,
    ) {
        if self.0.len() < MOST_TOLD {
            self.0.push(Told { question: Rc::new(question), family });
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn count(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// A family of which something is asked member by member, so that it cannot be taken together.
    pub(super) fn family(&self) -> Option<FamilyId> {
        self.0.iter().find_map(|told| told.family)
    }

    /// Whether any of it is so. That it is so of all cases of a space means of all that are refused for
    /// nothing else; so it counts only where all that a single case reads is known.
    pub(super) fn is_so(&self, it: &mut Evaluation<'_, 'a>) -> Tri {
        if self.is_empty() {
            return Tri::No;
        }
        if it.has_items() && !it.has_one_of_each() {
            return Tri::Open;
        }
        let one = it.space().as_one();
        let mut of_one = Evaluation::new(it.prover(), &one, it.joints());
        let mut any = Tri::No;
        for told in &self.0 {
            of_one.member = None;
            any = any.or((told.question)(&mut of_one).unwrap_or(Tri::No));
        }
        let is_known = of_one.facts.is_empty() && of_one.families.is_empty();
        // What is said of one member, or of an expression in a clause, is not what is asked.
        let is_of_facts = |it: &Blocker<'_>| matches!(it.on, On::Fact(_) | On::Family(..));
        it.blockers.extend(of_one.blockers.into_iter().filter(is_of_facts));
        it.facts.extend(of_one.facts);
        it.families.extend(of_one.families);
        if any == Tri::Yes && !is_known { Tri::Open } else { any }
    }

    /// Whether something is so, and nothing that is told already.
    pub(super) fn not_so(
        &self,
        it: &mut Evaluation<'_, 'a>,
        question: Question<'_, 'a>,
    ) -> Option<Tri> {
        match question(it)? {
            Tri::No => Some(Tri::No),
            is => Some(is.and(self.is_so(it).not())),
        }
    }
}

impl<'a> Asking<'_, 'a> {
    /// Is there a case that the policy decides in which this is so, and of which nothing is told so far? Where
    /// that is not settled, whichever is found counts.
    pub(super) fn ask_untold(
        &mut self,
        but_for: Option<FamilyId>,
        question: Question<'_, 'a>,
    ) -> Answer<'a> {
        let answer = self.ask(but_for, question);
        let is_to_be_told = match &answer {
            Answer::Never => true,
            Answer::Found(space) => !self.is_told_of(space),
            Answer::Unsettled => self.told.is_empty(),
        };
        if is_to_be_told {
            return answer;
        }
        let told = self.told.clone();
        let but_for = but_for.or_else(|| told.family());
        let of_the_untold = self.look_for_untold(|asking, most| {
            asking.ask_within(but_for, (|all| all, most), &|it| told.not_so(it, question))
        });
        match of_the_untold {
            Answer::Unsettled => answer,
            settled => settled,
        }
    }

    /// Looks for something untold in so many steps as there are: each asks all that was told.
    pub(super) fn look_for_untold<T>(&mut self, look: impl FnOnce(&mut Self, u32) -> T) -> T {
        let each = self.told.count().saturating_add(1);
        let most = MOST_STEPS.min(self.prover.effort.of_a_question).min(self.left / each);
        let before = self.prover.steps.get();
        let found = look(self, most);
        let taken = before.saturating_sub(self.prover.steps.get());
        self.left = self.left.saturating_sub(taken.saturating_mul(each));
        found
    }

    /// Whether something is told already of a case.
    pub(super) fn is_told_of(&self, space: &Space<'a>) -> bool {
        self.told.is_so(&mut Evaluation::new(self.prover, space, &[])) != Tri::No
    }

    /// The case as it is shown: one of which nothing is told already, where there is one.
    pub(super) fn witness(&self, space: &Space<'a>, question: Question<'_, 'a>) -> Witness<'a> {
        if self.is_told_of(space) {
            return self.prover.witness(space, question, &|_| Some(Tri::Yes));
        }
        self.prover.witness(space, question, &|it| Some(self.told.is_so(it).not()))
    }
}
