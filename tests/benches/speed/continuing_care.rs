//! Continuing care, the example policy: the engine beside the same policy written by hand.

use core::hint::black_box;
use core::time::Duration;

use apportion_core::block::{Block, LANES};
use apportion_core::case::Case;
use apportion_core::date::Date;
use apportion_core::decision::{Answer, Decision};
use apportion_core::program::{ConclusionId, FactId, PartyId, ValueId};
use apportion_core::value::Value;
use apportion_tests::rivals::CASES;
use apportion_tests::rivals::continuing_care::{Answers, Columns, cases, one_loop, row, staged};

use crate::contest::{Comparison, Contest, timed};
use crate::engine::{
    A_WEEK, Engine, chunk, chunk_mut, clause_columns, decide_in_blocks, record_clauses,
};

const ROW: &str = "by hand, case by case";
const LOOP: &str = "by hand, one loop over columns";
const STAGED: &str = "by hand, staged blocks";
const DECIDE: &str = "engine, case by case, decide alone";
const CASE: &str = "engine, case by case, filled and read";
const BLOCKS: &str = "engine, blocks";
const CLAUSES: &str = "engine, blocks, clauses recorded";

const COMPARISONS: [Comparison; 5] = [
    Comparison { entry: DECIDE, with: ROW, budget: "" },
    Comparison { entry: CASE, with: ROW, budget: "" },
    Comparison { entry: BLOCKS, with: STAGED, budget: "" },
    Comparison { entry: BLOCKS, with: LOOP, budget: "" },
    Comparison { entry: CLAUSES, with: BLOCKS, budget: "" },
];

/// Measures all ways to decide, after holding the engine's answers against the rival's.
pub(crate) fn measure(rounds: usize) {
    let care = ContinuingCare::new();
    let children = Children::generate();
    let mut contest = Contest::default();
    enter_rivals(&mut contest, &children);
    let ways: [(&'static str, Way); 4] = [
        (DECIDE, decide_alone),
        (CASE, decide_cases),
        (BLOCKS, decide_blocks),
        (CLAUSES, decide_blocks_with_clauses),
    ];
    for (name, way) in ways {
        let mut answers = Answers::new(CASES);
        way(&care, &children, &mut answers);
        assert!(answers == children.expected, "{name} disagrees with the rival");
        let (care, children) = (&care, &children);
        contest.enter(name, move || way(care, children, &mut answers));
    }
    println!("\nContinuing care, with a split between three: a case, of {CASES} distinct ones");
    contest.run(rounds, CASES, &COMPARISONS);
}

/// The cases, and what is to come out.
struct Children {
    cases: Vec<row::Case>,
    columns: Columns,
    expected: Answers,
}

impl Children {
    fn generate() -> Self {
        let cases = cases::generate(CASES);
        let columns = Columns::of(&cases);
        let mut expected = Answers::new(CASES);
        staged::decide(&columns, &mut expected);
        Children { cases, columns, expected }
    }
}

/// A way of the rival to decide all cases.
type RivalWay = fn(&Columns, &mut Answers);

fn enter_rivals<'a>(contest: &mut Contest<'a>, children: &'a Children) {
    let mut decisions = Vec::with_capacity(CASES);
    contest.enter(ROW, move || {
        decisions.clear();
        timed(|| {
            decisions.extend(children.cases.iter().map(row::decide));
            black_box(&decisions);
        })
    });
    let ways: [(&'static str, RivalWay); 2] = [(LOOP, one_loop::decide), (STAGED, staged::decide)];
    for (name, decide) in ways {
        let mut answers = Answers::new(CASES);
        contest.enter(name, move || {
            timed(|| {
                decide(&children.columns, &mut answers);
                black_box(&answers);
            })
        });
    }
}

/// A way to decide all cases; it says how long that took.
type Way = fn(&ContinuingCare, &Children, &mut Answers) -> Duration;

/// Cases are filled, and decisions read, so many at a time while the clock stands. Few, so
/// that they stay in the first-level cache as one case that is used again does.
const PREPARED: usize = 16;

fn decide_alone(care: &ContinuingCare, children: &Children, answers: &mut Answers) -> Duration {
    let program = care.engine.program();
    let mut cases = vec![Case::new(program); PREPARED];
    let mut decisions = vec![Decision::new(program); PREPARED];
    let mut time = Duration::ZERO;
    for (batch, children) in children.cases.chunks(PREPARED).enumerate() {
        for (case, child) in cases.iter_mut().zip(children) {
            care.fill_case(child, case);
        }
        time += timed(|| {
            for (case, decision) in cases.iter().zip(&mut decisions) {
                program.decide(case, decision).unwrap();
            }
        });
        for (place, decision) in (batch * PREPARED..).zip(&decisions) {
            care.read_decision(decision, answers, place);
        }
    }
    time
}

fn decide_cases(care: &ContinuingCare, children: &Children, answers: &mut Answers) -> Duration {
    let program = care.engine.program();
    let (mut case, mut decision) = (Case::new(program), Decision::new(program));
    timed(|| {
        for (place, child) in children.cases.iter().enumerate() {
            care.fill_case(child, &mut case);
            program.decide(&case, &mut decision).unwrap();
            care.read_decision(&decision, answers, place);
        }
    })
}

fn decide_blocks(care: &ContinuingCare, children: &Children, answers: &mut Answers) -> Duration {
    let fill = |block: &mut Block, first| care.fill_block(&children.columns, block, first);
    let read = |block: &Block, first| care.read_block(block, answers, first);
    timed(|| decide_in_blocks(care.engine.program(), CASES, fill, read))
}

fn decide_blocks_with_clauses(
    care: &ContinuingCare,
    children: &Children,
    answers: &mut Answers,
) -> Duration {
    let mut clauses = clause_columns(&care.engine, CASES);
    let fill = |block: &mut Block, first| care.fill_block(&children.columns, block, first);
    let read = |block: &Block, first| {
        care.read_block(block, answers, first);
        record_clauses(block, first, &mut clauses);
    };
    timed(|| decide_in_blocks(care.engine.program(), CASES, fill, read))
}

/// The policy, and the ids of what is filled and read.
struct ContinuingCare {
    engine: Engine,
    birth: FactId,
    decision: FactId,
    registered: FactId,
    fast_track: FactId,
    panel: FactId,
    domains: [FactId; 10],
    amounts: [FactId; 3],
    eligible: ConclusionId,
    points: ValueId,
    care_cost: ValueId,
    parties: [PartyId; 3],
}

impl ContinuingCare {
    fn new() -> Self {
        let engine = Engine::of_example("continuing_care/continuing_care.policy");
        let amounts = ["day_care", "waking_nights", "cost_of_the_school_placement"];
        ContinuingCare {
            birth: engine.fact("date_of_birth"),
            decision: engine.fact("decision_date"),
            registered: engine.fact("registered_with_a_gp_in_northshire"),
            fast_track: engine.fact("fast_track"),
            panel: engine.fact("panel_decision"),
            domains: engine.domains(),
            amounts: amounts.map(|name| engine.fact(name)),
            eligible: engine.conclusion("eligible"),
            points: engine.value("total_points"),
            care_cost: engine.value("care_cost"),
            parties: ["icb", "social_care", "education"].map(|name| engine.party(name)),
            engine,
        }
    }

    fn fill_case(&self, child: &row::Case, case: &mut Case) {
        let mut set = |fact, value| case.set(fact, value).unwrap();
        set(self.birth, Value::Date(Date::from_packed(child.birth.0).unwrap()));
        set(self.decision, Value::Date(Date::from_packed(child.decision.0).unwrap()));
        set(self.registered, Value::YesNo(child.is_registered));
        set(self.fast_track, Value::YesNo(child.is_fast_track));
        set(self.panel, Value::Word(child.panel as u8));
        for (fact, level) in self.domains.into_iter().zip(child.domains) {
            set(fact, Value::Word(level as u8));
        }
        let amounts = [child.day_care_quarters, child.waking_nights, child.school_pence];
        for (fact, amount) in self.amounts.into_iter().zip(amounts) {
            set(fact, Value::Amount(amount));
        }
    }

    /// A case that is not covered answers with 0 throughout, as the rival has it.
    fn read_decision(&self, decision: &Decision, answers: &mut Answers, place: usize) {
        let eligible = decision.concludes(self.eligible);
        answers.covered[place] = u8::from(eligible.is_some());
        answers.eligible[place] = u8::from(eligible == Some(true));
        answers.referred[place] = u8::from(decision.referrals().next().is_some());
        answers.points[place] = match decision.value(self.points) {
            Some(Answer::Byte(code)) => self.points_of(code),
            _ => 0,
        };
        answers.care[place] = match decision.value(self.care_cost) {
            Some(Answer::Amount(pence)) => pence,
            _ => 0,
        };
        for (party, column) in self.parties.into_iter().zip(&mut answers.pays) {
            column[place] = decision.pays(party, A_WEEK).map_or(0, |money| money.pence());
        }
    }

    #[inline]
    fn points_of(&self, code: u8) -> u8 {
        self.engine.numbers(self.points).map_or(code, |numbers| numbers[usize::from(code)] as u8)
    }

    #[inline]
    fn fill_block(&self, columns: &Columns, block: &mut Block, first: usize) {
        *block.dates_mut(self.birth).unwrap() = *chunk(&columns.births, first);
        *block.dates_mut(self.decision).unwrap() = *chunk(&columns.decisions, first);
        let bytes = [
            (self.registered, &columns.registered),
            (self.fast_track, &columns.fast_track),
            (self.panel, &columns.panels),
        ];
        for (fact, column) in
            bytes.into_iter().chain(self.domains.into_iter().zip(&columns.domains))
        {
            *block.bytes_mut(fact).unwrap() = *chunk(column, first);
        }
        let amounts = [&columns.day_care, &columns.nights, &columns.school];
        for (fact, column) in self.amounts.into_iter().zip(amounts) {
            *block.amounts_mut(fact).unwrap() = *chunk(column, first);
        }
    }

    #[inline]
    fn read_block(&self, block: &Block, answers: &mut Answers, first: usize) {
        let covered = covered(block);
        *chunk_mut(&mut answers.covered, first) = covered.map(|mask| mask & 1);
        let eligible = block.conclusion(self.eligible).unwrap();
        mask_bytes(&covered, eligible, chunk_mut(&mut answers.eligible, first));
        let referred = block.referred(0).unwrap();
        mask_bytes(&covered, referred, chunk_mut(&mut answers.referred, first));
        let points = block.value_bytes(self.points).unwrap().map(|code| self.points_of(code));
        mask_bytes(&covered, &points, chunk_mut(&mut answers.points, first));
        let care = block.value_amounts(self.care_cost).unwrap();
        mask_amounts(&covered, care, chunk_mut(&mut answers.care, first));
        for (party, column) in self.parties.into_iter().zip(&mut answers.pays) {
            mask_amounts(&covered, block.pays(party, A_WEEK).unwrap(), chunk_mut(column, first));
        }
    }
}

/// 0xff where a case was decided, 0 where the policy does not cover it.
#[inline]
fn covered(block: &Block) -> [u8; LANES] {
    assert!(!block.has_rejects());
    block.covered().unwrap().map(u8::wrapping_neg)
}

#[inline]
fn mask_bytes(mask: &[u8; LANES], from: &[u8; LANES], to: &mut [u8; LANES]) {
    for ((to, from), mask) in to.iter_mut().zip(from).zip(mask) {
        *to = from & mask;
    }
}

#[inline]
fn mask_amounts(mask: &[u8; LANES], from: &[i64; LANES], to: &mut [i64; LANES]) {
    for ((to, from), mask) in to.iter_mut().zip(from).zip(mask) {
        *to = from & i64::from(*mask as i8);
    }
}
