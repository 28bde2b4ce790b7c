//! How each pound moved adds up to what each party pays more or less.

use std::collections::BTreeMap;

use apportion::policy::Policy;
use apportion::why::{Block, Page, Side, difference};
use apportion_core::case::Case;
use apportion_core::decision::Decision;

use crate::parallel::look_at_each;

use super::random::look_at_decided;

/// How many policies are looked at, unless the environment says otherwise.
const POLICIES: u64 = 100;
/// How many cases of each.
const CASES: usize = 8;

#[test]
fn pounds_that_moved_by_clause_are_what_each_pays_more_or_less() {
    let moved: usize = look_at_each("APPORTION_PAGES", POLICIES, look, |sum, more| *sum += more);
    println!("{moved} parties pay more or less");
    assert!(moved > 50, "{moved}");
}

fn look(seed: u64) -> Result<usize, String> {
    let mut last: Option<(Case, Decision)> = None;
    look_at_decided(seed, CASES, |policy, case, decision, moved: &mut usize| {
        if let Some((case_before, decision_before)) = &last {
            let before = Side { policy, case: case_before, decision: decision_before };
            *moved += adds_up(before, Side { policy, case, decision })?;
        }
        last = Some((case.clone(), decision.clone()));
        Ok(())
    })
}

/// How many parties pay more or less; or what does not add up.
fn adds_up(before: Side<'_>, after: Side<'_>) -> Result<usize, String> {
    let page = difference(before, after);
    let (totals, lines) = (pence(&page, "What each pays"), pence(&page, "How each pound moved"));
    for key in totals.keys().chain(lines.keys()) {
        let by_clause = lines.get(key).copied().unwrap_or(0);
        if totals.get(key).copied().unwrap_or(0) != by_clause {
            return Err(format!("{key:?} does not add up\n{page}"));
        }
    }
    let same = difference(before, before);
    if same.sections.len() != 1 || same.sections[0].heading != "Nothing differs" {
        return Err(format!("a decision differs from itself\n{same}"));
    }
    Ok(totals.len())
}

/// How many pence more each party pays, by unit, in a section: by all clauses together.
fn pence(page: &Page, heading: &str) -> BTreeMap<(String, String), i64> {
    let mut sums = BTreeMap::new();
    let sections = page.sections.iter().filter(|section| section.heading == heading);
    for block in sections.flat_map(|section| &section.blocks) {
        let Block::Rows(rows) = block else { continue };
        for (name, text) in rows {
            let party = name.split(" by ").next().unwrap().to_owned();
            let (_, moved) = text.split_once(": ").unwrap();
            let mut words = moved.splitn(3, ' ');
            let amount = words.next().unwrap().replace(['£', ',', '.'], "");
            let sign = if words.next() == Some("more") { 1 } else { -1 };
            let unit = words.next().unwrap_or_default().to_owned();
            *sums.entry((party, unit)).or_insert(0) += sign * amount.parse::<i64>().unwrap();
        }
    }
    sums.retain(|_, sum| *sum != 0);
    sums
}

#[test]
fn rules_that_differ_are_named() {
    let text = "policy   Fees\nabout    a child\nversion  1, in force from 1 April 2025\nfacts\n  \
                places   whole number, 0 to 9\n1    Fees\n1.1  A child is urgent when places are over 3.\n\
                1.2  Doubled = places x 2.\n";
    let other = "policy   Fees\nabout    a child\nversion  2, in force from 1 April 2025\nfacts\n  \
                 places   whole number, 0 to 9\n1    Fees\n1.1  A child is urgent when places are over 4.\n\
                 1.3  Doubled = places x 2.\n";
    let policies = [text, other].map(|text| Policy::parse(text).unwrap());
    let decided = policies.each_ref().map(|policy| {
        let case = policy.case([("places", "4")]).unwrap();
        let decision = policy.decide(&case).unwrap();
        (case, decision)
    });
    let [before, after] = [0, 1].map(|side| Side {
        policy: &policies[side],
        case: &decided[side].0,
        decision: &decided[side].1,
    });
    let page = difference(before, after).to_string();
    let rules = "1.1 is worded otherwise. 1.2 is gone. 1.3 is new.\n";
    assert!(page.contains(rules), "{page}");
    assert!(page.contains("  Urgent  yes by 1.1, then no by 1.1\n"), "{page}");
    assert!(page.contains("Compared with version 1, in force from 1 April 2025.\n"), "{page}");
}
