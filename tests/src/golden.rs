//! Files that keep what comes out: compared, or with `BLESS=1` written.

use std::fs;
use std::path::Path;

/// Compares a text with the file that keeps it; with `BLESS=1` writes the file.
///
/// # Panics
///
/// Panics where the two differ, showing the first line that does.
#[track_caller]
pub(crate) fn golden(path: &Path, text: &str) {
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, text).unwrap();
        return;
    }
    let kept = fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("{}: {error}; BLESS=1 writes it", path.display()));
    if kept == text {
        return;
    }
    let differs = |(kept, now): &(&str, &str)| kept != now;
    let (kept_line, line) = kept
        .lines()
        .zip(text.lines())
        .find(differs)
        .unwrap_or(("(the end)", "(more or fewer lines)"));
    panic!(
        "{} keeps\n  {kept_line}\nand now it is\n  {line}\nin full:\n{text}\nBLESS=1 accepts it",
        path.display()
    );
}
