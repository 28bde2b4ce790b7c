//! How a run of the command ends.

use std::io;
use std::path::PathBuf;

use apportion::policy::CaseMistake;
use apportion_exchange::csv::caseload::CaseloadError;
use apportion_exchange::csv::join::JoinMistake;
use apportion_exchange::document::DocumentError;
use apportion_exchange::policy_file::FileError;
use apportion_exchange::refusal::Reason;
use apportion_exchange::replacement::WriteError;
use thiserror::Error;

/// How a run of the command ended that could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Everything was done: exit code 0.
    Done,
    /// Something was found or refused: exit code 1.
    Found,
}

impl Ended {
    /// Found if so, done otherwise.
    pub(crate) fn found_if(is_found: bool) -> Ended {
        if is_found { Ended::Found } else { Ended::Done }
    }
}

/// Why the command could not do its work: exit code 2.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    /// A file that cannot be read, or is no text.
    #[error(transparent)]
    File(#[from] FileError),
    /// A case or record that is larger than any.
    #[error("`{}` is larger than {most}", .path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The most it may have, and what it is.
        most: &'static str,
    },
    /// A file that cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Two arguments that name one file.
    #[error("`{}` is named twice; every file of a run is another", .path.display())]
    SameFile {
        /// The file.
        path: PathBuf,
    },
    /// A summary as JSON, and the decisions, both to standard output.
    #[error(
        "with `--format json` the summary goes to standard output, so name a file for the decisions with `-o`"
    )]
    TwoOutputs,
    /// The facts of items, in another format than CSV.
    #[error("`--list` goes with `--format csv`; the other formats list the facts of items too")]
    ListNotCsv,
    /// A list that the policy does not declare.
    #[error(transparent)]
    NoSuchList(CaseMistake),
    /// A fact that the policy does not declare.
    #[error(transparent)]
    NoSuchFact(CaseMistake),
    /// A code that no message has.
    #[error("no message has the code `{code}`{}", .near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default())]
    NoSuchCode {
        /// What was asked for.
        code: String,
        /// The code nearest to it.
        near: Option<&'static str>,
    },
    /// A conclusion that the policy does not draw.
    #[error("the policy draws no conclusion `{name}`; it draws {}", .drawn.join(", "))]
    NoSuchConclusion {
        /// What was asked for.
        name: String,
        /// Those that it draws.
        drawn: Vec<String>,
    },
    /// Changes that would turn a conclusion about items.
    #[error(
        "`{name}` is concluded of each {each}; changes are looked for that turn what is concluded of the case"
    )]
    ConcludedOfItems {
        /// The conclusion.
        name: String,
        /// What it is concluded of, in the singular.
        each: String,
    },
    /// Two files of one kind for one list.
    #[error("`{option}` names `{list}` twice")]
    ListTwice {
        /// The argument.
        option: &'static str,
        /// The list.
        list: String,
    },
    /// A file to be made of items that are not given.
    #[error("`{option}` names `{list}`, of which `--items` gives no file")]
    ListNotGiven {
        /// The argument.
        option: &'static str,
        /// The list.
        list: String,
    },
    /// A caseload from standard input beside items.
    #[error("with `--items` the cases are read twice, so name their file")]
    CasesReadTwice,
    /// Nothing joins items to their cases.
    #[error(transparent)]
    Join(#[from] JoinMistake),
    /// A caseload that could not be decided to its end.
    #[error("`{}`: {error}", .path.display())]
    Caseload {
        /// The caseload.
        path: PathBuf,
        /// Why.
        error: CaseloadError,
    },
    /// A document that could not be written.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// Standard output or the errors cannot be written.
    #[error("the output cannot be written: {0}")]
    Output(#[from] io::Error),
}

impl Failure {
    /// The code of what is wrong in a file, where it has one.
    pub(crate) fn code(&self) -> Option<&'static str> {
        match self {
            Failure::File(error) => Some(error.code()),
            _ => None,
        }
    }

    /// Why there is no answer, for programs.
    pub(crate) fn reason(&self) -> Reason {
        let (path, line) = match self {
            Failure::File(FileError::NotText { path, line, .. }) => (Some(path), Some(*line)),
            Failure::File(FileError::Read { path, .. })
            | Failure::TooLarge { path, .. }
            | Failure::SameFile { path }
            | Failure::Write(WriteError { path, .. })
            | Failure::Caseload { path, .. } => (Some(path), None),
            _ => (None, None),
        };
        let file = path.map(|path| path.display().to_string());
        let (code, message) = (self.code(), self.to_string());
        Reason { code, message, file, line, ..Reason::default() }
    }

    /// Whether whoever read the output went away.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        let error = match self {
            Failure::Output(error) => error,
            Failure::Caseload { error: CaseloadError::Write(error), .. } => error,
            _ => return false,
        };
        error.kind() == io::ErrorKind::BrokenPipe
    }
}
