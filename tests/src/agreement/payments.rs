//! Shares, splits, payments, limits and referrals.

use super::{always_decides, policy};

const COST: &str = "cost   money a week\nhealth share   percent, 0% to 90%\nsmall   percent, 0% to 10%\n\
                    urgent   yes or no\nother cost   money a week, £0.00 to £10.00";

#[test]
fn largest_fractions() {
    let text = policy(
        COST,
        "1.1  When urgent: the ICB 1/3, social care 1/3, education the rest.
1.2  When not urgent: exactly one row applies.
     | health share | the ICB      | social care | education |
     | under 10%    | 45%          | 45%         | 10%       |
     | 10% to 90%   | health share | the rest    | small     |
     | over 90%     | 1/7          | the rest    | 1/7       |
2    Who pays
2.1  Split cost in the shares of section 1.
2.2  Split other cost in the shares of section 1. Spare pennies go to the largest
     fractions of a penny, ties in the order of the parties.
",
    );
    always_decides("largest fractions", &text);
}

#[test]
fn one_party_takes_the_difference() {
    for rounding in ["halves up", "halves down", "halves to even", "up", "down"] {
        for taker in ["The ICB", "Social care", "Education"] {
            let text = policy(
                COST,
                &format!(
                    "1.1  When urgent: the ICB health share, social care the rest.
1.2  When not urgent: the ICB 50%, education small, social care the rest.
1.3  Split cost in the shares of section 1. {taker} takes the difference, the others to the
     nearest penny, {rounding}.
"
                ),
            );
            always_decides(&format!("{taker} takes the difference, {rounding}"), &text);
        }
    }
}

#[test]
fn two_units_and_conditional_payments() {
    let text = policy(
        "cost   money a week, £0.00 to £5,000.00\nequipment   money, £0.00 unless stated\n\
         urgent   yes or no\nlate   yes or no, no unless stated",
        "1.1  In every case: the ICB 40%, social care the rest.
1.2  When urgent, split cost in the shares of 1.1.
1.3  When not urgent, education pays cost.
1.4  When late, the ICB pays equipment; otherwise social care pays equipment.
1.5  When late, the ICB pays at most £1,000.00 a week in all; social care pays the excess.
1.6  Social care pays at most £500.00 in all; education pays the excess,
     and the case is then referred to the panel.
1.7  The case is referred to the panel when late and urgent.
1.8  The ICB pays £12.34.
",
    );
    always_decides("two units", &text);
}

#[test]
fn two_limits_in_order() {
    let text = policy(
        COST,
        "1.1  In every case: the ICB 40%, social care 40%, education the rest.
1.2  Split cost in the shares of 1.1.
1.3  The ICB pays at most £600.00 a week in all; social care pays the excess,
     and the case is then referred to the panel.
1.4  Social care pays at most £800.00 a week in all; education pays the excess.
1.5  Education pays other cost.
1.6  Education pays at most other cost + cost in all; the ICB pays the excess.
",
    );
    always_decides("two limits", &text);
}

#[test]
fn shares_overridden_whole() {
    let text = policy(
        COST,
        "1.1  In every case: the ICB 40%, social care the rest.
1.2  Despite 1.1, when urgent: education 100%.
1.3  Despite 1.1 and 1.2, when health share is over 50%: the ICB 12.5%, education 87.5%.
1.4  Clause 1.3 does not apply when other cost is £0.00.
1.5  Split cost in the shares of section 1.
1.6  Despite 1.7, when urgent, the ICB pays other cost.
1.7  Social care pays other cost.
",
    );
    always_decides("shares overridden", &text);
}

#[test]
fn nothing_outside_the_cover() {
    let text = policy(
        COST,
        "1.1  This policy covers a child when the child is known and other cost is under £5.00.
1.2  A child is known when urgent.
1.3  Despite 1.2, a child is not known when health share is 0%.
1.4  In every case: the ICB health share, social care the rest.
1.5  Split cost in the shares of 1.4.
1.6  The case is referred to the panel when small is 10%.
1.7  Clause 1.1 does not apply when small is 0%.
",
    );
    let tally = super::compare_by_chance("cover", &text, super::CASES_OF_A_CONSTRUCT);
    assert!(tally.decided > 20 && tally.not_covered > 20, "{tally:?}");
}

/// What is drawn is the reason, though a case that is not covered shows no conclusions.
#[test]
fn outside_the_cover_for_a_conclusion_that_is_drawn() {
    let text = policy(
        COST,
        "1.1  This policy covers a child when the child is not away.
1.2  A child is away when urgent.
1.3  Despite 1.2, a child is not away when health share is at most 50%.
1.4  The ICB pays cost.
",
    );
    let tally = super::compare_by_chance("drawn", &text, super::CASES_OF_A_CONSTRUCT);
    assert!(tally.decided > 20 && tally.not_covered > 20, "{tally:?}");
}

#[test]
fn a_limit_despite_a_limit() {
    let text = policy(
        COST,
        "1.1  The ICB pays cost.
1.2  The ICB pays at most £600.00 a week in all; social care pays the excess.
1.3  Despite 1.2, when urgent, the ICB pays at most £1,000,000.00 a week in all;
     education pays the excess.
1.4  Clause 1.3 does not apply when small is 0%.
",
    );
    always_decides("a limit despite a limit", &text);
}

#[test]
fn splits_and_payments_despite_each_other() {
    let text = policy(
        COST,
        "1.1  In every case: the ICB health share, social care the rest.
2    Who pays
2.1  Split cost in the shares of section 1.
2.2  Despite 2.1, when urgent, education pays cost.
2.3  Despite section 2, when small is 0%, social care pays cost.
2.4  Clause 2.3 does not apply when health share is 0%.
2.5  When urgent, split other cost in the shares of 1.1; otherwise education pays other cost.
2.6  Education pays the greater of £0.00 a week and (other cost - £3.00 a week).
2.7  The ICB pays 10% of other cost, to the nearest 10p, halves to even.
",
    );
    always_decides("splits despite payments", &text);
}

#[test]
fn in_proportion_to_weights() {
    let spares = [
        "",
        " Spare pennies go to the parties in order.",
        " Education takes the difference, the others to the nearest penny, halves up.",
        " Social care takes the difference, the others to the nearest penny, up.",
    ];
    for spare in spares {
        let text = policy(
            "cost   money a week\nhealth hours   hours a week, in quarters, 0 to 168\n\
             care hours   hours a week, in tenths, 0 to 168\nvisits   number, in steps of 0.03, 0.03 to 9\n\
             nights   whole number, 0 to 7\nurgent   yes or no",
            &format!(
                "1.1  When health hours + care hours is over 0,
     split cost between the ICB and education in proportion to health hours and care hours;
     otherwise social care pays cost.{spare}
1.2  Split 40% of cost, to the nearest penny, halves up, between social care, the ICB and education
     in proportion to nights, visits and visits x 2.{spare}
1.3  When nights is at least 1, and urgent, split £10.01 between education and the ICB
     in proportion to nights and (nights / 3, to the nearest 0.1, up).
"
            ),
        );
        always_decides("in proportion", &text);
    }
}

#[test]
fn ratios_and_spare_pennies_in_order() {
    let text = policy(
        COST,
        "1.1  When urgent: social care and the ICB in the ratio 93.7 : 28.3.
1.2  When not urgent: education, social care and the ICB in the ratio 0.05 : 1 : 3.
1.3  Split cost in the shares of section 1. Spare pennies go to the parties in order, passing
     over zero shares.
1.4  Split other cost in the shares of section 1. Spare pennies go to the parties in order.
",
    );
    always_decides("ratios", &text);
}

#[test]
fn payments_in_turn() {
    let text = policy(
        COST,
        "1.1  Of cost, education pays the first £60.00 a week; the ICB pays the next other cost;
     education pays the next £6.00; social care pays the rest.
1.2  When urgent, of other cost, the ICB pays the first £5.00; the ICB pays the rest;
     otherwise education pays other cost.
",
    );
    always_decides("in turn", &text);
}

#[test]
fn refunds_mirror() {
    let text = policy(
        "cost   money a week, -£500.00 to £500.00\nurgent   yes or no\nincome   money a week, £0.00 to £300.00",
        "1.1  In every case: the ICB 1/3, social care 1/3, education the rest.
1.2  Split cost in the shares of 1.1, refunds included.
1.3  When urgent, the ICB pays cost - income, refunds included; otherwise split cost - income
     in the shares of 1.1, refunds included. Spare pennies go to the parties in order.
1.4  Split cost x 2 between education and the ICB in proportion to 2 and 1, refunds included.
     Education takes the difference, the others to the nearest penny, halves to even.
1.5  The ICB pays at most £50.00 a week; social care pays the excess.
",
    );
    always_decides("refunds", &text);
}

#[test]
fn floors_and_limits_of_some_clauses() {
    let text = policy(
        COST,
        "1.1  In every case: the ICB 10%, social care 50%, education the rest.
1.2  Split cost in the shares of 1.1.
1.3  Split other cost in the shares of 1.1.
1.4  The ICB pays at most £1.00 a week under 1.3; education pays the excess.
1.5  The ICB pays at least 1/3 of cost, to the nearest penny, halves down, under 1.2 and 1.4,
     taken from education, then social care.
1.6  When urgent, education pays at least £1.00 a week, taken from social care.
1.7  Social care pays at most £500.00 a week under section 1; education pays the excess.
",
    );
    let tally = super::compare_by_chance("floors", &text, super::CASES_OF_A_CONSTRUCT);
    assert!(tally.decided > 100 && tally.refused > 5, "{tally:?}");
}

#[test]
fn requirements_refuse() {
    let text = policy(
        COST,
        "1.1  Other cost must be at most £5.00 when urgent.
1.2  When small is under 5%, health share must not be between 10% and 20%.
1.3  Clause 1.1 does not apply when small is 0%.
1.4  The ICB pays cost.
",
    );
    let tally = super::compare_by_chance("requirements", &text, super::CASES_OF_A_CONSTRUCT);
    assert!(tally.decided > 100 && tally.refused > 50, "{tally:?}");
}
