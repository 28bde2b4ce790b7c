//! Policies at the limits of the language: what is still right at the last row, what is
//! refused at the next, and that nothing grows faster than the text.

mod growth;
mod layout;
mod stack;

use apportion::policy::Policy;

const HEADER: &str = "\
policy    A policy at its limits
about     a child
between
  the ICB        NHS Southdown ICB
  the council    Southdown Council
version   1, in force from 1 April 2025

facts
  fast track   yes or no, no unless stated
  visits       whole number, 0 to 100000
  care cost    money a week, £0.00 to £10,000.00

1    Everything
";

/// The most rows, clauses or conditions from which one is chosen or that are counted.
const MOST: usize = 250;

/// A policy of these clauses, all in one section.
fn policy(clauses: impl IntoIterator<Item = String>) -> String {
    let clauses = clauses.into_iter().zip(1..);
    let clauses = clauses.map(|(clause, number)| format!("1.{number}  {clause}\n"));
    format!("{HEADER}{}", clauses.collect::<String>())
}

/// One clause for each of these numbers of visits.
fn by_visits(count: usize, sentence: impl Fn(usize) -> String) -> Vec<String> {
    (1..=count)
        .map(|visits| format!("When visits are exactly {visits}, {}", sentence(visits)))
        .collect()
}

/// A table of so many rows: one for each number of visits, the last for all others.
fn table(rows: usize, hit: &str, answer: impl Fn(usize) -> String) -> String {
    let rows = (1..=rows).map(|row| {
        let asked = if row == rows { "otherwise".to_owned() } else { row.to_string() };
        format!("\n     | {asked} | {} |", answer(row))
    });
    format!("Band: {hit}.\n     | visits | band |{}", rows.collect::<String>())
}

/// The code of the one mistake in a policy.
fn mistake(text: &str) -> String {
    let mistakes = Policy::parse(text).map(|_| ()).unwrap_err();
    let codes: Vec<&str> = mistakes.diagnostics.iter().map(|mistake| mistake.code).collect();
    assert_eq!(codes.len(), 1, "{codes:?}");
    codes.concat()
}

fn read(text: &str) -> Policy {
    Policy::parse(text).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// What a case with so many visits makes of a value, as people write it.
fn band(policy: &Policy, visits: usize) -> Option<String> {
    let visits = visits.to_string();
    let case = policy.case([("visits", visits.as_str()), ("care cost", "£100.01")]).unwrap();
    let decision = policy.decide(&case).unwrap();
    policy.record(&case, &decision).values.into_iter().find(|it| it.name == "band")?.value
}

/// What the ICB and the council pay for a case with so many visits; else the refusal.
fn pays(policy: &Policy, visits: usize) -> Result<[String; 2], String> {
    let visits = visits.to_string();
    let case = policy.case([("visits", visits.as_str()), ("care cost", "£100.01")]).unwrap();
    let decision = policy.decide(&case).map_err(|refused| refused.to_string())?;
    let paid = |party| policy.pays(&decision, party).unwrap().to_string();
    Ok(["the ICB", "the council"].map(paid))
}

const HITS: [&str; 3] =
    ["first row that applies", "exactly one row applies", "rows that apply must agree"];

#[test]
fn the_last_row_of_the_longest_table_is_right() {
    for hit in HITS {
        let policy = read(&policy([table(MOST, hit, |row| format!("£{row}.00"))]));
        for (visits, answer) in [(1, "£1.00"), (249, "£249.00"), (250, "£250.00"), (300, "£250.00")]
        {
            assert_eq!(band(&policy, visits).as_deref(), Some(answer), "{hit}: {visits} visits");
        }
    }
}

#[test]
fn a_row_more_is_refused() {
    for hit in HITS {
        let text = policy([table(MOST + 1, hit, |row| format!("£{row}.00"))]);
        assert_eq!(mistake(&text), "too-many-rows", "{hit}");
    }
}

#[test]
fn rows_that_apply_together_must_agree_in_the_longest_table() {
    let rows = (1..=MOST).map(|row| {
        let answer = if row == MOST { 7 } else { row % 2 };
        format!("\n     | {row} or more | £{answer}.00 |")
    });
    let text = policy([format!(
        "Band: rows that apply must agree.\n     | visits | band |{}",
        rows.collect::<String>()
    )]);
    let policy = read(&text);
    assert_eq!(band(&policy, 1).as_deref(), Some("£1.00"));
    let case = policy.case([("visits", "2"), ("care cost", "£0.00")]).unwrap();
    assert!(policy.decide(&case).is_err(), "rows 1 and 2 disagree");
}

#[test]
fn the_last_of_the_most_shares_is_right() {
    let shares = by_visits(MOST, |visits| {
        format!("the ICB {}%, the council the rest.", if visits == MOST { 100 } else { 0 })
    });
    let shares = shares.into_iter().map(|clause| clause.replace(", the ICB", ": the ICB"));
    let split = "2    Payment\n2.1  Split care cost in the shares of section 1.\n";
    let policy = read(&(policy(shares) + split));
    assert_eq!(pays(&policy, 249).unwrap(), ["£0.00", "£100.01"]);
    assert_eq!(pays(&policy, 250).unwrap(), ["£100.01", "£0.00"]);
    assert!(pays(&policy, 251).is_err(), "no shares apply");
}

#[test]
fn shares_of_a_clause_more_are_refused() {
    let shares = by_visits(MOST + 1, |_| "the ICB 50%, the council 50%.".to_owned());
    let shares = shares.into_iter().map(|clause| clause.replace(", the ICB", ": the ICB"));
    let split = "2    Payment\n2.1  Split care cost in the shares of section 1.\n";
    assert_eq!(mistake(&(policy(shares) + split)), "too-many-clauses");
}

#[test]
fn shares_of_a_row_more_are_refused() {
    let rows = (1..=200).map(|row| format!("\n     | {row} | 50% | 50% |")).collect::<String>();
    let heading = "exactly one row applies.\n     | visits | the ICB | the council |";
    let text = policy([
        format!("When fast track: {heading}{rows}"),
        format!("When not fast track: {heading}{rows}"),
    ]);
    let split = "2    Payment\n2.1  Split care cost in the shares of section 1.\n";
    assert_eq!(mistake(&(text + split)), "too-many-rows");
}

#[test]
fn the_last_of_the_most_ways_to_give_a_value_is_right() {
    let policy = read(&policy(by_visits(MOST, |visits| format!("band = £{visits}.00."))));
    assert_eq!(band(&policy, 249).as_deref(), Some("£249.00"));
    assert_eq!(band(&policy, 250).as_deref(), Some("£250.00"));
    assert_eq!(band(&policy, 251), None);
}

#[test]
fn a_way_more_to_give_a_value_is_refused() {
    let text = policy(by_visits(MOST + 1, |visits| format!("band = £{visits}.00.")));
    assert_eq!(mistake(&text), "too-many-clauses");
}

#[test]
fn of_many_ways_to_give_a_value_two_that_apply_must_agree() {
    let from =
        |least: usize, band: &str| format!("When visits are at least {least}, band = {band}.");
    let mut clauses: Vec<String> = (1..=100).map(|least| from(least, "care cost")).collect();
    clauses.push(from(101, "care cost + £1.00 a week"));
    let policy = read(&policy(clauses));
    assert_eq!(band(&policy, 100).as_deref(), Some("£100.01"));
    let case = policy.case([("visits", "101"), ("care cost", "£0.00")]).unwrap();
    assert!(policy.decide(&case).is_err(), "£0.00 and £1.00");
}

#[test]
fn the_most_conditions_are_counted() {
    let list = |count: usize| {
        let items = (1..=count).map(|least| format!("\n       - visits are at least {least}"));
        format!(
            "A child is a regular when at least {} of these are true:{}.",
            count - 1,
            items.collect::<String>()
        )
    };
    let policy_of = |count| policy([list(count)]);
    let policy = read(&policy_of(MOST));
    for (visits, is_regular) in [("248", false), ("249", true), ("250", true)] {
        let case = policy.case([("visits", visits), ("care cost", "£0.00")]).unwrap();
        let decision = policy.decide(&case).unwrap();
        assert_eq!(policy.concludes(&decision, "a regular"), Some(is_regular), "{visits} visits");
    }
    assert_eq!(mistake(&policy_of(MOST + 1)), "too-many-conditions");
}

#[test]
fn many_clauses_may_override_one() {
    let despite = (1..=2_000).map(|visits| {
        format!("Despite 1.1, a child is not a regular when visits are exactly {visits}.")
    });
    let first = "A child is a regular when visits are at least 1.".to_owned();
    let policy = read(&policy(core::iter::once(first).chain(despite)));
    for (visits, is_regular) in [("1", false), ("2000", false), ("2001", true)] {
        let case = policy.case([("visits", visits), ("care cost", "£0.00")]).unwrap();
        let decision = policy.decide(&case).unwrap();
        assert_eq!(policy.concludes(&decision, "a regular"), Some(is_regular), "{visits} visits");
    }
}

#[test]
fn of_many_payments_of_one_amount_only_one_may_apply() {
    let mut clauses = by_visits(1_000, |_| "the ICB pays care cost.".to_owned());
    clauses.push("When visits are at least 1000, the council pays care cost.".to_owned());
    let policy = read(&policy(clauses));
    assert_eq!(pays(&policy, 1).unwrap(), ["£100.01", "£0.00"]);
    assert_eq!(pays(&policy, 999).unwrap(), ["£100.01", "£0.00"]);
    assert_eq!(pays(&policy, 1_001).unwrap(), ["£0.00", "£100.01"]);
    assert!(pays(&policy, 1_000).is_err(), "paid by 1.1000 and by 1.1001");
}

#[test]
fn equal_answers_agree_however_they_are_written() {
    let text = policy(["Band: rows that apply must agree.
     | visits    | band |
     | 1 or more | 50%  |
     | 2 or more | 1/2  |
     | otherwise | 25%  |"
        .to_owned()]);
    assert_eq!(band(&read(&text), 2).as_deref(), Some("50%"));
}
