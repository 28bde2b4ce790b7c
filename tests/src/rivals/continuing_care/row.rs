//! One case at a time.

use super::{
    DAY_CARE_RATES, ICB_LIMIT, RATES_OF_2026, WAKING_NIGHT_RATES, WHOLE, quarters_halves_up,
};
use crate::rivals::date::Date;
pub use crate::rivals::weekly_package::row::Level;

/// What is known of one child.
#[derive(Clone, Debug)]
pub struct Case {
    /// Date of birth.
    pub birth: Date,
    /// The day for which is decided; not before the birth or 1 April 2025.
    pub decision: Date,
    /// Registered with a GP in Northshire.
    pub is_registered: bool,
    /// On the fast track.
    pub is_fast_track: bool,
    /// What the panel decided.
    pub panel: Panel,
    /// The ten domains.
    pub domains: [Level; 10],
    /// Day care a week, in quarters of an hour.
    pub day_care_quarters: i64,
    /// Waking nights a week.
    pub waking_nights: i64,
    /// Cost of the school placement a week.
    pub school_pence: i64,
}

/// What the panel decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Panel {
    Open,
    Agreed,
    Refused,
}

/// What is decided for a child that the policy covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Eligible for continuing care.
    pub is_eligible: bool,
    /// Referred to the joint panel.
    pub is_referred: bool,
    /// The points of all domains.
    pub total_points: u8,
    /// Care cost a week.
    pub care_pence: i64,
    /// What the ICB pays a week.
    pub icb_pence: i64,
    /// What social care pays a week.
    pub social_care_pence: i64,
    /// What education pays a week, with the school placement.
    pub education_pence: i64,
}

/// Decides one case. `None` where the policy does not cover it.
#[must_use]
pub fn decide(case: &Case) -> Option<Decision> {
    if case.birth.age_on(case.decision) >= 18 || !case.is_registered {
        return None;
    }
    let is_eligible = is_eligible(case);
    let total_points = total_points(&case.domains);
    let care_pence = care_cost(case);
    let shares = shares(case, is_eligible, total_points);
    let [icb, social_care, education] = split(care_pence, shares);
    let excess = (icb - ICB_LIMIT).max(0);
    Some(Decision {
        is_eligible,
        is_referred: excess > 0,
        total_points,
        care_pence,
        icb_pence: icb - excess,
        social_care_pence: social_care + excess,
        education_pence: education + case.school_pence,
    })
}

fn is_eligible(case: &Case) -> bool {
    case.is_fast_track
        || case.panel == Panel::Agreed
        || case.panel != Panel::Refused && has_need(&case.domains)
}

fn has_need(domains: &[Level; 10]) -> bool {
    let at_least = |level| domains.iter().filter(|domain| **domain >= level).count();
    at_least(Level::Severe) >= 1 || at_least(Level::High) >= 3
}

fn total_points(domains: &[Level; 10]) -> u8 {
    const POINTS: [u8; 6] = [0, 1, 3, 6, 12, 20];
    domains.iter().map(|level| POINTS[*level as usize]).sum()
}

fn care_cost(case: &Case) -> i64 {
    let rate = usize::from(case.decision >= RATES_OF_2026);
    let day_care = case.day_care_quarters * DAY_CARE_RATES[rate];
    quarters_halves_up(day_care + 4 * case.waking_nights * WAKING_NIGHT_RATES[rate])
}

/// The shares of the ICB, social care and education, in sixtieths.
fn shares(case: &Case, is_eligible: bool, total_points: u8) -> [i64; 3] {
    if !is_eligible {
        return [0, 60, 0];
    }
    if case.is_fast_track {
        return [60, 0, 0];
    }
    match total_points {
        0..20 => [15, 45, 0],
        20..35 => [20, 20, 20],
        35..60 => [30, 18, 12],
        60.. => [42, 12, 6],
    }
}

/// Splits pence by shares in sixtieths: down to whole pence, and the spare pennies to the
/// largest fractions, ties in the order of the parties.
pub(super) fn split(pence: i64, shares: [i64; 3]) -> [i64; 3] {
    let exact = shares.map(|share| pence as u64 * share as u64);
    let mut parts = exact.map(|exact| (exact / WHOLE) as i64);
    let mut fractions = exact.map(|exact| exact % WHOLE);
    let spare = pence - parts.iter().sum::<i64>();
    for _ in 0..spare {
        let mut largest = 0;
        for party in 1..3 {
            if fractions[party] > fractions[largest] {
                largest = party;
            }
        }
        parts[largest] += 1;
        fractions[largest] = 0;
    }
    parts
}
