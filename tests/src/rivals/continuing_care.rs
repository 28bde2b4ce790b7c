//! The policy of `examples/continuing_care`: who qualifies, and who pays which part.

pub mod cases;
pub mod one_loop;
pub mod row;
pub mod staged;

use crate::rivals::date::Date;
use row::{Case, Decision};

/// What the ICB pays at most in a week, in pence.
pub const ICB_LIMIT: i64 = 1_600_00;

/// The day from which the rates of 2026 hold.
const RATES_OF_2026: Date = Date::new(2026, 4, 1);

/// Pence for an hour of day care, in 2025 and from 2026 on.
const DAY_CARE_RATES: [i64; 2] = [24_50, 25_61];
/// Pence for a waking night.
const WAKING_NIGHT_RATES: [i64; 2] = [176_35, 183_40];

/// Pence of quarters of a penny, halves up.
#[inline]
fn quarters_halves_up(quarters: i64) -> i64 {
    (quarters + 2) >> 2
}

/// Shares in sixtieths: every share of the policy is a whole number of them.
const WHOLE: u64 = 60;

/// The facts of many cases, a column each. Truths are 1 or 0, words their number.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// Dates of birth, packed as in [`Date`].
    pub births: Vec<i32>,
    /// Decision dates, packed likewise.
    pub decisions: Vec<i32>,
    /// Registered with a GP in Northshire.
    pub registered: Vec<u8>,
    /// On the fast track.
    pub fast_track: Vec<u8>,
    /// The number of what the panel decided: [`row::Panel`].
    pub panels: Vec<u8>,
    /// The level of each domain: [`row::Level`].
    pub domains: [Vec<u8>; 10],
    /// Day care, in quarters of an hour.
    pub day_care: Vec<i64>,
    /// Waking nights.
    pub nights: Vec<i64>,
    /// Cost of the school placement, in pence.
    pub school: Vec<i64>,
}

impl Columns {
    /// The cases as columns.
    #[must_use]
    pub fn of(cases: &[Case]) -> Self {
        let mut columns = Columns::default();
        for case in cases {
            columns.push(case);
        }
        columns
    }

    /// How many cases there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.school.len()
    }

    fn push(&mut self, case: &Case) {
        self.births.push(case.birth.0);
        self.decisions.push(case.decision.0);
        self.registered.push(u8::from(case.is_registered));
        self.fast_track.push(u8::from(case.is_fast_track));
        self.panels.push(case.panel as u8);
        for (column, level) in self.domains.iter_mut().zip(case.domains) {
            column.push(level as u8);
        }
        self.day_care.push(case.day_care_quarters);
        self.nights.push(case.waking_nights);
        self.school.push(case.school_pence);
    }
}

/// What is decided for many cases, a column each; all 0 where a case is not covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// Covered by the policy.
    pub covered: Vec<u8>,
    /// Eligible.
    pub eligible: Vec<u8>,
    /// Referred to the joint panel.
    pub referred: Vec<u8>,
    /// Total points.
    pub points: Vec<u8>,
    /// Care cost, in pence.
    pub care: Vec<i64>,
    /// What the ICB, social care and education pay, in pence.
    pub pays: [Vec<i64>; 3],
}

impl Answers {
    /// Room for the answers of so many cases.
    #[must_use]
    pub fn new(count: usize) -> Self {
        let bytes = || vec![0; count];
        Answers {
            covered: bytes(),
            eligible: bytes(),
            referred: bytes(),
            points: bytes(),
            care: vec![0; count],
            pays: [(); 3].map(|()| vec![0; count]),
        }
    }

    /// The decisions as columns.
    #[must_use]
    pub fn of(decisions: &[Option<Decision>]) -> Self {
        let mut answers = Answers::new(decisions.len());
        for (place, decision) in decisions.iter().enumerate() {
            if let Some(decision) = decision {
                answers.set(place, decision);
            }
        }
        answers
    }

    fn set(&mut self, place: usize, decision: &Decision) {
        self.covered[place] = 1;
        self.eligible[place] = u8::from(decision.is_eligible);
        self.referred[place] = u8::from(decision.is_referred);
        self.points[place] = decision.total_points;
        self.care[place] = decision.care_pence;
        self.pays[0][place] = decision.icb_pence;
        self.pays[1][place] = decision.social_care_pence;
        self.pays[2][place] = decision.education_pence;
    }
}

#[cfg(test)]
mod tests;
