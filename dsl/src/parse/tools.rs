//! Which of the texts of a policy uses which, in an order in which each comes after all it
//! uses.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::uses::uses;
use crate::diagnostic::Diagnostic;
use crate::lex::lex;
use crate::outline::{Block, BlockKind, outline};
use crate::source::{Source, SourceText, Span};
use crate::syntax::{Tool, Uses};

/// A text with its blocks, whose places are in the whole.
pub(super) struct Text<'s> {
    /// Where it begins.
    pub(super) start: u32,
    pub(super) blocks: Vec<Block<'s>>,
    /// What it is to the policy; none for the policy's own text.
    pub(super) tool: Option<Tool>,
    /// The texts it uses, by their places in the order.
    pub(super) uses: Vec<usize>,
}

/// The most tools that a policy uses, through others too.
const MOST_TOOLS: usize = 32;

/// A mistake of texts that use each other. Spans are of the whole.
enum ToolMistake<'t> {
    /// `from "care.policy"` without a text of this name
    TextMissing { file: &'t str, at: Span },
    /// a tool that uses the policy by which it is used
    UsesInACircle { file: &'t str, at: Span },
    /// a 33rd tool
    TooManyTools { at: Span },
    /// `as CC` for two texts
    AliasTwice { alias: &'t str, files: [&'t str; 2], again: Span, first: Span },
    /// `from "care.policy"` as `CC` and as `DD`
    ToolTwice { file: &'t str, again: Span, first: Span },
}

impl ToolMistake<'_> {
    fn diagnostic(&self) -> Diagnostic {
        match *self {
            ToolMistake::TextMissing { file, at } => {
                Diagnostic::error("text-missing", format!("there is no text `{file}`"), at)
                    .here("this is used, and was not found beside the policy")
                    .help("put the file into the folder of the policy, or mend its name")
            }
            ToolMistake::UsesInACircle { file, at } => Diagnostic::error(
                "uses-in-a-circle",
                format!("`{file}` is used by a text that it uses itself"),
                at,
            )
            .here("this closes the circle")
            .help("take one of the lines `uses` out: a tool stands by itself"),
            ToolMistake::TooManyTools { at } => Diagnostic::error(
                "too-many-tools",
                format!("this is one more than the {MOST_TOOLS} tools that a policy may use"),
                at,
            )
            .help("write several of them as one"),
            ToolMistake::AliasTwice { alias, files: [one, other], again, first } => {
                let message = format!("`{alias}` stands for two tools, `{one}` and `{other}`");
                Diagnostic::error("alias-twice", message, again)
                    .and(first, "the first one")
                    .help("cite one of them by another word")
            }
            ToolMistake::ToolTwice { file, again, first } => {
                Diagnostic::error("tool-twice", format!("`{file}` is cited by two words"), again)
                    .and(first, "cited by this one as well")
                    .help("cite it by one word, in every text that uses it")
            }
        }
    }
}

/// The texts of a source, each after all it uses and the policy last, or what is wrong with
/// what they use.
pub(super) fn in_order(source: &Source) -> Result<Vec<Text<'_>>, Vec<Diagnostic>> {
    let texts: Vec<SourceText<'_>> = source.texts().collect();
    let mut walk = Walk {
        places: (0..).zip(&texts).map(|(place, text)| (text.name, place)).collect(),
        texts: &texts,
        states: texts.iter().map(|_| State::New).collect(),
        ordered: Vec::new(),
        aliases: BTreeMap::new(),
        diagnostics: Vec::new(),
    };
    walk.visit(0, None);
    match walk.diagnostics.is_empty() {
        true => Ok(walk.ordered),
        false => Err(walk.diagnostics),
    }
}

#[derive(Clone, Copy)]
enum State {
    New,
    Open,
    /// With its place in the order.
    Done(usize),
}

struct Walk<'w, 's> {
    texts: &'w [SourceText<'s>],
    places: BTreeMap<&'s str, usize>,
    states: Vec<State>,
    ordered: Vec<Text<'s>>,
    /// The file that each alias stands for, and where.
    aliases: BTreeMap<String, (String, Span)>,
    diagnostics: Vec<Diagnostic>,
}

impl<'s> Walk<'_, 's> {
    /// Puts a text in the order after all it uses. A text uses at most as many as there are, so
    /// this nests no deeper.
    fn visit(&mut self, place: usize, alias: Option<String>) {
        let Some(text) = self.texts.get(place).copied() else { return };
        self.set(place, State::Open);
        let blocks: Vec<Block<'s>> = outline(text.text)
            .into_iter()
            .map(|block| Block { span: block.span.after(text.start), ..block })
            .collect();
        let mut used = Vec::new();
        for block in blocks.iter().filter(|block| block.kind == BlockKind::Uses) {
            match uses(block, &lex(block)) {
                Ok(line) => used.extend(self.follow(&line, block)),
                Err(error) => self.diagnostics.push(error.diagnostic(block)),
            }
        }
        let span = Span { start: text.start, end: text.start + text.text.len() as u32 };
        let tool = alias.map(|alias| Tool { file: String::from(text.name), alias, span });
        self.set(place, State::Done(self.ordered.len()));
        self.ordered.push(Text { start: text.start, blocks, tool, uses: used });
    }

    /// The place in the order of the text that a line names.
    fn follow(&mut self, line: &Uses, block: &Block<'s>) -> Option<usize> {
        let at = line.file.span.after(block.span.start);
        let file = line.file.value.as_str();
        let Some(place) = self.places.get(file).copied() else {
            self.report(&ToolMistake::TextMissing { file, at });
            return None;
        };
        self.name(line, block)?;
        match self.states.get(place)? {
            State::Open => {
                self.report(&ToolMistake::UsesInACircle { file, at });
                return None;
            }
            State::New if self.aliases.len() > MOST_TOOLS => {
                self.report(&ToolMistake::TooManyTools { at });
                return None;
            }
            State::New => self.visit(place, Some(String::from(line.alias.span.of(block.text)))),
            State::Done(_) => {}
        }
        match self.states.get(place)? {
            State::Done(place) => Some(*place),
            _ => None,
        }
    }

    /// Keeps what a tool is cited by: one word for one text, wherever it is used.
    fn name(&mut self, line: &Uses, block: &Block<'_>) -> Option<()> {
        let (file, key) = (&line.file.value, &line.alias.key);
        let span = line.alias.span.after(block.span.start);
        let other = self.aliases.iter().find(|(alias, (known, _))| known == file && *alias != key);
        let mistake = match (self.aliases.get(key), other) {
            (Some((known, first)), _) if known != file => {
                let alias = line.alias.span.of(block.text);
                let files = [known.as_str(), file.as_str()];
                ToolMistake::AliasTwice { alias, files, again: span, first: *first }
            }
            (_, Some((_, (_, first)))) => {
                ToolMistake::ToolTwice { file, again: span, first: *first }
            }
            _ => {
                self.aliases.entry(key.clone()).or_insert_with(|| (file.clone(), span));
                return Some(());
            }
        };
        let diagnostic = mistake.diagnostic();
        self.diagnostics.push(diagnostic);
        None
    }

    fn report(&mut self, mistake: &ToolMistake<'_>) {
        self.diagnostics.push(mistake.diagnostic());
    }

    fn set(&mut self, place: usize, state: State) {
        if let Some(kept) = self.states.get_mut(place) {
            *kept = state;
        }
    }
}
