//! *9 What applies*: order matters only where words say so. A policy written in another
//! order answers every case the same, but for the numbers of its clauses.

mod foreseen;

use core::fmt;
use std::collections::BTreeMap;

use apportion::policy::{CaseMistake, NOT_KNOWN, Policy};
use apportion_core::case::Case;
use apportion_core::decision::Decision;
use apportion_core::program::{ClauseId, ValueId};

use crate::comparison::{Pairs, given, named_items, stated};
use crate::generator::choices::Choices;
use crate::generator::model::Model;
use crate::generator::print;
use crate::generator::reorder::reorder;
use crate::random_cases::Facts;

/// A case that a policy answers otherwise when it is written in another order.
#[derive(Clone, Debug)]
pub struct OrderMatters {
    /// What only the policy as it was written says.
    pub as_written: Vec<String>,
    /// What only the policy in the other order says.
    pub reordered: Vec<String>,
    /// The case, as an example would give it.
    pub given: String,
    /// The text of the policy.
    pub policy: String,
    /// The text of the policy in the other order.
    pub other: String,
}

impl fmt::Display for OrderMatters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let OrderMatters { as_written, reordered, given, policy, other } = self;
        writeln!(f, "-- the order of the policy changes the answer of a case")?;
        writeln!(f, "-- as written: {as_written:?}\n-- reordered:  {reordered:?}")?;
        writeln!(f, "{policy}")?;
        if !given.is_empty() {
            writeln!(f, "examples\n{given}")?;
        }
        writeln!(f, "\n-- the other order:")?;
        other.lines().try_for_each(|line| writeln!(f, "-- {line}"))
    }
}

/// How many cases a policy and the same one in another order were held against each other on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Compared {
    /// Cases that are decided.
    pub decided: usize,
    /// Cases with something not known, of which all that can come is told exactly.
    pub foreseen: usize,
}

/// Holds a policy against the same one in another order, on these cases; of so many of them also what
/// can come where something is not known, which takes much longer.
///
/// # Errors
///
/// Returns the first case of which the two say different things.
pub fn same_in_another_order(
    model: &Model,
    policy: &Policy,
    cases: &[Facts],
    foreseen: usize,
    choices: &mut dyn Choices,
) -> Result<Compared, Box<OrderMatters>> {
    let other_model = reorder(model, choices);
    let (text, _) = print(&other_model);
    let matters = |as_written, reordered, given| {
        let (policy, other) = (policy.text().to_owned(), text.clone());
        Box::new(OrderMatters { as_written, reordered, given, policy, other })
    };
    let other = Policy::parse(&text).map_err(|mistakes| {
        let errors = mistakes.diagnostics.iter().filter(|found| found.is_error());
        let codes = errors.map(|found| format!("is refused as {}", found.code)).collect();
        matters(vec![String::from("is a policy")], codes, String::new())
    })?;
    let numbers = numbers_as_written(model, &other_model);
    let as_written = |number: &str| numbers.get(number).cloned().unwrap_or_default();
    let mut compared = Compared::default();
    for (place, facts) in cases.iter().enumerate() {
        let differ = |said: &[String], otherwise: &[String]| {
            let (only, only_other) = (without(said, otherwise), without(otherwise, said));
            matters(only, only_other, given(policy, facts))
        };
        let stated = (stated(policy, facts), named_items(policy, facts));
        let said = answers(policy, &stated, str::to_owned);
        let said_otherwise = answers(&other, &stated, as_written);
        compared.decided += usize::from(said.contains(&String::from(COVERED)));
        if said != said_otherwise {
            return Err(differ(&said, &said_otherwise));
        }
        if place >= foreseen {
            continue;
        }
        let open = foreseen::with_open(&stated, choices);
        let can_come = foreseen::foreseen(policy, &open, str::to_owned);
        let can_come_otherwise = foreseen::foreseen(&other, &open, as_written);
        if let (Some(said), Some(otherwise)) = (can_come, can_come_otherwise) {
            compared.foreseen += 1;
            if said != otherwise {
                let not_known = open.0.iter().filter(|(_, text)| text == NOT_KNOWN);
                let names: Vec<String> = not_known.map(|(name, _)| name.clone()).collect();
                let mut matters = differ(&said, &otherwise);
                matters.as_written.push(format!("not known: {names:?}"));
                return Err(matters);
            }
        }
    }
    Ok(compared)
}

/// The number as written of each clause, by its number in the other order.
fn numbers_as_written(model: &Model, other: &Model) -> BTreeMap<String, String> {
    let numbers = other.clauses();
    numbers.map(|it| (it.number.clone(), model.number_of(it.key))).collect()
}

/// What stands in one list, once for each time that it does not stand in the other.
fn without(list: &[String], other: &[String]) -> Vec<String> {
    let mut rest = other.to_vec();
    let mut only = Vec::new();
    for line in list {
        match rest.iter().position(|it| it == line) {
            Some(place) => drop(rest.swap_remove(place)),
            None => only.push(line.clone()),
        }
    }
    only
}

const COVERED: &str = "covered";

/// The facts and items that a case states, by their names.
type Stated = (Pairs, Vec<(String, Vec<Pairs>)>);

/// The case of a policy that states this.
fn case(policy: &Policy, (facts, lists): &Stated) -> Result<Case, CaseMistake> {
    let mut case = policy.case(facts.iter().map(|(name, text)| (name.as_str(), text.as_str())))?;
    for (list, items) in lists {
        let id = policy.list(list).ok_or_else(|| policy.no_such_list(list))?;
        policy.state_list(&mut case, id);
        for item in items {
            let facts = item.iter().map(|(name, text)| (name.as_str(), text.as_str()));
            policy.add_item(&mut case, list, facts)?;
        }
    }
    Ok(case)
}

/// Everything that a policy says of a case, in names and texts, sorted. Which of several
/// refusals a case meets first is not among it.
fn answers(policy: &Policy, stated: &Stated, number: impl Fn(&str) -> String) -> Vec<String> {
    let case = match case(policy, stated) {
        Ok(case) => case,
        Err(mistake) => return vec![mistake.to_string()],
    };
    let mut decision = Decision::new(policy.program());
    if policy.program().decide(&case, &mut decision).is_err() {
        return vec![String::from("refused")];
    }
    let mut said = Said { policy, number, lines: Vec::new() };
    said.everything(&case, &decision);
    said.lines.sort();
    said.lines
}

/// What a policy says of a case.
struct Said<'p, N> {
    policy: &'p Policy,
    /// The number by which both policies call a clause.
    number: N,
    lines: Vec<String>,
}

impl<N: Fn(&str) -> String> Said<'_, N> {
    fn everything(&mut self, case: &Case, decision: &Decision) {
        let record = self.policy.record(case, decision);
        let numbered = |numbers: &[String]| {
            let mut numbers: Vec<String> = numbers.iter().map(|it| (self.number)(it)).collect();
            numbers.sort();
            numbers.join(", ")
        };
        let mut lines = Vec::new();
        if record.is_covered {
            lines.push(String::from(COVERED));
        } else {
            lines.push(format!("not covered by {}", numbered(&record.not_covered_by)));
        }
        for it in &record.conclusions {
            lines.push(format!("{}: {} by {}", it.name, it.is_drawn, numbered(&it.by)));
        }
        for it in &record.payments {
            let so_far = if it.is_final { "" } else { " so far" };
            lines.push(format!("{} pays {}{}{so_far}", it.party, it.amount, it.unit));
        }
        for it in &record.awaiting {
            let [clause, by] = [&it.clause, &it.by].map(|number| (self.number)(number));
            lines.push(format!("{it}, by {clause} and {by}"));
        }
        lines.extend(record.waiting.iter().map(|it| format!("{} waits", (self.number)(it))));
        for it in &record.lines {
            let clause = (self.number)(&it.clause);
            let item = it.item.as_ref().map(|item| format!(" for {item}")).unwrap_or_default();
            lines.push(format!("{} pays {}{} by {clause}{item}", it.party, it.amount, it.unit));
        }
        for of in &record.items {
            for it in &of.conclusions {
                let by = numbered(&it.by);
                lines.push(format!("{} {}: {} by {by}", of.item, it.name, it.is_drawn));
            }
            for it in &of.values {
                lines.push(format!("{} {}: {:?}", of.item, it.name, it.value));
            }
        }
        for it in &record.referrals {
            lines.push(format!("referred to {} by {}", it.panel, (self.number)(&it.clause)));
        }
        // Outside the cover nothing else is decided.
        let applying = (0..).map(ClauseId).zip(&self.policy.checked().clauses);
        let applying = applying.filter(|(id, _)| decision.clause(*id) == Some(true));
        for (_, clause) in applying.filter(|_| record.is_covered) {
            lines.push(format!("{} applies", (self.number)(&clause.number)));
        }
        self.lines.append(&mut lines);
        self.values(decision);
    }

    /// Values by their names, rates and those given for each member among them.
    fn values(&mut self, decision: &Decision) {
        let values = self.policy.checked().values.iter().zip((0..).map(ValueId));
        // Those of items are told with their item.
        for (value, id) in values.filter(|(value, _)| value.list.is_none()) {
            let families = &self.policy.checked().families;
            let family = value.each.and_then(|family| families.get(family.0 as usize));
            let Some(family) = family else {
                let shown = self.policy.show_value(decision, id);
                self.lines.push(format!("{} = {shown:?}", value.name));
                continue;
            };
            for member in &family.members {
                let given = self.policy.member_value(decision, id, *member);
                let shown = given.map(|it| self.policy.show_constant(&value.kind, it));
                let name = self.policy.facts().get(member.index()).map_or("", |fact| &fact.name);
                self.lines.push(format!("{} of {name} = {shown:?}", value.name));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generator::choices::Seeded;
    use crate::generator::generate;
    use crate::random_cases::CaseMaker;
    use crate::rivals::random::Random;

    /// How many policies are written in another order.
    const POLICIES: u64 = 250;
    /// How many cases of each are decided in both orders.
    const CASES: usize = 24;
    /// Of how many of them what can come is compared where something is not known.
    const FORESEEN: usize = 8;

    #[test]
    fn order_changes_no_answer() {
        let mut compared = Compared::default();
        for seed in 0..POLICIES {
            let mut choices = Seeded::new(seed);
            let model = generate(&mut choices);
            let policy = Policy::parse(&print(&model).0).unwrap();
            let maker = CaseMaker::new(policy.checked());
            let mut random = Random::new(seed);
            let cases: Vec<Facts> = (0..CASES).map(|_| maker.random(&mut random)).collect();
            match same_in_another_order(&model, &policy, &cases, FORESEEN, &mut choices) {
                Ok(of_this) => {
                    compared.decided += of_this.decided;
                    compared.foreseen += of_this.foreseen;
                }
                Err(matters) => panic!("seed {seed}:\n{matters}"),
            }
        }
        let asked = usize::try_from(POLICIES).unwrap() * CASES;
        println!("{POLICIES} policies in another order, {asked} cases: {compared:?}");
        assert!(compared.decided > asked / 5, "{compared:?} of {asked}");
        assert!(compared.foreseen > asked / 5, "{compared:?} of {asked}");
    }

    #[test]
    fn the_other_order_is_another_text() {
        let texts = |seed| {
            let mut choices = Seeded::new(seed);
            let model = generate(&mut choices);
            (print(&model).0, print(&reorder(&model, &mut choices)).0)
        };
        let moved = (0..100).map(texts).filter(|(text, other)| text != other).count();
        assert!(moved > 90, "{moved}");
    }
}
