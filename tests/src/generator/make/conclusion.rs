//! The cover, and conclusions with their exceptions.

use super::{Chapter, KnownConclusion, Maker, names};
use crate::generator::model::{Body, ClauseKey, Place, Sentence};

impl Maker<'_> {
    pub(super) fn cover(&mut self) {
        let when = self.last_condition(2);
        let key = self.add(Chapter::Cover, Sentence::when(when, Body::Cover));
        self.perhaps_switch(Chapter::Cover, key);
    }

    /// A conclusion: alternatives, and exceptions to exceptions up to three deep.
    pub(super) fn conclusion(&mut self) {
        let list = self.item;
        let made = self.conclusions.iter().filter(|conclusion| conclusion.list == list).count();
        let Some(name) = self.names_of_conclusions().get(made).copied() else { return };
        let mut keys: Vec<ClauseKey> = Vec::new();
        let first = self.conclude(name, (false, false), &[]);
        keys.push(first);
        if self.choices.is_in(40) {
            keys.push(self.conclude(name, (true, false), &[]));
        }
        let depth = self.choices.below(4);
        let mut is_not = true;
        let mut below = keys.clone();
        for _ in 0..depth {
            let also = !is_not && self.choices.is_in(50);
            let key = self.conclude(name, (also, is_not), &below);
            below = vec![key];
            is_not = !is_not;
            self.perhaps_switch(Chapter::Eligibility, key);
        }
        if self.is_careless && self.choices.is_in(40) {
            // Against, and over nothing: it clashes where both hold.
            self.conclude(name, (false, true), &[]);
        }
        self.perhaps_switch(Chapter::Eligibility, first);
        self.conclusions.push(KnownConclusion { name: name.into(), list });
    }

    /// What may be concluded of the case, or of the item at hand.
    fn names_of_conclusions(&self) -> &'static [&'static str] {
        let Some(list) = self.item.and_then(|list| self.lists.get(list)) else {
            return names::CONCLUSIONS;
        };
        let names = names::LISTS.iter().find(|names| names.plural == list.plural);
        names.map_or(&[], |names| names.conclusions)
    }

    fn conclude(
        &mut self,
        name: &str,
        (also, not): (bool, bool),
        despite: &[ClauseKey],
    ) -> ClauseKey {
        let when = self.last_condition(2);
        let body = Body::Conclude { also, not, name: name.into() };
        let despite = despite.iter().map(|key| Place::Clause(*key)).collect();
        self.add(Chapter::Eligibility, Sentence { despite, ..Sentence::when(when, body) })
    }
}
