//! One case at a time.

use super::ICB_LIMIT;
use crate::rivals::date::Date;

/// What is known of one child.
#[derive(Clone, Debug)]
pub struct Case {
    /// Date of birth.
    pub birth: Date,
    /// The day for which is decided; not before the birth.
    pub decision: Date,
    /// Ordinarily resident.
    pub is_resident: bool,
    /// Registered with a GP.
    pub is_registered: bool,
    /// Has an EHC plan.
    pub has_plan: bool,
    /// Section 117 applies.
    pub has_section_117: bool,
    /// Where the child lives and learns.
    pub placement: Placement,
    /// The ten domains.
    pub domains: [Level; 10],
    /// Education cost a week.
    pub education_pence: i64,
    /// Care cost a week.
    pub care_pence: i64,
    /// Health cost a week.
    pub health_pence: i64,
}

/// Where the child lives and learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Placement {
    Home,
    DaySchool,
    Residential38Weeks,
    Residential52Weeks,
}

/// A level of need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Level {
    None,
    Low,
    Moderate,
    High,
    Severe,
    Priority,
}

/// The first reason why a child is not eligible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Reason {
    None,
    NotResident,
    NotRegistered,
    TooOld,
    NoPlan,
}

/// What is decided for one child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Why the child is not eligible, if it is not.
    pub reason: Reason,
    /// What the ICB pays a week.
    pub icb_pence: i64,
    /// What the council pays a week.
    pub council_pence: i64,
}

/// Decides one case.
#[must_use]
pub fn decide(case: &Case) -> Decision {
    let reason = reason(case);
    let total = case.education_pence + case.care_pence + case.health_pence;
    if reason != Reason::None {
        return Decision { reason, icb_pence: 0, council_pence: total };
    }
    let part = ten_thousandths_halves_to_even(case.care_pence * icb_share(case));
    let icb_pence = (part + case.health_pence).min(ICB_LIMIT);
    Decision { reason, icb_pence, council_pence: total - icb_pence }
}

fn reason(case: &Case) -> Reason {
    let age = case.birth.age_on(case.decision);
    if !case.is_resident {
        Reason::NotResident
    } else if !case.is_registered {
        Reason::NotRegistered
    } else if age >= 25 {
        Reason::TooOld
    } else if age >= 18 && !case.has_plan {
        Reason::NoPlan
    } else {
        Reason::None
    }
}

/// The ICB's share of the care cost, in ten-thousandths.
pub(super) fn icb_share(case: &Case) -> i64 {
    let mut share = 0;
    if has_continuing_care(&case.domains) {
        share = band_share(score(&case.domains));
        if case.placement == Placement::Residential52Weeks {
            share = share.max(33_33);
        }
    }
    if case.has_section_117 {
        share = share.max(50_00);
    }
    share
}

fn has_continuing_care(domains: &[Level; 10]) -> bool {
    let at_least = |level| domains.iter().filter(|domain| **domain >= level).count();
    at_least(Level::Severe) >= 1 || at_least(Level::High) >= 3
}

fn score(domains: &[Level; 10]) -> u8 {
    const POINTS: [u8; 6] = [0, 1, 3, 6, 10, 15];
    domains.iter().map(|level| POINTS[*level as usize]).sum()
}

fn band_share(score: u8) -> i64 {
    match score {
        0..20 => 25_00,
        20..35 => 40_00,
        35..60 => 50_00,
        60.. => 75_00,
    }
}

/// Whole pence of an amount in ten-thousandths of a penny, 0 or more; halves to even.
#[inline]
pub(super) fn ten_thousandths_halves_to_even(amount: i64) -> i64 {
    let amount = amount as u64 + 5_000;
    let (rounded_up, rest) = (amount / 10_000, amount % 10_000);
    (rounded_up - (u64::from(rest == 0) & rounded_up & 1)) as i64
}
