//! What can still come of a case of which not everything is known.
//!
//! The meaning is by *completions*: every way of giving each thing that is open one of its
//! values. What all completions agree on is settled; else an answer has a range, and something
//! is needed where two completions that differ in it alone differ in the answer.
//!
//! A completion is decided like any other case. But not each by itself: the values of a fact
//! between two edges that the program compares it with are one *cell*, of which one value stands
//! for all, and members of a family of which only counts and sums matter are taken together.
//! Up to [`MOST_COMPLETIONS`] combinations of cells are decided, and then the outlook is exact.
//! A number that is calculated with is a range within its cell: its ends are decided, and all
//! between them is looked at with ranges, as are the last declared facts where there are more
//! combinations. Ranges may be wider than what occurs, never narrower, and say so.

use alloc::vec::Vec;

use crate::block::Block;
use crate::case::{Case, Identity};
use crate::date::Date;
use crate::decision::DecideError;
use crate::lanes::SlotMissing;
use crate::program::{
    ClauseId, ConclusionId, FactId, Item, ListId, PartyId, Program, Refusal, Test, UnitId, ValueId,
};
use crate::range::{ByteSet, Span};
use crate::ranges::Ranges;

mod applying;
mod cells;
mod column;
mod evidence;
mod grid;
mod joint;
mod kinds;
mod known;
mod needs;
mod odometer;
mod ranged;
mod setting;
mod telling;
mod variable;

use applying::When;
use column::{Column, columns};
use grid::{Decider, Grid};
use ranged::{Ranged, see};
use setting::{Setting, cause};
use variable::Found;

/// How many combinations of cells are decided one by one; fewer where there are more than 64
/// questions, so that what is kept of them stays small.
pub const MOST_COMPLETIONS: usize = 65_536;

/// How many combinations are looked at as ranges one by one; fewer where the case has many items.
pub const MOST_RANGES: usize = 4_096;

/// Something that a case leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// The value of a fact.
    Fact {
        /// The fact.
        fact: FactId,
        /// The item that it is a fact of. `None` for the case.
        item: Option<Item>,
        /// What it can be.
        domain: Domain,
    },
    /// Which items there are of a list.
    Items {
        /// The list.
        list: ListId,
    },
}

/// What a fact can be, within its declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// No or yes as 0 or 1, or the number of a word.
    Bytes(ByteSet),
    /// A day.
    Dates(Span<Date>),
    /// An amount.
    Amounts {
        /// Between which ends, both of them multiples of the step.
        within: Span<i64>,
        /// The step from one amount to the next; above 0.
        step: i64,
    },
}

/// Something that is asked of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// A conclusion, as 0 and 1.
    Conclusion(ConclusionId),
    /// A value.
    Value(ValueId),
    /// The pence that a party pays in all, in one unit; so far, where an amount awaits a panel.
    Pays(PartyId, UnitId),
    /// A referral, as 0 and 1, by its place in [`Answers::referrals`](crate::program::Answers).
    Referred(usize),
    /// Whether an amount awaits a panel, as 0 and 1, by its place in
    /// [`Answers::awaiting`](crate::program::Answers).
    Awaits(usize),
    /// The pence that would await it.
    Awaited(usize),
}

/// What an answer can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// Truths, words or ranks.
    Bytes(ByteSet),
    /// Days.
    Dates(Span<Date>),
    /// Amounts.
    Amounts(Span<i64>),
    /// None is given in any completion.
    Nothing,
}

/// What can come of one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prospect {
    /// What is asked.
    pub question: Question,
    /// What the answer can be, in the completions that are decided and give one.
    pub range: Range,
    /// Whether all completions that are decided give an answer.
    pub is_always_given: bool,
    /// Whether all completions agree, in this and in that they are decided.
    pub is_settled: bool,
    /// Whether both ends of the range occur; else the range is *at most* this.
    pub is_exact: bool,
}

/// What several questions are asked for together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// A conclusion.
    Conclusion(ConclusionId),
    /// A value.
    Value(ValueId),
    /// All that is paid, and awaits a panel.
    Payments,
    /// All but the values: whether the case is decided, what is concluded, paid and referred.
    Decision,
}

/// Something open on which an answer hangs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// Its place among what is open.
    pub unknown: usize,
    /// How many of its values, or of the cells of its values, settle the answer with all else
    /// left open.
    pub settling: u32,
    /// Of how many.
    pub of: u32,
    /// Whether two completions that differ in it alone do differ in the answer; else they may.
    pub is_certain: bool,
}

/// Which outcomes a case can have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// It can be decided, and covered.
    pub decided: bool,
    /// The policy may not cover it.
    pub outside: bool,
    /// It can be refused; for what, as far as it is known.
    pub refused: Vec<(Refusal, Option<Item>)>,
}

/// What can still come of a case, made once for a program and filled in place.
///
/// ```
/// use apportion_core::case::Case;
/// use apportion_core::outlook::{Domain, Outlook, Question, Range, Topic, Unknown};
/// use apportion_core::program::{Builder, ConclusionId};
/// use apportion_core::range::ByteSet;
/// use apportion_core::value::Type;
///
/// // Eligible when fast track: the fact itself is the conclusion.
/// let mut program = Builder::default();
/// let fast_track = program.fact(Type::YesNo, None);
/// program.answers.conclusions.push(program.fact_byte(fast_track).unwrap());
/// let program = program.finish().unwrap();
///
/// let domain = Domain::Bytes(ByteSet::OPEN);
/// let open = [Unknown::Fact { fact: fast_track, item: None, domain }];
/// let mut outlook = Outlook::new(&program);
/// program.foresee(&Case::new(&program), &open, &mut outlook).unwrap();
/// let eligible = outlook.prospect(Question::Conclusion(ConclusionId(0))).unwrap();
/// assert_eq!((eligible.range, eligible.is_settled), (Range::Bytes(ByteSet::OPEN), false));
/// let needs = outlook.needs(Topic::Decision);
/// assert_eq!((needs[0].unknown, needs[0].settling, needs[0].of), (0, 2, 2));
/// ```
#[derive(Clone, Debug)]
pub struct Outlook {
    identity: Identity,
    item: Option<Item>,
    clauses: Vec<When>,
    columns: Vec<Column>,
    block: Block,
    outcomes: Outcomes,
    prospects: Vec<Prospect>,
    needs: Vec<(Topic, Vec<Need>)>,
    applying: Vec<ClauseId>,
    hanging: Vec<ClauseId>,
}

/// What is done with a completion: a lane of a block.
type Visit<'v> = dyn FnMut(&Block, usize) + 'v;

/// What is asked, of which case.
struct Asked<'a> {
    program: &'a Program,
    case: &'a Case,
    /// The item that is asked about.
    item: Option<Item>,
    /// What the case says, each slot with one value.
    base: Ranges,
    open: &'a [Unknown],
    columns: &'a [Column],
    clauses: &'a [When],
    /// Whether completions are shown, so that those which differ in no answer are wanted as well.
    are_shown: bool,
}

impl Asked<'_> {
    /// What can come of all completions in which each thing that is open is so.
    fn look(&self, settings: &[Setting]) -> Result<Ranged, SlotMissing> {
        let mut ranges = self.base.clone();
        for (place, (unknown, setting)) in self.open.iter().zip(settings).enumerate() {
            setting.spread(self.program, &mut ranges, unknown, cause(place))?;
        }
        see(self.program, &mut ranges, self.columns)
    }
}

impl Program {
    /// Finds out what can still come of a case in which some things are open. What the case says
    /// of them does not matter.
    ///
    /// Completions with evidence that cannot be are left out: someone born after the day on which
    /// their age is asked for, a day before the one from which days are counted to it, a fact
    /// stated that does not apply, one left out that does, shares of a panel that nothing asks for.
    ///
    /// # Errors
    ///
    /// Returns [`DecideError`] where something else is not known, the policy refuses every
    /// completion, or the case or the outlook was made for another program.
    pub fn foresee(
        &self,
        case: &Case,
        open: &[Unknown],
        outlook: &mut Outlook,
    ) -> Result<(), DecideError> {
        self.look_at(case, open, outlook, None)
    }

    /// As [`Program::foresee`], and shows each completion that is decided or not covered: a lane
    /// of a block, which [`Block::read_lane`] makes a decision. Of a range only ends are shown, and
    /// of what no answer hangs on no more than the limit lets in: on what was not shown of it
    /// clauses may hang, which [`Outlook::hanging`] gives.
    ///
    /// # Errors
    ///
    /// As [`Program::foresee`].
    pub fn foresee_each(
        &self,
        case: &Case,
        open: &[Unknown],
        outlook: &mut Outlook,
        mut visit: impl FnMut(&Block, usize),
    ) -> Result<(), DecideError> {
        self.look_at(case, open, outlook, Some(&mut visit))
    }

    fn look_at(
        &self,
        case: &Case,
        open: &[Unknown],
        outlook: &mut Outlook,
        visit: Option<&mut Visit<'_>>,
    ) -> Result<(), DecideError> {
        outlook.outcomes = Outcomes::default();
        outlook.prospects.clear();
        outlook.needs.clear();
        outlook.applying.clear();
        outlook.hanging.clear();
        let identity = Identity::of(self);
        if case.identity() != identity || outlook.identity != identity {
            return Err(DecideError::OtherProgram);
        }
        if let Some(Item { list, index }) = outlook.item {
            let items = case.items(list).ok_or(DecideError::ListNotStated { list })?;
            if index >= items {
                return Err(DecideError::Broken);
            }
        }
        let Outlook { item, clauses, columns, block, .. } = outlook;
        let base = Ranges::of_case(self, case)?;
        let are_shown = visit.is_some();
        let item = *item;
        let asked = Asked { program: self, case, item, base, open, columns, clauses, are_shown };
        let Found { variables, mut applying } = variable::find(&asked)?;
        let mut unseen = |_: &Block, _: usize| {};
        let visit = visit.unwrap_or(&mut unseen);
        let mut decider = Decider { block, visit, applying: &mut applying };
        let grid = Grid::fill(&asked, &variables, &mut decider)?;
        grid.any()?;
        let needs = needs::find(&asked, &variables, &grid)?;
        outlook.outcomes = grid.outcomes(self)?;
        outlook.prospects = grid.prospects();
        outlook.needs = needs;
        (outlook.applying, outlook.hanging) = applying.found();
        Ok(())
    }
}

impl Outlook {
    /// An empty outlook, for cases of this program.
    #[must_use]
    pub fn new(program: &Program) -> Outlook {
        Outlook::about(program, None, &[], &[])
    }

    /// An empty outlook of one item, for cases of this program that have it. What is then asked is
    /// what is concluded of the item, its values, and what is paid for it; a cost line of the whole
    /// case, as of a limit, is not for an item. `said` are the conclusions and values of each item
    /// of the list, which may be the same for all of them. `applying` says of clauses about the
    /// items of the list when each applies to one: where all tests of any of these rows hold. Of
    /// other clauses [`Outlook::applying`] tells as of the case.
    ///
    /// Of a case without the item, [`Program::foresee`] returns [`DecideError::ListNotStated`], or
    /// [`DecideError::Broken`] where it has other items only.
    ///
    /// ```
    /// use apportion_core::case::Case;
    /// use apportion_core::outlook::{Outlook, Question, Range};
    /// use apportion_core::program::{Builder, ConclusionId};
    /// use apportion_core::range::ByteSet;
    /// use apportion_core::value::{Type, Value};
    ///
    /// // A service is urgent when it says so.
    /// let mut program = Builder::default();
    /// let services = program.list(100);
    /// let urgent = program.item_fact(services, Type::YesNo, None);
    /// program.answers.conclusions.push(program.fact_byte(urgent).unwrap());
    /// let program = program.finish().unwrap();
    ///
    /// let mut case = Case::new(&program);
    /// let taxi = case.add_item(services).unwrap();
    /// case.set_item(taxi, urgent, Value::YesNo(true)).unwrap();
    /// let said = [Question::Conclusion(ConclusionId(0))];
    /// let mut outlook = Outlook::of_item(&program, taxi, &said, &[]);
    /// program.foresee(&case, &[], &mut outlook).unwrap();
    /// let urgent = outlook.prospect(Question::Conclusion(ConclusionId(0))).unwrap();
    /// assert_eq!(urgent.range, Range::Bytes(ByteSet::one(1)));
    /// ```
    #[must_use]
    pub fn of_item(
        program: &Program,
        item: Item,
        said: &[Question],
        applying: &[(ClauseId, Vec<Vec<Test>>)],
    ) -> Outlook {
        Outlook::about(program, Some(item), said, applying)
    }

    fn about(
        program: &Program,
        item: Option<Item>,
        said: &[Question],
        applying: &[When],
    ) -> Outlook {
        Outlook {
            identity: Identity::of(program),
            item,
            clauses: applying::all(program, applying),
            columns: columns(program, item, said),
            block: Block::new(program),
            outcomes: Outcomes::default(),
            prospects: Vec::new(),
            needs: Vec::new(),
            applying: Vec::new(),
            hanging: Vec::new(),
        }
    }

    /// Which outcomes the case can have.
    #[must_use]
    pub fn outcomes(&self) -> &Outcomes {
        &self.outcomes
    }

    /// What can come of each question.
    #[must_use]
    pub fn prospects(&self) -> &[Prospect] {
        &self.prospects
    }

    /// What can come of a question. `None` where it is not asked, as one about an item of the case
    /// itself.
    #[must_use]
    pub fn prospect(&self, question: Question) -> Option<&Prospect> {
        self.prospects.iter().find(|prospect| prospect.question == question)
    }

    /// Whether whatever is open makes no difference to the decision: to whether the case is
    /// decided, and to what is then concluded, paid and referred. Values may still be open, unless
    /// there is nothing else to the decision.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let Outcomes { decided, outside, refused } = &self.outcomes;
        let outcomes = [*decided, *outside, !refused.is_empty()];
        let is_of_one_kind = outcomes.into_iter().filter(|can_be| *can_be).count() == 1;
        let is_value = |prospect: &Prospect| matches!(prospect.question, Question::Value(_));
        let are_values = self.prospects.iter().all(is_value);
        let mut decisive = self.prospects.iter().filter(|it| are_values || !is_value(it));
        is_of_one_kind && decisive.all(|prospect| prospect.is_settled)
    }

    /// The clauses that apply in every completion that is decided. One of which that hangs on
    /// something whose values were not all tried is not among them.
    #[must_use]
    pub fn applying(&self) -> &[ClauseId] {
        &self.applying
    }

    /// The clauses, but for those about other items, that may apply or not by something of which
    /// not every value was decided: a number that is calculated with, or what no answer hangs on.
    #[must_use]
    pub fn hanging(&self) -> &[ClauseId] {
        &self.hanging
    }

    /// What is needed to settle something, in the order in which to ask for it: what settles it
    /// by most of its own values comes first. Nothing where it is settled.
    #[must_use]
    pub fn needs(&self, topic: Topic) -> &[Need] {
        let mut topics = self.needs.iter();
        topics.find(|(its, _)| *its == topic).map_or(&[], |(_, needs)| needs)
    }
}
