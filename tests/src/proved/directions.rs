//! What is promised to rise, or fall, with something else.

use super::{CONTINUING_CARE, found, policy, with_slip};

/// All notes of the first thing that is found.
#[track_caller]
fn notes(text: &str) -> Vec<String> {
    let policy = apportion::policy::Policy::parse(text).unwrap();
    policy.prove().into_iter().next().map(|found| found.notes).unwrap_or_default()
}

/// Of 18 points the ICB would pay 85%, and of 20 a third.
#[test]
fn a_share_that_falls_with_the_points_is_shown_by_two_cases() {
    let text = with_slip(
        CONTINUING_CARE,
        "| under 20     |     25% |         75% |        0% |",
        "| under 20     |     85% |         15% |        0% |",
    );
    assert_eq!(found(&text), ["8.2 promise-broken"]);
    let notes = notes(&text);
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(notes[0].starts_with("such as a case in which total points is "), "{notes:?}");
    assert!(
        notes[1].starts_with("beside it, such as a case in which total points is "),
        "{notes:?}"
    );
}

#[test]
fn the_other_direction_is_another_promise() {
    let text =
        with_slip(CONTINUING_CARE, "points never lower the ICB's", "points never raise the ICB's");
    assert_eq!(found(&text), ["8.2 promise-broken"]);
    let text = text.replace("the ICB's share in 4.1", "social care's share in 4.1");
    assert_eq!(found(&text), [""; 0]);
}

/// Shares by visits and by whether it is at home; the other column is held equal.
fn shares(rows: &str) -> String {
    let clauses = format!(
        "1.1  In every case: exactly one row applies.\n     | visits | lives at home | the ICB | the council |\n{rows}\
         1.2  Higher visits never lower the ICB's share in 1.1.\n"
    );
    policy("  visits  whole number, 0 to 10\n  lives at home  yes or no\n", &clauses)
}

#[test]
fn another_column_is_held_equal() {
    let rows = "     | up to 5 | yes | 20% | 80% |\n     | over 5 | yes | 30% | 70% |\n     \
                | up to 5 | no | 60% | 40% |\n     | over 5 | no | 70% | 30% |\n";
    assert_eq!(found(&shares(rows)), [""; 0]);
    let text = shares(&rows.replace("70% | 30%", "50% | 50%"));
    assert_eq!(found(&text), ["1.2 promise-broken"]);
    let both = [
        "such as a case in which visits is 0 and lives at home is no",
        "beside it, such as a case in which visits is 6 and lives at home is no",
    ];
    assert_eq!(notes(&text), both);
}

/// A direction of payments is not judged, and that is said.
#[test]
fn a_direction_of_payments_is_not_proved() {
    let facts = "  visits  whole number, 0 to 10\n";
    let clauses = "1.1  The ICB pays £10.00.\n1.2  Higher visits never raise the ICB's payments.\n";
    assert_eq!(found(&policy(facts, clauses)), ["1.2 not-proved"]);
}
