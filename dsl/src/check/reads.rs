//! The names that sentences read: in conditions, expressions and the cells of tables.
//!
//! A word after `is`, or in a cell, that is a word of what is tested there reads nothing, though
//! something may be named like it.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::Checker;
use super::dependencies::Site;
use super::meaning::Meaning;
use crate::names::Names;
use crate::syntax::{
    Body, Cell, CellKind, CellTest, Condition, ConditionKind, Expression, ExpressionKind, Name,
    Operand, Promise, ShareKind, TableRow, TestOperand, ValueTest,
};

/// What is needed to tell the words of a fact or value from names.
pub(super) struct Reads<'a> {
    names: &'a Names,
    /// The words that tables give for each value.
    answers: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Checker<'a> {
    /// What tells words from names in this policy.
    pub(super) fn reads(&self) -> Reads<'a> {
        let mut answers: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for site in &self.sites {
            let Body::Table { names, table, .. } = site.body else { continue };
            for name in names {
                let column = table.columns.iter().position(|column| column.key == name.key);
                let Some(column) = column else { continue };
                let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
                let words =
                    cells.flat_map(words_of).filter(|word| !self.is_read_in_an_answer(word));
                answers.entry(&name.key).or_default().extend(words);
            }
        }
        Reads { names: self.names, answers }
    }

    /// Whether a word in a column of answers is the name of what is answered, rather than the
    /// answer.
    fn is_read_in_an_answer(&self, word: &str) -> bool {
        matches!(self.meaning(word), Some(Meaning::Value(_) | Meaning::Fact(_)))
    }
}

impl<'a> Reads<'a> {
    /// The names that a sentence reads.
    pub(super) fn of(&self, site: &Site<'a>, visit: &mut dyn FnMut(&'a str)) {
        if let Some(when) = &site.sentence.when {
            self.condition(when, visit);
        }
        match site.body {
            Body::Define { value, .. } => self.expression(value, visit),
            Body::Split { amount, .. } | Body::Pay { amount, .. } => self.expression(amount, visit),
            Body::Proportion { amount, weights, .. } => {
                self.expression(amount, visit);
                weights.iter().for_each(|weight| self.expression(weight, visit));
            }
            Body::PayInTurn { amount, tiers, .. } => {
                self.expression(amount, visit);
                tiers.iter().for_each(|tier| self.expression(&tier.most, visit));
            }
            Body::Limit { most, .. } => self.expression(most, visit),
            Body::Floor { least, .. } => self.expression(least, visit),
            Body::Require { must } => self.condition(must, visit),
            Body::Promise(Promise::AddUp { amount } | Promise::Bound { amount, .. }) => {
                self.expression(amount, visit);
            }
            Body::Promise(Promise::Monotone { rising, .. }) => visit(&rising.key),
            Body::Shares(shares) => {
                for share in shares {
                    if let ShareKind::Name(name) = &share.share {
                        visit(&name.key);
                    }
                }
            }
            Body::Slices { name, table, .. } => {
                let questions = table.columns.iter().filter(|column| column.key != name.key);
                questions.for_each(|column| visit(&column.key));
            }
            Body::Table { names, table, .. } => {
                let is_answer = |key: &str| names.iter().any(|name| name.key == key);
                let questions = table.columns.iter().filter(|column| !is_answer(&column.key));
                questions.for_each(|column| visit(&column.key));
                table.rows.iter().for_each(|row| self.row(row, &table.columns, visit));
            }
            _ => {}
        }
    }

    /// The names in the cells of a row.
    fn row(&self, row: &'a TableRow, columns: &'a [Name], visit: &mut dyn FnMut(&'a str)) {
        for (cell, column) in row.cells.iter().zip(columns) {
            let words = words_of(cell);
            words.filter(|word| !self.is_word(&column.key, word)).for_each(&mut *visit);
        }
    }

    /// The names that a condition reads.
    fn condition(&self, condition: &'a Condition, visit: &mut dyn FnMut(&'a str)) {
        match &condition.kind {
            ConditionKind::Of(_, parts) => {
                parts.iter().for_each(|part| self.condition(part, visit));
            }
            ConditionKind::Not(part) => self.condition(part, visit),
            ConditionKind::Concluded { conclusion, .. } => visit(&conclusion.key),
            ConditionKind::Truth(name) => visit(&name.key),
            ConditionKind::Test { value, test, .. } => {
                let mut tested = Vec::new();
                self.expression(value, &mut |name| tested.push(name));
                self.test(test, &tested, visit);
                tested.into_iter().for_each(visit);
            }
            ConditionKind::Members { family, test, .. } => {
                self.test(test, &[family.key.as_str()], visit);
            }
            ConditionKind::Items { what, .. } => visit(&what.key),
            ConditionKind::Broken => {}
        }
    }

    fn test(&self, test: &'a ValueTest, tested: &[&str], visit: &mut dyn FnMut(&'a str)) {
        let mut word = |word: &'a str| {
            if !tested.iter().any(|tested| self.is_word(tested, word)) {
                visit(word);
            }
        };
        match test {
            ValueTest::Is(operands) => operands.iter().filter_map(word_of).for_each(word),
            ValueTest::Compare(_, TestOperand::Word(with)) => word(&with.key),
            ValueTest::Compare(_, TestOperand::Expression(with)) => self.expression(with, visit),
            ValueTest::Between(first, last) => {
                self.expression(first, visit);
                self.expression(last, visit);
            }
        }
    }

    /// Whether this is a word of a fact or family by its type, or of a value by its tables.
    fn is_word(&self, tested: &str, word: &str) -> bool {
        self.names.is_word_of(tested, word)
            || self.answers.get(tested).is_some_and(|words| words.contains(word))
    }

    /// The names that an expression reads.
    fn expression(&self, expression: &'a Expression, visit: &mut dyn FnMut(&'a str)) {
        match &expression.kind {
            ExpressionKind::Literal { .. } => {}
            ExpressionKind::Name(name) => visit(&name.key),
            ExpressionKind::Binary { left, right, .. }
            | ExpressionKind::Extreme { left, right, .. } => {
                self.expression(left, visit);
                self.expression(right, visit);
            }
            ExpressionKind::Part { of: value, .. }
            | ExpressionKind::Rounded { value, .. }
            | ExpressionKind::For { value, .. }
            | ExpressionKind::OverWeeks { value, .. } => self.expression(value, visit),
            ExpressionKind::ForNamed { value, name } => {
                self.expression(value, visit);
                visit(&name.key);
            }
            ExpressionKind::AtRates { value, on } => {
                self.expression(value, visit);
                self.expression(on, visit);
            }
            ExpressionKind::Distance { from, .. } => self.expression(from, visit),
            ExpressionKind::DaysBetween { from, to, .. } => {
                self.expression(from, visit);
                self.expression(to, visit);
            }
            ExpressionKind::Age { from, on } => {
                from.iter().for_each(|from| self.expression(from, visit));
                self.expression(on, visit);
            }
            ExpressionKind::Over { of, family, filter, .. } => {
                of.iter().chain([family]).for_each(|name| visit(&name.key));
                filter.iter().for_each(|filter| self.condition(filter, visit));
            }
        }
    }
}

/// The words in a cell.
fn words_of(cell: &Cell) -> impl Iterator<Item = &str> {
    let tests = match &cell.kind {
        CellKind::OneOf(tests) | CellKind::Not(tests) => tests.as_slice(),
        _ => &[],
    };
    let operands = tests.iter().flat_map(|test| match test {
        CellTest::Is(operand) | CellTest::Compare(_, operand) => [Some(operand), None],
        CellTest::Range(first, last) | CellTest::RangeUnder(first, last) => {
            [Some(first), Some(last)]
        }
    });
    operands.flatten().filter_map(word_of)
}

fn word_of(operand: &Operand) -> Option<&str> {
    match operand {
        Operand::Words(word) => Some(&word.key),
        Operand::Literal(_) | Operand::Amount(..) => None,
    }
}
