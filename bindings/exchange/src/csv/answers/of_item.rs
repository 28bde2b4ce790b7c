//! What is decided of one item, in the columns that are added to its row.

use apportion::engine::decision::{Answer as Given, Decision};
use apportion::engine::program::{AnySlot, Item, ValueId};
use apportion::policy::Policy;

use super::{Answer, Kind, write_pounds};
use crate::payments::paid;

impl Answer {
    /// Writes the cell of an item whose case the policy covers; nothing where no clause gives it.
    pub(in crate::csv) fn write_of_item(
        &self,
        policy: &Policy,
        decision: &Decision,
        item: Item,
        cell: &mut Vec<u8>,
    ) {
        let answers = policy.program().answers();
        match &self.kind {
            Kind::Conclusion(id) => {
                let slot = answers.conclusions.get(id.index());
                let byte = slot.and_then(|slot| decision.item_byte(item, *slot));
                cell.extend_from_slice(if byte.unwrap_or(0) != 0 { b"yes" } else { b"no" });
            }
            Kind::Pays(party, unit) => {
                write_pounds(paid(policy, decision, item, (*party, *unit)), cell);
            }
            Kind::Clauses => write_clauses(policy, decision, item, cell),
            Kind::Words(id, _)
            | Kind::Date(id)
            | Kind::Pence(id)
            | Kind::Listed(id, _)
            | Kind::Number(id, _) => {
                if let Some(given) = given(policy, decision, item, *id) {
                    self.kind.write_given(given, cell);
                }
            }
            // These are said of cases alone.
            Kind::Covered
            | Kind::PaysFrom(..)
            | Kind::PaysTo(..)
            | Kind::Awaits(..)
            | Kind::ReferredTo
            | Kind::Needs
            | Kind::Ranges => {}
        }
    }
}

/// The value of an item, where some clause gives it.
fn given(policy: &Policy, decision: &Decision, item: Item, id: ValueId) -> Option<Given> {
    let value = policy.program().answers().values.get(id.index())?;
    if decision.item_byte(item, value.given)? == 0 {
        return None;
    }
    match value.slot {
        AnySlot::Byte(slot) => decision.item_byte(item, slot).map(Given::Byte),
        AnySlot::Date(slot) => decision.item_date(item, slot).map(Given::Date),
        AnySlot::Amount(slot) => decision.item_amount(item, slot).map(Given::Amount),
    }
}

fn write_clauses(policy: &Policy, decision: &Decision, item: Item, cell: &mut Vec<u8>) {
    let start = cell.len();
    for clause in policy.clauses_of_item(decision, item) {
        if cell.len() > start {
            cell.extend_from_slice(b"; ");
        }
        let clause = policy.checked().clauses.get(clause.index());
        cell.extend_from_slice(clause.map_or("", |clause| &clause.number).as_bytes());
    }
}
