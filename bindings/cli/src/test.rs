//! `apportion test`: the examples of some policies.

use std::path::PathBuf;

use apportion::example::{Difference, ExampleOutcome, OutcomeKind};
use apportion_exchange::examples::{Ran, to_json};

use crate::arguments::TextOrJson;
use crate::columns::aligned;
use crate::failure::{Ended, Failure};
use crate::policies::{self, Unreadable};
use crate::terminal::Streams;

pub(crate) fn test(
    paths: &[PathBuf],
    format: TextOrJson,
    streams: &mut Streams<'_>,
) -> Result<Ended, Failure> {
    let mut all = Vec::new();
    let mut unreadable = Unreadable::default();
    let mut is_broken = false;
    for path in paths {
        match policies::load(path, streams) {
            Ok(Some(policy)) => all.push(Ran::new(&path.display().to_string(), &policy)),
            Ok(None) => is_broken = true,
            Err(failure) => unreadable.note(failure, streams),
        }
    }
    match format {
        TextOrJson::Text => write_text(&all, &unreadable, streams)?,
        TextOrJson::Json => streams.output.write_all(to_json(&all)?.as_bytes())?,
    }
    let has_failed = count(&all, |kind| matches!(kind, OutcomeKind::Failed(_))) > 0;
    unreadable.end(Ended::found_if(is_broken || has_failed))
}

fn count(all: &[Ran], is_such: impl Fn(&OutcomeKind) -> bool) -> usize {
    all.iter().flat_map(Ran::outcomes).filter(|(_, outcome)| is_such(&outcome.kind)).count()
}

fn write_text(
    all: &[Ran],
    unreadable: &Unreadable,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    for ran in all {
        for (line, outcome) in ran.outcomes() {
            let (name, place) = (&outcome.name, format!("{}:{line}", ran.file));
            match &outcome.kind {
                OutcomeKind::Passed => {}
                OutcomeKind::Failed(differences) => {
                    streams.find(&failed(outcome, &place, differences))?;
                }
                OutcomeKind::Skipped(reason) => {
                    let note = format!("note: \"{name}\" is skipped: {reason}\n --> {place}\n");
                    streams.find(&note)?;
                }
            }
        }
    }
    let passed = count(all, |kind| *kind == OutcomeKind::Passed);
    let failed = count(all, |kind| matches!(kind, OutcomeKind::Failed(_)));
    let skipped = count(all, |kind| matches!(kind, OutcomeKind::Skipped(_)));
    write!(streams.output, "{passed} passed, {failed} failed")?;
    if skipped > 0 {
        write!(streams.output, ", {skipped} skipped")?;
    }
    writeln!(streams.output, "{}", unreadable.summary())?;
    Ok(())
}

/// What was expected beside what came.
fn failed(example: &ExampleOutcome, place: &str, differences: &[Difference]) -> String {
    let mut rows = vec![["", "expected", "got", ""].map(String::from)];
    rows.extend(differences.iter().map(|difference| {
        let Difference { what, expected, got, pence, .. } = difference;
        [what.clone(), expected.clone(), got.clone(), pence.map(by).unwrap_or_default()]
    }));
    let name = &example.name;
    let table: String = aligned(&rows).lines().map(|line| format!("  {line}\n")).collect();
    format!("error[example-fails]: \"{name}\" comes out otherwise\n --> {place}\n{table}")
}

/// By how much what came is more than what was expected.
fn by(pence: i64) -> String {
    let direction = if pence > 0 { "more" } else { "less" };
    format!("{}p {direction}", pence.unsigned_abs())
}
