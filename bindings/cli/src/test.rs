//! `apportion test`: the examples of some policies.

use core::fmt::Write as _;
use std::path::{Path, PathBuf};

use apportion::example::{Difference, ExampleOutcome, OutcomeKind};
use apportion::policy::Policy;
use apportion::source::line_column;

use crate::failure::{Ended, Failure};
use crate::policies;
use crate::terminal::Streams;

/// How many examples came to what.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    passed: usize,
    failed: usize,
    skipped: usize,
}

pub(crate) fn test(policies: &[PathBuf], streams: &mut Streams<'_>) -> Result<Ended, Failure> {
    let mut count = Count::default();
    let mut is_broken = false;
    for path in policies {
        match policies::load(path, streams)? {
            Some(policy) => test_one(path, &policy, &mut count, streams)?,
            None => is_broken = true,
        }
    }
    let Count { passed, failed, skipped } = count;
    write!(streams.output, "{passed} passed, {failed} failed")?;
    if skipped > 0 {
        write!(streams.output, ", {skipped} skipped")?;
    }
    writeln!(streams.output)?;
    Ok(Ended::found_if(is_broken || failed > 0))
}

fn test_one(
    path: &Path,
    policy: &Policy,
    count: &mut Count,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    for example in policy.run_examples() {
        let line = line_column(policy.text(), example.span.start).line;
        let place = format!("{}:{line}", path.display());
        match &example.kind {
            OutcomeKind::Passed => count.passed += 1,
            OutcomeKind::Failed(differences) => {
                count.failed += 1;
                streams.find(&failed(&example, &place, differences))?;
            }
            OutcomeKind::Skipped(reason) => {
                count.skipped += 1;
                let name = &example.name;
                streams.find(&format!("note: \"{name}\" is skipped: {reason}\n --> {place}\n"))?;
            }
        }
    }
    Ok(())
}

/// What was expected beside what came.
fn failed(example: &ExampleOutcome, place: &str, differences: &[Difference]) -> String {
    let mut rows = vec![["", "expected", "got", ""].map(String::from)];
    rows.extend(differences.iter().map(|difference| {
        let Difference { what, expected, got, pence, .. } = difference;
        [what.clone(), expected.clone(), got.clone(), pence.map(by).unwrap_or_default()]
    }));
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max()
    };
    let [what, expected, got] = [0, 1, 2].map(|column| width(column).unwrap_or(0));
    let mut text = format!("error[example-fails]: \"{}\" comes otherwise\n --> {place}\n", example.name);
    for row in &rows {
        let [a, b, c, d] = row;
        let line = format!("  {a:what$}  {b:expected$}  {c:got$}  {d}");
        // Writing to memory cannot fail.
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// By how much what came is more than what was expected.
fn by(pence: i64) -> String {
    let direction = if pence > 0 { "more" } else { "less" };
    format!("{}p {direction}", pence.unsigned_abs())
}
