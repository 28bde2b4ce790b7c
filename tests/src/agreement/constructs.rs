//! Conditions, tables, expressions, rounding, dates and `Despite`.

use super::{always_decides, policy};

const DOMAINS: &str = "\n
domains, each a level of need, up to
  breathing   severe
  mobility    high
  skin        low
";

/// A policy with a family of domains after its facts.
fn with_domains(facts: &str, clauses: &str) -> String {
    policy(facts, clauses).replacen("\n1    Clauses", &format!("{DOMAINS}\n1    Clauses"), 1)
}

#[test]
fn first_row_and_otherwise_row() {
    let text = policy(
        "income   money a week\nkind   one of home, school, hospital\nurgent   yes or no",
        "1.1  Band, bonus: first row that applies.
     | income             | kind           | urgent    | band   | bonus  |
     | under £100.00      | any            | yes       | small  | £10.00 |
     | £100.00 to £480.00 | home, school   | any       | middle | £5.50  |
     | over £480.00       | not home       | no        | large  | £0.01  |
     | otherwise          |                |           | other  | £0.00  |
1.2  Education pays bonus.
",
    );
    always_decides("first row", &text);
}

#[test]
fn exactly_one_row_at_every_edge() {
    let text = policy(
        "points   whole number, 0 to 100",
        "1.1  Band: exactly one row applies.
     | points     | band |
     | under 20   |  25% |
     | 20 to 34   |  1/3 |
     | 35 to 59   |  50% |
     | 60 or more |  70% |
1.2  In every case: the ICB band, social care the rest.
1.3  Split £100.01 in the shares of 1.2.
",
    );
    always_decides("exactly one row", &text);
}

#[test]
fn tables_for_a_member() {
    let text = with_domains(
        "weight   percent",
        "1.1  Points, cost for a domain: first row that applies.
     | domain              | level         | weight    | points | cost   |
     | breathing           | high, severe  | any       |     12 | £10.00 |
     | breathing, mobility | low or higher | 50% or more |    6 | £2.05  |
     | not breathing       | none          | any       |      0 | £0.00  |
     | any                 | any           | any       |      1 | £0.50  |
1.2  Total = the sum of points over domains.
1.3  Worst points = the highest of points over domains.
1.4  Least points = the lowest of points over domains.
1.5  Worst domain = the highest domain.
1.6  Best domain = the lowest domain.
1.7  Cost of all = weight x the sum of cost over domains, to the nearest penny, halves to even.
1.8  A child is ill when any of these is true:
       - worst domain is severe
       - best domain is low or higher
       - total is over 13
1.9  The ICB pays cost of all.
",
    );
    always_decides("tables for a member", &text);
}

#[test]
fn counts_of_members_and_nested_lists() {
    let text = with_domains(
        "urgent   yes or no\nfast   yes or no\nhours   hours a week, in quarters, 0 to 20",
        "1.1  A child is eligible when at least 2 of these are true:
       - urgent
       - none of these is true:
         - fast
         - hours is at least 10
         - every domain is low or higher
       - exactly 2 domains are high or higher
       - at most 1 domain is none
       - no domain is severe
1.2  A child is late when at most 1 of these is true:
       - the child is eligible
       - not urgent
       - hours is between 2.5 and 5
1.3  A child is seen when all of these are true:
       - the child is not late
       - fast or urgent
       - at least 1 domain is not none
1.4  A child is missed when the child is not seen and the child is not late.
",
    );
    always_decides("counts", &text);
}

#[test]
fn an_exception_to_an_exception() {
    let text = policy(
        "points   whole number, 0 to 9\nfast   yes or no\nrefused   yes or no\noff   yes or no",
        "1.1  A child is eligible when points is at least 5.
1.2  Despite 1.1, a child is not eligible when refused.
1.3  Despite 1.2, a child is also eligible when fast.
1.4  Clause 1.3 does not apply when off.
1.5  Clause 1.4 does not apply when points is exactly 7.
1.6  A child is known when the child is eligible or points is 0.
",
    );
    always_decides("despite", &text);
}

#[test]
fn comparisons_of_two_things() {
    let text = policy(
        "nurse   a level of need, up to high\nworker   a level of need\n\
         start   a date, from 1 January 2026 to 10 January 2026\n\
         end   a date, from 1 January 2026 to 10 January 2026\n\
         income   money a week, £0.00 to £1.00\ncost   money a week, £0.00 to £1.00",
        "1.1  A child is one when nurse is the same as worker.
1.2  A child is two when start is before end.
1.3  A child is three when income is at least cost.
1.4  Worst = the higher of nurse and worker.
1.5  Best = the lower of nurse and worker.
1.6  A child is four when worst is high or higher.
1.7  A child is five when income is between cost and £0.50 and best is not low.
1.8  Most = the greater of income and (cost - £0.30 a week).
1.9  Least = the lesser of most and £0.70 a week.
1.10  A child is six when start is on or after 5 January 2026.
1.11  A child is seven when start is after end.
1.12  A child is eight when the lesser of income and cost is under £0.25.
1.13  Education pays least.
",
    );
    always_decides("two things", &text);
}

#[test]
fn values_of_words_and_truths() {
    let text = policy(
        "kind   one of home, school, hospital\nurgent   yes or no",
        "1.1  Urgent now, place of care: first row that applies.
     | kind     | urgent | urgent now | place of care |
     | home     | yes    | yes           | hospital |
     | not home | any    | no            | school   |
     | any      | any    | yes           | home     |
1.2  A child is moved when urgent now and place of care is not home.
1.3  When urgent, target = kind; otherwise target = place of care.
1.4  A child is sent when target is either home or school.
",
    );
    always_decides("words", &text);
}

#[test]
fn a_quotient_is_rounded() {
    let text = policy(
        "hours   hours a week, in quarters, 0 to 40\nshared   whole number, 1 to 7\n\
         cost   money a week, £0.00 to £1,000.00",
        "1.1  Part = cost / shared, to the nearest penny, halves up.
1.2  More = hours x £10.03 / shared x 2, to the nearest 10p, halves to even.
1.3  Up = (cost / shared, to the nearest £1, up) + £0.01 a week.
1.4  Half = cost / 2.
1.5  Whole half = half, to the nearest penny, halves down.
1.6  Education pays part.
1.7  The ICB pays whole half.
",
    );
    always_decides("quotients", &text);
}

#[test]
fn every_rounding_at_exact_halves() {
    let roundings = ["halves up", "halves down", "halves to even", "up", "down"];
    for rounding in roundings {
        let text = policy(
            "cost   money a week, £0.00 to £2.00\nother   money a week, £0.00 to £2.00\n\
             hours   number, in quarters, 0 to 20\nshare   percent",
            &format!(
                "1.1  Difference = (cost - other) / 2, to the nearest penny, {rounding}.
1.2  Tens = cost - other, to the nearest 10p, {rounding}.
1.3  Pounds = (cost - other) x 5, to the nearest £1, {rounding}.
1.4  Tenths = hours - 10, to the nearest 0.1, {rounding}.
1.5  Wholes = hours - 10, to the nearest whole number, {rounding}.
1.6  Percents = 50% of share, to the nearest 1%, {rounding}.
1.7  Fine = share / 8, to the nearest 0.01%, {rounding}.
"
            ),
        );
        always_decides(rounding, &text);
    }
}

#[test]
fn weeks_and_years() {
    let text = policy(
        "cost   money a week, £0.00 to £900.00\ntax   money a year, £0.00 to £52,000.00\n\
         rent   money a month, £0.00 to £900.00",
        "1.1  Terms = cost for 38 weeks.
1.2  Year = cost for 52 weeks a year.
1.3  Week = tax over 52 weeks, to the nearest penny, halves to even.
1.4  Days = cost for 10 days, to the nearest penny, halves up.
1.5  Rents = rent for 12 months a year.
1.6  The ICB pays terms.
1.7  Education pays year + rents.
1.8  Social care pays week.
1.9  Education pays days.
",
    );
    always_decides("weeks and years", &text);
}

#[test]
fn rates_by_date() {
    let text = policy(
        "hours   hours a week, in quarters, 0 to 168",
        "1.1  Care rate, an hour:   £24.50 from 1 April 2025
                           £25.61 from 1 April 2026
                           £0.00 from 29 February 2028
1.2  Uplift, a year:   2.5% from 1 January 2024
                   33.33% from 1 April 2026
1.3  Care = hours x care rate, to the nearest penny, halves up.
1.4  More = care + uplift x care, to the nearest penny, halves to even.
1.5  The ICB pays more.
",
    );
    always_decides("rates", &text);
}

#[test]
fn ages_and_leap_days() {
    let text = policy(
        "date of birth   a date, from 1 January 1990 to 31 March 2025\n\
         carer's birthday   a date, from 1 January 1950 to 31 December 2000",
        "1.1  This policy covers a child when age on day is under 30.
1.2  Years = age on day.
1.3  Carer years = age from carer's birthday on day.
1.4  A child is adult when age on day is at least 18.
1.5  A child is free when age on day is over 16 and carer years is under 60.
1.6  Band: exactly one row applies.
     | years    | band |
     | under 5  | 0    |
     | 5 to 17  | 1    |
     | 18       | 2    |
     | over 18  | 3    |
",
    );
    always_decides("ages", &text);
}

#[test]
fn rows_that_count_together() {
    let text = policy(
        "visits   whole number, 0 to 7\nurgent   yes or no\nfee   money a week, £0.00 to £900.00\n\
         need   a level of need",
        "1.1  Points: add up every row that applies.
     | visits    | urgent | points |
     | 1 or more | any    |      3 |
     | 3 or more | any    |    2.5 |
     | any       | yes    |    -10 |
1.2  Base, top: highest of the rows that apply.
     | visits    | urgent | base  | top    |
     | under 3   | any    | £5.00 | low    |
     | 3 or more | any    | £7.00 | high   |
     | any       | yes    | £6.00 | severe |
1.3  Least: lowest of the rows that apply.
     | need           | least  |
     | low or higher  | £90.00 |
     | high or higher | base   |
     | otherwise      | £20.00 |
1.4  Risks: count the rows that apply.
     | visits    | need           | urgent |
     | 3 or more | any            | any    |
     | any       | high or higher | any    |
     | any       | any            | yes    |
1.5  Surcharge: add up every row that applies.
     | risks     | surcharge |
     | 2 or more | £10.00    |
     | 3         | base      |
     | otherwise | -£1.00    |
1.6  Band: exactly one row applies.
     | from           | until          | visits  | band |
     | any            | 31 March 2026  | under 3 |    1 |
     | any            | 31 March 2026  | 3 to 7  |    2 |
     | 1 April 2026   | 31 March 2027  | any     |    3 |
     | 1 April 2027   | any            | under 2 |    4 |
     | 1 April 2027   | any            | 2 to 7  |    5 |
1.7  The ICB pays least.
",
    );
    always_decides("rows together", &text);
}

#[test]
fn slices_at_their_own_rates() {
    let text = policy(
        "fee   money a week, -£50.00 to £900.00\nhours   number, in quarters, 0 to 40",
        "1.1  Contribution: each slice at its own rate, to the nearest penny, halves up.
     | fee           | contribution |
     | up to £100.00 |           0% |
     | up to £250.01 |        12.5% |
     | up to £600.00 |          1/3 |
     | above         |          50% |
1.2  Credit: each slice at its own rate.
     | hours    | credit |
     | up to 10 |      1 |
     | up to 20 |   0.25 |
     | above    |   -0.5 |
1.3  Flat: each slice at its own rate, to the nearest 10p, up.
     | fee   | flat |
     | above |  10% |
1.4  The ICB pays contribution.
1.5  The ICB pays flat.
",
    );
    always_decides("slices", &text);
}

#[test]
fn groups_and_levels_that_a_domain_never_has() {
    let domains = "\n
domains, each a level of need, up to
  breathing   severe, never high
  mobility    high
  skin        severe, never low or high
  memory      severe
group starred domains   breathing, skin
group first domains     breathing, mobility
";
    let text = policy(
        "urgent   yes or no\nnurse level   a level of need, up to severe, never high",
        "1.1  A child is eligible when at least 1 starred domain is severe.
1.2  A child is known when no first domain is low or higher, or every starred domain is severe.
1.3  A child is late when at least 2 first domains are either low or severe.
1.4  Points for a domain: exactly one row applies.
     | level          | points |
     | none           |      0 |
     | low or higher  |     17 |
1.5  Stars = the sum of points over starred domains.
1.6  All = the sum of points over domains.
1.7  Own for a starred domain: first row that applies.
     | starred domain | level | own |
     | breathing      | any   |   1 |
     | skin           | low   |   2 |
     | skin           | any   |   3 |
1.8  Owned = the sum of own over starred domains + the highest of points over first domains.
1.9  Top = the highest starred domain.
1.10 A child is strange when nurse level is high, or top is high.
",
    )
    .replacen("\n1    Clauses", &format!("{domains}\n1    Clauses"), 1);
    always_decides("groups", &text);
}
