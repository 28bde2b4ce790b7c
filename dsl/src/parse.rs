//! Text to syntax tree: what could be read, and every mistake.
//!
//! The outline cuts the text into blocks, the names of all blocks are collected, and then
//! each block is read by its own pattern. A mistake in one block never hides or causes
//! another.

use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::vec::Vec;

use crate::diagnostic::{Diagnostic, Findings};
use crate::lex::{LexMistake, Lexed, lex, lex_words};
use crate::names::{self, Declarations, LostWords, Names};
use crate::outline::{Block, BlockKind};
use crate::source::{Source, Span};
use crate::syntax::{self, Citation, Item, Name, Policy, Spanned};

pub(crate) mod synonym;
mod expected;
mod error;
mod table_error;
mod tokens;
mod literal;
mod expression;
mod day;
mod in_force;
mod dated_text;
mod condition;
mod table;
mod shares;
mod payment;
mod promise;
mod deciding;
mod unknown;
mod clause;
mod structure;
mod fact_type;
mod header;
mod uses;
mod tools;
mod example;

use clause::{Outcome, clause};
use error::{Expected, Mistake, ParseError};
use header::Header;
use structure::Order;
use tokens::{Context, Tokens};
use tools::Text;
pub use uses::files_used;

/// The most bytes a policy has.
pub const MOST_BYTES: usize = 1 << 20;

/// The most words and signs a policy has: some eight thousand lines, or 2,500 clauses.
///
/// What is made of a policy takes up to a thousand bytes for each, so this keeps it under
/// 50 MiB, whatever the text.
pub const MOST_WORDS: usize = 80_000;

/// What was read of a policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The policy, block by block; a block with a mistake is there as broken.
    pub policy: Policy,
    /// The mistakes, in the order of the text; where there are very many, the first of each kind
    /// and a note of how many are left out.
    pub diagnostics: Vec<Diagnostic>,
    /// The names the policy declares, also in blocks that could not be read.
    pub names: Names,
}

/// Reads the text of a policy that uses no other.
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
    parse_all(&Source::new("policy", text))
}

/// Reads a policy with the texts it uses.
///
/// A tool is read as it would be by itself; a policy is read with its own names and those of
/// its tools. The examples of tools are their own, and left out here. Where a text that is used
/// is missing, or the texts use each other in a circle, only that is said.
#[must_use]
pub fn parse_all(source: &Source) -> Parsed {
    let mistakes =
        structure::text_mistake(source).map_or_else(Vec::new, |mistake| Vec::from([mistake]));
    let texts = match mistakes.is_empty() {
        true => tools::in_order(source),
        false => Err(mistakes),
    };
    let texts = match texts {
        Ok(texts) => texts,
        Err(diagnostics) => return Parsed { diagnostics, ..Parsed::default() },
    };
    let mut policy = Policy::default();
    let mut names: Vec<Names> = Vec::with_capacity(texts.len());
    let mut declarations = Declarations::new();
    let mut all = Vec::new();
    for text in texts {
        let mut read = TextRead::new(source, &text, &names);
        read.declarations.iter_mut().for_each(|it| it.block += policy.blocks.len());
        declarations.append(&mut read.declarations);
        policy.blocks.append(&mut read.blocks);
        policy.tools.extend(text.tool);
        names.push(read.names);
        all.append(&mut read.findings);
    }
    let names = names.pop().unwrap_or_default();
    let broken: Vec<bool> =
        policy.blocks.iter().map(|block| matches!(block.item, Item::Broken { .. })).collect();
    let mut of_names = Findings::default();
    let mistakes = names::mistakes(&names, &declarations);
    let mistakes = mistakes.iter().filter(|mistake| mistake.stands_in(&broken));
    of_names.extend(mistakes.map(|mistake| mistake.diagnostic()));
    all.push(of_names);
    if !policy.tools.is_empty() {
        let own = |block: &syntax::Block| policy.tools.iter().all(|tool| !tool.has(block.span));
        policy.blocks.retain(|block| own(block) || !is_of_examples(&block.item));
    }
    Parsed { policy, diagnostics: Findings::joined(all), names }
}

/// What is read of one text.
struct TextRead {
    names: Names,
    declarations: Declarations,
    blocks: Vec<syntax::Block>,
    findings: Vec<Findings>,
}

impl TextRead {
    /// Reads a text with its own names and those of the texts it uses, which are read already.
    fn new(source: &Source, text: &Text<'_>, read: &[Names]) -> TextRead {
        let mut names = Names::default();
        for used in text.uses.iter().filter_map(|&used| read.get(used)) {
            names.inherit(used);
        }
        // Tokens take more room than the text: they are made block by block, once for the names
        // and once for the sentences, and never kept.
        let (mut names, mut declarations) = names::collect(names, &text.blocks);
        for declaration in &mut declarations {
            declaration.tool = text.tool.as_ref().map(|tool| tool.alias.clone());
        }
        let mut reader = Reader::new(&names);
        let blocks = text.blocks.iter().map(|block| reader.block(block, &lex(block))).collect();
        let Reader { findings, unknown, lost, order, .. } = reader;
        names.lose(lost);
        let of_unknown = unknown::diagnostics(source.text(), &mut names, &unknown);
        let begin = Span { start: text.start, end: text.start };
        let findings = Vec::from([findings, of_unknown, order.findings(begin)]);
        TextRead { names, declarations, blocks, findings }
    }
}

fn is_of_examples(item: &Item) -> bool {
    matches!(item, Item::Examples | Item::Example(_))
}

/// Reads block after block, and keeps the mistakes in them.
struct Reader<'n> {
    names: &'n Names,
    findings: Findings,
    /// The unknown names, with their place in the whole text.
    unknown: Vec<Name>,
    /// The words of blocks with a mistake, which may declare what is not found.
    lost: LostWords,
    order: Order,
    /// How many near names have been looked for.
    compared: usize,
}

impl<'n> Reader<'n> {
    fn new(names: &'n Names) -> Reader<'n> {
        Reader {
            names,
            findings: Findings::default(),
            unknown: Vec::new(),
            lost: LostWords::default(),
            order: Order::default(),
            compared: 0,
        }
    }
}

impl Reader<'_> {
    fn block(&mut self, block: &Block<'_>, lexed: &Lexed) -> syntax::Block {
        self.order.block(block, lexed);
        let mut context = Context::new(self.names, block.text);
        context.compared.set(self.compared);
        context.rows = &lexed.rows;
        context.first_line = lexed.tokens.first().map_or(0, |first| first.line);
        context.citations = citations(self.names, block, lexed);
        let of_text = lexed.mistakes.iter().map(|mistake| mistake.diagnostic(block));
        let misspelt = structure::misspelt(block, lexed).into_iter();
        let misplaced = structure::outside_clause(block, lexed);
        let of_text: Vec<Diagnostic> = misspelt.chain(misplaced).chain(of_text).collect();
        let (mut item, diagnostics) = item(block, lexed, &context);
        self.compared = context.compared.get();
        if lexed.mistakes.iter().any(|mistake| matches!(mistake, LexMistake::LineUnknown { .. })) {
            item = without_sentences(item);
        }
        if !(of_text.is_empty() && diagnostics.is_empty()) {
            self.lost.add(&lexed.tokens);
        }
        // What the lexer could not read explains whatever the block lacks.
        if lexed.mistakes.is_empty() {
            self.findings.extend(diagnostics);
            let unknown = context.unknown.take().into_iter();
            let start = block.span.start;
            let unknown = unknown.map(|name| Name { span: name.span.after(start), ..name });
            self.unknown.extend(unknown);
        }
        self.findings.extend(of_text);
        let comments = lexed
            .comments
            .iter()
            .map(|&span| Spanned { value: span.of(block.text).to_string(), span });
        syntax::Block { span: block.span, item, comments: comments.collect() }
    }
}

/// An item whose sentences may not be its own: a line below it begins in the first column.
fn without_sentences(item: Item) -> Item {
    match item {
        Item::Clause(clause) => Item::Broken { number: Some(clause.number) },
        Item::Example(_) => Item::Broken { number: None },
        other => other,
    }
}

/// Reads a block by the pattern its first line says.
fn item<'t>(block: &Block<'t>, lexed: &'t Lexed, context: &'t Context<'t>) -> Outcome {
    let header = Header { block, lexed, context };
    if let Some(outcome) = structure::lines_below(block, lexed) {
        return outcome;
    }
    match block.kind {
        BlockKind::Policy => header.title(),
        BlockKind::Language => header.language(),
        BlockKind::About => header.about(),
        BlockKind::Between => header.declared(Item::Parties),
        BlockKind::Panels => header.declared(Item::Panels),
        BlockKind::Version => header.version(),
        BlockKind::DatedBy => header.dated_by(),
        BlockKind::Sources => header.declared(Item::Sources),
        BlockKind::Uses => header.uses(),
        BlockKind::Levels => header.levels(),
        BlockKind::Facts => header.facts(),
        BlockKind::Family => header.family(),
        BlockKind::Group => header.group(),
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
