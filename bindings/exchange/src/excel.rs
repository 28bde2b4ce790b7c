//! Caseloads as workbooks of Excel: a sheet of cases, and one for the items of each list.
//!
//! A sheet is read cell by cell as the text that people see, and decided as
//! [`csv`](crate::csv) is, so that both say the same. The workbook that is made has numbers where there are
//! amounts, days where there are days, and text everywhere else: nothing in it is a formula.
//!
//! Numbers of Excel are floating point. They are read in the 15 digits that Excel itself shows and
//! keeps, so that £917.42 is `917.42`, and so is a sum that comes to it; what has a part of a penny in
//! these digits is refused. Where a cell shows percent, its number is read as percent, in all its places.

mod mistake;
mod number;
mod size;
mod sheet;
mod page;
mod caseload;

pub use caseload::{How, run};
pub use mistake::BookMistake;

pub use crate::csv::summary::Summary;
