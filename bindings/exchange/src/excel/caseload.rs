//! Deciding a workbook.

use std::collections::BTreeSet;
use std::io::{self, Cursor, Read, Seek};

use apportion::engine::program::ListId;
use apportion::policy::Policy;
use calamine::{Reader, SheetVisible, Xlsx};
use rust_xlsxwriter::Workbook;

use super::mistake::BookMistake;
use super::page::{self, Looks, Rejected};
use super::sheet::Sheet;
use super::size;
use crate::csv::answers::added;
use crate::csv::caseload::{Caseload, CaseloadError};
use crate::csv::columns::Carry;
use crate::csv::item_rows::ItemOutput;
use crate::csv::items::ItemFile;
use crate::csv::join::join;
use crate::csv::rejects::{Reject, Rejects};
use crate::csv::summary::Summary;

/// How a workbook is run.
#[derive(Clone, Debug, Default)]
pub struct How {
    /// The sheet of cases; where none is named, the first in sight that is none of a list.
    pub sheet: Option<String>,
    /// The text fact that joins items to their cases; where none is named, the only one.
    pub join: Option<String>,
    /// Which columns that the policy does not declare are carried.
    pub carry: Carry,
    /// Whether a case goes to the decisions where what is not known makes a difference.
    pub allows_unknown: bool,
}

/// Decides every case of a workbook. Gives what came of them as a whole, and a workbook of the
/// decisions, the items of each list, the rejects, the totals and the policy's clauses.
///
/// The items of a list stand in a sheet that has its name.
///
/// # Errors
///
/// Returns why the workbook is no caseload of this policy.
pub fn run(
    policy: &Policy,
    mut book: impl Read + Seek,
    how: &How,
) -> Result<(Summary, Vec<u8>), BookMistake> {
    size::check(&mut book)?;
    book.rewind().map_err(|error| BookMistake::NotABook(error.to_string()))?;
    let mut book = Xlsx::new(book)?;
    let seen = book.sheets_metadata().iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = seen.map(|sheet| sheet.name.clone()).collect();
    let lists = list_sheets(policy, &names)?;
    let cases = Sheet::read(&mut book, case_sheet(how, &names, &lists)?)?;
    let lists = lists.iter().map(|(list, name)| Ok((*list, Sheet::read(&mut book, name)?)));
    let lists = lists.collect::<Result<Vec<_>, BookMistake>>()?;
    decide(policy, &cases, &lists, how)
}

/// The sheet of each list.
fn list_sheets(policy: &Policy, names: &[String]) -> Result<Vec<(ListId, String)>, BookMistake> {
    let sheets = policy.lists().iter().zip((0..).map(ListId)).map(|(list, id)| {
        let own = names.iter().find(|name| policy.list(name) == Some(id));
        let no_items = || BookMistake::NoItems { list: list.plural.clone() };
        Ok((id, own.ok_or_else(no_items)?.clone()))
    });
    sheets.collect()
}

/// The sheet of cases.
fn case_sheet<'n>(
    how: &How,
    names: &'n [String],
    lists: &[(ListId, String)],
) -> Result<&'n str, BookMistake> {
    let of_list = |name: &&String| lists.iter().any(|(_, of_list)| of_list == *name);
    let found = match &how.sheet {
        Some(wanted) => names.iter().find(|name| *name == wanted),
        None => names.iter().find(|name| !of_list(name)),
    };
    found.map(String::as_str).ok_or_else(|| BookMistake::NoSuchSheet {
        name: how.sheet.clone().unwrap_or_else(|| "Cases".to_string()),
        names: names.to_vec(),
    })
}

/// Decides the cases as CSV, and lays out what comes of them.
fn decide(
    policy: &Policy,
    cases: &Sheet,
    lists: &[(ListId, Sheet)],
    how: &How,
) -> Result<(Summary, Vec<u8>), BookMistake> {
    let csv = |sheet: &Sheet| sheet.csv().map(Cursor::new).map_err(CaseloadError::Read);
    let mut caseload = if lists.is_empty() {
        Caseload::open(policy, csv(cases)?, &how.carry)?
    } else {
        let join = join(policy, how.join.as_deref())?;
        let files = lists
            .iter()
            .map(|(list, sheet)| Ok(ItemFile::open(policy, *list, join, csv(sheet)?, &how.carry)?));
        let files = files.collect::<Result<_, BookMistake>>()?;
        Caseload::open_with_items(policy, csv(cases)?, &how.carry, join, files)?
    };
    if how.allows_unknown {
        caseload = caseload.allow_unknown()?;
    }
    let (mut decisions, mut rejects) = (Vec::new(), Kept::default());
    let mut items: Vec<(Vec<u8>, Kept)> = lists.iter().map(|_| Default::default()).collect();
    let outputs = items
        .iter_mut()
        .map(|(decided, rejects)| ItemOutput { decided: Some(Box::new(decided)), rejects });
    let outputs = outputs.collect();
    let summary = caseload.decide_with_items(&mut decisions, &mut rejects, outputs)?;

    let (mut book, looks) = (Workbook::new(), Looks::new());
    let of_cases = added(policy, None, how.allows_unknown);
    let mut rejected = rejects.of(cases);
    let page = (page::add(&mut book, "Decisions")?, &looks);
    page::decided(page, policy, cases, &rows(&rejected), (&of_cases, &decisions))?;
    for ((list, sheet), (decided, rejects)) in lists.iter().zip(&items) {
        let of_items = rejects.of(sheet);
        let page = (page::add(&mut book, &sheet.name)?, &looks);
        let answers = added(policy, Some(*list), how.allows_unknown);
        page::decided(page, policy, sheet, &rows(&of_items), (&answers, decided))?;
        rejected.extend(of_items);
    }
    let sheets: Vec<&Sheet> = [cases].into_iter().chain(lists.iter().map(|(_, it)| it)).collect();
    page::rejects((page::add(&mut book, "Rejects")?, &looks), policy, &sheets, &rejected)?;
    page::totals((page::add(&mut book, "Totals")?, &looks), &summary, how.allows_unknown)?;
    page::policy((page::add(&mut book, "Policy")?, &looks), policy)?;
    Ok((summary, book.save_to_buffer()?))
}

fn rows(rejected: &[Rejected<'_>]) -> BTreeSet<u32> {
    rejected.iter().map(|it| it.row).collect()
}

/// Keeps the rows without a decision.
#[derive(Default)]
struct Kept(Vec<Reject>);

impl Rejects for Kept {
    fn reject(&mut self, reject: &Reject, _: &mut dyn Iterator<Item = &[u8]>) -> io::Result<()> {
        self.0.push(reject.clone());
        Ok(())
    }
}

impl Kept {
    /// The rows as they stand in a sheet, whose CSV has each in the line of its number.
    fn of<'s>(&self, sheet: &'s Sheet) -> Vec<Rejected<'s>> {
        let rejected = self.0.iter().map(|reject| Rejected {
            sheet,
            row: u32::try_from(reject.line).unwrap_or(u32::MAX),
            column: reject.column.clone(),
            reason: reject.reason.clone(),
        });
        rejected.collect()
    }
}
