//! What a decision says of each clause that made it, in words.

use apportion::example::OutcomeKind;
use apportion::policy::Policy;

const POLICY: &str = "\
policy    Who pays what
about     a child
between
  the ICB        NHS Northshire ICB
  social care    Northshire Council, social care
  education      Northshire Council, education
version   1, in force from 1 April 2025

facts
  cost      money a week, -£500.00 to £500.00
  fee       money a week, £0.00 to £500.00
  hours     whole number, 1 to 9

1    Who pays
1.1  Fee must be at most £400.00.
1.2  The ICB pays cost, refunds included.
1.3  Split fee between social care and education in proportion to hours and 1.
1.4  Of fee x 2, the ICB pays the first £50.00; education pays the rest.
1.5  Education pays at least £350.00 a week, taken from social care, then the ICB.
1.6  Risks: count the rows that apply.
     | fee           | hours     |
     | £100.00 to £200.00 | any  |
     | any           | 3 or more |
";

#[track_caller]
fn explained(cost: &str, fee: &str, expected: &[&str]) {
    let policy = Policy::parse(POLICY).unwrap();
    let case = policy.case([("cost", cost), ("fee", fee), ("hours", "3")]).unwrap();
    let decision = policy.decide(&case).unwrap();
    let text = policy.record(&case, &decision).explanation().to_string();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines, expected);
}

/// A split has a line for each party, also for one it does not name. £100.00 by 3 : 1 is
/// £75.00 and £25.00; of £200.00 the ICB pays £50.00. Education then pays £175.00 and lacks
/// £175.00: social care has £75.00 of it, the ICB the rest.
#[test]
fn a_floor_says_from_whom_it_takes() {
    explained(
        "£60.00",
        "£100.00",
        &[
            "1.1  fee must be at most £400.00, and is",
            "1.2  the ICB pays £60.00 a week",
            "1.3  the ICB pays £0.00 a week, social care pays £75.00 a week and education pays £25.00 a week",
            "1.4  the ICB pays £50.00 a week and education pays £150.00 a week",
            "1.5  education is at its least: it takes on £75.00 a week from social care and £100.00 a week from the ICB",
            "1.6  risks = 2",
        ],
    );
}

/// £240.00 by 3 : 1 is £180.00 and £60.00; of £480.00 the ICB pays £50.00, so education pays
/// £490.00 and lacks nothing.
#[test]
fn a_refund_is_told_as_one() {
    explained(
        "-£60.00",
        "£240.00",
        &[
            "1.1  fee must be at most £400.00, and is",
            "1.2  the ICB gets back £60.00 a week",
            "1.3  the ICB pays £0.00 a week, social care pays £180.00 a week and education pays £60.00 a week",
            "1.4  the ICB pays £50.00 a week and education pays £430.00 a week",
            "1.6  risks = 1",
        ],
    );
}

const BY_DAY_AND_WEEK: &str = "\
policy    Paid once and by the week
about     a child
between
  the ICB    NHS Northshire ICB
version   1, in force from 1 April 2025

facts
  first day    a date
  last day     a date
  fee          money
  cost         money a week

1    Who pays
1.1  Length = days from first day to last day, counting both days.
1.2  The ICB pays fee.
1.3  The ICB pays cost.

examples
\"One day\"
  given   first day 1 May 2025, last day 1 May 2025, fee £0.00, cost £20.00
  expect  length 1, the ICB £20.00
";

/// Both days are one day here, so it is one.
#[test]
fn one_day_is_no_days() {
    let policy = Policy::parse(BY_DAY_AND_WEEK).unwrap();
    let shown = |last| {
        let facts = [("first day", "1 May 2025"), ("fee", "0"), ("cost", "20")];
        let case = policy.case(facts.into_iter().chain([("last day", last)])).unwrap();
        policy.record(&case, &policy.decide(&case).unwrap())
    };
    let record = shown("1 May 2025");
    assert!(record.to_string().contains("length  1 day\n"), "{record}");
    assert!(record.explanation().starts_with("1.1  length = 1 day\n"), "{record:?}");
    assert!(shown("2 May 2025").to_string().contains("length  2 days\n"));
}

/// Without a unit the plain £ is meant; what is paid by the week is told beside it.
#[test]
fn an_expectation_in_another_unit_is_told_what_is_paid_in_it() {
    let policy = Policy::parse(BY_DAY_AND_WEEK).unwrap();
    let outcomes = policy.run_examples();
    let OutcomeKind::Failed(differences) = &outcomes[0].kind else { panic!("{outcomes:?}") };
    let [difference] = differences.as_slice() else { panic!("{differences:?}") };
    assert_eq!(difference.expected, "£20.00");
    assert_eq!(difference.got, "£0.00, and £20.00 a week beside it");
}
