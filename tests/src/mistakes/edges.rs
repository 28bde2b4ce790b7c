//! Where a mistake begins: what is just one, and beside it what is just none.

use super::hostile::policy;
use super::policies::found;

/// Checks which mistakes a policy with these facts and clauses has.
#[track_caller]
fn check(facts: &str, clauses: &str, codes: &[&str]) {
    let text = policy(facts, clauses);
    let found: Vec<&str> = found(&text).iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(found, codes, "{text}");
}

#[test]
fn a_quotient_is_rounded_before_anything_else_is_done_with_it() {
    let facts = "  visits   whole number, 1 to 7\n";
    let of = |value| format!("1.1  Result = {value}, to the nearest penny, up.\n");
    check(facts, &of("cost / visits x visits"), &[]);
    check(facts, &of("visits x cost / visits"), &[]);
    let mistake = &["quotient-not-rounded"];
    check(facts, "1.1  Result = cost / visits.\n", mistake);
    check(facts, &of("cost / visits + £1.00"), mistake);
    check(facts, &of("£1.00 - cost / visits"), mistake);
    check(facts, &of("(cost / visits + £1.00) x visits"), mistake);
    check(facts, &of("cost x visits / (visits / 2 / visits)"), mistake);
    check(facts, &of("the greater of (cost / visits) and £1.00"), mistake);
    check(facts, &of("the lesser of £1.00 and (visits x cost / visits)"), mistake);
    let when = |test| format!("1.1  A child is late when {test}.\n");
    check(facts, &when("cost / visits is over £1.00"), mistake);
    check(facts, &when("cost is under cost / visits"), mistake);
    check(facts, &when("cost is between cost / visits and £5.00"), mistake);
    check(facts, &when("cost is between £5.00 and cost / visits"), mistake);
}
