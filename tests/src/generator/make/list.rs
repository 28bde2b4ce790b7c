//! Lists: what each item has, what is said of each, and what is taken of all together.

use apportion::number::Number;
use apportion::unit::Unit;

use super::day::Day;
use super::number::Typed;
use super::{Each, Kind, KnownList, Maker, facts, names};
use crate::generator::model::{
    Body, Condition, Expression, FactType, List, Literal, Operand, OverItems, Quantity, Sentence,
};

/// How many items a case may have where the list does not say.
const USUAL_ITEMS: u32 = 100;
/// The most that parties may be made to pay by one sentence, in pence.
const MOST_PAID: i64 = 100_000_000_000_000_000;

impl Maker<'_> {
    pub(super) fn declare_lists(&mut self) {
        let count = [0, 0, 1, 2].get(self.choices.below(4)).copied().unwrap_or(0);
        let mut lists: Vec<&names::ListNames> = names::LISTS.iter().collect();
        self.choices.shuffle(&mut lists);
        lists.into_iter().take(count).for_each(|names| self.declare_list(names));
    }

    fn declare_list(&mut self, names: &names::ListNames) {
        let most = [1, 2, 3, 5, 8, 20, 500].get(self.choices.below(9)).copied();
        let list = List {
            plural: names.plural.into(),
            singular: names.singular.map(Into::into),
            most,
            facts: Vec::new(),
        };
        let (plural, singular) = (list.plural.clone(), list.one().to_owned());
        let most = most.unwrap_or(USUAL_ITEMS);
        self.lists.push(KnownList { plural, singular, most });
        self.model.lists.push(list);
        self.item = Some(self.lists.len() - 1);
        self.facts_of_items(names);
        self.item = None;
        if let Some(list) = self.model.lists.last_mut() {
            self.choices.shuffle(&mut list.facts);
        }
    }

    fn facts_of_items(&mut self, names: &names::ListNames) {
        for (place, name) in self.some(names.money, 1, names.money.len()).into_iter().enumerate() {
            let per = if place == 0 { Some("week") } else { self.period() };
            self.money_fact(name, per);
        }
        for name in self.some(names.truths, 0, names.truths.len()) {
            self.fact(name, FactType::YesNo, Kind::YesNo);
        }
        if self.choices.is_in(60) {
            let words: Vec<String> = names.choice.1.iter().map(|word| (*word).into()).collect();
            self.fact(names.choice.0, FactType::OneOf(words.clone()), Kind::Words(words));
        }
        if self.choices.is_in(60) {
            let (kind, known) = self.level_type(true);
            self.fact(names.level, kind, known);
        }
        for name in self.some(names.dates, 0, names.dates.len()) {
            self.date_fact(name);
        }
        if self.choices.is_in(50) {
            let (kind, known) = self.number_type("number", Unit::plain());
            self.fact(names.number, kind, known);
        }
        if self.choices.is_in(40) {
            let unit = Unit::counted("hour", Some("week"));
            let (kind, known) = self.number_type("hours a week", unit);
            self.fact(names.hours, kind, known);
        }
        if self.choices.is_in(40) {
            self.percent_fact(names.percent);
        }
        if self.choices.is_in(20) {
            self.push_fact(facts::plain(names.text, FactType::Text));
        }
    }

    /// Makes something of each item of a list in so many of a hundred cases, where there are
    /// lists, and of the case in the others.
    pub(super) fn perhaps_of_items(&mut self, percent: usize, make: impl FnOnce(&mut Self)) {
        let list = self.some_list().filter(|_| self.choices.is_in(percent));
        self.within(list, make);
    }

    fn some_list(&mut self) -> Option<usize> {
        let place = self.choices.below(self.lists.len());
        (place < self.lists.len()).then_some(place)
    }

    /// Makes something while an item of a list is at hand, or none.
    pub(super) fn within<T>(
        &mut self,
        list: Option<usize>,
        make: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let outer = core::mem::replace(&mut self.item, list);
        let made = make(self);
        self.item = outer;
        made
    }

    /// Of which items a sentence in the making is said.
    pub(super) fn each(&mut self, sentence: &Sentence) -> Option<Each> {
        let item = self.lists.get(self.item?)?.singular.clone();
        let may_be_second = match &sentence.body {
            Body::Table { .. } => true,
            Body::Shares(_) | Body::ShareTable(..) | Body::Ratio(_) => sentence.when.is_none(),
            _ => false,
        };
        Some(Each { item, is_second: may_be_second && self.choices.is_in(60) })
    }

    /// `When fast track, for each service, ...`: the same, under a condition that is about the
    /// case.
    pub(super) fn perhaps_after_when(&mut self, sentence: Sentence) -> Sentence {
        let list = self.item.and_then(|place| self.lists.get(place));
        let Some(item) = list.map(|list| list.singular.clone()) else { return sentence };
        if sentence.when.is_none() || !self.choices.is_in(30) {
            return sentence;
        }
        let when = self.within(None, |maker| maker.condition(1));
        let each = Some(Each { item, is_second: true });
        Sentence { each, when: Some(when), ..sentence }
    }

    /// Whether so much can be paid beside other payments, for every item where it is an item's.
    pub(super) fn can_be_paid(&self, amount: &Number) -> bool {
        let list = self.item.and_then(|place| self.lists.get(place));
        let most = list.map_or(1, |list| i64::from(list.most));
        let largest = amount.greatest.saturating_abs().max(amount.least.saturating_abs());
        largest.saturating_mul(most) <= MOST_PAID
    }

    /// `at least 2 services are educational`
    pub(super) fn items_condition(&mut self) -> Option<Condition> {
        let place = self.some_list()?;
        let list = self.lists.get(place)?.clone();
        let mut names = self.own_names(place, |kind| *kind == Kind::YesNo);
        let conclusions = self.conclusions.iter().filter(|it| it.list == Some(place));
        names.extend(conclusions.map(|conclusion| conclusion.name.clone()));
        let what = self.choices.pick(&names)?.clone();
        let quantity = self.quantity(list.most.min(5) as usize)?;
        let name = if quantity.is_singular() { list.singular } else { list.plural };
        Some(Condition::Items(quantity, name, self.choices.is_in(20), what))
    }

    /// How many of so many.
    pub(super) fn quantity(&mut self, count: usize) -> Option<Quantity> {
        let some = u32::try_from(1 + self.choices.below(count)).ok()?;
        Some(match self.choices.below(8) {
            0 => Quantity::All,
            1 => Quantity::None,
            2 => Quantity::Any,
            3 => Quantity::AtMost(some),
            4 => Quantity::Exactly(some),
            _ => Quantity::AtLeast(some),
        })
    }

    /// What the items of a list have.
    fn own_names(&self, list: usize, fits: impl Fn(&Kind) -> bool) -> Vec<String> {
        let own = self.known.iter().filter(|known| known.list == Some(list) && fits(&known.kind));
        own.map(|known| known.name.clone()).collect()
    }

    /// The sum, number, highest or lowest over the items of a list.
    pub(super) fn number_over_items(&mut self, unit: &Unit) -> Option<Typed> {
        let place = self.some_list().filter(|_| !self.is_in_filter)?;
        let list = self.lists.get(place)?.clone();
        let filter = self.filter(place);
        if unit.is_plain() && self.choices.is_in(35) {
            let greatest = i64::from(list.most);
            let number = Number { unit: unit.clone(), denominator: 1, least: 0, greatest };
            let over = over("number", None, list.plural, filter, None);
            return Some(Typed { expression: over, number });
        }
        let of_unit = |kind: &Kind| matches!(kind, Kind::Number(number) if number.unit == *unit);
        let names = self.own_names(place, of_unit);
        let name = self.choices.pick(&names)?.clone();
        let number = self.typed(&name)?.number;
        let (aggregate, none) = match self.choices.below(4) {
            0 => ("highest", self.literal(unit)),
            1 => ("lowest", self.literal(unit)),
            _ => ("sum", None),
        };
        if aggregate == "sum" {
            let most = i64::from(list.most);
            let least = number.least.min(0).checked_mul(most)?;
            let greatest = number.greatest.max(0).checked_mul(most)?;
            let number = Number { least, greatest, ..number };
            let over = over(aggregate, Some((name, true)), list.plural, filter, None);
            return Some(Typed { expression: over, number });
        }
        let none = none?;
        let number = number.or(&none.number)?;
        let none = match none.expression {
            // What it is an amount for is plain from what is taken.
            Expression::Literal(Literal::Money(pence, _)) => Literal::Money(pence, None),
            Expression::Literal(none) => none,
            _ => return None,
        };
        let of = Some((name, self.choices.is_in(50)));
        let over = over(aggregate, of, list.plural, filter, Some(Operand::Literal(none)));
        Some(Typed { expression: over, number })
    }

    /// `the highest risk over services, or low if none`
    pub(super) fn level_over_items(&mut self) -> Option<(Expression, Kind)> {
        let place = self.some_list().filter(|_| !self.is_in_filter)?;
        let list = self.lists.get(place)?.plural.clone();
        let names = self.own_names(place, |kind| matches!(kind, Kind::Levels(..)));
        let name = self.choices.pick(&names)?.clone();
        let Kind::Levels(ladder, count) = self.kind_of(&name)? else { return None };
        let levels = self.levels(ladder, usize::MAX);
        let none = self.choices.below(levels.len());
        let if_none = Some(Operand::Words(levels.get(none)?.clone()));
        let aggregate = self.choices.word(&["highest", "lowest"]);
        let (of, filter) = (Some((name, self.choices.is_in(50))), self.filter(place));
        let over = over(aggregate, of, list, filter, if_none);
        Some((over, Kind::Levels(ladder, count.max(none + 1))))
    }

    /// `the earliest start over services, or 1 January 2031 if none`
    pub(super) fn day_over_items(&mut self) -> Option<Day> {
        let place = self.some_list().filter(|_| !self.is_in_filter)?;
        let list = self.lists.get(place)?.plural.clone();
        let names = self.own_names(place, |kind| matches!(kind, Kind::Date(..)));
        let name = self.choices.pick(&names)?.clone();
        let Kind::Date(first, last) = self.kind_of(&name)? else { return None };
        let year = i32::try_from(self.choices.between(2_019, 2_032)).ok()?;
        let none = apportion_core::date::Date::new(year, 1, 31)?;
        let if_none = Some(Operand::Literal(Literal::Date(none)));
        let aggregate = self.choices.word(&["earliest", "latest"]);
        let (of, filter) = (Some((name, self.choices.is_in(50))), self.filter(place));
        let expression = over(aggregate, of, list, filter, if_none);
        Some(Day { expression, first: first.min(none), last: last.max(none) })
    }

    /// Which items count.
    fn filter(&mut self, list: usize) -> Option<Condition> {
        if !self.choices.is_in(45) {
            return None;
        }
        self.is_in_filter = true;
        let filter = self.within(Some(list), |maker| maker.condition(0));
        self.is_in_filter = false;
        Some(filter)
    }

    /// Items of an example, and what is expected of one of them.
    pub(super) fn stated_items(&mut self) -> (Vec<String>, Vec<String>) {
        let (mut lines, mut expect) = (Vec::new(), Vec::new());
        for (place, list) in self.model.lists.iter().enumerate() {
            let Some(known) = self.lists.get(place) else { continue };
            let given: Vec<String> = list.facts.iter().filter_map(facts::plain_value).collect();
            let given = match given.is_empty() {
                true => String::new(),
                false => format!(": {}", given.join(", ")),
            };
            let (singular, name) = (&known.singular, format!("the first {}", known.singular));
            lines.push(format!("with     {singular} \"{name}\"{given}"));
            let conclusions = self.conclusions.iter().filter(|it| it.list == Some(place));
            expect.extend(conclusions.map(|it| format!("\"{name}\" {}", it.name)));
        }
        (lines, expect)
    }

    /// How the items of another example differ.
    pub(super) fn changed_items(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        for (place, list) in self.model.lists.iter().enumerate() {
            let Some(known) = self.lists.get(place) else { continue };
            let (singular, name) = (&known.singular, format!("the first {}", known.singular));
            let given = list.facts.iter().find_map(facts::plain_value);
            let given = given.map(|given| format!(": {given}")).unwrap_or_default();
            lines.push(match self.choices.below(3) {
                0 => format!("but      {singular} \"{name}\"{given}"),
                1 => format!("without  {singular} \"{name}\""),
                _ => format!("but      no {}", known.plural),
            });
        }
        lines
    }
}

fn over(
    aggregate: &'static str,
    of: Option<(String, bool)>,
    list: String,
    filter: Option<Condition>,
    if_none: Option<Operand>,
) -> Expression {
    Expression::OverItems(Box::new(OverItems { aggregate, of, list, filter, if_none }))
}
