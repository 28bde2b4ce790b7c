//! A static library without std that decides a case. See the README beside it.
#![no_std]

extern crate alloc;

mod device;
mod policy;

use apportion_core::case::Case;
use apportion_core::decision::Decision;
use apportion_core::program::Program;
use apportion_core::value::Value;

use crate::policy::{A_WEEK, COUNCIL, Facts};

/// What the council pays of a cost, in pence, or -1 where the cost is out of bounds.
///
/// All memory is taken anew in each call, so calls must not overlap.
// The name is the contract with C; no other symbol of the library has it.
#[unsafe(no_mangle)]
pub extern "C" fn apportion_council_pence(cost_pence: i64, is_residential: u8) -> i64 {
    device::forget_all();
    council_pence(cost_pence, is_residential != 0).unwrap_or(-1)
}

fn council_pence(cost_pence: i64, is_residential: bool) -> Option<i64> {
    let (program, facts) = policy::program()?;
    let case = case(&program, &facts, cost_pence, is_residential)?;
    let mut decision = Decision::new(&program);
    program.decide(&case, &mut decision).ok()?;
    Some(decision.pays(COUNCIL, A_WEEK)?.pence())
}

fn case(program: &Program, facts: &Facts, pence: i64, is_residential: bool) -> Option<Case> {
    let mut case = Case::new(program);
    case.set(facts.cost, Value::Amount(pence)).ok()?;
    case.set(facts.residential, Value::YesNo(is_residential)).ok()?;
    Some(case)
}
