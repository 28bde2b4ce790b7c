//! Between which bounds a condition leaves a number, and how large what is made of numbers can be.

use super::{codes, told};

/// A divisor is not 0 where the condition of the clause leaves that out.
#[test]
fn a_condition_keeps_a_divisor_from_being_nothing() {
    let quotient = |when: &str| {
        codes(&format!("1.1  When {when}, total = cost / hours, to the nearest penny, up."))
    };
    for enough in [
        "hours is over 0",
        "hours is not 0",
        "hours is at least 1",
        "hours is at least 0.5",
        "hours is over 0.5",
        "hours is over visits",
        "hours is exactly days",
        "hours is not under 1",
    ] {
        assert_eq!(quotient(enough), [""; 0], "{enough}");
    }
    for too_little in [
        "hours is at least 0",
        "hours is not 5",
        "hours is not 0.5",
        "hours is at least visits",
        // The visits can be 0, and need not be.
        "hours is not the same as visits",
        "hours is not the same as large",
        "hours is under 0.5 or urgent",
    ] {
        assert_eq!(quotient(too_little), ["may-divide-by-zero"], "{too_little}");
    }
}

/// Where it is not so that one of several things is, none of them is.
#[test]
fn what_comes_otherwise_is_narrowed_as_well() {
    let otherwise = |when: &str| {
        codes(&format!(
            "1.1  When {when}, total = £1.00; otherwise total = cost / hours, to the nearest\n     \
             penny, up."
        ))
    };
    assert_eq!(otherwise("hours is 0"), [""; 0]);
    assert_eq!(otherwise("hours is 0 or urgent"), [""; 0]);
    assert_eq!(otherwise("urgent or hours is under 1"), [""; 0]);
    assert_eq!(otherwise("hours is 0 and urgent"), ["may-divide-by-zero"]);
    assert_eq!(otherwise("hours is 1 or urgent"), ["may-divide-by-zero"]);
}

/// 3,100,000,000 squared does not fit 64 bits, so only what is known beforehand may be a factor beside.
#[test]
fn a_sum_of_numbers_as_written_is_known_beforehand() {
    let total = |factor: &str| {
        codes(&format!(
            "1.1  Total = larger / (hours + 100) x larger x {factor}, to the nearest whole number, up."
        ))
    };
    for known in ["2", "(1 + 1)", "(3 - 1)", "(3 - 2 + 1)"] {
        assert_eq!(total(known), [""; 0], "{known}");
    }
    for varying in ["days", "(days + 1)", "(8 - days)"] {
        assert_eq!(total(varying), ["quotient-in-parts"], "{varying}");
    }
}

/// A number in quarters and one in twentieths have twentieths in common.
#[test]
fn a_sum_that_does_not_fit_says_how_many_digits_it_needs() {
    let facts = "  quarters   number, in quarters, 0 to 2000000000000000000
  parts   number, in steps of 0.05, 0 to 400000000000000000\n";
    let message = |clause: &str| {
        let text = format!("{}{facts}\n1    All\n{clause}\n", super::FACTS);
        let refused = apportion::policy::Policy::parse(&text).map(|_| ()).unwrap_err();
        refused.diagnostics.into_iter().map(|it| it.message).collect::<Vec<_>>()
    };
    let needs = |digits: u8| [format!("the exact value can need {digits} digits, and 18 are kept")];
    // 40,000,000,000,000,000,000 twentieths and 8,000,000,000,000,000,000.
    assert_eq!(message("1.1  Total = quarters + parts."), needs(20));
    // 8,000,000,000,000,000,000 quarters times as many twentieths.
    assert_eq!(message("1.1  Total = quarters x parts."), needs(38));
}

#[test]
fn a_number_that_counts_nothing_is_not_compared_with_one_that_does() {
    let counted = |test: &str| codes(&format!("1.1  A child is late when {test}."));
    assert_eq!(counted("care is at least 5"), [""; 0]);
    assert_eq!(counted("hours is at least 5"), [""; 0]);
    assert_eq!(counted("hours is at least days"), [""; 0]);
    assert_eq!(counted("hours is at least care"), ["units-disagree"]);
    assert_eq!(counted("care is at least hours"), ["units-disagree"]);
    assert_eq!(counted("care is at least hours + 1"), ["units-disagree"]);
}

/// In a sum pounds and pounds a week are two things, also where an amount is written out.
#[test]
fn a_sum_is_of_one_unit() {
    let total = |of: &str| told(&format!("1.1  Total = {of}."));
    let disagree = |second: &str| [("units-disagree", format!("this is {second}"))];
    assert_eq!(total("income + £5.00"), []);
    assert_eq!(total("rent + £5.00 a week"), []);
    assert_eq!(total("hours + 5"), []);
    assert_eq!(total("care + 5"), []);
    assert_eq!(total("rent + £5.00"), disagree("£"));
    assert_eq!(total("£5.00 + rent"), disagree("£ a week"));
    assert_eq!(total("£5.00 + hours"), disagree("a plain number"));
    assert_eq!(total("hours + £5.00"), disagree("£"));
    assert_eq!(total("5 + income"), disagree("£"));
    assert_eq!(total("income + 5"), disagree("a plain number"));
}
