//! Which policies and cases are kept.
//!
//! Of many generated policies the shortest are taken that still have every construct of the
//! language several times over, and of the cases of each policy first those whose decisions
//! say something that no other has said.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use apportion::parse::files_used;
use apportion::policy::Policy;
use apportion_exchange::case::{from_json, from_ron};
use serde_json::Value;

use super::decided::said;
use super::spelled::{Spelling, facts, spelled};
use super::{CASES, KeptPolicy};
use crate::examples::files;
use crate::generator::choices::Seeded;
use crate::generator::reached::{Construct, Reached};
use crate::generator::{generate, print};
use crate::random_cases::{CaseMaker, Facts};
use crate::rivals::random::Random;

/// How many policies are generated to choose from.
const POLICIES: u64 = 3_000;
/// In how many of the policies chosen every construct stands, if it is in as many at all.
const OFTEN: usize = 10;
/// How many cases of a policy are made to choose from.
const CASES_OF_A_POLICY: usize = 64;

/// The policies and cases to keep, without what comes of them.
pub(super) fn chosen() -> Vec<KeptPolicy> {
    let mut policies: Vec<KeptPolicy> = examples().collect();
    let generated = generated_policies().into_iter();
    policies.extend(generated.map(|(seed, text)| {
        let policy = Policy::parse(&text).unwrap();
        kept(format!("seed {seed}"), &policy, Vec::new(), seed)
    }));
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (number, policy) in policies.iter().enumerate() {
        places.extend((0..policy.cases.len()).map(|place| (place, number)));
    }
    // Place by place: what is cut off are the cases that say least.
    places.sort_unstable();
    places.truncate(CASES);
    assert_eq!(places.len(), CASES, "there are too few cases to choose from");
    for (number, policy) in policies.iter_mut().enumerate() {
        policy.cases.truncate(places.iter().filter(|(_, of)| *of == number).count());
    }
    policies
}

/// The shortest policies in which every construct stands often enough.
fn generated_policies() -> Vec<(u64, String)> {
    let made = (0..POLICIES).map(|seed| (seed, print(&generate(&mut Seeded::new(seed)))));
    let mut made: Vec<(u64, (String, Reached))> = made.collect();
    made.sort_by_key(|(seed, (text, _))| (text.len(), *seed));
    let mut policies_with: BTreeMap<Construct, usize> = BTreeMap::new();
    let mut chosen = Vec::new();
    for (seed, (text, reached)) in made {
        let constructs = Construct::ALL.iter().filter(|it| reached.times(**it) > 0);
        let times = constructs.map(|it| *policies_with.entry(*it).or_insert(0));
        if times.min().is_some_and(|times| times < OFTEN) {
            for construct in Construct::ALL.iter().filter(|it| reached.times(**it) > 0) {
                *policies_with.entry(*construct).or_insert(0) += 1;
            }
            chosen.push((seed, text));
        }
    }
    // A policy that uses a tool is not kept, being two texts.
    let in_one = Construct::ALL.iter().filter(|it| **it != Construct::Uses);
    let missed = in_one.filter(|it| !policies_with.contains_key(it));
    assert_eq!(missed.count(), 0, "some constructs are in no policy");
    chosen
}

/// The policies of the examples, with their own cases before others. A policy is kept as one text,
/// so those that use tools are not among them.
fn examples() -> impl Iterator<Item = KeptPolicy> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let paths = files(&folder, &["policy"]).into_iter();
    let paths = paths.filter(|path| files_used(&fs::read_to_string(path).unwrap()).is_empty());
    paths.zip(0..).map(|(path, seed)| {
        let policy = Policy::parse(&fs::read_to_string(&path).unwrap()).unwrap();
        let folder = path.parent().unwrap().join("cases");
        let own = if folder.exists() { files(&folder, &["ron", "json"]) } else { Vec::new() };
        let own = own.into_iter().map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let is_json = path.extension().is_some_and(|it| it == "json");
            let case = if is_json { from_json(&policy, &text) } else { from_ron(&policy, &text) };
            facts(&policy, &case.unwrap())
        });
        let own = own.collect();
        kept(path.file_stem().unwrap().to_str().unwrap().to_owned(), &policy, own, seed)
    })
}

/// A policy with its own cases and many others, those first that say most.
fn kept(from: String, policy: &Policy, own: Vec<Facts>, seed: u64) -> KeptPolicy {
    let maker = CaseMaker::new(policy.checked());
    let mut random = Random::new(seed);
    let mut cases = own;
    cases.extend((0..CASES_OF_A_POLICY).map(|_| maker.random(&mut random)));
    let spellings = [Spelling::People, Spelling::Programs].into_iter().cycle();
    let cases = cases.iter().zip(spellings).map(|(facts, how)| spelled(policy, facts, how));
    let mut texts = BTreeSet::new();
    let cases: Vec<Value> = cases.filter(|case| texts.insert(case.to_string())).collect();
    let order = news_first(cases.iter().map(|case| said(policy, case)).collect());
    let cases = order.into_iter().map(|place| cases[place].clone()).collect();
    KeptPolicy { from, text: policy.text().to_owned(), cases, outcomes: Vec::new() }
}

/// The places of the decisions: each time the one that says most that is new, and at last
/// those that say nothing new.
fn news_first(mut says: Vec<BTreeSet<String>>) -> Vec<usize> {
    let mut order = Vec::new();
    let mut left: BTreeSet<usize> = (0..says.len()).collect();
    // The last of those that say as much is the greatest, so the first is asked for last.
    while let Some(next) = left.iter().rev().copied().max_by_key(|place| says[*place].len()) {
        left.remove(&next);
        let news = core::mem::take(&mut says[next]);
        for place in &left {
            says[*place].retain(|it| !news.contains(it));
        }
        order.push(next);
    }
    order
}
