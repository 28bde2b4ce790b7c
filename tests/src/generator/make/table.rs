//! Tables: rows that leave nothing out, with answers of one kind.

use apportion::number::Number;
use apportion::unit::Unit;
use apportion_core::date::Date;

use super::question::{Question, words};
use super::{Chapter, Kind, Maker, Origin, names};
use crate::generator::model::{
    Body, Cell, CellTest, Expression, Literal, Operand, RoundTo, Row, Sentence, Table,
};

const EXACTLY_ONE: &str = "exactly one row applies";
const FIRST: &str = "first row that applies";
const MUST_AGREE: &str = "rows that apply must agree";
const ADD_UP: &str = "add up every row that applies";
const HIGHEST: &str = "highest of the rows that apply";
const LOWEST: &str = "lowest of the rows that apply";
const COUNT: &str = "count the rows that apply";
pub(super) const LISTED: &str = "every row that applies, listed";

/// What an answer column gives.
struct Answers {
    name: String,
    kind: Kind,
    /// The cells to choose from.
    cells: Vec<Cell>,
}

impl Maker<'_> {
    /// Rows of questions: of which exactly one applies, or the first, or that agree.
    pub(super) fn question_rows(
        &mut self,
        questions: &[Question],
    ) -> (&'static str, Vec<Vec<Cell>>) {
        match self.choices.below(10) {
            0..6 => (EXACTLY_ONE, self.split_rows(questions)),
            6 | 7 => (FIRST, self.first_rows(questions)),
            8 => (FIRST, self.split_rows(questions)),
            _ => (MUST_AGREE, self.split_rows(questions)),
        }
    }

    /// Rows of which exactly one applies: each question parts what the one before left.
    fn split_rows(&mut self, questions: &[Question]) -> Vec<Vec<Cell>> {
        let Some((question, others)) = questions.split_first() else { return vec![Vec::new()] };
        let mut rows = Vec::new();
        for cell in self.bands(&question.kind) {
            let is_parted = self.choices.is_in(50);
            let below = match is_parted {
                true => self.split_rows(others),
                false => vec![vec![Cell::Any; others.len()]],
            };
            for row in below {
                rows.push(core::iter::once(cell.clone()).chain(row).collect());
            }
        }
        // No table is longer than a reader bears.
        if rows.len() > 14 { vec![vec![Cell::Any; questions.len()]] } else { rows }
    }

    /// Rows that may overlap, the last of which always applies.
    pub(super) fn first_rows(&mut self, questions: &[Question]) -> Vec<Vec<Cell>> {
        let mut rows = Vec::new();
        for _ in 0..1 + self.choices.below(4) {
            let mut row = Vec::new();
            for question in questions {
                let bands = self.bands(&question.kind);
                let cell = self.choices.pick(&bands).cloned();
                let is_any = self.choices.is_in(40);
                row.push(cell.filter(|_| !is_any).unwrap_or(Cell::Any));
            }
            rows.push(row);
        }
        rows.push(vec![Cell::Any; questions.len()]);
        rows
    }

    /// Lets the last row say `otherwise`, adds a row that agrees, or leaves one out.
    pub(super) fn vary(&mut self, hit: &str, rows: &mut Vec<Row>, questions: usize) {
        if self.is_careless && rows.len() > 1 && self.choices.is_in(25) {
            let place = self.choices.below(rows.len());
            rows.remove(place);
        }
        if hit == MUST_AGREE && self.choices.is_in(50) {
            let place = self.choices.below(rows.len());
            if let Some(mut row) = rows.get(place).cloned() {
                // Wider than it was, so it may meet another answer.
                if self.is_careless
                    && let Some(cell) = row.cells.first_mut().filter(|_| questions > 0)
                {
                    *cell = Cell::Any;
                }
                rows.push(row);
            }
        }
        if self.choices.is_in(20)
            && let Some(row) = rows.last_mut().filter(|_| questions > 0)
        {
            for cell in row.cells.iter_mut().take(questions) {
                *cell = Cell::Blank;
            }
            let at = self.choices.below(questions);
            if let Some(cell) = row.cells.get_mut(at) {
                *cell = Cell::Otherwise;
            }
        }
        for row in rows {
            if self.choices.is_in(4) {
                row.citation = self.citation(3);
            }
        }
    }

    /// A table of one or more values.
    pub(super) fn value_table(&mut self) {
        let count = 1 + self.choices.below(3);
        let questions = self.questions(count);
        if questions.is_empty() {
            return;
        }
        let mut answers = vec![self.answers()];
        if self.choices.is_in(25) {
            let more = self.answers();
            answers.push(more);
        }
        let (hit, rows) = self.rows_for(&questions, &answers);
        self.add_table(questions, None, hit, rows, answers);
    }

    /// Rows that count one by one or, where the answers allow it, together.
    fn rows_for(
        &mut self,
        questions: &[Question],
        answers: &[Answers],
    ) -> (&'static str, Vec<Vec<Cell>>) {
        let are_numbers = answers.iter().all(|it| matches!(it.kind, Kind::Number(_)));
        let are_ordered =
            answers.iter().all(|it| matches!(it.kind, Kind::Number(_) | Kind::Levels(..)));
        if !are_ordered || self.choices.is_in(55) {
            return self.question_rows(questions);
        }
        let mut rows = self.first_rows(questions);
        let hit = match self.choices.below(4) {
            0 => HIGHEST,
            1 => LOWEST,
            _ if are_numbers => ADD_UP,
            _ => HIGHEST,
        };
        if hit == ADD_UP || self.is_careless {
            // Here no row need apply.
            rows.pop();
        }
        (hit, rows)
    }

    /// A table of which the rows that apply are counted.
    pub(super) fn counting_table(&mut self) {
        let each = match self.item.is_none() && self.choices.is_in(40) {
            true => {
                let place = self.choices.below(self.families.len());
                self.families.get(place).cloned().map(|family| (place, family))
            }
            false => None,
        };
        let mut questions = self.questions(2);
        if let Some((_, family)) = &each {
            let column = if matches!(family.kind, Kind::Levels(..)) { "level" } else { "value" };
            questions.push(Question { column: column.into(), kind: family.kind.clone() });
        }
        if questions.is_empty() {
            return;
        }
        let columns = questions.iter().map(|question| question.column.clone()).collect();
        let rows = self.first_rows(&questions).into_iter();
        let rows: Vec<Row> = rows.map(|cells| Row { cells, citation: None }).collect();
        let count = i64::try_from(rows.len()).unwrap_or(0);
        let table = Table { columns, rows };
        let name = self.new_value();
        let number = Number { unit: Unit::plain(), denominator: 1, least: 0, greatest: count };
        let singular = each.as_ref().map(|(_, family)| family.singular.clone());
        let body = Body::Table { names: vec![name.clone()], each: singular, hit: COUNT, table };
        let key = self.add(Chapter::Values, Sentence::plain(body));
        self.perhaps_switch_careless(key);
        let origin = each.map_or(Origin::Value, |(place, _)| Origin::Each(place));
        self.know(name, Kind::Number(number), origin);
    }

    /// Slices of a weekly amount or a plain number.
    pub(super) fn slices(&mut self) {
        let is_money = self.choices.is_in(60);
        let unit = if is_money { Unit::money(Some("week")) } else { Unit::plain() };
        let Some(amount) = self.named(&unit) else { return };
        let Expression::Name(of) = amount.expression else { return };
        // Edges in hundredths and rates in percent leave room for so much.
        if amount.number.largest() > 10_000_000_000_000 || amount.number.denominator > 1_000 {
            return;
        }
        let mut edges: Vec<i64> = (0..self.choices.below(4)).map(|_| 1 + self.pence()).collect();
        edges.sort_unstable();
        edges.dedup();
        let literal =
            |at: i64| if is_money { Literal::Money(at, None) } else { Literal::Number(at, 2) };
        let rounding = (RoundTo::Pence(1), self.rounding());
        let mut cells: Vec<Cell> = edges
            .iter()
            .map(|at| Cell::OneOf(vec![CellTest::Before("up to", Operand::Literal(literal(*at)))]))
            .collect();
        cells.push(words(&["above"]));
        let name = self.new_value();
        let top = amount.number.greatest / amount.number.denominator;
        let (mut below, mut at_top) = (0, 0);
        let mut rows = Vec::new();
        for (place, cell) in cells.into_iter().enumerate() {
            let rate = self.choices.between(0, 40);
            let edge = edges.get(place).copied().unwrap_or(top).min(top);
            at_top += rate * (edge - below).max(0);
            below = below.max(edge);
            let rate = if is_money { Literal::Percent(rate, 0) } else { Literal::Number(rate, 1) };
            let rate = Cell::OneOf(vec![CellTest::Is(Operand::Literal(rate))]);
            rows.push(Row { cells: vec![cell, rate], citation: None });
        }
        let (to, way) = match is_money {
            true => rounding,
            false => (RoundTo::Number(1, 0), rounding.1),
        };
        let table = Table { columns: vec![of, name.clone()], rows };
        // Bounds: never below nothing, and never above what is sliced.
        let greatest = top + 1;
        let body = Body::Slices { name: name.clone(), rounding: Some((to, way)), table };
        self.add(Chapter::Values, Sentence::plain(body));
        // What never comes to a penny cannot be asked to be above 0.
        if is_money && at_top >= 100 {
            let number = Number { unit, denominator: 1, least: 0, greatest };
            self.know(name, Kind::Number(number), Origin::Value);
        }
    }

    /// A table for each member of a family.
    pub(super) fn table_for_members(&mut self) {
        let place = self.choices.below(self.families.len());
        let Some(family) = self.families.get(place).cloned() else { return };
        let column = if matches!(family.kind, Kind::Levels(..)) { "level" } else { "value" };
        let by_member =
            Question { column: family.singular.clone(), kind: Kind::Words(family.members.clone()) };
        let by_value = Question { column: column.into(), kind: family.kind.clone() };
        let mut questions = match self.choices.below(4) {
            0 => vec![by_member],
            1 => vec![by_value, by_member],
            _ => vec![by_value],
        };
        if self.choices.is_in(20) {
            questions.extend(self.question());
        }
        let answers = if self.choices.is_in(80) { self.number_answers() } else { self.answers() };
        let answers = vec![answers];
        let (hit, rows) = self.rows_for(&questions, &answers);
        self.add_table(questions, Some((place, family.singular)), hit, rows, answers);
    }

    fn add_table(
        &mut self,
        questions: Vec<Question>,
        each: Option<(usize, String)>,
        hit: &'static str,
        rows: Vec<Vec<Cell>>,
        answers: Vec<Answers>,
    ) {
        let mut used: Vec<Vec<Cell>> = vec![Vec::new(); answers.len()];
        let mut table = Table { columns: Vec::new(), rows: Vec::new() };
        let heads = questions.iter().map(|question| question.column.clone());
        let (dated, rows) = self.perhaps_dated(hit, rows);
        let asked = dated.len() + questions.len();
        table.columns = dated
            .iter()
            .map(|it| (*it).to_owned())
            .chain(heads)
            .chain(answers.iter().map(|it| it.name.clone()))
            .collect();
        for mut cells in rows {
            for (answer, used) in answers.iter().zip(&mut used) {
                let cell = self.choices.pick(&answer.cells).cloned().unwrap_or(Cell::Any);
                used.push(cell.clone());
                cells.push(cell);
            }
            table.rows.push(Row { cells, citation: None });
        }
        self.vary(hit, &mut table.rows, asked);
        let kinds: Vec<Option<Kind>> = answers
            .iter()
            .enumerate()
            .map(|(place, answers)| {
                let column = asked + place;
                let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
                self.kind_of_answers(&answers.kind, cells.cloned().collect(), hit)
            })
            .collect();
        if kinds.iter().any(Option::is_none) {
            return;
        }
        let names: Vec<String> = answers.iter().map(|it| it.name.clone()).collect();
        let body =
            Body::Table { names, each: each.as_ref().map(|each| each.1.clone()), hit, table };
        let key = self.add(Chapter::Values, Sentence::plain(body));
        self.perhaps_switch_careless(key);
        for (answer, kind) in answers.into_iter().zip(kinds.into_iter().flatten()) {
            let origin = each.as_ref().map_or(Origin::Value, |each| Origin::Each(each.0));
            self.know(answer.name, kind, origin);
        }
    }

    /// The rows of a table twice, until a day and from the next, with the columns that say so.
    fn perhaps_dated(
        &mut self,
        hit: &str,
        rows: Vec<Vec<Cell>>,
    ) -> (&'static [&'static str], Vec<Vec<Cell>>) {
        let may_be = hit == EXACTLY_ONE && self.model.dated_by.is_some() && rows.len() < 8;
        let last = Date::new(self.in_force.year() + 1, 3, 31);
        let next = Date::new(self.in_force.year() + 1, 4, 1);
        let (Some(last), Some(next), true) = (last, next, may_be && self.choices.is_in(20)) else {
            return (&[], rows);
        };
        let day = |day| Cell::OneOf(vec![CellTest::Is(Operand::Literal(Literal::Date(day)))]);
        let until = rows.iter().map(|row| [&[Cell::Any, day(last)], &row[..]].concat());
        let from = rows.iter().map(|row| [&[day(next), Cell::Any], &row[..]].concat());
        (&["from", "until"], until.chain(from).collect())
    }

    /// A table without which a value is missing is switched off by the careless only.
    pub(super) fn perhaps_switch_careless(&mut self, key: crate::generator::model::ClauseKey) {
        if self.is_careless {
            self.perhaps_switch(Chapter::Values, key);
        }
    }

    /// The type of the answers that were chosen.
    fn kind_of_answers(&self, kind: &Kind, cells: Vec<Cell>, hit: &str) -> Option<Kind> {
        if let Kind::Date(..) = kind {
            return self.kind_of_days(&cells);
        }
        let Kind::Number(number) = kind else {
            let Kind::Words(_) = kind else { return Some(kind.clone()) };
            let mut words: Vec<String> = Vec::new();
            for cell in &cells {
                let word = match cell {
                    Cell::OneOf(tests) => words_of(tests)?,
                    Cell::Not(tests) => format!("not {}", words_of(tests)?),
                    _ => return None,
                };
                if !words.contains(&word) {
                    words.push(word);
                }
            }
            return Some(Kind::Words(words));
        };
        let mut whole: Option<Number> = None;
        for cell in cells {
            let Cell::OneOf(tests) = cell else { return None };
            let [CellTest::Is(operand)] = tests.as_slice() else { return None };
            let one = match operand {
                Operand::Literal(literal) => number_of(literal, &number.unit)?,
                Operand::Name(name) => self.number_of_name(name)?,
                Operand::Words(_) => return None,
            };
            let one = if hit == ADD_UP { one.or_nothing() } else { one };
            whole = Some(match whole {
                None => one,
                Some(whole) if hit == ADD_UP => whole.plus(&one)?,
                Some(whole) => whole.or(&one)?,
            });
        }
        whole.map(Kind::Number)
    }

    fn kind_of_days(&self, cells: &[Cell]) -> Option<Kind> {
        let mut whole: Option<(Date, Date)> = None;
        for cell in cells {
            let Cell::OneOf(tests) = cell else { return None };
            let (first, last) = match tests.as_slice() {
                [CellTest::Is(Operand::Literal(Literal::Date(day)))] => (*day, *day),
                [CellTest::Is(Operand::Name(name))] => {
                    let known = self.known.iter().find(|known| known.name == *name)?;
                    let Kind::Date(first, last) = known.kind else { return None };
                    (first, last)
                }
                _ => return None,
            };
            let (least, greatest) = whole.unwrap_or((first, last));
            whole = Some((least.min(first), greatest.max(last)));
        }
        whole.map(|(first, last)| Kind::Date(first, last))
    }

    fn number_of_name(&self, name: &str) -> Option<Number> {
        let known = self.known.iter().find(|known| known.name == name)?;
        let Kind::Number(number) = &known.kind else { return None };
        Some(number.clone())
    }

    /// What a column may answer.
    fn answers(&mut self) -> Answers {
        let name = self.new_value();
        let (kind, cells) = match self.choices.below(10) {
            0 => {
                let mut cells: Vec<Cell> =
                    names::ANSWERS.iter().map(|word| words(&[*word])).collect();
                let not = CellTest::Is(Operand::Words("resident here".into()));
                cells.push(Cell::Not(vec![not]));
                (Kind::Words(Vec::new()), cells)
            }
            1 => (Kind::YesNo, vec![words(&["yes"]), words(&["no"])]),
            2 => {
                let ladder = self.model.ladders.first();
                let levels = ladder.map(|it| it.levels.clone()).unwrap_or_default();
                let cells = levels.iter().map(|level| words(&[level.as_str()])).collect();
                (Kind::Levels(0, levels.len()), cells)
            }
            9 => {
                let days = (0..3).filter_map(|_| self.plain_day());
                let cells = days.collect::<Vec<_>>().into_iter().filter_map(|day| {
                    let operand = match day.expression {
                        Expression::Name(name) => Operand::Name(name),
                        Expression::Literal(literal) => Operand::Literal(literal),
                        _ => return None,
                    };
                    Some(Cell::OneOf(vec![CellTest::Is(operand)]))
                });
                (Kind::Date(Date::MIN, Date::MAX), cells.collect())
            }
            3 | 4 => return self.answers_in(name, Unit::percent()),
            5 | 6 => return self.answers_in(name, Unit::money(None)),
            _ => return self.answers_in(name, Unit::plain()),
        };
        Answers { name, kind, cells }
    }

    fn number_answers(&mut self) -> Answers {
        let name = self.new_value();
        let unit = if self.choices.is_in(85) { Unit::plain() } else { Unit::money(None) };
        self.answers_in(name, unit)
    }

    fn answers_in(&mut self, name: String, unit: Unit) -> Answers {
        let mut cells = Vec::new();
        for _ in 0..2 + self.choices.below(4) {
            let Some(typed) = self.literal(&unit) else { continue };
            if let Expression::Literal(literal) = typed.expression {
                cells.push(Cell::OneOf(vec![CellTest::Is(Operand::Literal(literal))]));
            }
        }
        if self.choices.is_in(25)
            && let Some(named) = self.named(&unit)
            && let Expression::Name(name) = named.expression
        {
            cells.push(Cell::OneOf(vec![CellTest::Is(Operand::Name(name))]));
        }
        let (number, _) = Number::constant(unit, 0, 1);
        Answers { name, kind: Kind::Number(number), cells }
    }
}

fn words_of(tests: &[CellTest]) -> Option<String> {
    match tests {
        [CellTest::Is(Operand::Words(words))] => Some(words.clone()),
        _ => None,
    }
}

/// The type of a literal of a unit.
pub(super) fn number_of(literal: &Literal, unit: &Unit) -> Option<Number> {
    let (numerator, denominator) = match literal {
        Literal::Money(pence, _) => (*pence, 1),
        Literal::Number(digits, places) => (*digits, 10_i64.pow(u32::from(*places))),
        Literal::Percent(digits, places) => (*digits, 10_i64.pow(u32::from(*places) + 2)),
        Literal::Fraction(above, below) => (*above, *below),
        Literal::Date(_) => return None,
    };
    Some(Number::constant(unit.clone(), numerator, denominator).0)
}
