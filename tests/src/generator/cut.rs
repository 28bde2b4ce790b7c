//! A policy cut into a tool and what is agreed beside it, which together say what it said.

use super::model::{ClauseKey, Family, Group, Model, Section};

/// The tool that a cut policy uses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UsedTool {
    /// The name of its file.
    pub file: String,
    /// What its clauses are cited by.
    pub alias: String,
    /// Its sections, which keep their numbers.
    pub sections: Vec<Section>,
}

/// A tool, and the policy that uses it.
#[derive(Clone, Debug)]
pub struct Cut {
    /// The tool: the facts, and the first sections.
    pub tool: Model,
    /// The policy: the parties, and the other sections.
    pub policy: Model,
}

impl Cut {
    /// Leaves to a tool the first sections of a policy, and all facts and lists but those of the last
    /// families and their groups. Whether that much can stand by itself is for whoever reads it.
    #[must_use]
    pub fn new(whole: &Model, sections: usize, own_families: usize) -> Cut {
        // Lists are declared after families, and go to the tool: a family of the policy's own
        // would change places with them.
        let own_families = if whole.lists.is_empty() { own_families } else { 0 };
        let (mut tool, mut policy) = (whole.clone(), whole.clone());
        let kept = whole.families.len().saturating_sub(own_families);
        policy.sections = tool.sections.split_off(sections.min(tool.sections.len()));
        policy.families = tool.families.split_off(kept);
        let is_own = |group: &Group| policy.families.iter().any(|family| is_of(group, family));
        (policy.groups, tool.groups) = tool.groups.into_iter().partition(is_own);
        policy.facts.clear();
        policy.lists.clear();
        policy.ladders.clear();
        policy.sources.clear();
        policy.dated_by = None;
        tool.title = "Tool".into();
        tool.parties.clear();
        // What a panel decides needs the panel in the same text.
        match whole.facts.iter().any(|fact| fact.decided_by.is_some()) {
            true => policy.panels.clear(),
            false => tool.panels.clear(),
        }
        tool.examples.clear();
        tool.is_open = true;
        policy.uses = Some(UsedTool {
            file: "tool.policy".into(),
            alias: "T1".into(),
            sections: tool.sections.clone(),
        });
        Cut { tool, policy }
    }
}

impl UsedTool {
    /// The number of one of its clauses, as it is cited.
    pub(super) fn number_of(&self, key: ClauseKey) -> Option<String> {
        let mut clauses = self.sections.iter().flat_map(|section| &section.clauses);
        let clause = clauses.find(|clause| clause.key == key)?;
        Some(format!("{} {}", self.alias, clause.number))
    }
}

fn is_of(group: &Group, family: &Family) -> bool {
    group.members.iter().all(|name| family.members.iter().any(|member| member.0 == *name))
}
