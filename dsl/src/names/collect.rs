//! Collecting the declared names of all blocks.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::rules::{Declaration, Declarations};
use super::{NameKind, Names, key_of, span_of, without_article};
use crate::lex::{entries, lex, sentences, split_entry};
use crate::outline::{Block, BlockKind};
use crate::token::{Token, TokenKind};

/// The names that the blocks declare, and the declarations in the order written.
#[must_use]
pub fn collect(blocks: &[Block<'_>]) -> (Names, Declarations) {
    let mut collector = Collector::default();
    for (index, block) in blocks.iter().enumerate() {
        if declares(block.kind) {
            collector.block = index;
            collector.start = block.span.start;
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
            | BlockKind::Levels
            | BlockKind::Facts
            | BlockKind::Family
            | BlockKind::Group
            | BlockKind::Clause
    )
}

#[derive(Default)]
struct Collector {
    names: Names,
    declarations: Declarations,
    subject: String,
    block: usize,
    start: u32,
}

impl Collector {
    fn block(&mut self, kind: BlockKind, tokens: &[Token]) {
        match kind {
            BlockKind::About => self.about(tokens),
            BlockKind::Between => self.entries(NameKind::Party, tokens),
            BlockKind::Panels => self.entries(NameKind::Panel, tokens),
            BlockKind::Sources => self.entries(NameKind::Source, tokens),
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
        self.names.declared.entry(key.clone()).or_insert(kind);
        self.declarations.push(Declaration {
            key,
            kind,
            span: span_of(tokens).after(self.start),
            block: self.block,
            are_words: tokens.iter().all(Token::is_name_word),
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

    fn levels(&mut self, tokens: &[Token]) {
        let entry = split_entry(after_header(tokens, 2));
        self.declare(NameKind::Levels, entry.name);
        self.words(entry.rest, TokenKind::Less);
    }

    /// The words of a type, parted by commas or `<`.
    fn words(&mut self, tokens: &[Token], separator: TokenKind) {
        for part in tokens.split(|token| token.kind == separator) {
            if part.iter().all(Token::is_name_word) && !part.is_empty() {
                let words: Vec<&str> = part.iter().map(|token| token.key.as_str()).collect();
                self.names.words.insert(words.join(" "));
            }
        }
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
            self.choices(if entry.rest.is_empty() { rest } else { entry.rest });
        }
    }

    /// `one of home, day school, residential, home unless stated`
    fn choices(&mut self, tokens: &[Token]) {
        let [one, of, choices @ ..] = tokens else { return };
        if !one.is_word("one") || !of.is_word("of") {
            return;
        }
        for part in choices.split(|token| token.kind == TokenKind::Comma) {
            if !ends_choices(part) {
                self.words(part, TokenKind::Comma);
            }
        }
    }

    /// `domains, each a level of need, up to`, `children (child), each with`
    fn family(&mut self, tokens: &[Token]) {
        let Some(comma) = tokens.iter().position(|token| token.kind == TokenKind::Comma) else {
            return;
        };
        let (heading, rest) = tokens.split_at_checked(comma).unwrap_or_default();
        let is_list = rest.get(2).is_some_and(|word| word.is_word("with"));
        let (plural, singular) = match is_list {
            true => (NameKind::List, NameKind::List),
            false => (NameKind::Family, NameKind::Singular),
        };
        self.plural_and_singular(heading, plural, singular);
        self.choices(rest.get(2..).unwrap_or_default());
        let member = if is_list { NameKind::Fact } else { NameKind::Member };
        for entry in entries(tokens) {
            self.declare(member, entry.name);
            self.choices(entry.rest);
        }
    }

    fn plural_and_singular(&mut self, heading: &[Token], plural: NameKind, singular: NameKind) {
        let open = heading.iter().position(|token| token.kind == TokenKind::Open);
        let (name, bracket) =
            heading.split_at_checked(open.unwrap_or(heading.len())).unwrap_or_default();
        self.declare(plural, name);
        match bracket {
            [_, inside @ .., _] => self.declare(singular, inside),
            _ => self.declare_singular(name, singular),
        }
    }

    /// The singular drops the last s.
    fn declare_singular(&mut self, plural: &[Token], kind: NameKind) {
        let mut singular = without_article(plural).to_vec();
        if let Some(last) = singular.last_mut() {
            last.key = last.key.strip_suffix('s').unwrap_or(&last.key).to_string();
        }
        if key_of(&singular) != key_of(plural) {
            self.declare(kind, &singular);
        }
    }

    fn group(&mut self, tokens: &[Token]) {
        let entry = split_entry(after_header(tokens, 1));
        self.plural_and_singular(entry.name, NameKind::Group, NameKind::Group);
    }

    fn clause(&mut self, tokens: &[Token]) {
        let sentences = sentences(tokens.get(1..).unwrap_or_default());
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
        let is_end = |token: &Token| matches!(token.kind, TokenKind::Equals | TokenKind::Colon);
        let Some(end) = sentence.iter().position(is_end) else { return };
        let head = sentence.get(..end).unwrap_or_default();
        self.head(head);
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
        while let [first, rest @ ..] = name {
            if !first.is_word("also") && !first.is_word("not") {
                break;
            }
            name = rest;
        }
        Some(name)
    }

    /// The names of a head: back to its start or to the last part that holds a reserved word.
    fn head(&mut self, head: &[Token]) {
        let parts: Vec<&[Token]> = head.split(|token| token.kind == TokenKind::Comma).collect();
        let names = match parts.iter().rposition(|part| is_no_name(part)) {
            Some(last) => parts.get(last + 1..).unwrap_or_default(),
            None => parts.as_slice(),
        };
        if let [name, unit] = names
            && is_unit(unit)
        {
            self.declare(NameKind::Rate, name);
            return;
        }
        for name in names {
            self.declare(NameKind::Value, before_each(name));
        }
    }
}

/// The tokens of a header line after its words, and after a colon.
pub(crate) fn after_header(tokens: &[Token], words: usize) -> &[Token] {
    match tokens.get(words..).unwrap_or_default() {
        [colon, rest @ ..] if colon.kind == TokenKind::Colon => rest,
        rest => rest,
    }
}

/// The sentence after `Open to local agreement:`.
fn after_open(sentence: &[Token]) -> &[Token] {
    let is_open = ["open", "to", "local", "agreement"]
        .iter()
        .zip(sentence)
        .all(|(word, token)| token.is_word(word));
    if is_open { sentence.get(5..).unwrap_or_default() } else { sentence }
}

/// `child`, from `1.1  This policy covers a child when`
fn covered(tokens: &[Token]) -> Option<String> {
    let [_, this, policy, covers, rest @ ..] = tokens else { return None };
    let is_cover = this.is_word("this") && policy.is_word("policy") && covers.is_word("covers");
    let when = rest.iter().position(|token| token.is_word("when")).filter(|_| is_cover)?;
    rest.get(..when).map(key_of)
}

/// The sentence after `Despite 2.1,`.
fn after_despite(sentence: &[Token]) -> &[Token] {
    if !sentence.first().is_some_and(|first| first.is_word("despite")) {
        return sentence;
    }
    let comma = sentence.iter().position(|token| token.kind == TokenKind::Comma);
    comma.and_then(|comma| sentence.get(comma + 1..)).unwrap_or_default()
}

const RESERVED: [&str; 10] =
    ["when", "is", "are", "pays", "must", "never", "despite", "otherwise", "unless", "x"];

/// Whether a word is never a word of a name.
pub(super) fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

/// Whether a part of a head is no name: it holds a reserved word, or says which cases.
fn is_no_name(part: &[Token]) -> bool {
    let begins_with = |words: [&str; 2]| {
        part.len() >= 2 && words.iter().zip(part).all(|(word, token)| token.is_word(word))
    };
    let is_item = part.first().is_some_and(Token::is_item);
    part.iter().any(|token| is_reserved(&token.key))
        || begins_with(["in", "every"])
        || begins_with(["for", "each"])
        || begins_with(["spare", "pennies"])
        || part.first().is_some_and(|first| first.is_word("split"))
        || is_item
}

/// `an hour`
fn is_unit(part: &[Token]) -> bool {
    matches!(part, [article, _] if article.is_word("a") || article.is_word("an"))
}

/// `points for a domain` without `for a domain`
fn before_each(name: &[Token]) -> &[Token] {
    let each = name.windows(2).position(
        |pair| matches!(pair, [word, article] if word.is_word("for") && article.is_article()),
    );
    each.and_then(|each| name.get(..each)).unwrap_or(name)
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

/// Whether a part after `one of` is an ending such as `open unless stated`.
fn ends_choices(part: &[Token]) -> bool {
    let ends = ["unless", "ask", "decided", "only"];
    part.iter().any(|token| ends.iter().any(|word| token.is_word(word)))
}
