//! The facts that a case was decided on, as pages show them.

use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::case::State;
use apportion_core::program::FactId;

use super::decided::Decided;
use super::withheld::WITHHELD;

/// A fact of the case, or of the item at hand, that applies.
pub(crate) struct Told {
    pub(crate) name: String,
    /// Its value with what it counts; `not known` where it has none.
    pub(crate) value: String,
    /// Whether the case did not state it, so that the value is the policy's default. Of a fact that
    /// is withheld that is not told: it would say which value.
    pub(crate) is_default: bool,
}

impl Decided<'_> {
    pub(crate) fn told(&self) -> Vec<Told> {
        let list = self.item.map(|item| item.list);
        let facts = (0..).map(FactId).zip(self.policy.facts());
        let applying = facts.filter(|(id, fact)| {
            !fact.is_text && fact.list == list && self.decision.applies(*id) != Some(false)
        });
        applying
            .map(|(id, fact)| {
                let state = match self.item {
                    Some(item) => self.case.item(item, id),
                    None => self.case.get(id),
                };
                let figure = self.fact(id);
                let value = figure.map(|figure| self.shown(&fact.kind, figure));
                Told {
                    name: fact.name.clone(),
                    is_default: state == State::NotStated
                        && value.is_some()
                        && !self.is_withheld(id),
                    value: match value {
                        Some(_) if self.is_withheld(id) => String::from(WITHHELD),
                        Some(value) => value,
                        None => String::from(crate::policy::NOT_KNOWN),
                    },
                }
            })
            .collect()
    }
}
