//! Text that nobody means well: empty, binary, endless, deep. It is refused, with its own
//! code, on a small stack.

use std::fmt::Write;
use std::thread;

use apportion::policy::Policy;

use super::policies::found;

/// A policy with these facts and clauses.
pub(super) fn policy(facts: &str, clauses: &str) -> String {
    format!(
        "policy  Hostile\nabout  a child\nbetween\n  the ICB   NHS ICB\n  the council   Council\n\
         version  1, in force from 1 April 2025\ndated by  decision date\n\nfacts\n  \
         decision date   a date\n  cost   money\n  urgent   yes or no\n{facts}\n1  All\n{clauses}"
    )
}

/// The distinct codes found in a text, in the order found.
fn codes(text: &str) -> Vec<&'static str> {
    let mut codes: Vec<&str> = found(text).iter().map(|diagnostic| diagnostic.code).collect();
    codes.dedup();
    codes
}

/// Lines made from their numbers, from 1.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (1..=count).fold(String::new(), |mut text, number| {
        writeln!(text, "{}", line(number)).unwrap();
        text
    })
}

/// Runs on a stack of 256 KiB, as on a device or in a thread of another language.
fn on_small_stack(test: impl FnOnce() + Send + 'static) {
    thread::Builder::new().stack_size(256 * 1024).spawn(test).unwrap().join().unwrap();
}

#[test]
fn text_that_is_none() {
    assert_eq!(codes(""), ["policy-empty"]);
    assert_eq!(codes(" \r\n\t\n\u{feff}"), ["policy-empty"]);
    assert_eq!(codes("\u{89}PNG\r\n\u{1a}\n\0\0\0\rIHDR"), ["not-text"]);
    let bytes: Vec<u8> = (0..=255).collect();
    assert_eq!(codes(&String::from_utf8_lossy(&bytes)), ["not-text"]);
}

#[test]
fn text_that_is_too_much() {
    let two_mebibytes = policy("", &"-- nothing\n".repeat(200_000));
    assert!(two_mebibytes.len() > 2 << 20);
    assert_eq!(codes(&two_mebibytes), ["text-too-large"]);
    assert_eq!(codes(&policy("", &"+".repeat(80_001))), ["text-too-dense"]);
    assert_eq!(codes(&policy("", &"[](){}".repeat(20_000))), ["text-too-dense"]);
}

#[test]
fn of_a_long_line_a_part_is_shown() {
    let line = |places: usize| " ".repeat(places) + "§" + &" x".repeat(50_000);
    for places in [0, 10, 100_000] {
        let text = policy("", &format!("1.1  A child is late when{}\n", line(places)));
        let mistakes = Policy::parse(&text).unwrap_err().to_string();
        let shown: Vec<&str> = mistakes.lines().filter(|line| line.contains('§')).collect();
        assert!(!shown.is_empty() && mistakes.len() < 10_000, "{}", mistakes.len());
    }
}

#[test]
fn many_mistakes_are_shown_in_part() {
    let text = policy("", &lines(300, |number| format!("1.{number}  Nothing at all.")));
    let found = found(&text);
    assert_eq!(found.len(), 101);
    let last = found.last().unwrap();
    assert_eq!(last.code, "more-mistakes");
    assert_eq!(last.message, "there are 200 mistakes more, which are not shown");
}

#[test]
fn one_mistake_too_many_is_counted() {
    let text = policy("", &lines(101, |number| format!("1.{number}  Nothing at all.")));
    let last = found(&text).pop().unwrap();
    assert_eq!(last.message, "there is one mistake more, which is not shown");
}

/// Where more could not be read than is shown, what the rest means is not told.
#[test]
fn mistakes_of_meaning_are_told_beside_a_hundred_others() {
    let told = |unreadable| {
        let clauses = lines(unreadable, |number| format!("1.{number}  Nothing at all."));
        let found = found(&policy("", &format!("{clauses}1.999  The ICB pays urgent.\n")));
        (found.len(), found.last().unwrap().message.clone())
    };
    let not_money = "yes or no cannot be paid".to_owned();
    let one_more = "there is one mistake more, which is not shown".to_owned();
    assert_eq!(told(0), (1, not_money.clone()));
    assert_eq!(told(1), (2, not_money.clone()));
    assert_eq!(told(100), (101, not_money));
    assert_eq!(told(101), (101, one_more));
}

#[test]
fn brackets_ten_thousand_deep() {
    on_small_stack(|| {
        let deep = format!("{}cost{}", "(".repeat(10_000), ")".repeat(10_000));
        assert_eq!(codes(&policy("", &format!("1.1  Total = {deep}.\n"))), ["nested-too-deep"]);
        let open = "(".repeat(10_000);
        assert_eq!(codes(&policy("", &format!("1.1  Total = {open}\n"))), ["nested-too-deep"]);
    });
}

#[test]
fn parts_of_parts_ten_thousand_deep() {
    on_small_stack(|| {
        let deep = "1/2 of ".repeat(10_000);
        assert_eq!(codes(&policy("", &format!("1.1  Total = {deep}cost.\n"))), ["nested-too-deep"]);
        let greater = "the greater of ".repeat(10_000);
        let text = policy("", &format!("1.1  Total = {greater}cost and cost.\n"));
        assert_eq!(codes(&text), ["nested-too-deep"]);
    });
}

#[test]
fn lists_ten_thousand_deep() {
    on_small_stack(|| {
        let head = "1.1  A child is late when any of these is true:\n";
        let list = lines(10_000, |depth| {
            // A line may begin anywhere; beyond fifty columns the items stand beside each other.
            format!("{}- any of these is true:", " ".repeat(depth.min(50)))
        });
        assert_eq!(codes(&policy("", &format!("{head}{list}"))), ["nested-too-deep"]);
        let dashes = format!("{head}  {}urgent\n", "- ".repeat(10_000));
        assert_eq!(codes(&policy("", &dashes)), ["nested-too-deep"]);
    });
}

#[test]
fn sums_of_ten_thousand() {
    on_small_stack(|| {
        let sum = "cost + ".repeat(10_000);
        let text = policy("", &format!("1.1  Total = {sum}cost.\n"));
        assert_eq!(codes(&text), ["too-many-operators"]);
    });
}

/// Two thousand definitions, each of the one before: deep only in what depends on what.
#[test]
fn chains_of_two_thousand() {
    on_small_stack(|| {
        let chain = lines(2_000, |at| match at {
            1 => "1.1  Value 1 = visits.".to_owned(),
            _ => format!("1.{at}  Value {at} = value {} + 0.", at - 1),
        });
        assert_eq!(codes(&policy("  visits   whole number, 0 to 7\n", &chain)), [""; 0]);
    });
}

/// Policies that choose from so many, each with the code of what is too much in it.
fn choices(count: usize) -> [(String, &'static str); 5] {
    let visits = "  visits   whole number, 0 to 500\n";
    let rows = lines(count, |row| format!("     | {row} | {row} |"));
    let table = format!("1.1  Band: first row that applies.\n     | visits | band |\n{rows}");
    let ways = lines(count, |way| format!("1.{way}  When visits is exactly {way}, rate = {way}."));
    let rates = lines(count, |day| {
        let day = day - 1;
        format!("     £1.00 from {} {} {}", day % 28 + 1, MONTHS[day / 28 % 12], 2025 + day / 336)
    });
    let paid =
        lines(count, |way| format!("1.{way}  When visits is exactly {way}, the ICB pays cost."));
    let named =
        format!("{paid}\n2  More\n2.1  Despite section 1, when urgent, the ICB pays cost.\n");
    let conditions = lines(count, |_| "     - urgent".to_owned());
    let counted = format!("1.1  A child is late when at least 2 of these are true:\n{conditions}");
    [
        (policy(visits, &table), "too-many-rows"),
        (policy(visits, &ways), "too-many-clauses"),
        (policy(visits, &named), "too-many-clauses"),
        (policy("", &format!("1.1  Rate, an hour:\n{rates}")), "too-many-rates"),
        (policy("", &counted), "too-many-conditions"),
    ]
}

#[test]
fn more_than_can_be_chosen_from() {
    for (text, code) in choices(251) {
        assert_eq!(codes(&text), [code]);
    }
}

#[test]
fn as_much_as_can_be_chosen_from() {
    for (text, code) in choices(250) {
        assert!(!codes(&text).contains(&code), "{code}");
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
