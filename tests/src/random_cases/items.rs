//! Items of lists: none, one, several, sometimes the most; sometimes the list is not stated.

use apportion::checked::List;

use super::{CaseMaker, Facts, ItemFacts, NUMBERS_PER_CASE, NUMBERS_PER_FACT, Statements};

/// How many items have numbers of their own; those of more items are made from these.
const ITEMS_WITH_NUMBERS: usize = 6;

/// How many numbers make the items of a list.
pub(super) fn numbers_for(list: &List) -> usize {
    NUMBERS_PER_CASE + ITEMS_WITH_NUMBERS * numbers_per_item(list)
}

fn numbers_per_item(list: &List) -> usize {
    NUMBERS_PER_CASE + list.facts.len() * NUMBERS_PER_FACT
}

impl CaseMaker {
    /// The items of a list that these numbers make; none where the list is not stated.
    pub(super) fn items(
        &self,
        list: &List,
        of_case: &Statements,
        next: &mut dyn FnMut() -> u32,
    ) -> Option<Vec<ItemFacts>> {
        let [how, which, _] = [next(), next(), next()];
        let numbers: Vec<u32> =
            (0..ITEMS_WITH_NUMBERS * numbers_per_item(list)).map(|_| next()).collect();
        let count = match how % 64 {
            0..8 => 0,
            8..20 => 1,
            20..36 => 2,
            36..60 => 3 + which % 4,
            60 | 61 => list.most,
            62 => list.most.saturating_sub(1),
            _ => return None,
        };
        let items = (0..count.min(list.most)).map(|index| {
            let round = index / ITEMS_WITH_NUMBERS as u32;
            let place = index as usize % ITEMS_WITH_NUMBERS * numbers_per_item(list);
            let own = numbers.iter().skip(place).map(|number| number.rotate_left(round));
            self.item(list, of_case, own)
        });
        Some(items.collect())
    }

    fn item(
        &self,
        list: &List,
        of_case: &Statements,
        mut numbers: impl Iterator<Item = u32>,
    ) -> ItemFacts {
        let mut next = || numbers.next().unwrap_or(0);
        let whole = [next(), next(), next()];
        // A birthday of an item may be near a day of the case.
        let mut facts = of_case.clone();
        for fact in &list.facts {
            let numbers = [next(), next(), next()];
            let stated = self.stated_fact(*fact, whole, numbers);
            if let Some(place) = facts.get_mut(fact.index()) {
                *place = stated;
            }
        }
        self.move_birthday(&mut facts, whole, |birthday| {
            list.facts.contains(&birthday.birth) || list.facts.contains(&birthday.on)
        });
        list.facts.iter().map(|fact| facts.get(fact.index()).copied().flatten()).collect()
    }
}

impl Facts {
    /// How many items of all lists it states.
    #[must_use]
    pub fn count_items(&self) -> usize {
        self.lists.iter().flatten().map(Vec::len).sum()
    }
}
