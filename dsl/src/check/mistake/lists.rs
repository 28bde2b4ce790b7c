//! Mistakes about lists and their items.

use alloc::format;
use alloc::string::String;

pub(in crate::check) use apportion_core::program::MOST_ITEMS;

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Something said of a list or its items that means nothing.
pub(in crate::check) enum ListMistake {
    /// `services, up to 5,000, each with`
    ListTooLong { span: Span },
    /// `Total = price + £1.00`, where each service has a price
    OnePerItem { name: String, singular: String, such_as: String, span: Span },
    /// `A child is poor when the service is dear.`
    NoneAtHand { singular: String, plural: String, span: Span },
    /// `the child is educational`, which is said of a service
    SaidOfAnother {
        name: String,
        /// The item of which it is said; none where it is said of the subject.
        item: Option<String>,
        not_of: Option<String>,
        subject: String,
        span: Span,
    },
    /// `For each service, the ICB pays at most £5.00 in all; social care pays the excess.`
    NotForEach { what: &'static str, span: Span },
    /// `For each service, points for a domain: ...`
    MembersForEach { span: Span },
    /// `For each service, fee = price.` beside `Fee = £5.00.`
    OnceOrForEach { name: String, span: Span, first: Span },
    /// `For each service, when fast track: as the joint panel decides.`
    PanelDecidesNoItems { singular: String, plural: String, span: Span },
    /// `fee   money, decided by the joint panel`, of each service
    DecidedByOfItems { span: Span },
    /// `dated by  start`, where start is a date of each service
    DatedByOfItems { singular: String, span: Span },
    /// `Split cost in the shares of section 4.`, where section 4 is for each service
    SharesOfAnItem { singular: String, span: Span },
    /// `For each service, despite 2.1, ...`, where 2.1 is about the case
    OverridesTheCase { number: String, singular: String, span: Span },
    /// `the highest services`
    WhatOfItems { plural: String, span: Span },
    /// `the highest price over services`
    IfNoneMissing { plural: String, span: Span },
    /// `the sum of price over services, or £0.00 if none`
    IfNoneNotNeeded { span: Span },
    /// `the earliest price over services`
    EarliestOfNoDate { span: Span, found: String },
    /// `the highest start date over services`
    HighestOfDates { span: Span },
    /// `with  service "night sitter"` twice
    ItemTwice { name: String, span: Span },
    /// `without  service "night sitter"`, where the example has none
    NoSuchItem { name: String, singular: String, near: Option<String>, span: Span },
    /// `given price £5.00`, where each service has a price
    FactOfAnItem { name: String, singular: String, span: Span },
    /// `payments need price`, where each service has a price
    NeedsFactOfAnItem { name: String, singular: String, span: Span },
    /// `with  service "night sitter": fast track yes`
    OfTheCase { name: String, singular: String, span: Span },
    /// `expect band 2`, where each service has a band
    ExpectedOfAnItem { name: String, singular: String, span: Span },
    /// More items in an example than a case may have
    TooManyItems { plural: String, most: u32, span: Span },
}

impl From<ListMistake> for Diagnostic {
    fn from(mistake: ListMistake) -> Diagnostic {
        match mistake {
            ListMistake::ListTooLong { span } => Diagnostic::error(
                "list-too-long",
                format!("how many items a case may have is a number from 1 to {MOST_ITEMS}"),
                span,
            )
            .help(format!("write such as `up to 20`, or `up to {MOST_ITEMS}`")),
            ListMistake::OnePerItem { name, singular, such_as, span } => Diagnostic::error(
                "one-per-item",
                format!("each {singular} has its own `{name}`, so there is not one `{name}` here"),
                span,
            )
            .help(format!(
                "begin the sentence `For each {singular},`, or write such as {such_as}"
            )),
            ListMistake::NoneAtHand { singular, plural, span } => Diagnostic::error(
                "one-per-item",
                format!("a case has any number of {plural}, so there is not one {singular} here"),
                span,
            )
            .help(format!(
                "begin the sentence `For each {singular},`, or write such as `at least 1 {singular} is ...`"
            )),
            ListMistake::SaidOfAnother { name, item, not_of, subject, span } => {
                let of = |item: &Option<String>| match item {
                    Some(item) => format!("each {item}"),
                    None => format!("the {subject}"),
                };
                let (of, not_of) = (of(&item), of(&not_of));
                let message = format!("`{name}` is said of {of}, not of {not_of}");
                Diagnostic::error("said-of-another", message, span).help(match item {
                    Some(item) => format!(
                        "write such as `at least 1 {item} is {name}`, or begin the sentence \
                         `For each {item},`"
                    ),
                    None => format!("write `{of} is {name}`"),
                })
            }
            ListMistake::NotForEach { what, span } => Diagnostic::error(
                "not-for-each",
                format!("{what} is about the whole case, and is not said of each item"),
                span,
            )
            .help("leave `For each ...` out"),
            ListMistake::MembersForEach { span } => Diagnostic::error(
                "members-for-each",
                "a table for each member of a family cannot be for each item of a list as well",
                span,
            )
            .help("leave `For each ...` out"),
            ListMistake::OnceOrForEach { name, span, first } => Diagnostic::error(
                "once-or-for-each",
                format!("`{name}` is given once for the case and once for each item"),
                span,
            )
            .and(first, "given otherwise here")
            .help("give one of them another name"),
            ListMistake::SharesOfAnItem { singular, span } => Diagnostic::error(
                "shares-of-an-item",
                format!("these shares are for each {singular}, and the whole amount is split here"),
                span,
            )
            .help(format!("begin the split with `For each {singular},`")),
            ListMistake::PanelDecidesNoItems { singular, plural, span } => Diagnostic::error(
                "panel-decides-no-items",
                format!("a panel decides the shares of the whole case, not of each {singular}"),
                span,
            )
            .help(format!("split what all {plural} cost together")),
            ListMistake::DecidedByOfItems { span } => Diagnostic::error(
                "decided-by-of-items",
                "a panel decides facts of the case, not of the items of a list",
                span,
            )
            .help("declare what the panel decides below `facts`"),
            ListMistake::DatedByOfItems { singular, span } => Diagnostic::error(
                "dated-by-of-items",
                format!("one date counts for a whole case, and each {singular} has one of its own"),
                span,
            )
            .help("name a date that is declared below `facts`"),
            ListMistake::OverridesTheCase { number, singular, span } => Diagnostic::error(
                "overrides-the-case",
                format!(
                    "one {singular} cannot set aside {number}, which is said of the whole case or of something else"
                ),
                span,
            )
            .help(format!(
                "say it of the case: `When at least 1 {singular} is ..., ...`"
            )),
            ListMistake::WhatOfItems { plural, span } => Diagnostic::error(
                "what-of-items",
                format!("this does not say what of the {plural} is meant"),
                span,
            )
            .help(format!("write such as `the highest price over {plural}`")),
            ListMistake::IfNoneMissing { plural, span } => Diagnostic::error(
                "if-none-missing",
                format!("a case may have none of these {plural}, and then there is no highest or lowest"),
                span,
            )
            .help("say what it is then: `, or £0.00 if none`"),
            ListMistake::IfNoneNotNeeded { span } => Diagnostic::error(
                "if-none-not-needed",
                "this is never without an answer: the sum of nothing and the number of nothing are 0",
                span,
            )
            .help(
                "leave `, or ... if none` out; where it belongs to what stands before `where`, put this in brackets",
            ),
            ListMistake::EarliestOfNoDate { span, found } => Diagnostic::error(
                "earliest-of-no-date",
                format!("the earliest and the latest are of dates, and this is {found}"),
                span,
            )
            .help("write `the lowest` or `the highest`"),
            ListMistake::HighestOfDates { span } => Diagnostic::error(
                "highest-of-dates",
                "dates are earlier or later, not higher or lower",
                span,
            )
            .help("write `the latest` or `the earliest`"),
            ListMistake::ItemTwice { name, span } => Diagnostic::error(
                "item-twice",
                format!("this example has \"{name}\" already"),
                span,
            )
            .help("give it another name, or write `but` to change what is stated of it"),
            ListMistake::NoSuchItem { name, singular, near, span } => {
                let message = format!("this example has no {singular} \"{name}\"");
                let help = match near {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => format!("write `with  {singular} \"{name}\": ...` to add it"),
                };
                Diagnostic::error("no-such-item", message, span).help(help)
            }
            ListMistake::FactOfAnItem { name, singular, span } => Diagnostic::error(
                "fact-of-an-item",
                format!("`{name}` is a fact of each {singular}, not of the case"),
                span,
            )
            .help(format!("write `with  {singular} \"a name\": {name} ...` on a line of its own")),
            ListMistake::NeedsFactOfAnItem { name, singular, span } => Diagnostic::error(
                "fact-of-an-item",
                format!("`{name}` is a fact of each {singular}, not of the case"),
                span,
            )
            .help(format!("write the name of the {singular} before it: `\"a name\" {name}`")),
            ListMistake::OfTheCase { name, singular, span } => Diagnostic::error(
                "of-the-case",
                format!("`{name}` belongs to the case, not to a {singular}"),
                span,
            )
            .help("state a fact of the case after `given`, and expect a value of it without a name in quotes"),
            ListMistake::ExpectedOfAnItem { name, singular, span } => Diagnostic::error(
                "expected-of-an-item",
                format!("each {singular} has its own `{name}`"),
                span,
            )
            .help(format!("say of which {singular}: `\"a name\" {name} ...`")),
            ListMistake::TooManyItems { plural, most, span } => Diagnostic::error(
                "too-many-items",
                format!("a case may have at most {most} of the {plural}"),
                span,
            )
            .help(format!("write a larger number after `up to` where the {plural} are declared")),
        }
    }
}
