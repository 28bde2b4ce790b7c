//! What blocks of cases with items promise.

use apportion_core::block::{Block, LANES, Outcome};
use apportion_core::case::Case;
use apportion_core::decision::{DecideError, Decision};
use apportion_core::program::{FactId, ListId, ValueId};
use apportion_core::value::Value;

use super::{DEAR, DEAR_SERVICE, KIND, PRICE, RATE, SERVICES, START, day, item, program};

/// What all services cost together, and how many count.
const TOTAL: ValueId = ValueId(2);
const COUNTED: ValueId = ValueId(3);

/// A block of cases at rate 1, without services.
fn block() -> Block {
    let mut block = Block::new(&program());
    block.amounts_mut(RATE).unwrap().fill(1);
    block
}

#[test]
fn items_are_added_lane_by_lane_and_filled_in_columns() {
    let program = program();
    let mut block = block();
    for (lane, index) in [(0, 0), (2, 0), (2, 1), (2, 2)] {
        assert_eq!(block.add_item(SERVICES, lane), Some(index));
    }
    assert_eq!(block.items(SERVICES).unwrap()[..4], [1, 0, 3, 0]);
    for (index, price) in [(0, 10), (1, 20), (2, 30)] {
        block.item_amounts_mut(PRICE, index).unwrap().fill(price);
    }
    block.item_bytes_mut(KIND, 1).unwrap()[2] = 0;
    block.item_dates_mut(START, 2).unwrap()[2] = day("2026-03-31").packed();
    program.decide_block(&mut block, 4).unwrap();
    assert_eq!([0, 1, 2, 3].map(|lane| block.outcome(lane)), [Some(Outcome::Decided); 4]);
    assert_eq!(block.value_amounts(TOTAL).unwrap()[..4], [20, 0, 80, 0]);
    assert_eq!(block.value_amounts(COUNTED).unwrap()[..4], [1, 0, 2, 0]);
    // What is said of items has no column.
    assert_eq!(block.value_amounts(ValueId(0)), None);
    let mut decision = Decision::new(&program);
    block.read_lane(2, &mut decision).unwrap();
    assert_eq!(
        decision.item_date(item(2), apportion_core::program::DateSlot(0)),
        Some(day("2026-03-31"))
    );
    assert_eq!(decision.of_item(item(2)).unwrap().defaulted().count(), 0);

    block.clear_items(SERVICES).unwrap();
    program.decide_block(&mut block, 4).unwrap();
    assert_eq!(block.value_amounts(COUNTED).unwrap()[..4], [0; 4]);
}

#[test]
fn an_item_added_again_has_its_defaults() {
    let mut block = block();
    block.add_item(SERVICES, 5).unwrap();
    block.item_bytes_mut(KIND, 0).unwrap()[5] = DEAR;
    block.item_amounts_mut(PRICE, 0).unwrap()[5] = 9;
    block.clear_items(SERVICES).unwrap();
    block.add_item(SERVICES, 5).unwrap();
    assert_eq!(block.item_bytes_mut(KIND, 0).unwrap()[5], 1);
    assert_eq!(block.item_amounts_mut(PRICE, 0).unwrap()[5], 0);
}

#[test]
fn what_is_not_there_has_no_column() {
    let mut block = block();
    assert_eq!(block.add_item(ListId(1), 0), None);
    assert_eq!(block.add_item(SERVICES, LANES), None);
    assert_eq!(block.items(ListId(1)), None);
    assert_eq!(block.clear_items(ListId(1)), None);
    assert!(block.item_amounts_mut(PRICE, 0).is_none());
    for index in 0..6 {
        assert_eq!(block.add_item(SERVICES, LANES - 1), Some(index));
    }
    assert_eq!(block.add_item(SERVICES, LANES - 1), None);
    assert_eq!(block.items(SERVICES).unwrap()[LANES - 1], 6);
    assert!(block.item_amounts_mut(PRICE, 5).is_some());
    assert!(block.item_amounts_mut(PRICE, 6).is_none());
    assert!(block.item_amounts_mut(KIND, 0).is_none());
    assert!(block.item_bytes_mut(START, 0).is_none());
    assert!(block.item_dates_mut(PRICE, 0).is_none());
    assert!(block.item_amounts_mut(RATE, 0).is_none());
    assert!(block.item_amounts_mut(FactId(4), 0).is_none());
    // Nor is a fact of items one of the cases.
    assert!(block.amounts_mut(PRICE).is_none());
    assert!(block.bytes_mut(KIND).is_none());
    assert!(block.dates_mut(START).is_none());
}

#[test]
fn an_item_out_of_bounds_is_told() {
    let program = program();
    let mut block = block();
    for lane in [0, 0, 1, 1, 2, 3] {
        block.add_item(SERVICES, lane).unwrap();
    }
    let stray = |fact, item| Some(Outcome::OutOfBounds { fact, item });
    // The first item first, whichever its fact, and the case before its items. Where there is no
    // item, whatever stands there does no harm.
    block.item_bytes_mut(KIND, 0).unwrap()[..4].copy_from_slice(&[4, 1, 1, 1]);
    block.item_amounts_mut(PRICE, 1).unwrap()[..4].copy_from_slice(&[-51, 1_001, -51, 1_001]);
    block.item_amounts_mut(PRICE, 0).unwrap()[3] = 1_001;
    block.item_dates_mut(START, 0).unwrap()[3] = day("2026-04-01").packed();
    block.amounts_mut(RATE).unwrap()[3] = 0;
    program.decide_block(&mut block, LANES).unwrap();
    assert_eq!(block.outcome(0), stray(KIND, Some(item(0))));
    assert_eq!(block.outcome(1), stray(PRICE, Some(item(1))));
    assert_eq!(block.outcome(2), Some(Outcome::Decided));
    assert_eq!(block.outcome(3), stray(RATE, None));
    block.amounts_mut(RATE).unwrap()[3] = 1;
    program.decide_block(&mut block, LANES).unwrap();
    assert_eq!(block.outcome(3), stray(PRICE, Some(item(0))));
    assert!((4..LANES).all(|lane| block.outcome(lane) == Some(Outcome::Decided)));
}

/// An item that some lanes lack is refused, and counted, only where it is there.
#[test]
fn an_item_that_is_not_there_does_nothing() {
    let program = program();
    let mut block = block();
    for lane in [0, 0, 1] {
        block.add_item(SERVICES, lane).unwrap();
    }
    block.item_bytes_mut(KIND, 1).unwrap().fill(DEAR);
    block.item_amounts_mut(PRICE, 0).unwrap().fill(10);
    block.item_amounts_mut(PRICE, 1).unwrap().fill(10);
    program.decide_block(&mut block, 3).unwrap();
    let refused = Outcome::Refused { refusal: DEAR_SERVICE, item: Some(item(1)) };
    let outcomes = [refused, Outcome::Decided, Outcome::Decided];
    assert_eq!([0, 1, 2].map(|lane| block.outcome(lane)), outcomes.map(Some));
    assert!(block.has_rejects());
    assert_eq!(block.value_amounts(TOTAL).unwrap()[1..3], [20, 0]);
}

#[test]
fn a_case_takes_the_place_of_the_items_in_its_lane() {
    let program = program();
    let mut block = block();
    for price in [10, 20] {
        let index = block.add_item(SERVICES, 7).unwrap();
        block.item_amounts_mut(PRICE, index).unwrap()[7] = price;
    }
    let mut case = Case::new(&program);
    case.set(RATE, Value::Amount(2)).unwrap();
    let not_stated = Err(DecideError::ListNotStated { list: SERVICES });
    assert_eq!(block.fill(7, &case), not_stated);
    assert_eq!(block.items(SERVICES).unwrap()[7], 2);
    let service = case.add_item(SERVICES).unwrap();
    let not_known = Err(DecideError::NotKnown { fact: PRICE, item: Some(service) });
    assert_eq!(block.fill(7, &case), not_known);
    case.set_item(service, PRICE, Value::Amount(3)).unwrap();
    block.fill(7, &case).unwrap();
    block.fill(LANES, &case).unwrap();
    assert_eq!(block.items(SERVICES).unwrap()[6..8], [0, 1]);
    program.decide_block(&mut block, 8).unwrap();
    assert_eq!(block.value_amounts(TOTAL).unwrap()[7], 12);
}
