//! The whole text: what is no policy at all, what is missing, twice or out of order.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::clause::Outcome;
use super::{MOST_BYTES, MOST_WORDS};
use crate::diagnostic::{Diagnostic, Findings};
use crate::lex::{LexMistake, Lexed};
use crate::names::days_length;
use crate::outline::{Block, BlockKind};
use crate::source::{Source, SourceText, Span};
use crate::syntax::Item;
use crate::token::{Token, TokenKind};

/// A mistake of the whole text. Spans are of the whole text.
enum StructureMistake<'t> {
    /// a text over 1 MiB
    TextTooLarge,
    /// `+` 200,000 times
    TextTooDense { at: Span },
    /// a text with a byte that no text has, such as the bytes of a picture
    NotText { at: Span },
    /// an empty text, or nothing but comments
    PolicyEmpty { begin: Span },
    /// `Dear colleagues` above the policy
    LineBeforePolicy { line: Span },
    /// A table below `facts`
    RowsOutsideClause { rows: Span },
    /// `4  Shares of the care cost   [SLA 4]`
    CitationOutsideClause { citation: Span },
    /// `source` for `sources`
    HeaderMisspelt { line: Span, written: &'t str, meant: &'t str },
    /// `about  a child` with the parties below it, and no `between`
    LinesBelowHeader { lines: Span, word: &'t str },
    /// `between  the ICB  NHS Northshire ICB` on one line
    WordsBesideHeader { words: Span, word: &'t str },
    /// `    fast track` before anything in the first column
    LineContinuesNothing { line: Span },
    /// no line beginning `about`
    HeaderMissing { begin: Span, word: &'t str, example: &'t str },
    /// `about` twice
    HeaderTwice { again: Span, first: Span, word: &'t str },
    /// `about` after `facts`
    HeaderOutOfOrder { line: Span, word: &'t str, before: &'t str },
    /// `4.1` before any section
    ClauseOutsideSection { clause: Span, number: &'t str, section: &'t str },
    /// `4.1` twice
    ClauseTwice { again: Span, first: Span, number: &'t str, is_dated: bool },
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
            )
            .help("part it into several policies, or see whether the right file was taken"),
            StructureMistake::TextTooDense { at } => Diagnostic::error(
                "text-too-dense",
                format!("the text has more than {MOST_WORDS} words and signs, the most a policy has"),
                at,
            )
            .here("one too many")
            .help("part it into several policies, or see whether the right file was taken"),
            StructureMistake::NotText { at } => Diagnostic::error(
                "not-text",
                "this is no text: it holds what no one can read",
                at,
            )
            .help("save the policy as plain text in UTF-8"),
            StructureMistake::RowsOutsideClause { rows } => Diagnostic::error(
                "rows-outside-clause",
                "a table stands in a clause, and here is none",
                rows,
            )
            .help("put it below the clause whose heading announces it"),
            StructureMistake::CitationOutsideClause { citation } => Diagnostic::error(
                "citation-outside-clause",
                "a citation stands at the end of a line of a clause, and here is none",
                citation,
            )
            .help("put it in a clause, or write round brackets if it belongs to the text"),
            StructureMistake::PolicyEmpty { begin } => Diagnostic::error(
                "policy-empty",
                "there is no policy in this text",
                begin,
            )
            .help("begin with `policy` and the name of the policy"),
            StructureMistake::LineBeforePolicy { line } => Diagnostic::error(
                "line-before-policy",
                "a policy begins with the line `policy`, and this stands above it",
                line,
            )
            .help("take it out, or put `--` before it to make it a comment"),
            StructureMistake::HeaderMisspelt { line, written, meant } => Diagnostic::error(
                "header-misspelt",
                format!("`{written}` begins nothing that a policy has"),
                line,
            )
            .help(format!("did you mean `{meant}`?")),
            StructureMistake::LinesBelowHeader { lines, word } => Diagnostic::error(
                "lines-below-header",
                format!("this line does not belong to `{word}`, below which it stands"),
                lines,
            )
            .help("write above it the header word it belongs to, such as `between`, `panels`, `sources` or `facts`"),
            StructureMistake::WordsBesideHeader { words, word } => Diagnostic::error(
                "words-beside-header",
                format!("`{word}` has a line of its own, and this stands beside it"),
                words,
            )
            .help("put it on the line below, with spaces before it"),
            StructureMistake::LineContinuesNothing { line } => Diagnostic::error(
                "line-continues-nothing",
                "this line is indented, but there is nothing above for it to continue",
                line,
            )
            .help("begin it in the first column"),
            StructureMistake::HeaderMissing { begin, word, example } => Diagnostic::error(
                "header-missing",
                format!("no line begins with `{word}`"),
                begin,
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
            StructureMistake::ClauseTwice { again, first, number, is_dated } => {
                Diagnostic::error("clause-twice", format!("there are two clauses {number}"), again)
                    .and(first, "the first one")
                    .help(match is_dated {
                        true => {
                            "say the days of each, one below the other: `(until 31 March 2026)`"
                        }
                        false => "give this one the next number",
                    })
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

/// What makes a text, or one that it uses, no policy at all.
pub(super) fn text_mistake(source: &Source) -> Option<Diagnostic> {
    if source.text().len() > MOST_BYTES {
        return Some(StructureMistake::TextTooLarge.diagnostic());
    }
    let mistakes = source.texts().find_map(mistake_of_one);
    let too_dense = || {
        word_too_many(source.text()).map(|at| StructureMistake::TextTooDense { at }.diagnostic())
    };
    mistakes.or_else(too_dense)
}

fn mistake_of_one(SourceText { text, start, .. }: SourceText<'_>) -> Option<Diagnostic> {
    let is_control =
        |c: char| (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || c == '\u{fffd}';
    if let Some((at, control)) = text.char_indices().find(|&(_, c)| is_control(c)) {
        let at = Span { start: at as u32, end: (at + control.len_utf8()) as u32 }.after(start);
        return Some(StructureMistake::NotText { at }.diagnostic());
    }
    let is_empty = |line: &str| {
        let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        line.is_empty() || line.starts_with("--")
    };
    let begin = Span { start, end: start };
    text.lines().all(is_empty).then(|| StructureMistake::PolicyEmpty { begin }.diagnostic())
}

/// The first word or sign that is one too many: a run of letters and digits, or any other
/// character that is no space.
///
/// What is made of a text takes memory for each of its words, so this bounds it.
fn word_too_many(text: &str) -> Option<Span> {
    if text.len() <= MOST_WORDS {
        return None;
    }
    let mut is_inside_word = false;
    let starts = text.char_indices().filter(|&(_, character)| {
        let is_part = character.is_alphanumeric();
        let is_start = !(character.is_whitespace() || is_inside_word && is_part);
        is_inside_word = is_part;
        is_start
    });
    let (at, character) = starts.into_iter().nth(MOST_WORDS)?;
    Some(Span { start: at as u32, end: (at + character.len_utf8()) as u32 })
}

/// What stands above the first line that begins something.
pub(super) fn stray(block: &Block<'_>, lexed: &Lexed) -> Outcome {
    let broken = Item::Broken { number: None };
    let Some(first) = lexed.tokens.first() else { return (broken, Vec::new()) };
    let line = lexed.tokens.iter().take_while(|token| token.line == first.line);
    let span = line.last().map_or(first.span, |last| first.span.to(last.span));
    let place = span.after(block.span.start);
    let mistake = match first.column {
        0 => StructureMistake::LineBeforePolicy { line: place },
        _ => StructureMistake::LineContinuesNothing { line: place },
    };
    (broken, Vec::from([mistake.diagnostic()]))
}

/// That lines stand below a header word that has one line only.
pub(super) fn lines_below(block: &Block<'_>, lexed: &Lexed) -> Option<Outcome> {
    let header = lexed.tokens.first()?.line;
    let may_go_on = match block.kind {
        BlockKind::About | BlockKind::Version | BlockKind::DatedBy => TokenKind::Comma,
        BlockKind::Levels => TokenKind::Less,
        _ => return None,
    };
    let begins_line = |pair: &&[Token]| match pair {
        [before, token] if token.starts_line => {
            let is_first = block.kind == BlockKind::Levels && before.line == header;
            !is_first && before.kind != may_go_on && token.kind != may_go_on
        }
        _ => false,
    };
    let below = lexed.tokens.windows(2).find(begins_line)?;
    let first = below.last()?;
    let mut line = lexed.tokens.iter().filter(|token| token.line == first.line);
    let lines = line.next_back().map_or(first.span, |last| first.span.to(last.span));
    let lines = lines.after(block.span.start);
    let word = header_word(block.kind);
    let mistake = StructureMistake::LinesBelowHeader { lines, word };
    Some((Item::Broken { number: None }, Vec::from([mistake.diagnostic()])))
}

/// That words stand beside a header word whose declarations are lines below it.
pub(super) fn words_beside(block: &Block<'_>, lexed: &Lexed) -> Option<Diagnostic> {
    let header = lexed.tokens.first()?.line;
    let beside = crate::names::after_header(&lexed.tokens, 1);
    let count = beside.iter().take_while(|token| token.line == header).count();
    let beside = beside.get(..count).filter(|beside| !beside.is_empty())?;
    let words = crate::names::span_of(beside).after(block.span.start);
    let word = header_word(block.kind);
    Some(StructureMistake::WordsBesideHeader { words, word }.diagnostic())
}

/// That a block begins with a slip of a header word.
pub(super) fn misspelt(block: &Block<'_>, lexed: &Lexed) -> Option<Diagnostic> {
    let meant = block.meant?;
    let words = meant.split(' ').count();
    let written = crate::names::span_of(lexed.tokens.get(..words)?);
    let line = written.after(block.span.start);
    let mistake = StructureMistake::HeaderMisspelt { line, written: written.of(block.text), meant };
    Some(mistake.diagnostic())
}

/// What stands only in a clause, and stands elsewhere: rows of a table, and citations.
pub(super) fn outside_clause(block: &Block<'_>, lexed: &Lexed) -> Vec<Diagnostic> {
    if matches!(block.kind, BlockKind::Clause | BlockKind::Stray) {
        return Vec::new();
    }
    let rows = lexed.rows.first().zip(lexed.rows.last()).map(|(first, last)| {
        let rows = first.span.to(last.span).after(block.span.start);
        StructureMistake::RowsOutsideClause { rows }.diagnostic()
    });
    let citations = lexed.citations.iter().map(|bracket| {
        let citation = bracket.span.after(block.span.start);
        StructureMistake::CitationOutsideClause { citation }.diagnostic()
    });
    rows.into_iter().chain(citations).collect()
}

/// A clause number as it is counted: section, clause, and the letter of one put in between.
type Number = (u64, u64, Option<char>);

/// Walks the blocks in order and remembers what has come.
#[derive(Default)]
pub(super) struct Order {
    findings: Findings,
    seen: BTreeMap<BlockKind, Span>,
    /// The last kind of block in the order of kinds.
    last_kind: Option<BlockKind>,
    section: Option<(u64, String)>,
    clause: Option<(Number, String)>,
    /// Whether the clause above says on which days it is in force.
    is_dated: bool,
    /// The section of the clauses at hand that stand outside it.
    outside: Option<u64>,
    /// Whether a line that begins nothing stands above the next clause.
    is_after_stray: bool,
    sections: BTreeMap<u64, Span>,
    clauses: BTreeMap<Number, Span>,
    examples: BTreeMap<String, Span>,
}

impl Order {
    /// What is missing, twice or out of order among the blocks of a text that begins here.
    pub(super) fn findings(mut self, begin: Span) -> Findings {
        self.missing(begin);
        self.findings
    }

    fn report(&mut self, mistake: &StructureMistake<'_>) {
        self.findings.add(mistake.diagnostic());
    }

    /// Looks at the next block.
    pub(super) fn block(&mut self, block: &Block<'_>, lexed: &Lexed) {
        let Some(first) = lexed.tokens.first() else { return };
        let place = first.span.after(block.span.start);
        match block.kind {
            BlockKind::Stray => self.is_after_stray = true,
            BlockKind::Section => self.section(place, &first.key),
            BlockKind::Clause => self.clause(place, &lexed.tokens),
            BlockKind::Example => self.example(place, &first.key),
            _ => self.header(block.kind, place),
        }
        // What could not be read may have been a section: its clauses are not reported.
        let is_unknown = |mistake: &LexMistake| matches!(mistake, LexMistake::LineUnknown { .. });
        if lexed.mistakes.iter().any(is_unknown) {
            self.is_after_stray = true;
        }
    }

    fn header(&mut self, kind: BlockKind, place: Span) {
        let word = header_word(kind);
        let may_repeat = matches!(
            kind,
            BlockKind::Uses | BlockKind::Levels | BlockKind::Family | BlockKind::Group
        );
        if let Some(&first) = self.seen.get(&kind).filter(|_| !may_repeat) {
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

    fn clause(&mut self, place: Span, tokens: &[Token]) {
        let Some((number, rest)) = tokens.split_first() else { return };
        let number = number.key.as_str();
        let is_dated = days_length(rest) > 0;
        let key = clause_key(number);
        let section = number.split('.').next().unwrap_or_default();
        let above = self.clause.as_ref().map(|(last, _)| *last);
        // Wordings of one clause stand one below the other, each with its days.
        let is_wording = is_dated && self.is_dated && above == Some(key);
        let was_dated = core::mem::replace(&mut self.is_dated, is_dated);
        if is_wording {
            return;
        }
        if let Some(&first) = self.clauses.get(&key) {
            let is_dated = is_dated || (was_dated && above == Some(key));
            self.report(&StructureMistake::ClauseTwice { again: place, first, number, is_dated });
        } else if self.section.as_ref().map(|(last, _)| *last) != Some(key.0) {
            let is_told = self.outside == Some(key.0);
            if !self.is_after_stray && !is_told {
                self.report(&StructureMistake::ClauseOutsideSection {
                    clause: place,
                    number,
                    section,
                });
            }
            // One line for each run of clauses outside their section.
            self.outside = Some(key.0);
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

    fn missing(&mut self, begin: Span) {
        let needed = [
            (BlockKind::Policy, "policy", "policy    Who pays for continuing care"),
            (BlockKind::About, "about", "about     a child"),
            (BlockKind::Version, "version", "version   1, in force from 1 April 2026"),
        ];
        for (kind, word, example) in needed {
            if !self.seen.contains_key(&kind) {
                self.report(&StructureMistake::HeaderMissing { begin, word, example });
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
