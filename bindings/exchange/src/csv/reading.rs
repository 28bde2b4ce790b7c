//! The text of a cell as the value of its fact, of the case or of an item.

use apportion::engine::case::{Case, State};
use apportion::policy::Policy;

use crate::field::Field;
use crate::mistake::FieldMistake;

/// What a text says of a fact. It is read in a case that is there for that alone.
pub(crate) fn read(
    policy: &Policy,
    case: &mut Case,
    field: Field,
    text: &str,
) -> Result<State, FieldMistake> {
    case.clear();
    let list = policy.facts().get(field.fact.index()).and_then(|fact| fact.list);
    let item = list.map(|list| policy.new_item(case, list)).transpose()?;
    field.state(policy, case, item, text)?;
    Ok(match item {
        Some(item) => case.item(item, field.fact),
        None => case.get(field.fact),
    })
}
