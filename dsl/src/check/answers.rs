//! What the answer columns of a table give, by which of its rows count.

use super::Checker;
use super::mistake::{NumberMistake, RowMistake};
use super::types::digits_together;
use crate::checked::{Expression, Table, Type};
use crate::number::Number;
use crate::source::Span;
use crate::syntax::Hit;
use crate::unit::Unit;

impl Checker<'_> {
    /// The type of what a column gives.
    pub(super) fn type_of_column(&mut self, table: &Table, column: usize) -> Option<Type> {
        match table.hit {
            Hit::Count => {
                let greatest = i64::try_from(table.rows.len()).ok()?;
                let unit = Unit::plain();
                Some(Type::Number(Number { unit, denominator: 1, least: 0, greatest }))
            }
            Hit::AddUp => self.type_of_sum(table, column),
            Hit::Listed => self.type_of_listed(*table.values.get(column)?),
            Hit::Highest | Hit::Lowest => {
                let of = self.type_of_answers(table, column)?;
                let span = table.rows.first()?.answers.get(column)?.span;
                self.check_order(&of, span)?;
                Some(of)
            }
            Hit::ExactlyOne | Hit::First | Hit::MustAgree => self.type_of_answers(table, column),
        }
    }

    /// The type that holds all answers of a column.
    fn type_of_answers(&mut self, table: &Table, column: usize) -> Option<Type> {
        let mut answers = table.rows.iter().filter_map(|row| row.answers.get(column).cloned());
        let mut whole = answers.next()?;
        for mut answer in answers {
            if !self.agree(&mut whole, &mut answer) {
                return None;
            }
            whole.of = self.either(&whole.of.clone(), &answer.of, answer.span);
            if whole.of == Type::Broken {
                return None;
            }
        }
        Some(whole.of)
    }

    /// The type that holds the sum of any of the answers, and the answer of the `otherwise` row.
    fn type_of_sum(&mut self, table: &Table, column: usize) -> Option<Type> {
        let mut sum: Option<Expression> = None;
        for row in &table.rows {
            let mut answer = row.answers.get(column)?.clone();
            let span = answer.span;
            let Some(number) = answer.number().cloned() else {
                let found = answer.of.noun();
                self.report(NumberMistake::NotANumber { span, found });
                return None;
            };
            answer.of = Type::Number(number.or_nothing());
            let Some(mut so_far) = sum.take() else {
                sum = Some(answer);
                continue;
            };
            if !self.agree(&mut so_far, &mut answer) {
                return None;
            }
            let (a, b) = (so_far.number()?.clone(), answer.number()?.clone());
            let number = if row.is_otherwise { a.or(&b) } else { a.plus(&b) };
            so_far.of = self.fitting(number, digits_together(&a, &b), span);
            if so_far.of == Type::Broken {
                return None;
            }
            sum = Some(so_far);
        }
        sum.map(|sum| sum.of)
    }

    /// Numbers have an order, and words where they are levels.
    fn check_order(&mut self, of: &Type, span: Span) -> Option<()> {
        let is_ordered = match of {
            Type::Number(_) => true,
            Type::Words { list, .. } => self.is_ordered(*list),
            Type::YesNo | Type::Date { .. } | Type::Listed { .. } | Type::Broken => false,
        };
        if !is_ordered {
            self.report(RowMistake::AnswersWithoutOrder { span });
        }
        is_ordered.then_some(())
    }
}
