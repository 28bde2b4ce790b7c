//! What a number counts, and for what.

use apportion::unit::{Unit, with_article};

fn money(per: &str) -> Unit {
    Unit::money(Some(per))
}

fn hours() -> Unit {
    Unit::counted("hour", None)
}

/// One to so many of a thing: 1 / week.
fn per(thing: &str) -> Unit {
    Unit::plain().over(&Unit::counted(thing, None))
}

#[test]
fn units_multiply_and_divide() {
    let care = Unit::counted("hour", Some("week"));
    assert_eq!(money("hour").times(&care), money("week"));
    assert_eq!(money("week").over(&care), money("hour"));
    assert_eq!(care.over(&care), Unit::plain());
    assert_eq!(money("week").over(&money("week")), Unit::plain());
    assert_eq!(hours().times(&per("week")), care);
    assert_eq!(hours().over(&hours()), Unit::plain());
}

/// A percent of a percent is a percent; a percent of anything else counts what that does.
#[test]
fn a_percent_is_kept_only_where_nothing_else_is_counted() {
    let (percent, plain) = (Unit::percent(), Unit::plain());
    assert_eq!(percent.times(&percent), percent);
    assert_eq!(percent.times(&plain), percent);
    assert_eq!(plain.times(&percent), percent);
    assert_eq!(plain.times(&plain), plain);
    assert_eq!(percent.times(&money("week")), money("week"));
    assert_eq!(hours().times(&percent), hours());
    assert_eq!(percent.over(&percent), plain);
    assert_eq!(percent.over(&plain), plain);
    assert_eq!(plain.over(&percent), plain);
}

#[test]
fn units_are_told_apart() {
    let questions =
        |unit: &Unit| (unit.is_money(), unit.is_percent(), unit.is_plain(), unit.is_payable());
    let (yes, no) = (true, false);
    for (unit, answers) in [
        (Unit::plain(), (no, no, yes, no)),
        (Unit::percent(), (no, yes, no, no)),
        (Unit::money(None), (yes, no, no, yes)),
        (money("week"), (yes, no, no, yes)),
        (money("week").times(&per("child")), (yes, no, no, no)),
        (Unit::money(None).times(&hours()), (yes, no, no, no)),
        (Unit::money(None).times(&Unit::money(None)), (no, no, no, no)),
        (hours(), (no, no, no, no)),
        (per("week"), (no, no, no, no)),
    ] {
        assert_eq!(questions(&unit), answers, "{unit}");
    }
}

#[test]
fn a_period_is_the_one_thing_that_a_number_is_for() {
    assert_eq!(money("week").period(), Some("week"));
    assert_eq!(per("week").period(), Some("week"));
    assert_eq!(money("week").times(&per("child")).period(), None);
    assert_eq!(Unit::counted("hour", Some("week")).period(), None);
    assert_eq!(hours().period(), None);
    assert_eq!(Unit::money(None).period(), None);
    assert_eq!(money("week").times(&per("week")).period(), None);
}

#[test]
fn columns_are_named_after_their_period() {
    assert_eq!(money("week").outside(), "a_week");
    assert_eq!(money("hour").outside(), "an_hour");
    assert_eq!(money("school term").outside(), "a_school_term");
    assert_eq!(Unit::money(None).outside(), "");
    assert_eq!(hours().outside(), "");
}

#[test]
fn units_read_as_in_a_policy() {
    for (unit, text, after_amount) in [
        (Unit::plain(), "a plain number", ""),
        (Unit::percent(), "a percent", ""),
        (Unit::money(None), "£", ""),
        (money("week"), "£ a week", " a week"),
        (hours(), "hours", " hours"),
        (Unit::counted("hour", Some("week")), "hours a week", " hours a week"),
        (per("week"), "a week", " a week"),
        (Unit::money(None).times(&Unit::money(None)), "£ x £", ""),
    ] {
        assert_eq!(unit.to_string(), text);
        assert_eq!(unit.after_amount(), after_amount);
    }
}

#[test]
fn a_thing_has_the_article_that_it_is_spoken_with() {
    for text in ["a week", "an hour", "a house", "an assessment", "an early visit", "a night"] {
        let (_, thing) = text.split_once(' ').unwrap();
        assert_eq!(with_article(thing), text);
    }
    assert_eq!(
        ["item", "offer", "upgrade"].map(with_article),
        ["an item", "an offer", "an upgrade"]
    );
}
