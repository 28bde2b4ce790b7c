//! Where results and findings go, and colour where somebody is looking.

use std::env;
use std::io::{self, IsTerminal, Read, Stderr, Stdout, Write};
use std::path::Path;

use apportion_exchange::refusal::{self, Reason};

use crate::failure::Failure;

/// Somewhere to write that knows whether it is a terminal.
pub trait Output: Write {
    /// Whether somebody may be looking: then there is colour, and progress is shown.
    fn is_terminal(&self) -> bool {
        false
    }
}

impl Output for Vec<u8> {}

impl Output for Stdout {
    fn is_terminal(&self) -> bool {
        IsTerminal::is_terminal(self)
    }
}

impl Output for Stderr {
    fn is_terminal(&self) -> bool {
        IsTerminal::is_terminal(self)
    }
}

/// The standard streams of one run of the command.
pub(crate) struct Streams<'a> {
    pub(crate) input: &'a mut dyn Read,
    pub(crate) output: &'a mut dyn Output,
    pub(crate) errors: &'a mut dyn Output,
    has_colour: bool,
    /// What stands in the way of an answer, for programs.
    refused: Vec<Reason>,
    /// Whether a program has its answer.
    is_answered: bool,
}

impl<'a> Streams<'a> {
    pub(crate) fn new(
        input: &'a mut dyn Read,
        output: &'a mut dyn Output,
        errors: &'a mut dyn Output,
    ) -> Self {
        let is_refused = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let has_colour = errors.is_terminal() && !is_refused;
        Streams { input, output, errors, has_colour, refused: Vec::new(), is_answered: false }
    }

    /// Writes a finding.
    pub(crate) fn find(&mut self, drawn: &str) -> io::Result<()> {
        let drawn = if self.has_colour { coloured(drawn) } else { drawn.to_string() };
        self.errors.write_all(drawn.as_bytes())
    }

    /// Says what is wrong in a file, to people at once and to programs in the end.
    pub(crate) fn refuse(
        &mut self,
        path: &Path,
        code: &'static str,
        message: String,
    ) -> io::Result<()> {
        let file = path.display().to_string();
        self.find(&format!("error[{code}]: {message}\n --> {file}\n"))?;
        self.note(Reason { code: Some(code), message, file: Some(file), ..Reason::default() });
        Ok(())
    }

    /// Notes for programs what people were told of.
    pub(crate) fn note(&mut self, reason: Reason) {
        self.refused.push(reason);
    }

    /// Writes a document for programs, which says all there is to say.
    pub(crate) fn answer(&mut self, document: &str) -> io::Result<()> {
        self.is_answered = true;
        self.output.write_all(document.as_bytes())
    }

    /// Writes why a program has no answer.
    pub(crate) fn write_refused(&mut self) -> Result<(), Failure> {
        if !self.is_answered && !self.refused.is_empty() {
            let document = refusal::to_json(&self.refused)?;
            self.answer(&document)?;
        }
        Ok(())
    }

    /// Says how the command is used, or what of its use was wrong.
    pub(crate) fn usage(&mut self, error: &clap::Error) -> i32 {
        let text = error.render().to_string();
        let is_wrong = error.use_stderr();
        let stream = if is_wrong { &mut self.errors } else { &mut self.output };
        // Where even this cannot be written, only the exit code is left to tell.
        let written = stream.write_all(text.as_bytes());
        if is_wrong || written.is_err() { 2 } else { 0 }
    }

    /// Says why the command could not go on. A reader that went away needs no telling.
    pub(crate) fn failure(&mut self, failure: &Failure) {
        if !failure.is_broken_pipe() {
            // Where even this cannot be written, only the exit code is left to tell.
            let code = failure.code().map(|code| format!("[{code}]")).unwrap_or_default();
            let _ = self.find(&format!("error{code}: {failure}\n"));
            // Where the output cannot be written, no program reads it.
            if !matches!(failure, Failure::Output(_)) {
                self.note(failure.reason());
            }
        }
    }
}

const RED: &str = "\x1b[1;31m";
const YELLOW: &str = "\x1b[1;33m";
const CYAN: &str = "\x1b[1;36m";
const GREEN: &str = "\x1b[1;32m";
const PLAIN: &str = "\x1b[0m";

/// A finding in colours: what it weighs, where it is and what to do.
fn coloured(drawn: &str) -> String {
    drawn.split_inclusive('\n').map(coloured_line).collect()
}

fn coloured_line(line: &str) -> String {
    let heads = [("error", RED), ("warning", YELLOW), ("note", CYAN), ("help", GREEN)];
    let head = heads
        .iter()
        .find(|(head, _)| line.strip_prefix(head).is_some_and(|rest| rest.starts_with(['[', ':'])));
    if let Some((_, colour)) = head
        && let Some((head, rest)) = line.split_once(": ")
    {
        return format!("{colour}{head}{PLAIN}: {rest}");
    }
    match line.split_once(" | ") {
        Some((margin, marks)) if margin.trim().is_empty() && !marks.trim().is_empty() => {
            format!("{margin} | {RED}{}{PLAIN}\n", marks.trim_end())
        }
        _ => line.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_adds_nothing_but_colour() {
        let drawn = "error[no-share]: wrong: so\n --> a.policy:1:1\n  |\n1 | x | y\n  | ^ here\nhelp: write `z`\n";
        let mut plain = coloured(drawn);
        assert!(plain.contains("\x1b[1;31merror[no-share]\x1b[0m: wrong: so"));
        assert!(plain.contains("  | \x1b[1;31m^ here\x1b[0m"));
        for colour in [RED, YELLOW, CYAN, GREEN, PLAIN] {
            plain = plain.replace(colour, "");
        }
        assert_eq!(plain, drawn);
    }
}
