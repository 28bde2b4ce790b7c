//! Generated policies and cases of them, the engine held against the reference.

use apportion::policy::Policy;

use crate::comparison::{Difference, Tally, compare};
use crate::generator::choices::{Choices, Seeded};
use crate::generator::model::Model;
use crate::generator::shrink::shrink;
use crate::generator::{generate, print};
use crate::order::{OrderMatters, same_in_another_order};
use crate::random_cases::{CaseMaker, Facts};
use crate::rivals::random::Random;

/// How many cases of each policy are compared.
pub const CASES: usize = 64;
/// How many of them are decided in another order of the policy as well.
const CASES_IN_ANOTHER_ORDER: usize = 8;

/// What is wrong with a generated policy.
#[derive(Clone, Debug)]
pub enum Finding {
    /// It is valid by construction, and refused: with this code.
    Refused(&'static str),
    /// The engine and the reference differ on a case of it.
    Differs(Box<Difference>),
    /// A case of it is answered otherwise when it is written in another order.
    OrderMatters(Box<OrderMatters>),
}

/// A policy with something wrong, and what.
#[derive(Clone, Debug)]
pub struct Found {
    /// The policy as it was generated.
    pub model: Model,
    /// By which cases.
    pub seed: u64,
    /// What is wrong.
    pub finding: Finding,
}

/// Generates the policy of a seed and compares cases of it.
///
/// # Errors
///
/// Returns the policy where it is refused, where the engine and the reference differ, or where
/// the engine answers otherwise when the policy is written in another order.
pub fn attack(seed: u64) -> Result<Tally, Box<Found>> {
    let mut choices = Seeded::new(seed);
    let model = generate(&mut choices as &mut dyn Choices);
    attack_model(&model, seed, CASES).map_err(|finding| Box::new(Found { model, seed, finding }))
}

/// Compares cases of one policy.
///
/// # Errors
///
/// Returns what is wrong where it is refused, or where the engine and the reference differ.
pub fn attack_model(model: &Model, seed: u64, cases: usize) -> Result<Tally, Finding> {
    let (text, _) = print(model);
    let policy = Policy::parse(&text).map_err(|mistakes| {
        let mut errors = mistakes.diagnostics.iter().filter(|found| found.is_error());
        Finding::Refused(errors.next().map_or("", |found| found.code))
    })?;
    let maker = CaseMaker::new(policy.checked());
    let mut random = Random::new(seed);
    let cases: Vec<Facts> = (0..cases).map(|_| maker.random(&mut random)).collect();
    let tally = compare(&policy, &cases).map_err(Finding::Differs)?;
    let some = cases.get(..CASES_IN_ANOTHER_ORDER).unwrap_or(&cases);
    same_in_another_order(model, &policy, some, 1, &mut Seeded::new(seed))
        .map_err(Finding::OrderMatters)?;
    Ok(tally)
}

impl Found {
    /// What is wrong, without the names and numbers of this policy.
    #[must_use]
    pub fn kind(&self) -> String {
        match &self.finding {
            Finding::Refused(code) => (*code).to_owned(),
            Finding::Differs(it) => {
                let said = format!("{} | {} | {}", it.what, it.reference, it.engine);
                kind_of(&said).chars().take(120).collect()
            }
            Finding::OrderMatters(it) => {
                let said = format!("order | {:?} | {:?}", it.as_written, it.reordered);
                kind_of(&said).chars().take(120).collect()
            }
        }
    }

    /// The smallest policy in which the same thing is wrong, and what.
    #[must_use]
    pub fn shrunk(&self) -> Found {
        let mut finding = self.finding.clone();
        let model =
            shrink(&self.model, |candidate| match attack_model(candidate, self.seed, 4 * CASES) {
                Err(found) if found.is_like(&self.finding) => {
                    finding = found;
                    true
                }
                _ => false,
            });
        Found { model, seed: self.seed, finding }
    }
}

impl Finding {
    /// Whether both are one kind of finding.
    fn is_like(&self, other: &Finding) -> bool {
        match (self, other) {
            (Finding::Refused(a), Finding::Refused(b)) => a == b,
            (Finding::Differs(a), Finding::Differs(b)) => kind_of(&a.what) == kind_of(&b.what),
            (Finding::OrderMatters(a), Finding::OrderMatters(b)) => {
                a.given.is_empty() == b.given.is_empty()
            }
            _ => false,
        }
    }
}

/// What differs, without the names in it.
fn kind_of(what: &str) -> String {
    let mut is_name = false;
    what.chars()
        .filter(|letter| {
            is_name ^= *letter == '`';
            !is_name && !letter.is_ascii_digit()
        })
        .collect()
}

impl core::fmt::Display for Found {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match &self.finding {
            Finding::Refused(code) => {
                writeln!(f, "-- seed {}: refused as {code}", self.seed)?;
                f.write_str(&print(&self.model).0)
            }
            Finding::Differs(difference) => {
                let Difference { what, reference, engine, given, policy } = &**difference;
                writeln!(f, "-- seed {}: {what} differs", self.seed)?;
                writeln!(f, "-- reference: {reference}\n-- engine:    {engine}")?;
                writeln!(f, "{policy}\nexamples\n{given}")
            }
            Finding::OrderMatters(matters) => write!(f, "-- seed {}\n{matters}", self.seed),
        }
    }
}
