//! Policies with gaps, overlaps and clashes, which refuse some cases.

use super::{policy, sometimes_refuses};

const FACTS: &str = "points   whole number, 0 to 20\nurgent   yes or no\nlate   yes or no\n\
                     cost   money a week, £0.00 to £100.00";

#[test]
fn gaps_and_overlaps_of_a_table() {
    let text = policy(
        FACTS,
        "1.1  Band: exactly one row applies.
     | points   | urgent | band |
     | under 8  | any    |   10 |
     | 6 to 12  | yes    |   20 |
     | 15 to 20 | any    |   30 |
",
    );
    sometimes_refuses("gaps and overlaps", &text);
}

#[test]
fn a_table_that_applies_sometimes() {
    let text = policy(
        FACTS,
        "1.1  When urgent: first row that applies.
     | points   | the ICB | education |
     | under 8  |     10% |  the rest |
     | over 12  |    100% |        0% |
1.2  When late: the ICB 50%, education 50%.
1.3  When points is under 15, split cost in the shares of section 1.
",
    );
    sometimes_refuses("shares that apply sometimes", &text);
}

#[test]
fn a_value_that_no_clause_gives() {
    let text = policy(
        FACTS,
        "1.1  When urgent, bonus = points + 1.
1.2  When late, more = bonus x 2.
1.3  When points is over 10, most = the greater of bonus and 4.
",
    );
    sometimes_refuses("a value that no clause gives", &text);
}

#[test]
fn a_value_read_in_a_condition() {
    let text = policy(
        FACTS,
        "1.1  When urgent, bonus = points + 1.
1.2  A child is lucky when late and bonus is over 10.
",
    );
    sometimes_refuses("a value read in a condition", &text);
}

#[test]
fn a_value_read_in_a_cell() {
    let text = policy(
        FACTS,
        "1.1  When urgent, bonus = points + 1.
1.2  When late, band = 0; otherwise band = 1.
1.3  Choice: first row that applies.
     | band | bonus    | choice |
     | 0    | any      | 1      |
     | 1    | under 10 | 2      |
     | any  | any      | 3      |
",
    );
    sometimes_refuses("a value read in a cell", &text);
}

#[test]
fn a_value_given_twice() {
    let text = policy(
        FACTS,
        "1.1  When urgent, bonus = points.
1.2  When late, bonus = 7.
1.3  When points is over 10, bonus = 12.
1.4  When points is under 19, bonus plus = 1.
1.5  When urgent, bonus plus = 1.
1.6  When points is over 18, bonus plus = 1.
",
    );
    sometimes_refuses("a value given twice", &text);
}

#[test]
fn clauses_for_and_against() {
    let text = policy(
        FACTS,
        "1.1  A child is eligible when points is over 4.
1.2  A child is not eligible when urgent.
1.3  Despite 1.2, a child is also eligible when late.
1.4  When the child is eligible, the ICB pays cost; otherwise education pays cost.
",
    );
    sometimes_refuses("for and against", &text);
}

#[test]
fn shares_missing_or_twice() {
    let text = policy(
        FACTS,
        "1.1  When points is under 8: the ICB 10%, education the rest.
1.2  When urgent: the ICB 20%, education the rest.
1.3  Split cost in the shares of section 1.
",
    );
    sometimes_refuses("shares", &text);
}

#[test]
fn an_amount_paid_twice() {
    let text = policy(
        FACTS,
        "1.1  When urgent, the ICB pays cost.
1.2  Despite 1.1, when points is over 10, education pays cost.
1.3  When late, social care pays cost.
",
    );
    sometimes_refuses("paid twice", &text);
}

#[test]
fn a_limit_that_a_later_one_breaks() {
    let text = policy(
        FACTS,
        "1.1  In every case: the ICB 50%, education the rest.
1.2  Split cost in the shares of 1.1.
1.3  The ICB pays at most £20.00 a week in all; education pays the excess.
1.4  When urgent, education pays at most £30.00 a week in all; the ICB pays the excess.
",
    );
    sometimes_refuses("a broken limit", &text);
}

#[test]
fn born_after_the_day() {
    let text = policy(
        "date of birth   a date, from 1 January 2020 to 31 December 2030\nurgent   yes or no\n\
         late   yes or no",
        "1.1  When urgent, years = age on day.
1.2  A child is small when late and the child is young.
1.3  A child is young when urgent or late.
1.4  When late, band = 3; otherwise band = years.
1.5  When the child is small, young years = band + 1.
",
    );
    sometimes_refuses("born after", &text);
}

#[test]
fn born_after_in_the_cover() {
    let text = policy(
        "date of birth   a date, from 1 January 2020 to 31 December 2030\nurgent   yes or no",
        "1.1  This policy covers a child when urgent and age on day is under 18.
1.2  When urgent, years = age on day.
",
    );
    sometimes_refuses("born after, in the cover", &text);
}

#[test]
fn ages_that_a_cover_reads() {
    let text = policy(
        "date of birth   a date, from 1 January 2020 to 31 December 2030\nurgent   yes or no\n\
         late   yes or no",
        "1.1  This policy covers a child when years is under 3 and not late.
1.2  When urgent, years = age on day.
1.3  When not urgent, years = 1.
1.4  When urgent, other years = age on day.
",
    );
    sometimes_refuses("ages that a cover reads", &text);
}
