//! The weekly package of one child, as `examples/weekly_package` has it.

pub mod cases;
pub mod one_loop;
pub mod row;
pub mod staged;

use row::{Case, Decision};

/// What the ICB pays at most in a week, in pence.
pub const ICB_LIMIT: i64 = 3_500_00;

/// The facts of many cases, a column each. Truths are 1 or 0, words their number.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// Dates of birth, packed as in [`Date`](super::date::Date).
    pub births: Vec<i32>,
    /// Decision dates, packed likewise.
    pub decisions: Vec<i32>,
    /// Dates of birth as days since 1970.
    pub birth_numbers: Vec<i32>,
    /// Decision dates as days since 1970.
    pub decision_numbers: Vec<i32>,
    /// Ordinarily resident.
    pub residents: Vec<u8>,
    /// GP registered.
    pub registered: Vec<u8>,
    /// Has an EHC plan.
    pub plans: Vec<u8>,
    /// Section 117 applies.
    pub section_117: Vec<u8>,
    /// The number of the placement: [`row::Placement`].
    pub placements: Vec<u8>,
    /// The level of each domain: [`row::Level`].
    pub domains: [Vec<u8>; 10],
    /// Education cost, in pence.
    pub education: Vec<i64>,
    /// Care cost, in pence.
    pub care: Vec<i64>,
    /// Health cost, in pence.
    pub health: Vec<i64>,
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
        self.care.len()
    }

    fn push(&mut self, case: &Case) {
        self.births.push(case.birth.0);
        self.decisions.push(case.decision.0);
        self.birth_numbers.push(case.birth.day_number());
        self.decision_numbers.push(case.decision.day_number());
        self.residents.push(u8::from(case.is_resident));
        self.registered.push(u8::from(case.is_registered));
        self.plans.push(u8::from(case.has_plan));
        self.section_117.push(u8::from(case.has_section_117));
        self.placements.push(case.placement as u8);
        for (column, level) in self.domains.iter_mut().zip(case.domains) {
            column.push(level as u8);
        }
        self.education.push(case.education_pence);
        self.care.push(case.care_pence);
        self.health.push(case.health_pence);
    }
}

/// What is decided for many cases, a column each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// The number of the reason: [`row::Reason`].
    pub reasons: Vec<u8>,
    /// What the ICB pays, in pence.
    pub icb: Vec<i64>,
    /// What the council pays, in pence.
    pub council: Vec<i64>,
}

impl Answers {
    /// Room for the answers of so many cases.
    #[must_use]
    pub fn new(count: usize) -> Self {
        Answers { reasons: vec![0; count], icb: vec![0; count], council: vec![0; count] }
    }

    /// The decisions as columns.
    #[must_use]
    pub fn of(decisions: &[Decision]) -> Self {
        Answers {
            reasons: decisions.iter().map(|decision| decision.reason as u8).collect(),
            icb: decisions.iter().map(|decision| decision.icb_pence).collect(),
            council: decisions.iter().map(|decision| decision.council_pence).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
