//! Made-up cases, the same in every run, that reach every branch.

use super::row::{Case, Level, Panel};
use crate::rivals::date::Date;
use crate::rivals::random::Random;

const LEVELS: [Level; 6] =
    [Level::None, Level::Low, Level::Moderate, Level::High, Level::Severe, Level::Priority];

/// The highest level of each domain, in the order of the policy.
pub const HIGHEST: [Level; 10] = [
    Level::Priority,
    Level::Severe,
    Level::Severe,
    Level::High,
    Level::Severe,
    Level::High,
    Level::Priority,
    Level::High,
    Level::Severe,
    Level::Priority,
];

/// How often each level occurs, for a child with few needs, with some, and with many.
const LEVEL_WEIGHTS: [[u64; 6]; 3] =
    [[50, 30, 15, 4, 1, 0], [25, 25, 25, 18, 5, 2], [5, 10, 20, 30, 20, 15]];

/// 1 April 2025 and 31 March 2027, as days since 1970.
const FIRST_DECISION: i64 = 20_179;
const LAST_DECISION: i64 = 20_908;

/// So many cases.
#[must_use]
pub fn generate(count: usize) -> Vec<Case> {
    let mut random = Random::new(0xc_a4e);
    (0..count).map(|_| case(&mut random)).collect()
}

fn case(random: &mut Random) -> Case {
    let decision = random.between(FIRST_DECISION, LAST_DECISION) as i32;
    let birth = decision - random.between(0, 19 * 365) as i32;
    let weights = &LEVEL_WEIGHTS[random.weighted(&[45, 35, 20])];
    let most_quarters = [120, 400, 672][random.weighted(&[60, 30, 10])];
    Case {
        birth: Date::from_day_number(birth),
        decision: Date::from_day_number(decision),
        is_registered: random.is_in(97),
        is_fast_track: random.is_in(4),
        panel: panel(random),
        domains: HIGHEST.map(|highest| LEVELS[random.weighted(weights)].min(highest)),
        day_care_quarters: random.between(0, most_quarters),
        waking_nights: random.weighted(&[50, 15, 10, 8, 6, 5, 3, 3]) as i64,
        school_pence: school_cost(random),
    }
}

fn panel(random: &mut Random) -> Panel {
    match random.weighted(&[80, 12, 8]) {
        0 => Panel::Open,
        1 => Panel::Agreed,
        _ => Panel::Refused,
    }
}

/// Half of the children have no placement that costs anything.
fn school_cost(random: &mut Random) -> i64 {
    if random.is_in(50) { 0 } else { random.between(1, 3_000_00) }
}
