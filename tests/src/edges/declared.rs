//! What is declared of parties, families and facts that apply to some cases only, and what examples may
//! expect.

use super::{FACTS, read};

fn codes(text: &str) -> Vec<&'static str> {
    read(text).into_iter().map(|(code, _)| code).collect()
}

/// The codes with which a policy of levels is refused.
fn codes_of_levels(declared: &str, clauses: &str) -> Vec<&'static str> {
    let levels = "levels of need\n  none < low < high < severe\n\nfacts";
    let text = format!("{FACTS}\n{declared}\n1    All\n{clauses}\n");
    codes(&text.replacen("facts", levels, 1))
}

/// A party may be called something for one day.
#[test]
fn a_name_of_a_party_may_be_of_one_day() {
    let named = |second: &str| {
        let names = format!(
            "NHS North until 1 April 2025, NHS West from 2 April 2025 until {second}, NHS East from \
             3 April 2025"
        );
        let text = format!("{FACTS}  admission   a date\n\n1    All\n1.1  Total = cost.\n");
        let text = text.replacen("2025\n", "2025\ndated by  admission\n", 1);
        codes(&text.replace("NHS Northshire ICB", &names))
    };
    assert_eq!(named("2 April 2025"), [""; 0]);
    assert_eq!(named("1 April 2025"), ["ends-before-it-begins"]);
}

/// What the heading leaves out is left out of every member that says nothing else.
#[test]
fn a_level_that_a_family_never_has_is_no_level_of_its_members() {
    let stated = |heading: &str, level: &str| {
        codes_of_levels(
            &format!("needs, each a level of need{heading}\n  breathing\n  mobility\n"),
            &format!(
                "1.1  A child is late when any need is severe.\n\nexamples\n\"One\"\n  given   \
                 breathing {level}, other needs low\n  expect  not late"
            ),
        )
    };
    assert_eq!(stated("", "high"), [""; 0]);
    assert_eq!(stated(", never high", "low"), [""; 0]);
    assert_eq!(stated(", never high", "high"), ["never-this-level"]);
    assert_eq!(stated(", up to severe, never high", "high"), ["never-this-level"]);
}

#[test]
fn what_is_taken_over_a_family_is_given_for_each_member() {
    let needs = "needs, each a level of need\n  breathing\n  mobility\n";
    let points = "1.1  Points for a need: first row that applies.\n     | level | points |\n     \
                  | any | 1 |\n";
    let total = |of: &str| {
        codes_of_levels(needs, &format!("{points}1.2  Total = the sum of {of} over needs."))
    };
    assert_eq!(total("points"), [""; 0]);
    assert_eq!(total("cost"), ["wrong-kind-of-name"]);
    assert_eq!(total("urgent"), ["wrong-kind-of-name"]);
}

/// Neither side of a comparison may be a calculation.
#[test]
fn a_fact_applies_only_when_other_facts_are_so() {
    let when = |condition: &str| {
        let fee = format!("  fee   money a week, only when {condition}\n");
        codes(&format!("{FACTS}{fee}\n1    All\n1.1  When urgent, total = cost.\n"))
    };
    assert_eq!(when("income is over cost"), [""; 0]);
    assert_eq!(when("income is over £5.00"), [""; 0]);
    assert_eq!(when("income is over cost x 2"), ["only-when-of-facts"]);
    assert_eq!(when("income x 2 is over cost"), ["only-when-of-facts"]);
    assert_eq!(when("income x 2 is over cost x 3"), ["only-when-of-facts"]);
}

/// Between two values an example expects what is not known; both ends are in.
#[test]
fn what_an_example_expects_between_two_ends_rises() {
    let between = |ends: &str| {
        let clauses =
            "1.1  Total = hours + 1.\n1.2  Due = 2 days after admission, not counting that day.";
        codes(&format!(
            "{FACTS}  admission   a date, from 1 April 2025 to 1 April 2026\n\n1    All\n{clauses}\n\n\
             examples\n\"One\"\n  given   hours not known, admission not known\n  expect  {ends}\n"
        ))
    };
    for rising in [
        "total between 3 and 5",
        "total between 3 and 3",
        "due between 1 May 2025 and 2 May 2025",
        "due between 1 May 2025 and 1 May 2025",
    ] {
        assert_eq!(between(rising), [""; 0], "{rising}");
    }
    for falling in ["total between 5 and 3", "due between 2 May 2025 and 1 May 2025"] {
        assert_eq!(between(falling), ["range-reversed"], "{falling}");
    }
}
