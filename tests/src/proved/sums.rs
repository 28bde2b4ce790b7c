//! What is proved of sums: of rounded parts, of one thing added twice, of products.

use super::{found, policy};

/// What is found of promises about what two parties pay.
#[track_caller]
fn promised(clauses: &str) -> Vec<String> {
    let facts = "  cost   money a week, £0.00 to £500.00
  fee    money a week, £0.00 to £500.00
  part   percent, in steps of 1%, 0% to 100%
  hours  hours a week, in quarters, 0 to 10
";
    found(&policy(facts, clauses))
}

/// Of £0.01, halves are a penny and nothing, or a penny each.
#[test]
fn halves_add_up_where_one_is_rounded_up_and_the_other_down() {
    let halves = |other: &str| {
        promised(&format!(
            "1.1  The ICB pays (cost x 50%, to the nearest penny, up).\n\
             1.2  The council pays (cost x 50%, to the nearest penny, {other}).\n\
             1.3  The parties' payments add up to cost.\n"
        ))
    };
    assert_eq!(halves("down"), [""; 0]);
    assert_eq!(halves("up"), ["1.3 promise-broken"]);
}

/// A quarter of an hour at a penny is no whole number of pence, though the rate is: twice that is two pence, and
/// a quarter of an hour at two pence is one.
#[test]
fn parts_of_hours_are_no_whole_pence() {
    let twice = "\
1.1  The ICB pays (hours x £0.01 an hour, to the nearest penny, up).
1.2  The council pays (hours x £0.01 an hour, to the nearest penny, up).
1.3  The parties' payments add up to (hours x £0.02 an hour, to the nearest penny, up).
";
    assert_eq!(promised(twice), ["1.3 promise-broken"]);
    let whole = twice.replace("hours x", "visits x").replace("an hour", "a visit");
    let facts = "  visits  visits a week, whole, 0 to 10\n";
    assert_eq!(found(&policy(facts, &whole)), [""; 0]);
}

#[test]
fn what_is_added_twice_counts_twice() {
    let both = |sum: &str| {
        promised(&format!(
            "1.1  The ICB pays cost.\n1.2  The council pays cost + fee.\n\
             1.3  The parties' payments add up to {sum}.\n"
        ))
    };
    assert_eq!(both("cost x 2 + fee"), [""; 0]);
    assert_eq!(both("cost + fee + cost"), [""; 0]);
    assert_eq!(both("fee"), ["1.3 promise-broken"]);
    assert_eq!(both("cost + fee"), ["1.3 promise-broken"]);
    assert_eq!(both("cost - cost + fee"), ["1.3 promise-broken"]);
}

/// Nothing is promised of a case in which what is promised has no value, however it is worked out.
#[test]
fn a_promise_of_what_has_no_value_is_not_judged() {
    let promised_of = |amount: &str| {
        promised(&format!(
            "1.1  The ICB pays cost.\n1.2  When cost is under £0.00 a week, grant = £5.00 a week.\n\
             1.3  Weight = 5/9.\n1.4  The parties' payments add up to {amount}.\n"
        ))
    };
    let never = ["1.2 never-applies"];
    assert_eq!(promised_of("grant"), never);
    assert_eq!(promised_of("(grant x weight / weight, to the nearest penny, down)"), never);
}

/// A part of the cost is at most the cost; what is added to it, or twice of it, is not.
#[test]
fn a_product_is_at_most_its_greater_factor_and_no_sum_with_it_is() {
    let at_most = |paid: &str, most: &str| {
        promised(&format!(
            "1.1  The ICB pays ({paid}, to the nearest penny, halves up).\n\
             1.2  The ICB never pays more than {most}.\n"
        ))
    };
    assert_eq!(at_most("cost x part", "cost"), [""; 0]);
    assert_eq!(at_most("cost x part + £5.00 a week", "cost"), ["1.2 promise-broken"]);
    assert_eq!(at_most("cost x part + £5.00 a week", "cost + £5.01 a week"), [""; 0]);
    assert_eq!(at_most("cost x part x 2", "cost"), ["1.2 promise-broken"]);
    assert_eq!(at_most("cost x part x 2", "cost x 2"), [""; 0]);
}
