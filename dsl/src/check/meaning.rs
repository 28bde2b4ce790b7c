//! What a name means.

use alloc::string::String;

use apportion_core::program::{ConclusionId, FactId, PanelId, PartyId, ValueId};

use super::Checker;
use super::mistake::NameMistake;
use crate::checked::FamilyId;
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

    /// Gives a name its meaning, unless it has one already.
    pub(super) fn give_meaning(&mut self, name: &Name, meaning: Meaning) {
        match self.meaning(&name.key) {
            None => {
                self.meanings.insert(name.key.clone(), meaning);
            }
            Some(Meaning::Broken) => {}
            Some(earlier) => {
                let span = self.place(name.span);
                self.report(NameMistake::NameMeansTwoThings {
                    name: name.key.clone(),
                    span,
                    first: earlier.noun(),
                    second: meaning.noun(),
                });
            }
        }
    }

    /// Reports a name that does not mean what is needed here.
    pub(super) fn wrong_kind(&mut self, name: &Name, needed: &'static str) {
        let span = self.place(name.span);
        match self.meaning(&name.key) {
            Some(Meaning::Broken) => {}
            // Declared by a line that could not be read: that has been reported.
            None if self.names.contains(&name.key) => {}
            Some(meaning) => self.report(NameMistake::WrongKindOfName {
                name: name.key.clone(),
                span,
                found: meaning.noun(),
                needed,
            }),
            None => {
                let near = self.names.nearest(&name.key).map(String::from);
                self.report(NameMistake::NotDeclared {
                    name: name.key.clone(),
                    span,
                    near,
                    needed,
                });
            }
        }
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
        if name.key == self.policy.subject {
            return Some(());
        }
        let span = self.place(span);
        let subject = self.policy.subject.clone();
        self.report(NameMistake::NotTheSubject { name: name.key.clone(), span, subject });
        None
    }
}
