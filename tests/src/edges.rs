//! What is refused, beside the nearest that is read: where numbers are written with other places,
//! or what is asked lies just beyond what fits.

use apportion::policy::Policy;

mod clauses;
mod declared;
mod items;
mod numbers;
mod tables;

/// The codes with which a policy of these clauses is refused.
fn codes(clauses: &str) -> Vec<&'static str> {
    told(clauses).into_iter().map(|(code, _)| code).collect()
}

/// The codes of all that is told of them, warnings among it.
fn all_codes(clauses: &str) -> Vec<&'static str> {
    let found = match Policy::parse(&format!("{FACTS}\n1    All\n{clauses}\n")) {
        Ok(policy) => policy.diagnostics().to_vec(),
        Err(mistakes) => mistakes.diagnostics,
    };
    found.iter().map(|it| it.code).collect()
}

/// The codes of mistakes, each with what is said at its first place.
fn told(clauses: &str) -> Vec<(&'static str, String)> {
    read(&format!("{FACTS}\n1    All\n{clauses}\n"))
}

/// The codes where a date fact lies between these days.
fn codes_between(first: &str, last: &str, clauses: &str) -> Vec<&'static str> {
    let text =
        format!("{FACTS}  admission   a date, from {first} to {last}\n\n1    All\n{clauses}\n");
    read(&text).into_iter().map(|(code, _)| code).collect()
}

const FACTS: &str = "\
policy    Edges
about     a child
between
  the ICB        NHS Northshire ICB
  the council    Northshire Council
version   1, in force from 1 April 2025

facts
  urgent      yes or no
  visits      number, in steps of 0.05, 0 to 10
  hours       whole number, 0 to 40
  days        whole number, 1 to 7
  income      money, £0.00 to £900.00
  cost        money, £0.00 to £900.00
  rent        money a week, £0.00 to £900.00
  care        hours a week, in quarters, 0 to 168
  large       whole number, 0 to 3000000000
  larger      whole number, 0 to 3100000000
";

fn read(text: &str) -> Vec<(&'static str, String)> {
    let told = |it: apportion::diagnostic::Diagnostic| {
        let label = it.labels.into_iter().next();
        (it.code, label.map(|label| label.text).unwrap_or_default())
    };
    match Policy::parse(text) {
        Ok(_) => Vec::new(),
        Err(mistakes) => mistakes.diagnostics.into_iter().map(told).collect(),
    }
}

#[test]
fn a_range_rises_whatever_places_its_ends_have() {
    let between = |ends: &str| codes(&format!("1.1  A child is late when visits is {ends}."));
    assert_eq!(between("between 1.25 and 1.5"), [""; 0]);
    assert_eq!(between("between 1.5 and 1.50"), [""; 0]);
    assert_eq!(between("between 1.5 and 1.25"), ["range-reversed"]);
    assert_eq!(between("between 2 and 1.95"), ["range-reversed"]);
    assert_eq!(between("between 1.95 and 2"), [""; 0]);
}

#[test]
fn a_range_that_ends_before_its_upper_end_has_something_in_it() {
    let cell = |cell: &str| {
        codes(&format!(
            "1.1  Band: first row that applies.\n     | visits | band |\n     | {cell} | 1 |\n     \
             | any | 2 |"
        ))
    };
    assert_eq!(cell("1.25 to under 1.5"), [""; 0]);
    assert_eq!(cell("1.5 to under 1.25"), ["range-reversed"]);
    assert_eq!(cell("1.5 to under 1.50"), ["range-reversed"]);
    assert_eq!(cell("1.95 to under 2"), [""; 0]);
    assert_eq!(cell("2 to under 1.95"), ["range-reversed"]);
}

#[test]
fn the_edges_of_slices_rise_whatever_places_they_have() {
    let slices = |first: &str, second: &str| {
        codes(&format!(
            "1.1  Part: each slice at its own rate.\n     | visits | part |\n     \
             | up to {first} | 0.5 |\n     | up to {second} | 0.25 |\n     | above | 0 |"
        ))
    };
    assert_eq!(slices("1.25", "1.5"), [""; 0]);
    assert_eq!(slices("1.95", "2"), [""; 0]);
    assert_eq!(slices("1.5", "1.25"), ["slices-not-rising"]);
    assert_eq!(slices("2", "1.95"), ["slices-not-rising"]);
    assert_eq!(slices("1.5", "1.50"), ["slices-not-rising"]);
}

#[test]
fn the_last_slice_alone_is_above() {
    let slices = |first: &str, last: &str| {
        codes(&format!(
            "1.1  Part: each slice at its own rate.\n     | visits | part |\n     \
             | {first} | 0.5 |\n     | {last} | 0.25 |"
        ))
    };
    assert_eq!(slices("up to 1.5", "above"), [""; 0]);
    assert_eq!(slices("above", "above"), ["slice-edge"]);
    assert_eq!(slices("up to 1.5", "beyond"), ["slice-edge"]);
    assert_eq!(slices("up to 1.5", "up to 2"), ["slice-edge"]);
}

/// 90% and 90% are 80% more than the whole.
#[test]
fn shares_say_by_how_much_they_pass_the_whole() {
    let told = told("1.1  In every case: the ICB 90%, the council 90%.");
    let expected = String::from("this share passes the whole by 80%");
    assert_eq!(told, [("shares-exceed-whole", expected)]);
}

/// What a condition must say of weights that can both be 0.
#[test]
fn weights_are_kept_from_being_nothing_by_what_is_said_of_them_together() {
    let split = |when: &str| {
        codes(&format!(
            "1.1  When {when}, split £100.00 between the ICB and the council in proportion to\n     \
             income and cost; otherwise the council pays £100.00. Spare pennies go to the\n     \
             parties in order."
        ))
    };
    for enough in [
        "income + cost is over £0.00",
        "cost + income is over £0.00",
        "income + cost is at least £0.01",
        "income + cost is exactly £5.00",
        "urgent and income + cost is over £0.00",
        "income is over £0.00",
        "cost is at least £0.01",
    ] {
        assert_eq!(split(enough), [""; 0], "{enough}");
    }
    for too_little in [
        "income + cost is at least £0.00",
        "income + cost is under £5.00",
        "income + cost is at most £5.00",
        "income + cost is over -£1.00",
        "income + £1.00 is over £0.00",
        "income - cost is over -£5.00",
        "urgent or income + cost is over £0.00",
        "urgent",
    ] {
        assert_eq!(split(too_little), ["weights-can-be-zero"], "{too_little}");
    }
}

/// The product that is divided must fit 64 bits but for its last factor: 3,000,000,000 squared does,
/// 3,100,000,000 squared does not.
#[test]
fn a_quotient_is_worked_out_in_one_step_where_its_factors_fit() {
    let total = |of: &str| codes(&format!("1.1  Total = {of}, to the nearest whole number, up."));
    assert_eq!(total("large / (hours + 100) x large x visits"), [""; 0]);
    assert_eq!(total("larger / (hours + 100) x larger x visits"), ["quotient-in-parts"]);
}

#[test]
fn a_quotient_has_one_divisor_which_may_be_a_product() {
    let total = |of: &str| codes(&format!("1.1  Total = {of}, to the nearest penny, up."));
    assert_eq!(total("cost / (days x days)"), [""; 0]);
    assert_eq!(total("cost / (days x days) / days"), ["quotient-in-parts"]);
}

/// February has no 30th; July has a 30th and a 31st.
#[test]
fn what_to_do_about_a_missing_day_is_said_where_there_is_one() {
    let due = |first: &str, last: &str, months: u8, otherwise: &str| {
        let plural = if months == 1 { "" } else { "s" };
        let clause = format!("1.1  Due = {months} month{plural} after admission{otherwise}.");
        codes_between(first, last, &clause)
    };
    let day = "30 January 2025";
    assert_eq!(due(day, day, 1, ""), ["missing-day-not-said"]);
    assert_eq!(due(day, day, 1, ", or the last day"), [""; 0]);
    let day = "31 January 2025";
    assert_eq!(due(day, day, 6, ""), [""; 0]);
    assert_eq!(due("1 January 2025", "28 January 2025", 1, ""), [""; 0]);
    assert_eq!(due("1 January 2025", "29 January 2025", 1, ""), ["missing-day-not-said"]);
}

#[test]
fn a_rate_is_asked_on_the_first_and_last_of_its_days() {
    let on = |first: &str, last: &str| {
        let clauses = "\
1.1  Day rate, an hour:   £24.50 from 1 April 2025
                          £25.61 from 1 April 2026 until 31 March 2027
1.2  Then = day rate at the rates on admission.";
        let dated = "2025, until 31 March 2027\ndated by  decision date\n";
        let text = format!(
            "{FACTS}  decision date  a date\n  admission  a date, from {first} to {last}\n\n\
             1    All\n{clauses}\n"
        );
        let told = read(&text.replacen("2025\n", dated, 1));
        told.into_iter().map(|(code, _)| code).collect::<Vec<_>>()
    };
    assert_eq!(on("1 April 2025", "31 March 2027"), [""; 0]);
    assert_eq!(on("31 March 2025", "31 March 2027"), ["rate-not-known"]);
    assert_eq!(on("1 April 2025", "1 April 2027"), ["rate-not-known"]);
}

/// A limit counts what is paid in its unit.
#[test]
fn a_limit_is_of_a_unit_in_which_somebody_pays() {
    let told = |pays: &str| {
        let limit = "1.3  The ICB pays at most £5.00 a week in all; the council pays the excess.";
        all_codes(&format!("{pays}\n{limit}"))
    };
    assert_eq!(told("1.1  The ICB pays £7.00 a week."), [""; 0]);
    assert_eq!(told("1.1  The ICB pays £7.00 a month."), ["nothing-paid-in"]);
    // Where nothing is paid yet, or a payment is to be mended, it may still be.
    assert_eq!(told("1.1  Total = cost."), [""; 0]);
    let broken = "1.1  The ICB pays £7.00 a month.\n1.2  The ICB pays fees.";
    assert_eq!(told(broken), ["unknown-name"]);
}

/// What a promise is about is a conclusion.
#[test]
fn a_promise_about_something_else_is_told_once() {
    let promise = |named: &str| {
        codes(&format!("1.1  Total = cost.\n1.2  When urgent, the child is always {named}."))
    };
    assert_eq!(promise("total"), ["wrong-kind-of-name"]);
    assert_eq!(promise("needy"), ["unknown-name"]);
}

#[test]
fn an_exception_is_to_a_row_of_a_table_that_chooses_one() {
    let table = |says: &str, exception: &str| {
        codes(&format!(
            "1.1  {says}\n     | hours | points |\n     | 0 to 9 | 1 |\n     | 10 or more | 2 |\n\
             1.2  {exception}"
        ))
    };
    let of = "Despite 1.1 row 1, when urgent, points = 9.";
    assert_eq!(table("Points: first row that applies.", of), [""; 0]);
    assert_eq!(table("Points: exactly one row applies.", of), [""; 0]);
    assert_eq!(table("Points: rows that apply must agree.", of), [""; 0]);
    assert_eq!(table("Points: add up every row that applies.", of), ["despite-a-row"]);
    // Of what is to be mended nothing more is said.
    assert_eq!(
        table("Points: first row that applies.", &of.replace("9", "csot")),
        ["unknown-name"]
    );
    assert_eq!(table("Points: first row that aplies twice.", of), ["unexpected-text"]);
    let beyond = of.replace("row 1", "row 3");
    assert_eq!(table("Points: first row that applies.", &beyond), ["no-such-row"]);
}

/// Shares in a sentence are no table; a table of one row with a test is.
#[test]
fn an_exception_is_to_a_row_of_shares_in_a_table() {
    let exception = "1.2  Despite 1.1 row 1, when urgent: the ICB 100%, the council 0%.";
    let of = |shares: &str| codes(&format!("1.1  {shares}\n{exception}"));
    assert_eq!(of("In every case: the ICB 60%, the council 40%."), ["no-such-row"]);
    let table = "In every case: exactly one row applies.\n     | hours | the ICB | the council |\n     \
                 | 0 to 40 | 60% | 40% |";
    assert_eq!(of(table), [""; 0]);
}

const OF_NEEDS: &str = "\
policy    Needs
about     a child
version   1, in force from 1 April 2025

levels of need
  none < low < high

facts
  urgent      yes or no
  placement   one of home, day school, residential

needs, each a level of need
  breathing
  mobility

1    All
";

fn codes_of_needs(clauses: &str) -> Vec<&'static str> {
    read(&format!("{OF_NEEDS}{clauses}\n")).into_iter().map(|(code, _)| code).collect()
}

/// Every need has a row of its own.
#[test]
fn a_table_for_each_member_has_no_one_row_that_counts() {
    let points = "1.1  Points for a need: first row that applies.\n     | level | points |\n     \
                  | low | 1 |\n     | any | 2 |\n";
    let exception = "1.2  Despite 1.1 row 1, when urgent, points = 9.";
    assert_eq!(codes_of_needs(&format!("{points}{exception}")), ["despite-a-row"]);
}

#[test]
fn what_has_no_order_has_no_greatest_and_what_is_no_number_no_sum() {
    let band = "1.1  Band for a need: first row that applies.\n     | level | band |\n     \
                | low | slow |\n     | any | fast |\n";
    let of = |expression: &str| codes_of_needs(&format!("{band}1.2  Worst = {expression}."));
    assert_eq!(of("the sum of band over all needs"), ["not-a-number"]);
    assert_eq!(of("the highest of band over all needs"), ["no-order"]);
    assert_eq!(of("the highest need"), [""; 0]);
    assert_eq!(of("the greater of placement and placement"), ["no-order"]);
    assert_eq!(of("the greater of breathing and mobility"), [""; 0]);
}

#[test]
fn what_is_to_be_mended_is_told_once() {
    let total = |of: &str| codes(&format!("1.1  Total = {of}."));
    for broken in ["csot + cost", "cost + csot", "cost x csot", "csot for hours", "cost for csot"] {
        assert_eq!(total(broken), ["unknown-name"], "{broken}");
    }
    assert_eq!(total("cost + hours"), ["units-disagree"]);
    assert_eq!(total("hours + cost"), ["units-disagree"]);
}

/// Names of three letters are too short to be slips of each other.
#[test]
fn conclusions_that_differ_in_a_short_word_are_two() {
    let two = |other: &str| {
        all_codes(&format!(
            "1.1  A child is well cared for when urgent.\n1.2  A child is {other} when hours is 3.\n\
             1.3  When the child is well cared for, the council pays £5.00 a week."
        ))
    };
    assert_eq!(two("also well cared for"), [""; 0]);
    assert_eq!(two("also wel cared for"), [""; 0]);
    assert_eq!(two("also well carred for"), ["conclusion-near-another"]);
}

#[test]
fn the_fact_that_dates_a_case_can_be_a_day_on_which_the_policy_is_in_force() {
    let dated = |first: &str, last: &str| {
        let text = format!(
            "{FACTS}  admission   a date, from {first} to {last}\n\n1    All\n1.1  Total = cost.\n"
        );
        let text = text.replacen("2025\n", "2025, until 31 March 2026\ndated by  admission\n", 1);
        read(&text).into_iter().map(|(code, _)| code).collect::<Vec<_>>()
    };
    assert_eq!(dated("31 March 2026", "31 March 2026"), [""; 0]);
    assert_eq!(dated("1 April 2026", "1 April 2026"), ["dated-by-never-in-force"]);
    assert_eq!(dated("1 March 2025", "1 April 2025"), [""; 0]);
    assert_eq!(dated("31 March 2026", "30 March 2026"), ["bounds-reversed"]);
}

#[test]
fn a_version_may_be_in_force_on_one_day() {
    let until = |day: &str| {
        let text = format!("{FACTS}\n1    All\n1.1  Total = cost.\n");
        read(&text.replacen("2025\n", &format!("2025, until {day}\n"), 1))
    };
    assert_eq!(until("1 April 2025"), []);
    assert_eq!(until("31 March 2025").len(), 1);
}
