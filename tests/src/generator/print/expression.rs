//! Expressions, with brackets where they are needed.

use apportion::distance::Period;
use apportion_core::rounding::Rounding;
use apportion_core::shift::MissingDay;

use super::{Page, a, money};
use crate::generator::model::{Expression, Literal, RoundTo};
use crate::generator::reached::Construct;

/// How strongly an expression holds together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Rounded,
    /// What is said of the rates is said of the whole sum before it.
    AtRates,
    Sum,
    /// A conversion ends its term: nothing may be multiplied after it.
    Converted,
    Product,
    Primary,
}

fn strength(expression: &Expression) -> Strength {
    match expression {
        Expression::Rounded(..) => Strength::Rounded,
        Expression::AtRates(..) => Strength::AtRates,
        // What goes on after its second part might belong to that.
        Expression::Extreme(..) => Strength::AtRates,
        // A test or a value stands at its end, so nothing may follow.
        Expression::OverItems(over) if over.filter.is_some() || over.if_none.is_some() => {
            Strength::AtRates
        }
        Expression::Binary('+' | '-', ..) => Strength::Sum,
        Expression::For(..)
        | Expression::ForNamed(..)
        | Expression::OverWeeks(..)
        | Expression::Distance { .. }
        | Expression::DaysBetween(..) => Strength::Converted,
        Expression::Binary(..) => Strength::Product,
        _ => Strength::Primary,
    }
}

impl Page<'_> {
    /// An expression that may end in its rounding.
    pub(super) fn rounded(&mut self, expression: &Expression) -> String {
        match expression {
            Expression::Rounded(value, to, rounding) => {
                let value = self.at_least(value, Strength::AtRates);
                format!("{value}, {}", self.rounding(to, *rounding))
            }
            other => self.at_least(other, Strength::AtRates),
        }
    }

    /// An expression whose rounding stands in brackets.
    pub(super) fn expression(&mut self, expression: &Expression) -> String {
        self.at_least(expression, Strength::Sum)
    }

    fn at_least(&mut self, expression: &Expression, least: Strength) -> String {
        if strength(expression) >= least {
            return self.inside(expression);
        }
        if matches!(expression, Expression::Rounded(..)) {
            self.reach(Construct::RoundedInside);
        }
        format!("({})", self.rounded(expression))
    }

    fn primary(&mut self, expression: &Expression) -> String {
        self.at_least(expression, Strength::Primary)
    }

    fn inside(&mut self, expression: &Expression) -> String {
        match expression {
            Expression::Name(name) => name.clone(),
            Expression::Literal(literal) => self.literal(literal),
            Expression::Binary(sign, left, right) => self.binary(*sign, left, right),
            Expression::Part(share, of) => {
                let is_percent = matches!(share, Literal::Percent(..));
                self.reach(if is_percent { Construct::PercentOf } else { Construct::FractionOf });
                let share = self.literal(share);
                format!("{share} of {}", self.primary(of))
            }
            Expression::Extreme(word, left, right) => {
                self.reach(match *word {
                    "greater" => Construct::Greater,
                    "lesser" => Construct::Lesser,
                    "later" => Construct::LaterDay,
                    "earlier" => Construct::EarlierDay,
                    "higher" => Construct::HigherLevel,
                    _ => Construct::LowerLevel,
                });
                let left = self.primary(left);
                format!("the {word} of {left} and {}", self.primary(right))
            }
            Expression::Age(None, on) => {
                self.reach(Construct::AgeOn);
                format!("age on {on}")
            }
            Expression::Age(Some(from), on) => {
                self.reach(Construct::AgeFrom);
                format!("age from {from} on {on}")
            }
            Expression::AgeBetween(from, on) => {
                if !matches!(**on, Expression::Name(_)) {
                    self.reach(Construct::AgeOnDay);
                }
                let (from, on) = (self.primary(from), self.primary(on));
                match from.as_str() {
                    "date of birth" => format!("age on {on}"),
                    from => format!("age from {from} on {on}"),
                }
            }
            Expression::Over { aggregate, of, all, family } => {
                self.reach(match (*aggregate, of) {
                    ("sum", _) => Construct::SumOver,
                    ("highest", Some(_)) => Construct::HighestOver,
                    ("highest", None) => Construct::HighestMember,
                    (_, Some(_)) => Construct::LowestOver,
                    (_, None) => Construct::LowestMember,
                });
                let all = if *all { "all " } else { "" };
                match of {
                    Some(of) => format!("the {aggregate} of {of} over {all}{family}"),
                    None => format!("the {aggregate} {family}"),
                }
            }
            Expression::OverItems(over) => self.over_items(over),
            Expression::NumberOf(family) => {
                self.reach(Construct::NumberOf);
                format!("the number of {family}")
            }
            Expression::Rounded(..) => self.rounded(expression),
            Expression::For(value, count, period, per) => {
                let (digits, places) = *count;
                self.reach(match (*period, per) {
                    _ if places > 0 => Construct::ForPartWeeks,
                    ("week", None) => Construct::ForWeeks,
                    ("week", Some(_)) => Construct::ForWeeksAYear,
                    ("month", _) => Construct::ForMonthsAYear,
                    _ => Construct::ForDays,
                });
                let value = self.at_least(value, Strength::Product);
                let per = per.map(a).map(|per| format!(" {per}")).unwrap_or_default();
                let count = super::decimal(i64::from(digits), places);
                format!("{value} for {count} {period}s{per}")
            }
            Expression::AtRates(value, on) => {
                self.reach(Construct::AtRates);
                let value = self.expression(value);
                format!("{value} at the rates on {}", self.primary(on))
            }
            Expression::ForNamed(value, name) => {
                self.reach(Construct::ForNamed);
                format!("{} for {name}", self.at_least(value, Strength::Product))
            }
            Expression::Distance { .. } => self.distance(expression),
            Expression::DaysBetween(from, to, counting) => {
                self.reach(match *counting {
                    "both days" => Construct::CountingBoth,
                    "the first only" => Construct::CountingFirst,
                    "the last only" => Construct::CountingLast,
                    _ => Construct::CountingNeither,
                });
                let (from, to) = (self.primary(from), self.primary(to));
                format!("days from {from} to {to}, counting {counting}")
            }
            Expression::OverWeeks(value, weeks) => {
                self.reach(Construct::OverWeeks);
                format!("{} over {weeks} weeks", self.at_least(value, Strength::Product))
            }
        }
    }

    /// `28 days after checklist received, not counting that day`
    fn distance(&mut self, expression: &Expression) -> String {
        let Expression::Distance { count, period, is_before, from, counting, missing } = expression
        else {
            return String::new();
        };
        let (construct, word) = match period {
            Period::Days => (Construct::DaysAfter, "day"),
            Period::WorkingDays => (Construct::WorkingDaysAfter, "working day"),
            Period::Weeks => (Construct::WeeksAfter, "week"),
            Period::Months => (Construct::MonthsAfter, "month"),
            Period::Years => (Construct::YearsAfter, "year"),
        };
        self.reach(construct);
        self.reach_where(*is_before, Construct::DaysBefore);
        let s = if *count == 1 { "" } else { "s" };
        let way = if *is_before { "before" } else { "after" };
        let mut text = format!("{} {word}{s} {way} {}", self.count(*count), self.primary(from));
        let (construct, words) = match counting {
            Some(true) => (Construct::CountingThatDay, ", counting that day"),
            Some(false) => (Construct::NotCountingThatDay, ", not counting that day"),
            None => (Construct::CountingLeftOut, ""),
        };
        self.reach(construct);
        text.push_str(words);
        let (construct, words) = match missing {
            Some(MissingDay::Last) => (Construct::OrTheLastDay, ", or the last day"),
            Some(MissingDay::Next) => (Construct::OrTheNextDay, ", or the next day"),
            None => return text,
        };
        self.reach(construct);
        text + words
    }

    fn binary(&mut self, sign: char, left: &Expression, right: &Expression) -> String {
        self.reach(match sign {
            '+' => Construct::Add,
            '-' => Construct::Subtract,
            'x' => Construct::Multiply,
            _ if matches!(right, Expression::Literal(_)) => Construct::DivideByNumber,
            _ if matches!(left, Expression::Binary('x', ..)) => Construct::ProductQuotient,
            _ => Construct::Quotient,
        });
        let (from, to) = match sign {
            '+' => (Strength::Sum, Strength::Sum),
            '-' => (Strength::Sum, Strength::Converted),
            _ => (Strength::Product, Strength::Primary),
        };
        let left = self.at_least(left, from);
        // Left to right: what stands after a plus is a term of its own.
        let right = self.at_least(right, if sign == '+' { Strength::Converted } else { to });
        format!("{left} {sign} {right}")
    }

    /// `to the nearest penny, halves up`
    pub(super) fn rounding(&mut self, to: &RoundTo, rounding: Rounding) -> String {
        let (construct, words) = match to {
            RoundTo::Pence(1) => (Construct::ToPenny, "penny".into()),
            RoundTo::Pence(pence) if pence % 100 == 0 => {
                (Construct::ToPound, money(*pence).replace(".00", ""))
            }
            RoundTo::Pence(pence) => (Construct::ToTenPence, format!("{pence}p")),
            RoundTo::Number(1, 0) => (Construct::ToWhole, "whole number".into()),
            RoundTo::Number(digits, places) => {
                (Construct::ToTenth, super::decimal(*digits, *places))
            }
            RoundTo::Percent(digits, 0) => (Construct::ToPercent, format!("{digits}%")),
            RoundTo::Percent(digits, places) => {
                let percent = super::decimal(*digits, *places);
                (Construct::ToHundredthPercent, format!("{percent}%"))
            }
        };
        self.reach(construct);
        let (construct, way) = rounding_words(rounding);
        self.reach(construct);
        format!("to the nearest {words}, {way}")
    }
}

/// How a rounding is written.
pub(super) fn rounding_words(rounding: Rounding) -> (Construct, &'static str) {
    match rounding {
        Rounding::HalvesUp => (Construct::HalvesUp, "halves up"),
        Rounding::HalvesDown => (Construct::HalvesDown, "halves down"),
        Rounding::HalvesToEven => (Construct::HalvesToEven, "halves to even"),
        Rounding::Up => (Construct::RoundUp, "up"),
        Rounding::Down => (Construct::RoundDown, "down"),
    }
}
