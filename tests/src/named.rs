//! What counts as naming what is declared: each of these is used, and leaving the clause out that
//! uses it is told.

use apportion::policy::Policy;

/// What is told to be named by no clause.
fn unused(facts: &str, clauses: &str) -> Vec<String> {
    let levels = "levels of need\n  none < low < high\n\n";
    let levels = if facts.contains("level of need") { levels } else { "" };
    let text = format!(
        "\
policy    Names
about     a child
between
  the ICB        NHS Northshire ICB
  the council    Northshire Council
version   1, in force from 1 April 2025
dated by  day

{levels}facts
  day       a date, from 1 April 2025 to 31 March 2030
  urgent    yes or no
{facts}

1    All
{clauses}
"
    );
    let policy = Policy::parse(&text).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    policy.unused().iter().map(|it| it.message.clone()).collect()
}

/// Checks that a clause is what names something: with it nothing is told, without it this is.
#[track_caller]
fn check(facts: &str, clause: &str, told: &str) {
    let other = "1.1  When urgent, total = 1.\n";
    assert_eq!(unused(facts, &format!("{other}{clause}")), [""; 0], "{clause}");
    assert_eq!(unused(facts, other), [told], "{clause}");
}

#[test]
fn a_fact_is_named_where_it_is_read() {
    let fact = "  visits    whole number, 0 to 9\n";
    let told = "no clause names the fact `visits`";
    check(fact, "1.2  Band = visits + 1.", told);
    check(fact, "1.2  A child is late when visits is over 3.", told);
    check(fact, "1.2  Visits must be at most 8.", told);
    // Though any value will do, the column is of the fact.
    check(
        fact,
        "1.2  Band: first row that applies.\n     | visits | band |\n     | any | 1 |",
        told,
    );
    check(
        fact,
        "1.2  Band: first row that applies.\n     | urgent | band |\n     | any | visits |",
        told,
    );
}

#[test]
fn a_fact_is_named_where_another_applies_only_with_it() {
    let facts = "  late      yes or no\n  visits    whole number, 0 to 9, only when late\n";
    assert_eq!(
        unused(facts, "1.1  When urgent, total = 1."),
        ["no clause names the fact `visits`"]
    );
}

#[test]
fn an_age_names_the_date_of_birth() {
    let fact = "  date of birth    a date, from 1 January 2000 to 31 December 2020\n";
    check(fact, "1.2  Years = age on day.", "no clause names the fact `date of birth`");
}

#[test]
fn a_promise_names_what_it_is_about() {
    let fact = "  income    money a week, £0.00 to £90.00\n  rent  money a week, £0.00 to £90.00\n";
    let pays = "1.1  When urgent, the ICB pays rent.\n";
    let told = "no clause names the fact `income`";
    assert_eq!(unused(fact, pays), [told]);
    for promise in [
        "1.2  The parties' payments add up to income.",
        "1.2  The ICB never pays more than income.",
        "1.2  Higher income never lower the ICB's payments.",
    ] {
        assert_eq!(unused(fact, &format!("{pays}{promise}")), [""; 0], "{promise}");
    }
}

#[test]
fn a_family_is_named_where_its_members_are_gone_through() {
    let family = "\nneeds, each a level of need\n  breathing\n  mobility\n";
    let told = "no clause names the family `needs`";
    check(family, "1.2  A child is late when any need is high.", told);
    check(family, "1.2  A child is late when breathing is high and mobility is low.", told);
    check(
        family,
        "1.2  Points for a need: first row that applies.\n     | level | points |\n     \
         | any | 1 |\n1.3  In all = the sum of points over all needs.",
        told,
    );
    check(family, "1.2  Worst = the highest need.", told);
    check(family, "1.2  Band = the number of needs.", told);
}

#[test]
fn a_member_that_is_named_leaves_the_others_to_be_told() {
    let family = "\nneeds, each a level of need\n  breathing\n  mobility\n";
    let clause = "1.1  When urgent and breathing is high, total = 1.";
    assert_eq!(unused(family, clause), ["no clause names the fact `mobility`"]);
}

#[test]
fn a_rate_is_named_where_it_is_read() {
    let rate = "1.2  Day rate, an hour:   £24.50 from 1 April 2025\n";
    let total = "1.1  When urgent, total = 1.\n";
    let told = "no clause names the rate `day rate`";
    assert_eq!(unused("", &format!("{total}{rate}")), [told]);
    for clause in [
        "1.3  Cost = 3 x day rate.",
        "1.3  Cost = day rate at the rates on day.",
        "1.3  Band: first row that applies.\n     | day rate | band |\n     | any | 1 |",
    ] {
        assert_eq!(unused("", &format!("{total}{rate}{clause}")), [""; 0], "{clause}");
    }
}
