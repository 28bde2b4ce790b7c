//! Which cases are looked at: those that may be decided, and those that are refused for nothing but what is asked.

use super::{found, policy};

/// Where both clauses speak the child is neither eligible nor not, so that nothing is required of the nights.
#[test]
fn a_clash_is_found_though_what_one_clause_says_would_break_a_requirement() {
    let facts = "  consent  yes or no\n  moved    yes or no\n  nights   whole number, 0 to 4\n";
    let clauses = "1.1  A child is eligible when consent.\n\
                   1.2  A child is not eligible when moved.\n\
                   1.3  Nights must be over 2 when the child is eligible.\n\
                   1.4  Nights must be under 3 when the child is eligible.\n";
    let told = found(&policy(facts, clauses));
    assert!(told.contains(&"1.2 conclusions-clash".into()), "{told:?}");
    let despite = clauses.replace("1.2  A child", "1.2  Despite 1.1, a child");
    let told = found(&policy(facts, &despite));
    assert!(!told.contains(&"1.2 conclusions-clash".into()), "{told:?}");
}

/// The table lacks a row for five nights, and for all others breaks what is required.
#[test]
fn a_gap_is_found_though_every_row_would_break_a_requirement() {
    let facts = "  nights   whole number, 0 to 5\n";
    let clauses = "1.1  Score: exactly one row applies.\n     \
                   | nights  | score |\n     | up to 4 | 1     |\n\
                   1.2  Score must be over 1.\n";
    let told = found(&policy(facts, clauses));
    assert!(told.contains(&"1.1 no-row-for-some".into()), "{told:?}");
}

/// The same of two clauses of which either breaks it.
#[test]
fn clauses_that_disagree_are_found_though_either_would_break_a_requirement() {
    let facts = "  consent  yes or no\n  moved    yes or no\n";
    let clauses = "1.1  When consent or not moved, score = 1.\n\
                   1.2  When moved or not consent, score = 2.\n\
                   1.3  Score must be over 2.\n";
    let told = found(&policy(facts, clauses));
    assert!(told.contains(&"1.2 values-clash".into()), "{told:?}");
}
