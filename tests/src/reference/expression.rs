//! Expressions.

use apportion::checked::{Constant, Expression, ExpressionKind, FamilyId, Type};
use apportion_core::program::{FactId, ValueId};
use num_rational::BigRational;

use super::age::age;
use super::rounding::{to_step, whole};
use super::{Asked, Datum, Fraction, Interpreter, Item, Place, Refusal, Refused, all};

impl Interpreter<'_> {
    /// *5 Clauses, Expressions*.
    pub(super) fn expression(&mut self, expression: &Expression, place: Place) -> Asked<Datum> {
        match &expression.kind {
            ExpressionKind::Constant(constant) => self.datum(*constant, &expression.of),
            ExpressionKind::Fact(fact) => self.fact(*fact, place.item),
            ExpressionKind::Conclusion(conclusion) => {
                Ok(Datum::YesNo(self.conclusion(*conclusion, place.item)?))
            }
            ExpressionKind::Value(value) => self.read_value(*value, place),
            ExpressionKind::Member => match place.member {
                Some(member) => self.fact(member, None),
                None => self.broken(),
            },
            ExpressionKind::MemberName => self.member_name(&expression.of, place),
            ExpressionKind::Add(left, right) => {
                let (left, right) = self.two_numbers(left, right, place)?;
                Ok(Datum::Number(left + right))
            }
            ExpressionKind::Subtract(left, right) => {
                let (left, right) = self.two_numbers(left, right, place)?;
                Ok(Datum::Number(left - right))
            }
            ExpressionKind::Multiply(left, right) => {
                let (left, right) = self.two_numbers(left, right, place)?;
                Ok(Datum::Number(left * right))
            }
            ExpressionKind::Divide(left, right) => {
                let (left, right) = self.two_numbers(left, right, place)?;
                if right == whole(0) {
                    return self.broken();
                }
                Ok(Datum::Number(left / right))
            }
            ExpressionKind::Greater(left, right) => {
                let (left, right) = self.two(left, right, place)?;
                Ok(left.max(right))
            }
            ExpressionKind::Lesser(left, right) => {
                let (left, right) = self.two(left, right, place)?;
                Ok(left.min(right))
            }
            ExpressionKind::Age { birth, on } => self.age(*birth, *on, place),
            ExpressionKind::Distance { from, distance } => self.distance(from, *distance, place),
            ExpressionKind::Between { from, to, elapsed } => {
                self.between((from, to), *elapsed, place)
            }
            ExpressionKind::Rate { rate, on } => self.rate_on(*rate, on, place),
            ExpressionKind::Sum { of, family } => self.sum(*of, *family, place),
            ExpressionKind::Highest { of, family } => {
                let highest = self.of_members(*of, *family, place)?.into_iter().max();
                highest.map_or_else(|| self.broken(), Ok)
            }
            ExpressionKind::Lowest { of, family } => {
                let lowest = self.of_members(*of, *family, place)?.into_iter().min();
                lowest.map_or_else(|| self.broken(), Ok)
            }
            ExpressionKind::Items(over) => self.over_items(over, place),
            ExpressionKind::Round { value, step: (numerator, denominator), rounding } => {
                let value = self.number(value, place)?;
                let step = self.fraction(*numerator, *denominator)?;
                Ok(Datum::Number(to_step(&value, &step, *rounding)))
            }
            ExpressionKind::Broken => self.broken(),
        }
    }

    /// A number.
    pub(super) fn number(&mut self, expression: &Expression, place: Place) -> Asked<Fraction> {
        match self.expression(expression, place)? {
            Datum::Number(number) => Ok(number),
            _ => self.broken(),
        }
    }

    /// Two things; both are asked, also where the first refuses.
    fn two(
        &mut self,
        left: &Expression,
        right: &Expression,
        place: Place,
    ) -> Asked<(Datum, Datum)> {
        let (left, right) = (self.expression(left, place), self.expression(right, place));
        Ok((left?, right?))
    }

    fn two_numbers(
        &mut self,
        left: &Expression,
        right: &Expression,
        place: Place,
    ) -> Asked<(Fraction, Fraction)> {
        let (left, right) = (self.number(left, place), self.number(right, place));
        Ok((left?, right?))
    }

    /// A constant of a type: a number is over the denominator of the type.
    pub(super) fn datum(&mut self, constant: Constant, of: &Type) -> Asked<Datum> {
        match (constant, of) {
            (Constant::YesNo(truth), _) => Ok(Datum::YesNo(truth)),
            (Constant::Word(word), _) => Ok(Datum::Word(word)),
            (Constant::Date(day), _) => Ok(Datum::Date(day)),
            (Constant::Number(value), Type::Number(number)) => {
                Ok(Datum::Number(self.fraction(value, number.denominator)?))
            }
            _ => self.broken(),
        }
    }

    pub(super) fn fraction(&mut self, numerator: i64, denominator: i64) -> Asked<Fraction> {
        if denominator == 0 {
            return self.broken();
        }
        Ok(BigRational::new(numerator.into(), denominator.into()))
    }

    /// *4 Facts*: the value that the case states, or the default; of the item at hand where
    /// each item has its own. One that does not apply is not there to be asked, which is no
    /// refusal by itself.
    pub(super) fn fact(&mut self, id: FactId, at_hand: Option<Item>) -> Asked<Datum> {
        let Some(fact) = self.policy.facts.get(id.index()) else { return self.broken() };
        let known = match self.about(fact.list, at_hand)? {
            None => Some(&self.facts.of_case),
            Some(Item { list, index }) => {
                let items = self.facts.lists.get(list.0 as usize);
                items.and_then(|items| items.get(index as usize))
            }
        };
        match known.and_then(|known| known.get(&id)) {
            Some(constant) => self.datum(*constant, &fact.kind),
            None if fact.only_when.is_some() => Err(Refused),
            None => self.broken(),
        }
    }

    /// *8 Dates*: a date of birth after the date asked for refuses the case.
    fn age(&mut self, birth: FactId, on: FactId, place: Place) -> Asked<Datum> {
        let days = (self.fact(birth, place.item)?, self.fact(on, place.item)?);
        let (Datum::Date(born), Datum::Date(day)) = days else { return self.broken() };
        match age(born, day) {
            Some(years) => Ok(Datum::Number(whole(years))),
            None => {
                let clause = place.clause;
                let item = place.item.filter(|_| !self.are_of_case([birth, on]));
                self.refuse(Refusal::BornAfter { clause, birth, on }, item)
            }
        }
    }

    /// The members of a family, in the order declared.
    pub(super) fn members(&mut self, family: FamilyId) -> Asked<Vec<FactId>> {
        match self.policy.families.get(family.0 as usize) {
            Some(family) => Ok(family.members.clone()),
            None => self.broken(),
        }
    }

    /// *6 Tables*: the column `domain` is the member itself: a word of the family's names, or
    /// of the group's.
    fn member_name(&mut self, of: &Type, place: Place) -> Asked<Datum> {
        let Type::Words { list, .. } = of else { return self.broken() };
        let mut families = self.policy.families.iter().filter(|family| family.names == *list);
        let name = families.find_map(|family| {
            let place = family.members.iter().position(|member| Some(*member) == place.member)?;
            u8::try_from(place).ok()
        });
        name.map_or_else(|| self.broken(), |name| Ok(Datum::Word(name)))
    }

    /// The members of a family, or the value given for each; all are asked.
    fn of_members(
        &mut self,
        of: Option<ValueId>,
        family: FamilyId,
        place: Place,
    ) -> Asked<Vec<Datum>> {
        let members = self.members(family)?;
        let answers = members.into_iter().map(|member| match of {
            Some(value) => self.read_value(value, Place { member: Some(member), ..place }),
            None => self.fact(member, None),
        });
        let answers = answers.collect();
        all(answers)
    }

    /// *5 Clauses, Expressions*: `the sum of ... over ...`. Over none it is 0.
    fn sum(&mut self, of: Option<ValueId>, family: FamilyId, place: Place) -> Asked<Datum> {
        let members = self.of_members(of, family, place)?;
        self.sum_of(members)
    }
}
