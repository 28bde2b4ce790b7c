//! Lists: their declarations, and what is said of items.

use super::Page;
use crate::generator::model::{
    Body, Each, Fact, FactType, List, Operand, OverItems, Place, Quantity, Sentence,
};
use crate::generator::reached::Construct;

impl Page<'_> {
    pub(super) fn list_of_items(&mut self, list: &List) {
        self.reach(Construct::List);
        self.reach_where(list.singular.is_some(), Construct::ListSingular);
        self.reach_where(list.most.is_some(), Construct::ListUpTo);
        let singular = list.singular.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
        let most = list.most.map(|most| format!(", up to {most}")).unwrap_or_default();
        self.line(&format!("\n{}{singular}{most}, each with", list.plural));
        for fact in &list.facts {
            self.reach_fact_of_item(fact);
            self.fact(fact);
        }
    }

    fn reach_fact_of_item(&mut self, fact: &Fact) {
        self.reach_where(fact.default.is_some(), Construct::ItemDefault);
        self.reach(match fact.kind {
            FactType::YesNo => Construct::ItemYesNo,
            FactType::Date(..) => Construct::ItemDate,
            FactType::OneOf(_) => Construct::ItemOneOf,
            FactType::Level(..) => Construct::ItemLevel,
            FactType::Number { .. } => Construct::ItemNumber,
            FactType::Money(..) => Construct::ItemMoney,
            FactType::Percent(..) => Construct::ItemPercent,
            FactType::Text => Construct::ItemText,
        });
    }

    /// The words that say of what items a sentence is: before its condition, and after.
    pub(super) fn for_each(&mut self, sentence: &Sentence) -> (String, String) {
        self.at_hand.clone_from(&sentence.each);
        let Some(Each { item, is_second }) = sentence.each.clone() else {
            return (String::new(), String::new());
        };
        self.reach_said_of_items(sentence);
        let for_each = format!("for each {item}, ");
        match (&sentence.body, &sentence.when) {
            (Body::Conclude { .. }, _) => (String::new(), String::new()),
            (Body::Table { .. }, _) if is_second => (String::new(), String::new()),
            (Body::Shares(_) | Body::ShareTable(..) | Body::Ratio(_), _) => {
                (for_each, String::new())
            }
            (_, Some(_)) if is_second => {
                self.reach(Construct::ForEachAfterWhen);
                (String::new(), for_each)
            }
            _ => (for_each, String::new()),
        }
    }

    fn reach_said_of_items(&mut self, sentence: &Sentence) {
        self.reach(Construct::ForEach);
        self.reach_where(sentence.otherwise.is_some(), Construct::OtherwiseForEach);
        self.reach_where(!sentence.despite.is_empty(), Construct::DespiteForEach);
        let body = match &sentence.body {
            Body::RefundsIncluded(body) => {
                self.reach(Construct::RefundsForEach);
                body
            }
            body => body,
        };
        let is_second = sentence.each.as_ref().is_some_and(|each| each.is_second);
        let said = match body {
            Body::Conclude { not: false, .. } => Construct::ConcludeItem,
            Body::Conclude { not: true, .. } => Construct::ConcludeItemNot,
            Body::Define(..) => Construct::DefineForEach,
            Body::Table { .. } if is_second => Construct::TableForItem,
            Body::Table { .. } => Construct::TableForEach,
            Body::Slices { .. } => Construct::SlicesForEach,
            Body::Shares(_) | Body::Ratio(_) => Construct::SharesForEach,
            Body::ShareTable(..) => Construct::ShareTableForEach,
            Body::Split(..) => Construct::SplitForEach,
            Body::Proportion(..) => Construct::ProportionForEach,
            Body::Pay(..) => Construct::PayForEach,
            Body::PayInTurn(..) => Construct::PayInTurnForEach,
            Body::Require(..) => Construct::RequireForEach,
            Body::Refer(_) => Construct::ReferForEach,
            Body::Switch(_) => Construct::SwitchForEach,
            _ => return,
        };
        self.reach(said);
    }

    /// Counts a sentence about the case that sets aside or switches off what is said of items.
    pub(super) fn reach_over_items(&mut self, sentence: &Sentence) {
        if sentence.each.is_some() {
            return;
        }
        let is_of_items = |place: &Place| match place {
            Place::Clause(key) | Place::Row(key, _) => self.model.clauses().any(|clause| {
                clause.key == *key && clause.sentences.iter().any(|it| it.each.is_some())
            }),
            Place::Section(_) => false,
        };
        let overrides = sentence.despite.iter().any(is_of_items);
        let switches = match sentence.body {
            Body::Switch(key) => is_of_items(&Place::Clause(key)),
            _ => false,
        };
        self.reach_where(overrides, Construct::DespiteItemsByCase);
        self.reach_where(switches, Construct::SwitchItemsByCase);
    }

    /// `at least 2 services are educational`
    pub(super) fn items(
        &mut self,
        quantity: Quantity,
        list: &str,
        not: bool,
        what: &str,
    ) -> String {
        self.reach(match quantity {
            Quantity::All => Construct::ItemsEvery,
            Quantity::Any => Construct::ItemsAny,
            Quantity::None => Construct::ItemsNo,
            Quantity::AtLeast(_) => Construct::ItemsAtLeast,
            Quantity::AtMost(_) => Construct::ItemsAtMost,
            Quantity::Exactly(_) => Construct::ItemsExactly,
        });
        self.reach_where(not, Construct::ItemsNot);
        let is_of_own = self.at_hand.as_ref().is_some_and(|each| self.is_item_of(&each.item, list));
        self.reach_where(self.at_hand.is_some() && is_of_own, Construct::OwnListOfEach);
        self.reach_where(self.at_hand.is_some() && !is_of_own, Construct::OtherListOfEach);
        let how_many = self.how_many(quantity);
        let is = if quantity.is_singular() { "is" } else { "are" };
        format!("{how_many} {list} {is} {}{what}", if not { "not " } else { "" })
    }

    /// `the highest price over services where trains, or £0.00 if none`
    pub(super) fn over_items(&mut self, over: &OverItems) -> String {
        let OverItems { aggregate, of, list, filter, if_none } = over;
        self.reach(match *aggregate {
            "sum" => Construct::SumOfItems,
            "number" => Construct::NumberOfItems,
            "highest" => Construct::HighestOfItems,
            "lowest" => Construct::LowestOfItems,
            "earliest" => Construct::EarliestOfItems,
            _ => Construct::LatestOfItems,
        });
        let is_of_own = self.at_hand.as_ref().is_some_and(|each| self.is_item_of(&each.item, list));
        self.reach_where(self.at_hand.is_some() && is_of_own, Construct::OwnListOfEach);
        self.reach_where(self.at_hand.is_some() && !is_of_own, Construct::OtherListOfEach);
        let mut text = match of {
            None => format!("the {aggregate} of {list}"),
            Some((of, true)) => format!("the {aggregate} of {of} over {list}"),
            Some((of, false)) => {
                self.reach(Construct::WithoutOf);
                format!("the {aggregate} {of} over {list}")
            }
        };
        if let Some(filter) = filter {
            self.reach(Construct::Where);
            let filter = self.condition(filter, 0);
            let filter = if if_none.is_some() { ended(&filter) } else { filter };
            text += &format!(" where {filter}");
        }
        if let Some(none) = if_none {
            self.reach(match none {
                Operand::Words(_) => Construct::WordIfNone,
                _ => Construct::IfNone,
            });
            text += &format!(", or {} if none", self.operand(none));
        }
        text
    }

    fn is_item_of(&self, item: &str, list: &str) -> bool {
        let mut lists = self.model.lists.iter();
        lists.any(|declared| declared.one() == item && (declared.plural == list || item == list))
    }
}

/// What can be told of many, and may then go on with what it is `if none`.
const OF_MANY: [&str; 4] = ["the number of ", "the sum of ", "the highest of ", "the lowest of "];

/// A filter whose last number or sum of items, or best of members, stands in brackets: what follows is
/// not said of it.
fn ended(filter: &str) -> String {
    let starts = OF_MANY.map(|start| filter.rfind(start));
    match starts.into_iter().flatten().max() {
        Some(start) if !filter[start..].contains(')') && is_last(&filter[start..]) => {
            format!("{}({})", &filter[..start], &filter[start..])
        }
        _ => filter.to_owned(),
    }
}

/// Whether a number or sum of items ends a filter, and nothing is asked of it: `the number of services
/// where price is £1.00`, and not `the number of services is 2`.
fn is_last(over: &str) -> bool {
    over.find(" is ").is_none_or(|is| over[..is].contains(" where "))
}
