//! A caseload takes less than 50 MiB, however many rows it has and whatever stands in them.
//!
//! This stands in a binary of its own, because counting takes the place of the allocator.

#![expect(clippy::unwrap_used, reason = "it is a test: a failed expectation is its way to speak")]

use std::io::{self, Read, Seek, SeekFrom};

use allocation_counter::measure;
use apportion::policy::Policy;
use apportion_exchange::csv::caseload::{Caseload, CaseloadError};
use apportion_exchange::csv::columns::Carry;
use apportion_exchange::csv::item_rows::ItemOutput;
use apportion_exchange::csv::items::ItemFile;
use apportion_exchange::csv::join::join;
use apportion_exchange::csv::rejects::RejectRows;
use apportion_exchange::csv::summary::Summary;

/// The most bytes that deciding a caseload may take.
const MOST: u64 = 50 << 20;

/// A little less than a row may have.
const LONG: usize = 1_000_000;

const ALONE: &str = "\
policy   Half each
about    a child
between
  the ICB       NHS Northshire ICB
  the council   Northshire Council
version  1, in force from 1 April 2025

facts
  notes       text
  care cost   money a week

1    Who pays
1.1  In every case: the ICB 50%, the council 50%.
1.2  Split care cost in the shares of 1.1.
";

const EACH: &str = "\
policy   Each service
about    a child
between
  the ICB       NHS Northshire ICB
  the council   Northshire Council
version  1, in force from 1 April 2025

facts
  case reference   text

services, each with
  price   money a week

1    Who pays
1.1  For each service: the ICB 100%.
1.2  For each service, split price in the shares of section 1.
";

/// A file of a heading and of the same row again and again, which takes no room for them.
struct Same {
    heading: Vec<u8>,
    row: Vec<u8>,
    rows: usize,
    at: usize,
}

impl Same {
    fn new(heading: &str, row: &str, rows: usize) -> Self {
        let [heading, row] = [heading, row].map(|line| [line, "\n"].concat().into_bytes());
        Same { heading, row, rows, at: 0 }
    }
}

impl Read for Same {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = match self.at.checked_sub(self.heading.len()) {
            None => self.heading.get(self.at..),
            Some(at) if at / self.row.len() < self.rows => self.row.get(at % self.row.len()..),
            Some(_) => None,
        };
        let read = left.unwrap_or_default().read(buffer)?;
        self.at += read;
        Ok(read)
    }
}

impl Seek for Same {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        assert_eq!(to, SeekFrom::Start(0));
        self.at = 0;
        Ok(0)
    }
}

fn of_cases(policy: &Policy, cases: Same) -> Result<Summary, CaseloadError> {
    let caseload = Caseload::open(policy, cases, &Carry::Nothing)?;
    let mut rejects = RejectRows::new(io::sink(), caseload.columns()).unwrap();
    caseload.decide(io::sink(), &mut rejects)
}

fn with_items(policy: &Policy, cases: Same, items: Same) -> Result<Summary, CaseloadError> {
    let (list, join) = (policy.list("services").unwrap(), join(policy, None).unwrap());
    let items = ItemFile::open(policy, list, join, items, &Carry::Nothing)?;
    let caseload = Caseload::open_with_items(policy, cases, &Carry::Nothing, join, vec![items])?;
    let rejects = || RejectRows::new(io::sink(), &[]).unwrap();
    let (mut rejects, mut of_items) = (rejects(), rejects());
    let output = ItemOutput { decided: Some(Box::new(io::sink())), rejects: &mut of_items };
    caseload.decide_with_items(io::sink(), &mut rejects, vec![output])
}

/// What came of a run that takes no more than it may.
#[track_caller]
fn within(run: impl FnOnce() -> Result<Summary, CaseloadError>) -> Result<Summary, CaseloadError> {
    let mut came = None;
    let peak = measure(|| came = Some(run())).bytes_max;
    assert!(peak < MOST, "{peak} bytes");
    came.unwrap()
}

#[test]
fn rows_of_many_cells() {
    let policy = Policy::parse(ALONE).unwrap();
    let cases = Same::new("notes,care cost", &[",5", &",".repeat(LONG)].concat(), 40);
    assert_eq!(within(|| of_cases(&policy, cases)).unwrap().rejected, 40);
}

#[test]
fn rows_of_long_cells() {
    let policy = Policy::parse(ALONE).unwrap();
    let cases = Same::new("notes,care cost", &["x".repeat(LONG).as_str(), ",5"].concat(), 300);
    assert_eq!(within(|| of_cases(&policy, cases)).unwrap().accepted, 300);
}

#[test]
fn long_rows_of_items() {
    let policy = Policy::parse(EACH).unwrap();
    let cases = || Same::new("case reference", "R1", 1);
    // No case of theirs, and more than are held for one.
    let others = Same::new("case reference,price", &["R2", &",".repeat(LONG)].concat(), 40);
    let came = within(|| with_items(&policy, cases(), others));
    assert!(matches!(came, Err(CaseloadError::ReadItems { .. })));
    let few = Same::new("case reference,price", &["R1,5", &" ".repeat(LONG)].concat(), 5);
    assert_eq!(within(|| with_items(&policy, cases(), few)).unwrap().accepted, 1);
}

#[test]
fn rows_without_an_end() {
    let policy = Policy::parse(ALONE).unwrap();
    let cases = Same::new("notes,care cost", &["\"", &"x".repeat(LONG)].concat(), 300);
    let came = within(|| of_cases(&policy, cases));
    assert!(matches!(came, Err(CaseloadError::Read(_))));
}

#[test]
fn more_columns_than_a_sheet_has() {
    let policy = Policy::parse(ALONE).unwrap();
    let names: String = (0..150_000).map(|number| format!(",c{number}")).collect();
    let cases = Same::new(&["notes,care cost", &names].concat(), ",5", 1);
    let came = within(|| of_cases(&policy, cases));
    assert!(matches!(came, Err(CaseloadError::Columns(mistakes)) if mistakes.len() == 1));
}
