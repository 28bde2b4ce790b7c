//! The weekly package: the engine beside the same policy written by hand.

use core::hint::black_box;
use core::time::Duration;

use apportion_core::block::Block;
use apportion_core::case::Case;
use apportion_core::date::Date;
use apportion_core::decision::{Answer, Decision};
use apportion_core::program::{FactId, PartyId, ValueId};
use apportion_core::value::Value;
use apportion_tests::rivals::CASES;
use apportion_tests::rivals::weekly_package::{Answers, Columns, cases, one_loop, row, staged};

use crate::contest::{Comparison, Contest, timed};
use crate::engine::{
    A_WEEK, Engine, chunk, chunk_mut, clause_columns, decide_in_blocks, record_clauses,
};

const ROW: &str = "by hand, case by case";
const LOOP: &str = "by hand, one loop over columns";
const STAGED: &str = "by hand, staged blocks";
const STAGED_BY_NUMBER: &str = "by hand, staged, day numbers";
const DECIDE: &str = "engine, case by case, decide alone";
const CASE: &str = "engine, case by case, filled and read";
const BLOCKS: &str = "engine, blocks";
const BLOCKS_BY_NUMBER: &str = "engine, blocks, day numbers";
const CLAUSES: &str = "engine, blocks, clauses recorded";

const COMPARISONS: [Comparison; 6] = [
    Comparison { entry: DECIDE, with: ROW, budget: " (at most 3)" },
    Comparison { entry: CASE, with: ROW, budget: "" },
    Comparison { entry: BLOCKS, with: STAGED, budget: " (at most 1.75)" },
    Comparison { entry: BLOCKS, with: LOOP, budget: " (below 1)" },
    Comparison { entry: BLOCKS_BY_NUMBER, with: STAGED_BY_NUMBER, budget: " (at most 1.75)" },
    Comparison { entry: CLAUSES, with: BLOCKS, budget: " (at most 1.2)" },
];

/// Measures all ways to decide, after holding the engine's answers against the rival's.
pub(crate) fn measure(rounds: usize) {
    let weekly = Weekly::new();
    let children = Children::generate();
    let mut contest = Contest::default();
    enter_rivals(&mut contest, &children);
    let ways: [(&'static str, Way); 5] = [
        (DECIDE, decide_alone),
        (CASE, decide_cases),
        (BLOCKS, decide_blocks),
        (BLOCKS_BY_NUMBER, decide_blocks_by_day_number),
        (CLAUSES, decide_blocks_with_clauses),
    ];
    for (name, way) in ways {
        let mut answers = Answers::new(CASES);
        way(&weekly, &children, &mut answers);
        assert_agrees(&answers, &children.expected);
        let (weekly, children) = (&weekly, &children);
        contest.enter(name, move || way(weekly, children, &mut answers));
    }
    println!("\nThe weekly package: a case, of {CASES} distinct ones");
    contest.run(rounds, CASES, &COMPARISONS);
}

/// Holds that the engine's answers are those of the rival. The engine numbers the reasons
/// in the order of its table, where "nothing against" stands last.
#[track_caller]
fn assert_agrees(engine: &Answers, rival: &Answers) {
    assert!(engine.icb == rival.icb);
    assert!(engine.council == rival.council);
    let reasons = engine.reasons.iter().map(|reason| (reason + 1) % 5);
    assert!(reasons.eq(rival.reasons.iter().copied()));
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
    let ways: [(&'static str, RivalWay); 3] = [
        (LOOP, one_loop::decide),
        (STAGED, staged::decide),
        (STAGED_BY_NUMBER, staged::decide_by_day_number),
    ];
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
type Way = fn(&Weekly, &Children, &mut Answers) -> Duration;

/// Cases are filled, and decisions read, so many at a time while the clock stands. Few, so
/// that they stay in the first-level cache as one case that is used again does.
const PREPARED: usize = 16;

fn decide_alone(weekly: &Weekly, children: &Children, answers: &mut Answers) -> Duration {
    let program = weekly.engine.program();
    let mut cases = vec![Case::new(program); PREPARED];
    let mut decisions = vec![Decision::new(program); PREPARED];
    let mut time = Duration::ZERO;
    for (batch, children) in children.cases.chunks(PREPARED).enumerate() {
        for (case, child) in cases.iter_mut().zip(children) {
            weekly.fill_case(child, case);
        }
        time += timed(|| {
            for (case, decision) in cases.iter().zip(&mut decisions) {
                program.decide(case, decision).unwrap();
            }
        });
        for (place, decision) in (batch * PREPARED..).zip(&decisions) {
            weekly.read_decision(decision, answers, place);
        }
    }
    time
}

fn decide_cases(weekly: &Weekly, children: &Children, answers: &mut Answers) -> Duration {
    let program = weekly.engine.program();
    let (mut case, mut decision) = (Case::new(program), Decision::new(program));
    timed(|| {
        for (place, child) in children.cases.iter().enumerate() {
            weekly.fill_case(child, &mut case);
            program.decide(&case, &mut decision).unwrap();
            weekly.read_decision(&decision, answers, place);
        }
    })
}

fn decide_blocks(weekly: &Weekly, children: &Children, answers: &mut Answers) -> Duration {
    let columns = &children.columns;
    let fill = |block: &mut Block, first| {
        weekly.fill_dates(columns, block, first);
        weekly.fill_block(columns, block, first);
    };
    let read = |block: &Block, first| weekly.read_block(block, answers, first);
    timed(|| decide_in_blocks(weekly.engine.program(), CASES, fill, read))
}

fn decide_blocks_by_day_number(
    weekly: &Weekly,
    children: &Children,
    answers: &mut Answers,
) -> Duration {
    let columns = &children.columns;
    let fill = |block: &mut Block, first| {
        weekly.fill_day_numbers(columns, block, first);
        weekly.fill_block(columns, block, first);
    };
    let read = |block: &Block, first| weekly.read_block(block, answers, first);
    timed(|| decide_in_blocks(weekly.engine.program(), CASES, fill, read))
}

fn decide_blocks_with_clauses(
    weekly: &Weekly,
    children: &Children,
    answers: &mut Answers,
) -> Duration {
    let columns = &children.columns;
    let mut clauses = clause_columns(&weekly.engine, CASES);
    let fill = |block: &mut Block, first| {
        weekly.fill_dates(columns, block, first);
        weekly.fill_block(columns, block, first);
    };
    let read = |block: &Block, first| {
        weekly.read_block(block, answers, first);
        record_clauses(block, first, &mut clauses);
    };
    timed(|| decide_in_blocks(weekly.engine.program(), CASES, fill, read))
}

/// The policy, and the ids of what is filled and read.
struct Weekly {
    engine: Engine,
    birth: FactId,
    decision: FactId,
    truths: [FactId; 4],
    placement: FactId,
    domains: [FactId; 10],
    costs: [FactId; 3],
    reason: ValueId,
    icb: PartyId,
    council: PartyId,
}

impl Weekly {
    fn new() -> Self {
        let engine = Engine::of_example("weekly_package/weekly_package.policy");
        let truths = ["ordinarily_resident", "gp_registered", "has_ehc_plan", "section_117"];
        let costs = ["education_cost", "care_cost", "health_cost"];
        Weekly {
            birth: engine.fact("date_of_birth"),
            decision: engine.fact("decision_date"),
            truths: truths.map(|name| engine.fact(name)),
            placement: engine.fact("placement"),
            domains: engine.domains(),
            costs: costs.map(|name| engine.fact(name)),
            reason: engine.value("reason"),
            icb: engine.party("icb"),
            council: engine.party("council"),
            engine,
        }
    }

    fn fill_case(&self, child: &row::Case, case: &mut Case) {
        let mut set = |fact, value| case.set(fact, value).unwrap();
        set(self.birth, Value::Date(Date::from_packed(child.birth.0).unwrap()));
        set(self.decision, Value::Date(Date::from_packed(child.decision.0).unwrap()));
        let truths =
            [child.is_resident, child.is_registered, child.has_plan, child.has_section_117];
        for (fact, truth) in self.truths.into_iter().zip(truths) {
            set(fact, Value::YesNo(truth));
        }
        set(self.placement, Value::Word(child.placement as u8));
        for (fact, level) in self.domains.into_iter().zip(child.domains) {
            set(fact, Value::Word(level as u8));
        }
        let costs = [child.education_pence, child.care_pence, child.health_pence];
        for (fact, pence) in self.costs.into_iter().zip(costs) {
            set(fact, Value::Amount(pence));
        }
    }

    fn read_decision(&self, decision: &Decision, answers: &mut Answers, place: usize) {
        let Some(Answer::Byte(reason)) = decision.value(self.reason) else {
            panic!("the reason is a word")
        };
        answers.reasons[place] = reason;
        answers.icb[place] = decision.pays(self.icb, A_WEEK).unwrap().pence();
        answers.council[place] = decision.pays(self.council, A_WEEK).unwrap().pence();
    }

    /// Fills all facts of a block but the dates.
    #[inline]
    fn fill_block(&self, columns: &Columns, block: &mut Block, first: usize) {
        let Columns { residents, registered, plans, section_117, placements, .. } = columns;
        let truths = [residents, registered, plans, section_117];
        let bytes = self.truths.into_iter().zip(truths).chain([(self.placement, placements)]);
        for (fact, column) in bytes.chain(self.domains.into_iter().zip(&columns.domains)) {
            *block.bytes_mut(fact).unwrap() = *chunk(column, first);
        }
        let costs = [&columns.education, &columns.care, &columns.health];
        for (fact, column) in self.costs.into_iter().zip(costs) {
            *block.amounts_mut(fact).unwrap() = *chunk(column, first);
        }
    }

    #[inline]
    fn fill_dates(&self, columns: &Columns, block: &mut Block, first: usize) {
        *block.dates_mut(self.birth).unwrap() = *chunk(&columns.births, first);
        *block.dates_mut(self.decision).unwrap() = *chunk(&columns.decisions, first);
    }

    #[inline]
    fn fill_day_numbers(&self, columns: &Columns, block: &mut Block, first: usize) {
        block.set_day_numbers(self.birth, chunk(&columns.birth_numbers, first)).unwrap();
        block.set_day_numbers(self.decision, chunk(&columns.decision_numbers, first)).unwrap();
    }

    #[inline]
    fn read_block(&self, block: &Block, answers: &mut Answers, first: usize) {
        assert!(!block.has_rejects() && block.covered().is_none());
        *chunk_mut(&mut answers.reasons, first) = *block.value_bytes(self.reason).unwrap();
        *chunk_mut(&mut answers.icb, first) = *block.pays(self.icb, A_WEEK).unwrap();
        *chunk_mut(&mut answers.council, first) = *block.pays(self.council, A_WEEK).unwrap();
    }
}
