//! Cases: what one states, and what is known of it with the defaults.

use std::collections::{BTreeMap, BTreeSet};

use apportion::checked::{Constant, Example, Policy, Stated};
use apportion_core::program::{FactId, ListId};

use super::{Interpreter, Refusal, Refusals, leave_out, leave_out_shares, number};

/// What a case states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The facts in the order declared; `None` where one is not stated. A fact that each
    /// item of a list has is stated of its items, and never here.
    pub of_case: Vec<Option<Constant>>,
    /// The items of each list, in the order declared; `None` where the list is not stated.
    pub lists: Vec<Option<Vec<ItemFacts>>>,
}

/// What a case states of one item: the facts in the order in which the list declares them.
pub type ItemFacts = Vec<Option<Constant>>;

impl Facts {
    /// What an example states; none where it says of something that it is not known.
    #[must_use]
    pub fn of_example(policy: &Policy, example: &Example) -> Option<Self> {
        let facts = (0..policy.facts.len()).map(|place| FactId(number(place)));
        let of_case = facts.map(|fact| stated(&example.given, fact)).collect::<Option<Vec<_>>>()?;
        let lists = policy.lists.iter().enumerate().map(|(place, list)| {
            let named = example.items.iter().find(|(id, _)| id.0 == number(place));
            let Some((_, items)) = named else { return Some(None) };
            let items = items.iter().map(|item| {
                list.facts.iter().map(|fact| stated(&item.given, *fact)).collect::<Option<_>>()
            });
            items.collect::<Option<_>>().map(Some)
        });
        let facts = Facts { of_case, lists: lists.collect::<Option<_>>()? };
        Some(without_what_does_not_apply(policy, example, facts))
    }
}

/// *11 Examples*: what only an example states from which one starts is left out where it does
/// not apply any more, or where no clause leaves the shares to a panel any more.
fn without_what_does_not_apply(policy: &Policy, example: &Example, stated: Facts) -> Facts {
    let mut applying = stated.clone();
    leave_out(policy, &mut applying.of_case);
    leave_out_shares(policy, &mut applying);
    let facts = stated.of_case.into_iter().zip(applying.of_case).zip((0..).map(FactId));
    let kept = facts.map(
        |((stated, applying), fact)| {
            if example.inherited.contains(&fact) { applying } else { stated }
        },
    );
    Facts { of_case: kept.collect(), lists: stated.lists }
}

/// What is stated of a fact, if anything; none where it is said not to be known.
fn stated(given: &[(FactId, Stated)], fact: FactId) -> Option<Option<Constant>> {
    match given.iter().find(|(of, _)| *of == fact) {
        None => Some(None),
        Some((_, Stated::Known(constant))) => Some(Some(*constant)),
        Some((_, Stated::NotKnown)) => None,
    }
}

/// One item of a case.
pub use apportion_core::program::Item;

/// What is known of a case: what it states, and defaults for the rest.
pub(super) struct Known {
    pub(super) of_case: BTreeMap<FactId, Constant>,
    pub(super) lists: Vec<Vec<BTreeMap<FactId, Constant>>>,
}

/// *4 Facts, Not stated*: a fact that is not stated has its default, otherwise it is not
/// known. Text is carried through and never asked for. *4 Facts, Lists*: a list that is not
/// stated is not known; that it is empty is said.
pub(super) fn complete(policy: &Policy, stated: &Facts) -> Result<Known, Refusals> {
    let mut refusals = BTreeSet::new();
    let facts = (0..policy.facts.len()).map(|place| FactId(number(place)));
    let stated_of_case = |fact: &FactId| stated.of_case.get(fact.index()).copied().flatten();
    let is_of_case =
        |fact: &FactId| policy.facts.get(fact.index()).is_some_and(|it| it.list.is_none());
    let of_case = facts.filter(is_of_case).map(|fact| (fact, stated_of_case(&fact)));
    let of_case = completed(policy, of_case, None, &mut refusals);
    let mut lists = Vec::new();
    for (place, list) in policy.lists.iter().enumerate() {
        let id = ListId(number(place));
        let mut known = Vec::new();
        match stated.lists.get(place).and_then(Option::as_ref) {
            None => {
                refusals.insert((Refusal::ListNotStated { list: id }, None));
            }
            Some(items) => {
                for (index, item) in items.iter().enumerate() {
                    let at = Item { list: id, index: number(index) };
                    let stated = item.iter().copied().chain(std::iter::repeat(None));
                    let facts = list.facts.iter().copied().zip(stated);
                    known.push(completed(policy, facts, Some(at), &mut refusals));
                }
            }
        }
        lists.push(known);
    }
    if refusals.is_empty() { Ok(Known { of_case, lists }) } else { Err(refusals) }
}

/// The facts of the case, or of one item.
fn completed(
    policy: &Policy,
    stated: impl Iterator<Item = (FactId, Option<Constant>)>,
    item: Option<Item>,
    refusals: &mut Refusals,
) -> BTreeMap<FactId, Constant> {
    let mut known = BTreeMap::new();
    for (fact, stated) in stated {
        let Some(declared) = policy.facts.get(fact.index()) else { continue };
        match stated.or(declared.default) {
            Some(constant) => {
                known.insert(fact, constant);
            }
            // Whether a fact is needed that does not apply to every case is asked later.
            None if declared.is_text || declared.only_when.is_some() => {}
            None => {
                refusals.insert((Refusal::NotKnown { fact }, item));
            }
        }
    }
    known
}

impl Interpreter<'_> {
    /// The items of a list, in the order in which the case states them.
    pub(super) fn items(&self, list: ListId) -> Vec<Item> {
        let count = self.facts.lists.get(list.0 as usize).map_or(0, Vec::len);
        (0..count).map(|index| Item { list, index: number(index) }).collect()
    }

    /// The items of every list, in the order declared.
    pub(super) fn all_items(&self) -> Vec<Item> {
        let lists = (0..self.policy.lists.len()).map(|place| ListId(number(place)));
        lists.flat_map(|list| self.items(list)).collect()
    }
}
