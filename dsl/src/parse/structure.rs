//! The whole text: what is no policy at all, what is missing, twice or out of order.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::MOST_BYTES;
use super::clause::Outcome;
use crate::diagnostic::Diagnostic;
use crate::lex::Lexed;
use crate::outline::{Block, BlockKind};
use crate::source::Span;
use crate::syntax::Item;

/// A mistake of the whole text. Spans are of the whole text.
enum StructureMistake<'t> {
    /// a text over 1 MiB
    TextTooLarge,
    /// a text with a byte that no text has, such as the bytes of a picture
    NotText { at: Span },
    /// an empty text, or nothing but comments
    PolicyEmpty,
    /// `rates of pay` in the first column
    LineUnknown { line: Span, words: &'t str },
    /// `    fast track` before anything in the first column
    LineContinuesNothing { line: Span },
    /// no line beginning `about`
    HeaderMissing { word: &'t str, example: &'t str },
    /// `about` twice
    HeaderTwice { again: Span, first: Span, word: &'t str },
    /// `about` after `facts`
    HeaderOutOfOrder { line: Span, word: &'t str, before: &'t str },
    /// `4.1` before any section
    ClauseOutsideSection { clause: Span, number: &'t str, section: &'t str },
    /// `4.1` twice
    ClauseTwice { again: Span, first: Span, number: &'t str },
    /// `4.10`, then `4.9`
    ClauseOutOfOrder { clause: Span, number: &'t str, before: &'t str },
    /// `4  Shares` twice
    SectionTwice { again: Span, first: Span, number: &'t str },
    /// `5  Rates`, then `4  Shares`
    SectionOutOfOrder { section: Span, number: &'t str, before: &'t str },
    /// `"Three highs"` before `examples`
    ExampleOutsideExamples { example: Span },
    /// `"Three highs"` twice
    ExampleTwice { again: Span, first: Span, name: &'t str },
}

impl StructureMistake<'_> {
    fn diagnostic(&self) -> Diagnostic {
        match *self {
            StructureMistake::TextTooLarge => Diagnostic::error(
                "text-too-large",
                "the text is larger than 1 MiB, the most a policy has",
                Span::default(),
            ),
            StructureMistake::NotText { at } => Diagnostic::error(
                "not-text",
                "this is not a text: it holds a control character",
                at,
            )
            .help("save the policy as plain text in UTF-8"),
            StructureMistake::PolicyEmpty => Diagnostic::error(
                "policy-empty",
                "there is no policy in this text",
                Span::default(),
            )
            .help("begin with `policy` and the name of the policy"),
            StructureMistake::LineUnknown { line, words } => Diagnostic::error(
                "line-unknown",
                format!("`{words}` begins nothing that a policy has"),
                line,
            )
            .here("stands in the first column")
            .help("indent it if it continues the line above"),
            StructureMistake::LineContinuesNothing { line } => Diagnostic::error(
                "line-continues-nothing",
                "this line is indented, but there is nothing above for it to continue",
                line,
            )
            .help("begin it in the first column"),
            StructureMistake::HeaderMissing { word, example } => Diagnostic::error(
                "header-missing",
                format!("no line begins with `{word}`"),
                Span::default(),
            )
            .help(format!("add a line such as `{example}`")),
            StructureMistake::HeaderTwice { again, first, word } => {
                Diagnostic::error("header-twice", format!("`{word}` stands here twice"), again)
                    .and(first, "first here")
                    .help("join both into one")
            }
            StructureMistake::HeaderOutOfOrder { line, word, before } => Diagnostic::error(
                "header-out-of-order",
                format!("`{word}` comes after `{before}`"),
                line,
            )
            .help(format!("move it before `{before}`")),
            _ => self.numbered(),
        }
    }

    /// The mistakes of sections, clauses and examples.
    fn numbered(&self) -> Diagnostic {
        match *self {
            StructureMistake::ClauseOutsideSection { clause, number, section } => {
                Diagnostic::error(
                    "clause-outside-section",
                    format!("clause {number} stands outside section {section}"),
                    clause,
                )
                .help(format!(
                    "put it below the line `{section}  Title`, or number it by its section"
                ))
            }
            StructureMistake::ClauseTwice { again, first, number } => {
                Diagnostic::error("clause-twice", format!("there are two clauses {number}"), again)
                    .and(first, "the first one")
                    .help("give this one the next number")
            }
            StructureMistake::ClauseOutOfOrder { clause, number, before } => Diagnostic::error(
                "clause-out-of-order",
                format!("clause {number} comes after clause {before}"),
                clause,
            )
            .help(format!("clause numbers rise; one put in after {before} is {before}A")),
            StructureMistake::SectionTwice { again, first, number } => Diagnostic::error(
                "section-twice",
                format!("there are two sections {number}"),
                again,
            )
            .and(first, "the first one")
            .help("give this one the next number"),
            StructureMistake::SectionOutOfOrder { section, number, before } => Diagnostic::error(
                "section-out-of-order",
                format!("section {number} comes after section {before}"),
                section,
            )
            .help("section numbers rise"),
            StructureMistake::ExampleOutsideExamples { example } => Diagnostic::error(
                "example-outside-examples",
                "an example stands before the line `examples`",
                example,
            )
            .help("put a line `examples` above the first example"),
            StructureMistake::ExampleTwice { again, first, name } => Diagnostic::error(
                "example-twice",
                format!("there are two examples named `{name}`"),
                again,
            )
            .and(first, "the first one")
            .help("give one of them another name"),
            _ => Diagnostic::error("policy-empty", "there is no policy", Span::default()),
        }
    }
}

/// What makes a text no policy at all.
pub(super) fn text_mistake(text: &str) -> Option<Diagnostic> {
    if text.len() > MOST_BYTES {
        return Some(StructureMistake::TextTooLarge.diagnostic());
    }
    let is_control =
        |c: char| (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || c == '\u{fffd}';
    if let Some((at, control)) = text.char_indices().find(|&(_, c)| is_control(c)) {
        let at = Span { start: at as u32, end: (at + control.len_utf8()) as u32 };
        return Some(StructureMistake::NotText { at }.diagnostic());
    }
    let is_empty = |line: &str| {
        let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        line.is_empty() || line.starts_with("--")
    };
    text.lines().all(is_empty).then(|| StructureMistake::PolicyEmpty.diagnostic())
}

/// A block that begins with no word of the language.
pub(super) fn stray(block: &Block<'_>, lexed: &Lexed) -> Outcome {
    let broken = Item::Broken { number: None };
    let Some(first) = lexed.tokens.first() else { return (broken, Vec::new()) };
    let line = lexed.tokens.iter().take_while(|token| token.line == first.line);
    let line: Vec<_> = line.cloned().collect();
    let span = crate::names::span_of(&line);
    let place = span.after(block.span.start);
    let mistake = match first.column {
        0 => StructureMistake::LineUnknown { line: place, words: span.of(block.text) },
        _ => StructureMistake::LineContinuesNothing { line: place },
    };
    (broken, Vec::from([mistake.diagnostic()]))
}

/// What is missing, twice or out of order among the blocks.
pub(super) fn mistakes(blocks: &[(Block<'_>, Lexed)]) -> Vec<Diagnostic> {
    let mut order = Order::default();
    for (block, lexed) in blocks {
        order.block(block, lexed);
    }
    order.missing();
    order.diagnostics
}

/// A clause number as it is counted: section, clause, and the letter of one put in between.
type Number = (u64, u64, Option<char>);

/// Walks the blocks in order and remembers what has come.
#[derive(Default)]
struct Order {
    diagnostics: Vec<Diagnostic>,
    seen: BTreeMap<BlockKind, Span>,
    /// The last kind of block in the order of kinds.
    last_kind: Option<BlockKind>,
    section: Option<(u64, String)>,
    clause: Option<(Number, String)>,
    /// Whether a line that begins nothing stands above the next clause.
    is_after_stray: bool,
    sections: BTreeMap<u64, Span>,
    clauses: BTreeMap<Number, Span>,
    examples: BTreeMap<String, Span>,
}

impl Order {
    fn report(&mut self, mistake: &StructureMistake<'_>) {
        self.diagnostics.push(mistake.diagnostic());
    }

    fn block(&mut self, block: &Block<'_>, lexed: &Lexed) {
        let Some(first) = lexed.tokens.first() else { return };
        let place = first.span.after(block.span.start);
        match block.kind {
            // What could not be read may have been a section: its clauses are not reported.
            BlockKind::Stray => self.is_after_stray = true,
            BlockKind::Section => self.section(place, &first.key),
            BlockKind::Clause => self.clause(place, &first.key),
            BlockKind::Example => self.example(place, &first.key),
            _ => self.header(block.kind, place),
        }
    }

    fn header(&mut self, kind: BlockKind, place: Span) {
        let word = header_word(kind);
        if let Some(&first) = self.seen.get(&kind)
            && !matches!(
                kind,
                BlockKind::Uses | BlockKind::Levels | BlockKind::Family | BlockKind::Group
            )
        {
            self.report(&StructureMistake::HeaderTwice { again: place, first, word });
            return;
        }
        self.seen.insert(kind, place);
        self.in_order(kind, place);
    }

    /// Header words stand in the order of [`BlockKind`].
    fn in_order(&mut self, kind: BlockKind, place: Span) {
        match self.last_kind.filter(|&last| last > kind) {
            Some(last) => {
                let (word, before) = (header_word(kind), header_word(last));
                self.report(&StructureMistake::HeaderOutOfOrder { line: place, word, before });
            }
            None => self.last_kind = Some(kind),
        }
    }

    fn section(&mut self, place: Span, number: &str) {
        self.in_order(BlockKind::Section, place);
        let key = number.parse().unwrap_or(u64::MAX);
        if let Some(&first) = self.sections.get(&key) {
            self.report(&StructureMistake::SectionTwice { again: place, first, number });
        } else if let Some((_, before)) = self.section.clone().filter(|&(last, _)| last > key) {
            let before = before.as_str();
            self.report(&StructureMistake::SectionOutOfOrder { section: place, number, before });
        }
        self.sections.entry(key).or_insert(place);
        self.section = Some((key, String::from(number)));
    }

    fn clause(&mut self, place: Span, number: &str) {
        let key = clause_key(number);
        let section = number.split('.').next().unwrap_or_default();
        if let Some(&first) = self.clauses.get(&key) {
            self.report(&StructureMistake::ClauseTwice { again: place, first, number });
        } else if self.section.as_ref().map(|(last, _)| *last) != Some(key.0) {
            if !self.is_after_stray {
                self.report(&StructureMistake::ClauseOutsideSection {
                    clause: place,
                    number,
                    section,
                });
            }
            // One line for each run of clauses outside their section.
            self.section = Some((key.0, String::from(section)));
        } else if let Some((_, before)) = self.clause_above(key) {
            let before = before.as_str();
            self.report(&StructureMistake::ClauseOutOfOrder { clause: place, number, before });
        }
        self.is_after_stray = false;
        self.clauses.entry(key).or_insert(place);
        self.clause = Some((key, String::from(number)));
    }

    /// The clause above in the same section, where its number is higher.
    fn clause_above(&self, key: Number) -> Option<(Number, String)> {
        self.clause.clone().filter(|&(last, _)| last.0 == key.0 && last > key)
    }

    fn example(&mut self, place: Span, name: &str) {
        if !self.seen.contains_key(&BlockKind::Examples) {
            self.report(&StructureMistake::ExampleOutsideExamples { example: place });
            self.seen.insert(BlockKind::Examples, place);
        }
        match self.examples.get(name) {
            Some(&first) => {
                self.report(&StructureMistake::ExampleTwice { again: place, first, name });
            }
            None => {
                self.examples.insert(String::from(name), place);
            }
        }
    }

    fn missing(&mut self) {
        let needed = [
            (BlockKind::Policy, "policy", "policy    Who pays for continuing care"),
            (BlockKind::About, "about", "about     a child"),
            (BlockKind::Version, "version", "version   1, in force from 1 April 2026"),
        ];
        for (kind, word, example) in needed {
            if !self.seen.contains_key(&kind) {
                self.report(&StructureMistake::HeaderMissing { word, example });
            }
        }
    }
}

fn clause_key(number: &str) -> Number {
    let (section, clause) = number.split_once('.').unwrap_or((number, ""));
    let letter = clause.chars().last().filter(|last| last.is_ascii_uppercase());
    let digits = clause.trim_end_matches(|c: char| c.is_ascii_uppercase());
    let number = |text: &str| text.parse().unwrap_or(u64::MAX);
    (number(section), number(digits), letter)
}

fn header_word(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Policy => "policy",
        BlockKind::Language => "language",
        BlockKind::About => "about",
        BlockKind::Between => "between",
        BlockKind::Panels => "panels",
        BlockKind::Version => "version",
        BlockKind::DatedBy => "dated by",
        BlockKind::Sources => "sources",
        BlockKind::Uses => "uses",
        BlockKind::Levels => "levels of",
        BlockKind::Facts => "facts",
        BlockKind::Family => "a family of facts",
        BlockKind::Group => "group",
        BlockKind::Section | BlockKind::Clause => "the first section",
        BlockKind::Examples | BlockKind::Example => "examples",
        BlockKind::Stray => "this line",
    }
}
