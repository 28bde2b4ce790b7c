//! Tables whose rows list words.

use super::question::words;
use super::table::LISTED;
use super::{Chapter, Maker, names};
use crate::generator::model::{Body, Cell, CellTest, Operand, Row, Sentence, Table};

impl Maker<'_> {
    /// What every row that applies lists: in one table, or in one of two.
    pub(super) fn listed_table(&mut self) {
        let count = 1 + usize::from(self.choices.is_in(30));
        let names: Vec<String> = (0..count).map(|_| self.new_value()).collect();
        let Some(body) = self.listed_rows(&names) else { return };
        let ways = if self.choices.is_in(35) { self.either_way() } else { None };
        let (Some((when, opposite)), Some(other)) = (ways, self.listed_rows(&names)) else {
            let key = self.add(Chapter::Values, Sentence::plain(body));
            self.perhaps_switch(Chapter::Values, key);
            return;
        };
        // Where both apply, they may list the same or clash.
        let is_clash = self.is_careless && self.choices.is_in(50);
        let opposite = if is_clash { when.clone() } else { opposite };
        self.add(Chapter::Values, Sentence::when(when, body));
        self.add(Chapter::Values, Sentence::when(opposite, other));
    }

    /// Rows with a word for each name; words stand in one order in all tables.
    fn listed_rows(&mut self, names: &[String]) -> Option<Body> {
        let mut all: Vec<Cell> = names::ANSWERS.iter().map(|word| words(&[*word])).collect();
        all.push(Cell::Not(vec![CellTest::Is(Operand::Words("resident here".into()))]));
        let asked = 1 + self.choices.below(2);
        let questions = self.questions(asked);
        if questions.is_empty() {
            return None;
        }
        let mut rows = self.first_rows(&questions);
        if self.choices.is_in(50) {
            // Here no row need apply.
            rows.pop();
        }
        let columns = questions.iter().map(|it| it.column.clone()).chain(names.iter().cloned());
        let mut table = Table { columns: columns.collect(), rows: Vec::new() };
        let mut places: Vec<usize> = names.iter().map(|_| self.choices.below(2)).collect();
        for mut cells in rows {
            for place in &mut places {
                cells.extend(all.get(*place).cloned());
                *place = (*place + self.choices.below(3)).min(all.len() - 1);
            }
            table.rows.push(Row { cells, citation: None });
        }
        self.vary(LISTED, &mut table.rows, questions.len());
        Some(Body::Table { names: names.to_vec(), each: None, hit: LISTED, table })
    }
}
