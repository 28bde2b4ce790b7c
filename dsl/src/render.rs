//! Diagnostics as text for people: the line, an arrow, what is wrong and what to do.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::diagnostic::{Diagnostic, Label};
use crate::source::{Place, Source, Span};

/// All diagnostics of a policy, one after the other with an empty line between.
#[must_use]
pub fn all(source: &Source, diagnostics: &[Diagnostic]) -> String {
    let drawn: Vec<String> = diagnostics.iter().map(|it| one(source, it)).collect();
    drawn.join("\n")
}

/// One diagnostic.
///
/// ```
/// use apportion::diagnostic::Diagnostic;
/// use apportion::source::{Source, Span};
///
/// let wrong = Diagnostic::error("no-share", "a share is a percent or a fraction", Span { start: 4, end: 6 })
///     .here("this is money").help("write `40%`");
/// let drawn = apportion::render::one(&Source::new("who.policy", "ICB £5"), &wrong);
/// assert_eq!(drawn, "\
/// error[no-share]: a share is a percent or a fraction
///  --> who.policy:1:5
///   |
/// 1 | ICB £5
///   |     ^ this is money
/// help: write `40%`
/// ");
/// ```
#[must_use]
pub fn one(source: &Source, diagnostic: &Diagnostic) -> String {
    let mut drawn =
        format!("{}[{}]: {}\n", diagnostic.severity.word(), diagnostic.code, diagnostic.message);
    let files = files_of(source, diagnostic);
    let lines = files.iter().flat_map(|file| &file.lines);
    let width = lines.map(|line| line.number.to_string().len()).max().unwrap_or(1);
    for (index, file) in files.iter().enumerate() {
        let Place { file: path, line, column } = &file.place;
        let arrow = if index == 0 { "-->" } else { ":::" };
        drawn.push_str(&format!("{:width$}{arrow} {path}:{line}:{column}\n", ""));
        if !file.lines.is_empty() {
            drawn.push_str(&format!("{:width$} |\n", ""));
        }
        let mut last = 0;
        for line in &file.lines {
            if last > 0 && line.number > last + 1 {
                drawn.push_str("...\n");
            }
            last = line.number;
            line.draw(width, &mut drawn);
        }
    }
    if let Some(clause) = &diagnostic.clause {
        drawn.push_str(&format!("{:width$} = in clause {clause}\n", ""));
    }
    for note in &diagnostic.notes {
        drawn.push_str(&format!("{:width$} = {note}\n", ""));
    }
    if let Some(help) = &diagnostic.help {
        drawn.push_str(&format!("help: {help}\n"));
    }
    drawn
}

/// The most characters of one line that are shown.
const MOST_SHOWN: usize = 400;

/// A file with the lines of it that are shown.
struct File<'a> {
    place: Place,
    lines: Vec<Line<'a>>,
}

/// A line of the text with the labels that begin on it.
struct Line<'a> {
    number: usize,
    text: &'a str,
    start: u32,
    labels: Vec<&'a Label>,
}

/// The files in which labels stand, that of the mistake itself first.
fn files_of<'a>(source: &'a Source, diagnostic: &'a Diagnostic) -> Vec<File<'a>> {
    let mut files: Vec<File<'a>> =
        Vec::from([File { place: source.place(diagnostic.span().start), lines: Vec::new() }]);
    for label in &diagnostic.labels {
        let place = source.place(label.span.start);
        let line = line_of(source, label, place.line);
        match files.iter_mut().find(|file| file.place.file == place.file) {
            Some(file) => file.add(line),
            None => {
                let mut file = File { place, lines: Vec::new() };
                file.add(line);
                files.push(file);
            }
        }
    }
    files.iter_mut().for_each(|file| file.lines.sort_by_key(|line| line.number));
    files
}

/// The line on which a label begins.
fn line_of<'a>(source: &'a Source, label: &'a Label, number: usize) -> Line<'a> {
    let text = source.text();
    let before = Span { start: source.text_at(label.span.start).start, end: label.span.start };
    let within = before.of(text).rfind('\n').map_or(0, |newline| newline + 1);
    let start = before.start as usize + within;
    let rest = text.get(start..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default().trim_end();
    let start = u32::try_from(start).unwrap_or(u32::MAX);
    Line { number, text: line, start, labels: Vec::from([label]) }
}

impl<'a> File<'a> {
    /// Adds a line, or its label where the line is shown already; a blank line shows nothing.
    fn add(&mut self, line: Line<'a>) {
        match self.lines.iter_mut().find(|shown| shown.number == line.number) {
            Some(shown) => shown.labels.extend(line.labels),
            None if line.text.trim().is_empty() => {}
            None => self.lines.push(line),
        }
    }
}

impl Line<'_> {
    fn draw(&self, width: usize, drawn: &mut String) {
        let skipped = self.skipped();
        let shown = self.text.chars().skip(skipped).take(MOST_SHOWN);
        let shown: String = shown.map(|c| if c == '\t' { ' ' } else { c }).collect();
        drawn.push_str(&format!("{:>width$} | {shown}\n", self.number));
        for label in &self.labels {
            let from = self.column(label.span.start).saturating_sub(skipped).min(MOST_SHOWN);
            let to = self.column(label.span.end).saturating_sub(skipped).min(MOST_SHOWN);
            let to = to.max(from + 1);
            let mark = if label.is_primary { "^" } else { "-" };
            let marks = mark.repeat(to - from);
            let line = format!("{:width$} | {:from$}{marks} {}", "", "", label.text);
            drawn.push_str(line.trim_end());
            drawn.push('\n');
        }
    }

    /// How many characters of a long line are left out before its first label.
    fn skipped(&self) -> usize {
        if self.text.chars().nth(MOST_SHOWN).is_none() {
            return 0;
        }
        let first = self.labels.iter().map(|label| self.column(label.span.start)).min();
        first.unwrap_or_default().saturating_sub(MOST_SHOWN / 4)
    }

    /// How many characters of the line stand before a byte of the text.
    fn column(&self, byte: u32) -> usize {
        let bytes = (byte.saturating_sub(self.start) as usize).min(self.text.len());
        self.text.char_indices().take_while(|(index, _)| *index < bytes).count()
    }
}
