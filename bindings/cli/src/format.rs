//! `apportion format`: policies in their one layout.

use std::io::Write;
use std::path::{Path, PathBuf};

use apportion::format::{self, Unformatted};
use apportion::render;
use apportion_exchange::policy_file;
use apportion_exchange::replacement::Replacement;

use crate::failure::{Ended, Failure};
use crate::files;
use crate::policies::Unreadable;
use crate::terminal::Streams;

pub(crate) fn format(
    policies: &[PathBuf],
    is_check: bool,
    streams: &mut Streams<'_>,
) -> Result<Ended, Failure> {
    let mut unreadable = Unreadable::default();
    let mut has_found = false;
    for path in policies {
        let formatted = match files::is_standard_input(path) {
            true => standard_input(path, is_check, streams),
            false => file(path, is_check, streams),
        };
        match formatted {
            Ok(ended) => has_found |= ended == Ended::Found,
            Err(failure) => unreadable.note(failure, streams),
        }
    }
    unreadable.end(Ended::found_if(has_found))
}

fn file(path: &Path, is_check: bool, streams: &mut Streams<'_>) -> Result<Ended, Failure> {
    let text = policy_file::text(path)?;
    let Some(formatted) = formatted(path, &text, streams)? else { return Ok(Ended::Found) };
    if formatted == text {
        return Ok(Ended::Done);
    }
    if is_check {
        writeln!(streams.output, "{}", path.display())?;
        return Ok(Ended::Found);
    }
    let replacement = Replacement::begin(path)?;
    let written = (&replacement).write_all(formatted.as_bytes());
    written.map_err(|error| replacement.failure(error))?;
    replacement.finish()?;
    Ok(Ended::Done)
}

fn standard_input(
    path: &Path,
    is_check: bool,
    streams: &mut Streams<'_>,
) -> Result<Ended, Failure> {
    let text = policy_file::text_from(path, streams.input)?;
    let Some(formatted) = formatted(path, &text, streams)? else { return Ok(Ended::Found) };
    if is_check {
        let differs = formatted != text;
        if differs {
            writeln!(streams.output, "{}", path.display())?;
        }
        return Ok(Ended::found_if(differs));
    }
    streams.output.write_all(formatted.as_bytes())?;
    Ok(Ended::Done)
}

/// The text in its one layout; none where it cannot be read, and it is then said why.
fn formatted(
    path: &Path,
    text: &str,
    streams: &mut Streams<'_>,
) -> Result<Option<String>, Failure> {
    let bundle = policy_file::bundle_of(path, text)?;
    match format::format_bundle(&bundle) {
        Ok(formatted) => return Ok(Some(formatted)),
        Err(Unformatted::Mistakes(found)) => {
            streams.find(&render::all(&bundle.source(), &found))?;
        }
        Err(error) => {
            let is_too_large = matches!(error, Unformatted::TooLarge);
            let code = if is_too_large { "layout-too-large" } else { "layout-unsafe" };
            streams.find(&format!("error[{code}]: {error}\n --> {}\n", path.display()))?;
        }
    }
    Ok(None)
}
