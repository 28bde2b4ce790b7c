//! The names a policy declares, collected before its sentences are read.
//!
//! Names come from declarations, from conclusions and from the heads of clauses, also on
//! lines with another mistake, so that one slip gives one message. The sentences are then
//! read with the longest declared name first.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Bound;

use crate::naming;
use crate::nearest::nearest;
use crate::source::Span;
use crate::token::{Token, TokenKind};

mod collect;
mod head;
mod rules;
mod words;

pub use collect::collect;
pub(crate) use collect::{after_header, type_start};
pub(crate) use head::{OPEN, after_open, days_length};
pub(crate) use rules::mistakes;
pub use rules::{Declaration, Declarations};
use words::TypeWords;

/// The most words a name has.
pub const MOST_WORDS: usize = 8;

/// All names of a policy by key: lower case, single spaces, no leading article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    declared: BTreeMap<String, NameKind>,
    /// How names with capitals were first written, by key.
    written: BTreeMap<String, String>,
    words: TypeWords,
    /// The names that are declared twice, for things of which one name cannot be.
    declared_twice: BTreeSet<String>,
    /// The undeclared names that have been reported.
    told: BTreeSet<String>,
    /// The words of blocks that could not be read, in which names may have been declared.
    lost: LostWords,
}

/// The words of blocks that could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LostWords {
    /// With a space before and after every word.
    words: String,
}

impl LostWords {
    /// Adds the words of a block.
    pub(crate) fn add(&mut self, tokens: &[Token]) {
        for token in tokens {
            self.words.push(' ');
            match token.kind {
                TokenKind::Text => self.words.push_str(&naming::word_key(&token.key)),
                _ => self.words.push_str(&token.key),
            }
        }
        self.words.push_str(" \n");
    }

    /// Whether these words stand together in one of the blocks.
    fn holds(&self, key: &str) -> bool {
        self.words.match_indices(key).any(|(at, found)| {
            let before = self.words.get(..at).is_some_and(|before| before.ends_with(' '));
            let after = self.words.get(at + found.len()..).is_some_and(|it| it.starts_with(' '));
            before && after
        })
    }
}

/// What declares a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// A party of `between`.
    Party,
    /// A panel of `panels`.
    Panel,
    /// A source of `sources`.
    Source,
    /// A tool that is used, by what its clauses are cited by: `CC`.
    Tool,
    /// The subject of `about`.
    Subject,
    /// The family of `levels of need`.
    Levels,
    /// A fact.
    Fact,
    /// A family of facts.
    Family,
    /// One member of a family, spoken of without its name: `domain`.
    Singular,
    /// A member of a family.
    Member,
    /// A list of `each with`.
    List,
    /// One item of a list, in the singular.
    Item,
    /// A group of members.
    Group,
    /// A conclusion of a clause.
    Conclusion,
    /// A value that a definition or table gives.
    Value,
    /// A dated rate.
    Rate,
}

/// A declared name found among tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'n> {
    /// Its key.
    pub key: &'n str,
    /// How many tokens it takes.
    pub length: usize,
}

impl Names {
    /// Whether a name with this key is declared.
    #[must_use]
    pub fn contains(&self, key: &str) -> bool {
        self.declared.contains_key(key)
    }

    /// Adds the names of a tool, which its policy may use as its own.
    pub(crate) fn inherit(&mut self, tool: &Names) {
        self.declared.extend(tool.declared.iter().map(|(key, kind)| (key.clone(), *kind)));
        self.written.extend(tool.written.iter().map(|(key, name)| (key.clone(), name.clone())));
        self.words.inherit(&tool.words);
        self.told.extend(tool.told.iter().cloned());
        self.lost.words.push_str(&tool.lost.words);
    }

    /// Whether the name is declared twice, so that it may mean either.
    pub(crate) fn is_declared_twice(&self, key: &str) -> bool {
        self.declared_twice.contains(key)
    }

    /// Keeps that an undeclared name has been reported.
    pub(crate) fn tell(&mut self, key: &str) {
        self.told.insert(String::from(key));
    }

    /// Keeps the words of the blocks that could not be read.
    pub(crate) fn lose(&mut self, lost: LostWords) {
        self.lost.words.push_str(&lost.words);
    }

    /// Whether nothing more is to be said of an undeclared name: it has been reported, or
    /// what could not be read may declare it. One slip gives one message.
    pub(crate) fn is_excused(&self, key: &str) -> bool {
        self.told.contains(key) || self.is_lost(key)
    }

    /// Whether the first two words of a longer name may be declared by what could not be read:
    /// an undeclared name takes in the value beside it.
    pub(crate) fn begins_lost(&self, key: &str) -> bool {
        let second = key.match_indices(' ').nth(1).and_then(|(end, _)| key.get(..end));
        second.is_some_and(|first_two| self.is_lost(first_two))
    }

    /// Whether what could not be read may declare the name.
    pub(crate) fn is_lost(&self, key: &str) -> bool {
        self.lost.holds(key)
    }

    /// Whether a near name may be looked for after so many others, so that the work grows no
    /// faster than the text: every policy people write has it looked for each time.
    pub(crate) fn may_compare(&self, looked_for: usize) -> bool {
        const MOST_COMPARED: usize = 100_000;
        looked_for <= MOST_COMPARED / self.declared.len().max(1)
    }

    /// What declares the name first, where it is declared.
    #[must_use]
    pub fn kind(&self, key: &str) -> Option<NameKind> {
        self.declared.get(key).copied()
    }

    /// Whether the clauses of a tool are cited by this word.
    pub(crate) fn is_tool(&self, key: &str) -> bool {
        self.kind(key) == Some(NameKind::Tool)
    }

    /// The longest declared name that begins with the first token.
    #[must_use]
    pub fn longest_at(&self, tokens: &[Token]) -> Option<Found<'_>> {
        longest(tokens, |key| {
            let from = (Bound::Included(key), Bound::Unbounded);
            self.declared.range::<str, _>(from).next().map(|(name, _)| name.as_str())
        })
    }

    /// The level or word of a choice that the tokens begin with, where something is tested, and
    /// which fact it is, if it is one.
    ///
    /// The words of that fact come first. A fact that has none is compared with names; of
    /// anything else, as of a value, the longest of all words and names is read.
    #[must_use]
    pub fn word_at(&self, tested: Option<&str>, tokens: &[Token]) -> Option<Found<'_>> {
        let name = || self.longest_at(without_article(tokens));
        match tested.and_then(|fact| self.words.of_fact(fact)) {
            Some(Some(own)) => longest_of(own, tokens),
            Some(None) if name().is_some() => None,
            Some(None) => longest_of(&self.words.all, tokens),
            None => {
                let word = longest_of(&self.words.all, tokens)?;
                let is_longest = name().is_none_or(|name| name.length <= word.length);
                is_longest.then_some(word)
            }
        }
    }

    /// Whether the key is the name of one member of a family or one item of a list.
    fn is_member_or_item(&self, key: &str) -> bool {
        let kind = self.kind(key);
        kind.is_some_and(|kind| {
            matches!(kind, NameKind::Singular | NameKind::List | NameKind::Item | NameKind::Group)
        })
    }

    /// Whether the words that this fact can be are declared with it.
    #[must_use]
    pub fn has_own_words(&self, fact: &str) -> bool {
        matches!(self.words.of_fact(fact), Some(Some(_)))
    }

    /// Whether this is a level or a word of a choice, of any fact.
    pub(crate) fn is_word(&self, key: &str) -> bool {
        self.words.all.contains(key)
    }

    /// Whether this is a word of a fact or family, by its type.
    pub(crate) fn is_word_of(&self, fact: &str, word: &str) -> bool {
        matches!(self.words.of_fact(fact), Some(Some(words)) if words.contains(word))
    }

    /// The value with a name such as `cost and hours` of which this is one part: its heading was
    /// meant to name two.
    pub(crate) fn joined_with(&self, key: &str) -> Option<&str> {
        let values = self.declared.iter().filter(|(_, kind)| **kind == NameKind::Value);
        let mut joined = values.map(|(name, _)| name.as_str());
        joined.find(|name| name.contains(" and ") && name.split(" and ").any(|part| part == key))
    }

    /// The declared name nearest to a key of three letters or more: at most three edits
    /// away, and at most a third of its length; as it was first written.
    #[must_use]
    pub fn nearest(&self, key: &str) -> Option<&str> {
        let near = nearest(key, self.declared.keys().map(String::as_str))?;
        Some(self.written.get(near).map_or(near, String::as_str))
    }
}

/// The nearest of some names to a key of three letters or more, by the same measure.
#[must_use]
pub fn nearest_of<'n>(names: impl Iterator<Item = &'n str>, key: &str) -> Option<&'n str> {
    nearest(key, names)
}

fn longest_of<'n>(words: &'n BTreeSet<String>, tokens: &[Token]) -> Option<Found<'n>> {
    longest(tokens, |key| {
        let from = (Bound::Included(key), Bound::Unbounded);
        words.range::<str, _>(from).next().map(String::as_str)
    })
}

/// The longest key that the tokens begin with, given the first key from a prefix on.
fn longest<'n>(
    tokens: &[Token],
    first_from: impl Fn(&str) -> Option<&'n str>,
) -> Option<Found<'n>> {
    // A name that is too long is found as well: its length is reported once, where declared.
    let mut prefix = String::new();
    let mut longest = None;
    for (index, token) in tokens.iter().take(4 * MOST_WORDS).enumerate() {
        if !token.is_name_word() {
            break;
        }
        if index > 0 {
            prefix.push(' ');
        }
        prefix.push_str(&token.key);
        let Some(key) = first_from(&prefix).filter(|key| key.starts_with(&prefix)) else { break };
        if key == prefix {
            longest = Some(Found { key, length: index + 1 });
        }
    }
    longest
}

/// The key of a name: its words with single spaces, a leading article dropped.
#[must_use]
pub fn key_of(tokens: &[Token]) -> String {
    key_with_article(without_article(tokens))
}

/// The words of a level or choice with single spaces; an article belongs to it.
fn key_with_article(tokens: &[Token]) -> String {
    let words: Vec<&str> = tokens.iter().map(|token| token.key.as_str()).collect();
    words.join(" ")
}

/// The tokens without a leading article, where more follow it.
#[must_use]
pub fn without_article(tokens: &[Token]) -> &[Token] {
    match tokens {
        [article, rest @ ..] if article.is_article() && !rest.is_empty() => rest,
        _ => tokens,
    }
}

/// Where the tokens stand, from the first to the last.
#[must_use]
pub fn span_of(tokens: &[Token]) -> Span {
    let first = tokens.first().map(|token| token.span).unwrap_or_default();
    tokens.last().map_or(first, |last| first.to(last.span))
}
