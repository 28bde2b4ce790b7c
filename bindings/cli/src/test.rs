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
    let mut broken = 0;
    for path in paths {
        let file = path.display().to_string();
        match policies::load(path, streams) {
            Ok(Some(policy)) => all.push(Ran::new(&file, &policy)),
            Ok(None) => {
                broken += 1;
                all.push(Ran::not_run(&file, "the policy has mistakes".to_string()));
            }
            Err(failure) => {
                all.push(Ran::not_run(&file, failure.to_string()));
                unreadable.note(failure, streams);
            }
        }
    }
    match format {
        TextOrJson::Text => write_text(&all, broken, &unreadable, streams)?,
        TextOrJson::Json => streams.answer(&to_json(&all)?)?,
    }
    let has_failed = count(&all, |kind| matches!(kind, OutcomeKind::Failed(_))) > 0;
    unreadable.end(Ended::found_if(broken > 0 || has_failed))
}

fn count(all: &[Ran], is_such: impl Fn(&OutcomeKind) -> bool) -> usize {
    all.iter().flat_map(Ran::outcomes).filter(|(_, outcome)| is_such(&outcome.kind)).count()
}

fn write_text(
    all: &[Ran],
    broken: usize,
    unreadable: &Unreadable,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    for ran in all {
        for (line, outcome) in ran.outcomes() {
            let place = format!("{}:{line}", ran.file);
            match &outcome.kind {
                OutcomeKind::Passed => {}
                OutcomeKind::Failed(differences) => {
                    streams.find(&failed(outcome, &place, differences))?;
                }
            }
        }
    }
    let passed = count(all, |kind| *kind == OutcomeKind::Passed);
    let failed = count(all, |kind| matches!(kind, OutcomeKind::Failed(_)));
    write!(streams.output, "{passed} passed, {failed} failed")?;
    match broken {
        0 => {}
        1 => write!(streams.output, "; 1 policy has mistakes and was not run")?,
        count => write!(streams.output, "; {count} policies have mistakes and were not run")?,
    }
    writeln!(streams.output, "{}", unreadable.summary())?;
    Ok(())
}

/// The code of an example that does not come out as it says.
const FAILS: &str = "example-fails";

/// What was expected beside what came.
fn failed(example: &ExampleOutcome, place: &str, differences: &[Difference]) -> String {
    let mut rows = vec![["", "expected", "got", ""].map(String::from)];
    rows.extend(differences.iter().map(|difference| {
        let Difference { what, expected, got, pence, .. } = difference;
        [what.clone(), expected.clone(), got.clone(), pence.map(by).unwrap_or_default()]
    }));
    let name = &example.name;
    let table: String = aligned(&rows).lines().map(|line| format!("  {line}\n")).collect();
    format!("error[{FAILS}]: \"{name}\" comes out otherwise\n --> {place}\n{table}")
}

/// By how much what came is more than what was expected.
fn by(pence: i64) -> String {
    let direction = if pence > 0 { "more" } else { "less" };
    format!("{}p {direction}", pence.unsigned_abs())
}
