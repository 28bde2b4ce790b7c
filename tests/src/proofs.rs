//! What is claimed of every case of a policy, held against the reference interpreter: a case that is
//! shown goes wrong as is said, and where nothing is said no case goes wrong.

use std::mem::discriminant;

use apportion::checked::{self, Body, ExpressionKind, Fact, Promise, Provision, ProvisionId};
use apportion::diagnostic::{ShownCase, Stated};
use apportion::policy::Policy;
use apportion::prove::{Effort, Finding, prove};
use apportion::reading;

use crate::generator::choices::Seeded;
use crate::generator::{generate, print};
use crate::random_cases::{CaseMaker, Facts};
use crate::reference::{
    self, Refusal, Refusals, Side, broken_between, broken_by_two, broken_promises, leave_out,
    leave_out_shares, sides,
};
use crate::rivals::random::Random;

/// Random policies have much that takes very long to settle.
const EFFORT: Effort = Effort { of_a_question: 500, in_all: 10_000 };

/// How many random cases of each are decided.
pub const CASES: usize = 64;

/// What came of one policy.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Findings with a case that shows them.
    pub shown: usize,
    /// Findings whose case shows another finding.
    pub hidden: usize,
    /// Broken promises with a case that shows them.
    pub promises_shown: usize,
    /// Broken promises whose case shows another finding.
    pub promises_hidden: usize,
    /// What was not settled.
    pub unsettled: usize,
    /// Cases refused for what was said.
    pub refused: usize,
    /// Promises broken by cases, as was said.
    pub broken: usize,
    /// Promises about payments broken by two cases beside each other, as was said.
    pub broken_by_two: usize,
    /// The same with two cases that show it.
    pub shown_by_two: usize,
}

/// A case as a finding shows it.
pub(crate) fn case_of(policy: &checked::Policy, shown: &ShownCase) -> Facts {
    let read = |fact: &Fact, stated: &Stated| {
        let (_, text) = stated.iter().find(|(name, _)| *name == fact.outside)?;
        reading::read(fact, &policy.word_lists, text).ok()
    };
    let lists = policy.lists.iter().zip(&shown.lists).map(|(list, (_, items))| {
        let item = |stated: &Stated| {
            let facts = list.facts.iter().map(|fact| policy.facts.get(fact.index()));
            facts.map(|fact| read(fact?, stated)).collect()
        };
        Some(items.iter().map(item).collect())
    });
    Facts {
        of_case: policy.facts.iter().map(|fact| read(fact, &shown.facts)).collect(),
        lists: lists.collect(),
    }
}

/// What can be told of every case beforehand.
pub(crate) fn is_provable(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::NoRow { .. }
            | Refusal::SeveralRows { .. }
            | Refusal::Contradiction { .. }
            | Refusal::NoValue { .. }
            | Refusal::SeveralValues { .. }
            | Refusal::NoShares { .. }
            | Refusal::SeveralShares { .. }
            | Refusal::PaidTwice { .. }
            | Refusal::LimitBroken { .. }
            | Refusal::FloorTakesTooMuch { .. }
    )
}

/// Whether two are one kind of refusal for one thing.
pub(crate) fn is_alike(a: &Refusal, b: &Refusal) -> bool {
    // Of three clauses that pay one amount, which two is as it may be.
    let is_paid_twice = |it: &Refusal| matches!(it, Refusal::PaidTwice { .. });
    a == b || (is_paid_twice(a) && is_paid_twice(b) && discriminant(a) == discriminant(b))
}

pub(crate) fn told(finding: &Finding) -> Option<Refusal> {
    finding.refusal.map(Refusal::from)
}

/// Looks at the policy of a seed.
///
/// # Errors
///
/// Returns what was claimed wrongly, or not said.
pub fn look(seed: u64) -> Result<Tally, String> {
    let (text, _) = print(&generate(&mut Seeded::new(seed)));
    let policy = Policy::parse(&text).map_err(|mistakes| mistakes.to_string())?;
    let checked = policy.checked();
    let findings = prove(checked, EFFORT);
    let mut tally = Tally::default();
    for finding in &findings {
        let Some(refusal) = told(finding) else {
            promise_shown(checked, &findings, finding, &mut tally)
                .map_err(|wrong| format!("{wrong}\n{text}"))?;
            continue;
        };
        let Some(shown) = finding.diagnostic.cases.first() else {
            tally.unsettled += 1;
            continue;
        };
        let refused = reference::decide(checked, &case_of(checked, shown));
        let is_any = |is: &dyn Fn(&Refusal) -> bool| match &refused {
            Err(refusals) => refusals.iter().any(|(it, _)| is(it)),
            Ok(_) => false,
        };
        if is_any(&|it| is_alike(it, &refusal)) {
            tally.shown += 1;
        } else if is_any(&|it| findings.iter().filter_map(told).any(|told| is_alike(&told, it))) {
            // Where more goes wrong, the reference may stop before it comes to this.
            tally.hidden += 1;
        } else {
            let said = &finding.diagnostic;
            return Err(format!("{said:?}\nwhich gives {refused:?}\n{text}"));
        }
    }
    let maker = CaseMaker::new(checked);
    let mut random = Random::new(seed);
    let mut shown = Vec::new();
    let mut decided = Vec::new();
    for _ in 0..CASES {
        let facts = maker.random(&mut random);
        let refusals = match reference::decide(checked, &facts) {
            Err(refusals) => refusals,
            Ok(outcome) => {
                for id in broken_promises(checked, &facts, &outcome) {
                    tally.broken += 1;
                    if !findings.iter().any(|it| promise_of(checked, it) == Some(id)) {
                        return Err(format!(
                            "nothing was said of {}\n{facts:?}\nwhich gives {outcome:?}\n{text}",
                            words_of(checked, id, policy.text())
                        ));
                    }
                }
                shown.extend(sides(checked, &facts, &outcome));
                if outcome.is_covered {
                    decided.push(facts);
                }
                continue;
            }
        };
        // A case that its evidence or a requirement refuses is none that the policy decides.
        if !refusals.iter().all(|(refusal, _)| is_provable(refusal)) {
            continue;
        }
        tally.refused += 1;
        let is_told = |refusal: &Refusal| {
            findings.iter().filter_map(told).any(|told| is_alike(&told, refusal))
        };
        if !refusals.iter().any(|(refusal, _)| is_told(refusal)) {
            return Err(format!("nothing was said of {refusals:?}\n{facts:?}\n{text}"));
        }
    }
    let by_two = two_in_silence(checked, &findings, &decided, &mut random, &mut tally);
    match broken_in_silence(checked, &findings, &shown).or(by_two) {
        Some(id) => {
            Err(format!("nothing was said of {}\n{text}", words_of(checked, id, policy.text())))
        }
        None => Ok(tally),
    }
}

/// The promise that a finding is about.
pub(crate) fn promise_of(policy: &checked::Policy, finding: &Finding) -> Option<ProvisionId> {
    let is_it = |provision: &Provision| {
        matches!(provision.body, Body::Promise(_)) && provision.span == finding.diagnostic.span()
    };
    let mut provisions = (0..).map(ProvisionId).zip(&policy.provisions);
    provisions.find(|(_, provision)| is_it(provision)).map(|(id, _)| id)
}

/// A promise in the words of the policy.
pub(crate) fn words_of<'t>(policy: &checked::Policy, id: ProvisionId, text: &'t str) -> &'t str {
    policy.provisions.get(id.0 as usize).map_or("", |provision| provision.span.of(text))
}

/// Looks whether a case breaks a promise as was said.
pub(crate) fn promise_shown(
    policy: &checked::Policy,
    findings: &[Finding],
    finding: &Finding,
    tally: &mut Tally,
) -> Result<(), String> {
    let Some(promise) = promise_of(policy, finding) else { return Ok(()) };
    let case = match finding.diagnostic.cases.as_slice() {
        [] => {
            tally.unsettled += 1;
            return Ok(());
        }
        [case] => case_of(policy, case),
        [case, beside, ..] => {
            let cases = [case, beside].map(|it| case_of(policy, it));
            return shown_beside(policy, findings, (promise, cases), tally);
        }
    };
    match reference::decide(policy, &case) {
        Ok(outcome) if broken_promises(policy, &case, &outcome).contains(&promise) => {
            tally.promises_shown += 1;
            Ok(())
        }
        Err(refusals) if is_any_told(findings, &refusals) => {
            tally.promises_hidden += 1;
            Ok(())
        }
        decided => Err(format!("{:?}\nwhich gives {decided:?}", finding.diagnostic)),
    }
}

/// Looks whether two cases break a promise as was said.
fn shown_beside(
    policy: &checked::Policy,
    findings: &[Finding],
    (promise, cases): (ProvisionId, [Facts; 2]),
    tally: &mut Tally,
) -> Result<(), String> {
    let mut shown = Vec::new();
    for case in &cases {
        match reference::decide(policy, case) {
            Ok(outcome) => shown.push(sides(policy, case, &outcome)),
            Err(refusals) if is_any_told(findings, &refusals) => {
                tally.promises_hidden += 1;
                return Ok(());
            }
            Err(refusals) => return Err(format!("{cases:?}\nof which one gives {refusals:?}")),
        }
    }
    if broken_by_two(policy, cases.each_ref()).contains(&promise) {
        tally.promises_shown += 1;
        tally.shown_by_two += 1;
        return Ok(());
    }
    let [low, high] = shown.as_slice() else { return Ok(()) };
    let mut both = low.iter().flat_map(|a| high.iter().map(move |b| (a, b)));
    if both.any(|(a, b)| broken_between(policy, a, b) == Some(promise)) {
        tally.promises_shown += 1;
        return Ok(());
    }
    Err(format!("{promise:?} by {cases:?}, which give {shown:?}"))
}

fn is_any_told(findings: &[Finding], refusals: &Refusals) -> bool {
    refusals.iter().any(|(it, _)| findings.iter().filter_map(told).any(|told| is_alike(&told, it)))
}

/// A promise that two of some cases break and of which nothing was said.
fn broken_in_silence(
    policy: &checked::Policy,
    findings: &[Finding],
    shown: &[Side],
) -> Option<ProvisionId> {
    let mut pairs = shown.iter().flat_map(|a| shown.iter().map(move |b| (a, b)));
    pairs.find_map(|(a, b)| {
        let id = broken_between(policy, a, b)?;
        (!findings.iter().any(|it| promise_of(policy, it) == Some(id))).then_some(id)
    })
}

/// A promise about payments that some case breaks beside one of these and of which nothing was said. The
/// other case has another value of what is promised to rise, or of some fact where that is none.
fn two_in_silence(
    policy: &checked::Policy,
    findings: &[Finding],
    decided: &[Facts],
    random: &mut Random,
    tally: &mut Tally,
) -> Option<ProvisionId> {
    let rising = policy.provisions.iter().filter_map(|provision| match &provision.body {
        Body::Promise(Promise::Monotone { rising, within, .. }) if within.is_empty() => {
            Some(rising)
        }
        _ => None,
    });
    for rising in rising.collect::<Vec<_>>() {
        for (case, other) in decided.iter().zip(decided.iter().cycle().skip(1)) {
            let place = match rising.kind {
                ExpressionKind::Fact(fact) => fact.index(),
                _ => random.below(policy.facts.len() as u64) as usize,
            };
            let mut beside = case.clone();
            let (Some(own), Some(other)) =
                (beside.of_case.get_mut(place), other.of_case.get(place))
            else {
                continue;
            };
            *own = *other;
            leave_out(policy, &mut beside.of_case);
            leave_out_shares(policy, &mut beside);
            if !reference::decide(policy, &beside).is_ok_and(|outcome| outcome.is_covered) {
                continue;
            }
            for id in broken_by_two(policy, [case, &beside]) {
                tally.broken_by_two += 1;
                if !findings.iter().any(|it| promise_of(policy, it) == Some(id)) {
                    return Some(id);
                }
            }
        }
    }
    None
}

impl Tally {
    /// Counts what came of another policy.
    pub fn add(&mut self, other: Tally) {
        self.shown += other.shown;
        self.hidden += other.hidden;
        self.promises_shown += other.promises_shown;
        self.promises_hidden += other.promises_hidden;
        self.unsettled += other.unsettled;
        self.refused += other.refused;
        self.broken += other.broken;
        self.broken_by_two += other.broken_by_two;
        self.shown_by_two += other.shown_by_two;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallel::look_at_each;

    /// How many policies are looked at; `APPORTION_PROOFS` asks for another number.
    const POLICIES: u64 = 200;

    #[test]
    fn what_is_claimed_of_every_case_holds_in_random_policies() {
        let whole = look_at_each("APPORTION_PROOFS", POLICIES, look, Tally::add);
        println!("{whole:?}");
        assert!(whole.shown > 10 * whole.hidden, "{whole:?}");
        // The case of a broken promise is refused more often: what goes wrong in a policy for many
        // cases goes wrong in those too.
        assert!(whole.promises_shown > whole.promises_hidden, "{whole:?}");
        assert!(whole.broken > whole.promises_shown, "{whole:?}");
        assert!(whole.refused > whole.shown, "{whole:?}");
        assert!(whole.broken_by_two > 0 && whole.shown_by_two > 0, "{whole:?}");
    }
}
