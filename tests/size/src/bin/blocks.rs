//! The engine, deciding one case and a block of cases.

#[path = "../../../../examples/embedded/src/policy.rs"]
mod policy;

use apportion_core::block::Block;
use apportion_core::case::Case;
use apportion_core::decision::Decision;
use apportion_core::value::Value;
use policy::{A_WEEK, COUNCIL, ICB};

fn main() {
    let pence: i64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(0);
    println!("{:?}", decide(pence));
}

fn decide(pence: i64) -> Option<[i64; 2]> {
    let (program, facts) = policy::program()?;
    let mut case = Case::new(&program);
    case.set(facts.cost, Value::Amount(pence)).ok()?;
    case.set(facts.residential, Value::YesNo(pence % 2 == 0)).ok()?;
    let mut decision = Decision::new(&program);
    program.decide(&case, &mut decision).ok()?;
    let mut block = Block::new(&program);
    block.fill(0, &case).ok()?;
    program.decide_block(&mut block, 1).ok()?;
    let in_block = *block.pays(ICB, A_WEEK)?.first()?;
    Some([in_block, decision.pays(COUNCIL, A_WEEK)?.pence()])
}
