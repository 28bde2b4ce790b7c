//! Members of a family of which only counts, sums, the highest and the lowest matter. Ten
//! domains of six levels have sixty million combinations, and a few hundred that differ in these.

use alloc::vec;
use alloc::vec::Vec;

use super::{Domain, Unknown};
use crate::program::{AnySlot, ByteSlot, Members, Operation, Program, Run, Totals};
use crate::range::ByteSet;

/// More combinations are not taken together.
const MOST_STATES: usize = 20_000;

/// What is added up or compared over members, and what each byte of one brings to it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Measure {
    /// Up to eight totals in one number.
    Totals {
        members: Members,
        points: Vec<u64>,
    },
    Highest(Vec<ByteSlot>),
    Lowest(Vec<ByteSlot>),
}

/// One combination: what the measures say, and the bytes of the members.
#[derive(Clone, Debug, PartialEq, Eq)]
struct State {
    says: Vec<u64>,
    bytes: Vec<u8>,
}

/// Members taken together.
#[derive(Clone, Debug)]
pub(super) struct Joint {
    measures: Vec<Measure>,
    slots: Vec<ByteSlot>,
    domains: Vec<ByteSet>,
    /// By what they say, rising.
    states: Vec<State>,
}

impl Measure {
    fn reads(&self, slot: ByteSlot) -> bool {
        match self {
            Measure::Totals { members, .. } => members.has(slot),
            Measure::Highest(slots) | Measure::Lowest(slots) => slots.contains(&slot),
        }
    }

    /// Of no members.
    fn start(&self) -> u64 {
        match self {
            Measure::Totals { .. } | Measure::Highest(_) => 0,
            Measure::Lowest(_) => u64::from(u8::MAX),
        }
    }

    /// With one more member that is so.
    fn with(&self, slot: ByteSlot, byte: u8, so_far: u64) -> u64 {
        if !self.reads(slot) {
            return so_far;
        }
        match self {
            Measure::Totals { points, .. } => {
                so_far.wrapping_add(points.get(usize::from(byte)).copied().unwrap_or(0))
            }
            Measure::Highest(_) => so_far.max(byte.into()),
            Measure::Lowest(_) => so_far.min(byte.into()),
        }
    }
}

impl Joint {
    /// The members among what is open that can be taken together, family by family, each by its
    /// places.
    pub(super) fn all(program: &Program, open: &[Unknown]) -> Vec<(Vec<usize>, Joint)> {
        let measures = measures(program);
        let mut members: Vec<(usize, ByteSlot, ByteSet)> = Vec::new();
        for (place, unknown) in open.iter().enumerate() {
            let Unknown::Fact { fact, item: None, domain: Domain::Bytes(bytes) } = unknown else {
                continue;
            };
            let Some(declared) = program.facts().get(fact.index()) else { continue };
            let AnySlot::Byte(slot) = declared.any_slot() else { continue };
            let is_measured = measures.iter().any(|measure| measure.reads(slot));
            if declared.said.is_none() && is_measured && !is_read_alone(program, slot) {
                members.push((place, slot, *bytes));
            }
        }
        let mut joints = Vec::new();
        while let Some((first, slot, bytes)) = members.first().copied() {
            // All that a measure of the first reads, and what a measure of those reads.
            let mut slots = vec![slot];
            let mut own = vec![(first, slot, bytes)];
            members.remove(0);
            loop {
                let is_beside = |other: ByteSlot| {
                    measures.iter().any(|measure| {
                        measure.reads(other) && slots.iter().any(|own| measure.reads(*own))
                    })
                };
                let Some(next) = members.iter().position(|(_, slot, _)| is_beside(*slot)) else {
                    break;
                };
                let member = members.remove(next);
                slots.push(member.1);
                own.push(member);
            }
            own.sort_unstable_by_key(|(place, ..)| *place);
            if own.len() > 1 {
                joints.extend(Joint::of(&measures, &own));
            }
        }
        joints
    }

    fn of(measures: &[Measure], own: &[(usize, ByteSlot, ByteSet)]) -> Option<(Vec<usize>, Joint)> {
        let is_own = |measure: &&Measure| own.iter().any(|(_, slot, _)| measure.reads(*slot));
        let mut joint = Joint {
            measures: measures.iter().filter(is_own).cloned().collect(),
            slots: own.iter().map(|(_, slot, _)| *slot).collect(),
            domains: own.iter().map(|(.., bytes)| *bytes).collect(),
            states: Vec::new(),
        };
        joint.states = joint.states_but_for(None)?;
        Some((own.iter().map(|(place, ..)| *place).collect(), joint))
    }

    /// The combinations of all members, or of all but one.
    fn states_but_for(&self, left_out: Option<usize>) -> Option<Vec<State>> {
        let says = self.measures.iter().map(Measure::start).collect();
        let mut states = vec![State { says, bytes: Vec::new() }];
        for (place, (slot, domain)) in self.slots.iter().zip(&self.domains).enumerate() {
            if Some(place) == left_out {
                // Whatever it is, it says nothing.
                let byte = domain.least()?;
                states.iter_mut().for_each(|state| state.bytes.push(byte));
                continue;
            }
            states = self.grown(&states, *slot, *domain);
            if states.len() > MOST_STATES {
                return None;
            }
        }
        Some(states)
    }

    /// The combinations with one more member, one of those that say the same.
    fn grown(&self, states: &[State], slot: ByteSlot, domain: ByteSet) -> Vec<State> {
        let bytes: Vec<u8> = domain.iter().collect();
        let pairs = bytes.iter().flat_map(|byte| states.iter().map(move |state| (*byte, state)));
        let pairs: Vec<(u8, &State)> = pairs.collect();
        let width = self.measures.len();
        let mut all_say = Vec::with_capacity(pairs.len() * width);
        for (byte, state) in &pairs {
            let each = self.measures.iter().zip(&state.says);
            all_say.extend(each.map(|(measure, so_far)| measure.with(slot, *byte, *so_far)));
        }
        let says = |place: usize| all_say.get(place * width..(place + 1) * width);
        // For each byte they rise already, so that a stable sort has only to merge them.
        let mut places: Vec<usize> = (0..pairs.len()).collect();
        places.sort_by(|a, b| says(*a).cmp(&says(*b)));
        places.dedup_by(|later, first| says(*later) == says(*first));
        let state = |place: usize| {
            let (byte, state) = pairs.get(place)?;
            let bytes = state.bytes.iter().copied().chain([*byte]).collect();
            Some(State { says: says(place)?.to_vec(), bytes })
        };
        places.into_iter().filter_map(state).collect()
    }

    /// The bytes of the members in each combination.
    pub(super) fn states(&self) -> impl Iterator<Item = &[u8]> {
        self.states.iter().map(|state| state.bytes.as_slice())
    }

    /// For one member: of each combination of the others the bytes, and with each byte of the
    /// member the place of the combination that they make together.
    pub(super) fn around(&self, member: usize) -> Option<Vec<Around>> {
        let (slot, domain) = (*self.slots.get(member)?, *self.domains.get(member)?);
        let others = self.states_but_for(Some(member))?;
        let mut says = Vec::new();
        let around = |other: State| {
            let with = |byte: u8| {
                let each = self.measures.iter().zip(&other.says);
                says.clear();
                says.extend(each.map(|(measure, so_far)| measure.with(slot, byte, *so_far)));
                let place = self.states.binary_search_by(|state| state.says.cmp(&says)).ok()?;
                Some((byte, place))
            };
            let states = domain.iter().map(with).collect::<Option<Vec<_>>>()?;
            Some(Around { bytes: other.bytes, states })
        };
        others.into_iter().map(around).collect()
    }

    /// Whether two members bring the same to every measure, so that what is so of one is so of
    /// the other.
    pub(super) fn are_alike(&self, one: usize, other: usize) -> bool {
        let (Some(a), Some(b)) = (self.slots.get(one), self.slots.get(other)) else { return false };
        self.domains.get(one) == self.domains.get(other)
            && self.measures.iter().all(|measure| measure.reads(*a) == measure.reads(*b))
    }
}

/// What is around one member.
#[derive(Clone, Debug)]
pub(super) struct Around {
    /// The bytes of all members; that of the one at hand stands for any.
    pub(super) bytes: Vec<u8>,
    /// Each byte of the member, and the combination that it then is.
    pub(super) states: Vec<(u8, usize)>,
}

fn measures(program: &Program) -> Vec<Measure> {
    let slots = |run: Run| program.byte_lists.get(run.range()).unwrap_or_default().to_vec();
    let measure = |operation: &Operation| match *operation {
        Operation::FamilyTotals { totals } => {
            let Totals { members, points, .. } = program.totals.get(totals.index())?;
            Some(Measure::Totals { members: *members, points: points.clone() })
        }
        Operation::Highest { slots: run, .. } => Some(Measure::Highest(slots(run))),
        Operation::Lowest { slots: run, .. } => Some(Measure::Lowest(slots(run))),
        _ => None,
    };
    program.operations().iter().filter_map(measure).collect()
}

/// Whether anything but a measure reads a byte.
fn is_read_alone(program: &Program, slot: ByteSlot) -> bool {
    let answers = program.answers();
    let is_value =
        answers.values.iter().any(|it| it.slot == AnySlot::Byte(slot) || it.given == slot);
    let is_truth = answers.conclusions.contains(&slot)
        || answers.cover == Some(slot)
        || answers.facts.iter().any(|(_, applies)| *applies == slot);
    let is_tested = program.tests.iter().any(|test| test.slot == slot);
    let is_clause = answers.clauses.contains(&slot)
        || answers.referrals.iter().any(|referral| referral.made == slot)
        || answers.lines.iter().any(|line| line.made == slot)
        || answers.awaiting.iter().any(|awaited| awaited.made == slot);
    let reads = |operation: &Operation| match *operation {
        Operation::CompareBytes { a, b, .. } => a == slot || b == slot,
        Operation::PickByte { choice, options, .. } => {
            let options = program.byte_lists.get(options.range());
            choice == slot || options.is_some_and(|options| options.contains(&slot))
        }
        Operation::PickAmount { choice, .. }
        | Operation::PickDate { choice, .. }
        | Operation::SplitByTable { choice, .. } => choice == slot,
        Operation::Lookup { slot: key, .. } => key == slot,
        Operation::Limit { when, .. } => when == Some(slot),
        Operation::Age { when, .. } => when == slot,
        // By what items count is a truth of each item.
        Operation::ExtremeByte { byte, .. } => byte == slot,
        Operation::Require { when, test, .. } => when == slot || test.slot == slot,
        _ => false,
    };
    is_value || is_truth || is_tested || is_clause || program.operations().iter().any(reads)
}
