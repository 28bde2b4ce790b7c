//! What is read, and where: values that are not always given, and their readers.

use super::{always_decides, policy, sometimes_refuses};

const FACTS: &str = "points   whole number, 0 to 20\nurgent   yes or no\nlate   yes or no\n\
                     cost   money a week, £0.00 to £100.00\nhealth   percent";

#[test]
fn a_payment_reads_where_it_applies() {
    let text = policy(
        FACTS,
        "1.1  When urgent, bonus = cost + £1.00 a week, to the nearest £1, down.
1.2  When late, education pays bonus.
1.3  When points is over 17, the ICB pays at most bonus in all; social care pays the excess.
1.4  The ICB pays cost.
1.5  Clause 1.3 does not apply when late.
1.6  Despite 1.2, when points is 3, social care pays bonus.
",
    );
    sometimes_refuses("a payment reads", &text);
}

#[test]
fn shares_read_where_they_apply() {
    let text = policy(
        FACTS,
        "1.1  When urgent, part = health.
1.2  When late: the ICB part, education the rest.
1.3  When not late: the ICB 25%, education the rest.
1.4  When points is under 15, split cost in the shares of section 1.
",
    );
    sometimes_refuses("shares read", &text);
}

#[test]
fn a_cover_that_reads_a_table() {
    let text = policy(
        FACTS,
        "1.1  This policy covers a child when band is over 1 and not late.
1.2  Band: exactly one row applies.
     | points   | band |
     | under 5  | 0    |
     | 5 to 10  | 2    |
     | 8 to 18  | 3    |
1.3  Gap: exactly one row applies.
     | points   | gap |
     | under 9  | 0   |
1.4  When the child is known, bonus = band.
1.5  A child is known when urgent.
1.6  A child is not known when points is 6.
",
    );
    sometimes_refuses("a cover that reads a table", &text);
}

#[test]
fn promises_refuse_nothing() {
    let text = policy(
        FACTS,
        "1.1  When urgent, bonus = points + 1.
1.2  A child is known when points is over 3.
1.3  When late, the child is always known.
1.4  The ICB pays cost.
1.5  The ICB never pays more than £100.00 a week.
1.6  The parties' payments add up to cost.
",
    );
    always_decides("promises", &text);
}

#[test]
fn values_of_values_that_are_not_given() {
    let text = policy(
        FACTS,
        "1.1  When urgent, first step = points + 1.
1.2  When late, second step = first step x 2.
1.3  Despite 1.2, when points is under 5, second step = 4.
1.4  When points is under 9, third step = second step + first step.
1.5  A child is far when points is 8 and third step is over 20.
1.6  Clause 1.1 does not apply when points is 2.
1.7  When the child is far, fourth step = third step; otherwise fourth step = points.
",
    );
    sometimes_refuses("values of values", &text);
}

#[test]
fn tables_of_several_clauses_for_one_value() {
    let text = policy(
        FACTS,
        "1.1  When urgent, band = 1.
1.2  When not urgent, band = points x 2.
1.3  Despite 1.1 and 1.2, when late, band = 30.
1.4  Word: first row that applies.
     | band     | word  |
     | under 5  | small |
     | 5 to 29  | large |
     | any      | huge  |
1.5  A child is odd when word is either small or huge.
1.6  A child is even when band is the same as points.
",
    );
    always_decides("several clauses", &text);
}

#[test]
fn families_of_numbers_and_truths() {
    let facts = "points   whole number, 0 to 20";
    let text = policy(
        facts,
        "1.1  Total cost = travel + food + rent.
1.2  Most = the highest cost.
1.3  Least = the lowest cost.
1.4  A child is dear when at least 2 costs are over £5.00.
1.5  A child is cheap when every cost is at most £5.00.
1.6  A child is free when no cost is not £0.00.
1.7  Band for a cost: first row that applies.
     | cost   | value          | band |
     | travel | under £5.00    | 1    |
     | any    | £5.00 or more  | 2    |
     | not food | any          | 3    |
     | any    | any            | 4    |
1.8  Bands = the sum of band over costs.
1.9  The ICB pays total cost.
1.10  Education pays the greater of £0.00 and (most - least).
",
    );
    let costs = "costs, each money a week, £0.00 to £20.00\n  travel\n  food\n  rent\n";
    let text = text.replacen("\n1    Clauses", &format!("{costs}\n1    Clauses"), 1);
    always_decides("families of numbers", &text);
}
