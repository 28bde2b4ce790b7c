//! Tables of values: which row applies, and what it gives.

use alloc::vec::Vec;

use apportion_core::program::{ByteSlot, Operation, Refusal, Test, ValueId};

use super::operand::Operand;
use super::value::is_same_answer;
use super::{Compiler, RowSlot};
use crate::checked::{
    Body, Condition, Constant, Expression, ExpressionKind, ProvisionId, Row, Table, Type,
};
use crate::syntax::Hit;

impl Compiler<'_> {
    /// What the answer column of a table gives.
    pub(super) fn table_column(
        &mut self,
        id: ValueId,
        provision: ProvisionId,
        table: &Table,
        column: usize,
    ) -> Operand {
        let rows: Vec<Vec<Test>> = table.rows.iter().map(|row| self.row(row)).collect();
        if !table.hit.is_of_one_row() {
            return self.rows_together(id, provision, (table, column), &rows);
        }
        let otherwise = table.rows.iter().position(|row| row.is_otherwise);
        let applying = self.applying(provision);
        let refuse = RowRefusals { hit: table.hit, otherwise, applying };
        if column == 0 {
            let answers = |place: usize| table.rows.get(place).map(|row| row.answers.as_slice());
            let agree = |a, b| {
                let (Some(a), Some(b)) = (answers(a), answers(b)) else { return false };
                a.iter().zip(b).all(|(a, b)| is_same_answer(a, b))
            };
            let is_literal = |place| {
                let constant = |it: &Expression| matches!(it.kind, ExpressionKind::Constant(_));
                answers(place).is_some_and(|answers| answers.iter().all(constant))
            };
            self.row_refusals(&refuse, &rows, agree, is_literal, |compiler, a, b| {
                let (Some(a), Some(b)) = (answers(a), answers(b)) else { return Vec::new() };
                a.iter().zip(b).filter_map(|(a, b)| compiler.differing(a, b)).collect()
            });
        }
        let answers: Vec<Operand> = table
            .rows
            .iter()
            .filter_map(|row| row.answers.get(column))
            .map(|answer| self.expression(answer))
            .collect();
        let kind = self.policy.values.get(id.index()).map(|value| value.kind.clone());
        let kind = kind.unwrap_or(Type::Broken);
        let codes: Option<Vec<u8>> =
            answers.iter().map(|answer| self.constant_code(id, answer)).collect();
        if let Some(codes) = codes {
            let slot = self.chosen(&rows, &codes, otherwise);
            self.trace_rows(provision, slot, codes);
            return self.coded(id, &kind, slot);
        }
        let places: Vec<u8> = (1..=u8::MAX).take(rows.len()).collect();
        let choice = self.chosen(&rows, &places, otherwise);
        for ((row, tests), place) in table.rows.iter().zip(&rows).zip(&places) {
            let first = [Test { slot: choice, low: *place, width: 0 }];
            let own = [&refuse.applying[..], &tests[..]].concat();
            let reads = if table.hit == Hit::First || row.is_otherwise { &first[..] } else { &own };
            let reads = [&refuse.applying[..], reads].concat();
            self.require_given_in_row(row.answers.get(column), &reads);
        }
        self.trace_rows(provision, choice, places);
        self.picked(choice, &answers, &kind)
    }

    /// The amount, day or word of the row that applies.
    fn picked(&mut self, choice: ByteSlot, answers: &[Operand], kind: &Type) -> Operand {
        match kind {
            Type::Number(number) => {
                let mut options = Vec::new();
                for answer in answers {
                    let (slot, over) = self.as_amount(answer);
                    options.push(self.scaled(slot, over, number.denominator));
                }
                let options = self.program.amount_list(options);
                let out = self.program.amount();
                self.program.push(Operation::PickAmount { choice, options, out });
                Operand::Amount { slot: out, denominator: number.denominator }
            }
            Type::Date { .. } => {
                let options = answers.iter().map(|it| self.as_date(it)).collect();
                self.picked_day(choice, options)
            }
            _ => {
                let options: Vec<ByteSlot> = answers.iter().map(|it| self.as_word(it)).collect();
                let options = self.program.byte_list(options);
                let out = self.program.byte();
                self.program.push(Operation::PickByte { choice, options, out });
                Operand::Word(out)
            }
        }
    }

    /// The tests of a row.
    pub(super) fn row(&mut self, row: &Row) -> Vec<Test> {
        self.conditions(&row.when)
    }

    /// The tests of several conditions that must all hold.
    pub(super) fn conditions(&mut self, conditions: &[Condition]) -> Vec<Test> {
        conditions.iter().flat_map(|condition| self.tests(condition)).collect()
    }

    /// Keeps which row applies for those who ask why: a byte from which it can be told.
    pub(super) fn trace_rows(&mut self, provision: ProvisionId, slot: ByteSlot, codes: Vec<u8>) {
        let mut different = codes.clone();
        different.sort_unstable();
        different.dedup();
        let can_be_told = different.len() == codes.len();
        if self.member.is_some() || !can_be_told {
            return;
        }
        if let Some(lowered) = self.provisions.get_mut(provision.0 as usize) {
            lowered.row.get_or_insert(RowSlot { slot, codes });
        }
    }

    /// The code of the first row that applies; of the `otherwise` row where none does.
    fn chosen(&mut self, rows: &[Vec<Test>], codes: &[u8], otherwise: Option<usize>) -> ByteSlot {
        let fallback = otherwise.and_then(|place| codes.get(place)).copied().unwrap_or(0);
        let rows = rows.iter().zip(codes).enumerate();
        let rows = rows.filter(|(place, _)| Some(*place) != otherwise);
        self.choose(rows.map(|(_, (tests, code))| (tests.clone(), *code)).collect(), fallback)
    }

    /// Refuses a case that falls through the rows, or in which several apply that must not.
    pub(super) fn row_refusals(
        &mut self,
        refuse: &RowRefusals,
        rows: &[Vec<Test>],
        agree: impl Fn(usize, usize) -> bool,
        is_literal: impl Fn(usize) -> bool,
        differ: impl FnMut(&mut Self, usize, usize) -> Vec<Vec<Test>>,
    ) {
        let clause = self.clause;
        let asked = (0..).zip(rows).filter(|(place, _)| Some(*place) != refuse.otherwise);
        let asked: Vec<(usize, Vec<Test>)> = asked.map(|(i, row)| (i, row.clone())).collect();
        let tests: Vec<Vec<Test>> = asked.iter().map(|(_, row)| row.clone()).collect();
        if refuse.otherwise.is_none() && !self.definitions.always(&tests, |count| count > 0) {
            let any = self.any(tests.clone());
            self.require(&refuse.applying, Test::is_true(any), Refusal::NoRow { clause });
        }
        if refuse.hit == Hit::First || self.definitions.always(&tests, |count| count <= 1) {
            return;
        }
        if refuse.hit == Hit::MustAgree {
            let groups = self.groups(&asked, agree);
            return self.refuse_disagreement(refuse, &groups, is_literal, differ);
        }
        let rows = self.program.rows(tests.into_iter().map(|row| (row, 1)));
        let out = self.program.byte();
        self.program.push(Operation::Count { rows, out });
        let at_most_one = Test { slot: out, low: 0, width: 1 };
        self.require(&refuse.applying, at_most_one, Refusal::SeveralRows { clause });
    }

    /// Rows whose answers differ must not apply together; literal answers of two groups
    /// always differ.
    fn refuse_disagreement(
        &mut self,
        refuse: &RowRefusals,
        groups: &[(usize, Test)],
        is_literal: impl Fn(usize) -> bool,
        mut differ: impl FnMut(&mut Self, usize, usize) -> Vec<Vec<Test>>,
    ) {
        let mut rows = Vec::new();
        let mut literal: Vec<Vec<Test>> = Vec::new();
        for (index, (place, a)) in groups.iter().enumerate() {
            if is_literal(*place) {
                rows.extend(literal.iter().map(|b| [&b[..], &[*a]].concat()));
                literal.push(Vec::from([*a]));
                literal = self.few(literal);
            }
            for (other, b) in groups.iter().skip(index + 1) {
                if is_literal(*place) && is_literal(*other) {
                    continue;
                }
                let both = [*a, *b];
                if !self.definitions.is_impossible(&both) {
                    let ways = differ(self, *place, *other).into_iter();
                    rows.extend(ways.map(|way| [&both[..], &way[..]].concat()));
                }
            }
        }
        self.never(rows, &refuse.applying, Refusal::SeveralRows { clause: self.clause });
    }

    /// The first row of each answer, and the test that any of the rows with that answer
    /// applies.
    fn groups(
        &mut self,
        asked: &[(usize, Vec<Test>)],
        agree: impl Fn(usize, usize) -> bool,
    ) -> Vec<(usize, Test)> {
        let mut groups: Vec<(usize, Vec<Vec<Test>>)> = Vec::new();
        for (place, row) in asked {
            match groups.iter_mut().find(|(first, _)| agree(*first, *place)) {
                Some((_, rows)) => rows.push(row.clone()),
                None => groups.push((*place, Vec::from([row.clone()]))),
            }
        }
        let truths = groups.into_iter().map(|(place, rows)| (place, Test::is_true(self.any(rows))));
        truths.collect()
    }

    /// The points of each level, where a value given for each member depends on its level
    /// alone, by one table that always applies.
    pub(super) fn points_by_level(&self, value: ValueId) -> Option<Vec<u8>> {
        let value_of = self.policy.values.get(value.index())?;
        let [only] = value_of.provisions.as_slice() else { return None };
        let provision = self.policy.provisions.get(only.0 as usize)?;
        let Body::Table(table) = &provision.body else { return None };
        let column = table.values.iter().position(|other| *other == value)?;
        let is_always =
            super::is_unconditional(provision) && !self.challengers.contains_key(&provision.clause);
        if !is_always {
            return None;
        }
        // Points are whole; a row that no member meets may still give parts.
        if !matches!(&value_of.kind, Type::Number(number) if number.denominator == 1) {
            return None;
        }
        let family = self.policy.families.get(value_of.each?.0 as usize)?;
        let kinds = family.members.iter().filter_map(|fact| self.policy.facts.get(fact.index()));
        let counts: Option<Vec<u8>> = kinds
            .map(|fact| match fact.kind {
                Type::Words { count, .. } => Some(count),
                _ => None,
            })
            .collect();
        let count = counts?.into_iter().max()?;
        let mut points = Vec::new();
        for level in 0..count {
            let mut rows = table.rows.iter().filter(|row| applies_to(row, level) == Some(true));
            let is_plain = table.rows.iter().all(|row| applies_to(row, level).is_some());
            let row = rows.next()?;
            if !is_plain || rows.next().is_some() {
                return None;
            }
            let answer = row.answers.get(column)?;
            let ExpressionKind::Constant(Constant::Number(points_of)) = answer.kind else {
                return None;
            };
            let Type::Number(number) = &answer.of else { return None };
            if number.denominator != 1 {
                return None;
            }
            points.push(u8::try_from(points_of).ok()?);
        }
        Some(points)
    }
}

/// What to refuse about the rows of a table.
pub(super) struct RowRefusals {
    pub(super) hit: Hit,
    pub(super) otherwise: Option<usize>,
    /// The tests that pass where the table is used.
    pub(super) applying: Vec<Test>,
}

/// Whether a row applies to a level; `None` where it asks for something else.
fn applies_to(row: &Row, level: u8) -> Option<bool> {
    if row.is_otherwise {
        return None;
    }
    let mut applies = true;
    for test in &row.when {
        match test {
            Condition::Word(value, words) if value.kind == ExpressionKind::Member => {
                applies &= words.contains(&level);
            }
            _ => return None,
        }
    }
    Some(applies)
}
