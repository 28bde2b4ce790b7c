//! Names of parties that change on a day: a role keeps its name in clauses, and is printed by
//! another.

use alloc::string::String;
use alloc::vec::Vec;

use super::Checker;
use super::mistake::DatedNameMistake;
use crate::days::Days;
use crate::syntax::{self, Item};

impl Checker<'_> {
    /// Gives the parties the names that are printed for them, day by day.
    pub(super) fn name_parties(&mut self) {
        let blocks = &self.syntax.blocks;
        let declared = blocks.iter().filter_map(|block| match &block.item {
            Item::Parties(parties) => Some((block.span.start, parties)),
            _ => None,
        });
        for (start, parties) in declared {
            self.block_start = start;
            for party in parties.iter().filter(|party| !party.dated.is_empty()) {
                let span = self.place(party.name.span);
                let dated = self.names_by_day(party);
                let mut known = self.policy.parties.iter_mut();
                let known = known.find(|known| known.span == span);
                if let (Some(known), Some(dated)) = (known, dated) {
                    known.text = dated.last().map(|(_, text)| text.clone()).unwrap_or_default();
                    known.dated = dated;
                }
            }
        }
    }

    /// The names of a party with their days; none, which is reported, where they do not follow
    /// each other or leave a day without one.
    fn names_by_day(&mut self, party: &syntax::Declared) -> Option<Vec<(Days, String)>> {
        let first = party.dated.first()?;
        let in_force = self.place(first.in_force.span);
        if !self.is_dated(in_force) {
            return None;
        }
        let mut dated: Vec<(Days, String)> = Vec::new();
        for named in &party.dated {
            let span = self.place(named.in_force.span);
            let day = |day: &Option<syntax::Spanned<_>>| day.as_ref().map(|day| day.value);
            let days = Days::new(day(&named.in_force.from), day(&named.in_force.until));
            if days.first > days.last {
                self.report(DatedNameMistake::EndsBeforeItBegins { span });
                return None;
            }
            if dated.last().is_some_and(|(above, _)| days.first <= above.last) {
                self.report(DatedNameMistake::Overlap { span });
                return None;
            }
            dated.push((days, named.text.value.clone()));
        }
        let version = &self.policy.version;
        let needed = Days::new(Some(version.from), version.until);
        if let Some(days) = needed.without(dated.iter().map(|(days, _)| *days)) {
            let name = party.name.key.clone();
            self.report(DatedNameMistake::NotOnEveryDay { name, days, span: in_force });
            return None;
        }
        Some(dated)
    }
}
