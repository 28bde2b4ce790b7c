//! `apportion run`: every case of a caseload.

use std::cell::RefCell;
use std::fs;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use apportion::policy::Policy;
use apportion_exchange::csv::caseload::{Caseload, CaseloadError};
use apportion_exchange::csv::columns::{Carry, ColumnMistake};
use apportion_exchange::csv::items::ItemFile;
use apportion_exchange::csv::summary::Summary;
use apportion_exchange::policy_file;
use apportion_exchange::refusal::Reason;
use apportion_exchange::replacement::Replacement;
use indicatif::{ProgressBar, ProgressStyle};

use crate::arguments::{Run, TextOrJson};
use crate::failure::{Ended, Failure};
use crate::files;
use crate::items::{self, ListFiles};
use crate::policies;
use crate::rejected::{Named, Rejected};
use crate::terminal::{Output, Streams};

pub(crate) fn run(run: &Run, streams: &mut Streams<'_>) -> Result<Ended, Failure> {
    if run.format == TextOrJson::Json && run.output.is_none() {
        return Err(Failure::TwoOutputs);
    }
    no_file_twice(run)?;
    let Some(policy) = policies::load(&run.policy, streams)? else { return Ok(Ended::Found) };
    let lists = items::lists(&policy, run)?;
    let is_standard_input = files::is_standard_input(&run.cases);
    let summary = match &lists[..] {
        [_, ..] if is_standard_input => return Err(Failure::CasesReadTwice),
        [] if is_standard_input => {
            let input = &mut *streams.input;
            let caseload = Caseload::open(&policy, input, &carry(run));
            let caseload = allowing(run, caseload);
            caseload.and_then(|it| decide(run, &lists, it, streams.output, streams.errors))
        }
        lists => {
            let file = policy_file::open(&run.cases)?;
            let bar = progress(&file, streams.errors);
            let caseload = open(run, lists, &policy, bar.wrap_read(file));
            let summary =
                caseload.and_then(|it| decide(run, lists, it, streams.output, streams.errors));
            bar.finish_and_clear();
            summary
        }
    };
    let summary = match summary {
        Err(Failure::Caseload { path, error: CaseloadError::Columns(mistakes) }) => {
            write_columns(&path, &mistakes, streams)?;
            return Ok(Ended::Found);
        }
        summary => summary?,
    };
    if summary.not_settled > 0 && !run.allow_unknown {
        streams.errors.write_all(
            b"help: keep cases that are not settled among the decisions with `--allow-unknown`\n\n",
        )?;
    }
    match run.format {
        TextOrJson::Text => streams.errors.write_all(summary.to_string().as_bytes())?,
        TextOrJson::Json => streams.output.write_all(summary.to_json()?.as_bytes())?,
    }
    Ok(Ended::found_if(summary.has_rejects()))
}

/// Opens a caseload from a file, with the items of its cases.
fn open<'p, R: Read + Seek>(
    run: &Run,
    lists: &[ListFiles<'_>],
    policy: &'p Policy,
    input: R,
) -> Result<Caseload<'p, R>, Failure> {
    let carry = carry(run);
    if lists.is_empty() {
        return allowing(run, Caseload::open(policy, input, &carry));
    }
    let join = items::join(policy, run.join.as_deref())?;
    let items: Result<Vec<_>, _> =
        lists.iter().map(|files| files.open(policy, join, &carry)).collect();
    allowing(run, Caseload::open_with_items(policy, input, &carry, join, items?))
}

/// Allows a caseload that was opened what the run allows.
fn allowing<'p, R: Read>(
    run: &Run,
    caseload: Result<Caseload<'p, R>, CaseloadError>,
) -> Result<Caseload<'p, R>, Failure> {
    let caseload = match run.allow_unknown {
        true => caseload.and_then(Caseload::allow_unknown),
        false => caseload,
    };
    caseload.map_err(|error| failed(run, error))
}

/// Why the caseload could not be decided.
fn failed(run: &Run, error: CaseloadError) -> Failure {
    Failure::Caseload { path: run.cases.clone(), error }
}

/// Decides the caseload; its files take their places only when all are whole.
fn decide<R: Read>(
    run: &Run,
    lists: &[ListFiles<'_>],
    caseload: Caseload<'_, R>,
    output: &mut dyn Output,
    errors: &mut dyn Output,
) -> Result<Summary, Failure> {
    let decisions = run.output.as_deref().map(Replacement::begin).transpose()?;
    let mut file = decisions.as_ref();
    let to: &mut dyn Write = match &mut file {
        Some(file) => file,
        None => output,
    };
    let files = lists.iter().map(ListFiles::begin).collect::<Result<Vec<_>, _>>()?;
    let kept = run.rejects.as_deref().map(Replacement::begin).transpose()?;

    let errors = RefCell::new(errors);
    let columns = caseload.columns();
    let mut rejects = Rejected::new(kept.as_ref(), columns, || {
        Named::of_cases(&errors).showing_values(run.show_values, columns)
    })?;
    let columns = caseload.items().iter().map(ItemFile::columns);
    let item_rejects = lists.iter().zip(&files).zip(columns).map(|((list, files), columns)| {
        Rejected::new(files.rejects.as_ref(), columns, || {
            Named::of_items(&errors, list.name).showing_values(run.show_values, columns)
        })
    });
    let mut item_rejects = item_rejects.collect::<Result<Vec<_>, _>>()?;
    let outputs = items::outputs(&files, &mut item_rejects);
    let summary = caseload.decide_with_items(to, &mut rejects, outputs);
    let summary = summary.map_err(|error| failed(run, error))?;
    rejects.finish()?;
    item_rejects.into_iter().try_for_each(Rejected::finish)?;

    let of_items = files.into_iter().flat_map(|files| [files.decided, files.rejects]);
    let mut all = [decisions, kept].into_iter().chain(of_items).flatten();
    all.try_for_each(Replacement::finish)?;
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
        let (code, file) = (Some(code), Some(file.to_string()));
        streams.note(Reason { code, message: text, file, line: Some(1), ..Reason::default() });
    }
    let may_be_carried = |mistake: &ColumnMistake| {
        matches!(mistake, ColumnMistake::Undeclared(_) | ColumnMistake::NoName { .. })
    };
    for mistake in mistakes {
        if let ColumnMistake::NoItems { outside, .. } = mistake {
            streams.find(&format!(
                "help: name their file with `--items {outside}=FILE`; `apportion facts POLICY --format csv --list {outside}` writes its columns\n"
            ))?;
        }
    }
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
    places.extend(run.items.iter().map(|file| place(&file.path)));
    let of_items = run.items_out.iter().chain(&run.items_rejects).map(|file| &file.path);
    for path in [&run.output, &run.rejects].into_iter().flatten().chain(of_items) {
        let place = place(path);
        if places.contains(&place) {
            return Err(Failure::SameFile { path: path.clone() });
        }
        places.push(place);
    }
    Ok(())
}
