//! Expressions: each gets a type, a unit, a denominator and bounds.

use alloc::boxed::Box;

use apportion_core::date::Date;

use super::Checker;
use super::day;
use super::declare::{a_hundredth, fraction};
use super::list::WrittenOver;
use super::meaning::Meaning;
use super::mistake::{ListMistake, ListedMistake, NameMistake, NumberMistake};
use super::quotient::{fits_one_step, has_quotient, quotient_bounds, rounded_bounds};
use super::types::{digits_of_product, digits_together};
use crate::checked::{Constant, Expression, ExpressionKind, FamilyId, Type};
use crate::naming;
use crate::number::{Number, reduced};
use crate::source::Span;
use crate::syntax::{self, Aggregate, Literal, Name, Operator, RoundTo};
use crate::unit::Unit;

impl Checker<'_> {
    /// The checked expression; broken, and reported, where it means nothing.
    pub(super) fn expression(&mut self, written: &syntax::Expression) -> Expression {
        let expression = self.expression_of_kind(written);
        self.narrowed(expression)
    }

    fn expression_of_kind(&mut self, written: &syntax::Expression) -> Expression {
        let span = self.place(written.span);
        match &written.kind {
            syntax::ExpressionKind::Literal { value, per } => {
                literal(value, per.as_ref().map(|per| per.value.as_str()), span)
            }
            syntax::ExpressionKind::Name(name) => self.named(name),
            syntax::ExpressionKind::Binary { operator, left, right } => {
                let (left, right) = (self.expression(left), self.expression(right));
                self.binary(*operator, left, right, span)
            }
            syntax::ExpressionKind::Part { share, of } => {
                let share = literal(&share.value, None, self.place(share.span));
                let of = self.expression(of);
                self.product(share, of, span)
            }
            syntax::ExpressionKind::Extreme { is_greatest, left, right } => {
                let (left, right) = (self.expression(left), self.expression(right));
                self.extreme(*is_greatest, left, right, span)
            }
            syntax::ExpressionKind::Age { from, on } => self.age(from.as_deref(), on, span),
            syntax::ExpressionKind::AtRates { value, on } => self.at_rates(value, on, span),
            syntax::ExpressionKind::Over { aggregate, of, family, filter, if_none } => {
                if let Some(Meaning::List(list)) = self.meaning(&family.key) {
                    let (of, filter) = (of.as_ref(), filter.as_deref());
                    let (aggregate, if_none) = (*aggregate, if_none.as_deref());
                    let written = WrittenOver { aggregate, of, filter, if_none };
                    return self.over_items(list, &written, span);
                }
                if if_none.is_some() {
                    self.report(ListMistake::IfNoneNotNeeded { span });
                    return Expression::broken(span);
                }
                if filter.is_some() {
                    self.report(NumberMistake::FilterOverFacts { span });
                    return Expression::broken(span);
                }
                self.over(*aggregate, of.as_ref(), family, span)
            }
            syntax::ExpressionKind::Rounded { value, to, rounding } => {
                let value = self.expression(value);
                self.rounded(value, *to, *rounding, span)
            }
            syntax::ExpressionKind::Distance {
                count,
                period,
                is_before,
                from,
                counts_day,
                missing,
            } => {
                let (period, is_before, counts_day) = (*period, *is_before, *counts_day);
                let missing = *missing;
                self.distance(
                    &day::Written { count, period, is_before, from, counts_day, missing },
                    span,
                )
            }
            syntax::ExpressionKind::DaysBetween { from, to, counting } => {
                self.days_between(from, to, *counting, span)
            }
            syntax::ExpressionKind::For { value, count, period, per } => {
                let value = self.expression(value);
                let is_weekly = value.number().and_then(|it| it.unit.period()) == Some("week");
                // Days of a weekly amount: a seventh of it each.
                let (period, parts) = match period.as_str() {
                    "day" if is_weekly => ("week", 7),
                    period => (period, 1),
                };
                let (count, over) = fraction(*count);
                let unit = Unit::counted(period, per.as_deref());
                self.converted(value, (unit, count, over.saturating_mul(parts)), period, span)
            }
            syntax::ExpressionKind::ForNamed { value, name } => self.for_named(value, name, span),
            syntax::ExpressionKind::OverWeeks { value, weeks } => {
                let value = self.expression(value);
                let unit = Unit::plain().over(&Unit::counted("week", None));
                let unit = unit.over(&Unit::plain().over(&Unit::counted("year", None)));
                let (weeks, over) = fraction(*weeks);
                let factor = (unit, over, weeks.max(1));
                self.converted(value, factor, "year", span)
            }
        }
    }

    /// What a name stands for in an expression.
    pub(super) fn named(&mut self, name: &Name) -> Expression {
        let expression = self.named_anywhere(name);
        self.narrowed(expression)
    }

    fn named_anywhere(&mut self, name: &Name) -> Expression {
        let span = self.place(name.span);
        let meaning = self.meaning(&name.key);
        let list = match meaning {
            Some(Meaning::Fact(id)) => self.policy.facts.get(id.index()).and_then(|it| it.list),
            Some(Meaning::Value(id)) => self.policy.values.get(id.index()).and_then(|it| it.list),
            Some(Meaning::Conclusion(id)) => {
                self.policy.conclusions.get(id.index()).and_then(|it| it.list)
            }
            _ => None,
        };
        if !self.is_at_hand(list, name) {
            return Expression::broken(span);
        }
        let found = match meaning {
            Some(Meaning::Fact(id)) => {
                let fact = self.policy.facts.get(id.index());
                fact.map(|fact| (ExpressionKind::Fact(id), fact.kind.clone(), fact.is_text, None))
            }
            Some(Meaning::Value(id)) => {
                let value = self.policy.values.get(id.index());
                value.map(|v| (ExpressionKind::Value(id), v.kind.clone(), false, v.each))
            }
            Some(Meaning::Conclusion(id)) => {
                Some((ExpressionKind::Conclusion(id), Type::YesNo, false, None))
            }
            _ => None,
        };
        match found {
            Some((_, Type::Listed { .. }, ..)) => {
                self.report(ListedMistake::NotAsked { name: name.key.clone(), span });
                Expression::broken(span)
            }
            Some((_, _, true, _)) => {
                self.report(NameMistake::TextIsNeverTested { name: name.key.clone(), span });
                Expression::broken(span)
            }
            Some((_, _, _, Some(family))) if self.member_of != Some(family) => {
                let family = self.policy.families.get(family.0 as usize);
                let singular = family.map(|family| family.singular.clone()).unwrap_or_default();
                let plural = family.map(|family| family.plural.clone()).unwrap_or_default();
                let name = name.key.clone();
                self.report(NumberMistake::OnePerMember { name, singular, plural, span });
                Expression::broken(span)
            }
            Some((ExpressionKind::Value(id), of, _, _)) => {
                Expression { kind: self.value_or_rate(id), of, span }
            }
            Some((kind, of, _, _)) => Expression { kind, of, span },
            None => {
                self.wrong_kind(name, "a fact or a value");
                Expression::broken(span)
            }
        }
    }

    pub(super) fn binary(
        &mut self,
        operator: Operator,
        left: Expression,
        right: Expression,
        span: Span,
    ) -> Expression {
        if left.is_broken() || right.is_broken() {
            return Expression::broken(span);
        }
        match operator {
            Operator::Multiply => self.product(left, right, span),
            Operator::Divide => self.quotient(left, right, span),
            Operator::Add | Operator::Subtract => {
                let mut left = self.without_quotient(left);
                let mut right = self.without_quotient(right);
                if !self.are_numbers(&left, &right) || !self.agree_to_add(&mut left, &mut right) {
                    return Expression::broken(span);
                }
                let (Some(a), Some(b)) = (left.number(), right.number()) else {
                    return Expression::broken(span);
                };
                let number = if operator == Operator::Add { a.plus(b) } else { a.minus(b) };
                let digits = digits_together(a, b);
                let of = self.fitting(number, digits, span);
                let (left, right) = (Box::new(left), Box::new(right));
                let kind = match operator {
                    Operator::Add => ExpressionKind::Add(left, right),
                    _ => ExpressionKind::Subtract(left, right),
                };
                Expression { kind, of, span }
            }
        }
    }

    /// In a sum a bare count may stand beside a counted thing, but bare pounds may not stand
    /// beside pounds a week.
    fn agree_to_add(&mut self, left: &mut Expression, right: &mut Expression) -> bool {
        let unit = |side: &Expression| side.number().map(|number| number.unit.clone());
        let units = unit(left).zip(unit(right));
        let disagreeing = units.filter(|(a, b)| a != b && a.is_money());
        if let Some((a, b)) = disagreeing {
            self.report(NumberMistake::UnitsDisagree {
                left: left.span,
                left_unit: a,
                right: right.span,
                right_unit: b,
            });
            return false;
        }
        self.agree(left, right)
    }

    fn are_numbers(&mut self, left: &Expression, right: &Expression) -> bool {
        for side in [left, right] {
            if side.is_broken() {
                return false;
            }
            if side.number().is_none() {
                let found = side.of.noun();
                self.report(NumberMistake::NotANumber { span: side.span, found });
                return false;
            }
        }
        true
    }

    pub(super) fn product(
        &mut self,
        left: Expression,
        right: Expression,
        span: Span,
    ) -> Expression {
        if !self.are_numbers(&left, &right) {
            return Expression::broken(span);
        }
        let (Some(a), Some(b)) = (left.number(), right.number()) else {
            return Expression::broken(span);
        };
        if a.unit.is_money() && b.unit.is_money() {
            self.report(NumberMistake::MoneyTimesMoney { span });
            return Expression::broken(span);
        }
        let number = if has_quotient(&left) || has_quotient(&right) {
            // Its bounds are worked out where it is rounded, which is before it is kept.
            Some(unbounded(a.unit.times(&b.unit)))
        } else {
            a.times(b)
        };
        let digits = digits_of_product(a, b);
        let of = self.fitting(number, digits, span);
        Expression { kind: ExpressionKind::Multiply(Box::new(left), Box::new(right)), of, span }
    }

    /// A quotient by a constant is a product; any other stands only where it is rounded.
    fn quotient(&mut self, left: Expression, right: Expression, span: Span) -> Expression {
        let right = self.without_quotient(right);
        if !self.are_numbers(&left, &right) {
            return Expression::broken(span);
        }
        let (Some(a), Some(b)) = (left.number(), right.number()) else {
            return Expression::broken(span);
        };
        if b.least <= 0 && b.greatest >= 0 {
            self.report(NumberMistake::MayDivideByZero { span: right.span });
            return Expression::broken(span);
        }
        let unit = a.unit.over(&b.unit);
        if let Some(divisor) = right.constant() {
            let (numerator, denominator) = reciprocal(divisor, b.denominator);
            let (number, value) =
                Number::constant(Unit::plain().over(&b.unit), numerator, denominator);
            let kind = ExpressionKind::Constant(Constant::Number(value));
            let factor = Expression { kind, of: Type::Number(number), span: right.span };
            return self.product(left, factor, span);
        }
        let of = Type::Number(unbounded(unit));
        Expression { kind: ExpressionKind::Divide(Box::new(left), Box::new(right)), of, span }
    }

    pub(super) fn extreme(
        &mut self,
        is_greatest: bool,
        left: Expression,
        right: Expression,
        span: Span,
    ) -> Expression {
        let mut left = self.without_quotient(left);
        let mut right = self.without_quotient(right);
        if !self.agree(&mut left, &mut right) {
            return Expression::broken(span);
        }
        let of = match (&left.of, &right.of) {
            (Type::Number(a), Type::Number(b)) => {
                let number = a.extreme(b, is_greatest);
                self.fitting(number, digits_together(a, b), span)
            }
            (Type::Words { list, .. }, _) if !self.is_ordered(*list) => {
                self.report(NumberMistake::NoOrder { span });
                Type::Broken
            }
            (Type::Words { .. }, _) => self.either(&left.of.clone(), &right.of.clone(), span),
            (Type::Date { first: a, last: b }, Type::Date { first: c, last: d }) => {
                let pick = |x: &Date, y: &Date| *if is_greatest { x.max(y) } else { x.min(y) };
                Type::Date { first: pick(a, c), last: pick(b, d) }
            }
            (found, _) => {
                let found = found.noun();
                self.report(NumberMistake::NotANumber { span, found });
                Type::Broken
            }
        };
        if of == Type::Broken {
            return Expression::broken(span);
        }
        let (left, right) = (Box::new(left), Box::new(right));
        let kind = if is_greatest {
            ExpressionKind::Greater(left, right)
        } else {
            ExpressionKind::Lesser(left, right)
        };
        Expression { kind, of, span }
    }

    /// The family a name means.
    pub(super) fn family(&mut self, name: &Name) -> Option<FamilyId> {
        match self.meaning(&name.key) {
            Some(Meaning::Family(family)) => Some(family),
            _ => {
                self.wrong_kind(name, "a family of facts");
                None
            }
        }
    }

    fn over(
        &mut self,
        aggregate: Aggregate,
        of: Option<&Name>,
        family: &Name,
        span: Span,
    ) -> Expression {
        let Some(family) = self.family(family) else { return Expression::broken(span) };
        let members = self.policy.families.get(family.0 as usize).map(|f| f.members.clone());
        let members = members.unwrap_or_default();
        if aggregate == Aggregate::Number {
            let count = i64::try_from(members.len()).unwrap_or(i64::MAX);
            return number_constant(Unit::plain(), count, 1, span);
        }
        // `the sum of cost over costs`: what is asked for is what the members are.
        let of = of.filter(|name| !self.names_a_member(name, family));
        let (value, kinds) = match of {
            Some(name) => {
                let each = self.each_over(name, family);
                let outer = self.member_of.replace(each);
                let named = self.named(name);
                self.member_of = outer;
                let ExpressionKind::Value(value) = named.kind else {
                    if !named.is_broken() {
                        self.wrong_kind(name, "a value given for each member");
                    }
                    return Expression::broken(span);
                };
                let each = self.policy.values.get(value.index()).and_then(|value| value.each);
                if each != Some(self.each_over(name, family)) {
                    self.wrong_kind(name, "a value given for each member");
                    return Expression::broken(span);
                }
                (Some(value), alloc::vec![named.of; members.len()])
            }
            None => {
                let kind = |fact: &apportion_core::program::FactId| {
                    self.policy.facts.get(fact.index()).map_or(Type::Broken, |f| f.kind.clone())
                };
                (None, members.iter().map(kind).collect())
            }
        };
        let of = self.aggregated(aggregate, &kinds, span);
        if of == Type::Broken {
            return Expression::broken(span);
        }
        let kind = match aggregate {
            Aggregate::Sum | Aggregate::Number => ExpressionKind::Sum { of: value, family },
            Aggregate::Highest | Aggregate::Latest => ExpressionKind::Highest { of: value, family },
            Aggregate::Lowest | Aggregate::Earliest => ExpressionKind::Lowest { of: value, family },
        };
        Expression { kind, of, span }
    }

    /// Whether a name is that of one member of a family, or of the family that it is a group of.
    fn names_a_member(&self, name: &Name, family: FamilyId) -> bool {
        let families = &self.policy.families;
        let own = families.get(family.0 as usize);
        let whole = own.and_then(|it| families.get(it.part_of?.0 as usize));
        let mut named = own.into_iter().chain(whole);
        let is_value = matches!(self.meaning(&name.key), Some(Meaning::Value(_)));
        !is_value && named.any(|it| naming::has_key(&it.singular, &name.key))
    }

    /// The family whose members a value over a family or group is given for: of a group the
    /// whole family, where the value is given for all of it.
    fn each_over(&self, name: &Name, family: FamilyId) -> FamilyId {
        let whole = self.policy.families.get(family.0 as usize).and_then(|it| it.part_of);
        let each = match self.meaning(&name.key) {
            Some(Meaning::Value(id)) => self.policy.values.get(id.index()).and_then(|it| it.each),
            _ => None,
        };
        whole.filter(|whole| each == Some(*whole)).unwrap_or(family)
    }

    fn aggregated(&mut self, aggregate: Aggregate, kinds: &[Type], span: Span) -> Type {
        let mut kinds = kinds.iter();
        // A family without members could not be read, which has been reported.
        let Some(mut whole) = kinds.next().cloned() else { return Type::Broken };
        for kind in kinds {
            whole = match (&whole, kind) {
                (Type::Number(a), Type::Number(b)) => {
                    let number = match aggregate {
                        Aggregate::Sum | Aggregate::Number => a.plus(b),
                        Aggregate::Highest | Aggregate::Latest => a.extreme(b, true),
                        Aggregate::Lowest | Aggregate::Earliest => a.extreme(b, false),
                    };
                    self.fitting(number, digits_together(a, b), span)
                }
                _ => self.either(&whole.clone(), kind, span),
            };
        }
        match &whole {
            Type::Number(_) | Type::Broken => whole,
            Type::Words { list, .. } if aggregate != Aggregate::Sum && self.is_ordered(*list) => {
                whole
            }
            Type::Words { .. } if aggregate != Aggregate::Sum => {
                self.report(NumberMistake::NoOrder { span });
                Type::Broken
            }
            found => {
                let found = found.noun();
                self.report(NumberMistake::NotANumber { span, found });
                Type::Broken
            }
        }
    }

    /// Whether the words of a list have an order.
    pub(super) fn is_ordered(&self, list: crate::checked::WordListId) -> bool {
        self.policy.word_lists.get(list.0 as usize).is_some_and(|list| list.is_ordered)
    }

    pub(super) fn rounded(
        &mut self,
        value: Expression,
        to: RoundTo,
        rounding: apportion_core::rounding::Rounding,
        span: Span,
    ) -> Expression {
        if value.is_broken() {
            return Expression::broken(span);
        }
        let Some(number) = value.number() else {
            let found = value.of.noun();
            self.report(NumberMistake::NotANumber { span: value.span, found });
            return Expression::broken(span);
        };
        let unit = number.unit.clone();
        let (step, fits) = match to {
            RoundTo::Pence(pence) => ((pence, 1), unit.is_money()),
            RoundTo::Number(step) => (fraction(step), !unit.is_money() && !unit.is_percent()),
            RoundTo::Percent(step) => (fraction(a_hundredth(step)), unit.is_percent()),
        };
        if !fits {
            self.report(NumberMistake::RoundedToAnotherUnit { span, unit });
            return Expression::broken(span);
        }
        if has_quotient(&value) && !fits_one_step(&value, step) {
            self.report(NumberMistake::QuotientInParts { span: value.span });
            return Expression::broken(span);
        }
        let number = if has_quotient(&value) {
            quotient_bounds(&value).and_then(|bounds| rounded_bounds(bounds, unit, step))
        } else {
            let bounds = (
                (i128::from(number.least), i128::from(number.denominator)),
                (i128::from(number.greatest), i128::from(number.denominator)),
            );
            rounded_bounds(bounds, unit, step)
        };
        let of = self.fitting(number, None, span);
        Expression {
            kind: ExpressionKind::Round { value: Box::new(value), step, rounding },
            of,
            span,
        }
    }

    /// `X for 38 weeks`, `X over 52 weeks`: a product with a constant that has a unit.
    fn converted(
        &mut self,
        value: Expression,
        (unit, numerator, denominator): (Unit, i64, i64),
        period: &str,
        span: Span,
    ) -> Expression {
        if value.is_broken() {
            return Expression::broken(span);
        }
        let fits = value.number().is_some_and(|number| number.unit.period() == Some(period));
        if !fits {
            let found = value.of.noun();
            self.report(NumberMistake::ConversionDoesNotFit { span, found });
            return Expression::broken(span);
        }
        let (number, constant) = Number::constant(unit, numerator, denominator);
        let kind = ExpressionKind::Constant(Constant::Number(constant));
        let factor = Expression { kind, of: Type::Number(number), span };
        self.product(value, factor, span)
    }

    /// `X for refund days`: as many days, weeks or months as a fact or value says.
    fn for_named(&mut self, value: &syntax::Expression, name: &Name, span: Span) -> Expression {
        let (value, count) = (self.expression(value), self.named(name));
        if value.is_broken() || count.is_broken() {
            return Expression::broken(span);
        }
        let unit = count.number().map(|number| number.unit.clone());
        let is_of = |period: &&str| unit == Some(Unit::counted(period, None));
        let Some(period) = ["day", "week", "month"].into_iter().find(is_of) else {
            let found = count.of.noun();
            self.report(NumberMistake::ForNoPeriod { span: count.span, found });
            return Expression::broken(span);
        };
        let value = if period == "day" { self.a_day(value) } else { value };
        if value.number().and_then(|number| number.unit.period()) != Some(period) {
            let found = value.of.noun();
            self.report(NumberMistake::ConversionDoesNotFit { span, found });
            return Expression::broken(span);
        }
        self.product(value, count, span)
    }

    /// What is for a week, for each of its days: a seventh.
    fn a_day(&mut self, value: Expression) -> Expression {
        if value.number().and_then(|number| number.unit.period()) != Some("week") {
            return value;
        }
        let span = value.span;
        let unit = Unit::counted("week", Some("day"));
        self.product(value, number_constant(unit, 1, 7, span), span)
    }

    /// Reports a quotient that is left unrounded.
    pub(super) fn without_quotient(&mut self, value: Expression) -> Expression {
        if has_quotient(&value) {
            self.report(NumberMistake::QuotientNotRounded { span: value.span });
            return Expression::broken(value.span);
        }
        value
    }
}

fn reciprocal(numerator: i64, denominator: i64) -> (i64, i64) {
    let (numerator, denominator) = reduced(denominator, numerator);
    if denominator < 0 { (-numerator, -denominator) } else { (numerator, denominator) }
}

/// The type of a quotient before it is rounded: its bounds are worked out when it is.
fn unbounded(unit: Unit) -> Number {
    Number { unit, denominator: 1, least: i64::MIN, greatest: i64::MAX }
}

/// A constant.
pub(super) fn number_constant(
    unit: Unit,
    numerator: i64,
    denominator: i64,
    span: Span,
) -> Expression {
    let (number, value) = Number::constant(unit, numerator, denominator);
    let kind = ExpressionKind::Constant(Constant::Number(value));
    Expression { kind, of: Type::Number(number), span }
}

/// A literal as a constant.
pub(super) fn literal(value: &Literal, per: Option<&str>, span: Span) -> Expression {
    match *value {
        Literal::Number(decimal) => {
            let (numerator, denominator) = fraction(decimal);
            let unit = Unit::plain().times(&Unit::default());
            let unit = per.map_or(unit, |thing| Unit::counted(thing, None));
            number_constant(unit, numerator, denominator, span)
        }
        Literal::Money(pence) => number_constant(Unit::money(per), pence, 1, span),
        Literal::Percent(decimal) => {
            let (numerator, denominator) = fraction(a_hundredth(decimal));
            number_constant(Unit::percent(), numerator, denominator, span)
        }
        Literal::Fraction(numerator, denominator) => {
            number_constant(Unit::percent(), numerator, denominator, span)
        }
        Literal::Date(day) => Expression {
            kind: ExpressionKind::Constant(Constant::Date(day)),
            of: Type::Date { first: day, last: day },
            span,
        },
    }
}
