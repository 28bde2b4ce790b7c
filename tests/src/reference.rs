//! A second, obvious implementation of the language, to hold the engine against.
//!
//! It runs the checked policy as it stands, with fractions of any size, and is written to
//! be read beside the language's reference, section by section. It shares nothing with the
//! compiler or the lanes: its own rounding, ages, tables, splits and limits. Nothing here
//! is made fast.
//!
//! What the language leaves open is settled here, and nowhere else:
//!
//! - **Asked.** In a case that the policy covers, every clause's condition is asked, with
//!   all its parts, whatever the others say. What a clause *says* (an expression, the
//!   rows of a table, shares, an amount) is worked out where the clause applies. Nothing is
//!   skipped because its answer is not needed, so no refusal depends on the order in which
//!   anything is written.
//! - **Rows.** A table that applies asks all its rows, also where the first that applies
//!   wins; the answers of a row are read only where it is among the rows that count.
//! - **Ages.** A birth after the day refuses every covered case in which a clause asks for
//!   that age, whether or not that clause applies: it is evidence that cannot be.
//! - **A wording that is not in force** on the day of the case says nothing, asks nothing but
//!   its ages, and is no reason.
//! - **Outside the cover** only what the cover itself reads is worked out or refuses.
//! - **Promises** decide nothing, and what they read refuses nothing.
//! - **Several clauses for a value** that apply and agree are no clash.
//! - **A value without a clause** that gives it refuses the case where something reads it.
//! - **Cost lines.** A payment that applies makes a line, and a split a line for each party,
//!   also of £0.00: that a party owes nothing is what the clause says of it. A limit makes
//!   lines only where it moves money.

mod age;
mod applies;
pub(crate) mod bank_holidays;
mod condition;
mod day;
mod expression;
mod outcome;
mod payment;
mod reasons;
mod refusal;
mod rounding;
mod split;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use apportion::checked::{Body, Constant, Policy, Provision, ProvisionId};
use apportion_core::program::{ClauseId, ConclusionId, FactId, ValueId};

pub use outcome::{Datum, Fraction, Line, Outcome, RowsChosen, Said};
pub use refusal::Refusal;

/// Decides a case: the facts in the order declared, `None` where the case does not state
/// one.
///
/// # Errors
///
/// Returns every reason for which the case has no decision, and not only the first: the
/// engine must name one of them, and must decide where there is none.
pub fn decide(policy: &Policy, facts: &[Option<Constant>]) -> Result<Outcome, BTreeSet<Refusal>> {
    let facts = complete(policy, facts)?;
    let mut interpreter = Interpreter {
        policy,
        facts,
        refusals: BTreeSet::new(),
        held: BTreeMap::new(),
        applied: BTreeMap::new(),
        concluded: BTreeMap::new(),
        given: BTreeMap::new(),
    };
    match interpreter.outcome() {
        Ok(outcome) if interpreter.refusals.is_empty() => Ok(outcome),
        _ => Err(interpreter.refusals),
    }
}

/// *4 Facts, Not stated*: a fact that is not stated has its default, otherwise it is not
/// known. Text is carried through and never asked for.
fn complete(
    policy: &Policy,
    facts: &[Option<Constant>],
) -> Result<Vec<Constant>, BTreeSet<Refusal>> {
    let mut known = Vec::new();
    let mut refusals = BTreeSet::new();
    for (place, fact) in (0..).zip(&policy.facts) {
        let stated = facts.get(place).copied().flatten();
        match stated.or(fact.default) {
            Some(constant) => known.push(constant),
            None if fact.is_text => known.push(Constant::YesNo(false)),
            None => {
                refusals.insert(Refusal::NotKnown { fact: FactId(number(place)) });
            }
        }
    }
    if refusals.is_empty() { Ok(known) } else { Err(refusals) }
}

/// The interpreter of one case. What was asked once is remembered.
struct Interpreter<'a> {
    policy: &'a Policy,
    facts: Vec<Constant>,
    refusals: BTreeSet<Refusal>,
    held: BTreeMap<ProvisionId, Asked<bool>>,
    applied: BTreeMap<ProvisionId, Asked<bool>>,
    concluded: BTreeMap<ConclusionId, Asked<bool>>,
    given: BTreeMap<(ValueId, Option<FactId>), Asked<Option<Datum>>>,
}

/// An answer, or that the refusal of the case has been noted.
type Asked<T> = Result<T, Refused>;

/// The refusal of the case has been noted.
#[derive(Clone, Copy, Debug)]
struct Refused;

/// Where something is asked.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// The clause that asks.
    clause: ClauseId,
    /// The member at hand, in a table used for each member.
    member: Option<FactId>,
}

impl<'a> Interpreter<'a> {
    /// *9 What applies*: the whole case, or that the policy does not cover it.
    fn outcome(&mut self) -> Asked<Outcome> {
        if !self.is_covered()? {
            return self.outcome_outside();
        }
        for (id, provision) in self.provisions() {
            if !matches!(provision.body, Body::Promise(_)) {
                let _ = self.applies(id);
                let place = Place { clause: provision.clause, member: None };
                let _ = self.ages_in_body(&provision.body, place);
                let _ = self.says_nothing_refused(id, provision);
            }
        }
        let conclusions = self.all_conclusions();
        let values = self.all_values();
        let member_values = self.all_member_values();
        let payments = self.payments();
        if !self.refusals.is_empty() {
            return Err(Refused);
        }
        let mut outcome = Outcome {
            is_covered: true,
            conclusions: conclusions?,
            values: values?,
            member_values: member_values?,
            ..payments?
        };
        outcome.clauses = self.clauses_said()?;
        outcome.rows = self.rows_chosen()?;
        outcome.reasons = self.all_reasons();
        Ok(outcome)
    }

    /// *5 Clauses, cover*: outside it nothing else is concluded, paid or referred.
    fn outcome_outside(&mut self) -> Asked<Outcome> {
        if !self.refusals.is_empty() {
            return Err(Refused);
        }
        Ok(Outcome { reasons_not_covered: self.reasons_not_covered(), ..Outcome::default() })
    }

    /// Works out what a clause says where it applies, for the refusals alone.
    fn says_nothing_refused(&mut self, id: ProvisionId, provision: &'a Provision) -> Asked<()> {
        if !self.applies(id)? {
            return Ok(());
        }
        let place = Place { clause: provision.clause, member: None };
        match &provision.body {
            Body::Define { expression, .. } => self.expression(expression, place).map(|_| ()),
            Body::Table(table) => self.whole_table(table, place),
            Body::Slices(slices) => self.slices(slices, place).map(|_| ()),
            Body::Shares(rows, hit) => self.shares(rows, *hit, place).map(|_| ()),
            Body::Require { must, .. } => match self.condition(must, place)? {
                true => Ok(()),
                false => self.refuse(Refusal::Requirement { clause: provision.clause }),
            },
            Body::Broken => self.broken(),
            _ => Ok(()),
        }
    }

    /// The provisions, in the order written.
    fn provisions(&self) -> impl Iterator<Item = (ProvisionId, &'a Provision)> + use<'a> {
        (0..).map(ProvisionId).zip(&self.policy.provisions)
    }

    /// A provision by its id.
    fn provision(&mut self, id: ProvisionId) -> Asked<&'a Provision> {
        match self.policy.provisions.get(id.0 as usize) {
            Some(provision) => Ok(provision),
            None => self.broken(),
        }
    }

    /// Notes a refusal.
    fn refuse<T>(&mut self, refusal: Refusal) -> Asked<T> {
        self.refusals.insert(refusal);
        Err(Refused)
    }

    /// Notes that the policy means nothing here: the checker should have refused it.
    fn broken<T>(&mut self) -> Asked<T> {
        self.refuse(Refusal::Broken)
    }
}

/// Every answer, once all of them were asked.
fn all<T>(answers: Vec<Asked<T>>) -> Asked<Vec<T>> {
    answers.into_iter().collect()
}

/// A place in a list as the number of an id.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
