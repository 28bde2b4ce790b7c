//! Diagnostics as text for people: the line, an arrow, what is wrong and what to do.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::diagnostic::{Diagnostic, Label};
use crate::source::{Span, line_column};

/// All diagnostics of one file, one after the other with an empty line between.
#[must_use]
pub fn all(text: &str, file: &str, diagnostics: &[Diagnostic]) -> String {
    let drawn: Vec<String> = diagnostics.iter().map(|it| one(text, file, it)).collect();
    drawn.join("\n")
}

/// One diagnostic.
///
/// ```
/// use apportion::diagnostic::Diagnostic;
/// use apportion::source::Span;
///
/// let wrong = Diagnostic::error("no-share", "a share is a percent or a fraction", Span { start: 4, end: 6 })
///     .here("this is money").help("write `40%`");
/// let drawn = apportion::render::one("ICB £5", "who.policy", &wrong);
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
pub fn one(text: &str, file: &str, diagnostic: &Diagnostic) -> String {
    let mut drawn =
        format!("{}[{}]: {}\n", diagnostic.severity.word(), diagnostic.code, diagnostic.message);
    let start = line_column(text, diagnostic.span().start);
    let lines = lines_of(text, &diagnostic.labels);
    let width = lines.last().map_or(1, |line| line.number.to_string().len());
    drawn.push_str(&format!("{:width$}--> {file}:{}:{}\n", "", start.line, start.column));
    if !lines.is_empty() {
        drawn.push_str(&format!("{:width$} |\n", ""));
    }
    let mut last = 0;
    for line in &lines {
        if last > 0 && line.number > last + 1 {
            drawn.push_str("...\n");
        }
        last = line.number;
        line.draw(width, &mut drawn);
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

/// A line of the text with the labels that begin on it.
struct Line<'a> {
    number: usize,
    text: &'a str,
    start: u32,
    labels: Vec<&'a Label>,
}

/// The lines on which labels begin, rising.
fn lines_of<'a>(text: &'a str, labels: &'a [Label]) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    for label in labels {
        let number = line_column(text, label.span.start).line;
        if let Some(line) = lines.iter_mut().find(|line| line.number == number) {
            line.labels.push(label);
            continue;
        }
        let before = Span { start: 0, end: label.span.start }.of(text);
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let rest = text.get(start..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default().trim_end();
        if line.trim().is_empty() {
            continue;
        }
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        lines.push(Line { number, text: line, start, labels: Vec::from([label]) });
    }
    lines.sort_by_key(|line| line.number);
    lines
}

impl Line<'_> {
    fn draw(&self, width: usize, drawn: &mut String) {
        let shown: String = self.text.chars().map(|c| if c == '\t' { ' ' } else { c }).collect();
        drawn.push_str(&format!("{:>width$} | {shown}\n", self.number));
        for label in &self.labels {
            let from = self.column(label.span.start);
            let to = self.column(label.span.end).max(from + 1);
            let mark = if label.is_primary { "^" } else { "-" };
            let marks = mark.repeat(to - from);
            let line = format!("{:width$} | {:from$}{marks} {}", "", "", label.text);
            drawn.push_str(line.trim_end());
            drawn.push('\n');
        }
    }

    /// How many characters of the line stand before a byte of the text.
    fn column(&self, byte: u32) -> usize {
        let bytes = (byte.saturating_sub(self.start) as usize).min(self.text.len());
        self.text.char_indices().take_while(|(index, _)| *index < bytes).count()
    }
}
