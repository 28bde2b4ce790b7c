//! Numbers: expressions of a unit, each with what the checker will know of it.
//!
//! Whether a sum or product fits is asked of the checker's own number model: what does not
//! fit is not written.

use apportion::number::{Number, common_divisor};
use apportion::unit::Unit;
use apportion_core::rounding::Rounding;

use super::{Kind, Maker, Origin};
use crate::generator::model::{Expression, Literal, RoundTo};

/// An expression and the type of its number.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    pub(super) expression: Expression,
    pub(super) number: Number,
}

const ROUNDINGS: [Rounding; 5] = [
    Rounding::HalvesUp,
    Rounding::HalvesDown,
    Rounding::HalvesToEven,
    Rounding::Up,
    Rounding::Down,
];

impl Maker<'_> {
    /// An expression of this unit; nothing where nothing of it is known.
    pub(super) fn number(&mut self, unit: &Unit, depth: usize) -> Option<Typed> {
        if *unit == Unit::counted("day", None)
            && self.choices.is_in(60)
            && let Some(days) = self.days_between()
        {
            return Some(days);
        }
        if depth > 0 {
            for _ in 0..3 {
                if let Some(made) = self.compound(unit, depth - 1) {
                    return Some(made);
                }
            }
        }
        self.leaf(unit)
    }

    /// A name or a literal.
    pub(super) fn leaf(&mut self, unit: &Unit) -> Option<Typed> {
        if self.choices.is_in(75)
            && let Some(named) = self.named(unit)
        {
            return Some(named);
        }
        self.literal(unit).or_else(|| self.named(unit))
    }

    pub(super) fn named(&mut self, unit: &Unit) -> Option<Typed> {
        let is_whole = |origin| !matches!(origin, Origin::Each(_));
        let fitting: Vec<Typed> = self
            .in_scope()
            .filter(|known| is_whole(known.origin))
            .filter_map(|known| match &known.kind {
                Kind::Number(number) if number.unit == *unit => Some(Typed {
                    expression: Expression::Name(known.name.clone()),
                    number: number.clone(),
                }),
                _ => None,
            })
            .collect();
        self.choices.pick(&fitting).cloned()
    }

    /// A literal of this unit; counted things have none of their own.
    pub(super) fn literal(&mut self, unit: &Unit) -> Option<Typed> {
        if unit.is_percent() {
            return Some(self.percent());
        }
        if unit.is_money() && unit.is_payable() {
            let pence = self.pence();
            let (number, _) = Number::constant(unit.clone(), pence, 1);
            let literal = Literal::Money(pence, unit.period().map(Into::into));
            return Some(Typed { expression: Expression::Literal(literal), number });
        }
        unit.is_plain().then(|| self.plain_literal())
    }

    pub(super) fn pence(&mut self) -> i64 {
        match self.choices.below(6) {
            0 => 0,
            1 => self.choices.between(1, 99),
            2 => self.choices.between(1, 1_000) * 100,
            3 => self.choices.between(1, 100_000_000),
            _ => self.choices.between(1, 300_000),
        }
    }

    fn plain_literal(&mut self) -> Typed {
        let places = [0, 0, 0, 1, 2, 4].get(self.choices.below(6)).copied().unwrap_or(0);
        let digits = self.choices.between(0, if places == 0 { 40 } else { 2_000 });
        let power = 10_i64.pow(u32::from(places));
        let (number, _) = Number::constant(Unit::plain(), digits, power);
        let expression = Expression::Literal(Literal::Number(digits, places));
        Typed { expression, number }
    }

    /// A percent or a fraction from nothing to one whole.
    pub(super) fn percent(&mut self) -> Typed {
        let (literal, numerator, denominator) = match self.choices.below(4) {
            0 => {
                let below = [3, 7, 6, 9, 937, 1_220].get(self.choices.below(6)).copied();
                let below = below.unwrap_or(3);
                let above = self.choices.between(1, below - 1);
                (Literal::Fraction(above, below), above, below)
            }
            1 => {
                let digits = self.choices.between(0, 10_000);
                (Literal::Percent(digits, 2), digits, 10_000)
            }
            _ => {
                let digits = self.choices.between(0, 20) * 5;
                (Literal::Percent(digits, 0), digits, 100)
            }
        };
        let (number, _) = Number::constant(Unit::percent(), numerator, denominator);
        Typed { expression: Expression::Literal(literal), number }
    }

    fn compound(&mut self, unit: &Unit, depth: usize) -> Option<Typed> {
        if self.choices.is_in(12)
            && let Some(over) = self.number_over_items(unit)
        {
            return Some(over);
        }
        match self.choices.below(12) {
            0 | 1 => self.sum(unit, depth, '+'),
            2 => self.sum(unit, depth, '-'),
            3 => self.part(unit, depth),
            4 => self.extreme(unit, depth),
            5 => self.converted(unit, depth),
            6 | 7 => self.product(unit, depth),
            8 => self.over_number(unit, depth),
            9 => {
                let value = self.number(unit, depth)?;
                self.rounded(value)
            }
            10 => self.quotient(unit, depth),
            _ if unit.is_plain() => self.count(),
            _ => self.sum(unit, depth, '+'),
        }
    }

    pub(super) fn sum(&mut self, unit: &Unit, depth: usize, sign: char) -> Option<Typed> {
        let (left, right) = (self.number(unit, depth)?, self.number(unit, depth)?);
        let number = match sign {
            '+' => left.number.plus(&right.number)?,
            _ => left.number.minus(&right.number)?,
        };
        Some(Typed { expression: binary(sign, left.expression, right.expression), number })
    }

    fn part(&mut self, unit: &Unit, depth: usize) -> Option<Typed> {
        // A percent of a percent or of a plain number is a percent.
        if unit.is_plain() {
            return None;
        }
        let (share, of) = (self.percent(), self.number(unit, depth)?);
        let number = share.number.times(&of.number)?;
        let Expression::Literal(share) = share.expression else { return None };
        Some(Typed { expression: Expression::Part(share, Box::new(of.expression)), number })
    }

    fn extreme(&mut self, unit: &Unit, depth: usize) -> Option<Typed> {
        let (left, right) = (self.number(unit, depth)?, self.number(unit, depth)?);
        let is_greatest = self.choices.is_in(50);
        let number = left.number.extreme(&right.number, is_greatest)?;
        let word = if is_greatest { "greater" } else { "lesser" };
        let expression =
            Expression::Extreme(word, Box::new(left.expression), Box::new(right.expression));
        Some(Typed { expression, number })
    }

    /// `X for 38 weeks` and the like, where they lead to this unit.
    fn converted(&mut self, unit: &Unit, depth: usize) -> Option<Typed> {
        let money = |per| Unit::money(Some(per));
        if *unit == Unit::money(None) {
            if self.choices.is_in(40)
                && let Some(made) = self.for_named(depth)
            {
                return Some(made);
            }
            let (period, from) = match self.choices.below(3) {
                0 => ("day", "week"),
                1 => ("month", "month"),
                _ => ("week", "week"),
            };
            return self.for_so_many(&money(from), depth, period, None);
        }
        if *unit == money("year") {
            let counts =
                [("week", (52, 0)), ("week", (52_143, 3)), ("week", (365, 1)), ("month", (12, 0))];
            let (period, count) = *counts.get(self.choices.below(4))?;
            let made = self.for_so_many(&money(period), depth, period, Some(count));
            return made;
        }
        if *unit == money("week") {
            let value = self.number(&money("year"), depth)?;
            let weeks = [52, 38, 3].get(self.choices.below(3)).copied().unwrap_or(52);
            let factor = Unit::plain().over(&Unit::counted("week", None));
            let factor = factor.over(&Unit::plain().over(&Unit::counted("year", None)));
            let (factor, _) = Number::constant(factor, 1, i64::from(weeks));
            let number = value.number.times(&factor)?;
            let expression = Expression::OverWeeks(Box::new(value.expression), weeks);
            return Some(Typed { expression, number });
        }
        None
    }

    /// `X for refund days`
    fn for_named(&mut self, depth: usize) -> Option<Typed> {
        let count = self.named(&Unit::counted("day", None))?;
        let Expression::Name(name) = count.expression else { return None };
        let value = self.number(&Unit::money(Some("week")), depth)?;
        let (a_day, _) = Number::constant(Unit::counted("week", Some("day")), 1, 7);
        let number = value.number.times(&a_day)?.times(&count.number)?;
        let expression = Expression::ForNamed(Box::new(value.expression), name);
        Some(Typed { expression, number })
    }

    fn for_so_many(
        &mut self,
        from: &Unit,
        depth: usize,
        period: &'static str,
        a_year: Option<(u32, u8)>,
    ) -> Option<Typed> {
        let value = self.number(from, depth)?;
        let (count, places) =
            a_year.unwrap_or_else(|| (u32::try_from(1 + self.choices.below(52)).unwrap_or(1), 0));
        let per = a_year.map(|_| "year");
        let (thing, parts) = if period == "day" { ("week", 7) } else { (period, 1) };
        let parts = parts * 10_i64.pow(u32::from(places));
        let (factor, _) = Number::constant(Unit::counted(thing, per), i64::from(count), parts);
        let number = value.number.times(&factor)?;
        let expression = Expression::For(Box::new(value.expression), (count, places), period, per);
        Some(Typed { expression, number })
    }

    /// Two names whose units make this one, or a number times something of this unit.
    fn product(&mut self, unit: &Unit, depth: usize) -> Option<Typed> {
        let pairs = self.pairs(unit);
        if self.choices.is_in(60)
            && let Some((left, right)) = self.choices.pick(&pairs).cloned()
        {
            let number = left.number.times(&right.number)?;
            return Some(Typed {
                expression: binary('x', left.expression, right.expression),
                number,
            });
        }
        let factor = if unit.is_plain() || self.choices.is_in(60) {
            self.leaf(&Unit::plain())?
        } else {
            self.leaf(&Unit::percent())?
        };
        let value = self.number(unit, depth)?;
        let number = factor.number.times(&value.number)?;
        if number.unit != *unit {
            return None;
        }
        Some(Typed { expression: binary('x', factor.expression, value.expression), number })
    }

    fn pairs(&self, unit: &Unit) -> Vec<(Typed, Typed)> {
        let known = self.in_scope().filter(|known| !matches!(known.origin, Origin::Each(_)));
        let numbers: Vec<(&String, &Number)> = known
            .filter_map(|known| match &known.kind {
                Kind::Number(number) if !number.unit.is_plain() => Some((&known.name, number)),
                _ => None,
            })
            .collect();
        let mut pairs = Vec::new();
        for (left, of_left) in &numbers {
            for (right, of_right) in &numbers {
                let is_counted = of_left.unit.times(&of_right.unit) == *unit
                    && !of_left.unit.is_percent()
                    && !of_right.unit.is_percent();
                let are_both_money = of_left.unit.is_money() && of_right.unit.is_money();
                if is_counted && !are_both_money {
                    let typed = |name: &String, number: &Number| Typed {
                        expression: Expression::Name(name.clone()),
                        number: number.clone(),
                    };
                    pairs.push((typed(left, of_left), typed(right, of_right)));
                }
            }
        }
        pairs
    }

    /// `X / 3`: a quotient by a number is exact.
    fn over_number(&mut self, unit: &Unit, depth: usize) -> Option<Typed> {
        let value = self.number(unit, depth)?;
        let divisor = [2, 3, 7, 52].get(self.choices.below(4)).copied().unwrap_or(2);
        let (factor, _) = Number::constant(Unit::plain(), 1, divisor);
        let number = value.number.times(&factor)?;
        if number.unit != *unit {
            return None;
        }
        let divisor = Expression::Literal(Literal::Number(divisor, 0));
        Some(Typed { expression: binary('/', value.expression, divisor), number })
    }

    /// `(A x B / C, to the nearest penny, halves up)`, where C is never 0.
    fn quotient(&mut self, unit: &Unit, depth: usize) -> Option<Typed> {
        if unit.is_percent() {
            return None;
        }
        let divisors: Vec<Typed> = self
            .names(|kind| matches!(kind, Kind::Number(number) if is_divisor(number)))
            .into_iter()
            .filter_map(|name| self.typed(&name))
            .collect();
        let divisor = self.choices.pick(&divisors).cloned()?;
        let mut above = self.number(unit, depth.min(1))?;
        if !divisor.number.unit.is_plain() || self.choices.is_in(40) {
            let factor = self.named(&divisor.number.unit)?;
            if above.number.unit.is_money() && factor.number.unit.is_money() {
                return None;
            }
            let number = above.number.times(&factor.number)?;
            above = Typed { expression: binary('x', above.expression, factor.expression), number };
        }
        if above.number.unit.over(&divisor.number.unit) != *unit {
            return None;
        }
        let bounds = quotient_bounds(&above.number, &divisor.number)?;
        let expression = binary('/', above.expression, divisor.expression);
        self.rounded_to(expression, unit, bounds)
    }

    pub(super) fn typed(&self, name: &str) -> Option<Typed> {
        let known = self.known.iter().find(|known| known.name == name)?;
        let Kind::Number(number) = &known.kind else { return None };
        Some(Typed { expression: Expression::Name(name.into()), number: number.clone() })
    }

    /// An expression with a rounding that fits its unit.
    pub(super) fn rounded(&mut self, value: Typed) -> Option<Typed> {
        let Number { unit, denominator, least, greatest } = value.number;
        let over = i128::from(denominator);
        let bounds = ((least.into(), over), (greatest.into(), over));
        self.rounded_to(value.expression, &unit, bounds)
    }

    fn rounded_to(
        &mut self,
        value: Expression,
        unit: &Unit,
        bounds: (Fraction, Fraction),
    ) -> Option<Typed> {
        let (to, step) = if unit.is_money() {
            let pence = [1, 1, 1, 10, 100, 5].get(self.choices.below(6)).copied().unwrap_or(1);
            (RoundTo::Pence(pence), (pence, 1))
        } else if unit.is_percent() {
            match self.choices.below(3) {
                0 => (RoundTo::Percent(1, 0), (1, 100)),
                1 => (RoundTo::Percent(1, 2), (1, 10_000)),
                _ => (RoundTo::Percent(5, 1), (1, 200)),
            }
        } else {
            match self.choices.below(3) {
                0 => (RoundTo::Number(1, 1), (1, 10)),
                1 => (RoundTo::Number(25, 2), (1, 4)),
                _ => (RoundTo::Number(1, 0), (1, 1)),
            }
        };
        let number = stepped(bounds, unit.clone(), step)?;
        let rounding = *self.choices.pick(&ROUNDINGS)?;
        Some(Typed { expression: Expression::Rounded(Box::new(value), to, rounding), number })
    }

    pub(super) fn rounding(&mut self) -> Rounding {
        self.choices.pick(&ROUNDINGS).copied().unwrap_or(Rounding::HalvesUp)
    }

    /// Rounds to whole pence, and keeps above £0.00.
    pub(super) fn payable(&mut self, value: Typed) -> Option<Typed> {
        let mut value = value;
        if value.number.denominator != 1 {
            value = self.rounded(value)?;
        }
        if value.number.least < 0 {
            let (nothing, _) = Number::constant(value.number.unit.clone(), 0, 1);
            let zero = Expression::Literal(Literal::Money(0, None));
            let number = nothing.extreme(&value.number, true)?;
            let expression =
                Expression::Extreme("greater", Box::new(zero), Box::new(value.expression));
            value = Typed { expression, number };
        }
        Some(value)
    }
}

/// A fraction with a denominator above 0.
type Fraction = (i128, i128);

fn is_divisor(number: &Number) -> bool {
    (number.least > 0 || number.greatest < 0) && number.least != number.greatest
}

/// The least and greatest quotient.
fn quotient_bounds(above: &Number, below: &Number) -> Option<(Fraction, Fraction)> {
    let (over, under) = (i128::from(above.denominator), i128::from(below.denominator));
    let mut corners: Vec<Fraction> = Vec::new();
    for a in [above.least, above.greatest] {
        for b in [below.least, below.greatest] {
            let sign = i128::from(b).signum();
            let numerator = i128::from(a).checked_mul(under)?.checked_mul(sign)?;
            corners.push((numerator, over.checked_mul(i128::from(b) * sign)?));
        }
    }
    let (mut least, mut greatest) = (*corners.first()?, *corners.first()?);
    for corner in corners {
        if corner.0.checked_mul(least.1)? < least.0.checked_mul(corner.1)? {
            least = corner;
        }
        if corner.0.checked_mul(greatest.1)? > greatest.0.checked_mul(corner.1)? {
            greatest = corner;
        }
    }
    Some((least, greatest))
}

/// The type of a number rounded to steps: outwards to a whole step at both ends.
fn stepped(
    (least, greatest): (Fraction, Fraction),
    unit: Unit,
    (step, parts): (i64, i64),
) -> Option<Number> {
    let steps = |(numerator, denominator): Fraction| {
        let numerator = numerator.checked_mul(i128::from(parts))?;
        Some((numerator, denominator.checked_mul(i128::from(step))?))
    };
    let (low, high) = (steps(least)?, steps(greatest)?);
    let number = |count: i128| i64::try_from(count.checked_mul(i128::from(step))?).ok();
    Some(Number {
        unit,
        denominator: parts / common_divisor(step, parts).max(1),
        least: number(low.0.div_euclid(low.1))?,
        greatest: number(-(-high.0).div_euclid(high.1))?,
    })
}

pub(super) fn binary(sign: char, left: Expression, right: Expression) -> Expression {
    Expression::Binary(sign, Box::new(left), Box::new(right))
}

impl Maker<'_> {
    /// A plain number that is counted: an age, a sum over a family, how many members.
    fn count(&mut self) -> Option<Typed> {
        match self.choices.below(4) {
            0 => self.age(),
            1 => self.age_between(),
            2 => self.over_family(),
            _ => {
                let family = self.choices.pick(&self.families)?;
                let count = i64::try_from(family.members.len()).ok()?;
                let (number, _) = Number::constant(Unit::plain(), count, 1);
                Some(Typed { expression: Expression::NumberOf(family.plural.clone()), number })
            }
        }
    }

    pub(super) fn age(&mut self) -> Option<Typed> {
        let dates: Vec<_> = self
            .in_scope()
            .filter(|known| known.origin == Origin::Fact)
            .filter_map(|known| match known.kind {
                Kind::Date(first, last) => Some((known.name.clone(), first, last)),
                _ => None,
            })
            .collect();
        let on = self.choices.pick(&dates)?;
        let births: Vec<_> = dates.iter().filter(|it| it.0.ends_with("date of birth")).collect();
        let birth = *self.choices.pick(&births)?;
        let years =
            |birth: apportion_core::date::Date, on| birth.age_on(on).map_or(0, i64::from).min(255);
        let number = Number {
            unit: Unit::plain(),
            denominator: 1,
            least: years(birth.2, on.1),
            greatest: years(birth.1, on.2),
        };
        let from = (birth.0 != "date of birth").then(|| birth.0.clone());
        Some(Typed { expression: Expression::Age(from, on.0.clone()), number })
    }

    /// The sum, highest or lowest of a value given for each member.
    pub(super) fn over_family(&mut self) -> Option<Typed> {
        let each: Vec<(String, usize, Number)> = self
            .in_scope()
            .filter_map(|known| match (&known.kind, known.origin) {
                (Kind::Number(number), Origin::Each(family)) if number.unit.is_plain() => {
                    Some((known.name.clone(), family, number.clone()))
                }
                _ => None,
            })
            .collect();
        let (of, place, number) = self.choices.pick(&each).cloned()?;
        let family = self.families.get(place)?;
        let aggregate = match self.choices.below(4) {
            0 => "highest",
            1 => "lowest",
            _ => "sum",
        };
        let mut whole = number.clone();
        for _ in 1..family.members.len() {
            whole = if aggregate == "sum" { whole.plus(&number)? } else { whole };
        }
        let all = self.choices.is_in(50);
        let family = family.plural.clone();
        let expression = Expression::Over { aggregate, of: Some(of), all, family };
        Some(Typed { expression, number: whole })
    }
}
