//! Whether a case that is shown names just the facts that matter.

use apportion::checked::{Body, Fact, Policy, Provision};
use apportion::prove::Finding;
use apportion_core::program::ValueId;

use super::{Decided, Looked};
use crate::proofs::{case_of, is_alike, is_provable, told};
use crate::reference::{Facts, Refusal};

/// Looks whether a case is told by the facts that matter, each at its first value.
pub(super) fn is_told_well(looked: &Looked<'_>, finding: &Finding) -> Result<(), String> {
    let Some(refusal) = told(finding) else { return Ok(()) };
    let ([shown], notes) = (finding.diagnostic.cases.as_slice(), &finding.diagnostic.notes) else {
        return Ok(());
    };
    let shown = case_of(looked.policy, shown);
    let note = notes.iter().find(|note| note.starts_with("such as ")).cloned().unwrap_or_default();
    let names = |fact: &Fact| note.contains(&format!(" {} is ", fact.name));
    let facts = looked.policy.facts.iter().enumerate();
    let named: Vec<usize> = facts.filter(|(_, it)| names(it)).map(|(place, _)| place).collect();
    let wrong = |what: &str| Err(format!("{what}: {:?}", finding.diagnostic));
    let is_so = |case: &&Decided| is_refused(case, &refusal);
    let agree = |case: &Facts, places: &[usize]| {
        places.iter().all(|place| case.of_case[*place] == shown.of_case[*place])
    };
    let with = |places: &[usize]| {
        let places = places.to_vec();
        looked.cases.iter().filter(move |(case, _)| agree(case, &places))
    };
    // Where more goes wrong, or what every case must be is not so, nothing is said of this.
    let mut all = with(&named);
    if let Some((case, _)) = all.find(|it| matches!(&it.1, Ok(it) if it.is_covered)) {
        return wrong(&format!("named facts are not enough, as of {case:?}"));
    }
    // What applies to some cases only says something of these by being named.
    let applies = |place: &usize| looked.policy.facts[*place].only_when.is_none();
    let is_of_one =
        is_of_one(looked.policy, finding.diagnostic.code, &refusal) && named.iter().all(applies);
    for place in &named {
        let others: Vec<usize> = named.iter().copied().filter(|it| it != place).collect();
        if is_of_one && with(&others).all(|case| is_so(&case)) {
            return wrong(&format!("{} does not matter", looked.policy.facts[*place].name));
        }
        let rest: Vec<usize> = (0..shown.of_case.len()).filter(|it| it != place).collect();
        let mut earlier = with(&rest).take_while(|(case, _)| *case != shown);
        // A case of which more is told is told by that.
        let is_this_alone =
            |it: &&Decided| is_so(it) && it.1.as_ref().is_err_and(|refusals| refusals.len() == 1);
        if let Some((case, _)) = earlier.find(|it| is_of_one && is_this_alone(it)) {
            return wrong(&format!("an earlier value shows it, as {case:?}"));
        }
    }
    Ok(())
}

/// Whether a case is refused for something, and for nothing that is no matter of the clauses.
fn is_refused((_, decided): &Decided, refusal: &Refusal) -> bool {
    match decided {
        Ok(_) => false,
        Err(refusals) => {
            refusals.iter().all(|(it, _)| is_provable(it))
                && refusals.iter().any(|(it, _)| is_alike(it, refusal))
        }
    }
}

/// Whether what is told is of one thing that can go wrong, and not of one of several pairs or places.
fn is_of_one(policy: &Policy, code: &str, refusal: &Refusal) -> bool {
    let giving = |value: ValueId| policy.values[value.index()].provisions.len();
    let with =
        |is: &dyn Fn(&Provision) -> bool| policy.provisions.iter().filter(|it| is(it)).count();
    match (code, refusal) {
        ("no-shares-for-some" | "limit-broken-in-some" | "floor-takes-too-much-in-some", _) => true,
        // Of a table for each member, whichever member it is.
        (_, Refusal::NoRow { clause }) => {
            let is_for_each = |it: &Provision| match &it.body {
                Body::Table(table) => it.clause == *clause && table.each.is_some(),
                _ => false,
            };
            with(&is_for_each) == 0
        }
        (_, Refusal::SeveralValues { value }) => giving(*value) == 2,
        (_, Refusal::SeveralRows { clause }) => {
            let rows = |it: &Provision| match &it.body {
                Body::Table(table) => table.rows.len(),
                Body::Shares(rows, _) => rows.len(),
                _ => 0,
            };
            policy.provisions.iter().filter(|it| it.clause == *clause).map(rows).sum::<usize>() == 2
        }
        (_, Refusal::SeveralShares { .. }) => with(&|it| matches!(it.body, Body::Shares(..))) == 2,
        (_, Refusal::Contradiction { conclusion }) => {
            with(
                &|it| matches!(it.body, Body::Conclude { conclusion: of, .. } if of == *conclusion),
            ) == 2
        }
        _ => false,
    }
}
