//! Lists: what sentences say of each item, and what is made of all items together.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use core::mem;

use apportion_core::program::FactId;

use super::Checker;
use super::dependencies::Site;
use super::meaning::Meaning;
use super::mistake::{ListMistake, MOST_ITEMS, NumberMistake};
use crate::checked::{
    self, Aggregate, Condition, Constant, Expression, ExpressionKind, ListId, OverItems, Quantity,
    Type,
};
use crate::naming;
use crate::number::Number;
use crate::source::Span;
use crate::syntax::{self, Body, Name, Operand, Reference};
use crate::unit::Unit;

/// How many items a case may have where the policy does not say.
const USUAL_ITEMS: u32 = 100;

impl Checker<'_> {
    /// `services, up to 20, each with`
    pub(super) fn declare_list(&mut self, list: &syntax::List) {
        let id = ListId(super::id(self.policy.lists.len()));
        self.give_meaning(&list.plural, Meaning::List(id));
        let singular = list.singular.clone().unwrap_or_else(|| Name {
            key: naming::singular(&list.plural.key),
            span: list.plural.span,
        });
        if singular.key != list.plural.key {
            self.give_meaning(&singular, Meaning::List(id));
        }
        let most = list.most.as_ref().map_or(USUAL_ITEMS, |most| most.value);
        if !(1..=MOST_ITEMS).contains(&most) {
            let span = self.place(list.most.as_ref().map_or(list.plural.span, |most| most.span));
            self.report(ListMistake::ListTooLong { span });
        }
        let first = self.policy.facts.len();
        for fact in &list.facts {
            self.declare_fact(fact, Some(id));
        }
        let facts = (first..self.policy.facts.len()).map(|fact| FactId(super::id(fact)));
        self.policy.lists.push(checked::List {
            plural: list.plural.key.clone(),
            singular: singular.key,
            outside: naming::outside(&list.plural.key),
            facts: facts.collect(),
            most: most.clamp(1, MOST_ITEMS),
            span: self.place(list.plural.span),
        });
    }

    /// The list whose items a sentence is about, each by itself, so far as names tell.
    pub(super) fn list_of(&self, sentence: &syntax::Sentence, body: &Body) -> Option<ListId> {
        let each = sentence.each.as_ref().map(|each| &each.item);
        let of_body = match body {
            Body::Conclude { subject, .. } => Some(subject),
            Body::Table { each, .. } => each.as_ref(),
            _ => None,
        };
        let list = |name: &Name| match self.meaning(&name.key) {
            Some(Meaning::List(list)) => Some(list),
            _ => None,
        };
        each.and_then(list).or_else(|| of_body.and_then(list))
    }

    /// The list whose items a sentence is about; broken, and reported, where it cannot be for
    /// each item.
    pub(super) fn checked_list_of(&mut self, site: &Site<'_>) -> Option<Option<ListId>> {
        let list = self.list_of(site.sentence, site.body);
        let Some(each) = &site.sentence.each else { return Some(list) };
        if !matches!(self.meaning(&each.item.key), Some(Meaning::List(_))) {
            self.wrong_kind(&each.item, "one item of a list");
            return None;
        }
        let span = self.place(each.item.span);
        let what = match site.body {
            Body::Cover { .. } => "whom the policy covers",
            Body::Limit { .. } => "a limit",
            Body::Floor { .. } => "the least that a party pays",
            Body::Rates { .. } => "a rate",
            Body::Promise(_) => "a promise",
            Body::Table { each: Some(of), .. }
                if matches!(self.meaning(&of.key), Some(Meaning::Family(_))) =>
            {
                self.report(ListMistake::MembersForEach { span });
                return None;
            }
            _ => return Some(list),
        };
        self.report(ListMistake::NotForEach { what, span });
        None
    }

    /// A declared list.
    pub(super) fn list(&self, id: ListId) -> Option<&checked::List> {
        self.policy.lists.get(id.index())
    }

    /// Whether something that each item of a list has can be spoken of here; if not, that is
    /// reported.
    pub(super) fn is_at_hand(&mut self, list: Option<ListId>, name: &Name) -> bool {
        let Some(declared) = list.filter(|_| list != self.item_of).and_then(|id| self.list(id))
        else {
            return true;
        };
        let (singular, plural) = (declared.singular.clone(), declared.plural.clone());
        let span = self.place(name.span);
        let mistake = match self.meaning(&name.key) {
            Some(Meaning::List(_)) => ListMistake::NoneAtHand { singular, plural, span },
            _ => {
                let such_as = self.of_all_items(&name.key, (&singular, &plural));
                ListMistake::OnePerItem { name: name.key.clone(), singular, such_as, span }
            }
        };
        self.report(mistake);
        false
    }

    /// What can be said of all items instead of something that each has.
    fn of_all_items(&self, key: &str, (singular, plural): (&str, &str)) -> String {
        let kind = match self.meaning(key) {
            Some(Meaning::Conclusion(_)) => return format!("`at least 1 {singular} is {key}`"),
            Some(Meaning::Fact(id)) => self.policy.facts.get(id.index()).map(|it| &it.kind),
            Some(Meaning::Value(id)) => self.policy.values.get(id.index()).map(|it| &it.kind),
            _ => None,
        };
        match kind {
            Some(Type::Date { .. }) => {
                format!("`the latest {key} over {plural}, or 1 April 2026 if none`")
            }
            Some(Type::Words { .. } | Type::YesNo) => format!(
                "`A {singular} is late when ...` with it, and then `at least 1 {singular} is late`"
            ),
            _ => format!("`the sum of {key} over {plural}`"),
        }
    }

    /// `a child`, `a service`: whom or what a sentence speaks of, if it can here.
    ///
    /// Gives the list of an item, and none for whom the policy is about.
    pub(super) fn subject_or_item(&mut self, name: &Name) -> Option<Option<ListId>> {
        match self.meaning(&name.key) {
            Some(Meaning::List(list)) => self.is_at_hand(Some(list), name).then_some(Some(list)),
            _ => self.subject(name, name.span).map(|()| None),
        }
    }

    /// Whether a conclusion is drawn of this subject or item; if not, that is reported.
    pub(super) fn is_said_of(&mut self, conclusion: &Name, list: Option<ListId>) -> bool {
        let Some(Meaning::Conclusion(id)) = self.meaning(&conclusion.key) else { return true };
        let Some(declared) = self.policy.conclusions.get(id.index()) else { return true };
        if declared.list == list {
            return true;
        }
        let singular = |list: Option<ListId>| {
            list.and_then(|list| self.list(list)).map(|list| list.singular.clone())
        };
        let (item, not_of) = (singular(declared.list), singular(list));
        let subject = self.policy.subject.clone();
        let (name, span) = (conclusion.key.clone(), self.place(conclusion.span));
        self.report(ListMistake::SaidOfAnother { name, item, not_of, subject, span });
        false
    }

    /// Works on what each item of a list has, and then as before. What the clause says of the
    /// item at hand outside is not known of the others.
    fn inside<T>(&mut self, list: ListId, work: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.item_of.replace(list);
        let rates_on = self.rates_on.take();
        let narrower = outer.map(|_| mem::take(&mut self.narrower));
        let made = work(self);
        self.item_of = outer;
        self.rates_on = rates_on;
        if let Some(narrower) = narrower {
            self.narrower = narrower;
        }
        made
    }

    /// `at least 2 services are educational`
    pub(super) fn items_condition(
        &mut self,
        quantity: Quantity,
        list: &Name,
        not: bool,
        what: &Name,
        span: Span,
    ) -> Condition {
        let Some(Meaning::List(id)) = self.meaning(&list.key) else {
            self.wrong_kind(list, "a list of `each with`");
            return Condition::Broken;
        };
        let most = self.list(id).map_or(0, |list| list.most);
        self.check_needed(quantity, most as usize, span);
        let condition = self.inside(id, |checker| {
            if !checker.is_said_of(what, Some(id)) {
                return Condition::Broken;
            }
            super::condition::negated(not, checker.truth(what))
        });
        match condition {
            Condition::Broken => Condition::Broken,
            condition => Condition::Items { quantity, list: id, what: Box::new(condition) },
        }
    }

    /// `the sum of price over services where ...`
    pub(super) fn over_items(
        &mut self,
        list: ListId,
        written: &WrittenOver<'_>,
        span: Span,
    ) -> Expression {
        let filter = match written.filter {
            Some(filter) => self.inside(list, |checker| checker.condition(filter)),
            None => Condition::Always,
        };
        let of = written.of.map(|name| self.inside(list, |checker| checker.named(name)));
        if filter == Condition::Broken || of.as_ref().is_some_and(Expression::is_broken) {
            return Expression::broken(span);
        }
        let (most, plural) = match self.list(list) {
            Some(list) => (i64::from(list.most), list.plural.clone()),
            None => return Expression::broken(span),
        };
        let is_extreme =
            !matches!(written.aggregate, syntax::Aggregate::Sum | syntax::Aggregate::Number);
        match written.if_none {
            None if is_extreme => self.report(ListMistake::IfNoneMissing { plural, span }),
            Some(_) if !is_extreme => self.report(ListMistake::IfNoneNotNeeded { span }),
            _ => return self.made_over_items(list, written, (filter, of), most, span),
        }
        Expression::broken(span)
    }

    fn made_over_items(
        &mut self,
        list: ListId,
        written: &WrittenOver<'_>,
        (filter, of): (Condition, Option<Expression>),
        most: i64,
        span: Span,
    ) -> Expression {
        let aggregate = match written.aggregate {
            syntax::Aggregate::Sum => Aggregate::Sum,
            syntax::Aggregate::Number => Aggregate::Number,
            syntax::Aggregate::Highest | syntax::Aggregate::Latest => Aggregate::Greatest,
            syntax::Aggregate::Lowest | syntax::Aggregate::Earliest => Aggregate::Least,
        };
        if aggregate == Aggregate::Number {
            let number = Number { unit: Unit::plain(), denominator: 1, least: 0, greatest: most };
            let over = OverItems { list, aggregate, of: None, filter, if_none: None };
            let kind = ExpressionKind::Items(Box::new(over));
            return Expression { kind, of: Type::Number(number), span };
        }
        let Some(mut of) = of else {
            let plural = self.list(list).map(|list| list.plural.clone()).unwrap_or_default();
            self.report(ListMistake::WhatOfItems { plural, span });
            return Expression::broken(span);
        };
        if !self.can_be_taken(written.aggregate, &of, span) {
            return Expression::broken(span);
        }
        let (kind, if_none) = match written.if_none {
            None => (self.sum_of_items(&of, most, span), None),
            Some(value) => {
                let Some(mut none) = self.value_if_none(&of, value) else {
                    return Expression::broken(span);
                };
                if !self.agree(&mut of, &mut none) {
                    return Expression::broken(span);
                }
                let kind = self.either(&of.of.clone(), &none.of, span);
                (kind, Some(none))
            }
        };
        if kind == Type::Broken {
            return Expression::broken(span);
        }
        let over = OverItems { list, aggregate, of: Some(of), filter, if_none };
        Expression { kind: ExpressionKind::Items(Box::new(over)), of: kind, span }
    }

    /// Whether this can be taken of all items; if not, that is reported.
    fn can_be_taken(&mut self, aggregate: syntax::Aggregate, of: &Expression, span: Span) -> bool {
        use syntax::Aggregate as Taken;
        let found = of.of.noun();
        match (aggregate, &of.of) {
            (Taken::Latest | Taken::Earliest, Type::Date { .. })
            | (Taken::Sum | Taken::Highest | Taken::Lowest, Type::Number(_)) => true,
            (Taken::Latest | Taken::Earliest, _) => {
                self.report(ListMistake::EarliestOfNoDate { span, found });
                false
            }
            (Taken::Highest | Taken::Lowest, Type::Words { list, .. }) => {
                let is_ordered = self.is_ordered(*list);
                if !is_ordered {
                    self.report(NumberMistake::NoOrder { span });
                }
                is_ordered
            }
            (Taken::Highest | Taken::Lowest, Type::Date { .. }) => {
                self.report(ListMistake::HighestOfDates { span });
                false
            }
            _ => {
                self.report(NumberMistake::NotANumber { span, found });
                false
            }
        }
    }

    /// The type of a sum of what at most so many items have.
    fn sum_of_items(&mut self, of: &Expression, most: i64, span: Span) -> Type {
        let Some(number) = of.number() else { return Type::Broken };
        let (least, greatest) = (number.least.min(0), number.greatest.max(0));
        let bounds = least.checked_mul(most).zip(greatest.checked_mul(most));
        let sum = bounds.map(|(least, greatest)| Number { least, greatest, ..number.clone() });
        let digits = number.largest().checked_mul(i128::from(most));
        self.fitting(sum, digits.map(|largest| format!("{largest}").len()), span)
    }

    /// What the highest or lowest of no items is said to be.
    fn value_if_none(&mut self, of: &Expression, written: &Operand) -> Option<Expression> {
        match written {
            Operand::Literal(_) | Operand::Amount(..) => self.operand_literal(written),
            Operand::Words(word) => {
                let span = self.place(word.span);
                let Type::Words { list, .. } = &of.of else {
                    let found = of.of.noun();
                    self.report(NumberMistake::NotANumber { span, found });
                    return None;
                };
                let key = naming::word_key(&word.key);
                let Some(place) = self.place_of_word(*list, &key) else {
                    let words = self.words(*list).to_vec();
                    self.report(super::mistake::NameMistake::NoSuchWord { word: key, words, span });
                    return None;
                };
                let place = super::declare::count_of(place);
                let of = Type::Words { list: *list, count: place.saturating_add(1) };
                let kind = ExpressionKind::Constant(Constant::Word(place));
                Some(Expression { kind, of, span })
            }
        }
    }

    /// Whether a sentence about each item names a clause about the case, or about other items.
    pub(super) fn is_at_others(&self, reference: &Reference) -> bool {
        let sites = self
            .referenced(self.block_start, reference)
            .into_iter()
            .flat_map(|clause| self.sites_of(clause));
        let lists = sites.map(|site| self.list_of(site.sentence, site.body));
        self.item_of.is_some() && lists.into_iter().any(|list| list != self.item_of)
    }

    pub(super) fn report_at_others(&mut self, reference: &Reference) {
        let singular = self.item_of.and_then(|list| self.list(list));
        let singular = singular.map(|list| list.singular.clone()).unwrap_or_default();
        let (number, span) = (self.number_of(reference), self.place(reference.span));
        self.report(ListMistake::OverridesTheCase { number, singular, span });
    }
}

/// What is taken over a family or list, as written.
pub(super) struct WrittenOver<'w> {
    pub(super) aggregate: syntax::Aggregate,
    pub(super) of: Option<&'w Name>,
    pub(super) filter: Option<&'w syntax::Condition>,
    pub(super) if_none: Option<&'w Operand>,
}
