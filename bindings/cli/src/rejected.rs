//! Rows without a decision: kept in a file, or the first of them named.

use std::cell::RefCell;
use std::io;

use apportion_exchange::csv::rejects::{Reject, RejectRows, Rejects};
use apportion_exchange::replacement::Replacement;

use crate::failure::Failure;
use crate::terminal::Output;

/// How many rejects are named where no file takes them.
const MOST_NAMED: u64 = 20;

/// Takes the rejects of one file.
pub(crate) enum Rejected<'a, 'e> {
    /// They go to a file.
    Kept(Box<RejectRows<&'a Replacement>>, &'a Replacement),
    /// The first of them are named.
    Named(Named<'a, 'e>),
}

/// Names the first rejects where no file takes them.
pub(crate) struct Named<'a, 'e> {
    errors: &'a RefCell<&'e mut dyn Output>,
    /// What stands before each of its lines: `services, `.
    from: String,
    /// What names a file for them: `--items-rejects services=`.
    option: String,
    /// The columns, where values may be shown.
    shown: Option<Vec<String>>,
    rejects: u64,
}

impl<'a, 'e> Rejected<'a, 'e> {
    /// Takes rejects to a file where there is one, and otherwise names them.
    pub(crate) fn new(
        file: Option<&'a Replacement>,
        columns: &[String],
        named: impl FnOnce() -> Named<'a, 'e>,
    ) -> Result<Self, Failure> {
        match file {
            Some(file) => {
                let rows = RejectRows::new(file, columns).map_err(|error| file.failure(error))?;
                Ok(Rejected::Kept(Box::new(rows), file))
            }
            None => Ok(Rejected::Named(named())),
        }
    }

    /// Writes out what is held back.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        match self {
            Rejected::Kept(rows, file) => Ok(rows.finish().map_err(|error| file.failure(error))?),
            Rejected::Named(named) => Ok(named.finish()?),
        }
    }
}

impl Rejects for Rejected<'_, '_> {
    fn reject(&mut self, reject: &Reject, row: &mut dyn Iterator<Item = &[u8]>) -> io::Result<()> {
        match self {
            Rejected::Kept(rows, _) => rows.reject(reject, row),
            Rejected::Named(named) => named.name(reject, row),
        }
    }
}

impl<'a, 'e> Named<'a, 'e> {
    /// Names cases.
    pub(crate) fn of_cases(errors: &'a RefCell<&'e mut dyn Output>) -> Self {
        let option = "--rejects ".to_string();
        Named { errors, from: String::new(), option, shown: None, rejects: 0 }
    }

    /// Names items of a list.
    pub(crate) fn of_items(errors: &'a RefCell<&'e mut dyn Output>, list: &str) -> Self {
        let option = format!("--items-rejects {list}=");
        Named { errors, from: format!("{list}, "), option, shown: None, rejects: 0 }
    }

    /// Names what stands in the cell at fault as well, if so asked.
    pub(crate) fn showing_values(self, is_asked: bool, columns: &[String]) -> Self {
        Named { shown: is_asked.then(|| columns.to_vec()), ..self }
    }

    fn name(&mut self, reject: &Reject, row: &mut dyn Iterator<Item = &[u8]>) -> io::Result<()> {
        self.rejects += 1;
        if self.rejects > MOST_NAMED {
            return Ok(());
        }
        let Reject { line, column, reason } = reject;
        let (errors, from) = (&mut *self.errors.borrow_mut(), &self.from);
        let Some(column) = column else {
            return writeln!(errors, "{from}line {line}: {reason}");
        };
        let place = self.shown.as_ref().and_then(|shown| shown.iter().position(|it| it == column));
        let cell = place.and_then(|place| row.nth(place)).filter(|cell| !cell.is_empty());
        let found = cell.map(found).unwrap_or_default();
        writeln!(errors, "{from}line {line}, column `{column}`: {reason}{found}")
    }

    fn finish(self) -> io::Result<()> {
        if self.rejects == 0 {
            return Ok(());
        }
        let (errors, option) = (&mut *self.errors.borrow_mut(), &self.option);
        if self.rejects > MOST_NAMED {
            writeln!(errors, "{}and {} rows more", self.from, self.rejects - MOST_NAMED)?;
        }
        writeln!(errors, "help: keep the rejected rows in a file with `{option}FILE`\n")
    }
}

/// How much of a cell is shown.
const MOST_SHOWN: usize = 60;

/// `; found "12/13/2026"`
fn found(cell: &[u8]) -> String {
    let text: String = String::from_utf8_lossy(cell).chars().take(MOST_SHOWN).collect();
    format!("; found {text:?}")
}
