//! How large a workbook is once it is unpacked, before anything of it is kept.

use std::io::{self, Read, Seek};

use zip::ZipArchive;

use super::mistake::BookMistake;

/// The most that a workbook may unpack to.
pub(super) const MOST_MEBIBYTES: u64 = 1 << 9;

/// Refuses what would fill the memory. What a file says of its own size is not believed.
pub(super) fn check(book: impl Read + Seek) -> Result<(), BookMistake> {
    let unreadable = |error: &dyn core::fmt::Display| BookMistake::NotABook(error.to_string());
    let mut book = ZipArchive::new(book).map_err(|error| unreadable(&error))?;
    let mut left = MOST_MEBIBYTES << 20;
    for index in 0..book.len() {
        let part = book.by_index(index).map_err(|error| unreadable(&error))?;
        let unpacked = io::copy(&mut part.take(left + 1), &mut io::sink());
        let unpacked = unpacked.map_err(|error| unreadable(&error))?;
        left = left.checked_sub(unpacked).ok_or(BookMistake::TooLarge)?;
    }
    Ok(())
}
