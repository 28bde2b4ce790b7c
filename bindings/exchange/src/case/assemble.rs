//! The case that names and what stands under them make.

use apportion::engine::case::Case;
use apportion::engine::program::{FactId, Item, ListId};
use apportion::naming;
use apportion::policy::{CaseMistake, NOT_KNOWN, Policy};

use super::given::{Given, ItemGiven};
use crate::field::Field;
use crate::mistake::{CaseTextMistake, FieldMistake};

/// Puts a case together; `example` is an item as the format writes one.
pub(super) fn assemble(
    policy: &Policy,
    pairs: Vec<(String, Given)>,
    example: &'static str,
) -> Result<Case, CaseTextMistake> {
    let mut case = policy.new_case();
    let (mut facts, mut lists, mut mistakes) = (Vec::new(), Vec::new(), Vec::new());
    for (name, given) in pairs {
        // A fact may have the name of one item.
        let list = policy.list(&name).filter(|_| policy.fact(&name).is_none());
        let stated = match list {
            Some(id) => once(&mut lists, id, plural(policy, id))
                .and_then(|()| add_items(policy, &mut case, id, given, example, &mut mistakes)),
            None => state(policy, &mut case, None, &mut facts, &name, given),
        };
        mistakes.extend(stated.err());
        if mistakes.len() >= MOST_TOLD {
            break;
        }
    }
    mistakes.truncate(MOST_TOLD);
    CaseTextMistake::of(mistakes).map_or(Ok(case), Err)
}

/// How many mistakes of a case are told.
const MOST_TOLD: usize = 100;

fn plural(policy: &Policy, list: ListId) -> &str {
    policy.lists().get(list.index()).map_or("", |list| &list.plural)
}

/// Notes that something is stated, which happens once.
fn once<T: PartialEq>(stated: &mut Vec<T>, now: T, name: &str) -> Result<(), CaseTextMistake> {
    if stated.contains(&now) {
        return Err(CaseMistake::StatedTwice { fact: name.to_string() }.into());
    }
    stated.push(now);
    Ok(())
}

/// States a fact of the case or of an item.
fn state(
    policy: &Policy,
    case: &mut Case,
    item: Option<Item>,
    stated: &mut Vec<FactId>,
    name: &str,
    given: Given,
) -> Result<(), CaseTextMistake> {
    let field = match (Field::find(policy, name), &given) {
        (Err(_), Given::Items(_)) if !policy.lists().is_empty() => {
            return Err(policy.no_such_list(name).into());
        }
        (field, _) => field?,
    };
    once(stated, field.fact, field.name(policy))?;
    let Given::Text(text) = given else {
        return Err(CaseTextMistake::Nested { name: name.to_string() });
    };
    let mistake: Result<(), FieldMistake> = field.state(policy, case, item, &text);
    Ok(mistake?)
}

fn add_items(
    policy: &Policy,
    case: &mut Case,
    list: ListId,
    given: Given,
    example: &'static str,
    mistakes: &mut Vec<CaseTextMistake>,
) -> Result<(), CaseTextMistake> {
    let items = match given {
        Given::Items(items) => items,
        Given::Text(text) if naming::word_key(&text) == NOT_KNOWN => return Ok(()),
        Given::Text(_) | Given::Nested => {
            let list = plural(policy, list).to_string();
            return Err(CaseTextMistake::NotAList { list, example });
        }
    };
    policy.state_list(case, list);
    for given in items {
        let item = policy.new_item(case, list)?;
        mistakes.extend(state_item(policy, case, item, given, example).into_iter().map(
            |mistake| CaseTextMistake::Item {
                item: policy.show_item(item),
                mistake: Box::new(mistake),
            },
        ));
    }
    Ok(())
}

/// States the facts of an item, and says what is wrong with them.
fn state_item(
    policy: &Policy,
    case: &mut Case,
    item: Item,
    given: ItemGiven,
    example: &'static str,
) -> Vec<CaseTextMistake> {
    let Some(facts) = given else { return vec![CaseTextMistake::ItemNotFacts { example }] };
    let mut stated = Vec::new();
    let facts = facts.into_iter();
    let mistakes = facts.filter_map(|(name, given)| {
        state(policy, case, Some(item), &mut stated, &name, given).err()
    });
    mistakes.collect()
}
