//! Are there two cases beside each other, which differ in one fact, of which something is so? Pairs of
//! spaces are cut in two as single ones are: both where what is cut is the same in both cases, else one.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Prover;
use super::evaluate::{Blocker, On};
use super::family::Joint;
use super::moving::Moving;
use super::possible::Tri;
use super::rise::Two;
use super::search::{Wanted, first_of_family, halves, part};
use super::space::{Domain, Space};

/// Two spaces that are the same but for one fact, and what hangs on it: any case of the first stands
/// beside that of the second with the same other facts, where the fact is lower in the first.
#[derive(Clone, Debug)]
pub(super) struct Pair<'a> {
    pub(super) low: Space<'a>,
    pub(super) high: Space<'a>,
}

/// What is asked of two cases; none where one is refused instead.
pub(super) type QuestionOfTwo<'q, 'a> = &'q dyn Fn(&mut Two<'_, 'a>) -> Option<Tri>;

/// Whether there are two cases of which something is so.
#[derive(Clone, Debug)]
pub(super) enum Beside<'a> {
    /// There are none.
    Never,
    /// Of these.
    Found(Box<Pair<'a>>),
    /// It was not settled.
    Unsettled,
}

/// Which of two spaces is cut.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Low,
    High,
    Both,
}

/// Asks of the cases of two spaces, in so many steps at most.
pub(super) fn search_pairs<'a>(
    prover: &Prover<'a>,
    joints: &[Joint],
    moving: &Moving<'a>,
    (start, wanted): (Pair<'a>, Wanted),
    question: QuestionOfTwo<'_, 'a>,
    steps: &mut u32,
) -> Beside<'a> {
    let place = moving.fact.index();
    let mut pairs = Vec::from([start]);
    let mut is_unsettled = false;
    while let Some(pair) = pairs.pop() {
        let Some(left) = steps.checked_sub(2) else { return Beside::Unsettled };
        *steps = left;
        let Some(pair) = pair.in_order(place) else { continue };
        let mut two = Two::new(prover, [&pair.low, &pair.high], joints, moving);
        let verdict = question(&mut two);
        if matches!(verdict, None | Some(Tri::No)) || !two.is_possible() {
            continue;
        }
        for single in pair.singles(place, wanted) {
            let mut two = Two::new(prover, [&single.low, &single.high], joints, moving);
            if question(&mut two) == Some(Tri::Yes) {
                return Beside::Found(Box::new(single));
            }
        }
        match pair.parts(&two, joints, wanted) {
            Some([first, second]) => pairs.extend([second, first]),
            None => is_unsettled = true,
        }
    }
    if is_unsettled { Beside::Unsettled } else { Beside::Never }
}

impl Wanted {
    /// Whether the other case is to be cut first: of the first two the lower value comes first.
    fn is_later(self, side: Side) -> bool {
        self == Wanted::First && side == Side::High
    }
}

impl<'a> Pair<'a> {
    /// The same with another domain of a fact in both.
    pub(super) fn with_fact(&self, place: usize, domain: Domain) -> Pair<'a> {
        Pair { low: self.low.with_fact(place, domain), high: self.high.with_fact(place, domain) }
    }

    /// Without what can be no lower than anything in the second, or no higher than anything in the
    /// first; none where nothing is left.
    fn in_order(&self, place: usize) -> Option<Pair<'a>> {
        let (low, high) = (*self.low.facts.get(place)?, *self.high.facts.get(place)?);
        let (low, high) = low.below_and_above(high)?;
        Some(Pair { low: self.low.with_fact(place, low), high: self.high.with_fact(place, high) })
    }

    /// Some single cases beside each other.
    fn singles(&self, place: usize, wanted: Wanted) -> Vec<Pair<'a>> {
        let (Some(low), Some(high)) = (self.low.facts.get(place), self.high.facts.get(place))
        else {
            return Vec::new();
        };
        let values =
            [(low.first(), high.first()), (low.first(), high.last()), (low.last(), high.last())];
        let ends = [[self.low.first(), self.high.first()], [self.low.last(), self.high.last()]];
        let (values, ends) = match wanted {
            Wanted::First => (&values[..1], &ends[..1]),
            Wanted::Any => (&values[..], &ends[..]),
        };
        let mut singles = Vec::new();
        for [first, second] in ends {
            for (low, high) in values.iter().copied() {
                if low.below_and_above(high).is_some() {
                    let (low, high) = (first.with_fact(place, low), second.with_fact(place, high));
                    singles.push(Pair { low, high });
                }
            }
        }
        singles
    }

    /// Both parts, cut where most hangs on it.
    fn parts(&self, two: &Two<'_, 'a>, joints: &[Joint], wanted: Wanted) -> Option<[Pair<'a>; 2]> {
        let side_of = |on: &On<'a>, own: Side| match on {
            On::Fact(fact) if *fact == two.moving.fact => own,
            On::Expression(expression) if two.moving.expression(expression) => own,
            On::Test(test) if two.moving.condition(test) => own,
            On::Choice(_) => own,
            _ => Side::Both,
        };
        let of = |own: Side, blockers: &[Blocker<'a>]| -> Vec<(Side, Blocker<'a>)> {
            blockers.iter().map(|it| (side_of(&it.on, own), *it)).collect()
        };
        let mut blockers = of(Side::Low, &two.low.blockers);
        blockers.extend(of(Side::High, &two.high.blockers));
        blockers.retain(|(_, blocker)| wanted.may_cut(blocker.on));
        // How often each would help, in the order in which they were met.
        let mut often: Vec<(Side, On<'a>, usize)> = Vec::new();
        for (side, blocker) in &blockers {
            match often.iter_mut().find(|(of, on, _)| of == side && *on == blocker.on) {
                Some((.., times)) => *times += 1,
                None => often.push((*side, blocker.on, 1)),
            }
        }
        often.sort_by_key(|(side, _, times)| (wanted.is_later(*side), core::cmp::Reverse(*times)));
        for (side, on, _) in often {
            let cuts = blockers.iter().filter(|(of, blocker)| *of == side && blocker.on == on);
            let mut parts = cuts
                .filter_map(|(_, it)| self.cut(side, |space| part(space, joints, (it, wanted))));
            if let Some(parts) = parts.next() {
                return Some(parts);
            }
        }
        self.halves(two, wanted)
    }

    /// Both parts, where nothing is known to help.
    fn halves(&self, two: &Two<'_, 'a>, wanted: Wanted) -> Option<[Pair<'a>; 2]> {
        let place = two.moving.fact.index();
        let sides = [(Side::Low, &self.low, &two.low), (Side::High, &self.high, &two.high)];
        let facts = sides.into_iter().flat_map(|(own, space, it)| {
            it.facts.iter().map(move |fact| {
                let size = space.facts.get(fact.index()).map_or(0, |domain| domain.size());
                (size, if fact.index() == place { own } else { Side::Both }, *fact)
            })
        });
        let mut facts: Vec<_> = facts.collect();
        facts.sort_by_key(|(size, side, _)| (wanted.is_later(*side), core::cmp::Reverse(*size)));
        let mut parts =
            facts.into_iter().filter_map(|(_, side, it)| self.cut(side, |space| halves(space, it)));
        parts.next().or_else(|| {
            let family = *two.low.families.first().or_else(|| two.high.families.first())?;
            self.cut(Side::Both, |space| first_of_family(space, family))
        })
    }

    fn cut(
        &self,
        side: Side,
        cut: impl Fn(&Space<'a>) -> Option<(Space<'a>, Space<'a>)>,
    ) -> Option<[Pair<'a>; 2]> {
        let Pair { low, high } = self;
        Some(match side {
            Side::Both => {
                let ((a, b), (c, d)) = (cut(low)?, cut(high)?);
                [Pair { low: a, high: c }, Pair { low: b, high: d }]
            }
            Side::Low => {
                let (a, b) = cut(low)?;
                [Pair { low: a, high: high.clone() }, Pair { low: b, high: high.clone() }]
            }
            Side::High => {
                let (c, d) = cut(high)?;
                [Pair { low: low.clone(), high: c }, Pair { low: low.clone(), high: d }]
            }
        })
    }
}

impl Domain {
    /// What of this is below something of another, and what of the other is above something of this;
    /// none where nothing is.
    fn below_and_above(self, other: Domain) -> Option<(Domain, Domain)> {
        match (self, other) {
            (Domain::Words(low), Domain::Words(high)) => {
                let (lowest, highest) = (low.lowest()?, high.highest()?);
                let low = low.iter().filter(|word| *word < highest).collect();
                let high = high.iter().filter(|word| *word > lowest).collect();
                Some((Domain::Words(low), Domain::Words(high)))
            }
            (Domain::Days(first, last), Domain::Days(other_first, other_last)) => Some((
                Domain::Days(first, last.min(other_last.saturating_sub(1))),
                Domain::Days(other_first.max(first.saturating_add(1)), other_last),
            )),
            (
                Domain::Numbers { least, greatest, step, denominator },
                Domain::Numbers { least: other_least, greatest: other_greatest, .. },
            ) => {
                let numbers =
                    |least, greatest| Domain::Numbers { least, greatest, step, denominator };
                Some((
                    numbers(least, greatest.min(other_greatest.saturating_sub(step))),
                    numbers(other_least.max(least.saturating_add(step)), other_greatest),
                ))
            }
            _ => None,
        }
        .filter(|(low, high)| !low.is_empty() && !high.is_empty())
    }
}
