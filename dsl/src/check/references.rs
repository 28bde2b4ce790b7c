//! What clauses refer to: sources, panels, other clauses and sections.

use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::program::ClauseId;

use super::Checker;
use super::meaning::Meaning;
use super::mistake::{ClauseMistake, LimitMistake, MOST_AT_ONCE};
use crate::names::nearest_of;
use crate::naming;
use crate::syntax::{Citation, Reference};

impl Checker<'_> {
    /// The citations as written, once their sources are known to be declared.
    pub(super) fn citations(&mut self, citations: &[Citation]) -> Vec<String> {
        let mut texts = Vec::with_capacity(citations.len());
        for citation in citations {
            match self.meaning(&citation.source.key) {
                Some(Meaning::Source) => {
                    self.used.push(citation.source.key.clone());
                    texts.push(citation.text.value.clone());
                }
                _ => {
                    let key = &citation.source.key;
                    if self.names.is_lost(key) || !self.told.insert(key.clone()) {
                        continue;
                    }
                    let span = self.place(citation.text.span);
                    let declared = || self.policy.sources.iter().map(|source| &source.name);
                    let keys: Vec<String> = declared().map(|name| naming::key(name)).collect();
                    let near = nearest_of(keys.iter().map(String::as_str), key);
                    let near = declared().find(|name| Some(naming::key(name).as_str()) == near);
                    let (near, sources) = (near.cloned(), declared().cloned().collect());
                    self.report(ClauseMistake::NoSuchSource { span, near, sources });
                }
            }
        }
        texts
    }

    /// The clauses a reference means; reported where there are none.
    pub(super) fn clauses_of(&mut self, reference: &Reference) -> Option<Vec<ClauseId>> {
        let found = self.referenced(self.block_start, reference);
        let span = self.place(reference.span);
        if found.len() > MOST_AT_ONCE {
            let number = self.number_of(reference);
            self.report(LimitMistake::ClausesNamed { number, span });
            return None;
        }
        if !found.is_empty() {
            return Some(found);
        }
        let (number, is_section) = (self.number_of(reference), reference.is_section);
        let there_are = self.numbers_near(&number, is_section);
        self.report(ClauseMistake::NoSuchClause { number, is_section, span, there_are });
        None
    }

    /// The numbers there are: of all sections, or of the clauses of the section meant.
    fn numbers_near(&self, number: &str, is_section: bool) -> Vec<String> {
        let tool = |number: &str| number.rsplit_once(' ').map(|(tool, _)| String::from(tool));
        let sections = self.policy.sections.iter().map(|section| &section.number);
        let sections = || sections.clone().filter(|there| tool(there) == tool(number));
        let section = number.split('.').next().unwrap_or_default();
        if is_section || !sections().any(|there| there == section) {
            return sections().map(|there| String::from("section ") + there).collect();
        }
        let clauses = self.policy.clauses.iter().map(|clause| &clause.number);
        clauses.filter(|there| there.split('.').next() == Some(section)).cloned().collect()
    }
}
