//! A policy as it was probably meant: each name that is one slip away from a declared one read as
//! that one. What is found in it is told at its place in the text as it stands.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::Diagnostic;
use crate::naming::listed;
use crate::parse::{Parsed, parse_all};
use crate::source::{Source, Span};

/// How often is looked for slips anew: of a name that stands in several places one is told.
const MOST_ROUNDS: usize = 16;

/// A text as it was probably meant.
pub(crate) struct Mended {
    pub(crate) source: Source,
    pub(crate) parsed: Parsed,
    /// What was put for what, one round after the other, each in the order of the text.
    rounds: Vec<Vec<Edit>>,
    /// `a for b`, each once.
    read: Vec<String>,
}

/// What was put in the place of something.
struct Edit {
    before: Span,
    after: Span,
}

impl Mended {
    /// The text with every slip mended whose right name is known. `slips` finds them in a text that
    /// is read.
    pub(crate) fn of(
        source: &Source,
        slips: impl Fn(&Source, &Parsed) -> Vec<Diagnostic>,
    ) -> Mended {
        let parsed = parse_all(source);
        let mut mended =
            Mended { source: source.clone(), parsed, rounds: Vec::new(), read: Vec::new() };
        for _ in 0..MOST_ROUNDS {
            let found = slips(&mended.source, &mended.parsed);
            if !mended.mend(&found) {
                break;
            }
        }
        mended
    }

    /// Puts what was meant for each slip; whether there was one.
    fn mend(&mut self, slips: &[Diagnostic]) -> bool {
        let mut meant: Vec<(Span, &str)> =
            slips.iter().filter_map(|it| Some((it.span(), it.meant.as_deref()?))).collect();
        meant.sort_unstable();
        meant.dedup_by_key(|(span, _)| *span);
        let (mut text, mut edits, mut done) = (String::new(), Vec::new(), 0);
        for (before, meant) in &meant {
            if before.start < done || before.start == before.end {
                continue;
            }
            let written = before.of(self.source.text());
            let read = format!("`{meant}` is read for `{}`", words(written));
            if !self.read.contains(&read) {
                self.read.push(read);
            }
            text.push_str(Span { start: done, end: before.start }.of(self.source.text()));
            let start = length(&text);
            text.push_str(meant);
            edits.push(Edit { before: *before, after: Span { start, end: length(&text) } });
            done = before.end;
        }
        if edits.is_empty() {
            return false;
        }
        let end = length(self.source.text());
        text.push_str(Span { start: done, end }.of(self.source.text()));
        self.source = self.source.with_text(text, |start| place(&edits, start, true));
        self.parsed = parse_all(&self.source);
        self.rounds.push(edits);
        true
    }

    /// What is told of the mended text, told of the text as it stands.
    pub(crate) fn told_as_written(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        for label in &mut diagnostic.labels {
            for edits in self.rounds.iter().rev() {
                label.span.start = place(edits, label.span.start, false);
                label.span.end = place(edits, label.span.end, false);
            }
        }
        match self.read.is_empty() {
            true => diagnostic,
            false => diagnostic.note(format!("this is so where {}", listed(&self.read))),
        }
    }
}

/// Where a place is after some edits, or where it was before them.
fn place(edits: &[Edit], place: u32, is_before: bool) -> u32 {
    let mut moved = place;
    for Edit { before, after } in edits {
        let (from, to) = if is_before { (before, after) } else { (after, before) };
        if place >= from.end {
            moved = to.end + (place - from.end);
        } else if place > from.start {
            return to.end.min(to.start + (place - from.start));
        }
    }
    moved
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
