//! Mistakes of days that are counted.

use alloc::format;
use alloc::string::String;

use apportion_core::date::Date;
use apportion_core::shift::MissingDay;

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Days that are counted in a way that does not say which day is meant.
pub(in crate::check) enum DayMistake {
    /// `28 days after checklist received`, where that day may be the first or not
    CountingNotSaid { count: u32, is_before: bool, day: String, span: Span },
    /// `1 month after admission`, which may be 31 January
    MissingDayNotSaid { from: Date, months: i32, span: Span },
    /// `28 days after admission, not counting that day, or the last day`
    NoDayIsMissing { span: Span },
    /// `0 days after admission`
    NothingToCount { span: Span },
    /// `100 years after admission`, which may be in 2150
    PastTheCalendar { day: String, is_before: bool, span: Span },
    /// `20 working days after admission`
    WorkingDays { span: Span },
    /// `28 days after care cost`
    NotADate { found: String, span: Span },
}

impl From<DayMistake> for Diagnostic {
    fn from(mistake: DayMistake) -> Diagnostic {
        match mistake {
            DayMistake::CountingNotSaid { count, is_before, day, span } => {
                counting_not_said(count, is_before, &day, span)
            }
            DayMistake::MissingDayNotSaid { from, months, span } => {
                missing_day_not_said(from, months, span)
            }
            DayMistake::NoDayIsMissing { span } => Diagnostic::error(
                "no-day-is-missing",
                "days and weeks never end on a day that a month lacks",
                span,
            )
            .help("leave `, or the last day` or `, or the next day` out"),
            DayMistake::NothingToCount { span } => Diagnostic::error(
                "nothing-to-count",
                "a day at a distance of 0 is the day itself",
                span,
            )
            .help("name the day, or count at least 1"),
            DayMistake::PastTheCalendar { day, is_before, span } => {
                past_the_calendar(&day, is_before, span)
            }
            DayMistake::WorkingDays { span } => Diagnostic::error(
                "not-yet",
                "`working days` is part of the language, but this version of Apportion cannot decide it yet",
                span,
            )
            .help("count days or weeks, or declare the day as a fact that is `a date`"),
            DayMistake::NotADate { found, span } => {
                Diagnostic::error("not-a-date", format!("a date is needed, not {found}"), span)
                    .help("name a fact or value that is a date, or write one: `1 April 2026`")
            }
        }
    }
}

/// Two readings of one sentence, a day apart: the author must choose.
fn counting_not_said(count: u32, is_before: bool, day: &str, span: Span) -> Diagnostic {
    let days = i32::try_from(count).unwrap_or(i32::MAX);
    let days = if is_before { -days } else { days };
    let lands = |days: i32| {
        let lands = Date::new(2023, 6, 1).and_then(|from| from.plus_days(days));
        lands.map_or_else(String::new, |lands| format!(" (1 June 2023 gives {lands})"))
    };
    let (after, with) = (lands(days), lands(days - days.signum()));
    Diagnostic::error(
        "counting-not-said",
        format!("it is not said whether `{day}` itself is the first of the days"),
        span,
    )
    .help(format!("add `, not counting that day`{after} or `, counting that day`{with}"))
}

/// A month that lacks the day.
fn missing_day_not_said(from: Date, months: i32, span: Span) -> Diagnostic {
    let way = if months < 0 { "before" } else { "after" };
    let (count, period) = match (months.unsigned_abs(), months % 12) {
        (months, 0) => (months / 12, "year"),
        (months, _) => (months, "month"),
    };
    let s = if count == 1 { "" } else { "s" };
    let lands = |missing| {
        let lands = from.plus_months(months, missing);
        lands.map_or_else(String::new, |lands| format!(" ({lands})"))
    };
    let (last, next) = (lands(MissingDay::Last), lands(MissingDay::Next));
    Diagnostic::error(
        "missing-day-not-said",
        format!("{count} {period}{s} {way} {from} there is no such day"),
        span,
    )
    .help(format!("add `, or the last day`{last} or `, or the next day`{next}"))
}

fn past_the_calendar(day: &str, is_before: bool, span: Span) -> Diagnostic {
    let end = if is_before { "before 1 January 1900" } else { "after 31 December 2199" };
    Diagnostic::error(
        "past-the-calendar",
        format!("this can be {end}, and there are no such days"),
        span,
    )
    .help(format!(
        "declare `{day}` with its bounds, such as `a date, from 1 April 2019 to 31 December 2028`"
    ))
}
