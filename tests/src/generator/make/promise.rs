//! Promises: kept in the policy, and deciding nothing.

use apportion::unit::Unit;

use super::{Chapter, Maker};
use crate::generator::model::{Body, Promise, Sentence};

impl Maker<'_> {
    pub(super) fn promise(&mut self) {
        let Some(promise) = self.some_promise() else { return };
        let body = Body::Promise(promise);
        let sentence = match &body {
            Body::Promise(Promise::Always(..)) => Sentence::when(self.condition(0), body),
            Body::Promise(Promise::AlwaysAtFirst(..)) if self.choices.is_in(50) => {
                Sentence::when(self.condition(0), body)
            }
            _ => Sentence::plain(body),
        };
        self.add(Chapter::Promises, sentence);
    }

    fn some_promise(&mut self) -> Option<Promise> {
        let party = self.choices.pick(&self.model.parties)?.name.clone();
        let money = Unit::money(Some("week"));
        Some(match self.choices.below(4) {
            0 => Promise::AddUp(self.number(&money, 1)?.expression),
            1 => {
                let rising = self.rising()?;
                let never = self.choices.word(&["lower", "raise"]);
                let keys: Vec<_> = self.share_sections.iter().flatten().copied().collect();
                let within = self.choices.pick(&keys).copied();
                let within = within.filter(|_| self.choices.is_in(50));
                Promise::Monotone(rising, never, party, within)
            }
            2 => {
                let words = self.choices.word(&["more", "less"]);
                Promise::Bound(party, words, self.number(&money, 0)?.expression)
            }
            _ => {
                let name = self.choices.pick(&self.conclusions_in_scope())?.clone();
                let word = self.choices.word(&["always", "never"]);
                match self.choices.is_in(60) {
                    true => Promise::Always(word, name),
                    false => Promise::AlwaysAtFirst(word, name),
                }
            }
        })
    }
}
