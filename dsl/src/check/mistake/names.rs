//! Names that mean nothing here, or something else.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::listed;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// A name that does not mean what is needed.
pub(in crate::check) enum NameMistake {
    /// `fast track = 3`, where `fast track` is a fact
    NameMeansTwoThings { name: String, span: Span, first: &'static str, second: &'static str },
    /// `The ICB pays education`
    WrongKindOfName { name: String, span: Span, found: &'static str, needed: &'static str },
    /// `Education pays care costs`
    NotDeclared { name: String, span: Span, near: Option<String>, needed: &'static str },
    /// `A person is eligible when ...` in a policy about a child
    NotTheSubject { name: String, span: Span, subject: String },
    /// `case reference is 5`
    TextIsNeverTested { name: String, span: Span },
    /// `breathing is sever`
    NoSuchWord { word: String, words: Vec<String>, span: Span },
}

impl From<NameMistake> for Diagnostic {
    fn from(mistake: NameMistake) -> Diagnostic {
        match mistake {
            NameMistake::NameMeansTwoThings { name, span, first, second } => Diagnostic::error(
                "name-means-two-things",
                format!("`{name}` is {first} and cannot also be {second}"),
                span,
            )
            .help("give one of the two another name"),
            NameMistake::WrongKindOfName { name, span, found, needed } => Diagnostic::error(
                "wrong-kind-of-name",
                format!("`{name}` is {found}, and {needed} is needed here"),
                span,
            ),
            NameMistake::NotDeclared { name, span, near, needed } => {
                let message = format!("`{name}` is not declared");
                let diagnostic = Diagnostic::error("unknown-name", message, span)
                    .here(format!("{needed} is needed here"));
                match near {
                    Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                    None => diagnostic.help(format!("declare `{name}`, or use a declared name")),
                }
            }
            NameMistake::NotTheSubject { name, span, subject } => Diagnostic::error(
                "not-the-subject",
                format!("this policy is about a {subject}, not about a {name}"),
                span,
            )
            .help(format!("write `{subject}`")),
            NameMistake::TextIsNeverTested { name, span } => Diagnostic::error(
                "text-is-never-tested",
                format!("`{name}` is text, which is carried along and never decided on"),
                span,
            )
            .help(format!("declare `{name}` as `one of ...` if clauses are to ask for it")),
            NameMistake::NoSuchWord { word, words, span } => Diagnostic::error(
                "unknown-word",
                format!("`{word}` is none of {}", listed(&words)),
                span,
            ),
        }
    }
}
