//! The words that tables list, in their one order.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::program::ValueId;

use super::Checker;
use super::declare::count_of;
use super::meaning::Meaning;
use super::mistake::{DeclarationMistake, ListedMistake};
use super::table::answer_word;
use crate::checked::{Type, WordList};
use crate::listed::{MOST_WORDS, NONE};
use crate::naming;
use crate::source::Span;
use crate::syntax::{self, Hit, Name};

/// The words that one table lists, row by row.
type OfTable = Vec<(String, Span)>;

impl Checker<'_> {
    /// Finds the words of every value that tables list, before any of them is checked: several
    /// tables may list one value.
    pub(super) fn collect_listed(&mut self) {
        let mut written: BTreeMap<ValueId, Option<Vec<OfTable>>> = BTreeMap::new();
        for site in self.sites.clone() {
            let syntax::Body::Table { names, each, hit: Hit::Listed, table } = site.body else {
                continue;
            };
            self.block_start = site.block_start;
            self.clause = Some(site.clause);
            let is_for_members = each.as_ref().is_some_and(|each| self.is_for_members(each));
            for name in names {
                let Some(Meaning::Value(value)) = self.meaning(&name.key) else { continue };
                let words = match is_for_members {
                    true => None,
                    false => self.words_of_column(name, table),
                };
                let tables = written.entry(value).or_insert_with(|| Some(Vec::new()));
                *tables = tables.take().zip(words).map(|(mut tables, words)| {
                    tables.push(words);
                    tables
                });
            }
            if is_for_members {
                let span = self.place(table.span);
                self.report(ListedMistake::ForMembers { span });
            }
        }
        for (value, tables) in written {
            let words = tables.and_then(|tables| self.in_one_order(&tables));
            let list = words.map(|words| {
                let list = WordList { words, is_ordered: false, is_declared: false };
                self.add_word_list(list)
            });
            self.listed.insert(value, list);
        }
        self.clause = None;
    }

    fn is_for_members(&self, each: &Name) -> bool {
        matches!(self.meaning(&each.key), Some(Meaning::Family(_)))
    }

    /// The words of an answer column; none where it has another answer, which is reported.
    fn words_of_column(&mut self, name: &Name, table: &syntax::Table) -> Option<OfTable> {
        let column = table.columns.iter().position(|column| column.key == name.key)?;
        let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
        let mut words = Some(OfTable::new());
        for cell in cells {
            let span = self.place(cell.span);
            let word = answer_word(cell).map(|word| naming::word_key(&word.key));
            let Some(word) = word.filter(|word| word != NONE) else {
                self.report(ListedMistake::NoWord { span, is_none: answer_word(cell).is_some() });
                words = None;
                continue;
            };
            words.iter_mut().for_each(|words| words.push((word.clone(), span)));
        }
        words
    }

    /// The words of several tables in an order that each of them keeps; none, which is
    /// reported, where there is none.
    fn in_one_order(&mut self, tables: &[OfTable]) -> Option<Vec<String>> {
        let mut left: Vec<&String> = Vec::new();
        let mut above: BTreeMap<(&String, &String), (Span, Span)> = BTreeMap::new();
        for table in tables {
            for (row, (word, span)) in table.iter().enumerate() {
                if !left.contains(&word) {
                    left.push(word);
                }
                for (earlier, place) in table.iter().take(row).filter(|(it, _)| it != word) {
                    above.entry((earlier, word)).or_insert((*place, *span));
                }
            }
        }
        if left.len() > MOST_WORDS {
            let span = tables.last().and_then(|table| table.last()).map(|it| it.1)?;
            let (what, most) = ("words that are listed", MOST_WORDS);
            self.report(DeclarationMistake::TooMany { what, most, span });
            return None;
        }
        let mut words: Vec<String> = Vec::new();
        while !left.is_empty() {
            let is_free = |word: &&String| !left.iter().any(|it| above.contains_key(&(*it, *word)));
            let Some(next) = left.iter().position(is_free) else {
                self.report_two_orders(&above);
                return None;
            };
            let next = left.remove(next);
            let first = tables.iter().flatten().find(|(word, _)| word == next);
            words.extend(first.map(|(_, span)| self.written_at(*span)));
        }
        Some(words)
    }

    fn report_two_orders(&mut self, above: &BTreeMap<(&String, &String), (Span, Span)>) {
        let mut contrary = above.iter().filter_map(|((a, b), (_, later))| {
            let (other, _) = above.get(&(*b, *a))?;
            Some((later, a, b, other))
        });
        let last = contrary.next();
        let last = contrary.fold(last, |last, it| last.max(Some(it)));
        match last {
            Some((span, above, word, other)) => self.report(ListedMistake::TwoOrders {
                words: [(*above).clone(), (*word).clone()],
                span: *span,
                other: *other,
            }),
            None => {
                let span = above.values().map(|(_, span)| *span).max().unwrap_or_default();
                self.report(ListedMistake::NoOneOrder { span });
            }
        }
    }

    /// The words that a value lists, as one of them is; none where they could not be read.
    pub(super) fn listed_words(&self, value: ValueId) -> Option<Type> {
        let list = (*self.listed.get(&value)?)?;
        Some(Type::Words { list, count: count_of(self.words(list).len()) })
    }

    /// The type of a value that is listed.
    pub(super) fn type_of_listed(&self, value: ValueId) -> Option<Type> {
        match self.listed_words(value)? {
            Type::Words { list, count } => Some(Type::Listed { list, count }),
            _ => None,
        }
    }
}
