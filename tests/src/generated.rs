//! Texts made in any length: policies to load, and a caseload to run.

use core::fmt::{self, Write};

use crate::rivals::continuing_care::row::{Case, Level, Panel};
use crate::rivals::date::Date;

const POLICY_HEADER: &str = "\
policy    A policy of any length
about     a child
between
  the ICB        NHS Southdown ICB
  the council    Southdown Council
version   1, in force from 1 April 2025

levels of need
  low < moderate < high < severe

facts
  fast track             yes or no
  placement              one of home, day school, residential
  education cost         money a week, £0.00 to £10,000.00
  care cost              money a week, £0.00 to £10,000.00

domains, each a level of need
  breathing
  mobility
  seizures
  behaviour
";

/// How many clauses a section of a generated policy has.
const CLAUSES_IN_SECTION: usize = 20;

/// A policy of so many clauses of five kinds: conclusions, an alternative for each, sums,
/// tables and payments.
#[must_use]
pub fn policy(clauses: usize) -> String {
    let mut text = POLICY_HEADER.to_owned();
    for clause in 0..clauses {
        let section = clause / CLAUSES_IN_SECTION + 1;
        if clause % CLAUSES_IN_SECTION == 0 {
            text += &format!("\n{section}    Section {section}\n");
        }
        text += &format!("{section}.{}  ", clause % CLAUSES_IN_SECTION + 1);
        text += &sentence(clause);
    }
    text
}

/// The clauses come in fives that build on each other.
fn sentence(clause: usize) -> String {
    let (five, pounds) = (clause / 5, 100 + clause % 800);
    match clause % 5 {
        0 => format!(
            "A child is concern {five} when all of these are true:\n       \
             - fast track or placement is residential\n       \
             - care cost is at least £{pounds}.00\n"
        ),
        1 => {
            format!("A child is also concern {five} when at least 2 domains are high or higher.\n")
        }
        2 => format!(
            "Amount {five} = 40% of care cost + education cost, to the nearest penny, halves up.\n"
        ),
        3 => format!(
            "Band {five}: first row that applies.\n     \
             | amount {five} | placement | band {five} |\n     \
             | under £{pounds}.00 | home | 10% |\n     \
             | £{pounds}.00 to £2,000.00 | any | 25% |\n     \
             | any | any | 50% |\n"
        ),
        _ => format!(
            "When the child is concern {five}, the ICB pays amount {five};\n     \
             otherwise the council pays amount {five}.\n"
        ),
    }
}

const LEVEL_NAMES: [&str; 6] =
    ["no additional needs", "low", "moderate", "high", "severe", "priority"];

const CASELOAD_HEADER: &str = "date_of_birth,decision_date,registered_with_a_gp_in_northshire,\
fast_track,panel_decision,breathing,eating_and_drinking,mobility,continence,skin_and_tissue,\
communication,drug_therapies,psychological_and_emotional_needs,seizures,challenging_behaviour,\
day_care,waking_nights,cost_of_the_school_placement";

/// Writes cases of the example policy as CSV.
///
/// # Errors
///
/// Returns what the output returns.
pub fn write_caseload(cases: &[Case], output: &mut impl Write) -> fmt::Result {
    writeln!(output, "{CASELOAD_HEADER}")?;
    for case in cases {
        write_case(case, output)?;
    }
    Ok(())
}

fn write_case(case: &Case, output: &mut impl Write) -> fmt::Result {
    let yes_or_no = |truth| if truth { "yes" } else { "no" };
    write_date(case.birth, output)?;
    write_date(case.decision, output)?;
    let panel = match case.panel {
        Panel::Open => "open",
        Panel::Agreed => "agreed",
        Panel::Refused => "refused",
    };
    write!(output, "{},", yes_or_no(case.is_registered))?;
    write!(output, "{},{panel},", yes_or_no(case.is_fast_track))?;
    for level in case.domains {
        write!(output, "{},", level_name(level))?;
    }
    let (quarters, pence) = (case.day_care_quarters, case.school_pence);
    write!(output, "{}.{:02},", quarters / 4, quarters % 4 * 25)?;
    writeln!(output, "{},{}.{:02}", case.waking_nights, pence / 100, pence % 100)
}

fn level_name(level: Level) -> &'static str {
    LEVEL_NAMES.get(level as usize).copied().unwrap_or_default()
}

fn write_date(date: Date, output: &mut impl Write) -> fmt::Result {
    let Date(packed) = date;
    write!(output, "{:04}-{:02}-{:02},", packed >> 9, packed >> 5 & 15, packed & 31)
}

const TABLES_HEADER: &str = "\
policy    A policy of many tables
about     a child
between
  the ICB        NHS Southdown ICB
  the council    Southdown Council
version   1, in force from 1 April 2025

facts
  urgent      yes or no
  visits      whole number, 0 to 999
  nights      whole number, 0 to 7
  care cost   money a week, £0.00 to £10,000.00
";

/// How many clauses there are for one table.
const CLAUSES_OF_TABLE: usize = 50;

/// A policy of so many clauses, each fiftieth with a table of so many rows over two facts; the others
/// conclude something of what the table gives, work out an amount, and make one party or the other
/// pay it. Nothing is wrong with it.
#[must_use]
pub fn policy_of_tables(clauses: usize, rows: usize) -> String {
    let mut text = TABLES_HEADER.to_owned();
    for clause in 0..clauses {
        let (section, place) = (clause / CLAUSES_OF_TABLE + 1, clause % CLAUSES_OF_TABLE);
        if place == 0 {
            text += &format!("\n{section}    Section {section}\n");
        }
        let (four, least) = (format!("{section}-{}", place.div_ceil(4)), place % 7 + 1);
        text += &format!("{section}.{}  ", place + 1);
        text += &match (place, place % 4) {
            (0, _) => table(section, rows),
            (49, _) => "The council pays £1.00 a week.\n".to_owned(),
            (_, 1) => format!(
                "A child is concern {four} when band {section} is at least {least} and urgent.\n"
            ),
            (_, 2) => format!("Sum {four} = care cost + band {section} x £{least}.00 a week.\n"),
            (_, 3) => format!("When the child is concern {four}, the ICB pays sum {four}.\n"),
            _ => format!("When the child is not concern {four}, the council pays sum {four}.\n"),
        };
    }
    text
}

/// Bands of one fact, each parted by another.
fn table(number: usize, rows: usize) -> String {
    let mut text = format!(
        "Band {number}: exactly one row applies.\n     | visits | nights | band {number} |\n"
    );
    let bands = (rows / 2).max(1);
    let width = 1_000 / bands;
    for band in 0..bands {
        let (first, last) =
            (band * width, if band + 1 == bands { 999 } else { band * width + width - 1 });
        let edge = (band + number) % 6;
        for (nights, of) in [(format!("up to {edge}"), 0), (format!("over {edge}"), 1)] {
            text += &format!("     | {first} to {last} | {nights} | {} |\n", band % 9 + of);
        }
    }
    text
}
