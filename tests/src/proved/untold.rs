//! A case counts once: what goes wrong only in cases that are told as something else is not told as well.

use super::{found, policy, policy_of_domains, shown};

/// Of an urgent child who is away both pay, and no other case breaks the promise.
#[test]
fn a_promise_that_only_refused_cases_break_is_kept() {
    let facts =
        "  urgent  yes or no\n  away    yes or no\n  cost    money a week, £0.00 to £9.00\n";
    let clauses = "1.1  When urgent, the ICB pays cost.\n\
                   1.2  When away or not urgent, the council pays cost.\n\
                   1.3  The parties' payments add up to cost.\n";
    assert_eq!(found(&policy(facts, clauses)), ["1.2 paid-twice-in-some"]);
    let twice = clauses.replace("add up to cost", "add up to cost x 2");
    assert_eq!(found(&policy(facts, &twice)), ["1.2 paid-twice-in-some", "1.3 promise-broken"]);
    let either = clauses.replace("When away or not urgent", "When not urgent");
    assert_eq!(found(&policy(facts, &either)), [""; 0]);
}

/// There are never £20.00 to take, so that no case comes to the second floor.
#[test]
fn a_floor_is_not_broken_where_an_earlier_one_takes_too_much() {
    let facts = "  cost  money a week, £5.00 to £9.00\n";
    let clauses = "1.1  The council pays cost.\n\
                   1.2  The ICB pays at least £20.00 a week, taken from the council.\n\
                   1.3  The council pays at least £1.00 a week, taken from the ICB.\n";
    assert_eq!(found(&policy(facts, clauses)), ["1.2 floor-takes-too-much-in-some"]);
    // £5.00 are always there, and then the council lacks its £1.00 where the cost is below £6.00.
    let less = clauses.replace("£20.00", "£5.00");
    assert_eq!(found(&policy(facts, &less)), ["1.2 limit-broken-in-some"]);
}

/// With a fee of 1 the second table has no row, and what asks for the tally is not asked.
#[test]
fn what_reads_a_value_is_not_asked_where_its_table_has_no_row() {
    let facts = "  nights  whole number, 0 to 4\n  fee     whole number, 1 to 3\n";
    let clauses = "1.1  When fee is 1, tally = 0.\n\
                   1.2  When tally is at most 2, score: exactly one row applies.\n     \
                   | nights  | score |\n     | up to 1 | 1     |\n\
                   1.3  Tally: exactly one row applies.\n     \
                   | fee | tally |\n     | 2   | 0     |\n     | 3   | 1     |\n";
    let text = policy(facts, clauses);
    assert_eq!(found(&text), ["1.2 no-row-for-some", "1.3 no-row-for-some"]);
    assert_eq!(shown(&text), "such as a case in which nights is 2");
}

/// Rows that disagree give no value: nothing clashes with it.
#[test]
fn rows_that_disagree_clash_with_no_other_clause() {
    let facts = "  nights  whole number, 0 to 2\n";
    let clauses = "1.1  Score: rows that apply must agree.\n     \
                   | nights  | score |\n     | up to 1 | 1     |\n     | 1       | 2     |\n     \
                   | 2       | 3     |\n\
                   1.2  When nights is at least 1, score = 3.\n";
    assert_eq!(found(&policy(facts, clauses)), ["1.1 rows-disagree"]);
    let more = clauses.replace("at least 1", "at least 0");
    assert_eq!(found(&policy(facts, &more)), ["1.1 rows-disagree", "1.2 values-clash"]);
}

/// Two rows apply to each member that is low, whichever it is.
#[test]
fn what_is_told_of_one_member_counts_for_all() {
    let domains = "domains, each a level of need\n  speech\n  sleep\n";
    let clauses = "1.1  Points for a domain: exactly one row applies.\n     \
                   | level         | points |\n     | none, low     | 0      |\n     \
                   | low or higher | 1      |\n\
                   1.2  A child is eligible when no domain is low.\n\
                   1.3  When any domain is low, the child is always eligible.\n";
    assert_eq!(found(&policy_of_domains(domains, clauses)), ["1.1 rows-overlap"]);
    let more = clauses.replace("When any domain is low", "When no domain is severe");
    assert_eq!(found(&policy_of_domains(domains, &more)), ["1.1 rows-overlap"]);
    let high = clauses.replace("no domain is low", "no domain is severe");
    let high = high.replace("any domain is low", "any domain is severe");
    let both = ["1.1 rows-overlap", "1.3 promise-broken"];
    assert_eq!(found(&policy_of_domains(domains, &high)), both);
}

/// High stands before severe, though what is asked names severe first.
#[test]
fn the_first_of_some_levels_is_shown() {
    let domains = "facts\n  need  a level of need\n";
    let clauses = "1.1  A child is eligible when need is severe or need is high.\n\
                   1.2  A child is not eligible when need is high or higher.\n";
    let text = policy_of_domains(domains, clauses);
    assert_eq!(found(&text), ["1.2 conclusions-clash"]);
    assert_eq!(shown(&text), "such as a case in which need is high");
}
