//! Mistakes in examples.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::listed;
use crate::diagnostic::Diagnostic;
use crate::reading::ReadMistake;
use crate::source::Span;

/// An example that is no case, or expects what cannot be.
pub(in crate::check) enum ExampleMistake {
    /// `"B"  is "A"`, where no example above is called A
    NoSuchExample { span: Span },
    /// `given  breathing sever`
    NoValue { fact: String, span: Span, mistake: ReadMistake },
    /// `expect  care cost lots`
    NoExpectation { span: Span, mistake: ReadMistake },
    /// `expect  the ICB £5.00` in a policy that pays by the week and by the year
    WhichUnit { span: Span, units: Vec<String> },
}

impl From<ExampleMistake> for Diagnostic {
    fn from(mistake: ExampleMistake) -> Diagnostic {
        match mistake {
            ExampleMistake::NoSuchExample { span } => {
                Diagnostic::error("no-such-example", "no example above has this name", span)
                    .help("put the example it starts from above it")
            }
            ExampleMistake::NoValue { fact, span, mistake } => {
                Diagnostic::error(mistake.code(), format!("`{fact}` {mistake}"), span)
            }
            ExampleMistake::NoExpectation { span, mistake } => {
                Diagnostic::error(mistake.code(), format!("what is expected {mistake}"), span)
            }
            ExampleMistake::WhichUnit { span, units } if units.is_empty() => {
                Diagnostic::error("nobody-pays", "no clause makes a party pay", span)
            }
            ExampleMistake::WhichUnit { span, units } => {
                Diagnostic::error("which-unit", "this policy pays in several units", span)
                    .help(format!("say which: {}", listed(&units)))
            }
        }
    }
}
