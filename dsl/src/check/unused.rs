//! What is declared and named by no clause: sources, panels, levels, facts, groups and rates.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::program::{FactId, ValueId};

use super::Checker;
use super::meaning::Meaning;
use super::mistake::ClauseMistake;
use crate::checked::{Condition, ExpressionKind, Fact, FamilyId, Type, WordListId};
use crate::diagnostic::{Diagnostic, Findings};
use crate::naming;
use crate::source::Span;
use crate::syntax::Item;
use crate::walk::{self, Part};

/// What clauses and the conditions of facts use.
#[derive(Default)]
struct Used {
    facts: BTreeSet<FactId>,
    families: BTreeSet<FamilyId>,
    values: BTreeSet<ValueId>,
}

/// Something declared that is never named: what, its name and where.
type Unused = (&'static str, String, Span);

impl Checker<'_> {
    /// What is declared and named by no clause. A text is for people, and needs no clause.
    pub(super) fn unused(&self) -> Vec<Diagnostic> {
        let used = self.all_used();
        let mut unused = self.unused_in_header();
        unused.extend(self.unused_facts(&used));
        unused.extend(self.unused_groups(&used));
        let values = self.policy.values.iter().zip((0..).map(ValueId));
        let rates = values.filter(|(value, id)| value.is_rate && !used.values.contains(id));
        unused.extend(rates.map(|(value, _)| ("rate", value.name.clone(), value.span)));
        let mut findings = Findings::default();
        let told = unused.into_iter();
        findings.extend(
            told.map(|(what, name, span)| ClauseMistake::NeverNamed { what, name, span }.into()),
        );
        Findings::joined([findings])
    }

    /// Everything that is used: by what sentences say, and as the names in them.
    fn all_used(&self) -> Used {
        let mut used = Used::default();
        walk::policy(&self.policy, &mut |part| used.note(part));
        let tables = self.policy.provisions.iter().filter_map(|it| it.body.family());
        used.families.extend(tables);
        used.facts.extend(self.policy.dated_by);
        // A column in which any value will do, and a family whose members are only counted, are
        // named all the same.
        let reads = self.reads();
        for site in &self.sites {
            reads.of(site, &mut |name| match self.meaning(name) {
                Some(Meaning::Fact(fact)) => used.facts.extend([fact]),
                Some(Meaning::Family(family)) => used.families.extend([family]),
                Some(Meaning::Value(value)) => used.values.extend([value]),
                _ => {}
            });
        }
        for family in &used.families {
            let family = self.policy.families.get(family.0 as usize);
            used.facts.extend(family.into_iter().flat_map(|family| &family.members));
        }
        used
    }

    /// Sources, panels and ladders of levels.
    fn unused_in_header(&self) -> Vec<Unused> {
        let is_used = |name: &str| self.used.iter().any(|used| *used == naming::key(name));
        let sources = self.policy.sources.iter().map(|source| ("source", source));
        let panels = self.policy.panels.iter().map(|panel| ("panel", panel));
        let declared = sources.chain(panels).filter(|(_, it)| !is_used(&it.name));
        let mut unused: Vec<Unused> =
            declared.map(|(what, it)| (what, it.name.clone(), it.span)).collect();
        // A text without parties may be one whose levels others use.
        let blocks = self.syntax.blocks.iter().filter(|_| !self.policy.parties.is_empty());
        for block in blocks {
            let Item::Levels { of, .. } = &block.item else { continue };
            let list = self.ladders.get(&of.key).copied();
            if list.is_some_and(|list| !self.has_words_of(list)) {
                let span = of.span.after(block.span.start);
                unused.push(("levels of", of.key.clone(), span));
            }
        }
        unused
    }

    /// Whether some fact or value is a word of a list.
    fn has_words_of(&self, of: WordListId) -> bool {
        let is_of = |kind: &Type| matches!(kind, Type::Words { list, .. } if *list == of);
        self.policy.facts.iter().any(|fact| is_of(&fact.kind))
            || self.policy.values.iter().any(|value| is_of(&value.kind))
    }

    /// Facts; of a family of which none is used, the family.
    fn unused_facts(&self, used: &Used) -> Vec<Unused> {
        let mut unused: Vec<Unused> = Vec::new();
        let facts = || self.policy.facts.iter().zip((0..).map(FactId));
        let is_told = |(fact, id): &(&Fact, FactId)| {
            !fact.is_text && fact.panel_share.is_none() && !used.facts.contains(id)
        };
        for (fact, _) in facts().filter(is_told) {
            let family = fact.family.and_then(|id| self.policy.families.get(id.0 as usize));
            match family {
                Some(family) if !family.members.iter().any(|it| used.facts.contains(it)) => {
                    if !unused.iter().any(|(_, name, _)| *name == family.plural) {
                        unused.push(("family", family.plural.clone(), fact.span));
                    }
                }
                _ => unused.push(("fact", fact.name.clone(), fact.span)),
            }
        }
        unused
    }

    fn unused_groups(&self, used: &Used) -> Vec<Unused> {
        let mut unused = Vec::new();
        for block in &self.syntax.blocks {
            let Item::Group(group) = &block.item else { continue };
            let Some(Meaning::Family(family)) = self.meaning(&group.plural.key) else { continue };
            if !used.families.contains(&family) {
                let span = group.plural.span.after(block.span.start);
                unused.push(("group", group.plural.key.clone(), span));
            }
        }
        unused
    }
}

impl Used {
    fn note(&mut self, part: Part<'_>) {
        let expression = match part {
            Part::Expression(expression) => expression,
            Part::Condition(Condition::Members { family, .. }) => {
                self.families.insert(*family);
                return;
            }
            Part::Condition(_) => return,
        };
        match &expression.kind {
            ExpressionKind::Fact(fact) => self.facts.extend([*fact]),
            ExpressionKind::Age { birth, on } => self.facts.extend([*birth, *on]),
            ExpressionKind::Sum { family, .. }
            | ExpressionKind::Highest { family, .. }
            | ExpressionKind::Lowest { family, .. } => {
                self.families.insert(*family);
            }
            _ => {}
        }
    }
}
