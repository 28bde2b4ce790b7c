//! Names that mean nothing here, or something else.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{listed, listed_or};
use crate::diagnostic::Diagnostic;
use crate::names::nearest_of;
use crate::naming;
use crate::parse::synonym;
use crate::source::Span;
use crate::unit::with_article;

/// A name that does not mean what is needed.
pub(in crate::check) enum NameMistake {
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
    /// `A child is covered when ...`
    CoveredConcluded { subject: String, span: Span },
    /// `A child is eligable when ...` beside `A child is eligible when ...`
    ConclusionNearAnother { name: String, near: String, span: Span, first: Span, is_error: bool },
}

impl From<NameMistake> for Diagnostic {
    fn from(mistake: NameMistake) -> Diagnostic {
        match mistake {
            NameMistake::WrongKindOfName { name, span, found, needed } => Diagnostic::error(
                "wrong-kind-of-name",
                format!("`{name}` is {found}, and {needed} is needed here"),
                span,
            )
            .help(format!("write the name of {needed}")),
            NameMistake::NotDeclared { name, span, near, needed } => {
                let message = format!("`{name}` is not declared");
                let diagnostic = Diagnostic::error("unknown-name", message, span)
                    .here(format!("{needed} is needed here"));
                match (synonym::hint(&name), near) {
                    (Some(hint), _) => diagnostic.help(hint),
                    (None, Some(near)) => diagnostic.meant(&near),
                    (None, None) => {
                        diagnostic.help(synonym::wording_hint(&name).unwrap_or_else(|| {
                            format!("declare `{name}`, or write a name that is declared")
                        }))
                    }
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
            NameMistake::NoSuchWord { word, words, span } => {
                let help = word_help(&word, &words);
                let message = format!("`{word}` is not among the words it can be");
                Diagnostic::error("unknown-word", message, span).help(help)
            }
            NameMistake::CoveredConcluded { subject, span } => Diagnostic::error(
                "covered-concluded",
                "whom the policy covers is no conclusion: it decides whether anything is decided",
                span,
            )
            .help(format!("write `This policy covers {} when ...`", with_article(&subject))),
            NameMistake::ConclusionNearAnother { name, near, span, first, is_error } => {
                let code = "conclusion-near-another";
                let message = format!("`{name}` is a conclusion of its own, beside `{near}`");
                let diagnostic = match is_error {
                    true => Diagnostic::error(code, message, span),
                    false => Diagnostic::warning(code, message, span),
                };
                diagnostic
                    .here("nothing asks for it")
                    .and(first, format!("`{near}` is drawn here"))
                    .help(format!("did you mean `{near}`?"))
            }
        }
    }
}

/// What to do about a word that is not in its list.
pub(super) fn word_help(word: &str, words: &[String]) -> String {
    let keys: Vec<String> = words.iter().map(|word| naming::word_key(word)).collect();
    let near = nearest_of(keys.iter().map(String::as_str), word);
    if let Some((near, _)) = near.and_then(|near| words.iter().zip(&keys).find(|it| it.1 == near)) {
        return format!("did you mean `{near}`?");
    }
    match joined_word(word, words) {
        Some(whole) => {
            format!("the words are {}; part `{whole}` in two if it is two", listed(words))
        }
        None => format!("write one of {}", listed_or(words)),
    }
}

/// The word of several parts that a word is one part of: where `<` was forgotten between them.
pub(in crate::check) fn joined_word<'w>(word: &str, words: &'w [String]) -> Option<&'w String> {
    let is_part = |whole: &&String| whole.split(' ').any(|part| naming::has_key(part, word));
    words.iter().find(is_part)
}
