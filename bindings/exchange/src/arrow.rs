//! Caseloads as tables of Arrow: a case a row, and its decision in columns beside it.
//!
//! Columns are found by their names, and answers added in the order, as in
//! [`csv`](crate::csv); here they have types. Money comes in as decimals, whole numbers or text, and
//! goes out as decimals with two places; floats are refused. Nulls are empty cells. The
//! items of a list stand in a column of lists of structs. Batches are
//! decided one by one, so that memory does not grow with the table.

mod mistake;
mod numbers;
mod column;
mod facts;
mod items;
mod input;
mod listed;
mod answered;
mod table;

pub use mistake::{TableMistake, TypeMistake};
pub use table::{Decided, Reject, Table};
