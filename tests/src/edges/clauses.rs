//! What clauses may say of each other, whatever stands first.

use apportion::example::OutcomeKind;
use apportion::policy::Policy;

use super::{FACTS, codes};

/// The sentence above the table in its clause reads what the table gives; the table does not.
#[test]
fn an_exception_to_a_row_needs_what_the_table_asks_alone() {
    let above = |sentence: &str| {
        codes(&format!(
            "1.1  {sentence} Band: first row that applies.\n     | days    | band |\n     \
             | under 2 | 1    |\n     | any     | 2    |\n\
             1.2  Despite 1.1 row 1, when urgent and days is 1, band = 3."
        ))
    };
    assert_eq!(above("The ICB pays cost."), [""; 0]);
    assert_eq!(above("Twice = band x 2."), [""; 0]);
    let asks = "1.1  Band: first row that applies.\n     | level   | band |\n     \
                | under 2 | 1    |\n     | any     | 2    |\n\
                1.2  Level = days.\n1.3  Despite 1.1 row 1, when urgent, ";
    assert_eq!(codes(&format!("{asks}band = 3.")), [""; 0]);
    assert_eq!(codes(&format!("{asks}level = 3.")), ["despite-another-matter"]);
}

/// Where another row counts both speak, and a case in which they differ is refused.
#[test]
fn an_exception_to_a_row_leaves_the_others_as_they_are() {
    let (header, _) = FACTS.split_once("facts\n").unwrap();
    let text = format!(
        "{header}facts\n  days     whole number, 1 to 7\n  urgent   yes or no\n\n1    All\n\
         1.1  Band: first row that applies.\n     | days    | band |\n     | under 2 | 1    |\n     \
         | any     | 2    |\n1.2  Despite 1.1 row 2, when urgent, band = 3.\n\nexamples\n\
         \"Two days\"\n  given   days 2, urgent no\n  expect  band 2\n\n\
         \"Two days, urgent\"\n  given   days 2, urgent yes\n  expect  band 3\n\n\
         \"One day\"\n  given   days 1, urgent no\n  expect  band 1\n\n\
         \"One day, urgent\"\n  given   days 1, urgent yes\n  expect  refused by 1.2\n"
    );
    let outcomes = Policy::parse(&text).unwrap().run_examples();
    assert_eq!(outcomes.len(), 4);
    for outcome in outcomes {
        assert_eq!(outcome.kind, OutcomeKind::Passed, "{outcome:#?}");
    }
}

/// `Clause 1.1 does not apply` in 1.1 itself is said of its other sentences, as statutes say it of a section.
#[test]
fn a_clause_may_say_when_it_does_not_apply() {
    let (header, _) = FACTS.split_once("facts\n").unwrap();
    let text = format!(
        "{header}facts\n  urgent   yes or no\n  cost   money\n\n1    All\n\
         1.1  The ICB pays cost. Clause 1.1 does not apply when urgent.\n"
    );
    let policy = Policy::parse(&text).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    for (urgent, paid) in [("no", "£100.00"), ("yes", "£0.00")] {
        let case = policy.case([("urgent", urgent), ("cost", "£100.00")]).unwrap();
        let decision = policy.decide(&case).unwrap();
        assert_eq!(policy.pays(&decision, "the ICB").unwrap().to_string(), paid);
    }
}

#[test]
fn two_clauses_do_not_switch_each_other_off() {
    let switch = "Clause 1.1 does not apply when urgent.";
    assert_eq!(codes(&format!("1.1  The ICB pays cost.\n1.2  {switch}")), [""; 0]);
    let each_other = "1.1  Clause 1.2 does not apply when urgent.\n1.2  ";
    assert_eq!(codes(&format!("{each_other}{switch}")), ["clauses-in-a-circle"]);
}

/// Shares below the split that takes them, in a sentence or in a table, are those above it.
#[test]
fn shares_may_stand_below_the_split() {
    let table = "exactly one row applies.\n     | days   | the ICB | the council |\n     \
                 | 1 to 3 | 20%     | the rest    |\n     | 4 to 7 | 60%     | the rest    |";
    let (header, _) = FACTS.split_once("facts\n").unwrap();
    for shares in ["the ICB 60%, the council the rest.", table] {
        let text = format!(
            "{header}facts\n  days   whole number, 1 to 7\n  cost   money\n\n1    Who pays\n\
             1.1  Split cost in the shares of section 2.\n2    Shares\n2.1  In every case: {shares}\n"
        );
        let policy = Policy::parse(&text).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let case = policy.case([("days", "4"), ("cost", "£100.00")]).unwrap();
        let decision = policy.decide(&case).unwrap();
        assert_eq!(policy.pays(&decision, "the ICB").unwrap().to_string(), "£60.00");
    }
}

/// Whether it names the clause or a row of it, and whether there is a table: one slip is one message.
#[test]
fn a_sentence_that_overrides_its_own_clause_is_told_once() {
    let of_rows = "1.1  Band: first row that applies.\n     | days    | band |\n     \
                   | under 2 | 1    |\n     | any     | 2    |\n1.2  Despite OF, when urgent, band = 3.";
    for of in ["1.2", "1.2 row 1", "1.2 and 1.1"] {
        assert_eq!(codes(&of_rows.replace("OF", of)), ["despite-itself"], "{of}");
    }
    assert_eq!(codes(&of_rows.replace("OF", "1.1 row 1")), [""; 0]);
    assert_eq!(codes(&of_rows.replace("OF", "section 1")), [""; 0]);
}
