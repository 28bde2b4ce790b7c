//! What is found in a small policy, held against every one of its cases: what goes wrong in one is told, and
//! nothing else is told.
#![expect(clippy::indexing_slicing, reason = "places come from the lists they are in")]

mod drawn;
mod facts;
mod named;
mod noted;

use std::collections::{BTreeMap, BTreeSet};

use apportion::checked::{self, Body, Constant, Promise, Provision, ProvisionId, Type};
use apportion::diagnostic::Diagnostic;
use apportion::policy::Policy;
use apportion::prove::{Effort, Finding, prove};
use apportion::source::Span;
use apportion_core::date::Date;

use crate::proofs::{is_alike, is_provable, promise_of, promise_shown, told, words_of};
use crate::reference::{
    self, Facts, Outcome, Refusals, broken_between, broken_by_two, broken_promises, leave_out,
    sides,
};

/// What came of small policies.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Policies that cannot be read: what was drawn has a mistake.
    pub refused: usize,
    /// Policies that were looked at.
    pub policies: usize,
    /// Those in which nothing goes wrong.
    pub clean: usize,
    /// Their cases.
    pub cases: usize,
    /// What was told with a case that shows it.
    pub shown: usize,
    /// Promises that some case breaks, or two beside each other.
    pub broken: usize,
    /// Sentences, rows and exceptions that were told to be of no use.
    pub of_no_use: usize,
    /// What was noted of those in which no case is refused.
    pub noted: usize,
    /// Promises of a direction that were not settled.
    pub unsettled: usize,
}

impl Tally {
    /// Counts what came of another policy.
    pub fn add(&mut self, other: Tally) {
        self.refused += other.refused;
        self.policies += other.policies;
        self.clean += other.clean;
        self.cases += other.cases;
        self.shown += other.shown;
        self.broken += other.broken;
        self.of_no_use += other.of_no_use;
        self.noted += other.noted;
        self.unsettled += other.unsettled;
    }
}

/// Looks at the small policy of a seed.
///
/// # Errors
///
/// Returns what was claimed wrongly, or not said.
pub fn look(seed: u64) -> Result<Tally, String> {
    let text = drawn::text(seed);
    let Ok(policy) = Policy::parse(&text) else {
        return Ok(Tally { refused: 1, ..Tally::default() });
    };
    let looked = Looked::at(policy.checked());
    let tally = looked.look(policy.text());
    tally.map_err(|wrong| format!("{wrong}\n{text}"))
}

/// A case, and what comes of it.
type Decided = (Facts, Result<Outcome, Refusals>);

/// A policy with all of its cases, and what was found in it.
struct Looked<'p> {
    policy: &'p checked::Policy,
    cases: Vec<Decided>,
    findings: Vec<Finding>,
}

impl<'p> Looked<'p> {
    fn at(policy: &'p checked::Policy) -> Self {
        let cases = all_cases(policy).into_iter().map(|facts| {
            let decided = reference::decide(policy, &facts);
            (facts, decided)
        });
        Looked { policy, cases: cases.collect(), findings: prove(policy, Effort::default()) }
    }

    fn look(&self, text: &str) -> Result<Tally, String> {
        let mut tally = Tally { policies: 1, cases: self.cases.len(), ..Tally::default() };
        tally.clean = usize::from(self.findings.is_empty());
        self.unsettled(&mut tally)?;
        self.refused(&mut tally)?;
        self.broken(&mut tally, text)?;
        let mut promises = crate::proofs::Tally::default();
        for finding in self.findings.iter().filter(|it| told(it).is_none()) {
            promise_shown(self.policy, &self.findings, finding, &mut promises)?;
        }
        self.never_applies(&mut tally)?;
        self.rows_of_no_use(&mut tally)?;
        self.exceptions_of_nothing(&mut tally)?;
        noted::are_so(self, &mut tally)?;
        for finding in &self.findings {
            named::is_told_well(self, finding)?;
        }
        Ok(tally)
    }

    /// Of so few cases all is settled, but for what hangs on two of them.
    fn unsettled(&self, tally: &mut Tally) -> Result<(), String> {
        for finding in self.findings.iter().filter(|it| it.diagnostic.code == "not-proved") {
            let promise = promise_of(self.policy, finding);
            let promise = promise.map(|id| &self.provision(id).body);
            if !matches!(promise, Some(Body::Promise(Promise::Monotone { .. }))) {
                return Err(format!("{:?}", finding.diagnostic));
            }
            tally.unsettled += 1;
        }
        Ok(())
    }

    /// What a case is refused for is told, and of what is told a case is refused.
    fn refused(&self, tally: &mut Tally) -> Result<(), String> {
        let is_told = |refusal: &reference::Refusal| {
            self.findings.iter().filter_map(told).any(|told| is_alike(&told, refusal))
        };
        for (facts, refusals) in self.refused_cases() {
            if !refusals.iter().any(|(refusal, _)| is_told(refusal)) {
                return Err(format!("nothing was said of {refusals:?}\n{facts:?}"));
            }
        }
        for finding in &self.findings {
            let Some(refusal) = told(finding) else { continue };
            let mut refused = self.refused_cases();
            if !refused.any(|(_, of)| of.iter().any(|(it, _)| is_alike(it, &refusal))) {
                return Err(format!("{:?}\nwhich is so of no case", finding.diagnostic));
            }
            tally.shown += 1;
        }
        Ok(())
    }

    /// The cases that are refused for what can be told beforehand alone.
    fn refused_cases(&self) -> impl Iterator<Item = (&Facts, &Refusals)> {
        self.cases.iter().filter_map(|(facts, decided)| {
            let refusals = decided.as_ref().err()?;
            refusals.iter().all(|(it, _)| is_provable(it)).then_some((facts, refusals))
        })
    }

    /// The cases that the policy decides.
    fn decided_cases(&self) -> impl Iterator<Item = (&Facts, &Outcome)> {
        let decided = self.cases.iter().filter_map(|(facts, it)| Some((facts, it.as_ref().ok()?)));
        decided.filter(|(_, outcome)| outcome.is_covered)
    }

    /// Whether a case may be refused before it is seen what applies to it.
    fn has_refused_cases(&self) -> bool {
        self.refused_cases().next().is_some()
    }

    /// Every promise that a case breaks, or two beside each other, is told, and no other.
    fn broken(&self, tally: &mut Tally, text: &str) -> Result<(), String> {
        let mut broken: BTreeSet<ProvisionId> = BTreeSet::new();
        let mut shown = Vec::new();
        for (facts, outcome) in self.decided_cases() {
            broken.extend(broken_promises(self.policy, facts, outcome));
            shown.extend(sides(self.policy, facts, outcome));
        }
        for a in &shown {
            broken.extend(shown.iter().filter_map(|b| broken_between(self.policy, a, b)));
        }
        broken.extend(self.broken_beside());
        tally.broken += broken.len();
        let promises =
            self.findings.iter().filter_map(|it| Some((promise_of(self.policy, it)?, it)));
        let promises: Vec<_> = promises.collect();
        let is_told = |id: &ProvisionId| promises.iter().any(|(of, _)| of == id);
        if let Some(id) = broken.iter().find(|id| !is_told(id)) {
            return Err(format!("nothing was said of {}", words_of(self.policy, *id, text)));
        }
        let is_so = |id: &ProvisionId, it: &Finding| {
            it.diagnostic.code == "not-proved" || broken.contains(id)
        };
        match promises.iter().find(|(id, it)| !is_so(id, it)) {
            Some((_, it)) => Err(format!("{:?}\nwhich no case breaks", it.diagnostic)),
            None => Ok(()),
        }
    }

    /// The promises about payments that two cases break.
    fn broken_beside(&self) -> BTreeSet<ProvisionId> {
        let is_of_payments = |provision: &Provision| match &provision.body {
            Body::Promise(Promise::Monotone { within, .. }) => within.is_empty(),
            _ => false,
        };
        let mut broken = BTreeSet::new();
        if !self.policy.provisions.iter().any(is_of_payments) {
            return broken;
        }
        let decided: Vec<&Facts> = self.decided_cases().map(|(facts, _)| facts).collect();
        for (place, a) in decided.iter().enumerate() {
            for b in &decided[place + 1..] {
                broken.extend(broken_by_two(self.policy, [a, b]));
            }
        }
        broken
    }

    fn provision(&self, id: ProvisionId) -> &'p Provision {
        &self.policy.provisions[id.0 as usize]
    }

    /// The provisions that are all that their clause says, but for promises.
    fn single(&self) -> impl Iterator<Item = (ProvisionId, &'p Provision)> {
        let provisions = (0..).map(ProvisionId).zip(&self.policy.provisions);
        provisions.filter(|(_, provision)| {
            let clause = &self.policy.clauses[provision.clause.index()];
            clause.provisions.len() == 1 && !matches!(provision.body, Body::Promise(_))
        })
    }

    /// Whether so much is told of a place.
    fn is_told_at(&self, code: &str, span: Span, says: &str) -> bool {
        let is_it =
            |it: &Diagnostic| it.code == code && it.span() == span && it.message.contains(says);
        self.findings.iter().any(|finding| is_it(&finding.diagnostic))
    }

    /// What is of no use is told, and of what is told no decided case makes use. Of a case that is refused it
    /// is not known what it would have made use of.
    fn holds_up(&self, tally: &mut Tally, is_told: bool, is_used: bool) -> bool {
        tally.of_no_use += usize::from(is_told);
        if is_told { !is_used } else { is_used || self.has_refused_cases() }
    }

    fn never_applies(&self, tally: &mut Tally) -> Result<(), String> {
        for (_, provision) in self.single() {
            let is_told = self.is_told_at("never-applies", provision.span, "");
            let mut decided = self.decided_cases();
            let applies = decided.any(|(_, it)| it.clauses[provision.clause.index()].applies);
            if !self.holds_up(tally, is_told, applies) {
                return Err(format!("never-applies: {is_told}, of {provision:?}"));
            }
        }
        Ok(())
    }

    fn rows_of_no_use(&self, tally: &mut Tally) -> Result<(), String> {
        let mut met: BTreeMap<ProvisionId, BTreeSet<usize>> = BTreeMap::new();
        for (_, outcome) in self.decided_cases() {
            for ((id, ..), rows) in &outcome.rows {
                met.entry(*id).or_default().extend(rows);
            }
        }
        for (id, provision) in self.single() {
            let spans: Vec<Span> = match &provision.body {
                Body::Table(table) => table.rows.iter().map(|row| row.span).collect(),
                Body::Shares(rows, _) => rows.iter().map(|row| row.span).collect(),
                _ => continue,
            };
            if spans.len() == 1 || self.is_told_at("never-applies", provision.span, "") {
                continue;
            }
            for (row, span) in spans.into_iter().enumerate() {
                let is_told = self.is_told_at("row-never-applies", span, "");
                let is_met = met.get(&id).is_some_and(|rows| rows.contains(&row));
                if !self.holds_up(tally, is_told, is_met) {
                    return Err(format!(
                        "row-never-applies: {is_told}, of row {row} of {provision:?}"
                    ));
                }
            }
        }
        Ok(())
    }

    fn exceptions_of_nothing(&self, tally: &mut Tally) -> Result<(), String> {
        let is_never = |it: &Provision| self.is_told_at("never-applies", it.span, "");
        let single: Vec<_> = self.single().collect();
        for (_, provision) in single.iter().filter(|(_, it)| !is_never(it)) {
            for other in &provision.despite {
                let other = single.iter().find(|(_, it)| it.clause == *other);
                let Some((_, other)) = other.filter(|(_, it)| !is_never(it)) else { continue };
                let number = &self.policy.clauses[other.clause.index()].number;
                let says = format!("`Despite` {number},");
                let is_told = self.is_told_at("exception-of-nothing", provision.span, &says);
                let mut decided = self.decided_cases();
                let meet = decided.any(|(_, it)| {
                    let holds = |it: &Outcome, of: &Provision| it.clauses[of.clause.index()].holds;
                    holds(it, provision) && holds(it, other)
                });
                if !self.holds_up(tally, is_told, meet) {
                    return Err(format!("exception-of-nothing: {is_told}, of {provision:?}"));
                }
            }
        }
        Ok(())
    }
}

/// Every case of a policy, without what does not apply to it.
fn all_cases(policy: &checked::Policy) -> Vec<Facts> {
    let mut all = vec![Vec::new()];
    for fact in &policy.facts {
        let mut values = values(&fact.kind, fact.step);
        values.retain(|value| !fact.never.iter().any(|word| *value == Constant::Word(*word)));
        let with = |case: &Vec<Option<Constant>>| {
            let case = case.clone();
            let values = values.iter();
            values.map(move |value| [&case[..], &[Some(*value)]].concat()).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(with).collect();
    }
    let mut cases: Vec<Facts> = Vec::new();
    for mut of_case in all {
        leave_out(policy, &mut of_case);
        let case = Facts { of_case, lists: Vec::new() };
        // Those that differ in what does not apply stand together.
        if !cases.iter().rev().take(4).any(|it| *it == case) {
            cases.push(case);
        }
    }
    cases
}

fn values(of: &Type, step: i64) -> Vec<Constant> {
    match of {
        Type::YesNo => [false, true].map(Constant::YesNo).into(),
        Type::Words { count, .. } => (0..*count).map(Constant::Word).collect(),
        Type::Date { first, last } => {
            let days = first.day_number()..=last.day_number();
            days.filter_map(Date::from_day_number).map(Constant::Date).collect()
        }
        Type::Number(number) => {
            let step = usize::try_from(step).unwrap_or(1);
            (number.least..=number.greatest).step_by(step).map(Constant::Number).collect()
        }
        Type::Listed { .. } | Type::Broken => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallel::look_at_each;

    /// How many policies are looked at; `APPORTION_SMALL` asks for another number.
    const POLICIES: u64 = 200;

    #[test]
    fn what_is_told_of_a_small_policy_is_what_its_cases_show() {
        let whole = look_at_each("APPORTION_SMALL", POLICIES, look, Tally::add);
        println!("{whole:?}");
        // What is drawn can be read nearly always, and is in order now and then.
        assert!(whole.policies > 10 * whole.refused, "{whole:?}");
        assert!(10 * whole.clean > whole.policies, "{whole:?}");
        assert!(whole.shown > 0 && whole.broken > 0, "{whole:?}");
        assert!(whole.of_no_use > 0 && whole.noted > 0, "{whole:?}");
    }
}
