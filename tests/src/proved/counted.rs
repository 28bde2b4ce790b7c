//! Tables over counts, and bands that are calculated with.

use std::collections::BTreeSet;

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

/// A sum over members of which each has its value only where the ICB has a part: other cases are refused, and
/// nothing else is told of them.
#[track_caller]
fn found_of_a_sum(given: &str, shares: &str) -> BTreeSet<String> {
    let facts = "  part    percent, in steps of 1%, 0% to 33%
  urgent  yes or no
  cost    money a week, £0.00 to £500.00

moods, each one of glad, flat
  morning mood
  evening mood
";
    let split = "2    Shares
2.1  When the sum of weight over moods is 0.5, split cost in the shares of section 3;
     otherwise the council pays cost.

3    Parts
";
    found(&policy(facts, &format!("{given}\n{split}{shares}"))).into_iter().collect()
}

#[test]
fn a_sum_of_what_is_given_in_some_cases_is_of_those() {
    let switched = "\
1.1  Weight for a mood: exactly one row applies.
     | value | weight |
     | glad  | 0.25   |
     | flat  | 0.5    |
1.2  Clause 1.1 does not apply when part is under 33%.
";
    let in_its_rows = "\
1.1  Weight for a mood: exactly one row applies.
     | value | part | weight |
     | glad  | 33%  | 0.25   |
     | flat  | 33%  | 0.5    |
";
    for (given, told) in [(switched, "2.1 no-value-for-some"), (in_its_rows, "1.1 no-row-for-some")]
    {
        let found = |shares: &str, more: &[&str]| {
            let told = more.iter().chain([&told]).map(ToString::to_string).collect();
            assert_eq!(found_of_a_sum(given, shares), told);
        };
        found("3.1  When part is 33%: the ICB 100%.\n", &[]);
        found("3.1  When part is 33% and urgent: the ICB 100%.\n", &["2.1 no-shares-for-some"]);
        let two = "3.1  In every case: the ICB 100%.\n3.2  When urgent: the council 100%.\n";
        found(two, &["3.2 shares-clash"]);
    }
}
