//! Rates on a day that a sentence names.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::date::Date;
use apportion_core::program::ValueId;

use super::Checker;
use super::meaning::Meaning;
use super::mistake::DayMistake;
use crate::checked::{Expression, ExpressionKind};
use crate::source::Span;
use crate::syntax;

/// The day by which rates are picked, and the rates that were.
#[derive(Clone, Debug)]
pub(super) struct RatesOn {
    day: Expression,
    rates: Vec<ValueId>,
}

impl Checker<'_> {
    /// `day care x day care rate at the rates on plan date`: the rates named in the
    /// expression, and not those inside values that it names.
    pub(super) fn at_rates(
        &mut self,
        value: &syntax::Expression,
        on: &syntax::Expression,
        span: Span,
    ) -> Expression {
        let day = self.expression(on);
        let Some((first, _)) = self.day_bounds(&day) else { return Expression::broken(span) };
        let outer = self.rates_on.replace(RatesOn { day, rates: Vec::new() });
        let value = self.expression(value);
        let inner = core::mem::replace(&mut self.rates_on, outer);
        let rates = inner.map(|inner| inner.rates).unwrap_or_default();
        if value.is_broken() {
            return Expression::broken(span);
        }
        if rates.is_empty() {
            self.report(DayMistake::NoRateNamed { span });
            return Expression::broken(span);
        }
        for rate in rates {
            if let Err(mistake) = self.rate_is_known(rate, first, on, span) {
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

    /// That one clause gives a rate, with a value on every day from the first on.
    fn rate_is_known(
        &self,
        rate: ValueId,
        first: Date,
        on: &syntax::Expression,
        span: Span,
    ) -> Result<(), DayMistake> {
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
            return Err(DayMistake::RateOfSeveralClauses { rate: name, span });
        };
        let starts = rates.first().map_or(Date::MIN, |rate| rate.from.value);
        if starts > first {
            let day: String = self.place(on.span).of(self.text).to_string();
            return Err(DayMistake::RateNotKnown { rate: name, starts, day, first, span });
        }
        Ok(())
    }
}
