//! What stands in the cells and below the headings of tables.

use super::{FACTS, codes, read};

/// The codes with which a policy is refused that is dated by a fact.
fn codes_dated(clauses: &str) -> Vec<&'static str> {
    let text = format!("{FACTS}  admission   a date\n\n1    All\n{clauses}\n");
    let text = text.replacen("2025\n", "2025\ndated by  admission\n", 1);
    read(&text).into_iter().map(|(code, _)| code).collect()
}

/// Yes is not more than no.
#[test]
fn yes_and_no_have_no_order() {
    let cell = |cell: &str| {
        codes(&format!(
            "1.1  Band: first row that applies.\n     | urgent | band |\n     | {cell} | 1 |\n     \
             | any | 2 |"
        ))
    };
    assert_eq!(cell("yes"), [""; 0]);
    assert_eq!(cell("not yes"), [""; 0]);
    assert_eq!(cell("at least yes"), ["unknown-name"]);
    assert_eq!(cell("over no"), ["unknown-name"]);
    assert_eq!(cell("yes or higher"), ["unknown-name"]);
}

#[test]
fn a_column_of_days_holds_days() {
    let cell = |cell: &str| {
        codes_dated(&format!(
            "1.1  Fee: first row that applies.\n     | from | fee |\n     | {cell} | £5.00 |\n     \
             | any | £6.00 |"
        ))
    };
    assert_eq!(cell("1 May 2026"), [""; 0]);
    assert_eq!(cell("any"), [""; 0]);
    for cell_of_another in ["5", "£5.00", "5%", "yes", "not 1 May 2026", "1 May 2026, 2 May 2026"]
    {
        assert_eq!(cell(cell_of_another), ["no-date-in-row"], "{cell_of_another}");
    }
}

#[test]
fn a_table_lists_62_words() {
    let table = |words: u32| {
        let rows = (1..=words).map(|row| format!("     | any | word {row} |\n"));
        let rows: String = rows.collect();
        codes(&format!("1.1  Why: every row that applies, listed.\n     | hours | why |\n{rows}"))
    };
    assert_eq!(table(62), [""; 0]);
    assert_eq!(table(63), ["too-many"]);
}

/// Two tables list one thing: what an example expects of it are words of either.
#[test]
fn what_two_tables_list_is_still_a_list() {
    let expect = |expected: &str| {
        let table = |word: &str| {
            format!(
                "every row that applies, listed.\n     | hours  | why  |\n     | over 3 | many |\n     \
                 | over 6 | {word} |\n"
            )
        };
        let (one, other) = (table("more"), table("most"));
        codes(&format!(
            "1.1  When urgent, why: {one}1.2  When not urgent, why: {other}\nexamples\n\"One\"\n  \
             given   urgent yes, hours 7\n  expect  why {expected}"
        ))
    };
    assert_eq!(expect("many; more"), [""; 0]);
    assert_eq!(expect("most"), [""; 0]);
    assert_eq!(expect("none"), [""; 0]);
    assert_eq!(expect("much"), ["not-a-word-of-the-fact"]);
}
