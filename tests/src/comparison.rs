//! The engine held against the reference, case by case and in blocks.

mod awaiting;
mod answers;
mod lanes;

use apportion::checked::Constant;
use apportion::policy::Policy;
use apportion_core::block::LANES;
use apportion_core::case::{Case, CaseError};
use apportion_core::decision::Decision;
use apportion_core::program::{FactId, Item, ListId};
use apportion_core::value::Value;
use core::fmt;

use crate::random_cases::{Facts, ItemFacts};
use crate::reference::{self, Outcome, Refusal, Refusals, refusal_of};

use answers::same_answers;
use awaiting::stands_when_decided;
use lanes::same_in_a_block;

/// How many cases were compared, by what came of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Cases that the policy covers.
    pub decided: usize,
    /// Cases that it does not cover.
    pub not_covered: usize,
    /// Cases without a decision.
    pub refused: usize,
    /// Tables of decided cases of which the engine tells the row.
    pub rows: usize,
    /// Cases in which something awaits a panel.
    pub awaiting: usize,
    /// Decided cases that carry the shares that a panel decided.
    pub as_decided: usize,
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
type Expected = Result<Outcome, Refusals>;

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
            means_something(expected).map_err(|it| told(policy, facts, it))?;
        }
        for (facts, expected) in chunk.iter().zip(&expected) {
            tally.count(policy, facts, expected);
        }
        for (facts, expected) in chunk.iter().zip(&expected) {
            let rows = same_one_by_one(policy, facts, expected);
            tally.rows += rows.map_err(|it| told(policy, facts, it))?;
        }
        same_in_a_block(policy, chunk, &expected)?;
    }
    Ok(tally)
}

/// That the reference finds nothing that the checker should have refused.
fn means_something(expected: &Expected) -> Same {
    let is_broken = |refusals: &Refusals| refusals.iter().any(|(it, _)| *it == Refusal::Broken);
    same("whether it means something", &expected.as_ref().is_err_and(is_broken), &false)
}

impl Tally {
    fn count(&mut self, policy: &Policy, facts: &Facts, expected: &Expected) {
        let stated = policy.facts().iter().zip(&facts.of_case);
        let mut shares = stated.filter(|(fact, it)| fact.panel_share.is_some() && it.is_some());
        match expected {
            Ok(outcome) if outcome.is_covered => {
                self.decided += 1;
                self.awaiting += usize::from(!outcome.awaiting.is_empty());
                self.as_decided += usize::from(shares.next().is_some());
            }
            Ok(_) => self.not_covered += 1,
            Err(_) => self.refused += 1,
        }
    }

    /// Adds what came of other cases.
    pub fn add(&mut self, other: Tally) {
        self.decided += other.decided;
        self.not_covered += other.not_covered;
        self.refused += other.refused;
        self.rows += other.rows;
        self.awaiting += other.awaiting;
        self.as_decided += other.as_decided;
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
    let stated = stated_in_example(policy, facts);
    let items = stated_items(policy, facts);
    let items: String = items.iter().map(|line| format!("\n  {line}")).collect();
    let given = if stated.is_empty() { "" } else { "\n  given   " };
    format!("\"Found\"{given}{}{items}", stated.join(",\n          "))
}

/// The facts that a case states, and the shares that panels decided in it, as an example states
/// them.
#[must_use]
pub fn stated_in_example(policy: &Policy, facts: &Facts) -> Vec<String> {
    let mut panel = None;
    let of_case = policy.facts().iter().zip(&facts.of_case);
    let stated = of_case.filter_map(|(fact, constant)| {
        let text = policy.show_fact(fact, engine_value((*constant)?));
        let Some(share) = fact.panel_share else { return Some(format!("{} {text}", fact.name)) };
        let party = &policy.checked().parties.get(share.party.index())?.name;
        if panel.replace(share.panel) == Some(share.panel) {
            return Some(format!("{party} {text}"));
        }
        let panel = &policy.checked().panels.get(share.panel.index())?.name;
        Some(format!("{panel} decides {party} {text}"))
    });
    stated.collect()
}

/// The items that a case states, as an example states them, a line each.
#[must_use]
pub fn stated_items(policy: &Policy, facts: &Facts) -> Vec<String> {
    let mut lines = Vec::new();
    for (list, items) in policy.checked().lists.iter().zip(&facts.lists) {
        let Some(items) = items else { continue };
        if items.is_empty() {
            lines.push(format!("but      no {}", list.plural));
        }
        for (place, item) in items.iter().enumerate() {
            let facts = list.facts.iter().filter_map(|fact| policy.facts().get(fact.index()));
            let stated = facts.zip(item).filter_map(|(fact, constant)| {
                let text = policy.show_fact(fact, engine_value((*constant)?));
                Some(format!("{} {text}", fact.name))
            });
            let stated: Vec<String> = stated.collect();
            let colon = if stated.is_empty() { "" } else { ": " };
            let one = &list.singular;
            lines.push(format!("with     {one} \"{one} {place}\"{colon}{}", stated.join(", ")));
        }
    }
    lines
}

/// Facts by their names, with their texts.
pub type Pairs = Vec<(String, String)>;

/// The items that a case states of each list that it states, by the names of the lists and of
/// their facts, with their texts.
#[must_use]
pub fn named_items(policy: &Policy, facts: &Facts) -> Vec<(String, Vec<Pairs>)> {
    let lists = policy.checked().lists.iter().zip(&facts.lists);
    let stated = lists.filter_map(|(list, items)| Some((list, items.as_ref()?)));
    let named = stated.map(|(list, items)| {
        let item = |item: &ItemFacts| {
            let facts = list.facts.iter().filter_map(|fact| policy.facts().get(fact.index()));
            let stated = facts.zip(item).filter_map(|(fact, constant)| {
                Some((fact.name.clone(), policy.show_fact(fact, engine_value((*constant)?))))
            });
            stated.collect()
        };
        (list.plural.clone(), items.iter().map(item).collect())
    });
    named.collect()
}

/// The facts that a case states, by what cases are told of them by, with their texts.
#[must_use]
pub fn stated(policy: &Policy, facts: &Facts) -> Vec<(String, String)> {
    let stated = policy.facts().iter().zip(&facts.of_case).filter_map(|(fact, constant)| {
        let text = policy.show_fact(fact, engine_value((*constant)?));
        Some((fact.told_as().to_owned(), text))
    });
    stated.collect()
}

/// The numbers of the words whose bits are set.
pub(crate) fn words_of_bits(words: i64) -> Vec<u8> {
    (0..64).filter(|word| words >> word & 1 == 1).collect()
}

/// A constant as the engine takes it.
pub(crate) fn engine_value(constant: Constant) -> Value {
    match constant {
        Constant::YesNo(truth) => Value::YesNo(truth),
        Constant::Word(word) => Value::Word(word),
        Constant::Date(day) => Value::Date(day),
        Constant::Number(value) | Constant::Listed(value) => Value::Amount(value),
    }
}

/// The case as the engine takes it.
///
/// # Errors
///
/// Returns what the engine says of facts that are no case.
pub fn engine_case(policy: &Policy, facts: &Facts) -> Result<Case, CaseError> {
    let mut case = policy.new_case();
    for (fact, constant) in (0..).map(FactId).zip(&facts.of_case) {
        if let Some(constant) = constant {
            case.set(fact, engine_value(*constant))?;
        }
    }
    let lists = policy.checked().lists.iter().zip((0..).map(ListId));
    for ((list, id), items) in lists.zip(&facts.lists) {
        let Some(items) = items else { continue };
        case.state_items(id)?;
        for stated in items {
            let item = case.add_item(id)?;
            for (fact, constant) in list.facts.iter().zip(stated) {
                if let Some(constant) = constant {
                    case.set_item(item, *fact, engine_value(*constant))?;
                }
            }
        }
    }
    Ok(case)
}

impl From<CaseError> for Mismatch {
    fn from(error: CaseError) -> Self {
        Mismatch {
            what: String::from("whether this is a case"),
            reference: String::from("it is"),
            engine: error.to_string(),
        }
    }
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
fn same_refusal(reference: &Refusals, engine: (Refusal, Option<Item>)) -> Same {
    if reference.contains(&engine) {
        return Ok(());
    }
    Err(Mismatch {
        what: String::from("the refusal"),
        reference: format!("any of {reference:?}"),
        engine: format!("{engine:?}"),
    })
}

/// Gives back of how many tables the row was compared.
fn same_one_by_one(policy: &Policy, facts: &Facts, expected: &Expected) -> Result<usize, Mismatch> {
    let case = engine_case(policy, facts)?;
    let mut decision = Decision::new(policy.program());
    let decided = policy.program().decide(&case, &mut decision);
    match (expected, decided) {
        (Err(refusals), Err(error)) => same_refusal(refusals, refusal_of(error))?,
        (Err(refusals), Ok(())) => {
            same("the refusal", &format!("any of {refusals:?}"), &String::from("none"))?;
        }
        (Ok(_), Err(error)) => same("the refusal", &String::from("none"), &format!("{error:?}"))?,
        (Ok(outcome), Ok(())) => {
            stands_when_decided(policy, facts, &decision)?;
            return same_answers(policy, outcome, &decision);
        }
    }
    Ok(0)
}
