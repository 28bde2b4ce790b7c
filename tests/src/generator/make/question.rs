//! Questions of tables, and bands that leave nothing out and overlap nowhere.

use apportion::number::Number;
use apportion_core::date::Date;

use super::{Kind, Maker, Origin};
use crate::generator::model::{Cell, CellTest, Literal, Operand};

/// A column that asks something.
#[derive(Clone, Debug)]
pub(super) struct Question {
    pub(super) column: String,
    pub(super) kind: Kind,
}

impl Maker<'_> {
    /// A question about something declared: a fact, a value or a conclusion.
    pub(super) fn question(&mut self) -> Option<Question> {
        let conclusions = self.conclusions_in_scope();
        if !conclusions.is_empty() && self.choices.is_in(10) {
            let column = self.choices.pick(&conclusions)?.clone();
            return Some(Question { column, kind: Kind::YesNo });
        }
        let known = self.in_scope().filter(|known| !matches!(known.origin, Origin::Each(_)));
        let questions: Vec<Question> = known
            .map(|known| Question { column: known.name.clone(), kind: known.kind.clone() })
            .collect();
        self.choices.pick(&questions).cloned()
    }

    /// So many questions about different things, at most.
    pub(super) fn questions(&mut self, count: usize) -> Vec<Question> {
        let mut questions: Vec<Question> = Vec::new();
        for _ in 0..count {
            if let Some(question) = self.question()
                && questions.iter().all(|other| other.column != question.column)
            {
                questions.push(question);
            }
        }
        questions
    }

    /// Cells of which exactly one applies to every value.
    pub(super) fn bands(&mut self, kind: &Kind) -> Vec<Cell> {
        match kind {
            Kind::YesNo => vec![words(&["yes"]), words(&["no"])],
            Kind::Words(list) => self.word_bands(list),
            Kind::Levels(ladder, count) => self.level_bands(*ladder, *count),
            Kind::Date(first, last) => self.date_bands(*first, *last),
            Kind::Number(number) => self.number_bands(number),
        }
    }

    fn word_bands(&mut self, list: &[String]) -> Vec<Cell> {
        // In a question `not resident` is the opposite of `resident`.
        let plain: Vec<String> =
            list.iter().filter(|it| !it.starts_with("not ")).cloned().collect();
        if plain.len() < list.len() {
            return match plain.is_empty() {
                true => vec![Cell::Any],
                false => vec![word_list(&plain), Cell::Not(is_words(&plain))],
            };
        }
        let at = 1 + self.choices.below(list.len().saturating_sub(1));
        let (some, others) = list.split_at_checked(at).unwrap_or((list, &[]));
        if others.is_empty() {
            return vec![Cell::Any];
        }
        match self.choices.below(3) {
            0 => vec![word_list(some), Cell::Not(is_words(some))],
            1 => vec![word_list(some), word_list(others)],
            _ => list.iter().map(|word| word_list(core::slice::from_ref(word))).collect(),
        }
    }

    fn level_bands(&mut self, ladder: usize, count: usize) -> Vec<Cell> {
        let levels = self.model.ladders.get(ladder).map(|it| it.levels.clone()).unwrap_or_default();
        let levels: Vec<String> = levels.into_iter().take(count).collect();
        if levels.len() < 2 || self.choices.is_in(40) {
            return self.word_bands(&levels);
        }
        let at = 1 + self.choices.below(levels.len() - 1);
        let (Some(below), Some(from)) = (levels.get(at - 1), levels.get(at)) else {
            return vec![Cell::Any];
        };
        let word = |word: &String| Operand::Words(word.clone());
        let (low, high) = match self.choices.below(3) {
            0 => {
                (CellTest::After(word(below), "or lower"), CellTest::After(word(from), "or higher"))
            }
            1 => (CellTest::Before("under", word(from)), CellTest::Before("at least", word(from))),
            _ => (CellTest::Before("up to", word(below)), CellTest::Before("over", word(below))),
        };
        vec![Cell::OneOf(vec![low]), Cell::OneOf(vec![high])]
    }

    fn date_bands(&mut self, first: Date, last: Date) -> Vec<Cell> {
        let (least, greatest) = (first.day_number(), last.day_number());
        let near = self.choices.between(2_019, 2_032);
        let near = Date::new(i32::try_from(near).unwrap_or(2_025), 2, 28).unwrap_or(first);
        let near = i64::from(near.day_number()) + self.choices.between(0, 2);
        let at = near.clamp(i64::from(least) + 1, i64::from(greatest).max(i64::from(least) + 1));
        let day = |at: i64| {
            let day = i32::try_from(at).ok().and_then(Date::from_day_number);
            Operand::Literal(Literal::Date(day.unwrap_or(first)))
        };
        let (low, high) = match self.choices.below(4) {
            0 => (CellTest::Before("before", day(at)), CellTest::Before("on or after", day(at))),
            1 => {
                let before = day(at - 1);
                (
                    CellTest::Before("on or before", before.clone()),
                    CellTest::Before("after", before),
                )
            }
            2 => (
                CellTest::RangeUnder(Operand::Literal(Literal::Date(first)), day(at)),
                CellTest::Before("on or after", day(at)),
            ),
            _ => (
                CellTest::Range(Operand::Literal(Literal::Date(first)), day(at - 1)),
                CellTest::Before("on or after", day(at)),
            ),
        };
        vec![Cell::OneOf(vec![low]), Cell::OneOf(vec![high])]
    }

    fn number_bands(&mut self, number: &Number) -> Vec<Cell> {
        if self.choices.is_in(20)
            && let Some(named) = self.named(&number.unit)
            && let crate::generator::model::Expression::Name(name) = named.expression
        {
            return two_bands(self.choices.below(2), Operand::Name(name));
        }
        let Some(grid) = Grid::of(number) else { return self.coarse_bands(number) };
        let mut edges = Vec::new();
        for _ in 0..1 + self.choices.below(4) {
            edges.push(self.edge(number));
        }
        edges.sort_unstable();
        edges.dedup();
        let (Some(first), Some(last)) = (edges.first().copied(), edges.last().copied()) else {
            return vec![Cell::Any];
        };
        let mut cells = vec![match self.choices.below(3) {
            0 => CellTest::Before("under", grid.operand(first)),
            1 => CellTest::Before("up to", grid.operand(first - 1)),
            _ => CellTest::After(grid.operand(first - 1), "or less"),
        }];
        for (from, next) in edges.iter().zip(edges.iter().skip(1)) {
            cells.push(match next - from {
                1 => CellTest::Is(grid.operand(*from)),
                _ if self.choices.is_in(4) => {
                    CellTest::RangeUnder(grid.operand(*from), grid.operand(*next))
                }
                _ => CellTest::Range(grid.operand(*from), grid.operand(next - 1)),
            });
        }
        cells.push(match self.choices.below(3) {
            0 => CellTest::After(grid.operand(last), "or more"),
            1 => CellTest::Before("at least", grid.operand(last)),
            _ => CellTest::Before("over", grid.operand(last - 1)),
        });
        cells.into_iter().map(|test| Cell::OneOf(vec![test])).collect()
    }

    /// A place between two steps, mostly where a case may come near.
    pub(super) fn edge(&mut self, number: &Number) -> i64 {
        let (least, greatest) = (number.least.saturating_add(1), number.greatest);
        let near = least.saturating_add(number.denominator.saturating_mul(400));
        match self.choices.below(4) {
            0 => self.choices.between(least, greatest.max(least)),
            1 => self.choices.between(least, greatest.min(near).max(least)),
            _ => {
                let units = (greatest / number.denominator).clamp(1, 400);
                let at = self.choices.between(0, units).saturating_mul(number.denominator);
                at.clamp(least, greatest.max(least))
            }
        }
    }

    /// Two bands, at a whole number: what lies between two steps falls in one of them.
    fn coarse_bands(&mut self, number: &Number) -> Vec<Cell> {
        let at = self.edge(number) / number.denominator.max(1);
        let literal = match (number.unit.is_money(), number.unit.is_percent()) {
            (true, _) => Literal::Money(at, None),
            (_, true) => Literal::Percent(at.saturating_mul(100), 0),
            _ => Literal::Number(at, 0),
        };
        two_bands(self.choices.below(2), Operand::Literal(literal))
    }
}

fn two_bands(way: usize, at: Operand) -> Vec<Cell> {
    let (low, high) = match way {
        0 => (CellTest::Before("under", at.clone()), CellTest::Before("at least", at)),
        _ => (CellTest::Before("at most", at.clone()), CellTest::Before("over", at)),
    };
    vec![Cell::OneOf(vec![low]), Cell::OneOf(vec![high])]
}

/// How the integers of a number are written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Grid {
    Pence,
    /// Digits for one, and how many stand after the point.
    Number(i64, u8),
    Percent(i64, u8),
}

impl Grid {
    /// The grid of a number whose every integer can be written.
    pub(super) fn of(number: &Number) -> Option<Grid> {
        if number.unit.is_money() {
            return (number.denominator == 1).then_some(Grid::Pence);
        }
        for places in 0..6_u8 {
            let power = 10_i64.pow(u32::from(places));
            let power = if number.unit.is_percent() { power * 100 } else { power };
            if power % number.denominator == 0 {
                let digits = power / number.denominator;
                return Some(match number.unit.is_percent() {
                    true => Grid::Percent(digits, places),
                    false => Grid::Number(digits, places),
                });
            }
        }
        None
    }

    pub(super) fn literal(self, at: i64) -> Literal {
        match self {
            Grid::Pence => Literal::Money(at, None),
            Grid::Number(digits, places) => Literal::Number(at.saturating_mul(digits), places),
            Grid::Percent(digits, places) => Literal::Percent(at.saturating_mul(digits), places),
        }
    }

    fn operand(self, at: i64) -> Operand {
        Operand::Literal(self.literal(at))
    }
}

pub(super) fn words(list: &[&str]) -> Cell {
    Cell::OneOf(list.iter().map(|word| CellTest::Is(Operand::Words((*word).into()))).collect())
}

fn is_words(list: &[String]) -> Vec<CellTest> {
    list.iter().map(|word| CellTest::Is(Operand::Words(word.clone()))).collect()
}

fn word_list(list: &[String]) -> Cell {
    Cell::OneOf(is_words(list))
}
