//! What is worth knowing of a policy in which nothing is wrong.

use apportion::policy::Policy;

use super::policy;

/// What is noted on the first day of a policy: each code with the clause it is told in.
#[track_caller]
fn noted(text: &str) -> Vec<String> {
    let policy = Policy::parse(text).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let notes = policy.notes(policy.checked().version.from).into_iter();
    notes.map(|it| format!("{} {}", it.clause.unwrap_or_default(), it.code)).collect()
}

/// A ladder of three, words in no order, and two costs that may be paid.
fn of_facts(clauses: &str) -> String {
    let declared = "levels of need\n  low < high < severe\n\nfacts\n  need    a level of need\n  \
                    other   a level of need\n  place   one of home, school, clinic\n  \
                    urgent  yes or no\n  cost    money a week\n  fee     money a week\n";
    policy("", clauses).replace("facts\n", declared)
}

/// Nothing lies below the lowest level, and nothing above the highest: each alone is all there is on its side.
#[test]
fn a_level_alone_is_noted_where_there_are_levels_on_both_sides() {
    let when = |test: &str| noted(&of_facts(&format!("1.1  A child is eligible when {test}.\n")));
    assert_eq!(when("need is low"), [""; 0]);
    assert_eq!(when("need is high"), ["1.1 level-alone"]);
    assert_eq!(when("need is severe"), [""; 0]);
    assert_eq!(when("need is high or higher"), [""; 0]);
    assert_eq!(when("place is school"), [""; 0]);
    assert_eq!(when("need is high or other is high"), ["1.1 level-alone"]);
}

#[test]
fn levels_of_a_family_are_noted_as_those_of_a_fact() {
    let when = |test: &str| {
        let family = "levels of need\n  low < high < severe\n\nneeds, each a level of need\n  eating\n  \
                      sleep\n\nflags, each yes or no\n  wakes\n  wanders\n";
        let clauses = format!("1.1  A child is eligible when {test}.\n");
        noted(&policy("", &clauses).replace("facts\n", family))
    };
    assert_eq!(when("any need is high"), ["1.1 level-alone"]);
    assert_eq!(when("any need is severe"), [""; 0]);
    assert_eq!(when("any need is low"), [""; 0]);
}

/// What nobody pays where it is nothing is no gap.
#[test]
fn an_amount_that_nobody_pays_in_some_cases_is_noted_once() {
    let paid = |clauses: &str| noted(&of_facts(clauses));
    assert_eq!(paid("1.1  The ICB pays cost.\n"), [""; 0]);
    assert_eq!(paid("1.1  When urgent, the ICB pays cost.\n"), ["1.1 paid-in-some"]);
    let otherwise = "1.2  When not urgent, the council pays cost.\n";
    assert_eq!(paid(&format!("1.1  When urgent, the ICB pays cost.\n{otherwise}")), [""; 0]);
    assert_eq!(paid("1.1  When cost is over £0.00 a week, the ICB pays cost.\n"), [""; 0]);
    assert_eq!(
        paid("1.1  When cost is over £0.01 a week, the ICB pays cost.\n"),
        ["1.1 paid-in-some"]
    );
    let two = "1.1  When urgent and place is home, the ICB pays cost.\n\
               1.2  When urgent and place is school, the council pays cost.\n\
               1.3  When urgent, the ICB pays fee.\n";
    assert_eq!(paid(two), ["1.1 paid-in-some", "1.3 paid-in-some"]);
    let total = "1.1  Total = cost + fee.\n1.2  When urgent, the ICB pays total.\n";
    assert_eq!(paid(total), ["1.2 paid-in-some"]);
    assert_eq!(paid("1.1  When urgent, the ICB pays £5.00 a week.\n"), [""; 0]);
}

/// Whether an item is paid for is for each item, and an item that nobody pays for is no gap in what is paid.
#[test]
fn of_items_nothing_is_noted() {
    let text = policy("", "1.1  For each service, when agreed, the council pays price.\n");
    let declared = "services, each with\n  price   money a week\n  agreed  yes or no\n";
    assert_eq!(noted(&text.replace("facts\n", declared)), [""; 0]);
}

#[test]
fn a_number_is_of_use_where_a_payment_or_an_answer_hangs_on_it() {
    let of = |clauses: &str| noted(&of_facts(clauses));
    let sum = "1.1  Total = cost + fee.\n";
    let paid = "1.2  The ICB pays cost.\n";
    assert_eq!(of(sum), [""; 0]);
    assert_eq!(of(&format!("{sum}{paid}")), [" reaches-no-payment"]);
    assert_eq!(of(&format!("{sum}{paid}1.3  The council pays total.\n")), [""; 0]);
    let through = "1.3  Twice = total x 2.\n1.4  The council pays twice.\n";
    assert_eq!(of(&format!("{sum}{paid}{through}")), [""; 0]);
    let asked = "1.3  A child is dear when total is over £5.00 a week.\n";
    assert_eq!(of(&format!("{sum}{paid}{asked}")), [""; 0]);
    // Of two of which one is worked out of the other, the one at the end is told.
    let unused = "1.3  Twice = total x 2.\n";
    assert_eq!(of(&format!("{sum}{paid}{unused}")), [" reaches-no-payment"]);
    // What a table answers in words is no number.
    let word = "1.3  Band: exactly one row applies.\n     | cost           | band |\n     \
                | up to £9.00    | low  |\n     | £9.01 or more  | high |\n";
    assert_eq!(of(&format!("{paid}{word}")), [""; 0]);
}

/// A policy of which a fact has a default.
fn with_default(default: &str, clauses: &str) -> Vec<String> {
    let facts = format!("  urgent  yes or no, {default} unless stated\n  away    yes or no\n");
    noted(&policy(&facts, clauses))
}

#[test]
fn a_default_that_turns_a_conclusion_is_noted() {
    let default = " decided-by-default";
    assert_eq!(with_default("no", "1.1  A child is eligible when urgent.\n"), [default]);
    assert_eq!(with_default("yes", "1.1  A child is eligible when urgent.\n"), [default]);
    let either = "1.1  A child is eligible when urgent or away.\n";
    assert_eq!(with_default("no", either), [default]);
    assert_eq!(with_default("no", "1.1  A child is eligible when away.\n"), [""; 0]);
}

/// Where only urgent cases are covered, a case by default is none that is decided; and where both are covered
/// but the conclusion does not hang on it, nothing turns.
#[test]
fn a_default_that_turns_no_decided_case_is_not_noted() {
    let covered =
        "1.1  This policy covers a child when urgent.\n1.2  A child is eligible when urgent.\n";
    assert_eq!(with_default("no", covered), [""; 0]);
    let overridden = "1.1  A child is eligible when urgent or away.\n\
                      1.2  Despite 1.1, a child is not eligible when not away.\n";
    assert_eq!(with_default("no", overridden), [""; 0]);
}

/// The day is the last that a review is due; on the next it is late.
#[test]
fn a_review_is_due_until_its_day() {
    let text = policy("", "1.1  The ICB pays £5.00.\n").replace("facts\n\n", "");
    let text = text.replace("1 April 2025\n", "1 April 2025, review by 30 March 2026\n");
    let policy = Policy::parse(&text).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let noted = |day: u8| {
        let on = apportion::engine::date::Date::new(2026, 3, day).unwrap();
        policy.notes(on).iter().map(|it| it.code.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(noted(30), [""; 0]);
    assert_eq!(noted(31), ["past-review"]);
}
