//! Tables made to be hard: the answer comes, and is right.

use super::{found, policy, shown};
use crate::generated;
use crate::rivals::random::Random;

/// Nothing is wrong with the policies by which checking is measured, and that is found out.
#[test]
fn policies_of_many_tables_are_clean() {
    for (clauses, rows) in [(100, 30), (400, 50)] {
        let text = generated::policy_of_tables(clauses, rows);
        assert_eq!(found(&text), [""; 0]);
    }
}

/// How many columns.
const COLUMNS: usize = 8;

/// The greatest number that a fact can be.
const GREATEST: u64 = 100;

/// From and to, a column each.
type Box = [(u64, u64); COLUMNS];

/// All cases, cut in two again and again until there are so many boxes: each case is in one.
fn boxes(count: usize, random: &mut Random) -> Vec<Box> {
    let mut boxes = vec![[(0, GREATEST); COLUMNS]];
    while boxes.len() < count {
        let place = random.below(boxes.len() as u64) as usize;
        let column = random.below(COLUMNS as u64) as usize;
        let (from, to) = boxes[place][column];
        if from < to {
            let cut = from + 1 + random.below(to - from);
            let mut above = boxes[place];
            above[column].0 = cut;
            boxes[place][column].1 = cut - 1;
            boxes.push(above);
        }
    }
    boxes
}

fn table(boxes: &[Box]) -> String {
    let columns: Vec<String> = (0..COLUMNS).map(|column| format!("number {column}")).collect();
    let facts = columns.iter().map(|name| format!("  {name}   whole number, 0 to {GREATEST}\n"));
    let heading = format!("     | {} | band |\n", columns.join(" | "));
    let rows = boxes.iter().map(|it| {
        let cells: Vec<String> = it.iter().map(|(from, to)| format!("{from} to {to}")).collect();
        format!("     | {} | 1 |\n", cells.join(" | "))
    });
    let clause =
        format!("1.1  Band: exactly one row applies.\n{heading}{}", rows.collect::<String>());
    policy(&facts.collect::<String>(), &clause)
}

/// Two tables of 250 rows, the most that one has.
#[test]
fn a_great_table_over_eight_columns_is_found_complete() {
    for seed in [7, 8] {
        assert_eq!(found(&table(&boxes(250, &mut Random::new(seed)))), [""; 0], "{seed}");
    }
}

/// The case that is shown is one of those that the missing row was for.
#[test]
fn a_row_that_a_great_table_lacks_is_found() {
    let mut boxes = boxes(250, &mut Random::new(7));
    let missing = boxes.remove(100);
    let text = table(&boxes);
    assert_eq!(found(&text), ["1.1 no-row-for-some"]);
    let shown = shown(&text);
    for (column, (from, to)) in missing.into_iter().enumerate() {
        let said = shown.split(&format!("number {column} is ")).nth(1);
        let said =
            said.map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
        // What is not said may be anything, as long as it is all there is.
        let value: Option<u64> = said.map(|said| said.parse().unwrap());
        let is_of_it =
            value.map_or((from, to) == (0, GREATEST), |value| (from..=to).contains(&value));
        assert!(is_of_it, "number {column} of {shown}");
    }
}

/// Where thirty conditions interact in 150 rows, what is said is found, and what is not settled is said.
#[test]
fn conditions_that_interact_end_with_an_answer() {
    let mut random = Random::new(3);
    let flags = 30;
    let facts: String = (0..flags).map(|flag| format!("  flag {flag}   yes or no\n")).collect();
    let names: Vec<String> = (0..flags).map(|flag| format!("flag {flag}")).collect();
    let rows = (0..150).map(|row| {
        let mut cells = vec!["any"; flags];
        for _ in 0..3 {
            cells[random.below(flags as u64) as usize] = ["yes", "no"][random.below(2) as usize];
        }
        format!("     | {} | {} |\n", cells.join(" | "), row % 3)
    });
    let rows: String = rows.collect();
    let heading = format!("     | {} | band |\n", names.join(" | "));
    let clause = format!("1.1  Band: rows that apply must agree.\n{heading}{rows}");
    let found = found(&policy(&facts, &clause));
    assert!(found.contains(&"1.1 rows-disagree".to_owned()), "{found:?}");
}
