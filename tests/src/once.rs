//! A slip is told once: whatever hangs on what is to be mended is not judged before it is.

use apportion::policy::Policy;

/// The codes with which a text is refused.
fn codes_of(text: &str) -> Vec<&'static str> {
    let refused = Policy::parse(text).map(|_| ()).unwrap_err();
    refused.diagnostics.iter().map(|it| it.code).collect()
}

/// The codes with which a policy of these clauses is refused.
fn codes(clauses: &str) -> Vec<&'static str> {
    codes_with("", clauses)
}

/// The same with more below the facts.
fn codes_with(facts: &str, clauses: &str) -> Vec<&'static str> {
    codes_of(&policy(facts, clauses))
}

fn policy(facts: &str, clauses: &str) -> String {
    format!("{HEADER}{facts}\n1    All\n{clauses}\n")
}

const HEADER: &str = "\
policy    Once
about     a child
between
  the ICB        NHS Northshire ICB
  the council    Northshire Council
panels
  the joint panel    Northshire joint funding panel
version   1, in force from 1 April 2025

levels of need
  none < low < high < severe

facts
  decision date   a date
  urgent          yes or no
  hours           whole number, 0 to 40
  days kept       days, whole, 0 to 5
  cost            money, £0.00 to £900.00
  fare            money a day, £0.00 to £90.00
";

const SERVICES: &str = "\nservices, each with\n  price    money a week, £0.00 to £400.00\n";

const NEEDS: &str = "\nneeds, each a level of need\n  breathing\n  mobility\n";

/// Pounds and a number have no sum. What is made of it may be anything.
#[test]
fn what_is_made_of_a_value_with_a_mistake_is_not_judged() {
    let value = "1.1  Total = cost + hours.\n";
    for using in [
        "Twice = total x 2.",
        "Twice = total + urgent.",
        "Twice = urgent + total.",
        "Twice = the greater of total and urgent.",
        "Paid = total for days kept.",
        "Paid = fare for total.",
        "A child is dear when total is over 5.",
        "A child is dear when the child is total.",
        "The ICB pays total.",
    ] {
        assert_eq!(codes(&format!("{value}1.2  {using}")), ["units-disagree"], "{using}");
    }
}

/// A table has a column for what an exception to it gives, though that gives it by mistake.
#[test]
fn a_table_is_not_judged_where_another_clause_for_its_answer_has_a_mistake() {
    let table = "first row that applies.\n     | hours | total |\n     | any | 3 |";
    let clauses =
        format!("1.1  Total: {table}\n1.2  Despite 1.1, when urgent, total = cost + hours.");
    assert_eq!(codes(&clauses), ["units-disagree"]);
    assert_eq!(codes(&clauses.replace("1.1,", "1.1 row 1,")), ["units-disagree"]);
    let above =
        format!("1.1  When urgent, total = cost + hours.\n1.2  When not urgent, total: {table}");
    assert_eq!(codes(&above), ["units-disagree"]);
}

/// Whichever of its clauses comes first.
#[test]
fn a_value_is_not_judged_by_one_clause_where_another_has_a_mistake() {
    let with = |one: &str, other: &str| {
        policy("", &format!("1.1  {one}\n1.2  {other}\n1.3  Twice = total + £1.00."))
    };
    let (sound, mistaken) = ("When urgent, total = 3.", "When not urgent, total = cost + hours.");
    assert_eq!(codes_of(&with(sound, mistaken)), ["units-disagree"]);
    assert_eq!(codes_of(&with(mistaken, sound)), ["units-disagree"]);
    // Once it is mended, the third has one.
    let mended = with(sound, "When not urgent, total = hours.");
    assert_eq!(codes_of(&mended), ["units-disagree"]);
    assert!(Policy::parse(&mended.replace("£1.00", "1")).is_ok());
}

#[test]
fn a_test_of_many_members_has_one_mistake() {
    let sizes = "\nsizes, each whole number, 1 to 5\n  first\n  second\n  third\n";
    for test in ["is over £3.00", "is under hours + cost", "is between £1.00 and £2.00"] {
        let clause = format!("1.1  A child is tall when any size {test}.");
        assert_eq!(codes_with(sizes, &clause), ["units-disagree"], "{test}");
    }
}

/// Pounds are no number, and 100 pence are not more than 2.
#[test]
fn a_range_has_one_mistake() {
    for ends in ["£1.00 and £2.00", "£2.00 and £1.00", "£1.00 and 2", "1 and £2.00"] {
        let clause = format!("1.1  A child is tall when hours is between {ends}.");
        assert_eq!(codes(&clause), ["units-disagree"], "{ends}");
        let cell = ends.replace("and", "to");
        let table = format!(
            "1.1  Band: first row that applies.\n     | hours | band |\n     | {cell} | 1 |\n     \
             | any | 2 |"
        );
        assert_eq!(codes(&table), ["units-disagree"], "{cell}");
    }
}

/// What could not be read may bound the day that dates a case: without it the last is 31 December 2199.
#[test]
fn no_day_is_past_the_calendar_where_its_bounds_could_not_be_read() {
    let text = policy("", "1.1  Due = 28 days after decision date, not counting that day.");
    assert_eq!(codes_of(&text), ["past-the-calendar"]);
    let version = "version   1, in force from 1 April 2025\n";
    let with = |line: &str| codes_of(&text.replace(version, line));
    assert_eq!(with("version   1, in force frm 1 April 2025\n"), ["unexpected-text"]);
    let unread = "version   1, in force frm 1 April 2025\ndated by  decision date\n";
    assert_eq!(with(unread), ["unexpected-text"]);
    assert_eq!(with(&format!("{version}dated by  cost\n")), ["dated-by-no-date"]);
    // Where both are read, the day is within them.
    let until = "version   1, in force from 1 April 2025, until 31 March 2199\n";
    let dated = text.replace(version, &format!("{until}dated by  decision date\n"));
    assert!(Policy::parse(&dated).is_ok());
}

/// The cost is no member; whatever the group is used for is not judged.
#[test]
fn a_group_with_a_mistake_is_told_once() {
    let group = "\ngroup worst needs    breathing, cost\n";
    for using in [
        "A child is poor when any worst need is severe.",
        "Worst = the highest worst need.",
        "A child is poor when any worst need is 5.",
        "Total = worst needs + 1.",
        "The worst need pays cost.",
    ] {
        let told = codes_with(&format!("{NEEDS}{group}"), &format!("1.1  {using}"));
        assert_eq!(told, ["no-member"], "{using}");
    }
    let another = "\ngroup first needs    worst needs, breathing\n";
    let told = codes_with(&format!("{NEEDS}{group}{another}"), "1.1  Total = cost.");
    assert_eq!(told, ["no-member"]);
}

/// The table may give the word `poor`, and then the second clause asks for no conclusion.
#[test]
fn a_word_is_no_circle_where_a_table_with_it_could_not_be_read() {
    let table = |says: &str| {
        codes(&format!(
            "1.1  Band: {says}.\n     | hours | band |\n     | 1     | poor |\n     | any   | rich |\n\
             1.2  A child is poor when band is poor."
        ))
    };
    assert_eq!(table("first rw that applies"), ["unexpected-text"]);
    let circle = "1.1  Band = hours.\n1.2  A child is poor when the child is poor.";
    assert_eq!(codes(circle), ["clauses-in-a-circle"]);
}

/// The second clause may pay something a month.
#[test]
fn an_example_may_expect_what_a_clause_with_a_mistake_pays() {
    let example = "\nexamples\n\"One\"\n  given   cost £5.00\n  expect  the ICB £5.00 a month";
    let week = "1.1  The ICB pays £5.00 a week.\n";
    let with = |clause: &str| codes(&format!("{week}{clause}{example}"));
    assert_eq!(with(""), ["not-money"]);
    assert_eq!(with("1.2  The council pays cost + hours.\n"), ["units-disagree"]);
}

#[test]
fn what_is_taken_of_items_is_not_judged_where_something_in_it_has_a_mistake() {
    let told = |clauses: &str| codes_with(SERVICES, clauses);
    let filter = "1.1  Total = the sum of price over services where price is over hours.\n";
    assert_eq!(told(&format!("{filter}1.2  Twice = total + hours.")), ["units-disagree"]);
    let filter = "1.1  Total = the highest price over services where price is over hours.";
    assert_eq!(told(filter), ["units-disagree"]);
    let part = "1.1  For each service, part = price + hours.\n";
    for total in [
        "the sum of part over services",
        "the highest part over services",
        "the highest part over services, or £0.00 if none",
    ] {
        assert_eq!(told(&format!("{part}1.2  Total = {total}.")), ["units-disagree"], "{total}");
    }
}

/// Which of the two is meant is not known.
#[test]
fn a_name_that_is_declared_twice_is_not_judged_where_it_is_used() {
    let text = policy("  slow   yes or no\n", "1.1  The ICB pays £5.00.\n1.2  The slow pays cost.");
    let text = text.replacen("panels\n", "panels\n  slow   The slow panel\n", 1);
    assert_eq!(codes_of(&text), ["name-declared-twice"]);
}

/// A fact that applies where one thing is so and another, of which one has a mistake.
#[test]
fn where_a_fact_applies_is_asked_of_what_could_be_read() {
    let fee = "  fee   money a week, only when urgent and hours is over £3.00\n";
    assert_eq!(codes_with(fee, "1.1  When urgent, the council pays fee."), ["units-disagree"]);
    let told = codes_with(fee, "1.1  When hours is 3, the council pays fee.");
    assert_eq!(told, ["units-disagree", "may-not-apply"]);
}
