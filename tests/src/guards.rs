//! What the condition of a clause must say for a fact that applies to some cases only: whatever
//! makes the condition of the fact hold, and nothing less.

use apportion::policy::Policy;

/// The codes with which a policy is refused in which a fee applies only when one condition holds,
/// and is paid when another does.
fn codes(only_when: &str, when: &str) -> Vec<&'static str> {
    codes_of(only_when, &format!("1.1  When {when}, the council pays fee."))
}

fn codes_of(only_when: &str, clause: &str) -> Vec<&'static str> {
    let text = format!(
        "\
policy    Where a fee applies
about     a child
between
  the ICB        NHS Northshire ICB
  the council    Northshire Council
version   1, in force from 1 April 2025

levels of need
  none < low < high < severe

facts
  placement  one of home, day school, residential
  urgent     yes or no
  late       yes or no
  visits     number, in quarters, 0 to 10
  plan date  a date
  fee        money a week, only when {only_when}

sizes, each whole number, 1 to 5
  first
  second

steps, each whole number, 1 to 5
  alpha
  beta
  gamma

needs, each a level of need, up to
  breathing  high
  mobility   severe

1    Who pays
{clause}
"
    );
    match Policy::parse(&text) {
        Ok(_) => Vec::new(),
        Err(mistakes) => mistakes.diagnostics.iter().map(|it| it.code).collect(),
    }
}

/// Checks which conditions of a clause are enough, and which are not.
#[track_caller]
fn check(only_when: &str, enough: &[&str], too_little: &[&str]) {
    for when in enough {
        assert_eq!(codes(only_when, when), [""; 0], "{only_when}: {when}");
    }
    for when in too_little {
        assert_eq!(codes(only_when, when), ["may-not-apply"], "{only_when}: {when}");
    }
}

#[test]
fn a_number_within_the_bounds_of_another() {
    check(
        "visits is at least 3",
        &[
            "visits is at least 3",
            "visits is at least 3.25",
            "visits is over 3",
            "visits is exactly 3",
            "visits is not under 3",
        ],
        &[
            "visits is at least 2.75",
            "visits is over 2",
            "visits is exactly 2",
            "visits is under 9",
        ],
    );
    check(
        "visits is over 3",
        &["visits is over 3", "visits is over 4", "visits is at least 3.25"],
        &[
            "visits is at least 3",
            "visits is over 2",
            "visits is not over 3",
            "visits is exactly 3",
        ],
    );
    check(
        "visits is at most 3",
        &["visits is at most 3", "visits is at most 2", "visits is under 3", "visits is exactly 3"],
        &["visits is at most 4", "visits is under 3.25", "visits is over 1"],
    );
    check(
        "visits is under 3",
        &["visits is under 3", "visits is under 2.75", "visits is at most 2.75"],
        &["visits is at most 3", "visits is under 4", "visits is not under 3"],
    );
    check("visits is exactly 3", &["visits is exactly 3"], &["visits is at least 3"]);
}

#[test]
fn numbers_of_other_parts_compare_as_numbers() {
    check("visits is at least 1.5", &["visits is at least 1.75"], &["visits is at least 1.25"]);
    check("visits is at most 1.5", &["visits is at most 1.25"], &["visits is at most 1.75"]);
}

#[test]
fn a_day_within_the_bounds_of_another() {
    check(
        "plan date is after 1 May 2025",
        &["plan date is after 1 May 2025", "plan date is after 2 May 2025"],
        &["plan date is after 30 April 2025", "plan date is before 2 May 2025"],
    );
}

#[test]
fn words_among_others() {
    check(
        "placement is either day school or residential",
        &["placement is residential", "placement is not home"],
        &["placement is home", "placement is either home or residential"],
    );
}

#[test]
fn one_of_several_is_enough_where_one_is_asked() {
    check(
        "urgent or late",
        &["urgent", "late", "urgent or late", "late or urgent", "urgent and late"],
        &["not urgent", "urgent or visits is over 1"],
    );
    check("urgent and late", &["urgent and late"], &["urgent", "urgent or late"]);
}

#[test]
fn none_of_several_says_of_each_that_it_is_not_so() {
    let clause = "\
1.1  A child is dear when all of these are true:
       - none of these is true:
           - urgent
           - late
       - fee is over £5.00";
    assert_eq!(codes_of("not urgent", clause), [""; 0]);
    assert_eq!(codes_of("urgent", clause), ["may-not-apply"]);
    // That not both are true says of none that it is not.
    let clause = clause.replace("none of these is true", "at most 1 of these is true");
    assert_eq!(codes_of("not urgent", &clause), ["may-not-apply"]);
}

/// Of two sizes, `at least 2` is both; of three steps it says of none that it is so.
#[test]
fn how_many_of_a_family_say_something_of_each() {
    check(
        "first is over 3",
        &["at least 2 sizes are over 3", "all sizes are over 3"],
        &["at least 1 size is over 3", "any size is over 3", "at least 2 sizes are over 2"],
    );
    check(
        "any size is over 3",
        &["at least 1 size is over 3", "second is over 3", "at least 2 sizes are over 3"],
        &["at most 1 size is over 3", "no size is over 3"],
    );
    check(
        "alpha is at most 3",
        &["at most 0 steps are over 3", "exactly 0 steps are over 3", "no step is over 3"],
        &["at most 1 step is over 3", "exactly 1 step is over 3"],
    );
    check(
        "at least 2 steps are over 3",
        &["at least 2 steps are over 3"],
        &["alpha is over 3", "at least 1 step is over 3", "at least 2 steps are over 2"],
    );
}

/// The same of levels, of which breathing is never above high.
#[test]
fn how_many_of_a_family_of_levels_say_something_of_each() {
    check(
        "any need is high",
        &[
            "any need is high",
            "breathing is high",
            "mobility is high and urgent",
            "at least 1 need is high",
            "at least 2 needs are high",
            "every need is high",
        ],
        &["breathing is low", "any need is high or higher", "at most 1 need is high", "urgent"],
    );
    check(
        "mobility is high or higher",
        &["at least 2 needs are high or higher", "every need is high", "mobility is severe"],
        &["any need is high", "at least 1 need is severe", "at least 2 needs are low or higher"],
    );
    check(
        "breathing is high",
        &["at least 2 needs are high or higher", "every need is high"],
        &["any need is high", "at least 2 needs are low or higher", "mobility is high"],
    );
    check(
        "no need is severe",
        &["no need is severe", "every need is high or lower"],
        &["breathing is not high", "any need is low", "at most 1 need is severe"],
    );
}

/// The condition of a fact is itself asked of a case, and guards what it asks.
#[test]
fn the_condition_of_a_fact_is_guarded_as_well() {
    let declared = |only_when: &str| {
        format!(
            "policy    Facts that hang on facts\nabout     a child\n\
             version   1, in force from 1 April 2025\n\nfacts\n  urgent   yes or no\n  \
             visits   whole number, 0 to 10, only when urgent\n  \
             cost     money, only when {only_when}\n\n1    All\n\
             1.1  When urgent and visits is over 3, total = cost.\n"
        )
    };
    assert!(Policy::parse(&declared("urgent and visits is over 3")).is_ok());
    let refused = Policy::parse(&declared("visits is over 3")).map(|_| ()).unwrap_err();
    let codes: Vec<&str> = refused.diagnostics.iter().map(|it| it.code).collect();
    assert_eq!(codes, ["may-not-apply"]);
}

/// What is known of covered cases is what the one clause says that covers them.
#[test]
fn two_clauses_that_cover_leave_open_which_of_them_does() {
    let one = "1.1  This policy covers a child when urgent.\n";
    let pays = "1.3  The council pays fee.";
    assert_eq!(codes_of("urgent", &format!("{one}{pays}")), [""; 0]);
    let two = format!("{one}1.2  This policy covers a child when late.\n{pays}");
    assert_eq!(codes_of("urgent", &two), ["may-not-apply"]);
}
