//! Tables, column under column.

use super::Page;
use crate::generator::model::{Cell, CellTest, Literal, Operand, Row, Table};
use crate::generator::reached::Construct;

impl Page<'_> {
    /// The rows of a table, each on a line of its own.
    pub(super) fn table(&mut self, table: &Table, answers: &[usize]) -> String {
        self.reach(match table.columns.len() - answers.len().min(table.columns.len()) {
            0 => Construct::NoQuestion,
            1 => Construct::OneQuestion,
            2 => Construct::TwoQuestions,
            _ => Construct::ThreeQuestions,
        });
        self.reach_where(answers.len() > 1, Construct::AnswerColumns);
        self.reach_where(table.columns.iter().any(|it| it == "from"), Construct::DatedRows);
        let mut lines = vec![table.columns.clone()];
        for row in &table.rows {
            lines.push(self.cells(row, answers));
        }
        let columns = table.columns.len();
        let width = |column: usize| {
            lines.iter().filter_map(|line| line.get(column)).map(|it| it.chars().count()).max()
        };
        let widths: Vec<usize> = (0..columns).map(|it| width(it).unwrap_or(0)).collect();
        let mut text = String::new();
        for (place, line) in lines.iter().enumerate() {
            text.push_str("\n     |");
            for (cell, width) in line.iter().zip(&widths) {
                text.push_str(&format!(" {cell:<width$} |"));
            }
            let row = place.checked_sub(1).and_then(|place| table.rows.get(place));
            if let Some(citation) = row.and_then(|row| row.citation.as_ref()) {
                self.reach(Construct::CitationOfRow);
                text.push_str(&format!("  [{citation}]"));
            }
            if place == 0 && self.model.style.has_rules {
                self.reach(Construct::RuledTable);
                let rule: Vec<String> = widths.iter().map(|width| "-".repeat(width + 2)).collect();
                text.push_str(&format!("\n     |{}|", rule.join("|")));
            }
        }
        text
    }

    fn cells(&mut self, row: &Row, answers: &[usize]) -> Vec<String> {
        let cells = row.cells.iter().enumerate();
        cells
            .map(
                |(place, cell)| {
                    if answers.contains(&place) { self.answer(cell) } else { self.question(cell) }
                },
            )
            .collect()
    }

    fn answer(&mut self, cell: &Cell) -> String {
        let reached = match cell {
            Cell::Rest => Some(Construct::ShareRest),
            Cell::Not(_) => Some(Construct::AnswerNotWord),
            Cell::OneOf(tests) => match tests.first() {
                Some(CellTest::Is(Operand::Literal(Literal::Money(..)))) => {
                    Some(Construct::AnswerMoney)
                }
                Some(CellTest::Is(Operand::Literal(Literal::Number(..)))) => {
                    Some(Construct::AnswerNumber)
                }
                Some(CellTest::Is(Operand::Literal(Literal::Date(_)))) => {
                    Some(Construct::AnswerDay)
                }
                Some(CellTest::Is(Operand::Literal(_))) => Some(Construct::AnswerPercent),
                Some(CellTest::Is(Operand::Name(_))) => Some(Construct::AnswerName),
                Some(CellTest::Is(Operand::Words(words))) => Some(self.answer_words(words)),
                _ => None,
            },
            _ => None,
        };
        reached.into_iter().for_each(|construct| self.reach(construct));
        self.cell(cell)
    }

    fn answer_words(&self, words: &str) -> Construct {
        let is_level = self.model.ladders.iter().any(|it| it.levels.iter().any(|it| it == words));
        match words {
            "yes" | "no" => Construct::AnswerYesNo,
            _ if is_level => Construct::AnswerLevel,
            _ => Construct::AnswerWord,
        }
    }

    fn question(&mut self, cell: &Cell) -> String {
        match cell {
            Cell::Any => self.reach(Construct::CellAny),
            Cell::Otherwise => self.reach(Construct::OtherwiseRow),
            Cell::Not(_) => self.reach(Construct::CellNot),
            Cell::OneOf(tests) => {
                self.reach_where(tests.len() > 1, Construct::CellList);
                tests.iter().for_each(|test| self.test_in_cell(test));
            }
            Cell::Blank | Cell::Rest => {}
        }
        self.cell(cell)
    }

    fn test_in_cell(&mut self, test: &CellTest) {
        let (construct, operand) = match test {
            CellTest::Is(operand) => (None, operand),
            CellTest::Range(least, _) => (Some(Construct::CellRange), least),
            CellTest::RangeUnder(least, _) => (Some(Construct::CellRangeUnder), least),
            CellTest::Before(_, operand) => (Some(Construct::CellBefore), operand),
            CellTest::After(operand, _) => (Some(Construct::CellAfter), operand),
        };
        construct.into_iter().for_each(|construct| self.reach(construct));
        match operand {
            Operand::Name(_) => self.reach(Construct::CellName),
            Operand::Literal(Literal::Date(_)) => self.reach(Construct::CellDate),
            Operand::Words(words) => {
                self.reach_where(words == "yes" || words == "no", Construct::CellYesNo);
                let mut members = self.model.families.iter().flat_map(|it| &it.members);
                let is_member = members.any(|member| member.0 == *words);
                self.reach_where(is_member, Construct::CellMember);
            }
            Operand::Literal(_) => {}
        }
    }

    fn cell(&mut self, cell: &Cell) -> String {
        match cell {
            Cell::Blank => String::new(),
            Cell::Any => "any".into(),
            Cell::Otherwise => "otherwise".into(),
            Cell::Rest => "the rest".into(),
            Cell::OneOf(tests) => self.tests(tests),
            Cell::Not(tests) => format!("not {}", self.tests(tests)),
        }
    }

    fn tests(&mut self, tests: &[CellTest]) -> String {
        let tests: Vec<String> = tests.iter().map(|test| self.cell_test(test)).collect();
        tests.join(", ")
    }

    fn cell_test(&mut self, test: &CellTest) -> String {
        match test {
            CellTest::Is(operand) => self.operand(operand),
            CellTest::Range(least, greatest) => {
                let to = if self.model.style.is_typeset { "–" } else { "to" };
                let least = self.operand(least);
                format!("{least} {to} {}", self.operand(greatest))
            }
            CellTest::RangeUnder(least, end) => {
                let below = if is_date(end) { "before" } else { "under" };
                format!("{} to {below} {}", self.operand(least), self.operand(end))
            }
            CellTest::Before(words, operand) => format!("{words} {}", self.operand(operand)),
            CellTest::After(operand, words) => format!("{} {words}", self.operand(operand)),
        }
    }
}

fn is_date(operand: &Operand) -> bool {
    matches!(operand, Operand::Literal(Literal::Date(_)))
}
