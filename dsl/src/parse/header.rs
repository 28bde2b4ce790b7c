//! The header: title, subject, parties, version, sources, levels, facts and families.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use nom::Parser;
use nom::combinator::cut;
use nom::multi::separated_list1;

use super::dated_text::dated_texts;
use super::error::{Expected, Mistake, ParseError};
use super::fact_type::{FactEnding, endings, fact_type, never_levels};
use super::literal::{date, integer};
use super::structure::words_beside;
use super::tokens::{Context, Read, Tokens, end, name, token, word_run, words};
use super::uses::uses;
use crate::diagnostic::Diagnostic;
use crate::lex::{Entry, Lexed, entries, split_entry, written};
use crate::names::{after_header, key_of, span_of, type_start, without_article};
use crate::outline::{Block, BlockKind};
use crate::source::Span;
use crate::syntax::{
    Declared, EDITION, Fact, Family, Group, Item, List, Member, Name, Spanned, Version, Word,
};
use crate::token::{Token, TokenKind};

/// What the reading of a block gives: what it says, and its mistakes.
type Outcome = (Item, Vec<Diagnostic>);

/// A block of the header being read.
#[derive(Clone, Copy)]
pub(super) struct Header<'t, 'b> {
    pub(super) block: &'b Block<'t>,
    pub(super) lexed: &'t Lexed,
    pub(super) context: &'t Context<'t>,
}

impl<'t> Header<'t, '_> {
    /// `policy TEXT`
    pub(super) fn title(self) -> Outcome {
        self.finish(self.text_after(1).map(|title| Item::Title { title }))
    }

    /// `NUMBER TEXT`
    pub(super) fn section(self) -> Outcome {
        let number = self
            .lexed
            .tokens
            .first()
            .map(|first| Spanned { value: first.key.clone(), span: first.span });
        let title = self.text_after(1);
        let section = title.and_then(|title| match number {
            Some(number) => Ok(Item::Section { number, title }),
            None => Err(self.expected(Expected::Name)),
        });
        self.finish(section)
    }

    /// `examples`, with nothing beside or below it
    pub(super) fn examples(self) -> Outcome {
        let (_, input) = self.input(1);
        let read = end(Expected::LineEnd)(input);
        self.finish(output(read).map(|()| Item::Examples))
    }

    /// `language 1`: the edition of the language that the policy is written in
    pub(super) fn language(self) -> Outcome {
        let (_, input) = self.input(1);
        let read = output(edition(input));
        self.finish(read.map(|edition| Item::Language { edition }))
    }

    /// `about ARTICLE NAME`
    pub(super) fn about(self) -> Outcome {
        let read = self.single_name(1);
        self.finish(read.map(|subject| Item::About { subject }))
    }

    /// `dated by NAME`
    pub(super) fn dated_by(self) -> Outcome {
        let read = self.single_name(2);
        self.finish(read.map(|fact| Item::DatedBy { fact }))
    }

    fn single_name(self, header_words: usize) -> Result<Name, ParseError<'t>> {
        let (_, input) = self.input(header_words);
        let (rest, name) = reading(name(Expected::Name)(input))?;
        output(end(Expected::LineEnd)(rest))?;
        Ok(name)
    }

    /// `version INT, in force from DATE [, until DATE] [, review by DATE]`
    pub(super) fn version(self) -> Outcome {
        let (_, input) = self.input(1);
        let read = output(version(input));
        self.finish(read.map(Item::Version))
    }

    /// A name and the text it stands for, line by line.
    pub(super) fn declared(self, item: fn(Vec<Declared>) -> Item) -> Outcome {
        let mut declared = Vec::new();
        let beside = words_beside(self.block, self.lexed);
        let mut diagnostics: Vec<Diagnostic> = beside.into_iter().collect();
        for entry in entries(&self.lexed.tokens) {
            let name = name_of(entry.name);
            let dated = match self.block.kind {
                BlockKind::Between => output(dated_texts(Tokens::new(entry.rest, self.context))),
                _ => Ok(Vec::new()),
            };
            let dated = dated.unwrap_or_else(|error: ParseError<'_>| {
                diagnostics.push(error.diagnostic(self.block));
                Vec::new()
            });
            match self.text_of(entry.rest) {
                Some(text) => declared.push(Declared { name, text, dated }),
                None => {
                    let mistake = HeaderMistake::GapMissing { entry: name.span, name: None };
                    diagnostics.push(mistake.diagnostic(self.block));
                }
            }
        }
        if declared.is_empty() && diagnostics.is_empty() {
            diagnostics.push(self.expected(Expected::Name).diagnostic(self.block));
        }
        (item(declared), diagnostics)
    }

    /// `uses TEXT from FILE as WORD`
    pub(super) fn uses(self) -> Outcome {
        self.finish(uses(self.block, self.lexed).map(Item::Uses))
    }

    /// `levels of NAME LEVEL { "<" LEVEL }`
    pub(super) fn levels(self) -> Outcome {
        let entry = split_entry(after_header(&self.lexed.tokens, 2));
        if entry.name.is_empty() {
            return self.finish(Err(self.expected(Expected::Name)));
        }
        let input = Tokens::new(entry.rest, self.context).ending_at(self.end());
        let read = output(levels(input));
        self.finish(read.map(|levels| Item::Levels { of: name_of(entry.name), levels }))
    }

    /// `facts { fact }`: each with a mistake is left out and reported
    pub(super) fn facts(self) -> Outcome {
        let beside = words_beside(self.block, self.lexed);
        let (facts, diagnostics) = self.facts_below(beside.into_iter().collect());
        (Item::Facts(facts), diagnostics)
    }

    /// The facts on the lines below the first, and the mistakes in them after others.
    fn facts_below(self, mut diagnostics: Vec<Diagnostic>) -> (Vec<Fact>, Vec<Diagnostic>) {
        let mut facts = Vec::new();
        for entry in entries(&self.lexed.tokens) {
            match self.fact(entry) {
                Ok(fact) => facts.push(fact),
                Err(error) => diagnostics.push(self.fact_diagnostic(entry, error)),
            }
        }
        (facts, diagnostics)
    }

    /// `fact = NAME GAP type { "," ending }`
    fn fact(self, entry: Entry<'t>) -> Result<Fact, ParseError<'t>> {
        let after = Span { start: span_of(entry.name).end, end: span_of(entry.name).end };
        let input = match entry.rest {
            [] => Tokens::new(entry.rest, self.context).ending_at(after),
            rest => Tokens::new(rest, self.context),
        };
        self.context.operators.set(0);
        let (rest, kind) = reading(fact_type(input))?;
        let kind_span = input.span_until(rest);
        let FactEnding { default, ask, only_when, decided_by } = output(endings(rest))?;
        Ok(Fact { name: name_of(entry.name), kind, kind_span, default, ask, only_when, decided_by })
    }

    fn fact_diagnostic(self, entry: Entry<'t>, error: ParseError<'t>) -> Diagnostic {
        if entry.rest.is_empty() {
            let name = type_start(entry.name).and_then(|end| entry.name.get(..end)).map(span_of);
            let entry = span_of(entry.name);
            return HeaderMistake::GapMissing { entry, name }.diagnostic(self.block);
        }
        error.diagnostic(self.block)
    }

    /// `NAMES [ "(" NAME ")" ] "," "each" TYPE [ "," "up to" ] {member}`, or a list
    pub(super) fn family(self) -> Outcome {
        let (names, rest) = self.heading();
        let is_list =
            |rest: Tokens<'_>| rest.after("each with").is_some() || rest.after("up to").is_some();
        if is_list(Tokens::new(rest, self.context).skip(1)) {
            return self.list(names, rest);
        }
        match self.family_heading(names, rest) {
            Ok(family) => self.members(family),
            Err(error) => {
                (Item::Broken { number: None }, Vec::from([error.diagnostic(self.block)]))
            }
        }
    }

    /// The names of a heading, and what stands on its line after them.
    fn heading(self) -> (&'t [Token], &'t [Token]) {
        let tokens = self.lexed.tokens.as_slice();
        let header = tokens.first().map_or(0, |first| first.line);
        let below = tokens.iter().position(|token| token.line > header);
        let heading = tokens.get(..below.unwrap_or(tokens.len())).unwrap_or_default();
        let comma = heading.iter().position(|token| token.kind == TokenKind::Comma);
        heading.split_at_checked(comma.unwrap_or_default()).unwrap_or_default()
    }

    /// `NAMES [ "(" NAME ")" ] [ "," "up to" INT ] "," "each with" {fact}`
    fn list(self, names: &'t [Token], rest: &'t [Token]) -> Outcome {
        let most = match output(list_heading(Tokens::new(rest, self.context))) {
            Ok(most) => most,
            Err(error) => {
                let broken = Item::Broken { number: None };
                return (broken, Vec::from([error.diagnostic(self.block)]));
            }
        };
        let (plural, singular) = plural_and_singular(names);
        let (facts, mut diagnostics) = self.facts_below(Vec::new());
        if facts.is_empty() && diagnostics.is_empty() {
            diagnostics.push(self.expected(Expected::Name).diagnostic(self.block));
        }
        (Item::List(Box::new(List { plural, singular, most, facts })), diagnostics)
    }

    fn family_heading(
        self,
        names: &'t [Token],
        rest: &'t [Token],
    ) -> Result<Family, ParseError<'t>> {
        let input = Tokens::new(rest, self.context);
        let (input, _) = reading(token(TokenKind::Comma, Expected::Comma)(input))?;
        let (input, _) = reading(words("each", Expected::FactType)(input))?;
        let (plural, singular) = plural_and_singular(names);
        let (rest, kind) = reading(fact_type(input))?;
        let kind_span = input.span_until(rest);
        let (rest, tops) = up_to(rest);
        let FactEnding { default, only_when, decided_by, .. } = output(endings(rest))?;
        if let Some(only_when) = only_when {
            return Err(ParseError::new(Mistake::OnlyWhenOfFamily, only_when.span));
        }
        if let Some(panel) = decided_by {
            return Err(ParseError::new(Mistake::DecidedByOfFamily, panel.span));
        }
        Ok(Family { plural, singular, kind, kind_span, tops, default, members: Vec::new() })
    }

    fn members(self, mut family: Family) -> Outcome {
        let mut diagnostics = Vec::new();
        for entry in entries(&self.lexed.tokens) {
            match self.member(entry, family.tops) {
                Ok(member) => family.members.push(member),
                Err(error) => diagnostics.push(error.diagnostic(self.block)),
            }
        }
        if family.members.is_empty() && diagnostics.is_empty() {
            diagnostics.push(self.expected(Expected::Name).diagnostic(self.block));
        }
        (Item::Family(Box::new(family)), diagnostics)
    }

    /// `"group" NAMES [ "(" NAME ")" ] GAP NAME { "," NAME }`
    pub(super) fn group(self) -> Outcome {
        let entry = split_entry(after_header(&self.lexed.tokens, 1));
        let (plural, singular) = plural_and_singular(entry.name);
        let input = Tokens::new(entry.rest, self.context).ending_at(self.end());
        let comma = token(TokenKind::Comma, Expected::LineEnd);
        let members = separated_list1(comma, cut(name(Expected::Member)));
        let read = reading(cut(members).parse(input));
        let read = read.and_then(|(rest, members)| {
            output(end(Expected::LineEnd)(rest))?;
            Ok(Item::Group(Group { plural, singular, members }))
        });
        self.finish(read)
    }

    fn member(self, entry: Entry<'t>, tops: bool) -> Result<Member, ParseError<'t>> {
        let after = Span { start: span_of(entry.name).end, end: span_of(entry.name).end };
        let input = match entry.rest {
            [] => Tokens::new(entry.rest, self.context).ending_at(after),
            rest => Tokens::new(rest, self.context),
        };
        let name = name_of(entry.name);
        if !tops {
            output(end(Expected::LineEnd)(input))?;
            return Ok(Member { name, top: None, never: Vec::new() });
        }
        let (rest, (key, span)) = reading(word_run(Expected::TopLevel, None)(input))?;
        let (rest, never) = reading(never_levels(rest))?;
        output(end(Expected::TopEnd)(rest))?;
        Ok(Member { name, top: Some(Word { key, span }), never })
    }

    fn finish(self, read: Result<Item, ParseError<'t>>) -> Outcome {
        match read {
            Ok(item) => (item, Vec::new()),
            Err(error) => {
                (Item::Broken { number: None }, Vec::from([error.diagnostic(self.block)]))
            }
        }
    }

    /// The tokens after the words that begin the header line.
    fn input(self, header_words: usize) -> (&'t [Token], Tokens<'t>) {
        let tokens = after_header(&self.lexed.tokens, header_words);
        (tokens, Tokens::new(tokens, self.context).ending_at(self.end()))
    }

    /// The end of what stands in the block.
    fn end(self) -> Span {
        let end = self.lexed.tokens.last().map_or(0, |last| last.span.end);
        Span { start: end, end }
    }

    fn expected(self, expected: Expected) -> ParseError<'t> {
        ParseError::new(Mistake::Expected(expected), self.end())
    }

    fn text_after(self, header_words: usize) -> Result<Spanned<String>, ParseError<'t>> {
        let tokens = after_header(&self.lexed.tokens, header_words);
        self.text_of(tokens).ok_or_else(|| self.expected(Expected::Name))
    }

    /// The text of some tokens as written, with single spaces.
    fn text_of(self, tokens: &[Token]) -> Option<Spanned<String>> {
        let first = tokens.first()?;
        let span = first.span.to(span_of(tokens));
        Some(Spanned { value: written(tokens, self.block.text), span })
    }
}

/// A declaration that cannot be read. Spans are relative to the block.
#[derive(Clone, Copy, Debug)]
enum HeaderMistake {
    /// `fast track yes or no`, with single spaces
    GapMissing { entry: Span, name: Option<Span> },
}

impl HeaderMistake {
    fn diagnostic(self, block: &Block<'_>) -> Diagnostic {
        let HeaderMistake::GapMissing { entry, name } = self;
        let help = match name {
            Some(name) => {
                format!("put two spaces, a tab or a colon after `{}`", name.of(block.text))
            }
            None => String::from("put two spaces, a tab or a colon after the name"),
        };
        Diagnostic::error(
            "gap-missing",
            "nothing parts the name from what it stands for",
            entry.after(block.span.start),
        )
        .here("all of this reads as a name")
        .help(help)
    }
}

/// The name of a declaration.
fn name_of(tokens: &[Token]) -> Name {
    let tokens = without_article(tokens);
    Name { key: key_of(tokens), span: span_of(tokens) }
}

/// `children (child)`
fn plural_and_singular(tokens: &[Token]) -> (Name, Option<Name>) {
    let open = tokens.iter().position(|token| token.kind == TokenKind::Open);
    let (plural, bracket) =
        tokens.split_at_checked(open.unwrap_or(tokens.len())).unwrap_or_default();
    let singular = match bracket {
        [_, inside @ .., _] if !inside.is_empty() => Some(name_of(inside)),
        _ => None,
    };
    (name_of(plural), singular)
}

/// `[ "," "up to" INT ] "," "each with"`
fn list_heading(input: Tokens<'_>) -> Read<'_, Option<Spanned<u32>>> {
    let (input, _) = token(TokenKind::Comma, Expected::Comma)(input)?;
    let (input, most) = match input.after("up to") {
        Some(rest) => {
            let (after, most) = cut(integer).parse(rest)?;
            let most = Spanned { value: most, span: rest.span_until(after) };
            let (after, _) = cut(token(TokenKind::Comma, Expected::Comma)).parse(after)?;
            (after, Some(most))
        }
        None => (input, None),
    };
    let (input, _) = cut(words("each with", Expected::EachWith)).parse(input)?;
    let (input, ()) = end(Expected::ListEnd)(input)?;
    Ok((input, most))
}

/// `", up to"` at the end of a heading
fn up_to<'t>(input: Tokens<'t>) -> (Tokens<'t>, bool) {
    let is_comma = input.kind() == Some(TokenKind::Comma);
    match input.skip(1).after("up to").filter(|_| is_comma) {
        Some(rest) => (rest, true),
        None => (input, false),
    }
}

/// `1`
fn edition(input: Tokens<'_>) -> Read<'_, u32> {
    let (rest, edition) = cut(integer).parse(input)?;
    if edition != EDITION {
        return input.fail(Mistake::AnotherEdition);
    }
    let (rest, ()) = end(Expected::LineEnd)(rest)?;
    Ok((rest, edition))
}

/// `INT "," "in force from" DATE [ "," "until" DATE ] [ "," "review by" DATE ]`
fn version(input: Tokens<'_>) -> Read<'_, Version> {
    let (input, number) = match integer(input) {
        Err(_) => return input.fail(Mistake::Expected(Expected::Version)),
        Ok(read) => read,
    };
    let (input, _) = cut(token(TokenKind::Comma, Expected::Version)).parse(input)?;
    let (input, _) = cut(words("in force from", Expected::Version)).parse(input)?;
    let (input, from) = cut(date).parse(input)?;
    let (input, until) = dated("until", input)?;
    let (input, review_by) = dated("review by", input)?;
    let (input, ()) = end(Expected::LineEnd)(input)?;
    Ok((input, Version { number, from, until, review_by }))
}

/// `"," words DATE`, where it comes next
fn dated<'t>(
    words: &str,
    input: Tokens<'t>,
) -> Read<'t, Option<Spanned<apportion_core::date::Date>>> {
    let is_comma = input.kind() == Some(TokenKind::Comma);
    match input.skip(1).after(words).filter(|_| is_comma) {
        Some(rest) => {
            let (rest, date) = cut(date).parse(rest)?;
            Ok((rest, Some(date)))
        }
        None => Ok((input, None)),
    }
}

/// `LEVEL { "<" LEVEL }`
fn levels(input: Tokens<'_>) -> Read<'_, Vec<Word>> {
    let mut levels = Vec::new();
    let mut input = input;
    loop {
        let (rest, (key, span)) = cut(word_run(Expected::Level, None)).parse(input)?;
        levels.push(Word { key, span });
        if rest.is_empty() {
            return Ok((rest, levels));
        }
        let (rest, _) = cut(token(TokenKind::Less, Expected::Level)).parse(rest)?;
        input = rest;
    }
}

fn reading<'t, O>(read: Read<'t, O>) -> Result<(Tokens<'t>, O), ParseError<'t>> {
    read.map_err(|error| match error {
        nom::Err::Error(error) | nom::Err::Failure(error) => error,
        nom::Err::Incomplete(_) => {
            ParseError::new(Mistake::Expected(Expected::SentenceEnd), Span::default())
        }
    })
}

fn output<'t, O>(read: Read<'t, O>) -> Result<O, ParseError<'t>> {
    reading(read).map(|(_, output)| output)
}
