//! The levels and words of choices: they belong to their type and may equal a name.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;

use super::{key_of, key_with_article, without_article};
use crate::token::{Token, TokenKind};

/// The words of every type, and whose they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TypeWords {
    pub(super) all: BTreeSet<String>,
    /// The levels of each `levels of`.
    levels: BTreeMap<String, BTreeSet<String>>,
    /// What each fact, family, singular and member can be.
    facts: BTreeMap<String, FactWords>,
}

/// The words a fact can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FactWords {
    /// `a level of need`
    LevelsOf(String),
    /// `one of home, day school, residential`, or `yes or no`
    OneOf(BTreeSet<String>),
    /// A number, a date or the like.
    None,
}

impl TypeWords {
    /// Adds the words of a tool.
    pub(super) fn inherit(&mut self, tool: &TypeWords) {
        self.all.extend(tool.all.iter().cloned());
        let levels = tool.levels.iter().map(|(of, levels)| (of.clone(), levels.clone()));
        self.levels.extend(levels);
        let facts = tool.facts.iter().map(|(fact, words)| (fact.clone(), words.clone()));
        self.facts.extend(facts);
    }

    /// Adds the levels of `levels of NAME`.
    pub(super) fn add_levels(&mut self, of: String, levels: BTreeSet<String>) {
        self.all.extend(levels.iter().cloned());
        self.levels.entry(of).or_default().extend(levels);
    }

    /// Keeps what a fact can be.
    pub(super) fn add_fact(&mut self, fact: String, words: FactWords) {
        if let FactWords::OneOf(words) = &words {
            self.all.extend(words.iter().cloned());
        }
        self.facts.entry(fact).or_insert(words);
    }

    /// Keeps what a group can be: the same as one of its members.
    pub(super) fn add_same(&mut self, group: String, member: &str) {
        if let Some(words) = self.facts.get(member).cloned() {
            self.facts.entry(group).or_insert(words);
        }
    }

    /// The words of a fact: none where it has a type without words, nothing where its type is
    /// not declared, as that of a value.
    pub(super) fn of_fact(&self, fact: &str) -> Option<Option<&BTreeSet<String>>> {
        Some(match self.facts.get(fact)? {
            FactWords::LevelsOf(levels) => Some(self.levels.get(levels)?),
            FactWords::OneOf(words) => Some(words),
            FactWords::None => None,
        })
    }
}

/// The words of a type, parted by commas or `<`.
pub(super) fn parted(tokens: &[Token], separator: TokenKind) -> BTreeSet<String> {
    let parts = tokens.split(|token| token.kind == separator);
    parts
        .filter(|part| part.iter().all(Token::is_name_word))
        .filter(|part| part.first().is_some_and(|first| first.kind != TokenKind::Number))
        .map(key_with_article)
        .collect()
}

/// What a fact of this type can be: `one of home, day school, residential, home unless stated`,
/// `a level of need, up to severe`.
pub(super) fn words_of(kind: &[Token]) -> FactWords {
    let kind = without_article(kind);
    match kind {
        [one, of, choices @ ..] if one.is_word("one") && of.is_word("of") => {
            let parts = choices.split(|token| token.kind == TokenKind::Comma);
            let parts = parts.filter(|part| !ends_choices(part));
            FactWords::OneOf(parts.flat_map(|part| parted(part, TokenKind::Comma)).collect())
        }
        [level, of, levels @ ..] if level.is_word("level") && of.is_word("of") => {
            let levels = levels.split(|token| token.kind == TokenKind::Comma).next();
            FactWords::LevelsOf(key_of(levels.unwrap_or_default()))
        }
        [yes, or, no, ..] if yes.is_word("yes") && or.is_word("or") && no.is_word("no") => {
            FactWords::OneOf(["yes", "no"].map(String::from).into())
        }
        _ => FactWords::None,
    }
}

/// Whether a part after `one of` is an ending such as `open unless stated`.
fn ends_choices(part: &[Token]) -> bool {
    let ends = ["unless", "ask", "decided", "only"];
    part.iter().any(|token| ends.iter().any(|word| token.is_word(word)))
}
