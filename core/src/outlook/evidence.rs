//! Evidence that cannot be: a completion that holds some is none.

use alloc::vec::Vec;

use crate::block::{Block, Outcome};
use crate::program::{AnySlot, ByteSlot, DateSlot, DayOf, Item, Operation, Program, Refusal, Test};

/// What came of a completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    Decided,
    Outside,
    Refused(Refusal, Option<Item>),
    /// It holds evidence that cannot be, and is refused for that or something else.
    Impossible(Option<(Refusal, Option<Item>)>),
}

/// Whether a case is refused for evidence that cannot be, rather than by the policy.
pub(super) fn is_evidence(refusal: Refusal) -> bool {
    match refusal {
        Refusal::BornAfter { .. }
        | Refusal::NotStated { .. }
        | Refusal::DoesNotApply { .. }
        | Refusal::PanelSharesNotAsked { .. } => true,
        Refusal::DaysBackwards { from, to, .. } => {
            matches!((from, to), (DayOf::Fact(_), DayOf::Fact(_)))
        }
        _ => false,
    }
}

/// What shows that the evidence of a case cannot be, whatever else refuses it.
pub(super) struct Evidence {
    births: Vec<(DateSlot, DateSlot, ByteSlot)>,
    tests: Vec<(ByteSlot, Test)>,
}

impl Evidence {
    pub(super) fn of(program: &Program) -> Evidence {
        let mut evidence = Evidence { births: Vec::new(), tests: Vec::new() };
        let is_of_case = |slot| !program.lists().iter().any(|list| list.has(slot));
        for operation in program.operations() {
            match *operation {
                Operation::Age { birth, on, when, out, .. } if is_of_case(AnySlot::Byte(out)) => {
                    evidence.births.push((birth, on, when));
                }
                Operation::Require { when, test, refusal } => {
                    let is_evidence = program.refusal(refusal).is_some_and(is_evidence);
                    let slots = [when, test.slot].map(AnySlot::Byte);
                    if is_evidence && slots.into_iter().all(is_of_case) {
                        evidence.tests.push((when, test));
                    }
                }
                _ => {}
            }
        }
        evidence
    }

    /// What came of a lane.
    pub(super) fn came(&self, block: &Block, lane: usize) -> Option<Came> {
        Some(match block.outcome(lane)? {
            Outcome::Decided => Came::Decided,
            Outcome::NotCovered => Came::Outside,
            Outcome::OutOfBounds { .. } => Came::Impossible(None),
            Outcome::Refused { refusal, item } => {
                match is_evidence(refusal) || self.cannot_be(block, lane)? {
                    true => Came::Impossible(Some((refusal, item))),
                    false => Came::Refused(refusal, item),
                }
            }
        })
    }

    fn cannot_be(&self, block: &Block, lane: usize) -> Option<bool> {
        let byte = |slot| block.number(None, AnySlot::Byte(slot), lane);
        let date = |slot| block.number(None, AnySlot::Date(slot), lane);
        for (birth, on, when) in &self.births {
            if byte(*when)? != 0 && date(*birth)? > date(*on)? {
                return Some(true);
            }
        }
        for (when, test) in &self.tests {
            let tested = u8::try_from(byte(test.slot)?).ok()?;
            if byte(*when)? != 0 && tested.wrapping_sub(test.low) > test.width {
                return Some(true);
            }
        }
        Some(false)
    }
}
