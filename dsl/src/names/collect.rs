//! Collecting the declared names of all blocks.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::head::{
    after_despite, after_number, after_open, after_otherwise, is_unit, names_of_head,
};
use super::rules::{Declaration, Declarations, may_repeat};
use super::words::{parted, words_of};
use super::{NameKind, Names, key_of, span_of, without_article};
use crate::lex::{entries, lex, sentences, split_entry};
use crate::naming;
use crate::outline::{Block, BlockKind};
use crate::token::{Token, TokenKind};

/// The names that the blocks declare, and the declarations in the order written.
///
/// To names that are there already, as those of the tools that a policy uses, the others are
/// added.
#[must_use]
pub fn collect(names: Names, blocks: &[Block<'_>]) -> (Names, Declarations) {
    let mut collector = Collector { names, ..Collector::default() };
    for (index, block) in blocks.iter().enumerate() {
        if declares(block.kind) {
            collector.block = index;
            collector.start = block.span.start;
            collector.text = block.text;
            collector.block(block.kind, &lex(block).tokens);
        }
    }
    collector.missing_subject(blocks);
    (collector.names, collector.declarations)
}

/// Whether a block of this kind declares names.
fn declares(kind: BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::About
            | BlockKind::Between
            | BlockKind::Panels
            | BlockKind::Sources
            | BlockKind::Uses
            | BlockKind::Levels
            | BlockKind::Facts
            | BlockKind::Family
            | BlockKind::Group
            | BlockKind::Clause
    )
}

#[derive(Default)]
struct Collector<'t> {
    names: Names,
    declarations: Declarations,
    subject: String,
    block: usize,
    start: u32,
    text: &'t str,
}

impl Collector<'_> {
    fn block(&mut self, kind: BlockKind, tokens: &[Token]) {
        match kind {
            BlockKind::About => self.about(tokens),
            BlockKind::Between => self.entries(NameKind::Party, tokens),
            BlockKind::Panels => self.entries(NameKind::Panel, tokens),
            BlockKind::Sources => self.entries(NameKind::Source, tokens),
            BlockKind::Uses => self.uses(tokens),
            BlockKind::Levels => self.levels(tokens),
            BlockKind::Facts => self.facts(tokens),
            BlockKind::Family => self.family(tokens),
            BlockKind::Group => self.group(tokens),
            BlockKind::Clause => self.clause(tokens),
            _ => {}
        }
    }

    fn declare(&mut self, kind: NameKind, tokens: &[Token]) {
        let tokens = without_article(tokens);
        if tokens.is_empty() {
            return;
        }
        let key = key_of(tokens);
        let first = *self.names.declared.entry(key.clone()).or_insert(kind);
        if first != kind && !may_repeat(first, kind) {
            self.names.declared_twice.insert(key.clone());
        }
        let begins_sentence = matches!(kind, NameKind::Value | NameKind::Rate);
        let written = span_of(tokens).of(self.text);
        let written = match begins_sentence {
            true => naming::lower_first(written),
            false => String::from(written),
        };
        if written.contains(char::is_uppercase) {
            let words: Vec<&str> = written.split_whitespace().collect();
            self.names.written.entry(key.clone()).or_insert_with(|| words.join(" "));
        }
        self.declarations.push(Declaration {
            key,
            kind,
            span: span_of(tokens).after(self.start),
            block: self.block,
            are_words: tokens.iter().all(Token::is_name_word),
            tool: None,
        });
    }

    fn about(&mut self, tokens: &[Token]) {
        let name = after_header(tokens, 1);
        self.subject = key_of(name);
        self.declare(NameKind::Subject, name);
    }

    /// Where `about` is missing, whom the policy covers is its subject: one slip, one message.
    fn missing_subject(&mut self, blocks: &[Block<'_>]) {
        if !self.subject.is_empty() {
            return;
        }
        let clauses = blocks.iter().filter(|block| block.kind == BlockKind::Clause);
        let covered = clauses.map(lex).find_map(|lexed| covered(&lexed.tokens));
        if let Some(key) = covered {
            self.names.declared.entry(key).or_insert(NameKind::Subject);
        }
    }

    fn entries(&mut self, kind: NameKind, tokens: &[Token]) {
        for entry in entries(tokens) {
            self.declare(kind, entry.name);
        }
    }

    /// `uses ... as CC`
    fn uses(&mut self, tokens: &[Token]) {
        if let [.., word, alias] = tokens {
            if word.is_word("as") {
                self.declare(NameKind::Tool, core::slice::from_ref(alias));
            }
        }
    }

    fn levels(&mut self, tokens: &[Token]) {
        let entry = split_entry(after_header(tokens, 2));
        self.declare(NameKind::Levels, entry.name);
        self.names.words.add_levels(key_of(entry.name), parted(entry.rest, TokenKind::Less));
    }

    fn facts(&mut self, tokens: &[Token]) {
        for entry in entries(tokens) {
            // Where the gap was forgotten the name ends where a type begins.
            let end = match entry.rest {
                [] => type_start(entry.name),
                _ => Some(entry.name.len()),
            };
            let Some((name, rest)) = end.and_then(|end| entry.name.split_at_checked(end)) else {
                continue;
            };
            self.declare(NameKind::Fact, name);
            self.words(name, if entry.rest.is_empty() { rest } else { entry.rest });
        }
    }

    /// Keeps what a fact of this type can be.
    fn words(&mut self, fact: &[Token], kind: &[Token]) {
        self.names.words.add_fact(key_of(fact), words_of(kind));
    }

    /// `domains, each a level of need, up to`, `children (child), up to 12, each with`
    fn family(&mut self, tokens: &[Token]) {
        let Some(comma) = tokens.iter().position(|token| token.kind == TokenKind::Comma) else {
            return;
        };
        let (heading, rest) = tokens.split_at_checked(comma).unwrap_or_default();
        let is_list = is_list_heading(first_line(rest));
        let (plural, singular) = match is_list {
            true => (NameKind::List, NameKind::Item),
            false => (NameKind::Family, NameKind::Singular),
        };
        let names = self.plural_and_singular(heading, plural, singular);
        let kind = first_line(rest).get(2..).unwrap_or_default();
        if !is_list {
            names.into_iter().for_each(|name| self.names.words.add_fact(name, words_of(kind)));
        }
        let member = if is_list { NameKind::Fact } else { NameKind::Member };
        for entry in entries(tokens) {
            self.declare(member, entry.name);
            self.words(entry.name, if is_list { entry.rest } else { kind });
        }
    }

    /// Declares both names, and returns them.
    fn plural_and_singular(
        &mut self,
        heading: &[Token],
        plural: NameKind,
        singular: NameKind,
    ) -> [String; 2] {
        let open = heading.iter().position(|token| token.kind == TokenKind::Open);
        let (name, bracket) =
            heading.split_at_checked(open.unwrap_or(heading.len())).unwrap_or_default();
        self.declare(plural, name);
        let one = match bracket {
            [_, inside @ .., _] => inside.to_vec(),
            _ => without_last_s(name),
        };
        if key_of(&one) != key_of(name) {
            self.declare(singular, &one);
        }
        [key_of(name), key_of(&one)]
    }

    fn group(&mut self, tokens: &[Token]) {
        let entry = split_entry(after_header(tokens, 1));
        let names = self.plural_and_singular(entry.name, NameKind::Group, NameKind::Group);
        // Its members are of one type: what the first can be, all can.
        let member = entry.rest.split(|token| token.kind == TokenKind::Comma).next();
        let member = key_of(without_article(member.unwrap_or_default()));
        for name in names {
            self.names.words.add_same(name, &member);
        }
    }

    fn clause(&mut self, tokens: &[Token]) {
        let sentences = sentences(after_number(tokens));
        for sentence in sentences {
            self.sentence(sentence);
        }
    }

    fn sentence(&mut self, sentence: &[Token]) {
        let sentence = after_despite(after_open(sentence));
        if let Some(conclusion) = self.conclusion(sentence) {
            self.declare(NameKind::Conclusion, conclusion);
            return;
        }
        for part in sentence.split(|token| token.kind == TokenKind::Semicolon) {
            let is_end = |token: &Token| matches!(token.kind, TokenKind::Equals | TokenKind::Colon);
            let Some(end) = part.iter().position(is_end) else { continue };
            let (head, sign) = part.split_at_checked(end).unwrap_or_default();
            let is_table = sign.first().is_some_and(|sign| sign.kind == TokenKind::Colon);
            self.head(after_otherwise(head), is_table);
        }
    }

    /// What stands between `is`, `also`, `not` and `when`: `a child is also not eligible when`.
    fn conclusion<'s>(&self, sentence: &'s [Token]) -> Option<&'s [Token]> {
        let (article, words) = sentence.split_first()?;
        if !article.is_article() {
            return None;
        }
        let is = words.iter().position(|token| token.is_word("is"))?;
        // `the` begins a conclusion only about the subject: not `The case is referred to ...`.
        if article.is_word("the") && key_of(words.get(..is)?) != self.subject {
            return None;
        }
        // `if` is written for `when`, which is reported; the conclusion is drawn all the same.
        let is_when = |token: &Token| token.is_word("when") || token.is_word("if");
        let when = words.iter().position(is_when)?;
        let mut name = words.get(is + 1..when)?;
        // What a child always or never is, is a promise.
        if name.first().is_some_and(|word| word.is_word("always") || word.is_word("never")) {
            return None;
        }
        while let [first, rest @ ..] = name {
            if !first.is_word("also") && !first.is_word("not") {
                break;
            }
            name = rest;
        }
        Some(name)
    }

    /// The names of a head: back to its start or to the last part that belongs to a condition.
    fn head(&mut self, head: &[Token], is_table: bool) {
        let names = names_of_head(head);
        match names.as_slice() {
            [name, unit] if is_unit(unit) => self.declare(NameKind::Rate, name),
            names => names.iter().for_each(|name| {
                let name = self.before_each(name, is_table);
                self.declare(NameKind::Value, name);
            }),
        }
    }

    /// `points for a domain` without `for a domain`
    ///
    /// `for a` before a table begins the member or item, whether it is declared or not. Elsewhere
    /// `for` belongs to the name, as in `sum for the year`, unless a member or item follows it.
    fn before_each<'t>(&self, name: &'t [Token], is_table: bool) -> &'t [Token] {
        let is_each = |at: usize| match name.get(at..) {
            Some([word, article, each @ ..]) if word.is_word("for") && article.is_article() => {
                let is_one = !article.is_word("the");
                is_table && is_one || self.names.is_member_or_item(&key_of(each))
            }
            _ => false,
        };
        let each = (0..name.len()).rfind(|&at| is_each(at));
        each.and_then(|each| name.get(..each)).unwrap_or(name)
    }
}

/// `, each with`, `, up to 12, each with`
fn is_list_heading(rest: &[Token]) -> bool {
    let mut pairs = rest.iter().zip(rest.iter().skip(1));
    pairs.any(|(each, with)| each.is_word("each") && with.is_word("with"))
}

/// The tokens on the line of the first.
fn first_line(tokens: &[Token]) -> &[Token] {
    let line = tokens.first().map(|first| first.line);
    let end = tokens.iter().position(|token| Some(token.line) != line);
    tokens.get(..end.unwrap_or(tokens.len())).unwrap_or_default()
}

/// The singular drops the last s.
fn without_last_s(plural: &[Token]) -> Vec<Token> {
    let mut singular = without_article(plural).to_vec();
    if let Some(last) = singular.last_mut() {
        last.key = last.key.strip_suffix('s').unwrap_or(&last.key).to_string();
    }
    singular
}

/// The tokens of a header line after its words, and after a colon.
pub(crate) fn after_header(tokens: &[Token], words: usize) -> &[Token] {
    match tokens.get(words..).unwrap_or_default() {
        [colon, rest @ ..] if colon.kind == TokenKind::Colon => rest,
        rest => rest,
    }
}

/// `child`, from `1.1  This policy covers a child when`
fn covered(tokens: &[Token]) -> Option<String> {
    let [this, policy, covers, rest @ ..] = after_number(tokens) else { return None };
    let is_cover = this.is_word("this") && policy.is_word("policy") && covers.is_word("covers");
    let when = rest.iter().position(|token| token.is_word("when")).filter(|_| is_cover)?;
    rest.get(..when).map(key_of)
}

const TYPE_STARTS: [&[&str]; 8] = [
    &["yes", "or", "no"],
    &["a", "date"],
    &["one", "of"],
    &["a", "level", "of"],
    &["whole", "number"],
    &["number"],
    &["money"],
    &["percent"],
];

/// What a number of things can be counted for, as in `nights a week`.
const PERIODS: [&str; 5] = ["day", "night", "week", "month", "year"];

/// Where a type begins in a declaration without a gap.
pub(crate) fn type_start(tokens: &[Token]) -> Option<usize> {
    (1..tokens.len()).find(|&at| {
        let rest = tokens.get(at..).unwrap_or_default();
        let is_unit = matches!(
            rest,
            [_, article, period, ..] if article.is_word("a") && PERIODS.contains(&period.key.as_str())
        );
        is_unit || TYPE_STARTS.iter().any(|words| {
            rest.len() >= words.len()
                && words.iter().zip(rest).all(|(word, token)| token.is_word(word))
        })
    })
}
