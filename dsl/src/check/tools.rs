//! The tools a policy uses: whose clause is whose, and what may be done to one.

use alloc::format;
use alloc::string::String;

use apportion_core::program::ClauseId;

use super::Checker;
use super::dependencies::{Site, given_names};
use super::meaning::Meaning;
use super::mistake::ToolMistake;
use crate::checked::{Tool, ToolId, Version};
use crate::naming;
use crate::source::Span;
use crate::syntax::{self, Body, Item, Name, Reference, Uses};

impl<'a> Checker<'a> {
    /// The tool in whose text something stands; none where it stands in the policy itself.
    pub(super) fn tool_at(&self, span: Span) -> Option<(ToolId, &'a syntax::Tool)> {
        let tools = (0..).map(ToolId).zip(&self.syntax.tools);
        tools.into_iter().find(|(_, tool)| tool.has(span))
    }

    /// The tool in whose text the block stands that begins here.
    fn tool_of(&self, start: u32) -> Option<(ToolId, &'a syntax::Tool)> {
        self.tool_at(Span { start, end: start })
    }

    /// A number of the text at hand as it is cited.
    pub(super) fn own_number(&self, number: &str) -> String {
        let tool = self.tool_of(self.block_start);
        tool.map_or(String::from(number), |(_, tool)| format!("{} {number}", tool.alias))
    }

    /// The number a reference in the block that begins here means, as it is cited.
    pub(super) fn number_from(&self, start: u32, reference: &Reference) -> String {
        let tool = match &reference.tool {
            Some(alias) => {
                self.syntax.tools.iter().find(|tool| naming::key(&tool.alias) == alias.key)
            }
            None => self.tool_of(start).map(|(_, tool)| tool),
        };
        let number = &reference.number;
        tool.map_or(number.clone(), |tool| format!("{} {number}", tool.alias))
    }

    /// The number a reference in the block at hand means, as it is cited.
    pub(super) fn number_of(&self, reference: &Reference) -> String {
        self.number_from(self.block_start, reference)
    }

    /// The name outside the file of what the text at hand declares.
    pub(super) fn outside(&self, name: &Name) -> String {
        let tool = self.tool_of(self.block_start);
        naming::outside_of(tool.map(|(_, tool)| tool.alias.as_str()), &name.key)
    }

    /// The tools, whose titles and versions their own texts say.
    pub(super) fn declare_tools(&mut self) {
        let tools = self.syntax.tools.iter().map(|tool| Tool {
            title: String::new(),
            alias: tool.alias.clone(),
            file: tool.file.clone(),
            version: Version::default(),
        });
        self.policy.tools = tools.collect();
    }

    /// The tool at hand; none where the text at hand is the policy's own.
    pub(super) fn tool_at_hand(&mut self) -> Option<&mut Tool> {
        let (tool, _) = self.tool_of(self.block_start)?;
        self.policy.tools.get_mut(tool.0 as usize)
    }

    /// `uses children's continuing care 2016 from "FILE" as CC`: the text is the tool meant, and
    /// leaves to the policy who pays.
    pub(super) fn use_tool(&mut self, uses: &Uses) {
        let file = &uses.file.value;
        let blocks = &self.syntax.blocks;
        let Some(tool) = self.syntax.tools.iter().find(|tool| tool.file == *file) else { return };
        let inside = || blocks.iter().filter(|block| tool.has(block.span));
        let titles = inside().find_map(|block| match &block.item {
            Item::Title { title } => Some((title, title.span.after(block.span.start))),
            _ => None,
        });
        if let Some((title, there)) = titles {
            if naming::word_key(&title.value) != naming::word_key(&uses.title.value) {
                let span = self.place(uses.title.span);
                let title = title.value.clone();
                self.report(ToolMistake::AnotherTitle { title, span, there });
            }
        }
        let parties = inside().find_map(|block| match &block.item {
            Item::Parties(parties) => {
                parties.first().map(|it| it.name.span.after(block.span.start))
            }
            _ => None,
        });
        if let Some(parties) = parties {
            let span = self.place(uses.file.span);
            self.report(ToolMistake::HasParties { file: file.clone(), span, parties });
        }
    }

    /// A policy and its tools are about the same.
    pub(super) fn one_subject(&mut self, subject: &Name) {
        let tools = &self.syntax.tools;
        let blocks = self.syntax.blocks.iter().filter(|it| tools.iter().any(|t| t.has(it.span)));
        let other = blocks.into_iter().find_map(|block| match &block.item {
            Item::About { subject: other } if other.key != subject.key => {
                Some(other.span.after(block.span.start))
            }
            _ => None,
        });
        // Told of the policy that uses it, and not of the tool again.
        if let Some(other) = other.filter(|_| self.tool_of(self.block_start).is_none()) {
            let span = self.place(subject.span);
            self.report(ToolMistake::AnotherSubject { span, other });
            // Of both texts one is right, so no clause is told that it is about somebody else.
            self.policy.subject.clear();
        }
    }

    /// A policy and its tools are dated by one fact.
    pub(super) fn one_dated_by(&mut self, fact: &Name) {
        let span = self.place(fact.span);
        match &self.dated_by {
            Some((key, first)) if *key != fact.key => {
                let first = *first;
                self.report(ToolMistake::DatedByTwo { span, first });
            }
            Some(_) => {}
            None => self.dated_by = Some((fact.key.clone(), span)),
        }
    }

    /// A policy is in force while it and all its tools are.
    pub(super) fn bound_version(&mut self) {
        let version = &mut self.policy.version;
        for tool in &self.policy.tools {
            version.from = version.from.max(tool.version.from);
            let ends = [version.until, tool.version.until];
            version.until = ends.into_iter().flatten().min();
        }
        let Some(until) = version.until.filter(|until| *until < version.from) else { return };
        let from = version.from;
        if self.policy.tools.is_empty() {
            return;
        }
        let line = |is_it: &dyn Fn(&syntax::Version) -> bool| {
            let lines = self.syntax.blocks.iter().rev();
            let mut lines = lines.filter(|block| match &block.item {
                Item::Version(version) => is_it(version),
                _ => false,
            });
            lines.next().map(|block| block.span).unwrap_or_default()
        };
        let begins = line(&|version| version.from.value == from);
        let ended = line(&|version| version.until.as_ref().is_some_and(|it| it.value == until));
        self.report(ToolMistake::NeverInForce { begins, from, ended, until });
    }

    /// What a tool says stands, unless it is open to local agreement.
    pub(super) fn keep_tools_as_they_are(&mut self) {
        if self.syntax.tools.is_empty() {
            return;
        }
        for site in self.sites.clone() {
            self.block_start = site.block_start;
            self.clause = Some(site.clause);
            let switched = match site.body {
                Body::Switch { clause } => Some(clause),
                _ => None,
            };
            let found = self.findings.mark();
            for reference in site.sentence.despite.iter().chain(switched) {
                self.keep_from_override(reference);
            }
            if self.findings.mark() == found {
                self.keep_from_addition(&site);
            }
        }
        self.clause = None;
    }

    fn keep_from_override(&mut self, reference: &Reference) {
        let here = self.tool_of(self.block_start).map(|(tool, _)| tool);
        let closed = self.referenced(self.block_start, reference).into_iter().find(|clause| {
            let of = self.policy.clauses.get(clause.index()).and_then(|clause| clause.tool);
            of != here && !self.open.contains(clause)
        });
        if let Some(clause) = closed {
            let (number, span) = (self.clause_number(clause), self.place(reference.span));
            let whole = self.policy.clauses.get(clause.index()).map(|clause| clause.span);
            let closed = whole.unwrap_or_default();
            self.report(ToolMistake::NotOpen { number, span, closed });
        }
    }

    /// Another clause for a conclusion or value of a tool would change what the tool says.
    fn keep_from_addition(&mut self, site: &Site<'_>) {
        let here = self.tool_of(site.block_start).map(|(tool, _)| tool);
        let mut given = alloc::vec::Vec::new();
        given_names(site.body, &mut |name| given.push(String::from(name)));
        for name in given {
            let declared = match self.meaning(&name) {
                Some(Meaning::Conclusion(id)) => {
                    self.policy.conclusions.get(id.index()).map(|it| it.span)
                }
                Some(Meaning::Value(id)) => self.policy.values.get(id.index()).map(|it| it.span),
                _ => None,
            };
            let Some(declared) = declared else { continue };
            let owner = self.tool_at(declared).map(|(tool, _)| tool);
            if owner == here || owner.is_none() || self.is_open(&name, owner) {
                continue;
            }
            let span = site.sentence.span.after(site.block_start);
            let two = here.filter(|here| !self.uses(*here, owner)).zip(owner);
            if let Some((here, owner)) = two {
                let tools = [owner, here].map(|tool| self.alias_of(tool));
                self.report(ToolMistake::SaidByTwoTools { name, tools, span, declared });
                continue;
            }
            self.report(ToolMistake::AddsToTool { name, span, declared });
        }
    }

    /// Whether a tool itself uses another.
    fn uses(&self, tool: ToolId, other: Option<ToolId>) -> bool {
        let text = |id: ToolId| self.syntax.tools.get(id.0 as usize);
        let (Some(tool), Some(other)) = (text(tool), other.and_then(text)) else { return false };
        let mut own = self.syntax.blocks.iter().filter(|block| tool.has(block.span));
        own.any(|block| matches!(&block.item, Item::Uses(it) if it.file.value == other.file))
    }

    fn alias_of(&self, tool: ToolId) -> String {
        self.policy.tools.get(tool.0 as usize).map(|tool| tool.alias.clone()).unwrap_or_default()
    }

    /// Whether a tool leaves a conclusion or value of its own to local agreement.
    fn is_open(&self, name: &str, tool: Option<ToolId>) -> bool {
        let gives = |site: &Site<'_>| {
            let mut found = false;
            given_names(site.body, &mut |given| found |= given == name);
            found
        };
        let of = |clause: ClauseId| self.policy.clauses.get(clause.index()).map(|it| it.tool);
        let mut sites = self.sites.iter().filter(|site| of(site.clause) == Some(tool));
        sites.any(|site| self.open.contains(&site.clause) && gives(site))
    }
}
