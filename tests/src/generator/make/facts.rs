//! Facts and families.

use apportion::number::Number;
use apportion::unit::Unit;
use apportion_core::date::Date;

use super::names;
use super::{Kind, KnownFamily, Maker, Origin};
use crate::generator::model::{Fact, FactType, Family, Group, Ladder, Literal};

/// The most that money is declared to be where it says nothing.
const MOST_PENCE: i64 = 1_000_000_000;

impl Maker<'_> {
    pub(super) fn declare_facts(&mut self) {
        let ladders = 1 + self.choices.below(2);
        for (of, levels) in names::LADDERS.iter().take(ladders) {
            let levels = levels.iter().map(|level| (*level).into()).collect();
            self.model.ladders.push(Ladder { of: (*of).into(), levels });
        }
        self.dates();
        for name in self.some(names::TRUTHS, 2, 5) {
            self.fact(name, FactType::YesNo, Kind::YesNo);
        }
        self.words();
        self.level_facts();
        for (place, name) in self.some(names::MONEY, 2, 6).into_iter().enumerate() {
            // One fact at least is paid by the week.
            let per = if place == 0 { Some("week") } else { self.period() };
            self.money_fact(name, per);
        }
        self.numbers();
        for name in self.some(names::PERCENTS, 0, 3) {
            self.percent_fact(name);
        }
        for name in self.some(names::TEXTS, 0, 1) {
            self.push_fact(plain(name, FactType::Text));
        }
        self.choices.shuffle(&mut self.model.facts);
        let mut families: Vec<&names::FamilyNames> = names::FAMILIES.iter().collect();
        self.choices.shuffle(&mut families);
        let count = self.choices.below(4);
        families.into_iter().take(count).for_each(|family| self.family(family));
    }

    /// From so many to so many of these names, in any order.
    pub(super) fn some(
        &mut self,
        of: &[&'static str],
        least: usize,
        most: usize,
    ) -> Vec<&'static str> {
        let mut names = of.to_vec();
        self.choices.shuffle(&mut names);
        names.truncate(least + self.choices.below(most + 1 - least));
        names
    }

    /// Declares a fact of the case, or of the items of the list at hand.
    pub(super) fn push_fact(&mut self, fact: Fact) {
        match self.item.and_then(|list| self.model.lists.get_mut(list)) {
            Some(list) => list.facts.push(fact),
            None => self.model.facts.push(fact),
        }
    }

    pub(super) fn period(&mut self) -> Option<&'static str> {
        match self.choices.below(6) {
            0 | 1 => None,
            2 => Some("year"),
            3 => Some("month"),
            4 => Some("night"),
            _ => Some("week"),
        }
    }

    pub(super) fn fact(&mut self, name: &'static str, kind: FactType, known: Kind) {
        let mut fact = plain(name, kind);
        if self.choices.is_in(20) {
            let value = plain_value(&fact);
            let value = value.as_deref().and_then(|value| value.strip_prefix(name));
            fact.default = match &known {
                Kind::Date(first, _) => Some(crate::generator::print::written(*first)),
                _ => value.map(|value| value.trim().to_owned()),
            };
        }
        if self.item.is_none()
            && self.choices.is_in(6)
            && let Some(panel) = self.choices.pick(&self.model.panels)
        {
            fact.decided_by = Some(panel.name.clone());
        }
        if self.choices.is_in(8) {
            fact.ask = Some(format!("What is the {name}, if there is one?"));
        }
        self.push_fact(fact);
        self.know(name.into(), known, Origin::Fact);
    }

    fn dates(&mut self) {
        let dated = self.choices.is_in(85);
        let bounds = if self.choices.is_in(30) { Some(self.in_force) } else { None };
        let (from, to) =
            if dated { (self.in_force, self.in_force_until) } else { (Date::MIN, None) };
        let first = bounds.unwrap_or(Date::MIN).max(from);
        let last = to.unwrap_or(Date::MAX);
        self.fact("decision date", FactType::Date(bounds, None), Kind::Date(first, last));
        if dated {
            self.model.dated_by = Some("decision date".into());
        }
        if self.choices.is_in(70) {
            self.date_fact("date of birth");
        }
        for name in self.some(names::DATES, 0, 3) {
            self.date_fact(name);
        }
    }

    pub(super) fn date_fact(&mut self, name: &'static str) {
        let first = Date::new(1900 + self.year(100), 2, 28).unwrap_or(Date::MIN);
        let last = Date::new(2028 + 4 * self.year(20), 2, 29).unwrap_or(Date::MAX);
        let (from, to) = match self.choices.below(5) {
            0 => (Some(first), Some(last)),
            1 => (Some(first), None),
            2 => (Date::new(2016 + self.year(8), 1, 1), Date::new(2026, 12, 31)),
            _ => (None, None),
        };
        let kind = Kind::Date(from.unwrap_or(Date::MIN), to.unwrap_or(Date::MAX));
        self.fact(name, FactType::Date(from, to), kind);
    }

    fn year(&mut self, end: usize) -> i32 {
        i32::try_from(self.choices.below(end)).unwrap_or(0)
    }

    fn words(&mut self) {
        for (name, words) in names::CHOICES {
            if self.choices.is_in(60) {
                let words: Vec<String> = words.iter().map(|word| (*word).into()).collect();
                self.fact(name, FactType::OneOf(words.clone()), Kind::Words(words));
            }
        }
    }

    fn level_facts(&mut self) {
        for name in ["nurse level", "social worker level", "doctor's level"] {
            if self.choices.is_in(40) {
                let (kind, known) = self.level_type(true);
                self.fact(name, kind, known);
            }
        }
    }

    pub(super) fn level_type(&mut self, may_have_top: bool) -> (FactType, Kind) {
        let place = self.choices.below(self.model.ladders.len());
        let Some(ladder) = self.model.ladders.get(place).cloned() else {
            return (FactType::YesNo, Kind::YesNo);
        };
        let count = ladder.levels.len();
        if may_have_top && self.choices.is_in(40) {
            let top = self.choices.below(count);
            let level = ladder.levels.get(top).cloned();
            return (FactType::Level(ladder.of, level), Kind::Levels(place, top + 1));
        }
        (FactType::Level(ladder.of, None), Kind::Levels(place, count))
    }

    pub(super) fn money_fact(&mut self, name: &'static str, per: Option<&str>) {
        let (kind, known) = self.money_type(per);
        self.fact(name, kind, known);
    }

    fn money_type(&mut self, per: Option<&str>) -> (FactType, Kind) {
        let bounds = match self.choices.below(6) {
            0 => Some((0, 100)),
            1 => Some((0, 500_000)),
            2 => Some((-10_000, 250_000)),
            3 => Some((1, 99_999)),
            4 if self.choices.is_in(20) => Some((0, 900_000_000_000_000)),
            _ => None,
        };
        let (least, greatest) = bounds.unwrap_or((0, MOST_PENCE));
        let number = Number { unit: Unit::money(per), denominator: 1, least, greatest };
        let literal = |pence| Literal::Money(pence, None);
        let bounds = bounds.map(|(least, greatest)| (literal(least), literal(greatest)));
        (FactType::Money(per.map(Into::into), bounds), Kind::Number(number))
    }

    fn numbers(&mut self) {
        for name in self.some(names::NUMBERS, 1, 3) {
            let (kind, known) = self.number_type("number", Unit::plain());
            self.fact(name, kind, known);
        }
        for (names, thing, per) in [
            (names::HOURS, "hour", "week"),
            (names::NIGHTS, "night", "week"),
            (names::SESSIONS, "session", "year"),
        ] {
            for name in self.some(names, 0, 2) {
                let unit = Unit::counted(thing, Some(per));
                let (kind, known) = self.number_type(&format!("{thing}s a {per}"), unit);
                self.fact(name, kind, known);
            }
        }
        if self.choices.is_in(20) {
            let unit = Unit::counted("visit", None);
            let (kind, known) = self.number_type("visits", unit);
            self.fact("house calls", kind, known);
        }
    }

    pub(super) fn number_type(&mut self, written: &str, unit: Unit) -> (FactType, Kind) {
        let (step, denominator, scale) = match self.choices.below(7) {
            0 | 1 => ("whole", 1, 1),
            2 => ("in halves", 2, 1),
            3 => ("in quarters", 4, 1),
            4 => ("in steps of 0.01", 100, 1),
            5 => ("in steps of 0.5", 2, 1),
            _ => ("in tenths", 10, 1),
        };
        let greatest = [1, 7, 20, 168, 1_000].get(self.choices.below(5)).copied().unwrap_or(7);
        let least = match self.choices.below(6) {
            0 => 1,
            1 if unit.is_plain() => -5,
            _ => 0,
        };
        let bounds = (Literal::Number(least, 0), Literal::Number(greatest * scale, 0));
        let (least, greatest) = (least * denominator, greatest * denominator);
        let number = Number { unit, denominator, least, greatest };
        let is_plain_whole = written == "number" && step == "whole";
        let (unit, step) = if is_plain_whole {
            ("whole number".into(), None)
        } else {
            (written.to_owned(), Some(step.into()))
        };
        (FactType::Number { unit, step, bounds }, Kind::Number(number))
    }

    pub(super) fn percent_fact(&mut self, name: &'static str) {
        let step = match self.choices.below(3) {
            0 => Some((Literal::Percent(1, 0), 100)),
            1 => Some((Literal::Percent(5, 1), 200)),
            _ => None,
        };
        let denominator = step.as_ref().map_or(10_000, |(_, denominator)| *denominator);
        let most = match self.choices.below(3) {
            0 => Some(50),
            1 => Some(33),
            _ => None,
        };
        let greatest = most.unwrap_or(100) * denominator / 100;
        let number = Number { unit: Unit::percent(), denominator, least: 0, greatest };
        let bounds = most.map(|most| (Literal::Percent(0, 0), Literal::Percent(most, 0)));
        let kind = FactType::Percent(step.map(|(step, _)| step), bounds);
        self.fact(name, kind, Kind::Number(number));
    }

    fn family(&mut self, (plural, singular, members): &names::FamilyNames) {
        let (kind, known) = match *plural {
            "checks" => (FactType::YesNo, Kind::YesNo),
            "tallies" => self.number_type("number", Unit::plain()),
            "grants" => self.money_type(None),
            "moods" => {
                let words: Vec<String> = ["glad", "flat", "low-spirited"].map(Into::into).into();
                (FactType::OneOf(words.clone()), Kind::Words(words))
            }
            _ => self.level_type(true),
        };
        let count = 1 + self.choices.below(members.len());
        let names: Vec<String> = members.iter().take(count).map(|it| (*it).into()).collect();
        let mut family = Family {
            plural: (*plural).into(),
            singular: singular.map(Into::into),
            kind,
            default: None,
            members: names.iter().map(|name| (name.clone(), None)).collect(),
        };
        let known = self.tops(&mut family, known);
        if self.choices.is_in(15) && family.members.iter().all(|member| member.1.is_none()) {
            let fact = plain("it", family.kind.clone());
            family.default =
                plain_value(&fact).and_then(|it| it.strip_prefix("it ").map(Into::into));
        }
        let known = KnownFamily {
            plural: family.plural.clone(),
            singular: singular.map_or_else(|| plural.trim_end_matches('s').into(), Into::into),
            members: names,
            kind: known,
        };
        self.model.families.push(family);
        if self.choices.is_in(35) {
            self.group(&known, singular.is_some());
        }
        self.families.push(known);
    }

    /// A part of a family.
    fn group(&mut self, family: &KnownFamily, says_singular: bool) {
        let mut members = family.members.clone();
        self.choices.shuffle(&mut members);
        members.truncate(1 + self.choices.below(members.len()));
        let plural = format!("starred {}", family.plural);
        let singular = format!("starred {}", family.singular);
        self.model.groups.push(Group {
            plural: plural.clone(),
            singular: says_singular.then(|| singular.clone()),
            members: members.clone(),
        });
        // The members of a group keep the order of the family.
        let in_order = family.members.iter().filter(|name| members.contains(name)).cloned();
        let members = in_order.collect();
        self.families.push(KnownFamily { plural, singular, members, kind: family.kind.clone() });
    }

    /// Gives each member its own top level, or none of them; returns what a member can be.
    fn tops(&mut self, family: &mut Family, known: Kind) -> Kind {
        let Kind::Levels(place, _) = known else {
            self.know_members(family, |_| known.clone());
            return known;
        };
        let levels = self.model.ladders.get(place).map(|it| it.levels.clone()).unwrap_or_default();
        let has_own_top = matches!(family.kind, FactType::Level(_, Some(_)));
        if has_own_top || self.choices.is_in(50) {
            self.know_members(family, |_| known.clone());
            return known;
        }
        let mut highest = 1;
        for (_, top) in &mut family.members {
            let place = self.choices.below(levels.len());
            highest = highest.max(place + 1);
            *top = levels.get(place).cloned();
        }
        for (_, top) in &mut family.members {
            let place = top.as_ref().and_then(|top| levels.iter().position(|level| level == top));
            let below = levels.get(..place.unwrap_or(0)).unwrap_or_default();
            if let (Some(top), Some(never)) = (top, self.choices.pick(below))
                && self.choices.is_in(15)
            {
                *top = format!("{top}, never {never}");
            }
        }
        let count = |top: &Option<String>| {
            let top = top.as_ref().map(|top| top.split(", never").next().unwrap_or(top));
            let place = top.and_then(|top| levels.iter().position(|level| level == top));
            place.map_or(levels.len(), |place| place + 1)
        };
        self.know_members(family, |top| Kind::Levels(place, count(top)));
        Kind::Levels(place, highest)
    }

    fn know_members(&mut self, family: &Family, kind: impl Fn(&Option<String>) -> Kind) {
        for (name, top) in &family.members {
            self.know(name.clone(), kind(top), Origin::Fact);
        }
    }
}

pub(super) fn plain(name: &str, kind: FactType) -> Fact {
    Fact { name: name.into(), kind, default: None, ask: None, only_when: None, decided_by: None }
}

/// A value that a fact may have, after its name: `fast track no`.
pub(super) fn plain_value(fact: &Fact) -> Option<String> {
    let value = match &fact.kind {
        FactType::YesNo => "no".into(),
        FactType::Date(..) | FactType::Text => return None,
        FactType::OneOf(words) => words.last()?.clone(),
        FactType::Level(_, top) => top.clone()?,
        FactType::Number { bounds: (Literal::Number(least, _), _), .. } => least.to_string(),
        FactType::Money(_, Some((Literal::Money(least, _), _))) => {
            crate::generator::print::money(*least)
        }
        FactType::Money(..) => "£12.34".into(),
        FactType::Percent(..) => "0%".into(),
        FactType::Number { .. } => return None,
    };
    Some(format!("{} {value}", fact.name))
}
