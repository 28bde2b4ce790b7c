//! Days at a distance from a day, and the days between two.

use alloc::boxed::Box;
use alloc::string::{String, ToString};

use apportion_core::date::{Date, days_in_month};

use super::Checker;
use super::meaning::Meaning;
use super::mistake::{DayMistake, NumberMistake};
use crate::checked::{Counting, Elapsed, Expression, ExpressionKind, Type};
use crate::distance::{Distance, Period};
use crate::number::Number;
use crate::source::Span;
use crate::syntax::{self, Name};
use crate::unit::Unit;

/// A day and its distance from another, as written.
pub(super) struct Written<'a> {
    pub(super) count: &'a syntax::Spanned<u32>,
    pub(super) period: Period,
    pub(super) is_before: bool,
    pub(super) from: &'a syntax::Expression,
    pub(super) counts_day: Option<bool>,
    pub(super) missing: Option<apportion_core::shift::MissingDay>,
}

impl Checker<'_> {
    /// `28 days after checklist received, not counting that day`
    pub(super) fn distance(&mut self, written: &Written<'_>, span: Span) -> Expression {
        let from = self.expression(written.from);
        let Some((first, last)) = self.day_bounds(&from) else { return Expression::broken(span) };
        let distance = Distance {
            count: written.count.value,
            period: written.period,
            is_before: written.is_before,
            counts_day: written.counts_day.unwrap_or(false),
            missing: written.missing,
        };
        if let Err(mistake) = self.says_enough(written, &distance, span) {
            self.report(mistake);
            return Expression::broken(span);
        }
        match self.landing(written, &distance, (first, last), span) {
            Ok((first, last)) => {
                let kind = ExpressionKind::Distance { from: Box::new(from), distance };
                Expression { kind, of: Type::Date { first, last }, span }
            }
            Err(mistake) => {
                // Bounds that could not be read are not the fault of this sentence.
                if self.has_bounds_of_dates() {
                    self.report(mistake);
                }
                Expression::broken(span)
            }
        }
    }

    /// Whether the header that bounds the days of a case could be read.
    pub(super) fn has_bounds_of_dates(&self) -> bool {
        self.has_version && self.has_dated_by == self.policy.dated_by.is_some()
    }

    /// That a distance says which day is meant.
    fn says_enough(
        &self,
        written: &Written<'_>,
        distance: &Distance,
        span: Span,
    ) -> Result<(), DayMistake> {
        if distance.count == 0 {
            return Err(DayMistake::NothingToCount { span: self.place(written.count.span) });
        }
        if distance.months() == 0 && distance.missing.is_some() {
            return Err(DayMistake::NoDayIsMissing { span });
        }
        let counts_days = matches!(distance.period, Period::Days | Period::WorkingDays);
        if counts_days && written.counts_day.is_none() {
            let (day, distance) = (self.written(written.from), *distance);
            return Err(DayMistake::CountingNotSaid { distance, day, span });
        }
        Ok(())
    }

    /// The first and the last day that is so far from days between bounds.
    fn landing(
        &self,
        written: &Written<'_>,
        distance: &Distance,
        (first, last): (Date, Date),
        span: Span,
    ) -> Result<(Date, Date), DayMistake> {
        let months = distance.months();
        if let (Some(from), None) = (lacking(first, last, months), distance.missing) {
            return Err(DayMistake::MissingDayNotSaid { from, months, span });
        }
        distance.from(first).zip(distance.from(last)).ok_or_else(|| {
            let (day, distance) = (self.written(written.from), *distance);
            match distance.working_days() {
                Some(_) => DayMistake::WorkingDaysNotKnown { distance, first, last, day, span },
                None => DayMistake::PastTheCalendar { day, is_before: distance.is_before, span },
            }
        })
    }

    /// `days from admission to decision date, counting both days`
    pub(super) fn days_between(
        &mut self,
        from: &syntax::Expression,
        to: &syntax::Expression,
        counting: Counting,
        span: Span,
    ) -> Expression {
        let (from, to) = (self.expression(from), self.expression(to));
        let bounds = (self.day_bounds(&from), self.day_bounds(&to));
        let (Some((from_first, from_last)), Some((to_first, to_last))) = bounds else {
            return Expression::broken(span);
        };
        let elapsed = Elapsed::Days(counting);
        let days = |from: Date, to: Date| elapsed.between(from, to).unwrap_or(0);
        let (least, greatest) = (days(from_last, to_first), days(from_first, to_last));
        let unit = Unit::counted("day", None);
        let number = Number { unit, denominator: 1, least, greatest };
        let kind = ExpressionKind::Between { from: Box::new(from), to: Box::new(to), elapsed };
        Expression { kind, of: Type::Number(number), span }
    }

    /// `age on decision date`, `age from admission on 1 September 2026`
    pub(super) fn age(
        &mut self,
        from: Option<&syntax::Expression>,
        on: &syntax::Expression,
        span: Span,
    ) -> Expression {
        let birth = match from {
            Some(from) => self.expression(from),
            None => self.date_of_birth(span),
        };
        let on = self.expression(on);
        let bounds = (self.day_bounds(&birth), self.day_bounds(&on));
        let (Some((first, last)), Some((on_first, on_last))) = bounds else {
            return Expression::broken(span);
        };
        let elapsed = Elapsed::Years;
        let years = |birth: Date, on: Date| elapsed.between(birth, on).unwrap_or(0);
        let number = Number {
            unit: Unit::plain(),
            denominator: 1,
            least: years(last, on_first),
            greatest: years(first, on_last),
        };
        let kind = match (&birth.kind, &on.kind) {
            (&ExpressionKind::Fact(birth), &ExpressionKind::Fact(on)) => {
                ExpressionKind::Age { birth, on }
            }
            _ => ExpressionKind::Between { from: Box::new(birth), to: Box::new(on), elapsed },
        };
        Expression { kind, of: Type::Number(number), span }
    }

    fn date_of_birth(&mut self, span: Span) -> Expression {
        match self.meaning("date of birth") {
            Some(Meaning::Fact(_)) => {
                let start = span.start.saturating_sub(self.block_start);
                let span = Span { start, end: start + (span.end - span.start) };
                self.named(&Name { key: String::from("date of birth"), span })
            }
            _ => {
                self.report(NumberMistake::NoDateOfBirth { span });
                Expression::broken(span)
            }
        }
    }

    /// The first and the last day that an expression can be; reports what is no date.
    pub(super) fn day_bounds(&mut self, day: &Expression) -> Option<(Date, Date)> {
        match &day.of {
            Type::Date { first, last } => Some((*first, *last)),
            Type::Broken => None,
            found => {
                let found = found.noun();
                self.report(DayMistake::NotADate { found, span: day.span });
                None
            }
        }
    }

    /// The author's words for an expression.
    fn written(&self, expression: &syntax::Expression) -> String {
        self.place(expression.span).of(self.text).to_string()
    }
}

/// A day between two from which so many months lead to a month that lacks it.
fn lacking(first: Date, last: Date, months: i32) -> Option<Date> {
    if months == 0 {
        return None;
    }
    let month_of = |day: Date| day.year() * 12 + i32::from(day.month()) - 1;
    let parts = |month: i32| (month.div_euclid(12), month.rem_euclid(12));
    (month_of(first)..=month_of(last)).find_map(|month| {
        let length = |month: i32| {
            let (year, month) = parts(month);
            days_in_month(year, u8::try_from(month + 1).unwrap_or(1))
        };
        let day = if month == month_of(last) { last.day() } else { length(month) };
        let (year, month_before) = parts(month);
        let is_lacking = day > length(month.saturating_add(months));
        let from = Date::new(year, u8::try_from(month_before + 1).unwrap_or(1), day);
        from.filter(|_| is_lacking)
    })
}
