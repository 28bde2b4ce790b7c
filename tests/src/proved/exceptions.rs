//! Exceptions to rows: where another row counts both speak, and must say the same.

use super::{found, policy};

const FACTS: &str = "  nights  whole number, 0 to 7\n  urgent  yes or no\n  late  yes or no\n";

fn of(hit: &str, last: &str, more: &str) -> Vec<String> {
    let clauses = format!(
        "1.1  Band: {hit}.\n     | nights | band |\n     | under 2 | 1 |\n     | {last} | 2 |\n{more}"
    );
    found(&policy(FACTS, &clauses))
}

/// Of an urgent child for one night the first row says 1, and the exception to the second says 3.
#[test]
fn an_exception_that_speaks_where_another_row_counts_clashes_with_it() {
    for (hit, last) in [
        ("first row that applies", "any"),
        ("first row that applies", "otherwise"),
        ("exactly one row applies", "2 or more"),
        ("exactly one row applies", "otherwise"),
    ] {
        let wide = "1.2  Despite 1.1 row 2, when urgent, band = 3.\n";
        assert_eq!(of(hit, last, wide), ["1.2 values-clash"], "{hit}, {last}");
        let narrow = "1.2  Despite 1.1 row 2, when urgent and nights is at least 2, band = 3.\n";
        assert_eq!(of(hit, last, narrow), [""; 0], "{hit}, {last}");
        let same = "1.2  Despite 1.1 row 2, when urgent, band = 1.\n";
        assert_eq!(of(hit, last, same), [""; 0], "{hit}, {last}");
    }
}

/// Where the first row counts, 1.3 still overrides 1.2, and says what that row says.
#[test]
fn an_exception_to_a_row_overrides_other_clauses_in_every_case() {
    let both = "\
1.2  Despite 1.1, when late, band = 5.
1.3  Despite 1.1 row 2 and 1.2, when late and urgent, band = 1.
";
    assert_eq!(of("first row that applies", "any", both), [""; 0]);
    let one = both.replace(" and 1.2, when", ", when");
    assert_eq!(of("first row that applies", "any", &one), ["1.3 values-clash"]);
}
