//! Where the engine and the reference do not agree yet, each with the smallest policy that
//! shows it. A test moves to its construct when it passes.

use super::{always_decides, policy, sometimes_refuses};

const FACTS: &str = "points   whole number, 0 to 20\nurgent   yes or no\nlate   yes or no\n\
                     cost   money a week, £0.00 to £100.00";

#[test]
fn exactly_so_many_conclusions() {
    let text = policy(
        "red   yes or no\nblue   yes or no\ncold   yes or no",
        "1.1  A child is first when red.
1.2  A child is second when blue.
1.3  A child is third when exactly 1 of these is true:
       - the child is first
       - the child is second
1.4  A child is fourth when at most 1 of these are true:
       - the child is first
       - the child is second
       - the child is third
1.5  A child is fifth when none of these is true:
       - the child is fourth
       - not cold
",
    );
    always_decides("exactly one conclusion", &text);
}

#[test]
fn rows_that_agree() {
    let text = policy(
        "points   whole number, 0 to 100\nurgent   yes or no",
        "1.1  Band: rows that apply must agree.
     | points      | urgent | band |
     | at most 40  | any    |  25% |
     | any         | no     |  25% |
     | at least 41 | yes    |  75% |
1.2  In every case: rows that apply must agree.
     | points      | urgent | the ICB | education |
     | at most 40  | any    |    band |  the rest |
     | any         | no     |    band |  the rest |
     | at least 41 | yes    |    band |  the rest |
1.3  Split £99.99 in the shares of 1.2.
",
    );
    always_decides("rows that agree", &text);
}

#[test]
fn rows_that_disagree() {
    let text = policy(
        FACTS,
        "1.1  Band, word: rows that apply must agree.
     | points   | urgent | band | word  |
     | under 8  | any    |   10 | small |
     | 6 to 12  | yes    |   10 | other |
     | any      | no     |   10 | small |
     | over 12  | any    |   30 | large |
",
    );
    sometimes_refuses("rows that disagree", &text);
}

#[test]
fn a_row_that_does_not_apply_reads_nothing() {
    let text = policy(
        FACTS,
        "1.1  When urgent, bonus = points + 1.
1.2  Choice: first row that applies.
     | points   | choice |
     | under 8  | bonus  |
     | any      | 0      |
",
    );
    sometimes_refuses("a row that does not apply", &text);
}
