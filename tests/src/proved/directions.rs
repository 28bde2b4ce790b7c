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

/// The ICB pays nothing for visits, whatever they are.
#[test]
fn what_no_payment_hangs_on_lowers_none() {
    let facts = "  visits  whole number, 0 to 10\n";
    let clauses = "1.1  The ICB pays £10.00.\n1.2  Higher visits never raise the ICB's payments.\n";
    assert_eq!(found(&policy(facts, clauses)), [""; 0]);
}

/// The example with a promise of its own in the place of 8.2.
fn care(promise: &str) -> String {
    with_slip(CONTINUING_CARE, "Higher total points never lower the ICB's share in 4.1.", promise)
}

/// Of a higher cost no party pays less: each has a share of it, and what is above the ICB's limit
/// goes to social care.
#[test]
fn shares_of_what_rises_rise() {
    for party in ["the ICB's", "social care's", "education's"] {
        let promise = format!("Higher day care never lower {party} payments.");
        assert_eq!(found(&care(&promise)), [""; 0], "{party}");
        let promise = format!("Higher cost of the school placement never lower {party} payments.");
        assert_eq!(found(&care(&promise)), [""; 0], "{party}");
    }
    assert_eq!(
        found(&care("Higher day care never raise the ICB's payments.")),
        ["8.2 promise-broken"]
    );
}

/// A child of 18 points pays by another row than one of 20.
fn banded(rows: &str, promise: &str) -> String {
    let clauses = format!(
        "1.1  In every case: exactly one row applies.\n     | visits | the ICB | the council |\n{rows}\
         1.2  Split cost in the shares of 1.1.\n1.3  {promise}\n"
    );
    policy("  visits  whole number, 0 to 10\n  cost  money a week, £0.00 to £900.00\n", &clauses)
}

#[test]
fn shares_that_rise_with_a_band_never_lower_what_is_paid() {
    let rows = "     | up to 5 | 20% | 80% |\n     | over 5 | 50% | 50% |\n";
    let rising = "Higher visits never lower the ICB's payments.";
    assert_eq!(found(&banded(rows, rising)), [""; 0]);
    let falling = "Higher visits never lower the council's payments.";
    assert_eq!(found(&banded(rows, falling)), ["1.3 promise-broken"]);
    // One penny: 80% of it is more than half of it, before spare pennies are placed.
    let notes = notes(&banded(rows, falling));
    let all = [
        "such as a case in which visits is 0 and cost is £0.01",
        "beside it, such as a case in which visits is 6 and cost is £0.01",
        "what is paid is compared before spare pennies are placed",
    ];
    assert_eq!(notes, all);
}

/// Thirds of one more penny never lower a part, though the spare penny goes elsewhere: of 4p, in 1/6,
/// 1/6 and 2/3, another party has it than of 5p.
#[test]
fn a_spare_penny_is_no_payment_that_falls() {
    let clauses = "1.1  In every case: the ICB 1/3, the council the rest.\n\
                   1.2  Split cost in the shares of 1.1.\n\
                   1.3  Higher cost never lower the ICB's payments.\n";
    assert_eq!(found(&policy("  cost  money a week, £0.00 to £900.00\n", clauses)), [""; 0]);
}

/// What the council pays is what the ICB does not: up to £100.00 nothing.
#[test]
fn what_is_left_of_a_cost_rises_with_it() {
    let facts = "  cost  money a week, £0.00 to £900.00\n";
    let clauses = |party: &str| {
        format!(
            "1.1  Health cost = the lesser of cost and £100.00 a week.\n\
             1.2  The ICB pays health cost.\n\
             1.3  The council pays the greater of £0.00 a week and (cost - £100.00 a week).\n\
             1.4  Higher cost never lower {party} payments.\n"
        )
    };
    assert_eq!(found(&policy(facts, &clauses("the ICB's"))), [""; 0]);
    assert_eq!(found(&policy(facts, &clauses("the council's"))), [""; 0]);
}

/// What rises may be a value: then each fact it hangs on is what differs.
#[test]
fn a_value_may_be_what_rises() {
    let facts = "  visits  whole number, 0 to 10\n  nights  whole number, 0 to 7\n";
    let clauses = |nights: &str| {
        format!(
            "1.1  Points = visits + {nights} x nights.\n1.2  Fee = points x £2.00 a week.\n\
             1.3  The ICB pays fee.\n1.4  Higher points never lower the ICB's payments.\n"
        )
    };
    assert_eq!(found(&policy(facts, &clauses("3"))), [""; 0]);
    let falls = clauses("3").replace("= points x £2.00", "= (100 - points) x £2.00");
    assert_eq!(found(&policy(facts, &falls)), ["1.4 promise-broken"]);
}
