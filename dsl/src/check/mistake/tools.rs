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
    NeverInForce { begins: Span, from: Date, ended: Span, until: Date },
    /// `Despite CC 2.1, ...`
    NotOpen { number: String, span: Span, closed: Span },
    /// `A child is also expected to be eligible when ...`, a conclusion of the tool
    AddsToTool { name: String, span: Span, declared: Span },
    /// A child is urgent, by each of two tools
    SaidByTwoTools { name: String, tools: [String; 2], span: Span, declared: Span },
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
            .help(format!("write `uses {title} from ...` if that is meant, else the file of the other")),
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
            ToolMistake::NeverInForce { begins, from, ended, until } => Diagnostic::error(
                "never-in-force",
                "the policy and the tools that it uses are never all in force",
                begins,
            )
            .here(format!("in force from {from}"))
            .and(ended, format!("in force until {until}, so never together with it"))
            .help("use the version of the tool that is in force with the policy"),
            ToolMistake::NotOpen { number, span, closed } => Diagnostic::error(
                "not-open",
                format!("clause {number} is not open to local agreement"),
                span,
            )
            .and(closed, "what a tool says stands, unless it says `Open to local agreement`")
            .help("leave it as it is, and draw a conclusion of your own from it: `A child is eligible when ...`"),
            ToolMistake::SaidByTwoTools { name, tools: [one, other], span, declared } => {
                let message = format!("the tools `{one}` and `{other}` both say what `{name}` is");
                Diagnostic::error("declared-by-two-tools", message, span)
                    .here("said by the one")
                    .and(declared, "and by the other")
                    .help("use one of them here and the other in a policy of its own, or give what they share another name in one of the two files")
            }
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
