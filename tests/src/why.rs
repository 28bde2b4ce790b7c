//! Why a case was decided as it was: letters, workings, why not, what would change it.

mod random;
mod changes;
mod differences;
mod pages;
mod records;
mod shown;
mod withheld;
