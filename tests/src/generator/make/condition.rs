//! Conditions: inline ones, lists, and the opposite of one.

use apportion::number::Number;
use apportion_core::date::Date;

use super::question::Grid;
use super::{Kind, Maker};
use crate::generator::model::{Condition, Expression, Literal, Operand, Quantity, Test};

impl Maker<'_> {
    /// A condition that may stand anywhere: one test, or some joined by `and` or `or`.
    pub(super) fn condition(&mut self, depth: usize) -> Condition {
        if depth == 0 || !self.choices.is_in(30) {
            return self.test_of_something();
        }
        let is_all = self.choices.is_in(50);
        let count = 2 + self.choices.below(2);
        Condition::Joined(is_all, (0..count).map(|_| self.test_of_something()).collect())
    }

    /// A condition that ends its sentence, where a dash list may stand.
    pub(super) fn last_condition(&mut self, depth: usize) -> Condition {
        if depth == 0 || !self.choices.is_in(35) {
            return self.condition(depth);
        }
        let count = 2 + self.choices.below(3);
        let mut items: Vec<Condition> = (0..count).map(|_| self.condition(1)).collect();
        if self.choices.is_in(30) {
            let nested = self.last_condition(depth - 1);
            items.push(nested);
        }
        let least = u32::try_from(self.choices.below(items.len())).unwrap_or(0) + 1;
        let quantity = match self.choices.below(8) {
            0 | 1 => Quantity::All,
            2..5 => Quantity::Any,
            5 => Quantity::None,
            6 => Quantity::AtLeast(least),
            _ if self.choices.is_in(50) => Quantity::AtMost(least),
            _ => Quantity::Exactly(least),
        };
        Condition::List(quantity, items)
    }

    pub(super) fn test_of_something(&mut self) -> Condition {
        let made = match self.choices.below(12) {
            0..3 => self.truth(),
            3 => self.concluded(),
            4 | 5 => self.members(),
            6 | 7 => self.word_test(),
            8 => self.date_test(),
            _ => self.number_test(),
        };
        let truth = made.or_else(|| self.truth());
        truth.unwrap_or_else(|| Condition::Truth("fast track".into(), true))
    }

    fn truth(&mut self) -> Option<Condition> {
        let mut names = self.names(|kind| *kind == Kind::YesNo);
        names.extend(self.conclusions.iter().cloned());
        let name = self.choices.pick(&names)?.clone();
        Some(Condition::Truth(name, !self.choices.is_in(25)))
    }

    fn concluded(&mut self) -> Option<Condition> {
        let name = self.choices.pick(&self.conclusions)?.clone();
        Some(Condition::Concluded(name, !self.choices.is_in(30)))
    }

    fn word_test(&mut self) -> Option<Condition> {
        let name = self.pick_name(|kind| matches!(kind, Kind::Words(_) | Kind::Levels(..)))?;
        let kind = self.kind_of(&name)?;
        let is_not = self.choices.is_in(15);
        let test = self.word_test_of(&kind, &name)?;
        Some(Condition::Test(Expression::Name(name), is_not, test))
    }

    fn kind_of(&self, name: &str) -> Option<Kind> {
        self.known.iter().find(|known| known.name == name).map(|known| known.kind.clone())
    }

    fn word_test_of(&mut self, kind: &Kind, name: &str) -> Option<Test> {
        let (words, is_ordered) = match kind {
            Kind::Words(words) => (words.clone(), false),
            Kind::Levels(ladder, count) => (self.levels(*ladder, *count), true),
            _ => return None,
        };
        // `not resident` is a word of its own only in a cell.
        let words: Vec<String> = words.into_iter().filter(|it| !it.starts_with("not ")).collect();
        let word = self.choices.pick(&words)?.clone();
        let alike = self.names(|other| match (kind, other) {
            (Kind::Words(a), Kind::Words(b)) => a == b,
            (Kind::Levels(a, _), Kind::Levels(b, _)) => a == b,
            _ => false,
        });
        let alike: Vec<String> = alike.into_iter().filter(|it| it != name).collect();
        Some(match self.choices.below(6) {
            0 | 1 if is_ordered => {
                let way = ["or higher", "or lower"].get(self.choices.below(2)).copied()?;
                Test::After(Operand::Words(word), way)
            }
            2 if is_ordered => {
                let way = self.choices.word(&["at least", "under", "over", "at most", "exactly"]);
                Test::BeforeWord(way, word)
            }
            3 if words.len() > 1 => {
                let mut some = words;
                self.choices.shuffle(&mut some);
                some.truncate(2 + self.choices.below(2));
                Test::Either(some.into_iter().map(Operand::Words).collect())
            }
            // Lists of a table's own are each a type by itself.
            4 if is_ordered && !alike.is_empty() => {
                Test::SameAs(Expression::Name(self.choices.pick(&alike)?.clone()))
            }
            _ => Test::Is(Operand::Words(word)),
        })
    }

    pub(super) fn levels(&self, ladder: usize, count: usize) -> Vec<String> {
        let levels = self.model.ladders.get(ladder).map(|it| it.levels.clone()).unwrap_or_default();
        levels.into_iter().take(count).collect()
    }

    fn date_test(&mut self) -> Option<Condition> {
        let name = self.pick_name(|kind| matches!(kind, Kind::Date(..)))?;
        let Kind::Date(first, last) = self.kind_of(&name)? else { return None };
        let day = |day: Date| Expression::Literal(Literal::Date(day));
        let near = i32::try_from(self.choices.between(2_019, 2_032)).ok()?;
        let near = Date::new(near, 2, 29).or_else(|| Date::new(near, 4, 1))?;
        let near = near.clamp(first, last);
        let others = self.names(|kind| matches!(kind, Kind::Date(..)));
        if self.choices.is_in(25)
            && let Some(other) = self.day(1)
        {
            let test = Test::Before(self.date_words(), other.expression);
            return Some(Condition::Test(Expression::Name(name), self.choices.is_in(10), test));
        }
        let test = match self.choices.below(6) {
            0 => Test::Between(day(first), day(near)),
            1 => Test::Is(Operand::Literal(Literal::Date(near))),
            2 | 3 if others.len() > 1 => {
                let other = self.choices.pick(&others)?.clone();
                match self.choices.is_in(30) {
                    true => Test::SameAs(Expression::Name(other)),
                    false => Test::Before(self.date_words(), Expression::Name(other)),
                }
            }
            _ => Test::Before(self.date_words(), day(near)),
        };
        Some(Condition::Test(Expression::Name(name), self.choices.is_in(10), test))
    }

    fn date_words(&mut self) -> &'static str {
        self.choices.word(&["before", "after", "on or before", "on or after"])
    }

    fn number_test(&mut self) -> Option<Condition> {
        let units: Vec<_> = self
            .known
            .iter()
            .filter_map(|known| match &known.kind {
                Kind::Number(number) => Some(number.unit.clone()),
                _ => None,
            })
            .collect();
        let unit = self.choices.pick(&units)?.clone();
        let value = match self.choices.below(10) {
            0..7 => self.named(&unit)?,
            7 if unit.is_plain() => self.age()?,
            _ => {
                let depth = 1 + self.choices.below(2);
                self.number(&unit, depth)?
            }
        };
        let test = self.number_test_of(&value.number)?;
        Some(Condition::Test(value.expression, self.choices.is_in(10), test))
    }

    fn number_test_of(&mut self, number: &Number) -> Option<Test> {
        let way = self.choices.word(&[
            "under",
            "less than",
            "at most",
            "up to",
            "exactly",
            "at least",
            "over",
            "more than",
        ]);
        if self.choices.is_in(20)
            && let Some(other) = self.number(&number.unit, 1)
            && number.minus(&other.number).is_some()
        {
            return Some(match self.choices.is_in(25) {
                true => Test::SameAs(other.expression),
                false => Test::Before(way, other.expression),
            });
        }
        let grid = Grid::of(number);
        let literal = |at: i64| match grid {
            Some(grid) => grid.literal(at),
            None if number.unit.is_money() => Literal::Money(at / number.denominator, None),
            None if number.unit.is_percent() => {
                Literal::Percent((at / number.denominator).saturating_mul(100), 0)
            }
            None => Literal::Number(at / number.denominator, 0),
        };
        let (a, b) = (self.edge(number), self.edge(number));
        let (least, greatest) = (a.min(b), a.max(b));
        Some(match self.choices.below(6) {
            0 => Test::Is(Operand::Literal(literal(least))),
            1 => Test::After(Operand::Literal(literal(least)), "or more"),
            2 => Test::After(Operand::Literal(literal(least)), "or less"),
            3 => {
                let expression = |at| Expression::Literal(literal(at));
                Test::Between(expression(least), expression(greatest))
            }
            _ => Test::Before(way, Expression::Literal(literal(least))),
        })
    }

    fn members(&mut self) -> Option<Condition> {
        let family = self.choices.pick(&self.families)?.clone();
        let count = family.members.len();
        let some = u32::try_from(1 + self.choices.below(count)).ok()?;
        let quantity = match self.choices.below(8) {
            0 => Quantity::All,
            1 => Quantity::None,
            2 => Quantity::Any,
            3 => Quantity::AtMost(some),
            4 => Quantity::Exactly(some),
            _ => Quantity::AtLeast(some),
        };
        let is_singular = matches!(
            quantity,
            Quantity::All
                | Quantity::None
                | Quantity::Any
                | Quantity::AtLeast(1)
                | Quantity::Exactly(1)
        );
        let name = if is_singular { family.singular } else { family.plural };
        let test = match &family.kind {
            Kind::YesNo => Test::Is(Operand::Words(self.choices.word(&["yes", "no"]).into())),
            Kind::Number(number) => self.number_test_of(number)?,
            Kind::Words(_) | Kind::Levels(..) => self.word_test_of(&family.kind, "")?,
            Kind::Date(..) => return None,
        };
        Some(Condition::Members(quantity, name, self.choices.is_in(15), test))
    }
}

/// The condition that holds where another does not, where it can be said in one.
pub(super) fn opposite(condition: &Condition) -> Option<Condition> {
    match condition {
        Condition::Truth(name, is_so) => Some(Condition::Truth(name.clone(), !is_so)),
        Condition::Concluded(name, is_so) => Some(Condition::Concluded(name.clone(), !is_so)),
        Condition::Test(value, not, test) => {
            Some(Condition::Test(value.clone(), !not, test.clone()))
        }
        Condition::Joined(is_all, parts) => {
            let parts: Option<Vec<Condition>> = parts.iter().map(opposite).collect();
            Some(Condition::Joined(!is_all, parts?))
        }
        Condition::Members(..) | Condition::List(..) => None,
    }
}
