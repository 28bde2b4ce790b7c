//! The header: everything before the first section.

use super::{Page, a};
use crate::generator::cut::UsedTool;
use crate::generator::model::{Condition, Declared, Fact, FactType, Family, Group, Literal};
use crate::generator::reached::Construct;

impl Page<'_> {
    pub(super) fn header(&mut self) {
        let model = self.model;
        self.line(&format!("policy    {}", model.title));
        if model.style.has_number_words {
            self.reach(Construct::Language);
            self.line("language  1");
        }
        self.line(&format!("about     a {}", model.subject));
        let is_dated = model.parties.iter().any(|party| party.text.contains(" until "));
        self.reach_where(is_dated, Construct::DatedParty);
        self.declared("between", &model.parties);
        self.reach_where(!model.panels.is_empty(), Construct::Panels);
        self.declared("panels", &model.panels);
        self.reach_where(model.version.contains("until"), Construct::Until);
        self.reach_where(model.version.contains("review by"), Construct::ReviewBy);
        self.line(&format!("version   {}", model.version));
        if let Some(fact) = &model.dated_by {
            self.reach(Construct::DatedBy);
            self.line(&format!("dated by  {fact}"));
        }
        self.reach_where(!model.sources.is_empty(), Construct::Sources);
        self.declared("sources", &model.sources);
        if let Some(UsedTool { file, alias, .. }) = &model.uses {
            self.reach(Construct::Uses);
            self.line(&format!("uses      tool from \"{file}\" as {alias}"));
        }
        self.reach_where(model.ladders.len() > 1, Construct::SecondLadder);
        for ladder in &model.ladders {
            self.reach(Construct::Levels);
            self.line(&format!("\nlevels of {}\n  {}", ladder.of, ladder.levels.join(" < ")));
        }
        if !model.facts.is_empty() {
            self.line("\nfacts");
        }
        model.facts.iter().for_each(|fact| self.fact(fact));
        model.families.iter().for_each(|family| self.family(family));
        model.lists.iter().for_each(|list| self.list_of_items(list));
        model.groups.iter().for_each(|group| self.group(group));
        self.names();
    }

    /// Counts what is special about the names.
    fn names(&mut self) {
        let model = self.model;
        let facts = model.facts.iter().map(|fact| &fact.name);
        let members = model.families.iter().flat_map(|family| &family.members);
        let names: Vec<&String> = facts.chain(members.map(|member| &member.0)).collect();
        let words = model.facts.iter().flat_map(|fact| match &fact.kind {
            FactType::OneOf(words) => words.as_slice(),
            _ => &[],
        });
        let words: Vec<&String> = words.collect();
        let party = |word: &String| model.parties.iter().any(|party| party.name == *word);
        self.reach_where(words.iter().any(|word| party(word)), Construct::WordLikeName);
        for name in &names {
            let begins = |word: &&String| name.starts_with(&format!("{word} "));
            self.reach_where(words.iter().any(begins), Construct::WordInName);
            self.reach_where(!name.is_ascii(), Construct::AccentedName);
            self.reach_where(name.contains('\''), Construct::ApostropheName);
            self.reach_where(name.contains('-'), Construct::HyphenName);
            let has_digit = name.contains(|letter: char| letter.is_ascii_digit());
            self.reach_where(has_digit, Construct::DigitName);
            self.reach_where(name.split(' ').count() == 8, Construct::EightWordName);
            let longer = names.iter().any(|other| other.starts_with(&format!("{name} ")));
            self.reach_where(longer, Construct::NameInName);
        }
    }

    fn declared(&mut self, heading: &str, list: &[Declared]) {
        if list.is_empty() {
            return;
        }
        self.line(heading);
        for declared in list {
            let entry = self.entry(&declared.name, &declared.text);
            self.line(&entry);
        }
    }

    pub(super) fn fact(&mut self, fact: &Fact) {
        let mut rest = self.fact_type(&fact.kind);
        if let Some(default) = &fact.default {
            self.reach(Construct::DefaultFact);
            rest += &format!(", {default} unless stated");
        }
        if let Some(only_when) = &fact.only_when {
            self.reach(Construct::OnlyWhen);
            let is_chain = matches!(only_when, Condition::Joined(..));
            self.reach_where(is_chain, Construct::OnlyWhenOther);
            rest += &format!(", only when {}", self.condition(only_when, 0));
        }
        if let Some(panel) = &fact.decided_by {
            self.reach(Construct::DecidedBy);
            rest += &format!(", decided by {panel}");
        }
        if let Some(ask) = &fact.ask {
            self.reach(Construct::Ask);
            rest += &format!(", ask \"{ask}\"");
        }
        let entry = self.entry(&fact.name, &rest);
        self.line(&entry);
    }

    fn family(&mut self, family: &Family) {
        self.reach(Construct::Family);
        let singular = match &family.singular {
            Some(singular) => {
                self.reach(Construct::FamilySingular);
                format!(" ({singular})")
            }
            None => String::new(),
        };
        let kind = self.fact_type(&family.kind);
        let has_tops = family.members.iter().any(|member| member.1.is_some());
        self.reach_where(has_tops, Construct::FamilyTops);
        let tops = if has_tops { ", up to" } else { "" };
        let default = family.default.as_ref();
        self.reach_where(default.is_some(), Construct::FamilyDefault);
        let default = default.map(|it| format!(", {it} unless stated")).unwrap_or_default();
        self.line(&format!("\n{}{singular}, each {kind}{tops}{default}", family.plural));
        for (name, top) in &family.members {
            let entry = match top {
                Some(top) => {
                    self.reach_where(top.contains(", never"), Construct::NeverLevel);
                    self.entry(name, top)
                }
                None => format!("  {name}"),
            };
            self.line(&entry);
        }
    }

    fn group(&mut self, group: &Group) {
        self.reach(Construct::Group);
        let singular = group.singular.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
        let members = group.members.join(", ");
        let entry = self.entry(&format!("{}{singular}", group.plural), &members);
        self.line(&format!("group {}", entry.trim_start()));
    }

    fn fact_type(&mut self, kind: &FactType) -> String {
        match kind {
            FactType::YesNo => {
                self.reach(Construct::YesNoFact);
                "yes or no".into()
            }
            FactType::Date(None, _) => {
                self.reach(Construct::DateFact);
                "a date".into()
            }
            FactType::Date(Some(from), None) => {
                self.reach(Construct::DateFrom);
                format!("a date, from {}", self.date(*from))
            }
            FactType::Date(Some(from), Some(to)) => {
                self.reach(Construct::DateBetween);
                format!("a date, from {} to {}", self.date(*from), self.date(*to))
            }
            FactType::OneOf(words) => {
                self.reach(Construct::OneOfFact);
                format!("one of {}", words.join(", "))
            }
            FactType::Level(of, None) => {
                self.reach(Construct::LevelFact);
                format!("a level of {of}")
            }
            FactType::Level(of, Some(top)) => {
                self.reach(Construct::LevelUpTo);
                format!("a level of {of}, up to {top}")
            }
            FactType::Number { unit, step, bounds } => {
                self.number_type(unit, step.as_ref(), bounds)
            }
            FactType::Money(per, bounds) => {
                self.reach(if per.is_some() { Construct::MoneyPer } else { Construct::MoneyFact });
                self.reach_where(bounds.is_some(), Construct::MoneyBounds);
                let per = per.as_deref().map(a).map(|per| format!(" {per}")).unwrap_or_default();
                format!("money{per}{}", self.bounds(bounds.as_ref()))
            }
            FactType::Percent(step, bounds) => {
                self.reach(Construct::PercentFact);
                self.reach_where(step.is_some(), Construct::PercentStep);
                self.reach_where(bounds.is_some(), Construct::PercentBounds);
                let step = step.as_ref().map(|step| self.literal(step));
                let step = step.map(|step| format!(", in steps of {step}")).unwrap_or_default();
                format!("percent{step}{}", self.bounds(bounds.as_ref()))
            }
            FactType::Text => {
                self.reach(Construct::TextFact);
                "text".into()
            }
        }
    }

    fn number_type(
        &mut self,
        unit: &str,
        step: Option<&String>,
        bounds: &(Literal, Literal),
    ) -> String {
        let is_negative = matches!(bounds.0, Literal::Number(least, _) if least < 0);
        self.reach_where(is_negative, Construct::NegativeBound);
        self.reach(match unit {
            "whole number" => Construct::WholeNumber,
            "number" => Construct::NumberInParts,
            unit if unit.contains(" a ") => Construct::Counted,
            _ => Construct::CountedThings,
        });
        let is_stepped = step.is_some_and(|step| step.contains("steps"));
        self.reach_where(is_stepped, Construct::NumberInSteps);
        let step = step.map(|step| format!(", {step}")).unwrap_or_default();
        format!("{unit}{step}{}", self.bounds(Some(bounds)))
    }

    fn bounds(&mut self, bounds: Option<&(Literal, Literal)>) -> String {
        let Some((least, greatest)) = bounds else { return String::new() };
        format!(", {} to {}", self.literal(least), self.literal(greatest))
    }
}
