//! `apportion run`: every case of a caseload.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use apportion::policy::Policy;
use apportion_exchange::csv::caseload::{Caseload, CaseloadError};
use apportion_exchange::csv::columns::{Carry, ColumnMistake};
use apportion_exchange::csv::rejects::{Reject, RejectRows, Rejects};
use apportion_exchange::csv::summary::Summary;
use indicatif::{ProgressBar, ProgressStyle};

use crate::arguments::{Run, TextOrJson};
use crate::failure::{Ended, Failure};
use crate::files;
use crate::policies;
use crate::replacement::Replacement;
use crate::terminal::{Output, Streams};

/// How many rejects are named where no file takes them.
const MOST_NAMED: u64 = 20;

pub(crate) fn run(run: &Run, streams: &mut Streams<'_>) -> Result<Ended, Failure> {
    if run.format == TextOrJson::Json && run.output.is_none() {
        return Err(Failure::TwoOutputs);
    }
    no_file_twice(run)?;
    let Some(policy) = policies::load(&run.policy, streams)? else { return Ok(Ended::Found) };
    let summary = if files::is_standard_input(&run.cases) {
        let input = &mut *streams.input;
        decide(run, &policy, input, streams.output, streams.errors)
    } else {
        let file = files::open(&run.cases)?;
        let bar = progress(&file, streams.errors);
        let input = bar.wrap_read(file);
        let summary = decide(run, &policy, input, streams.output, streams.errors);
        bar.finish_and_clear();
        summary
    };
    let summary = match summary {
        Err(Failure::Caseload { path, error: CaseloadError::Columns(mistakes) }) => {
            write_columns(&path, &mistakes, streams)?;
            return Ok(Ended::Found);
        }
        summary => summary?,
    };
    match run.format {
        TextOrJson::Text => streams.errors.write_all(summary.to_string().as_bytes())?,
        TextOrJson::Json => streams.output.write_all(summary.to_json()?.as_bytes())?,
    }
    Ok(Ended::found_if(summary.rejected > 0))
}

/// Decides the caseload; its files take their places only when all are whole.
fn decide(
    run: &Run,
    policy: &Policy,
    input: impl Read,
    output: &mut dyn Output,
    errors: &mut dyn Output,
) -> Result<Summary, Failure> {
    let failure = |error| Failure::Caseload { path: run.cases.clone(), error };
    let caseload = Caseload::open(policy, input, &carry(run)).map_err(failure)?;
    let decisions = run.output.as_deref().map(Replacement::begin).transpose()?;
    let rejected = run.rejects.as_deref().map(Replacement::begin).transpose()?;
    let mut file = decisions.as_ref();
    let to: &mut dyn Write = match &mut file {
        Some(file) => file,
        None => output,
    };
    let summary = match &rejected {
        Some(file) => {
            let not_written = |error| file.failure(error);
            let mut rows = RejectRows::new(file, caseload.columns()).map_err(not_written)?;
            let summary = caseload.decide(to, &mut rows).map_err(failure)?;
            rows.finish().map_err(not_written)?;
            summary
        }
        None => {
            let mut named = Named { errors, rejects: 0 };
            let summary = caseload.decide(to, &mut named).map_err(failure)?;
            named.finish()?;
            summary
        }
    };
    decisions.into_iter().chain(rejected).try_for_each(Replacement::finish)?;
    Ok(summary)
}

/// Why a caseload is refused before its first case.
fn write_columns(
    path: &Path,
    mistakes: &[ColumnMistake],
    streams: &mut Streams<'_>,
) -> io::Result<()> {
    for mistake in mistakes {
        let (code, file) = (mistake.code(), path.display());
        let text = mistake.to_string();
        let (message, list) = text.split_once('\n').unwrap_or((&text, ""));
        let list = list.lines().map(|line| format!("{line}\n")).collect::<String>();
        streams.find(&format!("error[{code}]: {message}\n --> {file}:1\n{list}"))?;
    }
    let may_be_carried = |mistake: &ColumnMistake| {
        matches!(mistake, ColumnMistake::Undeclared(_) | ColumnMistake::NoName { .. })
    };
    if mistakes.iter().any(may_be_carried) {
        streams.find("help: keep other columns with `--carry NAMES` or `--carry-rest`\n")?;
    }
    Ok(())
}

fn carry(run: &Run) -> Carry {
    match &run.carry[..] {
        _ if run.carry_rest => Carry::Rest,
        [] => Carry::Nothing,
        names => Carry::Names(names.iter().map(|name| name.trim().to_string()).collect()),
    }
}

/// Names the first rejects where no file takes them.
struct Named<'a> {
    errors: &'a mut dyn Output,
    rejects: u64,
}

impl Rejects for Named<'_> {
    fn reject(&mut self, reject: &Reject, _row: &mut dyn Iterator<Item = &[u8]>) -> io::Result<()> {
        self.rejects += 1;
        if self.rejects > MOST_NAMED {
            return Ok(());
        }
        let Reject { line, column, reason } = reject;
        match column {
            Some(column) => writeln!(self.errors, "line {line}, column `{column}`: {reason}"),
            None => writeln!(self.errors, "line {line}: {reason}"),
        }
    }
}

impl Named<'_> {
    fn finish(self) -> io::Result<()> {
        if self.rejects == 0 {
            return Ok(());
        }
        if self.rejects > MOST_NAMED {
            writeln!(self.errors, "and {} rows more", self.rejects - MOST_NAMED)?;
        }
        writeln!(self.errors, "help: keep the rejected rows in a file with `--rejects FILE`\n")
    }
}

/// A bar that shows how much of a file is read, if anybody is looking.
fn progress(file: &fs::File, errors: &dyn Output) -> ProgressBar {
    if !errors.is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(file.metadata().map_or(0, |metadata| metadata.len()));
    let style = ProgressStyle::with_template("{wide_bar} {bytes} of {total_bytes}, {eta} left");
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Refuses a run that would write over what it reads, or one file over the other.
fn no_file_twice(run: &Run) -> Result<(), Failure> {
    let place = |path: &Path| -> PathBuf {
        fs::canonicalize(path).unwrap_or_else(|_| {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let folder = fs::canonicalize(folder.unwrap_or(Path::new("."))).ok();
            folder.zip(path.file_name()).map_or(path.to_path_buf(), |(it, name)| it.join(name))
        })
    };
    let mut places = vec![place(&run.policy), place(&run.cases)];
    for path in [&run.output, &run.rejects].into_iter().flatten() {
        let place = place(path);
        if places.contains(&place) {
            return Err(Failure::SameFile { path: path.clone() });
        }
        places.push(place);
    }
    Ok(())
}
