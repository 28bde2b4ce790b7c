//! Tables of which all rows that apply count together.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use apportion_core::program::{AmountSlot, ByteSlot, Operation, Refusal, Term, Test, ValueId};

use super::Compiler;
use super::operand::Operand;
use crate::checked::{Constant, ExpressionKind, ProvisionId, Table, Type};
use crate::listed;
use crate::number::Number;
use crate::syntax::Hit;

impl Compiler<'_> {
    /// What an answer column gives by all of the rows that apply.
    pub(super) fn rows_together(
        &mut self,
        id: ValueId,
        provision: ProvisionId,
        (table, column): (&Table, usize),
        rows: &[Vec<Test>],
    ) -> Operand {
        if table.hit == Hit::Count {
            return self.counted_rows(rows);
        }
        let applying = self.applying(provision);
        let rows = self.with_otherwise(table, rows);
        if !table.hit.may_be_empty() && column == 0 {
            let clause = self.clause;
            if !self.definitions.always(&rows, |count| count > 0) {
                let any = self.any(rows.clone());
                self.require(&applying, Test::is_true(any), Refusal::NoRow { clause });
            }
        }
        if table.hit == Hit::Listed {
            return self.listed_rows(table, column, &rows);
        }
        let mut answers = Vec::with_capacity(rows.len());
        for (row, tests) in table.rows.iter().zip(&rows) {
            let Some(answer) = row.answers.get(column) else { continue };
            let reads = [&applying[..], &tests[..]].concat();
            self.require_given_in_row([answer], &reads);
            answers.push((tests.clone(), self.expression(answer)));
        }
        let kind = self.policy.values.get(id.index()).map(|value| value.kind.clone());
        match kind {
            Some(Type::Number(number)) if table.hit == Hit::AddUp => {
                self.added_up(answers, number.denominator)
            }
            Some(Type::Number(number)) => self.extreme_amount(answers, &number, table.hit),
            Some(Type::Words { count, .. }) => self.extreme_word(answers, count, table.hit),
            _ => Operand::Word(self.definitions.no()),
        }
    }

    /// The tests of the rows; of the `otherwise` row that no other applies.
    fn with_otherwise(&mut self, table: &Table, rows: &[Vec<Test>]) -> Vec<Vec<Test>> {
        let Some(otherwise) = table.rows.iter().position(|row| row.is_otherwise) else {
            return rows.to_vec();
        };
        let others = rows.iter().enumerate().filter(|(place, _)| *place != otherwise);
        let others: Vec<Vec<Test>> = others.map(|(_, row)| row.clone()).collect();
        let any = self.any(others);
        let mut rows = rows.to_vec();
        if let Some(row) = rows.get_mut(otherwise) {
            *row = Vec::from([Test::is_false(any)]);
        }
        rows
    }

    /// How many rows apply.
    fn counted_rows(&mut self, rows: &[Vec<Test>]) -> Operand {
        let numbers = (0..).take(rows.len() + 1).collect();
        let rows = self.program.rows(rows.iter().map(|row| (row.clone(), 1)));
        let slot = self.program.byte();
        self.program.push(Operation::Count { rows, out: slot });
        Operand::Code { slot, numbers, denominator: 1, class: None }
    }

    /// The words of the rows that apply: the sum of a bit for each.
    fn listed_rows(&mut self, table: &Table, column: usize, rows: &[Vec<Test>]) -> Operand {
        let mut by_word: BTreeMap<u8, Vec<Vec<Test>>> = BTreeMap::new();
        for (row, tests) in table.rows.iter().zip(rows) {
            let answer = row.answers.get(column).map(|answer| &answer.kind);
            if let Some(ExpressionKind::Constant(Constant::Word(word))) = answer {
                by_word.entry(*word).or_default().push(tests.clone());
            }
        }
        let mut answers = Vec::with_capacity(by_word.len());
        for (word, rows) in by_word {
            let any = Test::is_true(self.any(rows));
            let value = Constant::Number(listed::bit(word));
            answers.push((Vec::from([any]), Operand::Constant { value, denominator: 1 }));
        }
        self.added_up(answers, 1)
    }

    fn added_up(&mut self, answers: Vec<(Vec<Test>, Operand)>, denominator: i64) -> Operand {
        let mut terms = Vec::with_capacity(answers.len());
        for (tests, answer) in answers {
            let (slot, over) = self.as_amount(&answer);
            let slot = self.scaled(slot, over, denominator);
            let applies = self.truth(&tests);
            terms.push(Term { slot: self.only_where(slot, applies), factor: 1 });
        }
        Operand::Amount { slot: self.linear(terms, 0), denominator }
    }

    /// The highest or lowest amount; a row that does not apply counts as the other end of
    /// what the value can be.
    fn extreme_amount(
        &mut self,
        answers: Vec<(Vec<Test>, Operand)>,
        number: &Number,
        hit: Hit,
    ) -> Operand {
        let denominator = number.denominator;
        let end = if hit == Hit::Highest { number.least } else { number.greatest };
        let end = self.program.constant_amount(end);
        let mut extreme = end;
        for (tests, answer) in answers {
            let (slot, over) = self.as_amount(&answer);
            let slot = self.scaled(slot, over, denominator);
            let choice = self.choose(Vec::from([(tests, 2)]), 1);
            let options = self.program.amount_list([end, slot]);
            let picked = self.program.amount();
            self.program.push(Operation::PickAmount { choice, options, out: picked });
            extreme = self.extreme_of(extreme, picked, hit);
        }
        Operand::Amount { slot: extreme, denominator }
    }

    fn extreme_of(&mut self, a: AmountSlot, b: AmountSlot, hit: Hit) -> AmountSlot {
        let out = self.program.amount();
        self.program.push(match hit {
            Hit::Highest => Operation::Greater { a, b, out },
            _ => Operation::Lesser { a, b, out },
        });
        out
    }

    fn extreme_word(&mut self, answers: Vec<(Vec<Test>, Operand)>, count: u8, hit: Hit) -> Operand {
        let end = if hit == Hit::Highest { 0 } else { count.saturating_sub(1) };
        let end = self.program.constant_byte(end);
        let mut slots: Vec<ByteSlot> = Vec::with_capacity(answers.len());
        for (tests, answer) in answers {
            let word = self.as_word(&answer);
            let choice = self.choose(Vec::from([(tests, 2)]), 1);
            let options = self.program.byte_list([end, word]);
            let out = self.program.byte();
            self.program.push(Operation::PickByte { choice, options, out });
            slots.push(out);
        }
        let slots = self.program.byte_list(slots);
        let out = self.program.byte();
        self.program.push(match hit {
            Hit::Highest => Operation::Highest { slots, out },
            _ => Operation::Lowest { slots, out },
        });
        Operand::Word(out)
    }
}
