use super::cases::generate;
use super::row::{
    Case, Decision, Level, Placement, Reason, decide, ten_thousandths_halves_to_even,
};
use super::*;
use crate::rivals::{CASES, date::Date};

/// A child of ten with a plan, at home, without needs or costs.
fn child() -> Case {
    Case {
        birth: Date::new(2015, 6, 1),
        decision: Date::new(2026, 5, 12),
        is_resident: true,
        is_registered: true,
        has_plan: true,
        has_section_117: false,
        placement: Placement::Home,
        domains: [Level::None; 10],
        education_pence: 0,
        care_pence: 0,
        health_pence: 0,
    }
}

fn domains(levels: &[Level]) -> [Level; 10] {
    let mut domains = [Level::None; 10];
    domains[..levels.len()].copy_from_slice(levels);
    domains
}

#[track_caller]
fn check(case: Case, reason: Reason, icb_pence: i64, council_pence: i64) {
    assert_eq!(decide(&case), Decision { reason, icb_pence, council_pence });
}

#[test]
fn the_first_reason_counts_and_the_council_pays_everything() {
    use Reason::{NoPlan, None, NotRegistered, NotResident, TooOld};
    let costs = Case { education_pence: 1, care_pence: 20, health_pence: 300, ..child() };
    let elsewhere = Case { is_resident: false, is_registered: false, ..costs.clone() };
    check(elsewhere, NotResident, 0, 321);
    check(Case { is_registered: false, ..costs.clone() }, NotRegistered, 0, 321);
    check(Case { birth: Date::new(2001, 5, 12), ..costs.clone() }, TooOld, 0, 321);
    check(Case { birth: Date::new(2001, 5, 13), ..costs.clone() }, None, 300, 21);
    let without_plan = Case { has_plan: false, ..costs };
    check(Case { birth: Date::new(2008, 5, 12), ..without_plan.clone() }, NoPlan, 0, 321);
    check(Case { birth: Date::new(2008, 5, 13), ..without_plan }, None, 300, 21);
}

/// What the ICB pays of a care cost of £1,000.00, in whole percent.
#[track_caller]
fn check_percent(case: Case, percent: i64) {
    let case = Case { care_pence: 1_000_00, ..case };
    check(case, Reason::None, percent * 10_00, 1_000_00 - percent * 10_00);
}

#[test]
fn the_share_follows_score_section_117_and_placement() {
    use Level::{High, Low, Moderate, Priority, Severe};
    let with = |levels: &[Level]| Case { domains: domains(levels), ..child() };
    check_percent(with(&[High, High, Moderate]), 0);
    check_percent(with(&[High, High, High]), 25);
    check_percent(with(&[Severe, High, Moderate]), 25);
    check_percent(with(&[Severe, High, Moderate, Low]), 40);
    check_percent(with(&[Severe, Severe, Severe, Moderate, Low]), 40);
    check_percent(with(&[Severe, Severe, Severe, Moderate, Low, Low]), 50);
    check_percent(with(&[Priority, Priority, Priority, Severe, Moderate, Low]), 50);
    check_percent(with(&[Priority, Priority, Priority, Severe, Moderate, Low, Low]), 75);
    check_percent(Case { has_section_117: true, ..child() }, 50);
    check_percent(Case { has_section_117: true, ..with(&[Severe]) }, 50);
    check_percent(Case { has_section_117: true, ..with(&[Priority; 4]) }, 75);
    check_percent(Case { placement: Placement::Residential52Weeks, ..child() }, 0);
}

#[test]
fn a_third_is_33_33_percent_and_halves_go_to_even() {
    let placement = Placement::Residential52Weeks;
    let child = Case { placement, domains: domains(&[Level::Severe]), ..child() };
    // 33.33% of £1,000.00 is £333.30; of £150.00 £49.995, to even £50.00; of £50.00 £16.665,
    // to even £16.66.
    check(Case { care_pence: 1_000_00, ..child.clone() }, Reason::None, 333_30, 666_70);
    check(Case { care_pence: 150_00, ..child.clone() }, Reason::None, 50_00, 100_00);
    check(Case { care_pence: 50_00, ..child }, Reason::None, 16_66, 33_34);
}

#[test]
fn the_icb_pays_at_most_3500_pounds() {
    let case = Case { has_section_117: true, education_pence: 5_00, ..child() };
    let at_limit = Case { care_pence: 6_000_00, health_pence: 500_00, ..case.clone() };
    check(at_limit, Reason::None, 3_500_00, 3_005_00);
    let above = Case { care_pence: 6_000_02, health_pence: 500_00, ..case };
    check(above, Reason::None, 3_500_00, 3_005_02);
}

#[test]
fn all_ways_to_decide_agree_on_every_case() {
    // A block is left incomplete at the end.
    let cases = generate(CASES - 3);
    let columns = Columns::of(&cases);
    let expected = Answers::of(&cases.iter().map(decide).collect::<Vec<_>>());
    for decide in [one_loop::decide, staged::decide, staged::decide_by_day_number] {
        let mut answers = Answers::new(columns.count());
        decide(&columns, &mut answers);
        assert!(answers == expected);
    }
}

#[test]
fn the_cases_reach_every_reason_and_share() {
    const SHARES: [i64; 6] = [0, 25_00, 33_33, 40_00, 50_00, 75_00];
    let (mut reasons, mut shares) = ([0; 5], [0; 6]);
    let (mut limited, mut halves) = (0, [0; 2]);
    for case in generate(CASES) {
        let decision = decide(&case);
        reasons[decision.reason as usize] += 1;
        if decision.reason != Reason::None {
            continue;
        }
        limited += usize::from(decision.icb_pence == ICB_LIMIT);
        let share = row::icb_share(&case);
        shares[SHARES.iter().position(|known| *known == share).unwrap()] += 1;
        let exact = case.care_pence * share;
        if exact % 10_000 == 5_000 {
            halves[usize::from(ten_thousandths_halves_to_even(exact) * 10_000 > exact)] += 1;
        }
    }
    let counts = reasons.into_iter().chain(shares).chain(halves).chain([limited]);
    assert!(counts.min().unwrap() > CASES / 500, "{reasons:?} {shares:?} {halves:?} {limited}");
}
