//! The engine held against the reference, case by case and in blocks.

use core::fmt;
use std::collections::BTreeSet;

use apportion::checked::{Body, Constant, Type};
use apportion::policy::Policy;
use apportion_core::block::{self, Block, LANES};
use apportion_core::case::Case;
use apportion_core::decision::{Answer, Decision};
use apportion_core::program::{ClauseId, ConclusionId, FactId, PartyId, UnitId, ValueId};
use apportion_core::value::Value;
use num_bigint::BigInt;
use num_rational::BigRational;

use crate::random_cases::Facts;
use crate::reference::{self, Datum, Line, Outcome, Refusal};

/// How many cases were compared, by what came of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Cases that the policy covers.
    pub decided: usize,
    /// Cases that it does not cover.
    pub not_covered: usize,
    /// Cases without a decision.
    pub refused: usize,
}

/// The first thing on which the engine and the reference differ.
#[derive(Clone, Debug)]
pub struct Difference {
    /// What differs.
    pub what: String,
    /// What the reference says.
    pub reference: String,
    /// What the engine says.
    pub engine: String,
    /// The case, as an example would give it.
    pub given: String,
    /// The text of the policy.
    pub policy: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference { what, reference, engine, given, policy } = self;
        write!(
            f,
            "{what} differs\nreference: {reference}\nengine:    {engine}\n{given}\n\n{policy}"
        )
    }
}

/// What differs, before the case and the policy are told.
struct Mismatch {
    what: String,
    reference: String,
    engine: String,
}

type Same = Result<(), Mismatch>;

/// What the reference says of a case.
type Expected = Result<Outcome, BTreeSet<Refusal>>;

/// Holds the engine against the reference on these cases: one by one, and in blocks.
///
/// # Errors
///
/// Returns the first difference.
pub fn compare(policy: &Policy, cases: &[Facts]) -> Result<Tally, Box<Difference>> {
    let mut tally = Tally::default();
    for chunk in cases.chunks(LANES) {
        let expected: Vec<Expected> =
            chunk.iter().map(|facts| reference::decide(policy.checked(), facts)).collect();
        for (facts, expected) in chunk.iter().zip(&expected) {
            tally.count(expected);
            same_one_by_one(policy, facts, expected).map_err(|it| told(policy, facts, it))?;
        }
        same_in_a_block(policy, chunk, &expected)?;
    }
    Ok(tally)
}

impl Tally {
    fn count(&mut self, expected: &Expected) {
        match expected {
            Ok(Outcome { is_covered: true, .. }) => self.decided += 1,
            Ok(_) => self.not_covered += 1,
            Err(_) => self.refused += 1,
        }
    }
}

/// A mismatch with the case and the policy.
fn told(policy: &Policy, facts: &Facts, mismatch: Mismatch) -> Box<Difference> {
    let Mismatch { what, reference, engine } = mismatch;
    let (given, policy) = (given(policy, facts), policy.text().to_owned());
    Box::new(Difference { what, reference, engine, given, policy })
}

/// The case as the `given` lines of an example.
#[must_use]
pub fn given(policy: &Policy, facts: &Facts) -> String {
    let stated = policy.facts().iter().zip(facts).filter_map(|(fact, constant)| {
        let shown = policy.show_fact(fact, engine_value((*constant)?));
        Some(format!("{} {shown}", fact.name))
    });
    let stated: Vec<String> = stated.collect();
    format!("\"Found\"\n  given   {}", stated.join(",\n          "))
}

fn engine_value(constant: Constant) -> Value {
    match constant {
        Constant::YesNo(truth) => Value::YesNo(truth),
        Constant::Word(word) => Value::Word(word),
        Constant::Date(day) => Value::Date(day),
        Constant::Number(value) => Value::Amount(value),
    }
}

/// The case as the engine takes it.
fn engine_case(policy: &Policy, facts: &Facts) -> Result<Case, Mismatch> {
    let mut case = policy.new_case();
    for (fact, constant) in (0..).map(FactId).zip(facts) {
        let Some(constant) = constant else { continue };
        case.set(fact, engine_value(*constant)).map_err(|error| Mismatch {
            what: String::from("whether this is a case"),
            reference: String::from("it is"),
            engine: error.to_string(),
        })?;
    }
    Ok(case)
}

fn same<T: PartialEq + fmt::Debug>(what: &str, reference: &T, engine: &T) -> Same {
    if reference == engine {
        return Ok(());
    }
    Err(Mismatch {
        what: what.to_owned(),
        reference: format!("{reference:?}"),
        engine: format!("{engine:?}"),
    })
}

/// That the engine refuses for one of the reasons of the reference.
fn same_refusal(reference: &BTreeSet<Refusal>, engine: Refusal) -> Same {
    if reference.contains(&engine) {
        return Ok(());
    }
    Err(Mismatch {
        what: String::from("the refusal"),
        reference: format!("any of {reference:?}"),
        engine: format!("{engine:?}"),
    })
}

fn same_one_by_one(policy: &Policy, facts: &Facts, expected: &Expected) -> Same {
    let case = engine_case(policy, facts)?;
    let mut decision = Decision::new(policy.program());
    let decided = policy.program().decide(&case, &mut decision);
    match (expected, decided) {
        (Err(refusals), Err(error)) => same_refusal(refusals, error.into()),
        (Err(refusals), Ok(())) => {
            same("the refusal", &format!("any of {refusals:?}"), &String::from("none"))
        }
        (Ok(_), Err(error)) => same("the refusal", &String::from("none"), &format!("{error:?}")),
        (Ok(outcome), Ok(())) => same_decision(policy, outcome, &decision),
    }
}

fn same_decision(policy: &Policy, outcome: &Outcome, decision: &Decision) -> Same {
    same("the cover", &outcome.is_covered, &decision.is_covered())?;
    if !outcome.is_covered {
        let reasons = policy.reasons_for_no_cover(decision).into_iter().collect();
        return same("the reasons for no cover", &outcome.reasons_not_covered, &reasons);
    }
    for (id, is_drawn) in (0..).map(ConclusionId).zip(&outcome.conclusions) {
        let name = name_of(policy.checked().conclusions.get(id.index()).map(|it| &it.name));
        same(&format!("`{name}`"), &Some(*is_drawn), &decision.concludes(id))?;
        let reasons = policy.reasons(decision, id).into_iter().collect();
        same(&format!("the reasons of `{name}`"), &outcome.reasons.get(&id), &Some(&reasons))?;
    }
    for (id, value) in (0..).map(ValueId).zip(&outcome.values) {
        let Some(declared) = policy.checked().values.get(id.index()) else { continue };
        if declared.each.is_none() {
            let engine = decision.value(id).and_then(|answer| datum(policy, id, answer));
            same(&format!("`{}`", declared.name), value, &engine)?;
        }
    }
    let mut engine: Vec<Line> = decision.lines().map(line).collect();
    engine.retain(|line| line.pence != BigInt::from(0));
    engine.sort();
    same("the cost lines", &lines_that_move_money(outcome), &engine)?;
    same_totals(policy, outcome, |party, unit| {
        decision.pays(party, unit).map(|money| money.pence())
    })?;
    let mut engine: Vec<_> = decision.referrals().collect();
    engine.sort();
    same("the referrals", &outcome.referrals, &engine)?;
    for (id, applies) in clauses_to_compare(policy, outcome) {
        let number = policy.clause_number(id);
        same(&format!("whether {number} applies"), &Some(applies), &decision.clause(id))?;
    }
    Ok(())
}

fn name_of(name: Option<&String>) -> String {
    name.cloned().unwrap_or_default()
}

fn line(
    (clause, party, unit, money): (ClauseId, PartyId, UnitId, apportion_core::money::Money),
) -> Line {
    Line { clause, party, unit, pence: money.pence().into() }
}

/// The cost lines in one order, but for those of £0.00, which say nothing.
fn lines_that_move_money(outcome: &Outcome) -> Vec<Line> {
    let mut lines = outcome.lines.clone();
    lines.retain(|line| line.pence != BigInt::from(0));
    lines.sort();
    lines
}

/// The clauses that decide something, and whether the engine must say that they apply.
///
/// Those with nothing but promises decide nothing. Of a limit the engine says that it
/// applies where it moves money: what it is told for is why an amount is what it is.
fn clauses_to_compare<'a>(
    policy: &'a Policy,
    outcome: &'a Outcome,
) -> impl Iterator<Item = (ClauseId, bool)> + 'a {
    let said = (0..).map(ClauseId).zip(&outcome.clauses);
    said.filter_map(|(clause, said)| {
        let provisions = policy.checked().provisions.iter().filter(|it| it.clause == clause);
        let mut bodies = provisions.map(|it| &it.body);
        if bodies.clone().all(|body| matches!(body, Body::Promise(_))) {
            return None;
        }
        let is_limit = bodies.any(|body| matches!(body, Body::Limit { .. }));
        let moves = !is_limit || outcome.lines.iter().any(|line| line.clause == clause);
        Some((clause, said.applies && moves))
    })
}

/// That every party pays as much in every unit; nothing where the engine has no such total.
fn same_totals(
    policy: &Policy,
    outcome: &Outcome,
    pays: impl Fn(PartyId, UnitId) -> Option<i64>,
) -> Same {
    for (party, declared) in (0..).map(PartyId).zip(&policy.checked().parties) {
        for unit in (0..).map(UnitId).take(policy.checked().units.len()) {
            let expected = outcome.totals.get(&(party, unit)).cloned().unwrap_or_default();
            let engine = BigInt::from(pays(party, unit).unwrap_or(0));
            same(&format!("what {} pays in {unit:?}", declared.name), &expected, &engine)?;
        }
    }
    Ok(())
}

/// A value of the engine as the reference writes it.
fn datum(policy: &Policy, id: ValueId, answer: Answer) -> Option<Datum> {
    let value = policy.checked().values.get(id.index())?;
    match (answer, &value.kind) {
        (Answer::Date(day), _) => Some(Datum::Date(day)),
        (Answer::Byte(byte), Type::YesNo) => Some(Datum::YesNo(byte != 0)),
        (Answer::Byte(byte), Type::Words { .. }) => Some(Datum::Word(byte)),
        (Answer::Byte(byte), Type::Number(of)) => {
            Some(Datum::Number(over(policy.number_of_code(id, byte)?, of.denominator)))
        }
        (Answer::Amount(amount), Type::Number(of)) => {
            Some(Datum::Number(over(amount, of.denominator)))
        }
        _ => None,
    }
}

fn over(numerator: i64, denominator: i64) -> BigRational {
    BigRational::new(numerator.into(), denominator.max(1).into())
}

/// That a block decides the same cases as the reference.
fn same_in_a_block(
    policy: &Policy,
    cases: &[Facts],
    expected: &[Expected],
) -> Result<(), Box<Difference>> {
    let mut block = Block::new(policy.program());
    let mut lanes: Vec<(&Facts, &Expected)> = Vec::new();
    for (facts, expected) in cases.iter().zip(expected) {
        let case = engine_case(policy, facts).map_err(|it| told(policy, facts, it))?;
        // A case with a fact that is not known has no lane.
        if block.fill(lanes.len(), &case).is_ok() {
            lanes.push((facts, expected));
        }
    }
    let decided = policy.program().decide_block(&mut block, lanes.len());
    for (lane, (facts, expected)) in lanes.into_iter().enumerate() {
        let compared = match decided {
            Ok(()) => same_in_a_lane(policy, &block, lane, expected),
            Err(error) => same("the block", &String::from("decided"), &format!("{error:?}")),
        };
        compared.map_err(|mut mismatch| {
            mismatch.what = format!("in lane {lane} of a block, {}", mismatch.what);
            told(policy, facts, mismatch)
        })?;
    }
    Ok(())
}

fn same_in_a_lane(policy: &Policy, block: &Block, lane: usize, expected: &Expected) -> Same {
    let came = block.outcome(lane);
    let outcome = match (expected, came) {
        (Err(refusals), Some(block::Outcome::Refused(refusal))) => {
            let error = apportion_core::decision::DecideError::Refused { refusal };
            return same_refusal(refusals, error.into());
        }
        (Err(refusals), other) => {
            return same("the refusal", &format!("any of {refusals:?}"), &format!("{other:?}"));
        }
        (Ok(outcome), _) => outcome,
    };
    let expected =
        if outcome.is_covered { block::Outcome::Decided } else { block::Outcome::NotCovered };
    same("what came", &Some(expected), &came)?;
    if !outcome.is_covered {
        return Ok(());
    }
    for (id, is_drawn) in (0..).map(ConclusionId).zip(&outcome.conclusions) {
        let engine = block.conclusion(id).and_then(|column| column.get(lane)).map(|it| *it != 0);
        same(&format!("{id:?}"), &Some(*is_drawn), &engine)?;
    }
    for (id, value) in (0..).map(ValueId).zip(&outcome.values) {
        let declared = policy.checked().values.get(id.index());
        if declared.is_some_and(|declared| declared.each.is_none()) {
            same(&format!("{id:?}"), value, &in_lane(policy, block, id, lane))?;
        }
    }
    same_totals(policy, outcome, |party, unit| block.pays(party, unit)?.get(lane).copied())?;
    for (id, applies) in clauses_to_compare(policy, outcome) {
        let engine = block.clause(id).and_then(|column| column.get(lane)).map(|it| *it != 0);
        same(&format!("whether {} applies", policy.clause_number(id)), &Some(applies), &engine)?;
    }
    let declared = policy.program().answers().referrals.iter();
    let made = declared.enumerate().filter(|(place, _)| {
        block.referred(*place).and_then(|column| column.get(lane)).is_some_and(|it| *it != 0)
    });
    let mut made: Vec<_> = made.map(|(_, it)| (it.clause, it.panel)).collect();
    made.sort();
    same("the referrals", &outcome.referrals, &made)
}

/// A value in a lane of a block.
fn in_lane(policy: &Policy, block: &Block, id: ValueId, lane: usize) -> Option<Datum> {
    if *block.value_given(id)?.get(lane)? == 0 {
        return None;
    }
    let answer = if let Some(bytes) = block.value_bytes(id) {
        Answer::Byte(*bytes.get(lane)?)
    } else if let Some(dates) = block.value_dates(id) {
        Answer::Date(apportion_core::date::Date::from_packed(*dates.get(lane)?)?)
    } else {
        Answer::Amount(*block.value_amounts(id)?.get(lane)?)
    };
    datum(policy, id, answer)
}
