//! Clauses that change on a day: two wordings, or one that ends or begins.

use apportion::days::Days;
use apportion_core::date::Date;

use super::Maker;
use super::condition::opposite;
use crate::generator::choices::Choices;
use crate::generator::model::{Body, Clause, Model, Sentence};

impl Maker<'_> {
    /// Gives some clauses two wordings, and others days on which they are in force.
    pub(super) fn wordings(&mut self) {
        if self.model.dated_by.is_none() {
            return;
        }
        let mut clauses = std::mem::take(&mut self.clauses);
        for (_, clause) in &mut clauses {
            if self.choices.is_in(8) {
                self.date_clause(clause);
            }
        }
        self.clauses = clauses;
    }

    fn date_clause(&mut self, clause: &mut Clause) {
        let year = self.in_force.year() + 1;
        let (first, last) = (Date::new(year, 4, 1), Date::new(year, 3, 31));
        let bodies = || clause.sentences.iter().map(|sentence| &sentence.body);
        if bodies().any(|body| matches!(body, Body::Rates { .. })) {
            return;
        }
        if bodies().all(may_end) && self.choices.is_in(50) {
            clause.days = Some(match self.choices.below(3) {
                0 => Days::new(None, last),
                1 => Days::new(first, None),
                _ => Days::new(first, Date::new(year + 1, 3, 31)),
            });
            return;
        }
        clause.days = Some(Days::new(None, last));
        clause.later.clone_from(&clause.sentences);
        // The condition may be what lets a fact be used.
        if bodies().all(may_end) && self.sometimes.is_empty() {
            clause.later.iter_mut().for_each(turn_around);
        }
    }
}

/// Gives some parties another printed name from 1 April of a year.
pub(super) fn rename_parties(model: &mut Model, year: i32, choices: &mut dyn Choices) {
    if model.dated_by.is_none() || !choices.is_in(20) {
        return;
    }
    for party in &mut model.parties {
        if choices.is_in(60) {
            let text = &party.text;
            let since = format!("{text} from 1 April {year}");
            party.text = format!("Old {text} until 31 March {year}, New {since}");
        }
    }
}

/// Whether nothing lacks an answer once there is no clause that says this.
fn may_end(body: &Body) -> bool {
    matches!(body, Body::Conclude { .. } | Body::Refer(_) | Body::Pay(..) | Body::Require(..))
}

/// Makes a sentence hold where it did not, if its condition has an opposite.
fn turn_around(sentence: &mut Sentence) {
    if let Some(opposite) = sentence.when.as_ref().and_then(opposite) {
        sentence.when = Some(opposite);
    }
}
