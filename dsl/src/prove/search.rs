//! Is there a case in which something is so? Spaces of cases are cut in two until every one
//! is settled, or a case is found.

use alloc::vec::Vec;

use apportion_core::program::FactId;

use super::Prover;
use super::evaluate::{Blocker, Evaluation, On};
use super::family::{Joint, first_and_rest};
use super::possible::Tri;
use super::space::{Cut, Domain, Space};
use crate::checked::Type;

/// What is asked of a case; none where the case is refused instead.
pub(super) type Question<'q, 'a> = &'q dyn Fn(&mut Evaluation<'_, 'a>) -> Option<Tri>;

/// Whether there is a case in which something is so.
#[derive(Clone, Debug)]
pub(super) enum Answer<'a> {
    /// There is none.
    Never,
    /// In this one it is.
    Found(Space<'a>),
    /// It was not settled.
    Unsettled,
}

/// Which case is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Whichever is found.
    Any,
    /// The first, by the fact that is open: it is to be told.
    First,
}

/// Both parts of a space.
type TwoParts<'a> = (Space<'a>, Space<'a>);

/// Asks in the cases of a space, in so many steps at most.
pub(super) fn search<'a>(
    prover: &Prover<'a>,
    joints: &[Joint],
    (start, wanted): (Space<'a>, Wanted),
    question: Question<'_, 'a>,
    steps: &mut u32,
) -> Answer<'a> {
    let mut spaces = Vec::from([(start, Tried::default())]);
    let mut is_unsettled = false;
    while let Some((space, tried)) = spaces.pop() {
        let Some(left) = steps.checked_sub(1) else { return Answer::Unsettled };
        *steps = left;
        let mut evaluation = Evaluation::new(prover, &space, joints);
        let verdict = question(&mut evaluation);
        if matches!(verdict, None | Some(Tri::No)) {
            continue;
        }
        if !evaluation.is_possible() {
            continue;
        }
        // What is wrong with amounts is so with great ones, more often than with small ones.
        let may_be_last = evaluation.has_sums && wanted == Wanted::Any;
        let first = (!tried.first).then(|| space.first());
        let greatest = (may_be_last && !tried.last).then(|| space.last());
        for mut one in first.into_iter().chain(greatest) {
            let is_so = |one: &Space<'a>| {
                question(&mut Evaluation::new(prover, one, joints)) == Some(Tri::Yes)
            };
            if is_so(&one) {
                // Of one case every test counts, for one of a row that fails may be refused.
                let is_known_in_part = one.ruled_out.take().is_some();
                if !is_known_in_part || is_so(&one) {
                    return Answer::Found(one);
                }
            }
        }
        match parts(&space, &evaluation, joints, wanted) {
            Some(mut parts) => {
                if evaluation.ruled_out.is_some() {
                    parts.0.ruled_out.clone_from(&evaluation.ruled_out);
                    parts.1.ruled_out = evaluation.ruled_out;
                }
                let now = Tried { first: true, last: tried.last || may_be_last };
                spaces.extend([parts.1, parts.0].map(|part| {
                    let tried = now.of_part(&space, &part);
                    (part, tried)
                }));
            }
            None => is_unsettled = true,
        }
    }
    if is_unsettled { Answer::Unsettled } else { Answer::Never }
}

impl Wanted {
    /// Whether the parts of a cut come in the order in which cases are wanted.
    pub(super) fn may_cut(self, on: On<'_>) -> bool {
        self == Wanted::Any || matches!(on, On::Fact(_))
    }
}

/// Whether the first and the last case of a space are those of a space that was looked at, in which it
/// is not so.
#[derive(Clone, Copy, Default)]
struct Tried {
    first: bool,
    last: bool,
}

impl Tried {
    fn of_part(self, whole: &Space<'_>, part: &Space<'_>) -> Tried {
        Tried {
            first: self.first && part.has_the_first_of(whole),
            last: self.last && part.has_the_last_of(whole),
        }
    }
}

/// Both parts of a space, cut where most hangs on it.
fn parts<'a>(
    space: &Space<'a>,
    evaluation: &Evaluation<'_, 'a>,
    joints: &[Joint],
    wanted: Wanted,
) -> Option<TwoParts<'a>> {
    // How often each thing would help, in the order in which they were met.
    let mut often: Vec<(On<'a>, usize)> = Vec::new();
    for blocker in evaluation.blockers.iter().filter(|blocker| wanted.may_cut(blocker.on)) {
        match often.iter_mut().find(|(on, _)| *on == blocker.on) {
            Some((_, times)) => *times += 1,
            None => often.push((blocker.on, 1)),
        }
    }
    often.sort_by_key(|(_, times)| core::cmp::Reverse(*times));
    for (on, _) in often {
        let cuts = evaluation.blockers.iter().filter(|blocker| blocker.on == on);
        if let Some(parts) =
            cuts.filter_map(|blocker| part(space, joints, (blocker, wanted))).next()
        {
            return Some(parts);
        }
    }
    let size = |fact: &FactId| space.facts.get(fact.index()).map_or(0, |domain| domain.size());
    let widest = evaluation.facts.iter().rev().max_by_key(|fact| size(fact));
    let halves = widest.and_then(|fact| halves(space, *fact));
    halves.or_else(|| first_of_family(space, *evaluation.families.first()?))
}

/// Both halves of what a fact can be.
pub(super) fn halves<'a>(space: &Space<'a>, fact: FactId) -> Option<TwoParts<'a>> {
    let (low, high) = space.facts.get(fact.index())?.cut(Cut::Halves)?;
    let with = |domain: Domain| space.with_fact(fact.index(), domain);
    Some((with(low), with(high)))
}

/// A family in its first state, and in the others.
pub(super) fn first_of_family<'a>(space: &Space<'a>, family: usize) -> Option<TwoParts<'a>> {
    let (first, rest) = first_and_rest(space.families.get(family)?)?;
    Some((with_family(space, family, first), with_family(space, family, rest)))
}

fn with_family<'a>(space: &Space<'a>, family: usize, states: alloc::rc::Rc<[u32]>) -> Space<'a> {
    let mut other = space.clone();
    if let Some(place) = other.families.get_mut(family) {
        *place = states;
    }
    other
}

/// Both parts of a space, cut as something would help.
pub(super) fn part<'a>(
    space: &Space<'a>,
    joints: &[Joint],
    (blocker, wanted): (&Blocker<'a>, Wanted),
) -> Option<TwoParts<'a>> {
    match blocker.on {
        On::Fact(fact) => {
            let domain = space.facts.get(fact.index())?;
            let cut = match wanted {
                Wanted::Any => blocker.cut,
                Wanted::First => domain.in_order(blocker.cut),
            };
            let (low, high) = domain.cut(cut)?;
            let with = |domain: Domain| space.with_fact(fact.index(), domain);
            Some((with(low), with(high)))
        }
        On::Family(family, column) => {
            let states = space.families.get(family)?;
            let (low, high) = joints.get(family)?.cut(column, blocker.cut, states)?;
            Some((with_family(space, family, low), with_family(space, family, high)))
        }
        On::Test(test) => {
            let with = |holds| {
                let mut other = space.clone();
                other.tests.push((test, holds));
                other
            };
            Some((with(true), with(false)))
        }
        On::Choice(choice) => {
            let with = |is_first_greater| {
                let mut other = space.clone();
                other.choices.push((choice, is_first_greater));
                other
            };
            Some((with(false), with(true)))
        }
        On::Expression(expression) => {
            let denominator = match &expression.of {
                Type::Number(number) => number.denominator,
                _ => 1,
            };
            let known = space.assumed.iter().position(|(known, _)| known.kind == expression.kind);
            let assumed = known.and_then(|place| space.assumed.get(place));
            let so_far = match assumed {
                Some((_, possible)) => *possible,
                None => super::evaluate::of_type(&expression.of)?,
            };
            let (low, high) = so_far.cut(blocker.cut, denominator)?;
            let with = |possible| {
                let mut other = space.clone();
                other.assumed.retain(|(known, _)| known.kind != expression.kind);
                other.assumed.push((expression, possible));
                other
            };
            Some((with(low), with(high)))
        }
    }
}
