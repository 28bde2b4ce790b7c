//! Text to syntax tree: what could be read, and every mistake.
//!
//! The outline cuts the text into blocks, the names of all blocks are collected, and then
//! each block is read by its own pattern. A mistake in one block never hides or causes
//! another.

use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::vec::Vec;

use crate::diagnostic::Diagnostic;
use crate::lex::{Lexed, lex, lex_words};
use crate::names::{self, Names};
use crate::outline::{Block, BlockKind, outline};
use crate::source::Span;
use crate::syntax::{self, Citation, Item, Name, Policy, Spanned};

mod error;
mod later;
mod table_error;
mod tokens;
mod literal;
mod expression;
mod condition;
mod table;
mod shares;
mod promise;
mod clause;
mod fact_type;
mod header;
mod example;
mod structure;
mod unknown;

use clause::{Outcome, clause};
use error::{Expected, Mistake, ParseError};
use header::Header;
use later::Later;
use tokens::{Context, Tokens};

/// The most bytes a policy has.
pub const MOST_BYTES: usize = 1 << 20;

/// What was read of a policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The policy, block by block; a block with a mistake is there as broken.
    pub policy: Policy,
    /// Every mistake, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The names the policy declares, also in blocks that could not be read.
    pub names: Names,
}

/// Reads the text of a policy.
///
/// It never fails: what could be read is returned, and every mistake with it.
///
/// ```
/// use apportion::parse::parse;
///
/// let parsed = parse("policy  Fares\nabout   a passenger\nversion 1, in force from 31 April 2026\n");
/// assert_eq!(parsed.policy.blocks.len(), 3);
/// assert_eq!(parsed.diagnostics[0].code, "no-such-day");
/// ```
#[must_use]
pub fn parse(text: &str) -> Parsed {
    if let Some(mistake) = structure::text_mistake(text) {
        return Parsed { diagnostics: Vec::from([mistake]), ..Parsed::default() };
    }
    let blocks: Vec<(Block<'_>, Lexed)> =
        outline(text).into_iter().map(|block| (block, lex(&block))).collect();
    let (names, declarations) = names::collect(&blocks);
    let mut reader = Reader { names: &names, diagnostics: Vec::new(), unknown: Vec::new() };
    let read = blocks.iter().map(|(block, lexed)| reader.block(block, lexed)).collect();
    let Reader { mut diagnostics, unknown, .. } = reader;
    let policy = Policy { blocks: read };
    let broken: Vec<bool> =
        policy.blocks.iter().map(|block| matches!(block.item, Item::Broken { .. })).collect();
    let of_names = names::mistakes(&names, &declarations).into_iter();
    let of_names = of_names.filter(|mistake| mistake.stands_in(&broken));
    diagnostics.extend(of_names.map(|mistake| mistake.diagnostic()));
    diagnostics.extend(unknown::diagnostics(&names, &unknown));
    diagnostics.extend(structure::mistakes(&blocks));
    diagnostics.sort_by_key(Diagnostic::span);
    Parsed { policy, diagnostics, names }
}

/// Reads block after block, and keeps the mistakes in them.
struct Reader<'n> {
    names: &'n Names,
    diagnostics: Vec<Diagnostic>,
    /// The unknown names, with their place in the whole text.
    unknown: Vec<Name>,
}

impl Reader<'_> {
    fn block(&mut self, block: &Block<'_>, lexed: &Lexed) -> syntax::Block {
        let mut context = Context::new(self.names, block.text);
        context.rows = &lexed.rows;
        context.first_line = lexed.tokens.first().map_or(0, |first| first.line);
        context.citations = citations(self.names, block, lexed);
        let of_text = lexed.mistakes.iter().map(|mistake| mistake.diagnostic(block));
        let mut of_text: Vec<Diagnostic> = of_text.collect();
        let (item, mut diagnostics) = item(block, lexed, &context);
        // What the lexer could not read explains whatever the block lacks.
        if !of_text.is_empty() {
            diagnostics.clear();
        }
        if block.is_cut_short {
            let end = block.span.start + block.text.trim_end().len() as u32;
            diagnostics.retain(|diagnostic| diagnostic.span().end < end);
        }
        diagnostics.append(&mut of_text);
        let unknown = context
            .unknown
            .take()
            .into_iter()
            .map(|name| Name { span: name.span.after(block.span.start), ..name });
        self.unknown.extend(unknown);
        self.diagnostics.append(&mut diagnostics);
        let comments = lexed
            .comments
            .iter()
            .map(|&span| Spanned { value: span.of(block.text).to_string(), span });
        syntax::Block { span: block.span, item, comments: comments.collect() }
    }
}

/// Reads a block by the pattern its first line says.
fn item<'t>(block: &Block<'t>, lexed: &'t Lexed, context: &'t Context<'t>) -> Outcome {
    let header = Header { block, lexed, context };
    match block.kind {
        BlockKind::Policy => header.title(),
        BlockKind::Language => header.later(Later::Language),
        BlockKind::About => header.about(),
        BlockKind::Between => header.declared(Item::Parties),
        BlockKind::Panels => header.declared(Item::Panels),
        BlockKind::Version => header.version(),
        BlockKind::DatedBy => header.dated_by(),
        BlockKind::Sources => header.declared(Item::Sources),
        BlockKind::Uses => header.later(Later::Uses),
        BlockKind::Levels => header.levels(),
        BlockKind::Facts => header.facts(),
        BlockKind::Family => header.family(),
        BlockKind::Group => header.later(Later::Groups),
        BlockKind::Section => header.section(),
        BlockKind::Clause => clause(block, lexed, context),
        BlockKind::Examples => header.examples(),
        BlockKind::Example => example(block, lexed, context),
        BlockKind::Stray => structure::stray(block, lexed),
    }
}

fn example<'t>(block: &Block<'t>, lexed: &'t Lexed, context: &'t Context<'t>) -> Outcome {
    let input = Tokens::new(&lexed.tokens, context);
    let error = match example::example(input) {
        Ok((_, example)) => return (Item::Example(example), Vec::new()),
        Err(nom::Err::Error(error) | nom::Err::Failure(error)) => error,
        Err(nom::Err::Incomplete(_)) => {
            ParseError::new(Mistake::Expected(Expected::ExpectEnd), input.here())
        }
    };
    let broken = Item::Broken { number: None };
    match context.count_unknown() {
        0 => (broken, Vec::from([error.diagnostic(block)])),
        // The unknown name may have led to the mistake, and is reported itself.
        _ => (broken, Vec::new()),
    }
}

/// The citations of a block by line, each with the source it begins with.
fn citations(names: &Names, block: &Block<'_>, lexed: &Lexed) -> BTreeMap<u32, Vec<Citation>> {
    let mut citations: BTreeMap<u32, Vec<Citation>> = BTreeMap::new();
    for bracket in &lexed.citations {
        let mut start = bracket.span.start;
        for part in bracket.span.of(block.text).split(';') {
            let begin = start + (part.len() - part.trim_start().len()) as u32;
            let text = part.trim();
            start += part.len() as u32 + 1;
            let end = begin + text.len() as u32;
            let text = Spanned { value: text.to_string(), span: Span { start: begin, end } };
            let source = source(names, &text);
            citations.entry(bracket.line).or_default().push(Citation { source, text });
        }
    }
    citations
}

/// The longest declared name a citation begins with, else its first word.
fn source(names: &Names, text: &Spanned<alloc::string::String>) -> Name {
    let words = lex_words(&text.value);
    let found = names.longest_at(&words).map_or(1, |found| found.length);
    let taken = words.get(..found).unwrap_or_default();
    Name { key: names::key_of(taken), span: names::span_of(taken).after(text.span.start) }
}
