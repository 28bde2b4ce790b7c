//! `apportion coverage`: what the examples of some policies reach, and which are missing.

use std::path::PathBuf;

use apportion::coverage::{Coverage, Point, PointKind, Standing};
use apportion::policy::Policy;
use apportion_exchange::coverage::{Covered, to_json};

use crate::arguments::TextOrJson;
use crate::failure::{Ended, Failure};
use crate::policies::{self, Unreadable};
use crate::terminal::Streams;

/// A policy with what its examples reach.
struct Looked {
    file: String,
    policy: Policy,
    coverage: Coverage,
}

pub(crate) fn coverage(
    paths: &[PathBuf],
    format: TextOrJson,
    streams: &mut Streams<'_>,
) -> Result<Ended, Failure> {
    let mut all = Vec::new();
    let mut unreadable = Unreadable::default();
    let mut is_broken = false;
    for path in paths {
        match policies::load(path, streams) {
            Ok(Some(policy)) => {
                let coverage = policy.coverage();
                all.push(Looked { file: path.display().to_string(), policy, coverage });
            }
            Ok(None) => is_broken = true,
            Err(failure) => unreadable.note(failure, streams),
        }
    }
    match format {
        TextOrJson::Text => {
            for looked in &all {
                write_text(looked, streams)?;
            }
        }
        TextOrJson::Json => {
            let covered: Vec<Covered<'_>> = all
                .iter()
                .map(|it| Covered {
                    file: &it.file,
                    source: it.policy.source(),
                    coverage: &it.coverage,
                })
                .collect();
            // Where nothing was looked at, programs are told why.
            if !covered.is_empty() {
                streams.answer(&to_json(&covered)?)?;
            }
        }
    }
    unreadable.end(Ended::found_if(is_broken))
}

/// What is reached, as comments of a policy, so that all that is written can be put into it.
fn write_text(looked: &Looked, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let Looked { file, policy, coverage } = looked;
    writeln!(streams.output, "-- {file}: shown by its examples")?;
    for kind in PointKind::ALL {
        let (shown, of) = coverage.count(kind);
        if of > 0 {
            writeln!(streams.output, "--   {:<16}{shown} of {of}", kind.plural())?;
        }
    }
    let not_settled: Vec<&Point> =
        coverage.points.iter().filter(|point| point.standing == Standing::NotSettled).collect();
    if !not_settled.is_empty() {
        writeln!(streams.output, "-- no case was found for, nor that there is none:")?;
    }
    for Point { clause, what, .. } in not_settled {
        writeln!(streams.output, "--   {}", format!("{clause} {what}").trim_end())?;
    }
    if coverage.missing.is_empty() {
        return Ok(());
    }
    writeln!(
        streams.output,
        "-- missing; the figures are what the policy says now, and to be checked:"
    )?;
    if policy.checked().examples.is_empty() {
        writeln!(streams.output, "\nexamples")?;
    }
    for (place, missing) in coverage.missing.iter().enumerate() {
        let is_shown = |point: &&Point| point.standing == Standing::Missing(place);
        let shows = coverage.points.iter().filter(is_shown);
        let shows: Vec<String> = shows.map(|it| format!("{} {}", it.clause, it.what)).collect();
        let shows: Vec<&str> = shows.iter().map(|it| it.trim_end()).collect();
        writeln!(streams.output, "\n-- shows {}", shows.join("; "))?;
        write!(streams.output, "{}", missing.text)?;
    }
    Ok(())
}
