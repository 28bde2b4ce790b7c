//! Days that clauses give: at a distance from a day, the later of two, by condition; and how
//! many days there are between two.

use apportion::distance::{Distance, Period};
use apportion::number::Number;
use apportion::unit::Unit;
use apportion_core::date::Date;
use apportion_core::shift::MissingDay;

use super::number::Typed;
use super::{Chapter, Kind, Maker, Origin};
use crate::generator::model::{Body, Condition, Expression, Literal, Sentence, Test};

/// An expression and the days that it can be.
#[derive(Clone, Debug)]
pub(super) struct Day {
    pub(super) expression: Expression,
    pub(super) first: Date,
    pub(super) last: Date,
}

impl Day {
    fn kind(&self) -> Kind {
        Kind::Date(self.first, self.last)
    }

    /// What holds both days.
    fn or(&self, other: &Day) -> Kind {
        Kind::Date(self.first.min(other.first), self.last.max(other.last))
    }
}

impl Maker<'_> {
    /// A day; nothing where none is known.
    pub(super) fn day(&mut self, depth: usize) -> Option<Day> {
        let compound = match self.choices.below(if depth > 0 { 6 } else { 1 }) {
            1..4 => self.distance(depth - 1),
            4 => self.later_or_earlier(depth - 1),
            5 => self.day_over_items(),
            _ => None,
        };
        compound.or_else(|| self.plain_day())
    }

    /// A name or a literal.
    pub(super) fn plain_day(&mut self) -> Option<Day> {
        if self.choices.is_in(15) {
            let near = i32::try_from(self.choices.between(2_019, 2_032)).ok()?;
            let ends = [(1, 31), (2, 28), (4, 1), (12, 24)];
            let (month, day) = *ends.get(self.choices.below(4))?;
            let day = Date::new(near, month, day)?;
            let expression = Expression::Literal(Literal::Date(day));
            return Some(Day { expression, first: day, last: day });
        }
        let name = self.pick_name(|kind| matches!(kind, Kind::Date(..)))?;
        let known = self.known.iter().find(|known| known.name == name)?;
        let Kind::Date(first, last) = known.kind else { return None };
        Some(Day { expression: Expression::Name(name), first, last })
    }

    /// `28 days after checklist received, not counting that day`
    fn distance(&mut self, depth: usize) -> Option<Day> {
        let from = self.day(depth)?;
        let (period, most) = match self.choices.below(8) {
            6 | 7 => (Period::WorkingDays, 60),
            0 | 1 => (Period::Days, 90),
            2 => (Period::Weeks, 30),
            3 => (Period::Years, 9),
            _ => (Period::Months, 20),
        };
        let count = u32::try_from(1 + self.choices.below(most)).ok()?;
        let must_say = matches!(period, Period::Days | Period::WorkingDays);
        let counting = (must_say || self.choices.is_in(40)).then(|| self.choices.is_in(50));
        let lacks_none = from.first == from.last && from.first.day() <= 28;
        let may_say = matches!(period, Period::Months | Period::Years);
        let missing = match self.choices.below(3) {
            0 if lacks_none => None,
            1 => Some(MissingDay::Next),
            _ => Some(MissingDay::Last),
        };
        let missing = missing.filter(|_| may_say);
        let is_before = self.choices.is_in(30);
        let counts_day = counting.unwrap_or(false);
        let distance = Distance { count, period, is_before, counts_day, missing };
        let (first, last) = (distance.from(from.first)?, distance.from(from.last)?);
        let from = Box::new(from.expression);
        let expression = Expression::Distance { count, period, is_before, from, counting, missing };
        Some(Day { expression, first, last })
    }

    fn later_or_earlier(&mut self, depth: usize) -> Option<Day> {
        let (left, right) = (self.day(depth)?, self.day(depth)?);
        let is_later = self.choices.is_in(50);
        let pick = |a: Date, b: Date| if is_later { a.max(b) } else { a.min(b) };
        let (first, last) = (pick(left.first, right.first), pick(left.last, right.last));
        let word = if is_later { "later" } else { "earlier" };
        let expression =
            Expression::Extreme(word, Box::new(left.expression), Box::new(right.expression));
        Some(Day { expression, first, last })
    }

    /// A value that is a day, or a number of days.
    pub(super) fn definition_of_day(&mut self) {
        match self.choices.below(4) {
            0 => self.day_by_condition(),
            1 => self.days_between_by_condition(),
            _ => {
                let Some(day) = self.day(2) else { return };
                let (name, kind) = (self.new_value(), day.kind());
                self.define(name, day.expression, kind);
            }
        }
    }

    fn define(&mut self, name: String, expression: Expression, kind: Kind) {
        let body = Body::Define(name.clone(), expression);
        let key = self.add(Chapter::Values, Sentence::plain(body));
        self.perhaps_switch_careless(key);
        self.know(name, kind, Origin::Value);
    }

    fn day_by_condition(&mut self) {
        let (Some(first), Some(second)) = (self.day(2), self.day(1)) else { return };
        let (name, kind) = (self.new_value(), first.or(&second));
        let mut sentence =
            Sentence::when(self.condition(1), Body::Define(name.clone(), first.expression));
        sentence.otherwise = Some(Body::Define(name.clone(), second.expression));
        self.add(Chapter::Values, sentence);
        self.know(name, kind, Origin::Value);
    }

    /// `When B is on or after A, stay = days from A to B, counting both days; otherwise ...`
    fn days_between_by_condition(&mut self) {
        let (Some(from), Some(to)) = (self.day(1), self.day(1)) else { return };
        if from.first == from.last && to.first == to.last {
            return;
        }
        let days = self.days(&from, &to);
        let name = self.new_value();
        let is_on_time = match self.choices.below(3) {
            0 => {
                let test = Test::Before("on or before", to.expression.clone());
                Condition::Test(from.expression.clone(), false, test)
            }
            1 => {
                let test = Test::Before("before", from.expression.clone());
                Condition::Test(to.expression.clone(), true, test)
            }
            _ => {
                let test = Test::Before("on or after", from.expression.clone());
                Condition::Test(to.expression.clone(), false, test)
            }
        };
        let body = Body::Define(name.clone(), days.expression);
        let otherwise = match self.choices.is_in(50) {
            true => self.days(&to, &from).expression,
            false => Expression::Literal(Literal::Number(0, 0)),
        };
        let greatest = days.number.greatest.max(self.days(&to, &from).number.greatest);
        let otherwise = Some(Body::Define(name.clone(), otherwise));
        self.add(Chapter::Values, Sentence { otherwise, ..Sentence::when(is_on_time, body) });
        let number = Number { least: 0, greatest, ..days.number };
        self.know(name, Kind::Number(number), Origin::Value);
    }

    /// `days from admission to decision date, counting both days`, where none is counted
    /// backwards, but by the careless.
    pub(super) fn days_between(&mut self) -> Option<Typed> {
        let (from, to) = (self.day(1)?, self.day(1)?);
        let is_forwards = from.last <= to.first;
        let is_let_in = is_forwards || self.is_careless && self.choices.is_in(30);
        is_let_in.then(|| self.days(&from, &to))
    }

    /// `age from date of birth on 1 September 2026`, forwards as days are.
    pub(super) fn age_between(&mut self) -> Option<Typed> {
        let (birth, on) = (self.day(1)?, self.day(1)?);
        let is_let_in = birth.last <= on.first || self.is_careless && self.choices.is_in(30);
        let years = |birth: Date, on: Date| birth.age_on(on).map_or(0, i64::from).min(255);
        let number = Number {
            unit: Unit::plain(),
            denominator: 1,
            least: years(birth.last, on.first),
            greatest: years(birth.first, on.last),
        };
        let (birth, on) = (Box::new(birth.expression), Box::new(on.expression));
        is_let_in.then_some(Typed { expression: Expression::AgeBetween(birth, on), number })
    }

    fn days(&mut self, from: &Day, to: &Day) -> Typed {
        let ways = [("both days", 1), ("the first only", 0), ("the last only", 0), ("neither", -1)];
        let (words, more) = ways.get(self.choices.below(4)).copied().unwrap_or(("neither", -1));
        let between =
            |from: Date, to: Date| i64::from(to.day_number() - from.day_number() + more).max(0);
        let number = Number {
            unit: Unit::counted("day", None),
            denominator: 1,
            least: between(from.last, to.first),
            greatest: between(from.first, to.last),
        };
        let (from, to) = (from.expression.clone(), to.expression.clone());
        let expression = Expression::DaysBetween(Box::new(from), Box::new(to), words);
        Typed { expression, number }
    }
}
