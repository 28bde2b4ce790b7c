//! Tables over counts, and bands that are calculated with.

use super::{found, policy, policy_of_domains, shown};

/// The thresholds of the Checklist, counted: two or more domains in A (highs), five or more in B
/// (moderates), one in A with four in B, or one of the starred domains in A.
fn checklist(one_and_four: &str) -> String {
    let facts = "  highs   whole number, 0 to 11\n  moderates   whole number, 0 to 11\n  \
                 starred highs   whole number, 0 to 4\n";
    let table = format!(
        "1.1  Result: exactly one row applies.\n     \
         | starred highs | highs | moderates | result |\n     \
         | 1 or more            | any          | any          | 1 |\n     \
         | exactly 0            | 2 or more    | any          | 1 |\n     \
         | exactly 0            | under 2      | 5 or more    | 1 |\n     \
         | exactly 0            | exactly 1    | {one_and_four} | 1 |\n     \
         | exactly 0            | exactly 1    | under 4      | 0 |\n     \
         | exactly 0            | exactly 0    | under 5      | 0 |\n"
    );
    policy(facts, &table)
}

#[test]
fn the_thresholds_of_the_checklist_are_complete_and_do_not_overlap() {
    assert_eq!(found(&checklist("exactly 4")), [""; 0]);
    assert_eq!(found(&checklist("4 or more")), ["1.1 rows-overlap"]);
    let without = checklist("exactly 3");
    assert_eq!(found(&without), ["1.1 no-row-for-some", "1.1 rows-overlap"]);
    let case = "such as a case in which highs is 1, moderates is 4 and starred highs is 0";
    assert_eq!(shown(&without), case);
}

/// A table whose answers are calculated with is judged by what it tests, like any other.
#[test]
fn bands_of_whole_numbers_may_be_calculated_with() {
    let bands = |least: &str| {
        policy(
            "  visits  whole number, 0 to 10\n",
            &format!(
                "1.1  Hours: exactly one row applies.\n     | visits  | hours |\n     \
                 | 0 to 4  | 2 |\n     | {least} to 10 | 3 |\n\
                 1.2  The ICB pays hours x visits x £12.50.\n"
            ),
        )
    };
    assert_eq!(found(&bands("5")), [""; 0]);
    assert_eq!(found(&bands("6")), ["1.1 no-row-for-some"]);
    assert_eq!(found(&bands("4")), ["1.1 rows-overlap"]);
}

/// The adult tool's altered states of consciousness are never severe: `severe or higher` is priority.
#[test]
fn severe_or_higher_is_priority_where_nothing_is_severe() {
    let text = |promise: &str| {
        policy_of_domains(
            "domains, each a level of need, up to\n  \
             altered states of consciousness   priority, never severe\n",
            &format!(
                "1.1  A child is eligible when altered states of consciousness is severe or higher.\n\
                 1.2  A child is in great need when altered states of consciousness is priority.\n\
                 1.3  {promise}\n"
            ),
        )
    };
    assert_eq!(found(&text("When eligible, the child is always in great need.")), [""; 0]);
    assert_eq!(
        found(&text("When eligible, the child is never in great need.")),
        ["1.3 promise-broken"]
    );
}
