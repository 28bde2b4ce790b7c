//! What a name means.

use alloc::format;
use alloc::string::String;

use apportion_core::program::{ConclusionId, FactId, PanelId, PartyId, ValueId};

use super::Checker;
use super::mistake::{NameMistake, joined_word};
use crate::checked::{FamilyId, ListId};
use crate::diagnostic::MOST_KEPT;
use crate::source::Span;
use crate::syntax::Name;

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Subject,
    Party(PartyId),
    Panel(PanelId),
    Source,
    Levels,
    Fact(FactId),
    Family(FamilyId),
    /// A list, or one item of it.
    List(ListId),
    Conclusion(ConclusionId),
    Value(ValueId),
    /// Declared by something whose mistake has been reported.
    Broken,
}

impl Meaning {
    /// How a message speaks of what the name means.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Meaning::Subject => "whom the policy is about",
            Meaning::Party(_) => "a party",
            Meaning::Panel(_) => "a panel",
            Meaning::Source => "a source",
            Meaning::Levels => "a ladder of levels",
            Meaning::Fact(_) => "a fact",
            Meaning::Family(_) => "a family of facts",
            Meaning::List(_) => "a list",
            Meaning::Conclusion(_) => "a conclusion",
            Meaning::Value(_) => "a value",
            Meaning::Broken => "a name declared with a mistake",
        }
    }
}

impl Checker<'_> {
    /// What a name means, if it was declared.
    pub(super) fn meaning(&self, key: &str) -> Option<Meaning> {
        self.meanings.get(key).copied()
    }

    /// Gives a name its meaning, unless it has one already: a name with two is reported where
    /// names are collected. Levels may be named like the fact that has them.
    pub(super) fn give_meaning(&mut self, name: &Name, meaning: Meaning) {
        if matches!(self.meaning(&name.key), None | Some(Meaning::Levels)) {
            self.meanings.insert(name.key.clone(), meaning);
        }
    }

    /// Reports a name that does not mean what is needed here.
    pub(super) fn wrong_kind(&mut self, name: &Name, needed: &'static str) {
        let span = self.place(name.span);
        match self.meaning(&name.key) {
            Some(Meaning::Broken) => {}
            // Declared by a line that could not be read: that has been reported.
            None if self.names.contains(&name.key) => {}
            Some(_) if self.names.is_declared_twice(&name.key) => {}
            Some(meaning) => self.report(NameMistake::WrongKindOfName {
                name: name.key.clone(),
                span,
                found: meaning.noun(),
                needed,
            }),
            None => self.not_declared(name, needed),
        }
    }

    /// Reports a name that is not declared, unless that has been said or follows from a
    /// mistake that has.
    fn not_declared(&mut self, name: &Name, needed: &'static str) {
        let is_told = self.names.is_excused(&name.key) || self.told.contains(&name.key);
        if is_told || self.told.len() >= MOST_KEPT {
            return;
        }
        self.told.insert(name.key.clone());
        let may_compare = self.names.may_compare(self.told.len());
        let near = may_compare.then(|| self.names.nearest(&name.key)).flatten().map(String::from);
        let (span, written) = (self.place(name.span), self.as_written(name));
        self.report(NameMistake::NotDeclared { name: written, span, near, needed });
    }

    /// Whether it has been said that a word is no word of its list: that is one slip, in the list
    /// or in the word, however often it is met. So is that it is part of one, whichever part.
    pub(super) fn is_told_of_word(&mut self, word: &str, words: &[String]) -> bool {
        let told = match joined_word(word, words) {
            Some(whole) => whole.clone(),
            // No name holds a line end.
            None => format!("{word}\n{}", words.first().map_or("", String::as_str)),
        };
        !self.told.insert(told)
    }

    /// The party a name means.
    pub(super) fn party(&mut self, name: &Name) -> Option<PartyId> {
        match self.meaning(&name.key) {
            Some(Meaning::Party(party)) => Some(party),
            _ => {
                self.wrong_kind(name, "a party");
                None
            }
        }
    }

    /// The panel a name means.
    pub(super) fn panel(&mut self, name: &Name) -> Option<PanelId> {
        match self.meaning(&name.key) {
            Some(Meaning::Panel(panel)) => {
                self.used.push(name.key.clone());
                Some(panel)
            }
            _ => {
                self.wrong_kind(name, "a panel");
                None
            }
        }
    }

    /// Checks that a name is whom the policy is about.
    pub(super) fn subject(&mut self, name: &Name, span: Span) -> Option<()> {
        // Where the line `about` is missing or broken, that has been reported.
        if name.key == self.policy.subject || self.policy.subject.is_empty() {
            return Some(());
        }
        let span = self.place(span);
        let subject = self.policy.subject.clone();
        self.report(NameMistake::NotTheSubject { name: name.key.clone(), span, subject });
        None
    }
}
