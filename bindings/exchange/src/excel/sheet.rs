//! A sheet as rows of cells under names.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Seek};

use calamine::{DataRef, ExcelDateTime, Xlsx};

use super::mistake::BookMistake;
use super::number;

/// The most cells that are kept of a sheet.
const MOST_CELLS: usize = 1 << 24;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Held {
    Text(String),
    /// A number as Excel shows it.
    Number(String),
    /// A share that Excel shows as percent: `0.25`.
    Share(String),
    Day(u16, u8, u8),
    Truth(bool),
}

/// A sheet, its first row the names of the columns.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    /// The names of the columns, with the place of each in the sheet.
    pub(super) columns: Vec<(u32, String)>,
    /// The number of the row with the names.
    header: u32,
    /// The rows that are not blank, by their numbers in Excel.
    rows: BTreeMap<u32, Cells>,
}

/// The cells of a row that are not blank, by their places.
type Cells = BTreeMap<u32, Held>;

impl Sheet {
    /// Reads a sheet of a workbook.
    pub(super) fn read<R: Read + Seek>(
        book: &mut Xlsx<R>,
        name: &str,
    ) -> Result<Sheet, BookMistake> {
        let sheet = name.to_string();
        if let Some(merged) = book.merge_cells_by_sheet_name(name)?.first() {
            let (start, end) = (merged.start, merged.end);
            let cells = format!("{}:{}", place(start.0, start.1), place(end.0, end.1));
            return Err(BookMistake::Merged { cells, sheet });
        }
        let percents = percents(book, name)?;
        let mut rows: BTreeMap<u32, Cells> = BTreeMap::new();
        let mut reader = book.worksheet_cells_reader(name)?;
        let mut count = 0;
        while let Some(record) = reader.next_cell_with_formula_metadata()? {
            let (row, column) = record.pos;
            let cell = || place(row, column);
            let held = match record.value {
                DataRef::Empty if record.formula.is_some() => {
                    return Err(BookMistake::NotWorkedOut { cell: cell(), sheet });
                }
                DataRef::Error(error) => {
                    let error = error.to_string();
                    return Err(BookMistake::ErrorCell { cell: cell(), sheet, error });
                }
                value => held(&value),
            };
            if let Some(held) = held {
                let held = match held {
                    Held::Number(share) if percents.contains(&record.pos) => Held::Share(share),
                    held => held,
                };
                count += 1;
                if count > MOST_CELLS {
                    return Err(BookMistake::TooLarge);
                }
                rows.entry(row.saturating_add(1)).or_default().insert(column, held);
            }
        }
        let Some((header, names)) = rows.pop_first() else {
            return Err(BookMistake::Empty { sheet });
        };
        let columns: Vec<_> = names.into_iter().map(|(place, held)| (place, held.text())).collect();
        for (row, cells) in &rows {
            let named = |place: &u32| columns.iter().any(|(named, _)| named == place);
            if let Some(column) = cells.keys().find(|place| !named(place)) {
                let cell = place(row.saturating_sub(1), *column);
                return Err(BookMistake::NoName { cell, sheet });
            }
        }
        Ok(Sheet { name: sheet, columns, header, rows })
    }

    /// The rows with their numbers in Excel, cell by cell.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u32, impl Iterator<Item = Option<&Held>>)> {
        self.rows.iter().map(|(number, cells)| {
            (*number, self.columns.iter().map(|(place, _)| cells.get(place)))
        })
    }

    /// The cells of a row under the names of the columns.
    pub(super) fn cells(&self, number: u32) -> impl Iterator<Item = Option<&Held>> {
        let cells = self.rows.get(&number);
        self.columns.iter().map(move |(place, _)| cells?.get(place))
    }

    /// The sheet as CSV, each row in the line of its number.
    pub(super) fn csv(&self) -> io::Result<Vec<u8>> {
        let mut lines = csv::Writer::from_writer(Vec::new());
        let mut next = 1;
        let names = self.columns.iter().map(|(_, name)| in_a_line(name)).collect();
        let rows = self.rows().map(|(number, cells)| {
            let text = |held: Option<&Held>| held.map(Held::text).unwrap_or_default();
            (number, cells.map(|held| in_a_line(&text(held))).collect::<Vec<_>>())
        });
        for (number, cells) in core::iter::once((self.header, names)).chain(rows) {
            if next < number {
                let mut bytes = lines.into_inner().map_err(|error| error.into_error())?;
                bytes.extend((next..number).map(|_| b'\n'));
                lines = csv::Writer::from_writer(bytes);
            }
            lines.write_record(cells).map_err(io::Error::other)?;
            next = number.saturating_add(1);
        }
        lines.into_inner().map_err(|error| error.into_error())
    }
}

impl Held {
    /// What the cell says.
    pub(super) fn text(&self) -> String {
        match self {
            Held::Text(text) | Held::Number(text) => text.clone(),
            Held::Share(share) => number::percent(share),
            Held::Day(year, month, day) => format!("{year:04}-{month:02}-{day:02}"),
            Held::Truth(truth) => if *truth { "yes" } else { "no" }.to_string(),
        }
    }
}

/// The cells that show their numbers as percent.
fn percents<R: Read + Seek>(
    book: &mut Xlsx<R>,
    name: &str,
) -> Result<BTreeSet<(u32, u32)>, BookMistake> {
    let mut reader = book.worksheet_cells_reader(name)?;
    let formats = reader.styles().iter().map(|style| style.number_format.as_ref());
    let of_percent = formats.map(|it| it.is_some_and(|it| is_of_percent(&it.format_code)));
    let of_percent: Vec<bool> = of_percent.collect();
    let mut cells = BTreeSet::new();
    if !of_percent.contains(&true) {
        return Ok(cells);
    }
    while let Some((row, column, style)) = reader.next_style_id()? {
        if of_percent.get(style) == Some(&true) {
            cells.insert((row, column));
        }
        if cells.len() > MOST_CELLS {
            return Err(BookMistake::TooLarge);
        }
    }
    Ok(cells)
}

/// Whether a format multiplies by 100: a `%` in it that is not there as a mere character.
fn is_of_percent(format: &str) -> bool {
    let (mut is_quoted, mut is_escaped) = (false, false);
    format.chars().any(|character| {
        if core::mem::take(&mut is_escaped) {
            return false;
        }
        is_escaped = !is_quoted && matches!(character, '\\' | '_' | '*');
        is_quoted ^= character == '"';
        character == '%' && !is_quoted
    })
}

/// What a cell holds; none where it is blank.
fn held(value: &DataRef<'_>) -> Option<Held> {
    let text = |text: &str| (!text.trim().is_empty()).then(|| Held::Text(text.to_string()));
    match value {
        DataRef::Empty => None,
        DataRef::String(said) | DataRef::DateTimeIso(said) | DataRef::DurationIso(said) => {
            text(said)
        }
        DataRef::SharedString(said) => text(said),
        DataRef::Bool(truth) => Some(Held::Truth(*truth)),
        DataRef::Int(number) => Some(Held::Number(number.to_string())),
        DataRef::Float(number) => Some(of_number(number)),
        DataRef::DateTime(day) => Some(of_day(day)),
        DataRef::Error(error) => text(&error.to_string()),
    }
}

fn of_number(number: &impl core::fmt::LowerExp) -> Held {
    number::shown(number).map_or_else(|| Held::Text(format!("{number:e}")), Held::Number)
}

/// A day; what has a time of day is the text of it, which no fact takes.
fn of_day(day: &ExcelDateTime) -> Held {
    if day.is_duration() {
        return of_number(&day.as_f64());
    }
    match day.to_ymd_hms_milli() {
        (year, month, day, 0, 0, 0, 0) => Held::Day(year, month, day),
        (year, month, day, hour, minute, second, _) => {
            Held::Text(format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"))
        }
    }
}

fn in_a_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

/// A cell by its column and row, as Excel names it: `C12`.
fn place(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = u64::from(column) + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", u64::from(row) + 1)
}

#[cfg(test)]
mod tests {
    use super::{is_of_percent, place};

    #[test]
    fn cells_are_named_as_excel_does() {
        let named = [(0, 0), (11, 2), (0, 25), (0, 26), (1, 701), (0, 702), (0, 16_383)];
        let named = named.map(|(row, column)| place(row, column));
        assert_eq!(named, ["A1", "C12", "Z1", "AA1", "ZZ2", "AAA1", "XFD1"]);
    }

    #[test]
    fn formats_of_percent_are_told_by_their_sign() {
        for format in ["0%", "0.00%", "#,##0 %;[Red]-0%", r#""to "0%"#, r"\x0%"] {
            assert!(is_of_percent(format), "{format}");
        }
        for format in ["General", "0.00", r#"0"%""#, r"0\%", "0_%", "0*%", "£#,##0.00"] {
            assert!(!is_of_percent(format), "{format}");
        }
    }
}
