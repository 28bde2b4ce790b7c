//! One loop over columns, as most people write it.

use core::ops::Range;

use super::row::{Level, Panel, split};
use super::{
    Answers, Columns, DAY_CARE_RATES, ICB_LIMIT, RATES_OF_2026, WAKING_NIGHT_RATES,
    quarters_halves_up,
};
use crate::rivals::date::Date;

/// Decides all cases.
pub fn decide(columns: &Columns, answers: &mut Answers) {
    decide_range(columns, 0..columns.count(), answers);
}

/// Decides some of the cases.
pub(super) fn decide_range(columns: &Columns, cases: Range<usize>, answers: &mut Answers) {
    for case in cases {
        let age = Date(columns.births[case]).age_on(Date(columns.decisions[case]));
        if age < 18 && columns.registered[case] != 0 {
            decide_covered(columns, case, answers);
        } else {
            leave_empty(case, answers);
        }
    }
}

fn decide_covered(columns: &Columns, case: usize, answers: &mut Answers) {
    let (has_need, points) = needs(columns, case);
    let is_fast_track = columns.fast_track[case] != 0;
    let panel = columns.panels[case];
    let is_eligible =
        is_fast_track || panel == Panel::Agreed as u8 || panel != Panel::Refused as u8 && has_need;
    let care = care_cost(columns, case);
    let [icb, social_care, education] = split(care, shares(is_eligible, is_fast_track, points));
    let excess = (icb - ICB_LIMIT).max(0);
    answers.covered[case] = 1;
    answers.eligible[case] = u8::from(is_eligible);
    answers.referred[case] = u8::from(excess > 0);
    answers.points[case] = points;
    answers.care[case] = care;
    answers.pays[0][case] = icb - excess;
    answers.pays[1][case] = social_care + excess;
    answers.pays[2][case] = education + columns.school[case];
}

fn leave_empty(case: usize, answers: &mut Answers) {
    answers.covered[case] = 0;
    answers.eligible[case] = 0;
    answers.referred[case] = 0;
    answers.points[case] = 0;
    answers.care[case] = 0;
    for pays in &mut answers.pays {
        pays[case] = 0;
    }
}

/// Whether the levels alone make the child eligible, and their points.
fn needs(columns: &Columns, case: usize) -> (bool, u8) {
    const POINTS: [u8; 6] = [0, 1, 3, 6, 12, 20];
    let (mut severe, mut high, mut points) = (0, 0, 0);
    for domain in &columns.domains {
        let level = domain[case];
        severe += u8::from(level >= Level::Severe as u8);
        high += u8::from(level >= Level::High as u8);
        points += POINTS[usize::from(level)];
    }
    (severe >= 1 || high >= 3, points)
}

fn care_cost(columns: &Columns, case: usize) -> i64 {
    let rate = usize::from(columns.decisions[case] >= RATES_OF_2026.0);
    let day_care = columns.day_care[case] * DAY_CARE_RATES[rate];
    quarters_halves_up(day_care + 4 * columns.nights[case] * WAKING_NIGHT_RATES[rate])
}

/// The shares of the ICB, social care and education, in sixtieths.
fn shares(is_eligible: bool, is_fast_track: bool, points: u8) -> [i64; 3] {
    if !is_eligible {
        [0, 60, 0]
    } else if is_fast_track {
        [60, 0, 0]
    } else if points < 20 {
        [15, 45, 0]
    } else if points < 35 {
        [20, 20, 20]
    } else if points < 60 {
        [30, 18, 12]
    } else {
        [42, 12, 6]
    }
}
