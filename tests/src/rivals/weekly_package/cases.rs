//! Made-up cases, the same in every run, that reach every branch.

use super::row::{Case, Level, Placement};
use crate::rivals::date::Date;
use crate::rivals::random::Random;

const LEVELS: [Level; 6] =
    [Level::None, Level::Low, Level::Moderate, Level::High, Level::Severe, Level::Priority];

/// How often each level occurs, for a child with few needs, with some, and with many.
const LEVEL_WEIGHTS: [[u64; 6]; 3] =
    [[55, 30, 12, 2, 1, 0], [30, 30, 26, 10, 3, 1], [5, 10, 20, 30, 20, 15]];

/// So many cases.
#[must_use]
pub fn generate(count: usize) -> Vec<Case> {
    let mut random = Random::new(0x1f_4ef);
    (0..count).map(|_| case(&mut random)).collect()
}

fn case(random: &mut Random) -> Case {
    let decision = random.between(FIRST_DECISION, LAST_DECISION) as i32;
    let birth = decision - random.between(0, 27 * 365) as i32;
    let weights = &LEVEL_WEIGHTS[random.weighted(&[45, 35, 20])];
    let placement = placement(random);
    let is_residential =
        matches!(placement, Placement::Residential38Weeks | Placement::Residential52Weeks);
    let greatest_pounds = if is_residential { 6_000 } else { 1_500 };
    Case {
        birth: Date::from_day_number(birth),
        decision: Date::from_day_number(decision),
        is_resident: random.is_in(95),
        is_registered: random.is_in(96),
        has_plan: random.is_in(70),
        has_section_117: random.is_in(8),
        placement,
        domains: [(); 10].map(|()| LEVELS[random.weighted(weights)]),
        education_pence: cost(random, greatest_pounds),
        care_pence: cost(random, greatest_pounds),
        health_pence: cost(random, 900),
    }
}

/// 1 April 2025 and 31 March 2027, as days since 1970.
const FIRST_DECISION: i64 = 20_179;
const LAST_DECISION: i64 = 20_908;

fn placement(random: &mut Random) -> Placement {
    match random.weighted(&[45, 30, 15, 10]) {
        0 => Placement::Home,
        1 => Placement::DaySchool,
        2 => Placement::Residential38Weeks,
        _ => Placement::Residential52Weeks,
    }
}

/// A cost in pence: one in ten is nothing, four in ten are whole pounds.
fn cost(random: &mut Random, greatest_pounds: i64) -> i64 {
    match random.below(10) {
        0 => 0,
        1..5 => 1_00 * random.between(1, greatest_pounds),
        _ => random.between(1, 1_00 * greatest_pounds),
    }
}
