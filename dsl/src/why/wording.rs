//! How expressions and conditions read: by the names in them, or by the figures of a case.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::program::{FactId, ValueId};
use apportion_core::rounding::Rounding;
use apportion_core::shift::MissingDay;

use super::decided::{Decided, Figure};
use crate::checked::{
    Aggregate, Condition, Counting, Distance, Elapsed, Expression, ExpressionKind, FamilyId,
    ListId, OverItems, Type, WordList,
};
use crate::distance::Period;
use crate::listed;
use crate::naming;
use crate::ratio::Ratio;
use crate::reading::show_over;
use crate::record::with_unit;
use crate::unit::Unit;

/// What an expression is made of, each part with the sign or word before it.
pub(crate) fn parts(expression: &Expression) -> Vec<&Expression> {
    match &expression.kind {
        ExpressionKind::Add(a, b) => [operands(a, Chain::Sum), operands(b, Chain::Sum)].concat(),
        ExpressionKind::Subtract(a, b) => [operands(a, Chain::Sum), Vec::from([&**b])].concat(),
        ExpressionKind::Multiply(a, b) => {
            [operands(a, Chain::Product), operands(b, Chain::Product)].concat()
        }
        ExpressionKind::Divide(a, b) => [operands(a, Chain::Product), Vec::from([&**b])].concat(),
        ExpressionKind::Greater(a, b) | ExpressionKind::Lesser(a, b) => Vec::from([&**a, &**b]),
        ExpressionKind::Distance { from, .. } => Vec::from([&**from]),
        ExpressionKind::Between { from, to, .. } => Vec::from([&**from, &**to]),
        ExpressionKind::Round { value, .. } => Vec::from([&**value]),
        _ => Vec::new(),
    }
}

/// Operations that are written in one line without brackets.
#[derive(Clone, Copy, PartialEq)]
enum Chain {
    Sum,
    Product,
}

impl Chain {
    fn of(expression: &Expression) -> Option<Chain> {
        match expression.kind {
            ExpressionKind::Add(..) | ExpressionKind::Subtract(..) => Some(Chain::Sum),
            ExpressionKind::Multiply(..) | ExpressionKind::Divide(..) => Some(Chain::Product),
            _ => None,
        }
    }
}

/// The parts of an expression that goes on in the same line, or else the expression.
fn operands(expression: &Expression, chain: Chain) -> Vec<&Expression> {
    match Chain::of(expression) {
        Some(own) if own == chain => parts(expression),
        _ => Vec::from([expression]),
    }
}

impl Decided<'_> {
    /// An expression by the names in it: `day care x day care rate`.
    pub(crate) fn named(&self, expression: &Expression) -> String {
        self.written(expression, &|part| {
            let text = self.named(part);
            if Chain::of(part) == Some(Chain::Sum) { format!("({text})") } else { text }
        })
    }

    /// An expression by the figures of its parts: `21.5 hours x £25.61`.
    pub(crate) fn figured(&self, expression: &Expression) -> String {
        self.written(expression, &|part| match self.expression(part) {
            Some(figure) => self.shown_short(&part.of, figure),
            None => self.named(part),
        })
    }

    /// An expression, its parts written by `part`.
    fn written(&self, expression: &Expression, part: &dyn Fn(&Expression) -> String) -> String {
        let chained = |it: &Expression, chain: Chain| match Chain::of(it) {
            Some(own) if own == chain => self.written(it, part),
            _ => part(it),
        };
        match &expression.kind {
            ExpressionKind::Add(a, b) => {
                format!("{} + {}", chained(a, Chain::Sum), chained(b, Chain::Sum))
            }
            ExpressionKind::Subtract(a, b) => format!("{} - {}", chained(a, Chain::Sum), part(b)),
            ExpressionKind::Multiply(a, b) => {
                format!("{} x {}", chained(a, Chain::Product), chained(b, Chain::Product))
            }
            ExpressionKind::Divide(a, b) => format!("{} / {}", chained(a, Chain::Product), part(b)),
            ExpressionKind::Greater(a, b) => {
                format!("the {} of {} and {}", greater(&expression.of), part(a), part(b))
            }
            ExpressionKind::Lesser(a, b) => {
                format!("the {} of {} and {}", lesser(&expression.of), part(a), part(b))
            }
            ExpressionKind::Distance { from, distance } => counted(*distance, &part(from)),
            ExpressionKind::Between { from, to, elapsed: Elapsed::Days(counting) } => {
                format!("days from {} to {}, {}", part(from), part(to), counting_words(*counting))
            }
            ExpressionKind::Between { from, to, elapsed: Elapsed::Years } => {
                age_words(&part(from), &part(to))
            }
            ExpressionKind::Round { value, step, rounding } => {
                format!("{}, {}", part(value), rounding_words(&expression.of, *step, *rounding))
            }
            _ => self.leaf(expression),
        }
    }

    /// An expression that is not written by its parts.
    fn leaf(&self, expression: &Expression) -> String {
        match &expression.kind {
            ExpressionKind::Constant(_) => match self.expression(expression) {
                Some(figure) => self.shown(&expression.of, figure),
                None => String::new(),
            },
            ExpressionKind::Fact(fact) => self.fact_name(*fact),
            ExpressionKind::Conclusion(conclusion) => {
                let conclusion = self.policy.checked().conclusions.get(conclusion.index());
                conclusion.map_or_else(String::new, |it| {
                    format!("the {} is {}", self.subject(it.list), it.name)
                })
            }
            ExpressionKind::Value(value) => self.value_name(*value),
            ExpressionKind::Member => self.member.map(|it| self.fact_name(it)).unwrap_or_default(),
            ExpressionKind::MemberName => self.member_family(&expression.of),
            ExpressionKind::Age { birth, on } => {
                age_words(&self.fact_name(*birth), &self.fact_name(*on))
            }
            ExpressionKind::Rate { rate, on } => {
                format!("{} on {}", self.value_name(*rate), self.named(on))
            }
            ExpressionKind::Sum { of, family } => self.over_family("sum", *of, *family),
            ExpressionKind::Highest { of, family } => self.over_family("highest", *of, *family),
            ExpressionKind::Lowest { of, family } => self.over_family("lowest", *of, *family),
            ExpressionKind::Items(over) => self.over_list(over),
            _ => String::new(),
        }
    }

    pub(crate) fn fact_name(&self, fact: FactId) -> String {
        self.policy.facts().get(fact.index()).map(|fact| fact.name.clone()).unwrap_or_default()
    }

    pub(crate) fn value_name(&self, value: ValueId) -> String {
        let value = self.policy.checked().values.get(value.index());
        value.map(|value| value.name.clone()).unwrap_or_default()
    }

    /// Whom something is said of: the items of a list, or the case.
    pub(crate) fn subject(&self, list: Option<ListId>) -> &str {
        let list = list.and_then(|list| self.policy.lists().get(list.index()));
        list.map_or(&self.policy.checked().subject, |list| &list.singular)
    }

    fn member_family(&self, of: &Type) -> String {
        let Type::Words { list, .. } = of else { return String::new() };
        let mut families = self.policy.checked().families.iter();
        let named = families.find(|family| family.names == *list);
        named.map(|family| family.singular.clone()).unwrap_or_default()
    }

    fn over_family(&self, how: &str, of: Option<ValueId>, family: FamilyId) -> String {
        let of = of.map(|value| format!(" of {}", self.value_name(value))).unwrap_or_default();
        format!("the {how}{of} over {}", self.plural(family))
    }

    fn plural(&self, family: FamilyId) -> &str {
        let family = self.policy.checked().families.get(family.0 as usize);
        family.map(|family| family.plural.as_str()).unwrap_or_default()
    }

    fn over_list(&self, over: &OverItems) -> String {
        let list = self.policy.lists().get(over.list.index());
        let plural = list.map(|list| list.plural.as_str()).unwrap_or_default();
        let of = over.of.as_ref().map(|of| self.named(of)).unwrap_or_default();
        let kind = over.of.as_ref().map(|of| &of.of);
        let taken = match (over.aggregate, kind) {
            (Aggregate::Number, _) | (_, None) => format!("the number of {plural}"),
            (Aggregate::Sum, _) => format!("the sum of {of} over {plural}"),
            (Aggregate::Greatest, Some(Type::Date { .. })) => {
                format!("the latest {of} over {plural}")
            }
            (Aggregate::Least, Some(Type::Date { .. })) => {
                format!("the earliest {of} over {plural}")
            }
            (Aggregate::Greatest, _) => format!("the highest {of} over {plural}"),
            (Aggregate::Least, _) => format!("the lowest {of} over {plural}"),
        };
        match over.filter {
            Condition::Always => taken,
            ref filter => format!("{taken} where {}", self.condition(filter)),
        }
    }

    /// Words of a type: `severe or higher`, `home or residential`.
    pub(crate) fn words(&self, of: &Type, words: &[u8]) -> String {
        let Type::Words { list, count } = of else { return String::new() };
        let list = self.policy.checked().word_lists.get(list.0 as usize);
        let (Some(list), [first, .., last]) = (list, words) else {
            return words.first().map(|word| self.policy.show_word(of, *word)).unwrap_or_default();
        };
        let word = |word: &u8| self.policy.show_word(of, *word);
        let is_run = usize::from(last - first) + 1 == words.len();
        match ends(list, *count, (*first, *last)) {
            Some((true, false)) if is_run => format!("{} or lower", word(last)),
            Some((false, true)) if is_run => format!("{} or higher", word(first)),
            _ => {
                let words: Vec<String> = words.iter().map(word).collect();
                naming::listed_or(&words)
            }
        }
    }

    /// A figure with what it is for: `£917.42 a week`.
    pub(crate) fn shown(&self, of: &Type, figure: Figure) -> String {
        match of {
            Type::Number(number) if number.unit.is_of_time_alone() => self.figure_alone(of, figure),
            _ => with_unit(&self.figure_alone(of, figure), &of.after_amount()),
        }
    }

    /// A figure with what it counts alone: `21.5 hours`, `£25.61`.
    pub(crate) fn shown_short(&self, of: &Type, figure: Figure) -> String {
        let unit = match of {
            Type::Number(number) if !number.unit.is_of_time_alone() => number.unit.after_number(),
            _ => String::new(),
        };
        with_unit(&self.figure_alone(of, figure), &unit)
    }

    /// A figure without a unit: `£917.42`, `21.5`.
    pub(crate) fn figure_alone(&self, of: &Type, figure: Figure) -> String {
        match (figure, of) {
            (Figure::YesNo(yes), _) => String::from(if yes { "yes" } else { "no" }),
            (Figure::Word(word), of) => self.policy.show_word(of, word),
            (Figure::Date(day), _) => day.to_string(),
            (Figure::Number(number), Type::Number(kind)) => show_ratio(&kind.unit, number),
            (Figure::Listed(words), Type::Listed { list, .. }) => {
                let list = self.policy.checked().word_lists.get(list.0 as usize);
                listed::show(list.map_or(&[][..], |list| &list.words), words)
            }
            (Figure::Number(_) | Figure::Listed(_), _) => String::new(),
        }
    }
}

/// A number as people write it; of money that has no end in pounds and pence, what is left of a
/// penny as a fraction.
pub(crate) fn show_ratio(unit: &Unit, number: Ratio) -> String {
    let Some((value, over)) = number.parts() else { return number.to_string() };
    let is_endless = MOST_PLACES.checked_rem(over) != Some(0);
    if unit.is_money() && is_endless && value >= 0 {
        let (whole, left) = (value - value % over, value % over);
        return format!("{} and {left}/{over} of a penny", show_over(unit, whole, over));
    }
    show_over(unit, value, over)
}

/// What goes into it has at most six places below the penny.
const MOST_PLACES: i64 = 1_000_000;

/// Whether words begin at the lowest, and end at the highest, of a list that has an order.
fn ends(list: &WordList, count: u8, (first, last): (u8, u8)) -> Option<(bool, bool)> {
    list.is_ordered.then(|| (first == 0, last.checked_add(1) == Some(count)))
}

fn greater(of: &Type) -> &'static str {
    match of {
        Type::Date { .. } => "later",
        Type::Words { .. } => "higher",
        _ => "greater",
    }
}

fn lesser(of: &Type) -> &'static str {
    match of {
        Type::Date { .. } => "earlier",
        Type::Words { .. } => "lower",
        _ => "lesser",
    }
}

/// `28 days after decision date, not counting that day`
fn counted(distance: Distance, from: &str) -> String {
    let period = match distance.period {
        Period::Days => "days",
        Period::WorkingDays => "working days",
        Period::Weeks => "weeks",
        Period::Months => "months",
        Period::Years => "years",
    };
    let period = match distance.count {
        1 => naming::singular(period),
        _ => String::from(period),
    };
    let way = if distance.is_before { "before" } else { "after" };
    let counts = if distance.counts_day { ", counting that day" } else { "" };
    let missing = match distance.missing {
        Some(MissingDay::Last) => ", or the last day",
        Some(MissingDay::Next) => ", or the next day",
        None => "",
    };
    format!("{} {period} {way} {from}{counts}{missing}", distance.count)
}

/// `age on decision date`
fn age_words(birth: &str, on: &str) -> String {
    match birth {
        "date of birth" => format!("age on {on}"),
        birth => format!("age from {birth} on {on}"),
    }
}

fn counting_words(counting: Counting) -> &'static str {
    match counting {
        Counting::Both => "counting both days",
        Counting::First => "counting the first only",
        Counting::Last => "counting the last only",
        Counting::Neither => "counting neither",
    }
}

/// `to the nearest penny, halves up`
pub(crate) fn rounding_words(of: &Type, step: (i64, i64), rounding: Rounding) -> String {
    let is_money = matches!(of, Type::Number(number) if number.unit.is_money());
    let to = match (is_money, step, of) {
        (true, (1, 1), _) => String::from("penny"),
        (true, (100, 1), _) => String::from("pound"),
        (false, (1, 1), _) => String::from("whole number"),
        (_, (value, over), Type::Number(number)) => show_over(&number.unit, value, over),
        _ => String::new(),
    };
    let way = match rounding {
        Rounding::HalvesUp => "halves up",
        Rounding::HalvesDown => "halves down",
        Rounding::HalvesToEven => "halves to even",
        Rounding::Up => "up",
        Rounding::Down => "down",
    };
    format!("to the nearest {to}, {way}")
}
