//! What the parsers read: a slice of tokens with the names of the policy, and the smallest
//! parsers over it.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};
use core::iter::Enumerate;
use core::slice::Iter;

use nom::error::ErrorKind;
use nom::{IResult, Input, Needed};

use super::error::{Expected, MOST_NESTED, Mistake, ParseError};
use super::table_error::TableProblem;
use crate::diagnostic::MOST_KEPT;
use crate::lex::Row;
use crate::names::{MOST_WORDS, Names, without_article};
use crate::source::Span;
use crate::syntax::{Citation, Name};
use crate::token::{Token, TokenKind};

/// What a parser of a rule gives.
pub(super) type Read<'t, O> = IResult<Tokens<'t>, O, ParseError<'t>>;

/// What the parsers of one block share.
pub(super) struct Context<'t> {
    /// The names of the whole policy.
    pub(super) names: &'t Names,
    /// The text of the block.
    pub(super) text: &'t str,
    /// The names read that are not declared.
    pub(super) unknown: RefCell<Vec<Name>>,
    /// How many near names have been looked for in the whole policy.
    pub(super) compared: Cell<usize>,
    /// How many operators the sentence has had so far.
    pub(super) operators: Cell<u32>,
    /// The rows of the block's table.
    pub(super) rows: &'t [Row],
    /// The mistakes of the table, while its sentence is read.
    pub(super) table_problems: RefCell<Vec<TableProblem>>,
    /// The line of the block's first token.
    pub(super) first_line: u32,
    /// The citations of the block by line.
    pub(super) citations: BTreeMap<u32, Vec<Citation>>,
    /// The lines whose citations a row or rate has taken.
    pub(super) cited_lines: RefCell<BTreeSet<u32>>,
}

impl<'t> Context<'t> {
    /// The context of a block without table and citations.
    pub(super) fn new(names: &'t Names, text: &'t str) -> Context<'t> {
        Context {
            names,
            text,
            unknown: RefCell::default(),
            compared: Cell::new(0),
            operators: Cell::new(0),
            rows: &[],
            table_problems: RefCell::default(),
            first_line: 0,
            citations: BTreeMap::new(),
            cited_lines: RefCell::default(),
        }
    }

    /// The citations of a line, which then are no longer the clause's.
    pub(super) fn take_citations(&self, line: u32) -> Vec<Citation> {
        self.cited_lines.borrow_mut().insert(line);
        self.citations.get(&line).cloned().unwrap_or_default()
    }

    /// Keeps a mistake of the table, unless it has as many as are shown.
    pub(super) fn add_problem(&self, problem: TableProblem) {
        let mut problems = self.table_problems.borrow_mut();
        if problems.len() <= MOST_KEPT {
            problems.push(problem);
        }
    }

    /// How many unknown names have been read.
    pub(super) fn count_unknown(&self) -> usize {
        self.unknown.borrow().len()
    }

    /// Keeps an unknown name, to be reported once for the whole policy.
    pub(super) fn add_unknown(&self, name: &Name) {
        self.unknown.borrow_mut().push(name.clone());
    }
}

/// The tokens still to be read.
#[derive(Clone, Copy)]
pub(super) struct Tokens<'t> {
    tokens: &'t [Token],
    /// Where the stretch ends, for a mistake after its last token.
    end: Span,
    /// How deep the tokens stand in brackets and the like.
    depth: u32,
    pub(super) context: &'t Context<'t>,
}

impl<'t> Tokens<'t> {
    /// The tokens of a stretch of a block.
    pub(super) fn new(tokens: &'t [Token], context: &'t Context<'t>) -> Tokens<'t> {
        let end = tokens.last().map_or(0, |last| last.span.end);
        Tokens { tokens, end: Span { start: end, end }, depth: 0, context }
    }

    /// The same tokens, ending at this place.
    pub(super) fn ending_at(self, end: Span) -> Tokens<'t> {
        Tokens { end, ..self }
    }

    /// The same reading place with other tokens, such as those of a cell.
    pub(super) fn with(self, tokens: &'t [Token], end: Span) -> Tokens<'t> {
        Tokens { tokens, end, ..self }
    }

    pub(super) fn slice(self) -> &'t [Token] {
        self.tokens
    }

    pub(super) fn first(self) -> Option<&'t Token> {
        self.tokens.first()
    }

    pub(super) fn is_empty(self) -> bool {
        self.tokens.is_empty()
    }

    /// The kind of the next token.
    pub(super) fn kind(self) -> Option<TokenKind> {
        self.first().map(|token| token.kind)
    }

    /// Where the next token stands, or the end.
    pub(super) fn here(self) -> Span {
        self.first().map_or(self.end, |token| token.span)
    }

    /// The tokens after the next `count`.
    pub(super) fn skip(self, count: usize) -> Tokens<'t> {
        Tokens { tokens: self.tokens.get(count..).unwrap_or_default(), ..self }
    }

    /// Whether these words come next.
    pub(super) fn is_at(self, words: &str) -> bool {
        self.words_taken(words).is_some()
    }

    /// How many tokens the level or word of a choice takes that comes next, where this is tested.
    pub(super) fn word_length(self, tested: Option<&str>) -> Option<usize> {
        self.context.names.word_at(tested, self.tokens).map(|found| found.length)
    }

    /// How many tokens these words take, where they come next.
    fn words_taken(self, words: &str) -> Option<usize> {
        let mut count = 0;
        for word in words.split(' ') {
            if !self.tokens.get(count)?.is_word(word) {
                return None;
            }
            count += 1;
        }
        Some(count)
    }

    /// The tokens after these words, where they come next.
    pub(super) fn after(self, words: &str) -> Option<Tokens<'t>> {
        self.words_taken(words).map(|count| self.skip(count))
    }

    /// The tokens between here and `rest`.
    pub(super) fn take_until(self, rest: Tokens<'t>) -> Tokens<'t> {
        self.take(self.tokens.len().saturating_sub(rest.tokens.len()))
    }

    /// Where the tokens stand that have been read between here and `rest`.
    pub(super) fn span_until(self, rest: Tokens<'t>) -> Span {
        let count = self.tokens.len().saturating_sub(rest.tokens.len());
        let first = self.here();
        let last = count.checked_sub(1).and_then(|last| self.tokens.get(last));
        last.map_or(Span { end: first.start, ..first }, |last| first.to(last.span))
    }

    /// A mistake at the next token after which other readings may be tried.
    pub(super) fn error<O>(self, mistake: Mistake) -> Read<'t, O> {
        Err(nom::Err::Error(ParseError::new(mistake, self.here())))
    }

    /// A mistake at the next token that no other reading can mend.
    pub(super) fn fail<O>(self, mistake: Mistake) -> Read<'t, O> {
        self.fail_at(mistake, self.here())
    }

    /// A mistake at a place that no other reading can mend.
    pub(super) fn fail_at<O>(self, mistake: Mistake, span: Span) -> Read<'t, O> {
        Err(nom::Err::Failure(ParseError::new(mistake, span)))
    }
}

impl<'t> nom::error::ParseError<Tokens<'t>> for ParseError<'t> {
    fn from_error_kind(input: Tokens<'t>, _kind: ErrorKind) -> Self {
        ParseError::new(Mistake::Expected(Expected::SentenceEnd), input.here())
    }

    fn append(_input: Tokens<'t>, _kind: ErrorKind, other: Self) -> Self {
        other
    }
}

impl<'t> Input for Tokens<'t> {
    type Item = &'t Token;
    type Iter = Iter<'t, Token>;
    type IterIndices = Enumerate<Iter<'t, Token>>;

    fn input_len(&self) -> usize {
        self.tokens.len()
    }

    fn take(&self, index: usize) -> Self {
        Tokens { tokens: self.tokens.get(..index).unwrap_or(self.tokens), ..*self }
    }

    fn take_from(&self, index: usize) -> Self {
        self.skip(index)
    }

    fn take_split(&self, index: usize) -> (Self, Self) {
        (self.take_from(index), self.take(index))
    }

    fn position<P: Fn(Self::Item) -> bool>(&self, predicate: P) -> Option<usize> {
        self.tokens.iter().position(predicate)
    }

    fn iter_elements(&self) -> Self::Iter {
        self.tokens.iter()
    }

    fn iter_indices(&self) -> Self::IterIndices {
        self.tokens.iter().enumerate()
    }

    fn slice_index(&self, count: usize) -> Result<usize, Needed> {
        if count <= self.tokens.len() { Ok(count) } else { Err(Needed::Unknown) }
    }
}

/// Reads one token of a kind.
pub(super) fn token<'t>(
    kind: TokenKind,
    expected: Expected,
) -> impl Fn(Tokens<'t>) -> Read<'t, &'t Token> {
    move |input| match input.first() {
        Some(token) if token.kind == kind => Ok((input.skip(1), token)),
        _ => input.error(Mistake::Expected(expected)),
    }
}

/// Reads a run of words, given in lower case with single spaces.
pub(super) fn words<'t>(
    words: &'static str,
    expected: Expected,
) -> impl Fn(Tokens<'t>) -> Read<'t, ()> {
    move |input| match input.after(words) {
        Some(rest) => Ok((rest, ())),
        None => input.error(Mistake::Expected(expected)),
    }
}

/// Reads a run of words where it comes next.
pub(super) fn optional_words<'t>(words: &str, input: Tokens<'t>) -> (Tokens<'t>, bool) {
    match input.after(words) {
        Some(rest) => (rest, true),
        None => (input, false),
    }
}

/// Passes over `a`, `an` or `the`, where more follows.
pub(super) fn skip_article(input: Tokens<'_>) -> Tokens<'_> {
    let rest = without_article(input.tokens);
    input.skip(input.tokens.len() - rest.len())
}

/// Reads what stands one level deeper, and refuses more than [`MOST_NESTED`] levels.
///
/// The levels are counted, so the answer is the same on every machine and stack.
pub(super) fn nested<'t, O>(
    input: Tokens<'t>,
    inner: impl FnOnce(Tokens<'t>) -> Read<'t, O>,
) -> Read<'t, O> {
    if input.depth >= MOST_NESTED {
        return input.fail(Mistake::NestedTooDeep);
    }
    let (rest, output) = inner(Tokens { depth: input.depth + 1, ..input })?;
    Ok((Tokens { depth: input.depth, ..rest }, output))
}

/// Makes a mistake final, as `cut` does, with a smaller stack: for rules that hold themselves.
pub(super) fn firm<'t, O>(read: Read<'t, O>) -> Read<'t, O> {
    match read {
        Err(nom::Err::Error(error)) => Err(nom::Err::Failure(error)),
        other => other,
    }
}

/// Reads to the last token, or says what was expected instead of the next.
pub(super) fn end<'t>(expected: Expected) -> impl Fn(Tokens<'t>) -> Read<'t, ()> {
    move |input| match input.is_empty() {
        true => Ok((input, ())),
        false => input.fail(Mistake::Expected(expected)),
    }
}

/// `NAME`: the longest declared name, a leading article dropped.
///
/// A run of words that is no declared name becomes an unknown name up to the next keyword; it
/// is kept to be reported once.
pub(super) fn name<'t>(expected: Expected) -> impl Fn(Tokens<'t>) -> Read<'t, Name> {
    move |input| declared_name(input).map_or_else(|| unknown_name(input, expected), Ok)
}

/// `NAME { "," NAME } "and" NAME`: two or more
pub(super) fn list_of_names<'t>(expected: Expected) -> impl Fn(Tokens<'t>) -> Read<'t, Vec<Name>> {
    move |input| {
        let (mut input, first) = name(expected)(input)?;
        let mut names = Vec::from([first]);
        loop {
            let is_comma = input.kind() == Some(TokenKind::Comma);
            let rest = if is_comma { input.skip(1) } else { input };
            let (rest, is_last) = optional_words("and", rest);
            if !is_comma && !is_last {
                return input.fail(Mistake::Expected(Expected::And));
            }
            let (rest, next) = firm(name(expected)(rest))?;
            names.push(next);
            input = rest;
            if is_last {
                return Ok((input, names));
            }
        }
    }
}

/// The longest declared name, where one comes next.
pub(super) fn declared_name(input: Tokens<'_>) -> Option<(Tokens<'_>, Name)> {
    let start = skip_article(input);
    let found = start.context.names.longest_at(start.tokens)?;
    let rest = start.skip(found.length);
    let name = Name { key: found.key.to_string(), span: start.span_until(rest) };
    Some((rest, name))
}

/// Reads an undeclared name up to the next keyword, and keeps it to be reported.
pub(super) fn unknown_name(input: Tokens<'_>, expected: Expected) -> Read<'_, Name> {
    let start = skip_article(input);
    let length = unknown_length(start);
    if length == 0 {
        return input.error(Mistake::Expected(expected));
    }
    let rest = start.skip(meant_length(start, length));
    let name = Name { key: key_until(start, rest), span: start.span_until(rest) };
    start.context.add_unknown(&name);
    Ok((rest, name))
}

/// The words read between two places, in lower case with single spaces.
pub(super) fn key_until<'t>(start: Tokens<'t>, rest: Tokens<'t>) -> String {
    let count = start.tokens.len().saturating_sub(rest.tokens.len());
    let read = start.tokens.iter().take(count);
    let words: Vec<&str> = read.map(|token| token.key.as_str()).collect();
    words.join(" ")
}

/// Words that end an unknown name.
const KEYWORDS: [&str; 22] = [
    "and",
    "or",
    "not",
    "is",
    "are",
    "when",
    "pays",
    "must",
    "never",
    "despite",
    "otherwise",
    "unless",
    "in",
    "for",
    "from",
    "to",
    "at",
    "on",
    "over",
    "where",
    "takes",
    "then",
];

fn is_keyword(token: &Token) -> bool {
    KEYWORDS.contains(&token.key.as_str())
}

/// How many tokens an unknown name takes: words up to the next keyword, digits only after
/// a word.
fn unknown_length(input: Tokens<'_>) -> usize {
    let is_part = |token: &&Token| token.kind == TokenKind::Word && !is_keyword(token);
    if !input.first().is_some_and(|first| is_part(&first)) {
        return 0;
    }
    input
        .tokens
        .iter()
        .take_while(|token| {
            is_part(token) || (token.kind == TokenKind::Number && token.is_name_word())
        })
        .count()
}

/// How many tokens an unknown name takes when a declared one is meant that goes on past a
/// keyword: `registerd with a GP in Northshire`.
fn meant_length(start: Tokens<'_>, length: usize) -> usize {
    let context = start.context;
    let count = context.count_unknown();
    let may_compare = count < MOST_KEPT && context.names.may_compare(count);
    if !may_compare || !start.skip(length).first().is_some_and(joins) {
        return length;
    }
    let is_part = |token: &&Token| token.is_name_word() && !ends_name(token);
    let most = start.tokens.iter().take(MOST_WORDS).take_while(is_part).count();
    let longer = (length + 1..=most).rev();
    let is_near = |&length: &usize| {
        let key = key_until(start, start.skip(length));
        context.names.nearest(&key).is_some()
    };
    longer.into_iter().find(is_near).unwrap_or(length)
}

/// Keywords that may also stand inside a name.
fn joins(token: &Token) -> bool {
    ["and", "or", "not", "in", "for", "from", "to", "at", "on", "over"]
        .iter()
        .any(|word| token.is_word(word))
}

/// Keywords that never stand inside a name.
fn ends_name(token: &Token) -> bool {
    is_keyword(token) && !joins(token)
}

/// A run of words that need not be declared, such as an answer of a table: the longest word
/// of what is tested or of any declared type, else the words up to the next keyword.
pub(super) fn word_run<'t>(
    expected: Expected,
    tested: Option<&str>,
) -> impl Fn(Tokens<'t>) -> Read<'t, (String, Span)> {
    move |input| {
        let declared = input.word_length(tested);
        let length = declared.unwrap_or_else(|| word_run_length(input));
        if length == 0 {
            return input.error(Mistake::Expected(expected));
        }
        let rest = input.skip(length);
        Ok((rest, (key_until(input, rest), input.span_until(rest))))
    }
}

/// The tokens after words that follow a declared one and make a longer one of it: `draft it`.
pub(super) fn past_words(input: Tokens<'_>) -> Tokens<'_> {
    let is_part =
        |token: &&Token| token.is_name_word() && !is_keyword(token) && !token.is_word("to");
    input.skip(input.tokens.iter().take_while(is_part).count())
}

fn word_run_length(input: Tokens<'_>) -> usize {
    let start = skip_article(input);
    let article = input.tokens.len() - start.tokens.len();
    let named = input.context.names.longest_at(start.tokens).map_or(0, |found| found.length);
    match named.max(unknown_length(start)) {
        0 => 0,
        length => article + length,
    }
}
