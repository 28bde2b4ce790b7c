//! Deciding allocates nothing once a case, a decision and a block are made.
//!
//! This stands in a binary of its own, because counting takes the place of the allocator.

#![expect(
    clippy::inconsistent_digit_grouping,
    reason = "pence stand after their pounds: 1_000_00 is £1,000.00"
)]
#![expect(clippy::unwrap_used, reason = "it is a test: a failed expectation is its way to speak")]

use allocation_counter::measure;
use apportion_core::block::Block;
use apportion_core::case::Case;
use apportion_core::decision::Decision;
use apportion_core::divide::Divider;
use apportion_core::money::Money;
use apportion_core::program::{
    Builder, ClauseId, FactId, ListId, Operation, PartyId, Program, Refusal, Test, Total, UnitId,
};
use apportion_core::split::SparePennies;
use apportion_core::value::{Type, Value};

/// Splits pence in halves between two parties; a case that is not approved is refused.
fn halves() -> Program {
    let mut program = Builder::default();
    let kind = Type::Amount { least: 0, greatest: 1_000_00 };
    let amount = program.fact(kind, Some(Value::Amount(1_01)));
    let approved = program.fact(Type::YesNo, None);
    let amount = program.fact_amount(amount).unwrap();
    let approved = program.fact_byte(approved).unwrap();
    let always = program.constant_byte(1);
    let refusal = program.refusal(Refusal::NoShares { clause: ClauseId(0) });
    program.push(Operation::Require { when: always, test: Test::is_true(approved), refusal });
    let shares = program.amount_table([1, 1]);
    let parts = [(); 4].map(|()| program.amount());
    program.push(Operation::SplitByTable {
        amount,
        choice: always,
        shares,
        whole: 2,
        divider: Divider::new(2, 1_000_00).unwrap(),
        spare: SparePennies::LargestFractions,
        out: parts[0],
        parties: 2,
    });
    for (party, pence) in (0..).map(PartyId).zip([parts[0], parts[1]]) {
        program.answers.totals.push(Total { party, unit: UnitId(0), pence });
    }
    program.finish().unwrap()
}

/// Adds up the hours of any number of visits.
fn hours_of_visits() -> Program {
    let mut program = Builder::default();
    let visits = program.list(100);
    let hours = program.item_fact(visits, Type::Amount { least: 0, greatest: 24 }, None);
    let hours = program.fact_amount(hours).unwrap();
    let when = program.list_live(visits).unwrap();
    let pence = program.amount();
    program.push(Operation::SumItems { when, amount: hours, out: pence });
    program.answers.totals.push(Total { party: PartyId(0), unit: UnitId(0), pence });
    program.finish().unwrap()
}

/// How often an action allocates.
fn allocations(action: impl FnOnce()) -> u64 {
    measure(action).count_total
}

#[test]
fn setting_up_is_counted() {
    let program = halves();
    assert!(allocations(|| drop(Decision::new(&program))) > 0);
}

#[test]
fn deciding_a_case_allocates_nothing() {
    let program = halves();
    let approved = FactId(1);
    let (mut case, mut decision) = (Case::new(&program), Decision::new(&program));
    let mut total = 0;
    let count = allocations(|| {
        for is_approved in [true, false, true] {
            case.clear();
            case.set(approved, Value::YesNo(is_approved)).unwrap();
            let outcome = program.decide(&case, &mut decision);
            assert_eq!(outcome.is_ok(), is_approved);
            total += decision.totals().map(|(_, _, money)| money.pence()).sum::<i64>();
        }
        assert_eq!(decision.pays(PartyId(0), UnitId(0)), Some(Money::from_pence(51)));
    });
    assert_eq!((count, total), (0, 2_02));
}

#[test]
fn deciding_a_block_allocates_nothing() {
    let program = halves();
    let approved = FactId(1);
    let mut block = Block::new(&program);
    let count = allocations(|| {
        block.bytes_mut(approved).unwrap().fill(1);
        program.decide_block(&mut block, 100).unwrap();
        assert_eq!(block.pays(PartyId(1), UnitId(0)).unwrap()[99], 50);
    });
    assert_eq!(count, 0);
}

/// Decides cases with these numbers of visits, of one hour each, alone and in a block.
fn decide_visits(
    program: &Program,
    counts: &[u32],
    case: &mut Case,
    decision: &mut Decision,
    block: &mut Block,
) {
    let (visits, hours) = (ListId(0), FactId(0));
    for count in counts {
        case.clear();
        case.state_items(visits).unwrap();
        for _ in 0..*count {
            let visit = case.add_item(visits).unwrap();
            case.set_item(visit, hours, Value::Amount(1)).unwrap();
        }
        program.decide(case, decision).unwrap();
        let money = Money::from_pence(i64::from(*count));
        assert_eq!(decision.pays(PartyId(0), UnitId(0)), Some(money));
        block.fill(3, case).unwrap();
        program.decide_block(block, 4).unwrap();
        assert_eq!(block.pays(PartyId(0), UnitId(0)).unwrap()[3], i64::from(*count));
        block.read_lane(3, decision).unwrap();
    }
}

/// The first case with as many items makes room for them.
#[test]
fn deciding_fewer_items_than_before_allocates_nothing() {
    let program = hours_of_visits();
    let (mut case, mut decision) = (Case::new(&program), Decision::new(&program));
    let mut block = Block::new(&program);
    let mut allocated = |counts: &[u32]| {
        allocations(|| decide_visits(&program, counts, &mut case, &mut decision, &mut block))
    };
    assert!(allocated(&[40]) > 0);
    assert_eq!(allocated(&[40, 0, 7, 40]), 0);
}
