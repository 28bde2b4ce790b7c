//! One loop over columns, as most people write it.

use core::ops::Range;

use super::row::{Level, Placement, Reason, ten_thousandths_halves_to_even};
use super::{Answers, Columns, ICB_LIMIT};
use crate::rivals::date::Date;

/// Decides all cases.
pub fn decide(columns: &Columns, answers: &mut Answers) {
    decide_range(columns, 0..columns.count(), answers);
}

/// Decides some of the cases.
pub(super) fn decide_range(columns: &Columns, cases: Range<usize>, answers: &mut Answers) {
    for case in cases {
        let reason = reason(columns, case);
        let health = columns.health[case];
        let total = columns.education[case] + columns.care[case] + health;
        let mut icb = 0;
        if reason == Reason::None {
            let part =
                ten_thousandths_halves_to_even(columns.care[case] * icb_share(columns, case));
            icb = (part + health).min(ICB_LIMIT);
        }
        answers.reasons[case] = reason as u8;
        answers.icb[case] = icb;
        answers.council[case] = total - icb;
    }
}

fn reason(columns: &Columns, case: usize) -> Reason {
    let age = Date(columns.births[case]).age_on(Date(columns.decisions[case]));
    if columns.residents[case] == 0 {
        Reason::NotResident
    } else if columns.registered[case] == 0 {
        Reason::NotRegistered
    } else if age >= 25 {
        Reason::TooOld
    } else if age >= 18 && columns.plans[case] == 0 {
        Reason::NoPlan
    } else {
        Reason::None
    }
}

/// The ICB's share of the care cost, in ten-thousandths.
fn icb_share(columns: &Columns, case: usize) -> i64 {
    const POINTS: [u8; 6] = [0, 1, 3, 6, 10, 15];
    let (mut severe, mut high, mut score) = (0, 0, 0);
    for domain in &columns.domains {
        let level = domain[case];
        severe += u8::from(level >= Level::Severe as u8);
        high += u8::from(level >= Level::High as u8);
        score += POINTS[usize::from(level)];
    }
    let mut share = 0;
    if severe >= 1 || high >= 3 {
        share = match score {
            0..20 => 25_00,
            20..35 => 40_00,
            35..60 => 50_00,
            60.. => 75_00,
        };
        if columns.placements[case] == Placement::Residential52Weeks as u8 {
            share = share.max(33_33);
        }
    }
    if columns.section_117[case] != 0 {
        share = share.max(50_00);
    }
    share
}
