//! What a decided case comes to, exactly: each fact, value and step between.
//!
//! The engine keeps what its answers need. What stands between, such as a product before it is
//! rounded, is worked out here again from the checked policy, as a fraction.

use alloc::vec::Vec;

use apportion_core::case::Case;
use apportion_core::date::Date;
use apportion_core::decision::{Answer, Decision};
use apportion_core::program::{FactId, Item, ListId, ValueId};
use apportion_core::value::Value;

use crate::check::condition_holds;
use crate::checked::{
    Aggregate, Body, Condition, Constant, Expression, ExpressionKind, FamilyId, OverItems, Type,
};
use crate::policy::Policy;
use crate::ratio::Ratio;

/// What an expression comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Figure {
    /// Yes or no.
    YesNo(bool),
    /// A word, by its number in the list of its type.
    Word(u8),
    /// A day.
    Date(Date),
    /// A number; money in pence.
    Number(Ratio),
    /// Words that are listed: bit 0 is set where the first is among them.
    Listed(i64),
}

/// A case that was decided, or one item of it, or one member of a family in it.
#[derive(Clone, Copy)]
pub(crate) struct Decided<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) case: &'a Case,
    /// The decision of the whole case.
    pub(crate) whole: &'a Decision,
    /// The decision of the item at hand, or else of the case.
    pub(crate) decision: &'a Decision,
    pub(crate) item: Option<Item>,
    pub(crate) member: Option<FactId>,
    /// The facts that are not to be shown.
    pub(crate) withheld: &'a [FactId],
    /// Whether it is told to those who keep the accounts, and not to a family.
    pub(super) is_for_finance: bool,
}

impl<'a> Decided<'a> {
    pub(crate) fn new(policy: &'a Policy, case: &'a Case, decision: &'a Decision) -> Decided<'a> {
        Decided {
            policy,
            case,
            whole: decision,
            decision,
            item: None,
            member: None,
            withheld: &[],
            is_for_finance: false,
        }
    }

    pub(super) fn for_finance(self) -> Decided<'a> {
        Decided { is_for_finance: true, ..self }
    }

    pub(crate) fn withholding(self, withheld: &'a [FactId]) -> Decided<'a> {
        Decided { withheld, ..self }
    }

    pub(crate) fn of_item<'i>(&self, item: Item, decision: &'i Decision) -> Decided<'i>
    where
        'a: 'i,
    {
        Decided { decision, item: Some(item), ..*self }
    }

    pub(crate) fn of_member(&self, member: FactId) -> Decided<'a> {
        Decided { member: Some(member), ..*self }
    }

    /// The items of a list, each with the decision about it.
    pub(crate) fn items(&self, list: ListId) -> Vec<(Item, Decision)> {
        let count = self.whole.items(list).unwrap_or(0);
        let items = (0..count).map(|index| Item { list, index });
        items.filter_map(|item| Some((item, self.whole.of_item(item)?))).collect()
    }

    /// What a fact is; none where it is not known or does not apply.
    pub(crate) fn fact(&self, id: FactId) -> Option<Figure> {
        let fact = self.policy.facts().get(id.index())?;
        if self.decision.applies(id) == Some(false) {
            return None;
        }
        let value = match (fact.list, self.item) {
            (Some(_), Some(item)) => self.case.item_value_or_default(item, id),
            (Some(_), None) => None,
            (None, _) => self.case.value_or_default(id),
        };
        Some(match value? {
            Value::YesNo(yes) => Figure::YesNo(yes),
            Value::Word(word) => Figure::Word(word),
            Value::Date(day) => Figure::Date(day),
            Value::Amount(amount) => number(&fact.kind, amount)?,
        })
    }

    /// What a clause gives; for the member at hand, where each has its own.
    pub(crate) fn value(&self, id: ValueId) -> Option<Figure> {
        let value = self.policy.checked().values.get(id.index())?;
        if value.each.is_some() {
            let constant = self.policy.member_value(self.whole, id, self.member?)?;
            return of_constant(&value.kind, constant);
        }
        match (self.decision.value(id)?, &value.kind) {
            (Answer::Byte(_), Type::Number(_)) | (Answer::Amount(_), Type::Number(_)) => {
                number(&value.kind, self.policy.number(self.decision, id)?)
            }
            (Answer::Byte(byte), Type::YesNo) => Some(Figure::YesNo(byte != 0)),
            (Answer::Byte(byte), _) => Some(Figure::Word(byte)),
            (Answer::Date(day), _) => Some(Figure::Date(day)),
            (Answer::Amount(words), _) => Some(Figure::Listed(words)),
        }
    }

    /// What an expression comes to; none where something in it is not there.
    pub(crate) fn expression(&self, expression: &Expression) -> Option<Figure> {
        match &expression.kind {
            ExpressionKind::Constant(constant) => of_constant(&expression.of, *constant),
            ExpressionKind::Fact(fact) => self.fact(*fact),
            ExpressionKind::Conclusion(conclusion) => {
                self.decision.concludes(*conclusion).map(Figure::YesNo)
            }
            ExpressionKind::Value(value) => self.value(*value),
            ExpressionKind::Member => self.fact(self.member?),
            ExpressionKind::MemberName => self.member_name(&expression.of),
            ExpressionKind::Add(a, b) => self.both(a, b, Ratio::plus),
            ExpressionKind::Subtract(a, b) => self.both(a, b, Ratio::minus),
            ExpressionKind::Multiply(a, b) => self.both(a, b, Ratio::times),
            ExpressionKind::Divide(a, b) => self.both(a, b, Ratio::over),
            ExpressionKind::Greater(a, b) => Some(self.expression(a)?.max(self.expression(b)?)),
            ExpressionKind::Lesser(a, b) => Some(self.expression(a)?.min(self.expression(b)?)),
            ExpressionKind::Age { birth, on } => {
                let (Figure::Date(birth), Figure::Date(on)) = (self.fact(*birth)?, self.fact(*on)?)
                else {
                    return None;
                };
                Some(Figure::Number(Ratio::whole(birth.age_on(on)?.into())))
            }
            ExpressionKind::Distance { from, distance } => {
                Some(Figure::Date(distance.from(self.day(from)?)?))
            }
            ExpressionKind::Between { from, to, elapsed } => {
                let passed = elapsed.between(self.day(from)?, self.day(to)?)?;
                Some(Figure::Number(Ratio::whole(passed.into())))
            }
            ExpressionKind::Rate { rate, on } => self.rate_on(*rate, self.day(on)?),
            ExpressionKind::Sum { of, family } => {
                let mut sum = Ratio::ZERO;
                for (_, figure) in self.over_members(*of, *family) {
                    sum = sum.plus(figure?.number()?)?;
                }
                Some(Figure::Number(sum))
            }
            ExpressionKind::Highest { of, family } => {
                let members = self.over_members(*of, *family).into_iter();
                members.map(|(_, figure)| figure).max().flatten()
            }
            ExpressionKind::Lowest { of, family } => {
                let members = self.over_members(*of, *family).into_iter();
                members.map(|(_, figure)| figure).min().flatten()
            }
            ExpressionKind::Items(over) => self.over_items(over),
            ExpressionKind::Round { value, step, rounding } => {
                let step = Ratio::new(step.0.into(), step.1.into())?;
                self.number(value)?.to_step(step, *rounding).map(Figure::Number)
            }
            ExpressionKind::Broken => None,
        }
    }

    pub(crate) fn number(&self, expression: &Expression) -> Option<Ratio> {
        self.expression(expression)?.number()
    }

    fn day(&self, expression: &Expression) -> Option<Date> {
        match self.expression(expression)? {
            Figure::Date(day) => Some(day),
            _ => None,
        }
    }

    fn both(
        &self,
        a: &Expression,
        b: &Expression,
        of: fn(Ratio, Ratio) -> Option<Ratio>,
    ) -> Option<Figure> {
        of(self.number(a)?, self.number(b)?).map(Figure::Number)
    }

    fn member_name(&self, of: &Type) -> Option<Figure> {
        let Type::Words { list, .. } = of else { return None };
        let member = self.member?;
        let families = self.policy.checked().families.iter();
        let mut named = families.filter(|family| family.names == *list);
        let place = named.find_map(|family| family.members.iter().position(|it| *it == member))?;
        u8::try_from(place).ok().map(Figure::Word)
    }

    fn rate_on(&self, rate: ValueId, on: Date) -> Option<Figure> {
        let value = self.policy.checked().values.get(rate.index())?;
        let provision = value.provisions.first()?;
        let provision = self.policy.checked().provisions.get(provision.0 as usize)?;
        let Body::Rates { rates, .. } = &provision.body else { return None };
        let (_, amount) = rates.iter().rev().find(|(from, _)| *from <= on)?;
        number(&value.kind, *amount)
    }

    /// Each member of a family, or what is given for it.
    pub(crate) fn over_members(
        &self,
        of: Option<ValueId>,
        family: FamilyId,
    ) -> Vec<(FactId, Option<Figure>)> {
        let family = self.policy.checked().families.get(family.0 as usize);
        let members = family.map_or(&[][..], |family| &family.members).iter();
        let figure = |member: FactId| match of {
            Some(value) => self.of_member(member).value(value),
            None => self.fact(member),
        };
        members.map(|member| (*member, figure(*member))).collect()
    }

    /// What is taken of each item that counts.
    pub(crate) fn taken(&self, over: &OverItems) -> Vec<(Item, Option<Figure>)> {
        let one = Figure::Number(Ratio::whole(1));
        let mut taken = Vec::new();
        for (item, decision) in self.items(over.list) {
            let of_item = self.of_item(item, &decision);
            if of_item.holds(&over.filter) {
                let figure = over.of.as_ref().map_or(Some(one), |of| of_item.expression(of));
                taken.push((item, figure));
            }
        }
        taken
    }

    fn over_items(&self, over: &OverItems) -> Option<Figure> {
        let figures: Option<Vec<Figure>> =
            self.taken(over).into_iter().map(|(_, figure)| figure).collect();
        let figures = figures?;
        let extreme = match over.aggregate {
            Aggregate::Sum | Aggregate::Number => {
                let sum = figures
                    .into_iter()
                    .try_fold(Ratio::ZERO, |sum, figure| sum.plus(figure.number()?));
                return sum.map(Figure::Number);
            }
            Aggregate::Greatest => figures.into_iter().max(),
            Aggregate::Least => figures.into_iter().min(),
        };
        match extreme {
            Some(extreme) => Some(extreme),
            None => self.expression(over.if_none.as_ref()?),
        }
    }

    /// Whether a condition is true.
    pub(crate) fn holds(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Always => true,
            Condition::Of(quantity, parts) => {
                let count = parts.iter().filter(|part| self.holds(part)).count();
                quantity.is_met(count, parts.len())
            }
            Condition::Not(part) => !self.holds(part),
            Condition::Truth(value) => self.expression(value) == Some(Figure::YesNo(true)),
            Condition::Word(value, words) => match self.expression(value) {
                Some(Figure::Word(word)) => words.contains(&word),
                _ => false,
            },
            Condition::Compare(a, comparison, b) => {
                let order = self.expression(a).zip(self.expression(b)).map(|(a, b)| a.cmp(&b));
                order.is_some_and(|order| condition_holds(*comparison, order))
            }
            Condition::Members { quantity, family, words } => {
                let members = self.over_members(None, *family);
                let count = members.iter().filter(|(_, figure)| is_among(*figure, words)).count();
                quantity.is_met(count, members.len())
            }
            Condition::Items { quantity, list, what } => {
                let items = self.items(*list);
                let passes = |(item, decision): &&(Item, Decision)| {
                    self.of_item(*item, decision).holds(what)
                };
                quantity.is_met(items.iter().filter(passes).count(), items.len())
            }
            Condition::Broken => false,
        }
    }
}

/// Whether a word is one of these.
pub(crate) fn is_among(figure: Option<Figure>, words: &[u8]) -> bool {
    matches!(figure, Some(Figure::Word(word)) if words.contains(&word))
}

impl Figure {
    pub(crate) fn number(self) -> Option<Ratio> {
        match self {
            Figure::Number(number) => Some(number),
            _ => None,
        }
    }
}

/// A number over the denominator of its type.
fn number(of: &Type, value: i64) -> Option<Figure> {
    let Type::Number(number) = of else { return None };
    Ratio::new(value.into(), number.denominator.into()).map(Figure::Number)
}

fn of_constant(of: &Type, constant: Constant) -> Option<Figure> {
    Some(match constant {
        Constant::YesNo(yes) => Figure::YesNo(yes),
        Constant::Word(word) => Figure::Word(word),
        Constant::Date(day) => Figure::Date(day),
        Constant::Number(value) => number(of, value)?,
        Constant::Listed(words) => Figure::Listed(words),
    })
}
