//! Mistakes of days that are counted.

use alloc::format;
use alloc::string::String;

use apportion_core::date::Date;
use apportion_core::shift::MissingDay;

use crate::calendar::known_days;
use crate::diagnostic::Diagnostic;
use crate::distance::Distance;
use crate::source::Span;

/// Days that are counted in a way that does not say which day is meant.
pub(in crate::check) enum DayMistake {
    /// `28 days after checklist received`, where that day may be the first or not
    CountingNotSaid { distance: Distance, day: String, span: Span },
    /// `1 month after admission`, which may be 31 January
    MissingDayNotSaid { from: Date, months: i32, span: Span },
    /// `28 days after admission, not counting that day, or the last day`
    NoDayIsMissing { span: Span },
    /// `0 days after admission`
    NothingToCount { span: Span },
    /// `100 years after admission`, which may be in 2150
    PastTheCalendar { day: String, is_before: bool, span: Span },
    /// `20 working days after admission`, which may be in 2050
    WorkingDaysNotKnown { distance: Distance, first: Date, last: Date, day: String, span: Span },
    /// `28 days after care cost`
    NotADate { found: String, span: Span },
}

impl From<DayMistake> for Diagnostic {
    fn from(mistake: DayMistake) -> Diagnostic {
        match mistake {
            DayMistake::CountingNotSaid { distance, day, span } => {
                counting_not_said(&distance, &day, span)
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
            DayMistake::WorkingDaysNotKnown { distance, first, last, day, span } => {
                working_days_not_known(&distance, (first, last), &day, span)
            }
            DayMistake::NotADate { found, span } => {
                Diagnostic::error("not-a-date", format!("a date is needed, not {found}"), span)
                    .help("name a fact or value that is a date, or write one: `1 April 2026`")
            }
        }
    }
}

/// Two readings of one sentence, a day apart: the author must choose.
fn counting_not_said(distance: &Distance, day: &str, span: Span) -> Diagnostic {
    let lands = |counts_day: bool| {
        let from = Date::new(2023, 6, 1);
        let lands = from.and_then(|from| Distance { counts_day, ..*distance }.from(from));
        lands.map_or_else(String::new, |lands| format!(" (1 June 2023 gives {lands})"))
    };
    let (after, with) = (lands(false), lands(true));
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

/// Days outside the calendar, and the bounds that keep within it.
fn working_days_not_known(
    distance: &Distance,
    (first, last): (Date, Date),
    day: &str,
    span: Span,
) -> Diagnostic {
    let message = "it is not known which days are working days on all days that this can reach";
    let diagnostic = Diagnostic::error("working-days-not-known", message, span);
    let Some((known_from, known_to)) = known_days() else { return diagnostic };
    let diagnostic = diagnostic.here(format!("known from {known_from} to {known_to}"));
    let is_known = |day: &Date| distance.from(*day).is_some();
    let days =
        |from: Date, step: i32| core::iter::successors(Some(from), move |it| it.plus_days(step));
    let within = (first.max(known_from), last.min(known_to));
    let earliest = days(within.0, 1).take_while(|it| *it <= within.1).find(is_known);
    let latest = days(within.1, -1).take_while(|it| *it >= within.0).find(is_known);
    match (earliest, latest) {
        (Some(earliest), Some(latest)) => diagnostic.help(format!(
            "declare `{day}` with bounds that keep within it: `a date, from {earliest} to {latest}`"
        )),
        _ => diagnostic.help("count days or weeks, which are the same in every year"),
    }
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
