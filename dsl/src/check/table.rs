//! Tables: which columns are questions, which are answers, and what each cell means.

use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::program::ValueId;

use super::Checker;
use super::condition::{merged, negated};
use super::declare::count_of;
use super::expression::literal;
use super::meaning::Meaning;
use super::mistake::{LimitMistake, MOST_AT_ONCE, RowMistake, TableMistake};
use crate::checked::{
    Comparison, Condition, Constant, Expression, ExpressionKind, FamilyId, Row, Table, Type,
    WordList, WordListId,
};
use crate::naming;
use crate::source::Span;
use crate::syntax::{self, Cell, CellKind, CellTest, Hit, Literal, Name, Operand, TableRow, Word};

/// A column that asks something.
pub(super) struct Question {
    column: usize,
    value: Expression,
    /// How the day in the cell is compared, in a column `from` or `until`.
    dated: Option<Comparison>,
}

impl Checker<'_> {
    /// A table that gives values.
    pub(super) fn value_table(
        &mut self,
        names: &[Name],
        each: Option<&Name>,
        hit: Hit,
        written: &syntax::Table,
    ) -> Option<Table> {
        let each = match each {
            Some(item) if matches!(self.meaning(&item.key), Some(Meaning::List(_))) => None,
            Some(family) => Some(self.family(family)?),
            None => None,
        };
        let outer = core::mem::replace(&mut self.member_of, each);
        let table = self.table_inside(names, each, hit, written);
        self.member_of = outer;
        table
    }

    fn table_inside(
        &mut self,
        names: &[Name],
        each: Option<FamilyId>,
        hit: Hit,
        written: &syntax::Table,
    ) -> Option<Table> {
        self.check_rows(written)?;
        if hit == Hit::Count {
            return self.counting_table(names, each, written);
        }
        let mut answers: Vec<(usize, ValueId)> = Vec::new();
        for name in names {
            let Some(column) = written.columns.iter().position(|c| c.key == name.key) else {
                // A column that no clause gives has been reported where it is needed.
                if written.columns.iter().any(|column| self.names.is_excused(&column.key)) {
                    return None;
                }
                let span = self.place(written.span);
                self.report(TableMistake::NoAnswerColumn { name: name.key.clone(), span });
                return None;
            };
            // What means something else has been reported, and so has what means nothing.
            let Some(Meaning::Value(value)) = self.meaning(&name.key) else { return None };
            answers.push((column, value));
        }
        let is_answer = |column: usize| answers.iter().any(|(answer, _)| *answer == column);
        let questions = self.questions(written, each, &is_answer)?;
        let columns: Vec<Option<Type>> = answers
            .iter()
            .map(|(column, value)| match hit {
                Hit::Listed => self.listed_words(*value).map(Some).ok_or(()),
                _ => self.answer_words(written, *column, *value),
            })
            .collect::<Result<_, ()>>()
            .ok()?;
        let mut rows = Vec::with_capacity(written.rows.len());
        for row in &written.rows {
            let when = self.row_tests(row, &questions)?;
            let mut given = Vec::with_capacity(answers.len());
            for ((column, _), words) in answers.iter().zip(&columns) {
                given.push(self.answer(row.cells.get(*column)?, words.as_ref())?);
            }
            rows.push(Row {
                when,
                answers: given,
                is_otherwise: row.is_otherwise,
                citations: self.citations(&row.citations),
                span: self.place(row.span),
            });
        }
        self.check_otherwise(written)?;
        let values = answers.into_iter().map(|(_, value)| value).collect();
        Some(Table { hit, values, each, rows })
    }

    /// A table of which the rows that apply are counted: every column asks.
    fn counting_table(
        &mut self,
        names: &[Name],
        each: Option<FamilyId>,
        written: &syntax::Table,
    ) -> Option<Table> {
        let [name] = names else {
            let span = self.place(written.span);
            self.report(RowMistake::CountsOneValue { span });
            return None;
        };
        if let Some(column) = written.columns.iter().find(|column| column.key == name.key) {
            let span = self.place(column.span);
            self.report(RowMistake::CountedColumn { span });
            return None;
        }
        if let Some(row) = written.rows.iter().find(|row| row.is_otherwise) {
            let span = self.place(row.span);
            self.report(RowMistake::CountedOtherwise { span });
            return None;
        }
        let Some(Meaning::Value(value)) = self.meaning(&name.key) else { return None };
        let questions = self.questions(written, each, &|_| false)?;
        let mut rows = Vec::with_capacity(written.rows.len());
        for row in &written.rows {
            let when = self.row_tests(row, &questions)?;
            let citations = self.citations(&row.citations);
            let (answers, is_otherwise) = (Vec::new(), false);
            rows.push(Row { when, answers, is_otherwise, citations, span: self.place(row.span) });
        }
        Some(Table { hit: Hit::Count, values: Vec::from([value]), each, rows })
    }

    /// The columns that ask something, each with what it asks about.
    pub(super) fn questions(
        &mut self,
        written: &syntax::Table,
        each: Option<FamilyId>,
        is_answer: &dyn Fn(usize) -> bool,
    ) -> Option<Vec<Question>> {
        let mut questions = Vec::new();
        for (column, name) in written.columns.iter().enumerate() {
            if is_answer(column) {
                continue;
            }
            if let Some(dated) = dated_column(name) {
                let value = self.dated_by(name)?;
                questions.push(Question { column, value, dated: Some(dated) });
                continue;
            }
            let value = match self.member_column(name, each) {
                Some(value) => value,
                // What its members are could not be read, and has been reported.
                _ if self.is_broken_family(each) => return None,
                _ => self.named(name),
            };
            if value.is_broken() {
                return None;
            }
            questions.push(Question { column, value, dated: None });
        }
        Some(questions)
    }

    fn is_broken_family(&self, family: Option<FamilyId>) -> bool {
        let family = family.and_then(|family| self.policy.families.get(family.0 as usize));
        let mut members = family.into_iter().flat_map(|family| &family.members);
        members.any(|fact| {
            self.policy.facts.get(fact.index()).is_some_and(|fact| fact.kind == Type::Broken)
        })
    }

    /// `domain` and `level` in a table for a domain: the member itself, and its value.
    fn member_column(&mut self, name: &Name, each: Option<FamilyId>) -> Option<Expression> {
        let family = self.policy.families.get(each?.0 as usize)?;
        let span = self.place(name.span);
        let members = family.members.iter().filter_map(|fact| self.policy.facts.get(fact.index()));
        if name.key == family.singular {
            let of = Type::Words { list: family.names, count: count_of(family.members.len()) };
            return Some(Expression { kind: ExpressionKind::MemberName, of, span });
        }
        let mut whole: Option<Type> = None;
        for member in members {
            whole = Some(match (whole, &member.kind) {
                (None, kind) => kind.clone(),
                (Some(Type::Words { list, count: a }), Type::Words { count: b, .. }) => {
                    Type::Words { list, count: a.max(*b) }
                }
                (Some(kind), _) => kind,
            });
        }
        let of = whole?;
        let word = match &of {
            Type::Words { list, .. } if self.is_ordered(*list) => "level",
            _ => "value",
        };
        (name.key == word).then_some(Expression { kind: ExpressionKind::Member, of, span })
    }

    /// The tests of a row, one for each question that is not `any`.
    pub(super) fn row_tests(
        &mut self,
        row: &TableRow,
        questions: &[Question],
    ) -> Option<Vec<Condition>> {
        if row.is_otherwise {
            return Some(Vec::new());
        }
        let mut tests = Vec::new();
        for question in questions {
            let cell = row.cells.get(question.column)?;
            let test = match question.dated {
                Some(dated) => self.day_cell(cell, question, dated),
                None => self.cell(cell, &question.value),
            };
            match test {
                None => {}
                Some(Condition::Broken) => return None,
                Some(test) => tests.push(test),
            }
        }
        Some(tests)
    }

    /// The fact that dates a case, which dated rows need.
    fn dated_by(&mut self, column: &Name) -> Option<Expression> {
        let span = self.place(column.span);
        if !self.is_dated(span) {
            return None;
        }
        let fact = self.policy.dated_by?;
        let of = self.policy.facts.get(fact.index())?.kind.clone();
        Some(Expression { kind: ExpressionKind::Fact(fact), of, span })
    }

    /// The test of a cell in a column `from` or `until`; none for `any`.
    fn day_cell(
        &mut self,
        cell: &Cell,
        question: &Question,
        dated: Comparison,
    ) -> Option<Condition> {
        let span = self.place(cell.span);
        let tests = match &cell.kind {
            CellKind::Any => return None,
            CellKind::OneOf(tests) => tests.as_slice(),
            _ => &[],
        };
        match tests {
            [CellTest::Is(Operand::Literal(day))] if matches!(day.value, Literal::Date(_)) => {
                let day = literal(&day.value, None, span);
                Some(self.compare(question.value.clone(), dated, day))
            }
            _ => {
                let column =
                    String::from(if dated == Comparison::AtLeast { "from" } else { "until" });
                self.report(RowMistake::NoDateInRow { span, column });
                Some(Condition::Broken)
            }
        }
    }

    /// The test of a cell; none for `any`.
    fn cell(&mut self, cell: &Cell, value: &Expression) -> Option<Condition> {
        match &cell.kind {
            CellKind::Any => None,
            CellKind::OneOf(tests) => Some(self.cell_tests(tests, value)),
            CellKind::Not(tests) => Some(negated(true, self.cell_tests(tests, value))),
            CellKind::Blank | CellKind::Rest => {
                let span = self.place(cell.span);
                self.report(TableMistake::NoTest { span });
                Some(Condition::Broken)
            }
        }
    }

    fn cell_tests(&mut self, tests: &[CellTest], value: &Expression) -> Condition {
        let mut parts = Vec::with_capacity(tests.len());
        for test in tests {
            let condition = match test {
                CellTest::Is(operand) => self.is_one_of(value, core::slice::from_ref(operand)),
                CellTest::Compare(comparison, Operand::Words(word)) => {
                    self.compare_word(value.clone(), *comparison, word)
                }
                CellTest::Compare(comparison, operand) => match self.operand_literal(operand) {
                    Some(with) => self.compare(value.clone(), *comparison, with),
                    None => Condition::Broken,
                },
                CellTest::Range(first, last) => {
                    self.cell_range(value, first, (Comparison::AtMost, last))
                }
                CellTest::RangeUnder(first, end) => {
                    self.cell_range(value, first, (Comparison::Under, end))
                }
            };
            if condition == Condition::Broken {
                return Condition::Broken;
            }
            parts.push(condition);
        }
        merged(parts)
    }

    /// `20 to 34`, or `20 to under 35`
    fn cell_range(
        &mut self,
        value: &Expression,
        first: &Operand,
        (up_to, last): (Comparison, &Operand),
    ) -> Condition {
        let end = |checker: &mut Self, comparison, operand: &Operand| match operand {
            Operand::Words(word) => checker.compare_word(value.clone(), comparison, word),
            operand => match checker.operand_literal(operand) {
                Some(with) => checker.compare(value.clone(), comparison, with),
                None => Condition::Broken,
            },
        };
        let ends = self.operand_literal(first).zip(self.operand_literal(last));
        if let Some((first, last)) = ends {
            return self.between(value.clone(), first, (up_to, last));
        }
        let low = end(self, Comparison::AtLeast, first);
        let high = end(self, up_to, last);
        match (low, high) {
            (Condition::Broken, _) | (_, Condition::Broken) => Condition::Broken,
            (low, high) => Condition::Of(crate::checked::Quantity::All, [low, high].into()),
        }
    }

    /// The type of a column of words: a declared list that has one of them, else the value's own.
    fn answer_words(
        &mut self,
        written: &syntax::Table,
        column: usize,
        value: ValueId,
    ) -> Result<Option<Type>, ()> {
        let cells = written.rows.iter().filter_map(|row| row.cells.get(column));
        let mut words: Vec<(String, Span)> = Vec::new();
        for cell in cells {
            if let Some(word) = answer_word(cell) {
                let is_value = matches!(
                    self.meaning(&naming::key(&word.key)),
                    Some(Meaning::Value(_) | Meaning::Fact(_) | Meaning::Broken)
                );
                if !is_value {
                    words.push((naming::word_key(&word.key), self.place(word.span)));
                }
            }
        }
        if words.is_empty() {
            return Ok(None);
        }
        if words.iter().all(|(word, _)| word == "yes" || word == "no") {
            return Ok(Some(Type::YesNo));
        }
        let declared = self.policy.word_lists.iter().position(|list| {
            list.is_declared && words.iter().any(|(word, _)| list.place(word).is_some())
        });
        if let Some(place) = declared {
            let list = WordListId(super::id(place));
            let known = self.words(list).to_vec();
            let is_unknown = |word: &str| self.place_of_word(list, word).is_none();
            if let Some((word, span)) = words.iter().find(|(word, _)| is_unknown(word)) {
                let (word, span) = (word.clone(), *span);
                self.report(TableMistake::WordOfAnotherList { word, words: known, span });
                return Err(());
            }
            return Ok(Some(Type::Words { list, count: count_of(known.len()) }));
        }
        let list = self.own_words(value);
        let mut own = self.words(list).to_vec();
        for (word, span) in words {
            if !own.iter().any(|known| naming::has_key(known, &word)) {
                own.push(self.written_at(span));
            }
        }
        self.check_length("words", own.len(), Some(written.span));
        let count = count_of(own.len());
        if let Some(list) = self.policy.word_lists.get_mut(list.0 as usize) {
            list.words = own;
        }
        Ok(Some(Type::Words { list, count }))
    }

    /// The list of words that no declared type has and the tables of a value give; those of
    /// another table of it are in it already.
    fn own_words(&mut self, value: ValueId) -> WordListId {
        let known = match self.policy.values.get(value.index()).map(|value| &value.kind) {
            Some(Type::Words { list, .. }) => {
                self.policy.word_lists.get(list.0 as usize).map(|words| (*list, words))
            }
            _ => None,
        };
        match known.filter(|(_, words)| !words.is_declared) {
            Some((list, _)) => list,
            None => self.add_word_list(WordList {
                words: Vec::new(),
                is_ordered: false,
                is_declared: false,
            }),
        }
    }

    /// What an answer cell gives.
    fn answer(&mut self, cell: &Cell, words: Option<&Type>) -> Option<Expression> {
        let span = self.place(cell.span);
        match (&cell.kind, answer_word(cell)) {
            (CellKind::OneOf(tests), None) => match tests.as_slice() {
                [CellTest::Is(operand)] => self.operand_literal(operand),
                _ => {
                    self.report(TableMistake::NoAnswer { span });
                    None
                }
            },
            (_, Some(word)) => {
                let key = naming::word_key(&word.key);
                let constant = match words {
                    Some(Type::YesNo) if key == "yes" || key == "no" => {
                        Some(Constant::YesNo(key == "yes"))
                    }
                    Some(Type::Words { list, .. }) => {
                        let place = self.place_of_word(*list, &key);
                        place.map(|place| Constant::Word(count_of(place)))
                    }
                    _ => None,
                };
                let Some(constant) = constant else {
                    let name = Name { key: naming::key(&word.key), span: word.span };
                    let value = self.named(&name);
                    return (!value.is_broken()).then_some(value);
                };
                let of = words.cloned().unwrap_or(Type::Broken);
                Some(Expression { kind: ExpressionKind::Constant(constant), of, span })
            }
            _ => {
                self.report(TableMistake::NoAnswer { span });
                None
            }
        }
    }

    /// Which row applies stands in one byte.
    pub(super) fn check_rows(&mut self, written: &syntax::Table) -> Option<()> {
        if written.rows.len() <= MOST_AT_ONCE {
            return Some(());
        }
        let first_too_many = written.rows.get(MOST_AT_ONCE);
        let span = self.place(first_too_many.map(|row| row.span).unwrap_or_default());
        self.report(LimitMistake::Rows { span });
        None
    }

    /// There is at most one `otherwise` row, and it is the last.
    pub(super) fn check_otherwise(&mut self, written: &syntax::Table) -> Option<()> {
        let place = written.rows.iter().position(|row| row.is_otherwise);
        match place {
            Some(place) if place + 1 < written.rows.len() => {
                let span = written.rows.get(place).map(|row| row.span).unwrap_or_default();
                let span = self.place(span);
                self.report(TableMistake::OtherwiseNotLast { span });
                None
            }
            _ => Some(()),
        }
    }
}

/// How a column `from` or `until` compares the day that dates a case; both days are in.
fn dated_column(name: &Name) -> Option<Comparison> {
    match name.key.as_str() {
        "from" => Some(Comparison::AtLeast),
        "until" => Some(Comparison::AtMost),
        _ => None,
    }
}

/// The words of an answer, if it is words: `home`, and `not resident`, which as a question
/// would be the opposite of `resident`.
pub(super) fn answer_word(cell: &Cell) -> Option<Word> {
    match &cell.kind {
        CellKind::OneOf(tests) => match tests.as_slice() {
            [CellTest::Is(Operand::Words(word))] => Some(word.clone()),
            _ => None,
        },
        CellKind::Not(tests) => match tests.as_slice() {
            [CellTest::Is(Operand::Words(word))] => {
                let key = alloc::format!("not {}", word.key);
                Some(Word { key, span: cell.span })
            }
            _ => None,
        },
        _ => None,
    }
}
