//! Rates: their values by date, and by a day that a sentence names.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::slice;

use apportion_core::program::ValueId;

use super::Checker;
use super::expression::literal;
use super::meaning::Meaning;
use super::mistake::{
    ClauseMistake, LimitMistake, MOST_AT_ONCE, NumberMistake, RateMistake, WordingMistake,
};
use crate::checked::{Body, Expression, ExpressionKind, Type};
use crate::days::{Days, Seam};
use crate::number::Number;
use crate::source::Span;
use crate::syntax::{self, Name, Rate};
use crate::unit::Unit;

/// The day by which rates are picked, and the rates that were.
#[derive(Clone, Debug)]
pub(super) struct RatesOn {
    day: Expression,
    rates: Vec<ValueId>,
}

impl Checker<'_> {
    /// `Day care rate, an hour: £24.50 from 1 April 2025 ...`
    pub(super) fn rates(&mut self, name: &Name, per: &str, rates: &[Rate]) -> Option<Body> {
        if rates.len() > MOST_AT_ONCE {
            let span = self.place(name.span);
            self.report(LimitMistake::Rates { span });
            self.spoil(name);
            return None;
        }
        if !self.is_dated(self.place(name.span)) {
            self.spoil(name);
            return None;
        }
        let clause = self.clause.and_then(|clause| self.policy.clauses.get(clause.index()));
        if clause.is_some_and(|clause| clause.days != Days::ALL) {
            self.spoil(name);
            let span = self.place(name.span);
            self.report(WordingMistake::OfARate { span });
            return None;
        }
        let values = self.values_of_rates(per, rates)?;
        if let Some(mistake) = self.mistake_of_days(rates) {
            self.report(mistake);
            return None;
        }
        let mut whole: Option<Expression> = None;
        for mut value in values.iter().cloned() {
            whole = Some(match whole {
                None => value,
                Some(mut whole) => {
                    if !self.agree(&mut whole, &mut value) {
                        return None;
                    }
                    whole.of = self.either(&whole.of.clone(), &value.of, value.span);
                    whole
                }
            });
        }
        let whole = whole?;
        let Type::Number(Number { denominator, .. }) = whole.of else { return None };
        let numbers = values.iter().filter_map(|value| {
            let factor = value.number()?.factor_to(denominator);
            Some(value.constant()?.saturating_mul(factor))
        });
        let numbers = rates.iter().map(|rate| rate.from.value).zip(numbers).collect();
        let announced = rates.iter().map(|rate| rate.announced.as_ref().map(|day| day.value));
        let announced = announced.collect();
        let value = self.give_value(name, whole.of.clone(), None)?;
        Some(Body::Rates { value, rates: numbers, announced })
    }

    /// Whether a fact dates cases, which all that changes on a day needs; reported if not.
    pub(super) fn is_dated(&mut self, span: Span) -> bool {
        let is_told = self.names.is_lost("dated by") || self.has_dated_by;
        // One line is missing, however much needs it.
        if self.policy.dated_by.is_none() && !is_told && !self.has_told_dated_by {
            self.has_told_dated_by = true;
            self.report(ClauseMistake::DatesNeedDatedBy { span });
        }
        self.policy.dated_by.is_some()
    }

    /// The numbers, each with its unit; their citations are checked with them.
    fn values_of_rates(&mut self, per: &str, rates: &[Rate]) -> Option<Vec<Expression>> {
        let mut values = Vec::with_capacity(rates.len());
        for rate in rates {
            let mut value = literal(&rate.value.value, None, self.place(rate.value.span));
            self.citations(&rate.citations);
            let Some(number) = value.number() else {
                let found = value.of.noun();
                self.report(NumberMistake::NotANumber { span: value.span, found });
                return None;
            };
            let unit = match number.unit.is_percent() {
                true => number.unit.clone(),
                false => number.unit.over(&Unit::counted(per, None)),
            };
            value.of = Type::Number(Number { unit, ..number.clone() });
            values.push(value);
        }
        Some(values)
    }

    /// The first mistake in the days of rates: each begins on the day after the one above
    /// ends, and together they are in force whenever the policy is.
    fn mistake_of_days(&self, rates: &[Rate]) -> Option<RateMistake> {
        for rate in rates {
            if let Some(until) = rate.until.as_ref().filter(|day| day.value < rate.from.value) {
                let (span, from) = (self.place(until.span), self.place(rate.from.span));
                return Some(RateMistake::EndsBeforeItBegins { span, from });
            }
        }
        for (rate, next) in rates.iter().zip(rates.iter().skip(1)) {
            let span = self.place(next.from.span);
            if next.from.value <= rate.from.value {
                return Some(RateMistake::NotRising { span });
            }
            // Without a last day it counts until the next one.
            if rate.until.is_none() {
                continue;
            }
            match days_of(slice::from_ref(rate))?.seam(days_of(slice::from_ref(next))?) {
                Seam::Closed => {}
                Seam::Gap(days) => return Some(RateMistake::Gap { span, days }),
                Seam::Overlap(days) => return Some(RateMistake::Overlap { span, days }),
            }
        }
        // Where the version could not be read, that has been reported.
        let (first, last) = (rates.first()?, rates.last().filter(|_| self.has_version)?);
        let in_force = Days::new(Some(self.policy.version.from), self.policy.version.until);
        if first.from.value > in_force.first {
            let (span, from) = (self.place(first.from.span), in_force.first);
            return Some(RateMistake::StartsLate { span, first: first.from.value, from });
        }
        let days = in_force.without([days_of(rates)?])?;
        let span = self.place(last.until.as_ref()?.span);
        Some(RateMistake::EndsEarly { span, days })
    }

    /// `day care x day care rate at the rates on plan date`: the rates named in the
    /// expression, and not those inside values that it names.
    pub(super) fn at_rates(
        &mut self,
        value: &syntax::Expression,
        on: &syntax::Expression,
        span: Span,
    ) -> Expression {
        let day = self.expression(on);
        let Some((first, last)) = self.day_bounds(&day) else { return Expression::broken(span) };
        let asked = Days { first, last };
        let outer = self.rates_on.replace(RatesOn { day, rates: Vec::new() });
        let value = self.expression(value);
        let inner = core::mem::replace(&mut self.rates_on, outer);
        let rates = inner.map(|inner| inner.rates).unwrap_or_default();
        if value.is_broken() {
            return Expression::broken(span);
        }
        if rates.is_empty() {
            self.report(RateMistake::NoneNamed { span });
            return Expression::broken(span);
        }
        for rate in rates {
            if let Err(mistake) = self.rate_is_known(rate, asked, on, span) {
                if self.has_bounds_of_dates() {
                    self.report(mistake);
                }
                return Expression::broken(span);
            }
        }
        value
    }

    /// What the name of a value stands for: the rate on the day that the sentence says.
    pub(super) fn value_or_rate(&mut self, id: ValueId) -> ExpressionKind {
        let is_rate = self.policy.values.get(id.index()).is_some_and(|value| value.is_rate);
        match self.rates_on.as_mut().filter(|_| is_rate) {
            None => ExpressionKind::Value(id),
            Some(rates_on) => {
                rates_on.rates.push(id);
                ExpressionKind::Rate { rate: id, on: Box::new(rates_on.day.clone()) }
            }
        }
    }

    /// That one clause gives a rate, with a value on every day that can be asked for.
    fn rate_is_known(
        &self,
        rate: ValueId,
        asked: Days,
        on: &syntax::Expression,
        span: Span,
    ) -> Result<(), RateMistake> {
        let name = self.policy.values.get(rate.index()).map(|value| value.name.clone());
        let name = name.unwrap_or_default();
        let gives = |body: &syntax::Body| {
            let mut given = false;
            super::dependencies::given_names(body, &mut |name| {
                given |= self.meaning(name) == Some(Meaning::Value(rate));
            });
            given
        };
        let mut bodies = self.sites.iter().map(|site| site.body).filter(|body| gives(body));
        let (Some(syntax::Body::Rates { rates, .. }), None) = (bodies.next(), bodies.next()) else {
            return Err(RateMistake::OfSeveralClauses { rate: name, span });
        };
        let Some(known) = days_of(rates) else { return Ok(()) };
        let day: String = self.place(on.span).of(self.text).to_string();
        if known.first > asked.first {
            let (starts, first) = (known.first, asked.first);
            return Err(RateMistake::NotKnown { rate: name, starts, day, first, span });
        }
        if known.last < asked.last {
            let ends = known.last;
            return Err(RateMistake::KnownNoLonger { rate: name, ends, day, asked, span });
        }
        Ok(())
    }
}

/// The days from the first of the rates until the last of them ends.
fn days_of(rates: &[Rate]) -> Option<Days> {
    let until = rates.last()?.until.as_ref().map(|day| day.value);
    Some(Days::new(Some(rates.first()?.from.value), until))
}
