//! Definitions of numbers: in every case, by condition, and with exceptions; and rates.

use apportion::number::Number;
use apportion::unit::Unit;
use apportion_core::date::Date;

use super::number::Typed;
use super::table::number_of;
use super::{Chapter, Kind, Maker, Origin, names};
use crate::generator::model::{Body, ClauseKey, Expression, Literal, Place, Rate, Sentence};

impl Maker<'_> {
    /// A value: a number of some unit, or something that is none.
    pub(super) fn definition(&mut self) {
        match self.choices.below(8) {
            0 => return self.definition_of_word(),
            1 => return self.definition_of_day(),
            _ => {}
        }
        let unit = self.some_unit();
        let depth = 1 + self.choices.below(3);
        let Some(first) = self.defined(&unit, depth) else { return };
        let name = self.new_value();
        match self.choices.below(6) {
            0 | 1 => self.by_condition(name, first, &unit),
            2 => self.with_exceptions(name, first, &unit),
            3 => self.joined_to_the_last(name, first),
            _ => {
                let body = Body::Define(name.clone(), first.expression);
                let key = self.add(Chapter::Values, Sentence::plain(body));
                self.perhaps_switch_careless(key);
                self.know(name, Kind::Number(first.number), Origin::Value);
            }
        }
    }

    pub(super) fn some_unit(&mut self) -> Unit {
        match self.choices.below(13) {
            0..3 => Unit::money(Some("week")),
            3 | 4 => Unit::money(None),
            5 => Unit::money(Some("year")),
            6 => Unit::percent(),
            7 => Unit::counted("hour", Some("week")),
            8 => Unit::money(Some("month")),
            9 => Unit::counted("day", None),
            _ => Unit::plain(),
        }
    }

    /// An expression to be named: what has no unit of its own is not left alone.
    pub(super) fn defined(&mut self, unit: &Unit, depth: usize) -> Option<Typed> {
        let made = self.number(unit, depth)?;
        let made = self.perhaps_at_rates(made);
        let made = if self.choices.is_in(30) { self.rounded(made)? } else { made };
        (made.number.unit == *unit).then_some(made)
    }

    fn by_condition(&mut self, name: String, first: Typed, unit: &Unit) {
        let (Some(second), when) = (self.defined(unit, 1), self.condition(1)) else { return };
        let Some(number) = first.number.or(&second.number) else { return };
        let is_left_out = self.is_careless && self.choices.is_in(30);
        let sentence = Sentence::when(when, Body::Define(name.clone(), first.expression));
        let mut sentence = self.perhaps_after_when(sentence);
        if !is_left_out {
            sentence.otherwise = Some(Body::Define(name.clone(), second.expression));
        }
        self.add(Chapter::Values, sentence);
        let number = if is_left_out { first.number } else { number };
        self.know(name, Kind::Number(number), Origin::Value);
    }

    /// A value with exceptions, each of which names all that came before it.
    fn with_exceptions(&mut self, name: String, first: Typed, unit: &Unit) {
        let mut number = first.number;
        let body = Body::Define(name.clone(), first.expression);
        let mut keys: Vec<ClauseKey> = vec![self.add(Chapter::Values, Sentence::plain(body))];
        for _ in 0..1 + self.choices.below(3) {
            let (Some(made), when) = (self.defined(unit, 1), self.condition(1)) else { continue };
            let Some(whole) = number.or(&made.number) else { continue };
            number = whole;
            let from = if self.is_careless { keys.len() - 1 } else { 0 };
            let despite = keys.iter().skip(from).map(|key| Place::Clause(*key)).collect();
            let body = Body::Define(name.clone(), made.expression);
            let sentence = Sentence { despite, ..Sentence::when(when, body) };
            let key = self.add(Chapter::Values, sentence);
            keys.push(key);
            self.perhaps_switch(Chapter::Values, key);
        }
        self.know(name, Kind::Number(number), Origin::Value);
    }

    /// A second sentence of the last clause, where that defines a value in every case.
    fn joined_to_the_last(&mut self, name: String, first: Typed) {
        let body = Body::Define(name.clone(), first.expression);
        let is_plain = |sentence: &Sentence| {
            matches!(sentence.body, Body::Define(..))
                && sentence.when.is_none()
                && sentence.despite.is_empty()
        };
        let sentence = Sentence::plain(body.clone());
        let each = self.each(&sentence);
        match self.clauses.last_mut() {
            Some((Chapter::Values, clause)) if clause.sentences.iter().all(is_plain) => {
                let each = each.clone();
                clause.sentences.push(Sentence { each, ..Sentence::plain(body) });
            }
            _ => {
                self.add(Chapter::Values, Sentence::plain(body));
            }
        }
        self.know(name, Kind::Number(first.number), Origin::Value);
    }

    /// A rate by date, where the policy is dated.
    pub(super) fn rate(&mut self) {
        if self.model.dated_by.is_none() {
            return;
        }
        self.values += 1;
        let name = format!("{} {}", self.choices.word(names::RATES), self.values);
        let (per, unit) = match self.choices.below(6) {
            0..3 => ("hour", Unit::money(Some("hour"))),
            3 => ("night", Unit::money(Some("night"))),
            4 => ("session", Unit::money(Some("session"))),
            _ => ("year", Unit::percent()),
        };
        let is_number = per == "hour" && self.choices.is_in(15);
        let unit = if is_number { Unit::plain().over(&Unit::counted("hour", None)) } else { unit };
        let mut rates: Vec<Rate> = Vec::new();
        let mut whole: Option<Number> = None;
        let first = self.in_force.year() - i32::try_from(self.choices.below(2)).unwrap_or(0);
        let count = 1 + i32::try_from(self.choices.below(4)).unwrap_or(0);
        for year in first..first + count {
            let literal = self.rate_literal(&unit, is_number);
            let (Some(from), Some(number)) = (Date::new(year, 4, 1), number_of(&literal, &unit))
            else {
                return;
            };
            whole = Some(match whole {
                None => number,
                Some(whole) => match whole.or(&number) {
                    Some(whole) => whole,
                    None => return,
                },
            });
            let citation = if self.choices.is_in(25) { self.citation(2) } else { None };
            let goes_on = year + 1 < first + count;
            let until = Date::new(year + 1, 3, 31).filter(|_| goes_on && self.choices.is_in(30));
            rates.push(Rate { value: literal, from, until, citation });
        }
        let ends = self.in_force_until.filter(|ends| {
            rates.last().is_some_and(|last| last.from <= *ends) && self.choices.is_in(30)
        });
        if let Some(last) = rates.last_mut() {
            last.until = ends;
        }
        let body = Body::Rates { name: name.clone(), per: per.into(), rates };
        self.add(Chapter::Values, Sentence::plain(body));
        if let Some(number) = whole {
            let starts = Date::new(first, 4, 1).unwrap_or(Date::MAX);
            // What ends with the policy may not be known on another day.
            let known_from = if ends.is_none() { starts } else { Date::MAX };
            self.rates.push((name.clone(), known_from));
            self.know(name, Kind::Number(number), Origin::Value);
        }
    }

    /// The rates that an expression names, on a day that is never before their first.
    fn perhaps_at_rates(&mut self, made: Typed) -> Typed {
        let mut named = Vec::new();
        names_in(&made.expression, &mut named);
        let rates = self.rates.iter().filter(|(name, _)| named.contains(&name.as_str()));
        let Some(known_from) = rates.map(|(_, from)| *from).max() else { return made };
        let Some(day) = self.day(1).filter(|day| day.first >= known_from) else { return made };
        if matches!(made.expression, Expression::Rounded(..)) || !self.choices.is_in(70) {
            return made;
        }
        let (value, on) = (Box::new(made.expression), Box::new(day.expression));
        Typed { expression: Expression::AtRates(value, on), number: made.number }
    }

    fn rate_literal(&mut self, unit: &Unit, is_number: bool) -> Literal {
        if is_number {
            return Literal::Number(self.choices.between(1, 300), 2);
        }
        if unit.is_percent() {
            return match self.percent().expression {
                Expression::Literal(literal) => literal,
                _ => Literal::Percent(125, 1),
            };
        }
        Literal::Money(self.choices.between(0, 30_000), None)
    }
}

/// The names in a sum, product or extreme.
fn names_in<'e>(expression: &'e Expression, names: &mut Vec<&'e str>) {
    match expression {
        Expression::Name(name) => names.push(name),
        Expression::Binary(_, left, right) | Expression::Extreme(_, left, right) => {
            names_in(left, names);
            names_in(right, names);
        }
        Expression::Part(_, inside)
        | Expression::Rounded(inside, ..)
        | Expression::For(inside, ..)
        | Expression::ForNamed(inside, _)
        | Expression::OverWeeks(inside, _) => names_in(inside, names),
        _ => {}
    }
}
