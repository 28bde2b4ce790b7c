//! A block of cases, held against the reference lane by lane: the columns, and the decision
//! that a lane is read into.

use apportion::policy::Policy;
use apportion_core::block::{Block, LANES, Outcome as Came};
use apportion_core::date::Date;
use apportion_core::decision::{Answer, DecideError, Decision};
use apportion_core::program::{ConclusionId, ValueId};

use crate::random_cases::Facts;
use crate::reference::{Datum, Outcome, refusal_of};

use super::answers::{clauses_to_compare, datum, same_answers, same_totals};
use super::awaiting::same_awaiting_in_lane;
use super::{Difference, Expected, Same, engine_case, same, same_refusal, told};

/// That a block decides the same cases as the reference, in whichever lane they stand: fewer
/// cases than lanes stand in it several times over.
pub(super) fn same_in_a_block(
    policy: &Policy,
    cases: &[Facts],
    expected: &[Expected],
) -> Result<(), Box<Difference>> {
    let mut block = Block::new(policy.program());
    let mut lanes: Vec<(&Facts, &Expected)> = Vec::new();
    for (facts, expected) in cases.iter().zip(expected).cycle().take(LANES) {
        let case = engine_case(policy, facts).map_err(|it| told(policy, facts, it.into()))?;
        // A case with a fact that is not known has no lane.
        if block.fill(lanes.len(), &case).is_ok() {
            lanes.push((facts, expected));
        }
    }
    let decided = policy.program().decide_block(&mut block, lanes.len());
    let mut decision = Decision::new(policy.program());
    for (lane, (facts, expected)) in lanes.into_iter().enumerate() {
        let compared = match decided {
            Ok(()) => same_in_a_lane(policy, &block, lane, expected, &mut decision),
            Err(error) => same("the block", &String::from("decided"), &format!("{error:?}")),
        };
        compared.map_err(|mut mismatch| {
            mismatch.what = format!("in lane {lane} of a block, {}", mismatch.what);
            told(policy, facts, mismatch)
        })?;
    }
    Ok(())
}

fn same_in_a_lane(
    policy: &Policy,
    block: &Block,
    lane: usize,
    expected: &Expected,
    decision: &mut Decision,
) -> Same {
    let came = block.outcome(lane);
    let outcome = match (expected, came) {
        (Err(refusals), Some(Came::Refused { refusal, item })) => {
            return same_refusal(refusals, refusal_of(DecideError::Refused { refusal, item }));
        }
        (Err(refusals), other) => {
            return same("the refusal", &format!("any of {refusals:?}"), &format!("{other:?}"));
        }
        (Ok(outcome), _) => outcome,
    };
    let expected = if outcome.is_covered { Came::Decided } else { Came::NotCovered };
    same("what came", &Some(expected), &came)?;
    if outcome.is_covered {
        same_columns(policy, block, lane, outcome)?;
    }
    same("whether there is a decision", &Some(()), &block.read_lane(lane, decision))?;
    same_answers(policy, outcome, decision).map(|_| ())
}

/// What the columns of a block say of a lane.
fn same_columns(policy: &Policy, block: &Block, lane: usize, outcome: &Outcome) -> Same {
    let declared = policy.checked().conclusions.iter().zip((0..).map(ConclusionId));
    let of_case = declared.zip(&outcome.conclusions).filter(|((it, _), _)| it.list.is_none());
    for ((_, id), is_drawn) in of_case {
        let engine = block.conclusion(id).and_then(|column| column.get(lane)).map(|it| *it != 0);
        same(&format!("{id:?}"), is_drawn, &engine)?;
    }
    for (id, value) in (0..).map(ValueId).zip(&outcome.values) {
        let declared = policy.checked().values.get(id.index());
        if declared.is_some_and(|declared| declared.each.is_none() && declared.list.is_none()) {
            same(&format!("{id:?}"), value, &value_in_lane(policy, block, id, lane))?;
        }
    }
    same_totals(policy, outcome, |party, unit| block.pays(party, unit)?.get(lane).copied())?;
    for (id, applies) in clauses_to_compare(policy, outcome) {
        let engine = block.clause(id).and_then(|column| column.get(lane)).map(|it| *it != 0);
        same(&format!("whether {} applies", policy.clause_number(id)), &Some(applies), &engine)?;
    }
    let declared = policy.program().answers().referrals.iter();
    let made = declared.enumerate().filter(|(place, _)| {
        block.referred(*place).and_then(|column| column.get(lane)).is_some_and(|it| *it != 0)
    });
    let mut made: Vec<_> = made.map(|(_, it)| (it.clause, it.panel)).collect();
    made.sort();
    same("the referrals", &outcome.referrals, &made)?;
    same_awaiting_in_lane(outcome, block, lane)
}

/// A value in a lane of a block.
fn value_in_lane(policy: &Policy, block: &Block, id: ValueId, lane: usize) -> Option<Datum> {
    if *block.value_given(id)?.get(lane)? == 0 {
        return None;
    }
    let answer = if let Some(bytes) = block.value_bytes(id) {
        Answer::Byte(*bytes.get(lane)?)
    } else if let Some(dates) = block.value_dates(id) {
        Answer::Date(Date::from_packed(*dates.get(lane)?)?)
    } else {
        Answer::Amount(*block.value_amounts(id)?.get(lane)?)
    };
    datum(policy, id, answer)
}
