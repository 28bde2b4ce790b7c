//! Between which bounds the checker takes what a clause gives: what no case can pass, and no
//! wider than it must be. What may be paid, kept or divided by depends on it.

use apportion::checked::Type;
use apportion::policy::Policy;

const HEADER: &str = "\
policy    Bounds
about     a child
version   1, in force from 1 April 2025
dated by  day

levels of need
  none < low < high

facts
  day              a date, from 1 April 2025 to 31 March 2030
  date of birth    a date, from 1 January 2000 to 31 December 2020
  cost             money, £1.00 to £2.00
  refund           money, -£3.00 to £2.00
  visits           whole number, 2 to 4
  quarters         number, in quarters, 0.25 to 1.5
  part             percent, 10% to 50%
  urgent           yes or no

sizes, each whole number, 1 to 5
  first
  second

1    All
";

/// Checks the denominator and bounds of what clause 1.1 gives.
#[track_caller]
fn check(clause: &str, denominator: i64, least: i64, greatest: i64) {
    let text = format!("{HEADER}1.1  {clause}\n");
    let policy = Policy::parse(&text).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    match &policy.checked().values[0].kind {
        Type::Number(number) => {
            let found = (number.denominator, number.least, number.greatest);
            assert_eq!(found, (denominator, least, greatest), "{clause}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn sums_and_products() {
    check("Total = cost + refund.", 1, -200, 400);
    check("Total = cost - refund.", 1, -100, 500);
    check("Total = cost x visits.", 1, 200, 800);
    check("Total = refund x visits.", 1, -1200, 800);
    check("Total = cost x quarters.", 4, 100, 1200);
    check("Total = cost x part.", 10_000, 100_000, 1_000_000);
    check("Total = 40% of cost.", 5, 200, 400);
    check("Total = cost / 3.", 3, 100, 200);
    check("Total = cost / -3.", 3, -200, -100);
    check("Total = cost / 0.5.", 1, 200, 400);
    check("Total = cost - £1.50.", 1, -50, 50);
    check("Total = £70.00 a day for 3 days.", 1, 21_000, 21_000);
    check("Total = £70.00 a week for 3 days.", 7, 21_000, 21_000);
}

#[test]
fn extremes() {
    check("Total = the greater of cost and refund.", 1, 100, 200);
    check("Total = the lesser of cost and refund.", 1, -300, 200);
    check("Total = the greater of £1.50 and cost.", 1, 150, 200);
    check("Total = the lesser of £1.50 and cost.", 1, 100, 150);
}

#[test]
fn what_is_rounded_reaches_a_step_further() {
    check("Total = cost / 3, to the nearest penny, down.", 1, 33, 67);
    check("Total = refund / 7, to the nearest penny, up.", 1, -43, 29);
    check("Total = refund, to the nearest 90p, up.", 1, -360, 270);
    check("Total = quarters, to the nearest whole number, halves up.", 1, 0, 2);
    check("Total = quarters / 2, to the nearest 0.1, halves up.", 10, 1, 8);
}

#[test]
fn quotients_by_what_varies() {
    check("Total = cost / visits, to the nearest penny, up.", 1, 25, 100);
    check("Total = refund / visits, to the nearest penny, up.", 1, -150, 100);
    check("Total = cost / (visits - 10), to the nearest penny, up.", 1, -34, -12);
    check("Total = refund / (visits - 10), to the nearest penny, up.", 1, -34, 50);
    check("Total = cost / quarters, to the nearest penny, up.", 1, 66, 800);
    check("Total = cost / quarters x visits, to the nearest £1, up.", 1, 100, 3200);
    check("Total = visits / quarters / 3, to the nearest 0.1, up.", 10, 4, 54);
}

#[test]
fn ages_and_families() {
    check("Total = age on day.", 1, 4, 30);
    check("Total = the lowest size.", 1, 1, 5);
    check("Total = the highest size.", 1, 1, 5);
    check("Total = the number of sizes.", 1, 2, 2);
}

#[test]
fn what_several_clauses_give() {
    let two = "When urgent, total = cost; otherwise total = refund.";
    check(two, 1, -300, 200);
    let two = "When urgent, total = quarters; otherwise total = visits / 3.";
    check(two, 12, 3, 18);
    let table = "Total: exactly one row applies.\n     | urgent | total |\n     | yes | 0.5 |\n     \
                 | no | 7 |";
    check(table, 2, 1, 14);
    let rates = "Total, an hour:  £3.00 from 1 April 2025\n                £2.50 from 1 April 2026";
    check(rates, 1, 250, 300);
}

/// Where the condition holds, what it compares lies within narrower bounds.
#[test]
fn a_condition_narrows_what_it_compares() {
    check("When cost is at least £1.50, total = cost.", 1, 150, 200);
    check("When cost is over £1.50, total = cost.", 1, 151, 200);
    check("When cost is under £1.50, total = cost.", 1, 100, 149);
    check("When cost is at most £1.50, total = cost.", 1, 100, 150);
    check("When cost is exactly £1.50, total = cost.", 1, 150, 150);
    check("When cost is not £1.50, total = cost.", 1, 100, 200);
    check("When cost is not £1.00, total = cost.", 1, 101, 200);
    check("When cost is not £2.00, total = cost.", 1, 100, 199);
    check("When cost is between £1.20 and £1.30, total = cost x visits.", 1, 240, 520);
    check("When visits is at least 3, total = visits - 3.", 1, 0, 1);
    // No quarter is 0.3: the next ones are kept.
    check("When quarters is over 0.3, total = quarters.", 4, 2, 6);
    check("When quarters is at most 0.3, total = quarters.", 4, 1, 1);
    check("When cost is at least £1.50 and urgent, total = cost.", 1, 150, 200);
    check("When cost is at least £1.50 and cost is under £1.60, total = cost.", 1, 150, 159);
    // One of the two holds, but not always the same.
    check("When cost is at least £1.50 or urgent, total = cost.", 1, 100, 200);
    check("When cost is not at least £1.50, total = cost.", 1, 100, 149);
    // A condition that never holds shows nothing.
    check("When cost is over £2.00, total = cost.", 1, 100, 200);
}

#[test]
fn a_condition_narrows_by_what_it_compares_with() {
    check("When refund is at least cost, total = refund.", 1, 100, 200);
    check("When cost is at least refund, total = cost.", 1, 100, 200);
    check("When refund is over cost, total = refund - £1.00.", 1, 1, 100);
    check("When cost - refund is at least £0.00, total = cost - refund.", 1, 0, 500);
    check("When visits is under first, total = first.", 1, 3, 5);
}

#[test]
fn what_is_said_otherwise_is_narrowed_the_other_way() {
    let two = "When cost is at least £1.50, total = cost - £1.50; otherwise total = £1.50 - cost.";
    check(two, 1, 0, 50);
    let two = "When cost is between £1.20 and £1.50, total = £0.00; otherwise total = cost.";
    check(two, 1, 0, 200);
}
