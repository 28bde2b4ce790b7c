//! Shares that a panel decides: the facts by which a case carries them.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::vec::Vec;

use apportion_core::program::{ClauseId, FactId, PanelId, PartyId};

use super::Checker;
use super::dependencies::Site;
use super::meaning::Meaning;
use super::mistake::{DeclarationMistake, ExampleMistake, ListMistake, ShareMistake};
use crate::checked::{
    Body, Constant, Expression, ExpressionKind, Fact, ListId, PanelShare, Share, ShareRow, Stated,
    Type,
};
use crate::number::Number;
use crate::source::Span;
use crate::syntax::{self, Hit, Item, Name};
use crate::unit::Unit;

impl Checker<'_> {
    /// The panel that alone can supply a fact, where one can.
    pub(super) fn decided_by(
        &mut self,
        fact: &syntax::Fact,
        list: Option<ListId>,
    ) -> Option<PanelId> {
        let panel = fact.decided_by.as_ref()?;
        let span = self.place(panel.span);
        let id = self.panel(panel)?;
        if list.is_some() {
            self.report(ListMistake::DecidedByOfItems { span });
            return None;
        }
        if fact.kind == syntax::FactType::Text {
            self.report(DeclarationMistake::DecidedByOfText { span });
            return None;
        }
        Some(id)
    }

    /// Declares a share of each party for each panel to which some clause leaves the shares.
    pub(super) fn declare_panel_shares(&mut self) {
        let blocks = &self.syntax.blocks;
        let clauses = blocks.iter().filter_map(|block| match &block.item {
            Item::Clause(clause) => Some(clause),
            _ => None,
        });
        let panels = clauses.flat_map(|clause| &clause.sentences).filter_map(|sentence| {
            let syntax::Body::AsDecided { panel } = &sentence.body else { return None };
            match self.meaning(&panel.key) {
                Some(Meaning::Panel(panel)) => Some(panel),
                _ => None,
            }
        });
        let panels: BTreeSet<PanelId> = panels.collect();
        for panel in panels {
            self.panel_shares.insert(panel, super::id(self.policy.facts.len()));
            for party in (0..self.policy.parties.len()).map(|party| PartyId(super::id(party))) {
                let share = self.panel_share(PanelShare { panel, party });
                self.policy.facts.extend(share);
            }
        }
    }

    fn panel_share(&self, share: PanelShare) -> Option<Fact> {
        let panel = self.policy.panels.get(share.panel.index())?;
        let party = self.policy.parties.get(share.party.index())?;
        let unit = Unit::percent();
        Some(Fact {
            name: format!("{}, as {} decides", party.name, panel.name),
            outside: format!("{}_{}", panel.outside, party.outside),
            kind: Type::Number(Number {
                unit,
                denominator: PanelShare::WHOLE,
                least: 0,
                greatest: PanelShare::WHOLE,
            }),
            is_text: false,
            never: Vec::new(),
            step: 1,
            default: Some(Constant::Number(0)),
            ask: Some(format!("What is the share of {}, as {} decides?", party.name, panel.name)),
            family: None,
            list: None,
            only_when: None,
            decided_by: Some(share.panel),
            panel_share: Some(share),
            span: panel.span,
        })
    }

    /// No other name is outside the file what a share that a panel decides is there.
    pub(super) fn check_panel_shares(&mut self) {
        if self.panel_shares.is_empty() {
            return;
        }
        let policy = &self.policy;
        let own = policy.facts.iter().filter(|it| it.panel_share.is_none() && it.list.is_none());
        let facts = own.map(|fact| (fact.outside.clone(), fact.span));
        let lists = policy.lists.iter().map(|list| (list.outside.clone(), list.span));
        let values = policy.values.iter().map(|value| (value.outside.clone(), value.span));
        let conclusions = policy.conclusions.iter().map(|it| (it.outside.clone(), it.span));
        let mut taken: BTreeMap<_, _> =
            facts.chain(lists).chain(values).chain(conclusions).collect();
        let mut colliding = Vec::new();
        for share in policy.facts.iter().filter(|fact| fact.panel_share.is_some()) {
            let (outside, name) = (share.outside.clone(), share.name.clone());
            if let Some(span) = taken.insert(outside.clone(), share.span) {
                colliding.push((outside, name, span));
            }
        }
        for (outside, share, span) in colliding {
            self.report(DeclarationMistake::NameOfPanelShare { outside, share, span });
        }
    }

    /// The share of a party as a panel decides it, where some clause leaves it to the panel.
    pub(super) fn share_fact(&self, panel: PanelId, party: PartyId) -> Option<FactId> {
        let first = self.panel_shares.get(&panel)?;
        Some(FactId(first + party.0))
    }

    /// What a panel decides here stands for all that it decided in the example started from.
    pub(super) fn forget_panels(&self, named: &[FactId], given: &mut Vec<(FactId, Stated)>) {
        let panel = |fact: &FactId| {
            let share = self.policy.facts.get(fact.index())?.panel_share;
            share.map(|share| share.panel)
        };
        let decided: Vec<PanelId> = named.iter().filter_map(panel).collect();
        given.retain(|(fact, _)| panel(fact).is_none_or(|panel| !decided.contains(&panel)));
    }

    /// `the joint panel decides the ICB 60%`: the fact that this states.
    pub(super) fn decided_share(&mut self, panel: &Name, party: &Name) -> Option<FactId> {
        let (id, party) = (self.panel(panel)?, self.party(party)?);
        let fact = self.share_fact(id, party);
        // Several shares that it decides are one mistake.
        if fact.is_none() && !self.has_broken_clause() && self.told.insert(panel.key.clone()) {
            let (span, panel) = (self.place(panel.span), self.as_written(panel));
            self.report(ExampleMistake::PanelDecidesNoShares { span, panel });
        }
        fact
    }

    /// Whether some of the clauses with the shares of a split leave them to a panel, though it
    /// is an item that is split; if so, that is reported.
    pub(super) fn is_for_a_panel(&mut self, clauses: &[ClauseId], shares: Span) -> bool {
        let Some(list) = self.item_of else { return false };
        let is_panels = |site: &Site<'_>| matches!(site.body, syntax::Body::AsDecided { .. });
        let mut sites = clauses.iter().flat_map(|clause| self.sites_of(*clause));
        let is_for_a_panel = sites.any(is_panels);
        drop(sites);
        if is_for_a_panel {
            self.report_panel_of_items(list, self.place(shares));
        }
        is_for_a_panel
    }

    fn report_panel_of_items(&mut self, list: ListId, span: Span) {
        let list = self.list(list).map(|list| (list.singular.clone(), list.plural.clone()));
        let (singular, plural) = list.unwrap_or_default();
        self.report(ListMistake::PanelDecidesNoItems { singular, plural, span });
    }

    /// `as the joint panel decides`
    pub(super) fn as_decided(&mut self, name: &Name) -> Option<Body> {
        let panel = self.panel(name)?;
        let span = self.place(name.span);
        if self.policy.parties.is_empty() || self.tool_at(span).is_some() {
            self.report(ShareMistake::PanelWithoutParties { span });
            return None;
        }
        if let Some(list) = self.item_of {
            self.report_panel_of_items(list, span);
            return None;
        }
        let parties = (0..self.policy.parties.len()).map(|party| PartyId(super::id(party)));
        let share = |party| {
            let fact = self.share_fact(panel, party)?;
            let of = self.policy.facts.get(fact.index())?.kind.clone();
            Some(Share::Of(Expression { kind: ExpressionKind::Fact(fact), of, span }))
        };
        let shares = parties.map(share).collect::<Option<Vec<Share>>>()?;
        let row = ShareRow {
            when: Vec::new(),
            is_otherwise: false,
            shares,
            panel: Some(panel),
            citations: Vec::new(),
            span,
        };
        Some(Body::Shares(Vec::from([row]), Hit::ExactlyOne))
    }
}
