//! Wordings of clauses: the days of each, and that nothing is used on a day that has none.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use apportion_core::program::{ClauseId, ValueId};

use super::Checker;
use super::dependencies::{Site, given_names, gives_shares};
use super::meaning::Meaning;
use super::mistake::WordingMistake;
use crate::checked::{Comparison, Condition, Constant, Expression, ExpressionKind, Quantity, Type};
use crate::days::{Days, Seam};
use crate::syntax::{self, Body, InForce};

impl Checker<'_> {
    /// The days of a wording; reported where there are none, or where they do not begin on the
    /// day after the wording above ends.
    pub(super) fn days_of_wording(
        &mut self,
        clause: &syntax::Clause,
        above: Option<ClauseId>,
    ) -> Days {
        let Some(InForce { from, until, span }) = &clause.in_force else { return Days::ALL };
        let span = self.place(*span);
        if !self.is_dated(span) {
            return Days::ALL;
        }
        let day = |day: &Option<syntax::Spanned<_>>| day.as_ref().map(|day| day.value);
        let days = Days::new(day(from), day(until));
        if days.first > days.last {
            self.report(WordingMistake::EndsBeforeItBegins { span });
            return Days::ALL;
        }
        let above = above.and_then(|above| self.policy.clauses.get(above.index()));
        // A wording that could not be read has all days, and has been reported.
        let Some(above) = above.map(|above| above.days).filter(|days| *days != Days::ALL) else {
            return days;
        };
        let number = self.own_number(&clause.number.value);
        match above.seam(days) {
            _ if days.first <= above.first => self.report(WordingMistake::NotRising { span }),
            Seam::Closed => {}
            Seam::Gap(days) => self.report(WordingMistake::Gap { number, days, span }),
            Seam::Overlap(days) => self.report(WordingMistake::Overlap { number, days, span }),
        }
        days
    }

    /// The condition that the clause at hand is in force.
    pub(super) fn wording_in_force(&self, clause: ClauseId) -> Condition {
        let days = self.days_of(clause);
        let Some(fact) = self.policy.dated_by.filter(|_| days != Days::ALL) else {
            return Condition::Always;
        };
        let span = self.policy.clauses.get(clause.index()).map(|it| it.span).unwrap_or_default();
        let of = self.policy.facts.get(fact.index()).map(|fact| fact.kind.clone());
        let date =
            Expression { kind: ExpressionKind::Fact(fact), of: of.unwrap_or(Type::Broken), span };
        let ends = [(Comparison::AtLeast, days.first), (Comparison::AtMost, days.last)];
        let said =
            ends.into_iter().filter(|(_, day)| ![Days::ALL.first, Days::ALL.last].contains(day));
        let tests = said.map(|(comparison, day)| {
            let kind = ExpressionKind::Constant(Constant::Date(day));
            let day = Expression { kind, of: Type::Date { first: day, last: day }, span };
            Condition::Compare(date.clone(), comparison, day)
        });
        Condition::Of(Quantity::All, tests.collect())
    }

    fn days_of(&self, clause: ClauseId) -> Days {
        self.policy.clauses.get(clause.index()).map_or(Days::ALL, |clause| clause.days)
    }

    /// That what a clause uses is there on all days on which it is in force, and that the
    /// policy says on every day whom it covers.
    pub(super) fn check_days(&mut self) {
        if self.policy.clauses.iter().all(|clause| clause.days == Days::ALL) {
            return;
        }
        let (sites, reads) = (self.sites.clone(), self.reads());
        let mut given: BTreeMap<ValueId, Vec<Days>> = BTreeMap::new();
        for site in &sites {
            given_names(site.body, &mut |name| {
                if let Some(Meaning::Value(value)) = self.meaning(name) {
                    given.entry(value).or_default().push(self.days_of(site.clause));
                }
            });
        }
        let in_force = Days::new(Some(self.policy.version.from), self.policy.version.until);
        let mut told = BTreeSet::new();
        for site in sites.iter().filter(|site| !matches!(site.body, Body::Promise(_))) {
            let Some(needed) = self.days_of(site.clause).and(in_force) else { continue };
            let mut lacking = BTreeMap::new();
            reads.of(site, &mut |name| {
                if let Some(Meaning::Value(value)) = self.meaning(name) {
                    let days = given.get(&value).into_iter().flatten().copied();
                    lacking.extend(needed.without(days).map(|days| (value, days)));
                }
            });
            self.block_start = site.block_start;
            self.clause = Some(site.clause);
            let span = self.place(site.sentence.span);
            for (value, days) in lacking {
                let name = self.policy.values.get(value.index()).map(|value| value.name.clone());
                if let Some(name) = name.filter(|_| told.insert(value)) {
                    self.report(WordingMistake::NoValue { name, days, span });
                }
            }
            self.check_days_of_shares(site, needed);
        }
        self.check_days_of_cover(&sites, in_force);
        self.clause = None;
    }

    /// That a split has shares on all days on which it is in force.
    fn check_days_of_shares(&mut self, site: &Site<'_>, needed: Days) {
        let Body::Split { shares, .. } = site.body else { return };
        let clauses = self.referenced(site.block_start, shares).into_iter();
        let clauses = clauses.filter(|clause| self.sites_of(*clause).any(gives_shares));
        let days: Vec<Days> = clauses.map(|clause| self.days_of(clause)).collect();
        if let Some(days) = needed.without(days) {
            let section = if shares.is_section { "section " } else { "" };
            let number = alloc::format!("{section}{}", self.number_from(site.block_start, shares));
            let span = self.place(shares.span);
            self.report(WordingMistake::NoShares { number, days, span });
        }
    }

    fn check_days_of_cover(&mut self, sites: &[Site<'_>], in_force: Days) {
        let mut covers = sites.iter().filter(|site| matches!(site.body, Body::Cover { .. }));
        let days: Vec<Days> = covers.clone().map(|site| self.days_of(site.clause)).collect();
        let Some(last) = covers.next_back() else { return };
        if let Some(days) = in_force.without(days) {
            self.clause = Some(last.clause);
            let span = last.sentence.span.after(last.block_start);
            self.report(WordingMistake::NoCover { days, span });
        }
    }
}
