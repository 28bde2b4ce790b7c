//! Mistakes of a policy with the tools that it uses.

use alloc::format;
use alloc::string::String;

use apportion_core::date::Date;

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// A tool that does not fit, or that is not left as it is.
pub(in crate::check) enum ToolMistake {
    /// `uses adult checklist from "care.policy" as CC`, where the text has another title
    AnotherTitle { title: String, span: Span, there: Span },
    /// a tool with `between`
    HasParties { file: String, span: Span, parties: Span },
    /// `about  an adult` in a policy that uses a tool about a child
    AnotherSubject { span: Span, other: Span },
    /// `dated by` with one fact in the tool and another in the policy
    DatedByTwo { span: Span, first: Span },
    /// A policy in force from the day after its tool is no longer
    NeverInForce { span: Span, from: Date, until: Date },
    /// `Despite CC 2.1, ...`
    NotOpen { number: String, span: Span },
    /// `A child is also expected to be eligible when ...`, a conclusion of the tool
    AddsToTool { name: String, span: Span, declared: Span },
}

impl From<ToolMistake> for Diagnostic {
    fn from(mistake: ToolMistake) -> Diagnostic {
        match mistake {
            ToolMistake::AnotherTitle { title, span, there } => Diagnostic::error(
                "another-title",
                format!("the text that is used calls itself `{title}`"),
                span,
            )
            .and(there, "its title")
            .help("write its title, if it is the tool that is meant"),
            ToolMistake::HasParties { file, span, parties } => Diagnostic::error(
                "tool-with-parties",
                format!("`{file}` has parties of its own, so it is no tool"),
                span,
            )
            .and(parties, "its parties")
            .help("use a text without `between`, which leaves to each policy who pays"),
            ToolMistake::AnotherSubject { span, other } => Diagnostic::error(
                "another-subject",
                "the policy is about somebody else than a tool that it uses",
                span,
            )
            .and(other, "whom the tool is about")
            .help("write the same after `about`, or use the tool for those it is about"),
            ToolMistake::DatedByTwo { span, first } => Diagnostic::error(
                "dated-by-two",
                "the policy and a tool that it uses are dated by two facts",
                span,
            )
            .and(first, "dated by this one already")
            .help("write the same fact, or leave the line out"),
            ToolMistake::NeverInForce { span, from, until } => Diagnostic::error(
                "never-in-force",
                "the policy and the tools that it uses are never all in force",
                span,
            )
            .here(format!("the last begins on {from}, when one has ended on {until}"))
            .help("use the version of the tool that is in force with the policy"),
            ToolMistake::NotOpen { number, span } => Diagnostic::error(
                "not-open",
                format!("clause {number} is not open to local agreement"),
                span,
            )
            .help("draw a conclusion of your own from it: `A child is eligible when ...`"),
            ToolMistake::AddsToTool { name, span, declared } => Diagnostic::error(
                "adds-to-tool",
                format!("`{name}` is what a tool says, and this would change it"),
                span,
            )
            .and(declared, "where the tool says it")
            .help("give what is agreed here a name of its own"),
        }
    }
}
