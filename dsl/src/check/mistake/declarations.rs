//! Mistakes in the header.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::listed_or;
use super::names::word_help;
use crate::days::Days;
use crate::diagnostic::Diagnostic;
use crate::reading::ReadMistake;
use crate::source::Span;

/// A declaration that cannot be.
pub(in crate::check) enum DeclarationMistake {
    /// 255 parties
    TooMany { what: &'static str, most: usize, span: Span },
    /// `in force from 1 April 2025, review by 31 March 2024`
    EndsBeforeItBegins { span: Span, from: Span },
    /// `one of home, day school, home`
    WordTwice { word: String, span: Span, first: Span },
    /// `yes or no, maybe unless stated`
    DefaultIsNoValue { span: Span, mistake: ReadMistake },
    /// `visits, each whole number, up to` with a top beside each
    TopWithoutLevels { span: Span },
    /// `a level of need, up to sever`
    NoSuchLevel { level: String, words: Vec<String>, span: Span },
    /// `up to severe, never severe`
    NeverAtTheTop { span: Span },
    /// `group starred domains   fast track`, where `fast track` is in no family
    NoMember { name: String, span: Span },
    /// `group starred domains   breathing, breathing`
    MemberTwice { name: String, span: Span },
    /// `group all needs   breathing, visits by day`, of two families
    MembersOfTwoFamilies { span: Span },
    /// `whole number, 7 to 0`
    BoundsReversed { span: Span },
    /// `a level of risk`, where only levels of need are declared
    NoSuchLadder { of: String, known: Vec<String>, span: Span },
    /// `hours a week, 0 to 168`
    NoStep { near: Option<&'static str>, span: Span },
    /// `whole number`
    NoBounds { span: Span },
    /// `number, in steps of 0, 0 to 7`
    StepNotAboveZero { span: Span },
    /// `number, in quarters, 0 to 0.3`
    BoundBetweenSteps { span: Span },
    /// `dated by  fast track`
    DatedByNoDate { span: Span },
    /// `dated by  decision date`, a date to 31 March 2024, in a policy in force from 2025
    DatedByNeverInForce { span: Span, declared: Days, in_force: Days },
    /// `case reference   text, decided by the joint panel`
    DecidedByOfText { span: Span },
    /// `joint panel ICB   percent`, where a clause says `as the joint panel decides`
    NameOfPanelShare { outside: String, share: String, span: Span },
}

impl From<DeclarationMistake> for Diagnostic {
    fn from(mistake: DeclarationMistake) -> Diagnostic {
        match mistake {
            DeclarationMistake::TooMany { what, most, span } => Diagnostic::error(
                "too-many",
                format!("there are more than {most} {what} in one list"),
                span,
            )
            .help("part the list in two"),
            DeclarationMistake::EndsBeforeItBegins { span, from } => Diagnostic::error(
                "ends-before-it-begins",
                "this date is before the version is in force",
                span,
            )
            .and(from, "in force from here")
            .help("write a date that is not before it"),
            DeclarationMistake::WordTwice { word, span, first } => {
                Diagnostic::error("word-twice", format!("`{word}` is listed twice"), span)
                    .and(first, "listed here first")
                    .help("take one of them out")
            }
            DeclarationMistake::DefaultIsNoValue { span, mistake } => Diagnostic::error(
                "default-is-no-value",
                format!("this value `unless stated` {mistake}"),
                span,
            )
            .help("write a value that the fact can have"),
            DeclarationMistake::TopWithoutLevels { span } => Diagnostic::error(
                "top-without-levels",
                "a top level stands here, but these facts are not levels",
                span,
            )
            .help("take it out, or declare the facts as `each a level of ..., up to`"),
            DeclarationMistake::NoSuchLevel { level, words, span } => {
                let help = word_help(&level, &words);
                Diagnostic::error("no-such-level", format!("`{level}` is no level"), span)
                    .help(help)
            }
            DeclarationMistake::NeverAtTheTop { span } => Diagnostic::error(
                "never-at-the-top",
                "only a level below the top can be left out",
                span,
            )
            .help("write the highest level that it has after `up to`"),
            DeclarationMistake::NoMember { name, span } => Diagnostic::error(
                "no-member",
                format!("`{name}` is in no family, so in no part of one"),
                span,
            )
            .help("name members of one family, such as of `domains, each a level of need`"),
            DeclarationMistake::MemberTwice { name, span } => Diagnostic::error(
                "member-twice",
                format!("`{name}` is in this group already"),
                span,
            )
            .help("name each member once"),
            DeclarationMistake::MembersOfTwoFamilies { span } => Diagnostic::error(
                "members-of-two-families",
                "this is a member of another family than the first",
                span,
            )
            .help("make a group of each family"),
            DeclarationMistake::BoundsReversed { span } => {
                Diagnostic::error("bounds-reversed", "the first bound is above the second", span)
                    .help("write the least value first")
            }
            DeclarationMistake::NoSuchLadder { of, known, span } => {
                let diagnostic = Diagnostic::error(
                    "no-such-ladder",
                    format!("no levels of `{of}` are declared"),
                    span,
                );
                if known.is_empty() {
                    diagnostic
                        .help(format!("declare them: `levels of {of}`, and below it the levels"))
                } else {
                    diagnostic
                        .help(format!("write {}, of which levels are declared", listed_or(&known)))
                }
            }
            DeclarationMistake::NoStep { near, span } => {
                let diagnostic =
                    Diagnostic::error("no-step", "this number does not say its step", span);
                match near {
                    Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                    None => diagnostic.help("add `whole`, `in quarters` or `in steps of 0.01`"),
                }
            }
            DeclarationMistake::NoBounds { span } => {
                Diagnostic::error("no-bounds", "this number does not say its bounds", span)
                    .help("add the least and the greatest value, such as `0 to 168`")
            }
            DeclarationMistake::StepNotAboveZero { span } => Diagnostic::error(
                "step-not-above-zero",
                "a step must be above 0",
                span,
            )
            .help(
                "write the smallest amount by which two values differ, such as `in steps of 0.25`",
            ),
            DeclarationMistake::BoundBetweenSteps { span } => Diagnostic::error(
                "bound-between-steps",
                "a bound must itself be one of the steps",
                span,
            )
            .help("move the bound to a step, or make the steps smaller"),
            DeclarationMistake::DatedByNeverInForce { span, declared, in_force } => {
                let message = match declared.last < in_force.first {
                    true => format!(
                        "this date is never after {}, and the policy is in force from {}",
                        declared.last, in_force.first
                    ),
                    false => format!(
                        "this date is never before {}, and the policy is in force until {}",
                        declared.first, in_force.last
                    ),
                };
                Diagnostic::error("dated-by-never-in-force", message, span)
                    .help("change the bounds of the date; as they are, no case can be decided")
            }
            DeclarationMistake::DecidedByOfText { span } => Diagnostic::error(
                "decided-by-of-text",
                "text is carried along and never asked for, so no decision waits for it",
                span,
            )
            .help("leave out `decided by`"),
            DeclarationMistake::NameOfPanelShare { outside, share, span } => Diagnostic::error(
                "name-of-panel-share",
                format!("outside the policy this is `{outside}`, which is `{share}`"),
                span,
            )
            .help("give it another name"),
            DeclarationMistake::DatedByNoDate { span } => Diagnostic::error(
                "dated-by-no-date",
                "the fact that dates a case must be a date",
                span,
            )
            .help("name a fact declared as `a date`"),
        }
    }
}
