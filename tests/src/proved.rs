//! What is found in policies of the field, slip by slip, and what is proved of them.

use apportion::policy::Policy;

mod counted;
mod directions;
mod exceptions;
mod hard;
mod looked_at;
mod mended;
mod noted;
mod parts;
mod payments;
mod spoiled;
mod sums;
mod untold;
mod words;

/// The policy of the README's example.
const CONTINUING_CARE: &str = include_str!("../../examples/continuing_care/continuing_care.policy");

/// What is found: each code with the clause it is told in.
#[track_caller]
fn found(text: &str) -> Vec<String> {
    let policy = Policy::parse(text).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let found = policy.prove().into_iter();
    found.map(|it| format!("{} {}", it.clause.unwrap_or_default(), it.code)).collect()
}

/// The first case that is shown.
#[track_caller]
fn shown(text: &str) -> String {
    let policy = Policy::parse(text).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    policy.prove().into_iter().flat_map(|found| found.notes).next().unwrap_or_default()
}

/// The example with some words changed.
#[track_caller]
fn with_slip(of: &str, words: &str, instead: &str) -> String {
    assert_eq!(of.matches(words).count(), 1, "{words}");
    of.replace(words, instead)
}

/// A policy of these facts and clauses.
fn policy(facts: &str, clauses: &str) -> String {
    format!(
        "policy  Proved\nabout  a child\nbetween\n  the ICB   NHS ICB\n  the council   Council\n\
         version  1, in force from 1 April 2025\n\nfacts\n{facts}\n1  All\n{clauses}"
    )
}

/// Facts and then domains, which stand in a block of their own.
fn policy_of_domains(domains: &str, clauses: &str) -> String {
    format!(
        "policy  Proved\nabout  a child\nversion  1, in force from 1 April 2025\n\n\
         levels of need\n  none < low < moderate < high < severe < priority\n\n{domains}\n\
         1  All\n{clauses}"
    )
}

#[test]
fn the_example_goes_wrong_in_no_case() {
    assert_eq!(found(CONTINUING_CARE), [""; 0]);
}

#[test]
fn of_the_example_two_defaults_are_worth_knowing() {
    let policy = Policy::parse(CONTINUING_CARE).unwrap();
    assert_eq!(policy.diagnostics(), []);
    let notes = policy.notes(policy.checked().version.from);
    let told: Vec<&str> = notes.iter().map(|note| note.message.as_str()).collect();
    let of = ["fast track", "panel decision"];
    assert_eq!(told, of.map(|it| format!("that `{it}` is not stated can alone decide `eligible`")));
}

#[test]
fn a_band_that_begins_too_late_leaves_a_gap() {
    let text = with_slip(CONTINUING_CARE, "| 35 to 59 ", "| 36 to 59 ");
    assert_eq!(found(&text), ["4.1 no-row-for-some"]);
    assert!(shown(&text).starts_with("such as a case in which total points is 35,"));
}

#[test]
fn shares_for_the_same_case_clash() {
    let text = with_slip(
        CONTINUING_CARE,
        "4.3  When the child is not eligible:",
        "4.3  When the child is not eligible or fast track:",
    );
    assert_eq!(found(&text), ["4.3 shares-clash"]);
    assert_eq!(shown(&text), "such as a case in which fast track is yes");
    let both = with_slip(&text, "| 35 to 59 ", "| 36 to 59 ");
    assert_eq!(found(&both), ["4.1 no-row-for-some", "4.3 shares-clash"]);
}

#[test]
fn an_exception_that_is_left_out_clashes() {
    let text = with_slip(CONTINUING_CARE, "Despite 2.4, a child is also", "A child is also");
    assert_eq!(found(&text), ["2.4 conclusions-clash"]);
    let case = "such as a case in which fast track is yes and panel decision is refused";
    assert_eq!(shown(&text), case);
}

#[test]
fn payments_that_do_not_add_up_as_promised() {
    let school = "7.2  Education pays the cost of the school placement.                             [SLA 5.1]\n";
    let text = with_slip(CONTINUING_CARE, school, "");
    assert_eq!(found(&text), ["8.1 promise-broken"]);
    assert_eq!(shown(&text), "such as a case in which cost of the school placement is £0.01");
}

const TARIFF: &str = "
     | weekly cost        | tariff  |
     | up to £480.00      | £10.00  |
     | £480.01 to £530.00 | £12.00  |
     | over £530.00       | £15.00  |
";

#[test]
fn bands_of_whole_pence_leave_no_gap_where_pence_are_whole() {
    let facts = "  nightly cost  money a night, £0.00 to £500.00\n  nights  nights a week, in quarters, 0 to 7\n";
    let tariff = |rounding: &str| {
        let cost = format!("1.1  Weekly cost = nightly cost x nights{rounding}.\n");
        policy(facts, &format!("{cost}1.2  Tariff: exactly one row applies.{TARIFF}"))
    };
    assert_eq!(found(&tariff(", to the nearest penny, halves up")), [""; 0]);
    assert_eq!(found(&tariff("")), ["1.2 no-row-for-some"]);
    // What falls through is above £480.00 and below £480.01.
    assert!(shown(&tariff("")).contains("weekly cost is £480.00"), "{}", shown(&tariff("")));
}

#[test]
fn bands_of_ages_are_judged_by_the_step_of_the_age() {
    let bands = "\
1.1  Band: exactly one row applies.
     | age in years | band |
     | 18 to 21     | 1    |
     | 22 to 25     | 2    |
     | 26 to 35     | 3    |
     | 36 to 49     | 4    |
     | 50 or more   | 5    |
";
    let of = |fact: &str| policy(&format!("  age in years  {fact}\n"), bands);
    assert_eq!(found(&of("whole number, 18 to 120")), [""; 0]);
    assert_eq!(found(&of("whole number, 0 to 120")), ["1.1 no-row-for-some"]);
    let quarters = Policy::parse(&of("number, in quarters, 0 to 120")).unwrap().prove();
    let ages = ["0", "21.25", "25.25", "35.25", "49.25"];
    let shown = ages.map(|age| format!("such as a case in which age in years is {age}"));
    assert_eq!(quarters.len(), 1);
    assert_eq!(quarters[0].notes, shown);
}

#[test]
fn a_level_that_a_domain_never_has_is_met_by_no_case() {
    let text = policy_of_domains(
        "domains, each a level of need, up to\n  altered states of consciousness   priority, never severe\n",
        "1.1  Points: exactly one row applies.\n     \
         | altered states of consciousness | points |\n     \
         | priority | 3 |\n     | severe | 2 |\n     | high or lower | 0 |\n",
    );
    assert_eq!(found(&text), ["1.1 row-never-applies"]);
}

#[test]
fn rows_that_part_the_plane_in_the_shape_of_an_l() {
    let facts = "  visits  whole number, 0 to 10\n  nights  whole number, 0 to 10\n";
    let rows = |last: &str| {
        policy(
            facts,
            &format!(
                "1.1  Band: exactly one row applies.\n     | visits | nights | band |\n     \
                 | up to 5 | up to 5 | 1 |\n     | over 5 | any | 2 |\n     | up to 5 | {last} | 3 |\n"
            ),
        )
    };
    assert_eq!(found(&rows("over 5")), [""; 0]);
    assert_eq!(found(&rows("over 6")), ["1.1 no-row-for-some"]);
    assert_eq!(shown(&rows("over 6")), "such as a case in which visits is 0 and nights is 6");
    assert_eq!(found(&rows("5 or more")), ["1.1 rows-overlap"]);
}

#[test]
fn bands_may_overlap_where_they_agree() {
    let facts = "  visits  whole number, 0 to 10\n";
    let bands = |hit: &str| {
        policy(
            facts,
            &format!(
                "1.1  Band: {hit}.\n     | visits | band |\n     | up to 5 | 1 |\n     \
                 | exactly 5 | 1 |\n     | over 5 | 2 |\n"
            ),
        )
    };
    assert_eq!(found(&bands("rows that apply must agree")), [""; 0]);
    assert_eq!(found(&bands("exactly one row applies")), ["1.1 rows-overlap"]);
}

/// Ten domains have sixty million cases; three that are high are at least 18 points.
#[test]
fn counts_and_sums_over_one_family_are_judged_together() {
    let domains = "domains, each a level of need\n  breathing\n  eating\n  mobility\n  continence\n  \
                   skin\n  communication\n  drugs\n  emotional needs\n  seizures\n  behaviour\n";
    let points = "1.1  Points for a domain: exactly one row applies.\n     | level | points |\n     \
                  | none | 0 |\n     | low | 1 |\n     | moderate | 3 |\n     | high | 6 |\n     \
                  | severe | 12 |\n     | priority | 20 |\n\
                  1.2  Total points = the sum of points over all domains.\n\
                  1.3  A child is eligible when at least 3 domains are high or higher.\n";
    let promise = |points_at_least: u32| {
        let scarce =
            format!("1.4  A child is scarce when total points is under {points_at_least}.\n");
        let promise = "1.5  When the child is eligible, the child is never scarce.\n";
        policy_of_domains(domains, &format!("{points}{scarce}{promise}"))
    };
    assert_eq!(found(&promise(18)), [""; 0]);
    assert_eq!(found(&promise(19)), ["1.5 promise-broken"]);
}

/// A promise about a conclusion says when it holds first, last or not at all.
#[test]
fn a_conclusion_is_promised_in_any_order() {
    let promised = |promise: &str| {
        let rule = "1.1  A child is eligible when urgent or care cost is over £5.00.\n";
        found(&policy("  urgent  yes or no\n  care cost  money\n", &format!("{rule}{promise}")))
    };
    let broken = ["1.2 promise-broken"];
    assert_eq!(promised("1.2  When urgent, the child is always eligible.\n"), [""; 0]);
    assert_eq!(promised("1.2  The child is always eligible when urgent.\n"), [""; 0]);
    assert_eq!(promised("1.2  The child is never eligible when urgent.\n"), broken);
    assert_eq!(promised("1.2  The child is never eligible when care cost is £5.00.\n"), broken);
    assert_eq!(promised("1.2  A child is always eligible.\n"), broken);
    assert_eq!(
        promised("1.2  The child is always eligible.\n1.3  A child is eligible when not urgent.\n"),
        [""; 0]
    );
}

/// Where it is not urgent the first row applies, so that the second reads the part only where it is.
#[test]
fn a_row_that_is_passed_over_reads_nothing() {
    let clauses = "\
1.1  When urgent, part = 30%.
1.2  In every case: first row that applies.
     | urgent | the ICB | the council |
     | no     | 60%     | 40%         |
     | any    | part    | the rest    |
1.3  Split care cost in the shares of 1.2.
";
    let facts = "  urgent      yes or no\n  care cost   money a week\n";
    assert_eq!(found(&policy(facts, clauses)), [""; 0]);
    let other = clauses.replace("| no     | 60%", "| yes    | 60%");
    assert_eq!(found(&policy(facts, &other)), ["1.2 no-value-for-some"]);
}

/// Before April 2026 the second clause is not in force, and asks for no band.
#[test]
fn a_clause_that_is_not_in_force_asks_nothing() {
    let clauses = "\
1.1  When urgent, band = 2.
1.2  (from 1 April 2026) A child is known when band is 2.
";
    let facts = "  decision date  a date\n  urgent  yes or no\n";
    let text =
        policy(facts, clauses).replace("2025\n\nfacts", "2025\ndated by  decision date\n\nfacts");
    assert_eq!(found(&text), ["1.2 no-value-for-some"]);
    assert!(shown(&text).contains("decision date is 1 April 2026"), "{}", shown(&text));
}

/// Every service lacks a row, so that the promise can only be broken without any.
#[test]
fn what_goes_wrong_with_every_item_hides_nothing_of_cases_without() {
    let text = "\
policy   Fees
about    a child
between
  the ICB       NHS Northshire ICB
  the council   Northshire Council
version  1, in force from 1 April 2025

facts
  fee      money a week, £0.00 to £90.00

services, each with
  price    money a week, £0.00 to £400.00

1    Who pays
1.1  For each service, part: exactly one row applies.
     | price           | part |
     | £400.01 or more | 50%  |
1.2  For each service, the ICB pays part x price, to the nearest penny, halves up.
1.3  The council pays fee.
1.4  The council never pays more than £50.00 a week.
";
    assert_eq!(found(text), ["1.1 no-row-for-some", "1.4 promise-broken"]);
    let said = "such as a case without services in which fee is £50.01";
    assert!(shown(text).contains(said), "{}", shown(text));
}

/// Before April 2026 nobody asks whether a child is known, so that the fees clash.
#[test]
fn what_a_clause_lacks_hides_nothing_of_days_on_which_it_is_not_in_force() {
    let clauses = "\
1.1  When urgent, band = 2.
1.2  (from 1 April 2026) A child is known when band is 2.
1.3  When schooled, and the child is not known, fee = £1.00.
1.4  When not urgent, fee = £2.00.
";
    let facts = "  decision date  a date\n  urgent  yes or no\n  schooled  yes or no\n";
    let text =
        policy(facts, clauses).replace("2025\n\nfacts", "2025\ndated by  decision date\n\nfacts");
    assert_eq!(found(&text), ["1.2 no-value-for-some", "1.4 values-clash"]);
}

/// From five visits on the band is 3, and both bonuses are given.
#[test]
fn what_a_row_lacks_hides_nothing_of_cases_of_other_rows() {
    let clauses = "\
1.1  When not urgent, level = 7.
1.2  Band: first row that applies.
     | visits | band  |
     | 0 to 4 | level |
     | any    | 3     |
1.3  When band is at least 2 and urgent, bonus = 1.
1.4  When schooled, bonus = 2.
";
    let facts = "  visits  whole number, 0 to 9\n  urgent  yes or no\n  schooled  yes or no\n";
    assert_eq!(found(&policy(facts, clauses)), ["1.2 no-value-for-some", "1.4 values-clash"]);
}

/// Days that are counted backwards of every service refuse no case without services.
#[test]
fn days_of_items_hide_nothing_of_cases_without() {
    let text = "\
policy   Fees
about    a child
between
  the ICB       NHS Northshire ICB
version  1, in force from 1 April 2025

facts
  urgent   yes or no

services, each with
  price    money a week, £0.00 to £400.00
  began    a date, from 1 April 2025 to 1 April 2026

1    Fees
1.1  When urgent, band = 1.
1.2  When the number of services where (days from began to 1 April 2020, counting both days) is
     at least 3 is exactly 0, band = 2.
";
    assert_eq!(found(text), ["1.2 values-clash"]);
}
