//! The reference policy for speed, built by hand: the weekly package of one child. It is
//! held against a plain function that decides one child at a time.

use apportion_core::block::{Block, LANES, Outcome};
use apportion_core::case::Case;
use apportion_core::date::Date;
use apportion_core::decision::{DecideError, Decision};
use apportion_core::divide::Divider;
use apportion_core::program::{
    Builder, ByteSlot, ClauseId, ConclusionId, FactId, Line, Members, Operation, PartyId, Program,
    Refusal, Term, Test, Total, UnitId,
};
use apportion_core::rounding::Rounding;
use apportion_core::value::{Type, Value};
use proptest::prelude::*;

/// The ICB's part in the answers.
const ICB: PartyId = PartyId(0);
/// The council's part in the answers.
const COUNCIL: PartyId = PartyId(1);
/// Pounds a week.
const A_WEEK: UnitId = UnitId(0);

/// What is known of one child.
#[derive(Clone, Debug)]
struct Child {
    birth: Date,
    decision: Date,
    is_resident: bool,
    is_registered: bool,
    has_plan: bool,
    has_section_117: bool,
    /// Home, day school, 38-week residential, 52-week residential.
    placement: u8,
    /// None, low, moderate, high, severe, priority.
    domains: [u8; 10],
    education_pence: i64,
    care_pence: i64,
    health_pence: i64,
}

/// What is decided for one child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Package {
    is_eligible: bool,
    icb_pence: i64,
    council_pence: i64,
}

/// Decides one child, as one would write it without any engine. `None` where the child is
/// born after the decision.
fn decide_plainly(child: &Child) -> Option<Package> {
    let age = child.birth.age_on(child.decision)?;
    let is_eligible =
        child.is_resident && child.is_registered && age < 25 && (child.has_plan || age < 18);
    let all_pence = child.education_pence + child.care_pence + child.health_pence;
    if !is_eligible {
        return Some(Package { is_eligible, icb_pence: 0, council_pence: all_pence });
    }
    let product = i128::from(child.care_pence) * i128::from(icb_basis_points(child));
    let share_pence = Rounding::HalvesToEven.divide(product, 10_000);
    let icb_pence = (i64::try_from(share_pence).unwrap() + child.health_pence).min(3_500_00);
    Some(Package { is_eligible, icb_pence, council_pence: all_pence - icb_pence })
}

/// The ICB's share of the care cost of an eligible child, in hundredths of a percent.
fn icb_basis_points(child: &Child) -> i64 {
    let severe = child.domains.iter().filter(|level| **level >= 4).count();
    let high = child.domains.iter().filter(|level| **level >= 3).count();
    let has_continuing_care = severe >= 1 || high >= 3;
    let mut share = 0;
    if has_continuing_care {
        let points = [0, 1, 3, 6, 10, 15];
        let score: i64 = child.domains.iter().map(|level| points[usize::from(*level)]).sum();
        share = match score {
            ..20 => 25_00,
            20..35 => 40_00,
            35..60 => 50_00,
            60.. => 75_00,
        };
        if child.placement == 3 {
            share = share.max(33_33);
        }
    }
    if child.has_section_117 {
        share = share.max(50_00);
    }
    share
}

/// The facts of the program.
pub(super) struct Facts {
    birth: FactId,
    decision: FactId,
    resident: FactId,
    registered: FactId,
    plan: FactId,
    section_117: FactId,
    placement: FactId,
    domains: Vec<FactId>,
    education: FactId,
    care: FactId,
    health: FactId,
}

/// The most that any of the three costs may be, in pence.
const MOST_PENCE: i64 = 20_000_00;

fn declare(program: &mut Builder) -> Facts {
    let day = Type::Date { first: Date::MIN, last: Date::MAX };
    let money = Type::Amount { least: 0, greatest: MOST_PENCE };
    Facts {
        birth: program.fact(day, None),
        decision: program.fact(day, None),
        resident: program.fact(Type::YesNo, None),
        registered: program.fact(Type::YesNo, None),
        plan: program.fact(Type::YesNo, None),
        section_117: program.fact(Type::YesNo, None),
        placement: program.fact(Type::Words { count: 4 }, None),
        domains: (0..10).map(|_| program.fact(Type::Words { count: 6 }, None)).collect(),
        education: program.fact(money, None),
        care: program.fact(money, None),
        health: program.fact(money, None),
    }
}

fn at_least(slot: ByteSlot, low: u8) -> Test {
    Test { slot, low, width: u8::MAX - low }
}

fn below(slot: ByteSlot, end: u8) -> Test {
    Test { slot, low: 0, width: end - 1 }
}

fn is(slot: ByteSlot, byte: u8) -> Test {
    Test { slot, low: byte, width: 0 }
}

/// The program.
pub(super) fn program() -> (Program, Facts) {
    let mut program = Builder::default();
    let facts = declare(&mut program);
    let eligible = eligibility(&mut program, &facts);
    let rank = share_rank(&mut program, &facts, eligible);
    payments(&mut program, &facts, eligible, rank);
    (program.finish().unwrap(), facts)
}

/// Whether the child is eligible, by way of the first reason why not.
fn eligibility(program: &mut Builder, facts: &Facts) -> ByteSlot {
    let slot = |program: &Builder, fact| program.fact_byte(fact).unwrap();
    let (resident, registered, plan) =
        (slot(program, facts.resident), slot(program, facts.registered), slot(program, facts.plan));
    let refusal = program.refusal(Refusal::BornAfter {
        clause: ClauseId(0),
        birth: facts.birth,
        on: facts.decision,
    });
    let birth = program.fact_date(facts.birth).unwrap();
    let on = program.fact_date(facts.decision).unwrap();
    let when = program.constant_byte(1);
    let age = program.byte();
    program.push(Operation::Age { birth, on, out: age, when, refusal });
    let rows = program.rows([
        (vec![at_least(age, 18), Test::is_false(plan)], 4),
        (vec![at_least(age, 25)], 3),
        (vec![Test::is_false(registered)], 2),
        (vec![Test::is_false(resident)], 1),
    ]);
    let reason = program.byte();
    program.push(Operation::Choose { rows, otherwise: 0, out: reason });
    let rows = program.rows([(vec![is(reason, 0)], 1)]);
    let eligible = program.byte();
    program.push(Operation::Condition { rows, out: eligible });
    program.answers.conclusions.push(eligible);
    eligible
}

/// Which of the shares 0%, 25%, 33.33%, 40%, 50% and 75% the ICB has.
fn share_rank(program: &mut Builder, facts: &Facts, eligible: ByteSlot) -> ByteSlot {
    let first = program.fact_byte(facts.domains[0]).unwrap();
    let members = Members { first, count: 10 };
    let section_117 = program.fact_byte(facts.section_117).unwrap();
    let placement = program.fact_byte(facts.placement).unwrap();
    let severe = program.family_count(members, 4, 251);
    let high = program.family_count(members, 3, 252);
    let score = program.family_sum(members, [0, 1, 3, 6, 10, 15]);
    let rows = program.rows([(vec![at_least(severe, 1)], 1), (vec![at_least(high, 3)], 1)]);
    let continuing = program.byte();
    program.push(Operation::Condition { rows, out: continuing });
    let rows = program.rows([
        (vec![Test::is_true(continuing)], 1),
        (vec![Test::is_true(continuing), is(placement, 3)], 2),
        (vec![Test::is_true(continuing), at_least(score, 20)], 3),
        (vec![Test::is_true(continuing), at_least(score, 35)], 4),
        (vec![Test::is_true(section_117)], 4),
        (vec![Test::is_true(continuing), at_least(score, 60)], 5),
        (vec![below(eligible, 1)], 0),
    ]);
    let rank = program.byte();
    program.push(Operation::Choose { rows, otherwise: 0, out: rank });
    rank
}

/// What the ICB and the council pay.
fn payments(program: &mut Builder, facts: &Facts, eligible: ByteSlot, rank: ByteSlot) {
    let amounts = [facts.education, facts.care, facts.health];
    let [education, care, health] = amounts.map(|fact| program.fact_amount(fact).unwrap());
    let most = program.constant_amount(3_500_00);
    let table = program.amount_table([0, 25_00, 33_33, 40_00, 50_00, 75_00]);
    let share = program.amount();
    program.push(Operation::Lookup { slot: rank, table, out: share });
    let product = program.amount();
    program.push(Operation::Multiply { a: care, b: share, out: product });
    let part = program.amount();
    program.push(Operation::Round {
        amount: product,
        numerator: 1,
        divider: Divider::new(10_000, 75_00 * MOST_PENCE as u128).unwrap(),
        times: 1,
        rounding: Rounding::HalvesToEven,
        out: part,
    });
    let options = program.amount_list([health]);
    let icb_health = program.amount();
    program.push(Operation::PickAmount { choice: eligible, options, out: icb_health });
    let plus = |slot| Term { slot, factor: 1 };
    let minus = |slot| Term { slot, factor: -1 };
    let terms = program.terms([plus(part), plus(icb_health)]);
    let icb = program.amount();
    program.push(Operation::Linear { terms, constant: 0, out: icb });
    let terms = program.terms([plus(education), plus(care), plus(health), minus(icb)]);
    let council = program.amount();
    program.push(Operation::Linear { terms, constant: 0, out: council });
    let (excess, icb_then, council_then) = (program.amount(), program.amount(), program.amount());
    let moved = program.byte();
    let limit =
        Operation::Limit { payer: icb, other: council, most, when: None, out: excess, moved };
    program.push(limit);
    for (party, pence) in [(ICB, icb_then), (COUNCIL, council_then)] {
        program.answers.totals.push(Total { party, unit: A_WEEK, pence });
    }
    let line = |party, pence, is_taken| Line {
        clause: ClauseId(0),
        party,
        unit: A_WEEK,
        list: None,
        pence,
        is_taken,
        made: moved,
    };
    program.answers.lines.extend([line(ICB, excess, true), line(COUNCIL, excess, false)]);
    let slots = moved;
    program.answers.clauses.push(slots);
}

fn any_day(years: core::ops::RangeInclusive<i32>) -> impl Strategy<Value = Date> {
    (years, 1..=12u8, 1..=28u8).prop_map(|(year, month, day)| Date::new(year, month, day).unwrap())
}

/// Levels that are mostly low, as children's are: else everyone has continuing care.
fn level() -> impl Strategy<Value = u8> {
    prop_oneof![8 => 0..=2u8, 2 => Just(3), 1 => 4..=5u8]
}

prop_compose! {
    fn any_child()(
        birth in any_day(1995..=2021), decision in any_day(2018..=2024),
        is_resident in prop::bool::weighted(0.9), is_registered in prop::bool::weighted(0.9),
        has_plan: bool, has_section_117: bool, placement in 0..4u8,
        domains in prop::array::uniform10(level()),
        costs in prop::array::uniform3(0..=MOST_PENCE / 4),
    ) -> Child {
        let [education_pence, care_pence, health_pence] = costs;
        Child {
            birth, decision, is_resident, is_registered, has_plan, has_section_117,
            placement, domains, education_pence, care_pence, health_pence,
        }
    }
}

fn state(case: &mut Case, facts: &Facts, child: &Child) {
    let mut set = |fact, value| case.set(fact, value).unwrap();
    set(facts.birth, Value::Date(child.birth));
    set(facts.decision, Value::Date(child.decision));
    set(facts.resident, Value::YesNo(child.is_resident));
    set(facts.registered, Value::YesNo(child.is_registered));
    set(facts.plan, Value::YesNo(child.has_plan));
    set(facts.section_117, Value::YesNo(child.has_section_117));
    set(facts.placement, Value::Word(child.placement));
    for (fact, level) in facts.domains.iter().zip(child.domains) {
        set(*fact, Value::Word(level));
    }
    set(facts.education, Value::Amount(child.education_pence));
    set(facts.care, Value::Amount(child.care_pence));
    set(facts.health, Value::Amount(child.health_pence));
}

fn decide_one(program: &Program, case: &Case, decision: &mut Decision) -> Option<Package> {
    match program.decide(case, decision) {
        Ok(()) => Some(Package {
            is_eligible: decision.concludes(ConclusionId(0)).unwrap(),
            icb_pence: decision.pays(ICB, A_WEEK).unwrap().pence(),
            council_pence: decision.pays(COUNCIL, A_WEEK).unwrap().pence(),
        }),
        Err(DecideError::Refused { refusal: Refusal::BornAfter { .. }, .. }) => None,
        Err(error) => panic!("{error}"),
    }
}

fn in_lane(block: &Block, lane: usize) -> Option<Package> {
    match block.outcome(lane).unwrap() {
        Outcome::Decided => Some(Package {
            is_eligible: block.conclusion(ConclusionId(0)).unwrap()[lane] == 1,
            icb_pence: block.pays(ICB, A_WEEK).unwrap()[lane],
            council_pence: block.pays(COUNCIL, A_WEEK).unwrap()[lane],
        }),
        Outcome::Refused { refusal: Refusal::BornAfter { .. }, .. } => None,
        outcome => panic!("{outcome:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn packages_are_decided_as_by_a_plain_function(
        children in prop::collection::vec(any_child(), LANES),
    ) {
        let (program, facts) = program();
        let (mut case, mut decision) = (Case::new(&program), Decision::new(&program));
        let mut block = Block::new(&program);
        for (lane, child) in children.iter().enumerate() {
            state(&mut case, &facts, child);
            let package = decide_one(&program, &case, &mut decision);
            prop_assert_eq!(package, decide_plainly(child));
            block.fill(lane, &case).unwrap();
        }
        program.decide_block(&mut block, LANES).unwrap();
        for (lane, child) in children.iter().enumerate() {
            prop_assert_eq!(in_lane(&block, lane), decide_plainly(child));
        }
    }
}
