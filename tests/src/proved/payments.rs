//! Payments, limits and floors, and what is promised of them.

use std::path::Path;

use super::{found, policy, shown, with_slip};
use crate::bundles;
use crate::examples::{files, folder};

/// The text of an example that uses no other.
#[track_caller]
fn example(path: &str) -> String {
    std::fs::read_to_string(folder().join(path)).unwrap()
}

const WEEKLY_PACKAGE: &str = "weekly_package/weekly_package.policy";
const EHC_PLAN: &str = "ehc_plan/ehc_plan.policy";
const ORDER_OF_DEDUCTIONS: &str = "order_of_deductions/order_of_deductions.policy";

#[test]
fn every_example_goes_wrong_in_no_case_and_keeps_its_promises() {
    for path in files(&folder(), &["policy"]) {
        assert_eq!(bundles::policy(Path::new(&path)).prove(), [], "{}", path.display());
    }
}

#[test]
fn a_limit_above_what_is_promised_is_seen() {
    let text = example(WEEKLY_PACKAGE);
    assert_eq!(found(&text), [""; 0]);
    let text = with_slip(&text, "never pays more than £3,500.00", "never pays more than £3,499.99");
    assert_eq!(found(&text), ["6.2 promise-broken"]);
}

/// Each line is paid by one of three clauses, whichever it is.
#[test]
fn a_line_that_nobody_pays_breaks_the_promise_of_the_plan() {
    let text = with_slip(
        &example(EHC_PLAN),
        "when the line is not educational and the line is not health   [PQ]\n     provision,",
        "when section is H1 and the line is not educational,",
    );
    assert_eq!(found(&text), ["4.1 promise-broken"]);
    assert!(shown(&text).contains("section is H2"), "{}", shown(&text));
}

#[test]
fn a_fee_below_the_nursing_rate_breaks_a_careless_order() {
    let text = with_slip(
        &example(ORDER_OF_DEDUCTIONS),
        "nursing part = the lesser of gross fee and nursing rate;",
        "nursing part = nursing rate;",
    );
    assert_eq!(found(&text), ["5.1 promise-broken"]);
    assert!(shown(&text).contains("nursing care is yes"), "{}", shown(&text));
}

/// What the ICB and the council pay, with a limit and a floor.
fn limits(fees: [&str; 2], clauses: &str) -> String {
    let [health, care] = fees;
    policy(
        &format!("  health fee  money a week, {health}\n  care fee  money a week, {care}\n"),
        &format!("1.1  The ICB pays health fee.\n1.2  The council pays care fee.\n{clauses}"),
    )
}

/// £600.00 and £500.00 can be kept where both together are no more than £1,100.00.
#[test]
fn two_limits_hold_where_they_hold_all_there_is() {
    let both = "1.3  The ICB pays at most £600.00 a week in all; the council pays the excess.\n\
                1.4  The council pays at most £500.00 a week in all; the ICB pays the excess.\n";
    let within = ["£0.00 to £1,000.00", "£0.00 to £100.00"];
    assert_eq!(found(&limits(within, both)), [""; 0]);
    let beyond = ["£0.00 to £1,000.00", "£0.00 to £100.01"];
    assert_eq!(found(&limits(beyond, both)), ["1.3 limit-broken-in-some"]);
    let case = "such as a case in which health fee is £1,000.00 and care fee is £100.01";
    assert_eq!(shown(&limits(beyond, both)), case);
}

#[test]
fn a_floor_takes_no_more_than_there_is() {
    let floor = "1.3  The ICB pays at least £60.00 a week, taken from the council.\n";
    assert_eq!(found(&limits(["£10.00 to £20.00", "£50.00 to £90.00"], floor)), [""; 0]);
    let short = limits(["£9.99 to £20.00", "£50.00 to £90.00"], floor);
    assert_eq!(found(&short), ["1.3 floor-takes-too-much-in-some"]);
    assert_eq!(shown(&short), "such as a case in which health fee is £9.99 and care fee is £50.00");
}

/// Half of what is never below £100.01 is never below £50.00, spare pennies included.
#[test]
fn a_floor_below_every_part_of_a_split_takes_nothing() {
    let floor = |least: &str| {
        policy(
            "  fee  money a week, £100.01 to £900.00\n",
            &format!(
                "1.1  In every case: the ICB 50%, the council 50%.\n1.2  Split fee in the shares of 1.1.\n\
                 1.3  The ICB pays at most {least} a week in all; the council pays the excess.\n\
                 1.4  The council never pays less than £50.00 a week.\n"
            ),
        )
    };
    assert_eq!(found(&floor("£450.00")), [""; 0]);
}

#[test]
fn what_items_make_a_party_pay_counts_for_all_of_them() {
    let fees = |most: u32| {
        format!(
            "policy  Proved\nabout  a child\nbetween\n  the ICB   NHS ICB\n  the council   Council\n\
             version  1, in force from 1 April 2025\n\nvisits, up to {most}, each with\n  \
             fee  money, £0.00 to £50.00\n\n1  All\n1.1  For each visit, the council pays fee.\n\
             1.2  The council never pays more than £100.00.\n"
        )
    };
    assert_eq!(found(&fees(2)), [""; 0]);
    // Of three visits no case with one visit can tell.
    assert_eq!(found(&fees(3)), ["1.2 not-proved"]);
    let one = fees(1).replace("£100.00.", "£49.99.");
    assert_eq!(found(&one), ["1.2 promise-broken"]);
}
