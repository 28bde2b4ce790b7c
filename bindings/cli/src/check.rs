//! `apportion check`: every mistake in some policies.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use apportion::diagnostic::{Diagnostic, Severity, sort_by_place};
use apportion::engine::date::Date;
use apportion::policy::{Mistakes, Policy, is_clean};
use apportion::render;
use apportion::source::Source;
use apportion_exchange::diagnostics::{Found, to_json_with_unread};
use apportion_exchange::policy_file::bundle;

use crate::arguments::TextOrJson;
use crate::failure::{Ended, Failure};
use crate::policies::Unreadable;
use crate::terminal::Streams;
use crate::witnesses;

const SECONDS_OF_A_DAY: u64 = 24 * 60 * 60;

/// A policy and what was found in it.
struct Checked {
    file: String,
    source: Source,
    diagnostics: Vec<Diagnostic>,
}

pub(crate) fn check(
    policies: &[PathBuf],
    on: Option<Date>,
    folder: Option<&Path>,
    format: TextOrJson,
    streams: &mut Streams<'_>,
) -> Result<Ended, Failure> {
    let on = on.unwrap_or_else(today);
    let mut all = Vec::new();
    let mut unreadable = Unreadable::default();
    for path in policies {
        match checked(path, on) {
            Ok(checked) => all.push(checked),
            Err(failure) => unreadable.note(failure, streams),
        }
    }
    if let Some(folder) = folder {
        let found = all.iter().map(|it| (it.file.as_str(), it.diagnostics.as_slice()));
        witnesses::write(folder, found)?;
    }
    match format {
        TextOrJson::Text => write_text(&all, &unreadable, streams)?,
        TextOrJson::Json => {
            let found: Vec<Found<'_>> = all.iter().map(Checked::found).collect();
            streams.answer(&to_json_with_unread(&found, unreadable.reasons())?)?;
        }
    }
    unreadable.end(Ended::found_if(!all.iter().all(|it| is_clean(&it.diagnostics))))
}

fn checked(path: &Path, on: Date) -> Result<Checked, Failure> {
    let file = path.display().to_string();
    Ok(match Policy::from_bundle(&bundle(path)?) {
        Ok(policy) => {
            let mut diagnostics = policy.diagnostics().to_vec();
            diagnostics.extend_from_slice(policy.unused());
            diagnostics.extend(policy.prove());
            diagnostics.extend(policy.notes(on));
            sort_by_place(&mut diagnostics);
            Checked { file, source: policy.source().clone(), diagnostics }
        }
        Err(mistakes) => {
            let found = mistakes.prove();
            let Mistakes { texts, mut diagnostics } = mistakes;
            diagnostics.extend(found);
            sort_by_place(&mut diagnostics);
            Checked { file, source: texts, diagnostics }
        }
    })
}

/// The day it is; a clock that is set to no day of the calendar is taken for its first.
fn today() -> Date {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let day = i32::try_from(since_epoch.as_secs() / SECONDS_OF_A_DAY).ok();
    day.and_then(Date::from_day_number).unwrap_or(Date::MIN)
}

impl Checked {
    fn found(&self) -> Found<'_> {
        Found { source: &self.source, diagnostics: &self.diagnostics }
    }
}

fn write_text(
    all: &[Checked],
    unreadable: &Unreadable,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    for Checked { file, source, diagnostics } in all {
        if !diagnostics.is_empty() {
            streams.find(&(render::all(source, diagnostics) + "\n"))?;
        }
        if is_clean(diagnostics) {
            writeln!(streams.output, "{file}: ok")?;
        }
    }
    let count = |severity| {
        let all = all.iter().flat_map(|checked| &checked.diagnostics);
        let number = all.filter(|diagnostic| diagnostic.severity == severity).count();
        let plural = if number == 1 { "" } else { "s" };
        format!("{number} {}{plural}", severity.word())
    };
    let [errors, warnings, notes] = [Severity::Error, Severity::Warning, Severity::Note].map(count);
    match all {
        [] => writeln!(streams.output, "nothing was checked{}", unreadable.summary())?,
        _ => {
            let unread = unreadable.summary();
            writeln!(streams.output, "{errors}, {warnings}, {notes}{unread}")?;
        }
    }
    Ok(())
}
