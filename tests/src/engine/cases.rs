//! What cases, decisions and blocks promise beyond the operations.

use apportion_core::block::{Block, LANES, Outcome};
use apportion_core::case::{Case, CaseError, State};
use apportion_core::date::Date;
use apportion_core::decision::{Answer, CostLine, DecideError, Decision};
use apportion_core::money::Money;
use apportion_core::program::{
    AnySlot, Builder, ClauseId, ConclusionId, FactId, Line, Operation, PanelId, PartyId, Program,
    Referral, Refusal, Term, Test, Total, UnitId, ValueId, ValueSlot,
};
use apportion_core::value::{Type, Value};
use proptest::prelude::*;

const COVERED: FactId = FactId(0);
const LEVEL: FactId = FactId(1);
const DAY: FactId = FactId(2);
const PENCE: FactId = FactId(3);
const A_WEEK: UnitId = UnitId(0);

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// A policy that covers a case where a fact says so. Clause 1 applies at level 2: the
/// first party then pays the pence and 5 more, taken from the second. Level 4 is refused.
fn policy() -> Program {
    let mut program = Builder::default();
    program.fingerprint.0[0] = 0xab;
    let covered = program.fact(Type::YesNo, Some(Value::YesNo(true)));
    let level = program.fact(Type::Words { count: 5 }, Some(Value::Word(2)));
    let kind = Type::Date { first: day("2025-04-01"), last: day("2026-03-31") };
    let on = program.fact(kind, Some(Value::Date(day("2025-04-01"))));
    let pence = program.fact(Type::Amount { least: -10, greatest: 1_000 }, None);
    let covered = program.fact_byte(covered).unwrap();
    let level = program.fact_byte(level).unwrap();
    let on = AnySlot::Date(program.fact_date(on).unwrap());
    let pence = program.fact_amount(pence).unwrap();
    let refusal = program.refusal(Refusal::NoRow { clause: ClauseId(1) });
    let five = program.constant_amount(5);
    let test = Test { slot: level, low: 0, width: 3 };
    program.push(Operation::Require { when: covered, test, refusal });
    let rows = program.rows([(vec![Test { slot: level, low: 2, width: 0 }], 1)]);
    let at_2 = program.byte();
    program.push(Operation::Condition { rows, out: at_2 });
    let terms = program.terms([pence, five].map(|slot| Term { slot, factor: 1 }));
    let pays = program.amount();
    program.push(Operation::Linear { terms, constant: 0, out: pays });

    let line = |party, is_taken| Line {
        clause: ClauseId(1),
        party: PartyId(party),
        unit: A_WEEK,
        list: None,
        pence: pays,
        is_taken,
        made: at_2,
    };
    let answers = &mut program.answers;
    answers.cover = Some(covered);
    answers.conclusions.push(at_2);
    answers.clauses.push(covered);
    answers.clauses.push(at_2);
    answers.lines.extend([line(0, false), line(1, true)]);
    answers.totals.push(Total { party: PartyId(0), unit: A_WEEK, pence: pays });
    answers.referrals.push(Referral { clause: ClauseId(1), panel: PanelId(3), made: at_2 });
    answers.values.push(ValueSlot { slot: AnySlot::Byte(level), given: at_2 });
    answers.values.push(ValueSlot { slot: on, given: covered });
    answers.values.push(ValueSlot { slot: AnySlot::Amount(pays), given: covered });
    program.finish().unwrap()
}

fn stated(program: &Program, facts: &[(FactId, Value)]) -> Case {
    let mut case = Case::new(program);
    for (fact, value) in facts {
        case.set(*fact, *value).unwrap();
    }
    case
}

fn decided(program: &Program, facts: &[(FactId, Value)]) -> Decision {
    let mut decision = Decision::new(program);
    program.decide(&stated(program, facts), &mut decision).unwrap();
    decision
}

/// A case refused for what it says itself.
fn refused(refusal: Refusal) -> Outcome {
    Outcome::Refused { refusal, item: None }
}

/// A case with a fact of its own out of bounds.
fn stray(fact: FactId) -> Outcome {
    Outcome::OutOfBounds { fact, item: None }
}

/// Holds that a decision answers nothing.
fn assert_silent(decision: &Decision) {
    assert!(!decision.is_covered());
    assert_eq!(decision.concludes(ConclusionId(0)), None);
    assert_eq!(decision.value(ValueId(2)), None);
    assert_eq!(decision.pays(PartyId(0), A_WEEK), None);
    assert_eq!(decision.totals().count(), 0);
    assert_eq!(decision.lines().count(), 0);
    assert_eq!(decision.referrals().count(), 0);
}

#[test]
fn a_case_says_what_was_stated() {
    let mut case = Case::new(&policy());
    assert_eq!(case.get(LEVEL), State::NotStated);
    assert_eq!(case.value_or_default(LEVEL), Some(Value::Word(2)));
    assert_eq!(case.value_or_default(PENCE), None);
    case.set(LEVEL, Value::Word(4)).unwrap();
    case.set(DAY, Value::Date(day("2026-03-31"))).unwrap();
    for covered in [false, true] {
        case.set(COVERED, Value::YesNo(covered)).unwrap();
        assert_eq!(case.get(COVERED), State::Known(Value::YesNo(covered)));
    }
    assert_eq!(case.fingerprint(), policy().fingerprint());
    assert_eq!(case.get(LEVEL), State::Known(Value::Word(4)));
    assert_eq!(case.get(DAY), State::Known(Value::Date(day("2026-03-31"))));
    case.set_not_known(LEVEL).unwrap();
    assert_eq!(case.get(LEVEL), State::NotKnown);
    assert_eq!(case.value_or_default(LEVEL), None);
    case.clear();
    assert_eq!(case.get(LEVEL), State::NotStated);
    assert_eq!(case.value_or_default(LEVEL), Some(Value::Word(2)));
}

#[test]
fn a_case_refuses_values_that_do_not_fit() {
    let mut case = Case::new(&policy());
    case.set(LEVEL, Value::Word(1)).unwrap();
    let out_of_bounds = |fact| Err(CaseError::OutOfBounds { fact });
    assert_eq!(case.set(LEVEL, Value::Word(5)), out_of_bounds(LEVEL));
    assert_eq!(case.set(DAY, Value::Date(day("2026-04-01"))), out_of_bounds(DAY));
    assert_eq!(case.set(PENCE, Value::Amount(-11)), out_of_bounds(PENCE));
    assert_eq!(case.set(LEVEL, Value::Amount(1)), Err(CaseError::WrongKind { fact: LEVEL }));
    assert_eq!(case.set(FactId(4), Value::Word(0)), Err(CaseError::NoSuchFact));
    assert_eq!(case.set_not_known(FactId(4)), Err(CaseError::NoSuchFact));
    assert_eq!(case.get(LEVEL), State::Known(Value::Word(1)));
    assert_eq!(case.get(FactId(4)), State::NotStated);
}

#[test]
fn what_is_wrong_is_said_without_the_value() {
    let fact = LEVEL;
    let messages = [
        CaseError::NoSuchFact.to_string(),
        CaseError::WrongKind { fact }.to_string(),
        CaseError::OutOfBounds { fact }.to_string(),
        DecideError::NotKnown { fact, item: None }.to_string(),
        DecideError::Refused { refusal: Refusal::NoRow { clause: ClauseId(1) }, item: None }
            .to_string(),
        DecideError::OtherProgram.to_string(),
        DecideError::Broken.to_string(),
    ];
    assert_eq!(
        messages,
        [
            "the program has no such fact",
            "the value for fact 1 is of another kind",
            "the value for fact 1 is out of bounds",
            "fact 1 is not known",
            "the case is refused: NoRow { clause: ClauseId(1) }",
            "made for another program",
            "an id of the program stands for nothing",
        ]
    );
}

#[test]
fn a_decision_answers_where_the_case_is_covered() {
    let decision = decided(&policy(), &[(PENCE, Value::Amount(95))]);
    let money = Money::from_pence;
    assert!(decision.is_covered());
    assert_eq!(decision.concludes(ConclusionId(0)), Some(true));
    assert_eq!(decision.concludes(ConclusionId(1)), None);
    assert_eq!(decision.value(ValueId(0)), Some(Answer::Byte(2)));
    assert_eq!(decision.value(ValueId(1)), Some(Answer::Date(day("2025-04-01"))));
    assert_eq!(decision.value(ValueId(2)), Some(Answer::Amount(1_00)));
    assert_eq!(decision.pays(PartyId(0), A_WEEK), Some(money(1_00)));
    assert_eq!(decision.pays(PartyId(1), A_WEEK), None);
    let lines: Vec<_> = decision.lines().collect();
    let line = |party, pence| CostLine {
        clause: ClauseId(1),
        party: PartyId(party),
        unit: A_WEEK,
        amount: money(pence),
        item: None,
    };
    assert_eq!(lines, [line(0, 1_00), line(1, -1_00)]);
    assert_eq!(decision.referrals().collect::<Vec<_>>(), [(ClauseId(1), PanelId(3))]);
    assert_eq!(decision.clause(ClauseId(1)), Some(true));
    assert_eq!(decision.fingerprint(), policy().fingerprint());
}

#[test]
fn lines_and_referrals_of_clauses_that_do_not_apply_are_left_out() {
    let decision = decided(&policy(), &[(LEVEL, Value::Word(1)), (PENCE, Value::Amount(0))]);
    assert_eq!(decision.concludes(ConclusionId(0)), Some(false));
    assert_eq!(decision.value(ValueId(0)), None);
    assert_eq!(decision.lines().count(), 0);
    assert_eq!(decision.referrals().count(), 0);
    assert_eq!(decision.clause(ClauseId(1)), Some(false));
}

#[test]
fn a_line_of_nothing_is_kept_where_its_clause_applies() {
    let decision = decided(&policy(), &[(PENCE, Value::Amount(-5))]);
    assert!(decision.lines().all(|line| line.amount == Money::from_pence(0)));
    assert_eq!(decision.lines().count(), 2);
}

#[test]
fn a_case_that_is_not_covered_has_clauses_only() {
    let not_covered = [(COVERED, Value::YesNo(false)), (PENCE, Value::Amount(1))];
    let decision = decided(&policy(), &not_covered);
    assert_silent(&decision);
    assert_eq!(decision.clause(ClauseId(1)), Some(true));
}

#[test]
fn defaults_relied_on_are_listed() {
    let decision = decided(&policy(), &[(LEVEL, Value::Word(2)), (PENCE, Value::Amount(1))]);
    assert_eq!(decision.defaulted().collect::<Vec<_>>(), [COVERED, DAY]);
}

#[test]
fn the_first_fact_that_is_not_known_stops_the_decision() {
    let program = policy();
    let mut decision = decided(&program, &[(PENCE, Value::Amount(1))]);
    let mut case = Case::new(&program);
    let error = program.decide(&case, &mut decision).unwrap_err();
    assert_eq!(error, DecideError::NotKnown { fact: PENCE, item: None });
    assert_silent(&decision);
    assert_eq!(decision.clause(ClauseId(0)), None);
    assert_eq!(decision.defaulted().count(), 0);

    // A default does not stand in for what is said to be not known.
    case.set_not_known(LEVEL).unwrap();
    let error = program.decide(&case, &mut decision).unwrap_err();
    assert_eq!(error, DecideError::NotKnown { fact: LEVEL, item: None });
    case.set(LEVEL, Value::Word(0)).unwrap();
    case.set(PENCE, Value::Amount(0)).unwrap();
    assert_eq!(program.decide(&case, &mut decision), Ok(()));
}

#[test]
fn a_refused_case_leaves_the_decision_empty() {
    let program = policy();
    let mut decision = decided(&program, &[(PENCE, Value::Amount(1))]);
    let case = stated(&program, &[(LEVEL, Value::Word(4)), (PENCE, Value::Amount(1))]);
    let refusal = Refusal::NoRow { clause: ClauseId(1) };
    assert_eq!(
        program.decide(&case, &mut decision),
        Err(DecideError::Refused { refusal, item: None })
    );
    assert_silent(&decision);
}

#[test]
fn cases_decisions_and_blocks_of_another_program_are_told_apart() {
    let program = policy();
    let mut other = Builder::default();
    let fact = other.fact(Type::YesNo, Some(Value::YesNo(true)));
    let other = other.finish().unwrap();
    assert_eq!(fact, COVERED);
    let other_program = Err(DecideError::OtherProgram);
    let mut decision = Decision::new(&program);
    assert_eq!(program.decide(&Case::new(&other), &mut decision), other_program);
    let mut decision = Decision::new(&other);
    assert_eq!(program.decide(&Case::new(&program), &mut decision), other_program);
    let mut block = Block::new(&other);
    assert_eq!(program.decide_block(&mut block, 1), other_program);
    assert_eq!(block.fill(0, &Case::new(&program)), other_program);
}

#[test]
fn constants_are_there_in_every_run() {
    let program = policy();
    let mut decision = Decision::new(&program);
    let mut block = Block::new(&program);
    for pence in [1, 2, 3] {
        let case = stated(&program, &[(PENCE, Value::Amount(pence))]);
        program.decide(&case, &mut decision).unwrap();
        assert_eq!(decision.pays(PartyId(0), A_WEEK), Some(Money::from_pence(pence + 5)));
        block.fill(7, &case).unwrap();
        program.decide_block(&mut block, 8).unwrap();
        assert_eq!(block.pays(PartyId(0), A_WEEK).unwrap()[7], pence + 5);
    }
}

#[test]
fn a_block_answers_in_columns() {
    let program = policy();
    let mut block = Block::new(&program);
    block.bytes_mut(LEVEL).unwrap()[..4].copy_from_slice(&[1, 2, 4, 2]);
    block.bytes_mut(COVERED).unwrap()[3] = 0;
    block.amounts_mut(PENCE).unwrap()[..2].copy_from_slice(&[10, 20]);
    program.decide_block(&mut block, 4).unwrap();
    let refused = refused(Refusal::NoRow { clause: ClauseId(1) });
    let outcomes = [Outcome::Decided, Outcome::Decided, refused, Outcome::NotCovered];
    assert_eq!([0, 1, 2, 3].map(|lane| block.outcome(lane)), outcomes.map(Some));
    assert_eq!(block.outcome(4), None);
    assert_eq!(block.covered().unwrap()[..4], [1, 1, 1, 0]);
    assert_eq!(block.conclusion(ConclusionId(0)).unwrap()[..2], [0, 1]);
    assert_eq!(block.clause(ClauseId(1)).unwrap()[..2], [0, 1]);
    assert_eq!(block.value_given(ValueId(0)).unwrap()[..2], [0, 1]);
    assert_eq!(block.value_bytes(ValueId(0)).unwrap()[1], 2);
    assert_eq!(block.value_dates(ValueId(1)).unwrap()[0], day("2025-04-01").packed());
    assert_eq!(block.value_amounts(ValueId(2)).unwrap()[..2], [15, 25]);
    assert_eq!(block.pays(PartyId(0), A_WEEK).unwrap()[..2], [15, 25]);
}

#[test]
fn a_column_is_only_of_its_own_kind() {
    let mut block = Block::new(&policy());
    assert!(block.bytes_mut(PENCE).is_none());
    assert!(block.dates_mut(LEVEL).is_none());
    assert!(block.amounts_mut(DAY).is_none());
    assert!(block.bytes_mut(FactId(4)).is_none());
    assert!(block.value_bytes(ValueId(1)).is_none());
    assert!(block.value_dates(ValueId(2)).is_none());
    assert!(block.value_amounts(ValueId(0)).is_none());
}

#[test]
fn a_lane_out_of_bounds_is_refused_with_its_first_fact() {
    let program = policy();
    let mut block = Block::new(&program);
    block.bytes_mut(COVERED).unwrap()[0] = 2;
    block.bytes_mut(LEVEL).unwrap()[1] = 5;
    block.dates_mut(DAY).unwrap()[2..4]
        .copy_from_slice(&[day("2025-03-31"), day("2026-04-01")].map(Date::packed));
    block.amounts_mut(PENCE).unwrap()[2..8].copy_from_slice(&[
        1_001,
        0,
        1_001,
        -11,
        i64::MAX,
        i64::MIN,
    ]);
    program.decide_block(&mut block, LANES).unwrap();
    let facts = [COVERED, LEVEL, DAY, DAY, PENCE, PENCE, PENCE, PENCE];
    for (lane, fact) in facts.into_iter().enumerate() {
        assert_eq!(block.outcome(lane), Some(stray(fact)));
    }
    assert_eq!(block.outcome(8), Some(Outcome::Decided));

    // The bounds themselves are within.
    block.amounts_mut(PENCE).unwrap()[4..6].copy_from_slice(&[-10, 1_000]);
    program.decide_block(&mut block, LANES).unwrap();
    assert_eq!([4, 5].map(|lane| block.outcome(lane)), [Some(Outcome::Decided); 2]);
}

#[test]
fn a_single_lane_out_of_bounds_is_found() {
    let program = policy();
    for pence in [-11, 1_001, i64::MIN, i64::MAX] {
        let mut block = Block::new(&program);
        block.amounts_mut(PENCE).unwrap()[LANES - 1] = pence;
        program.decide_block(&mut block, LANES).unwrap();
        assert_eq!(block.outcome(LANES - 1), Some(stray(PENCE)));
        assert_eq!(block.outcome(0), Some(Outcome::Decided));
    }
}

#[test]
fn bounds_as_wide_as_64_bits_hold_every_amount() {
    let mut program = Builder::default();
    let kind = Type::Amount { least: -2, greatest: i64::MAX };
    let fact = program.fact(kind, None);
    let program = program.finish().unwrap();
    let mut block = Block::new(&program);
    block.amounts_mut(fact).unwrap()[..4].copy_from_slice(&[-2, -3, i64::MAX, i64::MIN]);
    program.decide_block(&mut block, 4).unwrap();
    let out_of_bounds = stray(fact);
    let outcomes = [Outcome::Decided, out_of_bounds, Outcome::Decided, out_of_bounds];
    assert_eq!([0, 1, 2, 3].map(|lane| block.outcome(lane)), outcomes.map(Some));
}

#[test]
fn a_block_says_whether_any_case_was_rejected() {
    let program = policy();
    let mut block = Block::new(&program);
    block.bytes_mut(COVERED).unwrap()[0] = 0;
    block.bytes_mut(LEVEL).unwrap()[5] = 4;
    block.amounts_mut(PENCE).unwrap()[6] = 1_001;
    // Five cases: the refused one and the one out of bounds are not among them.
    program.decide_block(&mut block, 5).unwrap();
    assert!(!block.has_rejects());
    program.decide_block(&mut block, 6).unwrap();
    assert!(block.has_rejects());
    block.bytes_mut(LEVEL).unwrap()[5] = 3;
    program.decide_block(&mut block, 6).unwrap();
    assert!(!block.has_rejects());
    program.decide_block(&mut block, 7).unwrap();
    assert!(block.has_rejects());
}

/// Two rejects of one kind have the same number, which must not cancel out.
#[test]
fn two_cases_rejected_alike_are_both_seen() {
    let program = policy();
    let mut block = Block::new(&program);
    block.bytes_mut(LEVEL).unwrap()[3..5].fill(4);
    program.decide_block(&mut block, 8).unwrap();
    assert!(block.has_rejects());
    let refusal = Refusal::NoRow { clause: ClauseId(1) };
    assert_eq!([3, 4].map(|lane| block.outcome(lane)), [Some(refused(refusal)); 2]);
    for pence in [-11, 1_001] {
        let mut out_of_bounds = Block::new(&program);
        out_of_bounds.amounts_mut(PENCE).unwrap()[3..5].fill(pence);
        program.decide_block(&mut out_of_bounds, 8).unwrap();
        assert!(out_of_bounds.has_rejects());
        let outcomes = [3, 4].map(|lane| out_of_bounds.outcome(lane));
        assert_eq!(outcomes, [Some(stray(PENCE)); 2]);
    }
}

#[test]
fn a_block_says_which_cases_are_referred_and_by_which_program() {
    let program = policy();
    let mut block = Block::new(&program);
    block.bytes_mut(LEVEL).unwrap()[..3].copy_from_slice(&[2, 1, 2]);
    program.decide_block(&mut block, 3).unwrap();
    assert_eq!(block.referred(0).unwrap()[..3], [1, 0, 1]);
    assert_eq!(block.referred(1), None);
    assert_eq!(block.fingerprint(), program.fingerprint());
}

#[test]
fn days_may_be_counted_since_1970() {
    let program = policy();
    let mut block = Block::new(&program);
    // 1 April 2025 is day 20,179.
    let mut numbers = [20_179; LANES];
    numbers[..6].copy_from_slice(&[20_178, 20_544, i32::MIN, i32::MAX, -25_568, 84_006]);
    numbers[6..8].copy_from_slice(&[20_543, 20_180]);
    assert_eq!(block.set_day_numbers(DAY, &numbers), Some(()));
    program.decide_block(&mut block, LANES).unwrap();
    for lane in 0..6 {
        assert_eq!(block.outcome(lane), Some(stray(DAY)), "lane {lane}");
    }
    let days = ["2026-03-31", "2025-04-02", "2025-04-01"].map(|text| day(text).packed());
    assert_eq!(block.dates_mut(DAY).unwrap()[6..9], days);
    assert!((6..LANES).all(|lane| block.outcome(lane) == Some(Outcome::Decided)));
    assert_eq!(block.set_day_numbers(LEVEL, &numbers), None);
}

/// Where a fact may be any day that there is, the days beside those are still none.
#[test]
fn a_day_number_beyond_the_calendar_is_never_a_day() {
    let mut program = Builder::default();
    let fact = program.fact(Type::Date { first: Date::MIN, last: Date::MAX }, None);
    let program = program.finish().unwrap();
    let mut block = Block::new(&program);
    // 1 January 1900 is day -25,567, and 31 December 2199 day 84,005.
    let mut numbers = [0; LANES];
    numbers[..6].copy_from_slice(&[-25_568, 84_006, i32::MIN, i32::MAX, -25_567, 84_005]);
    assert_eq!(block.set_day_numbers(fact, &numbers), Some(()));
    program.decide_block(&mut block, LANES).unwrap();
    for lane in 0..4 {
        assert_eq!(block.outcome(lane), Some(stray(fact)), "lane {lane}");
    }
    assert!((4..LANES).all(|lane| block.outcome(lane) == Some(Outcome::Decided)));
    let days = [Date::MIN, Date::MAX, day("1970-01-01")].map(Date::packed);
    assert_eq!(block.dates_mut(fact).unwrap()[4..7], days);
}

#[test]
fn a_case_that_is_not_known_does_not_fill_a_lane() {
    let program = policy();
    let mut block = Block::new(&program);
    block.fill(0, &stated(&program, &[(PENCE, Value::Amount(9))])).unwrap();
    let not_known = Err(DecideError::NotKnown { fact: PENCE, item: None });
    assert_eq!(block.fill(0, &Case::new(&program)), not_known);
    assert_eq!(block.amounts_mut(PENCE).unwrap()[0], 9);
}

proptest! {
    /// Whatever stands in a block, deciding it only ever refuses lanes.
    #[test]
    fn no_content_of_a_block_panics(bytes: [u8; 12], days: [i32; 4], amounts: [i64; 4]) {
        let (program, _) = super::reference_policy::program();
        let mut block = Block::new(&program);
        for fact in (0..).map(FactId).take(program.facts().len()) {
            let mut bytes = bytes.iter().cycle();
            if let Some(column) = block.bytes_mut(fact) {
                column.fill_with(|| *bytes.next().unwrap());
            }
            let (mut days, mut amounts) = (days.iter().cycle(), amounts.iter().cycle());
            if let Some(column) = block.dates_mut(fact) {
                column.fill_with(|| *days.next().unwrap());
            }
            if let Some(column) = block.amounts_mut(fact) {
                column.fill_with(|| *amounts.next().unwrap());
            }
        }
        prop_assert_eq!(program.decide_block(&mut block, LANES), Ok(()));
        prop_assert!((0..LANES).all(|lane| block.outcome(lane).is_some()));
    }
}
