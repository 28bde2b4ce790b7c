//! Mistakes as exceptions of the package, which are classes written in Python.

use std::io;
use std::path::PathBuf;

use apportion::diagnostic::Diagnostic;
use apportion::policy::{CaseMistake, Mistakes, Policy, Refused};
use apportion::source::Source;
use apportion_exchange::csv::columns::ColumnMistake;
use apportion_exchange::document::DocumentError;
use apportion_exchange::mistake::{CaseTextMistake, FieldMistake};
use apportion_exchange::policy_file::FileError;
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyTuple, PyType};

/// A diagnostic as the package takes it: code, severity, message, file, line, column, clause,
/// notes, help.
type Told = (
    &'static str,
    &'static str,
    String,
    String,
    usize,
    usize,
    Option<String>,
    Vec<String>,
    Option<String>,
);

/// A class of the package's `_errors`, imported once.
fn class<'py>(
    py: Python<'py>,
    cell: &'static PyOnceLock<Py<PyType>>,
    name: &str,
) -> PyResult<&'py Bound<'py, PyType>> {
    cell.import(py, "apportion._errors", name)
}

fn raised<'py>(
    py: Python<'py>,
    cell: &'static PyOnceLock<Py<PyType>>,
    name: &str,
    arguments: impl pyo3::call::PyCallArgs<'py>,
) -> PyErr {
    let made = class(py, cell, name).and_then(|class| class.call1(arguments));
    made.map_or_else(|error| error, PyErr::from_value)
}

fn policy_error(py: Python<'_>, rendered: String, told: Vec<Told>) -> PyErr {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    raised(py, &CLASS, "PolicyError", (rendered, told))
}

/// A policy that cannot be used.
pub(crate) fn of_policy(py: Python<'_>, mistakes: &Mistakes) -> PyErr {
    policy_error(py, mistakes.to_string(), told(&mistakes.texts, &mistakes.diagnostics))
}

/// What was found in a policy, as the package takes it.
pub(crate) fn told(source: &Source, diagnostics: &[Diagnostic]) -> Vec<Told> {
    let told = diagnostics.iter().map(|it| {
        let place = source.place(it.span().start);
        let (notes, help) = (it.notes.clone(), it.help.clone());
        let severity = it.severity.word();
        let message = it.message.clone();
        let clause = it.clause.clone();
        (it.code, severity, message, place.file, place.line, place.column, clause, notes, help)
    });
    told.collect()
}

/// A policy's file that cannot be read, or is no text.
pub(crate) fn of_file(py: Python<'_>, failure: FileError) -> PyErr {
    match failure {
        FileError::Read { path, error } => of_io(path, error),
        FileError::NotText { .. } => policy_error(py, failure.to_string(), Vec::new()),
    }
}

/// A file that cannot be read or written: the error that Python's own `open` would raise.
pub(crate) fn of_io(path: PathBuf, error: io::Error) -> PyErr {
    match error.raw_os_error() {
        Some(number) => {
            let text = error.to_string();
            let text = text.split(" (os error").next().unwrap_or_default().to_string();
            PyOSError::new_err((number, text, path.into_os_string()))
        }
        None if error.kind() == io::ErrorKind::IsADirectory => {
            pyo3::exceptions::PyIsADirectoryError::new_err(format!(
                "`{}` is a directory",
                path.display()
            ))
        }
        None => error.into(),
    }
}

/// What is said of a case that is wrong or has no decision, and of what.
#[derive(Debug)]
pub(crate) struct CaseError {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// The fact or list, as the policy or the caller names it.
    pub(crate) fact: Option<String>,
    /// The item that it is a fact of.
    pub(crate) item: Option<String>,
    /// The clauses that met.
    pub(crate) clauses: Vec<String>,
}

impl CaseError {
    /// A mistake about no single fact.
    pub(crate) fn of_case(code: &'static str, message: &str) -> CaseError {
        let message = message.to_string();
        CaseError { code, message, fact: None, item: None, clauses: Vec::new() }
    }

    /// Why a table or workbook is refused before its first case.
    pub(crate) fn of_columns(
        code: &'static str,
        message: &str,
        mistakes: &[ColumnMistake],
    ) -> CaseError {
        let is_undeclared =
            |mistake: &ColumnMistake| matches!(mistake, ColumnMistake::Undeclared(_));
        let help = match mistakes.iter().any(is_undeclared) {
            true => "\nname other columns to keep in `carry`, or keep all with `carry=\"rest\"`",
            false => "",
        };
        CaseError::of_case(code, &format!("{message}{help}"))
    }

    /// A mistake about one fact.
    pub(crate) fn of_fact(code: &'static str, message: String, fact: &str) -> CaseError {
        let fact = Some(fact.to_string());
        CaseError { code, message, fact, item: None, clauses: Vec::new() }
    }

    /// The same, said of one item.
    pub(crate) fn in_item(self, item: String) -> CaseError {
        CaseError { message: format!("{item}: {}", self.message), item: Some(item), ..self }
    }

    /// As an exception, with the fact by its name outside the file.
    pub(crate) fn raised(self, py: Python<'_>, policy: &Policy) -> PyErr {
        static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        let outside = |name: String| match (policy.fact(&name), policy.list(&name)) {
            (Some(id), _) => policy.facts().get(id.index()).map(|fact| fact.outside.clone()),
            (None, Some(id)) => policy.lists().get(id.index()).map(|list| list.outside.clone()),
            (None, None) => Some(name),
        };
        let fact = self.fact.and_then(outside);
        let clauses = PyTuple::new(py, self.clauses);
        let clauses = match clauses {
            Ok(clauses) => clauses,
            Err(error) => return error,
        };
        raised(py, &CLASS, "CaseError", (self.message, self.code, fact, self.item, clauses))
    }
}

impl From<CaseTextMistake> for CaseError {
    fn from(mistake: CaseTextMistake) -> CaseError {
        let (code, message) = (mistake.code(), mistake.to_string());
        let (fact, item) = named(mistake);
        CaseError { code, message, fact, item, clauses: Vec::new() }
    }
}

/// The fact and the item that a mistake is about.
fn named(mistake: CaseTextMistake) -> (Option<String>, Option<String>) {
    match mistake {
        CaseTextMistake::Item { item, mistake } => (named(*mistake).0, Some(item)),
        CaseTextMistake::Several(mistakes) => {
            mistakes.into_iter().next().map_or((None, None), named)
        }
        CaseTextMistake::Nested { name } => (Some(name), None),
        CaseTextMistake::NotAList { list, .. } => (Some(list), None),
        CaseTextMistake::Field(FieldMistake::NotPence { fact }) => (Some(fact), None),
        CaseTextMistake::Field(FieldMistake::Case(mistake)) => match mistake {
            CaseMistake::NoSuchFact { name, .. } | CaseMistake::NoSuchList { name, .. } => {
                (Some(name), None)
            }
            CaseMistake::StatedTwice { fact }
            | CaseMistake::ElsewhereStated { fact, .. }
            | CaseMistake::NoValue { fact, .. } => (Some(fact), None),
            CaseMistake::TooManyItems { list, .. } => (Some(list), None),
        },
        CaseTextMistake::Syntax { .. }
        | CaseTextMistake::NotFacts { .. }
        | CaseTextMistake::ItemNotFacts { .. } => (None, None),
    }
}

impl From<Refused> for CaseError {
    fn from(refused: Refused) -> CaseError {
        let (code, message) = (refused.code(), refused.to_string());
        let (fact, item, clauses) = match refused {
            Refused::NotKnown { outside, item, .. } => (Some(outside), item, Vec::new()),
            Refused::ListNotStated { outside, .. }
            | Refused::AwaitsPanel { outside, .. }
            | Refused::DoesNotApply { outside, .. } => (Some(outside), None, Vec::new()),
            Refused::ByPolicy { clauses, .. } => (None, None, clauses),
            Refused::OtherPolicy => (None, None, Vec::new()),
        };
        CaseError { code, message, fact, item, clauses }
    }
}

/// A document that could not be written.
pub(crate) fn of_document(error: &DocumentError) -> PyErr {
    Python::attach(|py| ours(py, error.to_string()))
}

/// What is said of a mistake of ours that nobody else can mend.
pub(crate) const OUR_MISTAKE: &str =
    "Apportion made a mistake of its own; please report this to its makers";

/// A mistake of ours that nobody else can mend.
pub(crate) fn our_mistake() -> PyErr {
    Python::attach(|py| ours(py, OUR_MISTAKE.to_string()))
}

/// An error that is about neither policy nor case.
pub(crate) fn ours(py: Python<'_>, message: String) -> PyErr {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    raised(py, &CLASS, "ApportionError", (message,))
}
