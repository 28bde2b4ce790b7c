//! The sheets of the workbook that is made.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use apportion::checked::Type;
use apportion::policy::Policy;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet};

use super::mistake::BookMistake;
use super::number;
use super::sheet::{Held, Sheet};
use crate::clauses::{Part, sections};
use crate::csv::answers::{Answer, Shape};
use crate::csv::rejects::own_names;
use crate::csv::summary::Summary;
use crate::field::Field;
use crate::pounds::decimal;

/// How cells look.
pub(super) struct Looks {
    name: Format,
    money: Format,
    day: Format,
    wrapped: Format,
}

impl Looks {
    pub(super) fn new() -> Looks {
        Looks {
            name: Format::new().set_bold(),
            money: Format::new().set_num_format("£#,##0.00;[Red]-£#,##0.00"),
            day: Format::new().set_num_format("d mmm yyyy"),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        }
    }
}

/// A row of a sheet without a decision, or an item of such a row.
pub(super) struct Rejected<'s> {
    pub(super) sheet: &'s Sheet,
    pub(super) row: u32,
    pub(super) column: Option<String>,
    pub(super) reason: String,
}

/// Writes the rows that have a decision, with the answers beside them, which the CSV of the run
/// has in its last columns.
pub(super) fn decided(
    (page, looks): (&mut Worksheet, &Looks),
    policy: &Policy,
    sheet: &Sheet,
    rejected: &BTreeSet<u32>,
    (answers, decisions): (&[Answer], &[u8]),
) -> Result<(), BookMistake> {
    let given = sheet.columns.iter().map(|(_, name)| name.as_str());
    let names = given.chain(answers.iter().map(|answer| answer.name.as_str()));
    names_of(page, looks, names)?;
    let is_money: Vec<bool> =
        sheet.columns.iter().map(|(_, name)| is_of_money(policy, name)).collect();
    let shapes: Vec<Shape> = answers.iter().map(|answer| answer.shape(policy)).collect();
    let mut decisions = csv::Reader::from_reader(decisions).into_records();
    let rows = sheet.rows().filter(|(number, _)| !rejected.contains(number));
    for (row, (_, cells)) in (1..).zip(rows) {
        let mut column = 0;
        for (held, is_money) in cells.zip(&is_money) {
            if let Some(held) = held {
                write_held(page, looks, (row, column), held, *is_money)?;
            }
            column += 1;
        }
        let decision = decisions.next().transpose().map_err(not_made)?.unwrap_or_default();
        for (text, shape) in decision.iter().skip(is_money.len()).zip(&shapes) {
            write(page, looks, (row, column), (text, *shape))?;
            column += 1;
        }
    }
    Ok(())
}

fn not_made(error: csv::Error) -> BookMistake {
    BookMistake::NotMade(io::Error::other(error).to_string())
}

/// Whether a column gives an amount of pounds.
fn is_of_money(policy: &Policy, name: &str) -> bool {
    let field = Field::find(policy, name).ok().filter(|field| !field.is_in_pence);
    let fact = field.and_then(|field| policy.facts().get(field.fact.index()));
    fact.is_some_and(|fact| matches!(&fact.kind, Type::Number(it) if it.unit.is_money()))
}

/// Writes rows without a decision: where they stand, why they have none, and what they have under
/// the names of all sheets.
pub(super) fn rejects(
    (page, looks): (&mut Worksheet, &Looks),
    policy: &Policy,
    sheets: &[&Sheet],
    rejects: &[Rejected<'_>],
) -> Result<(), BookMistake> {
    let mut given: Vec<&str> = Vec::new();
    for (_, name) in sheets.iter().flat_map(|sheet| &sheet.columns) {
        if !given.iter().any(|known| known == name) {
            given.push(name);
        }
    }
    let own = own_names(["sheet", "row", "column", "reason"], &given);
    names_of(page, looks, own.iter().map(String::as_str).chain(given.iter().copied()))?;
    let places: BTreeMap<&str, u16> = given.iter().copied().zip(4..).collect();
    for (row, it) in (1..).zip(rejects) {
        page.write_string(row, 0, &it.sheet.name)?;
        page.write_number(row, 1, it.row)?;
        page.write_string(row, 2, it.column.as_deref().unwrap_or_default())?;
        page.write_string(row, 3, &it.reason)?;
        for ((_, name), held) in it.sheet.columns.iter().zip(it.sheet.cells(it.row)) {
            if let (Some(held), Some(column)) = (held, places.get(name.as_str())) {
                write_held(page, looks, (row, *column), held, is_of_money(policy, name))?;
            }
        }
    }
    Ok(())
}

/// Writes how many cases came out how, and what each party pays in all.
pub(super) fn totals(
    (page, looks): (&mut Worksheet, &Looks),
    summary: &Summary,
    has_ranges: bool,
) -> Result<(), BookMistake> {
    let mut counts = vec![
        ("cases".to_string(), summary.cases),
        ("with a decision".to_string(), summary.accepted),
        ("without".to_string(), summary.rejected),
        ("not covered".to_string(), summary.not_covered),
    ];
    counts.extend(summary.conclusions.iter().map(|it| (it.name.clone(), it.cases)));
    let mut row = 0;
    for (name, count) in counts {
        page.write_string_with_format(row, 0, name, &looks.name)?;
        write(page, looks, (row, 1), (&count.to_string(), Shape::Number))?;
        row += 1;
    }
    row += 1;
    let columns = ["who pays", "unit", "pounds", "at least", "at most"];
    for (column, name) in (0..).zip(columns).take(if has_ranges { 5 } else { 3 }) {
        page.write_string_with_format(row, column, name, &looks.name)?;
    }
    for it in &summary.payments {
        row += 1;
        page.write_string(row, 0, &it.party)?;
        page.write_string(row, 1, &it.unit)?;
        for (column, pence) in
            (2..).zip([it.pence, it.from, it.to]).take(if has_ranges { 3 } else { 1 })
        {
            write(page, looks, (row, column), (&decimal(pence), Shape::Money))?;
        }
    }
    for it in &summary.awaiting {
        row += 1;
        page.write_string(row, 0, format!("awaits {}", it.panel))?;
        page.write_string(row, 1, &it.unit)?;
        write(page, looks, (row, 2), (&decimal(it.pence), Shape::Money))?;
    }
    Ok(())
}

/// Writes the clauses of the policy, so that whoever reads the workbook can look up the numbers.
pub(super) fn policy(
    (page, looks): (&mut Worksheet, &Looks),
    policy: &Policy,
) -> Result<(), BookMistake> {
    let checked = policy.checked();
    let title = format!("{}, version {}", checked.title, checked.version.number);
    page.write_string_with_format(0, 0, title, &looks.name)?;
    page.write_string(1, 0, policy.program().fingerprint().to_string())?;
    let mut row = 2;
    for section in sections(policy) {
        row += 1;
        page.write_string_with_format(row, 0, section.number, &looks.name)?;
        page.write_string_with_format(row, 1, section.title, &looks.name)?;
        for clause in section.clauses {
            row += 1;
            let said = clause.parts.iter().map(|part| match part {
                Part::Text(text) => text.clone(),
                Part::Point(text) => format!("- {text}"),
                Part::Row(cells) => format!("| {} |", cells.join(" | ")),
            });
            let said = said.collect::<Vec<_>>().join("\n");
            page.write_string_with_format(row, 0, clause.number, &looks.wrapped)?;
            page.write_string_with_format(row, 1, said, &looks.wrapped)?;
            page.write_string_with_format(row, 2, clause.citations.join("; "), &looks.wrapped)?;
        }
    }
    page.set_column_width(1, 100)?;
    page.set_column_width(2, 30)?;
    Ok(())
}

/// A new sheet.
pub(super) fn add<'b>(
    book: &'b mut Workbook,
    name: &str,
) -> Result<&'b mut Worksheet, BookMistake> {
    let page = book.add_worksheet();
    page.set_name(name)?;
    Ok(page)
}

/// Writes the names of the columns, which stay in sight.
fn names_of<'n>(
    page: &mut Worksheet,
    looks: &Looks,
    names: impl Iterator<Item = &'n str>,
) -> Result<(), BookMistake> {
    for (column, name) in (0..).zip(names) {
        page.write_string_with_format(0, column, name, &looks.name)?;
        // Wide enough for the name, and for an amount or a day.
        let width = u16::try_from(name.chars().count()).unwrap_or(u16::MAX);
        page.set_column_width(column, width.clamp(12, 40))?;
    }
    page.set_freeze_panes(1, 0)?;
    Ok(())
}

/// Writes what a cell of the cases holds, as what it is.
fn write_held(
    page: &mut Worksheet,
    looks: &Looks,
    place: (u32, u16),
    held: &Held,
    is_money: bool,
) -> Result<(), BookMistake> {
    let shape = match held {
        Held::Number(_) if is_money => Shape::Money,
        Held::Number(_) => Shape::Number,
        Held::Day(..) => Shape::Day,
        Held::Text(_) => Shape::Text,
        Held::Truth(truth) => {
            page.write_boolean(place.0, place.1, *truth)?;
            return Ok(());
        }
        Held::Share(share) => {
            let percent = held.text();
            let Some(number) = number::of(share) else {
                return write(page, looks, place, (&percent, Shape::Text));
            };
            let places = percent.split_once('.').map_or("", |(_, places)| places);
            let places = "0".repeat(places.trim_end_matches('%').len());
            let point = if places.is_empty() { "" } else { "." };
            let format = Format::new().set_num_format(format!("0{point}{places}%"));
            page.write_number_with_format(place.0, place.1, number, &format)?;
            return Ok(());
        }
    };
    write(page, looks, place, (&held.text(), shape))
}

/// Writes a text as what it is, where Excel can hold that exactly, and otherwise as text. Nothing
/// is ever taken for a formula.
fn write(
    page: &mut Worksheet,
    looks: &Looks,
    (row, column): (u32, u16),
    (text, shape): (&str, Shape),
) -> Result<(), BookMistake> {
    let number = match shape {
        Shape::Money | Shape::Number => number::of(text),
        Shape::Day | Shape::Text => None,
    };
    match (shape, number, day(text)) {
        (Shape::Money, Some(number), _) => {
            page.write_number_with_format(row, column, number, &looks.money)?
        }
        (Shape::Number, Some(number), _) => page.write_number(row, column, number)?,
        (Shape::Day, _, Some(day)) => {
            page.write_datetime_with_format(row, column, &day, &looks.day)?
        }
        _ if text.is_empty() => page,
        _ => page.write_string(row, column, text)?,
    };
    Ok(())
}

/// `2026-05-12`
fn day(text: &str) -> Option<ExcelDateTime> {
    let mut parts = text.split('-');
    let (year, month) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    ExcelDateTime::from_ymd(year, month, parts.next()?.parse().ok()?).ok()
}
