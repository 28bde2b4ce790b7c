//! What may be said of each item of a list, and what of the case.

use apportion::policy::Policy;

use super::read;

/// The codes with which a policy of services is refused.
fn codes(clauses: &str) -> Vec<&'static str> {
    read(&format!("{SERVICES}{clauses}\n")).into_iter().map(|(code, _)| code).collect()
}

const SERVICES: &str = "\
policy    Services
about     a child
between
  the ICB        NHS Northshire ICB
  the council    Northshire Council
version   1, in force from 1 April 2025

levels of need
  none < low < high

facts
  urgent    yes or no
  limit     money a week, £0.00 to £900.00
  fee       money a week, £0.00 to £400.00, only when urgent

needs, each a level of need
  breathing
  mobility

services, each with
  price     money a week, £0.00 to £400.00
  kind      one of health, care

1    Services
1.1  For each service, full price = price x 2.
1.2  A service is dear when full price is over £5.00 a week.
1.3  Total = the sum of full price over services.
";

const EXAMPLE: &str = "
examples
\"One\"
  given   urgent yes, limit £5.00, fee £5.00, other needs low
  with    service \"taxi\": price £5.00, kind care
  expect  ";

#[test]
fn what_each_service_has_is_asked_of_a_service_alone() {
    for (each, of_the_case) in [
        ("1.4  For each service, twice = price x 2.", "1.4  Twice = price x 2."),
        ("1.4  For each service, twice = full price x 2.", "1.4  Twice = full price x 2."),
        (
            "1.4  A service is poor when full price is over £5.00 a week.",
            "1.4  A child is poor when full price is over £5.00 a week.",
        ),
        ("1.4  A service is poor when dear.", "1.4  A child is poor when dear."),
        (
            "1.4  A service is poor when the service is dear.",
            "1.4  A child is poor when the service is dear.",
        ),
        (
            "1.4  Band for a service: exactly one row applies.\n     | dear | band |\n     \
             | yes | 1 |\n     | no | 2 |",
            "1.4  Band: exactly one row applies.\n     | dear | band |\n     | yes | 1 |\n     \
             | no | 2 |",
        ),
    ] {
        assert_eq!(codes(each), [""; 0], "{each}");
        assert_eq!(codes(of_the_case), ["one-per-item"], "{of_the_case}");
    }
}

/// What the help proposes can be written.
#[test]
fn what_each_service_has_is_made_one_as_the_help_says() {
    let text = |clause: &str| {
        let facts = "  began     a date\n  trains    yes or no\n  kind ";
        format!("{SERVICES}{clause}\n").replacen("  kind ", facts, 1)
    };
    let proposed = |clause: &str| {
        let refused = Policy::parse(&text(clause)).map(|_| ()).unwrap_err();
        let [told] = &refused.diagnostics[..] else { panic!("{refused}") };
        let (_, proposed) = told.help.as_ref().unwrap().split_once("write such as ").unwrap();
        proposed.to_owned()
    };
    for (clause, value) in [
        ("1.4  Twice = price x 2.", "the sum of price over services"),
        ("1.4  Twice = full price x 2.", "the sum of full price over services"),
        (
            "1.4  Due = 2 weeks after began.",
            "the latest began over services, or 1 April 2026 if none",
        ),
    ] {
        assert_eq!(proposed(clause), format!("`{value}`"), "{clause}");
        assert!(Policy::parse(&text(&format!("1.4  Made = {value}."))).is_ok(), "{value}");
    }
    // These are conditions.
    let words = "`A service is late when ...` with it, and then `at least 1 service is late`";
    let band = "1.4  Band for a service: first row that applies.\n     | kind | band |\n     \
                | care | small |\n     | any | great |\n1.5  A child is poor when band is small.";
    for (clause, words) in [
        (band, words),
        ("1.4  A child is poor when dear.", "`at least 1 service is dear`"),
        ("1.4  A child is poor when kind is care.", words),
        ("1.4  A child is poor when trains.", words),
        ("1.4  A child is poor when the service is dear.", "`at least 1 service is ...`"),
    ] {
        assert_eq!(proposed(clause), words, "{clause}");
    }
    assert_eq!(codes("1.4  A child is poor when at least 1 service is dear."), [""; 0]);
}

#[test]
fn some_sentences_are_of_the_whole_case_alone() {
    for of_the_case in [
        "this policy covers a child when urgent.",
        "the ICB pays at least £5.00 a week in all, taken from the council.",
        "the ICB pays at most £5.00 a week in all; the council pays the excess.",
        "the ICB never pays more than £5.00 a week.",
        "when urgent, the child is always late.",
    ] {
        let pays =
            "1.4  For each service, the ICB pays price.\n1.5  A child is late when urgent.\n";
        let first = of_the_case[..1].to_uppercase();
        let alone = format!("{pays}1.6  {first}{}", &of_the_case[1..]);
        assert_eq!(codes(&alone), [""; 0], "{alone}");
        let each = format!("{pays}1.6  For each service, {of_the_case}");
        assert_eq!(codes(&each), ["not-for-each"], "{each}");
    }
}

#[test]
fn a_table_is_for_each_item_or_for_each_member() {
    let table = |of: &str, column: &str| {
        codes(&format!(
            "1.4  For each service, band for a {of}: first row that applies.\n     \
             | {column} | band |\n     | any | 1 |"
        ))
    };
    assert_eq!(table("service", "kind"), [""; 0]);
    assert_eq!(table("need", "level"), ["members-for-each"]);
}

#[test]
fn an_example_expects_of_each_item_what_is_of_each_item() {
    let expect = |expected: &str| codes(&format!("{EXAMPLE}{expected}"));
    for right in [
        "\"taxi\" full price £10.00",
        "\"taxi\" full price between £1.00 and £10.00",
        "\"taxi\" full price needs \"taxi\" price",
        "\"taxi\" dear",
        "total £10.00",
        "total needs services",
        "payments need \"taxi\" price",
    ] {
        assert_eq!(expect(right), [""; 0], "{right}");
    }
    for (wrong, code) in [
        ("full price £10.00", "expected-of-an-item"),
        ("full price between £1.00 and £10.00", "expected-of-an-item"),
        ("full price needs services", "expected-of-an-item"),
        ("dear", "expected-of-an-item"),
        ("\"taxi\" total £10.00", "of-the-case"),
        ("total needs price", "fact-of-an-item"),
        // A service is no list of services.
        ("total needs \"taxi\" services", "wrong-kind-of-name"),
        ("payments need \"taxi\" services", "wrong-kind-of-name"),
    ] {
        assert_eq!(expect(wrong), [code], "{wrong}");
    }
}

/// The fee applies to some cases only, also where it is asked about each service.
#[test]
fn what_is_taken_of_items_may_not_apply_either() {
    for total in [
        "the number of services where price is over fee",
        "the sum of price over services where price is over fee",
        "the highest price over services where price is over fee, or £0.00 if none",
    ] {
        assert_eq!(codes(&format!("1.4  Count = {total}.")), ["may-not-apply"], "{total}");
        assert_eq!(codes(&format!("1.4  When urgent, count = {total}.")), [""; 0], "{total}");
    }
}

/// Of the whole expression, since that is where no one child's day of birth is.
#[test]
fn an_age_is_told_where_it_is_asked() {
    let born = "  born on   a date\n  date of birth   a date\n\n1    Services";
    let text = SERVICES.replace("\n1    Services", born);
    let text = text.replace("  urgent    yes or no", "  urgent    yes or no\n  day   a date");
    let age = |clause: &str| {
        let text = format!("{text}{clause}\n");
        let refused = Policy::parse(&text).map(|_| ()).unwrap_err();
        let found = refused.diagnostics.iter();
        found.map(|it| (it.code, it.span().of(&text).to_owned())).collect::<Vec<_>>()
    };
    let told = |words: &str| [("one-per-item", words.to_owned())];
    assert_eq!(age("1.4  Years = age on day + 1."), told("age on day"));
    assert_eq!(age("1.4  When urgent, years = age on day."), told("age on day"));
}
