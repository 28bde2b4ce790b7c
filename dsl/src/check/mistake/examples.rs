//! Mistakes in examples.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::listed_or;
use super::names::word_help;
use crate::diagnostic::Diagnostic;
use crate::naming;
use crate::reading::ReadMistake;
use crate::source::Span;

/// An example that is no case, or expects what cannot be.
pub(in crate::check) enum ExampleMistake {
    /// `the joint panel decides the ICB 60%`, and no clause says `as the joint panel decides`
    PanelDecidesNoShares { span: Span, panel: String },
    /// `"B"  is "A"`, where no example above is called A
    NoSuchExample { span: Span, near: Option<String> },
    /// `given  breathing sever`
    NoValue { fact: String, span: Span, mistake: ReadMistake, help: Option<String> },
    /// `expect  care cost lots`
    NoExpectation { span: Span, mistake: ReadMistake, help: Option<String> },
    /// `expect  the ICB £5.00` in a policy that pays by the week and by the year
    WhichUnit { span: Span, units: Vec<String> },
}

impl From<ExampleMistake> for Diagnostic {
    fn from(mistake: ExampleMistake) -> Diagnostic {
        match mistake {
            ExampleMistake::PanelDecidesNoShares { span, panel } => Diagnostic::error(
                "panel-decides-no-shares",
                format!("no clause leaves shares to `{panel}`"),
                span,
            )
            .help(format!("write a clause such as `In every case: as the {panel} decides.`")),
            ExampleMistake::NoSuchExample { span, near } => {
                let message = "no example above has this name";
                let diagnostic = Diagnostic::error("no-such-example", message, span);
                match near {
                    Some(near) => diagnostic.help(format!("did you mean `\"{near}\"`?")),
                    None => diagnostic.help("put the example it starts from above it"),
                }
            }
            ExampleMistake::NoValue { fact, span, mistake, help } => {
                let message = format!("`{fact}` {mistake}");
                helped(Diagnostic::error(mistake.code(), message, span), help)
            }
            ExampleMistake::NoExpectation { span, mistake, help } => {
                let message = format!("what is expected {mistake}");
                helped(Diagnostic::error(mistake.code(), message, span), help)
            }
            ExampleMistake::WhichUnit { span, units } if units.is_empty() => {
                Diagnostic::error("nobody-pays", "no clause makes a party pay", span)
                    .help("write a clause such as `The ICB pays care cost.`, or take this out")
            }
            ExampleMistake::WhichUnit { span, units } => {
                Diagnostic::error("which-unit", "this policy pays in several units", span)
                    .help(format!("say which: {}", listed_or(&units)))
            }
        }
    }
}

fn helped(diagnostic: Diagnostic, help: Option<String>) -> Diagnostic {
    help.into_iter().fold(diagnostic, Diagnostic::help)
}

/// What to do about a text that is no value, given the beginnings of it that are one.
pub(in crate::check) fn value_help(
    mistake: &ReadMistake,
    text: &str,
    is_value: impl Fn(&str) -> bool,
) -> Option<String> {
    let ends = text.match_indices(' ').map(|(at, _)| at);
    let beginnings = ends.filter_map(|at| text.get(..at)).filter(|it| is_value(it));
    if let Some(value) = beginnings.last() {
        return Some(format!("put a comma after `{value}` if something else begins there"));
    }
    match mistake {
        ReadMistake::NotAWord { words } => Some(word_help(&naming::word_key(text), words)),
        _ => None,
    }
}
