//! The first line of a file as a whole: whether names of columns stand there at all.

use std::io::Read;

use apportion::policy::{CaseMistake, Policy};

use super::columns::ColumnMistake;
use super::row::Row;
use super::rows::Rows;
use crate::field::Field;

/// What may part columns in the place of commas.
const SEPARATORS: [(char, &str); 3] = [(';', "`;`"), ('\t', "tabs"), ('|', "`|`")];

/// How many names are looked at for whether they are nearly those of facts.
const MOST_LOOKED_AT: usize = 100;

/// How many rows are looked through for the names.
const MOST_ABOVE: usize = 20;

/// Whether a name is that of a fact.
fn is_fact(policy: &Policy, name: &str) -> bool {
    Field::named(policy, name).is_some()
}

/// What parts the columns in the place of commas, or is said of it in a line of its own.
pub(super) fn other_separator(policy: &Policy, names: &[String]) -> Option<ColumnMistake> {
    let first = names.first()?;
    if first.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep=")) {
        return Some(ColumnMistake::SeparatorLine);
    }
    if names.iter().any(|name| is_fact(policy, name)) {
        return None;
    }
    let parts = |separator| names.iter().flat_map(move |name| name.split(separator));
    let by = SEPARATORS.into_iter().find(|(separator, _)| {
        names.iter().any(|name| name.contains(*separator))
            && parts(*separator).any(|name| is_fact(policy, name))
    });
    by.map(|(_, by)| ColumnMistake::OtherSeparator { by })
}

/// What stands in the place of the names, where none is known. The rows are lost over it.
pub(super) fn no_names(
    policy: &Policy,
    names: &[String],
    rows: &mut Rows<impl Read>,
) -> Option<ColumnMistake> {
    if names.is_empty() || names.iter().any(|name| is_fact(policy, name)) {
        return None;
    }
    // Where one is nearly that of a fact, it is better said of each what is wrong.
    let is_near = |name: &String| {
        matches!(policy.no_such_fact(name), CaseMistake::NoSuchFact { near: Some(_), .. })
    };
    if names.iter().take(MOST_LOOKED_AT).any(is_near) {
        return None;
    }
    let mut row = Row::default();
    for _ in 0..MOST_ABOVE {
        if !rows.read(&mut row).is_ok_and(|is_row| is_row) {
            break;
        }
        let name = |cell| str::from_utf8(cell).is_ok_and(|name| is_fact(policy, name));
        if 2 * row.iter().filter(|cell| name(cell)).count() > row.len() {
            return Some(ColumnMistake::NamesBelow { line: row.line });
        }
    }
    // What stands there may be a case without names above it, and is not repeated.
    Some(ColumnMistake::NoNames)
}
