//! Each change that would give another answer does give it, and none of one fact is passed over.

use apportion::checked::Type;
use apportion::policy::Policy;
use apportion::why::{Asked, Block, Change};
use apportion_core::case::Case;
use apportion_core::decision::Decision;
use apportion_core::program::{ConclusionId, FactId};

use crate::bundles::policy;
use crate::examples::{files, folder};
use crate::parallel::look_at_each;

use super::random::look_at_decided;

/// How many policies are looked at, unless the environment says otherwise.
const POLICIES: u64 = 60;
/// How many cases of each.
const CASES: usize = 3;
/// How many cases are decided in search of a change.
const STEPS: usize = 4_000;

/// What came of the policies.
#[derive(Debug, Default)]
struct Tally {
    asked: usize,
    found: usize,
    of_several: usize,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.asked += other.asked;
        self.found += other.found;
        self.of_several += other.of_several;
    }
}

#[test]
fn a_change_turns_the_answer() {
    let tally = look_at_each("APPORTION_PAGES", POLICIES, look, Tally::add);
    println!("{tally:?}");
    assert!(2 * tally.found > tally.asked && tally.of_several > 0, "{tally:?}");
}

fn look(seed: u64) -> Result<Tally, String> {
    look_at_decided(seed, CASES, |policy, case, decision, tally| {
        turns(policy, case, decision, STEPS, tally)
    })
}

/// Looks at the changes for every question that has an answer.
fn turns(
    policy: &Policy,
    case: &Case,
    decision: &Decision,
    steps: usize,
    tally: &mut Tally,
) -> Result<(), String> {
    let conclusions = (0..).map(ConclusionId).zip(&policy.checked().conclusions);
    let of_case = conclusions.filter(|(id, _)| decision.concludes(*id).is_some());
    let mut asked: Vec<Asked> = of_case.map(|(id, _)| Asked::Conclusion(id)).collect();
    asked.push(Asked::Cover);
    for asked in asked {
        tally.asked += 1;
        let now = answer(asked, decision);
        let changes = policy.changes(case, decision, asked, steps);
        for change in &changes.found {
            turns_it(policy, case, change, asked, now)
                .map_err(|wrong| format!("{asked:?}: {wrong}"))?;
            tally.found += 1;
            tally.of_several += usize::from(change.facts.len() > 1);
        }
        let single: Vec<&Change> =
            changes.found.iter().filter(|change| change.facts.len() == 1).collect();
        for name in facts_that_turn_it_alone(policy, case, decision, asked, now) {
            let is_told =
                single.iter().any(|it| it.facts[0].name == name && it.facts[0].item.is_none());
            if changes.is_complete && !is_told {
                return Err(format!("{asked:?}: {name} alone would do"));
            }
        }
    }
    Ok(())
}

fn answer(asked: Asked, decision: &Decision) -> Option<bool> {
    match asked {
        Asked::Cover => Some(decision.is_covered()),
        Asked::Conclusion(id) => decision.concludes(id),
    }
}

/// That the case as changed has the other answer, and what is told of each fact gives it.
fn turns_it(
    policy: &Policy,
    case: &Case,
    change: &Change,
    asked: Asked,
    now: Option<bool>,
) -> Result<(), String> {
    let mut stated = case.clone();
    for fact in change.facts.iter().filter(|fact| fact.item.is_none()) {
        let id = policy.fact(&fact.outside).ok_or("no such fact")?;
        policy.state(&mut stated, id, &fact.to).map_err(|mistake| mistake.to_string())?;
    }
    for fact in &change.left_out {
        let id = policy.fact(&fact.outside).ok_or("no such fact")?;
        stated.leave_out(id).map_err(|error| error.to_string())?;
    }
    let is_of_case = change.facts.iter().all(|fact| fact.item.is_none());
    let cases = if is_of_case { vec![&change.case, &stated] } else { vec![&change.case] };
    for case in cases {
        let decision = policy.decide(case).map_err(|refused| refused.to_string())?;
        if answer(asked, &decision) == now {
            return Err(format!("{:?} changes nothing", change.facts));
        }
    }
    Ok(())
}

/// The facts of the case, of those that are words, of which one other value turns the answer.
fn facts_that_turn_it_alone(
    policy: &Policy,
    case: &Case,
    decision: &Decision,
    asked: Asked,
    now: Option<bool>,
) -> Vec<String> {
    let facts = policy.facts().iter().zip((0..).map(FactId));
    let mut turning = Vec::new();
    for (fact, id) in facts.filter(|(fact, _)| fact.list.is_none() && !fact.is_text) {
        let words = match fact.kind {
            Type::YesNo => vec!["yes", "no"],
            Type::Words { .. } => policy.words_of(fact),
            _ => continue,
        };
        let turns = words.iter().any(|word| {
            let mut other = case.clone();
            policy.state(&mut other, id, word).unwrap();
            let decided = policy.decide(&other);
            let answer = decided.ok().and_then(|decision| answer(asked, &decision));
            decision.applies(id) != Some(false) && answer.is_some() && answer != now
        });
        if turns {
            turning.push(fact.name.clone());
        }
    }
    turning
}

#[test]
fn changes_of_the_examples_turn_the_answer() {
    let mut tally = Tally::default();
    for path in files(&folder(), &["policy"]) {
        let policy = policy(&path);
        for example in &policy.checked().examples {
            let case = policy.example_case(example);
            let Ok(decision) = policy.decide(&case) else { continue };
            turns(&policy, &case, &decision, STEPS, &mut tally)
                .unwrap_or_else(|wrong| panic!("{}: {}: {wrong}", path.display(), example.name));
            names_its_reasons(&policy, &case, &decision);
        }
    }
    println!("{tally:?}");
    assert!(tally.found > 100, "{tally:?}");
}

/// Why a conclusion is not drawn names at least the clauses that are its reasons.
fn names_its_reasons(policy: &Policy, case: &Case, decision: &Decision) {
    for id in (0..).map(ConclusionId).take(policy.checked().conclusions.len()) {
        if decision.concludes(id) != Some(false) {
            continue;
        }
        let page = policy.why_not(case, decision, id);
        let blocks = page.sections.iter().flat_map(|section| &section.blocks);
        let told: Vec<&str> = blocks
            .filter_map(|block| match block {
                Block::Clause { number, .. } => Some(number.as_str()),
                _ => None,
            })
            .collect();
        for reason in policy.numbers(&policy.reasons(decision, id)) {
            assert!(told.contains(&reason.as_str()), "{reason} is not among {told:?}\n{page}");
        }
    }
}

/// Two highs are one short of eligible: any one of these would do, worked out by hand.
#[test]
fn one_more_high_is_enough() {
    let policy = policy(&folder().join("continuing_care/continuing_care.policy"));
    let text =
        std::fs::read_to_string(folder().join("continuing_care/cases/two_highs.ron")).unwrap();
    let case = apportion_exchange::case::from_ron(&policy, &text).unwrap();
    let decision = policy.decide(&case).unwrap();
    let eligible = Asked::Conclusion(policy.conclusion("eligible").unwrap());
    let changes = policy.changes(&case, &decision, eligible, 10_000);
    let told: Vec<String> = changes
        .found
        .iter()
        .map(|it| format!("{} {} by {}", it.facts[0].name, it.facts[0].to, it.by.join(", ")))
        .collect();
    assert!(changes.is_complete);
    assert_eq!(
        told,
        [
            "fast track yes by 2.2",
            "panel decision agreed by 2.3",
            "breathing severe by 2.1",
            "eating and drinking severe by 2.1",
            "mobility high by 2.1",
            "continence high by 2.1",
            "skin and tissue high by 2.1",
            "communication high by 2.1",
            "drug therapies high by 2.1",
            "psychological and emotional needs high by 2.1",
            "seizures high by 2.1",
            "challenging behaviour high by 2.1",
        ]
    );
}

/// With one high only, two more domains have to change, or one be severe.
#[test]
fn two_facts_together_where_one_is_not_enough() {
    let policy = Policy::parse(
        "policy   Two of three\nabout    a child\nversion  1, in force from 1 April 2025\n\
         facts\n  first   yes or no\n  second   yes or no\n  third   yes or no\n\
         1    Clauses\n1.1  A child is urgent when at least 2 of these are true:\n       \
         - first\n       - second\n       - third\n",
    )
    .unwrap();
    let case = policy.case([("first", "no"), ("second", "no"), ("third", "no")]).unwrap();
    let decision = policy.decide(&case).unwrap();
    let urgent = Asked::Conclusion(policy.conclusion("urgent").unwrap());
    let changes = policy.changes(&case, &decision, urgent, 10_000);
    let names = |change: &Change| -> Vec<String> {
        change.facts.iter().map(|fact| fact.name.clone()).collect()
    };
    let told: Vec<Vec<String>> = changes.found.iter().map(names).collect();
    assert_eq!(told, [["first", "second"], ["first", "third"], ["second", "third"]]);
    let few = policy.changes(&case, &decision, urgent, 2);
    assert!(!few.is_complete && few.found.is_empty());
}

/// Twice £239.99 is under £480.00, and twice a penny more is not.
#[test]
fn an_amount_that_is_worked_with_changes_as_little_as_is_enough() {
    let policy = Policy::parse(
        "policy   Income\nabout    a child\nversion  1, in force from 1 April 2025\nfacts\n  \
         income   money a week, £0.00 to £3,000.00\n1    Clauses\n\
         1.1  A child is poor when income x 2 is under £480.00.\n",
    )
    .unwrap();
    let case = policy.case([("income", "£480.00")]).unwrap();
    let decision = policy.decide(&case).unwrap();
    let poor = Asked::Conclusion(policy.conclusion("poor").unwrap());
    let changes = policy.changes(&case, &decision, poor, 10_000);
    let told: Vec<&str> = changes.found.iter().map(|it| it.facts[0].to.as_str()).collect();
    assert_eq!(told, ["£239.99"]);
}
