//! Generated policies cut into a tool and what is agreed beside it: both together say what the
//! whole says, and the engine and the reference agree on them.

use apportion::bundle::Bundle;
use apportion::policy::Policy;

use crate::comparison::{Tally, compare};
use crate::generator::choices::Seeded;
use crate::generator::cut::Cut;
use crate::generator::model::Model;
use crate::generator::reached::{Construct, Reached};
use crate::generator::{generate, print};
use crate::random_cases::{CaseMaker, Facts};
use crate::rivals::random::Random;

/// How many policies are generated, and cut where they can be.
const POLICIES: u64 = 120;

/// How many cases of each are compared.
const CASES: usize = 16;

/// The policy cut where the most of it can stand by itself as a tool.
fn cut(whole: &Model) -> Option<Cut> {
    let places =
        (1..whole.sections.len()).rev().flat_map(|sections| [(sections, 1), (sections, 0)]);
    let mut cuts = places.map(|(sections, families)| Cut::new(whole, sections, families));
    cuts.find(|cut| Policy::parse(&print(&cut.tool).0).is_ok())
}

/// A program but for whose it is.
fn without_fingerprint(policy: &Policy) -> String {
    let program = policy.program();
    format!("{program:?}").replace(&format!("{:?}", program.fingerprint()), "")
}

#[test]
fn a_cut_policy_says_what_the_whole_says() {
    let mut reached = Reached::default();
    let mut cuts = 0;
    let mut tally = Tally::default();
    for seed in 0..POLICIES {
        let mut whole = generate(&mut Seeded::new(seed));
        whole.examples.clear();
        let Some(cut) = cut(&whole) else { continue };
        let ((tool, _), (policy, of_this)) = (print(&cut.tool), print(&cut.policy));
        reached.add(&of_this);
        let mut bundle = Bundle::from(policy.as_str());
        bundle.add("tool.policy", &tool);
        let read = Policy::from_bundle(&bundle);
        let read = read.unwrap_or_else(|found| panic!("seed {seed}:\n{found}\n{tool}\n{policy}"));
        let whole = Policy::parse(&print(&whole).0).unwrap();
        let is_same = without_fingerprint(&read) == without_fingerprint(&whole);
        assert!(is_same, "seed {seed} decides otherwise when it is cut:\n{tool}\n{policy}");
        cuts += 1;
        let maker = CaseMaker::new(read.checked());
        let mut random = Random::new(seed);
        let cases: Vec<Facts> = (0..CASES).map(|_| maker.random(&mut random)).collect();
        match compare(&read, &cases) {
            Ok(of_this) => tally.add(of_this),
            Err(difference) => panic!("seed {seed}: {difference}\n{tool}\n{policy}"),
        }
    }
    println!("{cuts} of {POLICIES} are cut: {tally:?}");
    assert!(cuts > POLICIES / 2, "{cuts} of {POLICIES} can be cut");
    assert!(tally.decided > CASES, "{tally:?}");
    assert!(reached.times(Construct::Uses) > 0);
}
