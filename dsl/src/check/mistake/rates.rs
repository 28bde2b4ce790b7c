//! Mistakes of rates: their dates, and the day that a sentence takes them by.

use alloc::format;
use alloc::string::String;

use apportion_core::date::Date;

use crate::days::Days;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// A rate that is not known on every day, or that is asked for on a day it cannot be.
pub(in crate::check) enum RateMistake {
    /// `£24.50 from 1 April 2026`, and below it `£25.61 from 1 April 2025`
    NotRising { span: Span },
    /// `£24.50 from 1 April 2026 until 31 March 2026`
    EndsBeforeItBegins { span: Span, from: Span },
    /// `£24.50 from 1 April 2025 until 31 March 2026`, and below it `£25.61 from 1 May 2026`
    Gap { span: Span, days: Days },
    /// `£24.50 from 1 April 2025 until 31 May 2026`, and below it `£25.61 from 1 April 2026`
    Overlap { span: Span, days: Days },
    /// A policy in force from 2025 with a rate from 2026
    StartsLate { span: Span, first: Date, from: Date },
    /// A last rate `until 31 March 2027` in a policy that goes on
    EndsEarly { span: Span, days: Days },
    /// `day care x 2 at the rates on plan date`
    NoneNamed { span: Span },
    /// `day care rate at the rates on plan date`, where two clauses give the rate
    OfSeveralClauses { rate: String, span: Span },
    /// `day care rate at the rates on plan date`, where that day can be before the first rate
    NotKnown { rate: String, starts: Date, day: String, first: Date, span: Span },
    /// `day care rate at the rates on plan date`, where that day can be after the last rate
    KnownNoLonger { rate: String, ends: Date, day: String, asked: Days, span: Span },
}

impl From<RateMistake> for Diagnostic {
    fn from(mistake: RateMistake) -> Diagnostic {
        match mistake {
            RateMistake::NotRising { span } => {
                Diagnostic::error("rates-not-rising", "this date is not after the one above", span)
                    .help("write the earliest value first")
            }
            RateMistake::EndsBeforeItBegins { span, from } => {
                Diagnostic::error("ends-before-it-begins", "this value ends before it begins", span)
                    .and(from, "its first day")
                    .help("write a last day that is not before the first")
            }
            RateMistake::Gap { span, days: days @ Days { first, last } } => Diagnostic::error(
                "rates-leave-a-gap",
                format!("there is no value {}", days),
                span,
            )
            .help(format!(
                "begin this value on {first}, or write what counts between: `£0.00 from {first} \
                 until {last}`"
            )),
            RateMistake::Overlap { span, days: Days { first, last } } => Diagnostic::error(
                "rates-overlap",
                format!("the value above counts until {last}, and this one from {first}"),
                span,
            )
            .help("end the one above on the day before, or leave its `until` out"),
            RateMistake::StartsLate { span, first, from } => Diagnostic::error(
                "rates-start-late",
                format!("this rate begins on {first}, but the policy is in force from {from}"),
                span,
            )
            .help(format!("add the value from {from}, `£0.00` if there was none")),
            RateMistake::EndsEarly { span, days: Days { first, .. } } => Diagnostic::error(
                "rates-end-early",
                format!("the policy is in force from {first} on too, and then there is no value"),
                span,
            )
            .help(format!("add the value from {first}, `£0.00` if there is none")),
            RateMistake::NoneNamed { span } => {
                Diagnostic::error("no-rate-named", "no rate is named here", span).help(
                    "name the rate in this sentence; a value that uses one has it on the day of \
                     the case",
                )
            }
            RateMistake::OfSeveralClauses { rate, span } => Diagnostic::error(
                "rate-of-several-clauses",
                format!("several clauses give `{rate}`, so it is no rate by date alone"),
                span,
            )
            .help("give it in one clause, with a line for each date"),
            RateMistake::NotKnown { rate, starts, day, first, span } => Diagnostic::error(
                "rate-not-known",
                format!("`{rate}` is known from {starts} on, and `{day}` can be {first}"),
                span,
            )
            .help(format!(
                "declare `{day}` with its bounds, such as `a date, from {starts}`, or give an \
                 earlier rate"
            )),
            RateMistake::KnownNoLonger { rate, ends, day, asked: Days { first, last }, span } => Diagnostic::error(
                "rate-not-known",
                format!("`{rate}` is known until {ends}, and `{day}` can be {last}"),
                span,
            )
            .help(format!(
                "declare `{day}` with its bounds, such as `a date, from {first} to {ends}`, or give a \
                 later rate"
            )),
        }
    }
}
