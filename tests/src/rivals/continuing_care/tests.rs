use super::cases::{HIGHEST, generate};
use super::row::{Case, Decision, Level, Panel, decide};
use super::*;
use crate::rivals::CASES;

/// Breathing, eating and drinking, mobility, continence, skin, communication, drugs,
/// psychological and emotional needs, seizures, behaviour.
const THREE_HIGHS: [Level; 10] = [
    Level::High,
    Level::High,
    Level::High,
    Level::Low,
    Level::None,
    Level::Moderate,
    Level::None,
    Level::None,
    Level::None,
    Level::None,
];

/// The example "Three highs" of the policy, on which the others build.
fn three_highs() -> Case {
    Case {
        birth: Date::new(2017, 5, 3),
        decision: Date::new(2026, 5, 12),
        is_registered: true,
        is_fast_track: false,
        panel: Panel::Open,
        domains: THREE_HIGHS,
        day_care_quarters: 86,
        waking_nights: 2,
        school_pence: 0,
    }
}

/// Three highs with the levels of some domains changed.
fn with(changes: &[(usize, Level)]) -> Case {
    let mut case = three_highs();
    for (domain, level) in changes {
        case.domains[*domain] = *level;
    }
    case
}

fn decided(case: &Case) -> Decision {
    decide(case).unwrap()
}

fn payments(decision: Decision) -> [i64; 3] {
    [decision.icb_pence, decision.social_care_pence, decision.education_pence]
}

#[test]
fn three_highs_share_in_thirds() {
    let expected = Decision {
        is_eligible: true,
        is_referred: false,
        total_points: 22,
        care_pence: 917_42,
        icb_pence: 305_81,
        social_care_pence: 305_81,
        education_pence: 305_80,
    };
    assert_eq!(decided(&three_highs()), expected);
}

#[test]
fn a_year_earlier_the_rates_are_lower() {
    let decision = decided(&Case { decision: Date::new(2025, 5, 12), ..three_highs() });
    assert_eq!(decision.care_pence, 879_45);
    assert_eq!(payments(decision), [293_15; 3]);
}

#[test]
fn one_severe_is_18_points() {
    let levels = [(0, Level::Severe), (1, Level::Low), (2, Level::Low)];
    let decision = decided(&Case { day_care_quarters: 82, waking_nights: 0, ..with(&levels) });
    assert_eq!((decision.total_points, decision.care_pence), (18, 525_01));
    assert_eq!(payments(decision), [131_25, 393_76, 0]);
}

#[test]
fn above_the_icb_limit_social_care_pays_and_the_case_is_referred() {
    let levels = [(0, Level::Priority), (8, Level::Severe), (6, Level::High)];
    let decision = decided(&Case { day_care_quarters: 336, waking_nights: 7, ..with(&levels) });
    assert_eq!((decision.total_points, decision.care_pence), (54, 3_435_04));
    assert!(decision.is_referred);
    assert_eq!(payments(decision), [1_600_00, 1_148_03, 687_01]);
}

#[test]
fn three_priorities_are_76_points() {
    let levels = [(0, Level::Priority), (6, Level::Priority), (9, Level::Priority)];
    let decision = decided(&with(&levels));
    assert_eq!(decision.total_points, 76);
    assert_eq!(payments(decision), [642_20, 183_48, 91_74]);
}

#[test]
fn fast_track_and_the_panel_outrank_the_levels() {
    let fast_track = Case { is_fast_track: true, ..three_highs() };
    assert_eq!(payments(decided(&fast_track)), [917_42, 0, 0]);
    let refused = decided(&Case { panel: Panel::Refused, ..three_highs() });
    assert!(!refused.is_eligible);
    assert_eq!(payments(refused), [0, 917_42, 0]);
    // Fast track outranks the refusal as well.
    let both = Case { panel: Panel::Refused, ..fast_track };
    assert!(decided(&both).is_eligible);
    // 16 points of two highs, a low and a moderate: not eligible but for the panel.
    let two_highs = with(&[(2, Level::None)]);
    assert!(!decided(&two_highs).is_eligible);
    assert!(decided(&Case { panel: Panel::Agreed, ..two_highs }).is_eligible);
}

#[test]
fn education_pays_the_school_placement() {
    let decision = decided(&Case { school_pence: 100_00, ..three_highs() });
    assert_eq!(payments(decision), [305_81, 305_81, 405_80]);
}

#[test]
fn nobody_of_18_or_registered_elsewhere_is_covered() {
    assert_eq!(decide(&Case { birth: Date::new(2008, 5, 12), ..three_highs() }), None);
    assert_eq!(decide(&Case { is_registered: false, ..three_highs() }), None);
    assert!(decide(&Case { birth: Date::new(2008, 5, 13), ..three_highs() }).is_some());
}

#[test]
fn all_ways_to_decide_agree_on_every_case() {
    // A block is left incomplete at the end.
    let cases = generate(CASES - 3);
    let columns = Columns::of(&cases);
    let expected = Answers::of(&cases.iter().map(decide).collect::<Vec<_>>());
    for decide in [one_loop::decide, staged::decide] {
        let mut answers = Answers::new(columns.count());
        // What stood there before must go, also where a case is not covered.
        answers.care.fill(1);
        answers.points.fill(1);
        decide(&columns, &mut answers);
        assert!(answers == expected);
    }
}

#[test]
fn the_cases_reach_every_row_of_shares() {
    let mut counts = [0; 10];
    for case in generate(CASES) {
        assert!(case.domains.iter().zip(HIGHEST).all(|(level, highest)| *level <= highest));
        counts[0] += usize::from(case.decision < RATES_OF_2026);
        let Some(decision) = decide(&case) else {
            counts[1] += 1;
            continue;
        };
        counts[2] += usize::from(decision.is_referred);
        counts[3] += usize::from(case.panel == Panel::Refused && !decision.is_eligible);
        let row = match decision {
            Decision { is_eligible: false, .. } => 4,
            _ if case.is_fast_track => 5,
            Decision { total_points: 0..20, .. } => 6,
            Decision { total_points: 20..35, .. } => 7,
            Decision { total_points: 35..60, .. } => 8,
            _ => 9,
        };
        counts[row] += 1;
    }
    assert!(counts.into_iter().min().unwrap() > CASES / 200, "{counts:?}");
}
